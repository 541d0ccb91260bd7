//! What do the workloads cost over a release of any size?
//!
//! Takes a snapshot file and files of requests (one body `{"query", "variables"}` a line, as the server takes them), and
//! answers each request in one thread from its document to its bytes, without any answer kept. Prints for each file the
//! median and the worst of the thread's CPU time, the objects touched and the bytes of the answers.
//!
//! `cargo bench --bench registry -- FILE.snapshot REQUESTS.jsonl ...`

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints a table"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cpu_time::ThreadTime;
use serde_json::Value;
use trialweave::graphql::{Engine, Limits, Request};
use trialweave::snapshot::Snapshot;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Most requests of a file.
const MOST: usize = 200;
/// How often each request is answered; the median counts.
const ROUNDS: usize = 7;

fn request(line: &str) -> Request {
    let mut body: Value = serde_json::from_str(line).unwrap();
    let Value::Object(variables) = body["variables"].take() else { panic!("variables are an object: {line}") };
    Request { query: body["query"].as_str().unwrap().to_owned(), operation_name: None, variables }
}

fn median<T: Ord + Copy>(values: &mut [T]) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}

fn main() {
    // Cargo adds `--bench`.
    let mut paths = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(snapshot) = paths.next() else { return println!("registry: FILE.snapshot REQUESTS.jsonl ...") };
    let snapshot = Arc::new(Snapshot::open(Path::new(&snapshot)).unwrap());
    snapshot.warm();
    let engine = Engine::new(Limits::default());
    println!("{:<28} {:>9} {:>9} {:>9} {:>9}", "requests", "median µs", "worst µs", "touched", "bytes");
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let (mut times, mut steps, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
        for line in text.lines().take(MOST) {
            let request = request(line);
            let mut rounds: Vec<Duration> = Vec::new();
            for _ in 0..ROUNDS {
                let start = ThreadTime::now();
                let answer = engine.answer(&snapshot, &request);
                rounds.push(start.elapsed());
                if rounds.len() == ROUNDS {
                    assert!(!answer.has_errors, "{path}: {line}: {}", String::from_utf8_lossy(&answer.body));
                    steps.push(answer.steps);
                    bytes.push(answer.body.len());
                }
            }
            times.push(median(&mut rounds));
        }
        let worst = times.iter().max().unwrap().as_secs_f64() * 1e6;
        let (middle, touched, length) = (median(&mut times), median(&mut steps), median(&mut bytes));
        let name = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        println!("{name:<28} {:>9.1} {worst:>9.1} {touched:>9} {length:>9}", middle.as_secs_f64() * 1e6);
    }
}
