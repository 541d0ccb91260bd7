//! What is kept and what is sent: entity tags, 304, compression, what a cache on the way is told.

use std::io::Read;

use serde_json::json;

use crate::front_reload::Data;
use crate::front_support::{GRAPHQL, Reply, Server};

const PAGE: &str = "/graphql?query=%7Btrials(first:50)%7Bnodes%7Bid%20title%20status%7D%7D%7D";

fn metric(server: &Server, name: &str) -> f64 {
    let text = server.get("/metrics", &[]).text();
    let line = text.lines().find(|l| l.starts_with(name) && !l.starts_with('#'));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).rsplit(' ').next().unwrap().parse().unwrap()
}

fn unpack(reply: &Reply) -> Vec<u8> {
    let mut plain = Vec::new();
    match reply.header("content-encoding") {
        Some("zstd") => plain = zstd::stream::decode_all(&*reply.body).unwrap(),
        Some("br") => brotli::BrotliDecompress(&mut &*reply.body, &mut plain).unwrap(),
        Some("gzip") => drop(flate2::read::GzDecoder::new(&*reply.body).read_to_end(&mut plain).unwrap()),
        _ => plain.clone_from(&reply.body),
    }
    plain
}

#[test]
fn a_get_has_a_tag_of_its_own_for_each_form_and_304_for_those_who_have_it() {
    let server = Server::start(&[]);
    let plain = server.get(PAGE, &[]);
    assert_eq!(plain.header("cache-control"), Some("public, max-age=60"));
    assert!(plain.header("vary").is_some_and(|v| v.contains("accept") && v.contains("accept-encoding")));
    let mut tags = vec![plain.header("etag").unwrap().to_owned()];
    for coding in ["zstd", "br", "gzip"] {
        let packed = server.get(PAGE, &[("accept-encoding", coding)]);
        assert_eq!(packed.header("content-encoding"), Some(coding));
        assert!(packed.body.len() < plain.body.len() / 2, "{coding}");
        assert_eq!(unpack(&packed), plain.body, "{coding}");
        tags.push(packed.header("etag").unwrap().to_owned());
    }
    tags.push(server.get(PAGE, &[("accept", GRAPHQL)]).header("etag").unwrap().to_owned());
    let mut distinct = tags.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 5, "{tags:?}");
    for known in [tags[0].clone(), format!("\"x\", W/{}", tags[0]), "*".to_owned()] {
        let reply = server.get(PAGE, &[("if-none-match", &known)]);
        assert_eq!((reply.status, reply.body.len(), reply.header("etag")), (304, 0, Some(tags[0].as_str())));
    }
    assert_eq!(server.get(PAGE, &[("if-none-match", &tags[1])]).status, 200);
    let head = server.send("HEAD", PAGE, &[], b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length").unwrap(), plain.body.len().to_string());
    // Another start of the same program over the same data gives the same tag.
    assert_eq!(Server::start(&[]).get(PAGE, &[]).header("etag"), Some(tags[0].as_str()));
}

#[test]
fn the_same_question_is_answered_once_and_errors_are_not_kept() {
    let server = Server::start(&[]);
    let ask = |variables: &str| {
        let query = "query($n:Int!,$id:String){trials(first:$n){nodes{id}}target(id:$id2){id}}"
            .replace("$id2", "\\\"CD19\\\"")
            .replace(",$id:String", "");
        server.post(&format!("{{\"query\":\"{query}\",\"variables\":{variables}}}"))
    };
    assert_eq!(ask("{\"n\":3}").status, 200);
    let misses = metric(&server, "trialweave_cache_misses_total");
    let again = ask("{ \"n\" : 3 }");
    assert!(again.header("server-timing").unwrap().starts_with("cache;desc=hit"), "{again:?}");
    assert_eq!(metric(&server, "trialweave_cache_misses_total"), misses);
    assert_eq!(ask("{\"n\":4}").json()["data"]["trials"]["nodes"].as_array().unwrap().len(), 4);
    let wrong = "{trials(first:-1){nodes{id}}}";
    for _ in 0..2 {
        let reply = server.ask(wrong);
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{reply:?}");
        assert!(reply.header("etag").is_none() && !reply.json()["errors"][0].is_null());
    }
    assert_eq!(metric(&server, "trialweave_cache_hits_total"), 1.0);
    // Twenty at once: one run.
    let heavy = "{trials(first:100){nodes{id similar(first:20){trial{id title similar{trial{id}}}}}}}";
    let runs = metric(&server, "trialweave_run_seconds_count");
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..20).map(|_| scope.spawn(|| server.ask(heavy).status)).collect();
        assert!(all.into_iter().all(|t| t.join().unwrap() == 200));
    });
    assert_eq!(metric(&server, "trialweave_run_seconds_count"), runs + 1.0);
}

