//! Which trials fit this filter?
//!
//! A filter is data, checked when it is made. `part` makes it ready, `sets` finds all trials that fit a part of it, `holds`
//! looks at one trial, and `fitting` chooses between these. Must not know: how a client writes a filter.

mod fitting;
mod holds;
mod links;
mod part;
mod sets;
mod stages;

use std::cell::Cell;

use roaring::RoaringBitmap;

pub use self::fitting::Fitting;
use self::part::Part;
use super::criteria::{LinkTest, NumberTest, Quantifier, SetTest, TextTest};
use super::nodes::NodeFilter;
use crate::domain::{AgencyClass, DiseaseArea, DrugRole, Phase, SourceField, TrialStatus};
use crate::graph::Relation;
use crate::index::Starts;
use crate::snapshot::Snapshot;

/// A filter of trials.
#[derive(Debug, Clone, PartialEq)]
pub enum TrialFilter {
    /// All of these; all trials where there is none.
    And(Vec<TrialFilter>),
    /// At least one of these; no trial where there is none.
    Or(Vec<TrialFilter>),
    /// Not this.
    Not(Box<TrialFilter>),
    /// These trials.
    Ids(Vec<u32>),
    /// One of these statuses.
    Status(Vec<TrialStatus>),
    /// At least one of these phases.
    AnyPhase(Vec<Phase>),
    /// Exactly these phases.
    ExactPhases(Vec<Phase>),
    /// One of these areas.
    Area(Vec<DiseaseArea>),
    /// Links of a relation that lead to nodes which pass, with facts that pass.
    Linked {
        /// The relation: from trials, or to trials.
        relation: Relation,
        /// How many of the links.
        quantifier: Quantifier,
        /// Which nodes.
        nodes: Box<NodeFilter>,
        /// What must hold on the link.
        link: LinkTest,
    },
    /// So many links of a relation, with facts that pass.
    LinkCount(Relation, NumberTest, LinkTest),
    /// The regimen's members, all or those of one role.
    Regimen(SetTest, Option<DrugRole>),
    /// The start date, packed.
    StartDate(NumberTest),
    /// The enrolment.
    Enrollment(NumberTest),
    /// A country.
    Country(TextTest),
    /// The shown text of a field of `TEXT_FIELDS`.
    Text(SourceField, TextTest),
    /// One of these classes of sponsor.
    SponsorClass(Vec<AgencyClass>),
    /// The sponsor's name.
    Sponsor(TextTest),
    /// The title.
    Title(TextTest),
    /// Has a conflict.
    HasConflict(bool),
    /// Has a reference behind it.
    HasReference(bool),
    /// Is among these, found by a search.
    Found(RoaringBitmap),
}

/// What a filter is evaluated over, and the work it takes.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The release.
    pub snapshot: &'a Snapshot,
    work: Cell<u64>,
}

impl<'a> Scope<'a> {
    /// A scope over a release.
    #[must_use]
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, work: Cell::new(0) }
    }

    /// Links, texts and nodes looked at so far, and blocks of bitmaps put together.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.work.get()
    }

    /// Counts links, texts, nodes or blocks looked at.
    pub fn count(&self, work: usize) {
        self.work.set(self.work.get() + work as u64);
    }

    fn all(&self) -> &'a RoaringBitmap {
        &self.snapshot.index().postings.all
    }
}

impl TrialFilter {
    /// The trials that fit, where the index has them in the order of their start: those of statuses, with exactly some
    /// phases, perhaps within dates, and nothing else is asked.
    ///
    /// Complexity: logarithmic in the trials.
    #[must_use]
    pub fn by_start<'s>(&self, snapshot: &'s Snapshot) -> Option<Starts<'s>> {
        let Self::And(all) = self else { return None };
        let (mut status, mut phases, mut dates) = (None, None, None);
        for filter in all {
            match filter {
                Self::Status(these) if status.is_none() => status = Some(these),
                Self::ExactPhases(these) if phases.is_none() => {
                    phases = Some(part::bits(these.iter().map(|p| *p as u8)) as u8)
                }
                Self::StartDate(NumberTest::Within(ranges)) if dates.is_none() && ranges.len() == 1 => {
                    dates = ranges.first();
                }
                _ => return None,
            }
        }
        Some(snapshot.index().by_start(snapshot.graph()).starts(status?, phases?, dates))
    }

    /// The trials that fit.
    ///
    /// Complexity: linear in the postings of what the filter names; independent of the number of trials otherwise,
    /// but for complements.
    #[must_use]
    pub fn eval(&self, scope: &Scope<'_>) -> RoaringBitmap {
        let parts = Part::all_of(std::slice::from_ref(self), scope);
        fitting::all_of(scope, parts.iter()).into_owned()
    }
}
