//! The records of sources, what each asserts of a trial, and the trial that the rules make of it.

use crate::domain::{
    AgencyClass, Bilingual, DiseaseArea, DiseaseQualifier, DrugRole, Mapping, NodeKind, PartialDate, Phase,
    SourceField, SourceType, TargetRole, TrialStatus,
};

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
