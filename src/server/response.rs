//! What is every answer of one question made of?
//!
//! Status, media type, a few headers, a body that is there as a whole; refusals and failures, which have the shape of a
//! GraphQL response too. Must not know: how an answer is made, sockets.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};

use super::accept::Media;
use super::around::Operation;
use super::front::Failure;
use crate::graphql::{Code, GraphqlError};

pub(super) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
pub(super) const TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Headers that an answer has, those that are put on around it included: room for all is taken at once.
const HEADERS: usize = 6;

/// A response whose body is there. What nearly all have takes no memory of its own; it becomes headers where it is written.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) status: StatusCode,
    pub(super) media: Option<Media>,
    pub(super) timing: Option<Timing>,
    /// What most do not have, each name once.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Bytes,
    /// The operation that was asked for, for the log.
    pub(super) operation: Option<Operation>,
}

impl Whole {
    pub(super) fn put(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.push((name, value));
    }
}

impl From<Whole> for Response<Body> {
    fn from(whole: Whole) -> Self {
        let mut response = Self::new(Body::from(whole.body));
        *response.status_mut() = whole.status;
        let headers = response.headers_mut();
        headers.reserve(HEADERS);
        if let Some(media) = whole.media {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.header()));
        }
        headers.extend(whole.headers);
        if let Some(timing) = whole.timing.and_then(|timing| timing.text(|text| HeaderValue::from_bytes(text).ok())) {
            headers.insert(TIMING, timing);
        }
        if let Some(operation) = whole.operation {
            response.extensions_mut().insert(operation);
        }
        response
    }
}

/// How long an answer took, and whether it was kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timing {
    pub(super) kept: bool,
    pub(super) took: Duration,
}

impl Timing {
    /// As the header says it: `cache;desc=hit, total;dur=0.041`.
    pub(super) fn text<T>(self, with: impl FnOnce(&[u8]) -> T) -> T {
        let mut text = [0; 64];
        let begin: &[u8] = if self.kept { b"cache;desc=hit, total;dur=" } else { b"cache;desc=miss, total;dur=" };
        let mut whole = itoa::Buffer::new();
        let whole = whole.format(self.took.as_millis() as u64).as_bytes();
        let mut len = 0;
        let us = self.took.subsec_micros() % 1000;
        let digit = |n: u32| b'0' + (n % 10) as u8;
        for part in [begin, whole, &[b'.', digit(us / 100), digit(us / 10), digit(us)]] {
            text[len..len + part.len()].copy_from_slice(part);
            len += part.len();
        }
        with(&text[..len])
    }
}

/// A refusal: status and error.
pub(super) type Refusal = (StatusCode, GraphqlError);

pub(super) const fn respond(status: StatusCode, media: Media, body: Bytes) -> Whole {
    Whole { status, media: Some(media), timing: None, headers: Vec::new(), body, operation: None }
}

pub(super) const fn empty(status: StatusCode) -> Whole {
    Whole { status, media: None, timing: None, headers: Vec::new(), body: Bytes::new(), operation: None }
}

pub(super) fn refuse(media: Media, (status, error): Refusal) -> Whole {
    let body = serde_json::json!({ "errors": [error.clipped()] });
    let mut whole = respond(status, media, body.to_string().into());
    whole.put(CACHE_CONTROL, NO_STORE);
    whole
}

/// The status of a refusal by its code: a well-formed request is 200 under `application/json`.
pub(super) const fn refusal_status(media: Media, code: Code) -> StatusCode {
    match (code, media) {
        (Code::PersistedQueryNotFound | Code::PersistedQueryNotSupported, Media::Json) => StatusCode::OK,
        (Code::DocumentNotAllowed, _) => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// What a failure of the server looks like.
pub(super) fn failed(media: Media, failure: &Failure) -> Whole {
    match failure {
        Failure::Busy => {
            let mut whole = refuse(media, (StatusCode::SERVICE_UNAVAILABLE, failure.error()));
            whole.put(RETRY_AFTER, HeaderValue::from_static("1"));
            whole
        }
        _ => refuse(media, (StatusCode::INTERNAL_SERVER_ERROR, failure.error())),
    }
}
