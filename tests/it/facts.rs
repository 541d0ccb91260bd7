//! Facts of the field that the program must get right, asked as a client asks them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::ask::{ask, ask_with, number, refused, text, texts};

const REVIEW: &str = "source:carnk-review-2025";
const REGISTRY: &str = "source:ctgov-2026-09";

#[test]
fn reference_10_is_traced_to_its_statements_trials_and_targets() {
    let data = ask(r#"{ reference(id: "carnk-review-2025#10") {
            id title year doi pmid markers { marker source { id } }
            statements { nodes { number marker about { id } } } trials { nodes { nctId } } targets { nodes { id } } } }"#);
    let reference = &data["reference"];
    assert_eq!(reference["id"], "reference:marin-2024");
    assert_eq!(reference["markers"], json!([{ "marker": "10", "source": { "id": REVIEW } }]));
    assert_eq!(texts(&reference["statements"]["nodes"], "/number"), ["F09", "F10"]);
    assert_eq!(reference["trials"]["nodes"], json!([{ "nctId": "NCT03056339" }]));
    assert_eq!(reference["targets"]["nodes"], json!([{ "id": "target:cd19" }]));

    let back = ask(r#"{ trial(id: "nct03056339") { references { nodes { id markers { marker } } } } }"#);
    assert_eq!(
        back["trial"]["references"]["nodes"],
        json!([{ "id": "reference:marin-2024", "markers": [{ "marker": "10" }] }])
    );
}

/// A side of a conflict: source, printed text, value.
type Side = (String, String, String);

/// The conflicts of a trial: field, shown value, sides.
fn conflicts(trial: &str) -> Vec<(String, String, Vec<Side>)> {
    let query = "query ($id: String!) { trial(id: $id) {
        conflicts { field resolved sides { source { id } printed value } } } }";
    let data = ask_with(query, &json!({ "id": trial }));
    let side = |s: &Value| (text(s, "/source/id"), text(s, "/printed"), text(s, "/value"));
    let found = data["trial"]["conflicts"].as_array().unwrap();
    let all = found.iter().map(|c| {
        let sides = c["sides"].as_array().unwrap().iter().map(side).collect();
        (text(c, "/field"), text(c, "/resolved"), sides)
    });
    all.collect()
}

fn said(source: &str, printed: &str, value: &str) -> Side {
    (source.to_owned(), printed.to_owned(), value.to_owned())
}

#[test]
fn the_phase_of_nct05247957_is_in_conflict_and_its_status_is_not() {
    let sides = vec![said(REGISTRY, "NA", "NA"), said(REVIEW, "I 期", "PHASE1")];
    assert_eq!(conflicts("NCT05247957"), [("PHASE".to_owned(), "NA".to_owned(), sides)]);
}

#[test]
fn the_status_of_nct05472558_is_in_conflict() {
    let sides = vec![said(REGISTRY, "RECRUITING", "RECRUITING"), said(REVIEW, "未知", "UNKNOWN")];
    assert_eq!(conflicts("NCT05472558"), [("STATUS".to_owned(), "RECRUITING".to_owned(), sides)]);
    assert_eq!(ask(r#"{ trial(id: "NCT05472558") { status } }"#), json!({ "trial": { "status": "RECRUITING" } }));
}

#[test]
fn three_phases_and_39_statuses_are_in_conflict() {
    let data = ask("{ meta { conflictCount } trials(first: 1000) { nodes {
            nctId status phases conflicts { field resolved rule sides { source { sourceType } value } } } } }");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut phases = Vec::new();
    for trial in data["trials"]["nodes"].as_array().unwrap() {
        for conflict in trial["conflicts"].as_array().unwrap() {
            let field = text(conflict, "/field");
            // The registry speaks first for status and phase, and what is resolved is what is shown.
            assert_eq!(texts(&conflict["sides"], "/source/sourceType"), ["REGISTRY", "REVIEW"]);
            let shown = if field == "PHASE" { texts(&trial["phases"], "").join("|") } else { text(trial, "/status") };
            assert_eq!(text(conflict, "/resolved"), shown);
            assert_ne!(conflict["sides"][0]["value"], conflict["sides"][1]["value"]);
            if field == "PHASE" {
                phases.push(text(trial, "/nctId"));
            }
            *counts.entry(field).or_default() += 1;
        }
    }
    assert_eq!(counts, BTreeMap::from([("PHASE".to_owned(), 3), ("STATUS".to_owned(), 39)]));
    assert_eq!(phases, ["NCT05247957", "NCT06557265", "NCT06733935"]);
    assert_eq!(number(&data, "/meta/conflictCount"), 42);
}

