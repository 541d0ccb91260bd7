//! Does the work of a filtered page grow with the answer, not with the data?
//!
//! `Answer.steps` counts objects written and touched. The same questions go to generated data of two sizes.

use std::sync::Arc;

use serde_json::{Value, json};
use trialweave::generate::Size;
use trialweave::graphql::{Engine, Request};
use trialweave::snapshot::Snapshot;

use crate::world::{generated, list};

const SMALL: u32 = 1_000;
const FACTOR: u32 = 6;

fn release(trials: u32) -> Arc<Snapshot> {
    // As many targets, diseases, drugs and references more as trials: what a filter names stays as rare.
    let share = trials / SMALL;
    let size = Size {
        trials,
        targets: 60 * share,
        diseases: 120 * share,
        drugs: 100 * share,
        references: 200 * share,
        citations: 2,
    };
    generated(size, 11)
}

struct Asked {
    steps: u64,
    data: Value,
}

fn ask(engine: &Engine, snapshot: &Arc<Snapshot>, query: &str, variables: Value) -> Asked {
    let Value::Object(variables) = variables else { panic!("variables are an object") };
    let answer = engine.answer(snapshot, &Request { query: query.to_owned(), operation_name: None, variables });
    let mut body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert!(body.get("errors").is_none(), "{query}: {:#}", body["errors"]);
    Asked { steps: answer.steps, data: body["data"].take() }
}

/// The id of a node of a kind that has about so many trials.
fn rare(engine: &Engine, snapshot: &Arc<Snapshot>, kind: &str, about: u64) -> (String, u64) {
    let query = format!("{{ list: {kind}(first: 1000) {{ nodes {{ id trialCount }} }} }}");
    let nodes = ask(engine, snapshot, &query, json!({})).data["list"]["nodes"].take();
    let best = list(&nodes).iter().min_by_key(|n| n["trialCount"].as_u64().unwrap().abs_diff(about)).unwrap();
    (best["id"].as_str().unwrap().to_owned(), best["trialCount"].as_u64().unwrap())
}

const PAGE: &str =
    "query($f: TrialFilter, $n: Int) { trials(filter: $f, first: $n) { totalCount nodes { id status } } }";

#[test]
fn a_filtered_page_costs_what_it_shows() {
    let engine = Engine::default();
    let (small, large) = (release(SMALL), release(SMALL * FACTOR));
    let steps = |snapshot: &Arc<Snapshot>| -> Vec<(&'static str, u64)> {
        let (target, _) = rare(&engine, snapshot, "targets", 20);
        let (drug, _) = rare(&engine, snapshot, "drugs", 15);
        let (disease, _) = rare(&engine, snapshot, "diseases", 10);
        let has_target = json!({ "target": { "some": { "id": { "eq": target } } } });
        let mut target_and_status = has_target.clone();
        target_and_status["status"] = json!({ "in": ["COMPLETED", "UNKNOWN"] });
        let mut target_not_phase = has_target.clone();
        target_not_phase["not"] = json!({ "phase": { "includes": "PHASE3" } });
        let mut target_and_date = has_target.clone();
        target_and_date["hasReference"] = json!(true);
        [
            ("target", has_target),
            ("target and a common status", target_and_status),
            ("target and not a phase", target_not_phase),
            ("target and any reference", target_and_date),
            ("drug", json!({ "drug": { "some": { "id": { "eq": drug } } } })),
            ("regimen", json!({ "regimen": { "containsAny": [drug] } })),
            ("disease", json!({ "disease": { "some": { "id": { "eq": disease } } } })),
            ("status alone", json!({ "status": { "eq": "COMPLETED" } })),
        ]
        .into_iter()
        .map(|(name, filter)| (name, ask(&engine, snapshot, PAGE, json!({ "f": filter, "n": 10 })).steps))
        .collect()
    };
    let (few, many) = (steps(&small), steps(&large));
    for ((name, few), (_, many)) in few.iter().zip(&many) {
        assert!(*few >= 10 && *many >= 10, "{name}: {few} and {many}");
        assert!(*many <= few * 2 + 40, "{name}: {few} steps on {SMALL} trials, {many} on {FACTOR} times as many");
    }
}

#[test]
fn a_longer_page_costs_more() {
    let (engine, snapshot) = (Engine::default(), release(SMALL));
    let filter = json!({ "status": { "eq": "COMPLETED" } });
    let steps = |n: u32| ask(&engine, &snapshot, PAGE, json!({ "f": filter, "n": n })).steps;
    let (ten, hundred) = (steps(10), steps(100));
    assert!(hundred >= ten + 90 && hundred <= ten * 15, "{ten} and {hundred}");
}
