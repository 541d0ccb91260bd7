//! Does an answer that copies what was written before read as one that writes all of it?
//!
//! The oracle (`oracle.rs`) asks every random operation twice. Here: when copying begins, that it belongs to a release,
//! and that a limit is met at the same place.

use std::sync::Arc;

use serde_json::Map;
use trialweave::generate::Size;
use trialweave::graphql::{Answer, Engine, Limits, Request};
use trialweave::snapshot::Snapshot;

use crate::world::generated;

const NAMES: &str = "query($n: Int!) { trials(first: $n) { nodes { nctId targets { target { label } } \
                     diseases { disease { id label parents { label } } } drugs { role drug { label drugKind } } } } }";

fn release(seed: u64) -> Arc<Snapshot> {
    generated(Size { trials: 300, targets: 20, diseases: 40, drugs: 50, references: 30, citations: 2 }, seed)
}

fn ask(engine: &Engine, snapshot: &Arc<Snapshot>, first: u32) -> Answer {
    let variables = Map::from_iter([("n".to_owned(), first.into())]);
    engine.answer(snapshot, &Request { query: NAMES.into(), operation_name: None, variables })
}

#[test]
fn copying_begins_once_as_many_were_written_as_there_are() {
    let snapshot = release(1);
    let engine = Engine::default();
    let first = ask(&engine, &snapshot, 2);
    assert_eq!(engine.kept_bytes(), 0, "two trials are not worth it");
    let whole = ask(&engine, &snapshot, 300);
    let kept = engine.kept_bytes();
    assert!(kept > 0, "300 trials name each node several times");
    for _ in 0..3 {
        let again = ask(&engine, &snapshot, 300);
        assert!(again.body == whole.body && again.steps == whole.steps);
    }
    assert_eq!(engine.kept_bytes(), kept, "nothing is written twice for all");
    assert_eq!(ask(&engine, &snapshot, 2).body, first.body);
}

#[test]
fn what_is_kept_belongs_to_a_release() {
    let engine = Engine::default().keeping_at_once();
    let releases = [release(1), release(2)];
    let fresh: Vec<_> = releases.iter().map(|r| ask(&Engine::default(), r, 300).body).collect();
    assert_ne!(fresh[0], fresh[1]);
    for turn in 0..6 {
        let at = turn / 2 % 2;
        assert!(ask(&engine, &releases[at], 300).body == fresh[at], "turn {turn}");
    }
}

#[test]
fn a_limit_is_met_at_the_same_place() {
    let snapshot = release(1);
    let whole = ask(&Engine::default(), &snapshot, 300);
    let (steps, bytes) = (whole.steps, whole.body.len());
    let mut cut = 0;
    for part in 1..=20 {
        for limits in [
            Limits { steps: steps * part / 20, ..Limits::default() },
            Limits { response_bytes: bytes * part as usize / 20, ..Limits::default() },
        ] {
            let slow = ask(&Engine::new(limits.clone()), &snapshot, 300);
            let engine = Engine::new(limits).keeping_at_once();
            ask(&engine, &snapshot, 20);
            let quick = ask(&engine, &snapshot, 300);
            assert_eq!(String::from_utf8_lossy(&slow.body), String::from_utf8_lossy(&quick.body));
            assert_eq!(slow.steps, quick.steps);
            cut += u32::from(slow.has_errors);
        }
    }
    assert!(cut >= 30, "only {cut} of 40 were cut");
}
