//! What does a bibliography need to know of a reference?
//!
//! Must not know: any form in which it is written.

use crate::domain::{ReferenceType, Standing};
use crate::graph::{Graph, StrId};

/// One author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person whose name has parts.
    Person {
        /// Family name, all of its words.
        family: String,
        /// Initials with points: `C. S.`, `Y.-G.`.
        given: String,
        /// `Jr`, `III`, or empty.
        suffix: String,
    },
    /// A name that is written as it is: an organisation, or a Chinese name, which has no initials.
    Named(String),
}

/// A reference as bibliographies see it. Empty texts stand for what is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Key, e.g. `marin-2024`.
    pub key: String,
    /// What it is.
    pub kind: ReferenceType,
    /// Title.
    pub title: String,
    /// Authors in order.
    pub authors: Vec<Author>,
    /// Whether there are more authors, whose names are not known.
    pub cut: bool,
    /// Journal, preprint server, or the site of a press release.
    pub container: String,
    /// Year.
    pub year: Option<u16>,
    /// Volume.
    pub volume: String,
    /// Issue; a supplement is written out: `Supplement 1`.
    pub issue: String,
    /// Pages or article number.
    pub pages: String,
    /// DOI.
    pub doi: String,
    /// PubMed id.
    pub pmid: String,
    /// PubMed Central id.
    pub pmcid: String,
    /// Web address, where it is not that of the DOI.
    pub url: String,
    /// Language as a two-letter code.
    pub language: String,
    /// A warning to those who cite it: retracted, corrected, doubted, superseded; else empty.
    pub warning: &'static str,
}

impl Record {
    /// The record of a reference.
    ///
    /// Complexity: linear in its texts.
    #[must_use]
    pub fn of(graph: &Graph, reference: u32) -> Self {
        let (r, at) = (&graph.references, reference as usize);
        let text = |id: StrId| id.some().map(|id| one_line(&graph.strings.text(id))).unwrap_or_default();
        let id = text(graph.names(crate::domain::NodeKind::Reference).id[at]);
        let kind = r.reference_type[at];
        let organisations = kind == ReferenceType::PressRelease;
        let doi = text(r.doi[at]);
        let url = text(r.url[at]);
        Self {
            key: id.split_once(':').map_or(id.as_str(), |(_, bare)| bare).to_owned(),
            kind,
            title: text(r.title[at]),
            authors: r.authors.of(reference).iter().map(|a| author(&text(*a), organisations)).collect(),
            cut: r.et_al[at],
            container: text(r.journal[at]),
            year: Some(r.year[at]).filter(|year| *year != 0),
            volume: text(r.volume[at]),
            issue: issue(&text(r.issue[at])),
            pages: text(r.pages[at]).replace(['–', '—'], "-"),
            url: if !doi.is_empty() && url.ends_with(&doi) { String::new() } else { url },
            doi,
            pmid: text(r.pmid[at]),
            pmcid: text(r.pmcid[at]),
            language: text(r.language[at]),
            warning: match r.standing[at] {
                Standing::Published | Standing::NotPeerReviewed => "",
                Standing::Corrected => "A correction was published.",
                Standing::ExpressionOfConcern => "An expression of concern was published.",
                Standing::Retracted => "RETRACTED.",
                Standing::Superseded => "Replaced by a later publication.",
            },
        }
    }

    /// What kind of work it is, in words, where the form has no type for it; else empty.
    #[must_use]
    pub fn genre(&self) -> &'static str {
        match self.kind {
            ReferenceType::ConferenceAbstract => "Conference abstract",
            ReferenceType::Preprint => "Preprint",
            ReferenceType::PressRelease => "Press release",
            _ => "",
        }
    }

    /// First and last page; the last is empty where there is one page or an article number.
    #[must_use]
    pub fn page_range(&self) -> (&str, &str) {
        self.pages.split_once('-').unwrap_or((&self.pages, ""))
    }
}

/// Control characters and line breaks become spaces: in RIS a line break would begin a new field.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Reads a name as the data files have it: family name, then initials without points (`Sauter CS`).
fn author(name: &str, organisation: bool) -> Author {
    let named = || Author::Named(name.to_owned());
    if organisation {
        return named();
    }
    let mut words: Vec<&str> = name.split(' ').collect();
    let suffix = match words.last() {
        Some(last) if words.len() > 2 && SUFFIXES.contains(last) => words.pop().unwrap_or_default(),
        _ => "",
    };
    let Some(initials) = words.pop().filter(|word| !words.is_empty() && is_initials(word)) else {
        return named();
    };
    let pointed: Vec<String> = initials
        .split('-')
        .map(|part| part.chars().filter(|c| *c != '.').map(|c| format!("{c}.")).collect::<Vec<_>>().join(" "))
        .collect();
    Author::Person { family: words.join(" "), given: pointed.join("-"), suffix: suffix.to_owned() }
}

const SUFFIXES: [&str; 8] = ["Jr", "Sr", "II", "III", "IV", "2nd", "3rd", "4th"];

/// One to four capitals, with points or hyphens between them or not.
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (1..=4).contains(&letters)
        && word.chars().all(|c| c.is_uppercase() || c == '.' || c == '-')
        && word.starts_with(char::is_uppercase)
        && word.ends_with(|c: char| c.is_uppercase() || c == '.')
        && !word.contains("--")
}

fn issue(printed: &str) -> String {
    let lower = printed.to_lowercase();
    let rest = ["supplement", "suppl.", "suppl", "supp"].iter().find_map(|word| lower.strip_prefix(word));
    match rest {
        Some(rest) => format!("Supplement {}", rest.trim().to_uppercase()).trim_end().to_owned(),
        None => printed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(family: &str, given: &str, suffix: &str) -> Author {
        Author::Person { family: family.into(), given: given.into(), suffix: suffix.into() }
    }

    #[test]
    fn names_fall_into_parts() {
        for (printed, expected) in [
            ("Marin D", person("Marin", "D.", "")),
            ("Sauter CS", person("Sauter", "C. S.", "")),
            ("Liu Y-G", person("Liu", "Y.-G.", "")),
            ("Soleimani Samarkhazan H", person("Soleimani Samarkhazan", "H.", "")),
            ("Albarrán-Fernández V", person("Albarrán-Fernández", "V.", "")),
            ("Posey AD Jr", person("Posey", "A. D.", "Jr")),
            ("van der Berg Ł", person("van der Berg", "Ł.", "")),
            ("李梦媛", Author::Named("李梦媛".into())),
            ("World Health Organization", Author::Named("World Health Organization".into())),
            ("NIH", Author::Named("NIH".into())),
            ("", Author::Named(String::new())),
        ] {
            assert_eq!(author(printed, false), expected, "{printed}");
        }
        assert_eq!(author("Senti Biosciences", true), Author::Named("Senti Biosciences".into()));
        assert_eq!(author("Company X", true), Author::Named("Company X".into()));
    }

    #[test]
    fn supplements_are_written_out() {
        for (printed, expected) in [
            ("Supplement 1", "Supplement 1"),
            ("suppl 9", "Supplement 9"),
            ("Suppl. S2", "Supplement S2"),
            ("Suppl", "Supplement"),
            ("3", "3"),
            ("", ""),
        ] {
            assert_eq!(issue(printed), expected);
        }
    }

    #[test]
    fn a_text_is_one_line() {
        assert_eq!(one_line(" a\r\nER  - b\u{0}c "), "a ER - b c");
    }
}
