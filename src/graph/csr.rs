//! How are lists per node, and links between nodes, stored?
//!
//! Must not know: which relation or kind they belong to.

use super::{Column, NONE, ahead};
use crate::domain::Links;

/// A list for each of `n` owners, all in one array.
#[derive(Debug, Clone)]
pub struct Lists<T: 'static> {
    pub(super) ends: Column<u32>,
    pub(super) items: Column<T>,
}

impl<T: 'static> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Column::default(), items: Column::default() }
    }
}

impl<T: 'static> Lists<T> {
    /// The list of the owner with this number.
    ///
    /// Complexity: constant.
    #[must_use]
    #[inline]
    pub fn of(&self, owner: u32) -> &[T] {
        &self.items[self.range(owner)]
    }

    /// Where the owner's list lies among all items.
    #[must_use]
    #[inline]
    pub fn range(&self, owner: u32) -> std::ops::Range<usize> {
        let at = owner as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        start..self.ends[at] as usize
    }

    /// All items, owner after owner.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// How many owners there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no owner.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Makes room for so many lists like these.
    pub(super) fn reserve(&mut self, like: &Self, lists: usize) {
        self.items.reserve(&like.items, lists);
        self.ends.reserve(&like.ends, lists);
    }

    /// Adds the lists of more owners, each item as it is `moved`.
    pub(super) fn take(&mut self, more: &Self, moved: impl Fn(T) -> T)
    where
        T: Copy,
    {
        let before = self.items.len() as u32;
        self.items.take(&more.items, moved);
        self.ends.take(&more.ends, |end| end + before);
    }

    /// Adds the list of the next owner.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.ends.push(self.items.len() as u32);
    }
}

/// Targets of sources, as they lie in memory.
#[derive(Debug, Clone, Copy)]
pub struct Targets<'a> {
    ends: &'a [u32],
    items: &'a [u32],
}

impl<'a> Targets<'a> {
    /// Targets of a source, in the order of presentation.
    #[must_use]
    #[inline]
    pub fn of(&self, source: u32) -> &'a [u32] {
        let at = source as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.items[start..self.ends[at] as usize]
    }

    /// Targets of sources that follow each other.
    #[must_use]
    #[inline]
    pub fn between(&self, sources: &std::ops::Range<u32>) -> &'a [u32] {
        if sources.is_empty() {
            return &[];
        }
        let start = if sources.start == 0 { 0 } else { self.ends[sources.start as usize - 1] as usize };
        &self.items[start..self.ends[sources.end as usize - 1] as usize]
    }

    /// Says that it is asked soon where the links of a source lie.
    #[inline]
    pub fn ahead_place(&self, source: u32) {
        ahead(self.ends, source as usize);
    }

    /// Says that the targets of a source are read soon.
    #[inline]
    pub fn ahead(&self, source: u32) {
        if let Some(start) = self.ends.get((source as usize).wrapping_sub(1)) {
            ahead(self.items, *start as usize);
        }
    }
}

/// The links of one relation, both ways. A link's number is its place in the forward array.
#[derive(Debug, Default)]
pub struct Csr {
    pub(super) forward: Lists<u32>,
    pub(super) reverse: Lists<u32>,
    pub(super) reverse_link: Column<u32>,
    pub(super) facts: Column<u32>,
}

impl Csr {
    /// Links of which nothing is said, to so many targets.
    pub(super) fn plain(links: Links, targets: u32) -> Self {
        let back = links.reversed(targets);
        let lists = |links: Links| Lists { ends: links.ends.into(), items: links.targets.into() };
        Self { forward: lists(links), reverse: lists(back), ..Self::default() }
    }

