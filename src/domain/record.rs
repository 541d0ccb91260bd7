//! The records of a trusted dataset: what `dataset` hands over and `graph` lays out.
//!
//! Must not know: where a record came from on disk, or how it is stored in the graph. All cross references are by
//! stable id (the part after the colon of the API id) and have been checked: none dangles.

use super::{
    AgencyClass, CitationIntent, DiseaseArea, DiseaseQualifier, DrugKind, DrugRole, KnownBy, Language, Mapping,
    NodeKind, PartialDate, Phase, ReferenceType, SourceField, SourceType, Standing, StatementType, TargetKind,
    TargetRole, TrialStatus, Verification, XrefMatch,
};

/// A text in English and Chinese; either may be missing, not both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// English text, empty where there is none.
    pub en: String,
    /// Chinese text, empty where there is none.
    pub zh: String,
}

/// Another name of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// The name.
    pub text: String,
    /// Its language.
    pub language: Language,
}

/// An identifier of the concept in another vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Xref {
    /// The identifier as a CURIE with the prefix's exact casing, e.g. `MONDO:0018874`.
    pub curie: String,
    /// How close it is.
    pub matching: XrefMatch,
    /// How sure it is.
    pub verification: Verification,
    /// Where it was verified; empty where it was not.
    pub evidence: String,
}

/// What targets, diseases and drugs have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concept {
    /// Stable id, e.g. `cd19`.
    pub id: String,
    /// Label.
    pub label: Bilingual,
    /// Other names, as printed or as vocabularies give them, without the labels; in the order of the files.
    pub synonyms: Vec<Synonym>,
    /// Identifiers elsewhere; in the order of the files.
    pub xrefs: Vec<Xref>,
    /// A curator's remark; empty where there is none.
    pub note: String,
}

/// A gene behind a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gene {
    /// Approved symbol.
    pub symbol: String,
    /// Approved name.
    pub name: String,
    /// HGNC id, e.g. `HGNC:1633`; empty where unknown, as for all below.
    pub hgnc: String,
    /// UniProt accession.
    pub uniprot: String,
    /// Ensembl gene id.
    pub ensembl: String,
    /// NCBI Gene id.
    pub ncbi_gene: String,
    /// How sure the identifiers are.
    pub verification: Verification,
    /// Where they were verified.
    pub evidence: String,
}

/// A target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Labels, synonyms, identifiers.
    pub concept: Concept,
    /// What it is.
    pub kind: TargetKind,
    /// Its genes, in the order of the files.
    pub genes: Vec<Gene>,
}

/// A disease concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disease {
    /// Labels, synonyms, identifiers.
    pub concept: Concept,
    /// Ids of the broader concepts; empty for the root.
    pub parents: Vec<String>,
    /// Its area, its own or the nearest ancestor's.
    pub area: DiseaseArea,
}

/// A drug, procedure, device or class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drug {
    /// Labels, synonyms, identifiers.
    pub concept: Concept,
    /// What it is.
    pub kind: DrugKind,
    /// The role it has where a source lists it without saying what for.
    pub default_role: DrugRole,
}

/// The name of a regimen that has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRegimen {
    /// Ids of the member drugs, sorted.
    pub members: Vec<String>,
    /// Label.
    pub label: Bilingual,
    /// Other names.
    pub synonyms: Vec<Synonym>,
}

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

/// A document or registry extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Stable id, e.g. `carnk-review-2025`.
    pub id: String,
    /// What it is.
    pub source_type: SourceType,
    /// Title.
    pub title: Bilingual,
    /// Id of the reference that it is; empty where it is none.
    pub reference: String,
    /// Licence or terms.
    pub licence: String,
    /// The date for which it speaks.
    pub as_of: Option<PartialDate>,
    /// The date on which it was fetched.
    pub retrieved: Option<PartialDate>,
    /// Where it can be found; empty where nowhere.
    pub url: String,
    /// How its rows came into the data: transcribed, computed, by whom checked.
    pub method: Bilingual,
    /// Its tables, in order.
    pub tables: Vec<SourceTable>,
}

