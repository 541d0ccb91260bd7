//! Requests that mean harm: each is refused with a message that names the limit, within a second, by a process that goes
//! on as before. New attacks are added to the table here.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::front_support::{GRAPHQL, Server};

/// A second for a release build; a debug build on a shared machine gets some more.
const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 4 } else { 1 });

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}{}", open.repeat(depth), close.repeat(depth))
}

fn bomb(levels: usize) -> String {
    let mut text = String::from("{...f0}");
    for at in 0..levels {
        text.push_str(&format!("fragment f{at} on Query{{...f{}...f{}}}", at + 1, at + 1));
    }
    text + &format!("fragment f{levels} on Query{{__typename}}")
}

/// A name, a document, and the limit (or the code) that its refusal names.
fn documents() -> Vec<(&'static str, String, &'static str)> {
    let trials = |inner: &str| format!("{{trials(first:1){{nodes{{{inner}}}}}}}");
    let many = |one: &str, count: usize| one.repeat(count);
    let introspect = |levels: usize| {
        let mut text = String::from("name");
        for _ in 0..levels {
            text = format!("fields{{type{{{text}}}}}");
        }
        format!("{{__schema{{types{{{text}}}}}}}")
    };
    vec![
        ("list literal", format!("{{trial(id:{}){{id}}}}", nested("[", "]", 1555)), "documentNesting"),
        ("object literal", format!("{{trial(id:{}){{id}}}}", nested("{a:", "}", 1230)), "documentNesting"),
        ("literal in @skip", format!("{{__typename @skip(if:{})}}", nested("[", "]", 2000)), "documentNesting"),
        ("literal as default", format!("query($a:Int={}){{__typename}}", nested("[", "]", 2000)), "documentNesting"),
        (
            "literal in an unused fragment",
            format!("{{__typename}}fragment f on Query{{trial(id:{}){{id}}}}", nested("[", "]", 9000)),
            "documentNesting",
        ),
        ("list type", format!("query($a:{}){{__typename}}", nested("[", "]", 3000)), "documentNesting"),
        ("selections", nested("{a", "}", 10_000), "documentNesting"),
        ("open brackets only", "{".repeat(60_000), "documentNesting"),
        ("fragment bomb", bomb(22), "planFields"),
        ("larger fragment bomb", bomb(60), "planFields"),
        (
            "fragment circle",
            "{...a}fragment a on Query{...b}fragment b on Query{...a}".into(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "bomb in an introspection",
            format!(
                "{{__schema{{types{{...f0}}}}}}{}fragment f30 on __Type{{name}}",
                (0..30).map(|n| format!("fragment f{n} on __Type{{...f{} ...f{}}}", n + 1, n + 1)).collect::<String>()
            ),
            "planFields",
        ),
        (
            "long chain of fragments",
            format!(
                "{{...f0}}{}fragment f190 on Query{{__typename}}",
                (0..190).map(|n| format!("fragment f{n} on Query{{...f{}}}", n + 1)).collect::<String>()
            ),
            "documentNesting",
        ),
        ("aliases", format!("{{{}}}", (0..3000).map(|n| format!("a{n}:__typename ")).collect::<String>()), "aliases"),
        ("directives on a field", format!("{{__typename {}}}", many("@skip(if:false)", 900)), "directives"),
        ("directives on a fragment", format!("{{...{}{{__typename}}}}", many("@a", 3000)), "directives"),
        ("directives on an operation", format!("query {}{{__typename}}", many("@a", 3000)), "directives"),
        ("operations", (0..500).map(|n| format!("query q{n}{{__typename}}")).collect(), "operations"),
        ("fragments", many("fragment f on Query{__typename}", 500) + "{__typename}", "fragments"),
        (
            "variables",
            format!("query({}){{__typename}}", (0..1000).map(|n| format!("$a{n}:Int ")).collect::<String>()),
            "variables",
        ),
        ("tokens", format!("{{{}}}", many("id ", 12_000)), "documentTokens"),
        ("bytes", format!("{{__typename}}#{}", many("x", 70_000)), "documentBytes"),
        ("long name", format!("{{{}:__typename}}", many("x", 1000)), "nameBytes"),
        ("unclosed block string", format!("{{trial(id:\"\"\"{}", many("{", 60_000)), "GRAPHQL_PARSE_FAILED"),
        ("unclosed string", format!("{{trial(id:\"{}", many("\\\"", 30_000)), "GRAPHQL_PARSE_FAILED"),
        (
            "page sizes that multiply past 2^64",
            "{trials(first:1073741824){nodes{similar(first:1908874353){trial{id}}}}}".into(),
            "cost",
        ),
        ("deep answer", trials(&format!("{}id{}", many("regimen{trials(first:1){nodes{", 16), many("}}}", 16))), ""),
        ("introspection that goes round", introspect(6), "introspectionDepth"),
        (
            "introspection by many names",
            format!(
                "{{__schema{{{}}}}}",
                (0..150).map(|n| format!("a{n}:types{{fields{{args{{name}}}}}}")).collect::<String>()
            ),
            "introspectionCost",
        ),
        ("incremental delivery", "{...@defer{__typename}}".into(), "GRAPHQL_VALIDATION_FAILED"),
        ("type definitions", "type A{a:Int} {__typename}".into(), "GRAPHQL_VALIDATION_FAILED"),
        ("nothing", String::new(), "GRAPHQL_PARSE_FAILED"),
        ("control bytes", "\u{0}\u{1}\u{feff}\u{202e}".into(), "GRAPHQL_PARSE_FAILED"),
        ("errors by thousands", format!("{{{}}}", many("nope ", 9_000)), "GRAPHQL_VALIDATION_FAILED"),
        (
            "fields that conflict",
            format!("{{{}}}", (0..90).map(|n| format!("a:trial(id:\"{n}\"){{id}}")).collect::<String>()),
            "",
        ),
    ]
}

#[test]
fn every_document_that_means_harm_is_refused_soon_and_by_name() {
    let server = Server::start(&[]);
    server.ask("{__typename}");
    for round in 0..2 {
        for (name, query, names) in documents() {
            let begun = Instant::now();
            let reply = server.ask(&query);
            let took = begun.elapsed();
            assert_eq!(reply.status, 400, "{name}: {}", reply.text());
            assert!(took < SOON, "{name}: {took:?} in round {round}");
            assert!(reply.body.len() < 40_000, "{name}: {} bytes of errors", reply.body.len());
            let error = &reply.json()["errors"][0];
            let limit = error["extensions"]["limit"].as_str().unwrap_or_default();
            let code = error["extensions"]["code"].as_str().unwrap_or_default();
            assert!(
                !code.is_empty() && (names.is_empty() || limit == names || code == names),
                "{name}: {}",
                reply.text()
            );
            assert_eq!(server.ask("{__typename}").json(), json!({ "data": { "__typename": "Query" } }), "after {name}");
        }
    }
    server.held_little();
}

#[test]
fn the_stack_holds_exactly_what_the_limits_let_in() {
    let server = Server::start(&[]);
    // As deep as brackets may nest: values, types, selections.
    for (open, close, outer) in [("[", "]", 2), ("{a:", "}", 2)] {
        let value = format!("{}1{}", open.repeat(64 - outer), close.repeat(64 - outer));
        let reply = server.ask(&format!("{{trial(id:{value}){{id}}}}"));
        assert_eq!((reply.status, reply.limit().as_str()), (400, ""), "{}", reply.text());
        let deeper = format!("{open}{value}{close}");
        assert_eq!(server.ask(&format!("{{trial(id:{deeper}){{id}}}}")).limit(), "documentNesting");
    }
    let types = format!("query($a:{}Int{}){{__typename}}", "[".repeat(63), "]".repeat(63));
    assert_eq!(server.ask(&types).limit(), "");
    let inline = format!("{}__typename{}", "{...".repeat(63) + "{", "}".repeat(64));
    let reply = server.ask(&inline);
    assert!(reply.status == 200 || !reply.limit().is_empty(), "{}", reply.text());
    // Fragments within fragments, each as deep as may be, up to the limit on levels once expanded.
    let mut chain = String::from("{...f0}");
    for at in 0..60 {
        chain.push_str(&format!("fragment f{at} on Query{{...f{}}}", at + 1));
    }
    chain.push_str("fragment f60 on Query{__typename}");
    let reply = server.ask(&chain);
    assert!(reply.status == 200 || !reply.limit().is_empty(), "{}", reply.text());
    // An introspection as deep as the limits let in goes to the other parser as well.
    let deep = format!("{{__schema{{types{{{}name{}}}}}}}", "ofType{".repeat(28), "}".repeat(28));
    let reply = server.ask(&deep);
    assert!([200, 400].contains(&reply.status), "{}", reply.text());
    // JSON of variables at its limit.
    let json = |depth: usize| {
        format!("{{\"query\":\"{{__typename}}\",\"variables\":{{\"a\":{}{}}}}}", "[".repeat(depth), "]".repeat(depth))
    };
    assert_eq!(server.post(&json(62)).status, 200);
    assert_eq!(server.post(&json(63)).limit(), "jsonDepth");
    assert_eq!(server.post(&json(100_000)).limit(), "jsonDepth");
    assert_eq!(server.ask("{__typename}").status, 200);
}

#[test]
fn bodies_and_heads_that_mean_harm_are_refused() {
    let server = Server::start(&["--body-timeout-ms", "700", "--header-timeout-ms", "700"]);
    let json = ("content-type", "application/json");
    let large = format!("{{\"query\":\"{}\"}}", " ".repeat(300_000));
    let reply = server.post(&large);
    assert_eq!((reply.status, reply.limit().as_str()), (413, "bodyBytes"));
    for (kind, status) in
        [("text/plain", 415), ("multipart/form-data; boundary=x", 415), ("application/x-www-form-urlencoded", 415)]
    {
        assert_eq!(server.send("POST", "/graphql", &[("content-type", kind)], b"{\"query\":\"{a}\"}").status, status);
    }
    assert_eq!(server.send("POST", "/graphql", &[], b"{\"query\":\"{a}\"}").status, 415);
    assert_eq!(server.send("POST", "/graphql", &[json, ("content-encoding", "gzip")], b"x").status, 415);
    assert_eq!(server.send("POST", "/graphql", &[json, ("accept", "text/html")], b"{}").status, 406);
    assert_eq!(server.send("DELETE", "/graphql", &[], b"").header("allow"), Some("GET, HEAD, POST, OPTIONS"));
    let batch = format!("[{}]", vec!["{\"query\":\"{__typename}\"}"; 200].join(","));
    assert_eq!(server.post(&batch).limit(), "batch");
    let raw =
        r#"{"query":"query($i:String!){trial(id:$i){id}}","variables":{"i":{"$serde_json::private::RawValue":"1}"}}}"#;
    assert_eq!(server.post(raw).status, 400);
    assert_eq!(server.send("POST", "/graphql", &[json], b"{\"query\":\"\xff\xfe\"}").status, 400);
    // Too many and too large headers.
    let many: Vec<(String, &str)> = (0..100).map(|n| (format!("x-{n}"), "1")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    assert_eq!(server.get("/health", &many).status, 431);
    assert_eq!(server.get("/health", &[("x-large", &"y".repeat(100_000))]).status, 431);
    let path = format!("/graphql?query={}", "a".repeat(100_000));
    assert!([414, 431].contains(&server.get(&path, &[]).status));

    // Slow heads, slow bodies, and connections that say nothing are ended; a body that is slow is told why.
    for begin in ["", "P", "PRI * HTTP", "GET /health HTTP/1.1\r\nhost: a\r\nx-slow: "] {
        let mut socket = server.connect();
        socket.write_all(begin.as_bytes()).unwrap();
        let begun = Instant::now();
        let mut rest = Vec::new();
        let _ = socket.read_to_end(&mut rest);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(6), "{begin:?}: open for {took:?}");
    }
    let mut socket = server.connect();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: a\r\naccept: {GRAPHQL}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
    );
    socket.write_all(head.as_bytes()).unwrap();
    let mut rest = String::new();
    let _ = socket.read_to_string(&mut rest);
    assert!(rest.starts_with("HTTP/1.1 408") && rest.contains("bodyTimeoutMs"), "{rest}");
    assert_eq!(server.get("/health", &[]).status, 200);
    server.held_little();
}

