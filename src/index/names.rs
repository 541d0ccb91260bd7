//! Which nodes are called so, or by a name that begins so?
//!
//! Every label, synonym, gene symbol and id in its compact spelling (`CLL-1` is `cll1`), sorted per kind; a tree of
//! minima over the sorted names finds the best of any prefix without reading all that share it. Must not know: full
//! text, pages, answers.

mod collect;
mod range_min;
mod sorted;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use self::range_min::{Preference, RangeMin};
use super::text::fold::compact;
use crate::domain::{Language, MatchKind, NodeKind};
use crate::graph::{Graph, Node, StrId};

/// A name that a text led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameHit {
    /// The node with the name.
    pub node: Node,
    /// The name as it is stored.
    pub text: StrId,
    /// What kind of name it is.
    pub kind: MatchKind,
    /// Its language; none for ids.
    pub language: Option<Language>,
    /// Whether the name begins with the text, rather than a later word of it.
    pub from_start: bool,
    /// Letters and digits of the rest of the name behind the text. 0 where the whole name is the text.
    pub rest: u32,
}

impl NameHit {
    /// Whether the whole name is the text, spelling apart.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.from_start && self.rest == 0
    }
}

/// One way of being called.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Place of the compact spelling among those of the nodes that are collected with its node.
    start: u32,
    len: u16,
    kind: MatchKind,
    language: Option<Language>,
    /// Whether the spelling begins with a later word of the name.
    inner: bool,
    ix: u32,
    text: StrId,
}

impl Entry {
    /// Its compact spelling.
    fn key<'a>(&self, keys: &'a [Box<str>]) -> &'a str {
        self.key_in(&keys[(self.ix / TOGETHER) as usize])
    }

    /// The same among the spellings of nodes that are collected together.
    fn key_in<'a>(&self, keys: &'a str) -> &'a str {
        &keys[self.start as usize..][..usize::from(self.len)]
    }
}

/// All names of a kind.
#[derive(Debug, Default)]
struct Table {
    /// Compact spellings in the order of their nodes, those of [`TOGETHER`] nodes in one text.
    keys: Vec<Box<str>>,
    /// Sorted by compact spelling.
    entries: Vec<Entry>,
    /// Which entry of a range is preferred.
    least: RangeMin,
}

/// All names of a release.
#[derive(Debug, Default)]
pub struct NameTable {
    kinds: [Table; 8],
}

/// Nodes whose names are collected together, by one core.
const TOGETHER: u32 = 1 << 12;

/// Bytes of a compact spelling that are kept. Longer names agree on so many and are then compared in full.
const KEPT: usize = 96;

impl NameTable {
    /// Collects and sorts the names of a graph.
    ///
    /// Complexity: n log n in the names.
    #[must_use]
    pub fn build(graph: &Graph) -> Self {
        let mut kinds: [Table; 8] = Default::default();
        for kind in super::SEARCHED {
            kinds[kind as usize] = collect::table(graph, kind);
        }
        Self { kinds }
    }

    /// Names of the kinds that begin with a text, or have a later word that does, best first: whole names before
    /// later words, then the shorter, then the more linked, then kind and id. Each node comes once, by its best name.
    /// `most` bounds the answer.
    ///
    /// Complexity: `most` times the logarithm of the names, whatever the number of names with the prefix.
    #[must_use]
    pub fn starting_with(&self, graph: &Graph, text: &str, kinds: &[NodeKind], most: usize) -> Vec<NameHit> {
        let prefix = compact(text);
        if prefix.is_empty() {
            return Vec::new();
        }
        let prefix = kept(&prefix);
        let mut heap = BinaryHeap::new();
        for (order, kind) in kinds.iter().enumerate() {
            let table = &self.kinds[*kind as usize];
            let range = table.range(prefix);
            table.push(&mut heap, (graph, *kind, order), range);
        }
        let mut found: Vec<NameHit> = Vec::with_capacity(most);
        while found.len() < most
            && let Some(Reverse(best)) = heap.pop()
        {
            let kind = kinds[best.order];
            let table = &self.kinds[kind as usize];
            let entry = &table.entries[best.at as usize];
            let node = Node::new(kind, entry.ix);
            if !found.iter().any(|hit| hit.node == node) {
                found.push(table.hit(graph, kind, entry, prefix.len()));
            }
            table.push(&mut heap, (graph, kind, best.order), best.lo..best.at);
            table.push(&mut heap, (graph, kind, best.order), best.at + 1..best.hi);
        }
        found
    }

