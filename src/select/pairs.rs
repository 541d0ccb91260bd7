//! How many trials have each pair of values of two dimensions, where there may be far more values than a table has rows?
//!
//! Only the pairs that occur are counted, and the most frequent given. Must not know: filters, labels.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::count::ByKey;
use super::dimension::Dimension;
use super::facet::Bucket;
use super::node_set::NodeSet;
use super::pace::Pace;
use crate::domain::NodeKind;
use crate::graph::Relation;
use crate::snapshot::Snapshot;

/// A pair of values and how many trials have both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The value of the first dimension.
    pub of: u32,
    /// The value of the second.
    pub with: u32,
    /// How many trials have both.
    pub count: u32,
}

/// The pairs of values of two dimensions over a set of trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    /// The two dimensions.
    pub dimensions: [Dimension; 2],
    /// Most trials first, then by the first key, then by the second; cut to the limit.
    pub pairs: Vec<Pair>,
    /// Different pairs that occur.
    pub total: u32,
    /// Sum of the counts of those that the limit left out.
    pub other_count: u64,
    /// Pairs counted, those of each trial one by one.
    pub work: u64,
}

/// So many pairs are put into the table at once.
const TOGETHER: usize = 1 << 14;
/// So many trials, where they are more than one in `SHARE` of all, are counted value by value.
const MANY: u64 = 4096;
const SHARE: u64 = 8;
/// Larger counts are not told apart where the least that is listed is looked for.
const LARGE: u32 = 256;

/// Counts the trials of a set by the pairs of their values of two dimensions. A dimension with itself gives the pairs of
/// different values of one trial, each once, the smaller key first.
///
/// Complexity: linear in the pairs of the values of each trial, n log n in those that are listed. Where the pace stops it,
/// what it gives is no answer.
#[must_use]
pub fn pairs(
    snapshot: &Snapshot,
    trials: &NodeSet,
    [of, with]: [Dimension; 2],
    limit: usize,
    pace: &Pace<'_>,
) -> Pairs {
    let all = u64::from(snapshot.graph().count(NodeKind::Trial));
    let many = trials.len() >= MANY && trials.len() * SHARE >= all;
    let (counts, total, work) = match of.relation().filter(|_| many) {
        Some(relation) => by_value(snapshot, trials, (relation, of, with), limit, pace),
        None => by_trial(snapshot, trials, [of, with], limit, pace),
    };
    let pairs: Vec<Pair> = counts
        .into_iter()
        .map(|(Reverse(count), pair)| Pair { of: (pair >> 32) as u32, with: pair as u32, count })
        .collect();
    let listed: u64 = pairs.iter().map(|pair| u64::from(pair.count)).sum();
    Pairs { dimensions: [of, with], pairs, total, other_count: work - listed, work }
}

/// A pair of keys with its count, the most frequent first, then by key.
type Ranked = (Reverse<u32>, u64);

/// The listed pairs, how many there are, and how often they were met.
type Listed = (Vec<Ranked>, u32, u64);

/// Keeps the first `limit`, in any order.
fn keep_first(counts: &mut Vec<Ranked>, limit: usize) {
    if limit > 0 && limit < counts.len() {
        counts.select_nth_unstable(limit - 1);
    }
    counts.truncate(limit);
}

/// Trial after trial, all pairs in one table.
fn by_trial(
    snapshot: &Snapshot,
    trials: &NodeSet,
    [of, with]: [Dimension; 2],
    limit: usize,
    pace: &Pace<'_>,
) -> Listed {
    let graph = snapshot.graph();
    let mut found: Vec<u64> = Vec::new();
    let mut counted: FxHashMap<u64, u32> = FxHashMap::default();
    let mut others = Vec::new();
    let mut work = 0;
    for &trial in trials.list() {
        others.clear();
        with.each_key(graph, trial, |key| others.push(key));
        let before = found.len();
        of.each_key(graph, trial, |key| {
            let fits = |other: &&u32| of != with || key < **other;
            found.extend(others.iter().filter(fits).map(|other| u64::from(key) << 32 | u64::from(*other)));
        });
        let new = (found.len() - before) as u64;
        work += new;
        if !pace.spend(new + 1) {
            break;
        }
        if found.len() > TOGETHER {
            found.drain(..).for_each(|pair| *counted.entry(pair).or_default() += 1);
        }
    }
    if counted.is_empty() {
        // Room for all of them at once: a table that grows is filled several times.
        counted.reserve(found.len());
    }
    found.drain(..).for_each(|pair| *counted.entry(pair).or_default() += 1);
    let total = counted.len() as u32;
    let least = if counted.len() > limit { least_listed(counted.values().copied(), limit) } else { 1 };
    let listed = counted.into_iter().filter(|(_, count)| *count >= least);
    let mut counts: Vec<Ranked> = listed.map(|(pair, count)| (Reverse(count), pair)).collect();
    keep_first(&mut counts, limit);
    counts.sort_unstable();
    (counts, total, work)
}

