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

/// The ways out of every kind of node, in the order of relations, forward before backward.
#[derive(Debug)]
pub(super) struct Ways([Vec<Way>; 8]);

impl Ways {
    /// The ways over these kinds of relation, all where empty, in a direction. None leads to a source, which would join all
    /// that it reports.
    pub(super) fn over(via: &[RelationKind], follow: Follow) -> Self {
        let mut ways: [Vec<Way>; 8] = Default::default();
        for info in Relation::ALL {
            if info.to == NodeKind::Source || !(via.is_empty() || via.contains(&info.kind)) {
                continue;
            }
            if follow != Follow::Backward {
                ways[info.from as usize].push(Way { relation: info.relation, forward: true, to: info.to });
            }
            if follow != Follow::Forward {
                ways[info.to as usize].push(Way { relation: info.relation, forward: false, to: info.from });
            }
        }
        Self(ways)
    }

    /// The kinds of node that a walk from a kind may come to, that kind included.
    pub(super) fn kinds_from(&self, kind: NodeKind) -> [bool; 8] {
        let mut found = [false; 8];
        let mut open = vec![kind];
        while let Some(kind) = open.pop() {
            if !std::mem::replace(&mut found[kind as usize], true) {
                open.extend(self.0[kind as usize].iter().map(|way| way.to));
            }
        }
        found
    }

    /// Without the ways to other kinds than these.
    pub(super) fn only_to(mut self, kinds: [bool; 8]) -> Self {
        self.0.iter_mut().for_each(|ways| ways.retain(|way| kinds[way.to as usize]));
        self
    }

    /// The ways out of a node.
    pub(super) fn of(&self, node: Node) -> &[Way] {
        &self.0[node.kind as usize]
    }

    /// The links of a node.
    pub(super) fn links<'w>(&'w self, graph: &'w Graph, node: Node) -> impl Iterator<Item = LinkRef> + 'w {
        self.of(node).iter().flat_map(move |way| way.ends(graph, node).iter().map(|ix| way.link(*ix)))
    }

    /// How many links a node has.
    pub(super) fn degree(&self, graph: &Graph, node: Node) -> usize {
        self.of(node).iter().map(|way| way.ends(graph, node).len()).sum()
    }
}
