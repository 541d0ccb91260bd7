//! What words, beginnings of names and lists of names lead to, over the bundled data.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use trialweave::domain::{MatchKind, NodeKind, ResolutionStatus};
use trialweave::graph::Node;
use trialweave::graphql::{Engine, Limits, Request};
use trialweave::select::{self, Pace, SearchResult};
use trialweave::snapshot::Snapshot;

use crate::support::{golden, repository};

mod laws;

fn snapshot() -> &'static Arc<Snapshot> {
    static SNAPSHOT: OnceLock<Arc<Snapshot>> = OnceLock::new();
    SNAPSHOT.get_or_init(|| Arc::new(Snapshot::bundled().unwrap()))
}

fn id(node: Node) -> String {
    let graph = snapshot().graph();
    graph.strings.text(graph.names(node.kind).id[node.ix as usize]).into_owned()
}

/// All that a text finds, in order.
fn searched(text: &str, kinds: &[NodeKind]) -> SearchResult {
    let mut result = select::search(snapshot(), text, kinds, &Pace::free()).unwrap();
    result.order(snapshot(), result.len()).unwrap();
    result
}

fn found(text: &str, kinds: &[NodeKind]) -> Vec<String> {
    searched(text, kinds).ordered().map(|hit| id(hit.node)).collect()
}

fn ask(query: &str, variables: Value) -> Value {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| Engine::new(Limits::default()));
    let Value::Object(variables) = variables else { panic!("variables are an object") };
    let request = Request { query: query.to_owned(), operation_name: None, variables };
    let body: Value = serde_json::from_slice(&engine.answer(snapshot(), &request).body).unwrap();
    let slow: Value = serde_json::from_slice(&engine.answer_by_reference(snapshot(), &request)).unwrap();
    assert_eq!(body.get("data"), slow.get("data"), "{query}");
    body
}

fn error(query: &str, variables: Value) -> (String, String, String) {
    let answer = ask(query, variables);
    let error = &answer["errors"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&error["extensions"]["code"]), text(&error["extensions"]["argument"]), text(&error["message"]))
}

/// Question 26 of the list the server is built for.
#[test]
fn a_target_is_found_by_its_chinese_its_english_and_its_gene_name() {
    let trials = found("mesothelin", &[NodeKind::Trial]);
    assert!(!trials.is_empty());
    for name in ["间皮素", "mesothelin", "MSLN", "Mesothelin", "ＭＳＬＮ", "msln", "MESO-THELIN"] {
        assert_eq!(found(name, &[])[0], "target:mesothelin", "{name}");
    }
    for name in ["间皮素", "MSLN"] {
        let mut these = found(name, &[NodeKind::Trial]);
        let mut those = trials.clone();
        these.sort();
        those.sort();
        assert_eq!(these, those, "{name}");
    }
}

#[test]
fn what_comes_first() {
    for (text, first) in [
        ("CLL1", "target:cll-1"),
        ("cll-1", "target:cll-1"),
        ("Claudin18.2", "target:claudin18.2"),
        ("claudin 18.2", "target:claudin18.2"),
        ("VP-16", "drug:etoposide"),
        ("依托泊苷", "drug:etoposide"),
        ("NKG2D", "target:nkg2d"),
        ("CD19", "target:cd19"),
        ("cd 19", "target:cd19"),
        ("IL-15", "target:il-15"),
        ("IL3RA", "target:cd123"),
        ("TGF-β", "target:tgf-beta"),
        ("tgf beta", "target:tgf-beta"),
        ("nct03056339", "trial:NCT03056339"),
        ("CLINICALTRIALS:NCT03056339", "trial:NCT03056339"),
        ("trial:NCT03056339", "trial:NCT03056339"),
        ("10.1038/s41591-023-02785-8", "reference:marin-2024"),
        ("PMID:38238616", "reference:marin-2024"),
        ("carnk-review-2025#10", "reference:marin-2024"),
        ("F07 carnk-review-2025", "statement:carnk-review-2025/F07"),
        ("多发性骨髓瘤", "disease:multiple-myeloma"),
        ("Multiple Myelomas", "disease:multiple-myeloma"),
        ("acute myeloid leukaemia", "disease:aml"),
        ("leukaemias", "disease:leukemia"),
        ("Bucci", "reference:muller-2024"),
        ("Müller", "reference:muller-2024"),
        ("李梦媛", "reference:li-2023"),
        ("肿瘤防治研究", "reference:jin-2023"),
    ] {
        assert_eq!(found(text, &[]).first().map(String::as_str), Some(first), "{text}");
    }
}

