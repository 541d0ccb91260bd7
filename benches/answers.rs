//! What does an answer cost beside hand-written code and beside async-graphql's executor?
//!
//! Three answers over 10,000 generated trials: one entity with its neighbours, a page of 50 trials with targets,
//! diseases and drugs, and 1,000 trials nested. Each as a compiled plan (document kept), as code written by hand for this
//! one query, and by async-graphql's executor; all three give the same bytes. Rounds are interleaved and the median of
//! the thread's CPU time is shown, for machines that others use as well.
//!
//! `cargo bench --bench answers`; `cargo bench --bench answers -- WAY N TIMES` gives one answer (the Nth, from 0) in one way
//! (`hand`, `plan`, `async`) and nothing else, for a profiler.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops at the first surprise and prints a table")]

#[path = "common/clock.rs"]
mod clock;
#[path = "common/data.rs"]
mod data;

use clock::measure;
use data::{generated, request};
use trialweave::domain::{DrugKind, Language, NodeKind, Phase};
use trialweave::graph::{Graph, Relation};
use trialweave::graphql::Engine;
use trialweave::index::Found;
use trialweave::snapshot::Snapshot;

const ENTITY: &str = "query($id: String!) { trial(id: $id) { nctId title status phases enrollment \
    targets { target { symbol } } diseases { disease { label parents { label } } } \
    drugs { drug { label drugKind } } references(first: 50) { nodes { pmid title year } } } }";
const PAGE: &str = "query($first: Int!) { trials(first: $first) { nodes { nctId title status phases enrollment \
    targets { target { symbol } } diseases { disease { label } } drugs { drug { label drugKind } } } } }";
const THOUSAND: &str = "query($first: Int!) { trials(first: $first) { nodes { nctId phases \
    targets { target { symbol } } diseases { disease { label } } drugs { drug { label } } } } }";

/// What hand-written code writes with: the same strings, straight from the graph.
struct Hand<'a> {
    graph: &'a Graph,
    out: Vec<u8>,
}

impl Hand<'_> {
    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn list(&mut self, items: impl IntoIterator<Item = u32>, mut write: impl FnMut(&mut Self, u32)) {
        self.out.push(b'[');
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.out.push(b',');
            }
            write(self, item);
        }
        self.out.push(b']');
    }

    fn text(&mut self, id: trialweave::graph::StrId) {
        self.out.extend_from_slice(self.graph.strings.json(id));
    }

    fn label(&mut self, kind: NodeKind, ix: u32) {
        self.text(self.graph.names(kind).label(ix, Language::En));
    }

    fn phases(&mut self, trial: u32) {
        let bits = self.graph.trials.phases[trial as usize];
        self.list((0..8).filter(|b| bits & 1 << b != 0), |w, b| {
            w.out.push(b'"');
            w.put(Phase::at(b as u8).unwrap().text());
            w.out.push(b'"');
        });
    }

    fn head(&mut self, trial: u32) {
        let (t, at) = (&self.graph.trials, trial as usize);
        self.put("{\"nctId\":");
        self.text(t.registry_id[at]);
        self.put(",\"title\":");
        self.text(t.title[at]);
        self.put(",\"status\":\"");
        self.put(t.status[at].text());
        self.put("\",\"phases\":");
        self.phases(trial);
        self.put(",\"enrollment\":");
        self.out.extend_from_slice(itoa::Buffer::new().format(t.enrollment[at]).as_bytes());
    }

    fn targets(&mut self, trial: u32) {
        let graph = self.graph;
        self.put(",\"targets\":");
        self.list(graph.relation(Relation::TrialTarget).targets(trial).iter().copied(), |w, t| {
            w.put("{\"target\":{\"symbol\":");
            w.label(NodeKind::Target, t);
            w.put("}}");
        });
    }

    fn diseases(&mut self, trial: u32, parents: bool) {
        let graph = self.graph;
        self.put(",\"diseases\":");
        self.list(graph.relation(Relation::TrialDisease).targets(trial).iter().copied(), |w, d| {
            w.put("{\"disease\":{\"label\":");
            w.label(NodeKind::Disease, d);
            if parents {
                w.put(",\"parents\":");
                w.list(graph.relation(Relation::DiseaseDisease).targets(d).iter().copied(), |w, p| {
                    w.put("{\"label\":");
                    w.label(NodeKind::Disease, p);
                    w.put("}");
                });
            }
            w.put("}}");
        });
    }

    fn drugs(&mut self, trial: u32, kind: bool) {
        let graph = self.graph;
        self.put(",\"drugs\":");
        self.list(graph.relation(Relation::TrialDrug).targets(trial).iter().copied(), |w, d| {
            w.put("{\"drug\":{\"label\":");
            w.label(NodeKind::Drug, d);
            if kind {
                w.put(",\"drugKind\":\"");
                w.put(DrugKind::at(graph.drug_kind[d as usize]).unwrap().text());
                w.put("\"");
            }
            w.put("}}");
        });
    }

    fn entity(&mut self, snapshot: &Snapshot, id: &str) {
        let Ok(Found::One(trial)) = snapshot.index().ids.find(NodeKind::Trial, id) else { return };
        self.put("{\"data\":{\"trial\":");
        self.head(trial);
        self.targets(trial);
        self.diseases(trial, true);
        self.drugs(trial, true);
        self.put(",\"references\":{\"nodes\":");
        let graph = self.graph;
        let mut found = graph.relation(Relation::TrialReference).targets(trial).to_vec();
        found.sort_unstable();
        self.list(found, |w, r| {
            let (c, at) = (&graph.references, r as usize);
            w.put("{\"pmid\":");
            w.text(c.pmid[at]);
            w.put(",\"title\":");
            w.text(c.title[at]);
            w.put(",\"year\":");
            w.out.extend_from_slice(itoa::Buffer::new().format(c.year[at]).as_bytes());
            w.put("}");
        });
        self.put("}}}}");
    }

    fn page(&mut self, first: u32) {
        self.put("{\"data\":{\"trials\":{\"nodes\":");
        self.list(0..first, |w, trial| {
            w.head(trial);
            w.targets(trial);
            w.diseases(trial, false);
            w.drugs(trial, true);
            w.put("}");
        });
        self.put("}}}");
    }

    fn thousand(&mut self, first: u32) {
        self.put("{\"data\":{\"trials\":{\"nodes\":");
        self.list(0..first, |w, trial| {
            w.put("{\"nctId\":");
            w.text(w.graph.trials.registry_id[trial as usize]);
            w.put(",\"phases\":");
            w.phases(trial);
            w.targets(trial);
            w.diseases(trial, false);
            w.drugs(trial, false);
            w.put("}");
        });
        self.put("}}}");
    }
}

