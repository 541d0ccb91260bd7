//! What the benches share: generated data, requests, a clock.

#![allow(clippy::mod_module_files, reason = "a bench of its own would be made of `common.rs`")]

use std::sync::Arc;

use cpu_time::ThreadTime;
use trialweave::generate::{self, Size};
use trialweave::graphql::Request;
use trialweave::snapshot::Snapshot;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A release of generated data of this size.
pub(crate) fn generated(size: &str) -> Arc<Snapshot> {
    let folder = std::env::temp_dir().join(format!("trialweave-bench-{}-{size}", std::process::id()));
    generate::write(&folder, Size::named(size).unwrap(), 1).unwrap();
    let snapshot = Arc::new(Snapshot::load(&folder).unwrap());
    std::fs::remove_dir_all(&folder).unwrap();
    snapshot
}

/// A request.
pub(crate) fn request(query: &str, variables: serde_json::Value) -> Request {
    let serde_json::Value::Object(variables) = variables else { unreachable!() };
    Request { query: query.into(), operation_name: None, variables }
}

/// How often to call what in a round.
type Call<'a> = (u32, Box<dyn FnMut() + 'a>);

/// Median CPU time of one call, in microseconds, over interleaved rounds of each.
pub(crate) fn measure(rounds: usize, calls: &mut [Call<'_>]) -> Vec<f64> {
    let mut times = vec![Vec::new(); calls.len()];
    for round in 0..=rounds {
        for (at, (repeat, call)) in calls.iter_mut().enumerate() {
            let begin = ThreadTime::now();
            for _ in 0..*repeat {
                call();
            }
            if round > 0 {
                times[at].push(begin.elapsed().as_secs_f64() * 1e6 / f64::from(*repeat));
            }
        }
    }
    times.iter_mut().for_each(|t| t.sort_by(f64::total_cmp));
    times.iter().map(|t| t[t.len() / 2]).collect()
}
