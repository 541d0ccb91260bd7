//! References as others write them, over the bundled data.

use std::process::Command;

use biblatex::{Bibliography, ChunksExt as _};
use trialweave::cite::{Author, Record, cite};
use trialweave::domain::{CitationStyle, NodeKind};
use trialweave::index::Found;
use trialweave::snapshot::Snapshot;

use crate::support::{golden, repository};

/// Every reference in every style, as read and checked by eye.
#[test]
fn every_reference_in_every_style() {
    let snapshot = Snapshot::bundled().unwrap();
    let graph = snapshot.graph();
    for style in CitationStyle::ALL {
        let all: Vec<String> =
            (0..graph.count(NodeKind::Reference)).map(|at| cite(graph, at, *style).replace("\r\n", "\n")).collect();
        let end = if *style == CitationStyle::Bibtex || *style == CitationStyle::Ris { "" } else { "\n" };
        let text: String = all.iter().map(|one| format!("{one}{end}")).collect();
        golden(&repository(&format!("tests/citations/{}.txt", style.text().to_lowercase())), &text);
    }
}

/// What the forms are for: another program reads them and has the same reference.
#[test]
fn another_bibtex_parser_reads_every_entry() {
    let snapshot = Snapshot::bundled().unwrap();
    let graph = snapshot.graph();
    let count = graph.count(NodeKind::Reference);
    let all: String = (0..count).map(|at| cite(graph, at, CitationStyle::Bibtex)).collect();
    let parsed = Bibliography::parse(&all).unwrap();
    assert_eq!(parsed.len(), count as usize);
    for at in 0..count {
        let record = Record::of(graph, at);
        let entry = parsed.get(&record.key).unwrap_or_else(|| panic!("{}", record.key));
        assert_eq!(entry.title().unwrap().format_verbatim(), record.title);
        let people = entry.author().unwrap();
        assert_eq!(people.len(), record.authors.len() + usize::from(record.cut), "{}", record.key);
        for (person, author) in people.iter().zip(&record.authors) {
            match author {
                Author::Named(name) => {
                    assert_eq!((person.name.as_str(), person.given_name.as_str()), (name.as_str(), ""))
                }
                Author::Person { family, given, .. } => {
                    let prefix = if person.prefix.is_empty() { String::new() } else { format!("{} ", person.prefix) };
                    assert_eq!((&format!("{prefix}{}", person.name), &person.given_name), (family, given));
                }
            }
        }
        assert_eq!(entry.doi().unwrap_or_default(), record.doi);
    }
}

/// BibTeX and RIS read by parsers from PyPI; see `tests/clients/parse_citations.py`.
#[test]
fn parsers_from_pypi_read_every_entry() {
    let Some(python) = crate::front_clients::PYTHON.as_ref() else { return };
    let script = repository("tests/clients/parse_citations.py");
    let run = Command::new(python).arg(script).arg(repository("tests/citations")).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let snapshot = Snapshot::bundled().unwrap();
    assert_eq!(String::from_utf8_lossy(&run.stdout).trim(), snapshot.graph().count(NodeKind::Reference).to_string());
}

/// The kinds of reference that go wrong elsewhere.
#[test]
fn what_goes_wrong_elsewhere_goes_right() {
    let snapshot = Snapshot::bundled().unwrap();
    let reference = |id: &str| match snapshot.index().ids.find(NodeKind::Reference, id) {
        Ok(Found::One(at)) => at,
        other => panic!("{id}: {other:?}"),
    };
    for (id, style, expected) in [
        // Chinese names have no initials and no commas.
        ("li-2023", CitationStyle::Vancouver, "李梦媛, 蒋小猛, 孙沁怡, et al. CAR-T 新型联用策略"),
        ("li-2023", CitationStyle::Ris, "AU  - 李梦媛\r\n"),
        ("li-2023", CitationStyle::CslJson, r#"{"literal":"李梦媛"}"#),
        // A company is no person with the initial B.
        ("senti-biosciences-2024", CitationStyle::Apa, "Senti Biosciences. (2024). Senti Bio Announces"),
        ("senti-biosciences-2024", CitationStyle::Bibtex, "author = {{Senti Biosciences}}"),
        (
            "senti-biosciences-2024",
            CitationStyle::Vancouver,
            "[press release]. GlobeNewswire; 2024. Available from: https://",
        ),
        // Supplements, abstracts, preprints.
        ("sauter-2023", CitationStyle::Vancouver, "[abstract]. Blood. 2023;142(Suppl 1):2097."),
        ("yu-2024", CitationStyle::Apa, "Arthritis & Rheumatology, 76(Supplement 9), L17."),
        ("yu-2024", CitationStyle::Bibtex, "journal = {Arthritis \\& Rheumatology}"),
        ("salehi-shadkani-2024", CitationStyle::CslJson, r#""genre":"Preprint""#),
        ("salehi-shadkani-2024", CitationStyle::Vancouver, "[preprint]. bioRxiv. 2024:624707."),
        // Names of several words, accents, a title that ends in a question.
        ("soleimani-samarkhazan-2025", CitationStyle::Bibtex, "Soleimani Samarkhazan, H."),
        ("yao-2024", CitationStyle::Apa, "Liu, Y.-G."),
        ("andrea-2024", CitationStyle::Vancouver, "competitors? Frontiers"),
    ] {
        let text = cite(snapshot.graph(), reference(id), style);
        assert!(text.contains(expected), "{id} {style}: {text}");
    }
}
