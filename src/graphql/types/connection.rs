//! Connections: pages of lists, in Relay's shape.
//!
//! A connection carries the ids of its whole list and the page asked for; an edge carries its node and its position.

use std::sync::Arc;

use super::super::args::{Args, Fnv};
use super::super::cursor;
use super::super::declare::{Field, Items, Obj, Object, Size, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::super::json::Json;
use super::{Counting, Cx, Extra, Ids, T, facet, inputs, pairs};
use crate::select::{BadPage, NodeSet, Page, PageArgs};

/// A field that holds a connection: its paging arguments and its size are added.
pub(super) fn connection(
    name: &'static str,
    ty: &'static str,
    doc: &'static str,
    resolve: super::super::declare::OneFn,
) -> Field {
    one(name, ty, doc, resolve).args(inputs::paging()).size(Size::Page)
}

/// A list to take a page of.
pub(super) enum List {
    /// All nodes of a kind, by id.
    All(u32),
    /// These, in this order.
    These(Vec<u32>),
    /// The front of a list of this length, in its order: at least up to the end of the page.
    Front(Vec<u32>, u32),
    /// The page itself, of a list of this length.
    Cut(Vec<u32>, u32),
    /// These, by id.
    Set(Arc<NodeSet>),
}

impl List {
    fn len(&self) -> u32 {
        match self {
            Self::All(count) => *count,
            Self::These(ids) => ids.len() as u32,
            Self::Front(_, total) | Self::Cut(_, total) => *total,
            Self::Set(trials) => trials.len() as u32,
        }
    }

    /// The ids of a page. Complexity: linear in the page.
    fn cut(self, page: Page) -> Ids {
        match self {
            Self::All(_) => Ids::All,
            Self::These(mut ids) | Self::Front(mut ids, _) => {
                ids.truncate(page.end as usize);
                Ids::From(page.start, ids.split_off(page.start as usize))
            }
            Self::Cut(ids, _) => Ids::From(page.start, ids),
            Self::Set(trials) => Ids::From(page.start, trials.part(page.start..page.end)),
        }
    }
}

/// The page of a list that a field's arguments ask for, as a connection object.
pub(super) fn page(
    cx: &Cx<'_>,
    ty: T,
    parent: &Obj,
    args: &Args,
    field: &str,
    list: List,
    counting: Option<Counting>,
) -> Res<Option<Obj>> {
    let hash = list_hash(parent, args, field);
    let page = page_of(cx, args, hash, list.len())?;
    cx.work(u64::from(page.end - page.start))?;
    let extra = Arc::new(Extra::Page { ids: list.cut(page), page, list: hash, counting });
    Ok(Some(Obj { ty, a: parent.a, b: parent.b, extra: Some(extra) }))
}

/// Where the page lies that a field's arguments ask for: for lists that are put in order only as far as needed.
pub(super) fn page_at(cx: &Cx<'_>, parent: &Obj, args: &Args, field: &str, total: u32) -> Res<Page> {
    page_of(cx, args, list_hash(parent, args, field), total)
}

/// As `page`, over a list of ids.
pub(super) fn page_of_list(
    cx: &Cx<'_>,
    ty: T,
    parent: &Obj,
    args: &Args,
    field: &str,
    ids: Vec<u32>,
) -> Res<Option<Obj>> {
    page(cx, ty, parent, args, field, List::These(ids), None)
}

/// What tells one list from another in cursors.
fn list_hash(parent: &Obj, args: &Args, field: &str) -> u32 {
    let mut hash = Fnv::new();
    hash.add(parent.ty.name().as_bytes());
    hash.add(&parent.a.to_le_bytes());
    hash.add(&parent.b.to_le_bytes());
    hash.add(field.as_bytes());
    hash.add(&args.fingerprint.to_le_bytes());
    hash.0
}

fn page_of(cx: &Cx<'_>, args: &Args, list: u32, total: u32) -> Res<Page> {
    let size = |name: &'static str| match args.int(name) {
        Some(n) => u32::try_from(n)
            .map(Some)
            .map_err(|_| FieldError::new(Code::BadUserInput, format!("`{name}` is negative: {n}")).argument(name)),
        None => Ok(None),
    };
    let position =
        |name: &'static str| args.text(name).map(|text| cursor::read(text, name, cx.release_tag(), list)).transpose();
    let asked =
        PageArgs { first: size("first")?, last: size("last")?, after: position("after")?, before: position("before")? };
    Page::of(total, asked).map_err(|bad| match bad {
        BadPage::FirstAndLast => FieldError::new(Code::BadUserInput, "`first` and `last` are both given")
            .argument("last")
            .hint("page forward with `first` and `after`, or backward with `last` and `before`"),
        BadPage::Negative => FieldError::new(Code::BadUserInput, "a page size is negative"),
        BadPage::OverCap(size) => {
            FieldError::new(Code::LimitExceeded, format!("a page of {size} is asked for, the most is {}", Page::CAP))
                .argument(if asked.first.is_some() { "first" } else { "last" })
                .limit("pageSize")
                .hint("ask for several pages, each `after` the `endCursor` of the one before")
        }
    })
}

