//! What do the relational questions cost, beside code written by hand for each, at two sizes of data?
//!
//! A filtered page, facets over all dimensions, a cross-table, what lies three hops around a reference, a shortest path
//! and a search, over 10,000 and 100,000 generated trials. The code by hand reads the same columns and lists without any
//! index but these and writes the same bytes, checked before the clock starts; only the search by hand is a scan that
//! counts. Interleaved, medians of the thread's CPU time.
//!
//! `cargo bench --bench questions`; with words behind `--`, only the questions whose name holds one.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops at the first surprise and prints a table")]

#[path = "common/clock.rs"]
mod clock;
#[path = "common/data.rs"]
mod data;

use std::cmp::Reverse;
use std::collections::HashMap;

use clock::measure;
use data::{generated, request};
use rustc_hash::FxHashSet;
use serde_json::json;
use trialweave::domain::{NodeKind, PartialDate, Phase, TrialStatus};
use trialweave::graph::{Graph, Relation, RelationInfo};
use trialweave::graphql::Engine;
use trialweave::select::Dimension;

const PAGE: &str = "{ trials(first: 50, filter: { status: { eq: RECRUITING }, phase: { includes: PHASE2 }, \
    startYear: { gte: 2022 } }, orderBy: [{ field: START_DATE, direction: DESC }]) { totalCount nodes { id } } }";
const FACETS: &str = "{ trials(first: 0) { facets(limit: 10, dimensions: [STATUS, PHASE, AREA, TARGET, DISEASE, \
    DISEASE_AREA, DRUG, DRUG_ROLE, REGIMEN, SOURCE, COUNTRY, SPONSOR, START_YEAR]) { buckets { key count } } } }";
const MATRIX: &str = "{ matrix(rows: PHASE, columns: STATUS) { cells { count } } }";
const AROUND: &str =
    "query($id: ID!) { neighborhood(id: $id, hops: 3, via: [CITES], limit: 1000) { truncated nodes { id } } }";
const PATH: &str = "query($a: ID!, $b: ID!) { paths(from: $a, to: $b, maxHops: 4, maxPaths: 1, via: [CITES]) \
    { paths { length } } }";
const SEARCH: &str = "{ search(text: \"refractory lung safety\", first: 20) { totalCount nodes { id } } }";
const SUGGEST: &str = "{ suggest(prefix: \"re\", limit: 10) { text node { id } } }";
const RESOLVE: &str = "query($t: [String!]!) { resolve(terms: $t) { status node { id } } }";

