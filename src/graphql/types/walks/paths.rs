//! How are two nodes connected?

use std::sync::Arc;

use super::{assertions_behind, entity_end, internal, upto, via};
use crate::domain::NodeKind;
use crate::graph::{LinkRef, NONE, Node, Relation};
use crate::graphql::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use crate::graphql::error::Res;
use crate::graphql::types::entity::object_of;
use crate::graphql::types::{Cx, Extra, T, inputs};
use crate::select::{self, Cut, PathQuery};

/// Links that a search may look at.
const WALK_BUDGET: u64 = 2_000_000;

pub(super) fn field() -> Field {
    one(
        "paths",
        "PathResult!",
        "How two nodes are connected, over links in either direction or in one: shortest first, a direct link always \
         included, every step with its assertions and statements. Says when and why it was cut.",
        |cx, _, args| {
            let query = PathQuery {
                from: entity_end(cx, args, "from")?,
                to: entity_end(cx, args, "to")?,
                max_hops: upto(args, "maxHops", 3, select::HOPS_CAP)?,
                max_paths: upto(args, "maxPaths", 10, select::PATHS_CAP)? as usize,
                via: via(args),
                follow: inputs::follow(args.number("direction")),
                shortest: args.get("shortest").is_some_and(|v| v.is(true)),
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
        input("direction", "WalkDirection", "In which direction links are followed from `from` to `to`.")
            .default("EITHER"),
        input("shortest", "Boolean", "Only paths as short as the shortest: the search ends there."),
        input("avoidDegreeAbove", "Int", "Pass through no node with more links than this: hubs swamp all else."),
    ])
    .cost(100)
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
