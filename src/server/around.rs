//! What happens around every request?
//!
//! A name for it, security headers, one line of log, its metrics, and a panic turned into one 500. Must not know: what
//! was asked; a query's text and values are never logged.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use axum::middleware::Next;
use futures_util::FutureExt;

use super::accept::Media;
use super::clients::Held;
use super::clock::Clock;
use super::front::{Failure, Front};
use super::response::{Whole, failed};
use super::tally;

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

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// As a layer around routes.
pub(super) async fn around(State(front): State<Arc<Front>>, request: Request, next: Next) -> Response<Body> {
    let peer = request.extensions().get::<Caller>().map(|caller| caller.peer);
    Frame::of(&front, peer, &request).around(next.run(request)).await
}

/// The name of a request: the client's own, or a number.
#[derive(Debug)]
pub(super) enum Id {
    Given(HeaderValue),
    Number(u64),
}

impl Id {
    /// The client's own name for the request, where it is one; a new one else.
    fn new(given: Option<&[u8]>) -> Self {
        let fits = |bytes: &&[u8]| {
            (1..=64).contains(&bytes.len()) && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
        };
        given
            .filter(fits)
            .and_then(|given| HeaderValue::from_bytes(given).ok())
            .map_or_else(|| Self::Number(tally::number()), Self::Given)
    }

    /// As it is written.
    pub(super) fn text<T>(&self, with: impl FnOnce(&str) -> T) -> T {
        match self {
            Self::Given(given) => with(given.to_str().unwrap_or_default()),
            Self::Number(number) => with(itoa::Buffer::new().format(*number)),
        }
    }
}

/// What is put around whatever answers a request, from its beginning.
pub(super) struct Frame<'a> {
    front: &'a Front,
    peer: Option<Peer>,
    begun: Instant,
    id: Id,
    /// Copies for the log, made only where it is written.
    told: Option<(Method, String)>,
    #[cfg(feature = "otel")]
    span: tracing::Span,
}

impl<'a> Frame<'a> {
    /// Around the answer to a request.
    pub(super) fn of(front: &'a Front, peer: Option<Peer>, request: &Request) -> Self {
        let id = request.headers().get(&REQUEST_ID).map(HeaderValue::as_bytes);
        Self::begin(front, peer, request.method(), request.uri().path(), request.headers(), id)
    }

    /// Around the answer to a request that says so much. Of its headers only those for spans are looked at.
    pub(super) fn begin(
        front: &'a Front,
        peer: Option<Peer>,
        method: &Method,
        path: &str,
        _headers: &HeaderMap,
        id: Option<&[u8]>,
    ) -> Self {
        Self {
            front,
            peer,
            begun: Instant::now(),
            id: Id::new(id),
            told: tracing::enabled!(tracing::Level::DEBUG).then(|| (method.clone(), path.to_owned())),
            #[cfg(feature = "otel")]
            span: super::trace::span(method, path, _headers),
        }
    }

    /// When it began.
    pub(super) const fn begun(&self) -> Instant {
        self.begun
    }

    /// What the work gives, here and now; nothing where it panics.
    pub(super) fn run<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        #[cfg(feature = "otel")]
        let _entered = self.span.enter();
        catch_unwind(AssertUnwindSafe(work)).ok()
    }

    /// What the future gives; nothing where it panics.
    pub(super) async fn wait<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let future = AssertUnwindSafe(future).catch_unwind();
        #[cfg(feature = "otel")]
        let future = tracing::Instrument::instrument(future, self.span.clone());
        future.await.ok()
    }

    /// The response, once the answer is there.
    pub(super) async fn around(self, answer: impl Future<Output = Response<Body>>) -> Response<Body> {
        let mut response = self.wait(answer).await.unwrap_or_else(|| panicked().into());
        let operation = response.extensions().get::<Operation>();
        let id = self.end(response.status(), operation, None);
        let headers = response.headers_mut();
        if let Ok(id) = id.text(HeaderValue::from_str) {
            headers.insert(REQUEST_ID, id);
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // What a browser shows; answers of the API are not shown.
        if headers.get(CONTENT_TYPE).is_none_or(|v| !v.as_bytes().starts_with(b"application/")) {
            headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
            headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        }
        response
    }

    /// Counts and logs the end; the name that the response carries.
    pub(super) fn end(self, status: StatusCode, operation: Option<&Operation>, took: Option<Duration>) -> Id {
        let operation = operation.map_or("", |o| o.0.as_str());
        let code = status.as_u16();
        #[cfg(feature = "otel")]
        self.span.record("http.response.status_code", code).record("graphql.operation.name", operation);
        let took = took.unwrap_or_else(|| self.begun.elapsed());
        self.front.metrics.request(code, took);
        let took_us = took.as_micros() as u64;
        if status.is_server_error() {
            self.id.text(|request| tracing::warn!(request, status = code, took_us, "request failed"));
        } else if let Some((method, path)) = self.told {
            let peer = self.peer.map(|p| p.0.to_string()).unwrap_or_default();
            self.id.text(
                |request| tracing::debug!(request, %method, path, peer, operation, status = code, took_us, "request"),
            );
        }
        self.id
    }
}

/// The answer to a request at which the server fails.
pub(super) fn panicked() -> Whole {
    failed(Media::Json, &Failure::Panicked)
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
        let frame = || Frame::of(&front, None, &Request::default());
        let failed = frame().around(async { std::panic::resume_unwind(Box::new(())) }).await;
        assert_eq!(failed.status(), 500);
        assert!(failed.headers().contains_key(REQUEST_ID));
        let body = axum::body::to_bytes(failed.into_body(), 10_000).await.unwrap();
        let error: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(error["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
        let fine = frame().around(async { Response::new(Body::empty()) }).await;
        assert_eq!(fine.status(), 200);
        let counted = front.metrics_text();
        for status in [200, 500] {
            assert!(counted.contains(&format!("requests_total{{status=\"{status}\"}} 1")), "{counted}");
        }
    }
}
