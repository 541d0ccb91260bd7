//! What is the reference as a RIS record?
//!
//! UTF-8, lines ended by CR LF, one tag a line. Must not know: CSL.

use super::record::{Author, Record};
use crate::domain::ReferenceType;

pub(super) fn write(record: &Record) -> String {
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(tag);
            out.push_str("  - ");
            out.push_str(value);
            out.push_str("\r\n");
        }
    };
    line("TY", kind(record.kind));
    line("ID", &record.key);
    for author in &record.authors {
        line("AU", &name(author));
    }
    line("TI", &record.title);
    line("T2", &record.container);
    line("PY", &record.year.map(|year| year.to_string()).unwrap_or_default());
    line("VL", &record.volume);
    line("IS", &record.issue);
    let (first, last) = record.page_range();
    line("SP", first);
    line("EP", last);
    line("DO", &record.doi);
    line("UR", &record.url);
    line("AN", &record.pmid);
    line("C2", &record.pmcid);
    line("LA", &record.language);
    line("M3", record.genre());
    if record.cut {
        line("N1", "The list of authors is cut: et al.");
    }
    line("N1", record.warning);
    out.push_str("ER  - \r\n");
    out
}

fn name(author: &Author) -> String {
    match author {
        // A comma would make a person of it.
        Author::Named(name) => name.replace(',', " "),
        Author::Person { family, given, suffix } if suffix.is_empty() => format!("{family}, {given}"),
        Author::Person { family, given, suffix } => format!("{family}, {given}, {suffix}"),
    }
}

const fn kind(kind: ReferenceType) -> &'static str {
    match kind {
        ReferenceType::ConferenceAbstract => "ABST",
        ReferenceType::Preprint => "UNPB",
        ReferenceType::PressRelease => "ELEC",
        ReferenceType::Other => "GEN",
        _ => "JOUR",
    }
}
