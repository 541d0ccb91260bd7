//! Running it: settings, persisted queries, other forms of HTTP, what is told to operators, and how it ends.

use std::io::{Read, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::front_support::{GRAPHQL, Server};

fn serve(arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_trialweave"))
        .arg("serve")
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn settings_come_from_file_environment_and_flags_in_this_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trialweave.toml");
    std::fs::write(&file, "queue = 1\naliases = 11\nbatch = 2\n").unwrap();
    let config = ["--config", file.to_str().unwrap(), "--print-config", "--queue", "3"];
    let secret = ("TRIALWEAVE_ADMIN_TOKEN", "never-printed-anywhere");
    let (code, printed, error) = serve(&config, &[("TRIALWEAVE_ALIASES", "12"), ("TRIALWEAVE_QUEUE", "2"), secret]);
    assert_eq!(code, Some(0), "{error}");
    for line in ["queue = 3", "aliases = 12", "batch = 2", "deadline-ms = 10000"] {
        assert!(printed.lines().any(|l| l == line), "{line} is missing:\n{printed}");
    }
    assert!(!printed.contains("never-printed"));
    // What is printed is a configuration that says the same.
    let again = folder.path().join("again.toml");
    std::fs::write(&again, printed.replace("\"(set)\"", "\"\"")).unwrap();
    let (_, second, _) = serve(&["--config", again.to_str().unwrap(), "--print-config"], &[secret]);
    assert_eq!(printed, second);
    for (arguments, variables, part) in [
        (vec!["--quueue", "3"], vec![], "unexpected argument"),
        (vec!["--queue", "many"], vec![], "no whole number"),
        (vec![], vec![("TRIALWEAVE_QEUE", "1")], "did you mean `queue`"),
        (vec!["--log-level", "loud"], vec![], "none of error"),
        (vec!["--watch=maybe"], vec![], "neither true nor false"),
        #[cfg(not(feature = "otel"))]
        (vec!["--otlp-endpoint", "http://127.0.0.1:1"], vec![], "without the feature otel"),
    ] {
        let (code, _, error) = serve(&arguments, &variables);
        assert!(code == Some(2) && error.contains(part), "{arguments:?} {variables:?}: {code:?} {error}");
    }
    std::fs::write(&file, "body-byte = 1\nqueue = [1]\n").unwrap();
    let (code, _, error) = serve(&["--config", file.to_str().unwrap()], &[]);
    assert!(code == Some(2) && error.contains("did you mean `body-bytes`") && error.contains("`queue`"), "{error}");
    for (arguments, part) in [
        (vec!["--admin-listen", "127.0.0.1:0"], "token"),
        (vec!["--tls-certificate", "x"], "together"),
        (vec!["--documents", "/nowhere"], "cannot read"),
        (vec!["--only-documents"], "--documents"),
        (vec!["--cors-origins", "example.org"], "no origin"),
        (vec!["--base-path", "/a b/"], "no path"),
    ] {
        let (code, _, error) = serve(&[&arguments[..], &["--listen", "127.0.0.1:0"]].concat(), &[]);
        assert!(code == Some(1) && error.contains(part), "{arguments:?}: {code:?} {error}");
    }
}

#[test]
fn a_base_path_stands_before_everything() {
    let server = Server::start(&["--base-path", "kg/trials"]);
    let asked = server.send(
        "POST",
        "/kg/trials/graphql",
        &[("content-type", "application/json")],
        br#"{"query":"{__typename}"}"#,
    );
    assert_eq!(asked.json()["data"]["__typename"], "Query");
    for path in ["/kg/trials", "/kg/trials/", "/kg/trials/graphiql"] {
        let page = server.get(path, &[]);
        assert!(page.status == 200 && page.text().contains("<base href=\"/kg/trials/\">"), "{path}: {}", page.text());
    }
    assert_eq!(server.get("/kg/trials/health", &[]).status, 200);
    assert_eq!((server.get("/graphql?query={__typename}", &[]).status, server.get("/", &[]).status), (404, 404));
    // The answer to a handshake repeats the names of headers as they were written: some clients know no other.
    let mut socket = server.connect();
    let handshake = "GET /kg/trials/graphql/ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
    socket.write_all(handshake.as_bytes()).unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        socket.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head);
    assert!(head.starts_with("HTTP/1.1 101") && head.contains("\r\nSec-WebSocket-Protocol: graphql-"), "{head}");
}

