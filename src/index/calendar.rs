//! Which trials began when, and in which order?
//!
//! Trials by start date, and for each year the trials that began in it or later: any span of whole years is the difference
//! of two bitmaps, however many trials it holds. Must not know: filters, pages.

use std::borrow::Cow;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::postings::set_of;

/// Packed dates of one year: the year itself, its months and days.
const YEAR: u32 = 1 << 9;

/// Trials by start date.
#[derive(Debug, Default)]
pub struct Calendar {
    /// Packed dates, ascending; equal dates by trial.
    dates: Vec<u32>,
    trials: Vec<u32>,
    /// The first year, and the trials since it and since each year after it.
    first: u32,
    since: Vec<RoaringBitmap>,
    undated: RoaringBitmap,
}

impl Calendar {
    /// The calendar of these packed start dates, one for each trial, 0 for none.
    ///
    /// Complexity: n log n in the trials, plus the years times the blocks of 65,536 trials.
    pub(super) fn new(start: &[u32]) -> Self {
        let mut pairs: Vec<(u32, u32)> = start.iter().copied().zip(0..).filter(|(date, _)| *date != 0).collect();
        pairs.sort_unstable();
        let undated = (0..).zip(start).filter(|(_, date)| **date == 0).map(|(trial, _)| trial).collect();
        let dates: Vec<u32> = pairs.iter().map(|p| p.0).collect();
        let trials: Vec<u32> = pairs.iter().map(|p| p.1).collect();
        let (first, last) = (dates.first().map_or(0, |d| d / YEAR), dates.last().map_or(0, |d| d / YEAR));
        let mut calendar = Self { dates, trials, first, since: Vec::new(), undated };
        let mut since = vec![RoaringBitmap::new(); (last + 1 - first) as usize];
        let mut sum = RoaringBitmap::new();
        for year in (first..=last).rev() {
            sum |= set_of(&calendar.trials[calendar.places(&(year * YEAR..(year + 1) * YEAR))]);
            since[(year - first) as usize] = sum.clone();
        }
        calendar.since = since;
        calendar
    }

    fn places(&self, dates: &Range<u32>) -> Range<usize> {
        let start = self.dates.partition_point(|date| *date < dates.start);
        start..self.dates.partition_point(|date| *date < dates.end).max(start)
    }

    /// About how much is looked at to find the trials that began within these dates, in trials: those of the years in
    /// which a bound lies, and the blocks of bitmaps.
    ///
    /// Complexity: logarithmic in the trials.
    #[must_use]
    pub fn read_within(&self, dates: &Range<u32>) -> u64 {
        let part = |date: u32| {
            if date.is_multiple_of(YEAR) { 0 } else { self.places(&(date..date.next_multiple_of(YEAR))).len() }
        };
        let blocks = self.trials.len().div_ceil(1 << 16) * 64;
        (blocks + part(dates.start) + if dates.end == u32::MAX { 0 } else { part(dates.end) }) as u64
    }

    /// How many trials began within these dates.
    ///
    /// Complexity: logarithmic in the trials.
    #[must_use]
    pub fn len_within(&self, dates: &Range<u32>) -> u64 {
        self.places(dates).len() as u64
    }

    /// The bitmaps that are kept.
    pub(super) fn bitmaps(&self) -> impl Iterator<Item = &RoaringBitmap> {
        self.since.iter().chain([&self.undated])
    }

    /// Trials without a date.
    #[must_use]
    pub fn undated(&self) -> &RoaringBitmap {
        &self.undated
    }

    /// Trials that began on this date or later.
    fn since(&self, date: u32) -> Cow<'_, RoaringBitmap> {
        let (year, whole) = (date.div_ceil(YEAR), date.is_multiple_of(YEAR));
        let at = year.saturating_sub(self.first) as usize;
        let later =
            if at < self.since.len() { Cow::Borrowed(&self.since[at]) } else { Cow::Owned(RoaringBitmap::new()) };
        if whole {
            return later;
        }
        let rest = self.places(&(date..year.saturating_mul(YEAR)));
        Cow::Owned(&*later | set_of(&self.trials[rest]))
    }

    /// Trials that began within these dates.
    ///
    /// Complexity: linear in the blocks of 65,536 trials; where a bound lies within a year, in the trials of that year too.
    #[must_use]
    pub fn within(&self, dates: &Range<u32>) -> Cow<'_, RoaringBitmap> {
        let (from, to) = (self.since(dates.start), self.since(dates.end));
        if to.is_empty() { from } else { Cow::Owned(&*from - &*to) }
    }

    /// All trials in the order of their start, earliest first or latest first; equal dates by trial, those without a date
    /// last.
    pub fn in_order(&self, latest_first: bool) -> impl Iterator<Item = u32> + '_ {
        let mut left = 0..self.dates.len();
        let group = move || {
            let found = if left.is_empty() {
                return None;
            } else if latest_first {
                let date = self.dates[left.end - 1];
                let start = left.start + self.dates[left.clone()].partition_point(|d| *d < date);
                start..left.end
            } else {
                left.clone()
            };
            left = if latest_first { left.start..found.start } else { found.end..found.end };
            Some(&self.trials[found])
        };
        std::iter::from_fn(group).flatten().copied().chain(&self.undated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(year: u32, month: u32) -> u32 {
        year * YEAR + month * 32
    }

    #[test]
    fn spans_and_orders_are_those_of_a_scan() {
        let start: Vec<u32> =
            (0..400u32).map(|n| if n % 11 == 0 { 0 } else { packed(2000 + n * 7 % 23, n * 5 % 13) }).collect();
        let calendar = Calendar::new(&start);
        let bounds: Vec<u32> =
            (1998..2026).flat_map(|year| [packed(year, 0), packed(year, 5), packed(year, 5) + 1]).collect();
        for low in &bounds {
            for high in bounds.iter().filter(|high| *high > low).step_by(7).chain([&u32::MAX]) {
                let span = *low..*high;
                let scan: RoaringBitmap = (0..400).filter(|n| span.contains(&start[*n as usize])).collect();
                assert_eq!(*calendar.within(&span), scan, "{span:?}");
                assert_eq!(calendar.len_within(&span), scan.len());
                assert!(calendar.read_within(&span) >= 64);
            }
        }
        for latest_first in [false, true] {
            let mut scan: Vec<u32> = (0..400).collect();
            scan.sort_by_key(|n| {
                let date = start[*n as usize];
                (date == 0, if latest_first { u32::MAX - date } else { date }, *n)
            });
            assert_eq!(calendar.in_order(latest_first).collect::<Vec<_>>(), scan);
        }
        assert_eq!(Calendar::new(&[0, 0]).in_order(true).collect::<Vec<_>>(), [0, 1]);
        assert!(Calendar::new(&[]).within(&(0..u32::MAX)).is_empty());
    }
}
