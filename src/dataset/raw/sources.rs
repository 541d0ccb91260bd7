//! What do the files of the sources say, line by line?
//!
//! Must not know: the vocabularies, or how rows of several sources become one trial.

use super::vocabulary::{bilingual, kind};
use super::{Extent, List, Raw, list};
use crate::dataset::cell::Cells;
use crate::dataset::files::Files;
use crate::dataset::layout::{self, SOURCE_FOLDER, Shape};
use crate::dataset::normalise::registry_id;
use crate::dataset::problem::{Problems, quoted};
use crate::dataset::table::{self, Line, Outcome as OfFile};
use crate::domain::{
    About, Bilingual, Citation, NodeKind, Note, Outcome, PublicationId, Reference, Row, Source, SourceField, Statement,
    TrialMention,
};

/// A source and all its files.
#[derive(Debug)]
pub(crate) struct RawSource {
    /// The source, without tables.
    pub(crate) source: Source,
    pub(crate) tables: List<RawColumn>,
    pub(crate) rows: List<RawRow>,
    pub(crate) references: List<RawReference>,
    /// Statements without what hangs on them; their ids carry the source already.
    pub(crate) statements: List<Statement>,
    /// Statement id as printed in the file, position, record; likewise below.
    pub(crate) citations: List<(String, u32, Citation)>,
    pub(crate) outcomes: List<(String, u32, Outcome)>,
    pub(crate) about: List<(String, u32, About)>,
    pub(crate) mentions: List<(String, TrialMention)>,
    /// Notes without subjects; their ids carry the source already.
    pub(crate) notes: List<Note>,
    /// Note id as printed in the file, kind, id of the subject.
    pub(crate) subjects: List<(String, NodeKind, String)>,
    /// Citing id, cited id.
    pub(crate) reference_citations: List<(String, String)>,
    /// Registry id, reference id.
    pub(crate) trial_references: List<(String, String)>,
}

/// A column of a table of a source.
#[derive(Debug)]
pub(crate) struct RawColumn {
    pub(crate) table: String,
    pub(crate) title: Bilingual,
    pub(crate) position: u32,
    pub(crate) field: SourceField,
    pub(crate) header: String,
}

/// A printed line and the trial it is on.
#[derive(Debug)]
pub(crate) struct RawRow {
    /// Registry number in its registry's casing; empty where there is none that can be read.
    pub(crate) trial: String,
    pub(crate) row: Row,
}

/// A reference and the number it bears in the source's bibliography.
#[derive(Debug)]
pub(crate) struct RawReference {
    pub(crate) marker: String,
    pub(crate) reference: Reference,
}

pub(super) fn read(files: &dyn Files, extent: Extent, raw: &mut Raw, problems: &mut Problems) {
    let sources = list(files, layout::SOURCES.path, layout::SOURCES, problems, source);
    raw.sources = List {
        file: sources.file,
        present: sources.present,
        whole: sources.whole,
        items: Vec::with_capacity(sources.items.len()),
    };
    for (line, source) in sources.items {
        let id = source.id.clone();
        // A source without a usable id has been reported; its folder cannot be known.
        if id.is_empty() || raw.sources.items.iter().any(|(_, other)| other.source.id == id) {
            if !id.is_empty() {
                let what = format!("the source {} stands in the file already", quoted(&id));
                problems.cell((&raw.sources.file, line, "id"), what, "remove one of them, or give it another id");
            }
            raw.sources.whole &= !id.is_empty();
            continue;
        }
        let source = files_of(files, extent, source, problems);
        if !source.rows.present && !source.statements.present {
            let what = format!("the source {} has neither `rows.csv` nor `statements.csv`", quoted(&id));
            let fix = format!("add one of them to the folder `{SOURCE_FOLDER}{id}`, or remove the source");
            problems.cell((&raw.sources.file, line, "id"), what, fix);
        }
        raw.sources.items.push((line, source));
    }
}

fn source(c: &mut Cells<'_, '_>) -> Source {
    Source {
        id: c.id("id"),
        source_type: c.word("source_type"),
        title: bilingual(c, "title"),
        reference: c.text("reference_id"),
        licence: c.needed("licence"),
        as_of: c.date("as_of"),
        retrieved: c.date("retrieved"),
        url: c.text("url"),
        method: Bilingual { en: c.text("method_en"), zh: c.text("method_zh") },
        tables: Vec::new(),
    }
}

