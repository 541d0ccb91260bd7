//! Which objects of an operation are written once and copied from then on?
//!
//! Lists of trials name the same targets, diseases and drugs over and over. Once a plan has written as many objects of a
//! selection as there are nodes of its kind, it writes the selection for all of them, and from then on copies: the bytes
//! of an answer stay the same. What is kept belongs to a plan and to a release, within a budget of bytes. Must not know:
//! any field in particular.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use arc_swap::{ArcSwapOption, Guard};

use super::declare::{Resolve, Size};
use super::json::{Key, Stored};
use super::plan::{Fields, PField, Sel, Slot};
use super::types::T;
use crate::domain::NodeKind;
use crate::graph::{Graph, Relation, ahead};

/// Stands for "not kept" where a selection is named by number.
pub(super) const NOT_KEPT: u32 = u32::MAX;

/// Most bytes of one table.
const TABLE_BYTES: usize = 8 * 1024 * 1024;

/// Bytes behind the last object, so that a copy of fixed size may read too far.
const BEHIND: usize = 96;

/// By what number an object is told from the others of its selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Its own: it is a node.
    Node,
    /// That of the node at the end of a link: of the link, nothing else is asked.
    End(Relation),
}

/// Objects of a selection that may be kept.
pub(super) struct Kept {
    pub(super) by: By,
    pub(super) kind: NodeKind,
    /// The selection of the node.
    pub(super) selection: u32,
    /// The key under which the node stands in the object of a link.
    pub(super) wrap: Option<Key>,
    /// Objects written one by one.
    written: AtomicU64,
    /// Whether a table is being made, or never will be.
    taken: AtomicBool,
}

/// The tables of an operation over one release.
#[derive(Default)]
pub(super) struct Tables(ArcSwapOption<Made>);

/// The tables that are made, by number of what is kept in them.
struct Made {
    release: Box<str>,
    tables: Vec<Option<Arc<Table>>>,
}

/// Tables as a run holds them, which counts for all of them together: what two threads count is dear to both.
pub(super) struct Held(Option<Guard<Option<Arc<Made>>>>);

/// The objects of a selection over one release, each behind a comma.
pub(super) struct Table {
    pub(super) rows: Rows,
    /// Bytes of the longest.
    longest: usize,
    /// What an object counts for at most, with itself.
    dearest: u64,
    budget: Arc<Budget>,
}

/// The bytes of the objects of a table. Short ones lie at places of one length: what is copied is then known before it is
/// read, and nothing waits for memory but the copy itself.
pub(super) enum Rows {
    Short(Vec<Place<64>>, u32),
    Middle(Vec<Place<128>>, u32),
    Any(Vec<u8>, Vec<End>),
}

/// An object, and in the last byte its length.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct Place<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> Place<N> {
    pub(super) fn of(object: &[u8]) -> Self {
        let mut place = [0; N];
        place[..object.len()].copy_from_slice(object);
        place[N - 1] = object.len() as u8;
        Self(place)
    }

    /// Its bytes.
    pub(super) const fn len(&self) -> usize {
        self.0[N - 1] as usize
    }

    fn stored(&self) -> Stored<'_> {
        Stored { rest: &self.0, len: self.len() }
    }
}

impl Rows {
    fn new(mut bytes: Vec<u8>, ends: Vec<End>, longest: usize) -> Self {
        fn places<const N: usize>(bytes: &[u8], ends: &[End]) -> Vec<Place<N>> {
            let mut start = 0;
            ends.iter()
                .map(|end| Place::of(&bytes[std::mem::replace(&mut start, end.at as usize)..end.at as usize]))
                .collect()
        }
        let steps = ends.first().map_or(0, |end| end.steps);
        let alike = ends.iter().all(|end| end.steps == steps);
        match longest {
            ..64 if alike => Self::Short(places(&bytes, &ends), steps),
            ..128 if alike => Self::Middle(places(&bytes, &ends), steps),
            _ => {
                bytes.resize(bytes.len() + BEHIND, 0);
                bytes.shrink_to_fit();
                Self::Any(bytes, ends)
            }
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Short(places, _) => size_of_val(&places[..]),
            Self::Middle(places, _) => size_of_val(&places[..]),
            Self::Any(bytes, ends) => bytes.len() + size_of_val(&ends[..]),
        }
    }
}

