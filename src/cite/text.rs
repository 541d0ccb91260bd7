//! How does the reference read in a bibliography?
//!
//! Plain text after Citing Medicine (NLM, "Vancouver") and the Publication Manual of the American Psychological
//! Association, 7th edition, for the kinds of work that the data holds. Written here rather than by a style-sheet engine:
//! the one tried printed `2024 ;30`, `competitors?.`, `(2024,)` and `Globenewswire`, and lost the authors of one style.
//! Titles keep their capitals as published. Must not know: BibTeX, RIS, CSL.

use super::record::{Author, Record};
use crate::domain::ReferenceType;

/// Authors that NLM's style lists before `et al.`.
const VANCOUVER_AUTHORS: usize = 6;
/// Authors that APA's style lists in full.
const APA_AUTHORS: usize = 20;

/// `Marin D, Li Y, et al. Title. Journal. 2024;30(3):772-84. doi: … PMID: ….`
pub(super) fn vancouver(record: &Record) -> String {
    let mut out = Sentences::default();
    let mut authors: Vec<String> = record.authors.iter().take(VANCOUVER_AUTHORS).map(vancouver_author).collect();
    if record.cut || record.authors.len() > VANCOUVER_AUTHORS {
        authors.push("et al".into());
    }
    out.add(&authors.join(", "));
    let title = match record.kind {
        ReferenceType::ConferenceAbstract => format!("{} [abstract]", record.title),
        ReferenceType::Preprint => format!("{} [preprint]", record.title),
        ReferenceType::PressRelease => format!("{} [press release]", record.title),
        _ => record.title.clone(),
    };
    out.add(&title);
    let issue = match record.issue.strip_prefix("Supplement") {
        Some(rest) => format!("Suppl{rest}"),
        None => record.issue.clone(),
    };
    let year = record.year.map(|year| year.to_string()).unwrap_or_default();
    let volume = if issue.is_empty() { record.volume.clone() } else { format!("{}({issue})", record.volume) };
    let mut place = year;
    if !volume.is_empty() {
        place.push(';');
        place.push_str(&volume);
    }
    if !record.pages.is_empty() {
        place.push(':');
        place.push_str(&shortened(record));
    }
    if record.kind == ReferenceType::PressRelease {
        let published: Vec<&str> = [record.container.as_str(), &place].into_iter().filter(|p| !p.is_empty()).collect();
        out.add(&published.join("; "));
    } else {
        out.add(&record.container);
        out.add(&place);
    }
    if !record.doi.is_empty() {
        out.add(&format!("doi: {}", record.doi));
    } else if !record.url.is_empty() {
        out.add_address("Available from: ", &record.url);
    }
    let numbers = [("PMID: ", &record.pmid), ("PMCID: ", &record.pmcid)];
    let numbers: Vec<String> =
        numbers.iter().filter(|(_, id)| !id.is_empty()).map(|(name, id)| format!("{name}{id}")).collect();
    out.add(&numbers.join("; "));
    out.add(record.warning);
    out.text
}

/// `Marin, D., Li, Y., et al. (2024). Title. Journal, 30(3), 772–784. https://doi.org/…`
pub(super) fn apa(record: &Record) -> String {
    let mut out = Sentences::default();
    let year = record.year.map_or_else(|| "(n.d.)".into(), |year| format!("({year})"));
    let authors = apa_authors(record);
    let genre = match record.genre() {
        "" => String::new(),
        genre => format!(" [{genre}]"),
    };
    let title = format!("{}{genre}", record.title);
    if authors.is_empty() {
        out.add(&title);
        out.add(&year);
    } else {
        // A name that ends in a letter ends with a point: `Senti Biosciences. (2024).`
        let point = if authors.ends_with('.') { "" } else { "." };
        out.add(&format!("{authors}{point} {year}"));
        out.add(&title);
    }
    let volume = match record.issue.as_str() {
        "" => record.volume.clone(),
        issue => format!("{}({issue})", record.volume),
    };
    let pages = record.pages.replace('-', "–");
    let place: Vec<&str> = [record.container.as_str(), &volume, &pages].into_iter().filter(|p| !p.is_empty()).collect();
    out.add(&place.join(", "));
    out.add(record.warning);
    if !record.doi.is_empty() {
        out.add_address("https://doi.org/", &record.doi);
    } else if !record.url.is_empty() {
        out.add_address("", &record.url);
    }
    out.text
}

/// Sentences that end in one point each.
#[derive(Default)]
struct Sentences {
    text: String,
}

impl Sentences {
    fn add(&mut self, sentence: &str) {
        if sentence.is_empty() {
            return;
        }
        self.add_address("", sentence);
        if !sentence.ends_with(['.', '?', '!', '。', '？', '！']) {
            self.text.push('.');
        }
    }

