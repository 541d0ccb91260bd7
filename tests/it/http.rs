//! GraphQL over HTTP against the real server: methods, content types, status codes, the small pages, the end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::served::{Reply, Served};
use crate::support::repository;

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";
const QUESTION: &str =
    r#"{"query":"query Q($id: String!) { trial(id: $id) { nctId } }","variables":{"id":"nct03056339"}}"#;

fn start() -> Served {
    Served::over(&repository("data"))
}

fn media(reply: &Reply) -> String {
    reply.header("content-type").unwrap_or_default().split(';').next().unwrap().to_owned()
}

#[test]
fn a_post_is_answered_in_the_media_type_that_is_accepted() {
    let served = start();
    let answer = json!({ "data": { "trial": { "nctId": "NCT03056339" } } });
    for (accept, expected) in [
        (None, JSON),
        (Some("*/*"), JSON),
        (Some(JSON), JSON),
        (Some(GRAPHQL), GRAPHQL),
        (Some("application/graphql-response+json, application/json;q=0.9"), GRAPHQL),
        (Some("text/html, application/json;q=0.1"), JSON),
    ] {
        let headers: Vec<_> = accept.map(|accept| ("accept", accept)).into_iter().collect();
        let reply = served.post(&headers, QUESTION);
        assert_eq!((reply.status, media(&reply).as_str(), reply.json()), (200, expected, answer.clone()), "{accept:?}");
        assert!(reply.header("content-type").unwrap().contains("charset=utf-8"), "{reply:?}");
    }
    let reply = served.post(&[("accept", "text/html")], QUESTION);
    assert_eq!((reply.status, reply.code().as_str()), (406, "BAD_USER_INPUT"));
}

