//! What a client reads of paths, scopes, facets and searches: the parts of an answer that filters and walks do not show.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use trialweave::domain::NodeKind;
use trialweave::graph::Node;
use trialweave::index::Found;
use trialweave::select::{self, Cut, Follow, Pace, PathQuery};

use crate::ask::{ask, ask_with, number, snapshot, text, texts};
use crate::world::list;

/// Diseases with those one step above.
fn parents() -> BTreeMap<String, Vec<String>> {
    let all = ask("{ diseases(first: 1000) { nodes { id parents { id } } } }");
    list(&all["diseases"]["nodes"]).iter().map(|d| (text(d, "/id"), texts(&d["parents"], "/id"))).collect()
}

/// A disease and what lies around it, by following the steps one by one.
fn scope(parents: &BTreeMap<String, Vec<String>>, disease: &str, expand: &str) -> BTreeSet<String> {
    let below =
        |d: &str| parents.iter().filter(|(_, up)| up.iter().any(|p| p == d)).map(|(id, _)| id.clone()).collect();
    let step = |d: &str| -> Vec<String> {
        match expand {
            "CHILDREN" | "DESCENDANTS" => below(d),
            "PARENTS" | "ANCESTORS" => parents[d].clone(),
            _ => Vec::new(),
        }
    };
    let mut found = BTreeSet::from([disease.to_owned()]);
    let mut open = step(disease);
    while let Some(next) = open.pop() {
        if found.insert(next.clone()) && matches!(expand, "DESCENDANTS" | "ANCESTORS") {
            open.extend(step(&next));
        }
    }
    found
}

#[test]
fn a_match_of_a_scope_says_whether_it_is_direct_and_by_which_diseases() {
    let parents = parents();
    let (mut direct, mut inherited) = (0, 0);
    for disease in ["disease:aml", "disease:solid-tumor", "disease:b-cell-malignancy", "disease:nhl"] {
        assert!(parents.contains_key(disease), "{disease}");
        for expand in ["SELF", "CHILDREN", "DESCENDANTS", "PARENTS", "ANCESTORS"] {
            let within = scope(&parents, disease, expand);
            let query = "query($w: DiseaseScope!, $f: TrialFilter) {
                all: trials(first: 1000) { nodes { id diseases { disease { id } }
                    diseaseMatch(within: $w) { direct via { disease { id } } } } }
                found: trials(first: 1000, filter: $f) { nodes { id } } }";
            let w = json!({ "id": disease, "expand": expand });
            let answer = ask_with(query, &json!({ "w": w, "f": { "disease": { "some": { "within": w } } } }));
            let mut fitting = Vec::new();
            for trial in list(&answer["all"]["nodes"]) {
                let studied = texts(&trial["diseases"], "/disease/id");
                let via: Vec<String> = studied.iter().filter(|d| within.contains(*d)).cloned().collect();
                if via.is_empty() {
                    assert!(trial["diseaseMatch"].is_null(), "{trial}");
                    continue;
                }
                fitting.push(text(trial, "/id"));
                let itself = studied.iter().any(|d| d == disease);
                assert_eq!(trial["diseaseMatch"]["direct"], json!(itself), "{disease} {expand}: {trial}");
                assert_eq!(texts(&trial["diseaseMatch"]["via"], "/disease/id"), via, "{disease} {expand}: {trial}");
                *if itself { &mut direct } else { &mut inherited } += 1;
            }
            assert_eq!(texts(&answer["found"]["nodes"], "/id"), fitting, "{disease} {expand}");
        }
    }
    assert!(direct > 20 && inherited > 20, "{direct} direct, {inherited} inherited");
}

#[test]
fn a_direct_link_is_a_path_whatever_is_avoided() {
    let target = ask("{ trial(id: \"NCT03056339\") { targets { target { id } } } }");
    let target = text(&target, "/trial/targets/0/target/id");
    let query = format!(
        "{{ paths(from: \"trial:NCT03056339\", to: \"{target}\", maxHops: 4, avoidDegreeAbove: 0)
             {{ truncated reason paths {{ length steps {{ relation forward to {{ id }} assertions {{ id }} }} }} }} }}"
    );
    let paths = ask(&query)["paths"].take();
    assert_eq!(paths["paths"].as_array().unwrap().len(), 1, "{paths:#}");
    let step = &paths["paths"][0]["steps"][0];
    assert_eq!((text(step, "/relation"), text(step, "/to/id")), ("HAS_TARGET".into(), target));
    assert!(!list(&step["assertions"]).is_empty(), "a link of rows has assertions");
    assert_eq!((&paths["truncated"], &paths["reason"]), (&json!(false), &Value::Null));
    // With one path asked for, the same comes first, and the answer says that there is more.
    let cut = ask(&query.replace("avoidDegreeAbove: 0", "maxPaths: 1"))["paths"].take();
    assert_eq!(cut["paths"], paths["paths"]);
    assert_eq!(cut["truncated"], json!(true));
    assert!(text(&cut, "/reason").contains("raise maxPaths"), "{cut:#}");
}

