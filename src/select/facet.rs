//! Which values of a dimension do most trials of a set have?
//!
//! Counts, ranked and cut, for facets and counts as fields. Must not know: filters, labels.

use super::count::{ByKey, Counted, Counts};
use super::dimension::Dimension;
use super::node_set::NodeSet;
use super::pace::Pace;
use crate::snapshot::Snapshot;

/// A value of a dimension and how many trials have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// The dimension.
    pub dimension: Dimension,
    /// The key.
    pub key: u32,
    /// How many trials.
    pub count: u32,
}

/// The values of a dimension over a set of trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The dimension.
    pub dimension: Dimension,
    /// Most trials first, then by key; cut to the limit.
    pub buckets: Vec<Bucket>,
    /// Trials of the set that have no value.
    pub missing: u32,
    /// Values that the limit left out.
    pub other_buckets: u32,
    /// Sum of their counts.
    pub other_count: u64,
    /// Trials, values and blocks of bitmaps looked at.
    pub work: u64,
}

/// Counts the trials of a set by a dimension.
///
/// Complexity: of all trials, linear in the values; of a set, linear in its trials and their values, or in the bitmaps of
/// the values where these are less. Where the pace stops it, what it gives is no answer.
#[must_use]
pub fn facet(
    snapshot: &Snapshot,
    trials: &NodeSet,
    dimension: Dimension,
    empty: bool,
    limit: usize,
    pace: &Pace<'_>,
) -> Facet {
    let Counts { of, missing, work } = Counted::new(snapshot, trials, pace).by(dimension);
    Facet { missing, work, ..ranked(snapshot, dimension, &of, empty, limit) }
}

/// A facet of counts: most trials first, then by key, cut to the limit.
///
/// Complexity: linear in the values, n log n in those that are given.
pub(super) fn ranked(snapshot: &Snapshot, dimension: Dimension, counts: &ByKey, empty: bool, limit: usize) -> Facet {
    // Ascending in the complement of the count, then in the key.
    let rank = |(key, count): (u32, u32)| u64::from(u32::MAX - count) << 32 | u64::from(key);
    let mut ranks: Vec<u64> = if empty {
        let keys = dimension.keys(snapshot).into_iter();
        keys.map(|key| rank((key, counts.get(key).unwrap_or(0)))).collect()
    } else {
        counts.each().filter(|(_, count)| *count > 0).map(rank).collect()
    };
    let bucket = |rank: &u64| Bucket { dimension, key: *rank as u32, count: u32::MAX - (*rank >> 32) as u32 };
    let mut other_count = 0;
    if limit < ranks.len() {
        if limit > 0 {
            ranks.select_nth_unstable(limit - 1);
        }
        other_count = ranks[limit..].iter().map(|rank| u64::from(bucket(rank).count)).sum();
    }
    let other_buckets = ranks.len().saturating_sub(limit) as u32;
    ranks.truncate(limit);
    ranks.sort_unstable();
    let buckets = ranks.iter().map(bucket).collect();
    Facet { dimension, buckets, missing: 0, other_buckets, other_count, work: 0 }
}

/// The trials of a set that have a value.
///
/// Complexity: linear in the trials of the set and their values; where the index has those of the value, in the fewer.
#[must_use]
pub fn having(snapshot: &Snapshot, trials: &NodeSet, bucket: Bucket) -> NodeSet {
    let graph = snapshot.graph();
    if let Some(with) = bucket.dimension.value(snapshot, bucket.key) {
        return (trials.set() & with).into();
    }
    if let Some(relation) = bucket.dimension.relation() {
        let with = graph.relation(relation).sources(bucket.key).iter().copied();
        return with.filter(|trial| trials.set().contains(*trial)).collect::<Vec<_>>().into();
    }
    let has = |trial: &u32| {
        let mut found = false;
        bucket.dimension.each_key(graph, *trial, |key| found |= key == bucket.key);
        found
    };
    trials.list().iter().copied().filter(has).collect::<Vec<_>>().into()
}
