//! How are lists per node, and links between nodes, stored?
//!
//! Must not know: which relation or kind they belong to.

use super::NONE;

/// A list for each of `n` owners, all in one array.
#[derive(Debug, Clone)]
pub struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// The list of the owner with this number.
    ///
    /// Complexity: constant.
    #[must_use]
    pub fn of(&self, owner: u32) -> &[T] {
        &self.items[self.range(owner)]
    }

    /// Where the owner's list lies among all items.
    #[must_use]
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

    /// Bytes held.
    #[must_use]
    pub fn heap(&self) -> usize {
        4 * self.ends.capacity() + size_of::<T>() * self.items.capacity()
    }

    /// Adds the list of the next owner.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.ends.push(self.items.len() as u32);
    }
}

/// The links of one relation, both ways. A link's number is its place in the forward array.
#[derive(Debug, Default)]
pub struct Csr {
    forward: Lists<u32>,
    reverse: Lists<u32>,
    reverse_link: Vec<u32>,
    facts: Vec<u32>,
}

impl Csr {
    /// Links from pairs (source, target, fact) sorted by source; the order of the pairs of one source is kept.
    /// `keep_links`: whether the number of a link is asked for from its target's side.
    pub(super) fn new(sources: u32, targets: u32, links: &[(u32, u32, u32)], with_facts: bool) -> Self {
        debug_assert!(links.is_sorted_by_key(|l| l.0));
        let mut forward = Lists { ends: Vec::with_capacity(sources as usize), items: Vec::with_capacity(links.len()) };
        let mut at = 0;
        for source in 0..sources {
            while at < links.len() && links[at].0 == source {
                forward.items.push(links[at].1);
                at += 1;
            }
            forward.ends.push(at as u32);
        }
        let mut ends = vec![0u32; targets as usize + 1];
        for link in links {
            ends[link.1 as usize + 1] += 1;
        }
        for t in 0..targets as usize {
            ends[t + 1] += ends[t];
        }
        let mut next = ends.clone();
        let mut items = vec![0u32; links.len()];
        let mut reverse_link = vec![0u32; if with_facts { links.len() } else { 0 }];
        for (number, link) in links.iter().enumerate() {
            let place = next[link.1 as usize] as usize;
            next[link.1 as usize] += 1;
            items[place] = link.0;
            if with_facts {
                reverse_link[place] = number as u32;
            }
        }
        ends.remove(0);
        let facts = if with_facts { links.iter().map(|l| l.2).collect() } else { Vec::new() };
        Self { forward, reverse: Lists { ends, items }, reverse_link, facts }
    }

    /// Targets of a source, in the order of presentation.
    #[must_use]
    pub fn targets(&self, source: u32) -> &[u32] {
        self.forward.of(source)
    }

    /// Sources of a target, ascending.
    #[must_use]
    pub fn sources(&self, target: u32) -> &[u32] {
        self.reverse.of(target)
    }

    /// Numbers of the links of a source.
    #[must_use]
    pub fn links(&self, source: u32) -> std::ops::Range<u32> {
        let range = self.forward.range(source);
        range.start as u32..range.end as u32
    }

    /// Numbers of the links that lead to a target, in the order of `sources`. Empty for a relation without facts.
    #[must_use]
    pub fn links_to(&self, target: u32) -> &[u32] {
        if self.reverse_link.is_empty() { &[] } else { &self.reverse_link[self.reverse.range(target)] }
    }

    /// The target of a link.
    #[must_use]
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

    /// Bytes held.
    #[must_use]
    pub fn heap(&self) -> usize {
        self.forward.heap() + self.reverse.heap() + 4 * (self.reverse_link.capacity() + self.facts.capacity())
    }
}
