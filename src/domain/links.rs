//! Millions of links between records: which are joined to which?
//!
//! Records go by their places in the order of their ids here. Must not know: what kind of record it is, or what is said
//! of a link.

use rayon::prelude::*;

/// For each of many sources the targets it is joined to, one list after another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Where the targets of each source end.
    pub ends: Vec<u32>,
    /// Targets, source after source.
    pub targets: Vec<u32>,
}

impl Links {
    /// The links of so many sources, from pairs (source, target) in any order; those of one source stay in the order of
    /// the pairs. Sources beyond their number are left out.
    ///
    /// Complexity: linear, on all cores.
    #[must_use]
    pub fn gather(sources: u32, pairs: &[Vec<(u32, u32)>]) -> Self {
        let mut ends = vec![0u32; sources as usize];
        let share = (ends.len().div_ceil(rayon::current_num_threads().max(1))).max(1);
        // Each core looks at all pairs and takes those of its own sources: nobody waits, and the order stays.
        ends.par_chunks_mut(share).enumerate().for_each(|(at, ends)| {
            let first = (at * share) as u32;
            for (source, _) in pairs.iter().flatten() {
                if let Some(end) = ends.get_mut(source.wrapping_sub(first) as usize) {
                    *end += 1;
                }
            }
        });
        let lists = Lists::cut(&mut ends, share);
        let mut targets = vec![0u32; lists.total];
        lists.each(&mut targets, |first, ends, targets, before| {
            for (source, target) in pairs.iter().flatten() {
                if let Some(end) = ends.get_mut(source.wrapping_sub(first) as usize) {
                    targets[(*end - before) as usize] = *target;
                    *end += 1;
                }
            }
        });
        Self { ends, targets }
    }

    /// The same links the other way: for each of so many targets its sources, ascending. Every target must be below that
    /// number.
    ///
    /// Complexity: linear, on all cores.
    #[must_use]
    pub fn reversed(&self, targets: u32) -> Self {
        let mut ends = vec![0u32; targets as usize];
        let share = (ends.len().div_ceil(rayon::current_num_threads().max(1))).max(1);
        ends.par_chunks_mut(share).enumerate().for_each(|(at, ends)| {
            let first = (at * share) as u32;
            for target in &self.targets {
                if let Some(end) = ends.get_mut(target.wrapping_sub(first) as usize) {
                    *end += 1;
                }
            }
        });
        let lists = Lists::cut(&mut ends, share);
        let mut sources = vec![0u32; lists.total];
        lists.each(&mut sources, |first, ends, sources, before| {
            for (source, of) in self.lists() {
                for target in of {
                    if let Some(end) = ends.get_mut(target.wrapping_sub(first) as usize) {
                        sources[(*end - before) as usize] = source;
                        *end += 1;
                    }
                }
            }
        });
        Self { ends, targets: sources }
    }

    /// Every source with its targets.
    pub fn lists(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut start = 0;
        self.ends.iter().zip(0..).map(move |(end, source)| {
            let from = std::mem::replace(&mut start, *end as usize);
            (source, &self.targets[from..*end as usize])
        })
    }

    /// All links as pairs.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        self.lists().flat_map(|(source, targets)| targets.iter().map(move |target| (source, *target)))
    }

    /// How many links there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// Sorts the targets of each source; says whether a pair stands twice.
    ///
    /// Complexity: linear, plus the sorting of each list, on all cores.
    pub fn sort_each_once(&mut self) -> bool {
        let share = (self.ends.len().div_ceil(rayon::current_num_threads().max(1) * 4)).max(1);
        let (mut rest, mut before) = (self.targets.as_mut_slice(), 0);
        let mut parts = Vec::new();
        for ends in self.ends.chunks(share) {
            let last = ends.last().map_or(before, |end| *end);
            let (part, behind) = rest.split_at_mut((last - before) as usize);
            parts.push((before, ends, part));
            (rest, before) = (behind, last);
        }
        let twice = |(before, ends, targets): (u32, &[u32], &mut [u32])| {
            let (mut start, mut found) = (0, false);
            for end in ends {
                let list = &mut targets[start..(*end - before) as usize];
                list.sort_unstable();
                found |= list.windows(2).any(|two| two[0] == two[1]);
                start = (*end - before) as usize;
            }
            found
        };
        parts.into_par_iter().map(twice).reduce(|| false, |a, b| a | b)
    }

    /// These links and others of as many sources, each link once; both have their targets sorted.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut both = Self::default();
        for ((_, a), (_, b)) in self.lists().zip(other.lists()) {
            let from = both.targets.len();
            both.targets.extend(a.iter().chain(b));
            both.targets[from..].sort_unstable();
            let mut last = None;
            let mut kept = from;
            for at in from..both.targets.len() {
                let target = both.targets[at];
                if last.replace(target) != Some(target) {
                    both.targets[kept] = target;
                    kept += 1;
                }
            }
            both.targets.truncate(kept);
            both.ends.push(kept as u32);
        }
        both
    }
}

/// Lists in the making, shared out to the cores.
struct Lists<'e> {
    ends: &'e mut [u32],
    share: usize,
    total: usize,
}

impl<'e> Lists<'e> {
    /// Makes of counts the places where the lists begin; each moves on to its end as the list fills.
    fn cut(ends: &'e mut [u32], share: usize) -> Self {
        let mut total = 0;
        for end in ends.iter_mut() {
            total += std::mem::replace(end, total);
        }
        Self { ends, share, total: total as usize }
    }

    /// Lets each core fill its lists: it is told the first of them, their places, their items, and where these begin.
    fn each(self, items: &mut [u32], fill: impl Fn(u32, &mut [u32], &mut [u32], u32) + Sync) {
        let (mut parts, mut rest) = (Vec::new(), items);
        let starts: Vec<u32> = self.ends.chunks(self.share).filter_map(|ends| ends.first().copied()).collect();
        let ends = starts.iter().skip(1).copied().chain([self.total as u32]);
        let chunks = self.ends.chunks_mut(self.share).enumerate();
        for (((at, ends), start), end) in chunks.zip(&starts).zip(ends) {
            let (part, behind) = rest.split_at_mut((end - start) as usize);
            parts.push(((at * self.share) as u32, ends, part, *start));
            rest = behind;
        }
        parts.into_par_iter().for_each(|(first, ends, items, before)| fill(first, ends, items, before));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_those_of_the_pairs_both_ways() {
        // As many different pairs as a plain generator gives, in two pieces.
        let mut state = 1u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % below) as u32
        };
        let mut pairs: Vec<(u32, u32)> = (0..5_000).map(|_| (next(300), next(200))).collect();
        let halves = [pairs[..1_700].to_vec(), pairs[1_700..].to_vec()];
        let mut links = Links::gather(300, &halves);
        assert!(links.sort_each_once(), "so many pairs among so few hold some twice");
        let both = links.and(&links);
        pairs.sort_unstable();
        assert!(links.pairs().eq(pairs.iter().copied()));
        pairs.dedup();
        assert!(both.pairs().eq(pairs.iter().copied()));
        assert!(!both.clone().sort_each_once());
        let mut back: Vec<(u32, u32)> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
        back.sort_unstable();
        assert!(both.reversed(200).pairs().eq(back.iter().copied()));
        assert_eq!(both.reversed(200).reversed(300), both);
        let none = Links::gather(3, &[]);
        assert_eq!((none.len(), none.is_empty(), none.ends.len()), (0, true, 3));
        assert_eq!(none.reversed(0), Links::default());
    }
}
