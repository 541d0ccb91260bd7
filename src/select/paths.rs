//! How are two nodes connected?
//!
//! Simple paths over links in either direction, shortest first, within a budget. Distances to the goal are found first,
//! by a walk backwards from it, so that no step is tried that cannot arrive in time. Must not know: how a client asks.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::domain::{NodeKind, RelationKind};
use crate::graph::{Graph, LinkRef, Node};

/// What to look for.
#[derive(Debug, Clone)]
pub struct PathQuery {
    /// From here.
    pub from: Node,
    /// To there.
    pub to: Node,
    /// Most links on a path.
    pub max_hops: u32,
    /// Most paths.
    pub max_paths: usize,
    /// Only these kinds of relation; all where empty.
    pub via: Vec<RelationKind>,
    /// Nodes with more links than this are not passed through; the direct link always counts.
    pub avoid_degree_above: Option<usize>,
    /// Most links looked at.
    pub budget: u64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Paths, shortest first, then by the nodes they pass; each a list of steps.
    pub paths: Vec<Vec<LinkRef>>,
    /// Why there may be more.
    pub cut: Option<Cut>,
    /// Links looked at.
    pub work: u64,
}

/// Why a walk was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// As many as were asked for are found; there are more.
    Enough,
    /// The budget of links is spent.
    Budget,
}

/// Whether a link is followed: its kind is wanted, and it leads to no source (which would join everything it reports).
fn counts(link: &LinkRef, via: &[RelationKind]) -> bool {
    link.other.kind != NodeKind::Source && (via.is_empty() || via.contains(&link.relation.info().kind))
}

struct Walk<'a> {
    graph: &'a Graph,
    query: &'a PathQuery,
    /// Links to the goal, for each node that is near enough.
    distance: HashMap<Node, u32>,
    work: u64,
    found: Vec<Vec<LinkRef>>,
    cut: Option<Cut>,
}

/// Finds the paths between two nodes.
///
/// Complexity: linear in the links around the goal up to the hops, plus those of the paths; both bounded by the budget.
#[must_use]
pub fn paths(graph: &Graph, query: &PathQuery) -> Paths {
    let mut walk = Walk { graph, query, distance: HashMap::new(), work: 0, found: Vec::new(), cut: None };
    if query.from != query.to {
        walk.measure();
        let shortest = walk.distance.get(&query.from).copied();
        for length in shortest.into_iter().flat_map(|d| d..=query.max_hops) {
            if walk.cut.is_some() {
                break;
            }
            let mut steps = Vec::new();
            walk.extend(query.from, length, &mut steps);
        }
    }
    Paths { paths: walk.found, cut: walk.cut, work: walk.work }
}

impl Walk<'_> {
    /// Links of a node that count, in order of presentation; parallel links of one kind once.
    fn links(&mut self, node: Node) -> Vec<LinkRef> {
        let mut links = Vec::new();
        let via = &self.query.via;
        self.graph.each_link(node, |link| {
            if counts(&link, via) {
                links.push(link);
            }
        });
        self.work += links.len() as u64;
        links.sort_unstable();
        links.dedup();
        links
    }

    fn may_pass(&self, node: Node) -> bool {
        self.query.avoid_degree_above.is_none_or(|most| self.graph.degree(node, None) <= most)
    }

    /// Measures the distance to the goal of every node within reach.
    fn measure(&mut self) {
        self.distance.insert(self.query.to, 0);
        let mut level = vec![self.query.to];
        for hops in 1..=self.query.max_hops {
            let mut next = Vec::new();
            for node in level {
                if node != self.query.to && !self.may_pass(node) {
                    continue;
                }
                for link in self.links(node) {
                    if let Entry::Vacant(unseen) = self.distance.entry(link.other) {
                        unseen.insert(hops);
                        next.push(link.other);
                    }
                }
                if self.work > self.query.budget {
                    self.cut = Some(Cut::Budget);
                    return;
                }
            }
            level = next;
        }
    }

    /// Extends a path by links from which the goal can be reached in exactly the links left.
    fn extend(&mut self, at: Node, left: u32, steps: &mut Vec<LinkRef>) {
        for link in self.links(at) {
            if self.cut.is_some() {
                return;
            }
            if self.work > self.query.budget {
                self.cut = Some(Cut::Budget);
                return;
            }
            if link.other == self.query.to {
                if left == 1 {
                    if self.found.len() == self.query.max_paths {
                        self.cut = Some(Cut::Enough);
                        return;
                    }
                    let mut path = steps.clone();
                    path.push(link);
                    self.found.push(path);
                }
                continue;
            }
            let near = self.distance.get(&link.other).is_some_and(|d| *d < left);
            let fresh = link.other != self.query.from && steps.iter().all(|s| s.other != link.other);
            if left > 1 && near && fresh && self.may_pass(link.other) {
                steps.push(link);
                self.extend(link.other, left - 1, steps);
                steps.pop();
            }
        }
    }
}

/// A part of the graph around a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// Nodes, nearest first, then by kind and id; the node itself first.
    pub nodes: Vec<Node>,
    /// Links among them: from, to and relation, each once.
    pub links: Vec<(Node, Node, crate::graph::Relation)>,
    /// For each node in the part with neighbours outside: how many.
    pub hidden: Vec<(Node, u32)>,
    /// Whether nodes within the hops were left out.
    pub truncated: bool,
    /// Links looked at.
    pub work: u64,
}

/// The nodes within some hops of a node, at most `limit`, with the links among them.
///
/// Complexity: linear in the links of the nodes found.
#[must_use]
pub fn neighborhood(graph: &Graph, center: Node, hops: u32, via: &[RelationKind], limit: usize) -> Around {
    let counts = |link: &LinkRef| counts(link, via);
    let mut work = 0;
    let mut nodes = vec![center];
    let mut place: HashMap<Node, usize> = HashMap::from([(center, 0)]);
    let mut level = vec![center];
    let mut truncated = false;
    for _ in 0..hops {
        let mut next: Vec<Node> = Vec::new();
        for node in &level {
            graph.each_link(*node, |link| {
                work += 1;
                if counts(&link) && !place.contains_key(&link.other) {
                    next.push(link.other);
                }
            });
        }
        next.sort_unstable();
        next.dedup();
        let room = limit.saturating_sub(nodes.len());
        if next.len() > room {
            // What is most linked says most; ties by kind and id.
            next.sort_by_key(|n| (std::cmp::Reverse(graph.degree(*n, None)), *n));
            next.truncate(room);
            next.sort_unstable();
            truncated = true;
        }
        for node in &next {
            place.insert(*node, nodes.len());
            nodes.push(*node);
        }
        level = next;
    }
    let (mut links, mut hidden) = (Vec::new(), Vec::new());
    for node in &nodes {
        let mut outside: Vec<Node> = Vec::new();
        graph.each_link(*node, |link| {
            work += 1;
            if !counts(&link) {
                return;
            }
            if !place.contains_key(&link.other) {
                outside.push(link.other);
            } else if link.forward {
                links.push((*node, link.other, link.relation));
            }
        });
        outside.sort_unstable();
        outside.dedup();
        if !outside.is_empty() {
            hidden.push((*node, outside.len() as u32));
        }
    }
    links.sort_unstable();
    links.dedup();
    Around { nodes, links, hidden, truncated, work }
}
