//! The records of publications, and the statements that cite them.

use crate::domain::{
    Bilingual, CitationIntent, KnownBy, NodeKind, ReferenceType, Standing, StatementType, Verification,
};

/// An identifier of a publication and how sure it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicationId {
    /// The identifier without prefix; empty where unknown.
    pub value: String,
    /// How sure it is; `None` where there is no identifier.
    pub verification: Option<Verification>,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Stable id, e.g. `marin-2024`.
    pub id: String,
    /// Title as published.
    pub title: String,
    /// Authors as listed, in order.
    pub authors: Vec<String>,
    /// Whether the source cuts the list of authors with "et al".
    pub et_al: bool,
    /// Journal, full name; empty where there is none.
    pub journal: String,
    /// Journal as printed in the source; empty where it equals `journal`.
    pub journal_printed: String,
    /// Year.
    pub year: Option<u16>,
    /// Volume; empty where there is none, as for issue and pages.
    pub volume: String,
    /// Issue.
    pub issue: String,
    /// Pages or article number.
    pub pages: String,
    /// DOI without resolver, in its published casing.
    pub doi: PublicationId,
    /// PubMed id.
    pub pmid: PublicationId,
    /// PubMed Central id.
    pub pmcid: PublicationId,
    /// Web address; empty where there is none.
    pub url: String,
    /// Language of the publication as a two-letter code.
    pub language: String,
    /// What it is.
    pub reference_type: ReferenceType,
    /// Whether it stands.
    pub standing: Standing,
    /// What is wrong with the entry as the source prints it; empty where nothing is.
    pub defects: String,
    /// Where the entry was verified.
    pub evidence: String,
    /// The numbers it bears in bibliographies: (source id, marker such as `10`).
    pub markers: Vec<(String, String)>,
}

/// A number of a statement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// What was measured, e.g. `overall response`.
    pub measure: String,
    /// How many.
    pub n: Option<u32>,
    /// Out of how many.
    pub of: Option<u32>,
    /// Percent, or its lower bound.
    pub percent: Option<f64>,
    /// Upper bound of the percent where a range is given.
    pub percent_max: Option<f64>,
    /// Any other value, or its lower bound.
    pub value: Option<f64>,
    /// Upper bound of the other value where a range is given.
    pub value_max: Option<f64>,
    /// Unit of the other value, e.g. `months`; empty where there is none, as for the texts below.
    pub unit: String,
    /// `>`, `<`, `~` where the number is a bound or rough.
    pub comparator: String,
    /// Grade, e.g. `2`.
    pub grade: String,
    /// When, e.g. `day 30`.
    pub timepoint: String,
    /// Where the number comes from if the source does not print it, e.g. derived from others.
    pub note: String,
}

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A node: kind and stable id.
    Entity(NodeKind, String),
    /// A term that no vocabulary entry covers.
    Term(String),
}

/// A citation made by a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Id of the cited reference.
    pub reference: String,
    /// The number in the bibliography, e.g. `10`.
    pub marker: String,
    /// Whether the marker is printed at the statement.
    pub printed: bool,
    /// Why it is cited.
    pub intent: CitationIntent,
}

/// A trial that a statement speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialMention {
    /// Registry number; the trial need not be in the data.
    pub registry_id: String,
    /// How it is known.
    pub known_by: KnownBy,
    /// What the identification rests on.
    pub note: String,
}

/// One claim of a source, in our own words.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Stable id: source and number, e.g. `carnk-review-2025/F07`.
    pub id: String,
    /// Id of the source.
    pub source: String,
    /// Section of the source, e.g. `2.1`.
    pub section: String,
    /// What it is about in general.
    pub statement_type: StatementType,
    /// The claim.
    pub text: Bilingual,
    /// The curator's remark, for instance where the cited work says otherwise; empty where there is none.
    pub note: Bilingual,
    /// Its numbers, in order.
    pub outcomes: Vec<Outcome>,
    /// What it is about, in order.
    pub about: Vec<About>,
    /// What it cites, in order.
    pub citations: Vec<Citation>,
    /// Trials it speaks of, in order.
    pub trials: Vec<TrialMention>,
}