/// A search for paths that may look at few links only gives what it found till then, and says so.
#[test]
fn a_spent_budget_cuts_the_paths_and_is_told() {
    let graph = snapshot().graph();
    let Ok(Found::One(cd19)) = snapshot().index().ids.find(NodeKind::Target, "cd19") else { panic!("no CD19") };
    let (mut cut, mut shortened) = (0, 0);
    for to in 0..graph.count(NodeKind::Drug) {
        let query = PathQuery {
            from: Node::new(NodeKind::Target, cd19),
            to: Node::new(NodeKind::Drug, to),
            max_hops: 4,
            max_paths: usize::MAX,
            via: Vec::new(),
            follow: Follow::Either,
            shortest: false,
            avoid_degree_above: None,
            budget: u64::MAX,
        };
        let all = select::paths(graph, &query, &Pace::free());
        assert_eq!(all.cut, None);
        for budget in [0, all.work / 4, all.work / 2, all.work.saturating_sub(1)].into_iter().filter(|b| *b < all.work)
        {
            let some = select::paths(graph, &PathQuery { budget, ..query.clone() }, &Pace::free());
            assert_eq!(some.cut, Some(Cut::Budget), "{budget} of {} links", all.work);
            assert_eq!(some.paths[..], all.paths[..some.paths.len()]);
            // What is read at once may be more than is left, not without end.
            assert!(some.work <= all.work);
            cut += 1;
            shortened += usize::from(!some.paths.is_empty() && some.paths.len() < all.paths.len());
        }
        assert_eq!(select::paths(graph, &PathQuery { budget: all.work, ..query }, &Pace::free()), all);
    }
    assert!(cut > 40 && shortened > 5, "{cut} searches cut, {shortened} with some of the paths");
}

#[test]
fn buckets_are_labelled_in_both_languages_and_empty_ones_are_there_on_request() {
    let query = "query($e: Boolean) { trials(first: 0, filter: { area: { eq: HEMATOLOGIC } }) { totalCount
        facets(limit: 1000, includeEmpty: $e, dimensions: [STATUS, PHASE, AREA, TARGET, DRUG_ROLE, SPONSOR_CLASS]) {
            dimension missing otherBuckets otherCount
            buckets { key count en: label zh: label(lang: ZH) node { id } } } } }";
    let some = ask_with(query, &json!({ "e": false }));
    let all = ask_with(query, &json!({ "e": true }));
    for (some, all) in list(&some["trials"]["facets"]).iter().zip(list(&all["trials"]["facets"])) {
        let counted: Vec<&Value> = list(&all["buckets"]).iter().filter(|b| b["count"] != json!(0)).collect();
        assert_eq!(counted, list(&some["buckets"]).iter().collect::<Vec<_>>(), "{}", some["dimension"]);
        // Every role is used, and on its own dimension a filter does not count: every area has trials.
        let full = ["AREA", "DRUG_ROLE"].contains(&some["dimension"].as_str().unwrap());
        assert_eq!(list(&all["buckets"]).len() == counted.len(), full, "{}", some["dimension"]);
        assert_eq!((number(all, "/otherBuckets"), number(all, "/otherCount")), (0, 0));
        for bucket in list(&all["buckets"]) {
            assert!(!text(bucket, "/en").is_empty() && !text(bucket, "/zh").is_empty(), "{bucket}");
            assert_eq!(bucket["node"].is_null(), some["dimension"] != json!("TARGET"), "{bucket}");
        }
    }
    let label = |facet: usize, key: &str| {
        let buckets = list(&all["trials"]["facets"][facet]["buckets"]);
        let found = buckets.iter().find(|b| b["key"] == json!(key)).unwrap_or_else(|| panic!("no {key}"));
        (text(found, "/en"), text(found, "/zh"))
    };
    assert_eq!(label(0, "RECRUITING"), ("Recruiting".into(), "招募中".into()));
    assert_eq!(label(1, "EARLY_PHASE1"), ("Early phase 1".into(), "早期 I 期".into()));
    assert_eq!(label(3, "target:mesothelin"), ("Mesothelin".into(), "间皮素".into()));
    assert_eq!(label(4, "LYMPHODEPLETION"), ("Lymphodepletion".into(), "清淋".into()));
}

