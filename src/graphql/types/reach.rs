//! What a reference leads to along citations, and what leads to it.

use std::sync::Arc;

use super::super::args::Args;
use super::super::cursor;
use super::super::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{self, List, connection, page};
use super::walks::upto;
use super::{Cx, Extra, T};
use crate::select::{self, Reach};

/// Links that a walk may look at.
const LINKS: u64 = 2_000_000;
/// Steps where none are asked for.
const STEPS: u32 = 2;

fn walk(cx: &Cx<'_>, o: &Obj, args: &Args, field: &str, back: bool) -> Res<Option<Obj>> {
    let hops = upto(args, "hops", STEPS, select::HOPS_CAP)?;
    let mut reach = cx.paced(|pace| select::reach(cx.graph(), o.a, back, hops, LINKS, pace))?;
    cx.work(reach.work)?;
    let total = reach.found.len() as u32;
    reach.order(connection::page_at(cx, o, args, field, total)?.end as usize);
    let paged = page(cx, T::ReachConnection, o, args, field, List::All(total), None)?;
    Ok(paged.and_then(|page| page.extra).map(|paged| {
        let whole = if reach.cut { reach.rings.len() as u32 } else { hops };
        Obj::with(T::ReachConnection, o.a, whole, &Arc::new(Extra::Reach { reach, paged }))
    }))
}

/// The fields of a reference.
pub(super) fn fields() -> Vec<Field> {
    let hops = || input("hops", "Int", "Most citations from it; 2 where left out, at most 6.");
    vec![
        connection(
            "citesWithin",
            "ReachConnection!",
            "What it cites, what these cite, and so on, over some citations: each reference once, nearest first, then by \
             id; without itself. Citations are followed in their direction only.",
            |cx, o, args| walk(cx, o, args, "citesWithin", false),
        )
        .args([hops()])
        .cost(50),
        connection(
            "citedByWithin",
            "ReachConnection!",
            "Who cites it, who cites these, and so on, over some citations: each reference once, nearest first, then by \
             id; without itself. Citations are followed against their direction only.",
            |cx, o, args| walk(cx, o, args, "citedByWithin", true),
        )
        .args([hops()])
        .cost(50),
    ]
}

fn reached(o: &Obj) -> Res<(&Reach, &Arc<Extra>)> {
    match o.extra.as_deref() {
        Some(Extra::Reach { reach, paged }) => Ok((reach, paged)),
        _ => Err(FieldError::new(Code::InternalServerError, "a walk without what it found")),
    }
}

/// Positions of the page, and the list they are in.
fn shown(o: &Obj) -> Res<(std::ops::Range<u32>, u32)> {
    match &**reached(o)?.1 {
        Extra::Page { page, list, .. } => Ok((page.start..page.end, *list)),
        _ => Err(FieldError::new(Code::InternalServerError, "a walk without its page")),
    }
}

pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new(
            T::ReachConnection,
            "A page of the references that are reached along citations.",
            vec![
                many(
                    "edges",
                    "[ReachEdge!]!",
                    "The references of the page, how far they are, and their cursors.",
                    |_, o, _, out| {
                        if let Some(extra) = &o.extra {
                            let (places, list) = shown(o)?;
                            out.extend(places.map(|at| Some(Obj::with(T::ReachEdge, at, list, extra))));
                        }
                        Ok(())
                    },
                )
                .size(Size::One),
                many("nodes", "[Reference!]!", "The references of the page.", |_, o, _, out| {
                    let found = &reached(o)?.0.found;
                    let nodes = shown(o)?.0.map(|at| Some(Obj::new(T::Reference, found[at as usize])));
                    out.extend(nodes);
                    Ok(())
                })
                .size(Size::One),
                one("pageInfo", "PageInfo!", "Where the page lies in the list.", |_, o, _| {
                    reached(o).map(|(_, paged)| Some(Obj::with(T::PageInfo, 0, 0, paged)))
                }),
                leaf("totalCount", "Int!", "How many references are reached, not only on the page.", |_, o, _, out| {
                    out.int(reached(o)?.0.found.len());
                    Ok(())
                }),
                leaf(
                    "hops",
                    "Int!",
                    "All references within so many citations are given: as many as were asked for, or fewer where \
                     `truncated`.",
                    |_, o, _, out| {
                        out.int(o.b);
                        Ok(())
                    },
                ),
                leaf(
                    "truncated",
                    "Boolean!",
                    "Whether the walk ended before the citations asked for, as the next step has too many links.",
                    |_, o, _, out| {
                        out.bool(reached(o)?.0.cut);
                        Ok(())
                    },
                ),
                leaf("reason", "String", "Why it ended early; null where it did not.", |_, o, _, out| {
                    let reason = "the next step would look at more than 2000000 citations: see hops for what is whole";
                    out.opt(reached(o)?.0.cut.then_some(reason), |out, text| out.text(text));
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::ReachEdge,
            "A reference that is reached along citations.",
            vec![
                leaf(
                    "cursor",
                    "String!",
                    "Opaque place of the edge in its list; valid for this release.",
                    |cx, o, _, out| {
                        out.word(&cursor::write(cx.release_tag(), o.b, o.a));
                        Ok(())
                    },
                ),
                leaf("hops", "Int!", "Fewest citations that lead to it.", |_, o, _, out| {
                    out.int(reached(o)?.0.steps_to(o.a));
                    Ok(())
                }),
                one("node", "Reference!", "The reference.", |_, o, _| {
                    Ok(Some(Obj::new(T::Reference, reached(o)?.0.found[o.a as usize])))
                }),
            ],
        ),
    ]
}