#[test]
fn a_get_is_answered_from_its_address() {
    let served = start();
    let path = "/graphql?query=query%20A%20%7B%20meta%20%7B%20service%20%7D%20%7D%20query%20B(%24i%3A%20String!)%20%7B%20trial\
                (id%3A%20%24i)%20%7B%20nctId%20%7D%20%7D&operationName=B&variables=%7B%22i%22%3A%22NCT03056339%22%7D";
    let reply = served.get(path, &[("accept", GRAPHQL)]);
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.json(), json!({ "data": { "trial": { "nctId": "NCT03056339" } } }));
    let head = served.send("HEAD", path, &[("accept", GRAPHQL)], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn what_is_no_request_is_refused_before_it_is_read_as_graphql() {
    let served = start();
    for (headers, body, status) in [
        (vec![("content-type", "text/plain")], QUESTION, 415),
        (vec![("content-type", "application/x-www-form-urlencoded")], "query=%7Bmeta%7Bservice%7D%7D", 415),
        (vec![], QUESTION, 415),
        (vec![("content-type", "application/json; charset=latin1")], QUESTION, 415),
        (vec![("content-type", JSON)], "", 400),
        (vec![("content-type", JSON)], "{", 400),
        (vec![("content-type", JSON)], "17", 400),
        (vec![("content-type", JSON)], "{}", 400),
        (vec![("content-type", JSON)], r#"{"query":17}"#, 400),
        (vec![("content-type", JSON)], r#"{"query":"{meta{service}}","variables":[]}"#, 400),
        (vec![("content-type", JSON)], r#"{"query":"{meta{service}}","operationName":1}"#, 400),
    ] {
        let reply = served.send("POST", "/graphql", &headers, body);
        assert_eq!((reply.status, media(&reply).as_str()), (status, JSON), "{headers:?} {body}");
        assert_eq!((reply.json()["data"].is_null(), reply.code().as_str()), (true, "BAD_USER_INPUT"), "{body}");
    }
    for path in ["/graphql", "/graphql?query=", "/graphql?query=%7Bmeta%7Bservice%7D%7D&variables=%7B"] {
        assert_eq!(served.get(path, &[("accept", GRAPHQL)]).status, 400, "{path}");
    }
    let huge = format!(r#"{{"query":"{{meta{{service}}}}","x":"{}"}}"#, "x".repeat(4 << 20));
    let reply = served.post(&[], &huge);
    assert_eq!((reply.status, reply.code().as_str()), (413, "LIMIT_EXCEEDED"));
}

#[test]
fn a_request_error_is_400_in_the_media_type_of_graphql_and_200_in_plain_json() {
    let served = start();
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ unheardOf }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("query ($id: String!) { trial(id: $id) { id } }", "BAD_USER_INPUT"),
        ("mutation { x }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        let body = json!({ "query": query }).to_string();
        for (accept, status) in [(GRAPHQL, 400), (JSON, 200)] {
            let reply = served.post(&[("accept", accept)], &body);
            assert_eq!((reply.status, reply.code().as_str()), (status, code), "{query} {accept}");
            assert_eq!(reply.json().get("data"), None, "no part of it ran: {query}");
        }
    }
    // A field that fails is not a request that fails.
    let body = json!({ "query": r#"{ trial(id: "NCT1") { id } }"# }).to_string();
    let reply = served.post(&[("accept", GRAPHQL)], &body);
    assert_eq!((reply.status, reply.json()["data"].clone()), (200, json!({ "trial": null })));
}

#[test]
fn other_methods_are_refused_with_those_that_are_allowed() {
    let served = start();
    for method in ["PUT", "DELETE", "PATCH"] {
        let reply = served.send(method, "/graphql", &[], "");
        assert_eq!(reply.status, 405, "{method}");
        let allow = reply.header("allow").unwrap_or_default();
        assert!(allow.contains("GET") && allow.contains("POST"), "{method}: {allow}");
    }
}

#[test]
fn the_small_pages_are_there_and_others_are_not() {
    let served = start();
    let schema = served.get("/schema.graphql", &[]);
    assert_eq!((schema.status, schema.body.as_str()), (200, trialweave::graphql::sdl()));

    let health = served.get("/health", &[]);
    let release = health.json()["release"].as_str().unwrap().to_owned();
    assert_eq!((health.status, health.json()["status"].as_str()), (200, Some("ok")));
    assert_eq!(release, crate::ask::snapshot().release());
    assert!(served.line.contains(&release), "{}", served.line);

    let home = served.get("/", &[("accept", "text/html")]);
    assert_eq!((home.status, media(&home).as_str()), (200, "text/html"));
    // Every script and style comes from the server itself.
    for part in home.body.split(['"', '\'']).filter(|part| part.starts_with("http:") || part.starts_with("https:")) {
        assert!(!part.ends_with(".js") && !part.ends_with(".css"), "{part}");
    }
    for script in home.body.split("<script").skip(1).filter_map(|tag| tag.split("src=\"").nth(1)) {
        let path = format!("/{}", script.split('"').next().unwrap().trim_start_matches("./").trim_start_matches('/'));
        assert_eq!(served.get(&path, &[]).status, 200, "{path}");
    }

    for path in ["/nothing.js", "/graphql/nothing", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "/data/sources/sources.csv"]
    {
        let reply = served.get(path, &[]);
        assert_eq!(reply.status, 404, "{path}: {reply:?}");
    }
}

#[test]
fn a_browser_is_told_in_a_page_what_is_not_here_and_a_program_in_a_line() {
    let served = start();
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (path, accept, page) in [
        ("/nowhere", Some(browser), true),
        ("/trialss/NCT05654038", Some("*/*, Text/HTML;q=0.5"), true),
        ("/nowhere", Some("*/*"), false),
        ("/nowhere", Some("application/json"), false),
        ("/nowhere", None, false),
        ("/nowhere/script.js", Some(browser), false),
        ("/assets/gone", Some(browser), false),
        ("/graphql/nothing", Some(browser), false),
    ] {
        let headers: Vec<_> = accept.map(|accept| ("accept", accept)).into_iter().collect();
        let reply = served.get(path, &headers);
        let kind = if page && trialweave_web::BUILT { "text/html" } else { "text/plain" };
        assert_eq!((reply.status, media(&reply).as_str()), (404, kind), "{path} {accept:?}");
        assert_eq!(reply.body.contains("<base href=\"/\">"), kind == "text/html", "{path}");
        assert_eq!(reply.header("content-security-policy").is_some(), kind == "text/html", "{path}");
    }
}

#[test]
fn introspection_is_answered() {
    let served = start();
    let body = json!({ "query": "{ __schema { queryType { name } } __type(name: \"Trial\") { kind } }" }).to_string();
    let reply = served.post(&[("accept", GRAPHQL)], &body);
    assert_eq!(
        reply.json(),
        json!({ "data": { "__schema": { "queryType": { "name": "Query" } }, "__type": { "kind": "OBJECT" } } })
    );
}

#[test]
fn a_stop_lets_a_request_in_flight_end_and_takes_no_new_one() {
    let served = start();
    // The server asks for the body only when it works on the request: from then on the request is in flight.
    let mut socket = served.connect();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {}\r\ncontent-type: {JSON}\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
        served.address,
        QUESTION.len()
    );
    socket.write_all(head.as_bytes()).unwrap();
    let mut reader = BufReader::new(socket.try_clone().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    assert!(line.starts_with("HTTP/1.1 100"), "{line}");
    reader.read_line(&mut line).unwrap();

    served.signal("TERM");
    // The port is free once the listener is closed, which the server does before it waits for what is in flight.
    let address = served.address;
    while TcpStream::connect(address).is_ok() {
        std::thread::yield_now();
    }
    socket.write_all(QUESTION.as_bytes()).unwrap();
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert!(rest.starts_with("HTTP/1.1 200") && rest.contains("NCT03056339"), "{rest}");
    assert_eq!(served.end(), (Some(0), String::new()));
}

#[test]
fn pages_and_their_files_come_as_they_were_built() {
    let served = start();
    for (path, policy) in [("/", trialweave_web::POLICY), ("/graphiql", trialweave_web::GRAPHIQL_POLICY)] {
        let page = served.get(path, &[]);
        assert_eq!((page.status, media(&page).as_str()), (200, "text/html"), "{path}");
        assert!(page.body.contains("<base href=\"/\">"), "{path}");
        if trialweave_web::BUILT {
            assert_eq!(page.header("content-security-policy"), Some(policy), "{path}");
        }
    }
    // Where everything must be there the pages are, made of the sources beside them; the proof without them says so.
    if std::env::var("CI").is_ok_and(|ci| ci == "true") && std::env::var_os("TW_WEB_DIST").is_none() {
        assert_eq!((trialweave_web::BUILT, trialweave_web::FRESH), (true, true), "run `npm run build` in web/");
    }
    // A built bundle answers at every address of its own; without one they are not there.
    let expected = if trialweave_web::BUILT { 200 } else { 404 };
    for path in ["/trial/NCT05654038", "/trials", "/conflicts"] {
        assert_eq!(served.get(path, &[]).status, expected, "{path}");
    }
    for asset in trialweave_web::assets().iter().filter(|asset| asset.content_type().starts_with("text/")) {
        let reply = served.get(&format!("/{}", asset.path()), &[]);
        assert_eq!((reply.status, media(&reply).as_str()), (200, asset.content_type().split(';').next().unwrap()));
        assert_eq!(reply.header("cache-control"), Some(asset.cache()), "{}", asset.path());
        assert_eq!(reply.header("vary"), Some("Accept-Encoding"), "{}", asset.path());
        let whole = asset.bytes(None).0;
        assert_eq!(reply.body.len(), whole.len(), "{}", asset.path());
        assert_eq!(served.send("POST", &format!("/{}", asset.path()), &[], "{}").status, 404);
    }
}
