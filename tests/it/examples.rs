//! The published examples: each is a question, and its answer stands beside it. README shows three of them as they are.

use std::path::PathBuf;

use serde_json::Value;
use trialweave::graphql::Limits;

use crate::ask::response;
use crate::pretty::pretty;
use crate::support::{golden, repository};

fn examples() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(repository("schema/examples")).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "graphql"));
    files.sort();
    files
}

fn answer(query: &str) -> String {
    pretty(std::str::from_utf8(&response(query, &Value::Null)).unwrap())
}

/// The question that an example answers: its first line, a comment.
fn question(query: &str) -> &str {
    let first = query.lines().next().unwrap_or_default();
    first.strip_prefix("# ").filter(|q| q.ends_with('?')).unwrap_or_else(|| panic!("no question in {first:?}"))
}

#[test]
fn every_example_states_a_question_and_has_its_answer_beside_it() {
    let examples = examples();
    assert!(examples.len() >= 12, "{examples:?}");
    for file in examples {
        let query = std::fs::read_to_string(&file).unwrap();
        question(&query);
        let answer = answer(&query);
        let parsed: Value = serde_json::from_str(&answer).unwrap();
        assert!(parsed.get("errors").is_none(), "{}: {answer}", file.display());
        golden(&file.with_extension("json"), &answer);
    }
}

#[test]
fn every_answer_has_its_example() {
    for entry in std::fs::read_dir(repository("schema/examples")).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.with_extension("graphql").is_file(), "{} answers nothing", path.display());
    }
}

#[test]
fn what_a_guided_program_is_asked_has_answers() {
    let questions = std::fs::read_to_string(repository("packaging/questions.graphql")).unwrap();
    let questions: Vec<_> = questions.split("\n\n").filter(|part| part.starts_with("query")).collect();
    assert!(questions.len() >= 12, "{questions:?}");
    let ids = serde_json::json!({
        "trial": "trial:NCT03056339",
        "target": "target:cd19",
        "disease": "disease:multiple-myeloma",
        "reference": "reference:chen-2025",
        "other": "reference:marin-2024",
    });
    for question in questions {
        let answer: Value = serde_json::from_slice(&response(question, &ids)).unwrap();
        let roots = answer["data"].as_object().filter(|_| answer.get("errors").is_none());
        let roots = roots.unwrap_or_else(|| panic!("{question}\n{answer}"));
        assert!(!roots.is_empty() && roots.values().all(|root| !root.is_null()), "{question}\n{answer}");
    }
}

/// The text of the first fenced block of a language, and what stands behind it.
fn fenced<'a>(text: &'a str, language: &str) -> (&'a str, &'a str) {
    let (_, rest) =
        text.split_once(&format!("\n```{language}\n")).unwrap_or_else(|| panic!("no {language} in {text:.80}"));
    rest.split_once("```\n").unwrap()
}

#[test]
fn readme_shows_examples_and_answers_as_they_are() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let mut shown = 0;
    for section in readme.split("\n### ").skip(1) {
        let Some((_, rest)) = section.split_once("(schema/examples/") else { continue };
        let name = rest.split_once(".graphql)").unwrap().0;
        let file = repository("schema/examples").join(name);
        let example = std::fs::read_to_string(file.with_extension("graphql")).unwrap();
        let (query, behind) = fenced(section, "graphql");
        let (json, _) = fenced(behind, "json");
        assert_eq!(section.lines().next(), Some(question(&example)), "the question of {name}");
        assert_eq!(query, example.split_once('\n').unwrap().1, "the query of {name}");
        assert_eq!(json, std::fs::read_to_string(file.with_extension("json")).unwrap(), "the answer of {name}");
        shown += 1;
    }
    assert_eq!(shown, 3, "README shows three examples");
}

#[test]
fn readme_lists_the_limits_in_force() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let table = readme.split_once("\n## Limits\n").unwrap().1.split("\n## ").next().unwrap();
    let listed: Vec<_> = table.lines().filter(|line| line.starts_with("| `")).collect();
    let in_force = Limits::default().list();
    let in_force: Vec<_> =
        in_force.iter().map(|(name, value, what)| format!("| `{name}` | {value} | {what} |")).collect();
    assert_eq!(listed, in_force);
}
