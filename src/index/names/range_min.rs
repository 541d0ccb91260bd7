//! Which place of a stretch comes first in the order of preference?
//!
//! A tree of minima over a fixed list of ranks. Must not know: what is ranked.

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

/// Ranks with a tree of minima above them.
#[derive(Debug, Default)]
pub(super) struct RangeMin {
    /// `tree[n..]` are the ranks; `tree[i]` is the least of `tree[2i]` and `tree[2i + 1]`.
    tree: Vec<u32>,
    /// Place of each rank.
    place: Vec<u32>,
    /// Preference of each place.
    preferences: Vec<Preference>,
}

impl RangeMin {
    /// Ranks places by their preferences; equals by place.
    pub(super) fn new(preferences: Vec<Preference>) -> Self {
        let count = preferences.len();
        let mut place: Vec<u32> = (0..count as u32).collect();
        place.par_sort_unstable_by_key(|at| (preferences[*at as usize], *at));
        let mut tree = vec![u32::MAX; 2 * count];
        for (rank, at) in place.iter().enumerate() {
            tree[count + *at as usize] = rank as u32;
        }
        for at in (1..count).rev() {
            tree[at] = tree[2 * at].min(tree[2 * at + 1]);
        }
        Self { tree, place, preferences }
    }

    /// The preferred place of a range; none where it is empty.
    ///
    /// Complexity: logarithm of the places.
    pub(super) fn min(&self, range: std::ops::Range<u32>) -> Option<u32> {
        let count = self.place.len();
        let (mut lo, mut hi) = (range.start as usize + count, range.end as usize + count);
        let mut least = u32::MAX;
        while lo < hi {
            if lo % 2 == 1 {
                least = least.min(self.tree[lo]);
                lo += 1;
            }
            if hi % 2 == 1 {
                hi -= 1;
                least = least.min(self.tree[hi]);
            }
            lo /= 2;
            hi /= 2;
        }
        self.place.get(least as usize).copied()
    }

    /// The preference of a place.
    pub(super) fn preference(&self, place: u32) -> Preference {
        self.preferences[place as usize]
    }

    pub(super) fn heap(&self) -> usize {
        4 * (self.tree.capacity() + self.place.capacity()) + self.preferences.capacity() * size_of::<Preference>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_has_its_least() {
        let lengths = [5u16, 3, 9, 3, 1, 7, 2];
        let ranks = RangeMin::new(lengths.iter().map(|l| Preference::new(false, false, *l, 0)).collect());
        for from in 0..=lengths.len() {
            for to in from..=lengths.len() {
                let expected = (from..to).min_by_key(|at| (lengths[*at], *at)).map(|at| at as u32);
                assert_eq!(ranks.min(from as u32..to as u32), expected, "{from}..{to}");
            }
        }
        assert_eq!(RangeMin::default().min(0..0), None);
    }
}
