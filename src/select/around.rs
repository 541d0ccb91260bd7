//! What lies around a node?
//!
//! Ring by ring, as many nodes as fit; the links among them and what they leave out only for those who ask. Must not
//! know: how a client asks.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::pace::Pace;
use super::ways::{Follow, Ways};
use crate::domain::RelationKind;
use crate::graph::{Graph, Node, Relation};

/// Most nodes of a neighbourhood that a client may ask for.
pub const NODES_CAP: u32 = 1000;

/// The nodes around a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// Nodes, nearest first, then by kind and id; the node itself first.
    pub nodes: Vec<Node>,
    /// Whether nodes within the hops were left out.
    pub truncated: bool,
    /// Links looked at.
    pub work: u64,
}

/// What is drawn between the nodes of a part of the graph, and what leads out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inner {
    /// Links among the nodes: from, to and relation, each once.
    pub links: Vec<(Node, Node, Relation)>,
    /// For each node with neighbours outside, in the order of the nodes: how many.
    pub hidden: Vec<(Node, u32)>,
    /// Links looked at.
    pub work: u64,
}

/// The nodes within some hops of a node, at most `limit`. Where a ring does not fit, its most linked nodes stay, ties by
/// kind and id. `via`: over these kinds of relation, all where empty.
///
/// Complexity: linear in the links of the nodes found. Where the pace stops it, what it gives is no answer.
#[must_use]
pub fn neighborhood(
    graph: &Graph,
    center: Node,
    hops: u32,
    via: &[RelationKind],
    limit: usize,
    pace: &Pace<'_>,
) -> Around {
    let ways = Ways::over(via, Follow::Either);
    let mut seen = FxHashSet::from_iter([center]);
    let mut found = Around { nodes: vec![center], truncated: false, work: 0 };
    let mut level = 0..1;
    for _ in 0..hops {
        let mut ring: Vec<Node> = Vec::new();
        for at in level {
            let node = found.nodes[at];
            for way in ways.of(node) {
                let ends = way.ends(graph, node);
                found.work += ends.len() as u64;
                if !pace.spend(ends.len() as u64) {
                    return found;
                }
                ring.extend(ends.iter().map(|ix| way.link(*ix).other).filter(|other| seen.insert(*other)));
            }
        }
        let room = limit.saturating_sub(found.nodes.len());
        if ring.len() > room {
            found.truncated = true;
            if room > 0 {
                let mut ranked: Vec<_> = ring.iter().map(|n| (Reverse(graph.degree(*n, None)), *n)).collect();
                ranked.select_nth_unstable(room - 1);
                ring = ranked[..room].iter().map(|(_, n)| *n).collect();
            } else {
                ring.clear();
            }
        }
        ring.sort_unstable();
        level = found.nodes.len()..found.nodes.len() + ring.len();
        found.nodes.append(&mut ring);
        if found.truncated || level.is_empty() {
            break;
        }
    }
    found
}

/// The links among nodes, and how many neighbours of each are not among them.
///
/// Complexity: linear in the links of the nodes, plus the sort of those among them. Where the pace stops it, what it gives
/// is no answer.
#[must_use]
pub fn inner(graph: &Graph, nodes: &[Node], via: &[RelationKind], pace: &Pace<'_>) -> Inner {
    let ways = Ways::over(via, Follow::Either);
    let kept: FxHashSet<Node> = nodes.iter().copied().collect();
    let mut inner = Inner { links: Vec::new(), hidden: Vec::new(), work: 0 };
    let mut outside: Vec<Node> = Vec::new();
    for node in nodes {
        outside.clear();
        for link in ways.links(graph, *node) {
            inner.work += 1;
            if !pace.spend(1) {
                return inner;
            }
            if !kept.contains(&link.other) {
                outside.push(link.other);
            } else if link.forward {
                inner.links.push((*node, link.other, link.relation));
            }
        }
        outside.sort_unstable();
        outside.dedup();
        if !outside.is_empty() {
            inner.hidden.push((*node, outside.len() as u32));
        }
    }
    inner.links.sort_unstable();
    inner.links.dedup();
    inner
}
