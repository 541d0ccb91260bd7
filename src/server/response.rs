//! What is every answer of one question made of?
//!
//! Status, media type, a body that is there as a whole; refusals and failures, which have the shape of a GraphQL response
//! too. Must not know: how an answer is made, sockets.

use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};

use super::accept::Media;
use super::front::Failure;
use crate::graphql::{Code, GraphqlError};

pub(super) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Headers that an answer has, those that are put on around it included: room for all is taken at once.
const HEADERS: usize = 6;

/// A response whose body is there.
pub(super) type Whole = Response<Bytes>;

/// A refusal: status and error.
pub(super) type Refusal = (StatusCode, GraphqlError);

pub(super) fn respond(status: StatusCode, media: Media, body: Bytes) -> Whole {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.header()));
    response
}

pub(super) fn refuse(media: Media, (status, error): Refusal) -> Whole {
    let body = serde_json::json!({ "errors": [error.clipped()] });
    let mut response = respond(status, media, body.to_string().into());
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    response
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
            let mut response = refuse(media, (StatusCode::SERVICE_UNAVAILABLE, failure.error()));
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
        _ => refuse(media, (StatusCode::INTERNAL_SERVER_ERROR, failure.error())),
    }
}

pub(super) fn empty(status: StatusCode) -> Whole {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}
