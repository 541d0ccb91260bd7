//! Which trials have this status and these phases, in the order of their start?
//!
//! The commonest page of a registry is cut out of a few lists, however many trials there are. Must not know: filters,
//! pages.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::calendar::Calendar;
use crate::domain::TrialStatus;
use crate::graph::Graph;

/// A start date, packed, 0 for none; and the trial.
type Start = (u32, u32);

/// Trials by status and phases, each list by start date, then by trial; those without a date at its end.
#[derive(Debug, Default)]
pub struct ByStart(FxHashMap<(u8, u8), List>);

#[derive(Debug, Default)]
struct List {
    starts: Vec<Start>,
    /// How many have a date.
    dated: usize,
}

/// Parts of lists, to be read in the order of start.
#[derive(Debug, Default)]
pub struct Starts<'a>(Vec<Part<'a>>);

/// A part of a list: trials with a date, and those without.
type Part<'a> = (&'a [Start], &'a [Start]);

impl ByStart {
    /// Complexity: linear in the trials.
    pub(super) fn build(graph: &Graph, calendar: &Calendar) -> Self {
        let t = &graph.trials;
        let mut lists: FxHashMap<(u8, u8), List> = FxHashMap::default();
        for trial in calendar.in_order(false) {
            let at = trial as usize;
            let list = lists.entry((t.status[at] as u8, t.phases[at])).or_default();
            list.starts.push((t.start_date[at], trial));
            list.dated += usize::from(t.start_date[at] != 0);
        }
        Self(lists)
    }

    /// The trials of these statuses with exactly these phases, as bits; only those that began within some dates, where
    /// these are given.
    ///
    /// Complexity: logarithmic in the trials.
    #[must_use]
    pub fn starts(&self, statuses: &[TrialStatus], phases: u8, dates: Option<&Range<u32>>) -> Starts<'_> {
        let lists = statuses.iter().filter_map(|status| self.0.get(&(*status as u8, phases)));
        Starts(lists.map(|list| list.within(dates)).collect())
    }
}

impl List {
    /// Those with a date and those without; only the first, within some dates, where these are given.
    fn within(&self, dates: Option<&Range<u32>>) -> Part<'_> {
        let (dated, undated) = self.starts.split_at(self.dated);
        let Some(dates) = dates else { return (dated, undated) };
        let begin = dated.partition_point(|(date, _)| *date < dates.start);
        let end = dated.partition_point(|(date, _)| *date < dates.end).max(begin);
        (&dated[begin..end], &[])
    }
}

impl Starts<'_> {
    /// How many trials there are.
    ///
    /// Complexity: linear in the lists.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|(dated, undated)| dated.len() + undated.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many lists are read at once.
    #[must_use]
    pub fn lists(&self) -> usize {
        self.0.len()
    }

    /// Those at these places, earliest or latest first; equal dates by trial, those without a date last.
    ///
    /// Complexity: logarithmic in the trials before the places, linear in the places and in the trials that began on the
    /// day of the first of them, times the lists.
    #[must_use]
    pub fn part(&self, latest_first: bool, places: Range<usize>) -> Vec<u32> {
        let (lists, mut before) = begun(self.0.clone(), latest_first, places.start);
        if let [(dated, undated)] = lists[..] {
            let all = in_order(dated, latest_first).chain(undated.iter().copied());
            return all.skip(places.start - before).take(places.len()).map(|(_, trial)| trial).collect();
        }
        let rank = |(date, trial): Start| (date == 0, if latest_first { u32::MAX - date } else { date }, trial);
        let mut heads: Vec<_> = lists
            .into_iter()
            .map(|(dated, undated)| in_order(dated, latest_first).chain(undated.iter().copied()).peekable())
            .collect();
        let mut part = Vec::new();
        while before < places.end {
            let ranked =
                heads.iter_mut().enumerate().filter_map(|(at, head)| head.peek().map(|next| (rank(*next), at)));
            let Some((_, at)) = ranked.min() else { break };
            let next = heads[at].next();
            if before >= places.start {
                part.extend(next.map(|(_, trial)| trial));
            }
            before += 1;
        }
        part
    }
}

/// Lists from the day on, or, latest first, up to the day, on which the trial at a place began, and how many trials come
/// before that day.
fn begun(lists: Vec<Part<'_>>, latest_first: bool, place: usize) -> (Vec<Part<'_>>, usize) {
    let dated: usize = lists.iter().map(|(dated, _)| dated.len()).sum();
    if place == 0 {
        return (lists, 0);
    }
    if place >= dated {
        return (lists.into_iter().map(|(_, undated)| (&[][..], undated)).collect(), dated);
    }
    let from = |dated: &[Start], date: u32| dated.partition_point(|start| start.0 < date);
    // How many of all began before a date.
    let earlier = |date: u32| lists.iter().map(|(dated, _)| from(dated, date)).sum::<usize>();
    // The place among all with a date, earliest first; equal dates stay together.
    let place = if latest_first { dated - 1 - place } else { place };
    let day = match lists[..] {
        [(dated, _)] => dated[place].0,
        _ => {
            let (mut low, mut high) = (0, u32::MAX);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if earlier(middle) <= place { low = middle } else { high = middle }
            }
            low
        }
    };
    if latest_first {
        let before = dated - earlier(day + 1);
        (lists.iter().map(|(dated, undated)| (&dated[..from(dated, day + 1)], *undated)).collect(), before)
    } else {
        let before = earlier(day);
        (lists.iter().map(|(dated, undated)| (&dated[from(dated, day)..], *undated)).collect(), before)
    }
}

/// Trials with dates, earliest or latest first, equal dates by trial.
fn in_order(dated: &[Start], latest_first: bool) -> impl Iterator<Item = Start> + '_ {
    let mut left = dated;
    let group = move || {
        let (last, _) = *left.last()?;
        let begin = if latest_first { left.partition_point(|(date, _)| *date < last) } else { 0 };
        let (rest, group) = left.split_at(begin);
        left = rest;
        Some(group)
    };
    std::iter::from_fn(group).flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_is_that_of_all_in_order() {
        let starts = |seed: u32, count: u32| -> Vec<Start> {
            let mut starts: Vec<Start> = (0..count).map(|n| (1 + (n * 7 + seed) % 5, n * 3 + seed)).collect();
            starts.sort_unstable();
            starts
        };
        let none = |seed: u32, count: u32| -> Vec<Start> { (0..count).map(|n| (0, n * 3 + seed)).collect() };
        let (dated, undated) = ([starts(0, 40), starts(1, 13), starts(2, 0)], [none(0, 3), none(1, 0), none(2, 5)]);
        for lists in 0..=3 {
            let parts = dated.iter().zip(&undated).take(lists).map(|(dated, undated)| (&dated[..], &undated[..]));
            let parts = Starts(parts.collect());
            for latest_first in [false, true] {
                let mut all: Vec<Start> = parts.0.iter().flat_map(|(d, u)| d.iter().chain(*u)).copied().collect();
                all.sort_by_key(|(date, trial)| {
                    (*date == 0, if latest_first { u32::MAX - date } else { *date }, *trial)
                });
                let all: Vec<u32> = all.into_iter().map(|(_, trial)| trial).collect();
                for start in 0..=all.len() {
                    for end in start..=all.len() {
                        assert_eq!(
                            parts.part(latest_first, start..end),
                            all[start..end],
                            "{lists} lists, {start}..{end}"
                        );
                    }
                }
            }
        }
    }
}
