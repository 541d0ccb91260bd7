//! Which trials fit this filter?
//!
//! A filter is data, checked when it is made; its value is a bitmap, put together from the bitmaps and postings of the
//! index. No trial is looked at where an index says it. Must not know: how a client writes a filter.

mod links;

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use roaring::RoaringBitmap;

use self::links::{link_count, linked, links_that_pass, regimen};
use super::criteria::{LinkTest, NumberTest, Quantifier, SetTest, TextTest};
use super::nodes::NodeFilter;
use crate::domain::{AgencyClass, DiseaseArea, DrugRole, Phase, SourceField, TrialStatus};
use crate::graph::{NONE, Relation};
use crate::index::{ByText, Sorted, Starts};
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

/// The trials that fit all of these: what the index says first; what it says for many trials only, or not at all, is then
/// looked up for the trials that are left, where these are fewer.
fn all_of<'s>(scope: &Scope<'s>, filters: &[TrialFilter]) -> Cow<'s, RoaringBitmap> {
    let (mut looked_up, indexed): (Vec<_>, Vec<_>) =
        filters.iter().map(|f| (f.trials_read(scope), f)).partition(|(read, _)| read.is_some());
    let mut parts: Vec<_> = indexed.iter().map(|(_, f)| f.set(scope)).collect();
    parts.sort_by_cached_key(|part| part.len());
    let mut both = parts.into_iter().reduce(in_both);
    looked_up.sort_by_key(|(read, _)| *read);
    for (read, filter) in looked_up {
        both = Some(match both {
            Some(both) if both.len() < read.unwrap_or(u64::MAX) => {
                scope.count(both.len() as usize);
                Cow::Owned(both.iter().filter(|trial| filter.holds(scope, *trial)).collect())
            }
            Some(both) => in_both(both, filter.set(scope)),
            None => filter.set(scope),
        });
    }
    both.unwrap_or(Cow::Borrowed(scope.all()))
}

fn in_both<'s>(one: Cow<'s, RoaringBitmap>, other: Cow<'s, RoaringBitmap>) -> Cow<'s, RoaringBitmap> {
    Cow::Owned(match (one, other) {
        (Cow::Owned(one), other) => one & &*other,
        (one, Cow::Owned(other)) => other & &*one,
        (Cow::Borrowed(one), Cow::Borrowed(other)) => one & other,
    })
}

