//! What hangs together with this node over more than one link?
//!
//! Statements and references behind a node, the diseases below or above one, targets studied together, trials alike.
//! Must not know: how a client asks. All lists come ascending by id unless said otherwise.

use std::collections::HashMap;

use crate::domain::NodeKind;
use crate::graph::{Graph, Node, Relation};

/// Which part of the disease hierarchy is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expand {
    /// The concept alone.
    SelfOnly,
    /// It and the concepts one step below.
    Children,
    /// It and all concepts below.
    Descendants,
    /// It and the concepts one step above.
    Parents,
    /// It and all concepts above.
    Ancestors,
}

/// The disease and the part of the hierarchy around it.
///
/// Complexity: linear in the concepts found and their links.
#[must_use]
pub fn disease_scope(graph: &Graph, disease: u32, expand: Expand) -> Vec<u32> {
    let is_a = graph.relation(Relation::DiseaseDisease);
    let next = |d: u32| match expand {
        Expand::SelfOnly => &[][..],
        Expand::Children | Expand::Descendants => is_a.sources(d),
        Expand::Parents | Expand::Ancestors => is_a.targets(d),
    };
    let deep = matches!(expand, Expand::Descendants | Expand::Ancestors);
    let mut found = vec![disease];
    let mut seen: std::collections::HashSet<u32> = found.iter().copied().collect();
    let mut at = 0;
    while at < found.len() && (at == 0 || deep) {
        for other in next(found[at]) {
            if seen.insert(*other) {
                found.push(*other);
            }
        }
        at += 1;
    }
    found.sort_unstable();
    found
}

/// The concepts above a disease, nearest first, then by id; without the disease itself.
#[must_use]
pub fn ancestors(graph: &Graph, disease: u32) -> Vec<u32> {
    let is_a = graph.relation(Relation::DiseaseDisease);
    let mut found: Vec<u32> = Vec::new();
    let mut level = vec![disease];
    while !level.is_empty() {
        let mut above: Vec<u32> = level.iter().flat_map(|d| is_a.targets(*d)).copied().collect();
        above.sort_unstable();
        above.dedup();
        above.retain(|d| !found.contains(d) && *d != disease);
        found.extend(&above);
        level = above;
    }
    found
}

/// Trials that study a disease or one in its scope.
#[must_use]
pub fn trials_of_disease(graph: &Graph, disease: u32, expand: Expand) -> Vec<u32> {
    let studies = graph.relation(Relation::TrialDisease);
    union(disease_scope(graph, disease, expand).into_iter().map(|d| studies.sources(d)))
}

/// Statements that are about a node.
#[must_use]
pub fn statements_of(graph: &Graph, node: Node) -> Vec<u32> {
    let relation = match node.kind {
        NodeKind::Trial => Relation::StatementTrial,
        NodeKind::Target => Relation::StatementTarget,
        NodeKind::Disease => Relation::StatementDisease,
        NodeKind::Drug => Relation::StatementDrug,
        NodeKind::Reference => {
            return union([graph.relation(Relation::StatementReference).sources(node.ix)]);
        }
        NodeKind::Source => Relation::StatementSource,
        NodeKind::Regimen | NodeKind::Statement => return Vec::new(),
    };
    graph.relation(relation).sources(node.ix).to_vec()
}

/// References that statements on a node cite.
#[must_use]
pub fn references_of(graph: &Graph, node: Node) -> Vec<u32> {
    let cites = graph.relation(Relation::StatementReference);
    union(statements_of(graph, node).into_iter().map(|s| cites.targets(s)))
}

/// References behind a trial: those that statements on it cite and those that its registry lists. The source that
/// prints the trial's row is not one of them, even where it is a publication.
#[must_use]
pub fn references_of_trial(graph: &Graph, trial: u32) -> Vec<u32> {
    let mut found = references_of(graph, Node::new(NodeKind::Trial, trial));
    found.extend(graph.relation(Relation::TrialReference).targets(trial));
    found.sort_unstable();
    found.dedup();
    found
}

