//! Which ids are there, and is each given only once?
//!
//! Must not know: who refers to them.

use std::collections::HashMap;

use super::Elsewhere;
use crate::dataset::problem::{Problems, did_you_mean, quoted};
use crate::dataset::raw::{List, Raw};
use crate::domain::NodeKind;

/// How often a likely meaning is sought for ids that lead nowhere; more would make a bad big dataset slow to report.
const GUESSES: u32 = 500;

/// The ids of one kind of record.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// The file or files in which they are given, for messages.
    pub(super) home: String,
    /// Id to line.
    pub(super) lines: HashMap<String, u64>,
    /// Whether these are all: if not, an id that is missing may stand in a line that could not be read.
    pub(super) whole: bool,
    /// The kind, where more of them may stand elsewhere.
    pub(super) elsewhere: Option<NodeKind>,
}

/// The ids of all records that others refer to.
pub(super) struct Known<'e> {
    pub(super) targets: Keys,
    pub(super) diseases: Keys,
    pub(super) drugs: Keys,
    pub(super) references: Keys,
    pub(super) statements: Keys,
    pub(super) notes: Keys,
    pub(super) sources: Keys,
    pub(super) trials: Keys,
    guesses: std::cell::Cell<u32>,
    elsewhere: &'e Elsewhere<'e>,
}

impl<'e> Known<'e> {
    /// Gathers all ids and reports those that are given twice.
    pub(super) fn new(raw: &Raw, elsewhere: &'e Elsewhere<'e>, problems: &mut Problems) -> Self {
        let mut known = Self {
            targets: unique(&raw.targets, "id", problems, |t| t.concept.id.clone()),
            diseases: unique(&raw.diseases, "id", problems, |(d, _)| d.concept.id.clone()),
            drugs: unique(&raw.drugs, "id", problems, |d| d.concept.id.clone()),
            references: Keys { elsewhere: Some(NodeKind::Reference), ..Keys::of_sources(raw, "references.csv") },
            statements: Keys::of_sources(raw, "statements.csv"),
            notes: Keys::of_sources(raw, "notes.csv"),
            sources: Keys::default(),
            trials: Keys { elsewhere: Some(NodeKind::Trial), ..Keys::of_sources(raw, "rows.csv") },
            guesses: std::cell::Cell::new(GUESSES),
            elsewhere,
        };
        known.sources.home.clone_from(&raw.sources.file);
        known.sources.whole = raw.sources.whole;
        for (line, source) in &raw.sources.items {
            known.sources.lines.insert(source.source.id.clone(), *line);
            known.references.join(unique(&source.references, "id", problems, |r| r.reference.id.clone()));
            known.statements.join(unique(&source.statements, "id", problems, |s| s.id.clone()));
            known.notes.join(unique(&source.notes, "id", problems, |n| n.id.clone()));
            known.trials.whole &= source.rows.whole;
            for (line, row) in &source.rows.items {
                known.trials.whole &= !row.trial.is_empty();
                if !row.trial.is_empty() && !known.trials.lines.contains_key(&row.trial) {
                    known.trials.lines.insert(row.trial.clone(), *line);
                }
            }
        }
        known
    }

    /// The ids of a kind of node.
    pub(super) const fn of(&self, kind: NodeKind) -> Option<&Keys> {
        Some(match kind {
            NodeKind::Trial => &self.trials,
            NodeKind::Target => &self.targets,
            NodeKind::Disease => &self.diseases,
            NodeKind::Drug => &self.drugs,
            NodeKind::Reference => &self.references,
            NodeKind::Statement => &self.statements,
            NodeKind::Source => &self.sources,
            NodeKind::Regimen => return None,
        })
    }

    /// Reports an id that leads nowhere.
    pub(super) fn check(&self, keys: &Keys, at: (&str, u64, &str), id: &str, problems: &mut Problems) {
        if id.is_empty() || !keys.whole || keys.lines.contains_key(id) {
            return;
        }
        if keys.elsewhere.is_some_and(|kind| (self.elsewhere)(kind, id)) {
            return;
        }
        let left = self.guesses.get();
        self.guesses.set(left.saturating_sub(1));
        let all = keys.lines.keys().map(String::as_str).take(if left > 0 { usize::MAX } else { 0 });
        let fix = match did_you_mean(id, all) {
            Some(meant) => format!("write {} if that is meant, or add a record with this id there", quoted(meant)),
            None => "correct the id, or add a record with it there".to_owned(),
        };
        problems.cell(at, format!("{} is no id in {}", quoted(id), keys.home), fix);
    }
}

impl Keys {
    fn of_sources(raw: &Raw, file: &str) -> Self {
        let home = raw.sources.file.replace("sources.csv", &format!("*/{file}"));
        Self { home, lines: HashMap::new(), whole: raw.sources.whole, elsewhere: None }
    }

    fn join(&mut self, other: Self) {
        self.whole &= other.whole;
        for (id, line) in other.lines {
            self.lines.entry(id).or_insert(line);
        }
    }
}

/// The keys of the records of one file; a key that stands twice is reported. Records with an empty key are left out.
pub(super) fn unique<T>(list: &List<T>, columns: &str, problems: &mut Problems, key: impl Fn(&T) -> String) -> Keys {
    let mut keys = Keys {
        home: list.file.clone(),
        lines: HashMap::with_capacity(list.items.len()),
        whole: list.whole,
        elsewhere: None,
    };
    for (line, item) in &list.items {
        let key = key(item);
        if key.is_empty() {
            // The cell is empty or wrong, which has been reported.
            keys.whole = false;
            continue;
        }
        if let Some(first) = keys.lines.get(&key) {
            let what = format!("{} stands in line {first} already", quoted(&key));
            problems.cell((&list.file, *line, columns), what, "remove one of the two lines, or correct the key of one");
        } else {
            keys.lines.insert(key, *line);
        }
    }
    keys
}
