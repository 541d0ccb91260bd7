//! How do petgraph's algorithms walk this graph?
//!
//! The graph as one directed multigraph over all kinds: petgraph's visit traits on `&Graph`, so that its walkers and
//! algorithms run unchanged. Must not know: any algorithm.

use petgraph::Direction;
use petgraph::visit::{
    EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable,
    NodeRef, VisitMap, Visitable,
};

use super::walk::Relation;
use super::{Graph, Node};
use crate::domain::NodeKind;

/// A node's number over all kinds: kinds one after another in the order of [`NodeKind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeIx(pub u32);

/// A link: its relation and its number within the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkIx {
    /// The relation.
    pub relation: Relation,
    /// Its number.
    pub link: u32,
}

/// A link with its ends, as petgraph wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    source: NodeIx,
    target: NodeIx,
    id: LinkIx,
}

/// A node with its value, as petgraph wants it.
#[derive(Debug, Clone, Copy)]
pub struct NodeEntry(NodeIx, Node);

impl NodeRef for NodeEntry {
    type NodeId = NodeIx;
    type Weight = Node;
    fn id(&self) -> NodeIx {
        self.0
    }
    fn weight(&self) -> &Node {
        &self.1
    }
}

impl EdgeRef for Edge {
    type NodeId = NodeIx;
    type EdgeId = LinkIx;
    type Weight = Relation;
    fn source(&self) -> NodeIx {
        self.source
    }
    fn target(&self) -> NodeIx {
        self.target
    }
    fn weight(&self) -> &Relation {
        &self.id.relation
    }
    fn id(&self) -> LinkIx {
        self.id
    }
}

impl Graph {
    /// Number over all kinds of a node.
    ///
    /// Complexity: constant.
    #[must_use]
    pub fn flat(&self, node: Node) -> NodeIx {
        let before: u32 = NodeKind::ALL.iter().take(node.kind as usize).map(|k| self.count(*k)).sum();
        NodeIx(before + node.ix)
    }

    /// The node with this number over all kinds.
    #[must_use]
    pub fn unflat(&self, flat: NodeIx) -> Node {
        let mut ix = flat.0;
        for kind in NodeKind::ALL {
            let count = self.count(*kind);
            if ix < count {
                return Node::new(*kind, ix);
            }
            ix -= count;
        }
        Node::new(NodeKind::Source, ix)
    }

    fn flat_neighbors(&self, flat: NodeIx, direction: Direction) -> std::vec::IntoIter<NodeIx> {
        let node = self.unflat(flat);
        let mut found = Vec::new();
        self.each_link(node, |link| {
            if link.forward == (direction == Direction::Outgoing) {
                found.push(self.flat(link.other));
            }
        });
        found.into_iter()
    }

    fn flat_edges(&self, flat: NodeIx, direction: Direction) -> std::vec::IntoIter<Edge> {
        let node = self.unflat(flat);
        let mut found = Vec::new();
        for info in Relation::ALL {
            let csr = self.relation(info.relation);
            if direction == Direction::Outgoing && info.from == node.kind {
                for link in csr.links(node.ix) {
                    let target = self.flat(Node::new(info.to, csr.target(link)));
                    found.push(Edge { source: flat, target, id: LinkIx { relation: info.relation, link } });
                }
            }
            if direction == Direction::Incoming && info.to == node.kind {
                let mut from = csr.sources(node.ix).to_vec();
                from.dedup();
                for source in from {
                    for link in csr.links(source).filter(|l| csr.target(*l) == node.ix) {
                        let source = self.flat(Node::new(info.from, source));
                        found.push(Edge { source, target: flat, id: LinkIx { relation: info.relation, link } });
                    }
                }
            }
        }
        found.into_iter()
    }
}

impl GraphBase for Graph {
    type NodeId = NodeIx;
    type EdgeId = LinkIx;
}

impl petgraph::visit::Data for Graph {
    type NodeWeight = Node;
    type EdgeWeight = Relation;
}

impl GraphProp for Graph {
    type EdgeType = petgraph::Directed;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        NodeKind::ALL.iter().map(|k| self.count(*k) as usize).sum()
    }
}

impl EdgeCount for Graph {
    fn edge_count(&self) -> usize {
        Relation::ALL.iter().map(|r| self.relation(r.relation).len()).sum()
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        self.node_count()
    }
    fn to_index(&self, node: NodeIx) -> usize {
        node.0 as usize
    }
    fn from_index(&self, index: usize) -> NodeIx {
        NodeIx(index as u32)
    }
}

impl NodeCompactIndexable for Graph {}

impl IntoNeighbors for &Graph {
    type Neighbors = std::vec::IntoIter<NodeIx>;
    fn neighbors(self, node: NodeIx) -> Self::Neighbors {
        self.flat_neighbors(node, Direction::Outgoing)
    }
}

impl IntoNeighborsDirected for &Graph {
    type NeighborsDirected = std::vec::IntoIter<NodeIx>;
    fn neighbors_directed(self, node: NodeIx, direction: Direction) -> Self::NeighborsDirected {
        self.flat_neighbors(node, direction)
    }
}

impl IntoEdgeReferences for &Graph {
    type EdgeRef = Edge;
    type EdgeReferences = std::vec::IntoIter<Edge>;
    fn edge_references(self) -> Self::EdgeReferences {
        let all: Vec<_> = self.node_identifiers().flat_map(|node| self.flat_edges(node, Direction::Outgoing)).collect();
        all.into_iter()
    }
}

impl IntoEdges for &Graph {
    type Edges = std::vec::IntoIter<Edge>;
    fn edges(self, node: NodeIx) -> Self::Edges {
        self.flat_edges(node, Direction::Outgoing)
    }
}

impl IntoEdgesDirected for &Graph {
    type EdgesDirected = std::vec::IntoIter<Edge>;
    fn edges_directed(self, node: NodeIx, direction: Direction) -> Self::EdgesDirected {
        self.flat_edges(node, direction)
    }
}

impl IntoNodeIdentifiers for &Graph {
    type NodeIdentifiers = std::iter::Map<std::ops::Range<u32>, fn(u32) -> NodeIx>;
    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.node_count() as u32).map(NodeIx as fn(u32) -> NodeIx)
    }
}

impl IntoNodeReferences for &Graph {
    type NodeRef = NodeEntry;
    type NodeReferences = std::vec::IntoIter<NodeEntry>;
    fn node_references(self) -> Self::NodeReferences {
        let all: Vec<_> = self.node_identifiers().map(|n| NodeEntry(n, self.unflat(n))).collect();
        all.into_iter()
    }
}

/// Which nodes a walk has seen: one bit each.
#[derive(Debug, Clone, Default)]
pub struct Visited(Vec<u64>);

impl Visited {
    /// No node seen, of so many.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self(vec![0; nodes.div_ceil(64)])
    }
}

impl VisitMap<NodeIx> for Visited {
    fn visit(&mut self, node: NodeIx) -> bool {
        let (word, bit) = (node.0 as usize / 64, 1 << (node.0 % 64));
        let new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        new
    }
    fn is_visited(&self, node: &NodeIx) -> bool {
        self.0[node.0 as usize / 64] & 1 << (node.0 % 64) != 0
    }
    fn unvisit(&mut self, node: NodeIx) -> bool {
        let was = self.is_visited(&node);
        self.0[node.0 as usize / 64] &= !(1 << (node.0 % 64));
        was
    }
}

impl Visitable for Graph {
    type Map = Visited;
    fn visit_map(&self) -> Visited {
        Visited::new(self.node_count())
    }
    fn reset_map(&self, map: &mut Visited) {
        *map = self.visit_map();
    }
}