#[test]
fn flu_is_fludarabine_and_the_note_that_says_otherwise_is_shown() {
    let data =
        ask(r#"{ drug(id: "fludarabine") { notes { id text chinese: text(lang: ZH) } trials(first: 1000) { nodes {
            assertions(field: REGIMEN, source: "carnk-review-2025") { printed value row { table row } } } } }
            fluorouracil: drug(id: "fluorouracil") { trials { totalCount } notes { id } } }"#);
    let mut rows = BTreeSet::new();
    for trial in data["drug"]["trials"]["nodes"].as_array().unwrap() {
        for assertion in trial["assertions"].as_array().unwrap() {
            if assertion["printed"] == "Flu" {
                assert_eq!(assertion["value"], "drug:fludarabine");
                rows.insert((text(&assertion["row"], "/table"), number(&assertion["row"], "/row")));
            }
        }
    }
    assert_eq!(rows.len(), 49, "lines that print Flu");
    let notes = data["drug"]["notes"].as_array().unwrap();
    let note = notes.iter().find(|n| n["id"] == "note:carnk-review-2025/F1").expect("note F1 on fludarabine");
    assert!(text(note, "/text").contains("fluorouracil") && text(note, "/chinese").contains("氟尿嘧啶"));
    assert_eq!(number(&data, "/fluorouracil/trials/totalCount"), 0);
}

#[test]
fn the_trial_that_is_not_car_nk_says_so() {
    let data = ask(r#"{ trial(id: "NCT05248048") { title notes { id text source { id } subjects { id } } } }"#);
    let notes = data["trial"]["notes"].as_array().unwrap();
    let note = notes.iter().find(|n| n["id"] == "note:carnk-review-2025/A3").expect("note A3 on the trial");
    assert!(text(note, "/text").contains("CAR-T"));
    assert!(texts(&note["subjects"], "/id").contains(&"trial:NCT05248048".to_owned()));
}

#[test]
fn the_review_cites_49_references_by_the_markers_1_to_49() {
    let data = ask(
        r#"{ references(first: 1000) { totalCount nodes { id markers { marker } title authors year referenceType } }
             review: source(id: "carnk-review-2025") { reference { id
               cites(first: 1000) { edges { marker node { id } statement { number } } } } } }"#,
    );
    let review = text(&data, "/review/reference/id");
    let mut markers = BTreeMap::new();
    for reference in data["references"]["nodes"].as_array().unwrap() {
        assert!(!text(reference, "/title").is_empty());
        let id = text(reference, "/id");
        let own = texts(&reference["markers"], "/marker");
        assert_eq!(own.len(), usize::from(id != review), "{id}");
        for marker in own {
            assert_eq!(markers.insert(marker.parse::<u32>().unwrap(), id.clone()), None, "marker {marker} twice");
        }
    }
    assert_eq!(number(&data, "/references/totalCount"), 50, "49 and the review itself");
    assert!(markers.keys().copied().eq(1..=49));

    let cites = data["review"]["reference"]["cites"]["edges"].as_array().unwrap();
    let cited: BTreeMap<u32, String> =
        cites.iter().map(|edge| (text(edge, "/marker").parse().unwrap(), text(edge, "/node/id"))).collect();
    assert_eq!(cited, markers, "each of the 49 is cited by a statement");
}

