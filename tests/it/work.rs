//! Does the work of a filtered page grow with the answer, not with the data?
//!
//! `Answer.steps` counts objects written and touched. The same questions go to generated data of two sizes.

use std::sync::Arc;

use serde_json::{Value, json};
use trialweave::domain::NodeKind;
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

/// Of two sizes: the release, and ids that mean as little in one as in the other.
struct Sized {
    snapshot: Arc<Snapshot>,
    target: String,
    drug: String,
    disease: String,
    trial: String,
    reference: String,
}

impl Sized {
    fn of(engine: &Engine, trials: u32) -> Self {
        let snapshot = release(trials);
        let (target, _) = rare(engine, &snapshot, "targets", 20);
        let (drug, _) = rare(engine, &snapshot, "drugs", 15);
        let (disease, _) = rare(engine, &snapshot, "diseases", 10);
        let query = "query($t: String!) { target(id: $t) { trials(first: 1) { nodes { id } } }
            list: references(first: 1000) { nodes { id statements(first: 0) { totalCount } trialCount } } }";
        let data = ask(engine, &snapshot, query, json!({ "t": target })).data;
        let trial = data["target"]["trials"]["nodes"][0]["id"].as_str().unwrap().to_owned();
        let count = |n: &Value| n["statements"]["totalCount"].as_u64().unwrap() + n["trialCount"].as_u64().unwrap();
        let cited = list(&data["list"]["nodes"]).iter().min_by_key(|n| count(n).abs_diff(4)).unwrap();
        let reference = cited["id"].as_str().unwrap().to_owned();
        Self { snapshot, target, drug, disease, trial, reference }
    }

    fn steps(&self, engine: &Engine, query: &str) -> u64 {
        let ids = json!({ "target": self.target, "drug": self.drug, "disease": self.disease, "trial": self.trial,
            "reference": self.reference });
        ask(engine, &self.snapshot, &fill(query, &ids), json!({})).steps
    }
}

/// A query with `$name` replaced by an id.
fn fill(query: &str, ids: &Value) -> String {
    let named = ids.as_object().unwrap().iter();
    named.fold(query.to_owned(), |q, (name, id)| q.replace(&format!("${name}"), &id.to_string()))
}

/// Every root, asked for something as small in six times the data: the work is as small.
#[test]
fn every_root_costs_what_it_shows() {
    let engine = Engine::default();
    let (small, large) = (Sized::of(&engine, SMALL), Sized::of(&engine, SMALL * FACTOR));
    let roots = [
        "{ trials(first: 10) { nodes { id } } }",
        "{ trials(first: 10, filter: { text: $trial }) { nodes { id } } }",
        "{ trials(first: 10, filter: { target: { some: { id: { eq: $target } } }, title: { contains: \"a\" } }) { nodes { id } } }",
        "{ trials(first: 10, filter: { drug: { some: { id: { eq: $drug } } }, startYear: { gte: 2000 } }) { nodes { id } } }",
        "{ trials(first: 3, filter: { target: { some: { id: { eq: $target } } } }) { facets(dimensions: [STATUS, PHASE, COUNTRY]) { buckets { key } } } }",
        "{ targets(first: 10) { nodes { id } } }",
        "{ targets(first: 10, filter: { trial: { some: { id: { eq: $trial } } } }) { nodes { id } } }",
        "{ diseases(first: 10) { nodes { id } } }",
        "{ diseases(first: 10, filter: { within: { id: $disease, expand: SELF } }) { nodes { id } } }",
        "{ drugs(first: 10) { nodes { id } } }",
        "{ regimens(first: 10) { nodes { id } } }",
        "{ references(first: 10) { nodes { id } } }",
        "{ statements(first: 10) { nodes { id } } }",
        "{ statements(first: 10, filter: { about: $target }) { nodes { id } } }",
        "{ node(id: $trial) { id } nodes(ids: [$target, $drug]) { id } }",
        "{ trial(id: $trial) { id } target(id: $target) { id } drug(id: $drug) { id } reference(id: $reference) { id } }",
        "{ disease(id: $disease) { id trialCount trials(first: 5) { nodes { id } } } }",
        "{ matrix(rows: PHASE, columns: STATUS, filter: { target: { some: { id: { eq: $target } } } }) { total } }",
        "{ search(text: $trial, first: 5) { nodes { id } } }",
        "{ suggest(prefix: \"nct\", limit: 10) { text } }",
        "{ resolve(terms: [$trial, $target, \"nothing\"]) { status } }",
        "{ paths(from: $trial, to: $target, maxHops: 1) { paths { length } } }",
        "{ paths(from: $reference, to: $reference, maxHops: 6, via: [CITES], direction: FORWARD) { paths { length } } }",
        "{ reference(id: $reference) { citesWithin(hops: 1, first: 5) { totalCount nodes { id } } } }",
        "{ target(id: $target) { trials(first: 0) { pairs(of: DISEASE, with: DRUG, limit: 5) { pairs { count of { count } } } } } }",
        "{ target(id: $target) { trials(first: 0) { facets(dimensions: [STATUS, PHASES, DISEASE]) { buckets { key } } } } }",
        "{ neighborhood(id: $trial, hops: 1, via: [HAS_TARGET, STUDIES, HAS_DRUG]) { nodes { id } links { relation } } }",
        "{ trace(id: $trial, direction: DOWN) { steps { depth } } }",
        "{ conflicts(first: 10) { nodes { field } } }",
        "{ conflicts(first: 10, filter: { trial: { id: { eq: $trial } } }) { nodes { field } } }",
        "{ unmapped(first: 10) { nodes { printed } } }",
        "{ meta { release counts { kind count } unmappedCount limits { name } } schemaGraph { relation count } }",
        "{ _entities(representations: [{ __typename: \"Trial\", id: $trial }]) { __typename } }",
    ];
    for query in roots {
        let (few, many) = (small.steps(&engine, query), large.steps(&engine, query));
        assert!(few > 0 && many > 0, "{query}: nothing is counted");
        assert!(many <= few * 2 + 40, "{query}: {few} steps on {SMALL} trials, {many} on {FACTOR} times as many");
    }
}

