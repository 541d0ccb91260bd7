//! A release as a client reads it, random questions to it, and a second opinion on which nodes fit them.
//!
//! All nodes are read through the API without any filter. A filter is JSON, as a client sends it; whether a node fits is
//! decided here by looking at it, without index, bitmap or any code of the server.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use proptest::test_runner::Config;
use serde_json::{Map, Value, json};
use trialweave::generate::{self, Size};
use trialweave::graphql::{Engine, Limits, Request};
use trialweave::snapshot::Snapshot;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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

// ------------------------------------------------------------------------------------------------ does it fit?

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether texts (the names of a node, the countries of a trial) pass: each test by one of them, `ne` by all.
fn text_fits(test: &Value, texts: &[String]) -> bool {
    test.as_object().unwrap().iter().all(|(name, wanted)| {
        let one =
            |fits: &dyn Fn(&str, &str) -> bool| texts.iter().any(|t| fits(&fold(t), &fold(wanted.as_str().unwrap())));
        match name.as_str() {
            "eq" => one(&|t, w| t == w),
            "ne" => !one(&|t, w| t == w),
            "contains" => one(&|t, w| t.contains(w)),
            "startsWith" => one(&|t, w| t.starts_with(w)),
            "in" => list(wanted).iter().any(|w| texts.iter().any(|t| fold(t) == fold(w.as_str().unwrap()))),
            "words" => texts.iter().any(|t| words_of(wanted.as_str().unwrap()).is_subset(&words_of(t))),
            "isNull" => wanted.as_bool().unwrap() == texts.is_empty(),
            other => panic!("{other}"),
        }
    })
}

/// Runs of letters and digits, without accents; Chinese characters one by one.
fn words_of(text: &str) -> BTreeSet<String> {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let spaced = plain.flat_map(|c| if c > '\u{2e7f}' { vec![' ', c, ' '] } else { vec![c] });
    let spaced: String = spaced.collect();
    spaced.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn optional(value: &Value) -> Vec<String> {
    value.as_str().map(str::to_owned).into_iter().collect()
}

fn number_fits(test: &Value, value: Option<i64>) -> bool {
    test.as_object().unwrap().iter().all(|(name, wanted)| {
        let is = |fits: &dyn Fn(i64, i64) -> bool| value.is_some_and(|v| fits(v, wanted.as_i64().unwrap()));
        match name.as_str() {
            "eq" => is(&|v, w| v == w),
            "ne" => !is(&|v, w| v == w),
            "gt" => is(&|v, w| v > w),
            "gte" => is(&|v, w| v >= w),
            "lt" => is(&|v, w| v < w),
            "lte" => is(&|v, w| v <= w),
            "in" => list(wanted).iter().any(|w| value == w.as_i64()),
            "isNull" => wanted.as_bool().unwrap() == value.is_none(),
            other => panic!("{other}"),
        }
    })
}

/// Dates as texts: `2019` comes before `2019-05` and stands for it as well.
fn date_fits(test: &Value, value: Option<&str>) -> bool {
    let within = |v: &str, w: &str| v == w || v.starts_with(&format!("{w}-"));
    test.as_object().unwrap().iter().all(|(name, wanted)| {
        let is = |fits: &dyn Fn(&str, &str) -> bool| value.is_some_and(|v| fits(v, wanted.as_str().unwrap()));
        match name.as_str() {
            "eq" => is(&within),
            "ne" => !is(&within),
            "gte" => is(&|v, w| v >= w),
            "lt" => is(&|v, w| v < w),
            "lte" => is(&|v, w| v < w || within(v, w)),
            "gt" => is(&|v, w| v > w && !within(v, w)),
            "in" => list(wanted).iter().any(|w| value.is_some_and(|v| within(v, w.as_str().unwrap()))),
            "isNull" => wanted.as_bool().unwrap() == value.is_none(),
            other => panic!("{other}"),
        }
    })
}

fn word_fits(test: &Value, value: &Value) -> bool {
    test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
        "eq" => value == wanted,
        "in" => list(wanted).contains(value),
        "notIn" => !list(wanted).contains(value),
        other => panic!("{other}"),
    })
}

fn ids_fit(test: &Value, has: &dyn Fn(&Value) -> bool) -> bool {
    test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
        "eq" => has(wanted),
        "in" => list(wanted).iter().any(has),
        "notIn" => !list(wanted).iter().any(has),
        other => panic!("{other}"),
    })
}