fn main() {
    let snapshot = generated("M");
    let engine = Engine::default();
    let graph = snapshot.graph();
    let with = graph.relation(Relation::TrialReference);
    let trial = (0..10_000).find(|t| with.targets(*t).len() >= 3).unwrap();
    let id = graph.strings.text(graph.trials.registry_id[trial as usize]).into_owned();

    println!(
        "{:<34} {:>9} {:>9} {:>9} {:>9}  {:>10} {:>12}",
        "answer", "bytes", "hand us", "plan us", "async us", "plan/hand", "async/plan"
    );
    let cases = [
        ("one entity with neighbours", request(ENTITY, serde_json::json!({ "id": id })), (2000, 2000, 50)),
        ("page of 50 trials", request(PAGE, serde_json::json!({ "first": 50 })), (500, 500, 5)),
        ("1,000 trials nested", request(THOUSAND, serde_json::json!({ "first": 1000 })), (50, 50, 1)),
    ];
    let profiled: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    for (at, (name, asked, (hand, plan, reference))) in cases.into_iter().enumerate() {
        let by_hand = || {
            let mut writer = Hand { graph, out: Vec::with_capacity(1024) };
            match name {
                "one entity with neighbours" => writer.entity(&snapshot, &id),
                "page of 50 trials" => writer.page(50),
                _ => writer.thousand(1000),
            }
            writer.out
        };
        let answer = engine.answer(&snapshot, &asked).body;
        assert_eq!(String::from_utf8_lossy(&answer), String::from_utf8_lossy(&by_hand()), "{name}: by hand");
        assert!(answer == engine.answer_by_reference(&snapshot, &asked), "{name}: by reference");
        if let [way, which, times] = profiled.as_slice() {
            for _ in 0..if *which == at.to_string() { times.parse().unwrap() } else { 0 } {
                match way.as_str() {
                    "hand" => drop(std::hint::black_box(by_hand())),
                    "plan" => drop(std::hint::black_box(engine.answer(&snapshot, &asked))),
                    _ => drop(std::hint::black_box(engine.answer_by_reference(&snapshot, &asked))),
                }
            }
            continue;
        }
        let times = measure(
            15,
            &mut [
                (hand, Box::new(|| drop(std::hint::black_box(by_hand())))),
                (plan, Box::new(|| drop(std::hint::black_box(engine.answer(&snapshot, &asked))))),
                (reference, Box::new(|| drop(std::hint::black_box(engine.answer_by_reference(&snapshot, &asked))))),
            ],
        );
        println!(
            "{name:<34} {:>9} {:>9.1} {:>9.1} {:>9.1}  {:>10.2} {:>12.1}",
            answer.len(),
            times[0],
            times[1],
            times[2],
            times[1] / times[0],
            times[2] / times[1]
        );
    }
}
