//! The small pages: a page of our own that can send a query, the schema, whether the service lives.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::front::Front;

const HTML: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// Nothing from another host, nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

pub(super) async fn home() -> Response {
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (headers, HTML).into_response()
}

pub(super) async fn script() -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

pub(super) async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

pub(super) async fn schema() -> Response {
    ([(CONTENT_TYPE, "application/graphql; charset=utf-8")], crate::graphql::sdl()).into_response()
}

/// Whether the process lives.
pub(super) async fn health(State(front): State<Arc<Front>>) -> Response {
    let body = serde_json::json!({ "status": "ok", "release": front.snapshot().release() });
    ([(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// Whether requests should be sent here: a release is loaded, and the server does not stop.
pub(super) async fn ready(State(front): State<Arc<Front>>) -> Response {
    let stopping = *front.stopping.borrow();
    let status = if stopping { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    let word = if stopping { "stopping" } else { "ready" };
    let body = serde_json::json!({ "status": word, "release": front.snapshot().release() });
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// The metrics as Prometheus reads them.
pub(super) async fn metrics(State(front): State<Arc<Front>>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, kind)], front.metrics_text()).into_response()
}

pub(super) async fn missing() -> Response {
    (StatusCode::NOT_FOUND, "no such page: try /, /graphql, /schema.graphql or /health\n").into_response()
}
