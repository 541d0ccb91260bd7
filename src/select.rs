//! Here is a question: which nodes, in what order, which page, at what cost?
//!
//! Must not know: GraphQL, cursors' text, the wire. Plain synchronous code over one [`Snapshot`](crate::snapshot);
//! whatever it offers takes and returns lists, so that another engine could stand in its place.

mod around;
mod count;
mod criteria;
mod dimension;
mod facet;
mod filter;
mod linked;
mod matrix;
mod node_set;
mod nodes;
mod order;
mod pace;
mod page;
mod pairs;
mod paths;
mod reach;
mod related;
mod resolve;
mod search;
mod trace;

mod ways;

pub use around::{Around, Inner, NODES_CAP, inner, neighborhood};
pub use criteria::{LinkTest, NumberTest, Quantifier, SetTest, TextTest};
pub use dimension::{Dimension, phases_of};
pub use facet::{Bucket, Facet, facet, having};
pub use filter::{Fitting, Scope, TrialFilter};
pub use matrix::{CELLS_CAP, Matrix, matrix};
pub use node_set::{NodeSet, ascends};
pub use nodes::{NodeFilter, trial_count, trials_of_node};
pub use order::{
    Direction, OrderBy, ReferenceKey, TrialKey, by_start, first_trials, order_by_label, order_references, order_trials,
};
pub use pace::Pace;
pub use page::{BadPage, Page, PageArgs};
pub use pairs::{Pair, Pairs, pairs};
pub use paths::{Cut, HOPS_CAP, PATHS_CAP, PathQuery, Paths, paths};
pub use reach::{Reach, reach};
pub use related::{
    CoOccurrence, Expand, Similar, WhiteSpace, ancestors, co_targets, disease_scope, references_of,
    references_of_trial, similar, statements_of, trials_of_disease, trials_of_reference, white_space,
};
pub use resolve::{Resolution, TERMS_CAP, resolve};
pub use search::{
    BadText, SUGGESTIONS_CAP, SearchHit, SearchResult, TEXT_CAP, WORDS_CAP, highlights, search, search_ids, suggest,
};
pub use trace::{Step, Thing, Trace, trace_assertion, trace_down, trace_up};
pub use ways::Follow;
