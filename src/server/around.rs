//! What happens around every request?
//!
//! A name for it, security headers, one line of log, its metrics, and a panic turned into one 500. Must not know: what
//! was asked; a query's text and values are never logged.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::{HeaderName, HeaderValue, Response};
use axum::middleware::Next;
use futures_util::FutureExt;

use super::accept::Media;
use super::clients::Held;
use super::clock::Clock;
use super::front::{Failure, Front};
use super::graphql::failed;

/// The client's address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Who asks, over which connection.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) peer: Peer,
    /// That of a connection with one request at a time.
    pub(super) clock: Option<Clock>,
    /// What becomes of the connection is the client's as long as this is held.
    pub(super) held: Arc<Held>,
}

/// The name of the operation that was asked for, as an answer carries it to the log.
#[derive(Debug, Clone)]
pub(super) struct Operation(pub(super) String);

impl Operation {
    /// Of what a client wrote: names of GraphQL only, so that nothing else reaches the log.
    pub(super) fn of(name: &str) -> Option<Self> {
        let fits = |b: u8| b == b'_' || b.is_ascii_alphanumeric();
        ((1..=64).contains(&name.len()) && name.bytes().all(fits)).then(|| Self(name.to_owned()))
    }
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// As a layer around routes.
pub(super) async fn around(State(front): State<Arc<Front>>, request: Request, next: Next) -> Response<Body> {
    let peer = request.extensions().get::<Caller>().map(|caller| caller.peer);
    framed(&front, peer, request, |request| next.run(request)).await
}

/// Around whatever answers.
pub(super) async fn framed<A: Future<Output = Response<Body>>>(
    front: &Front,
    peer: Option<Peer>,
    request: Request,
    answer: impl FnOnce(Request) -> A,
) -> Response<Body> {
    let begun = Instant::now();
    let id = request_id(&request);
    // Copies for the log are made only where it is written.
    let told =
        tracing::enabled!(tracing::Level::DEBUG).then(|| (request.method().clone(), request.uri().path().to_owned()));
    #[cfg(feature = "otel")]
    let span = super::trace::span(request.method(), request.uri().path(), request.headers());
    let answered = AssertUnwindSafe(answer(request)).catch_unwind();
    #[cfg(feature = "otel")]
    let answered = tracing::Instrument::instrument(answered, span.clone());
    let mut response = match answered.await {
        Ok(response) => response,
        Err(_) => failed(Media::Json, &Failure::Panicked),
    };
    let operation = response.extensions().get::<Operation>().map_or("", |o| o.0.as_str());
    #[cfg(feature = "otel")]
    span.record("http.response.status_code", response.status().as_u16()).record("graphql.operation.name", operation);
    let took = begun.elapsed();
    let status = response.status().as_u16();
    front.metrics.request(status, took);
    if response.status().is_server_error() {
        tracing::warn!(
            request = id.to_str().unwrap_or_default(),
            status,
            took_us = took.as_micros() as u64,
            "request failed"
        );
    } else if let Some((method, path)) = told {
        let peer = peer.map(|p| p.0.to_string()).unwrap_or_default();
        let request = id.to_str().unwrap_or_default();
        tracing::debug!(request, %method, path, peer, operation, status, took_us = took.as_micros() as u64, "request");
    }
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // What a browser shows; answers of the API are not shown.
    if headers.get(CONTENT_TYPE).is_none_or(|v| !v.as_bytes().starts_with(b"application/")) {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    response
}

/// The client's own name for the request, where it is one; a new one else.
fn request_id(request: &Request) -> HeaderValue {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let fits = |v: &&HeaderValue| {
        let bytes = v.as_bytes();
        (1..=64).contains(&bytes.len()) && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
    };
    match request.headers().get(&REQUEST_ID).filter(fits) {
        Some(given) => given.clone(),
        None => HeaderValue::from(NEXT.fetch_add(1, Ordering::Relaxed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::{Load, Metrics, Releases, Settings};
    use crate::snapshot::Snapshot;

    #[tokio::test]
    async fn a_panic_is_one_500_and_the_next_request_is_answered() {
        let load: Load = Arc::new(|| Snapshot::bundled().map_err(|p| p.to_string()));
        let metrics = Arc::new(Metrics::default());
        let releases = Releases::new(load().unwrap(), load, Arc::clone(&metrics));
        let front = Front::new(Settings::default(), releases, metrics).unwrap();
        let panics = framed(&front, None, Request::default(), |_| async { std::panic::resume_unwind(Box::new(())) });
        let failed = panics.await;
        assert_eq!(failed.status(), 500);
        assert!(failed.headers().contains_key(REQUEST_ID));
        let body = axum::body::to_bytes(failed.into_body(), 10_000).await.unwrap();
        let error: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(error["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
        let fine = framed(&front, None, Request::default(), |_| async { Response::new(Body::empty()) }).await;
        assert_eq!(fine.status(), 200);
        let counted = front.metrics_text();
        for status in [200, 500] {
            assert!(counted.contains(&format!("requests_total{{status=\"{status}\"}} 1")), "{counted}");
        }
    }
}
