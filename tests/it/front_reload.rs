//! Releases that change while the server serves: by signal, by file, by the operator; good ones and broken ones.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::front_support::{Reply, Server};
use crate::support::{MemoryFiles, repository};

/// A folder of data that tests may change.
pub struct Data {
    folder: tempfile::TempDir,
}

const ROWS: &str = "sources/registry/rows.csv";

impl Data {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in MemoryFiles::tiny().0 {
            let file = folder.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    fn rows(&self) -> PathBuf {
        self.path().join(ROWS)
    }

    fn write(&self, path: &Path, text: &str) {
        // Whole or not at all, as a careful operator writes.
        let beside = self.path().join("rows.next");
        std::fs::write(&beside, text).unwrap();
        std::fs::rename(beside, path).unwrap();
    }

    /// Another printed text in a cell: another release.
    pub fn show(&self, text: &str) {
        let tiny = std::fs::read_to_string(repository("tests/datasets/tiny").join(ROWS)).unwrap();
        self.write(&self.rows(), &tiny.replace(CELL, text));
    }

    /// Data with a problem.
    pub fn break_it(&self) {
        let tiny = std::fs::read_to_string(repository("tests/datasets/tiny").join(ROWS)).unwrap();
        self.write(&self.rows(), &format!("{tiny}\nnonsense,\"line"));
    }
}

/// A cell of the tiny dataset that is free text.
const CELL: &str = "A Study of Things";

fn metric(server: &Server, part: &str) -> f64 {
    let text = server.get("/metrics", &[]).text();
    text.lines().find(|l| l.contains(part)).map_or(0.0, |l| l.rsplit(' ').next().unwrap().parse().unwrap())
}

fn release(server: &Server) -> String {
    server.ask("{meta{release}}").json()["data"]["meta"]["release"].as_str().unwrap().to_owned()
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{what} did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn names_and_words_are_indexed_before_anyone_searches() {
    let data = Data::new();
    let server = Server::over(data.path(), &["--warm=true"]);
    let indexed = || server.log().matches("names and words are indexed").count();
    until("the first index", || indexed() == 1);
    data.show("Another text");
    server.signal("HUP");
    until("the new release", || release(&server) != server.release);
    // The next release was indexed before it went live; the same data again is not indexed again.
    assert_eq!(indexed(), 2, "{}", server.log());
    server.signal("HUP");
    until("the reload", || metric(&server, "reloads_total{name=\"same\"}") > 0.0);
    assert_eq!(indexed(), 2);
}

#[test]
fn a_signal_loads_the_data_again_and_broken_data_changes_nothing() {
    let data = Data::new();
    let server = Server::over(data.path(), &[]);
    let first = release(&server);
    assert_eq!(first, server.release);
    data.break_it();
    server.signal("HUP");
    until("the refusal", || metric(&server, "reloads_total{name=\"broken\"}") > 0.0);
    assert_eq!(release(&server), first);
    assert!(server.log().contains("the old release serves on") && server.log().contains(ROWS), "{}", server.log());
    data.show("Another text");
    server.signal("HUP");
    until("the new release", || release(&server) != first);
}

#[test]
fn a_cursor_of_a_gone_release_is_told_apart() {
    let data = Data::new();
    let server = Server::over(data.path(), &[]);
    let page = server.ask("{trials(first:1){pageInfo{endCursor}}}").json();
    let cursor = page["data"]["trials"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
    let next = format!("{{trials(first:1,after:\"{cursor}\"){{nodes{{id}}}}}}");
    assert!(server.ask(&next).json().get("errors").is_none());
    data.show("Another text");
    server.signal("HUP");
    until("the new release", || release(&server) != server.release);
    let error = server.ask(&next).json()["errors"][0]["extensions"].clone();
    assert_eq!(error["code"], "SNAPSHOT_GONE");
    assert!(error["hint"].as_str().unwrap().contains("start again"));
}

#[test]
fn changed_files_are_loaded_once_they_are_quiet() {
    let data = Data::new();
    let server = Server::over(data.path(), &["--watch", "--watch-ms", "200"]);
    let first = release(&server);
    for n in 0..5 {
        data.show(&format!("Text {n}"));
        std::thread::sleep(Duration::from_millis(20));
    }
    until("the new release", || release(&server) != first);
    std::thread::sleep(Duration::from_millis(500));
    let loads = metric(&server, "reloads_total{name=\"live\"}") + metric(&server, "reloads_total{name=\"same\"}");
    assert!(loads <= 2.0, "{loads} loads for one burst of changes");
}

#[test]
fn the_operator_reloads_with_a_token_on_an_address_of_its_own() {
    let data = Data::new();
    let token = "a-token-of-some-length";
    let file = data.path().join("token");
    std::fs::write(&file, format!("{token}\n")).unwrap();
    let flags = ["--admin-listen", "127.0.0.1:0", "--admin-token-file", file.to_str().unwrap()];
    let server = Server::over(data.path(), &flags);
    let log = server.log();
    let address = log.split("address=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let reload = |authorization: &str| {
        let response = ureq::post(format!("http://{address}/admin/reload"))
            .config()
            .http_status_as_error(false)
            .build()
            .header("authorization", authorization)
            .send_empty()
            .unwrap();
        let status = response.status().as_u16();
        (status, response.into_body().read_to_string().unwrap())
    };
    for wrong in ["", "Bearer", "Bearer wrong", &format!("Basic {token}"), &format!("Bearer {token}x")] {
        assert_eq!(reload(wrong).0, 401, "{wrong}");
    }
    let bearer = format!("Bearer {token}");
    assert!(reload(&bearer).1.contains("same"));
    data.break_it();
    let (status, problems) = reload(&bearer);
    assert!(status == 422 && problems.contains(ROWS), "{problems}");
    data.show("Another text");
    let (status, answer) = reload(&bearer);
    let live: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((status, live["release"].as_str().unwrap()), (200, release(&server).as_str()));
    // The public address has none of it.
    assert_eq!(server.send("POST", "/admin/reload", &[("authorization", &bearer)], b"").status, 404);
}

/// Constant load, fifty reloads, good and broken ones mixed: nothing fails, and no answer mixes two releases.
#[test]
fn fifty_reloads_under_load_fail_no_request_and_mix_no_answer() {
    let data = Data::new();
    let server = Server::over(data.path(), &["--cache-bytes", "1000000"]);
    let (stop, asked, releases) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    // The printed text and the release stand in one answer: they must belong together, whoever asks and whenever.
    let query = "{a:meta{release}rows:trials(first:50){nodes{title rows{number:row}}}b:meta{release}}";
    let seen = std::sync::Mutex::new(std::collections::BTreeMap::<String, String>::new());
    let check = |reply: &Reply| {
        assert_eq!(reply.status, 200, "{reply:?}");
        let json = reply.json();
        assert!(json.get("errors").is_none(), "{reply:?}");
        let release = json["data"]["a"]["release"].as_str().unwrap().to_owned();
        assert_eq!(json["data"]["b"]["release"], release.as_str());
        let rows = json["data"]["rows"].to_string();
        let known = seen.lock().unwrap().entry(release).or_insert_with(|| rows.clone()).clone();
        assert_eq!(known, rows, "one release, two contents");
        asked.fetch_add(1, Ordering::Relaxed);
    };
    std::thread::scope(|scope| {
        for client in 0..4 {
            let (server, stop, check) = (&server, &stop, &check);
            scope.spawn(move || {
                let mut n = client;
                while !stop.load(Ordering::Relaxed) {
                    n += 4;
                    // Now and then a question that no cache holds.
                    let own = if n % 8 == 0 { format!("{query}#{n}") } else { query.to_owned() };
                    check(&server.ask(&own));
                }
            });
        }
        for n in 0..50 {
            let before =
                metric(&server, "reloads_total{name=\"broken\"}") + metric(&server, "reloads_total{name=\"live\"}");
            if n % 3 == 2 {
                data.break_it()
            } else {
                data.show(&format!("Text number {n}"))
            }
            server.signal("HUP");
            until("the reload", || {
                metric(&server, "reloads_total{name=\"broken\"}") + metric(&server, "reloads_total{name=\"live\"}")
                    > before
            });
            releases.fetch_add(1, Ordering::Relaxed);
        }
        stop.store(true, Ordering::Relaxed);
    });
    let (asked, distinct) = (asked.into_inner(), seen.into_inner().unwrap().len());
    assert!(asked > 100 && distinct > 20, "{asked} requests over {distinct} releases");
}
