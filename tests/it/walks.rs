//! Is the graph walked as petgraph walks a plain copy of it, and do traces up and down agree?

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::LazyLock;

use petgraph::algo::all_simple_paths;
use petgraph::graph::{NodeIndex, UnGraph};
use proptest::prelude::*;
use trialweave::domain::{NodeKind, RelationKind};
use trialweave::generate::Size;
use trialweave::graph::{Graph, Node, Relation};
use trialweave::select::{self, Cut, Dimension, Follow, Pace, PathQuery, Thing};

use crate::ask::snapshot;
use crate::world::{cases, generated};

/// The links of the graph but those to sources, as an undirected multigraph: one link per relation and pair.
struct Plain {
    graph: UnGraph<Node, RelationKind>,
    place: BTreeMap<Node, NodeIndex>,
}

impl Plain {
    fn of(graph: &Graph, via: &[RelationKind]) -> Self {
        let mut plain = Self { graph: UnGraph::new_undirected(), place: BTreeMap::new() };
        for kind in NodeKind::ALL.iter().filter(|k| **k != NodeKind::Source) {
            for ix in 0..graph.count(*kind) {
                let node = Node::new(*kind, ix);
                plain.place.insert(node, plain.graph.add_node(node));
            }
        }
        let mut seen = BTreeSet::new();
        for info in Relation::ALL {
            if info.to == NodeKind::Source || !(via.is_empty() || via.contains(&info.kind)) {
                continue;
            }
            for from in 0..graph.count(info.from) {
                for to in graph.relation(info.relation).targets(from) {
                    if seen.insert((info.relation, from, *to)) {
                        let ends = [Node::new(info.from, from), Node::new(info.to, *to)].map(|n| plain.place[&n]);
                        plain.graph.add_edge(ends[0], ends[1], info.kind);
                    }
                }
            }
        }
        plain
    }

    fn distances(&self, from: Node) -> BTreeMap<Node, u32> {
        let mut found = BTreeMap::from([(from, 0)]);
        let mut queue = VecDeque::from([from]);
        while let Some(here) = queue.pop_front() {
            for next in self.graph.neighbors(self.place[&here]) {
                let next = self.graph[next];
                if !found.contains_key(&next) {
                    found.insert(next, found[&here] + 1);
                    queue.push_back(next);
                }
            }
        }
        found
    }
}

static PLAIN: LazyLock<Plain> = LazyLock::new(|| Plain::of(snapshot().graph(), &[]));

fn any_node() -> impl Strategy<Value = Node> {
    let nodes: Vec<_> = PLAIN.place.keys().copied().collect();
    prop::sample::select(nodes)
}

fn some_relations() -> impl Strategy<Value = Vec<RelationKind>> {
    prop::sample::subsequence(RelationKind::ALL.to_vec(), 0..=RelationKind::ALL.len())
}