fn files_of(files: &dyn Files, extent: Extent, source: Source, problems: &mut Problems) -> RawSource {
    let id = source.id.clone();
    let path = |shape: Shape| format!("{SOURCE_FOLDER}{id}/{}", shape.path);
    let there = if extent == Extent::WithoutBulk { files.list().unwrap_or_default() } else { Vec::new() };
    macro_rules! bulk {
        ($shape:ident, $read:expr) => {{
            let path = path(layout::$shape);
            if extent == Extent::WithoutBulk {
                let file = format!("{}/{path}", files.name());
                List { file, present: there.contains(&path), whole: true, items: Vec::new() }
            } else {
                $read(path)
            }
        }};
    }
    macro_rules! of {
        ($shape:ident, $parse:expr) => {
            list(files, &path(layout::$shape), layout::$shape, problems, $parse)
        };
    }
    let owned = |code: String| if code.is_empty() { code } else { format!("{id}/{code}") };
    RawSource {
        tables: of!(TABLES, |c| RawColumn {
            table: c.needed("table"),
            title: bilingual(c, "title"),
            position: c.position("position"),
            field: c.word("field"),
            header: c.text("header"),
        }),
        rows: bulk!(ROWS, |path: String| rows(files, &path, &id, problems)),
        references: bulk!(REFERENCES, |path: String| list(files, &path, layout::REFERENCES, problems, reference)),
        statements: of!(STATEMENTS, |c| Statement {
            id: owned(c.code("id")),
            source: id.clone(),
            section: c.text("section"),
            statement_type: c.word("statement_type"),
            text: bilingual(c, "text"),
            note: Bilingual { en: c.text("note_en"), zh: c.text("note_zh") },
            outcomes: Vec::new(),
            about: Vec::new(),
            citations: Vec::new(),
            trials: Vec::new(),
        }),
        citations: of!(CITATIONS, |c| {
            let citation = Citation {
                reference: c.id("reference_id"),
                marker: c.text("marker"),
                printed: c.flag("printed"),
                intent: c.word("intent"),
            };
            (c.code("statement_id"), c.position("position"), citation)
        }),
        outcomes: of!(OUTCOMES, |c| (c.code("statement_id"), c.position("position"), outcome(c))),
        about: of!(ABOUT, |c| (c.code("statement_id"), c.position("position"), about(c))),
        mentions: of!(MENTIONED_TRIALS, |c| {
            let mention = TrialMention { registry_id: registry(c), known_by: c.word("known_by"), note: c.text("note") };
            (c.code("statement_id"), mention)
        }),
        notes: of!(NOTES, |c| Note {
            id: owned(c.code("id")),
            source: id.clone(),
            text: bilingual(c, "text"),
            subjects: Vec::new(),
            field: c.word_or_none("field"),
        }),
        subjects: of!(NOTE_SUBJECTS, |c| {
            use NodeKind as K;
            let kind = kind(c, &[K::Trial, K::Target, K::Disease, K::Drug, K::Reference, K::Statement, K::Source]);
            let subject = c.needed("entity_id");
            let subject = if kind == K::Trial { registry_id(&subject).unwrap_or(subject) } else { subject };
            (c.code("note_id"), kind, subject)
        }),
        reference_citations: bulk!(REFERENCE_CITATIONS, |path: String| {
            list(files, &path, layout::REFERENCE_CITATIONS, problems, |c| (c.id("citing_id"), c.id("cited_id")))
        }),
        trial_references: bulk!(TRIAL_REFERENCES, |path: String| {
            list(files, &path, layout::TRIAL_REFERENCES, problems, |c| (registry(c), c.id("reference_id")))
        }),
        source,
    }
}

/// The registry number, in its registry's casing.
fn registry(c: &mut Cells<'_, '_>) -> String {
    let text = c.needed("registry_id");
    if text.trim().is_empty() {
        return String::new();
    }
    registry_id(&text).unwrap_or_else(|| {
        let fix = "write it as the registry does, e.g. `NCT03056339`, `ChiCTR2000034123`, `jRCT2033200431`";
        c.wrong("registry_id", format!("{} is no number of a known registry", quoted(&text)), fix);
        String::new()
    })
}

