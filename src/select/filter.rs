//! Which trials fit this filter?
//!
//! A filter is data, checked when it is made; its value is a bitmap, put together from the bitmaps and postings of the
//! index. No trial is looked at where an index says it. Must not know: how a client writes a filter.

mod links;

use std::cell::Cell;
use std::ops::Range;

use roaring::RoaringBitmap;

use self::links::{link_count, linked, links_that_pass, regimen};
use super::criteria::{LinkTest, NumberTest, Quantifier, SetTest, TextTest};
use super::nodes::NodeFilter;
use crate::domain::{AgencyClass, DiseaseArea, DrugRole, Phase, SourceField, TrialStatus};
use crate::graph::{NONE, Relation};
use crate::index::ByText;
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

    fn all(&self) -> &RoaringBitmap {
        &self.snapshot.index().postings.all
    }
}

/// The trials that fit all of these: what the index says first; what it says for many trials only, or not at all, is then
/// looked up for the trials that are left, where these are fewer.
fn all_of(scope: &Scope<'_>, filters: &[TrialFilter]) -> RoaringBitmap {
    let (mut looked_up, indexed): (Vec<_>, Vec<_>) =
        filters.iter().map(|f| (f.trials_read(scope), f)).partition(|(read, _)| read.is_some());
    let mut parts: Vec<_> = indexed.iter().map(|(_, f)| f.eval(scope)).collect();
    parts.sort_by_key(RoaringBitmap::len);
    let mut both = parts.into_iter().reduce(|mut both, part| {
        both &= part;
        both
    });
    looked_up.sort_by_key(|(read, _)| *read);
    for (read, filter) in looked_up {
        both = Some(match both {
            Some(both) if both.len() < read.unwrap_or(u64::MAX) => {
                scope.count(both.len() as usize);
                both.iter().filter(|trial| filter.holds(scope, *trial)).collect()
            }
            Some(both) => both & filter.eval(scope),
            None => filter.eval(scope),
        });
    }
    both.unwrap_or_else(|| scope.all().clone())
}

impl TrialFilter {
    /// How many trials are read to find those that fit, where one trial can be looked at just as well.
    fn trials_read(&self, scope: &Scope<'_>) -> Option<u64> {
        let postings = &scope.snapshot.index().postings;
        match self {
            Self::StartDate(NumberTest::Within(ranges)) => Some(postings.start_date.len_within(ranges)),
            Self::Enrollment(NumberTest::Within(ranges)) => Some(postings.enrollment.len_within(ranges)),
            Self::LinkCount(_, _, link) if *link != LinkTest::Any => Some(scope.all().len()),
            Self::Title(_) => Some(scope.all().len()),
            _ => None,
        }
    }

    /// Whether a trial fits, for filters that tell how many they read.
    fn holds(&self, scope: &Scope<'_>, trial: u32) -> bool {
        let graph = scope.snapshot.graph();
        let (t, at) = (&graph.trials, trial as usize);
        match self {
            Self::StartDate(test) => test.passes((t.start_date[at] != 0).then_some(t.start_date[at])),
            Self::Enrollment(test) => test.passes((t.enrollment[at] != NONE).then_some(t.enrollment[at])),
            Self::LinkCount(relation, test, link) => test.passes(Some(links_that_pass(graph, *relation, link, trial))),
            Self::Title(test) => {
                let title = t.title[at].some().map(|id| graph.strings.text(id));
                test.passes(title.as_deref())
            }
            _ => false,
        }
    }

