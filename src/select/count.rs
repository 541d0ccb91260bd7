//! How many trials of a set have each value of a dimension?
//!
//! Of all trials, the index knows; of a set, bitmaps of the values are put together where that is less than looking at
//! each trial. Must not know: filters, ranks, labels.

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use super::dimension::Dimension;
use super::linked::linked;
use super::node_set::NodeSet;
use super::pace::Pace;
use crate::domain::NodeKind;
use crate::graph::{Csr, NONE, Relation};
use crate::snapshot::Snapshot;

/// Numbers kept by key: a plain array for keys near zero, a map for others.
pub(super) struct ByKey {
    near: Vec<u32>,
    far: FxHashMap<u32, u32>,
}

impl ByKey {
    /// Keys below this number are kept in an array, however few there are.
    const NEAR: usize = 4096;

    /// Room for keys below a number, of which about so many will be there, each with the number `empty` until it is set.
    pub(super) fn new(behind: usize, about: usize, empty: u32) -> Self {
        let near = if behind <= Self::NEAR.max(about.saturating_mul(8)) { behind } else { 0 };
        Self { near: vec![empty; near], far: FxHashMap::default() }
    }

    pub(super) fn get(&self, key: u32) -> Option<u32> {
        self.near.get(key as usize).or_else(|| self.far.get(&key)).copied()
    }

    pub(super) fn set(&mut self, key: u32, number: u32) {
        *self.place(key) = number;
    }

    #[inline]
    pub(super) fn place(&mut self, key: u32) -> &mut u32 {
        match self.near.get_mut(key as usize) {
            Some(near) => near,
            None => far_place(&mut self.far, key),
        }
    }

    /// Every key with its number, those near zero whether set or not.
    pub(super) fn each(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..).zip(self.near.iter().copied()).chain(self.far.iter().map(|(key, number)| (*key, *number)))
    }
}

/// Kept out of the way of the plain array, which is most of what is counted in.
#[inline(never)]
fn far_place(far: &mut FxHashMap<u32, u32>, key: u32) -> &mut u32 {
    far.entry(key).or_default()
}

/// The counts of a dimension.
pub(super) struct Counts {
    /// Trials by key.
    pub(super) of: ByKey,
    /// Trials without a value.
    pub(super) missing: u32,
    /// Trials, values and blocks of bitmaps looked at.
    pub(super) work: u64,
}

/// A set of trials to count, and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Counted<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) trials: &'a NodeSet,
    /// Whether the set holds all trials.
    pub(super) whole: bool,
    /// Blocks of 65,536 trials, of all there are.
    pub(super) blocks: u64,
    pub(super) pace: &'a Pace<'a>,
}

/// As long as a block of a bitmap takes without an instruction that counts bits, so many trials are looked at.
const TRIALS_A_BLOCK: u64 = 1500;
/// Trials between two looks at the pace.
const STRIDE: usize = 2048;

