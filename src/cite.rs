//! How is a reference written elsewhere?
//!
//! One record of what a bibliography needs, and a writer for each form. Must not know: requests, GraphQL, how references
//! are joined. The only room that knows CSL, BibTeX and RIS.

mod bibtex;
mod csl;
mod record;
mod ris;
mod text;

pub use record::{Author, Record};

use crate::domain::CitationStyle;
use crate::graph::Graph;

/// Writes a reference, by its number, in a style. Text that the data set does not have is left out, never made up.
///
/// Complexity: linear in the record.
#[must_use]
pub fn cite(graph: &Graph, reference: u32, style: CitationStyle) -> String {
    let record = Record::of(graph, reference);
    match style {
        CitationStyle::Vancouver => text::vancouver(&record),
        CitationStyle::Apa => text::apa(&record),
        CitationStyle::Bibtex => bibtex::write(&record),
        CitationStyle::Ris => ris::write(&record),
        CitationStyle::CslJson => csl::item(&record).to_string(),
    }
}