#[test]
fn heavy_work_is_shed_when_the_queue_is_full() {
    let server = Server::start(&["--heavy-cost", "0", "--heavy-threads", "1", "--queue", "1", "--cache-bytes", "0"]);
    let query = "{trials(first:100){nodes{id similar(first:20){trial{id title similar{trial{id title}}}}}}}";
    let statuses: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..24).map(|_| scope.spawn(|| server.ask(query))).collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let shed: Vec<_> = statuses.iter().filter(|r| r.status == 503).collect();
    assert!(statuses.iter().any(|r| r.status == 200), "{statuses:?}");
    assert!(!shed.is_empty(), "nothing was shed");
    for reply in shed {
        assert_eq!((reply.limit().as_str(), reply.header("retry-after")), ("queue", Some("1")));
    }
    assert_eq!(server.ask("{__typename}").status, 200);
    server.held_little();
}

#[test]
fn a_deadline_ends_an_answer_and_says_so() {
    let server = Server::start(&["--deadline-ms", "0"]);
    let reply = server.ask("{trials(first:50){nodes{id}}}");
    assert_eq!(reply.limit(), "deadlineMs", "{}", reply.text());
    let schema = "{__schema{types{name description}}}";
    assert_eq!(server.ask(schema).limit(), "deadlineMs");
    let server = Server::start(&["--response-bytes", "500", "--errors", "2"]);
    let reply = server.ask(schema);
    assert_eq!((reply.status, reply.limit().as_str()), (200, "responseBytes"));
    assert!(reply.json()["data"].is_null() && reply.body.len() < 600, "{}", reply.text());
    assert_eq!(server.ask("{trials(first:50){nodes{id title}}}").limit(), "responseBytes");
    let errors = server.ask("{a b c d e f g}").json();
    assert_eq!(errors["errors"].as_array().unwrap().len(), 3);
    assert_eq!(errors["errors"][2]["message"], "and 5 more errors");
    let server = Server::start(&["--steps", "20", "--depth", "3"]);
    assert_eq!(server.ask("{trials(first:50){nodes{id}}}").limit(), "steps");
    assert_eq!(server.ask("{trials(first:1){nodes{targets{target{id}}}}}").limit(), "depth");
    server.held_little();
}

