//! How are two nodes connected?
//!
//! Simple paths over links in either direction or in one, shortest first, within a budget. Both ends are searched around, ring by
//! ring, always the end with fewer links before it, until the rings together reach the length sought; only then are
//! paths of that length put together, and no step is tried from which the goal lies too far. So two nodes that hang
//! close together cost little, whatever hubs lie beyond. Must not know: how a client asks.

use std::collections::hash_map::Entry;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::pace::Pace;
use super::ways::{Follow, Ways};
use crate::domain::RelationKind;
use crate::graph::{Graph, LinkRef, Node};

/// Most links of a path, rings of a neighbourhood and steps down a trace that a client may ask for.
pub const HOPS_CAP: u32 = 6;
/// Most paths that a client may ask for.
pub const PATHS_CAP: u32 = 100;

/// Nodes around an end for which there is room from the beginning: most pairs hang close together.
const FIRST: usize = 56;

/// Nodes of a ring for which there is room before they are found, at most.
const ROOM: usize = 1 << 10;

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
    /// In which direction links are followed from `from` to `to`.
    pub follow: Follow,
    /// Only paths as short as the shortest.
    pub shortest: bool,
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

/// What lies around one end.
struct Rings {
    /// Links to the end, for each node found: those that may be passed through, and the other end.
    distance: FxHashMap<Node, u32>,
    /// The nodes in the order found.
    nodes: Vec<Node>,
    /// Where the outermost ring begins among them.
    edge: usize,
    /// How many rings there are. No ring holds anything beyond the last where all that is connected is found.
    depth: u32,
    /// Links of the outermost ring.
    ahead: usize,
}

impl Rings {
    fn around(graph: &Graph, ways: Ways, end: Node) -> Self {
        let mut distance = FxHashMap::with_capacity_and_hasher(FIRST, FxBuildHasher);
        distance.insert(end, 0);
        let mut nodes = Vec::with_capacity(FIRST);
        nodes.push(end);
        Self { distance, nodes, edge: 0, depth: 0, ahead: ways.degree(graph, end) }
    }
}

struct Walk<'a> {
    graph: &'a Graph,
    query: &'a PathQuery,
    pace: &'a Pace<'a>,
    /// The ways from the start on, and from the goal back.
    ways: [Ways; 2],
    /// Around the start and around the goal.
    rings: [Rings; 2],
    /// Links to the goal of nodes around the start that its own rings do not reach.
    beyond: FxHashMap<Node, u32>,
    /// Length of the shortest path, once the rings have met.
    shortest: u32,
    work: u64,
    found: Vec<Vec<LinkRef>>,
    cut: Option<Cut>,
}

/// Finds the paths between two nodes.
///
/// Complexity: linear in the links of the rings around both ends that together reach the length of the longest path
/// given, plus those of the paths tried; both bounded by the budget. Where the pace stops it, what it gives is no answer.
#[must_use]
pub fn paths(graph: &Graph, query: &PathQuery, pace: &Pace<'_>) -> Paths {
    let [on, back] = [query.follow, query.follow.back()].map(|follow| Ways::over(&query.via, follow));
    // What cannot be come to from the one end is not looked at from the other.
    let (after, before) = (on.kinds_from(query.from.kind), back.kinds_from(query.to.kind));
    let ways = [on.only_to(before), back.only_to(after)];
    let rings = [Rings::around(graph, ways[0], query.from), Rings::around(graph, ways[1], query.to)];
    let (beyond, found) = (FxHashMap::default(), Vec::new());
    let mut walk = Walk { graph, query, pace, ways, rings, beyond, shortest: u32::MAX, work: 0, found, cut: None };
    if query.from != query.to {
        for length in 1..=query.max_hops {
            if !walk.reach(length) {
                break;
            }
            if walk.shortest <= length {
                walk.measure_beyond(length);
                walk.extend(query.from, length, &mut Vec::new());
            }
            if walk.cut.is_some() || query.shortest && !walk.found.is_empty() {
                break;
            }
        }
    }
    Paths { paths: walk.found, cut: walk.cut, work: walk.work }
}