/// The three plain workloads of a registry: one trial with all around it, a filtered page in order of start, a thousand
/// rows. A hit of the page is one of so many trials in both, so what is passed over for it is as much.
#[test]
fn a_trial_a_page_and_a_thousand_rows_cost_the_same_in_more_data() {
    const AROUND: &str = "nctId title status phases startDate enrollment targets { target { label } }
        diseases { disease { label parents { label } } } drugs { drug { label drugKind } }";
    let page = |offset: &str| {
        format!(
            "{{ trials(first: 50, {offset} filter: {{ status: {{ in: [COMPLETED, RECRUITING] }},
                startYear: {{ gte: 2010 }} }}, orderBy: [{{ field: START_DATE, direction: DESC }}]) {{
                totalCount pageInfo {{ endCursor }} nodes {{ {AROUND} }} }} }}"
        )
    };
    let engine = Engine::default();
    let steps = |sized: &Sized| {
        let first = ask(&engine, &sized.snapshot, &page(""), json!({}));
        let total = first.data["trials"]["totalCount"].as_u64().unwrap();
        let trials = u64::from(sized.snapshot.graph().count(NodeKind::Trial));
        assert!(total * 4 > trials, "{total} of {trials} fit");
        let after = format!("after: {},", first.data["trials"]["pageInfo"]["endCursor"]);
        let trial =
            format!("{{ trial(id: $trial) {{ {AROUND} references(first: 100) {{ nodes {{ pmid title year }} }} }} }}");
        let rows = format!("{{ trials(first: 1000) {{ nodes {{ {AROUND} }} }} }}");
        [first.steps, sized.steps(&engine, &page(&after)), sized.steps(&engine, &trial), sized.steps(&engine, &rows)]
    };
    let (small, large) = (steps(&Sized::of(&engine, SMALL)), steps(&Sized::of(&engine, SMALL * FACTOR)));
    for ((few, many), name) in small.into_iter().zip(large).zip(["page", "next page", "trial", "rows"]) {
        assert!(many <= few + few / 5 + 40, "{name}: {few} steps on {SMALL} trials, {many} on {FACTOR} times as many");
    }
}

/// The trials of a node under a filter, and the pairs of these: each trial of the node is looked at once for each thing that
/// is asked, and no set over all trials is put together.
#[test]
fn a_filter_below_a_node_costs_what_the_node_has() {
    let engine = Engine::default();
    let (small, large) = (Sized::of(&engine, SMALL), Sized::of(&engine, SMALL * FACTOR));
    let filters = [
        "status: { in: [RECRUITING, COMPLETED] }, phase: { includes: PHASE2 }",
        "status: { eq: COMPLETED }, startYear: { gte: 2015 }",
        "or: [{ status: { eq: COMPLETED } }, { enrollment: { gte: 40 } }], not: { area: { eq: SOLID } }",
        "startDate: { gte: \"2016-03\", lt: \"2021-07-15\" }, drug: { some: { id: { eq: $drug } } }",
        "sponsorClass: { notIn: [INDUSTRY] }, hasReference: true, disease: { count: { gte: 1 } }",
        "country: { eq: \"China\" }, title: { contains: \"a\" }",
    ];
    for filter in filters {
        let of = |sized: &Sized, fields: &str| {
            let query = format!(
                "{{ target(id: $target) {{ trialCount trials(first: 1000, filter: {{ {filter} }}) {{ {fields} }} }} }}"
            );
            let trials = rare(&engine, &sized.snapshot, "targets", 20).1;
            (sized.steps(&engine, &query), trials)
        };
        for fields in ["totalCount", "nodes { nctId }", "pairs(of: DISEASE, with: DRUG) { total }"] {
            let ((few, of_few), (many, of_many)) = (of(&small, fields), of(&large, fields));
            let (few, many) = (few / of_few, many / of_many);
            assert!(few <= 12 && many <= 12, "{filter}: {fields}: {few} and {many} steps a trial");
        }
    }
}

