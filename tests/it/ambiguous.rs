//! What does one id or name say that several things bear? Never one of them picked in silence.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use trialweave::dataset;
use trialweave::domain::NodeKind;
use trialweave::graphql::{Engine, Request};
use trialweave::index::Found;
use trialweave::snapshot::Snapshot;

use crate::support::MemoryFiles;

fn release(files: &MemoryFiles) -> Arc<Snapshot> {
    let data = dataset::load(files).unwrap_or_else(|problems| panic!("{problems}"));
    Arc::new(Snapshot::build(&data))
}

fn ask(snapshot: &Arc<Snapshot>, query: &str) -> Value {
    let request = Request { query: query.to_owned(), operation_name: None, variables: Map::new() };
    serde_json::from_slice(&Engine::default().answer(snapshot, &request).body).unwrap()
}

/// Two drugs with one identifier in common, which looks like an id of our own.
fn shared() -> Arc<Snapshot> {
    let mut files = MemoryFiles::tiny();
    let last = "DRUG,fludarabine,CHEBI:94701,EXACT,VERIFIED,ChEBI";
    let of = |drug: &str| format!("DRUG,{drug},DRUG:shared,EXACT,VERIFIED,nobody");
    files.replace("vocabulary/xrefs.csv", last, &format!("{last}\n{}\n{}", of("fludarabine"), of("rituximab")));
    release(&files)
}

#[test]
fn an_id_of_several_nodes_is_refused_with_the_candidates_wherever_it_is_given() {
    let snapshot = shared();
    for (query, argument) in [
        ("{ drug(id: \"drug:shared\") { id } }", "id"),
        ("{ node(id: \"drug:shared\") { id } }", "id"),
        ("{ nodes(ids: [\"drug:rituximab\", \"DRUG:shared\"]) { id } }", "id"),
        ("{ paths(from: \"drug:shared\", to: \"disease:aml\") { truncated } }", "from"),
        ("{ paths(from: \"disease:aml\", to: \"drug:shared\") { truncated } }", "to"),
        ("{ neighborhood(id: \"drug:shared\") { truncated } }", "id"),
        ("{ trace(id: \"drug:shared\", direction: DOWN) { truncated } }", "id"),
        ("{ statements(filter: { about: \"drug:shared\" }) { totalCount } }", "filter.about"),
        ("{ drugs(filter: { id: { eq: \"DRUG:shared\" } }) { totalCount } }", "filter.id.eq"),
        (
            "{ trials(filter: { regimen: { containsAny: [\"drug:shared\"] } }) { totalCount } }",
            "filter.regimen.containsAny",
        ),
    ] {
        let error = ask(&snapshot, query)["errors"][0].take();
        assert_eq!(error["extensions"]["code"], json!("AMBIGUOUS_ID"), "{query}: {error:#}");
        assert_eq!(error["extensions"]["argument"], json!(argument), "{query}: {error:#}");
        let message = error["message"].as_str().unwrap();
        assert!(message.ends_with("names several nodes: drug:fludarabine, drug:rituximab"), "{query}: {message}");
    }
    // To resolve it is no error: it is what the question is about.
    let found =
        ask(&snapshot, "{ resolve(terms: [\"drug:shared\"]) { status node { id } candidates { node { id } } } }");
    let candidates = json!([{ "node": { "id": "drug:fludarabine" } }, { "node": { "id": "drug:rituximab" } }]);
    let expected = json!({ "status": "AMBIGUOUS", "node": null, "candidates": candidates });
    assert_eq!(found["data"]["resolve"][0], expected, "{found:#}");
}

#[test]
fn one_name_of_sponsor_keeps_the_class_that_each_trial_states() {
    let mut files = MemoryFiles::tiny();
    files.replace("sources/registry/rows.csv", "A Hospital,OTHER", "\"Things, Inc.\",NETWORK");
    let snapshot = release(&files);
    let answer = ask(
        &snapshot,
        "{ trials(filter: { sponsor: { eq: \"Things, Inc.\" } }) { nodes { nctId sponsor { name class } }
             facets(dimensions: [SPONSOR, SPONSOR_CLASS]) { buckets { key count } } }
           network: trials(filter: { sponsorClass: { eq: NETWORK } }) { nodes { nctId } } }",
    );
    let sponsor = |class: &str| json!({ "name": "Things, Inc.", "class": class });
    assert_eq!(
        answer["data"]["trials"],
        json!({
            "nodes": [
                { "nctId": "NCT00000001", "sponsor": sponsor("INDUSTRY") },
                { "nctId": "NCT00000002", "sponsor": sponsor("NETWORK") },
            ],
            "facets": [
                { "buckets": [{ "key": "Things, Inc.", "count": 2 }] },
                { "buckets": [{ "key": "INDUSTRY", "count": 1 }, { "key": "NETWORK", "count": 1 }] },
            ],
        }),
        "{answer:#}"
    );
    assert_eq!(answer["data"]["network"]["nodes"], json!([{ "nctId": "NCT00000002" }]));
}

/// Most ids are looked up in a short way, which a space before them bars: both find the same.
#[test]
fn an_id_means_the_same_by_the_short_way_and_by_the_long_one() {
    let snapshot = Snapshot::bundled().unwrap();
    let (graph, ids) = (snapshot.graph(), &snapshot.index().ids);
    let mut found = 0;
    for kind in NodeKind::ALL {
        let wrong = ["", "nct", "NCT0305633", "NCT030563399", "nct0305633x", "NCT03056338", "x", "CD19", "0"];
        let mut texts: Vec<String> = wrong.map(Into::into).into();
        let prefix = kind.text().to_lowercase();
        texts.extend(texts.clone().iter().map(|text| format!("{prefix}:{text}")));
        texts.extend([249, 250, 256].map(|bytes| format!("{prefix}:{}", "x".repeat(bytes))));
        for id in (0..graph.count(*kind)).map(|ix| graph.strings.text(graph.names(*kind).id[ix as usize])) {
            let bare = id.split_once(':').map_or("", |(_, bare)| bare);
            texts.extend([
                id.to_string(),
                bare.to_owned(),
                bare.to_uppercase(),
                bare.to_lowercase(),
                format!("{bare}0"),
                format!("{id}0"),
                format!("{}:{bare}", kind.text()),
                format!("trial:{bare}"),
                format!("xref:{bare}"),
            ]);
        }
        for text in texts {
            let meant = ids.find(*kind, &text);
            assert_eq!(meant, ids.find(*kind, &format!(" {text}")), "{kind:?} {text:?}");
            assert_eq!(ids.find_global(&text), ids.find_global(&format!(" {text}")), "{text:?}");
            found += usize::from(matches!(meant, Ok(Found::One(_))));
        }
    }
    assert!(found > 1000, "{found}");
}
