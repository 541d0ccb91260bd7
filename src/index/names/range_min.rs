//! Which place of a stretch comes first in the order of preference?
//!
//! A tree of minima over a fixed list of preferences. Must not know: what is preferred.

use std::ops::Range;

/// What orders names of all kinds: those that are whole before later words, then those that are not pinyin, then the
/// shorter, then the more linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Preference(u32);

impl Preference {
    /// Of so many links and more all are alike: more than there are references.
    const LINKS: u32 = (1 << 23) - 1;
    /// No name that is kept is longer.
    const LENGTH: u16 = (1 << 7) - 1;

    pub(super) fn new(inner: bool, pinyin: bool, length: u16, links: u32) -> Self {
        let length = u32::from(length.min(Self::LENGTH));
        Self(u32::from(inner) << 31 | u32::from(pinyin) << 30 | length << 23 | (Self::LINKS - links.min(Self::LINKS)))
    }
}

const _: () = assert!(super::KEPT <= Preference::LENGTH as usize);

/// Places whose least is found by looking at all of them; above so many stands one leaf of the tree.
const BLOCK: usize = 16;

/// Preferences with a tree of minima above them.
#[derive(Debug, Default)]
pub(super) struct RangeMin {
    /// That of each place.
    preferences: Vec<Preference>,
    /// The preferred place of every block from `tree[blocks]` on; `tree[i]` is the preferred one of `tree[2i]` and
    /// `tree[2i + 1]`.
    tree: Vec<u32>,
}

impl RangeMin {
    /// Of places with these preferences; of equals the first is preferred.
    ///
    /// Complexity: linear.
    pub(super) fn new(preferences: Vec<Preference>) -> Self {
        let blocks = preferences.len().div_ceil(BLOCK);
        let mut made = Self { preferences, tree: vec![0; 2 * blocks] };
        for block in 0..blocks {
            let places = block * BLOCK..((block + 1) * BLOCK).min(made.preferences.len());
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
        let blocks = self.preferences.len().div_ceil(BLOCK);
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
        places.min_by_key(|at| self.preferences[*at]).map(|at| at as u32)
    }

    fn better(&self, a: u32, b: u32) -> u32 {
        let order = |at: u32| (self.preferences[at as usize], at);
        if order(a) <= order(b) { a } else { b }
    }

    pub(super) fn heap(&self) -> usize {
        size_of::<u32>() * self.tree.capacity() + size_of::<Preference>() * self.preferences.capacity()
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
            let least = RangeMin::new(preferences);
            for from in 0..=lengths.len() {
                for to in from..=lengths.len() {
                    let expected = (from..to).min_by_key(|at| (lengths[*at], *at)).map(|at| at as u32);
                    assert_eq!(least.min(from as u32..to as u32), expected, "{from}..{to} of {count}");
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
            (true, false, 1, u32::MAX),
            (true, false, 1, 9),
            (true, false, 1, 0),
            (true, false, 96, u32::MAX),
            (true, true, 1, 0),
        ];
        let preferences = order.map(|(inner, pinyin, length, links)| Preference::new(inner, pinyin, length, links));
        assert!(preferences.is_sorted_by(|a, b| a < b));
    }
}
