//! The graph asked as a graph: paths, neighbourhoods, traces; and what sources disagree on or leave unmapped.

use std::sync::{Arc, OnceLock};

use super::super::args::Args;
use super::super::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{self, List, connection, page, page_of_list};
use super::entity::object_of;
use super::filters;
use super::query::find_node;
use super::{Cx, Extra, T};
use crate::domain::{NodeKind, RelationKind, SourceField};
use crate::graph::{LinkRef, NONE, Node, Relation};
use crate::index::UnmappedText;
use crate::select::{self, Cut, PathQuery, Thing};

/// Links that a walk may look at.
const WALK_BUDGET: u64 = 2_000_000;
const STEPS_CAP: usize = 10_000;

fn internal<X>() -> Res<X> {
    Err(FieldError::new(Code::InternalServerError, "a walk without what it found"))
}

/// A number between 1 and a cap.
fn upto(args: &Args, name: &'static str, default: u32, cap: u32) -> Res<u32> {
    match args.int(name).map(|n| (n, u32::try_from(n).unwrap_or(0))) {
        None => Ok(default),
        Some((n, 0)) => {
            Err(FieldError::new(Code::BadUserInput, format!("`{name}` must be at least 1, not {n}")).argument(name))
        }
        Some((_, n)) if n > cap => {
            Err(FieldError::new(Code::LimitExceeded, format!("`{name}` is {n}, the most is {cap}"))
                .argument(name)
                .limit(name))
        }
        Some((_, n)) => Ok(n),
    }
}

fn via(args: &Args) -> Vec<RelationKind> {
    args.items("via").unwrap_or_default().iter().filter_map(|v| v.number().and_then(RelationKind::at)).collect()
}

fn end(cx: &Cx<'_>, args: &Args, name: &'static str) -> Res<Node> {
    filters::global(cx, args.text(name).unwrap_or_default(), name)
}

fn entity_end(cx: &Cx<'_>, args: &Args, name: &'static str) -> Res<Node> {
    let node = end(cx, args, name)?;
    if node.kind == NodeKind::Source {
        let message = format!("`{name}`: a source is not walked through: it would join all that it reports");
        return Err(FieldError::new(Code::BadUserInput, message).argument(name));
    }
    Ok(node)
}

pub(super) fn roots() -> Vec<Field> {
    vec![
        paths_field(),
        one(
            "neighborhood",
            "Subgraph!",
            "What lies around a node: nodes within some hops and the links among them, capped, with counts of what was \
             left out. Where a ring is cut, its most linked nodes stay.",
            |cx, _, args| {
                let center = entity_end(cx, args, "id")?;
                let hops = upto(args, "hops", 1, select::HOPS_CAP)?;
                let limit = upto(args, "limit", 50, select::NODES_CAP)? as usize;
                let via = via(args);
                let around = cx.paced(|pace| select::neighborhood(cx.graph(), center, hops, &via, limit, pace))?;
                cx.work(around.work)?;
                Ok(Some(Obj::with(T::Subgraph, 0, 0, &Arc::new(Extra::Around(around, via, OnceLock::new())))))
            },
        )
        .args([
            input("id", "ID!", "Global id of the node in the middle."),
            input("hops", "Int", "Most links from the middle; 1 where left out, at most 6."),
            input("via", "[RelationKind!]", "Only these kinds of relation; all where left out."),
            input("limit", "Int", "Most nodes, the middle included; 50 where left out, at most 1000."),
        ])
        .cost(50),
        one(
            "trace",
            "Trace!",
            "On whose word? From a fact down to printed row, statement, citation and reference; or from a reference, \
             statement or source up to all that rests on it, telling what rests on it alone.",
            trace,
        )
        .args([
            input("id", "ID!", "Global id of a node, or of an assertion (downwards)."),
            input("direction", "TraceDirection!", "Which way."),
            input("maxDepth", "Int", "Most steps from the root; 6 where left out, at most 6."),
        ])
        .cost(50),
        connection(
            "conflicts",
            "ConflictConnection!",
            "Facts on which sources disagree, with each side's value, source and date; by trial, then field.",
            conflicts,
        )
        .args([input("filter", "ConflictFilter", "Only those that fit.")]),
        connection(
            "unmapped",
            "UnmappedConnection!",
            "Printed text that no vocabulary entry covers yet, each text once per source and field; by source, field \
             and text. Nothing is ever dropped.",
            unmapped,
        )
        .args([
            input(
                "field",
                "SourceField",
                "Only text of this field. All fields, and terms of statements, where left out.",
            ),
            input("printed", "StringFilter", "Only text that fits."),
        ]),
    ]
}

