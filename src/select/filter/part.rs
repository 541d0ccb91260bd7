//! What does a filter ask, made ready to be asked?
//!
//! The nodes, regimens and words that a filter names are looked up once. What is left tells how many trials can fit, what
//! it takes to find them all, and what it takes to look at one of them. Must not know: how parts are put together.

use roaring::RoaringBitmap;

use super::links::Links;
use super::{Scope, TrialFilter};
use crate::domain::SourceField;
use crate::graph::Relation;
use crate::select::criteria::{LinkTest, NumberTest, Quantifier, TextTest};

/// One thing that a filter asks.
#[derive(Debug)]
pub(super) enum Part {
    /// All of these.
    All(Vec<Part>),
    /// At least one of these.
    Any(Vec<Part>),
    /// Not this.
    Not(Box<Part>),
    /// Among these trials (true) or not (false).
    In(Known, bool),
    /// One of these statuses, as bits.
    Status(u32),
    /// One of these phases, as bits.
    AnyPhase(u8),
    /// Exactly these phases, as bits.
    Phases(u8),
    /// One of these areas, as bits.
    Area(u32),
    /// A sponsor of one of these classes, as bits.
    SponsorClass(u32),
    /// Links to nodes.
    Links(Links),
    /// So many links, with facts that pass.
    LinkCount(Relation, NumberTest, LinkTest),
    /// The start date, packed.
    StartDate(NumberTest),
    /// The enrolment.
    Enrollment(NumberTest),
    /// A country.
    Country(TextTest),
    /// The shown text of a field.
    Text(SourceField, TextTest),
    /// The sponsor's name.
    Sponsor(TextTest),
    /// The title.
    Title(TextTest),
}

/// A set of trials that is at hand.
#[derive(Debug)]
pub(super) enum Known {
    /// These.
    These(RoaringBitmap),
    /// Those with a conflict.
    Conflict,
    /// Those with a reference behind them.
    Reference,
    /// Those with a regimen.
    Regimen,
    /// Those of a disease and of all below it, where these are many.
    Below(u32),
}

impl Known {
    /// The trials.
    ///
    /// Complexity: constant.
    pub(super) fn set<'k>(&'k self, scope: &Scope<'k>) -> &'k RoaringBitmap {
        let index = scope.snapshot.index();
        match self {
            Self::These(trials) => trials,
            Self::Conflict => &index.postings.conflict,
            Self::Reference => &index.postings.reference,
            Self::Regimen => &index.postings.regimen,
            Self::Below(disease) => index.below(scope.snapshot.graph()).trials(*disease).unwrap_or(&index.postings.all),
        }
    }
}

/// What a block of 65,536 trials takes when two bitmaps are put together, in looks at one trial.
pub(super) const BLOCK: u64 = 400;
/// What it takes to ask a bitmap for one trial.
pub(super) const ASK: u64 = 3;
/// What a text takes.
const TEXT: u64 = 60;

/// Numbers of words of an enum, as bits.
pub(super) fn bits(numbers: impl IntoIterator<Item = u8>) -> u32 {
    numbers.into_iter().fold(0, |bits, number| bits | 1 << number)
}

/// The numbers of the bits that are set.
pub(super) fn numbers(bits: u32) -> impl Iterator<Item = usize> {
    (0..32).filter(move |number| bits >> number & 1 != 0)
}

impl Part {
    /// The part that stands for a filter.
    ///
    /// Complexity: linear in the filter and in the nodes of the kinds that it asks for.
    pub(super) fn of(filter: &TrialFilter, scope: &Scope<'_>) -> Self {
        use TrialFilter as F;
        match filter {
            F::And(filters) => Self::All(Self::all_of(filters, scope)),
            F::Or(filters) => Self::Any(filters.iter().map(|f| Self::of(f, scope)).collect()),
            F::Not(filter) => Self::Not(Box::new(Self::of(filter, scope))),
            F::Ids(ids) => Self::In(Known::These(ids.iter().copied().collect()), true),
            F::Found(trials) => Self::In(Known::These(trials.clone()), true),
            F::HasConflict(wanted) => Self::In(Known::Conflict, *wanted),
            F::HasReference(wanted) => Self::In(Known::Reference, *wanted),
            F::Status(these) => Self::Status(bits(these.iter().map(|s| *s as u8))),
            F::AnyPhase(these) => Self::AnyPhase(bits(these.iter().map(|p| *p as u8)) as u8),
            F::ExactPhases(these) => Self::Phases(bits(these.iter().map(|p| *p as u8)) as u8),
            F::Area(these) => Self::Area(bits(these.iter().map(|a| *a as u8))),
            F::SponsorClass(these) => Self::SponsorClass(bits(these.iter().map(|c| *c as u8))),
            F::Linked { relation, quantifier, nodes, link } => {
                if *relation == Relation::TrialDisease
                    && *quantifier == Quantifier::Some
                    && *link == LinkTest::Any
                    && let Some(disease) = nodes.all_below()
                    && scope.snapshot.index().below(scope.snapshot.graph()).trials(disease).is_some()
                {
                    return Self::In(Known::Below(disease), true);
                }
                Self::Links(Links::to(scope, *relation, *quantifier, nodes, link.clone()))
            }
            F::Regimen(test, role) => Links::regimen(scope, test, *role),
            F::LinkCount(relation, test, link) => Self::LinkCount(*relation, test.clone(), link.clone()),
            F::StartDate(test) => Self::StartDate(test.clone()),
            F::Enrollment(test) => Self::Enrollment(test.clone()),
            F::Country(test) => Self::Country(test.clone()),
            F::Text(field, test) => Self::Text(*field, test.clone()),
            F::Sponsor(test) => Self::Sponsor(test.clone()),
            F::Title(test) => Self::Title(test.clone()),
        }
    }

