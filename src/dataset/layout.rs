//! Which files does a data package have, and which columns has each?
//!
//! Must not know: what the cells mean. `data/datapackage.json` says the same to the outside; a test holds them equal.

use crate::domain::SourceField;

/// A kind of file: its path (within the package or within the folder of a source) and its columns, in order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) path: &'static str,
    pub(crate) columns: &'static [&'static str],
    /// Whether the package cannot do without the file.
    pub(crate) needed: bool,
}

macro_rules! shapes {
    ($($list:ident { $($name:ident $path:literal $needed:literal [$($column:literal)*])* })*) => {
        $(
            $(pub(crate) const $name: Shape = Shape { path: $path, columns: &[$($column),*], needed: $needed };)*
            const $list: &[Shape] = &[$($name),*];
        )*
    };
}

shapes! {
    PACKAGE {
        TARGETS "vocabulary/targets.csv" true ["id" "label_en" "label_zh" "kind" "note"]
        GENES "vocabulary/genes.csv" false
            ["target_id" "position" "symbol" "name" "hgnc" "uniprot" "ensembl" "ncbi_gene" "verification" "evidence"]
        DRUGS "vocabulary/drugs.csv" true ["id" "label_en" "label_zh" "kind" "default_role" "note"]
        REGIMENS "vocabulary/regimens.csv" false ["members" "label_en" "label_zh" "synonyms"]
        DISEASES "vocabulary/diseases.csv" true ["id" "label_en" "label_zh" "area" "note"]
        DISEASE_PARENTS "vocabulary/disease_parents.csv" true ["disease_id" "parent_id"]
        SYNONYMS "vocabulary/synonyms.csv" false ["kind" "entity_id" "text" "language" "printed"]
        XREFS "vocabulary/xrefs.csv" false ["kind" "entity_id" "curie" "match" "verification" "evidence"]
        QUALIFIERS "vocabulary/qualifiers.csv" false ["text" "qualifiers" "carries" "language"]
        SEPARATORS "vocabulary/separators.csv" false ["field" "text"]
        VALUES "vocabulary/values.csv" false ["field" "text" "value" "note"]
        RULES "rules.csv" true ["field" "precedence" "text_en" "text_zh"]
        SOURCES "sources/sources.csv" true
            ["id" "source_type" "title_en" "title_zh" "reference_id" "licence" "as_of" "retrieved" "url" "method_en"
             "method_zh"]
    }
    PER_SOURCE {
        TABLES "tables.csv" false ["table" "title_en" "title_zh" "position" "field" "header"]
        // Followed by one column per cell, named by its field in lower case.
        ROWS "rows.csv" false ["table" "row"]
        REFERENCES "references.csv" false
            ["id" "marker" "authors" "et_al" "title" "journal" "journal_printed" "year" "volume" "issue" "pages"
             "reference_type" "standing" "language" "doi" "doi_verification" "pmid" "pmid_verification" "pmcid"
             "pmcid_verification" "url" "defects" "evidence"]
        STATEMENTS "statements.csv" false
            ["id" "section" "statement_type" "text_en" "text_zh" "note_en" "note_zh"]
        CITATIONS "citations.csv" false ["statement_id" "position" "reference_id" "marker" "printed" "intent"]
        OUTCOMES "outcomes.csv" false
            ["statement_id" "position" "measure" "n" "of" "percent" "percent_max" "value" "value_max" "unit"
             "comparator" "grade" "timepoint" "note"]
        ABOUT "about.csv" false ["statement_id" "position" "kind" "entity_id" "text"]
        MENTIONED_TRIALS "mentioned_trials.csv" false ["statement_id" "registry_id" "known_by" "note"]
        NOTES "notes.csv" false ["id" "field" "text_en" "text_zh"]
        NOTE_SUBJECTS "note_subjects.csv" false ["note_id" "kind" "entity_id"]
        REFERENCE_CITATIONS "reference_citations.csv" false ["citing_id" "cited_id"]
        TRIAL_REFERENCES "trial_references.csv" false ["registry_id" "reference_id"]
    }
}

/// The folder that holds one folder per source.
pub(crate) const SOURCE_FOLDER: &str = "sources/";

/// The shape of the file at this path of a package, whatever the source.
pub(crate) fn shape_at(path: &str) -> Option<Shape> {
    if let Some(shape) = PACKAGE.iter().find(|s| s.path == path) {
        return Some(*shape);
    }
    let (_, file) = path.strip_prefix(SOURCE_FOLDER)?.split_once('/')?;
    PER_SOURCE.iter().find(|s| s.path == file).copied()
}

/// The paths that could be meant by a path that has no shape.
pub(crate) fn known_paths(path: &str) -> Vec<String> {
    match path.strip_prefix(SOURCE_FOLDER).and_then(|rest| rest.split_once('/')) {
        Some((source, _)) => PER_SOURCE.iter().map(|s| format!("{SOURCE_FOLDER}{source}/{}", s.path)).collect(),
        None => PACKAGE.iter().map(|s| s.path.to_owned()).collect(),
    }
}

/// The columns that a file of a data package has, in order; none for a path that no package has. The file `rows.csv` of
/// a source has, after `table` and `row`, any of the fields of a row in lower case.
///
/// ```
/// use trialweave::dataset::columns;
/// assert_eq!(columns("vocabulary/separators.csv"), Some(vec!["field".to_owned(), "text".to_owned()]));
/// assert_eq!(columns("vocabulary/genres.csv"), None);
/// ```
#[must_use]
pub fn columns(path: &str) -> Option<Vec<String>> {
    let shape = shape_at(path)?;
    let mut columns: Vec<String> = shape.columns.iter().map(|&c| c.to_owned()).collect();
    if shape.path == ROWS.path {
        columns.extend(SourceField::ALL.iter().map(|f| f.text().to_lowercase()));
    }
    Some(columns)
}
