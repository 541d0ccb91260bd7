//! What does a subscriber get, and until when?
//!
//! One answer for every release that goes live, until the server stops. Must not know: which protocol carries it.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{Stream, unfold};

use super::front::Front;
use super::metrics::Metrics;
use super::signal::stopped;
use crate::graphql::Request;

/// A stream that is counted as open until it is dropped.
#[derive(Debug)]
pub(super) struct Counted(pub(super) Arc<Metrics>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.streams.dec();
    }
}

/// The answers to a subscription, one per release; ends when the server stops.
///
/// A subscriber that is slower than releases come misses those in between, never the last.
pub(super) fn events(front: &Arc<Front>, request: Arc<Request>) -> impl Stream<Item = Bytes> + Send + 'static {
    let state = (Arc::clone(front), request, front.releases.subscribe(), front.stopping.subscribe());
    unfold(state, |(front, request, mut releases, mut stopping)| async move {
        if *stopping.borrow() {
            return None;
        }
        let body = tokio::select! {
            () = stopped(&mut stopping) => return None,
            changed = releases.changed() => {
                changed.ok()?;
                let snapshot = Arc::clone(&releases.borrow_and_update());
                match front.answer_over(snapshot, Arc::clone(&request), false, false).await {
                    Ok(reply) => reply.entry.body.clone(),
                    Err(failure) => serde_json::json!({ "errors": [failure.error()] }).to_string().into(),
                }
            }
        };
        Some((body, (front, request, releases, stopping)))
    })
}
