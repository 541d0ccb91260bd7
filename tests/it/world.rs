//! A release as a client reads it, random questions to it, and a second opinion on which nodes fit them.
//!
//! All nodes are read through the API without any filter. A filter is JSON, as a client sends it; whether a node fits is
//! decided in `fits` by looking at it, without index, bitmap or any code of the server.

mod fits;
mod random;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use proptest::test_runner::Config;
use serde_json::{Value, json};
use trialweave::generate::{self, Size};
use trialweave::graphql::{Engine, Limits, Request};
use trialweave::snapshot::Snapshot;

/// How many random questions: `TRIALWEAVE_CASES` times as many as usual, where it is set. A failure prints its seed.
pub fn cases(usual: u32) -> Config {
    let times = std::env::var("TRIALWEAVE_CASES").ok().and_then(|n| n.parse::<u32>().ok()).unwrap_or(1);
    Config { cases: usual * times, failure_persistence: None, ..Config::default() }
}

/// A small generator of numbers: the same seed gives the same filter on any machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides.max(1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }

    /// One to `most` of these, perhaps with repeats.
    fn some<T: Clone>(&mut self, of: &[T], most: usize) -> Vec<T> {
        (0..=self.roll(most)).map(|_| self.pick(of).clone()).collect()
    }
}

/// The release of generated data of a size.
pub fn generated(size: Size, seed: u64) -> Arc<Snapshot> {
    let folder = tempfile::tempdir().unwrap();
    generate::write(folder.path(), size, seed).unwrap();
    let loaded = Snapshot::load(folder.path());
    Arc::new(loaded.unwrap_or_else(|problems| panic!("generated data has problems:\n{problems}")))
}

/// A release with all its nodes, by id.
pub struct World {
    pub snapshot: Arc<Snapshot>,
    engine: Engine,
    pub trials: Vec<Value>,
    nodes: HashMap<&'static str, Vec<Value>>,
    by_id: HashMap<String, Value>,
    /// Trials of each target, disease, drug, reference or statement.
    trials_of: HashMap<String, BTreeSet<String>>,
    /// Statements on each target, disease, drug or trial, or citing each reference.
    statements_of: HashMap<String, BTreeSet<String>>,
}

const TRIALS: &str = "id title status phases area startDate enrollment countries sponsor { name class } \
    targets { target { id } } diseases { disease { id } qualifiers } drugs { drug { id } role } \
    regimen { id drugs { drug { id } role } } statements(first: 1000) { nodes { id } } \
    references(first: 1000) { nodes { id } } rows { source { id } } conflicts { field }";
const NAMES: &str = "id labels { text } synonyms { text }";