/// A table of a source, with its printed head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceTable {
    /// Short name, e.g. `1`.
    pub name: String,
    /// What it lists.
    pub title: Bilingual,
    /// Field and printed column head, in column order.
    pub columns: Vec<(SourceField, String)>,
}

/// One printed line of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Id of the source.
    pub source: String,
    /// Name of the table.
    pub table: String,
    /// Number of the line within its table, from 1.
    pub number: u32,
    /// Field and verbatim text, in column order. Cells that the source does not have are absent.
    pub cells: Vec<(SourceField, String)>,
}

/// One source's dated value for one field of one trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// The field.
    pub field: SourceField,
    /// The normalised value: an enum's text (`RECRUITING`), several joined by `|` (`PHASE1|PHASE2`), an API id
    /// (`disease:aml`), a date, a number, or the printed text where nothing maps it.
    pub value: String,
    /// The printed text of the cell, or of its part.
    pub printed: String,
    /// Id of the source.
    pub source: String,
    /// Index into the trial's `rows`.
    pub row: usize,
    /// How the text came to the value.
    pub mapping: Mapping,
    /// What narrows the disease; empty for other fields.
    pub qualifiers: Vec<DiseaseQualifier>,
    /// The role of the drug; `None` for other fields.
    pub role: Option<DrugRole>,
}

impl Assertion {
    /// The node that the value names: its kind and stable id. `None` for plain values and unmapped text.
    ///
    /// Complexity: constant.
    #[must_use]
    pub fn entity(&self) -> Option<(NodeKind, &str)> {
        if self.mapping == Mapping::Unmapped {
            return None;
        }
        let kind = match self.field {
            SourceField::Target => NodeKind::Target,
            SourceField::Disease => NodeKind::Disease,
            SourceField::Regimen => NodeKind::Drug,
            _ => return None,
        };
        self.value.split_once(':').map(|(_, id)| (kind, id))
    }
}

/// Assertions on one single-valued field that do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: SourceField,
    /// Indexes into the trial's `assertions`, the shown side first.
    pub sides: Vec<usize>,
}

/// The lead sponsor of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sponsor {
    /// Name as the source gives it.
    pub name: String,
    /// Its class.
    pub class: AgencyClass,
}

/// A trial: every source's rows and assertions, and the values that the rules pick from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Stable id: the registry number in the registry's casing, e.g. `NCT03056339`.
    pub id: String,
    /// Rows of all sources, ordered by source, table, number.
    pub rows: Vec<Row>,
    /// Assertions of all rows, ordered by field, then as the rule for the field prefers sources, then row and place.
    pub assertions: Vec<Assertion>,
    /// Conflicts, ordered by field.
    pub conflicts: Vec<Conflict>,
    /// Shown title.
    pub title: Option<String>,
    /// Shown status; UNKNOWN where no source says.
    pub status: TrialStatus,
    /// Shown phases, in order; empty where no source says.
    pub phases: Vec<Phase>,
    /// Shown start date.
    pub start_date: Option<PartialDate>,
    /// Shown date of first posting.
    pub first_posted: Option<PartialDate>,
    /// Shown enrolment.
    pub enrollment: Option<u32>,
    /// Shown sponsor.
    pub sponsor: Option<Sponsor>,
    /// Shown countries, in the order of the source.
    pub countries: Vec<String>,
    /// Area: that of the diseases of the preferred source; where they differ, of the first.
    pub area: DiseaseArea,
    /// Targets that any source asserts, preferred source first, then as printed: (id, role).
    pub targets: Vec<(String, TargetRole)>,
    /// Diseases that any source asserts, preferred source first, then as printed: (id, qualifiers by the most preferred
    /// source that asserts it).
    pub diseases: Vec<(String, Vec<DiseaseQualifier>)>,
    /// Drugs that any source asserts, preferred source first, then as printed: (id, role).
    pub drugs: Vec<(String, DrugRole)>,
    /// The exact set of drugs with roles that the most preferred source asserts, sorted by id; `None` where it reports
    /// none.
    pub regimen: Option<Vec<(String, DrugRole)>>,
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
