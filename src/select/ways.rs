//! Which links does a walk follow?
//!
//! The relations that lead out of each kind of node, chosen once for a whole walk. Must not know: where it goes.

use crate::domain::{NodeKind, RelationKind};
use crate::graph::{Graph, LinkRef, Node, Relation};

/// In which direction a walk follows links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Follow {
    /// Both ways.
    Either,
    /// As the relation reads: from the citing to the cited.
    Forward,
    /// The other way round.
    Backward,
}

impl Follow {
    /// As seen from the other end of a walk.
    pub(super) const fn back(self) -> Self {
        match self {
            Self::Either => Self::Either,
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
        }
    }
}

/// One way out of a kind of node: a relation, followed forward or backward.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    relation: Relation,
    forward: bool,
    to: NodeKind,
}

/// All ways, in the order of relations, forward before backward.
const ALL: [(NodeKind, Way); 2 * Relation::COUNT] = {
    let info = Relation::ALL[0];
    let first = (info.from, Way { relation: info.relation, forward: true, to: info.to });
    let mut all = [first; 2 * Relation::COUNT];
    let mut at = 0;
    while at < all.len() {
        let info = Relation::ALL[at / 2];
        let (from, to) = if at % 2 == 0 { (info.from, info.to) } else { (info.to, info.from) };
        all[at] = (from, Way { relation: info.relation, forward: at % 2 == 0, to });
        at += 1;
    }
    all
};

/// Ways, as bits: bit n is that of the way at place n of all.
type Bits = u32;

/// The ways that lead out of each kind of node, and those that lead to it.
const OUT: [Bits; 8] = by_kind(true);
const IN: [Bits; 8] = by_kind(false);

const fn by_kind(out: bool) -> [Bits; 8] {
    let mut bits = [0; 8];
    let mut at = 0;
    while at < ALL.len() {
        let kind = if out { ALL[at].0 } else { ALL[at].1.to };
        bits[kind as usize] |= 1 << at;
        at += 1;
    }
    bits
}

/// Every second way: those that go forward.
const FORWARD: Bits = 0x5555_5555;

impl Way {
    /// The numbers of the nodes that it leads to.
    pub(super) fn ends(self, graph: &Graph, node: Node) -> &[u32] {
        let csr = graph.relation(self.relation);
        if self.forward { csr.targets(node.ix) } else { csr.sources(node.ix) }
    }

    /// The link to one of them.
    pub(super) const fn link(self, ix: u32) -> LinkRef {
        LinkRef { relation: self.relation, forward: self.forward, other: Node::new(self.to, ix) }
    }
}

/// The ways that a walk follows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways(Bits);

impl Ways {
    /// The ways over these kinds of relation, all where empty, in a direction. None leads to a source, or from one, which
    /// would join all that it reports.
    pub(super) fn over(via: &[RelationKind], follow: Follow) -> Self {
        let mut bits = if via.is_empty() { Bits::MAX } else { 0 };
        for (at, info) in Relation::ALL.iter().enumerate() {
            if via.contains(&info.kind) {
                bits |= 0b11 << (2 * at);
            }
        }
        let source = NodeKind::Source as usize;
        let direction = match follow {
            Follow::Either => Bits::MAX,
            Follow::Forward => FORWARD,
            Follow::Backward => !FORWARD,
        };
        Self(bits & direction & !IN[source] & !OUT[source])
    }

    /// The kinds of node that a walk from a kind may come to, that kind included, as bits.
    pub(super) fn kinds_from(self, kind: NodeKind) -> u8 {
        let (mut found, mut open) = (0u8, 1u8 << kind as u8);
        while open != 0 {
            let kind = open.trailing_zeros() as usize;
            found |= 1 << kind;
            let more = self.list(OUT[kind]).fold(0, |kinds, way| kinds | 1 << way.to as u8);
            open = (open | more) & !found;
        }
        found
    }

    /// Without the ways to other kinds than these, as bits.
    pub(super) fn only_to(self, kinds: u8) -> Self {
        let to = IN.iter().enumerate().filter(|(kind, _)| kinds >> kind & 1 != 0);
        Self(self.0 & to.fold(0, |all, (_, bits)| all | bits))
    }

    /// Those of these ways that are followed.
    #[inline]
    fn list(self, bits: Bits) -> impl Iterator<Item = Way> {
        let mut left = self.0 & bits;
        std::iter::from_fn(move || {
            let at = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            ALL.get(at).map(|(_, way)| *way)
        })
    }

    /// The ways out of a node.
    #[inline]
    pub(super) fn of(self, node: Node) -> impl Iterator<Item = Way> {
        self.list(OUT[node.kind as usize])
    }

    /// The links of a node.
    #[inline]
    pub(super) fn links(self, graph: &Graph, node: Node) -> impl Iterator<Item = LinkRef> {
        self.of(node).flat_map(move |way| way.ends(graph, node).iter().map(move |ix| way.link(*ix)))
    }

    /// How many links a node has.
    #[inline]
    pub(super) fn degree(self, graph: &Graph, node: Node) -> usize {
        self.of(node).map(|way| way.ends(graph, node).len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ways as they were chosen before they were bits: kind by kind, in the order of relations.
    fn by_hand(via: &[RelationKind], follow: Follow, from: NodeKind, to: &[NodeKind]) -> Vec<(Relation, bool)> {
        let mut ways = Vec::new();
        for info in Relation::ALL {
            if info.to == NodeKind::Source || !(via.is_empty() || via.contains(&info.kind)) {
                continue;
            }
            if follow != Follow::Backward && info.from == from && to.contains(&info.to) {
                ways.push((info.relation, true));
            }
            if follow != Follow::Forward && info.to == from && to.contains(&info.from) {
                ways.push((info.relation, false));
            }
        }
        ways
    }

    #[test]
    fn ways_are_those_of_the_relations() {
        let some = [&[][..], &[RelationKind::Cites], &[RelationKind::IsA, RelationKind::Mentions], RelationKind::ALL];
        let kinds = |bits: u8| -> Vec<NodeKind> {
            NodeKind::ALL.iter().copied().filter(|kind| bits >> *kind as u8 & 1 != 0).collect()
        };
        for (via, follow) in
            some.iter().flat_map(|via| [Follow::Either, Follow::Forward, Follow::Backward].map(|follow| (*via, follow)))
        {
            let ways = Ways::over(via, follow);
            for from in NodeKind::ALL {
                let mut come = vec![*from];
                let mut at = 0;
                while let Some(kind) = come.get(at) {
                    let next = NodeKind::ALL.iter().filter(|to| !by_hand(via, follow, *kind, &[**to]).is_empty());
                    let next: Vec<_> = next.filter(|to| !come.contains(to)).copied().collect();
                    come.extend(next);
                    at += 1;
                }
                come.sort_unstable();
                let found = ways.kinds_from(*from);
                assert_eq!(kinds(found), come, "{via:?} {follow:?} {from:?}");
                for to in [u8::MAX, found, 0, 0b1010_1010] {
                    let listed = ways.only_to(to).of(Node::new(*from, 0)).map(|way| (way.relation, way.forward));
                    assert_eq!(listed.collect::<Vec<_>>(), by_hand(via, follow, *from, &kinds(to)));
                }
            }
        }
    }
}