impl<'a> Counted<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, trials: &'a NodeSet, pace: &'a Pace<'a>) -> Self {
        let all = u64::from(snapshot.graph().count(NodeKind::Trial));
        Self { snapshot, trials, whole: trials.len() == all, blocks: all.div_ceil(1 << 16), pace }
    }

    /// Whether putting together so many bitmaps is less than looking at each trial for so long.
    pub(super) fn by_bitmaps(&self, bitmaps: usize, looks: u64) -> bool {
        bitmaps as u64 * self.blocks * TRIALS_A_BLOCK <= self.trials.len() * looks
    }

    /// How many trials of the set are in another. Not to be asked again once the pace stops.
    pub(super) fn both(&self, other: &RoaringBitmap) -> u32 {
        if self.whole { other.len() as u32 } else { self.in_both(self.trials.set(), other) }
    }

    /// How many trials two sets have in common. Not to be asked again once the pace stops.
    pub(super) fn in_both(&self, one: &RoaringBitmap, other: &RoaringBitmap) -> u32 {
        self.pace.spend(self.blocks * (TRIALS_A_BLOCK / 4));
        one.intersection_len(other) as u32
    }

    /// Calls `each` with all trials, ascending, some at a time, for as long as the pace lets it.
    pub(super) fn each_some(&self, mut each: impl FnMut(&[u32])) {
        if self.whole {
            let count = self.snapshot.graph().count(NodeKind::Trial);
            let mut some: Vec<u32> = Vec::with_capacity(STRIDE);
            let mut next = 0;
            while next < count && self.pace.spend(STRIDE as u64) {
                some.clear();
                some.extend((next..count).take(STRIDE));
                each(&some);
                next += some.len() as u32;
            }
            return;
        }
        for some in self.trials.list().chunks(STRIDE) {
            if !self.pace.spend(some.len() as u64) {
                return;
            }
            each(some);
        }
    }

    /// Calls `each` for every trial, ascending, for as long as the pace lets it.
    pub(super) fn each_trial(&self, mut each: impl FnMut(u32)) {
        self.each_some(|some| some.iter().for_each(|trial| each(*trial)));
    }

    /// Counts by a dimension.
    ///
    /// Complexity: of all trials, linear in the values; of a set, linear in its trials and their values, or in the bitmaps
    /// of the values where these are less.
    pub(super) fn by(&self, dimension: Dimension) -> Counts {
        let mut of = ByKey::new(dimension.behind(self.snapshot), self.trials.len() as usize, 0);
        if self.whole
            && let Some(relation) = dimension.relation()
        {
            let csr = self.snapshot.graph().relation(relation);
            let nodes = dimension.kind().map_or(0, |kind| self.snapshot.graph().count(kind));
            (0..nodes).for_each(|node| of.set(node, csr.sources(node).len() as u32));
            let (missing, read) = self.unlinked(relation);
            return Counts { of, missing, work: u64::from(nodes) + read };
        }
        let values = dimension.values(self.snapshot);
        if let Some(values) = values.filter(|values| self.whole || self.by_bitmaps(values.len(), dimension.looks())) {
            let mut sum = 0;
            for (key, value) in &values {
                let count = self.both(value);
                sum += count;
                of.set(*key, count);
                if self.pace.stopped() {
                    break;
                }
            }
            let missing = if dimension.is_single() {
                (self.trials.len() as u32).saturating_sub(sum)
            } else {
                let with = values.iter().fold(RoaringBitmap::new(), |with, (_, value)| with | *value);
                self.trials.len() as u32 - self.both(&with)
            };
            return Counts { of, missing, work: values.len() as u64 * if self.whole { 1 } else { self.blocks } };
        }
        let missing = self.scan(dimension, &mut of);
        Counts { of, missing, work: self.trials.len() }
    }

    /// How many of all trials have no link of a relation, and how many were looked at to know.
    fn unlinked(&self, relation: Relation) -> (u32, u64) {
        let postings = &self.snapshot.index().postings;
        if let Some(by_degree) = postings.degree.get(&relation) {
            return (by_degree.get(&0).map_or(0, |trials| trials.len() as u32), 1);
        }
        if relation == Relation::TrialRegimen {
            return ((self.trials.len() - postings.regimen.len()) as u32, 1);
        }
        let csr = self.snapshot.graph().relation(relation);
        let mut without = 0;
        self.each_trial(|trial| without += u32::from(csr.targets(trial).is_empty()));
        (without, self.trials.len())
    }

    /// Looks at each trial; gives how many have no value.
    fn scan(&self, dimension: Dimension, of: &mut ByKey) -> u32 {
        let graph = self.snapshot.graph();
        let t = &graph.trials;
        match dimension {
            Dimension::Status => self.one(of, |at| t.status[at] as u32),
            Dimension::Area => self.one(of, |at| t.area[at] as u32),
            Dimension::Sponsor => self.one(of, |at| t.sponsor[at]),
            Dimension::Phases => self.one_but_zero(of, |at| u32::from(t.phases[at])),
            Dimension::StartYear => self.one_but_zero(of, |at| t.start_date[at] >> 9),
            _ => match dimension.relation() {
                Some(relation) => self.linked(graph.relation(relation), of),
                None => {
                    let mut missing = 0;
                    self.each_trial(|trial| {
                        let mut any = false;
                        dimension.each_key(graph, trial, |key| {
                            any = true;
                            *of.place(key) += 1;
                        });
                        missing += u32::from(!any);
                    });
                    missing
                }
            },
        }
    }

    /// Counts by the nodes that trials are linked to; gives how many are linked to none.
    fn linked(&self, csr: &Csr, of: &mut ByKey) -> u32 {
        let (mut missing, mut keys) = (0, Vec::new());
        self.each_some(|some| {
            missing += linked(csr, some, &mut keys, |_, node| node);
            keys.iter().for_each(|key| *of.place(*key) += 1);
        });
        missing
    }

    /// Counts by what has one value, `NONE` where there is none.
    fn one(&self, of: &mut ByKey, key: impl Fn(usize) -> u32) -> u32 {
        let mut missing = 0;
        self.each_trial(|trial| match key(trial as usize) {
            NONE => missing += 1,
            key => *of.place(key) += 1,
        });
        missing
    }

    /// As `one`; 0 where there is none.
    fn one_but_zero(&self, of: &mut ByKey, key: impl Fn(usize) -> u32) -> u32 {
        self.each_trial(|trial| *of.place(key(trial as usize)) += 1);
        std::mem::take(of.place(0))
    }
}
