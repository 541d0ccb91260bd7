//! What does a client read that asks something impossible? A code, the argument, the limit where there is one, and words
//! that name what is wrong.

use serde_json::{Value, json};

use crate::ask::{ask, response, text};
use crate::support::MemoryFiles;

/// The one error of an answer.
fn error(query: &str, variables: &Value) -> Value {
    let mut response: Value = serde_json::from_slice(&response(query, variables)).unwrap();
    let errors = response["errors"].as_array_mut().unwrap_or_else(|| panic!("{query} is answered"));
    assert_eq!(errors.len(), 1, "{query}: {errors:?}");
    errors.remove(0)
}

#[track_caller]
fn refused(query: &str, code: &str, argument: &str, limit: Option<&str>, says: &str) {
    let error = error(query, &Value::Null);
    let told = &error["extensions"];
    let message = text(&error, "/message");
    assert_eq!(told["code"], json!(code), "{query}: {error:#}");
    assert_eq!(told["argument"], json!(argument), "{query}: {error:#}");
    assert_eq!(told.get("limit"), limit.map(|l| json!(l)).as_ref(), "{query}: {error:#}");
    assert!(message.contains(says), "{query}: {message}");
}

fn bad(query: &str, argument: &str, says: &str) {
    refused(query, "BAD_USER_INPUT", argument, None, says);
}

fn trials(filter: &str) -> String {
    format!("{{ trials(filter: {filter}) {{ totalCount }} }}")
}

#[test]
fn unknown_ids_in_filters() {
    for (filter, place, id) in [
        ("{ id: { eq: \"NCT99999999\" } }", "filter.id.eq", "NCT99999999"),
        ("{ id: { in: [\"NCT03056339\", \"NCT99999999\"] } }", "filter.id.in", "NCT99999999"),
        ("{ target: { some: { id: { eq: \"cd1900\" } } } }", "filter.target.some.id.eq", "cd1900"),
        ("{ drug: { none: { id: { notIn: [\"nothing\"] } } } }", "filter.drug.none.id.notIn", "nothing"),
        ("{ disease: { some: { within: { id: \"no-such\" } } } }", "filter.disease.some.within.id", "no-such"),
        ("{ regimen: { exactly: [\"drug:fludarabine\", \"drug:x\"] } }", "filter.regimen.exactly", "drug:x"),
        ("{ source: { eq: \"nowhere\" } }", "filter.source.eq", "nowhere"),
        (
            "{ or: [{ not: { reference: { some: { id: { eq: \"nobody-1999\" } } } } }] }",
            "filter.or.not.reference.some.id.eq",
            "nobody-1999",
        ),
        ("{ statement: { some: { about: \"target:nothing\" } } }", "filter.statement.some.about", "target:nothing"),
    ] {
        bad(&trials(filter), place, id);
    }
    bad("{ diseases(filter: { within: { id: \"nope\" } }) { totalCount } }", "filter.within.id", "nope");
    bad("{ trial(id: \"NCT03056339\") { diseaseMatch(within: { id: \"nope\" }) { direct } } }", "within.id", "nope");
}

#[test]
fn malformed_ids() {
    for (filter, place, says) in [
        ("{ id: { eq: \"NCT123\" } }", "filter.id.eq", "NCT123"),
        ("{ id: { eq: \"\" } }", "filter.id.eq", "no id"),
        ("{ id: { in: [\"target:cd19\"] } }", "filter.id.in", "target:cd19"),
        ("{ target: { some: { id: { eq: \"disease:aml\" } } } }", "filter.target.some.id.eq", "disease:aml"),
        ("{ statement: { some: { about: \"cd19\" } } }", "filter.statement.some.about", "cd19"),
    ] {
        refused(&trials(filter), "MALFORMED_ID", place, None, says);
    }
    refused("{ trial(id: \"NCT1\") { id } }", "MALFORMED_ID", "id", None, "NCT1");
    refused("{ node(id: \"cd19\") { id } }", "MALFORMED_ID", "id", None, "cd19");
    refused("{ paths(from: \"cd19\", to: \"drug:cytarabine\") { truncated } }", "MALFORMED_ID", "from", None, "cd19");
}