fn paths_field() -> Field {
    one(
        "paths",
        "PathResult!",
        "How two nodes are connected, over links in either direction: shortest first, a direct link always included, \
         every step with its assertions and statements. Says when and why it was cut.",
        |cx, _, args| {
            let query = PathQuery {
                from: entity_end(cx, args, "from")?,
                to: entity_end(cx, args, "to")?,
                max_hops: upto(args, "maxHops", 3, select::HOPS_CAP)?,
                max_paths: upto(args, "maxPaths", 10, select::PATHS_CAP)? as usize,
                via: via(args),
                avoid_degree_above: args.int("avoidDegreeAbove").map(|n| n.max(0) as usize),
                budget: WALK_BUDGET,
            };
            let found = cx.paced(|pace| select::paths(cx.graph(), &query, pace))?;
            cx.work(found.work)?;
            Ok(Some(Obj::with(T::PathResult, 0, 0, &Arc::new(Extra::Paths(query.from, found)))))
        },
    )
    .args([
        input("from", "ID!", "Global id of the one end."),
        input("to", "ID!", "Global id of the other end."),
        input("maxHops", "Int", "Most links of a path; 3 where left out, at most 6."),
        input("maxPaths", "Int", "Most paths; 10 where left out, at most 100."),
        input("via", "[RelationKind!]", "Only these kinds of relation; all but REPORTED_IN where left out."),
        input("avoidDegreeAbove", "Int", "Pass through no node with more links than this: hubs swamp all else."),
    ])
    .cost(100)
}

fn trace(cx: &Cx<'_>, _: &Obj, args: &Args) -> Res<Option<Obj>> {
    let id = args.text("id").unwrap_or_default();
    let depth = upto(args, "maxDepth", 6, select::HOPS_CAP)?;
    let up = args.number("direction") == Some(1);
    let Some(root) = find_node(cx, id)? else {
        return Err(FieldError::new(Code::BadUserInput, format!("`id`: nothing has the id {id:?}")).argument("id"));
    };
    let graph = cx.graph();
    let traced = match (root.ty.kind(), up) {
        (Some(kind @ (NodeKind::Reference | NodeKind::Statement | NodeKind::Source)), true) => {
            cx.paced(|pace| select::trace_up(graph, Node::new(kind, root.a), depth, STEPS_CAP, pace))?
        }
        (_, true) => {
            let message = "`id`: only a reference, a statement or a source is traced upwards";
            return Err(FieldError::new(Code::BadUserInput, message).argument("direction"));
        }
        (Some(kind), false) => {
            cx.paced(|pace| select::trace_down(graph, Node::new(kind, root.a), depth, STEPS_CAP, pace))?
        }
        (None, false) if root.ty == T::Assertion => {
            cx.paced(|pace| select::trace_assertion(graph, root.a, depth, STEPS_CAP, pace))?
        }
        (None, false) => {
            let message = "`id`: a note is traced by its subjects";
            return Err(FieldError::new(Code::BadUserInput, message).argument("id"));
        }
    };
    cx.work(traced.steps.len() as u64)?;
    Ok(Some(Obj::with(T::Trace, u32::from(up), 0, &Arc::new(Extra::Trace(Box::new(root), traced)))))
}