#[test]
fn a_text_without_words_finds_nothing() {
    for text in ["", "   ", "…!?", "\u{0}", "（）", "🙂"] {
        assert!(found(text, &[]).is_empty(), "{text:?}");
        assert!(select::suggest(snapshot(), text, &[], 10).unwrap().is_empty(), "{text:?}");
    }
}

/// However many names begin with a text, each is found and counted.
#[test]
fn a_beginning_leads_to_all_that_begin_so() {
    let graph = snapshot().graph();
    for beginning in ["NCT", "NCT0", "ChiCTR"] {
        let begins = |id: &&trialweave::graph::StrId| {
            id.some().is_some_and(|id| graph.strings.text(id).to_lowercase().starts_with(&beginning.to_lowercase()))
        };
        let all = graph.trials.registry_id.iter().filter(begins).count();
        let result = searched(beginning, &[NodeKind::Trial]);
        // One letter is no beginning: it is looked for as a word.
        let expected = if beginning.len() > 1 { all } else { 0 };
        assert_eq!(
            (result.counts[NodeKind::Trial as usize] as usize, result.len()),
            (expected, expected),
            "{beginning}"
        );
    }
}

#[test]
fn where_no_node_holds_all_words_some_words_do_and_the_answer_says_so() {
    let all = searched("CD19 lupus", &[]);
    assert!(!all.relaxed && !all.is_empty());
    let some = searched("mesothelin xylophone", &[]);
    assert!(some.relaxed && !some.is_empty());
    assert!(searched("xylophone zeppelin", &[]).is_empty());
    // A filter never relaxes.
    assert!(
        select::search_ids(snapshot(), "mesothelin xylophone", NodeKind::Trial, &Pace::free()).unwrap().0.is_empty()
    );
}

#[test]
fn a_filter_finds_what_a_search_finds() {
    for text in ["mesothelin", "CD19", "淋巴瘤", "fludarabine", "phase 1", "CAR-NK"] {
        let ids: Vec<u32> =
            select::search_ids(snapshot(), text, NodeKind::Trial, &Pace::free()).unwrap().0.iter().collect();
        let result = searched(text, &[NodeKind::Trial]);
        let mut hits: Vec<u32> = result.ordered().map(|hit| hit.node.ix).collect();
        hits.sort_unstable();
        assert_eq!(ids, hits, "{text}");
        assert!(!ids.is_empty(), "{text}");
        assert_eq!(result.counts[NodeKind::Trial as usize] as usize, ids.len());
    }
}

/// Read and checked by eye; the scores of hits by words are left out.
#[test]
fn searches_as_read() {
    let mut out = String::new();
    for text in
        ["间皮素", "VP-16", "NKG2D", "CD19 lupus", "leukaemia", "复发难治性多发性骨髓瘤", "Senti", "cell death disease"]
    {
        let result = searched(text, &[]);
        let counts = NodeKind::ALL.iter().map(|k| format!("{k} {}", result.counts[*k as usize]));
        writeln!(out, "# {text}: {}", counts.collect::<Vec<_>>().join(", ")).unwrap();
        for hit in result.ordered().take(6) {
            let name = hit.name.map_or(String::new(), |n| format!(" {:?}", snapshot().graph().strings.text(n.text)));
            writeln!(out, "{} {}{name}", id(hit.node), hit.kind()).unwrap();
            for shown in select::highlights(snapshot(), &result, hit.node).unwrap() {
                writeln!(out, "    {shown}").unwrap();
            }
        }
        out.push('\n');
    }
    golden(&repository("tests/search/searches.txt"), &out);
}