/// Where an object ends, and how many objects stand within it.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    pub(super) at: u32,
    pub(super) steps: u32,
}

/// Bytes that all tables may take.
#[derive(Debug)]
pub(super) struct Budget {
    left: AtomicUsize,
    /// Objects of a selection that are written one by one, in numbers of nodes of the kind, before all are.
    after: u64,
}

impl Budget {
    pub(super) fn new(bytes: usize, after: u64) -> Self {
        Self { left: AtomicUsize::new(bytes), after }
    }

    /// Bytes that no table takes.
    pub(super) fn left(&self) -> usize {
        self.left.load(Ordering::Relaxed)
    }

    fn take(&self, bytes: usize) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        self.budget.left.fetch_add(self.rows.size(), Ordering::Relaxed);
    }
}

impl Tables {
    /// Those of this release.
    pub(super) fn held(&self, release: &str) -> Held {
        let made = self.0.load();
        Held(made.as_ref().is_some_and(|made| *made.release == *release).then_some(made))
    }

    /// Adds the table of a number; those of another release are given up.
    fn add(&self, release: &str, number: usize, table: &Arc<Table>) {
        self.0.rcu(|before| {
            let same = before.as_ref().filter(|made| *made.release == *release);
            let mut tables = same.map_or_else(Vec::new, |made| made.tables.clone());
            tables.resize_with(tables.len().max(number + 1), || None);
            tables[number] = Some(Arc::clone(table));
            Some(Arc::new(Made { release: release.into(), tables }))
        });
    }
}

impl Held {
    /// No tables.
    pub(super) const NONE: Self = Self(None);

    /// The tables that are made, by number.
    pub(super) fn list(&self) -> &[Option<Arc<Table>>] {
        match self.0.as_deref() {
            Some(Some(made)) => &made.tables,
            _ => &[],
        }
    }
}

impl Kept {
    /// What may be kept of the fields that a plan writes for an object type; none where what they write depends on more
    /// than the node, or on variables, or may be long.
    pub(super) fn of(ty: T, fields: &[PField], selections: &[Sel], slots: &[Slot], own: u32) -> Option<Self> {
        let kept = |by, kind, selection, wrap| Self {
            by,
            kind,
            selection,
            wrap,
            written: AtomicU64::new(0),
            taken: AtomicBool::new(false),
        };
        if let Some(kind) = ty.kind().filter(|kind| few(*kind)) {
            let whole = !fields.is_empty() && fields.iter().all(|f| constant(f, selections, slots, 2));
            return whole.then(|| kept(By::Node, kind, own, None));
        }
        let [one] = fields else { return None };
        let relation = one.field?.end?;
        let kind = relation.info().to;
        let below = selections[one.selection as usize].fields(T::of(kind))?;
        let whole = few(kind) && constant(one, selections, slots, 3) && !below.list.is_empty();
        whole.then(|| kept(By::End(relation), kind, one.selection, Some(one.key.clone())))
    }

    /// Counts objects that were written one by one; whether it is now worth writing all of them.
    pub(super) fn count(&self, objects: u64, graph: &Graph, budget: &Budget) -> bool {
        let before = self.written.fetch_add(objects, Ordering::Relaxed);
        let enough = u64::from(graph.count(self.kind)).saturating_mul(budget.after);
        before + objects > enough && !self.taken.swap(true, Ordering::Relaxed)
    }

