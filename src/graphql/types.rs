//! Which types and fields does the contract have?
//!
//! One file per group of types; each field is declared there once. This file keeps what all fields share: the list of
//! object types, the context of a run, and what an object may carry besides two numbers.

mod base;
mod conflict;
mod connection;
mod disease;
mod disease_match;
mod drug;
mod entity;
pub(super) mod federation;
mod facet;
mod filters;
mod inputs;
mod matrix;
mod meta;
mod pairs;
mod query;
mod reach;
mod reference;
mod search;
mod source;
mod statement;
mod target;
mod trial;
mod unmapped;
mod untried;
mod walks;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

pub(super) use self::base::{Base, Counting, Listed};
use super::args::Args;
use super::cursor;
use super::declare::{Enum, InputObject, Interface, Obj, Object, Scalar};
use super::error::{Code, FieldError, Res};
use super::leash::{Cut, Leash};
use super::limits::Limits;
use crate::domain::{NodeKind, RelationKind};
use crate::graph::Node;
use crate::index::{NameHit, Stage, UnmappedText};
use crate::select::{self, CoOccurrence, Fitting, NodeSet, Page, Resolution, Scope, SearchResult, Similar};
use crate::snapshot::Snapshot;

macro_rules! object_types {
    ($($name:ident,)+) => {
        /// The object types of the contract, by number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub(super) enum T { $($name,)+ }

        impl T {
            /// Name in the contract.
            pub(super) const fn name(self) -> &'static str {
                const NAMES: &[&str] = &[$(stringify!($name),)+];
                NAMES[self as usize]
            }
        }
    };
}

object_types! {
    Query, Subscription, Meta, KindCount, Limit, Rule, RelationSummary,
    Label, Xref, PageInfo, Note,
    Trial, TrialTarget, TrialDisease, TrialDrug, RegistryId, Sponsor, SimilarTrial,
    Target, Gene, CoOccurrence, Disease, Drug, Regimen, RegimenDrug,
    Reference, PublicationMarker, Statement, Outcome, Citation, TrialMention,
    Source, SourceTable, SourceColumn, SourceRow, Cell, Assertion, Conflict,
    TrialConnection, TrialEdge, TargetConnection, TargetEdge, DiseaseConnection, DiseaseEdge, DrugConnection, DrugEdge,
    RegimenConnection, RegimenEdge, ReferenceConnection, ReferenceEdge, StatementConnection, StatementEdge,
    CitationConnection, CitationEdge, ConflictConnection, ConflictEdge, UnmappedConnection, UnmappedEdge, Unmapped,
    Facet, Bucket, Matrix, MatrixCell, Pairs, Pair, WhiteSpace, DiseaseCount, DiseaseMatch,
    ReachConnection, ReachEdge, PathResult, Path, PathStep, Subgraph, Link, HiddenCount, Trace, TraceStep,
    SearchConnection, SearchEdge, Suggestion, Resolution,
    _Service,
}

impl T {
    /// The object type of a kind of node.
    pub(super) const fn of(kind: NodeKind) -> Self {
        match kind {
            NodeKind::Trial => Self::Trial,
            NodeKind::Target => Self::Target,
            NodeKind::Disease => Self::Disease,
            NodeKind::Drug => Self::Drug,
            NodeKind::Regimen => Self::Regimen,
            NodeKind::Reference => Self::Reference,
            NodeKind::Statement => Self::Statement,
            NodeKind::Source => Self::Source,
        }
    }

    /// The kind of node behind an object type.
    pub(super) const fn kind(self) -> Option<NodeKind> {
        match self {
            Self::Trial => Some(NodeKind::Trial),
            Self::Target => Some(NodeKind::Target),
            Self::Disease => Some(NodeKind::Disease),
            Self::Drug => Some(NodeKind::Drug),
            Self::Regimen => Some(NodeKind::Regimen),
            Self::Reference => Some(NodeKind::Reference),
            Self::Statement => Some(NodeKind::Statement),
            Self::Source => Some(NodeKind::Source),
            _ => None,
        }
    }
}