/// Lists what `write` writes of each item, between brackets.
fn list<T>(out: &mut String, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut String, T)) {
    out.push('[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

fn number(out: &mut String, n: usize) {
    out.push_str(itoa::Buffer::new().format(n));
}

fn node_id(graph: &Graph, kind: NodeKind, ix: u32, out: &mut String) {
    out.push_str("{\"id\":\"");
    out.push_str(&graph.strings.text(graph.names(kind).id[ix as usize]));
    out.push_str("\"}");
}

fn page_by_hand(graph: &Graph) -> String {
    let t = &graph.trials;
    let year = |at: usize| PartialDate::from_packed(t.start_date[at]).map_or(0, PartialDate::year);
    let fits = |at: &usize| {
        t.status[*at] == TrialStatus::Recruiting && t.phases[*at] & 1 << Phase::Phase2 as u8 != 0 && year(*at) >= 2022
    };
    let mut found: Vec<usize> = (0..t.status.len()).filter(fits).collect();
    let mut out = String::from("{\"data\":{\"trials\":{\"totalCount\":");
    number(&mut out, found.len());
    found.sort_by_key(|at| (Reverse(t.start_date[*at]), *at));
    found.truncate(50);
    out.push_str(",\"nodes\":");
    list(&mut out, found, |out, at| node_id(graph, NodeKind::Trial, at as u32, out));
    out + "}}}"
}

fn facets_by_hand(graph: &Graph) -> String {
    use Dimension as D;
    let asked = [
        D::Status,
        D::Phase,
        D::Area,
        D::Target,
        D::Disease,
        D::DiseaseArea,
        D::Drug,
        D::DrugRole,
        D::Regimen,
        D::Source,
        D::Country,
        D::Sponsor,
        D::StartYear,
    ];
    let mut out = String::from("{\"data\":{\"trials\":{\"facets\":");
    list(&mut out, asked, |out, dimension| {
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for trial in 0..graph.trials.status.len() as u32 {
            dimension.each_key(graph, trial, |key| *counts.entry(key).or_default() += 1);
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(key, count)| (Reverse(*count), *key));
        out.push_str("{\"buckets\":");
        list(out, counts.into_iter().take(10), |out, (key, count)| {
            out.push_str("{\"key\":\"");
            out.push_str(&dimension.key_text(graph, key));
            out.push_str("\",\"count\":");
            number(out, count);
            out.push('}');
        });
        out.push('}');
    });
    out + "}}}"
}

fn matrix_by_hand(graph: &Graph) -> String {
    let mut counts = [[0u32; 16]; 8];
    let (mut of_row, mut of_column) = ([0u32; 8], [0u32; 16]);
    for (status, phases) in graph.trials.status.iter().zip(&graph.trials.phases) {
        of_column[*status as usize] += 1;
        for (phase, row) in counts.iter_mut().enumerate() {
            let has = u32::from(phases >> phase & 1);
            row[*status as usize] += has;
            of_row[phase] += has;
        }
    }
    let ranked = |totals: &[u32]| {
        let mut places: Vec<usize> = (0..totals.len()).filter(|at| totals[*at] > 0).collect();
        places.sort_by_key(|at| (Reverse(totals[*at]), *at));
        places
    };
    let (rows, columns) = (ranked(&of_row), ranked(&of_column));
    let mut out = String::from("{\"data\":{\"matrix\":{\"cells\":");
    let cells = rows.iter().flat_map(|r| columns.iter().map(|c| counts[*r][*c]));
    list(&mut out, cells, |out, count| {
        out.push_str("{\"count\":");
        number(out, count as usize);
        out.push('}');
    });
    out + "}}}"
}

/// Calls `each` for what a reference, statement or trial cites and is cited by.
fn each_cited(graph: &Graph, (kind, ix): At, mut each: impl FnMut(At)) {
    use NodeKind::{Reference, Statement, Trial};
    let [of_statements, of_references, of_trials] =
        [Relation::StatementReference, Relation::ReferenceReference, Relation::TrialReference]
            .map(|r| graph.relation(r));
    let mut all = |kind, list: &[u32]| list.iter().for_each(|ix| each((kind, *ix)));
    match kind {
        Statement => all(Reference, of_statements.targets(ix)),
        Trial => all(Reference, of_trials.targets(ix)),
        _ => {
            all(Statement, of_statements.sources(ix));
            all(Reference, of_references.targets(ix));
            all(Reference, of_references.sources(ix));
            all(Trial, of_trials.sources(ix));
        }
    }
}

/// A node as code by hand keeps it.
type At = (NodeKind, u32);

fn around_by_hand(graph: &Graph, center: u32) -> String {
    use NodeKind::{Reference, Statement, Trial};
    let all = |kind: NodeKind| Relation::ALL.into_iter().filter(move |i| i.from == kind || i.to == kind);
    let relations = [Reference, Statement, Trial].map(|kind| (kind, all(kind).collect::<Vec<_>>()));
    let degree = |(kind, ix): At| -> usize {
        let touching = relations.iter().find(|(of, _)| *of == kind).map_or(&[][..], |(_, all)| all);
        let ends = |i: &RelationInfo| {
            let csr = graph.relation(i.relation);
            let out = if i.from == kind { csr.targets(ix).len() } else { 0 };
            out + if i.to == kind { csr.sources(ix).len() } else { 0 }
        };
        touching.iter().map(ends).sum()
    };
    let mut nodes = vec![(Reference, center)];
    let mut seen: FxHashSet<At> = nodes.iter().copied().collect();
    let mut level = nodes.clone();
    let mut truncated = false;
    for _ in 0..3 {
        let mut next: Vec<At> = Vec::new();
        for node in level {
            each_cited(graph, node, |other| {
                if seen.insert(other) {
                    next.push(other);
                }
            });
        }
        let room = 1000 - nodes.len();
        if next.len() > room {
            let mut ranked: Vec<_> = next.iter().map(|n| (Reverse(degree(*n)), *n)).collect();
            ranked.sort_unstable();
            next = ranked[..room].iter().map(|(_, n)| *n).collect();
            truncated = true;
        }
        next.sort_unstable();
        nodes.extend(&next);
        level = next;
        if truncated {
            break;
        }
    }
    let mut out = String::from("{\"data\":{\"neighborhood\":{\"truncated\":");
    out.push_str(if truncated { "true" } else { "false" });
    out.push_str(",\"nodes\":");
    list(&mut out, nodes, |out, (kind, ix)| node_id(graph, kind, ix, out));
    out + "}}}"
}

fn path_by_hand(graph: &Graph, from: u32, to: u32) -> String {
    let length = length_by_hand(graph, from, to);
    let mut out = String::from("{\"data\":{\"paths\":{\"paths\":");
    list(&mut out, length, |out, length| {
        out.push_str("{\"length\":");
        number(out, length);
        out.push('}');
    });
    out + "}}}"
}

fn length_by_hand(graph: &Graph, from: u32, to: u32) -> Option<usize> {
    let side = |ix| (FxHashSet::from_iter([(NodeKind::Reference, ix)]), vec![(NodeKind::Reference, ix)]);
    let mut sides: [(FxHashSet<At>, Vec<At>); 2] = [side(from), side(to)];
    for hops in 1..=4 {
        let side = usize::from(sides[0].1.len() > sides[1].1.len());
        let mut next = Vec::new();
        let mut met = false;
        for node in std::mem::take(&mut sides[side].1) {
            let [a, b] = &mut sides;
            let (mine, theirs) = if side == 0 { (a, b) } else { (b, a) };
            each_cited(graph, node, |other| {
                met |= theirs.0.contains(&other);
                if mine.0.insert(other) {
                    next.push(other);
                }
            });
            if met {
                return Some(hops);
            }
        }
        sides[side].1 = next;
    }
    None
}

/// A scan: it counts what holds the words, and ranks and shows nothing.
fn search_by_hand(graph: &Graph) -> String {
    let words = ["refractory", "lung", "safety"];
    let fits = |id: &&trialweave::graph::StrId| {
        let text = graph.strings.text(**id);
        words.iter().all(|w| text.contains(w))
    };
    let count = graph.trials.title.iter().filter(fits).count() + graph.references.title.iter().filter(fits).count();
    count.to_string()
}

/// A question answered by code written for it alone: the same bytes.
type ByHand<'a> = Box<dyn Fn() -> String + 'a>;

const SCANNED: &str = "search of three words (hand: a scan)";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    println!("{:<8} {:<38} {:>10} {:>10} {:>10}", "trials", "question", "hand us", "ours us", "ours/hand");
    for size in ["M", "L"] {
        let snapshot = generated(size);
        let engine = Engine::default();
        let graph = snapshot.graph();
        let trials = graph.count(NodeKind::Trial);
        let last = graph.count(NodeKind::Reference) - 1;
        let cites = graph.relation(Relation::ReferenceReference);
        let from = (0..last).rev().find(|r| cites.targets(*r).len() >= 3).unwrap();
        let step = |r: u32| cites.targets(r).first().copied().unwrap_or(r);
        let to = step(step(step(from)));
        let id = |r: u32| graph.strings.text(graph.names(NodeKind::Reference).id[r as usize]).into_owned();
        let cases: Vec<(&str, &str, serde_json::Value, ByHand<'_>)> = vec![
            ("filtered page of 50, newest first", PAGE, json!({}), Box::new(|| page_by_hand(graph))),
            ("facets over 13 dimensions", FACETS, json!({}), Box::new(|| facets_by_hand(graph))),
            ("cross-table phase by status", MATRIX, json!({}), Box::new(|| matrix_by_hand(graph))),
            (
                "three hops around a reference",
                AROUND,
                json!({ "id": id(from) }),
                Box::new(|| around_by_hand(graph, from)),
            ),
            ("shortest path", PATH, json!({ "a": id(from), "b": id(to) }), Box::new(|| path_by_hand(graph, from, to))),
            (SCANNED, SEARCH, json!({}), Box::new(|| search_by_hand(graph))),
        ];
        for (name, query, variables, by_hand) in cases.into_iter().filter(|case| wanted(case.0)) {
            let asked = request(query, variables);
            let answer = engine.answer(&snapshot, &asked);
            let body = String::from_utf8_lossy(&answer.body);
            assert!(!answer.has_errors, "{name}: {body}");
            if name != SCANNED {
                assert!(by_hand() == body, "{name}: the answers differ");
            }
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
            println!("{trials:<8} {name:<38} {:>10.1} {:>10.1} {:>10.2}", times[0], times[1], times[1] / times[0]);
        }
        let labels = (0..1000).map(|at| id(at % last)).collect::<Vec<_>>();
        for (name, query, variables) in
            [("suggest", SUGGEST, json!({})), ("resolve of 1,000 terms", RESOLVE, json!({ "t": labels }))]
        {
            if !wanted(name) {
                continue;
            }
            let asked = request(query, variables);
            let answer = engine.answer(&snapshot, &asked);
            assert!(!answer.has_errors, "{name}: {}", String::from_utf8_lossy(&answer.body));
            let mut ours = || drop(std::hint::black_box(engine.answer(&snapshot, &asked)));
            let times = measure(7, &mut [(20, Box::new(&mut ours))]);
            println!("{trials:<8} {name:<38} {:>10} {:>10.1}", "", times[0]);
        }
    }
}
