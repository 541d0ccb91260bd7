//! What do the relational questions cost, beside code written by hand for each, at two sizes of data?
//!
//! A filtered page, facets over all dimensions, a cross-table, what lies three hops around a reference, a shortest path
//! and a search, over 10,000 and 100,000 generated trials. The code by hand reads the same columns and lists without any
//! index but these; it finds the same and writes nothing. Interleaved, medians of the thread's CPU time.
//!
//! `cargo bench --bench questions`

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops at the first surprise and prints a table")]

mod common;

use std::collections::{HashMap, HashSet};

use common::{generated, measure, request};
use serde_json::json;
use trialweave::domain::{NodeKind, PartialDate, Phase, TrialStatus};
use trialweave::graph::{Graph, Relation};
use trialweave::graphql::Engine;
use trialweave::select::Dimension;

const PAGE: &str = "{ trials(first: 50, filter: { status: { eq: RECRUITING }, phase: { includes: PHASE2 }, \
    startYear: { gte: 2022 } }, orderBy: [{ field: START_DATE, direction: DESC }]) { totalCount nodes { nctId } } }";
const FACETS: &str = "{ trials(first: 0) { facets(limit: 10, dimensions: [STATUS, PHASE, AREA, TARGET, DISEASE, \
    DISEASE_AREA, DRUG, DRUG_ROLE, REGIMEN, SOURCE, COUNTRY, SPONSOR, START_YEAR]) { buckets { key count } } } }";
const MATRIX: &str = "{ matrix(rows: PHASE, columns: STATUS) { cells { count } } }";
const AROUND: &str =
    "query($id: ID!) { neighborhood(id: $id, hops: 3, via: [CITES], limit: 1000) { truncated nodes { id } } }";
const PATH: &str = "query($a: ID!, $b: ID!) { paths(from: $a, to: $b, maxHops: 4, maxPaths: 1, via: [CITES]) \
    { paths { length } } }";
const SEARCH: &str = "{ search(text: \"refractory lung safety\", first: 20) { totalCount nodes { id } } }";

fn page_by_hand(graph: &Graph) -> usize {
    let t = &graph.trials;
    let year = |at: usize| PartialDate::from_packed(t.start_date[at]).map_or(0, PartialDate::year);
    let fits = |at: &usize| {
        t.status[*at] == TrialStatus::Recruiting && t.phases[*at] & 1 << Phase::Phase2 as u8 != 0 && year(*at) >= 2022
    };
    let mut found: Vec<usize> = (0..t.status.len()).filter(fits).collect();
    let total = found.len();
    found.sort_by_key(|at| (std::cmp::Reverse(t.start_date[*at]), *at));
    found.truncate(50);
    std::hint::black_box(found);
    total
}

fn facets_by_hand(graph: &Graph) -> u32 {
    let mut sum = 0;
    for dimension in Dimension::ALL {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for trial in 0..graph.trials.status.len() as u32 {
            dimension.each_key(graph, trial, |key| *counts.entry(key).or_default() += 1);
        }
        sum += counts.len() as u32;
    }
    sum
}

fn matrix_by_hand(graph: &Graph) -> u32 {
    let mut counts = [[0u32; 16]; 8];
    for (status, phases) in graph.trials.status.iter().zip(&graph.trials.phases) {
        for (phase, row) in counts.iter_mut().enumerate() {
            row[*status as usize] += u32::from(phases >> phase & 1);
        }
    }
    counts.iter().flatten().sum()
}

fn around_by_hand(graph: &Graph, center: u32) -> usize {
    let cites = graph.relation(Relation::ReferenceReference);
    let mut seen = HashSet::from([center]);
    let mut level = vec![center];
    for _ in 0..3 {
        let mut next = Vec::new();
        for r in level {
            next.extend(cites.targets(r).iter().chain(cites.sources(r)).copied().filter(|o| seen.insert(*o)));
        }
        level = next;
    }
    seen.len()
}

fn path_by_hand(graph: &Graph, from: u32, to: u32) -> u32 {
    let cites = graph.relation(Relation::ReferenceReference);
    let mut sides = [(HashSet::from([from]), vec![from]), (HashSet::from([to]), vec![to])];
    for hops in 1..=4 {
        let side = usize::from(sides[0].1.len() > sides[1].1.len());
        let mut next = Vec::new();
        for r in std::mem::take(&mut sides[side].1) {
            for other in cites.targets(r).iter().chain(cites.sources(r)) {
                if sides[1 - side].0.contains(other) {
                    return hops;
                }
                if sides[side].0.insert(*other) {
                    next.push(*other);
                }
            }
        }
        sides[side].1 = next;
    }
    0
}

fn search_by_hand(graph: &Graph) -> usize {
    let words = ["refractory", "lung", "safety"];
    let fits = |id: &&trialweave::graph::StrId| {
        let text = graph.strings.text(**id);
        words.iter().all(|w| text.contains(w))
    };
    graph.trials.title.iter().filter(fits).count() + graph.references.title.iter().filter(fits).count()
}

/// A question answered by code written for it alone; gives a count, so that it is not left out.
type ByHand<'a> = Box<dyn Fn() -> usize + 'a>;

fn main() {
    println!("{:<8} {:<34} {:>10} {:>10} {:>10}", "trials", "question", "hand us", "ours us", "ours/hand");
    for size in ["M", "L"] {
        let snapshot = generated(size);
        let engine = Engine::default();
        let graph = snapshot.graph();
        let last = graph.count(NodeKind::Reference) - 1;
        let cites = graph.relation(Relation::ReferenceReference);
        let from = (0..last).rev().find(|r| cites.targets(*r).len() >= 3).unwrap();
        let step = |r: u32| cites.targets(r).first().copied().unwrap_or(r);
        let to = step(step(step(from)));
        let id = |r: u32| graph.strings.text(graph.names(NodeKind::Reference).id[r as usize]).into_owned();
        let cases: Vec<(&str, &str, serde_json::Value, ByHand<'_>)> = vec![
            ("filtered page of 50, newest first", PAGE, json!({}), Box::new(|| page_by_hand(graph))),
            ("facets over 13 dimensions", FACETS, json!({}), Box::new(|| facets_by_hand(graph) as usize)),
            ("cross-table phase by status", MATRIX, json!({}), Box::new(|| matrix_by_hand(graph) as usize)),
            (
                "three hops around a reference",
                AROUND,
                json!({ "id": id(from) }),
                Box::new(|| around_by_hand(graph, from)),
            ),
            (
                "shortest path",
                PATH,
                json!({ "a": id(from), "b": id(to) }),
                Box::new(|| path_by_hand(graph, from, to) as usize),
            ),
            ("search of three words", SEARCH, json!({}), Box::new(|| search_by_hand(graph))),
        ];
        for (name, query, variables, by_hand) in cases {
            let asked = request(query, variables);
            let answer = engine.answer(&snapshot, &asked);
            assert!(!answer.has_errors, "{name}: {}", String::from_utf8_lossy(&answer.body));
            let times = measure(
                7,
                &mut [
                    (
                        3,
                        Box::new(|| {
                            std::hint::black_box(by_hand());
                        }),
                    ),
                    (3, Box::new(|| drop(std::hint::black_box(engine.answer(&snapshot, &asked))))),
                ],
            );
            let trials = graph.count(NodeKind::Trial);
            println!("{trials:<8} {name:<34} {:>10.1} {:>10.1} {:>10.2}", times[0], times[1], times[1] / times[0]);
        }
    }
}