#[test]
fn pages_joined_are_the_whole_list_both_ways() {
    let whole = found("CD19", &[]);
    assert!(whole.len() > 20);
    for (size, edge, query) in [
        (
            "first",
            "endCursor",
            "query($at: String, $n: Int) { search(text: \"CD19\", first: $n, after: $at) { totalCount nodes { id } edges { cursor } pageInfo { more: hasNextPage endCursor } } }",
        ),
        (
            "last",
            "startCursor",
            "query($at: String, $n: Int) { search(text: \"CD19\", last: $n, before: $at) { totalCount nodes { id } edges { cursor } pageInfo { more: hasPreviousPage startCursor } } }",
        ),
    ] {
        let (mut joined, mut at) = (Vec::new(), Value::Null);
        loop {
            let answer = ask(query, json!({"at": at, "n": 7}));
            let page = &answer["data"]["search"];
            assert_eq!(page["totalCount"], whole.len());
            let mut ids: Vec<String> =
                page["nodes"].as_array().unwrap().iter().map(|n| n["id"].as_str().unwrap().into()).collect();
            if size == "last" {
                ids.append(&mut joined);
                joined = ids;
            } else {
                joined.append(&mut ids);
            }
            at = page["pageInfo"][edge].clone();
            if page["pageInfo"]["more"] == false {
                break;
            }
        }
        assert_eq!(joined, whole, "{size}");
    }
    let foreign = ask("{ search(text: \"CD7\", first: 1) { pageInfo { endCursor } } }", json!({}));
    let cursor = &foreign["data"]["search"]["pageInfo"]["endCursor"];
    let (code, argument, _) =
        error("query($c: String) { search(text: \"CD19\", after: $c) { totalCount } }", json!({"c": cursor}));
    assert_eq!((code.as_str(), argument.as_str()), ("BAD_CURSOR", "after"));
}

#[test]
fn bad_input_is_named() {
    let search = "query($t: String!) { search(text: $t) { totalCount } }";
    let many: Vec<String> = (0..65).map(|n| format!("w{n}")).collect();
    let terms = "query($t: [String!]!) { resolve(terms: $t) { status } }";
    for (query, variables, expected) in [
        (
            search,
            json!({"t": "x".repeat(1001)}),
            ("LIMIT_EXCEEDED", "text", "`text` has 1001 characters, the most is 1000"),
        ),
        (
            search,
            json!({"t": "间".repeat(100_000)}),
            ("LIMIT_EXCEEDED", "text", "`text` has 100000 characters, the most is 1000"),
        ),
        (
            search,
            json!({"t": many.join(" ")}),
            ("LIMIT_EXCEEDED", "text", "`text` has 65 different words, the most is 64"),
        ),
        (
            "{ search(text: \"a\", kinds: [SOURCE]) { totalCount } }",
            json!({}),
            ("BAD_USER_INPUT", "kinds", "nodes of kind SOURCE are not searched"),
        ),
        (
            "query($t: String!) { suggest(prefix: $t) { text } }",
            json!({"t": "x".repeat(1001)}),
            ("LIMIT_EXCEEDED", "prefix", "`prefix` has 1001 characters, the most is 1000"),
        ),
        (
            "{ suggest(prefix: \"c\", limit: 101) { text } }",
            json!({}),
            ("LIMIT_EXCEEDED", "limit", "101 suggestions are asked for, the most is 100"),
        ),
        (
            "{ suggest(prefix: \"c\", limit: -1) { text } }",
            json!({}),
            ("BAD_USER_INPUT", "limit", "`limit` is negative: -1"),
        ),
        (terms, json!({"t": vec!["a"; 1001]}), ("LIMIT_EXCEEDED", "terms", "1001 terms are given, the most is 1000")),
        (
            terms,
            json!({"t": ["cd19", "x".repeat(1001)]}),
            ("LIMIT_EXCEEDED", "terms", "`terms[1]` has 1001 characters, the most is 1000"),
        ),
    ] {
        let (code, argument, message) = error(query, variables);
        assert_eq!((code.as_str(), argument.as_str(), message.as_str()), expected);
    }
    assert_eq!(ask(terms, json!({"t": vec!["CD19"; 1000]}))["data"]["resolve"].as_array().unwrap().len(), 1000);
}

