//! How many instructions does one answer take?
//!
//! Six answers over 10,000 generated trials, each asked for once after its plan is known. Time is noisy on machines that
//! others use as well; instructions are not. `cargo xtask counts` runs this under callgrind and holds the counts within a
//! twentieth of those in `tests/counts.txt`; without callgrind it prints the bytes of each answer and counts nothing.
//!
//! Must not know: how the counts are read.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops at the first surprise and prints a table")]

#[path = "common/data.rs"]
mod data;

use std::hint::black_box;
use std::sync::Arc;

use data::{generated, request};
use serde_json::json;
use trialweave::graphql::{Engine, Request};
use trialweave::snapshot::Snapshot;

/// Counted from its begin to its end. Its name is known to the task.
#[inline(never)]
fn counted_answer(engine: &Engine, snapshot: &Arc<Snapshot>, request: &Request) -> usize {
    black_box(engine.answer(snapshot, black_box(request))).body.len()
}

/// Where the count of one answer ends. Its name is known to the task.
#[inline(never)]
fn counted_until_here(name: &str, bytes: usize) {
    println!("{name} {bytes}");
}

fn main() {
    // `cargo test --benches` builds and starts every bench: that it starts is enough there.
    if std::env::args().any(|a| a == "--test") {
        return;
    }
    let engine = Engine::default();
    let snapshot = generated("M");
    let entity = engine.answer(&snapshot, &request("{ trials(first: 1) { nodes { id } } }", json!({})));
    let entity: serde_json::Value = serde_json::from_slice(&entity.body).unwrap();
    let questions = [
        (
            "one-trial",
            request(
                "query($id: ID!) { node(id: $id) { ... on Trial { nctId title status phases targets { target { symbol } } \
                 diseases { disease { label parents { label } } } drugs { drug { label } } } } }",
                json!({ "id": entity["data"]["trials"]["nodes"][0]["id"] }),
            ),
        ),
        (
            "page-of-50",
            request(
                "{ trials(first: 50, filter: { status: { eq: RECRUITING }, startYear: { gte: 2018 } }, \
                 orderBy: [{ field: START_DATE, direction: DESC }]) { totalCount nodes { nctId title status phases \
                 targets { target { symbol } } diseases { disease { label } } drugs { drug { label } } } } }",
                json!({}),
            ),
        ),
        (
            "1000-rows",
            request(
                "{ trials(first: 1000) { nodes { nctId phases targets { target { symbol } } \
                 diseases { disease { label } } drugs { drug { label } } } } }",
                json!({}),
            ),
        ),
        (
            "facets",
            request(
                "{ trials(first: 0, filter: { startYear: { gte: 2015 } }) { \
                 facets(dimensions: [STATUS, PHASE, TARGET, DISEASE, START_YEAR]) { buckets { key count } } } }",
                json!({}),
            ),
        ),
        ("matrix", request("{ matrix(rows: PHASE, columns: STATUS) { total cells { count } } }", json!({}))),
        ("search", request("{ search(text: \"refractory lung safety\", first: 20) { totalCount } }", json!({}))),
    ];
    for (name, request) in &questions {
        for _ in 0..2 {
            black_box(engine.answer(&snapshot, request));
        }
        let bytes = counted_answer(&engine, &snapshot, request);
        counted_until_here(name, bytes);
    }
}