fn id(node: &Value) -> String {
    node["id"].as_str().unwrap().to_owned()
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

impl World {
    pub fn of(snapshot: Arc<Snapshot>) -> Self {
        let engine = Engine::new(Limits { cost: u64::MAX, steps: u64::MAX, ..Limits::default() });
        let mut world = Self {
            snapshot,
            engine,
            trials: Vec::new(),
            nodes: HashMap::new(),
            by_id: HashMap::new(),
            trials_of: HashMap::new(),
            statements_of: HashMap::new(),
        };
        world.trials = world.all("trials", TRIALS);
        for (kind, fields) in [
            ("targets", format!("{NAMES} kind: targetKind")),
            ("diseases", format!("{NAMES} area parents {{ id }}")),
            ("drugs", format!("{NAMES} kind: drugKind defaultRole")),
            ("regimens", "id drugs { drug { id } role }".to_owned()),
            ("references", format!("{NAMES} year journal referenceType standing markers {{ source {{ id }} }}")),
            (
                "statements",
                "id statementType section curatorNote source { id } about { id } cites { reference { id } } \
                 mentionedTrials { trial { id } knownBy }"
                    .to_owned(),
            ),
        ] {
            let nodes = world.all(kind, &fields);
            world.nodes.insert(kind, nodes);
        }
        world.join();
        world
    }

    fn join(&mut self) {
        let mut trials_of: HashMap<String, BTreeSet<String>> = HashMap::new();
        for trial in &self.trials {
            let ends = list(&trial["targets"]).iter().map(|l| &l["target"]);
            let ends = ends.chain(list(&trial["diseases"]).iter().map(|l| &l["disease"]));
            let ends = ends.chain(list(&trial["drugs"]).iter().map(|l| &l["drug"]));
            let ends = ends.chain(list(&trial["references"]["nodes"])).chain(list(&trial["statements"]["nodes"]));
            for end in ends.chain(Some(&trial["regimen"]).filter(|r| !r.is_null())) {
                trials_of.entry(id(end)).or_default().insert(id(trial));
            }
            for statement in list(&trial["statements"]["nodes"]) {
                self.statements_of.entry(id(trial)).or_default().insert(id(statement));
            }
        }
        // A publication that is itself a source reports the trials that its rows name.
        for source in list(&self.ask("{ meta { sources { id reference { id } } } }", json!({}))["meta"]["sources"]) {
            if let Some(reference) = source["reference"]["id"].as_str() {
                let has = |t: &&Value| list(&t["rows"]).iter().any(|r| r["source"]["id"] == source["id"]);
                trials_of.entry(reference.to_owned()).or_default().extend(self.trials.iter().filter(has).map(id));
            }
        }
        for statement in &self.nodes["statements"] {
            let cited = list(&statement["cites"]).iter().map(|c| &c["reference"]);
            for about in list(&statement["about"]).iter().chain(cited) {
                self.statements_of.entry(id(about)).or_default().insert(id(statement));
            }
        }
        // A disease has the trials of the diseases below it too.
        let direct = trials_of.clone();
        for disease in self.nodes["diseases"].iter().map(id) {
            let below = self.scope(&disease, "DESCENDANTS");
            let all = below.iter().filter_map(|d| direct.get(d)).flatten().cloned().collect();
            trials_of.insert(disease, all);
        }
        self.trials_of = trials_of;
        let all = self.nodes.values().flatten().chain(&self.trials);
        self.by_id = all.map(|node| (id(node), node.clone())).collect();
    }

    pub fn respond(&self, query: &str, variables: Value) -> Value {
        let Value::Object(variables) = variables else { panic!("variables are an object") };
        let request = Request { query: query.to_owned(), operation_name: None, variables };
        serde_json::from_slice(&self.engine.answer(&self.snapshot, &request).body).unwrap()
    }

    pub fn ask(&self, query: &str, variables: Value) -> Value {
        let mut response = self.respond(query, variables.clone());
        assert!(response.get("errors").is_none(), "{query}\n{variables}\n{:#}", response["errors"]);
        response["data"].take()
    }

    fn all(&self, field: &str, fields: &str) -> Vec<Value> {
        let query = format!(
            "query($after: String) {{ list: {field}(first: 100, after: $after) {{ nodes {{ {fields} }} \
                             pageInfo {{ endCursor hasNextPage }} }} }}"
        );
        let (mut nodes, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = self.ask(&query, json!({ "after": after }))["list"].take();
            nodes.extend(list(&page["nodes"]).iter().cloned());
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                return nodes;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    }

    /// Ids of the nodes of a list that the server lets through.
    pub fn filtered(&self, field: &str, kind: &str, filter: &Value) -> Vec<String> {
        let query =
            format!("query($f: {kind}) {{ list: {field}(filter: $f, first: 1000) {{ totalCount nodes {{ id }} }} }}");
        let found = self.ask(&query, json!({ "f": filter }))["list"].take();
        let ids: Vec<_> = list(&found["nodes"]).iter().map(id).collect();
        assert_eq!(found["totalCount"], json!(ids.len()));
        ids
    }

    pub fn list(&self, kind: &str) -> &[Value] {
        if kind == "trials" { &self.trials } else { &self.nodes[kind] }
    }

    pub fn node(&self, id: &str) -> &Value {
        &self.by_id[id]
    }

    fn statements(&self, node: &Value) -> BTreeSet<String> {
        self.statements_of.get(&id(node)).cloned().unwrap_or_default()
    }

    pub fn trials_of(&self, id: &str) -> BTreeSet<String> {
        self.trials_of.get(id).cloned().unwrap_or_default()
    }

    /// A disease and the part of the hierarchy around it.
    fn scope(&self, disease: &str, expand: &str) -> BTreeSet<String> {
        let (down, deep) =
            (matches!(expand, "CHILDREN" | "DESCENDANTS"), matches!(expand, "DESCENDANTS" | "ANCESTORS"));
        let mut found = BTreeSet::from([disease.to_owned()]);
        if expand == "SELF" {
            return found;
        }
        loop {
            let next: BTreeSet<String> = self.nodes["diseases"]
                .iter()
                .flat_map(|d| list(&d["parents"]).iter().map(move |p| (id(d), id(p))))
                .map(|(child, parent)| if down { (parent, child) } else { (child, parent) })
                .filter(|(from, _)| if deep { found.contains(from) } else { from == disease })
                .map(|(_, to)| to)
                .collect();
            let before = found.len();
            found.extend(next);
            if !deep || found.len() == before {
                return found;
            }
        }
    }
}
