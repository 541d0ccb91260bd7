//! What lies around a node?

use std::sync::{Arc, OnceLock};

use super::{assertions_behind, entity_end, internal, upto, via};
use crate::graphql::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use crate::graphql::error::Res;
use crate::graphql::types::entity::object_of;
use crate::graphql::types::{Cx, Extra, T};
use crate::select;

pub(super) fn field() -> Field {
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
    .cost(50)
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

pub(super) fn objects() -> Vec<Object> {
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