fn conflicts(cx: &Cx<'_>, o: &Obj, args: &Args) -> Res<Option<Obj>> {
    let columns = &cx.graph().conflicts;
    let filter = args.get("filter");
    let fields = filter.and_then(|f| f.get("field")).map(|v| filters::fields(v, "filter.field")).transpose()?;
    let trials = filter.and_then(|f| f.get("trial")).map(|v| filters::trials(cx, v, None)).transpose()?;
    let count = columns.trial.len() as u32;
    let about = |at: &u32| fields.as_ref().is_none_or(|these| these.contains(&columns.field.items()[*at as usize]));
    let found: Vec<u32> = match trials {
        None if fields.is_none() => {
            return page(cx, T::ConflictConnection, o, args, "conflicts", List::All(count), None);
        }
        None => {
            cx.work(u64::from(count))?;
            (0..count).filter(about).collect()
        }
        Some(trials) => {
            let with = trials & &cx.snapshot.index().postings.conflict;
            let of = |trial| columns.field.range(trial).map(|at| at as u32);
            let all: Vec<u32> = with.iter().flat_map(of).collect();
            cx.work(all.len() as u64)?;
            all.into_iter().filter(about).collect()
        }
    };
    page_of_list(cx, T::ConflictConnection, o, args, "conflicts", found)
}

fn unmapped(cx: &Cx<'_>, o: &Obj, args: &Args) -> Res<Option<Obj>> {
    let only = args.number("field").and_then(SourceField::at);
    let tests = args.get("printed").map(|v| filters::texts(v, "printed")).transpose()?.unwrap_or_default();
    let texts = cx.snapshot.index().unmapped(cx.graph());
    if only.is_none() && tests.is_empty() {
        return page(cx, T::UnmappedConnection, o, args, "unmapped", List::All(texts.len() as u32), None);
    }
    let fits = |text: &UnmappedText| {
        let printed = cx.graph().strings.text(text.text);
        only.is_none_or(|field| text.field == Some(field)) && tests.iter().all(|test| test.passes(Some(&printed)))
    };
    cx.work(texts.len() as u64)?;
    let found = (0..).zip(texts).filter(|(_, text)| fits(text)).map(|(at, _)| at).collect();
    page_of_list(cx, T::UnmappedConnection, o, args, "unmapped", found)
}

fn unmapped_nodes(cx: &Cx<'_>, o: &Obj) -> Res<Vec<(u32, Arc<Extra>)>> {
    let (ids, page, _) = connection::parts(o)?;
    let texts = cx.snapshot.index().unmapped(cx.graph());
    let wanted = (page.start..page.end).map(|at| (at, ids.at(at)));
    Ok(wanted
        .filter_map(|(at, number)| Some((at, Arc::new(Extra::Unmapped(texts.get(number as usize)?.clone())))))
        .collect())
}

fn found_paths(o: &Obj) -> Res<(Node, &select::Paths)> {
    match o.extra.as_deref() {
        Some(Extra::Paths(from, paths)) => Ok((*from, paths)),
        _ => internal(),
    }
}

/// The node a step begins at, and the step.
fn path_step(o: &Obj) -> Res<(Node, LinkRef)> {
    let (from, found) = found_paths(o)?;
    let path = &found.paths[o.a as usize];
    let begin = if o.b == 0 { from } else { path[o.b as usize - 1].other };
    Ok((begin, path[o.b as usize]))
}

fn around(o: &Obj) -> Res<&select::Around> {
    match o.extra.as_deref() {
        Some(Extra::Around(around, ..)) => Ok(around),
        _ => internal(),
    }
}

