//! Which types and fields does the contract have?
//!
//! One file per group of types; each field is declared there once. This file keeps what all fields share: the list of
//! object types, the context of a run, and what an object may carry besides two numbers.

mod connection;
mod disease;
mod drug;
mod entity;
mod inputs;
mod meta;
mod query;
mod reference;
mod search;
mod source;
mod statement;
mod target;
mod trial;

use std::cell::Cell;
use std::sync::Arc;

use super::cursor;
use super::declare::{Enum, InputObject, Interface, Object, Scalar};
use super::error::{Code, FieldError, Res};
use super::gate::Limits;
use crate::domain::NodeKind;
use crate::index::NameHit;
use crate::select::{CoOccurrence, Page, Resolution, SearchResult, Similar};
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
    CitationConnection, CitationEdge,
    SearchConnection, SearchEdge, Suggestion, Resolution,
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
    /// A page of a list: all ids in order, and which part is shown.
    Page { ids: Ids, page: Page, list: u32 },
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

/// The ids of a list, in order.
#[derive(Debug)]
pub(super) enum Ids {
    /// All nodes of a kind, by id.
    All,
    /// These.
    These(Vec<u32>),
}

impl Ids {
    pub(super) fn at(&self, position: u32) -> u32 {
        match self {
            Self::All => position,
            Self::These(ids) => ids[position as usize],
        }
    }
}

/// What a run may look at, and what it has spent.
pub(super) struct Cx<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) limits: &'a Limits,
    pub(super) release_tag: [u8; 6],
    steps: Cell<u64>,
}

impl<'a> Cx<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, limits: &'a Limits) -> Self {
        Self { snapshot, limits, release_tag: cursor::release_tag(snapshot.release()), steps: Cell::new(0) }
    }

    /// Counts an object written, with the answer at so many bytes.
    pub(super) fn step(&self, bytes: usize) -> Res<()> {
        if bytes > self.limits.response_bytes {
            return Err(FieldError::new(
                Code::LimitExceeded,
                format!("the answer has more than {} bytes", self.limits.response_bytes),
            )
            .limit("responseBytes")
            .hint("ask for smaller pages or fewer fields"));
        }
        self.work(1)
    }

    /// Counts objects touched.
    pub(super) fn work(&self, steps: u64) -> Res<()> {
        let sum = self.steps.get() + steps;
        self.steps.set(sum);
        if sum > self.limits.steps {
            let message = format!("the answer touches more than {} objects", self.limits.steps);
            return Err(FieldError::new(Code::LimitExceeded, message).limit("steps").hint("ask for less at once"));
        }
        Ok(())
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
    objects.extend(search::objects());
    let mut enums = inputs::enums();
    enums.extend(search::enums());
    (objects, entity::interfaces(), enums, inputs::inputs(), inputs::scalars())
}
