//! Other people's clients and audits against the real server: the audits of graphql-http, the clients graphql-ws and
//! graphql-sse, Python's gql. Their packages are installed from pinned lists when first needed.

use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use crate::front_reload::Data;
use crate::front_support::Server;
use crate::support::repository;

fn done(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}\n{text}\n{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// The folder of the node clients, with their packages.
static NODE: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = repository("tests/clients");
    let (lock, seen) = (folder.join("package-lock.json"), folder.join("node_modules/.seen-lock"));
    if std::fs::read(&lock).unwrap() != std::fs::read(&seen).unwrap_or_default() {
        done(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder));
        std::fs::copy(&lock, &seen).unwrap();
    }
    folder
});

/// A Python with the packages of `tests/clients/requirements.txt`; `None`, with a line that says so, where this machine
/// has no Python that can make a virtual environment. In CI it has to have one.
pub static PYTHON: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let venv = repository("target/clients-venv");
    let requirements = repository("tests/clients/requirements.txt");
    let (seen, python) = (venv.join("requirements.txt"), venv.join("bin/python"));
    if std::fs::read(&requirements).unwrap() == std::fs::read(&seen).unwrap_or_default() {
        return Some(python);
    }
    let made = Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv).output();
    if !made.as_ref().is_ok_and(|made| made.status.success()) {
        assert!(std::env::var_os("CI").is_none(), "python3 -m venv is needed: {made:?}");
        println!("left out: python3 -m venv does not run here: {made:?}");
        return None;
    }
    done(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(&requirements));
    std::fs::copy(&requirements, &seen).unwrap();
    Some(python)
});

#[test]
fn every_audit_of_graphql_over_http_is_passed() {
    let server = Server::start(&[]);
    let said = done(Command::new("node").arg(NODE.join("audit.mjs")).arg(server.url("/graphql")));
    assert!(said.contains("61 audits, 0 failed"), "{said}");
}

#[test]
fn clients_of_both_stream_protocols_are_served() {
    let data = Data::new();
    data.show("A title");
    let mut server = Server::over(data.path(), &["--ws-init-ms", "4000", "--drain-ms", "3000"]);
    let pid = server.child.id();
    let file = data.path().join("sources/registry/rows.csv");
    let nudge = format!("sed -i 's/A title/A title more/' '{}' && kill -HUP {pid}", file.display());
    let mut client = Command::new("node");
    client.arg(NODE.join("streams.mjs")).arg(server.url("/graphql")).arg(nudge).arg(format!("kill -TERM {pid}"));
    let said = done(&mut client);
    assert!(said.contains("all good"), "{said}");
    assert!(server.ended(std::time::Duration::from_secs(10)), "the server did not stop");
}

#[test]
fn pythons_gql_is_served() {
    let Some(python) = PYTHON.as_ref() else { return };
    let server = Server::start(&[]);
    let script = repository("tests/clients/client.py");
    let said = done(Command::new(python).arg(script).arg(server.url("/graphql")));
    assert!(said.contains("all good"), "{said}");
}

