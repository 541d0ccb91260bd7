//! Do long lists, for which much is settled once and memory is asked ahead, read as one by one?
//!
//! Every question is asked at sizes around those at which the way of writing changes, with nothing kept and with all that
//! may be kept, and held against the reference executor.

use std::sync::Arc;

use serde_json::{Value, json};
use trialweave::generate::Size;
use trialweave::graphql::{Engine, Request};
use trialweave::snapshot::Snapshot;

use crate::world::generated;

const TRIALS: u32 = 120;

/// Lists in a row, lists of some, lists of several types, and fields that are left out, that fail or take arguments.
const QUESTIONS: [&str; 7] = [
    "query($n: Int!, $in: Boolean!) { trials(first: $n) { nodes { __typename nctId title status phases enrollment startDate \
     targets { target { label } } diseases @include(if: $in) { disease { id label } } drugs { role drug { label } } } } }",
    "query($n: Int!, $in: Boolean!) { trials(first: $n, orderBy: [{ field: START_DATE, direction: DESC }]) { totalCount \
     nodes { title @skip(if: $in) nctId t: targets { target { label } } diseases { disease { label } } drugs { drug { id } } } } }",
    "query($n: Int!, $in: Boolean!) { trials(first: $n, filter: { startYear: { gte: 2015 } }) { nodes { phases \
     targets { printed target { label } } drugs(source: \"source:none\") { drug { label } } nctId @include(if: $in) } } }",
    "query($n: Int!, $in: Boolean!) { trials(last: $n) { nodes { targets { target { trials(first: 1) { nodes { nctId } } } } } \
     edges { cursor node { nctId @include(if: $in) drugs { drug { label } } } } } }",
    "query($n: Int!, $in: Boolean!) { trials(first: $n) { nodes { nctId @include(if: $in) } } }",
    "query($n: Int!, $in: Boolean!) { references(first: $n) { nodes { pmid title @include(if: $in) } } drugs(first: $n) { \
     nodes { label trials(first: $n) { nodes { nctId diseases { disease { label } } } } } } }",
    "query($ids: [ID!]!, $in: Boolean!) { nodes(ids: $ids) { id ... on Trial { nctId @include(if: $in) phases \
     drugs { drug { label } } } ... on Drug { label } } }",
];

fn ask(question: &str, n: u32, included: bool, ids: &[Value]) -> Request {
    let ids: Vec<_> = ids.iter().cycle().take(n as usize).collect();
    let all = if question.contains("$ids") {
        json!({ "ids": ids, "in": included })
    } else {
        json!({ "n": n, "in": included })
    };
    let Value::Object(variables) = all else { unreachable!("an object") };
    Request { query: question.into(), operation_name: None, variables }
}

/// Ids of trials and drugs by turns, and one of nothing.
fn ids(snapshot: &Arc<Snapshot>) -> Vec<Value> {
    let query = "{ trials(first: 20) { nodes { id } } drugs(first: 20) { nodes { id } } }";
    let answer = Engine::default().answer(snapshot, &Request { query: query.into(), ..Request::default() });
    let answer: Value = serde_json::from_slice(&answer.body).unwrap();
    let of = |kind: &str| answer["data"][kind]["nodes"].as_array().unwrap().clone();
    let pairs = of("trials").into_iter().zip(of("drugs"));
    let mut ids: Vec<_> = pairs.flat_map(|(a, b)| [a["id"].clone(), b["id"].clone()]).collect();
    ids.insert(3, json!("drug:none-of-this-name"));
    ids
}

#[test]
fn a_long_list_reads_as_the_reference_executor_writes_it() {
    let size = Size { trials: TRIALS, targets: 20, diseases: 40, drugs: 50, references: 60, citations: 2 };
    let snapshot = generated(size, 1);
    let ids = ids(&snapshot);
    let (kept, fresh) = (Engine::default().keeping_at_once(), Engine::default());
    let mut bytes = 0;
    for question in QUESTIONS {
        for n in [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40, TRIALS - 1, TRIALS, TRIALS + 1] {
            for included in [true, false] {
                let request = ask(question, n, included, &ids);
                let wanted = fresh.answer_by_reference(&snapshot, &request);
                for engine in [&fresh, &kept, &kept] {
                    let given = engine.answer(&snapshot, &request).body;
                    if wanted.starts_with(b"{\"errors\"") {
                        // Of an error, the order of its extensions is free.
                        let read = |answer: &[u8]| serde_json::from_slice::<Value>(answer).unwrap();
                        assert_eq!(read(&given), read(&wanted), "{question} at {n}");
                        continue;
                    }
                    assert_eq!(String::from_utf8_lossy(&given), String::from_utf8_lossy(&wanted), "{question} at {n}");
                }
                bytes += wanted.len();
            }
        }
    }
    assert!(kept.kept_bytes() > 0 && bytes > 1_000_000, "{bytes} bytes are few");
}
