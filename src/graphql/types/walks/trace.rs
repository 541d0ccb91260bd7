//! On whose word does something stand, and what rests on it?

use std::sync::Arc;

use super::{internal, upto};
use crate::domain::NodeKind;
use crate::graph::Node;
use crate::graphql::args::Args;
use crate::graphql::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use crate::graphql::error::{Code, FieldError, Res};
use crate::graphql::types::entity::object_of;
use crate::graphql::types::query::find_node;
use crate::graphql::types::{Cx, Extra, T};
use crate::select::{self, Thing};

const STEPS_CAP: usize = 10_000;

pub(super) fn field() -> Field {
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
    .cost(50)
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

fn traced(o: &Obj) -> Res<(&Obj, &select::Trace)> {
    match o.extra.as_deref() {
        Some(Extra::Trace(root, trace)) => Ok((root, trace)),
        _ => internal(),
    }
}

pub(super) fn objects() -> Vec<Object> {
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