    /// Keeps what was written for all nodes, under a number among the tables; nothing more is written where it is too much.
    pub(super) fn keep(
        &self,
        (tables, number): (&Tables, usize),
        release: &str,
        written: Option<(Vec<u8>, Vec<End>)>,
        budget: &Arc<Budget>,
    ) {
        let Some((bytes, ends)) = written else { return };
        let mut start = 0;
        let lengths = ends.iter().map(|end| std::mem::replace(&mut start, end.at).abs_diff(end.at) as usize);
        let longest = lengths.max().unwrap_or(0);
        let dearest = ends.iter().map(|end| u64::from(end.steps)).max().unwrap_or(0) + 1;
        let rows = Rows::new(bytes, ends, longest);
        if !budget.take(rows.size()) {
            return;
        }
        tables.add(release, number, &Arc::new(Table { rows, longest, dearest, budget: Arc::clone(budget) }));
        // Another release may take its place: it counts anew.
        self.written.store(0, Ordering::Relaxed);
        self.taken.store(false, Ordering::Relaxed);
    }

    /// The number by which an object of the selection is kept.
    #[inline]
    pub(super) fn number(&self, graph: &Graph, a: u32) -> u32 {
        match self.by {
            By::Node => a,
            By::End(relation) => graph.relation(relation).target(a),
        }
    }
}

impl Table {
    /// An object behind a comma, and how many objects stand within it.
    #[inline]
    pub(super) fn of(&self, number: u32) -> (Stored<'_>, u32) {
        let at = number as usize;
        match &self.rows {
            Rows::Short(places, steps) => (places[at].stored(), *steps),
            Rows::Middle(places, steps) => (places[at].stored(), *steps),
            Rows::Any(bytes, ends) => {
                let start = if at == 0 { 0 } else { ends[at - 1].at as usize };
                (Stored { rest: &bytes[start..], len: ends[at].at as usize - start }, ends[at].steps)
            }
        }
    }

    /// Says that objects are read soon.
    #[inline]
    pub(super) fn ahead(&self, numbers: &[u32]) {
        match &self.rows {
            Rows::Short(places, _) => numbers.iter().for_each(|number| ahead(places, *number as usize)),
            Rows::Middle(places, _) => {
                // The length stands at the end.
                for Place(bytes) in numbers.iter().filter_map(|number| places.get(*number as usize)) {
                    ahead(bytes, 0);
                    ahead(bytes, bytes.len() - 1);
                }
            }
            Rows::Any(_, ends) => numbers.iter().for_each(|number| ahead(ends, *number as usize)),
        }
    }

    /// Most bytes and steps of so many objects.
    #[inline]
    pub(super) const fn most(&self, objects: usize) -> (usize, u64) {
        (objects * self.longest, objects as u64 * self.dearest)
    }
}

/// Whether so many bytes are too many for a table.
pub(super) const fn too_long(bytes: usize) -> bool {
    bytes > TABLE_BYTES
}

/// Kinds of few nodes that many others name.
const fn few(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::Target | NodeKind::Disease | NodeKind::Drug | NodeKind::Regimen | NodeKind::Source)
}

/// Whether a field writes the same for a node in every answer, and not much: no variables, filters or pages, nothing dear, not
/// many levels.
fn constant(field: &PField, selections: &[Sel], slots: &[Slot], levels: u32) -> bool {
    let settled = match slots.get(field.slot as usize) {
        Some(Slot::Constant(Ok(args))) => args.no_filter(),
        Some(_) => false,
        None => true,
    };
    let Some(declared) = field.field else { return field.condition == 0 };
    let short = declared.cost <= 1 && matches!(declared.size, Size::One | Size::Usual(_));
    let below = |sel: &Sel| {
        sel.all()
            .all(|fields: &Fields| levels > 0 && fields.list.iter().all(|f| constant(f, selections, slots, levels - 1)))
    };
    let inside = match declared.resolve {
        Resolve::Leaf(_) => true,
        Resolve::One(_) | Resolve::Many(_) => selections.get(field.selection as usize).is_some_and(below),
    };
    field.condition == 0 && settled && short && inside
}
