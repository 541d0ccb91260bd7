//! Which trials have links, or a regimen, that pass?
//!
//! Walks from the nodes that are asked for to their trials, not over all trials.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use super::{either, union};
use crate::domain::{DrugRole, NodeKind};
use crate::graph::{Csr, Graph, Relation};
use crate::index::set_of;
use crate::select::criteria::{LinkTest, NumberTest, Quantifier, SetTest};
use crate::select::filter::Scope;
use crate::select::nodes::NodeFilter;

/// The links of a relation seen from the side that is not the trial: (trial, link number) of each node.
fn each_link(csr: &Csr, from_trial: bool, node: u32, mut each: impl FnMut(u32, u32)) {
    if from_trial {
        let links = csr.links_to(node);
        for (at, trial) in csr.sources(node).iter().enumerate() {
            each(*trial, links.get(at).copied().unwrap_or(u32::MAX));
        }
    } else {
        for link in csr.links(node) {
            each(csr.target(link), link);
        }
    }
}

pub(super) fn linked<'s>(
    scope: &Scope<'s>,
    relation: Relation,
    quantifier: Quantifier,
    nodes: &NodeFilter,
    test: &LinkTest,
) -> Cow<'s, RoaringBitmap> {
    if relation == Relation::TrialDisease
        && quantifier == Quantifier::Some
        && *test == LinkTest::Any
        && let Some(disease) = nodes.all_below()
        && let Some(known) = scope.snapshot.index().below(scope.snapshot.graph()).trials(disease)
    {
        return Cow::Borrowed(known);
    }
    let csr = scope.snapshot.graph().relation(relation);
    let from_trial = relation.info().from == NodeKind::Trial;
    let kind = if from_trial { relation.info().to } else { relation.info().from };
    let chosen = nodes.eval(scope, kind);
    // All links lead to such nodes where none leads to another.
    let sought = match quantifier {
        Quantifier::Every => (0..scope.snapshot.graph().count(kind)).collect::<RoaringBitmap>() - chosen,
        Quantifier::Some | Quantifier::None => chosen,
    };
    let mut hits = Vec::new();
    for node in &sought {
        each_link(csr, from_trial, node, |trial, link| {
            scope.count(1);
            if test.passes(csr.fact(link)) {
                hits.push(trial);
            }
        });
    }
    let hits = set_of(&hits);
    Cow::Owned(if quantifier == Quantifier::Some { hits } else { scope.all() - hits })
}

pub(super) fn link_count(scope: &Scope<'_>, relation: Relation, test: &NumberTest, link: &LinkTest) -> RoaringBitmap {
    let by_degree = scope.snapshot.index().postings.degree.get(&relation);
    if let Some(by_degree) = by_degree.filter(|_| *link == LinkTest::Any) {
        return union(by_degree.iter().filter(|(n, _)| test.passes(Some(**n))).map(|(_, trials)| trials)).into_owned();
    }
    let graph = scope.snapshot.graph();
    scope.count(scope.all().len() as usize);
    let fits = |trial: &u32| test.passes(Some(links_that_pass(graph, relation, link, *trial)));
    scope.all().iter().filter(fits).collect()
}

/// How many links of a trial have facts that pass.
pub(super) fn links_that_pass(graph: &Graph, relation: Relation, test: &LinkTest, trial: u32) -> u32 {
    let csr = graph.relation(relation);
    if relation.info().from != NodeKind::Trial {
        return csr.sources(trial).len() as u32;
    }
    csr.links(trial).filter(|link| test.passes(csr.fact(*link))).count() as u32
}

pub(super) fn regimen(scope: &Scope<'_>, test: &SetTest, role: Option<DrugRole>) -> RoaringBitmap {
    let graph = scope.snapshot.graph();
    let members = graph.relation(Relation::RegimenDrug);
    let fits = |link: u32| role.is_none_or(|r| members.fact(link) == r as u32);
    // Regimens that hold a drug, in the role.
    let holding = |drug: u32| -> RoaringBitmap {
        let links = members.links_to(drug).iter().zip(members.sources(drug));
        scope.count(members.sources(drug).len());
        links.filter(|(link, _)| fits(**link)).map(|(_, regimen)| *regimen).collect()
    };
    let regimens: RoaringBitmap = match test {
        SetTest::IsEmpty(empty) => {
            let with = match role {
                None => scope.snapshot.index().postings.regimen.clone(),
                Some(_) => {
                    let all = 0..graph.count(NodeKind::Regimen);
                    scope.count(members.len());
                    trials_of(scope, &all.filter(|r| members.links(*r).any(fits)).collect())
                }
            };
            return either(scope, &with, !*empty);
        }
        SetTest::ContainsAny(drugs) => drugs.iter().fold(RoaringBitmap::new(), |sum, d| sum | holding(*d)),
        SetTest::ContainsAll(drugs) | SetTest::Exactly(drugs) => {
            let mut sets = drugs.iter().map(|d| holding(*d));
            let first = sets.next().unwrap_or_default();
            let mut all = sets.fold(first, |both, set| both & set);
            if matches!(test, SetTest::Exactly(_)) {
                let mut distinct = drugs.clone();
                distinct.sort_unstable();
                distinct.dedup();
                let exact = |r: &u32| members.links(*r).filter(|l| fits(*l)).count() == distinct.len();
                all = all.iter().filter(exact).collect();
            }
            all
        }
    };
    trials_of(scope, &regimens)
}

fn trials_of(scope: &Scope<'_>, regimens: &RoaringBitmap) -> RoaringBitmap {
    let uses = scope.snapshot.graph().relation(Relation::TrialRegimen);
    let mut found = RoaringBitmap::new();
    for regimen in regimens {
        scope.count(uses.sources(regimen).len());
        found.extend(uses.sources(regimen).iter().copied());
    }
    found
}
