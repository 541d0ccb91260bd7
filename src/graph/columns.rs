//! Which values does each kind of node carry?
//!
//! Must not know: how nodes are joined (that is `walk`), or how values are shown.

use super::{Column, Lists, Node, StrId};
use crate::domain::{
    AgencyClass, CitationIntent, DiseaseArea, DrugRole, KnownBy, Mapping, ReferenceType, SourceField, SourceType,
    Standing, StatementType, TrialStatus, Verification,
};

/// Values of trials, one entry per trial.
#[derive(Debug, Clone, Default)]
pub struct TrialColumns {
    /// Registry number.
    pub registry_id: Column<StrId>,
    /// Shown title, or none.
    pub title: Column<StrId>,
    /// Shown status.
    pub status: Column<TrialStatus>,
    /// Shown phases: bit n is set for the phase with number n.
    pub phases: Column<u8>,
    /// Shown start date, packed; 0 for none.
    pub start_date: Column<u32>,
    /// Shown date of first posting, packed; 0 for none.
    pub first_posted: Column<u32>,
    /// Shown enrolment; `NONE` for none.
    pub enrollment: Column<u32>,
    /// Number of the shown sponsor in `sponsor_name`; `NONE` for none.
    pub sponsor: Column<u32>,
    /// Shown countries.
    pub countries: Lists<StrId>,
    /// Area.
    pub area: Column<DiseaseArea>,
    /// Names of the sponsors.
    pub sponsor_name: Column<StrId>,
    /// Class of the shown sponsor, by trial: one name may be given different classes. `UNKNOWN` where there is none.
    pub sponsor_class: Column<AgencyClass>,
}

/// A gene of a target.
#[derive(Debug, Clone, Copy)]
pub struct GeneRow {
    /// Approved symbol.
    pub symbol: StrId,
    /// Approved name, or none; so for all below.
    pub name: StrId,
    /// HGNC id.
    pub hgnc: StrId,
    /// UniProt accession.
    pub uniprot: StrId,
    /// Ensembl gene id.
    pub ensembl: StrId,
    /// NCBI Gene id.
    pub ncbi_gene: StrId,
    /// How sure the identifiers are.
    pub verification: Verification,
    /// Where they were verified.
    pub evidence: StrId,
}

/// Values of references, one entry per reference. Texts may be none.
#[derive(Debug, Clone, Default)]
pub struct ReferenceColumns {
    /// Title.
    pub title: Column<StrId>,
    /// Authors.
    pub authors: Lists<StrId>,
    /// Whether the list of authors is cut.
    pub et_al: Column<bool>,
    /// Journal.
    pub journal: Column<StrId>,
    /// Journal as printed, where it differs.
    pub journal_printed: Column<StrId>,
    /// Year; 0 for none.
    pub year: Column<u16>,
    /// Volume.
    pub volume: Column<StrId>,
    /// Issue.
    pub issue: Column<StrId>,
    /// Pages.
    pub pages: Column<StrId>,
    /// DOI.
    pub doi: Column<StrId>,
    /// PubMed id.
    pub pmid: Column<StrId>,
    /// PubMed Central id.
    pub pmcid: Column<StrId>,
    /// Web address.
    pub url: Column<StrId>,
    /// Language.
    pub language: Column<StrId>,
    /// What it is.
    pub reference_type: Column<ReferenceType>,
    /// Whether it stands.
    pub standing: Column<Standing>,
    /// Defects of the entry as printed.
    pub defects: Column<StrId>,
    /// Where the entry was verified.
    pub evidence: Column<StrId>,
    /// Numbers in bibliographies: source and marker.
    pub markers: Lists<(u32, StrId)>,
    /// Of each citation link among references: the statement that makes it (`NONE`: none), marker, why, whether printed.
    pub citations: Column<(u32, StrId, CitationIntent, bool)>,
}

/// A number of a statement.
#[derive(Debug, Clone, Copy)]
pub struct OutcomeRow {
    /// What was measured.
    pub measure: StrId,
    /// How many.
    pub n: Option<u32>,
    /// Out of how many.
    pub of: Option<u32>,
    /// Percent or its lower bound.
    pub percent: Option<f64>,
    /// Upper bound of the percent.
    pub percent_max: Option<f64>,
    /// Other value or its lower bound.
    pub value: Option<f64>,
    /// Upper bound of the other value.
    pub value_max: Option<f64>,
    /// Unit of the other value.
    pub unit: StrId,
    /// Comparator.
    pub comparator: StrId,
    /// Grade.
    pub grade: StrId,
    /// When.
    pub timepoint: StrId,
    /// Where the number comes from.
    pub note: StrId,
}

/// A trial that a statement speaks of.
#[derive(Debug, Clone, Copy)]
pub struct MentionRow {
    /// Registry number.
    pub registry_id: StrId,
    /// Number of the trial; `NONE` where no source describes it.
    pub trial: u32,
    /// How it is known.
    pub known_by: KnownBy,
    /// What the identification rests on.
    pub note: StrId,
}