pub(super) fn parts(object: &Obj) -> Res<(&Ids, Page, u32)> {
    match object.extra.as_deref() {
        Some(Extra::Page { ids, page, list, .. }) => Ok((ids, *page, *list)),
        _ => Err(FieldError::new(Code::InternalServerError, "a connection without its page")),
    }
}

fn write_cursor(cx: &Cx<'_>, list: u32, position: u32, out: &mut Json) {
    out.word(&cursor::write(cx.release_tag(), list, position));
}

/// Lists the nodes of a page.
fn list_nodes(object: &Obj, node: T, out: &mut Items) -> Res<()> {
    let (ids, page, _) = parts(object)?;
    if matches!(ids, Ids::All) {
        out.row(node, page.start..page.end, 0);
        return Ok(());
    }
    out.extend((page.start..page.end).map(|at| Some(Obj::new(node, ids.at(at)))));
    Ok(())
}

/// Lists the edges of a page: node and position, with the page at hand.
pub(super) fn list_edges(object: &Obj, edge: T, out: &mut Vec<Option<Obj>>) -> Res<()> {
    let (ids, page, _) = parts(object)?;
    if let Some(extra) = &object.extra {
        out.extend((page.start..page.end).map(|at| Some(Obj::with(edge, ids.at(at), at, extra))));
    }
    Ok(())
}

pub(super) fn total_count() -> Field {
    leaf("totalCount", "Int!", "Length of the whole list, not of the page.", |_, o, _, out| {
        out.int(parts(o)?.1.total);
        Ok(())
    })
}

pub(super) fn page_info() -> Field {
    one("pageInfo", "PageInfo!", "Where the page lies in the list.", |_, o, _| {
        let extra = o.extra.as_ref();
        Ok(extra.map(|extra| Obj::with(T::PageInfo, 0, 0, extra)))
    })
}

pub(super) fn edge_cursor() -> Field {
    leaf("cursor", "String!", "Opaque place of the edge in its list; valid for this release.", |cx, o, _, out| {
        write_cursor(cx, parts(o)?.2, o.b, out);
        Ok(())
    })
}

macro_rules! kinds {
    ($($connection:ident $edge:ident $node:ident $plural:literal;)+) => {
        vec![$(
            Object::new(
                T::$connection,
                concat!("A page of a list of ", $plural, "."),
                vec![
                    many(
                        "edges",
                        concat!("[", stringify!($edge), "!]!"),
                        concat!("The ", $plural, " of the page with their cursors."),
                        |_, o, _, out| list_edges(o, T::$edge, out),
                    ).size(Size::One),
                    many(
                        "nodes",
                        concat!("[", stringify!($node), "!]!"),
                        concat!("The ", $plural, " of the page."),
                        |_, o, _, out| list_nodes(o, T::$node, out),
                    ).size(Size::One),
                    page_info(),
                    total_count(),
                ],
            ),
            Object::new(
                T::$edge,
                concat!("One of the ", $plural, " of a page, with its place in the list."),
                vec![
                    edge_cursor(),
                    one(
                        "node",
                        concat!(stringify!($node), "!"),
                        "What the edge leads to.",
                        |_, o, _| Ok(Some(Obj::new(T::$node, o.a))),
                    ),
                ],
            ),
        )+]
    };
}

pub(super) fn objects() -> Vec<Object> {
    let mut objects: Vec<Vec<Object>> = vec![kinds! {
        TrialConnection TrialEdge Trial "trials";
        TargetConnection TargetEdge Target "targets";
        DiseaseConnection DiseaseEdge Disease "diseases";
        DrugConnection DrugEdge Drug "drugs";
        RegimenConnection RegimenEdge Regimen "regimens";
        ReferenceConnection ReferenceEdge Reference "references";
        StatementConnection StatementEdge Statement "statements";
        ConflictConnection ConflictEdge Conflict "conflicts";
    }];
    if let Some(trials) = objects[0].iter_mut().find(|o| o.ty == T::TrialConnection) {
        trials.fields.extend([facet::facets_field(), pairs::pairs_field()]);
    }
    objects.push(vec![Object::new(
        T::PageInfo,
        "Where a page lies in its list.",
        vec![
            leaf("hasNextPage", "Boolean!", "Whether the list goes on behind the page.", |_, o, _, out| {
                out.bool(parts(o)?.1.has_next());
                Ok(())
            }),
            leaf("hasPreviousPage", "Boolean!", "Whether there is something before the page.", |_, o, _, out| {
                out.bool(parts(o)?.1.has_previous());
                Ok(())
            }),
            leaf(
                "startCursor",
                "String",
                "Cursor of the first item of the page; null where it is empty.",
                |cx, o, _, out| {
                    let (_, page, list) = parts(o)?;
                    if page.start < page.end {
                        write_cursor(cx, list, page.start, out)
                    } else {
                        out.null()
                    }
                    Ok(())
                },
            ),
            leaf(
                "endCursor",
                "String",
                "Cursor of the last item of the page; null where it is empty.",
                |cx, o, _, out| {
                    let (_, page, list) = parts(o)?;
                    if page.start < page.end {
                        write_cursor(cx, list, page.end - 1, out)
                    } else {
                        out.null()
                    }
                    Ok(())
                },
            ),
        ],
    )]);
    objects.into_iter().flatten().collect()
}
