//! Are many trials counted as few are?
//!
//! Sets of thousands are counted by bitmaps, by value or as a whole, small ones trial by trial: both against a look at every
//! trial.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use trialweave::domain::NodeKind;
use trialweave::generate::Size;
use trialweave::select::{self, Dimension, NodeSet, Pace};
use trialweave::snapshot::Snapshot;

use crate::world::generated;

/// Counts of each key of a dimension, and the trials without one, by a look at every trial.
fn looked_at(snapshot: &Snapshot, trials: &NodeSet, dimension: Dimension) -> (BTreeMap<u32, u32>, u32) {
    let (mut counts, mut missing) = (BTreeMap::new(), 0);
    for &trial in trials.list() {
        let mut any = false;
        dimension.each_key(snapshot.graph(), trial, |key| {
            any = true;
            *counts.entry(key).or_insert(0) += 1;
        });
        missing += u32::from(!any);
    }
    (counts, missing)
}

/// Sets that are counted by bitmaps, trial by trial, and as a whole: thousands of trials, a part of them, a few.
fn sets(snapshot: &Snapshot) -> Vec<NodeSet> {
    let count = snapshot.graph().count(NodeKind::Trial);
    let part: RoaringBitmap = (0..count).filter(|t| t % 3 != 1).collect();
    let few: Vec<u32> = (0..count).step_by(701).collect();
    vec![(0..count).collect::<Vec<_>>().into(), part.into(), few.into()]
}

#[test]
fn many_trials_are_counted_as_few_are() {
    let size = Size { trials: 9_000, targets: 80, diseases: 300, drugs: 90, references: 200, citations: 2 };
    let snapshot = generated(size, 3);
    for trials in sets(&snapshot) {
        for dimension in Dimension::ALL {
            let (counts, missing) = looked_at(&snapshot, &trials, dimension);
            let facet = select::facet(&snapshot, &trials, dimension, false, usize::MAX, &Pace::free());
            let found: BTreeMap<u32, u32> = facet.buckets.iter().map(|b| (b.key, b.count)).collect();
            assert_eq!((&found, facet.missing), (&counts, missing), "{dimension:?} of {} trials", trials.len());
            assert!(facet.buckets.is_sorted_by_key(|b| (std::cmp::Reverse(b.count), b.key)), "{dimension:?}");
            let cut = select::facet(&snapshot, &trials, dimension, false, 3, &Pace::free());
            assert_eq!(cut.buckets[..], facet.buckets[..cut.buckets.len()]);
            let rest = &facet.buckets[cut.buckets.len()..];
            assert_eq!(cut.other_buckets as usize, rest.len());
            assert_eq!(cut.other_count, rest.iter().map(|b| u64::from(b.count)).sum::<u64>());
            let all = select::facet(&snapshot, &trials, dimension, true, usize::MAX, &Pace::free());
            assert_eq!(all.buckets.len(), dimension.keys(&snapshot).len(), "{dimension:?} with empty buckets");
        }
    }
}

#[test]
fn large_tables_are_counted_as_small_ones_are() {
    use Dimension as D;
    let size = Size { trials: 9_000, targets: 300, diseases: 900, drugs: 90, references: 200, citations: 2 };
    let snapshot = generated(size, 4);
    for trials in sets(&snapshot) {
        for (rows, columns) in [
            (D::Phase, D::Status),
            (D::StartYear, D::Phases),
            (D::Drug, D::Status),
            (D::Target, D::Phase),
            (D::Target, D::Disease),
            (D::Disease, D::Target),
            (D::Country, D::StartYear),
            (D::DrugRole, D::Sponsor),
            (D::Target, D::Target),
        ] {
            let mut cells: BTreeMap<(u32, u32), u32> = BTreeMap::new();
            for &trial in trials.list() {
                rows.each_key(snapshot.graph(), trial, |row| {
                    columns.each_key(snapshot.graph(), trial, |column| *cells.entry((row, column)).or_default() += 1);
                });
            }
            let table = select::matrix(&snapshot, &trials, [rows, columns], false, (70, 60), &Pace::free());
            let ranked = |by, most| select::facet(&snapshot, &trials, by, false, most, &Pace::free()).buckets;
            assert_eq!(table.rows, ranked(rows, 70));
            assert_eq!(table.columns, ranked(columns, 60));
            let keys = table.rows.iter().flat_map(|r| table.columns.iter().map(|c| (r.key, c.key)));
            let expected: Vec<u32> = keys.map(|pair| cells.get(&pair).copied().unwrap_or(0)).collect();
            assert_eq!(table.counts, expected, "{rows:?} by {columns:?} of {} trials", trials.len());
            assert_eq!(u64::from(table.total), trials.len());
        }
    }
}

#[test]
fn pairs_of_many_trials_are_counted_as_those_of_few_are() {
    use Dimension as D;
    let size = Size { trials: 9_000, targets: 80, diseases: 300, drugs: 90, references: 200, citations: 2 };
    let snapshot = generated(size, 5);
    for trials in sets(&snapshot) {
        for by in [[D::Disease, D::Drug], [D::Target, D::Target], [D::Drug, D::Country], [D::Status, D::Target]] {
            let mut all: BTreeMap<(u32, u32), u32> = BTreeMap::new();
            for &trial in trials.list() {
                by[0].each_key(snapshot.graph(), trial, |of| {
                    by[1].each_key(snapshot.graph(), trial, |with| {
                        if by[0] != by[1] || of < with {
                            *all.entry((of, with)).or_default() += 1;
                        }
                    });
                });
            }
            let mut ranked: Vec<_> =
                all.iter().map(|((of, with), count)| (std::cmp::Reverse(*count), *of, *with)).collect();
            ranked.sort_unstable();
            for limit in [0, 7, 60, usize::MAX] {
                let found = select::pairs(&snapshot, &trials, by, limit, &Pace::free());
                let listed: Vec<_> = found.pairs.iter().map(|p| (std::cmp::Reverse(p.count), p.of, p.with)).collect();
                assert_eq!(listed, ranked[..limit.min(ranked.len())], "{by:?} of {} trials", trials.len());
                assert_eq!(found.total as usize, ranked.len());
                assert_eq!(found.work, all.values().map(|count| u64::from(*count)).sum::<u64>());
                let left: u64 = ranked[listed.len()..].iter().map(|(count, ..)| u64::from(count.0)).sum();
                assert_eq!(found.other_count, left);
            }
        }
    }
}
