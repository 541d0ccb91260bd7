//! How many requests per second does the front answer, beside a plain axum route that sends the same bytes?
//!
//! One process, one runtime, three servers: static, cached, uncached. Rounds go round the three in turn, so that a noisy
//! neighbour meets all alike; the median of each is compared. Needs `wrk`; loopback only.
//!
//! Below each line stands the processor time that the server alone spent on a request, which noise touches less. At its
//! end, timed in this process without a network, stand the checks that a request passes before it runs (JSON depth,
//! pre-scan, price), in nanoseconds and as a share of all processor time at the uncached rate. The pre-scan is counted
//! for each request, though a document that is known is not scanned again; the price with the look-up of its plan. What
//! a run checks for each object (steps, bytes, deadline) is part of writing it and not told apart.
//!
//! `cargo bench --bench front` (`FRONT_ROUNDS`, `FRONT_SECONDS`, `FRONT_CONNECTIONS` change how long and how wide;
//! `FRONT_CASE=0 FRONT_SERVER=1` asks one question of one server, for a profiler; `FRONT_SET="heavy-cost=100"` changes
//! settings of the uncached server).
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::panic,
    reason = "a bench prints and fails loudly"
)]

use std::future::pending;
use std::hint::black_box;
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use cpu_time::ProcessTime;
use tokio::net::TcpListener;
use trialweave::graphql::{Engine, Request};
use trialweave::server::{Front, Load, Metrics, Releases, Settings, check_depth, serve};
use trialweave::snapshot::Snapshot;

/// The allocator of the program, for all three servers.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CASES: [(&str, &str); 3] = [
    ("one entity", "{trial(id:\"NCT03056339\"){id title status phases}}"),
    (
        "page of 50",
        "{trials(first:50){nodes{id title status phases targets{target{id label}} drugs{drug{id label}} references(first:3){nodes{id title}}}}}",
    ),
    (
        "1,000 rows",
        "{a:trials(first:1000){nodes{...t}} b:trials(first:1000){nodes{...t}} c:trials(first:1000){nodes{...t}} d:trials(first:1000){nodes{...t}} e:trials(first:1000){nodes{...t}} f:trials(first:1000){nodes{...t}} g:trials(first:1000){nodes{...t}} h:trials(first:1000){nodes{...t}} i:trials(first:1000){nodes{...t}} j:trials(first:1000){nodes{...t}}} fragment t on Trial{id title status phases startDate enrollment}",
    ),
];

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

async fn front(cache: bool) -> SocketAddr {
    let mut settings = Settings::default();
    if !cache {
        settings.cache_bytes = 0;
        for (key, value) in
            std::env::var("FRONT_SET").iter().flat_map(|all| all.split(' ')).filter_map(|s| s.split_once('='))
        {
            settings.set(key, value).expect("FRONT_SET names settings");
        }
    }
    let load: Load = Arc::new(|| Snapshot::bundled().map_err(|p| p.to_string()));
    let metrics = Arc::new(Metrics::default());
    let releases = Releases::new(load().expect("the bundled data is good"), load, Arc::clone(&metrics));
    let front = Arc::new(Front::new(settings, releases, metrics).expect("the settings are good"));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("a listener has an address");
    tokio::spawn(async move { serve(listener, front, pending()).await });
    address
}

async fn fixed(bodies: Vec<String>) -> SocketAddr {
    let mut router = Router::new();
    for (at, body) in bodies.into_iter().enumerate() {
        let body = axum::body::Bytes::from(body);
        router = router.route(
            &format!("/{at}"),
            post(
                move |_: axum::body::Bytes| async move { ([(CONTENT_TYPE, "application/json; charset=utf-8")], body) },
            ),
        );
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("a listener has an address");
    let listener = axum::serve::ListenerExt::tap_io(listener, |socket| drop(socket.set_nodelay(true)));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Requests per second of one round of wrk.
fn round(url: &str, body: &str) -> f64 {
    let script = std::env::temp_dir().join(format!("front-{}.lua", std::process::id()));
    let text = format!(
        "wrk.method='POST' wrk.headers['content-type']='application/json' wrk.body={}",
        serde_json::to_string(body).expect("a text is JSON")
    );
    std::fs::File::create(&script).and_then(|mut f| f.write_all(text.as_bytes())).expect("a file can be written");
    let seconds = format!("{}s", number("FRONT_SECONDS", 2));
    let connections = number("FRONT_CONNECTIONS", 8).to_string();
    let output = Command::new("wrk")
        .args(["-t1", "-c", &connections, "-d", &seconds, "-s"])
        .arg(&script)
        .arg(url)
        .output()
        .expect("wrk is installed (apt-get install wrk)");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("Non-2xx"), "{text}");
    let line = text.lines().find(|l| l.starts_with("Requests/sec:")).unwrap_or_else(|| panic!("{text}"));
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).expect("wrk prints a number")
}

