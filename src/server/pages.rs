//! The pages: explorer and GraphiQL where they are built, else a small page of our own that can send a query; the schema;
//! whether the service lives.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::front::Front;

const HTML: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// For the small page: nothing from another host, nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'self'; \
                      form-action 'none'; frame-ancestors 'none'";

/// The explorer's page, whichever of its addresses was asked for.
pub(super) async fn home(State(front): State<Arc<Front>>) -> Response {
    page(trialweave_web::explorer(&front.settings.base()), trialweave_web::POLICY, &front)
}

/// GraphiQL.
pub(super) async fn graphiql(State(front): State<Arc<Front>>) -> Response {
    page(trialweave_web::graphiql(&front.settings.base()), trialweave_web::GRAPHIQL_POLICY, &front)
}

fn page(built: Option<String>, policy: &'static str, front: &Front) -> Response {
    let (html, policy) = match built {
        Some(html) => (html, policy),
        None => (HTML.replacen("<base href=\"/\">", &format!("<base href=\"{}\">", front.settings.base()), 1), POLICY),
    };
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, trialweave_web::PAGE_CACHE),
    ];
    (headers, html).into_response()
}

/// Everything that has no route of its own: files of the bundle, the explorer's other addresses, and what is not here.
pub(super) async fn other(State(front): State<Arc<Front>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return missing();
    }
    match trialweave_web::asset(path) {
        Some(asset) => file(asset, request.headers()),
        None if trialweave_web::BUILT && trialweave_web::is_page(path) => home(State(front)).await,
        None if trialweave_web::BUILT && is_followed(path, request.headers()) => {
            (StatusCode::NOT_FOUND, home(State(front)).await).into_response()
        }
        None => missing(),
    }
}

/// Whether someone followed a link to a page that is not here: the explorer then says so, with ways onward. A program
/// that takes anything, a file of the bundle or a path below one of the service's own gets the plain answer.
fn is_followed(path: &str, headers: &HeaderMap) -> bool {
    let mut parts = path.split('/');
    let ours = parts.next().is_some_and(|first| ["assets", "graphql", "graphiql", "health", "ready"].contains(&first));
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let html = accept.split(',').filter_map(|range| range.split(';').next());
    !ours && !is_file && html.map(str::trim).any(|range| range.eq_ignore_ascii_case("text/html"))
}

/// A file of the bundle, as compressed as the client takes it.
fn file(asset: &'static trialweave_web::Asset, headers: &HeaderMap) -> Response {
    let accept = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let (bytes, encoding) = asset.bytes(accept);
    let fixed = [(CONTENT_TYPE, asset.content_type()), (CACHE_CONTROL, asset.cache()), (VARY, "Accept-Encoding")];
    let mut response = (fixed, bytes).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "no such page: try /, /graphiql, /graphql, /schema.graphql or /health\n").into_response()
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