#[test]
fn what_is_suggested() {
    let first = |prefix: &str| -> Option<(String, String, MatchKind)> {
        let hit = *select::suggest(snapshot(), prefix, &[], 10).unwrap().first()?;
        Some((id(hit.node), snapshot().graph().strings.text(hit.text).into_owned(), hit.kind))
    };
    for (prefix, node, text, kind) in [
        ("cd1", "target:cd19", "CD19", MatchKind::Name),
        ("CD123", "target:cd123", "CD123", MatchKind::Name),
        ("meso", "target:mesothelin", "Mesothelin", MatchKind::Name),
        ("MSL", "target:mesothelin", "MSLN", MatchKind::Alias),
        ("间皮", "target:mesothelin", "间皮素", MatchKind::Name),
        ("jianpi", "target:mesothelin", "间皮素", MatchKind::Pinyin),
        ("NCT0305633", "trial:NCT03056339", "trial:NCT03056339", MatchKind::Id),
        ("marin-2", "reference:marin-2024", "reference:marin-2024", MatchKind::Id),
        ("fludar", "drug:fludarabine", "Fludara", MatchKind::Alias),
        ("VP", "drug:etoposide", "VP-16", MatchKind::Alias),
    ] {
        assert_eq!(first(prefix), Some((node.into(), text.into(), kind)), "{prefix}");
    }
    assert_eq!(first("zzzz"), None);
    let of_kind = select::suggest(snapshot(), "n", &[NodeKind::Drug], 100).unwrap();
    assert!(!of_kind.is_empty() && of_kind.iter().all(|hit| hit.node.kind == NodeKind::Drug));
    // The same node never comes twice, and a longer answer begins with the shorter one.
    let long = select::suggest(snapshot(), "c", &[], 100).unwrap();
    let mut nodes: Vec<Node> = long.iter().map(|hit| hit.node).collect();
    assert_eq!(select::suggest(snapshot(), "c", &[], 7).unwrap(), long[..7]);
    nodes.sort();
    nodes.dedup();
    assert_eq!(nodes.len(), long.len());
}

#[test]
fn what_terms_mean() {
    let terms = [
        "NCT03056339",
        "nct 03056339",
        "NCT0305633",
        "NCT99999999",
        "MSLN",
        "间皮素",
        "Flu",
        "小鼠",
        "CD19",
        "trial:NCT03056339",
        "",
    ];
    let all = select::resolve(snapshot(), &terms, &[]).unwrap();
    let shown: Vec<_> = all.iter().map(|r| (r.status, r.node().map(id), r.duplicate_of, r.problem.is_some())).collect();
    let (direct, none) = (ResolutionStatus::Direct, ResolutionStatus::None);
    let node = |id: &str| Some(id.to_owned());
    assert_eq!(
        shown,
        [
            (direct, node("trial:NCT03056339"), None, false),
            (direct, node("trial:NCT03056339"), Some(0), false),
            (none, None, None, true),
            (none, None, None, false),
            (direct, node("target:mesothelin"), None, false),
            (direct, node("target:mesothelin"), Some(4), false),
            (direct, node("drug:fludarabine"), None, false),
            (none, None, None, false),
            (direct, node("target:cd19"), None, false),
            (direct, node("trial:NCT03056339"), Some(0), false),
            (none, None, None, true),
        ]
    );
}

/// Every id and label of the data means its own node, or at least may.
#[test]
fn every_name_means_its_node() {
    let graph = snapshot().graph();
    for kind in NodeKind::ALL.iter().filter(|k| **k != NodeKind::Source) {
        let names = graph.names(*kind);
        for ix in 0..names.len() {
            let node = Node::new(*kind, ix);
            let mut own = vec![id(node)];
            if *kind != NodeKind::Statement {
                own.extend(
                    [names.en[ix as usize], names.zh[ix as usize]]
                        .iter()
                        .filter_map(|l| l.some())
                        .map(|l| graph.strings.text(l).into_owned()),
                );
                own.extend(names.synonyms.of(ix).iter().map(|s| graph.strings.text(s.text).into_owned()));
            }
            for name in own
                .iter()
                .filter(|name| name.chars().count() <= select::TEXT_CAP && name.chars().any(char::is_alphanumeric))
            {
                let found = select::resolve(snapshot(), &[name], &[]).unwrap();
                assert!(found[0].candidates.iter().any(|c| c.node == node), "{name} {}", id(node));
            }
        }
    }
}
