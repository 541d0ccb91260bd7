//! In which order do names stand?
//!
//! They are never moved to one place as a whole: the first bytes of some tell into which stretches all fall, and each
//! stretch is gathered and sorted by itself. What a machine takes longest for here is memory that it did not have before.
//! Must not know: where names come from, how they are looked up.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::range_min::Preference;
use super::{Entry, preference};

/// Names that are sorted together, about: few enough to stay in the caches of a core.
pub(super) const STRETCH: usize = 1 << 17;
/// Of the names that were collected together, so many tell how all are spread.
const TELLING: usize = 32;

/// An entry in the making.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unsorted {
    /// See [`head`].
    pub(super) head: u64,
    pub(super) entry: Entry,
    pub(super) links: u32,
}

/// The first bytes of a spelling as a number: most comparisons are settled by it.
pub(super) fn head(spelling: &str) -> u64 {
    let mut head = [0; 8];
    head.iter_mut().zip(spelling.bytes()).for_each(|(to, byte)| *to = byte);
    u64::from_be_bytes(head)
}

impl Unsorted {
    /// By spelling; of one spelling and node the best kind of name first. `key`: spelling of an entry.
    fn order<'k>(&self, other: &Self, key: impl Fn(&Entry) -> &'k str) -> Ordering {
        let (a, b) = (&self.entry, &other.entry);
        let rest = |e: &Entry| (e.ix, e.inner, e.kind, e.text, e.start);
        let spelled = self.head.cmp(&other.head).then_with(|| key(a).cmp(key(b)));
        spelled.then_with(|| rest(a).cmp(&rest(b)))
    }
}

/// Sorts the names of some nodes, and leaves each node once for a spelling, by its best kind of name. `keys`: the
/// spellings of these nodes.
pub(super) fn sort_together(found: &mut Vec<Unsorted>, keys: &str) {
    let key = |e: &Entry| e.key_in(keys);
    found.sort_unstable_by(|a, b| a.order(b, key));
    found.dedup_by(|b, a| a.head == b.head && a.entry.ix == b.entry.ix && key(&a.entry) == key(&b.entry));
}

/// Puts names of parts, each sorted by [`sort_together`], in one order, and says how much each is preferred. `most`: about
/// so many are sorted together.
///
/// Complexity: n log n, on all cores.
pub(super) fn sorted(keys: &[Box<str>], parts: Vec<Box<[Unsorted]>>, most: usize) -> (Vec<Entry>, Vec<Preference>) {
    let key = |e: &Entry| e.key(keys);
    let stretch = |(from, to): (u64, Option<u64>)| {
        let mut found = Vec::with_capacity(2 * most);
        for part in &parts {
            let start = part.partition_point(|of| of.head < from);
            let end = to.map_or(part.len(), |to| part.partition_point(|of| of.head < to));
            found.extend_from_slice(&part[start..end]);
        }
        found.sort_unstable_by(|a, b| a.order(b, key));
        let preference = |of: &Unsorted| preference(&of.entry, key(&of.entry), of.links);
        found.iter().map(|of| (of.entry, preference(of))).collect::<Box<[_]>>()
    };
    let sorted: Vec<_> = stretches(&parts, most).into_par_iter().map(stretch).collect();
    drop(parts);
    let all = sorted.iter().map(|stretch| stretch.len()).sum();
    let (mut entries, mut preferences) = (Vec::with_capacity(all), Vec::with_capacity(all));
    for stretch in sorted {
        entries.extend(stretch.iter().map(|(entry, _)| *entry));
        preferences.extend(stretch.iter().map(|(_, preference)| *preference));
    }
    (entries, preferences)
}

/// Stretches of heads that cover all names, of about as many names each: from, and up to but without. Parts are sorted.
fn stretches(parts: &[Box<[Unsorted]>], most: usize) -> Vec<(u64, Option<u64>)> {
    let all: usize = parts.iter().map(|part| part.len()).sum();
    let step = |part: &[Unsorted]| part.len().div_ceil(TELLING).max(1);
    let telling = parts.iter().flat_map(|part| part.iter().step_by(step(part)).map(|of| of.head));
    let mut telling: Vec<u64> = telling.collect();
    telling.sort_unstable();
    let count = all.div_ceil(most).max(1);
    let mut starts: Vec<u64> = (1..count).filter_map(|at| telling.get(at * telling.len() / count).copied()).collect();
    starts.dedup();
    let mut from = 0;
    let mut stretches = Vec::with_capacity(count);
    for start in starts.into_iter().filter(|start| *start > 0) {
        stretches.push((from, Some(start)));
        from = start;
    }
    stretches.push((from, None));
    stretches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::TOGETHER;
    use super::*;
    use crate::domain::MatchKind;
    use crate::graph::StrId;

    /// Names of nodes that are collected in parts, as spelled, whether a later word, and how much linked.
    type Spelled = Vec<Vec<(String, u32, bool, u32)>>;

    fn parts(spelled: &Spelled) -> (Vec<Box<str>>, Vec<Box<[Unsorted]>>) {
        let part = |(part, names): (usize, &Vec<(String, u32, bool, u32)>)| {
            let (mut keys, mut found) = (String::new(), Vec::new());
            for (name, ix, inner, links) in names {
                let (start, len, ix) = (keys.len() as u32, name.len() as u16, part as u32 * TOGETHER + ix);
                let (kind, text) = (MatchKind::Name, StrId::NONE);
                let entry = Entry { start, len, kind, language: None, inner: *inner, ix, text };
                keys.push_str(name);
                found.push(Unsorted { head: head(name), entry, links: *links });
            }
            (keys.into(), found.into())
        };
        spelled.iter().enumerate().map(part).unzip()
    }

    proptest! {
        /// In stretches of any size they stand as if all were sorted at once.
        #[test]
        fn stretches_are_as_good_as_one(
            spelled in proptest::collection::vec(
                proptest::collection::vec(("[ab]{1,3}|[a-c]{7,10}|\\PC{1,4}", 0..4u32, any::<bool>(), 0..3u32), 0..40), 0..6),
            most in 1..60usize,
        ) {
            let (keys, unsorted) = parts(&spelled);
            let mut once: Vec<Unsorted> = unsorted.iter().flatten().copied().collect();
            once.sort_by(|a, b| a.order(b, |entry| entry.key(&keys)));
            once.dedup_by(|b, a| a.entry.ix == b.entry.ix && a.entry.key(&keys) == b.entry.key(&keys));
            let together = |(part, keys): (Box<[Unsorted]>, &str)| {
                let mut part = part.into_vec();
                sort_together(&mut part, keys);
                part.into()
            };
            let (entries, preferences) = sorted(&keys, unsorted.into_iter().zip(keys.iter().map(|keys| &**keys)).map(together).collect(), most);
            prop_assert!(entries.is_sorted_by_key(|entry| (entry.key(&keys), entry.ix)));
            let place = |entry: &Entry| (entry.ix, entry.start, entry.inner);
            prop_assert_eq!(
                entries.iter().map(place).collect::<Vec<_>>(),
                once.iter().map(|of| place(&of.entry)).collect::<Vec<_>>()
            );
            let preferred = once.iter().map(|of| preference(&of.entry, of.entry.key(&keys), of.links));
            prop_assert_eq!(preferences, preferred.collect::<Vec<_>>());
        }
    }
}
