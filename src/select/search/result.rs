//! Which of the nodes that a text led to come first?
//!
//! Names lead before words. Of the many nodes that may hold the words only those that are shown are put in order. Must not
//! know: what was looked for, pages.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::{BadText, called};
use crate::domain::{MatchKind, NodeKind};
use crate::graph::Node;
use crate::index::{Hit, NameHit, SEARCHED, Words, compact, plain};
use crate::snapshot::Snapshot;

/// A node that a text led to.
#[derive(Debug, Clone, Copy)]
pub struct SearchHit {
    /// The node.
    pub node: Node,
    /// How good a hit it is: the larger the better. The whole part tells the kind of hit (5 id, 4 label, 3 alias,
    /// 2 beginning of a name, 1 beginning of a later word of a name, 0 words), the rest how good it is of its kind.
    pub score: f32,
    /// The name that the text is, or is the beginning of; none where words of its texts led to the node.
    pub name: Option<NameHit>,
}

impl SearchHit {
    /// How the text led to the node.
    #[must_use]
    pub fn kind(&self) -> MatchKind {
        self.name.map_or(MatchKind::Text, |name| name.kind)
    }
}

/// All nodes that a text led to.
#[derive(Debug)]
pub struct SearchResult {
    /// Nodes that hold the words, with their weights: in parts, in no order.
    found: Vec<Vec<Hit>>,
    /// Nodes to which names led.
    names: FxHashMap<Node, Named>,
    /// A bit for each kind that is among them.
    named_kinds: u8,
    /// How many nodes there are, each counted once.
    len: usize,
    /// The best of them in order, with their scores.
    best: Vec<(Node, f32)>,
    /// How many of each kind, by number of the kind.
    pub counts: [u32; 8],
    /// Whether no node holds all the words, so that nodes with some of them are given.
    pub relaxed: bool,
    /// Names and documents looked at.
    pub work: u64,
    words: Words,
}

/// A name that led to a node.
#[derive(Debug, Clone, Copy)]
struct Named {
    score: f32,
    /// Whether the text is the whole name.
    exact: bool,
    name: NameHit,
    /// Whether the node holds the words as well.
    holds: bool,
}

impl SearchResult {
    /// Nothing found yet.
    pub(super) fn new(words: Words, work: u64) -> Self {
        Self {
            found: Vec::new(),
            names: FxHashMap::default(),
            named_kinds: 0,
            len: 0,
            best: Vec::new(),
            counts: [0; 8],
            relaxed: false,
            work,
            words,
        }
    }

    /// How many nodes there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The words looked for.
    pub(super) const fn words(&self) -> &Words {
        &self.words
    }