/// Trials whose facts rest on a reference: those of statements that cite it, those whose registry lists it, and, where
/// the reference is itself a source, those it reports.
#[must_use]
pub fn trials_of_reference(graph: &Graph, reference: u32) -> Vec<u32> {
    let mentions = graph.relation(Relation::StatementTrial);
    let mut found: Vec<u32> = graph
        .relation(Relation::StatementReference)
        .sources(reference)
        .iter()
        .flat_map(|s| mentions.targets(*s))
        .copied()
        .collect();
    found.extend(graph.relation(Relation::TrialReference).sources(reference));
    for (source, itself) in graph.sources.reference.iter().enumerate() {
        if *itself == reference {
            found.extend(graph.relation(Relation::TrialSource).sources(source as u32));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A target that is studied in the same trials as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoOccurrence {
    /// The other target.
    pub target: u32,
    /// In how many trials both are.
    pub trials: u32,
}

/// Targets studied together with one, most trials first, then by id.
///
/// Complexity: linear in the trials of the target and their targets.
#[must_use]
pub fn co_targets(graph: &Graph, target: u32) -> Vec<CoOccurrence> {
    let has = graph.relation(Relation::TrialTarget);
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for trial in has.sources(target) {
        for other in has.targets(*trial).iter().filter(|t| **t != target) {
            *counts.entry(*other).or_default() += 1;
        }
    }
    let mut found: Vec<_> = counts.into_iter().map(|(target, trials)| CoOccurrence { target, trials }).collect();
    found.sort_unstable_by_key(|c| (std::cmp::Reverse(c.trials), c.target));
    found
}

/// A trial that shares target and disease with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// The other trial.
    pub trial: u32,
    /// Targets that both have.
    pub targets: Vec<u32>,
    /// Diseases that both study.
    pub diseases: Vec<u32>,
}

/// Trials that share at least one target and one disease with a trial; most shared first, then by id.
///
/// Complexity: linear in the trials of its targets and diseases.
#[must_use]
pub fn similar(graph: &Graph, trial: u32) -> Vec<Similar> {
    let (has, studies) = (graph.relation(Relation::TrialTarget), graph.relation(Relation::TrialDisease));
    let mut found: HashMap<u32, Similar> = HashMap::new();
    for target in has.targets(trial) {
        for other in has.sources(*target).iter().filter(|t| **t != trial) {
            let entry = found.entry(*other);
            let entry = entry.or_insert_with(|| Similar { trial: *other, targets: vec![], diseases: vec![] });
            entry.targets.push(*target);
        }
    }
    for disease in studies.targets(trial) {
        for other in studies.sources(*disease) {
            if let Some(entry) = found.get_mut(other) {
                entry.diseases.push(*disease);
            }
        }
    }
    let mut found: Vec<_> = found.into_values().filter(|s| !s.diseases.is_empty()).collect();
    found.sort_unstable_by_key(|s| (std::cmp::Reverse(s.targets.len() + s.diseases.len()), s.trial));
    found
}

fn union<'a>(lists: impl IntoIterator<Item = &'a [u32]>) -> Vec<u32> {
    let mut all: Vec<u32> = lists.into_iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A target that is not tried in a disease, though it is in a sibling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhiteSpace {
    /// The target.
    pub target: u32,
    /// The siblings in which it is tried and in how many trials, most first, then by id.
    pub tried_in: Vec<(u32, u32)>,
}

/// Targets not tried in a disease or one below it, though tried in a sibling (a disease with a parent in common) or one
/// below that. Most trials first, then by id.
#[must_use]
pub fn white_space(graph: &Graph, disease: u32) -> Vec<WhiteSpace> {
    let is_a = graph.relation(Relation::DiseaseDisease);
    let has = graph.relation(Relation::TrialTarget);
    let trials = |d: u32| trials_of_disease(graph, d, Expand::Descendants);
    let own: std::collections::HashSet<u32> = trials(disease).iter().flat_map(|t| has.targets(*t)).copied().collect();
    let below = disease_scope(graph, disease, Expand::Descendants);
    let mut siblings: Vec<u32> =
        is_a.targets(disease).iter().flat_map(|p| is_a.sources(*p)).copied().filter(|d| !below.contains(d)).collect();
    siblings.sort_unstable();
    siblings.dedup();
    let mut found: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
    for sibling in siblings {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for trial in trials(sibling) {
            for target in has.targets(trial).iter().filter(|t| !own.contains(t)) {
                *counts.entry(*target).or_default() += 1;
            }
        }
        for (target, count) in counts {
            found.entry(target).or_default().push((sibling, count));
        }
    }
    let mut found: Vec<_> = found
        .into_iter()
        .map(|(target, mut tried_in)| {
            tried_in.sort_by_key(|(d, n)| (std::cmp::Reverse(*n), *d));
            WhiteSpace { target, tried_in }
        })
        .collect();
    let sum = |w: &WhiteSpace| w.tried_in.iter().map(|(_, n)| n).sum::<u32>();
    found.sort_by_key(|w| (std::cmp::Reverse(sum(w)), w.target));
    found
}
