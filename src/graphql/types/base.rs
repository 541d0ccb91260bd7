//! Which trials is a connection over, before its filter and behind it?
//!
//! Must not know: pages, how anything is counted.

use std::sync::Arc;

use super::super::args::Val;
use crate::graph::{Graph, Relation};
use crate::index::Stage;
use crate::select::{self, NodeSet};
use crate::snapshot::Snapshot;

/// What the facets of a connection count: the trials of the list before the filter (none: all), the filter, and the trials
/// of the list.
#[derive(Debug)]
pub(in crate::graphql) struct Counting {
    pub(in crate::graphql) base: Option<Base>,
    pub(in crate::graphql) filter: Option<Val>,
    pub(in crate::graphql) listed: Listed,
}

/// The trials that a connection is over before its filter.
#[derive(Debug)]
pub(in crate::graphql) enum Base {
    /// Those from which links lead to a node, as the graph lists them.
    Sources(Relation, u32),
    /// These.
    These(Arc<NodeSet>),
}

impl Base {
    /// The trials from which links of a kind lead to a node.
    pub(in crate::graphql) fn sources(snapshot: &Snapshot, relation: Relation, node: u32) -> Self {
        let list = snapshot.graph().relation(relation).sources(node);
        // A trial that says it twice is linked twice.
        if snapshot.index().linked.ascend(relation) || select::ascends(list) {
            Self::Sources(relation, node)
        } else {
            Self::These(Arc::new(list.to_vec().into()))
        }
    }

    /// Status and phases of the trials, in the order of the list, where they are at hand.
    pub(in crate::graphql) fn stages<'a>(&self, snapshot: &'a Snapshot) -> Option<&'a [Stage]> {
        match self {
            Self::Sources(relation, node) => snapshot.index().linked.stages(snapshot.graph(), *relation, *node),
            Self::These(_) => None,
        }
    }

    /// The trials, ascending.
    pub(in crate::graphql) fn list<'a>(&'a self, graph: &'a Graph) -> &'a [u32] {
        match self {
            Self::Sources(relation, node) => graph.relation(*relation).sources(*node),
            Self::These(set) => set.list(),
        }
    }

    pub(super) fn set(&self, graph: &Graph) -> Arc<NodeSet> {
        match self {
            Self::Sources(..) => Arc::new(NodeSet::ascending(self.list(graph).to_vec())),
            Self::These(set) => Arc::clone(set),
        }
    }
}

impl From<Vec<u32>> for Base {
    /// The trials of a list in any order, perhaps with repeats.
    fn from(list: Vec<u32>) -> Self {
        Self::These(Arc::new(list.into()))
    }
}

/// The trials of a list.
#[derive(Debug)]
pub(in crate::graphql) enum Listed {
    /// All there are.
    All,
    /// All that the filter lets through, not looked for yet.
    Filtered,
    /// These.
    These(Arc<NodeSet>),
}
