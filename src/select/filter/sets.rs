//! Which trials fit a part of a filter, of all there are?
//!
//! A bitmap, put together from the bitmaps and postings of the index. No trial is looked at where an index says it. Must
//! not know: what else the filter asks.

use std::borrow::Cow;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::Scope;
use super::fitting::all_of;
use super::links::link_count;
use super::part::{Part, numbers};
use crate::index::{ByText, Sorted};
use crate::select::criteria::{NumberTest, TextTest};

impl Part {
    /// The trials that fit; what the index holds as it is asked for is not copied.
    ///
    /// Complexity: linear in the postings of what is named; independent of the number of trials otherwise, but for
    /// complements.
    pub(super) fn set<'p>(&'p self, scope: &Scope<'p>) -> Cow<'p, RoaringBitmap> {
        let index = scope.snapshot.index();
        let p = &index.postings;
        let found = match self {
            Self::All(parts) => all_of(scope, parts.iter()),
            Self::Any(parts) => {
                Cow::Owned(parts.iter().fold(RoaringBitmap::new(), |sum, part| sum | &*part.set(scope)))
            }
            Self::Not(part) => Cow::Owned(scope.all() - &*part.set(scope)),
            Self::In(known, true) => Cow::Borrowed(known.set(scope)),
            Self::In(known, false) => Cow::Owned(scope.all() - known.set(scope)),
            Self::Status(bits) => of_values(&p.status, *bits),
            Self::AnyPhase(bits) => of_values(&p.phase, u32::from(*bits)),
            Self::Phases(bits) => union(index.phases.get(bits)),
            Self::Area(bits) => of_values(&p.area, *bits),
            Self::SponsorClass(bits) => of_values(&p.sponsor_class, *bits),
            Self::Links(links) => Cow::Owned(links.set(scope)),
            Self::LinkCount(relation, test, link) => Cow::Owned(link_count(scope, *relation, test, link)),
            Self::StartDate(test) => started(scope, test),
            Self::Enrollment(test) => Cow::Owned(number(scope, &p.enrollment, test)),
            Self::Country(test) => Cow::Owned(by_text(scope, &p.country, test)),
            Self::Text(field, test) => {
                let none = ByText::new();
                Cow::Owned(by_text(scope, p.text.get(field).unwrap_or(&none), test))
            }
            Self::Sponsor(test) => Cow::Owned(sponsored(scope, test)),
            Self::Title(test) => Cow::Owned(titled(scope, test)),
        };
        // A bitmap is put together by blocks of 65,536 trials, not trial by trial.
        scope.count(found.statistics().n_containers as usize);
        found
    }
}

fn of_values(sets: &[RoaringBitmap], bits: u32) -> Cow<'_, RoaringBitmap> {
    union(numbers(bits).filter_map(|number| sets.get(number)))
}

pub(super) fn union<'s>(sets: impl IntoIterator<Item = &'s RoaringBitmap>) -> Cow<'s, RoaringBitmap> {
    let sum = sets.into_iter().map(Cow::Borrowed).reduce(|sum, set| Cow::Owned(sum.into_owned() | &*set));
    sum.unwrap_or_default()
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

fn sponsored(scope: &Scope<'_>, test: &TextTest) -> RoaringBitmap {
    let (graph, sets) = (scope.snapshot.graph(), &scope.snapshot.index().postings.sponsor);
    scope.count(sets.len());
    let names = graph.trials.sponsor_name.iter().zip(sets);
    let with = union(names.filter(|(n, _)| test.passes(Some(&graph.strings.text(**n)))).map(|(_, t)| t)).into_owned();
    // A missing name passes: those without one fit as well.
    let negative = matches!(test, TextTest::NotIn(_) | TextTest::IsNull(true));
    if negative { with | (scope.all() - &*union(sets)) } else { with }
}

fn titled(scope: &Scope<'_>, test: &TextTest) -> RoaringBitmap {
    let graph = scope.snapshot.graph();
    if let TextTest::Words(words) = test {
        let (found, read) = scope.snapshot.index().titles(graph).with_all(words);
        scope.count(read as usize);
        return found;
    }
    // Titles have no index but that of their words: each is read.
    scope.count(graph.trials.title.len());
    let titles = (0..).zip(graph.trials.title.iter());
    let fitting = titles.filter(|(_, id)| test.passes(id.some().map(|id| graph.strings.text(id)).as_deref()));
    RoaringBitmap::from_sorted_iter(fitting.map(|(trial, _)| trial)).unwrap_or_default()
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