#[test]
fn contradictory_ranges() {
    for (filter, place) in [
        ("{ enrollment: { gte: 20, lt: 10 } }", "filter.enrollment"),
        ("{ enrollment: { gt: 9, lt: 10 } }", "filter.enrollment"),
        ("{ enrollment: { lt: 0 } }", "filter.enrollment"),
        ("{ startYear: { gt: 2024, lte: 2020 } }", "filter.startYear"),
        ("{ startDate: { gte: \"2024-05\", lt: \"2024-05\" } }", "filter.startDate"),
        ("{ startDate: { gt: \"2024\", lte: \"2024-12-31\" } }", "filter.startDate"),
        ("{ target: { count: { gte: 3, lte: 2 } } }", "filter.target.count"),
        ("{ and: [{ enrollment: { gte: 2, lte: 1 } }] }", "filter.and.enrollment"),
    ] {
        bad(&trials(filter), place, "range holds nothing");
    }
}

#[test]
fn empty_lists() {
    for (filter, place) in [
        ("{ id: { in: [] } }", "filter.id.in"),
        ("{ id: { notIn: [] } }", "filter.id.notIn"),
        ("{ status: { in: [] } }", "filter.status.in"),
        ("{ area: { notIn: [] } }", "filter.area.notIn"),
        ("{ phase: { includesAny: [] } }", "filter.phase.includesAny"),
        ("{ phase: { exactly: [] } }", "filter.phase.exactly"),
        ("{ regimen: { exactly: [] } }", "filter.regimen.exactly"),
        ("{ regimen: { containsAll: [] } }", "filter.regimen.containsAll"),
        ("{ country: { in: [] } }", "filter.country.in"),
        ("{ enrollment: { in: [] } }", "filter.enrollment.in"),
        ("{ startDate: { in: [] } }", "filter.startDate.in"),
        ("{ and: [] }", "filter.and"),
        ("{ or: [] }", "filter.or"),
        ("{ disease: { qualifiers: { includesAll: [] } } }", "filter.disease.qualifiers.includesAll"),
        ("{ drug: { some: { label: { in: [] } } } }", "filter.drug.some.label.in"),
    ] {
        bad(&trials(filter), place, "empty list");
    }
    bad(&trials("{ regimen: { role: LYMPHODEPLETION } }"), "filter.regimen", "needs a set");
}

#[test]
fn sizes() {
    bad("{ trials(first: 1, last: 1) { totalCount } }", "last", "both");
    bad("{ trials(first: -1) { totalCount } }", "first", "negative");
    bad("{ trials(last: -5) { totalCount } }", "last", "negative");
    refused("{ trials(first: 1001) { totalCount } }", "LIMIT_EXCEEDED", "first", Some("pageSize"), "1000");
    refused("{ trials(last: 2000) { totalCount } }", "LIMIT_EXCEEDED", "last", Some("pageSize"), "1000");
    bad("{ trials(first: 1) { facets(dimensions: [PHASE], limit: -1) { missing } } }", "limit", "negative");
    let facets = "{ trials(first: 1) { facets(dimensions: [PHASE], limit: 1001) { missing } } }";
    refused(facets, "LIMIT_EXCEEDED", "limit", Some("pageSize"), "1000");
    bad("{ matrix(rows: TARGET, columns: PHASE, rowLimit: -2) { total } }", "rowLimit", "negative");
    let cells = "{ matrix(rows: TARGET, columns: DISEASE, rowLimit: 500, columnLimit: 500) { total } }";
    refused(cells, "LIMIT_EXCEEDED", "rowLimit", Some("matrixCells"), "20000");
}

#[test]
fn cursors_of_other_lists_and_releases() {
    let page = ask("{ trials(first: 1) { pageInfo { endCursor } } targets(first: 1) { pageInfo { endCursor } } }");
    let (own, foreign) = (text(&page, "/trials/pageInfo/endCursor"), text(&page, "/targets/pageInfo/endCursor"));
    let filter = "filter: { status: { eq: RECRUITING } }, ";
    for (arguments, says) in [
        (format!("after: \"{foreign}\""), "another list"),
        (format!("before: \"{foreign}\""), "another list"),
        (format!("{filter}after: \"{own}\""), "another list"),
        ("after: \"nonsense\"".to_owned(), "not a cursor"),
        ("after: \"\"".to_owned(), "not a cursor"),
    ] {
        let place = if arguments.starts_with("before") { "before" } else { "after" };
        refused(&format!("{{ trials({arguments}) {{ totalCount }} }}"), "BAD_CURSOR", place, None, says);
    }
    // A cursor of the same list of another release.
    let other = trialweave::dataset::load(&MemoryFiles::tiny()).unwrap_or_else(|problems| panic!("{problems}"));
    let other = std::sync::Arc::new(trialweave::snapshot::Snapshot::build(&other));
    let request = trialweave::graphql::Request {
        query: "{ trials(first: 1) { pageInfo { endCursor } } }".into(),
        ..trialweave::graphql::Request::default()
    };
    let answer = trialweave::graphql::Engine::default().answer(&other, &request);
    let answer: Value = serde_json::from_slice(&answer.body).unwrap();
    let outdated = text(&answer, "/data/trials/pageInfo/endCursor");
    let query = format!("{{ trials(after: \"{outdated}\") {{ totalCount }} }}");
    refused(&query, "SNAPSHOT_GONE", "after", None, "no longer serves");
}

