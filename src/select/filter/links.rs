//! Which trials have links, or a regimen, that pass?
//!
//! Walks from the nodes that are asked for to their trials, not over all trials; or looks at the links of one trial. Must
//! not know: what else the filter asks.

use roaring::RoaringBitmap;

use super::part::{Known, Part};
use super::sets::union;
use crate::domain::{DrugRole, NodeKind};
use crate::graph::{Graph, Relation};
use crate::index::set_of;
use crate::select::criteria::{LinkTest, NumberTest, Quantifier, SetTest};
use crate::select::filter::Scope;
use crate::select::nodes::NodeFilter;

/// Links of trials to nodes of one kind, perhaps with something that must hold on the link.
#[derive(Debug)]
pub(super) struct Links {
    relation: Relation,
    /// The nodes.
    sought: RoaringBitmap,
    link: LinkTest,
    /// Whether a trial must have such a link, or none.
    pub(super) wanted: bool,
    /// How many links there are to the nodes.
    pub(super) count: u64,
}

impl Links {
    fn new(scope: &Scope<'_>, relation: Relation, sought: RoaringBitmap, link: LinkTest, wanted: bool) -> Self {
        let csr = scope.snapshot.graph().relation(relation);
        let from_trial = relation.info().from == NodeKind::Trial;
        let degree = |node| if from_trial { csr.sources(node) } else { csr.targets(node) }.len() as u64;
        let count = sought.iter().map(degree).sum();
        Self { relation, sought, link, wanted, count }
    }

    /// Links to nodes that pass.
    pub(super) fn to(
        scope: &Scope<'_>,
        relation: Relation,
        quantifier: Quantifier,
        nodes: &NodeFilter,
        link: LinkTest,
    ) -> Self {
        let info = relation.info();
        let kind = if info.from == NodeKind::Trial { info.to } else { info.from };
        let chosen = nodes.eval(scope, kind);
        // All links lead to such nodes where none leads to another.
        let sought = match quantifier {
            Quantifier::Every => (0..scope.snapshot.graph().count(kind)).collect::<RoaringBitmap>() - chosen,
            Quantifier::Some | Quantifier::None => chosen,
        };
        Self::new(scope, relation, sought, link, quantifier == Quantifier::Some)
    }

    /// Regimens with such members, all or those of one role.
    pub(super) fn regimen(scope: &Scope<'_>, test: &SetTest, role: Option<DrugRole>) -> Part {
        let graph = scope.snapshot.graph();
        let members = graph.relation(Relation::RegimenDrug);
        let fits = |link: u32| role.is_none_or(|r| members.fact(link) == r as u32);
        // Regimens that hold a drug, in the role.
        let holding = |drug: u32| -> RoaringBitmap {
            let links = members.links_to(drug).iter().zip(members.sources(drug));
            scope.count(members.sources(drug).len());
            links.filter(|(link, _)| fits(**link)).map(|(_, regimen)| *regimen).collect()
        };
        let mut wanted = true;
        let regimens = match (test, role) {
            (SetTest::IsEmpty(empty), None) => {
                return Part::In(Known::Regimen, !*empty);
            }
            (SetTest::IsEmpty(empty), Some(_)) => {
                wanted = !*empty;
                scope.count(members.len());
                (0..graph.count(NodeKind::Regimen)).filter(|r| members.links(*r).any(fits)).collect()
            }
            (SetTest::ContainsAny(drugs), _) => {
                drugs.iter().fold(RoaringBitmap::new(), |sum, drug| sum | holding(*drug))
            }
            (SetTest::ContainsAll(drugs) | SetTest::Exactly(drugs), _) => {
                let mut sets = drugs.iter().map(|drug| holding(*drug));
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
        Part::Links(Self::new(scope, Relation::TrialRegimen, regimens, LinkTest::Any, wanted))
    }

    /// Whether a trial fits.
    ///
    /// Complexity: linear in the links of the trial.
    pub(super) fn holds(&self, graph: &Graph, trial: u32) -> bool {
        let csr = graph.relation(self.relation);
        let (from_trial, plain) = (self.relation.info().from == NodeKind::Trial, self.link == LinkTest::Any);
        let sought = |node: &u32| self.sought.contains(*node);
        let passes = |link: &u32| self.link.passes(csr.fact(*link));
        let found = match (from_trial, plain) {
            (true, true) => csr.targets(trial).iter().any(sought),
            (true, false) => csr.links(trial).filter(passes).any(|link| sought(&csr.target(link))),
            (false, true) => csr.sources(trial).iter().any(sought),
            (false, false) => {
                let links = csr.links_into(trial);
                links.iter().zip(csr.sources(trial)).any(|(link, node)| passes(link) && sought(node))
            }
        };
        found == self.wanted
    }

    /// All trials that fit.
    ///
    /// Complexity: linear in the links of the nodes.
    pub(super) fn set(&self, scope: &Scope<'_>) -> RoaringBitmap {
        let csr = scope.snapshot.graph().relation(self.relation);
        let from_trial = self.relation.info().from == NodeKind::Trial;
        let mut hits = Vec::new();
        for node in &self.sought {
            if self.link == LinkTest::Any {
                hits.extend_from_slice(if from_trial { csr.sources(node) } else { csr.targets(node) });
            } else if from_trial {
                let links = csr.links_into(node);
                let passing =
                    links.iter().zip(csr.sources(node)).filter(|(link, _)| self.link.passes(csr.fact(**link)));
                hits.extend(passing.map(|(_, trial)| *trial));
            } else {
                hits.extend(
                    csr.links(node).filter(|link| self.link.passes(csr.fact(*link))).map(|link| csr.target(link)),
                );
            }
        }
        scope.count(self.count as usize);
        let hits = set_of(&hits);
        if self.wanted { hits } else { scope.all() - hits }
    }
}

/// All trials with so many links that pass.
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
