//! How many trials have each value of a dimension?
//!
//! Counts over a set of trials, for facets and counts as fields. Must not know: filters, labels.

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use super::dimension::Dimension;
use crate::domain::NodeKind;
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
    pub other_count: u32,
}

/// Numbers kept by key: a plain array where keys are near zero, a map where they lie far apart.
pub(super) struct ByKey {
    near: Vec<u32>,
    far: FxHashMap<u32, u32>,
}

impl ByKey {
    /// Keys up to here are kept in an array, whatever their number.
    const NEAR: usize = 4096;

    /// Room for these keys, each with the number `empty`.
    pub(super) fn new(keys: &[u32], empty: u32) -> Self {
        let behind = behind(keys);
        let near = if behind <= Self::NEAR.max(keys.len() * 4) { behind } else { 0 };
        Self { near: vec![empty; near], far: FxHashMap::default() }
    }

    /// Room for all keys below a number, each with the number 0.
    pub(super) fn below(behind: usize) -> Self {
        Self { near: vec![0; behind], far: FxHashMap::default() }
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
            None => self.far.entry(key).or_default(),
        }
    }
}

/// Counts the trials of a set by a dimension.
///
/// Complexity: linear in the trials of the set and their values; where bitmaps of the values are at hand and shorter, in
/// those.
#[must_use]
pub fn facet(snapshot: &Snapshot, trials: &RoaringBitmap, dimension: Dimension, empty: bool, limit: usize) -> Facet {
    let keys = dimension.keys(snapshot);
    let mut counts = ByKey::new(&keys, 0);
    let mut missing = 0;
    if let Some(values) = dimension.values(snapshot).filter(|values| by_bitmaps(trials, values.len())) {
        let mut with = RoaringBitmap::new();
        for (key, value) in &values {
            counts.set(*key, trials.intersection_len(value) as u32);
            with |= *value;
        }
        missing = (trials.len() - trials.intersection_len(&with)) as u32;
    } else {
        let graph = snapshot.graph();
        each_trial(snapshot, trials, |trial| {
            let mut any = false;
            dimension.each_key(graph, trial, |key| {
                any = true;
                *counts.place(key) += 1;
            });
            missing += u32::from(!any);
        });
    }
    ranked(dimension, &keys, &counts, missing, empty, limit)
}

/// The first number behind all keys.
pub(super) fn behind(keys: &[u32]) -> usize {
    keys.iter().max().map_or(0, |most| *most as usize + 1)
}

/// A facet of counts: most trials first, then by key, cut to the limit.
pub(super) fn ranked(
    dimension: Dimension,
    keys: &[u32],
    counts: &ByKey,
    missing: u32,
    empty: bool,
    limit: usize,
) -> Facet {
    let mut buckets: Vec<_> = keys
        .iter()
        .map(|key| Bucket { dimension, key: *key, count: counts.get(*key).unwrap_or(0) })
        .filter(|b| empty || b.count > 0)
        .collect();
    buckets.sort_unstable_by_key(|b| (std::cmp::Reverse(b.count), b.key));
    let rest = buckets.split_off(limit.min(buckets.len()));
    let other_count = rest.iter().map(|b| b.count).sum();
    Facet { dimension, buckets, missing, other_buckets: rest.len() as u32, other_count }
}

/// Whether a set is counted sooner by so many bitmaps than trial by trial.
fn by_bitmaps(trials: &RoaringBitmap, bitmaps: usize) -> bool {
    trials.len() >= 128 * bitmaps as u64
}

/// Calls `each` for every trial of a set, ascending.
pub(super) fn each_trial(snapshot: &Snapshot, trials: &RoaringBitmap, each: impl FnMut(u32)) {
    let count = snapshot.graph().count(NodeKind::Trial);
    if trials.len() == u64::from(count) { (0..count).for_each(each) } else { trials.iter().for_each(each) }
}

/// The trials of a set that have a value.
#[must_use]
pub fn having(snapshot: &Snapshot, trials: &RoaringBitmap, bucket: Bucket) -> RoaringBitmap {
    let graph = snapshot.graph();
    let postings = &snapshot.index().postings;
    let at = bucket.key as usize;
    let with = match bucket.dimension {
        Dimension::Status => postings.status.get(at),
        Dimension::Phase => postings.phase.get(at),
        Dimension::Area => postings.area.get(at),
        Dimension::DrugRole => postings.drug_role.get(at),
        Dimension::Sponsor => postings.sponsor.get(at),
        Dimension::SponsorClass => postings.sponsor_class.get(at),
        Dimension::StartYear => u16::try_from(bucket.key).ok().and_then(|y| postings.start_year.get(&y)),
        _ => None,
    };
    if let Some(with) = with {
        return trials & with;
    }
    if let Some(relation) = bucket.dimension.relation() {
        let with: RoaringBitmap = graph.relation(relation).sources(bucket.key).iter().copied().collect();
        return trials & with;
    }
    let has = |trial: &u32| {
        let mut found = false;
        bucket.dimension.each_key(graph, *trial, |key| found |= key == bucket.key);
        found
    };
    trials.iter().filter(has).collect()
}
