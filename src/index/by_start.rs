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
pub struct Starts<'a>(Vec<(&'a [Start], &'a [Start])>);

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
    fn within(&self, dates: Option<&Range<u32>>) -> (&[Start], &[Start]) {
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

    /// The first `upto`, earliest or latest first; equal dates by trial, those without a date last.
    ///
    /// Complexity: `upto` times the lists.
    #[must_use]
    pub fn front(&self, latest_first: bool, upto: usize) -> Vec<u32> {
        let rank = |(date, trial): Start| (date == 0, if latest_first { u32::MAX - date } else { date }, trial);
        let mut heads: Vec<_> = self
            .0
            .iter()
            .map(|(dated, undated)| in_order(dated, latest_first).chain(undated.iter().copied()).peekable())
            .collect();
        let mut front = Vec::new();
        while front.len() < upto {
            let ranked =
                heads.iter_mut().enumerate().filter_map(|(at, head)| head.peek().map(|next| (rank(*next), at)));
            let Some((_, at)) = ranked.min() else { break };
            front.extend(heads[at].next().map(|(_, trial)| trial));
        }
        front
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