/// Nanoseconds that the checks before a run take for one request: the least of many rounds.
fn checks(query: &str, body: &str) -> f64 {
    const TIMES: u32 = 1000;
    let (engine, request) = (Engine::default(), Request { query: query.to_owned(), ..Request::default() });
    let depth = Settings::default().json_depth;
    let round = || {
        let begun = Instant::now();
        for _ in 0..TIMES {
            let within =
                check_depth(black_box(body.as_bytes()), depth).and_then(|()| engine.pre_scan(black_box(query)));
            assert!(within.is_ok());
            black_box(engine.prepare(black_box(&request)).expect("it is answered"));
        }
        begun.elapsed().as_nanos() as f64 / f64::from(TIMES)
    };
    (0..50).map(|_| round()).fold(f64::INFINITY, f64::min)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let (cached, uncached) = runtime.block_on(async { (front(true).await, front(false).await) });
    let bodies: Vec<String> =
        CASES.iter().map(|(_, query)| serde_json::json!({ "query": query }).to_string()).collect();
    let answers: Vec<String> = bodies
        .iter()
        .map(|body| {
            let url = format!("http://{uncached}/graphql");
            let mut response = ureq::post(url).content_type("application/json").send(body).expect("it is answered");
            let answer = response.body_mut().read_to_string().expect("the answer is text");
            assert!(!answer.contains("\"errors\""), "{answer}");
            answer
        })
        .collect();
    let sizes: Vec<usize> = answers.iter().map(String::len).collect();
    let fixed = runtime.block_on(fixed(answers));
    println!(
        "{:<12} {:>9} {:>10} {:>10} {:>10} {:>8} {:>8} {:>10} {:>7}",
        "case", "bytes", "static/s", "cached/s", "uncached/s", "cached", "uncached", "checks ns", "share"
    );
    let cores = std::thread::available_parallelism().map_or(1.0, |n| n.get() as f64);
    let only = |name: &str, at: usize| std::env::var(name).map_or(true, |only| only == at.to_string());
    for (at, (name, query)) in CASES.iter().enumerate().filter(|(at, _)| only("FRONT_CASE", *at)) {
        let checks = checks(query, &bodies[at]);
        let urls =
            [format!("http://{fixed}/{at}"), format!("http://{cached}/graphql"), format!("http://{uncached}/graphql")];
        let (mut rates, mut costs) = ([const { Vec::new() }; 3], [const { Vec::new() }; 3]);
        for _ in 0..number("FRONT_ROUNDS", 5) {
            for (n, url) in urls.iter().enumerate().filter(|(n, _)| only("FRONT_SERVER", *n)) {
                let begun = ProcessTime::now();
                let rate = round(url, &bodies[at]);
                // wrk is another process: what is counted is the server's.
                let took = begun.elapsed().as_secs_f64() / number("FRONT_SECONDS", 2) as f64;
                rates[n].push(rate);
                costs[n].push(1e6 * took / rate);
            }
        }
        let [fixed, cached, uncached] = rates.map(median);
        println!(
            "{name:<12} {:>9} {fixed:>10.0} {cached:>10.0} {uncached:>10.0} {:>8.2} {:>8.2} {checks:>10.0} {:>6.1}%",
            sizes[at],
            cached / fixed,
            uncached / fixed,
            100.0 * checks * 1e-9 * uncached / cores
        );
        let [fixed, cached, uncached] = costs.map(median);
        println!("{:<22} {fixed:>7.1} us {cached:>7.1} us {uncached:>7.1} us of the server's CPU each", "");
    }
}