/// Whether the links that a relation filter looks at are as it says.
fn links_fit<'a>(
    test: &Value,
    links: &[&'a Value],
    fits: &dyn Fn(&Value, &'a Value) -> bool,
    restricted: bool,
) -> bool {
    let asked = ["some", "every", "none", "count"].iter().any(|name| test.get(name).is_some());
    if restricted && !asked && links.is_empty() {
        return false;
    }
    test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
        "some" => links.iter().any(|l| fits(wanted, l)),
        "every" => links.iter().all(|l| fits(wanted, l)),
        "none" => !links.iter().any(|l| fits(wanted, l)),
        "count" => number_fits(wanted, Some(links.len() as i64)),
        "role" | "qualifiers" => true,
        other => panic!("{other}"),
    })
}

fn qualifiers_fit(test: &Value, has: &Value) -> bool {
    let has = |q: &Value| list(has).contains(q);
    test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
        "includes" => has(wanted),
        "includesAll" => list(wanted).iter().all(has),
        "includesAny" => list(wanted).iter().any(has),
        "excludes" => !list(wanted).iter().any(has),
        other => panic!("{other}"),
    })
}

impl World {
    fn set_fits(test: &Value, regimen: &Value) -> bool {
        let members: BTreeSet<&str> = list(&regimen["drugs"])
            .iter()
            .filter(|m| test.get("role").is_none_or(|role| m["role"] == *role))
            .map(|m| m["drug"]["id"].as_str().unwrap())
            .collect();
        let these = |wanted: &Value| -> BTreeSet<String> { texts(wanted).into_iter().collect() };
        test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
            "exactly" => these(wanted).iter().map(String::as_str).collect::<BTreeSet<_>>() == members,
            "containsAll" => these(wanted).iter().all(|d| members.contains(d.as_str())),
            "containsAny" => these(wanted).iter().any(|d| members.contains(d.as_str())),
            "isEmpty" => wanted.as_bool().unwrap() == members.is_empty(),
            "role" => true,
            other => panic!("{other}"),
        })
    }

    /// Whether a trial fits a filter.
    pub fn trial_fits(&self, filter: &Value, trial: &Value) -> bool {
        filter.as_object().unwrap().iter().all(|(name, test)| self.trial_test(name, test, trial))
    }

    fn trial_test(&self, name: &str, test: &Value, trial: &Value) -> bool {
        match name {
            "and" => list(test).iter().all(|f| self.trial_fits(f, trial)),
            "or" => list(test).iter().any(|f| self.trial_fits(f, trial)),
            "not" => !self.trial_fits(test, trial),
            "id" => ids_fit(test, &|wanted| *wanted == trial["id"]),
            "status" => word_fits(test, &trial["status"]),
            "area" => word_fits(test, &trial["area"]),
            "phase" => test.as_object().unwrap().iter().all(|(name, wanted)| {
                let has = |p: &Value| list(&trial["phases"]).contains(p);
                match name.as_str() {
                    "includes" => has(wanted),
                    "includesAny" => list(wanted).iter().any(has),
                    "exactly" => {
                        list(wanted).iter().all(has) && list(&trial["phases"]).iter().all(|p| list(wanted).contains(p))
                    }
                    "isEmpty" => wanted.as_bool().unwrap() == list(&trial["phases"]).is_empty(),
                    other => panic!("{other}"),
                }
            }),
            "target" => self.links("targets", "target", test, trial, &|_| true),
            "disease" => {
                let wanted = test.get("qualifiers");
                self.links("diseases", "disease", test, trial, &|link| {
                    wanted.is_none_or(|w| qualifiers_fit(w, &link["qualifiers"]))
                })
            }
            "drug" => {
                let wanted = test.get("role");
                self.links("drugs", "drug", test, trial, &|link| wanted.is_none_or(|w| word_fits(w, &link["role"])))
            }
            "reference" | "statement" => {
                let kind = if name == "reference" { "references" } else { "statements" };
                let nodes: Vec<&Value> = list(&trial[kind]["nodes"]).iter().collect();
                links_fit(test, &nodes, &|f, n| self.node_fits(kind, f, self.node(&id(n))), false)
            }
            "regimen" => Self::set_fits(test, &trial["regimen"]),
            "source" => {
                let rows = list(&trial["rows"]);
                ids_fit(test, &|wanted| rows.iter().any(|r| r["source"]["id"] == *wanted))
            }
            "startDate" => date_fits(test, trial["startDate"].as_str()),
            "startYear" => number_fits(test, trial["startDate"].as_str().map(|d| d[..4].parse().unwrap())),
            "enrollment" => number_fits(test, trial["enrollment"].as_i64()),
            "country" => text_fits(test, &texts(&trial["countries"])),
            "sponsor" => text_fits(test, &optional(&trial["sponsor"]["name"])),
            "sponsorClass" => !trial["sponsor"].is_null() && word_fits(test, &trial["sponsor"]["class"]),
            "title" => text_fits(test, &optional(&trial["title"])),
            "product" | "cellSource" | "targetLogic" | "whyStopped" => text_fits(test, &[]),
            "hasConflict" => test.as_bool().unwrap() != list(&trial["conflicts"]).is_empty(),
            "hasReference" => test.as_bool().unwrap() != list(&trial["references"]["nodes"]).is_empty(),
            other => panic!("{other}"),
        }
    }

    fn links(&self, list_of: &str, end: &str, test: &Value, owner: &Value, looked_at: &dyn Fn(&Value) -> bool) -> bool {
        let kind = match end {
            "target" => "targets",
            "disease" => "diseases",
            _ => "drugs",
        };
        let links: Vec<&Value> = list(&owner[list_of]).iter().filter(|l| looked_at(l)).collect();
        let restricted = test.get("role").is_some() || test.get("qualifiers").is_some();
        links_fit(test, &links, &|f, l| self.node_fits(kind, f, self.node(&id(&l[end]))), restricted)
    }

    /// Whether a node of a kind fits a filter.
    pub fn node_fits(&self, kind: &str, filter: &Value, node: &Value) -> bool {
        filter.as_object().unwrap().iter().all(|(name, test)| self.node_test(kind, name, test, node))
    }

    fn node_test(&self, kind: &str, name: &str, test: &Value, node: &Value) -> bool {
        match name {
            "and" => list(test).iter().all(|f| self.node_fits(kind, f, node)),
            "or" => list(test).iter().any(|f| self.node_fits(kind, f, node)),
            "not" => !self.node_fits(kind, test, node),
            "id" => ids_fit(test, &|wanted| *wanted == node["id"]),
            "label" => {
                let names = list(&node["labels"]).iter().chain(list(&node["synonyms"]));
                text_fits(test, &names.map(|n| n["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
            }
            "kind" | "defaultRole" | "area" | "referenceType" | "standing" | "statementType" => {
                word_fits(test, &node[name])
            }
            "within" => {
                let expand = test.get("expand").and_then(Value::as_str).unwrap_or("DESCENDANTS");
                self.scope(test["id"].as_str().unwrap(), expand).contains(&id(node))
            }
            "trial" => {
                let trials = self.trials_of(&id(node));
                let trials: Vec<&Value> = trials.iter().map(|t| self.node(t)).collect();
                links_fit(test, &trials, &|f, t| self.trial_fits(f, t), false)
            }
            "statement" => {
                let statements = self.statements(node);
                let statements: Vec<&Value> = statements.iter().map(|s| self.node(s)).collect();
                links_fit(test, &statements, &|f, s| self.node_fits("statements", f, s), false)
            }
            "drug" => {
                let wanted = test.get("role");
                self.links("drugs", "drug", test, node, &|link| wanted.is_none_or(|w| word_fits(w, &link["role"])))
            }
            "year" => number_fits(test, node["year"].as_i64()),
            "journal" => text_fits(test, &optional(&node["journal"])),
            "section" => text_fits(test, &optional(&node["section"])),
            "source" => {
                let own = std::iter::once(&node["source"]["id"]);
                let sources: Vec<_> = own.chain(list(&node["markers"]).iter().map(|m| &m["source"]["id"])).collect();
                ids_fit(test, &|wanted| sources.contains(&wanted))
            }
            "about" => self.statements_of.get(test.as_str().unwrap()).is_some_and(|s| s.contains(&id(node))),
            "cites" => {
                list(&node["cites"]).iter().any(|c| self.node_fits("references", test, self.node(&id(&c["reference"]))))
            }
            "hasCuratorNote" => test.as_bool().unwrap() != node["curatorNote"].is_null(),
            other => panic!("{other}"),
        }
    }
}

// ------------------------------------------------------------------------------------------------ random filters

const STATUSES: [&str; 7] =
    ["RECRUITING", "COMPLETED", "UNKNOWN", "TERMINATED", "WITHDRAWN", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING"];
const PHASES: [&str; 6] = ["NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"];
const AREAS: [&str; 3] = ["HEMATOLOGIC", "SOLID", "OTHER"];
const ROLES: [&str; 6] =
    ["LYMPHODEPLETION", "COMBINATION_PARTNER", "CYTOKINE_SUPPORT", "TRANSPLANT", "OTHER", "NOT_STATED"];
const QUALIFIERS: [&str; 6] = ["RELAPSED", "REFRACTORY", "ADVANCED", "METASTATIC", "ADULT", "RECURRENT"];
const EXPAND: [&str; 5] = ["SELF", "CHILDREN", "DESCENDANTS", "PARENTS", "ANCESTORS"];

impl World {
    fn words(dice: &mut Dice, all: &[&str]) -> Value {
        match dice.roll(4) {
            0 => json!({ "eq": dice.pick(all) }),
            1 => json!({ "in": dice.some(all, 3), "notIn": dice.some(all, 1) }),
            2 => json!({ "notIn": dice.some(all, 3) }),
            _ => json!({ "in": dice.some(all, 3) }),
        }
    }

    fn ids(&self, dice: &mut Dice, kind: &str) -> Value {
        let all: Vec<String> = self.list(kind).iter().map(id).collect();
        match dice.roll(3) {
            0 => json!({ "eq": dice.pick(&all) }),
            1 => json!({ "notIn": dice.some(&all, 9) }),
            _ => json!({ "in": dice.some(&all, all.len().min(12)) }),
        }
    }

    /// A test of a text that some text here passes.
    fn text(dice: &mut Dice, texts: &[String]) -> Value {
        if texts.is_empty() || dice.chance(10) {
            return json!({ "isNull": dice.chance(50) });
        }
        let text = dice.pick(texts).clone();
        let chars: Vec<char> = text.chars().collect();
        let part = |from: usize, to: usize| chars[from..to.max(from + 1).min(chars.len())].iter().collect::<String>();
        let from = dice.roll(chars.len());
        match dice.roll(6) {
            0 if text.chars().any(char::is_alphanumeric) => {
                let words: Vec<_> = words_of(&text).into_iter().collect();
                json!({ "words": dice.some(&words, 2).join(*dice.pick(&[" ", ", ", "-"])).to_uppercase() })
            }
            0 | 5 => json!({ "eq": text.to_uppercase() }),
            1 => json!({ "ne": text }),
            2 => json!({ "in": [text, dice.pick(texts)] }),
            3 => json!({ "startsWith": part(0, 1 + dice.roll(4)).to_lowercase() }),
            _ => json!({ "contains": part(from, from + 1 + dice.roll(4)) }),
        }
    }

    fn number(dice: &mut Dice, low: usize, high: usize) -> Value {
        let at = low + dice.roll(high - low);
        match dice.roll(7) {
            0 => json!({ "eq": at }),
            1 => json!({ "ne": at }),
            2 => json!({ "in": [at, low + dice.roll(high - low)] }),
            3 => json!({ "gt": at, "lte": at + 1 + dice.roll(high - low) }),
            4 => json!({ "lt": at + 1 }),
            5 => json!({ "isNull": dice.chance(50) }),
            _ => json!({ "gte": at }),
        }
    }

    fn date(dice: &mut Dice) -> Value {
        let mut date = || {
            let year = 2010 + dice.roll(17);
            match dice.roll(3) {
                0 => format!("{year}"),
                1 => format!("{year}-{:02}", 1 + dice.roll(12)),
                _ => format!("{year}-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28)),
            }
        };
        let (a, b) = (date(), date());
        match dice.roll(7) {
            0 => json!({ "eq": a }),
            1 => json!({ "ne": a }),
            2 => json!({ "in": [a, b] }),
            3 => json!({ "gt": a }),
            4 => json!({ "lte": a }),
            5 => json!({ "lt": a }),
            _ => json!({ "gte": a }),
        }
    }

    fn relation(&self, dice: &mut Dice, kind: &'static str, depth: usize) -> Value {
        let mut test = Map::new();
        if kind == "diseases" && dice.chance(40) {
            let name = *dice.pick(&["includesAny", "includesAll", "excludes"]);
            test.insert("qualifiers".into(), json!({ name: dice.some(&QUALIFIERS, 2) }));
        }
        if kind == "drugs" && dice.chance(40) {
            test.insert("role".into(), Self::words(dice, &ROLES));
        }
        let inner = |dice: &mut Dice| {
            if kind == "trials" { self.trial_filter(dice, depth + 1) } else { self.node_filter(dice, kind, depth + 1) }
        };
        for name in ["some", "every", "none"] {
            if dice.chance(35) {
                let filter = inner(dice);
                test.insert(name.into(), filter);
            }
        }
        if dice.chance(25) {
            let mut count = Self::number(dice, 0, 4);
            if count.get("isNull").is_some() {
                count = json!({ "gte": 1 });
            }
            test.insert("count".into(), count);
        }
        Value::Object(test)
    }

    /// A random filter of trials.
    pub fn trial_filter(&self, dice: &mut Dice, depth: usize) -> Value {
        let mut filter = Map::new();
        for _ in 0..=dice.roll(if depth == 0 { 3 } else { 2 }) {
            let (name, test) = self.trial_clause(dice, depth);
            filter.insert(name.to_owned(), test);
        }
        Value::Object(filter)
    }

    fn trial_clause(&self, dice: &mut Dice, depth: usize) -> (&'static str, Value) {
        let all = |field: &dyn Fn(&Value) -> Vec<String>| self.trials.iter().flat_map(field).collect::<Vec<_>>();
        let drugs: Vec<String> = self.list("drugs").iter().map(id).collect();
        match dice.roll(if depth < 3 { 24 } else { 12 }) {
            0 => ("id", self.ids(dice, "trials")),
            1 => ("status", Self::words(dice, &STATUSES)),
            2 => {
                let name = *dice.pick(&["includesAny", "exactly"]);
                let phase = json!({ name: dice.some(&PHASES, 2) });
                ("phase", if dice.chance(15) { json!({ "isEmpty": dice.chance(50) }) } else { phase })
            }
            3 => ("area", Self::words(dice, &AREAS)),
            4 => {
                // Sets of drugs that are used, mostly.
                let used: Vec<&Value> = self.trials.iter().map(|t| &t["regimen"]).filter(|r| !r.is_null()).collect();
                let mut these = dice.some(&drugs, 2);
                if !used.is_empty() && dice.chance(70) {
                    let members = list(&dice.pick(&used)["drugs"]).iter();
                    these = members.map(|m| id(&m["drug"])).collect();
                }
                let name = *dice.pick(&["exactly", "containsAll", "containsAny"]);
                let mut test = json!({ name: these });
                if dice.chance(20) {
                    test = json!({ "isEmpty": dice.chance(50) });
                }
                if dice.chance(40) {
                    test["role"] = json!(dice.pick(&ROLES));
                }
                ("regimen", test)
            }
            5 => ("startDate", Self::date(dice)),
            6 => ("startYear", Self::number(dice, 2012, 2026)),
            7 => ("enrollment", Self::number(dice, 0, 120)),
            8 => ("country", Self::text(dice, &all(&|t| texts(&t["countries"])))),
            9 => match dice.roll(3) {
                0 => ("title", Self::text(dice, &all(&|t| optional(&t["title"])))),
                1 => ("sponsorClass", Self::words(dice, &["INDUSTRY", "OTHER", "NIH", "UNKNOWN"])),
                _ => ("sponsor", Self::text(dice, &all(&|t| optional(&t["sponsor"]["name"])))),
            },
            10 => match dice.roll(3) {
                0 => ("hasConflict", json!(dice.chance(50))),
                1 => ("hasReference", json!(dice.chance(50))),
                _ => (
                    *dice.pick(&["product", "cellSource", "targetLogic", "whyStopped"]),
                    json!({ "isNull": dice.chance(70) }),
                ),
            },
            11 => {
                let rows = all(&|t| list(&t["rows"]).iter().map(|r| id(&r["source"])).collect());
                let source = dice.pick(&rows).clone();
                ("source", json!({ *dice.pick(&["in", "notIn"]): [source] }))
            }
            12..=14 => ("target", self.relation(dice, "targets", depth)),
            15..=16 => ("disease", self.relation(dice, "diseases", depth)),
            17..=18 => ("drug", self.relation(dice, "drugs", depth)),
            19 => ("reference", self.relation(dice, "references", depth)),
            20 => ("statement", self.relation(dice, "statements", depth)),
            21 => ("not", self.trial_filter(dice, depth + 1)),
            22 => ("or", json!((0..=dice.roll(2)).map(|_| self.trial_filter(dice, depth + 1)).collect::<Vec<_>>())),
            _ => ("and", json!((0..=dice.roll(2)).map(|_| self.trial_filter(dice, depth + 1)).collect::<Vec<_>>())),
        }
    }

    /// A random filter of nodes of a kind.
    pub fn node_filter(&self, dice: &mut Dice, kind: &'static str, depth: usize) -> Value {
        let mut filter = Map::new();
        for _ in 0..=dice.roll(2) {
            let (name, test) = self.node_clause(dice, kind, depth);
            filter.insert(name.to_owned(), test);
        }
        Value::Object(filter)
    }

    fn node_clause(&self, dice: &mut Dice, kind: &'static str, depth: usize) -> (&'static str, Value) {
        let nodes = self.list(kind);
        if nodes.is_empty() {
            return ("not", json!({}));
        }
        let deep = depth < 3;
        match dice.roll(if deep { 9 } else { 5 }) {
            0 => ("id", self.ids(dice, kind)),
            1 | 2 => {
                let field = |name: &str| nodes.iter().flat_map(|n| optional(&n[name])).collect::<Vec<_>>();
                match kind {
                    "targets" => ("kind", Self::words(dice, &["ANTIGEN", "ANTIGEN_GROUP", "BINDER", "MOLECULE"])),
                    "diseases" => {
                        let ids: Vec<_> = nodes.iter().map(id).collect();
                        ("within", json!({ "id": dice.pick(&ids), "expand": dice.pick(&EXPAND) }))
                    }
                    "drugs" if dice.chance(50) => ("defaultRole", Self::words(dice, &ROLES)),
                    "drugs" => ("kind", Self::words(dice, &["SMALL_MOLECULE", "ANTIBODY", "CYTOKINE", "PROCEDURE"])),
                    "regimens" => ("drug", self.relation(dice, "drugs", depth)),
                    "references" => match dice.roll(4) {
                        0 => ("year", Self::number(dice, 2015, 2026)),
                        1 => ("journal", Self::text(dice, &field("journal"))),
                        2 => ("standing", Self::words(dice, &["PUBLISHED", "NOT_PEER_REVIEWED"])),
                        _ => {
                            ("referenceType", Self::words(dice, &["REVIEW", "CLINICAL_TRIAL", "OTHER", "CASE_REPORT"]))
                        }
                    },
                    _ => match dice.roll(5) {
                        0 => ("section", Self::text(dice, &field("section"))),
                        1 => ("hasCuratorNote", json!(dice.chance(50))),
                        2 => {
                            let subjects: Vec<_> =
                                self.statements_of.keys().filter(|k| !k.starts_with("ref")).collect();
                            let mut sorted: Vec<_> = subjects.into_iter().cloned().collect();
                            sorted.sort();
                            ("about", json!(dice.pick(&sorted)))
                        }
                        3 => ("cites", self.node_filter(dice, "references", depth + 1)),
                        _ => ("statementType", Self::words(dice, &["EFFICACY", "SAFETY", "BACKGROUND", "CHALLENGE"])),
                    },
                }
            }
            3 | 4 if matches!(kind, "targets" | "diseases" | "drugs" | "references") => {
                let names = nodes.iter().flat_map(|n| list(&n["labels"]).iter().chain(list(&n["synonyms"])));
                let names: Vec<_> = names.map(|n| n["text"].as_str().unwrap().to_owned()).collect();
                let test = Self::text(dice, &names);
                ("label", if test.get("isNull").is_some() { json!({ "isNull": false }) } else { test })
            }
            5 => ("trial", self.relation(dice, "trials", depth)),
            6 if matches!(kind, "targets" | "diseases" | "drugs" | "references") => {
                ("statement", self.relation(dice, "statements", depth))
            }
            7 => ("not", self.node_filter(dice, kind, depth + 1)),
            _ => ("or", json!((0..=dice.roll(2)).map(|_| self.node_filter(dice, kind, 3)).collect::<Vec<_>>())),
        }
    }
}
