//! Is the graph, through petgraph's traits, the same as a plain `DiGraph` made of the same links?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use petgraph::Direction;
use petgraph::algo::{connected_components, dijkstra, is_cyclic_directed, kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{
    Bfs, EdgeCount, EdgeRef, IntoEdgeReferences, IntoEdges, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
    NodeCount, NodeIndexable,
};
use proptest::prelude::*;
use trialweave::dataset;
use trialweave::domain::{Dataset, DiseaseQualifier, DrugRole, NodeKind, TargetRole};
use trialweave::generate::Size;
use trialweave::graph::{Graph, Node, NodeIx, Relation};
use trialweave::index::{Index, Title};

use crate::ask::snapshot;
use crate::world::{Dice, cases, generated};

/// The bundled records without statements and notes, whose links are made anew for each case.
static RECORDS: LazyLock<Dataset> = LazyLock::new(|| {
    let mut data = dataset::bundled().unwrap();
    data.statements.clear();
    data.notes.clear();
    data.regimens.clear();
    data.trials.truncate(30);
    data
});

/// Records with random links, and the same links as a plain graph: relation on each, ids on the nodes.
fn random(seed: u64, percent: usize) -> (Dataset, DiGraph<String, Relation>) {
    let mut dice = Dice::new(seed);
    let mut data = RECORDS.clone();
    let mut plain = DiGraph::new();
    let mut places: BTreeMap<String, NodeIndex> = BTreeMap::new();
    let mut ids = |kind: &str, ids: Vec<&String>| -> Vec<String> {
        let named = ids.into_iter().map(|id| (id.clone(), format!("{kind}:{id}"))).collect::<Vec<_>>();
        for (_, name) in &named {
            places.insert(name.clone(), plain.add_node(name.clone()));
        }
        named.into_iter().map(|(id, _)| id).collect()
    };
    let trials = ids("trial", data.trials.iter().map(|t| &t.id).collect());
    let targets = ids("target", data.targets.iter().map(|t| &t.concept.id).collect());
    let diseases = ids("disease", data.diseases.iter().map(|d| &d.concept.id).collect());
    let drugs = ids("drug", data.drugs.iter().map(|d| &d.concept.id).collect());
    let references = ids("reference", data.references.iter().map(|r| &r.id).collect());
    ids("source", data.sources.iter().map(|s| &s.id).collect());
    let mut link = |relation: Relation, from: String, to: String| {
        plain.add_edge(places[&from], places[&to], relation);
    };
    let mut some = |of: &[String]| of.iter().filter(|_| dice.chance(percent)).cloned().collect::<Vec<_>>();

    data.trial_references.clear();
    for (trial, id) in data.trials.iter_mut().zip(&trials) {
        let name = format!("trial:{id}");
        trial.regimen = None;
        trial.targets = some(&targets).into_iter().map(|t| (t, TargetRole::ALL[0])).collect();
        trial.diseases = some(&diseases).into_iter().map(|d| (d, vec![DiseaseQualifier::ALL[0]])).collect();
        trial.drugs = some(&drugs).into_iter().map(|d| (d, DrugRole::ALL[0])).collect();
        trial.targets.iter().for_each(|t| link(Relation::TrialTarget, name.clone(), format!("target:{}", t.0)));
        trial.diseases.iter().for_each(|d| link(Relation::TrialDisease, name.clone(), format!("disease:{}", d.0)));
        trial.drugs.iter().for_each(|d| link(Relation::TrialDrug, name.clone(), format!("drug:{}", d.0)));
        for reference in some(&references) {
            link(Relation::TrialReference, name.clone(), format!("reference:{reference}"));
            data.trial_references.push((id.clone(), reference));
        }
        let sources: BTreeSet<_> = trial.rows.iter().map(|row| &row.source).collect();
        sources.into_iter().for_each(|s| link(Relation::TrialSource, name.clone(), format!("source:{s}")));
    }
    data.reference_citations.clear();
    for citing in &references {
        for cited in some(&references) {
            link(Relation::ReferenceReference, format!("reference:{citing}"), format!("reference:{cited}"));
            data.reference_citations.push((citing.clone(), cited));
        }
    }
    for (at, disease) in data.diseases.iter_mut().enumerate() {
        disease.parents = some(&diseases[..at]);
        let name = format!("disease:{}", diseases[at]);
        disease.parents.iter().for_each(|p| link(Relation::DiseaseDisease, name.clone(), format!("disease:{p}")));
    }
    (data, plain)
}

fn id(graph: &Graph, node: Node) -> String {
    graph.strings.text(graph.names(node.kind).id[node.ix as usize]).into_owned()
}

/// Names of nodes, sorted; a node that is there twice is named twice.
fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn the_graph_is_a_plain_digraph_of_the_same_links(seed in any::<u64>(), percent in prop::sample::select(vec![1usize, 4, 15])) {
        let (data, plain) = random(seed, percent);
        let ours = Graph::build(&data);
        let flat = |name: &str| ours.node_identifiers().find(|n| id(&ours, ours.unflat(*n)) == name).unwrap();
        prop_assert_eq!(ours.node_count(), plain.node_count());
        prop_assert_eq!(ours.edge_count(), plain.edge_count());
        let name = |n| id(&ours, ours.unflat(n));

        for place in plain.node_indices() {
            let node = flat(&plain[place]);
            for direction in [Direction::Outgoing, Direction::Incoming] {
                let found = sorted((&ours).neighbors_directed(node, direction).map(name));
                let expected = sorted(plain.neighbors_directed(place, direction).map(|n| plain[n].clone()));
                prop_assert_eq!(found, expected, "{} {:?}", &plain[place], direction);
            }
            prop_assert_eq!(sorted((&ours).neighbors(node).map(name)), sorted((&ours).edges(node).map(|e| name(e.target()))));
        }
        let labelled = |from: String, relation: &Relation, to: String| format!("{from} {relation:?} {to}");
        prop_assert_eq!(
            sorted((&ours).edge_references().map(|e| labelled(name(e.source()), e.weight(), name(e.target())))),
            sorted(plain.edge_references().map(|e| {
                labelled(plain[e.source()].clone(), e.weight(), plain[e.target()].clone())
            }))
        );

        // petgraph's own algorithms see the same graph.
        let start = NodeIndex::new(seed as usize % plain.node_count());
        let near: BTreeMap<_, _> = dijkstra(&ours, flat(&plain[start]), None, |_| 1u32).into_iter().map(|(n, d)| (name(n), d)).collect();
        let expected: BTreeMap<_, _> = dijkstra(&plain, start, None, |_| 1u32).into_iter().map(|(n, d)| (plain[n].clone(), d)).collect();
        prop_assert_eq!(&near, &expected);
        let parts = |parts: Vec<Vec<String>>| parts.into_iter().map(|p| sorted(p.into_iter())).collect::<BTreeSet<_>>();
        prop_assert_eq!(
            parts(kosaraju_scc(&ours).into_iter().map(|p| p.into_iter().map(name).collect()).collect()),
            parts(kosaraju_scc(&plain).into_iter().map(|p| p.into_iter().map(|n| plain[n].clone()).collect()).collect())
        );
        prop_assert_eq!(is_cyclic_directed(&ours), is_cyclic_directed(&plain));
        prop_assert_eq!(toposort(&ours, None).is_ok(), toposort(&plain, None).is_ok());
        let (mut walk, mut steps) = (Bfs::new(&ours, flat(&plain[start])), 0);
        while walk.next(&ours).is_some() {
            steps += 1;
        }
        prop_assert_eq!(steps, expected.len());
    }
}

