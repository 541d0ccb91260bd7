//! The program on the command line: what it prints where, and by which code it tells how it ended.

use std::net::TcpListener;
use std::path::Path;

use serde_json::{Value, json};

use crate::served::{Served, run};
use crate::support::{MemoryFiles, repository};

const DONE: Option<i32> = Some(0);
const FAILED: Option<i32> = Some(1);
const USAGE: Option<i32> = Some(2);
const BAD_DATA: Option<i32> = Some(3);
const ANSWERED_WITH_ERRORS: Option<i32> = Some(4);

/// Writes a data package into a folder.
fn write(files: &MemoryFiles, folder: &Path) {
    for (name, bytes) in &files.0 {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn help_has_examples_and_exit_codes() {
    let ran = run(&["--help"], "");
    assert_eq!(ran.code, DONE);
    for part in ["Examples:", "trialweave serve", "trialweave query -", "Exit codes:"] {
        assert!(ran.out.contains(part), "{part} is missing:\n{}", ran.out);
    }
    for command in ["serve", "check", "stats", "schema", "query"] {
        let ran = run(&[command, "--help"], "");
        assert!(ran.code == DONE && !ran.out.is_empty(), "{ran:?}");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    for arguments in [
        &[][..],
        &["unheard-of"],
        &["serve", "--unheard-of"],
        &["serve", "--listen", "nowhere"],
        &["query"],
        &["query", "-", "--variables", "["],
        &["query", "-", "--variables", "[1]"],
    ] {
        let ran = run(arguments, "{ __typename }");
        assert_eq!((ran.code, ran.out.as_str()), (USAGE, ""), "{arguments:?}: {ran:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_query_is_answered_on_standard_output() {
    let ran = run(
        &["query", "-", "--variables", r#"{"id":"NCT03056339"}"#],
        "query ($id: String!) { trial(id: $id) { nctId } }",
    );
    assert_eq!((ran.code, ran.err.as_str()), (DONE, ""));
    assert_eq!(
        serde_json::from_str::<Value>(&ran.out).unwrap(),
        json!({ "data": { "trial": { "nctId": "NCT03056339" } } })
    );

    let example = repository("schema/examples/disagreement.graphql");
    let ran = run(&["query", text(&example), "--data", text(&repository("data"))], "");
    assert_eq!(ran.code, DONE);
    let golden = std::fs::read_to_string(example.with_extension("json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap(), serde_json::from_str::<Value>(&golden).unwrap());
}

#[test]
fn a_query_with_errors_is_answered_and_ends_with_4() {
    let ran = run(&["query", "-"], r#"{ trial(id: "NCT1") { id } meta { service } }"#);
    assert_eq!(ran.code, ANSWERED_WITH_ERRORS);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "MALFORMED_ID");
    assert!(answer["data"]["meta"].is_object() && !ran.err.is_empty());

    let ran = run(&["query", "-"], "{ unheardOf }");
    assert_eq!(ran.code, ANSWERED_WITH_ERRORS);
    assert!(ran.out.contains("GRAPHQL_VALIDATION_FAILED"), "{ran:?}");
}

#[test]
fn a_query_that_cannot_be_read_ends_with_1() {
    let ran = run(&["query", "no/such/file.graphql"], "");
    assert_eq!((ran.code, ran.out.as_str()), (FAILED, ""));
    assert!(ran.err.contains("no/such/file.graphql"), "{}", ran.err);
}

#[test]
fn a_port_in_use_ends_with_1_and_says_which() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = run(&["serve", text(&repository("data")), "--listen", &address], "");
    assert_eq!((ran.code, ran.out.as_str()), (FAILED, ""));
    assert!(ran.err.contains(&address) && ran.err.contains("--listen"), "{}", ran.err);
    assert_eq!(ran.err.trim_end().lines().count(), 1, "one clear message: {}", ran.err);
}

#[test]
fn data_that_is_not_there_ends_with_3_and_says_where_it_was_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (missing, file) = (folder.path().join("missing"), folder.path().join("file"));
    std::fs::write(&file, "no folder").unwrap();
    for command in ["serve", "check", "stats"] {
        for data in [&missing, &file, &folder.path().to_owned()] {
            let ran = run(&[command, text(data)], "");
            assert_eq!((ran.code, ran.out.as_str()), (BAD_DATA, ""), "{command} {}", data.display());
            assert!(!ran.err.is_empty() && !ran.err.contains("panicked"), "{}", ran.err);
        }
        let ran = run(&[command, text(&missing)], "");
        assert!(ran.err.contains(text(&missing)), "{}", ran.err);
    }
}

#[test]
fn broken_data_ends_with_3_and_every_problem() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = MemoryFiles::tiny();
    files.overlay(&repository("tests/broken/several-at-once"));
    write(&files, folder.path());
    let golden = std::fs::read_to_string(repository("tests/broken/several-at-once/problems.txt")).unwrap();
    assert!(golden.lines().count() > 1);
    for command in ["check", "serve"] {
        let ran = run(&[command, text(folder.path())], "");
        assert_eq!((ran.code, ran.out.as_str()), (BAD_DATA, ""), "{command}");
        // The golden file names the package `data`; here it is a folder of its own.
        assert_eq!(ran.err.replace(text(folder.path()), "data").trim_end(), golden.trim_end(), "{command}");
    }
}

#[test]
fn check_lists_what_is_not_mapped_and_sums_up() {
    let ran = run(&["check", text(&repository("data"))], "");
    assert_eq!((ran.code, ran.err.as_str()), (DONE, ""));
    let mut lines: Vec<_> = ran.out.trim_end().lines().collect();
    let last = lines.pop().unwrap();
    assert!(lines.iter().all(|line| line.starts_with("unmapped ")), "{}", ran.out);
    let sum = format!("release {}: no problems; 105 trials", crate::ask::snapshot().release());
    assert!(last.starts_with(&sum) && last.contains(&format!("{} unmapped", lines.len())), "{last}");
}

#[test]
fn stats_and_schema_are_printed() {
    let ran = run(&["stats"], "");
    assert_eq!((ran.code, ran.err.as_str()), (DONE, ""));
    let count = |name: &str| {
        let line = ran.out.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap();
        line.split_whitespace().last().unwrap().parse::<u32>().unwrap()
    };
    assert_eq!([count("trial"), count("reference"), count("statement"), count("conflicts")], [105, 50, 54, 42]);

    let ran = run(&["schema"], "");
    assert_eq!((ran.code, ran.out.trim_end()), (DONE, trialweave::graphql::sdl().trim_end()));
}

#[test]
fn serve_tells_its_address_on_one_line_and_ends_with_0_when_told() {
    for signal in ["TERM", "INT"] {
        let served = Served::over(&repository("tests/datasets/tiny"));
        assert!(served.line.ends_with('\n') && served.line.contains(&format!("http://{}", served.address)));
        assert_ne!(served.address.port(), 0);
        assert_eq!(served.get("/health", &[]).status, 200);
        served.signal(signal);
        assert_eq!(served.end(), (DONE, String::new()), "{signal}");
    }
}
