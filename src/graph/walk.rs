//! Which links leave a node, and what do they say?
//!
//! Must not know: paths longer than one step, filters, pages.

use super::{Graph, Node};
use crate::domain::{NodeKind, RelationKind};

/// One relation as stored: a relation kind between two kinds of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Relation {
    /// Trial to target. Fact: role.
    TrialTarget,
    /// Trial to disease. Fact: qualifiers as bits.
    TrialDisease,
    /// Trial to regimen.
    TrialRegimen,
    /// Trial to drug. Fact: role.
    TrialDrug,
    /// Regimen to drug. Fact: role.
    RegimenDrug,
    /// Statement to trial.
    StatementTrial,
    /// Statement to target.
    StatementTarget,
    /// Statement to disease.
    StatementDisease,
    /// Statement to drug.
    StatementDrug,
    /// Statement to cited reference. Fact: number of the citation.
    StatementReference,
    /// Citing to cited reference. Fact: number of the citation, or none.
    ReferenceReference,
    /// Trial to a reference that its registry lists.
    TrialReference,
    /// Disease to broader disease.
    DiseaseDisease,
    /// Trial to source.
    TrialSource,
    /// Statement to source.
    StatementSource,
}

/// What a relation joins.
#[derive(Debug, Clone, Copy)]
pub struct RelationInfo {
    /// The relation.
    pub relation: Relation,
    /// Its kind.
    pub kind: RelationKind,
    /// Kind of its sources.
    pub from: NodeKind,
    /// Kind of its targets.
    pub to: NodeKind,
}

impl Relation {
    /// How many relations there are.
    pub const COUNT: usize = 15;

    /// Every relation, in the order of presentation.
    pub const ALL: [RelationInfo; Self::COUNT] = {
        use NodeKind as K;
        use Relation as R;
        use RelationKind as L;
        const fn info(relation: R, kind: L, from: K, to: K) -> RelationInfo {
            RelationInfo { relation, kind, from, to }
        }
        [
            info(R::TrialTarget, L::HasTarget, K::Trial, K::Target),
            info(R::TrialDisease, L::Studies, K::Trial, K::Disease),
            info(R::TrialRegimen, L::UsesRegimen, K::Trial, K::Regimen),
            info(R::TrialDrug, L::HasDrug, K::Trial, K::Drug),
            info(R::RegimenDrug, L::HasMember, K::Regimen, K::Drug),
            info(R::StatementTrial, L::Mentions, K::Statement, K::Trial),
            info(R::StatementTarget, L::Mentions, K::Statement, K::Target),
            info(R::StatementDisease, L::Mentions, K::Statement, K::Disease),
            info(R::StatementDrug, L::Mentions, K::Statement, K::Drug),
            info(R::StatementReference, L::Cites, K::Statement, K::Reference),
            info(R::ReferenceReference, L::Cites, K::Reference, K::Reference),
            info(R::TrialReference, L::Cites, K::Trial, K::Reference),
            info(R::DiseaseDisease, L::IsA, K::Disease, K::Disease),
            info(R::TrialSource, L::ReportedIn, K::Trial, K::Source),
            info(R::StatementSource, L::ReportedIn, K::Statement, K::Source),
        ]
    };

    /// What the relation joins.
    #[must_use]
    pub const fn info(self) -> RelationInfo {
        Self::ALL[self as usize]
    }
}

/// A link seen from one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkRef {
    /// The relation.
    pub relation: Relation,
    /// Whether the link was followed from its source to its target.
    pub forward: bool,
    /// The node at the other end.
    pub other: Node,
}

impl Graph {
    /// Calls `each` for every link of a node, relations in their order, forward before reverse within a relation.
    ///
    /// Complexity: linear in the links of the node.
    pub fn each_link(&self, node: Node, mut each: impl FnMut(LinkRef)) {
        for info in Relation::ALL {
            let csr = self.relation(info.relation);
            if info.from == node.kind {
                for target in csr.targets(node.ix) {
                    each(LinkRef { relation: info.relation, forward: true, other: Node::new(info.to, *target) });
                }
            }
            if info.to == node.kind {
                for source in csr.sources(node.ix) {
                    each(LinkRef { relation: info.relation, forward: false, other: Node::new(info.from, *source) });
                }
            }
        }
    }

    /// How many links a node has, over the given kinds of relation (`None`: all). A relation of a kind with itself
    /// counts at both ends.
    ///
    /// Complexity: constant.
    #[must_use]
    pub fn degree(&self, node: Node, via: Option<&[RelationKind]>) -> usize {
        let mut count = 0;
        for info in Relation::ALL {
            if via.is_some_and(|kinds| !kinds.contains(&info.kind)) {
                continue;
            }
            let csr = self.relation(info.relation);
            if info.from == node.kind {
                count += csr.targets(node.ix).len();
            }
            if info.to == node.kind {
                count += csr.sources(node.ix).len();
            }
        }
        count
    }

    /// Assertions behind the link from a trial to a target, disease or drug, in the order of the trial's assertions.
    ///
    /// Complexity: linear in the assertions of the trial.
    pub fn assertions_on(&self, trial: u32, to: Node) -> impl Iterator<Item = u32> + '_ {
        use crate::domain::SourceField as F;
        let field = match to.kind {
            NodeKind::Target => Some(F::Target),
            NodeKind::Disease => Some(F::Disease),
            NodeKind::Drug => Some(F::Regimen),
            _ => None,
        };
        self.assertions.field.range(trial).filter_map(move |at| {
            (Some(self.assertions.field.items()[at]) == field && self.assertions.entity[at] == to.ix)
                .then_some(at as u32)
        })
    }

    /// The source that makes an assertion.
    #[must_use]
    pub fn assertion_source(&self, assertion: u32) -> u32 {
        self.rows.source.items()[self.assertions.row[assertion as usize] as usize]
    }
}