/// The links inside a part of the graph, and what it leaves out: found when first asked for.
fn inner<'o>(cx: &Cx<'_>, o: &'o Obj) -> Res<&'o select::Inner> {
    let Some(Extra::Around(around, via, inner)) = o.extra.as_deref() else { return internal() };
    if let Some(known) = inner.get() {
        return Ok(known);
    }
    let found = cx.paced(|pace| select::inner(cx.graph(), &around.nodes, via, pace))?;
    cx.work(found.work)?;
    Ok(inner.get_or_init(|| found))
}

fn traced(o: &Obj) -> Res<(&Obj, &select::Trace)> {
    match o.extra.as_deref() {
        Some(Extra::Trace(root, trace)) => Ok((root, trace)),
        _ => internal(),
    }
}

fn unmapped_text(o: &Obj) -> Res<&UnmappedText> {
    match o.extra.as_deref() {
        Some(Extra::Unmapped(text)) => Ok(text),
        _ => internal(),
    }
}

/// Assertions behind a link, where its relation is asserted by rows.
fn assertions_behind(cx: &Cx<'_>, a: Node, b: Node, out: &mut Vec<Option<Obj>>) {
    let (trial, other) = if a.kind == NodeKind::Trial { (a, b) } else { (b, a) };
    if trial.kind == NodeKind::Trial {
        out.extend(cx.graph().assertions_on(trial.ix, other).map(|at| Some(Obj::new(T::Assertion, at))));
    }
}

/// Statements behind a link: the one that is an end of it, or those that make a citation.
fn statements_behind(cx: &Cx<'_>, a: Node, link: LinkRef, out: &mut Vec<Option<Obj>>) {
    let ends = [a, link.other];
    if let Some(statement) = ends.iter().find(|n| n.kind == NodeKind::Statement) {
        out.push(Some(object_of(*statement)));
    } else if link.relation == Relation::ReferenceReference {
        let (citing, cited) = if link.forward { (a, link.other) } else { (link.other, a) };
        let csr = cx.graph().relation(link.relation);
        for number in csr.links(citing.ix).filter(|l| csr.target(*l) == cited.ix) {
            let fact = csr.fact(number);
            if fact != NONE {
                let statement = cx.graph().references.citations[fact as usize].0;
                out.push((statement != NONE).then(|| Obj::new(T::Statement, statement)));
            }
        }
        out.retain(Option::is_some);
    }
}

pub(super) fn objects() -> Vec<Object> {
    let mut objects = path_objects();
    objects.extend(subgraph_objects());
    objects.extend(trace_objects());
    objects.extend(unmapped_objects());
    objects
}