/// A page far back costs as much as the first.
#[test]
fn a_deep_page_of_statuses_and_phases_costs_what_it_shows() {
    let (engine, snapshot) = (Engine::default(), release(SMALL * FACTOR));
    let page = "query($after: String, $n: Int) { trials(first: $n, after: $after,
        filter: { status: { in: [COMPLETED, RECRUITING] }, phase: { exactly: [PHASE2] } },
        orderBy: [{ field: START_DATE, direction: DESC }]) { totalCount pageInfo { endCursor } nodes { nctId } } }";
    let first = ask(&engine, &snapshot, page, json!({ "n": 10 }));
    let total = first.data["trials"]["totalCount"].as_u64().unwrap();
    assert!(total > 300, "{total} fit");
    let far = ask(&engine, &snapshot, page, json!({ "n": total - 20 }));
    let last = ask(&engine, &snapshot, page, json!({ "n": 10, "after": far.data["trials"]["pageInfo"]["endCursor"] }));
    assert_eq!(list(&last.data["trials"]["nodes"]).len(), 10);
    assert!(last.steps <= first.steps + 5, "{} steps, {} for the first page", last.steps, first.steps);
}

/// What is looked at counts, not only what is shown: an answer of one number says how much was read for it.
#[test]
fn what_is_read_is_counted() {
    let engine = Engine::default();
    let sized = Sized::of(&engine, SMALL);
    let trials = u64::from(SMALL);
    let at_least = |query: &str, least: u64| {
        let steps = sized.steps(&engine, query);
        assert!(steps >= least && steps <= least * 40 + 400, "{query}: {steps} steps, at least {least} expected");
    };
    // Of all trials the index knows how many have a value; of a set each is looked at, or each value.
    at_least("{ matrix(rows: TARGET, columns: STATUS) { total } }", 60);
    at_least("{ trials(first: 0) { facets(dimensions: [TARGET, DISEASE]) { missing } } }", 60 + 120);
    let most = "filter: { startYear: { gte: 2005 } }";
    at_least(&format!("{{ matrix(rows: TARGET, columns: STATUS, {most}) {{ total }} }}"), trials / 2);
    at_least(&format!("{{ trials(first: 0, {most}) {{ facets(dimensions: [TARGET, DRUG]) {{ missing }} }} }}"), trials);
    at_least(&format!("{{ trials(first: 0, {most}) {{ pairs(of: TARGET, with: DRUG) {{ total }} }} }}"), trials);
    at_least("{ trials(first: 0, filter: { title: { words: \"a\" } }) { totalCount } }", 1);
    at_least("{ trials(first: 0, filter: { title: { contains: \"xyz\" } }) { totalCount } }", trials);
    at_least("{ trials(first: 0, orderBy: [{ field: TITLE, direction: ASC }]) { totalCount } }", trials);
    at_least("{ references(first: 0, filter: { label: { contains: \"xyz\" } }) { totalCount } }", 200);
    let found = ask(&engine, &sized.snapshot, "{ search(text: \"cell\", first: 1) { totalCount } }", json!({}));
    let hits = found.data["search"]["totalCount"].as_u64().unwrap();
    assert!(hits > 50 && found.steps >= hits, "{hits} hits in {} steps", found.steps);
    let filtered = "{ trials(first: 0, filter: { text: \"cell\" }) { totalCount } }";
    let filtered = ask(&engine, &sized.snapshot, filtered, json!({}));
    assert!(filtered.steps >= filtered.data["trials"]["totalCount"].as_u64().unwrap());
    // Two rings read more than one; links inside are read only where they are asked for.
    let around = |hops: u32, fields: &str| {
        sized.steps(&engine, &format!("{{ neighborhood(id: $target, hops: {hops}, limit: 1000) {{ {fields} }} }}"))
    };
    assert!(around(2, "truncated") > 2 * around(1, "truncated"));
    assert!(around(1, "truncated hidden { count }") > around(1, "truncated") + 20);
    let paths = |hops: u32| {
        sized.steps(
            &engine,
            &format!("{{ paths(from: $target, to: $drug, maxHops: {hops}, maxPaths: 100) {{ truncated }} }}"),
        )
    };
    assert!(paths(4) > paths(1) && paths(1) > 1);
    let terms = |n: usize| {
        let asked = json!({ "t": vec![sized.trial.clone(); n] });
        ask(&engine, &sized.snapshot, "query($t: [String!]!) { resolve(terms: $t) { status } }", asked).steps
    };
    assert!(terms(500) >= 10 * terms(50) - 50 && terms(500) >= 500);
}