impl TrialFilter {
    /// How many trials are read to find those that fit, where one trial can be looked at just as well.
    fn trials_read(&self, scope: &Scope<'_>) -> Option<u64> {
        let postings = &scope.snapshot.index().postings;
        match self {
            Self::StartDate(NumberTest::Within(ranges)) => {
                Some(ranges.iter().map(|range| scope.snapshot.index().calendar.read_within(range)).sum())
            }
            Self::Enrollment(NumberTest::Within(ranges)) => Some(postings.enrollment.len_within(ranges)),
            Self::LinkCount(_, _, link) if *link != LinkTest::Any => Some(scope.all().len()),
            Self::Title(TextTest::Words(_)) => None,
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
                Self::ExactPhases(these) if phases.is_none() => phases = Some(bits(these)),
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
        self.set(scope).into_owned()
    }

    /// As `eval`; what the index holds as it is asked for is not copied.
    fn set<'s>(&self, scope: &Scope<'s>) -> Cow<'s, RoaringBitmap> {
        let index = scope.snapshot.index();
        let postings = &index.postings;
        let found = match self {
            Self::And(filters) => all_of(scope, filters),
            Self::Status(these) => union(these.iter().map(|s| &postings.status[*s as usize])),
            Self::AnyPhase(these) => union(these.iter().map(|p| &postings.phase[*p as usize])),
            Self::ExactPhases(these) => union(index.phases.get(&bits(these))),
            Self::Area(these) => union(these.iter().map(|a| &postings.area[*a as usize])),
            Self::SponsorClass(these) => union(these.iter().map(|c| &postings.sponsor_class[*c as usize])),
            Self::Linked { relation, quantifier, nodes, link } => linked(scope, *relation, *quantifier, nodes, link),
            Self::StartDate(test) => started(scope, test),
            Self::HasConflict(true) => Cow::Borrowed(&postings.conflict),
            Self::HasReference(true) => Cow::Borrowed(&postings.reference),
            _ => Cow::Owned(self.put_together(scope)),
        };
        // A bitmap is put together by blocks of 65,536 trials, not trial by trial.
        scope.count(found.statistics().n_containers as usize);
        found
    }

    /// What no part of the index holds as it is asked for.
    fn put_together(&self, scope: &Scope<'_>) -> RoaringBitmap {
        let postings = &scope.snapshot.index().postings;
        match self {
            Self::Or(filters) => filters.iter().fold(RoaringBitmap::new(), |sum, f| sum | &*f.set(scope)),
            Self::Not(filter) => scope.all() - &*filter.set(scope),
            Self::Ids(ids) => ids.iter().copied().collect(),
            Self::LinkCount(relation, test, link) => link_count(scope, *relation, test, link),
            Self::Regimen(test, role) => regimen(scope, test, *role),
            Self::Enrollment(test) => number(scope, &postings.enrollment, test),
            Self::Country(test) => by_text(scope, &postings.country, test),
            Self::Text(field, test) => {
                let none = ByText::new();
                by_text(scope, postings.text.get(field).unwrap_or(&none), test)
            }
            Self::Sponsor(test) => {
                let graph = scope.snapshot.graph();
                let names = graph.trials.sponsor_name.iter().zip(&postings.sponsor);
                let with = union(names.filter(|(n, _)| test.passes(Some(&graph.strings.text(**n)))).map(|(_, t)| t));
                let negative = matches!(test, TextTest::NotIn(_) | TextTest::IsNull(true));
                let with = with.into_owned();
                if negative { with_missing(scope, with, &postings.sponsor) } else { with }
            }
            Self::Title(TextTest::Words(words)) => {
                let (found, read) = scope.snapshot.index().titles(scope.snapshot.graph()).with_all(words);
                scope.count(read as usize);
                found
            }
            Self::Title(test) => {
                // Titles have no index but that of their words: each is read.
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
            Self::And(_)
            | Self::Status(_)
            | Self::AnyPhase(_)
            | Self::ExactPhases(_)
            | Self::Area(_)
            | Self::SponsorClass(_)
            | Self::Linked { .. }
            | Self::StartDate(_) => self.eval(scope),
        }
    }
}

fn bits(phases: &[Phase]) -> u8 {
    phases.iter().fold(0, |bits, phase| bits | 1 << *phase as u8)
}

fn union<'s>(sets: impl IntoIterator<Item = &'s RoaringBitmap>) -> Cow<'s, RoaringBitmap> {
    let sum = sets.into_iter().map(Cow::Borrowed).reduce(|sum, set| Cow::Owned(sum.into_owned() | &*set));
    sum.unwrap_or_default()
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
    found | (scope.all() - &*union(sets))
}

/// Trials with a text that passes. "Is none of these" must hold for every text of the trial, all else for one.
fn by_text(scope: &Scope<'_>, texts: &ByText, test: &TextTest) -> RoaringBitmap {
    let with = |test: &TextTest| {
        scope.count(texts.len());
        union(texts.iter().filter(|(text, _)| test.passes(Some(text))).map(|(_, (_, trials))| trials)).into_owned()
    };
    match test {
        TextTest::NotIn(these) => scope.all() - with(&TextTest::In(these.clone())),
        TextTest::IsNull(true) => scope.all() - with(&TextTest::IsNull(false)),
        _ => with(test),
    }
}

fn started<'s>(scope: &Scope<'s>, test: &NumberTest) -> Cow<'s, RoaringBitmap> {
    let calendar = &scope.snapshot.index().calendar;
    let within = |ranges: &[Range<u32>]| {
        scope.count(ranges.iter().map(|range| calendar.read_within(range) as usize / 64).sum());
        match ranges {
            [one] => calendar.within(one),
            many => Cow::Owned(many.iter().fold(RoaringBitmap::new(), |sum, range| sum | &*calendar.within(range))),
        }
    };
    match test {
        NumberTest::Within(ranges) => within(ranges),
        NumberTest::Outside(ranges) => Cow::Owned(scope.all() - &*within(ranges)),
        NumberTest::IsNull(true) => Cow::Borrowed(calendar.undated()),
        NumberTest::IsNull(false) => Cow::Owned(scope.all() - calendar.undated()),
    }
}

fn number(scope: &Scope<'_>, column: &Sorted, test: &NumberTest) -> RoaringBitmap {
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