    /// An address ends without a point, which would seem to belong to it.
    fn add_address(&mut self, before: &str, address: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(before);
        self.text.push_str(address);
    }
}

fn vancouver_author(author: &Author) -> String {
    match author {
        Author::Named(name) => name.clone(),
        Author::Person { family, given, suffix } => {
            let initials: String = given.chars().filter(|c| c.is_alphabetic()).collect();
            let words = [family.as_str(), &initials, suffix];
            words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
        }
    }
}

fn apa_authors(record: &Record) -> String {
    let mut names: Vec<String> = record
        .authors
        .iter()
        .map(|author| match author {
            Author::Named(name) => name.clone(),
            Author::Person { family, given, suffix } if suffix.is_empty() => format!("{family}, {given}"),
            Author::Person { family, given, suffix } => format!("{family}, {given}, {suffix}"),
        })
        .collect();
    if record.cut {
        names.truncate(APA_AUTHORS - 1);
        names.push("et al.".into());
        return names.join(", ");
    }
    let Some(last) = names.pop() else { return String::new() };
    if names.is_empty() {
        last
    } else if names.len() < APA_AUTHORS {
        format!("{}, & {last}", names.join(", "))
    } else {
        names.truncate(APA_AUTHORS - 1);
        format!("{}, . . . {last}", names.join(", "))
    }
}

/// Pages as NLM shortens them: `772-84`.
fn shortened(record: &Record) -> String {
    let (first, last) = record.page_range();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(first) || !digits(last) || first.len() != last.len() {
        return record.pages.clone();
    }
    let same = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    // Equal pages are one page.
    if same == last.len() { first.to_owned() } else { format!("{first}-{}", &last[same..]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let person = |family: &str, given: &str| Author::Person {
            family: family.into(),
            given: given.into(),
            suffix: String::new(),
        };
        Record {
            key: "a-2024".into(),
            kind: ReferenceType::Review,
            title: "Companions or competitors?".into(),
            authors: vec![person("Liu", "Y.-G."), person("Sauter", "C. S.")],
            cut: false,
            container: "Blood".into(),
            year: Some(2024),
            volume: "142".into(),
            issue: "Supplement 1".into(),
            pages: "2097-2099".into(),
            doi: "10.1/x".into(),
            pmid: "1".into(),
            pmcid: String::new(),
            url: String::new(),
            language: "en".into(),
            warning: "",
        }
    }

    #[test]
    fn forms_of_an_article() {
        let r = record();
        assert_eq!(
            vancouver(&r),
            "Liu YG, Sauter CS. Companions or competitors? Blood. 2024;142(Suppl 1):2097-9. doi: 10.1/x. PMID: 1."
        );
        assert_eq!(
            apa(&r),
            "Liu, Y.-G., & Sauter, C. S. (2024). Companions or competitors? Blood, 142(Supplement 1), 2097–2099. https://doi.org/10.1/x"
        );
        let retracted = Record { warning: "RETRACTED.", cut: true, ..r };
        assert!(vancouver(&retracted).starts_with("Liu YG, Sauter CS, et al. Companions"));
        assert!(vancouver(&retracted).ends_with("PMID: 1. RETRACTED."));
        assert!(apa(&retracted).starts_with("Liu, Y.-G., Sauter, C. S., et al. (2024)."));
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let empty = Record {
            title: "T".into(),
            authors: vec![],
            container: String::new(),
            year: None,
            volume: String::new(),
            issue: String::new(),
            pages: String::new(),
            doi: String::new(),
            pmid: String::new(),
            ..record()
        };
        assert_eq!(vancouver(&empty), "T.");
        assert_eq!(apa(&empty), "T. (n.d.).");
        let issue_only = Record { issue: "24".into(), container: "J".into(), year: Some(2025), ..empty };
        assert_eq!(vancouver(&issue_only), "T. J. 2025;(24).");
        assert_eq!(apa(&issue_only), "T. (2025). J, (24).");
    }

    #[test]
    fn long_lists_of_authors() {
        let author = |at: usize| Author::Person { family: format!("F{at}"), given: "A.".into(), suffix: String::new() };
        let many = Record { authors: (1..=22).map(author).collect(), ..record() };
        assert!(vancouver(&many).starts_with("F1 A, F2 A, F3 A, F4 A, F5 A, F6 A, et al. Comp"));
        assert!(apa(&many).contains("F19, A., . . . F22, A. (2024)"), "{}", apa(&many));
        let twenty = Record { authors: (1..=20).map(author).collect(), ..record() };
        assert!(apa(&twenty).contains("F19, A., & F20, A. (2024)"));
    }
}