    /// The trials that fit.
    ///
    /// Complexity: linear in the postings of what the filter names; independent of the number of trials otherwise,
    /// but for complements.
    #[must_use]
    pub fn eval(&self, scope: &Scope<'_>) -> RoaringBitmap {
        let postings = &scope.snapshot.index().postings;
        let found = match self {
            Self::And(filters) => all_of(scope, filters),
            Self::Or(filters) => filters.iter().fold(RoaringBitmap::new(), |sum, f| sum | f.eval(scope)),
            Self::Not(filter) => scope.all() - filter.eval(scope),
            Self::Ids(ids) => ids.iter().copied().collect(),
            Self::Status(these) => union(these.iter().map(|s| &postings.status[*s as usize])),
            Self::AnyPhase(these) => union(these.iter().map(|p| &postings.phase[*p as usize])),
            Self::ExactPhases(these) if these.is_empty() => postings.no_phase.clone(),
            Self::ExactPhases(these) => {
                let mut found = scope.all().clone();
                for phase in Phase::ALL {
                    let trials = &postings.phase[*phase as usize];
                    if these.contains(phase) { found &= trials } else { found -= trials }
                }
                found
            }
            Self::Area(these) => union(these.iter().map(|a| &postings.area[*a as usize])),
            Self::Linked { relation, quantifier, nodes, link } => linked(scope, *relation, *quantifier, nodes, link),
            Self::LinkCount(relation, test, link) => link_count(scope, *relation, test, link),
            Self::Regimen(test, role) => regimen(scope, test, *role),
            Self::StartDate(test) => number(scope, &postings.start_date, test),
            Self::Enrollment(test) => number(scope, &postings.enrollment, test),
            Self::Country(test) => by_text(scope, &postings.country, test),
            Self::Text(field, test) => {
                let none = ByText::new();
                by_text(scope, postings.text.get(field).unwrap_or(&none), test)
            }
            Self::SponsorClass(these) => union(these.iter().map(|c| &postings.sponsor_class[*c as usize])),
            Self::Sponsor(test) => {
                let graph = scope.snapshot.graph();
                let names = graph.trials.sponsor_name.iter().zip(&postings.sponsor);
                let with = union(names.filter(|(n, _)| test.passes(Some(&graph.strings.text(**n)))).map(|(_, t)| t));
                let negative = matches!(test, TextTest::NotIn(_) | TextTest::IsNull(true));
                if negative { with_missing(scope, with, &postings.sponsor) } else { with }
            }
            Self::Title(test) => {
                // Titles have no index of their own but that of words (see `text`): each is read.
                let graph = scope.snapshot.graph();
                scope.count(graph.trials.title.len());
                let titles = graph.trials.title.iter().enumerate();
                titles
                    .filter(|(_, id)| test.passes(id.some().map(|id| graph.strings.text(id)).as_deref()))
                    .map(|(at, _)| at as u32)
                    .collect()
            }
            Self::HasConflict(wanted) => either(scope, &postings.conflict, *wanted),
            Self::HasReference(wanted) => either(scope, &postings.reference, *wanted),
            Self::Found(trials) => trials.clone(),
        };
        // A bitmap is put together by blocks of 65,536 trials, not trial by trial.
        scope.count(found.statistics().n_containers as usize);
        found
    }
}

fn union<'a>(sets: impl IntoIterator<Item = &'a RoaringBitmap>) -> RoaringBitmap {
    sets.into_iter().fold(RoaringBitmap::new(), |sum, set| sum | set)
}

fn either(scope: &Scope<'_>, with: &RoaringBitmap, wanted: bool) -> RoaringBitmap {
    if wanted { with.clone() } else { scope.all() - with }
}

/// For tests that a missing value passes: what is found, and the trials that have no value at all.
fn with_missing<'a>(
    scope: &Scope<'_>,
    found: RoaringBitmap,
    sets: impl IntoIterator<Item = &'a RoaringBitmap>,
) -> RoaringBitmap {
    found | (scope.all() - union(sets))
}

/// Trials with a text that passes. "Is none of these" must hold for every text of the trial, all else for one.
fn by_text(scope: &Scope<'_>, texts: &ByText, test: &TextTest) -> RoaringBitmap {
    let with = |test: &TextTest| {
        scope.count(texts.len());
        union(texts.iter().filter(|(text, _)| test.passes(Some(text))).map(|(_, (_, trials))| trials))
    };
    match test {
        TextTest::NotIn(these) => scope.all() - with(&TextTest::In(these.clone())),
        TextTest::IsNull(true) => scope.all() - with(&TextTest::IsNull(false)),
        _ => with(test),
    }
}

fn number(scope: &Scope<'_>, column: &crate::index::Sorted, test: &NumberTest) -> RoaringBitmap {
    let within = |ranges: &[Range<u32>]| {
        let found = ranges.iter().fold(RoaringBitmap::new(), |sum, r| sum | column.range(r.start, r.end));
        scope.count(found.len() as usize);
        found
    };
    match test {
        NumberTest::Within(ranges) => within(ranges),
        NumberTest::Outside(ranges) => scope.all() - within(ranges),
        NumberTest::IsNull(true) => scope.all() - column.all(),
        NumberTest::IsNull(false) => column.all(),
    }
}