/// What an object may carry besides two numbers.
#[derive(Debug)]
pub(super) enum Extra {
    /// A page of a list: its ids, where it lies, and, for trials, what their facets count.
    Page { ids: Ids, page: Page, list: u32, counting: Option<Counting> },
    /// What a facet, or a bucket of one, counts.
    Facet(select::Facet),
    /// A cross-table and the trials it counts.
    Matrix(select::Matrix, Arc<NodeSet>),
    /// Pairs of values.
    Pairs(pairs::Paired),
    /// References reached along citations, with the page that is shown.
    Reach { reach: select::Reach, paged: Arc<Extra> },
    /// A target not tried in a disease, and where it is.
    WhiteSpace(select::WhiteSpace),
    /// A disease that matches a scope: links of the trial, and whether one is the disease itself.
    Match { links: Vec<u32>, direct: bool },
    /// Paths between two nodes.
    Paths(Node, select::Paths),
    /// A part of the graph, the kinds of relation it was walked over, and what is inside it, once asked for.
    Around(select::Around, Vec<RelationKind>, OnceLock<select::Inner>),
    /// A trace, and the node it begins at.
    Trace(Box<Obj>, select::Trace),
    /// Printed text that does not map: the assertions and statements it stands in.
    Unmapped(UnmappedText),
    /// Targets studied together.
    Together(CoOccurrence),
    /// Trials alike.
    Alike(Similar),
    /// What a search found, with the page that is shown.
    Search { result: SearchResult, paged: Arc<Extra> },
    /// Names that a beginning led to.
    Names(Vec<NameHit>),
    /// Terms and what each means.
    Resolved { terms: Vec<Box<str>>, all: Vec<Resolution> },
}

/// The ids of a page.
#[derive(Debug)]
pub(super) enum Ids {
    /// Numbers are positions: all nodes of a kind, by id.
    All,
    /// These, from this position on.
    From(u32, Vec<u32>),
}

impl Ids {
    pub(super) fn at(&self, position: u32) -> u32 {
        match self {
            Self::All => position,
            Self::From(start, ids) => ids[(position - start) as usize],
        }
    }
}

/// What a run may look at, and what it has spent.
pub(super) struct Cx<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) limits: &'a Limits,
    release_tag: Cell<Option<[u8; 6]>>,
    leash: Option<&'a Leash>,
    steps: Cell<u64>,
    /// Steps at which the leash is looked at next.
    look: Cell<u64>,
    filters: RefCell<HashMap<usize, Rc<Fitting>>>,
}

/// Steps between two looks at the leash: some tens of microseconds.
const LOOK_EVERY: u64 = 512;

