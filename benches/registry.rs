//! What do the workloads cost over a release of any size?
//!
//! Takes a snapshot file and files of requests (one body `{"query", "variables"}` a line, as the server takes them), and
//! answers each request from its document to its bytes, without any answer kept, in rounds over all of a file: what a request
//! reads was not just read for it. Prints for each file the median and the worst of the time, of each request the median of
//! its rounds, the processor time of the thread that asks (a search of many texts is shared out to others), the objects
//! touched and the bytes of the answers.
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
use std::time::{Duration, Instant};

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
    println!("{:<28} {:>9} {:>9} {:>9} {:>9} {:>9}", "requests", "median µs", "worst µs", "CPU µs", "touched", "bytes");
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let requests: Vec<Request> = text.lines().take(MOST).map(request).collect();
        let mut rounds = vec![(Vec::new(), Vec::new()); requests.len()];
        let (mut steps, mut bytes) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            for (request, (times, busy)) in requests.iter().zip(&mut rounds) {
                let (start, thread) = (Instant::now(), ThreadTime::now());
                let answer = engine.answer(&snapshot, request);
                times.push(start.elapsed());
                busy.push(thread.elapsed());
                if round == 0 {
                    let said = String::from_utf8_lossy(&answer.body);
                    assert!(!answer.has_errors, "{path}: {:?}: {said}", request.variables);
                    steps.push(answer.steps);
                    bytes.push(answer.body.len());
                }
            }
        }
        let (mut times, mut busy): (Vec<Duration>, Vec<Duration>) =
            rounds.iter_mut().map(|(times, busy)| (median(times), median(busy))).unzip();
        let micros = |time: Duration| time.as_secs_f64() * 1e6;
        let worst = micros(times.iter().copied().max().unwrap());
        let (middle, busy) = (micros(median(&mut times)), micros(median(&mut busy)));
        let (touched, length) = (median(&mut steps), median(&mut bytes));
        let name = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        println!("{name:<28} {middle:>9.1} {worst:>9.1} {busy:>9.1} {touched:>9} {length:>9}");
    }
}
