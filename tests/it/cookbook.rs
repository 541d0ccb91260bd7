//! The thirty questions of the cookbook: each is one example, docs/cookbook.md lists it, and its answer is what the CSV
//! files say when read by a second way (tests/cookbook/check.py). That the server gives these answers is for `examples`.

use std::path::Path;
use std::process::Command;

use crate::support::repository;

/// The names of the thirty examples, by number.
fn questions() -> Vec<String> {
    let entries = std::fs::read_dir(repository("schema/examples")).unwrap();
    let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
    let number = |n: &str| n.strip_prefix('q').is_some_and(|n| n[..2].bytes().all(|b| b.is_ascii_digit()));
    let mut names: Vec<_> =
        names.filter_map(|n| n.strip_suffix(".graphql").map(str::to_owned)).filter(|n| number(n)).collect();
    names.sort();
    names
}

#[test]
fn every_question_is_one_example_and_stands_in_the_cookbook() {
    let names = questions();
    assert_eq!(names.len(), 30, "{names:?}");
    let cookbook = std::fs::read_to_string(repository("docs/cookbook.md")).unwrap();
    for (name, number) in names.iter().zip(1..) {
        assert!(name.starts_with(&format!("q{number:02}-")), "{name} is not question {number}");
        let query = std::fs::read_to_string(repository(&format!("schema/examples/{name}.graphql"))).unwrap();
        assert_eq!(query.matches("\nquery ").count(), 1, "{name} is one operation");
        let question = query.lines().next().unwrap().trim_start_matches("# ");
        assert!(question.starts_with(&format!("{number}. ")), "{name}: {question}");
        let chinese = query.lines().nth(1).unwrap();
        assert!(chinese.starts_with("#    ") && chinese.chars().any(|c| c > '\u{2e80}'), "{name}: {chinese}");
        assert!(cookbook.contains(question), "the cookbook does not state {question:?}");
        assert!(
            cookbook.contains(&format!("(../schema/examples/{name}.graphql)")),
            "the cookbook does not link {name}"
        );
    }
}

/// Runs the check over a folder of answers; `None` where this machine has no Python.
fn check(folder: &Path) -> Option<(bool, String)> {
    let script = repository("tests/cookbook/check.py");
    let ran = Command::new("python3").arg("-B").arg(script).arg(folder).env("PYTHONIOENCODING", "utf-8").output();
    match ran {
        Ok(output) => Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())),
        Err(why) if std::env::var("CI").as_deref() == Ok("true") => panic!("python3 is needed: {why}"),
        Err(why) => {
            println!("left out, python3 does not run: {why}");
            None
        }
    }
}

#[test]
fn the_answers_are_what_the_files_say() {
    if let Some((passed, said)) = check(&repository("schema/examples")) {
        assert!(passed && said.lines().last() == Some("30 passed, 0 failed"), "{said}");
    }
}

/// A check that finds nothing wrong in wrong answers would show nothing.
#[test]
fn wrong_answers_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    for name in questions() {
        let answer = std::fs::read_to_string(repository(&format!("schema/examples/{name}.json"))).unwrap();
        // Another trial here, another count there.
        let mut wrong = answer.replacen("trial:NCT0", "trial:NCT1", 1);
        if wrong == answer {
            wrong = answer.replacen("ount\": ", "ount\": 9", 1);
        }
        if wrong == answer {
            wrong = answer.replacen("\"trialCount\": ", "\"trialCount\": 9", 1);
        }
        assert_ne!(wrong, answer, "{name}");
        std::fs::write(folder.path().join(format!("{name}.json")), wrong).unwrap();
    }
    if let Some((passed, said)) = check(folder.path()) {
        assert!(!passed && said.lines().last() == Some("0 passed, 30 failed"), "{said}");
    }
}
