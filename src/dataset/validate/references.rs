//! Does everything that one record says of another lead to a record?
//!
//! Must not know: in which order files are read.

use std::collections::{BTreeSet, HashMap};

use super::keys::{Keys, Known};
use crate::dataset::problem::{Problems, quoted};
use crate::dataset::raw::{Raw, RawSource};
use crate::domain::{About, Reference};

/// Reports every reference that leads nowhere.
pub(super) fn check(raw: &Raw, known: &Known<'_>, problems: &mut Problems) {
    let mut check = |keys: &Keys, file: &str, line: u64, column: &str, id: &str| {
        known.check(keys, (file, line, column), id, problems);
    };
    for (line, (target, _, _)) in &raw.genes.items {
        check(&known.targets, &raw.genes.file, *line, "target_id", target);
    }
    for (line, regimen) in &raw.regimens.items {
        regimen.members.iter().for_each(|id| check(&known.drugs, &raw.regimens.file, *line, "members", id));
    }
    for (line, (disease, parent)) in &raw.parents.items {
        check(&known.diseases, &raw.parents.file, *line, "disease_id", disease);
        check(&known.diseases, &raw.parents.file, *line, "parent_id", parent);
    }
    let synonyms = raw.synonyms.items.iter().map(|(line, s)| (&raw.synonyms.file, *line, s.kind, &s.entity));
    let xrefs = raw.xrefs.items.iter().map(|(line, x)| (&raw.xrefs.file, *line, x.kind, &x.entity));
    for (file, line, kind, entity) in synonyms.chain(xrefs) {
        if let Some(keys) = known.of(kind) {
            check(keys, file, line, "entity_id", entity);
        }
    }
    for (line, source) in &raw.sources.items {
        check(&known.references, &raw.sources.file, *line, "reference_id", &source.source.reference);
    }
    for (_, source) in &raw.sources.items {
        of_source(source, known, problems);
    }
    same_reference(raw, problems);
}

fn of_source(source: &RawSource, known: &Known<'_>, problems: &mut Problems) {
    let id = source.source.id.as_str();
    let mut check = |keys: &Keys, file: &str, line: u64, column: &str, id: &str| {
        known.check(keys, (file, line, column), id, problems);
    };
    let tables: Keys = Keys {
        home: source.tables.file.clone(),
        lines: source.tables.items.iter().map(|(line, c)| (c.table.clone(), *line)).collect(),
        whole: source.tables.present && source.tables.whole,
        elsewhere: None,
    };
    for (line, row) in &source.rows.items {
        check(&tables, &source.rows.file, *line, "table", &row.row.table);
    }
    for (line, (_, _, citation)) in &source.citations.items {
        check(&known.references, &source.citations.file, *line, "reference_id", &citation.reference);
    }
    for (line, (_, _, about)) in &source.about.items {
        if let About::Entity(kind, entity) = about
            && let Some(keys) = known.of(*kind)
        {
            check(keys, &source.about.file, *line, "entity_id", entity);
        }
    }
    for (line, (_, kind, subject)) in &source.subjects.items {
        if let Some(keys) = known.of(*kind) {
            check(keys, &source.subjects.file, *line, "entity_id", subject);
        }
    }
    for (line, (citing, cited)) in &source.reference_citations.items {
        check(&known.references, &source.reference_citations.file, *line, "citing_id", citing);
        check(&known.references, &source.reference_citations.file, *line, "cited_id", cited);
    }
    for (line, (trial, reference)) in &source.trial_references.items {
        check(&known.trials, &source.trial_references.file, *line, "registry_id", trial);
        check(&known.references, &source.trial_references.file, *line, "reference_id", reference);
    }
    // Statements and notes are named without their source in the source's own files.
    let positioned = [
        (&source.citations.file, source.citations.items.iter().map(|(l, (id, ..))| (*l, id)).collect::<Vec<_>>()),
        (&source.outcomes.file, source.outcomes.items.iter().map(|(l, (id, ..))| (*l, id)).collect()),
        (&source.about.file, source.about.items.iter().map(|(l, (id, ..))| (*l, id)).collect()),
        (&source.mentions.file, source.mentions.items.iter().map(|(l, (id, _))| (*l, id)).collect()),
    ];
    let notes = source.subjects.items.iter().map(|(l, (id, ..))| (*l, id)).collect::<Vec<_>>();
    let (ours, remarks) = (&source.statements, &source.notes);
    let statements = own(id, ours.items.iter().map(|(line, s)| (*line, s.id.as_str())), &ours.file, ours.whole);
    let remarks = own(id, remarks.items.iter().map(|(line, n)| (*line, n.id.as_str())), &remarks.file, remarks.whole);
    for (file, lines) in positioned {
        lines.into_iter().for_each(|(line, code)| check(&statements, file, line, "statement_id", code));
    }
    notes.into_iter().for_each(|(line, code)| check(&remarks, &source.subjects.file, line, "note_id", code));
}

/// The codes of one source's own records.
fn own<'a>(source: &str, ids: impl Iterator<Item = (u64, &'a str)>, home: &str, whole: bool) -> Keys {
    let mut keys = Keys { home: home.to_owned(), lines: HashMap::new(), whole, elsewhere: None };
    for (line, id) in ids {
        match id.strip_prefix(source).and_then(|rest| rest.strip_prefix('/')) {
            Some(code) => {
                keys.lines.insert(code.to_owned(), line);
            }
            None => keys.whole = false,
        }
    }
    keys
}

/// A reference that several sources list must be the same record in each of them.
fn same_reference(raw: &Raw, problems: &mut Problems) {
    let mut first: HashMap<&str, (&Reference, &str, u64)> = HashMap::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (_, source) in &raw.sources.items {
        for (line, listed) in &source.references.items {
            let reference = &listed.reference;
            let known = *first.entry(&reference.id).or_insert((reference, &source.references.file, *line));
            // Twice in one file is a key that stands twice, reported as that.
            if reference.id.is_empty() || known.1 == source.references.file || known.0 == reference {
                continue;
            }
            if told.insert(&reference.id) {
                let what = format!("{} differs from the record in {}:{}", quoted(&reference.id), known.1, known.2);
                let fix = "write the same values in both files (the marker apart), or give one another id";
                problems.cell((&source.references.file, *line, "id"), what, fix);
            }
        }
    }
}
