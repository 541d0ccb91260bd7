//! What do the files say, line by line, each line taken for itself?
//!
//! Must not know: whether ids are unique or lead anywhere (that is `validate`), or what a printed text means (that is
//! `normalise`). Every record keeps its file and line, so that later problems can name them.

mod sources;
mod vocabulary;

use std::collections::BTreeSet;

use super::cell::Cells;
use super::files::Files;
use super::layout::{self, SOURCE_FOLDER, Shape};
use super::problem::{Problems, did_you_mean, quoted};
use super::table;
use crate::domain::{Disease, DiseaseArea, Drug, Gene, NamedRegimen, Rule, SourceField, Target};

pub(crate) use sources::{RawColumn, RawRow, RawSource, reference, row};
pub(crate) use vocabulary::{RawNameOf, RawQualifier, RawValue, RawXref};

/// The records of one file, each with its line.
#[derive(Debug)]
pub(crate) struct List<T> {
    /// The file, as it stands in messages.
    pub(crate) file: String,
    /// Whether the file is there.
    pub(crate) present: bool,
    /// Whether every line of the file is among the items: only then is an id that is missing here truly missing.
    pub(crate) whole: bool,
    /// Line and record.
    pub(crate) items: Vec<(u64, T)>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { file: String::new(), present: false, whole: false, items: Vec::new() }
    }
}

/// Everything that the files say.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) targets: List<Target>,
    /// Target id, position, gene.
    pub(crate) genes: List<(String, u32, Gene)>,
    pub(crate) drugs: List<Drug>,
    pub(crate) regimens: List<NamedRegimen>,
    /// Diseases without parents, and the area that is written at them.
    pub(crate) diseases: List<(Disease, Option<DiseaseArea>)>,
    /// Disease id, parent id.
    pub(crate) parents: List<(String, String)>,
    pub(crate) synonyms: List<RawNameOf>,
    pub(crate) xrefs: List<RawXref>,
    pub(crate) qualifiers: List<RawQualifier>,
    pub(crate) separators: List<(SourceField, String)>,
    pub(crate) values: List<RawValue>,
    pub(crate) rules: List<Rule>,
    pub(crate) sources: List<RawSource>,
}

/// Which files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of them.
    Whole,
    /// All but those of which a dataset may have millions of lines: they are taken for present and sound.
    WithoutBulk,
}

/// Reads the files of the package.
pub(crate) fn read(files: &dyn Files, extent: Extent, problems: &mut Problems) -> Raw {
    let (title, version) = package(files, problems);
    let mut raw = Raw { title, version, ..Raw::default() };
    vocabulary::read(files, &mut raw, problems);
    sources::read(files, extent, &mut raw, problems);
    strays(files, &raw, problems);
    raw
}

/// Reads one file into a list.
pub(crate) fn list<T>(
    files: &dyn Files,
    path: &str,
    shape: Shape,
    problems: &mut Problems,
    mut parse: impl FnMut(&mut Cells<'_, '_>) -> T,
) -> List<T> {
    let mut items = Vec::new();
    let outcome = table::read(files, path, shape, problems, |line, _, problems| {
        items.push((line.number, parse(&mut Cells::new(line, problems))));
    });
    List { file: format!("{}/{path}", files.name()), present: outcome.present, whole: outcome.whole, items }
}

/// Title and version from `datapackage.json`.
fn package(files: &dyn Files, problems: &mut Problems) -> (String, String) {
    const PATH: &str = "datapackage.json";
    let file = format!("{}/{PATH}", files.name());
    let bytes = match files.read(PATH) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            problems.file(&file, "the file is missing", "add it, with at least `title` and `version`");
            return Default::default();
        }
        Err(e) => {
            problems.file(&file, format!("the file cannot be read: {e}"), "check its permissions and its kind");
            return Default::default();
        }
    };
    let json: serde_json::Value = match serde_json::from_slice(&bytes) {
        Ok(json) => json,
        Err(e) => {
            problems.line(&file, e.line() as u64, format!("the file is not JSON: {e}"), "correct it at that place");
            return Default::default();
        }
    };
    let mut text = |key: &str| match json.get(key).and_then(serde_json::Value::as_str) {
        Some(text) if !text.trim().is_empty() => text.to_owned(),
        _ => {
            problems.file(&file, format!("`{key}` is missing or is no text"), format!("add a text `{key}`"));
            String::new()
        }
    };
    (text("title"), text("version"))
}

/// Reports CSV files that nothing reads: a misspelt name must not make a file vanish.
fn strays(files: &dyn Files, raw: &Raw, problems: &mut Problems) {
    let paths = match files.list() {
        Ok(paths) => paths,
        Err(e) => {
            problems.file(files.name(), format!("the folder cannot be listed: {e}"), "check its path and permissions");
            return;
        }
    };
    let sources: BTreeSet<&str> = raw.sources.items.iter().map(|(_, s)| s.source.id.as_str()).collect();
    for path in paths.iter().filter(|p| p.ends_with(".csv")) {
        let file = format!("{}/{path}", files.name());
        let folder = path.strip_prefix(SOURCE_FOLDER).and_then(|rest| rest.split_once('/')).map(|(folder, _)| folder);
        if layout::shape_at(path).is_none() {
            let known = layout::known_paths(path);
            let fix = match did_you_mean(path, known.iter().map(String::as_str)) {
                Some(meant) => format!("name it {} if that is meant, or remove it", quoted(meant)),
                None => "remove it, or name it as one of the files of the package".to_owned(),
            };
            problems.file(&file, "no file of a data package has this name", fix);
        } else if let Some(folder) = folder
            && raw.sources.whole
            && !sources.contains(folder)
        {
            let what = format!("{} is no source of {}", quoted(folder), raw.sources.file);
            problems.file(&file, what, "add a line for the source there, or remove the folder");
        }
    }
}