#[test]
fn clients_are_counted_when_configured() {
    let server = Server::start(&["--rate-per-second", "1", "--rate-burst", "3"]);
    let replies: Vec<_> = (0..6).map(|_| server.ask("{__typename}")).collect();
    let refused: Vec<_> = replies.iter().filter(|r| r.status == 429).collect();
    assert!(refused.len() >= 2, "{replies:?}");
    assert_eq!(refused[0].limit(), "ratePerSecond");
    assert!(refused[0].header("retry-after").is_some());
    assert_eq!(server.get("/health", &[]).status, 200);
    server.held_little();
}

#[test]
fn introspection_can_be_switched_off() {
    let server = Server::start(&["--introspection=false"]);
    assert_eq!(server.ask("{__schema{queryType{name}}}").limit(), "introspection");
    assert_eq!(server.ask("{__typename}").status, 200);
    server.held_little();
}

/// A run looks at its leash: with the client gone it ends at once, and on time it does not.
#[test]
fn a_run_ends_when_its_client_is_gone() {
    use std::sync::Arc;
    use trialweave::graphql::{Engine, Leash, Request};
    let snapshot = Arc::new(trialweave::snapshot::Snapshot::bundled().unwrap());
    let engine = Engine::default();
    let request = Request { query: "{trials(first:100){nodes{id title}}}".into(), ..Request::default() };
    let prepared = engine.prepare(&request).unwrap();
    let leash = Leash::until(Instant::now() + Duration::from_secs(60));
    let held = leash.held();
    let whole = engine.run(&prepared, &snapshot, &request, &leash);
    assert!(!whole.has_errors && whole.steps > 100);
    drop(held);
    assert!(leash.is_alone());
    let cut = engine.run(&prepared, &snapshot, &request, &leash);
    assert!(cut.has_errors && cut.body.len() < 400, "{}", String::from_utf8_lossy(&cut.body));
}

/// Browsers ask no leave before they open a socket to another origin.
#[test]
fn pages_of_other_origins_open_no_socket() {
    let server = Server::start(&["--cors-origins", "https://app.example"]);
    let own = format!("http://{}", server.address);
    for (origin, status) in
        [(own.as_str(), 101), ("https://app.example", 101), ("https://evil.example", 403), ("null", 403)]
    {
        let mut socket = server.connect();
        let head = format!(
            "GET /graphql/ws HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\norigin: {origin}\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             sec-websocket-protocol: graphql-transport-ws\r\n\r\n",
            server.address
        );
        socket.write_all(head.as_bytes()).unwrap();
        let mut line = [0; 12];
        socket.read_exact(&mut line).unwrap();
        assert_eq!(String::from_utf8_lossy(&line), format!("HTTP/1.1 {status}"), "{origin}");
    }
    server.held_little();
}