impl Walk<'_> {
    /// Counts links looked at; whether the budget holds.
    fn spend(&mut self, links: usize) -> bool {
        self.work += links as u64;
        if self.work > self.query.budget || !self.pace.spend(links as u64) {
            self.cut = Some(Cut::Budget);
        }
        self.cut.is_none()
    }

    /// Adds rings until both sides together reach a length; false where there can be no path so long or longer, or the
    /// budget is spent.
    fn reach(&mut self, length: u32) -> bool {
        let [a, b] = &self.rings;
        let (mut depths, mut ahead) = ([a.depth, b.depth], [a.ahead, b.ahead]);
        while depths[0] + depths[1] < length {
            let side = usize::from(ahead[0] > ahead[1]);
            if ahead[side] == 0 {
                // All that hangs on this end is found: its distances are known, however far.
                return self.shortest != u32::MAX;
            }
            if !self.grow(side) {
                return false;
            }
            depths[side] = self.rings[side].depth;
            ahead[side] = self.rings[side].ahead;
        }
        true
    }

    /// Adds a ring around one end.
    fn grow(&mut self, side: usize) -> bool {
        if !self.spend(self.rings[side].ahead) {
            return false;
        }
        let (graph, query) = (self.graph, self.query);
        let opposite = if side == 0 { query.to } else { query.from };
        let [start, goal] = &mut self.rings;
        let (mine, theirs) = if side == 0 { (start, &*goal) } else { (goal, &*start) };
        let (begin, end) = (mine.edge, mine.nodes.len());
        // Room for most rings at once; where links lead to the same nodes, as in large ones, for some of it.
        mine.distance.reserve(mine.ahead.min(ROOM));
        mine.nodes.reserve(mine.ahead.min(ROOM));
        mine.depth += 1;
        mine.edge = end;
        mine.ahead = 0;
        for at in begin..end {
            let node = mine.nodes[at];
            if node == opposite {
                continue;
            }
            for link in self.ways[side].links(graph, node) {
                let Entry::Vacant(unknown) = mine.distance.entry(link.other) else { continue };
                let passable = query.avoid_degree_above.is_none_or(|most| graph.degree(link.other, None) <= most);
                if !passable && link.other != opposite {
                    continue;
                }
                unknown.insert(mine.depth);
                mine.nodes.push(link.other);
                if link.other != opposite {
                    mine.ahead += self.ways[side].degree(graph, link.other);
                }
                if let Some(rest) = theirs.distance.get(&link.other) {
                    self.shortest = self.shortest.min(mine.depth + rest);
                }
            }
        }
        true
    }

    /// Links to the goal, where they are known.
    fn distance(&self, node: Node) -> Option<u32> {
        self.rings[1].distance.get(&node).or_else(|| self.beyond.get(&node)).copied()
    }

    /// Measures the distance to the goal of nodes around the start that the goal's rings do not reach, as far as a path
    /// of this length can pass them.
    fn measure_beyond(&mut self, length: u32) {
        for hops in self.rings[1].depth + 1..length {
            for at in 0..self.rings[0].edge {
                let node = self.rings[0].nodes[at];
                let far = self.rings[0].distance.get(&node).is_none_or(|from_start| from_start + hops > length);
                if far || self.distance(node).is_some() {
                    continue;
                }
                let degree = self.ways[0].degree(self.graph, node);
                if !self.spend(degree) {
                    return;
                }
                let mut links = self.ways[0].links(self.graph, node);
                if links.any(|link| self.distance(link.other) == Some(hops - 1)) {
                    self.beyond.insert(node, hops);
                }
            }
        }
    }

    /// The links from a node to the goal, in order, parallel links of one relation once: read from the end with fewer.
    fn last_steps(&mut self, at: Node) -> Vec<LinkRef> {
        let goal = self.query.to;
        let (here, there) = (self.ways[0].degree(self.graph, at), self.ways[1].degree(self.graph, goal));
        self.spend(here.min(there));
        let mut links: Vec<LinkRef> = if here <= there {
            self.ways[0].links(self.graph, at).filter(|link| link.other == goal).collect()
        } else {
            let back = self.ways[1].links(self.graph, goal).filter(|link| link.other == at);
            back.map(|link| LinkRef { forward: !link.forward, other: goal, ..link }).collect()
        };
        links.sort_unstable();
        links.dedup();
        links
    }

    /// Extends a path by links from which the goal can be reached in exactly the links left.
    fn extend(&mut self, at: Node, left: u32, steps: &mut Vec<LinkRef>) {
        if self.cut.is_some() {
            return;
        }
        if left == 1 {
            for link in self.last_steps(at) {
                if self.found.len() == self.query.max_paths {
                    self.cut = Some(Cut::Enough);
                    return;
                }
                self.found.push(steps.iter().copied().chain([link]).collect());
            }
            return;
        }
        if !self.spend(self.ways[0].degree(self.graph, at)) {
            return;
        }
        let ends = [self.query.from, self.query.to];
        let near = |link: &LinkRef| {
            !ends.contains(&link.other)
                && self.distance(link.other).is_some_and(|hops| hops < left)
                && steps.iter().all(|step| step.other != link.other)
        };
        let mut links: Vec<LinkRef> = self.ways[0].links(self.graph, at).filter(near).collect();
        links.sort_unstable();
        links.dedup();
        for link in links {
            steps.push(link);
            self.extend(link.other, left - 1, steps);
            steps.pop();
        }
    }
}