    /// The parts of filters all of which must hold, those of `And` within them taken out.
    pub(super) fn all_of(filters: &[TrialFilter], scope: &Scope<'_>) -> Vec<Self> {
        let mut parts = Vec::with_capacity(filters.len());
        for filter in filters {
            match filter {
                TrialFilter::And(within) => parts.extend(Self::all_of(within, scope)),
                _ => parts.push(Self::of(filter, scope)),
            }
        }
        parts
    }

    /// How many trials can fit, at most.
    ///
    /// Complexity: logarithmic in the trials, linear in the values that are named.
    pub(super) fn most(&self, scope: &Scope<'_>) -> u64 {
        let (index, all) = (scope.snapshot.index(), scope.all().len());
        let p = &index.postings;
        let sum = |sets: &[RoaringBitmap], bits: u32| {
            numbers(bits).filter_map(|number| sets.get(number)).map(RoaringBitmap::len).sum::<u64>()
        };
        let most = match self {
            Self::All(parts) => parts.iter().map(|part| part.most(scope)).min().unwrap_or(all),
            Self::Any(parts) => parts.iter().map(|part| part.most(scope)).sum(),
            Self::In(known, true) => known.set(scope).len(),
            Self::In(known, false) => all - known.set(scope).len().min(all),
            Self::Status(bits) => sum(&p.status, *bits),
            Self::AnyPhase(bits) => sum(&p.phase, u32::from(*bits)),
            Self::Phases(bits) => index.phases.get(bits).map_or(0, RoaringBitmap::len),
            Self::Area(bits) => sum(&p.area, *bits),
            Self::SponsorClass(bits) => sum(&p.sponsor_class, *bits),
            Self::Links(links) if links.wanted => links.count,
            Self::StartDate(NumberTest::Within(ranges)) => {
                ranges.iter().map(|range| index.calendar.len_within(range)).sum()
            }
            Self::Enrollment(NumberTest::Within(ranges)) => p.enrollment.len_within(ranges),
            _ => all,
        };
        most.min(all)
    }

    /// About what it takes to find all trials that fit, in looks at one trial.
    ///
    /// Complexity: as [`Part::most`].
    pub(super) fn whole(&self, scope: &Scope<'_>) -> u64 {
        let (index, all) = (scope.snapshot.index(), scope.all().len());
        let p = &index.postings;
        let blocks = all.div_ceil(1 << 16) * BLOCK;
        // Bitmaps that are put together; one alone is at hand.
        let union = |bits: u32| u64::from(bits.count_ones().saturating_sub(1)) * blocks;
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(|part| part.whole(scope) + blocks).sum(),
            Self::Not(part) => part.whole(scope) + blocks,
            Self::In(_, true) | Self::Phases(_) => 0,
            Self::In(_, false) => blocks,
            Self::Status(bits) | Self::Area(bits) | Self::SponsorClass(bits) => union(*bits),
            Self::AnyPhase(bits) => union(u32::from(*bits)),
            Self::Links(links) => links.count * 4 + if links.wanted { 0 } else { blocks },
            Self::LinkCount(relation, _, link) => match p.degree.get(relation) {
                Some(by_degree) if *link == LinkTest::Any => by_degree.len() as u64 * blocks,
                _ => all * self.look(),
            },
            Self::StartDate(NumberTest::Within(ranges)) => {
                ranges.iter().map(|range| index.calendar.read_within(range)).sum()
            }
            Self::Enrollment(NumberTest::Within(ranges)) => p.enrollment.len_within(ranges) * ASK + blocks,
            Self::StartDate(_) | Self::Enrollment(_) => all * ASK,
            Self::Country(_) => p.country.len() as u64 * TEXT + blocks,
            Self::Text(field, _) => p.text.get(field).map_or(0, |texts| texts.len() as u64) * TEXT + blocks,
            Self::Sponsor(_) => p.sponsor.len() as u64 * TEXT + blocks,
            // The index knows the words of titles.
            Self::Title(TextTest::Words(_)) => blocks,
            Self::Title(_) => all * self.look(),
        }
    }

    /// About what it takes to look at one trial.
    pub(super) fn look(&self) -> u64 {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::look).sum::<u64>().max(1),
            Self::Not(part) => part.look(),
            Self::In(..) => ASK,
            Self::Status(_) | Self::AnyPhase(_) | Self::Phases(_) | Self::Area(_) => 1,
            Self::SponsorClass(_) | Self::StartDate(_) | Self::Enrollment(_) => 2,
            Self::LinkCount(_, _, LinkTest::Any) => 3,
            Self::Links(_) | Self::LinkCount(..) => 8,
            Self::Country(_) | Self::Text(..) | Self::Sponsor(_) => TEXT,
            Self::Title(TextTest::Words(_)) => 6 * TEXT,
            Self::Title(_) => 2 * TEXT,
        }
    }
}