#[test]
fn every_node_has_one_number_over_all_kinds() {
    let graph = Graph::build(&RECORDS);
    for (at, flat) in graph.node_identifiers().enumerate() {
        let node = graph.unflat(flat);
        assert_eq!((flat.0 as usize, graph.flat(node)), (at, flat));
    }
    assert_eq!(graph.count(NodeKind::Trial), 30);
}

/// Every node and link, put into petgraph's own graph one by one.
fn copy(graph: &Graph) -> DiGraph<Node, Relation> {
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
    let plain = copy(graph);
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

/// Holds what the heads of trials say against the columns and links that they were read off.
fn heads_hold(graph: &Graph, index: &Index) {
    let (t, heads) = (&graph.trials, &index.heads);
    let linked = [Relation::TrialTarget, Relation::TrialDisease, Relation::TrialDrug];
    let links = linked.map(|relation| (graph.relation(relation), heads.links(graph, relation).unwrap()));
    assert!(heads.links(graph, Relation::TrialReference).is_none());
    let count = graph.count(NodeKind::Trial);
    for trial in 0..count {
        let (at, head) = (trial as usize, heads.of(trial));
        let values = (head.status, head.phases, head.start_date, head.enrollment);
        assert_eq!(values, (t.status[at], t.phases[at], t.start_date[at], t.enrollment[at]));
        let title = t.title[at].some().map(|id| graph.strings.json(id));
        match head.title() {
            Title::None => assert_eq!(title, None),
            Title::At(start, bytes) => {
                assert_eq!(title, Some(&graph.strings.from(start)[..bytes.into()]));
            }
            Title::Long => assert!(title.unwrap().len() >= usize::from(u16::MAX)),
        }
        let id = graph.strings.text(t.registry_id[at]);
        let nct = id.strip_prefix("NCT").filter(|digits| digits.len() == 8).and_then(|digits| digits.parse().ok());
        assert_eq!(head.nct(), nct, "{id}");
        for (csr, links) in &links {
            assert_eq!(links.of(trial), csr.targets(trial));
            let few = trial..count.min(trial + 3);
            assert_eq!(links.between(&few), csr.forward().between(&few));
        }
    }
}

/// Holds what is known of the trials that link to nodes against the columns; says of how many relations it is known that
/// they ascend.
fn linked_hold(graph: &Graph, index: &Index) -> usize {
    let listed = [Relation::TrialTarget, Relation::TrialDrug, Relation::TrialRegimen, Relation::TrialSource];
    let (t, mut ascending) = (&graph.trials, 0);
    for relation in listed {
        let mut ascend = true;
        for node in 0..graph.count(relation.info().to) {
            let list = graph.relation(relation).sources(node);
            let stages = index.linked.stages(graph, relation, node).unwrap();
            let of_columns = list.iter().map(|trial| (t.status[*trial as usize] as u8, t.phases[*trial as usize]));
            assert!(stages.iter().map(|stage| (stage.status(), stage.phases())).eq(of_columns), "{relation:?} {node}");
            ascend &= list.windows(2).all(|two| two[0] < two[1]);
        }
        assert_eq!(index.linked.ascend(relation), ascend, "{relation:?}");
        ascending += usize::from(ascend);
    }
    assert!(index.linked.stages(graph, Relation::TrialReference, 0).is_none());
    assert!(!index.linked.ascend(Relation::TrialReference));
    ascending
}

#[test]
fn the_trials_that_link_to_a_node_are_what_their_columns_say() {
    linked_hold(snapshot().graph(), snapshot().index());
    let (mut data, _) = random(1, 20);
    let graph = Arc::new(Graph::build(&data));
    assert_eq!(linked_hold(&graph, &Index::build(&graph)), 4);
    let twice = data.trials.iter_mut().find(|trial| !trial.targets.is_empty()).unwrap();
    twice.targets.push(twice.targets[0].clone());
    let graph = Arc::new(Graph::build(&data));
    assert_eq!(linked_hold(&graph, &Index::build(&graph)), 3, "one trial says it twice");
}

#[test]
fn the_head_of_a_trial_says_what_its_columns_say() {
    heads_hold(snapshot().graph(), snapshot().index());
    let size = Size { trials: 700, targets: 20, diseases: 40, drugs: 50, references: 30, citations: 2 };
    let some = generated(size, 3);
    heads_hold(some.graph(), some.index());
    let (mut data, _) = random(1, 20);
    let long = [usize::from(u16::MAX) - 2, usize::from(u16::MAX) - 3, 70_000];
    data.trials[0].title = None;
    for (trial, bytes) in data.trials[1..].iter_mut().zip(long) {
        trial.title = Some("x".repeat(bytes));
    }
    for trials in [data.trials.len(), 1, 0] {
        data.trials.truncate(trials);
        let graph = Arc::new(Graph::build(&data));
        heads_hold(&graph, &Index::build(&graph));
    }
}
