//! Which nodes are these: in their order, and is this one of them?
//!
//! A list answers the first best, a bitmap the second; each is made of the other when it is asked for. Must not know: how
//! the nodes were found.

use std::sync::OnceLock;

use roaring::RoaringBitmap;

use crate::index::{list_of, set_of};

/// Nodes of one kind, by number, ascending, each once.
#[derive(Debug, Default)]
pub struct NodeSet {
    list: OnceLock<Vec<u32>>,
    set: OnceLock<RoaringBitmap>,
}

impl From<Vec<u32>> for NodeSet {
    /// The nodes of a list in any order, perhaps with repeats.
    ///
    /// Complexity: linear in a list that ascends, else n log n.
    fn from(mut list: Vec<u32>) -> Self {
        if !ascends(&list) {
            list.sort_unstable();
            list.dedup();
        }
        Self::ascending(list)
    }
}

/// Whether a list ascends and repeats nothing.
///
/// Complexity: linear. Many places are looked at before anything is decided, so that the processor takes them together.
#[must_use]
pub fn ascends(list: &[u32]) -> bool {
    const TOGETHER: usize = 64;
    let next = list.get(1..).unwrap_or_default();
    let mut both = list.chunks(TOGETHER).zip(next.chunks(TOGETHER));
    both.all(|(ones, next)| ones.iter().zip(next).fold(true, |so_far, (one, next)| so_far & (one < next)))
}

impl From<RoaringBitmap> for NodeSet {
    fn from(set: RoaringBitmap) -> Self {
        Self { list: OnceLock::new(), set: set.into() }
    }
}

impl NodeSet {
    /// The nodes of a list that ascends and repeats nothing.
    ///
    /// Complexity: constant.
    #[must_use]
    pub fn ascending(list: Vec<u32>) -> Self {
        debug_assert!(ascends(&list));
        Self { list: list.into(), set: OnceLock::new() }
    }

    /// How many there are.
    ///
    /// Complexity: constant for a list, linear in the blocks of 65,536 nodes for a bitmap.
    #[must_use]
    pub fn len(&self) -> u64 {
        match self.list.get() {
            Some(list) => list.len() as u64,
            None => self.set.get().map_or(0, RoaringBitmap::len),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nodes as a list, ascending.
    ///
    /// Complexity: linear in the nodes at the first call, then constant.
    #[must_use]
    pub fn list(&self) -> &[u32] {
        self.list.get_or_init(|| self.set.get().map(list_of).unwrap_or_default())
    }

    /// The nodes as a bitmap.
    ///
    /// Complexity: linear in the nodes at the first call, then constant.
    #[must_use]
    pub fn set(&self) -> &RoaringBitmap {
        self.set.get_or_init(|| set_of(self.list.get().map_or(&[], |list| list)))
    }

    /// The nodes from one place up to another.
    ///
    /// Complexity: linear in the places, and in the blocks of 65,536 nodes.
    #[must_use]
    pub fn part(&self, places: std::ops::Range<u32>) -> Vec<u32> {
        match (self.list.get(), self.set.get()) {
            (None, Some(set)) => {
                let mut rest = set.iter();
                if let Some(first) = set.select(places.start) {
                    rest.advance_to(first);
                }
                rest.take(places.len()).collect()
            }
            _ => self.list().get(places.start as usize..places.end as usize).unwrap_or_default().to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_list_ascends_where_each_is_above_the_one_before(
            list in prop::collection::btree_set(0u32..100_000, 0..300),
            spoiled in any::<prop::sample::Index>(),
            by in 0u32..3,
        ) {
            let mut list: Vec<u32> = list.into_iter().collect();
            prop_assert!(ascends(&list));
            if list.len() > 1 {
                // As large as the one before, or smaller.
                let at = spoiled.index(list.len() - 1);
                list[at + 1] = list[at].saturating_sub(by);
                prop_assert!(!ascends(&list));
                let set = NodeSet::from(list);
                prop_assert!(set.list().is_sorted_by(|one, next| one < next));
            }
        }
    }
}
