//! Which trials link to a node, and of what status and phases is each?
//!
//! The commonest filter of such a list asks for these two. They lie beside the list, in its order, so that nothing is read
//! anywhere else. Must not know: filters.

use rayon::prelude::*;

use crate::domain::TrialStatus;
use crate::graph::{Graph, Relation};

/// The relations from trials whose other ends list them.
const LISTED: [Relation; 4] =
    [Relation::TrialTarget, Relation::TrialDrug, Relation::TrialRegimen, Relation::TrialSource];

/// Status and phases of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage(u16);

impl Stage {
    /// That of a status and of exactly these phases, as bits.
    #[must_use]
    #[inline]
    pub const fn of(status: u8, phases: u8) -> Self {
        Self((status as u16) << 8 | phases as u16)
    }

    /// The number of the status.
    #[must_use]
    #[inline]
    pub const fn status(self) -> u8 {
        (self.0 >> 8) as u8
    }

    /// The phases, as bits.
    #[must_use]
    #[inline]
    pub const fn phases(self) -> u8 {
        self.0 as u8
    }
}

/// What is known of the trials that link to nodes.
#[derive(Debug)]
pub struct Linked([Of; LISTED.len()]);

#[derive(Debug)]
struct Of {
    /// By place among all sources of the relation.
    stages: Vec<Stage>,
    /// Whether the trials of each node ascend and none stands twice: one may say the same twice.
    ascend: bool,
}

impl Linked {
    /// Complexity: linear in the links, on all cores.
    pub(super) fn build(graph: &Graph) -> Self {
        let (status, phases): (&[TrialStatus], &[u8]) = (&graph.trials.status, &graph.trials.phases);
        let stage = |trial: &u32| Stage::of(status[*trial as usize] as u8, phases[*trial as usize]);
        Self(LISTED.map(|relation| {
            let csr = graph.relation(relation);
            let ends = 0..graph.count(relation.info().to);
            Of {
                stages: csr.all_sources().par_iter().map(stage).collect(),
                ascend: ends.into_par_iter().all(|end| csr.sources(end).is_sorted_by(|one, next| one < next)),
            }
        }))
    }

    fn of(&self, relation: Relation) -> Option<&Of> {
        Some(&self.0[LISTED.iter().position(|listed| *listed == relation)?])
    }

    /// Whether it is known that the trials of every node ascend, each once.
    #[must_use]
    pub fn ascend(&self, relation: Relation) -> bool {
        self.of(relation).is_some_and(|of| of.ascend)
    }

    /// Status and phases of the trials that link to a node, in the order in which the graph lists them; none for relations
    /// of which nothing is known.
    #[must_use]
    pub fn stages(&self, graph: &Graph, relation: Relation, node: u32) -> Option<&[Stage]> {
        self.of(relation)?.stages.get(graph.relation(relation).sources_range(node))
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|of| size_of_val(&of.stages[..])).sum()
    }
}
