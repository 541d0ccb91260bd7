//! Broken datasets, and every reason that is given for not trusting them: each folder of `tests/broken` overlays the
//! tiny dataset and gives exactly its `problems.txt`. Beside them, oddities that are no problem.

use std::collections::BTreeSet;

use trialweave::dataset;
use trialweave::domain::{Mapping, SourceField};

use crate::support::{MemoryFiles, golden, repository};

#[test]
fn the_tiny_dataset_is_sound() {
    if let Err(problems) = dataset::load(&MemoryFiles::tiny()) {
        panic!("{problems}");
    }
}

#[test]
fn each_broken_dataset_gives_exactly_its_problems() {
    let mut cases: Vec<_> =
        std::fs::read_dir(repository("tests/broken")).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 20, "only {} cases", cases.len());
    for case in cases {
        let mut files = MemoryFiles::tiny();
        files.overlay(&case);
        files.0.remove("problems.txt");
        let problems = match dataset::load(&files) {
            Ok(_) => panic!("{} loads", case.display()),
            Err(problems) => problems,
        };
        for problem in problems.as_slice() {
            assert!(!problem.fix.is_empty() && !problem.fix.ends_with('.'), "{problem}");
        }
        golden(&case.join("problems.txt"), &format!("{problems}\n"));
    }
}

#[test]
fn a_cell_of_ten_megabytes_is_a_problem_and_no_burden() {
    let mut files = MemoryFiles::tiny();
    let mut text = files.text("vocabulary/targets.csv");
    text.push_str(&format!("cd7,CD7,,ANTIGEN,{}\ncd70,CD70,,NOTHING,\n", "x".repeat(10_000_000)));
    files.0.insert("vocabulary/targets.csv".to_owned(), text.into_bytes());
    let problems = dataset::load(&files).unwrap_err().to_string();
    assert_eq!(
        problems,
        "data/vocabulary/targets.csv:6: cell 5 is 10000000 bytes long, the limit is 1048576. Fix: look for a quote that \
         is never closed, or shorten the cell.\n\
         data/vocabulary/targets.csv:7: column `kind`: `NOTHING` is not in the list of values. Fix: write one of \
         ANTIGEN, BINDER, ANTIGEN_GROUP, MOLECULE."
    );
}

#[test]
fn bytes_that_are_no_text_are_found_by_line_and_offset() {
    let mut files = MemoryFiles::tiny();
    files.0.insert("rules.csv".to_owned(), b"field,precedence,text_en,text_zh\nSTATUS,REVIEW,a\xe9b,\n".to_vec());
    let problems = dataset::load(&files).unwrap_err().to_string();
    assert_eq!(problems, "data/rules.csv:2: byte 0xe9 at offset 48 is not UTF-8. Fix: save the file as UTF-8.");
}

#[test]
fn windows_line_ends_are_no_problem_and_no_change() {
    let sound = dataset::load(&MemoryFiles::tiny()).unwrap();
    let mut files = MemoryFiles::tiny();
    for bytes in files.0.values_mut() {
        *bytes = String::from_utf8(bytes.clone()).unwrap().replace('\n', "\r\n").into_bytes();
    }
    assert_eq!(dataset::load(&files).unwrap(), sound);
}

#[test]
fn an_unknown_text_is_no_problem_and_stays_as_printed() {
    let mut files = MemoryFiles::tiny();
    files.replace("sources/review/rows.csv", "R/R AML/MDS", "R/R 怪病/MDS");
    files.replace("sources/review/rows.csv", "招募中,CD19 的", "不明,CD19 的");
    let dataset = dataset::load(&files).unwrap();
    let unmapped: Vec<_> = dataset.trials[0]
        .assertions
        .iter()
        .filter(|a| a.mapping == Mapping::Unmapped && a.source == "review")
        .map(|a| (a.field, a.value.as_str(), a.printed.as_str(), a.entity()))
        .collect();
    let expected = [(SourceField::Status, "不明", "不明", None), (SourceField::Disease, "R/R 怪病", "R/R 怪病", None)];
    assert_eq!(unmapped, expected);
}

#[test]
fn files_that_may_be_absent_may_be_absent() {
    let mut files = MemoryFiles::tiny();
    let needed = [
        "datapackage.json",
        "rules.csv",
        "vocabulary/targets.csv",
        "vocabulary/drugs.csv",
        "vocabulary/diseases.csv",
        "vocabulary/disease_parents.csv",
        "sources/sources.csv",
        "sources/review/rows.csv",
        "sources/registry/rows.csv",
    ];
    files.0.retain(|path, _| needed.contains(&path.as_str()));
    files.replace("sources/sources.csv", "li-2025", "");
    assert_eq!(dataset::load(&files).unwrap().trials.len(), 3);
    for gone in needed.iter().filter(|path| !path.ends_with("/rows.csv")) {
        let mut files = files.clone();
        files.0.remove(*gone);
        let problems = dataset::load(&files).unwrap_err();
        let about: BTreeSet<_> = problems.as_slice().iter().map(|p| p.file.as_str()).collect();
        assert!(about.contains(format!("data/{gone}").as_str()), "{gone}: {problems}");
    }
}

#[test]
fn a_directory_that_is_missing_is_one_problem() {
    let problems = dataset::from_dir(std::path::Path::new("no/such/folder")).unwrap_err();
    let expected = "no/such/folder: there is no such directory. Fix: give the path of a data package.";
    assert_eq!(problems.to_string(), expected);
}