#[test]
fn the_cost_is_told_when_asked_for() {
    let server = Server::start(&[]);
    let body = json!({ "query": "{trials(first:10){nodes{id}}}", "extensions": { "cost": true } }).to_string();
    let asked = server.post(&body).json();
    let cost = &asked["extensions"]["cost"];
    assert!(cost["requested"].as_u64().unwrap() >= 10 && cost["steps"].as_u64().unwrap() >= 10, "{asked}");
    let number = |key: &str| cost[key].as_u64().unwrap();
    assert_eq!(number("left"), number("limit") - number("requested"), "{asked}");
    assert_eq!(cost["limit"], 1_000_000);
    let by_header = server.send(
        "POST",
        "/graphql",
        &[("content-type", "application/json"), ("x-trialweave-cost", "1")],
        json!({ "query": "{trials(first:10){nodes{id}}}" }).to_string().as_bytes(),
    );
    assert_eq!(by_header.json(), asked);
    assert!(server.ask("{trials(first:10){nodes{id}}}").json().get("extensions").is_none());
    // What is kept stays within its bytes.
    let small = Server::start(&["--cache-bytes", "100000"]);
    for n in 1..60 {
        small.ask(&format!("{{trials(first:{n}){{nodes{{id title}}}}}}"));
    }
    std::thread::sleep(std::time::Duration::from_millis(600));
    small.ask("{__typename}");
    assert!(metric(&small, "trialweave_cache_bytes") <= 100_000.0);
}

#[test]
fn limits_in_force_are_told() {
    let server = Server::start(&["--body-bytes", "5000", "--aliases", "7"]);
    let limits = server.ask("{meta{limits{name value}}}").json();
    let value = |name: &str| {
        let all = limits["data"]["meta"]["limits"].as_array().unwrap();
        all.iter().find(|l| l["name"] == name).unwrap_or_else(|| panic!("{name}: {limits}"))["value"].as_f64().unwrap()
    };
    assert_eq!((value("bodyBytes"), value("aliases"), value("wsOperations")), (5000.0, 7.0, 32.0));
}

#[test]
fn the_same_bytes_again_are_the_same_answer_until_another_release_serves() {
    let data = Data::new();
    let server = Server::over(data.path(), &[]);
    let body = br#"{"query":"query Named{meta{release}}","operationName":"Named"}"#;
    let ask = |headers: &[(&str, &str)]| {
        let json = [&[("content-type", "application/json")], headers].concat();
        server.send("POST", "/graphql", &json, body)
    };
    let (first, again) = (ask(&[]), ask(&[]));
    assert_eq!(first.json()["data"]["meta"]["release"], server.release.as_str());
    assert_eq!(first.body, again.body);
    assert!(first.header("server-timing").is_some_and(|t| t.contains("miss")));
    assert!(again.header("server-timing").is_some_and(|t| t.contains("hit")));
    // What the head of the request says counts each time.
    for headers in [("x-trialweave-cost", "1"), ("x-trialweave-cost", "1")] {
        assert!(ask(&[headers]).json()["extensions"]["cost"]["requested"].is_u64());
    }
    assert_eq!(ask(&[("accept", GRAPHQL)]).header("content-type").map(|t| t.starts_with(GRAPHQL)), Some(true));
    assert!(ask(&[("accept", "text/event-stream")]).text().contains("event: next"));
    assert_eq!(ask(&[("content-encoding", "gzip")]).status, 415);
    data.show("Another text");
    server.signal("HUP");
    let begun = std::time::Instant::now();
    while ask(&[]).body == first.body {
        assert!(begun.elapsed().as_secs() < 20, "the old answer is still given");
    }
    assert_ne!(ask(&[]).json()["data"]["meta"]["release"], server.release.as_str());
}
