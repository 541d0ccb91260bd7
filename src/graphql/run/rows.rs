//! How are the objects of a long list written?
//!
//! What holds for all of them is settled once: the fields that are written, their arguments, and of links whose objects
//! are kept the table. And memory is told ahead what is read next: in a big release most of what a list reads lies far
//! apart, and each way there is waited for. Must not know: any field in particular.

use std::ops::Range;

use super::{Propagate, Run, Up};
use crate::graph::{Relation, Strings, Targets};
use crate::graphql::args::{self, Args};
use crate::graphql::declare::{Ahead, Items, LeafFn, Obj, Resolve};
use crate::graphql::kept::{By, Kept, NOT_KEPT, Table};
use crate::graphql::plan::PField;
use crate::graphql::types::{Cx, T};
use crate::index::{HeadLinks, Heads};
use crate::snapshot::Snapshot;

/// Lists of so many objects are worth settling things once.
pub(super) const LONG: usize = 8;

/// Objects whose memory is asked for together: as many ways are gone at once as the processor has for it.
const BLOCK: usize = 8;

/// Heads that lie together in a line of memory.
const HEADS: usize = 2;

/// Links of an object whose ends are asked for; longer lists are read in a row.
const ENDS: usize = 16;

/// What is settled for the objects of one type in a list.
pub(super) struct Rows<'a> {
    pub(super) ty: T,
    parts: Vec<Part<'a>>,
    ahead: Vec<Reads<'a>>,
    nodes: Nodes,
}

/// The nodes of a list of one type.
enum Nodes {
    /// In a row, so that what is said of one place of a column holds for its neighbours.
    Row(Range<u32>),
    /// Anywhere, up to the first object of another type.
    Apart(Vec<u32>),
}

/// A field that is written for each of the objects.
struct Part<'a> {
    planned: &'a PField,
    way: Way<'a>,
}

/// How a field is written.
enum Way<'a> {
    Leaf(LeafFn, &'a Args),
    /// Links whose objects are kept: they are copied.
    Copied(Ends<'a>, &'a Table),
    /// As any field.
    Any,
}

