//! What is the reference as an item of CSL-JSON?
//!
//! <https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html>. Must not know: style sheets.

use serde_json::{Map, Value, json};

use super::record::{Author, Record};
use crate::domain::ReferenceType;

/// The item. A list of authors that is cut ends in the literal name `others`, as BibTeX and pandoc have it.
pub(super) fn item(record: &Record) -> Value {
    let mut item = Map::new();
    let mut set = |name: &str, text: &str| {
        if !text.is_empty() {
            item.insert(name.to_owned(), text.into());
        }
    };
    set("id", &record.key);
    set("type", kind(record.kind));
    set("title", &record.title);
    // A preprint server publishes; it is no journal.
    set(if record.kind == ReferenceType::Preprint { "publisher" } else { "container-title" }, &record.container);
    set("volume", &record.volume);
    set("issue", &record.issue);
    set(if record.kind == ReferenceType::Preprint { "number" } else { "page" }, &record.pages);
    set("DOI", &record.doi);
    set("PMID", &record.pmid);
    set("PMCID", &record.pmcid);
    set("URL", &record.url);
    set("language", &record.language);
    set("genre", record.genre());
    set("note", record.warning);
    let mut authors: Vec<Value> = record.authors.iter().map(name).collect();
    if record.cut {
        authors.push(json!({"literal": "others"}));
    }
    if !authors.is_empty() {
        item.insert("author".into(), authors.into());
    }
    if let Some(year) = record.year {
        item.insert("issued".into(), json!({"date-parts": [[year]]}));
    }
    Value::Object(item)
}

fn name(author: &Author) -> Value {
    match author {
        Author::Named(name) => json!({"literal": name}),
        Author::Person { family, given, suffix } if suffix.is_empty() => json!({"family": family, "given": given}),
        Author::Person { family, given, suffix } => json!({"family": family, "given": given, "suffix": suffix}),
    }
}

const fn kind(kind: ReferenceType) -> &'static str {
    match kind {
        ReferenceType::Preprint => "article",
        ReferenceType::PressRelease => "webpage",
        ReferenceType::Other => "document",
        _ => "article-journal",
    }
}
