//! What are the words? The enums and record types of the field, and nothing else.
//!
//! Must not know: files, serde, GraphQL, how nodes are stored. Every type here is plain data. The names of enum values are
//! the field's own (ClinicalTrials.gov v2, CiTO, Biolink) and are the text seen in data files and in the API alike.

mod date;
mod links;
mod record;
mod records;
mod vocabulary;

pub use date::PartialDate;
pub use links::Links;
pub use record::*;
pub use records::{Part, Records};
pub use vocabulary::*;