/// The ends of links of one relation, by object.
#[derive(Clone, Copy)]
enum Ends<'a> {
    /// As the heads of trials know them.
    Heads(HeadLinks<'a>),
    /// As they are stored.
    Stored(Targets<'a>),
}

/// What a field reads, step by step: the place, what stands there, and what that leads to.
enum Reads<'a> {
    Heads(&'a Heads),
    Title(&'a Heads),
    Links(Ends<'a>, Option<&'a Table>),
}

impl<'a> Run<'a> {
    /// Settles what holds for all objects of the type that a list begins with; none where they are copied whole.
    pub(super) fn rows(&self, planned: &'a PField, items: &Items) -> Option<Rows<'a>> {
        let (ty, _) = items.number(0)?;
        let plan = self.plan;
        let fields = plan.selections[planned.selection as usize].fields(ty)?;
        if fields.kept != NOT_KEPT {
            return None;
        }
        let snapshot = self.cx.snapshot;
        let heads = &snapshot.index().heads;
        let nodes = match items.parts() {
            (Some(row), _) => Nodes::Row(row.numbers.clone()),
            (None, list) => {
                let alike = list.iter().map_while(|item| item.as_ref().filter(|object| object.ty == ty));
                Nodes::Apart(alike.map(|object| object.a).collect())
            }
        };
        let mut rows = Rows { ty, parts: Vec::with_capacity(fields.list.len()), ahead: Vec::new(), nodes };
        let mut headed = false;
        for planned in fields.list.iter().filter(|f| f.condition == 0 || self.included[f.condition as usize]) {
            let way = self.way(planned);
            match planned.field.and_then(|field| field.ahead) {
                None => {}
                Some(Ahead::Head) => headed = true,
                Some(Ahead::Title) => {
                    headed = true;
                    rows.ahead.push(Reads::Title(heads));
                }
                Some(Ahead::Links(relation)) => {
                    let table = if let Way::Copied(_, table) = way { Some(table) } else { None };
                    let ends = Ends::of_relation(snapshot, relation);
                    headed |= matches!(ends, Ends::Heads(_));
                    rows.ahead.push(Reads::Links(ends, table));
                }
            }
            rows.parts.push(Part { planned, way });
        }
        if headed {
            // First, as the others read them.
            rows.ahead.insert(0, Reads::Heads(heads));
        }
        Some(rows)
    }

    fn way(&self, planned: &'a PField) -> Way<'a> {
        let args = match self.args.get(planned.slot as usize) {
            None => &args::NONE,
            Some(Ok(args)) => *args,
            Some(Err(_)) => return Way::Any,
        };
        let Some(field) = planned.field else { return Way::Any };
        if let Resolve::Leaf(write) = field.resolve {
            return Way::Leaf(write, args);
        }
        let Some(relation) = field.links.filter(|_| args.is_empty()) else { return Way::Any };
        let mut ends = self.plan.selections[planned.selection as usize].all();
        match ends.next().and_then(|fields| self.table(fields.kept)) {
            Some((Kept { by: By::End(of), .. }, table)) if *of == relation => {
                Way::Copied(Ends::of_relation(self.cx.snapshot, relation), table)
            }
            _ => Way::Any,
        }
    }

    /// Writes an object as settled.
    #[inline]
    pub(super) fn row(&mut self, rows: &Rows<'a>, object: &Obj, up: Up<'_, 'a>) -> Result<(), Propagate> {
        for (at, Part { planned, way }) in rows.parts.iter().enumerate() {
            self.out.key(&planned.key, at == 0);
            match way {
                Way::Leaf(write, args) => {
                    let mark = self.out.len();
                    if let Err(why) = write(self.cx, object, args, &mut self.out) {
                        self.broken(planned, why, mark, up)?;
                    }
                }
                Way::Copied(ends, table) if self.copied_ends(ends.of(object.a), table) => {}
                Way::Copied(..) | Way::Any => self.value(planned, object, up)?,
            }
        }
        if rows.parts.is_empty() {
            self.out.byte(b'{');
        }
        self.out.byte(b'}');
        Ok(())
    }
}

impl<'a> Ends<'a> {
    fn of_relation(snapshot: &'a Snapshot, relation: Relation) -> Self {
        let graph = snapshot.graph();
        let stored = || Self::Stored(graph.relation(relation).forward());
        snapshot.index().heads.links(graph, relation).map_or_else(stored, Self::Heads)
    }

    #[inline]
    fn of(&self, object: u32) -> &'a [u32] {
        match self {
            Self::Heads(links) => links.of(object),
            Self::Stored(links) => links.of(object),
        }
    }

    #[inline]
    fn between(&self, objects: &Range<u32>) -> &'a [u32] {
        match self {
            Self::Heads(links) => links.between(objects),
            Self::Stored(links) => links.between(objects),
        }
    }
}

impl Rows<'_> {
    /// Says what the objects behind a place of the list read, a block at a time: for the next block all, for the one
    /// behind it what stands at its places, for the third its places, so that no step waits for the one before.
    #[inline]
    pub(super) fn ahead(&self, cx: &Cx<'_>, at: usize) {
        if at.is_multiple_of(BLOCK) && !self.ahead.is_empty() {
            self.say(&cx.snapshot.graph().strings, at);
        }
    }

    #[inline(never)]
    fn say(&self, strings: &Strings, at: usize) {
        // At the front nothing was said before.
        let block = |blocks: usize| {
            let from = if at == 0 { 0 } else { at + blocks * BLOCK };
            self.nodes.block(from..at + (blocks + 1) * BLOCK)
        };
        let (near, middle, far) = (block(1), block(2), block(3));
        for reads in &self.ahead {
            match reads {
                Reads::Heads(heads) => far.apart(HEADS, |node| heads.ahead(node)),
                Reads::Title(heads) => middle.each(|node| heads.of(node).title_ahead(strings)),
                Reads::Links(ends, table) => {
                    match ends {
                        // Where they begin stands in the head.
                        Ends::Heads(links) => middle.apart(BLOCK, |node| links.ahead(node)),
                        Ends::Stored(links) => {
                            far.apart(BLOCK, |node| links.ahead_place(node));
                            middle.apart(BLOCK, |node| links.ahead(node));
                        }
                    }
                    match (table, &near) {
                        (None, _) => {}
                        (Some(table), Block::Row(nodes)) => say_ends(table, ends.between(nodes), BLOCK * ENDS),
                        (Some(table), near) => near.each(|node| say_ends(table, ends.of(node), ENDS)),
                    }
                }
            }
        }
    }
}

#[inline]
fn say_ends(table: &Table, ends: &[u32], most: usize) {
    table.ahead(ends.get(..most).unwrap_or(ends));
}

/// The nodes of some objects of a list.
enum Block<'a> {
    Row(Range<u32>),
    Apart(&'a [u32]),
}

impl Nodes {
    /// Those at some places, as far as there are any.
    fn block(&self, places: Range<usize>) -> Block<'_> {
        match self {
            Self::Row(numbers) => {
                let number = |place: usize| numbers.end.min(numbers.start.saturating_add(place as u32));
                Block::Row(number(places.start)..number(places.end))
            }
            Self::Apart(numbers) => {
                let end = places.end.min(numbers.len());
                Block::Apart(numbers.get(places.start..end).unwrap_or_default())
            }
        }
    }
}

impl Block<'_> {
    #[inline]
    fn each(&self, say: impl FnMut(u32)) {
        match self {
            Self::Row(nodes) => nodes.clone().for_each(say),
            Self::Apart(numbers) => numbers.iter().copied().for_each(say),
        }
    }

    /// Those that lie apart, where so many lie together.
    #[inline]
    fn apart(&self, step: usize, say: impl FnMut(u32)) {
        match self {
            Self::Row(nodes) => nodes.clone().step_by(step).for_each(say),
            Self::Apart(..) => self.each(say),
        }
    }
}