/// Value after value of the first dimension, whose trials are at hand: the second is counted in a plain array.
fn by_value(
    snapshot: &Snapshot,
    trials: &NodeSet,
    (relation, of, with): (Relation, Dimension, Dimension),
    limit: usize,
    pace: &Pace<'_>,
) -> Listed {
    let graph = snapshot.graph();
    let csr = graph.relation(relation);
    let whole = trials.len() == u64::from(graph.count(NodeKind::Trial));
    let mut counts: Vec<Ranked> = Vec::new();
    let mut counted = ByKey::new(with.behind(snapshot), trials.len() as usize, 0);
    let (mut total, mut work, mut met) = (0, 0, Vec::new());
    for key in of.keys(snapshot) {
        let own = csr.sources(key);
        let before = work;
        for trial in own.iter().filter(|trial| whole || trials.set().contains(**trial)) {
            with.each_key(graph, *trial, |other| {
                if of != with || key < other {
                    let count = counted.place(other);
                    if *count == 0 {
                        met.push(other);
                    }
                    *count += 1;
                    work += 1;
                }
            });
        }
        total += met.len() as u32;
        let pair = |other: u32| u64::from(key) << 32 | u64::from(other);
        counts.extend(met.drain(..).map(|other| (Reverse(std::mem::take(counted.place(other))), pair(other))));
        if counts.len() > limit.saturating_mul(2).max(TOGETHER) {
            keep_first(&mut counts, limit);
        }
        if !pace.spend(work - before + own.len() as u64 + 1) {
            break;
        }
    }
    keep_first(&mut counts, limit);
    counts.sort_unstable();
    (counts, total, work)
}

/// A count that the most frequent `limit` pairs have at least; as large as can be told cheaply.
fn least_listed(counts: impl Iterator<Item = u32>, limit: usize) -> u32 {
    let mut having = [0usize; LARGE as usize + 1];
    counts.for_each(|count| having[count.min(LARGE) as usize] += 1);
    let mut listed = 0;
    let enough = |count: &u32| {
        listed += having[*count as usize];
        listed >= limit
    };
    (1..=LARGE).rev().find(enough).unwrap_or(1)
}

impl Pairs {
    /// For each pair, how many trials of the set have its first value, and how many its second.
    ///
    /// Complexity: linear in the trials and their values. Where the pace stops it, what it gives is no answer.
    #[must_use]
    pub fn sides(&self, snapshot: &Snapshot, trials: &NodeSet, pace: &Pace<'_>) -> Vec<[Bucket; 2]> {
        let graph = snapshot.graph();
        let mut counts = [(); 2].map(|()| FxHashMap::default());
        for pair in &self.pairs {
            counts[0].insert(pair.of, 0);
            counts[1].insert(pair.with, 0);
        }
        for &trial in trials.list() {
            if !pace.spend(1) {
                break;
            }
            for (dimension, counts) in self.dimensions.iter().zip(&mut counts) {
                dimension.each_key(graph, trial, |key| {
                    if let Some(count) = counts.get_mut(&key) {
                        *count += 1;
                    }
                });
            }
        }
        let bucket = |side: usize, key| Bucket { dimension: self.dimensions[side], key, count: counts[side][&key] };
        self.pairs.iter().map(|pair| [bucket(0, pair.of), bucket(1, pair.with)]).collect()
    }
}