#[test]
fn identifiers_of_references_say_how_sure_they_are() {
    let data = ask("{ references(first: 1000) { nodes { id doi pmid pmcid language defects
            xrefs { curie verification evidence } } } }");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for reference in data["references"]["nodes"].as_array().unwrap() {
        let xrefs = reference["xrefs"].as_array().unwrap();
        let given = ["doi", "pmid", "pmcid"].iter().filter(|id| !reference[**id].is_null()).count();
        assert_eq!(xrefs.len(), given, "{reference}");
        for xref in xrefs.iter().filter(|x| text(x, "/curie").starts_with("doi:")) {
            *counts.entry(text(xref, "/verification")).or_default() += 1;
        }
    }
    assert!(counts["RECALLED"] > 0 && counts["VERIFIED"] > 0, "{counts:?}");
}

#[test]
fn there_are_54_statements_in_two_languages() {
    let data =
        ask("{ statements(first: 1000) { totalCount nodes { number text chinese: text(lang: ZH) section source { id }
            cites { marker printed reference { id } } } } }");
    let statements = data["statements"]["nodes"].as_array().unwrap();
    let expected: Vec<_> = (1..=49).map(|n| format!("F{n:02}")).chain((1..=5).map(|n| format!("U{n}"))).collect();
    assert_eq!(texts(&data["statements"]["nodes"], "/number"), expected);
    for statement in statements {
        let number = text(statement, "/number");
        let (english, chinese) = (text(statement, "/text"), text(statement, "/chinese"));
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(!english.is_empty() && !english.contains(is_chinese), "{number}: {english}");
        assert!(chinese.contains(is_chinese), "{number}: {chinese}");
        let cites = statement["cites"].as_array().unwrap();
        assert_eq!(cites.is_empty(), number.starts_with('U'), "{number} cites {cites:?}");
        assert_eq!(text(statement, "/source/id"), REVIEW);
    }
}

#[test]
fn there_are_105_trials_and_one_is_printed_twice() {
    let data = ask(
        r#"{ trials(first: 1000) { totalCount nodes { nctId review: rows(source: "carnk-review-2025") { table row }
             registry: rows(source: "ctgov-2026-09") { row } } } }"#,
    );
    assert_eq!(number(&data, "/trials/totalCount"), 105);
    let trials = data["trials"]["nodes"].as_array().unwrap();
    let twice: Vec<_> = trials.iter().filter(|t| t["review"].as_array().unwrap().len() != 1).collect();
    assert_eq!(twice.len(), 1, "{twice:?}");
    assert_eq!(twice[0]["nctId"], "NCT05654038");
    assert_eq!(twice[0]["review"], json!([{ "table": "1", "row": 7 }, { "table": "1", "row": 48 }]));
    let unregistered: Vec<_> = trials.iter().filter(|t| t["registry"].as_array().unwrap().is_empty()).collect();
    assert_eq!(unregistered.len(), 1, "{unregistered:?}");
    assert_eq!(unregistered[0]["nctId"], "NCT05528341");
}

#[test]
fn mica_b_is_one_target_of_two_genes_and_two_receptors_are_binders() {
    let data = ask(r#"{ target(id: "mica-b") { label genes { symbol hgnc } trials { nodes { nctId } } } }"#);
    assert_eq!(texts(&data["target"]["genes"], "/symbol"), ["MICA", "MICB"]);
    let data = ask("{ trials(first: 1000) { nodes { targets { role target { id } } } } }");
    let mut binders = BTreeSet::new();
    let mut antigens = BTreeSet::new();
    for trial in data["trials"]["nodes"].as_array().unwrap() {
        for link in trial["targets"].as_array().unwrap() {
            let of_role = if link["role"] == "BINDER" { &mut binders } else { &mut antigens };
            of_role.insert(text(link, "/target/id"));
        }
    }
    assert_eq!(binders, ["target:ace2", "target:nkg2d"].map(str::to_owned).into());
    assert!(binders.is_disjoint(&antigens));
}

#[test]
fn what_is_not_mapped_is_counted_and_shown_as_printed() {
    let data = ask("{ meta { unmappedCount } trials(first: 1000) { nodes {
            assertions { mapping printed value entity { id } source { id } } } } }");
    let mut unmapped = 0;
    for trial in data["trials"]["nodes"].as_array().unwrap() {
        for assertion in trial["assertions"].as_array().unwrap() {
            if assertion["mapping"] == "UNMAPPED" {
                unmapped += 1;
                assert_eq!((&assertion["value"], &assertion["entity"]), (&assertion["printed"], &Value::Null));
                assert_eq!(assertion["source"]["id"], REGISTRY, "the review is mapped whole: {assertion}");
            }
        }
    }
    assert_eq!(number(&data, "/meta/unmappedCount"), unmapped);
    assert!(unmapped > 0);
}