/// Values of statements, one entry per statement.
#[derive(Debug, Default)]
pub struct StatementColumns {
    /// Source.
    pub source: Column<u32>,
    /// Number within the source, e.g. `F07`.
    pub number: Column<StrId>,
    /// Section.
    pub section: Column<StrId>,
    /// Markers as printed, e.g. `[29][30]`, or none.
    pub marker: Column<StrId>,
    /// Type.
    pub statement_type: Column<StatementType>,
    /// Curator's remark in English, or none.
    pub note_en: Column<StrId>,
    /// Curator's remark in Chinese, or none.
    pub note_zh: Column<StrId>,
    /// Numbers.
    pub outcomes: Lists<OutcomeRow>,
    /// Entities it is about.
    pub about: Lists<Node>,
    /// Terms it is about that no vocabulary entry covers.
    pub terms: Lists<StrId>,
    /// Trials it speaks of.
    pub mentions: Lists<MentionRow>,
    /// Of each citation link from a statement: marker, why, whether printed.
    pub citations: Column<(StrId, CitationIntent, bool)>,
}

/// Values of sources, one entry per source.
#[derive(Debug, Default)]
pub struct SourceColumns {
    /// What it is.
    pub source_type: Column<SourceType>,
    /// The reference that it is; `NONE` for none.
    pub reference: Column<u32>,
    /// Licence.
    pub licence: Column<StrId>,
    /// As-of date, packed; 0 for none.
    pub as_of: Column<u32>,
    /// Date of retrieval, packed; 0 for none.
    pub retrieved: Column<u32>,
    /// Web address, or none.
    pub url: Column<StrId>,
    /// Method in English.
    pub method_en: Column<StrId>,
    /// Method in Chinese.
    pub method_zh: Column<StrId>,
    /// Names of the tables.
    pub tables: Lists<StrId>,
    /// Titles of the tables in English, table after table as in `tables`; Chinese beside.
    pub table_titles: Column<(StrId, StrId)>,
    /// Columns of the tables, table after table as in `tables`: field and printed head.
    pub table_columns: Lists<(SourceField, StrId)>,
}

/// Printed rows, ordered by trial.
#[derive(Debug, Clone, Default)]
pub struct RowColumns {
    /// Rows of each trial: the lists hold the rows' sources.
    pub source: Lists<u32>,
    /// Trial of the row.
    pub trial: Column<u32>,
    /// Table.
    pub table: Column<StrId>,
    /// Number within the table.
    pub number: Column<u32>,
    /// Cells.
    pub cells: Lists<(SourceField, StrId)>,
}

/// Assertions, ordered by trial, then as shown.
#[derive(Debug, Clone, Default)]
pub struct AssertionColumns {
    /// Assertions of each trial: the lists hold the fields.
    pub field: Lists<SourceField>,
    /// Trial.
    pub trial: Column<u32>,
    /// Normalised value.
    pub value: Column<StrId>,
    /// Printed text.
    pub printed: Column<StrId>,
    /// Row.
    pub row: Column<u32>,
    /// How the text came to the value.
    pub mapping: Column<Mapping>,
    /// Number of the target, disease or drug that the value names; `NONE` for none.
    pub entity: Column<u32>,
    /// Qualifiers: bit n is set for the qualifier with number n.
    pub qualifiers: Column<u16>,
    /// Role of the drug.
    pub role: Column<Option<DrugRole>>,
}

impl AssertionColumns {
    /// The shown assertion on a field of a trial: the most preferred one that maps.
    ///
    /// Complexity: linear in the assertions of the trial.
    #[must_use]
    pub fn shown(&self, trial: u32, field: SourceField) -> Option<usize> {
        let mapped = |at: &usize| self.field.items()[*at] == field && self.mapping[*at] != Mapping::Unmapped;
        self.field.range(trial).find(mapped)
    }
}

/// Conflicts, ordered by trial.
#[derive(Debug, Clone, Default)]
pub struct ConflictColumns {
    /// Conflicts of each trial: the lists hold the fields.
    pub field: Lists<SourceField>,
    /// Trial.
    pub trial: Column<u32>,
    /// Numbers of the assertions, the shown side first.
    pub sides: Lists<u32>,
}

/// Curators' notes, ordered by id.
#[derive(Debug, Default)]
pub struct NoteColumns {
    /// API id, e.g. `note:carnk-review-2025/A3`.
    pub id: Column<StrId>,
    /// Source.
    pub source: Column<u32>,
    /// English text, or none.
    pub en: Column<StrId>,
    /// Chinese text, or none.
    pub zh: Column<StrId>,
    /// Field, or none.
    pub field: Column<Option<SourceField>>,
    /// What it concerns.
    pub subjects: Lists<Node>,
    /// Notes by subject, sorted.
    pub by_subject: Column<(Node, u32)>,
}

impl NoteColumns {
    /// The notes that concern a node, in order.
    #[must_use]
    pub fn of(&self, node: Node) -> &[(Node, u32)] {
        let start = self.by_subject.partition_point(|(n, _)| *n < node);
        let end = self.by_subject.partition_point(|(n, _)| *n <= node);
        &self.by_subject[start..end]
    }
}
