//! Do the records fit together: is every id unique, does every reference lead somewhere, is there one tree of diseases?
//!
//! Must not know: how a file is read, or what a printed cell means. Every check runs, whatever the others find; a
//! record that another record merely refers to is not reported again because it has a fault of its own.

mod hierarchy;
mod keys;
mod names;
mod references;

use super::problem::{Problems, quoted};
use super::raw::{List, Raw};
use crate::domain::NodeKind;

use keys::{Known, unique};

/// Whether there is a record of a kind with this id in a file that `raw` leaves out.
pub(crate) type Elsewhere<'a> = dyn Fn(NodeKind, &str) -> bool + 'a;

/// Reports everything that does not fit.
pub(crate) fn validate(raw: &Raw, elsewhere: &Elsewhere<'_>, problems: &mut Problems) {
    let known = Known::new(raw, elsewhere, problems);
    compound_keys(raw, problems);
    references::check(raw, &known, problems);
    hierarchy::check(raw, problems);
    names::check(raw, &known, problems);
}

/// Keys of more than one column, and keys that nothing refers to.
fn compound_keys(raw: &Raw, problems: &mut Problems) {
    let key = |parts: &[&str]| if parts.iter().any(|p| p.is_empty()) { String::new() } else { parts.join(" + ") };
    let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    unique(&raw.genes, "target_id + position", problems, |(target, n, _)| key(&[target, &number(*n)]));
    unique(&raw.regimens, "members", problems, |r| r.members.join("|"));
    unique(&raw.parents, "disease_id + parent_id", problems, |(disease, parent)| key(&[disease, parent]));
    unique(&raw.xrefs, "kind + entity_id + curie", problems, |x| key(&[x.kind.text(), &x.entity, &x.xref.curie]));
    unique(&raw.separators, "field + text", problems, |(field, text)| key(&[field.text(), text]));
    unique(&raw.rules, "field", problems, |rule| rule.field.text().to_owned());
    for (_, source) in &raw.sources.items {
        unique(&source.tables, "table + position", problems, |c| key(&[&c.table, &number(c.position)]));
        one_field_once(&source.tables, problems);
        unique(&source.rows, "table + row", problems, |r| key(&[&r.row.table, &number(r.row.number)]));
        let positioned = "statement_id + position";
        unique(&source.citations, positioned, problems, |(id, n, _)| key(&[id, &number(*n)]));
        unique(&source.outcomes, positioned, problems, |(id, n, _)| key(&[id, &number(*n)]));
        unique(&source.about, positioned, problems, |(id, n, _)| key(&[id, &number(*n)]));
        unique(&source.mentions, "statement_id + registry_id", problems, |(id, m)| key(&[id, &m.registry_id]));
        unique(&source.subjects, "note_id + kind + entity_id", problems, |(id, k, subject)| {
            key(&[id, k.text(), subject])
        });
        unique(&source.reference_citations, "citing_id + cited_id", problems, |(a, b)| key(&[a, b]));
        unique(&source.trial_references, "registry_id + reference_id", problems, |(a, b)| key(&[a, b]));
    }
}

/// A table has a field in one column only, as a row has one cell per field.
fn one_field_once(tables: &List<super::raw::RawColumn>, problems: &mut Problems) {
    for (i, (line, column)) in tables.items.iter().enumerate() {
        let before = &tables.items[..i];
        let same = |(_, other): &&(u64, super::raw::RawColumn)| {
            other.table == column.table && other.field == column.field && other.position != column.position
        };
        if let Some((first, _)) = before.iter().find(same) {
            let what =
                format!("table {} has the field `{}` in line {first} already", quoted(&column.table), column.field);
            problems.cell((&tables.file, *line, "field"), what, "name each field of a table once");
        }
    }
}
