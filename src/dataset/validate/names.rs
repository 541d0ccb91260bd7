//! Does every name mean one thing, and does every rule of text to value lead to a value?
//!
//! Must not know: which cells will be normalised.

use std::collections::HashMap;

use super::keys::Known;
use crate::dataset::normalise::{NONE_REPORTED, api_id, concepts, fold, parse_value};
use crate::dataset::problem::{Problems, quoted};
use crate::dataset::raw::{List, Raw, RawValue};
use crate::domain::{NodeKind, SourceField};

/// Reports names with two meanings and values that are none.
pub(super) fn check(raw: &Raw, known: &Known<'_>, problems: &mut Problems) {
    for kind in [NodeKind::Target, NodeKind::Disease, NodeKind::Drug] {
        names(raw, kind, problems);
    }
    once(&raw.qualifiers, "text", problems, |q| {
        (String::new(), q.text.as_str(), format!("{:?} {}", q.qualifiers, q.carries))
    });
    once(&raw.values, "text", problems, |v| (v.field.to_string(), v.text.as_str(), v.value.clone()));
    for (line, (field, _)) in &raw.separators.items {
        if !matches!(field, SourceField::Target | SourceField::Disease | SourceField::Regimen | SourceField::Country) {
            let at = (raw.separators.file.as_str(), *line, "field");
            let what = format!("a cell of `{field}` says one thing and is never cut");
            problems.cell(at, what, "remove the line, or write TARGET, DISEASE, REGIMEN or COUNTRY");
        }
    }
    for (line, value) in &raw.values.items {
        check_value(raw, known, *line, value, problems);
    }
}

/// Where a name was given first.
struct First {
    entity: String,
    text: String,
    file: String,
    line: u64,
}

/// Two concepts of a kind may not share a name; regimens share the names of drugs.
fn names(raw: &Raw, kind: NodeKind, problems: &mut Problems) {
    let file = match kind {
        NodeKind::Target => &raw.targets.file,
        NodeKind::Disease => &raw.diseases.file,
        _ => &raw.drugs.file,
    };
    let mut all: HashMap<String, First> = HashMap::new();
    let mut name = |text: &str, entity: &str, file: &str, line: u64, column: &str| {
        let folded = fold(text);
        if folded.is_empty() || entity.is_empty() {
            return;
        }
        if let Some(first) = all.get(&folded) {
            if first.entity != entity {
                let what = format!(
                    "the name {} of {} is also a name of {}: {} in {}:{}",
                    quoted(text),
                    quoted(entity),
                    quoted(&first.entity),
                    quoted(&first.text),
                    first.file,
                    first.line
                );
                problems.cell((file, line, column), what, "keep the name at one of the two");
            }
            return;
        }
        let first = First { entity: entity.to_owned(), text: text.to_owned(), file: file.to_owned(), line };
        all.insert(folded, first);
    };
    for (line, concept) in concepts(raw, kind) {
        name(&concept.label.en, &concept.id, file, line, "label_en");
        name(&concept.label.zh, &concept.id, file, line, "label_zh");
    }
    for (line, synonym) in raw.synonyms.items.iter().filter(|(_, s)| s.kind == kind) {
        name(&synonym.synonym.text, &synonym.entity, &raw.synonyms.file, *line, "text");
    }
    if kind == NodeKind::Drug {
        for (line, regimen) in &raw.regimens.items {
            let id = format!("the regimen {}", regimen.members.join("|"));
            name(&regimen.label.en, &id, &raw.regimens.file, *line, "label_en");
            name(&regimen.label.zh, &id, &raw.regimens.file, *line, "label_zh");
            for synonym in &regimen.synonyms {
                name(&synonym.text, &id, &raw.regimens.file, *line, "synonyms");
            }
        }
    }
    // The same name of the same concept twice in the list of synonyms says nothing new.
    let mut seen: HashMap<String, u64> = HashMap::new();
    for (line, synonym) in raw.synonyms.items.iter().filter(|(_, s)| s.kind == kind) {
        if let Some(first) = seen.insert(format!("{} {}", synonym.entity, synonym.synonym.text), *line) {
            let what = format!("{} stands in line {first} already", quoted(&synonym.synonym.text));
            problems.cell((&raw.synonyms.file, *line, "text"), what, "remove one of the two lines");
        }
    }
}

/// Reports a text that stands twice in a list, and one that stands there with two meanings, white space and case
/// ignored. The key of an item is its group, its text and its meaning.
fn once<'a, T>(
    list: &'a List<T>,
    column: &str,
    problems: &mut Problems,
    key: impl Fn(&'a T) -> (String, &'a str, String),
) {
    let mut seen: HashMap<(String, String), (u64, &str, String)> = HashMap::new();
    for (line, item) in &list.items {
        let (group, text, meaning) = key(item);
        let folded = fold(text);
        if folded.is_empty() {
            continue;
        }
        match seen.get(&(group.clone(), folded.clone())) {
            Some((first, other, same)) if *other == text || *same != meaning => {
                let what = if *other == text { "stands" } else { "stands with another meaning" };
                let what = format!("{} {what} in line {first} already, white space and case ignored", quoted(text));
                problems.cell((&list.file, *line, column), what, "remove one of the two lines");
            }
            Some(_) => {}
            None => drop(seen.insert((group, folded), (*line, text, meaning))),
        }
    }
}

fn check_value(raw: &Raw, known: &Known<'_>, line: u64, value: &RawValue, problems: &mut Problems) {
    let at = (raw.values.file.as_str(), line, "value");
    let kind = match value.field {
        SourceField::Target => NodeKind::Target,
        SourceField::Disease => NodeKind::Disease,
        SourceField::Regimen => NodeKind::Drug,
        field => {
            // The value must be written as the data model writes it.
            if !value.value.is_empty() && parse_value(field, &value.value).as_deref() != Some(&value.value) {
                let what = format!("{} is no value of `{field}`", quoted(&value.value));
                problems.cell(at, what, "write a value of the field's own list, e.g. `RECRUITING` or `PHASE1|PHASE2`");
            }
            return;
        }
    };
    for id in value.value.split('|').filter(|id| !id.is_empty() && *id != NONE_REPORTED) {
        let prefix = api_id(kind, "");
        match (id.strip_prefix(prefix.as_str()), known.of(kind)) {
            (Some(bare), Some(keys)) => known.check(keys, at, bare, problems),
            _ => {
                let what = format!("{} is no value of `{}`", quoted(id), value.field);
                problems.cell(at, what, format!("write `{NONE_REPORTED}` or an id like `{prefix}…`"));
            }
        }
    }
}
