//! What is the reference as a BibTeX entry?
//!
//! UTF-8, for BibTeX and BibLaTeX alike: only fields that both know, dashes in page ranges doubled, capitals of titles
//! kept by braces. Written here rather than by the crate that reads it back in tests: its writer makes an accent of `~` and
//! `^`, a line break of a backslash, and leaves single braces in a field, which BibTeX then cannot end. Must not know: CSL.

use super::record::{Author, Record};
use crate::domain::ReferenceType;

pub(super) fn write(record: &Record) -> String {
    let journal = !matches!(record.kind, ReferenceType::Preprint | ReferenceType::PressRelease | ReferenceType::Other);
    let mut out = format!("@{}{{{}", if journal { "article" } else { "misc" }, key(&record.key));
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(",\n  ");
            out.push_str(name);
            out.push_str(" = {");
            out.push_str(value);
            out.push('}');
        }
    };
    let mut authors: Vec<String> = record.authors.iter().map(author).collect();
    if record.cut {
        authors.push("others".into());
    }
    field("author", &authors.join(" and "));
    let title = escape(&record.title);
    field("title", &if title.is_empty() { title } else { format!("{{{title}}}") });
    field(if journal { "journal" } else { "howpublished" }, &escape(&record.container));
    field("year", &record.year.map(|year| year.to_string()).unwrap_or_default());
    field("volume", &escape(&record.volume));
    field("number", &escape(&record.issue));
    field("pages", &escape(&record.pages).replace('-', "--"));
    field("doi", &verbatim(&record.doi));
    field("url", &verbatim(&record.url));
    field("pmid", &escape(&record.pmid));
    field("pmcid", &escape(&record.pmcid));
    field("language", if record.language == "zh" { "chinese" } else { "" });
    let note: Vec<&str> = [record.genre(), record.warning].into_iter().filter(|n| !n.is_empty()).collect();
    field("note", &escape(&note.join(". ")));
    out.push_str("\n}\n");
    out
}

/// Letters, digits and signs that every BibTeX takes in a key.
fn key(key: &str) -> String {
    key.chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+') { c } else { '_' })
        .collect()
}

fn author(author: &Author) -> String {
    match author {
        Author::Named(name) => format!("{{{}}}", escape(name)),
        Author::Person { family, given, suffix } => {
            // `and` between names is a word of the format: a family name that holds it stays whole in braces.
            let family = if family.split(' ').any(|w| w.eq_ignore_ascii_case("and")) || family.contains(',') {
                format!("{{{}}}", escape(family))
            } else {
                escape(family)
            };
            let parts = [family, escape(suffix), escape(given)];
            parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Text in which no sign means something to TeX. Braces become commands, as BibTeX counts even those behind a backslash.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c => out.push(c),
        }
    }
    out
}

/// An address: taken as it is by styles, so only what would end the field is percent-encoded.
fn verbatim(text: &str) -> String {
    text.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_tex_are_text() {
        for (text, expected) in [
            ("Cell Death & Disease", "Cell Death \\& Disease"),
            ("100% {of} $5_a#", "100\\% \\textbraceleft{}of\\textbraceright{} \\$5\\_a\\#"),
            ("a\\b~c^d", "a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d"),
            ("TGF-β 李", "TGF-β 李"),
        ] {
            assert_eq!(escape(text), expected);
        }
        assert_eq!(key("müller 2024,x"), "m_ller_2024_x");
        assert_eq!(verbatim("https://x.org/{a}"), "https://x.org/%7Ba%7D");
    }
}
