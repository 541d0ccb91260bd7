//! Which place of a stretch comes first in the order of preference?
//!
//! A tree of minima over a fixed list of ranks. Must not know: what is ranked.

use std::ops::Range;

use rayon::prelude::*;

/// What orders names of all kinds: those that are whole before later words, then those that are not pinyin, then the
/// shorter, then the more linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Preference(u64);

impl Preference {
    pub(super) fn new(inner: bool, pinyin: bool, length: u16, links: u32) -> Self {
        Self(u64::from(inner) << 49 | u64::from(pinyin) << 48 | u64::from(length) << 32 | u64::from(!links))
    }
}

/// Places whose least is found by looking at all of them; above so many stands one leaf of the tree.
const BLOCK: usize = 16;

/// Ranks with a tree of minima above them.
#[derive(Debug, Default)]
pub(super) struct RangeMin {
    /// Rank of each place.
    ranks: Vec<u32>,
    /// The preferred place of every block from `tree[blocks]` on; `tree[i]` is the preferred one of `tree[2i]` and
    /// `tree[2i + 1]`.
    tree: Vec<u32>,
}

impl RangeMin {
    /// Ranks places by their preferences; equals by place.
    ///
    /// Complexity: n log n, on all cores.
    pub(super) fn new(preferences: &[Preference]) -> Self {
        let mut places: Vec<u32> = (0..preferences.len() as u32).collect();
        places.par_sort_unstable_by_key(|at| (preferences[*at as usize], *at));
        let mut ranks = vec![0; places.len()];
        for (rank, at) in places.iter().enumerate() {
            ranks[*at as usize] = rank as u32;
        }
        let blocks = ranks.len().div_ceil(BLOCK);
        let mut made = Self { ranks, tree: vec![0; 2 * blocks] };
        for block in 0..blocks {
            let places = block * BLOCK..((block + 1) * BLOCK).min(made.ranks.len());
            made.tree[blocks + block] = made.least(places).unwrap_or_default();
        }
        for at in (1..blocks).rev() {
            made.tree[at] = made.better(made.tree[2 * at], made.tree[2 * at + 1]);
        }
        made
    }

    /// The preferred place of a range; none where it is empty.
    ///
    /// Complexity: logarithm of the places.
    pub(super) fn min(&self, range: Range<u32>) -> Option<u32> {
        let (start, end) = (range.start as usize, range.end as usize);
        let (mut lo, mut hi) = (start.div_ceil(BLOCK), end / BLOCK);
        if lo >= hi {
            return self.least(start..end);
        }
        let blocks = self.ranks.len().div_ceil(BLOCK);
        let edges = [self.least(start..lo * BLOCK), self.least(hi * BLOCK..end)];
        let mut best = self.tree[blocks + lo];
        for edge in edges.into_iter().flatten() {
            best = self.better(best, edge);
        }
        (lo, hi) = (lo + blocks, hi + blocks);
        while lo < hi {
            if lo % 2 == 1 {
                best = self.better(best, self.tree[lo]);
                lo += 1;
            }
            if hi % 2 == 1 {
                hi -= 1;
                best = self.better(best, self.tree[hi]);
            }
            lo /= 2;
            hi /= 2;
        }
        Some(best)
    }

    /// The preferred of a few places.
    fn least(&self, places: Range<usize>) -> Option<u32> {
        places.min_by_key(|at| self.ranks[*at]).map(|at| at as u32)
    }

    fn better(&self, a: u32, b: u32) -> u32 {
        if self.ranks[a as usize] <= self.ranks[b as usize] { a } else { b }
    }

    pub(super) fn heap(&self) -> usize {
        4 * (self.tree.capacity() + self.ranks.capacity())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_has_its_least() {
        // Of all sizes around that of a block, with many equals.
        for count in [0, 1, 7, 15, 16, 17, 40, 100] {
            let lengths: Vec<u16> = (0..count).map(|at: u16| at.wrapping_mul(40_503) >> 11).collect();
            let preferences: Vec<_> = lengths.iter().map(|l| Preference::new(false, false, *l, 0)).collect();
            let ranks = RangeMin::new(&preferences);
            for from in 0..=lengths.len() {
                for to in from..=lengths.len() {
                    let expected = (from..to).min_by_key(|at| (lengths[*at], *at)).map(|at| at as u32);
                    assert_eq!(ranks.min(from as u32..to as u32), expected, "{from}..{to} of {count}");
                }
            }
        }
    }

    #[test]
    fn whole_names_come_first_then_the_shorter_then_the_more_linked() {
        let order = [
            (false, false, 3, 9),
            (false, false, 3, 1),
            (false, false, 4, 9),
            (false, true, 1, 9),
            (true, false, 1, 9),
        ];
        let preferences = order.map(|(inner, pinyin, length, links)| Preference::new(inner, pinyin, length, links));
        assert!(preferences.is_sorted_by(|a, b| a < b));
    }
}