    /// Links (source, target, fact) sorted by source; the order of the links of one source is kept. `with_facts`: whether something is said
    /// of each link; only then is its number kept at its target's side.
    pub(super) fn new((sources, targets): (u32, u32), links: &[(u32, u32, u32)], with_facts: bool) -> Self {
        debug_assert!(links.is_sorted_by_key(|l| l.0));
        let mut forward: Vec<u32> = Vec::with_capacity(links.len());
        let mut forward_ends: Vec<u32> = Vec::with_capacity(sources as usize);
        let mut ends = vec![0u32; targets as usize];
        for (source, target, _) in links.iter().copied() {
            while (forward_ends.len() as u32) < source {
                forward_ends.push(forward.len() as u32);
            }
            forward.push(target);
            ends[target as usize] += 1;
        }
        forward_ends.resize(sources as usize, links.len() as u32);
        // Each end is first where its list begins, and moves on as the list fills.
        let mut total = 0;
        for end in &mut ends {
            total += std::mem::replace(end, total);
        }
        let mut items = vec![0u32; links.len()];
        let mut reverse_link = vec![0u32; if with_facts { links.len() } else { 0 }];
        for (number, (source, target, _)) in links.iter().copied().enumerate() {
            let next = &mut ends[target as usize];
            items[*next as usize] = source;
            if let Some(place) = reverse_link.get_mut(*next as usize) {
                *place = number as u32;
            }
            *next += 1;
        }
        let facts = if with_facts { links.iter().map(|l| l.2).collect() } else { Column::default() };
        Self {
            forward: Lists { ends: forward_ends.into(), items: forward.into() },
            reverse: Lists { ends: ends.into(), items: items.into() },
            reverse_link: reverse_link.into(),
            facts,
        }
    }

    /// Targets of a source, in the order of presentation.
    #[must_use]
    #[inline]
    pub fn targets(&self, source: u32) -> &[u32] {
        self.forward.of(source)
    }

    /// The targets of all sources, for whoever asks for those of many.
    #[must_use]
    pub fn forward(&self) -> Targets<'_> {
        Targets { ends: &self.forward.ends, items: &self.forward.items }
    }

    /// Sources of a target, ascending.
    #[must_use]
    #[inline]
    pub fn sources(&self, target: u32) -> &[u32] {
        self.reverse.of(target)
    }

    /// Where the sources of a target lie among those of all.
    #[must_use]
    #[inline]
    pub fn sources_range(&self, target: u32) -> std::ops::Range<usize> {
        self.reverse.range(target)
    }

    /// The sources of all targets, target after target.
    #[must_use]
    pub fn all_sources(&self) -> &[u32] {
        &self.reverse.items
    }

    /// Numbers of the links of a source.
    #[must_use]
    #[inline]
    pub fn links(&self, source: u32) -> std::ops::Range<u32> {
        let range = self.forward.range(source);
        range.start as u32..range.end as u32
    }

    /// Numbers of the links that lead to a target, in the order of `sources`. Empty for a relation without facts.
    #[must_use]
    pub fn links_to(&self, target: u32) -> &[u32] {
        if self.reverse_link.is_empty() { &[] } else { &self.reverse_link[self.reverse.range(target)] }
    }

    /// Numbers of the links that lead to a target, in the order of `sources`, for any relation.
    ///
    /// Complexity: linear in the links; for a relation without facts, in all links of the target's sources.
    #[must_use]
    pub fn links_into(&self, target: u32) -> Vec<u32> {
        if !self.reverse_link.is_empty() {
            return self.links_to(target).to_vec();
        }
        let mut links = Vec::with_capacity(self.sources(target).len());
        for source in self.sources(target) {
            // A source that links twice stands twice in a row: its later link is behind its earlier one.
            let from = links.last().map_or(0, |last| last + 1);
            links.extend(self.links(*source).skip_while(|link| *link < from).find(|link| self.target(*link) == target));
        }
        links
    }

    /// The targets of links that follow each other.
    #[must_use]
    #[inline]
    pub fn ends(&self, links: std::ops::Range<u32>) -> &[u32] {
        &self.forward.items[links.start as usize..links.end as usize]
    }

    /// The target of a link.
    #[must_use]
    #[inline]
    pub fn target(&self, link: u32) -> u32 {
        self.forward.items[link as usize]
    }

    /// The source of a link.
    ///
    /// Complexity: logarithmic in the sources.
    #[must_use]
    pub fn source(&self, link: u32) -> u32 {
        self.forward.ends.partition_point(|end| *end <= link) as u32
    }

    /// The fact on a link; `NONE` for a relation without facts.
    #[must_use]
    pub fn fact(&self, link: u32) -> u32 {
        self.facts.get(link as usize).copied().unwrap_or(NONE)
    }

    /// How many links there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.forward.items.len()
    }

    /// Whether there is no link.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forward.items.is_empty()
    }
}
