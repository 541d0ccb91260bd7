//! Do petgraph's algorithms walk the graph as they walk a plain copy of it?

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::algo::{connected_components, dijkstra, is_cyclic_directed, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeCount, EdgeRef, IntoEdgeReferences, IntoNeighborsDirected, NodeCount, NodeIndexable};
use trialweave::domain::NodeKind;
use trialweave::generate::Size;
use trialweave::graph::{Graph, Node, NodeIx, Relation};

use crate::ask::snapshot;
use crate::world::generated;

/// Every node and link, put into petgraph's own graph one by one.
fn plain(graph: &Graph) -> DiGraph<Node, Relation> {
    let mut plain = DiGraph::new();
    let mut place = BTreeMap::new();
    for kind in NodeKind::ALL {
        for ix in 0..graph.count(*kind) {
            let node = Node::new(*kind, ix);
            place.insert(node, plain.add_node(node));
        }
    }
    for info in Relation::ALL {
        for from in 0..graph.count(info.from) {
            for to in graph.relation(info.relation).targets(from) {
                plain.add_edge(place[&Node::new(info.from, from)], place[&Node::new(info.to, *to)], info.relation);
            }
        }
    }
    plain
}

fn same(graph: &Graph) {
    let plain = plain(graph);
    assert_eq!((graph.node_count(), graph.edge_count()), (plain.node_count(), plain.edge_count()));
    assert!(graph.edge_count() > 100);
    // The n-th node of one is the n-th of the other.
    let pair = |n: u32| (NodeIx(n), NodeIndex::new(n as usize));
    let nodes = 0..plain.node_count() as u32;
    for n in nodes.clone() {
        let (ours, theirs) = pair(n);
        assert_eq!(graph.unflat(ours), plain[theirs]);
        assert_eq!(NodeIndexable::to_index(&graph, ours), theirs.index());
        for direction in [Direction::Outgoing, Direction::Incoming] {
            let mut near: Vec<u32> = graph.neighbors_directed(ours, direction).map(|n| n.0).collect();
            let mut expected: Vec<u32> =
                plain.neighbors_directed(theirs, direction).map(|n| n.index() as u32).collect();
            near.sort_unstable();
            expected.sort_unstable();
            assert_eq!(near, expected, "{:?} {direction:?}", plain[theirs]);
        }
    }
    let mut edges: Vec<_> = graph.edge_references().map(|e| (*e.weight(), e.source().0, e.target().0)).collect();
    let ends = |e: petgraph::graph::EdgeReference<'_, Relation>| {
        (*e.weight(), e.source().index() as u32, e.target().index() as u32)
    };
    let mut expected: Vec<_> = plain.edge_references().map(ends).collect();
    edges.sort_unstable();
    expected.sort_unstable();
    assert_eq!(edges, expected);
    assert_eq!(connected_components(graph), connected_components(&plain));
    assert_eq!(is_cyclic_directed(graph), is_cyclic_directed(&plain));
    for n in nodes.step_by(97) {
        let (ours, theirs) = pair(n);
        let far = dijkstra(&graph, ours, None, |_| 1u32);
        let expected = dijkstra(&plain, theirs, None, |_| 1u32);
        let far: BTreeMap<u32, u32> = far.into_iter().map(|(n, d)| (n.0, d)).collect();
        let expected: BTreeMap<u32, u32> = expected.into_iter().map(|(n, d)| (n.index() as u32, d)).collect();
        assert_eq!(far, expected);
    }
    let sorted = |mut parts: Vec<Vec<u32>>| {
        parts.iter_mut().for_each(|part| part.sort_unstable());
        parts.sort();
        parts
    };
    let ours = kosaraju_scc(&graph).into_iter().map(|part| part.into_iter().map(|n| n.0).collect());
    let theirs = kosaraju_scc(&plain).into_iter().map(|part| part.into_iter().map(|n| n.index() as u32).collect());
    assert_eq!(sorted(ours.collect()), sorted(theirs.collect()));
}

#[test]
fn algorithms_walk_the_bundled_graph_as_a_plain_copy() {
    same(snapshot().graph());
}

#[test]
fn algorithms_walk_a_generated_graph_as_a_plain_copy() {
    let size = Size { trials: 400, targets: 30, diseases: 60, drugs: 40, references: 300, citations: 3 };
    same(generated(size, 5).graph());
}
