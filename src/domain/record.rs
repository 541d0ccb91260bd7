//! The records of a trusted dataset: what `dataset` hands over and `graph` lays out.
//!
//! Must not know: where a record came from on disk, or how it is stored in the graph. All cross references are by
//! stable id (the part after the colon of the API id) and have been checked: none dangles.

mod concepts;
mod publications;
mod trials;

pub use concepts::*;
pub use publications::*;
pub use trials::*;

use super::{NodeKind, SourceField, SourceType};

/// A remark of a curator on the data: an anomaly of a source and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Stable id: source and number, e.g. `carnk-review-2025/A3`.
    pub id: String,
    /// Id of the source that it is a remark on.
    pub source: String,
    /// The remark.
    pub text: Bilingual,
    /// What it concerns: kind and stable id of nodes.
    pub subjects: Vec<(NodeKind, String)>,
    /// The field it concerns.
    pub field: Option<SourceField>,
}

/// The rule that picks the shown value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The field.
    pub field: SourceField,
    /// Types of source, most preferred first; types not named come last. Within a type the newest as-of date comes
    /// first, then the source id.
    pub precedence: Vec<SourceType>,
    /// The rule in words.
    pub text: Bilingual,
}

/// Records that can be trusted: every id is unique, every cross reference leads somewhere, every list is ordered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dataset {
    /// Hash of the normalised content, in lower-case hexadecimal: the same content gives the same release anywhere.
    pub release: String,
    /// Title of the data package.
    pub title: String,
    /// Version of the data package as its authors give it.
    pub version: String,
    /// Sources, sorted by id.
    pub sources: Vec<Source>,
    /// Targets, sorted by id.
    pub targets: Vec<Target>,
    /// Diseases, sorted by id.
    pub diseases: Vec<Disease>,
    /// Drugs, sorted by id.
    pub drugs: Vec<Drug>,
    /// Named regimens, sorted by members.
    pub regimens: Vec<NamedRegimen>,
    /// References, sorted by id.
    pub references: Vec<Reference>,
    /// Citations among references that no statement carries: (citing id, cited id), sorted.
    pub reference_citations: Vec<(String, String)>,
    /// Trials, sorted by id.
    pub trials: Vec<Trial>,
    /// Trials and the references that a registry lists for them: (trial id, reference id), sorted.
    pub trial_references: Vec<(String, String)>,
    /// Statements, sorted by id.
    pub statements: Vec<Statement>,
    /// Notes, sorted by id.
    pub notes: Vec<Note>,
    /// Rules, one per field that has one, ordered by field.
    pub rules: Vec<Rule>,
}
