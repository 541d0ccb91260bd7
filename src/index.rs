//! Which nodes carry this id, word or facet?
//!
//! Must not know: requests, pages, GraphQL. Built once from the graph, read by many.

mod ids;
mod postings;

pub use ids::{Found, Ids, Malformed};
pub use postings::{ByText, Postings, Sorted, TEXT_FIELDS};

use crate::graph::Graph;

/// The look-up tables of one release.
#[derive(Debug)]
pub struct Index {
    /// Every id by which a node is known.
    pub ids: Ids,
    /// Trials by value.
    pub postings: Postings,
}

impl Index {
    /// Builds the look-up tables of a graph.
    ///
    /// Complexity: linear in names and identifiers.
    #[must_use]
    pub fn build(graph: &Graph) -> Self {
        Self { ids: Ids::build(graph), postings: Postings::build(graph) }
    }
}