fn query(from: Node, to: Node, max_hops: u32, via: Vec<RelationKind>) -> PathQuery {
    PathQuery {
        from,
        to,
        max_hops,
        max_paths: usize::MAX,
        via,
        follow: Follow::Either,
        shortest: false,
        avoid_degree_above: None,
        budget: u64::MAX,
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn paths_are_the_simple_paths_of_petgraph(
        from in any_node(), to in any_node(), hops in 1u32..=4, via in some_relations(),
    ) {
        prop_assume!(from != to);
        let graph = snapshot().graph();
        let plain = Plain::of(graph, &via);
        let found = select::paths(graph, &query(from, to, hops, via.clone()), &Pace::free());
        prop_assert_eq!(found.cut, None);
        prop_assert!(found.paths.is_sorted_by_key(Vec::len), "shortest first");
        let mut ours: Vec<Vec<Node>> = Vec::new();
        for path in &found.paths {
            ours.push(std::iter::once(from).chain(path.iter().map(|s| s.other)).collect());
        }
        // Parallel links of two relations are two paths: the lists are compared with their repeats.
        let all = all_simple_paths::<Vec<_>, _, std::hash::RandomState>(
            &plain.graph, plain.place[&from], plain.place[&to], 0, Some(hops as usize - 1),
        );
        let mut theirs: Vec<Vec<Node>> = all.map(|p| p.into_iter().map(|n| plain.graph[n]).collect()).collect();
        ours.sort();
        theirs.sort();
        prop_assert_eq!(ours, theirs);
    }

    /// In one direction: the paths of all whose every step goes that way; and the shortest alone.
    #[test]
    fn paths_in_one_direction_are_those_of_all_that_go_so(
        from in any_node(), to in any_node(), hops in 1u32..=4, via in some_relations(), forward in any::<bool>(),
    ) {
        prop_assume!(from != to);
        let graph = snapshot().graph();
        let either = select::paths(graph, &query(from, to, hops, via.clone()), &Pace::free()).paths;
        let follow = if forward { Follow::Forward } else { Follow::Backward };
        let one_way = PathQuery { follow, ..query(from, to, hops, via) };
        let found = select::paths(graph, &one_way, &Pace::free()).paths;
        let goes = |path: &Vec<trialweave::graph::LinkRef>| path.iter().all(|step| step.forward == forward);
        prop_assert_eq!(&found, &either.iter().filter(|path| goes(path)).cloned().collect::<Vec<_>>());
        for asked in [one_way.clone(), PathQuery { follow: Follow::Either, ..one_way }] {
            let all = select::paths(graph, &asked, &Pace::free()).paths;
            let shortest = select::paths(graph, &PathQuery { shortest: true, ..asked }, &Pace::free());
            let length = all.first().map_or(0, Vec::len);
            prop_assert_eq!(shortest.paths, all.into_iter().filter(|path| path.len() == length).collect::<Vec<_>>());
            prop_assert_eq!(shortest.cut, None);
        }
    }

    #[test]
    fn cut_paths_are_the_first_of_all(from in any_node(), to in any_node(), most in 1usize..20) {
        prop_assume!(from != to);
        let graph = snapshot().graph();
        let all = select::paths(graph, &query(from, to, 3, Vec::new()), &Pace::free());
        let cut = select::paths(graph, &PathQuery { max_paths: most, ..query(from, to, 3, Vec::new()) }, &Pace::free());
        prop_assert_eq!(&cut.paths[..], &all.paths[..most.min(all.paths.len())]);
        prop_assert_eq!(cut.cut, (all.paths.len() > most).then_some(Cut::Enough));
    }

    #[test]
    fn hubs_are_not_passed_through(from in any_node(), to in any_node(), most in 1usize..40) {
        prop_assume!(from != to);
        let graph = snapshot().graph();
        let all = select::paths(graph, &query(from, to, 3, Vec::new()), &Pace::free()).paths;
        let around = PathQuery { avoid_degree_above: Some(most), ..query(from, to, 3, Vec::new()) };
        let found = select::paths(graph, &around, &Pace::free()).paths;
        let passes = |path: &Vec<trialweave::graph::LinkRef>| {
            path[..path.len() - 1].iter().all(|step| graph.degree(step.other, None) <= most)
        };
        prop_assert_eq!(found, all.into_iter().filter(passes).collect::<Vec<_>>());
    }

    #[test]
    fn a_neighbourhood_is_what_a_walk_in_rings_finds(
        center in any_node(), hops in 1u32..=3, limit in 1usize..150, via in some_relations(),
    ) {
        let graph = snapshot().graph();
        let plain = Plain::of(graph, &via);
        let far = plain.distances(center);
        let within: Vec<Node> = far.iter().filter(|(_, d)| **d <= hops).map(|(n, _)| *n).collect();
        let whole = select::neighborhood(graph, center, hops, &via, usize::MAX, &Pace::free());
        let mut nodes = whole.nodes.clone();
        nodes.sort();
        prop_assert_eq!(&nodes, &within);
        prop_assert!(!whole.truncated && whole.nodes.is_sorted_by_key(|n| (far[n], *n)));
        let cut = select::neighborhood(graph, center, hops, &via, limit, &Pace::free());
        prop_assert!(cut.nodes.len() <= limit && cut.nodes.iter().all(|n| far[n] <= hops));
        prop_assert_eq!(cut.truncated, cut.nodes.len() < within.len());
        // Links among the nodes and neighbours left out, counted again.
        let inner = select::inner(graph, &cut.nodes, &via, &Pace::free());
        let kept: BTreeSet<Node> = cut.nodes.iter().copied().collect();
        let mut links = 0;
        for node in &kept {
            let near: Vec<Node> = plain.graph.neighbors(plain.place[node]).map(|n| plain.graph[n]).collect();
            links += near.iter().filter(|n| kept.contains(n)).count();
            let outside: BTreeSet<_> = near.iter().filter(|n| !kept.contains(n)).collect();
            let told = inner.hidden.iter().find(|(n, _)| n == node).map_or(0, |(_, count)| *count as usize);
            prop_assert_eq!(told, outside.len());
        }
        prop_assert_eq!(inner.links.len() * 2, links);
    }
}

fn reached(trace: &select::Trace, kind: NodeKind) -> BTreeSet<u32> {
    let nodes = trace.steps.iter().filter_map(|step| match step.thing {
        Thing::Node(node) if node.kind == kind => Some(node.ix),
        _ => None,
    });
    nodes.collect()
}

const ALL: usize = usize::MAX;

/// From a trial down to statements and their references, and from those back up to the trial.
#[test]
fn what_is_reached_down_reaches_up() {
    let graph = snapshot().graph();
    let cites = graph.relation(Relation::StatementReference);
    let mut reached_down = 0;
    for trial in 0..graph.count(NodeKind::Trial) {
        let down = select::trace_down(graph, Node::new(NodeKind::Trial, trial), 6, ALL, &Pace::free());
        assert!(!down.truncated);
        let (statements, references) = (reached(&down, NodeKind::Statement), reached(&down, NodeKind::Reference));
        for statement in &statements {
            for reference in cites.targets(*statement) {
                assert!(references.contains(reference));
                let up = select::trace_up(graph, Node::new(NodeKind::Reference, *reference), 6, ALL, &Pace::free());
                assert!(reached(&up, NodeKind::Statement).contains(statement));
                assert!(reached(&up, NodeKind::Trial).contains(&trial));
                reached_down += 1;
            }
        }
        for source in reached(&down, NodeKind::Source) {
            let up = select::trace_up(graph, Node::new(NodeKind::Source, source), 6, ALL, &Pace::free());
            assert!(reached(&up, NodeKind::Trial).contains(&trial));
        }
    }
    assert_eq!(reached_down, 7, "the links from statements to trials of the bundled data, each with one citation");
}

/// And the other way round: what rests on a reference leads down to it.
#[test]
fn what_is_reached_up_reaches_down() {
    let graph = snapshot().graph();
    for reference in 0..graph.count(NodeKind::Reference) {
        let up = select::trace_up(graph, Node::new(NodeKind::Reference, reference), 6, ALL, &Pace::free());
        for step in &up.steps {
            let Thing::Node(node) = step.thing else { panic!("upwards there are nodes only") };
            let down = select::trace_down(graph, node, 6, ALL, &Pace::free());
            assert!(reached(&down, NodeKind::Reference).contains(&reference), "{node:?} rests on {reference}");
        }
    }
}

/// What is told to rest on a reference alone has nothing else below it; all else has.
#[test]
fn what_rests_on_a_reference_alone_has_nothing_else_below() {
    let graph = snapshot().graph();
    let source_of = |reference: u32| graph.sources.reference.iter().position(|r| *r == reference).map(|s| s as u32);
    let cites = graph.relation(Relation::StatementReference);
    let mut alone = BTreeMap::new();
    for reference in 0..graph.count(NodeKind::Reference) {
        let falls = source_of(reference);
        let up = select::trace_up(graph, Node::new(NodeKind::Reference, reference), 6, ALL, &Pace::free());
        for step in up.steps {
            let Thing::Node(node) = step.thing else { continue };
            let down = select::trace_down(graph, node, 6, ALL, &Pace::free());
            let statements = if node.kind == NodeKind::Statement {
                BTreeSet::from([node.ix])
            } else {
                reached(&down, NodeKind::Statement)
            };
            let stands = |s: &u32| {
                Some(graph.statements.source[*s as usize]) != falls && cites.targets(*s).iter().any(|r| *r != reference)
                    || cites.targets(*s).is_empty() && Some(graph.statements.source[*s as usize]) != falls
            };
            let rows = down.steps.iter().filter_map(|s| match s.thing {
                Thing::Row(row) => Some(graph.rows.source.items()[row as usize]),
                _ => None,
            });
            let borne = statements.iter().any(stands) || rows.into_iter().any(|source| Some(source) != falls);
            assert_eq!(step.alone, !borne, "{node:?} on {reference}");
            *alone.entry(step.alone).or_insert(0) += 1;
        }
    }
    assert!(alone[&true] >= 50 && alone[&false] >= 50, "{alone:?}");
}

/// A walk at a pace, and how much it did.
type PacedWalk<'a> = &'a dyn Fn(&Pace<'_>) -> u64;

#[test]
fn a_walk_ends_soon_after_it_is_told_to() {
    let size = Size { trials: 6000, targets: 4, diseases: 4, drugs: 4, references: 300, citations: 3 };
    let snapshot = generated(size, 3);
    let graph = snapshot.graph();
    let target = Node::new(NodeKind::Target, 0);
    let disease = Node::new(NodeKind::Disease, 0);
    let source = Node::new(NodeKind::Source, 0);
    let trials = select::NodeSet::from((0..6000).filter(|trial| trial % 100 != 0).collect::<Vec<u32>>());
    let walks: [(&str, PacedWalk<'_>); 8] = [
        ("facet", &|pace| {
            let facet = select::facet(&snapshot, &trials, Dimension::Target, false, 10, pace);
            facet.buckets.iter().map(|bucket| u64::from(bucket.count)).sum()
        }),
        ("matrix", &|pace| {
            let by = [Dimension::Target, Dimension::Drug];
            select::matrix(&snapshot, &trials, by, false, (10, 10), pace).counts.iter().map(|n| u64::from(*n)).sum()
        }),
        ("pairs", &|pace| select::pairs(&snapshot, &trials, [Dimension::Target, Dimension::Drug], 10, pace).work),
        ("paths", &|pace| select::paths(graph, &query(target, disease, 4, Vec::new()), pace).work),
        ("neighborhood", &|pace| select::neighborhood(graph, target, 4, &[], usize::MAX, pace).work),
        ("inner", &|pace| {
            let all: Vec<_> = (0..6000).map(|trial| Node::new(NodeKind::Trial, trial)).collect();
            select::inner(graph, &all, &[], pace).work
        }),
        ("down", &|pace| select::trace_down(graph, target, 6, ALL, pace).steps.len() as u64),
        ("up", &|pace| select::trace_up(graph, source, 6, ALL, pace).steps.len() as u64),
    ];
    for (name, walk) in walks {
        let asked = Cell::new(0);
        let stop = || {
            asked.set(asked.get() + 1);
            false
        };
        let pace = Pace::while_(&stop);
        let work = walk(&pace);
        assert!(pace.stopped(), "{name}");
        assert_eq!(asked.get(), 1, "{name} went on after it was told to end");
        assert!(work < 20_000, "{name}: {work}");
        // Left to itself it goes further.
        if name != "paths" {
            assert!(walk(&Pace::free()) > work, "{name}");
        }
    }
}