#[test]
fn the_contract_composes_into_a_supergraph_and_its_entities_are_found() {
    let printed = done(Command::new(env!("CARGO_BIN_EXE_trialweave")).args(["schema", "--federation"]));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("subgraph.graphql");
    std::fs::write(&file, &printed).unwrap();
    let said = done(Command::new("node").arg(NODE.join("compose.mjs")).arg(&file));
    assert!(said.contains("all good"), "{said}");

    let server = Server::start(&[]);
    assert_eq!(
        server.ask("{_service{sdl}}").json()["data"]["_service"]["sdl"].as_str().unwrap().trim(),
        printed.trim()
    );
    let ids = server.ask("{trials(first:1){nodes{id}} targets(first:1){nodes{id}}}").json()["data"].clone();
    let (trial, target) = (&ids["trials"]["nodes"][0]["id"], &ids["targets"]["nodes"][0]["id"]);
    let query =
        "query($r:[_Any!]!){_entities(representations:$r){__typename ...on Trial{id status} ...on Target{id label}}}";
    let representations = serde_json::json!([
        { "__typename": "Target", "id": target },
        { "__typename": "Trial", "id": "trial:none" },
        { "__typename": "Trial", "id": target },
        { "__typename": "Trial", "id": trial },
    ]);
    let body = serde_json::json!({ "query": query, "variables": { "r": representations } }).to_string();
    let found = server.post(&body).json();
    let entities = &found["data"]["_entities"];
    assert_eq!((&entities[0]["id"], &entities[3]["id"]), (target, trial), "{found}");
    assert!(entities[1].is_null() && entities[2].is_null() && entities[3]["status"].is_string(), "{found}");
    let literal = format!("{{_entities(representations:[{{__typename:\"Trial\",id:{trial}}}]){{...on Trial{{id}}}}}}");
    assert_eq!(&server.ask(&literal).json()["data"]["_entities"][0]["id"], trial);
    let bad = serde_json::json!({ "query": query, "variables": { "r": [{ "id": trial }] } }).to_string();
    assert_eq!(server.post(&bad).json()["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

/// Relay's compiler takes the contract and writes the documents of a page; the server trusts these and answers no other.
#[test]
fn relays_compiler_takes_the_contract_and_its_documents_are_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let project = |path: &str| folder.path().join(path);
    std::fs::create_dir(project("src")).unwrap();
    for file in ["relay.config.json", "documents.json", "src/Trials.ts"] {
        std::fs::copy(repository("tests/clients/relay").join(file), project(file)).unwrap();
    }
    std::fs::write(project("schema.graphql"), done(Command::new(env!("CARGO_BIN_EXE_trialweave")).arg("schema")))
        .unwrap();
    let compiler = NODE.join("node_modules/relay-compiler/cli.js");
    done(Command::new("node").arg(compiler).args(["--noWatchman", "relay.config.json"]).current_dir(folder.path()));
    let written = std::fs::read_to_string(project("documents.json")).unwrap();
    let documents: std::collections::BTreeMap<String, String> = serde_json::from_str(&written).unwrap();
    let id = |name: &str| {
        let named = |text: &str| text.split([' ', '(']).nth(1) == Some(name);
        documents.iter().find(|(_, text)| named(text)).unwrap_or_else(|| panic!("no {name} in {written}")).0.as_str()
    };

    let server = Server::start(&["--documents", project("documents.json").to_str().unwrap(), "--only-documents"]);
    let ask = |name: &str, variables: serde_json::Value| {
        let body = serde_json::json!({ "documentId": id(name), "variables": variables }).to_string();
        let answer = server.post(&body).json();
        assert!(answer["errors"].is_null(), "{name}: {answer}");
        answer["data"].clone()
    };
    let first = ask("TrialsListQuery", serde_json::json!({ "count": 2, "filter": null }))["trials"].clone();
    let cursor = &first["pageInfo"]["endCursor"];
    let next = ask("TrialsPageQuery", serde_json::json!({ "count": 2, "cursor": cursor }))["trials"].clone();
    let at = |page: &serde_json::Value, n: usize| page["edges"][n]["node"]["id"].as_str().unwrap().to_owned();
    assert!(at(&first, 0) < at(&first, 1) && at(&first, 1) < at(&next, 0), "{first} {next}");
    for (name, kind) in [("TrialsRowQuery", "Trial"), ("TrialsNodeQuery", "Trial")] {
        let node = ask(name, serde_json::json!({ "id": at(&first, 0) }))["node"].clone();
        assert_eq!((&node["__typename"], &node["id"]), (&kind.into(), &at(&first, 0).into()));
        assert!(node["title"].is_string() && node["targets"].is_array(), "{node}");
    }
    assert_eq!(server.ask("{__typename}").status, 403);
    // A stream of events that begins is a document that is trusted.
    let live = serde_json::json!({ "documentId": id("TrialsLiveSubscription") }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\naccept: text/event-stream\r\n\
         content-length: {}\r\n\r\n{live}",
        live.len()
    );
    let mut socket = server.connect();
    std::io::Write::write_all(&mut socket, head.as_bytes()).unwrap();
    let mut begin = [0; 64];
    let read = std::io::Read::read(&mut socket, &mut begin).unwrap();
    assert!(begin[..read].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&begin));
}
