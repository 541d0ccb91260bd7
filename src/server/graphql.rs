//! GraphQL over HTTP: one address, GET and POST.
//!
//! Must not know: what a query means. Every answer, refusals included, has the shape of a GraphQL response.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request as HttpRequest, State};
use axum::http::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use serde_json::{Map, Value};

use super::Service;
use super::accept::{self, Media};
use crate::graphql::{Code, GraphqlError, Request};

const METHODS: &str = "GET, HEAD, POST, OPTIONS";

pub(super) async fn handle(State(service): State<Service>, request: HttpRequest) -> Response<Body> {
    let Some(media) = accept::negotiate(header(request.headers(), ACCEPT.as_str())) else {
        let message = "the answer can be had as application/graphql-response+json or application/json only";
        return refuse(StatusCode::NOT_ACCEPTABLE, Media::Json, Code::BadUserInput, message);
    };
    let head = request.method() == Method::HEAD;
    let mut response = match *request.method() {
        Method::GET | Method::HEAD => get(&service, media, request.uri().query().unwrap_or_default()),
        Method::POST => post(&service, media, request).await,
        Method::OPTIONS => empty(StatusCode::NO_CONTENT),
        _ => {
            let message = "use GET or POST";
            let mut refusal = refuse(StatusCode::METHOD_NOT_ALLOWED, media, Code::BadUserInput, message);
            refusal.headers_mut().insert(ALLOW, HeaderValue::from_static(METHODS));
            return refusal;
        }
    };
    if response.status() == StatusCode::NO_CONTENT {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(METHODS));
    }
    if head {
        *response.body_mut() = Body::empty();
    }
    response
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

async fn post(service: &Service, media: Media, request: HttpRequest) -> Response<Body> {
    if !header(request.headers(), CONTENT_TYPE.as_str()).is_some_and(accept::is_json) {
        let message = "the body of a POST is JSON in UTF-8: send `Content-Type: application/json`";
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, media, Code::BadUserInput, message);
    }
    let body = match Bytes::from_request(request, &()).await {
        Ok(body) => body,
        Err(why) => return refuse(why.status(), media, Code::LimitExceeded, &why.body_text()),
    };
    let parameters: Value = match serde_json::from_slice(&body) {
        Ok(parameters) => parameters,
        Err(why) => {
            let message = format!("the body is no JSON: {why}");
            return refuse(StatusCode::BAD_REQUEST, media, Code::BadUserInput, &message);
        }
    };
    match parameters {
        Value::Object(map) => answer(service, media, read(map)),
        Value::Array(_) => {
            let message = "batches are not served: send one request at a time";
            refuse(StatusCode::BAD_REQUEST, media, Code::BadUserInput, message)
        }
        _ => refuse(StatusCode::BAD_REQUEST, media, Code::BadUserInput, "the body is no JSON object"),
    }
}

fn get(service: &Service, media: Media, query: &str) -> Response<Body> {
    let mut map = Map::new();
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        let parsed = match &*key {
            "query" | "operationName" => Value::String(value.into_owned()),
            "variables" | "extensions" if value.is_empty() => Value::Null,
            "variables" | "extensions" => match serde_json::from_str(&value) {
                Ok(json) => json,
                Err(why) => {
                    let message = format!("`{key}` is no JSON: {why}");
                    return refuse(StatusCode::BAD_REQUEST, media, Code::BadUserInput, &message);
                }
            },
            _ => continue,
        };
        map.insert(key.into_owned(), parsed);
    }
    answer(service, media, read(map))
}

/// Reads the parameters of a request.
fn read(mut map: Map<String, Value>) -> Result<Request, String> {
    let query = match map.remove("query") {
        Some(Value::String(query)) => query,
        None | Some(Value::Null) => return Err("the parameter `query` is missing".into()),
        Some(_) => return Err("the parameter `query` is no text".into()),
    };
    let operation_name = match map.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name).filter(|n| !n.is_empty()),
        Some(_) => return Err("the parameter `operationName` is no text".into()),
    };
    let variables = match map.remove("variables") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(variables)) => variables,
        Some(_) => return Err("the parameter `variables` is no object".into()),
    };
    match map.remove("extensions") {
        None | Some(Value::Null | Value::Object(_)) => Ok(Request { query, operation_name, variables }),
        Some(_) => Err("the parameter `extensions` is no object".into()),
    }
}

fn answer(service: &Service, media: Media, request: Result<Request, String>) -> Response<Body> {
    let request = match request {
        Ok(request) => request,
        Err(why) => return refuse(StatusCode::BAD_REQUEST, media, Code::BadUserInput, &why),
    };
    let answer = service.engine.answer(&service.snapshot(), &request);
    let status = match media {
        Media::GraphqlResponse if !answer.has_data => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    respond(status, media, answer.body)
}

fn refuse(status: StatusCode, media: Media, code: Code, message: &str) -> Response<Body> {
    let body = serde_json::json!({ "errors": [GraphqlError::new(code, message)] });
    respond(status, media, body.to_string().into_bytes())
}

fn respond(status: StatusCode, media: Media, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media.header()));
    response
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