    /// All nodes of the kinds that are called exactly so, spelling apart, each once by its best name; best kind of
    /// name first, then in the order of the kinds, then by id. Names typed in pinyin do not count.
    ///
    /// Complexity: logarithm of the names, plus the answer.
    #[must_use]
    pub fn called(&self, graph: &Graph, text: &str, kinds: &[NodeKind]) -> Vec<NameHit> {
        let whole = compact(text);
        let mut found: Vec<NameHit> = Vec::new();
        if whole.is_empty() {
            return found;
        }
        let key = kept(&whole);
        for kind in kinds {
            let table = &self.kinds[*kind as usize];
            let from = table.entries.partition_point(|e| table.key(e) < key);
            let same = table.entries[from..].iter().take_while(|e| table.key(e) == key);
            let exact = same.filter(|e| !e.inner && e.kind != MatchKind::Pinyin);
            for entry in exact.filter(|e| whole.len() < KEPT || compact(&graph.strings.text(e.text)) == whole) {
                let hit = table.hit(graph, *kind, entry, key.len());
                match found.iter_mut().find(|f| f.node == hit.node) {
                    Some(known) if known.kind <= hit.kind => {}
                    Some(known) => *known = hit,
                    None => found.push(hit),
                }
            }
        }
        found.sort_by_key(|hit| hit.kind);
        found
    }

    /// Nodes of the kinds with a name that begins with the text, once for each such name, in no order.
    pub(crate) fn prefix_hits(&self, graph: &Graph, text: &str, kinds: &[NodeKind]) -> Vec<NameHit> {
        let whole = compact(text);
        let prefix = kept(&whole);
        if prefix.is_empty() || whole.len() > KEPT {
            return Vec::new();
        }
        let mut found = Vec::new();
        for kind in kinds {
            let table = &self.kinds[*kind as usize];
            let range = table.range(prefix);
            let entries = &table.entries[range.start as usize..range.end as usize];
            let telling = entries.iter().filter(|e| e.kind != MatchKind::Pinyin);
            found.extend(telling.map(|entry| table.hit(graph, *kind, entry, prefix.len())));
        }
        found
    }

    /// Bytes held.
    #[must_use]
    pub fn heap(&self) -> usize {
        let keys = |t: &Table| t.keys.iter().map(|keys| keys.len()).sum::<usize>();
        let table = |t: &Table| keys(t) + t.entries.capacity() * size_of::<Entry>() + t.least.heap();
        self.kinds.iter().map(table).sum()
    }
}

/// The best entry of a stretch of a table.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Best {
    /// Shorter and more linked names first; comparable across kinds.
    preference: Preference,
    order: usize,
    at: u32,
    lo: u32,
    hi: u32,
}

impl Table {
    fn key(&self, entry: &Entry) -> &str {
        entry.key(&self.keys)
    }

    /// The entries whose spelling begins with the prefix.
    fn range(&self, prefix: &str) -> std::ops::Range<u32> {
        let from = self.entries.partition_point(|e| self.key(e) < prefix);
        let count = self.entries[from..].partition_point(|e| self.key(e).starts_with(prefix));
        from as u32..(from + count) as u32
    }

    /// Adds the best entry of a range of this table, which stands in this place among those asked for.
    fn push(
        &self,
        heap: &mut BinaryHeap<Reverse<Best>>,
        (graph, kind, order): (&Graph, NodeKind, usize),
        range: std::ops::Range<u32>,
    ) {
        if let Some(at) = self.least.min(range.clone()) {
            let entry = &self.entries[at as usize];
            let links = graph.degree(Node::new(kind, entry.ix), None) as u32;
            let preference = preference(entry, self.key(entry), links);
            heap.push(Reverse(Best { preference, order, at, lo: range.start, hi: range.end }));
        }
    }

    fn hit(&self, graph: &Graph, kind: NodeKind, entry: &Entry, prefix: usize) -> NameHit {
        let key = self.key(entry);
        let rest = if key.len() >= KEPT {
            compact(&graph.strings.text(entry.text)).chars().count()
        } else {
            key.chars().count()
        };
        let typed = key.get(..prefix).map_or(0, |p| p.chars().count());
        NameHit {
            node: Node::new(kind, entry.ix),
            text: entry.text,
            kind: entry.kind,
            language: entry.language,
            from_start: !entry.inner,
            rest: rest.saturating_sub(typed) as u32,
        }
    }
}

/// How much an entry is preferred to others.
fn preference(entry: &Entry, key: &str, links: u32) -> Preference {
    Preference::new(entry.inner, entry.kind == MatchKind::Pinyin, key.chars().count() as u16, links)
}

/// The part of a compact spelling that is kept, whole characters.
fn kept(key: &str) -> &str {
    let mut at = key.len().min(KEPT);
    while !key.is_char_boundary(at) {
        at -= 1;
    }
    &key[..at]
}
