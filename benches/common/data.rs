//! What the benches share: generated data and requests.

use std::sync::Arc;

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