fn path_objects() -> Vec<Object> {
    vec![
        Object::new(
            T::PathResult,
            "How two nodes are connected.",
            vec![
                many("paths", "[Path!]!", "The paths, shortest first, then by the nodes they pass.", |_, o, _, out| {
                    if let Some(extra) = &o.extra {
                        let count = found_paths(o)?.1.paths.len() as u32;
                        out.extend((0..count).map(|at| Some(Obj::with(T::Path, at, 0, extra))));
                    }
                    Ok(())
                })
                .size(Size::Usual(10)),
                leaf(
                    "truncated",
                    "Boolean!",
                    "Whether there may be more paths within the hops asked for.",
                    |_, o, _, out| {
                        out.bool(found_paths(o)?.1.cut.is_some());
                        Ok(())
                    },
                ),
                leaf("reason", "String", "Why the search was cut; null where it was not.", |_, o, _, out| {
                    let reason = found_paths(o)?.1.cut.map(|cut| match cut {
                        Cut::Enough => "as many paths as were asked for are found; there are more: raise maxPaths",
                        Cut::Budget => "the search looked at as many links as it may: lower maxHops, or avoid hubs",
                    });
                    out.opt(reason, |out, text| out.text(text));
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::Path,
            "A path between two nodes that passes no node twice.",
            vec![
                leaf("length", "Int!", "Number of its steps.", |_, o, _, out| {
                    out.int(found_paths(o)?.1.paths[o.a as usize].len());
                    Ok(())
                }),
                many("steps", "[PathStep!]!", "Its steps, in order.", |_, o, _, out| {
                    if let Some(extra) = &o.extra {
                        let count = found_paths(o)?.1.paths[o.a as usize].len() as u32;
                        out.extend((0..count).map(|at| Some(Obj::with(T::PathStep, o.a, at, extra))));
                    }
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::PathStep,
            "A link of a path.",
            vec![
                one("from", "Entity!", "Where it begins.", |_, o, _| Ok(Some(object_of(path_step(o)?.0)))),
                leaf("relation", "RelationKind!", "What the link says.", |_, o, _, out| {
                    out.word(path_step(o)?.1.relation.info().kind.text());
                    Ok(())
                }),
                leaf(
                    "forward",
                    "Boolean!",
                    "Whether the relation reads from `from` to `to`; else the other way round.",
                    |_, o, _, out| {
                        out.bool(path_step(o)?.1.forward);
                        Ok(())
                    },
                ),
                one("to", "Entity!", "Where it ends.", |_, o, _| Ok(Some(object_of(path_step(o)?.1.other)))),
                many(
                    "assertions",
                    "[Assertion!]!",
                    "Assertions behind it; empty where it rests on no row.",
                    |cx, o, _, out| {
                        let (from, link) = path_step(o)?;
                        assertions_behind(cx, from, link.other, out);
                        Ok(())
                    },
                ),
                many(
                    "statements",
                    "[Statement!]!",
                    "Statements behind it; empty where it rests on none.",
                    |cx, o, _, out| {
                        let (from, link) = path_step(o)?;
                        statements_behind(cx, from, link, out);
                        Ok(())
                    },
                ),
            ],
        ),
    ]
}

fn subgraph_objects() -> Vec<Object> {
    vec![
        Object::new(
            T::Subgraph,
            "A part of the graph.",
            vec![
                many(
                    "nodes",
                    "[Entity!]!",
                    "Nodes, nearest first, then by kind and id; the middle first.",
                    |_, o, _, out| {
                        out.extend(around(o)?.nodes.iter().map(|n| Some(object_of(*n))));
                        Ok(())
                    },
                )
                .size(Size::Usual(50)),
                many("links", "[Link!]!", "Links among them, each once.", |cx, o, _, out| {
                    if let Some(extra) = &o.extra {
                        let count = inner(cx, o)?.links.len() as u32;
                        out.extend((0..count).map(|at| Some(Obj::with(T::Link, at, 0, extra))));
                    }
                    Ok(())
                })
                .size(Size::Usual(100)),
                leaf("truncated", "Boolean!", "Whether nodes within the hops were left out.", |_, o, _, out| {
                    out.bool(around(o)?.truncated);
                    Ok(())
                }),
                many(
                    "hidden",
                    "[HiddenCount!]!",
                    "Nodes of this part that have neighbours outside it.",
                    |cx, o, _, out| {
                        if let Some(extra) = &o.extra {
                            let count = inner(cx, o)?.hidden.len() as u32;
                            out.extend((0..count).map(|at| Some(Obj::with(T::HiddenCount, at, 0, extra))));
                        }
                        Ok(())
                    },
                )
                .size(Size::Usual(50)),
            ],
        ),
        Object::new(
            T::Link,
            "A relation between two nodes of a part of the graph.",
            vec![
                one("from", "Entity!", "Where it leads from.", |cx, o, _| {
                    Ok(Some(object_of(inner(cx, o)?.links[o.a as usize].0)))
                }),
                one("to", "Entity!", "Where it leads to.", |cx, o, _| {
                    Ok(Some(object_of(inner(cx, o)?.links[o.a as usize].1)))
                }),
                leaf("relation", "RelationKind!", "What it says.", |cx, o, _, out| {
                    out.word(inner(cx, o)?.links[o.a as usize].2.info().kind.text());
                    Ok(())
                }),
                many(
                    "assertions",
                    "[Assertion!]!",
                    "Assertions behind it; empty where it rests on no row.",
                    |cx, o, _, out| {
                        let (from, to, _) = inner(cx, o)?.links[o.a as usize];
                        assertions_behind(cx, from, to, out);
                        Ok(())
                    },
                ),
            ],
        ),
        Object::new(
            T::HiddenCount,
            "How many neighbours of a node a part of the graph leaves out.",
            vec![
                one("node", "Entity!", "The node.", |cx, o, _| {
                    Ok(Some(object_of(inner(cx, o)?.hidden[o.a as usize].0)))
                }),
                leaf("count", "Int!", "How many.", |cx, o, _, out| {
                    out.int(inner(cx, o)?.hidden[o.a as usize].1);
                    Ok(())
                }),
            ],
        ),
    ]
}

fn trace_objects() -> Vec<Object> {
    vec![
        Object::new(
            T::Trace,
            "On whose word something stands, or what rests on it.",
            vec![
                one("root", "Node!", "Where the trace begins.", |_, o, _| Ok(Some(traced(o)?.0.clone()))),
                leaf("direction", "TraceDirection!", "Which way it goes.", |_, o, _, out| {
                    out.word(if o.a == 1 { "UP" } else { "DOWN" });
                    Ok(())
                }),
                many(
                    "steps",
                    "[TraceStep!]!",
                    "Steps, each after the one above it; a thing that is reached twice stands below the first.",
                    |_, o, _, out| {
                        if let Some(extra) = &o.extra {
                            let count = traced(o)?.1.steps.len() as u32;
                            out.extend((0..count).map(|at| Some(Obj::with(T::TraceStep, at, 0, extra))));
                        }
                        Ok(())
                    },
                )
                .size(Size::Usual(50)),
                leaf("truncated", "Boolean!", "Whether depth or number of steps cut it.", |_, o, _, out| {
                    out.bool(traced(o)?.1.truncated);
                    Ok(())
                }),
                leaf("reason", "String", "Why it was cut; null where it was not.", |_, o, _, out| {
                    let cut = traced(o)?.1.truncated;
                    let reason = "it goes deeper than maxDepth, or has more than 10000 steps";
                    out.opt(cut.then_some(reason), |out, text| out.text(text));
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::TraceStep,
            "A step of a trace.",
            vec![
                leaf("index", "Int!", "Its place in `steps`, from 0.", |_, o, _, out| {
                    out.int(o.a);
                    Ok(())
                }),
                leaf("parent", "Int", "Place of the step above; null below the root.", |_, o, _, out| {
                    out.opt(traced(o)?.1.steps[o.a as usize].parent, |out, p| out.int(p));
                    Ok(())
                }),
                leaf("depth", "Int!", "Steps from the root.", |_, o, _, out| {
                    out.int(traced(o)?.1.steps[o.a as usize].depth);
                    Ok(())
                }),
                leaf("kind", "TraceStepKind!", "What it leads to.", |_, o, _, out| {
                    out.word(match traced(o)?.1.steps[o.a as usize].thing {
                        Thing::Node(_) => "NODE",
                        Thing::Assertion(_) => "ASSERTION",
                        Thing::Row(_) => "ROW",
                        Thing::Citation(_) => "CITATION",
                    });
                    Ok(())
                }),
                one("node", "Node", "The node or assertion; null for a row or citation.", |_, o, _| {
                    Ok(match traced(o)?.1.steps[o.a as usize].thing {
                        Thing::Node(node) => Some(object_of(node)),
                        Thing::Assertion(at) => Some(Obj::new(T::Assertion, at)),
                        Thing::Row(_) | Thing::Citation(_) => None,
                    })
                }),
                one("row", "SourceRow", "The printed row; null otherwise.", |_, o, _| {
                    Ok(match traced(o)?.1.steps[o.a as usize].thing {
                        Thing::Row(row) => Some(Obj::new(T::SourceRow, row)),
                        _ => None,
                    })
                }),
                one("citation", "Citation", "The citation; null otherwise.", |_, o, _| {
                    Ok(match traced(o)?.1.steps[o.a as usize].thing {
                        Thing::Citation(link) => Some(Obj::new(T::Citation, link)),
                        _ => None,
                    })
                }),
                leaf(
                    "restsOnItAlone",
                    "Boolean!",
                    "Upwards: whether it would fall with the root, for nothing else in the data bears it. False downwards.",
                    |_, o, _, out| {
                        out.bool(traced(o)?.1.steps[o.a as usize].alone);
                        Ok(())
                    },
                ),
            ],
        ),
    ]
}

fn unmapped_objects() -> Vec<Object> {
    vec![
        Object::new(
            T::UnmappedConnection,
            "A page of a list of printed texts that do not map.",
            vec![
                many("edges", "[UnmappedEdge!]!", "The texts of the page with their cursors.", |cx, o, _, out| {
                    let (_, _, list) = connection::parts(o)?;
                    out.extend(
                        unmapped_nodes(cx, o)?.iter().map(|(at, e)| Some(Obj::with(T::UnmappedEdge, *at, list, e))),
                    );
                    Ok(())
                })
                .size(Size::One),
                many("nodes", "[Unmapped!]!", "The texts of the page.", |cx, o, _, out| {
                    out.extend(unmapped_nodes(cx, o)?.iter().map(|(at, e)| Some(Obj::with(T::Unmapped, *at, 0, e))));
                    Ok(())
                })
                .size(Size::One),
                connection::page_info(),
                connection::total_count(),
            ],
        ),
        Object::new(
            T::UnmappedEdge,
            "One of the texts of a page, with its place in the list.",
            vec![
                leaf(
                    "cursor",
                    "String!",
                    "Opaque place of the edge in its list; valid for this release.",
                    |cx, o, _, out| {
                        out.word(&super::super::cursor::write(cx.release_tag, o.b, o.a));
                        Ok(())
                    },
                ),
                one("node", "Unmapped!", "The text.", |_, o, _| {
                    Ok(o.extra.as_ref().map(|extra| Obj::with(T::Unmapped, o.a, 0, extra)))
                }),
            ],
        ),
        Object::new(
            T::Unmapped,
            "A printed text that no vocabulary entry covers yet.",
            vec![
                leaf("printed", "String!", "The text as printed.", |cx, o, _, out| {
                    out.raw(cx.json(unmapped_text(o)?.text));
                    Ok(())
                }),
                leaf(
                    "field",
                    "SourceField",
                    "The field it stands in; null for a term of a statement.",
                    |_, o, _, out| {
                        out.opt(unmapped_text(o)?.field, |out, f| out.word(f.text()));
                        Ok(())
                    },
                ),
                one("source", "Source!", "The source that prints it.", |_, o, _| {
                    Ok(Some(Obj::new(T::Source, unmapped_text(o)?.source)))
                }),
                leaf("count", "Int!", "How often it stands there.", |_, o, _, out| {
                    let text = unmapped_text(o)?;
                    out.int(text.assertions.len() + text.statements.len());
                    Ok(())
                }),
                many("assertions", "[Assertion!]!", "The assertions that keep it.", |_, o, _, out| {
                    out.extend(unmapped_text(o)?.assertions.iter().map(|a| Some(Obj::new(T::Assertion, *a))));
                    Ok(())
                }),
                many("statements", "[Statement!]!", "The statements that speak of it.", |_, o, _, out| {
                    out.extend(unmapped_text(o)?.statements.iter().map(|s| Some(Obj::new(T::Statement, *s))));
                    Ok(())
                }),
            ],
        ),
    ]
}