#[test]
fn any_id_in_any_case_finds_its_node() {
    for (root, ids) in [
        (
            "trial",
            &["NCT03056339", "nct03056339", "trial:NCT03056339", "TRIAL:nct03056339", "CLINICALTRIALS:NCT03056339"][..],
        ),
        ("target", &["mesothelin", "target:mesothelin", "MSLN", "msln", "HGNC:7371", "hgnc:7371", "UniProtKB:Q13421"]),
        ("disease", &["aml", "disease:aml", "MONDO:0018874", "mondo:0018874", "NCIT:C3171", "DOID:9119"]),
        ("drug", &["fludarabine", "drug:Fludarabine", "RXCUI:24698", "CHEMBL.COMPOUND:CHEMBL1568"]),
        (
            "reference",
            &[
                "marin-2024",
                "reference:marin-2024",
                "carnk-review-2025#10",
                "10.1038/s41591-023-02785-8",
                "https://doi.org/10.1038/S41591-023-02785-8",
                "doi:10.1038/s41591-023-02785-8",
                "38238616",
                "PMID:38238616",
            ],
        ),
        ("regimen", &["cyclophosphamide+fludarabine", "regimen:cyclophosphamide+fludarabine"]),
        ("statement", &["carnk-review-2025/F09", "statement:carnk-review-2025/f09"]),
        ("source", &["carnk-review-2025", "source:carnk-review-2025"]),
    ] {
        let query = format!("query ($id: String!) {{ {root}(id: $id) {{ id }} }}");
        let found: BTreeSet<_> =
            ids.iter().map(|id| text(&ask_with(&query, &json!({ "id": id })), &format!("/{root}/id"))).collect();
        assert_eq!(found.len(), 1, "{root}: {found:?}");
        let id = found.first().unwrap();
        let node = ask_with("query ($id: ID!) { node(id: $id) { id } }", &json!({ "id": id }));
        assert_eq!(&text(&node, "/node/id"), id);
    }
}

#[test]
fn an_unknown_id_is_null_and_a_malformed_one_an_error() {
    assert_eq!(ask(r#"{ trial(id: "NCT00000000") { id } }"#), json!({ "trial": null }));
    assert_eq!(ask(r#"{ node(id: "target:unheard-of") { id } }"#), json!({ "node": null }));
    for query in [
        r#"{ trial(id: "NCT123") { id } }"#,
        r#"{ trial(id: "") { id } }"#,
        r#"{ trial(id: "target:cd19") { id } }"#,
        r#"{ node(id: "cd19") { id } }"#,
    ] {
        let (codes, data) = refused(query, &Value::Null);
        assert_eq!(codes, ["MALFORMED_ID"], "{query}");
        assert!(data.is_object(), "one field fails, not the request: {data}");
    }
}

#[test]
fn a_failing_field_is_null_with_its_path_and_the_rest_is_answered() {
    let query = r#"{ good: trial(id: "NCT03056339") { nctId } bad: trial(id: "NCT1") { nctId } }"#;
    let response: Value = serde_json::from_slice(&crate::ask::response(query, &Value::Null)).unwrap();
    assert_eq!(response["data"], json!({ "good": { "nctId": "NCT03056339" }, "bad": null }));
    let errors = response["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0]["path"], json!(["bad"]));
    assert_eq!(errors[0]["extensions"]["argument"], "id");
    assert_eq!(errors[0]["locations"], json!([{ "line": 1, "column": 44 }]));
}