fn rows(files: &dyn Files, path: &str, source: &str, problems: &mut Problems) -> List<RawRow> {
    let mut items = Vec::new();
    let outcome = table::read(files, path, layout::ROWS, problems, |line, outcome, problems| {
        items.push((line.number, row(line, outcome, source, problems)));
    });
    List { file: format!("{}/{path}", files.name()), present: outcome.present, whole: outcome.whole, items }
}

/// What one line of a table says.
pub(crate) fn row(line: &Line<'_>, outcome: &OfFile, source: &str, problems: &mut Problems) -> RawRow {
    let mut c = Cells::new(line, problems);
    let (table, number) = (c.needed("table"), c.position("row"));
    let trial = registry(&mut c);
    let filled = outcome.fields.iter().map(|(field, place)| (*field, line.at(*place)));
    let mut cells: Vec<_> =
        filled.filter(|(_, text)| !text.trim().is_empty()).map(|(f, text)| (f, text.to_owned())).collect();
    cells.shrink_to_fit();
    RawRow { trial, row: Row { source: source.to_owned(), table, number, cells } }
}

fn publication_id(
    c: &mut Cells<'_, '_>,
    (column, how): (&str, &str),
    right: impl Fn(&str) -> bool,
    like: &str,
) -> PublicationId {
    let value = c.text(column);
    let verification = c.word_or_none(how);
    if value.is_empty() {
        return PublicationId::default();
    }
    if !right(&value) {
        c.wrong(column, format!("{} is no such identifier", quoted(&value)), format!("write it like `{like}`"));
    }
    if verification.is_none() && c.has(how) && c.text(how).is_empty() {
        c.wrong(how, "the cell is empty although there is an identifier", "say how sure the identifier is");
    }
    PublicationId { value, verification }
}

/// What one line of a bibliography says.
pub(crate) fn reference(c: &mut Cells<'_, '_>) -> RawReference {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let reference = Reference {
        id: c.id("id"),
        title: c.needed("title"),
        authors: c.list("authors"),
        et_al: c.flag("et_al"),
        journal: c.text("journal"),
        journal_printed: c.text("journal_printed"),
        year: c.integer("year"),
        volume: c.text("volume"),
        issue: c.text("issue"),
        pages: c.text("pages"),
        doi: publication_id(
            c,
            ("doi", "doi_verification"),
            |t| t.starts_with("10.") && t.contains('/'),
            "10.1038/s41591-023-02785-8",
        ),
        pmid: publication_id(c, ("pmid", "pmid_verification"), digits, "38238616"),
        pmcid: publication_id(
            c,
            ("pmcid", "pmcid_verification"),
            |t| t.strip_prefix("PMC").is_some_and(digits),
            "PMC10878955",
        ),
        url: c.text("url"),
        language: c.text("language"),
        reference_type: c.word("reference_type"),
        standing: c.word("standing"),
        defects: c.text("defects"),
        evidence: c.text("evidence"),
        markers: Vec::new(),
    };
    RawReference { marker: c.text("marker"), reference }
}

fn outcome(c: &mut Cells<'_, '_>) -> Outcome {
    let outcome = Outcome {
        measure: c.needed("measure"),
        n: c.integer("n"),
        of: c.integer("of"),
        percent: c.decimal("percent"),
        percent_max: c.decimal("percent_max"),
        value: c.decimal("value"),
        value_max: c.decimal("value_max"),
        unit: c.text("unit"),
        comparator: c.text("comparator"),
        grade: c.text("grade"),
        timepoint: c.text("timepoint"),
        note: c.text("note"),
    };
    if let (Some(n), Some(of)) = (outcome.n, outcome.of)
        && n > of
    {
        c.wrong("n", format!("{n} of {of} is not possible"), "correct `n` or `of`");
    }
    outcome
}

fn about(c: &mut Cells<'_, '_>) -> About {
    let (entity, text) = (c.text("entity_id"), c.text("text"));
    match (c.text("kind").is_empty() && entity.is_empty(), text.is_empty()) {
        (false, true) => {
            let kind = kind(c, &[NodeKind::Target, NodeKind::Disease, NodeKind::Drug]);
            About::Entity(kind, c.id("entity_id"))
        }
        (true, false) => About::Term(text),
        (both, _) => {
            let what = if both { "the line names nothing" } else { "the line names an entity and a term" };
            c.wrong("text", what, "fill in either `kind` and `entity_id`, or `text`");
            About::Term(text)
        }
    }
}