#[test]
fn a_document_is_asked_for_by_its_hash_once_it_was_sent() {
    let server = Server::start(&[]);
    let query = "{__typename}";
    let hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let only = json!({ "extensions": extensions }).to_string();
    let json_type = [("content-type", "application/json")];
    let unknown = server.send("POST", "/graphql", &json_type, only.as_bytes());
    assert_eq!((unknown.status, unknown.header("cache-control")), (200, Some("no-store")));
    assert_eq!(unknown.json()["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(unknown.json()["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    let path: String = format!(
        "/graphql?extensions={}",
        form_urlencoded::byte_serialize(extensions.to_string().as_bytes()).collect::<String>()
    );
    assert_eq!(server.get(&path, &[("accept", GRAPHQL)]).status, 400);
    // A hash that is not the document's is refused, and an invalid document is not kept.
    let lie = json!({ "query": "{meta{release}}", "extensions": extensions }).to_string();
    assert_eq!(server.post(&lie).status, 400);
    assert_eq!(server.post(&only).status, 400);
    let both = json!({ "query": query, "extensions": extensions }).to_string();
    assert_eq!(server.post(&both).status, 200);
    let by_hash = server.get(&path, &[]);
    assert_eq!((by_hash.status, by_hash.text().as_str()), (200, "{\"data\":{\"__typename\":\"Query\"}}"));
    assert!(by_hash.header("etag").is_some());
    let off = Server::start(&["--persisted=false"]);
    assert_eq!(off.post(&only).json()["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_SUPPORTED");
}

#[test]
fn only_trusted_documents_are_answered_where_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("documents.json");
    std::fs::write(
        &file,
        json!({ "kind": "{__typename}", "one": "query One($n:Int!){trials(first:$n){totalCount}}" }).to_string(),
    )
    .unwrap();
    let server = Server::start(&["--documents", file.to_str().unwrap(), "--only-documents"]);
    assert_eq!(server.get("/graphql?documentId=kind", &[]).status, 200);
    assert_eq!(server.post(&json!({ "documentId": "one", "variables": { "n": 1 } }).to_string()).status, 200);
    assert_eq!(server.ask("{__typename}").status, 200);
    for refused in [json!({ "query": "{meta{release}}" }), json!({ "documentId": "two" })] {
        let reply = server.post(&refused.to_string());
        assert_eq!(
            (reply.status, reply.json()["errors"][0]["extensions"]["code"].as_str()),
            (403, Some("DOCUMENT_NOT_ALLOWED"))
        );
    }
}

#[test]
fn batches_are_answered_where_they_are_switched_on_within_one_price() {
    let server = Server::start(&["--batch", "3", "--cost", "2000"]);
    let one = |query: &str| json!({ "query": query });
    let reply = server
        .post(&json!([one("{__typename}"), one("{nope}"), one("{trials(first:1){totalCount}}")]).to_string())
        .json();
    assert_eq!(reply[0]["data"]["__typename"], "Query");
    assert!(
        reply[1]["errors"][0]["message"].as_str().is_some() && reply[2]["data"]["trials"]["totalCount"].is_u64(),
        "{reply}"
    );
    let most = json!([one("{__typename}"), one("{__typename}"), one("{__typename}"), one("{__typename}")]).to_string();
    assert_eq!(server.post(&most).limit(), "batch");
    let dear = one("{trials(first:300){nodes{id title status}}}");
    assert!(server.post(&json!([dear]).to_string()).json()[0]["errors"].is_null());
    assert_eq!(server.post(&json!([dear, dear, dear]).to_string()).limit(), "cost");
}

#[test]
fn http_2_is_spoken_without_and_with_tls() {
    let curl = |arguments: &[&str]| {
        let output = Command::new("curl")
            .args(["-sS", "-m", "10", "-w", "\n%{http_version} %{http_code}"])
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let server = Server::start(&[]);
    let plain = curl(&["--http2-prior-knowledge", &server.url("/health")]);
    assert!(plain.ends_with("\n2 200"), "{plain}");

    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    std::fs::write(&chain, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let server = Server::start(&["--tls-certificate", chain.to_str().unwrap(), "--tls-key", key.to_str().unwrap()]);
    let port = server.address.port();
    let url = format!("https://localhost:{port}/graphql?query=%7B__typename%7D");
    let resolve = format!("localhost:{port}:127.0.0.1");
    for (flag, version) in [("--http2", "2"), ("--http1.1", "1.1")] {
        let answer = curl(&[flag, "--cacert", chain.to_str().unwrap(), "--resolve", &resolve, &url]);
        assert!(answer.ends_with(&format!("\n{version} 200")) && answer.contains("\"Query\""), "{answer}");
    }
}

#[test]
fn the_log_names_requests_and_never_says_what_was_asked() {
    let server = Server::start(&["--log-level", "debug", "--log-format", "json"]);
    let reply = server.send(
        "POST",
        "/graphql",
        &[("content-type", "application/json"), ("x-request-id", "my-own-1")],
        br#"{"query":"query Q($i:String!){trial(id:$i){id}}","operationName":"Q","variables":{"i":"SECRET-VALUE"}}"#,
    );
    assert_eq!(reply.header("x-request-id"), Some("my-own-1"));
    assert_ne!(server.get("/health", &[("x-request-id", "bad id\\u{7}")]).header("x-request-id"), Some("bad id\\u{7}"));
    let log = server.log();
    let line = log.lines().find(|l| l.contains("my-own-1")).unwrap_or_else(|| panic!("{log}"));
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((line["status"].as_u64(), line["path"].as_str()), (Some(200), Some("/graphql")));
    assert_eq!(line["operation"], "Q");
    assert!(!log.contains("SECRET-VALUE"), "{log}");
}

#[test]
fn metrics_health_and_headers_are_told() {
    let server = Server::start(&["--cors-origins", "https://app.example"]);
    server.ask("{trials(first:10){nodes{id}}}");
    server.ask("{nope}");
    server.ask(&"[".repeat(100));
    let metrics = server.get("/metrics", &[]).text();
    for part in [
        "trialweave_requests_total{status=\"200\"}",
        "trialweave_request_seconds_bucket",
        "trialweave_refused_total{name=\"documentNesting\"} 1",
        "trialweave_fallbacks 0",
        "trialweave_plans_compiled",
        "trialweave_cache_misses_total",
        &format!("trialweave_release{{name=\"{}\"}} 1", server.release),
    ] {
        assert!(metrics.contains(part), "{part} is missing:\n{metrics}");
    }
    assert_eq!(server.get("/ready", &[]).json()["status"], "ready");
    let page = server.get("/", &[]);
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert_eq!(
        (page.header("x-content-type-options"), page.header("x-frame-options")),
        (Some("nosniff"), Some("DENY"))
    );
    let cors = |origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        server.send("OPTIONS", "/graphql", &headers, b"").header("access-control-allow-origin").map(str::to_owned)
    };
    assert_eq!(
        (cors("https://app.example").as_deref(), cors("https://evil.example")),
        (Some("https://app.example"), None)
    );
    let closed = Server::start(&["--metrics=false"]);
    assert_eq!(closed.get("/metrics", &[]).status, 404);
    assert!(
        closed.get("/health", &[("origin", "https://app.example")]).header("access-control-allow-origin").is_none()
    );
}

#[test]
fn a_stop_lets_requests_in_flight_end_and_takes_no_new_ones() {
    let mut server = Server::start(&["--body-timeout-ms", "8000", "--drain-ms", "6000"]);
    let body = br#"{"query":"{__typename}"}"#;
    let mut socket = server.connect();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(head.as_bytes()).unwrap();
    socket.write_all(&body[..5]).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    server.signal("TERM");
    std::thread::sleep(Duration::from_millis(500));
    assert!(std::net::TcpStream::connect(server.address).is_err(), "a new connection was taken");
    socket.write_all(&body[5..]).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"Query\""), "{answer}");
    assert!(server.ended(Duration::from_secs(5)));

    // One that does not end in time is cut.
    let mut server = Server::start(&["--body-timeout-ms", "60000", "--drain-ms", "500"]);
    let mut socket = server.connect();
    socket.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    let begun = Instant::now();
    server.signal("TERM");
    assert!(server.ended(Duration::from_secs(8)), "still there after {:?}", begun.elapsed());
}

#[test]
fn a_killed_server_starts_again_on_its_address_with_the_same_release() {
    let mut server = Server::start(&[]);
    let (address, release) = (server.address.to_string(), server.release.clone());
    server.signal("KILL");
    assert!(server.ended(Duration::from_secs(5)));
    let again = Server::start(&["--listen", &address]);
    assert_eq!((again.address.to_string(), again.release.clone()), (address, release));
    assert_eq!(again.ask("{__typename}").status, 200);
}

/// Only in a build with the feature: `cargo test --features otel --test it spans`.
#[cfg(feature = "otel")]
#[test]
fn spans_reach_a_collector_under_the_span_of_the_caller_and_before_the_end() {
    let collector = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/v1/traces", collector.local_addr().unwrap());
    let mut server = Server::start(&["--otlp-endpoint", &endpoint]);
    let (trace, parent) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
    server.send(
        "POST",
        "/graphql",
        &[("content-type", "application/json"), ("traceparent", &format!("00-{trace}-{parent}-01"))],
        br#"{"query":"query Named{__typename}","operationName":"Named"}"#,
    );
    // Batches go out every few seconds; the end does not wait for that, nor does it lose what waits.
    server.signal("TERM");
    let (mut socket, _) = collector.accept().unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    let (mut seen, mut some) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = socket.read(&mut some) {
        seen.extend_from_slice(&some[..read]);
    }
    socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
    let text = String::from_utf8_lossy(&seen);
    assert!(
        text.starts_with("POST /v1/traces") && text.contains("graphql.operation.name") && text.contains("Named"),
        "{text}"
    );
    let bytes = |hex: &str| -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    };
    for id in [trace, parent] {
        assert!(seen.windows(id.len() / 2).any(|w| w == bytes(id)), "{id} is not in the span");
    }
    assert!(server.ended(Duration::from_secs(4)), "the end waits for more than the collector");
}
