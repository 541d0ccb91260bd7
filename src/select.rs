//! Here is a question: which nodes, in what order, which page, at what cost?
//!
//! Must not know: GraphQL, cursors' text, the wire. Plain synchronous code over one [`Snapshot`](crate::snapshot);
//! whatever it offers takes and returns lists, so that another engine could stand in its place.

mod order;
mod page;
mod related;
mod resolve;
mod search;

pub use order::{Direction, OrderBy, TrialKey, order_trials, order_by_label, ReferenceKey, order_references};
pub use page::{BadPage, Page, PageArgs};
pub use related::{
    CoOccurrence, Expand, Similar, ancestors, co_targets, disease_scope, references_of, references_of_trial, similar,
    statements_of, trials_of_disease, trials_of_reference,
};
pub use resolve::{Resolution, TERMS_CAP, resolve};
pub use search::{
    BadText, SUGGESTIONS_CAP, SearchHit, SearchResult, TEXT_CAP, WORDS_CAP, highlights, search, search_ids, suggest,
};