    /// All nodes, in no order, some of them twice.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        self.found.iter().flatten().map(|(node, _)| *node).chain(self.names.keys().copied())
    }

    /// Notes the nodes that are called so, and those with a name that begins so.
    pub(super) fn name(&mut self, snapshot: &Snapshot, text: &str, kinds: &[NodeKind]) {
        let graph = snapshot.graph();
        let mut exact = called(snapshot, text, kinds);
        if exact.is_empty() {
            // English number and the other English spelling: `leukaemias` is `leukemia`.
            exact = called(snapshot, &plain(text), kinds);
        }
        self.work += exact.len() as u64;
        for name in exact {
            let band = match name.kind {
                MatchKind::Id => 5.0,
                MatchKind::Name => 4.0,
                _ => 3.0,
            };
            self.note(name, band, true);
        }
        let typed = compact(text).chars().count() as f32;
        if typed >= 2.0 {
            let begins = snapshot.index().names(graph).prefix_hits(graph, text, kinds);
            self.work += begins.len() as u64;
            // A text may begin the names of all nodes of a kind.
            self.names.reserve(begins.len());
            for name in begins {
                let band = if name.from_start { 2.0 } else { 1.0 };
                // Below 1, so that the kind of hit decides.
                self.note(name, band + typed / (typed + name.rest as f32 + 1.0), false);
            }
        }
        self.named_kinds = self.names.keys().fold(0, |kinds, node| kinds | 1 << node.kind as u8);
    }

    fn note(&mut self, name: NameHit, score: f32, exact: bool) {
        let named = Named { score, exact, name, holds: false };
        let known = self.names.entry(name.node).or_insert(named);
        if score > known.score {
            *known = named;
        }
    }

    /// Adds the nodes that hold the words, and counts those that names led to with them.
    pub(super) fn add(&mut self, found: Vec<Vec<Hit>>) {
        self.found = found;
        self.counts = [0; 8];
        for (node, weight) in self.found.iter().flatten() {
            self.counts[node.kind as usize] += 1;
            if self.named_kinds & 1 << node.kind as u8 != 0
                && let Some(named) = self.names.get_mut(node)
            {
                named.holds = true;
                if named.exact {
                    named.score += squash(*weight);
                }
            }
        }
        for (node, _) in self.names.iter().filter(|(_, named)| !named.holds) {
            self.counts[node.kind as usize] += 1;
        }
        self.len = self.counts.iter().map(|count| *count as usize).sum();
    }

    /// Puts the best hits in order, so many of them: best first, then the more linked, then kind and id.
    ///
    /// # Errors
    /// Where the index does not answer.
    ///
    /// Complexity: linear in all hits, n log n in those asked for.
    pub fn order(&mut self, snapshot: &Snapshot, most: usize) -> Result<(), BadText> {
        let most = most.min(self.len);
        if most <= self.best.len() {
            return Ok(());
        }
        let mut best: Vec<(Node, f32)> = self.names.iter().map(|(node, named)| (*node, named.score)).collect();
        if most > best.len() {
            let twice = self.names.values().filter(|named| named.holds).count();
            let least = least(&self.found, most - best.len() + twice);
            let named = |node: &Node| self.named_kinds & 1 << node.kind as u8 != 0 && self.names.contains_key(node);
            let good = self.found.iter().flatten().filter(|(node, weight)| *weight >= least && !named(node));
            best.extend(good.map(|(node, weight)| (*node, squash(*weight))));
        }
        let index = snapshot.index().text(snapshot.graph())?;
        let order = |kind: NodeKind| SEARCHED.iter().position(|k| *k == kind);
        // A positive float orders as its bits.
        let key = |(node, score): &(Node, f32)| {
            (Reverse(score.to_bits()), Reverse(index.links(*node)), order(node.kind), node.ix)
        };
        let mut keyed: Vec<_> = best.iter().map(|hit| (key(hit), *hit)).collect();
        if most < keyed.len() {
            keyed.select_nth_unstable_by_key(most, |(key, _)| *key);
            keyed.truncate(most);
        }
        keyed.sort_unstable_by_key(|(key, _)| *key);
        self.best = keyed.into_iter().map(|(_, hit)| hit).collect();
        Ok(())
    }

    /// The hit at a place of those in order.
    #[must_use]
    pub fn hit(&self, at: usize) -> Option<SearchHit> {
        let (node, score) = *self.best.get(at)?;
        Some(SearchHit { node, score, name: self.names.get(&node).map(|named| named.name) })
    }

    /// The hits that are in order, best first.
    pub fn ordered(&self) -> impl Iterator<Item = SearchHit> + '_ {
        (0..self.best.len()).filter_map(|at| self.hit(at))
    }
}

/// A weight that at least so many hits reach, and with it all whose score is that of the last of them.
///
/// Complexity: linear in the hits.
fn least(found: &[Vec<Hit>], most: usize) -> f32 {
    // Floats that agree in their first sixteen bits are one step; a positive float orders as its bits.
    const BEHIND: u32 = 16;
    let mut of_step = vec![0u32; 1 << (31 - BEHIND)];
    found.iter().flatten().for_each(|(_, weight)| of_step[(weight.to_bits() >> BEHIND) as usize & 0x7fff] += 1);
    let mut better = 0;
    let step = of_step.iter().rposition(|count| {
        better += *count as usize;
        better >= most
    });
    let weight = f32::from_bits((step.unwrap_or(0) as u32) << BEHIND);
    // Weights so near to each other have the same score, see `squash`: 1e-5 is how far they may lie apart, twice is room.
    weight - 2e-5 * (weight + 10.0) * (weight + 10.0)
}

/// A weight between 0 and 1, in the same order; rounded, so that the order does not hang on the last bit of a sum.
fn squash(weight: f32) -> f32 {
    let share = weight / (weight + 10.0);
    // Rounds what is not negative, without the call that `round` is on processors of 2003.
    (share * 10_000.0 + 0.5) as u32 as f32 / 10_001.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::NodeKind;

    proptest! {
        /// Whatever the weights are, none is left out that is as good as the last of those asked for.
        #[test]
        fn the_least_weight_leaves_none_out(weights in proptest::collection::vec(0.001f32..200.0, 1..60), near in 0.0f32..0.02, most in 1usize..60) {
            let mut weights = weights;
            let more: Vec<f32> = weights.iter().map(|weight| weight * (1.0 + near)).collect();
            weights.extend(more);
            let most = most.min(weights.len());
            let hits: Vec<Hit> = weights.iter().zip(0..).map(|(weight, ix)| (Node::new(NodeKind::Trial, ix), *weight)).collect();
            let least = least(&[hits[..most / 2].to_vec(), hits[most / 2..].to_vec()], most);
            let mut scores: Vec<f32> = weights.iter().map(|weight| squash(*weight)).collect();
            scores.sort_by(|a, b| b.total_cmp(a));
            for weight in &weights {
                prop_assert!(*weight >= least || squash(*weight) < scores[most - 1], "{weight} {least}");
            }
        }
    }
}