impl<'a> Cx<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, limits: &'a Limits) -> Self {
        let release_tag = Cell::new(None);
        let (steps, look, filters) = (Cell::new(0), Cell::new(0), RefCell::default());
        Self { snapshot, limits, release_tag, leash: None, steps, look, filters }
    }

    /// What stands for the release in cursors.
    pub(super) fn release_tag(&self) -> [u8; 6] {
        self.release_tag.get().unwrap_or_else(|| {
            let tag = cursor::release_tag(self.snapshot.release());
            self.release_tag.set(Some(tag));
            tag
        })
    }

    /// With a deadline and a client that may leave.
    pub(super) fn on(self, leash: &'a Leash) -> Self {
        Self { leash: Some(leash), ..self }
    }

    /// The trials that a field's filter lets through.
    pub(super) fn filtered(&self, args: &Args) -> Res<Option<Arc<NodeSet>>> {
        self.filter(args)?.map(|filter| self.fitting(&filter)).transpose()
    }

    /// Of a list of trials, ascending, those that a field's filter lets through; none where it has no filter.
    pub(super) fn filtered_among(&self, args: &Args, list: &[u32]) -> Res<Option<Vec<u32>>> {
        self.filter(args)?.map(|filter| self.fitting_among(&filter, list, None)).transpose()
    }

    /// Of the trials that a connection is over, those that its filter lets through; none where it has no filter.
    pub(super) fn filtered_of(&self, args: &Args, base: &Base) -> Res<Option<Vec<u32>>> {
        self.filter(args)?.map(|filter| self.fitting_of(&filter, base)).transpose()
    }

    /// Of the trials that a connection is over, those that a filter lets through.
    pub(super) fn fitting_of(&self, filter: &Fitting, base: &Base) -> Res<Vec<u32>> {
        self.fitting_among(filter, base.list(self.snapshot.graph()), base.stages(self.snapshot))
    }

    /// A field's filter, made ready once for all parents of the field.
    fn filter(&self, args: &Args) -> Res<Option<Rc<Fitting>>> {
        let Some(value) = args.get("filter") else { return Ok(None) };
        let key = std::ptr::from_ref(value) as usize;
        if let Some(known) = self.filters.borrow().get(&key) {
            return Ok(Some(Rc::clone(known)));
        }
        let filter = Rc::new(filters::ready(self, value, None)?);
        self.filters.borrow_mut().insert(key, Rc::clone(&filter));
        Ok(Some(filter))
    }

    /// All trials that a filter lets through.
    pub(super) fn fitting(&self, filter: &Fitting) -> Res<Arc<NodeSet>> {
        let scope = Scope::new(self.snapshot);
        let found = filter.all(&scope);
        self.work(scope.work())?;
        Ok(found)
    }

    /// Of a list of trials, ascending, those that a filter lets through.
    pub(super) fn fitting_among(&self, filter: &Fitting, list: &[u32], stages: Option<&[Stage]>) -> Res<Vec<u32>> {
        let scope = Scope::new(self.snapshot);
        let found = filter.among(&scope, list, stages);
        self.work(scope.work())?;
        Ok(found)
    }

    /// Counts an object written, with the answer at so many bytes.
    #[inline]
    pub(super) fn step(&self, bytes: usize) -> Res<()> {
        if bytes > self.limits.response_bytes {
            return Err(self.too_long());
        }
        self.work(1)
    }

    /// Whether an answer of so many bytes and so many more objects is within the limits.
    #[inline]
    pub(super) fn has_room(&self, bytes: usize, steps: u64) -> bool {
        bytes <= self.limits.response_bytes && self.steps.get().saturating_add(steps) <= self.limits.steps
    }

    #[cold]
    fn too_long(&self) -> FieldError {
        let message = format!("the answer has more than {} bytes", self.limits.response_bytes);
        FieldError::new(Code::LimitExceeded, message)
            .limit("responseBytes")
            .hint("ask for smaller pages or fewer fields")
    }

    /// Counts objects touched.
    #[inline]
    pub(super) fn work(&self, steps: u64) -> Res<()> {
        let sum = self.steps.get().saturating_add(steps);
        self.steps.set(sum);
        if sum >= self.look.get() { self.look(sum) } else { Ok(()) }
    }

    /// Looks at the budget and the leash; says when to look again.
    #[cold]
    fn look(&self, sum: u64) -> Res<()> {
        if sum > self.limits.steps {
            let message = format!("the answer touches more than {} objects", self.limits.steps);
            return Err(FieldError::new(Code::LimitExceeded, message).limit("steps").hint("ask for less at once"));
        }
        self.look.set((sum + LOOK_EVERY).min(self.limits.steps.saturating_add(1)));
        match self.leash.and_then(Leash::cut) {
            None => Ok(()),
            Some(Cut::Late) => Err(FieldError::new(Code::LimitExceeded, "the answer takes longer than the deadline")
                .limit("deadlineMs")
                .hint("ask for less at once")),
            Some(Cut::Alone) => Err(FieldError::new(Code::LimitExceeded, "the client is gone")),
        }
    }

    /// Walks the graph for as long as the leash lets it.
    pub(super) fn paced<W>(&self, walk: impl FnOnce(&select::Pace<'_>) -> W) -> Res<W> {
        let on = || self.leash.is_none_or(|leash| leash.cut().is_none());
        let pace = select::Pace::while_(&on);
        let found = walk(&pace);
        if pace.stopped() {
            // The leash was cut and stays so: the look says why.
            self.look(self.steps.get())?;
        }
        Ok(found)
    }

    /// Objects written and touched so far.
    pub(super) fn steps(&self) -> u64 {
        self.steps.get()
    }
}

type All = (Vec<Object>, Vec<Interface>, Vec<Enum>, Vec<InputObject>, Vec<Scalar>);

/// Every declaration.
pub(super) fn all() -> All {
    let mut objects = Vec::new();
    objects.extend(query::objects());
    objects.extend(meta::objects());
    objects.extend(entity::objects());
    objects.extend(trial::objects());
    objects.extend(target::objects());
    objects.extend(disease::objects());
    objects.extend(drug::objects());
    objects.extend(reference::objects());
    objects.extend(statement::objects());
    objects.extend(source::objects());
    objects.extend(connection::objects());
    objects.extend(federation::objects());
    objects.extend(facet::objects());
    objects.extend(matrix::objects());
    objects.extend(pairs::objects());
    objects.extend(untried::objects());
    objects.extend(walks::objects());
    objects.extend(reach::objects());
    objects.extend(unmapped::objects());
    objects.extend([conflict::object(), disease_match::object()]);
    objects.extend(search::objects());
    let mut enums = inputs::enums();
    enums.extend(search::enums());
    (objects, entity::interfaces(), enums, inputs::inputs(), inputs::scalars())
}