#[test]
fn walks_beyond_their_caps() {
    let paths = |arguments: &str| {
        format!("{{ paths(from: \"target:cd33\", to: \"drug:cytarabine\", {arguments}) {{ truncated }} }}")
    };
    refused(&paths("maxHops: 7"), "LIMIT_EXCEEDED", "maxHops", Some("maxHops"), "6");
    refused(&paths("maxPaths: 101"), "LIMIT_EXCEEDED", "maxPaths", Some("maxPaths"), "100");
    bad(&paths("maxHops: 0"), "maxHops", "at least 1");
    bad(&paths("maxPaths: -1"), "maxPaths", "at least 1");
    let around = |arguments: &str| format!("{{ neighborhood(id: \"disease:aml\", {arguments}) {{ truncated }} }}");
    refused(&around("hops: 9"), "LIMIT_EXCEEDED", "hops", Some("hops"), "6");
    refused(&around("limit: 1001"), "LIMIT_EXCEEDED", "limit", Some("limit"), "1000");
    bad(&around("limit: 0"), "limit", "at least 1");
    let trace = "{ trace(id: \"trial:NCT03056339\", direction: DOWN, maxDepth: 7) { truncated } }";
    refused(trace, "LIMIT_EXCEEDED", "maxDepth", Some("maxDepth"), "6");
}

#[test]
fn walks_from_and_to_what_is_not_there() {
    bad("{ paths(from: \"target:nothing\", to: \"drug:cytarabine\") { truncated } }", "from", "target:nothing");
    bad("{ paths(from: \"target:cd33\", to: \"drug:nothing\") { truncated } }", "to", "drug:nothing");
    bad("{ paths(from: \"target:cd33\", to: \"source:carnk-review-2025\") { truncated } }", "to", "source");
    bad("{ neighborhood(id: \"source:carnk-review-2025\") { truncated } }", "id", "source");
    bad("{ neighborhood(id: \"disease:nothing\") { truncated } }", "id", "disease:nothing");
    bad("{ trace(id: \"reference:nobody-1999\", direction: UP) { truncated } }", "id", "reference:nobody-1999");
    bad("{ trace(id: \"assertion:NCT1/STATUS/x/1.1/1\", direction: DOWN) { truncated } }", "id", "assertion:");
    for id in ["trial:NCT03056339", "target:cd19", "disease:aml", "drug:cytarabine"] {
        let query = format!("{{ trace(id: \"{id}\", direction: UP) {{ truncated }} }}");
        bad(&query, "direction", "only a reference, a statement or a source");
    }
    bad("{ trace(id: \"note:carnk-review-2025/A1\", direction: DOWN) { truncated } }", "id", "note");
}

#[test]
fn values_of_the_wrong_kind_name_their_place() {
    for (filter, says) in [
        ("{ startDate: { gte: \"soon\" } }", "filter.startDate.gte"),
        ("{ status: { eq: OPEN } }", "OPEN"),
        ("{ enrollment: { gte: \"ten\" } }", "Int"),
        ("{ colour: { eq: \"red\" } }", "colour"),
    ] {
        let error = error(&trials(filter), &Value::Null);
        let code = text(&error, "/extensions/code");
        assert!(matches!(code.as_str(), "GRAPHQL_VALIDATION_FAILED" | "BAD_USER_INPUT"), "{filter}: {error:#}");
        assert!(text(&error, "/message").contains(says), "{filter}: {error:#}");
        assert!(error["locations"][0]["line"].is_u64(), "{filter}: {error:#}");
    }
    let query = "query($f: TrialFilter) { trials(filter: $f) { totalCount } }";
    let error = error(query, &json!({ "f": { "status": { "in": ["OPEN"] } } }));
    assert_eq!(error["extensions"]["code"], json!("BAD_USER_INPUT"));
    let message = text(&error, "/message");
    assert!(message.contains("$f") && message.contains("status"), "{message}");
}
