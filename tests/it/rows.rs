//! Every printed line of the review, as a client sees it, against what a person reads from it (`tests/oracle`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::ask::{ask_with, number, text, texts};
use crate::support::repository;

const REVIEW: &str = "source:carnk-review-2025";

/// What a person reads from a printed line.
#[derive(Debug, Deserialize)]
struct Line {
    table: String,
    row: u64,
    trial: String,
    printed: BTreeMap<String, String>,
    status: String,
    phases: Vec<String>,
    targets: BTreeSet<String>,
    drugs: BTreeSet<String>,
    diseases: BTreeMap<String, BTreeSet<String>>,
}

fn lines() -> Vec<Line> {
    let text = std::fs::read_to_string(repository("tests/oracle/review_rows.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

const QUERY: &str = "query Line($trial: String!, $review: ID!) {
  trial(id: $trial) {
    rows(source: $review) { table row source { id } trial { nctId } cells { field printed } }
    assertions(source: $review) { field value printed mapping qualifiers source { id } row { table row } }
    targets(source: $review) { target { id } assertions { source { id } } }
    drugs(source: $review) { drug { id } assertions { source { id } } }
    diseases(source: $review) { disease { id } assertions { source { id } qualifiers } }
  }
}";

fn trial(id: &str) -> Value {
    let mut data = ask_with(QUERY, &json!({ "trial": id, "review": REVIEW }));
    data["trial"].take()
}

/// Ids without their kind.
fn bare(ids: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    ids.into_iter().map(|id| id.split_once(':').unwrap().1.to_owned()).collect()
}

/// The assertions that a line makes on a field.
fn said<'a>(trial: &'a Value, line: &Line, field: &str) -> Vec<&'a Value> {
    let all = trial["assertions"].as_array().unwrap();
    let of_line = |a: &&Value| a["row"] == json!({ "table": line.table, "row": line.row }) && a["field"] == field;
    all.iter().filter(of_line).collect()
}

#[test]
fn all_106_lines_are_there_and_no_other() {
    let lines = lines();
    let keys: BTreeSet<_> = lines.iter().map(|line| (line.table.clone(), line.row)).collect();
    let per_table = |table: &str| keys.iter().filter(|(t, _)| t == table).count();
    assert_eq!((lines.len(), per_table("1"), per_table("2"), per_table("3")), (106, 63, 27, 16));

    let mut seen = Vec::new();
    for id in lines.iter().map(|line| line.trial.as_str()).collect::<BTreeSet<_>>() {
        for row in trial(id)["rows"].as_array().unwrap() {
            assert_eq!((text(row, "/source/id").as_str(), text(row, "/trial/nctId").as_str()), (REVIEW, id));
            seen.push((text(row, "/table"), number(row, "/row")));
        }
    }
    seen.sort();
    assert_eq!(seen, keys.into_iter().collect::<Vec<_>>());
}

#[test]
fn every_cell_is_as_printed() {
    // The file itself, read here without the program's help.
    let mut file = csv::Reader::from_path(repository("data/sources/carnk-review-2025/rows.csv")).unwrap();
    let head: Vec<String> = file.headers().unwrap().iter().map(str::to_uppercase).collect();
    let records: Vec<csv::StringRecord> = file.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 106);
    for (line, record) in lines().iter().zip(&records) {
        assert_eq!((&record[0], &record[1]), (line.table.as_str(), line.row.to_string().as_str()));
        let trial = trial(&record[2]);
        let rows = trial["rows"].as_array().unwrap();
        let row = rows.iter().find(|r| r["table"] == line.table && r["row"] == line.row).unwrap();
        let cells: BTreeMap<String, String> =
            row["cells"].as_array().unwrap().iter().map(|c| (text(c, "/field"), text(c, "/printed"))).collect();
        let printed: BTreeMap<String, String> =
            head.iter().cloned().zip(record.iter().map(str::to_owned)).skip(2).collect();
        assert_eq!(cells, printed, "table {} row {}", line.table, line.row);
        for (field, text) in &line.printed {
            assert_eq!(&cells[field], text, "table {} row {}", line.table, line.row);
        }
    }
}

#[test]
fn every_line_asserts_what_a_person_reads_from_it() {
    for line in lines() {
        let place = format!("{} (table {} row {})", line.trial, line.table, line.row);
        let trial = trial(&line.trial);

        let one = |field: &str| {
            let found = said(&trial, &line, field);
            assert_eq!(found.len(), 1, "{place}: {field}");
            text(found[0], "/value")
        };
        assert_eq!(one("STATUS"), line.status, "{place}");
        assert_eq!(one("PHASE"), line.phases.join("|"), "{place}");

        let ids = |field: &str| {
            let found = said(&trial, &line, field);
            let values = found.iter().map(|a| text(a, "/value")).filter(|value| value != "NONE_REPORTED");
            bare(values)
        };
        assert_eq!(ids("TARGET"), line.targets, "{place}");
        assert_eq!(ids("REGIMEN"), line.drugs, "{place}");

        let diseases: BTreeMap<String, BTreeSet<String>> = said(&trial, &line, "DISEASE")
            .into_iter()
            .map(|a| {
                (bare([text(a, "/value")]).pop_first().unwrap(), texts(&a["qualifiers"], "").into_iter().collect())
            })
            .collect();
        assert_eq!(diseases, line.diseases, "{place}");
    }
}

#[test]
fn the_links_of_a_trial_by_the_review_are_those_of_its_lines() {
    let mut by_trial: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in lines() {
        by_trial.entry(line.trial.clone()).or_default().push(line);
    }
    assert_eq!(by_trial.len(), 105);
    for (id, lines) in by_trial {
        let trial = trial(&id);
        let union =
            |of: fn(&Line) -> &BTreeSet<String>| -> BTreeSet<String> { lines.iter().flat_map(of).cloned().collect() };
        assert_eq!(bare(texts(&trial["targets"], "/target/id")), union(|l| &l.targets), "{id}");
        assert_eq!(bare(texts(&trial["drugs"], "/drug/id")), union(|l| &l.drugs), "{id}");
        let diseases: BTreeMap<String, BTreeSet<String>> = trial["diseases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| {
                let qualifiers =
                    link["assertions"].as_array().unwrap().iter().flat_map(|a| texts(&a["qualifiers"], ""));
                (bare([text(link, "/disease/id")]).pop_first().unwrap(), qualifiers.collect())
            })
            .collect();
        let expected: BTreeMap<_, _> = lines.iter().flat_map(|line| line.diseases.clone()).collect();
        assert_eq!(diseases, expected, "{id}");
        for pointer in ["targets", "drugs", "diseases"] {
            for link in trial[pointer].as_array().unwrap() {
                let sources: BTreeSet<_> = texts(&link["assertions"], "/source/id").into_iter().collect();
                assert_eq!(sources, BTreeSet::from([REVIEW.to_owned()]), "{id}: {link}");
            }
        }
    }
}