#[test]
fn a_search_counts_each_kind_and_shows_where_the_words_stand() {
    for asked in ["mesothelin", "白血病", "CD19", "fludarabine", "CAR-NK lymphoma", "cord blood"] {
        let query = "query($t: String!, $k: [NodeKind!]) { search(text: $t, kinds: $k, first: 1000) { totalCount
            kindCounts { kind count } edges { score matchKind highlights node { id __typename } } } }";
        let found = ask_with(query, &json!({ "t": asked }))["search"].take();
        let counts = list(&found["kindCounts"]);
        let sum: u64 = counts.iter().map(|c| number(c, "/count")).sum();
        assert_eq!(sum, number(&found, "/totalCount"), "{asked}");
        assert!(sum > 1, "{asked} finds {sum}");
        for kind in counts {
            let own = ask_with(query, &json!({ "t": asked, "k": [kind["kind"]] }))["search"].take();
            assert_eq!(own["totalCount"], kind["count"], "{asked} among {}", kind["kind"]);
        }
        let edges = list(&found["edges"]);
        let score = |e: &Value| e["score"].as_f64().unwrap();
        assert!(edges.is_sorted_by(|a, b| score(a) >= score(b)), "{asked}: best first");
        for edge in edges.iter().filter(|e| e["matchKind"] == json!("TEXT")) {
            let shown = list(&edge["highlights"]);
            assert!(!shown.is_empty() && shown.len() <= 3, "{asked}: {edge:#}");
        }
        let marked = |e: &&Value| list(&e["highlights"]).iter().any(|h| h.as_str().unwrap().contains("<em>"));
        assert!(edges.iter().filter(marked).count() * 2 > edges.len(), "{asked}: few hits show the words");
    }
}

#[test]
fn conflicts_and_unmapped_texts_are_those_of_the_whole_list_that_fit() {
    let query = "query($f: ConflictFilter) { conflicts(filter: $f, first: 1000) { totalCount nodes { field subject { id } } } }";
    let conflicts = |filter: Value| list(&ask_with(query, &json!({ "f": filter }))["conflicts"]["nodes"]).to_vec();
    let all = conflicts(Value::Null);
    assert!(all.len() > 40);
    for trial in [
        json!({ "status": { "eq": "UNKNOWN" } }),
        json!({ "area": { "eq": "SOLID" } }),
        json!({ "id": { "in": ["NCT05247957"] } }),
    ] {
        let trials = "query($t: TrialFilter) { trials(filter: $t, first: 1000) { nodes { id } } }";
        let of: BTreeSet<String> =
            texts(&ask_with(trials, &json!({ "t": trial }))["trials"]["nodes"], "/id").into_iter().collect();
        for field in [None, Some("STATUS"), Some("PHASE")] {
            let fits =
                |c: &&Value| of.contains(&text(c, "/subject/id")) && field.is_none_or(|f| c["field"] == json!(f));
            let expected: Vec<Value> = all.iter().filter(fits).cloned().collect();
            let mut filter = json!({ "trial": trial });
            if let Some(field) = field {
                filter["field"] = json!({ "eq": field });
            }
            assert_eq!(conflicts(filter), expected, "{trial} {field:?}");
        }
    }
    let query = "query($f: SourceField, $p: StringFilter) { unmapped(field: $f, printed: $p, first: 1000)
        { totalCount nodes { printed field source { id } } } }";
    let unmapped = |variables: Value| list(&ask_with(query, &variables)["unmapped"]["nodes"]).to_vec();
    let all = unmapped(json!({}));
    assert!(!all.is_empty());
    let fields: BTreeSet<&str> = all.iter().filter_map(|u| u["field"].as_str()).collect();
    for field in fields {
        let expected: Vec<Value> = all.iter().filter(|u| u["field"] == json!(field)).cloned().collect();
        assert_eq!(unmapped(json!({ "f": field })), expected, "{field}");
    }
    let holds = |u: &&Value| text(u, "/printed").to_lowercase().contains("car");
    let expected: Vec<Value> = all.iter().filter(holds).cloned().collect();
    assert_eq!(unmapped(json!({ "p": { "contains": "CAR" } })), expected);
}
