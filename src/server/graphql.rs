//! GraphQL over HTTP: one address, GET and POST.
//!
//! Must not know: what a query means, how its answer is made. Every answer, refusals included, has the shape of a
//! GraphQL response.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::header::{ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::accept::{self, Events, Media};
use super::around::{Caller, Operation};
use super::deliver::{Wanted, deliver};
use super::front::{Failure, Front};
use super::params::{self, Parameters, bad};
use super::{batch, sse};
use crate::graphql::{Code, GraphqlError};

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, OPTIONS");
pub(super) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Headers that an answer has, those that are put on around it included: room for all is taken at once.
const HEADERS: usize = 6;

/// A refusal: status and error.
pub(super) type Refusal = (StatusCode, GraphqlError);

/// As a handler of routes.
pub(super) async fn handle(State(front): State<Arc<Front>>, request: HttpRequest) -> Response<Body> {
    let caller = request.extensions().get::<Caller>().cloned();
    answer_to(&front, caller.as_ref(), request).await
}

/// The answer to a request, whoever asks.
pub(super) async fn answer_to(front: &Arc<Front>, caller: Option<&Caller>, request: HttpRequest) -> Response<Body> {
    let begun = Instant::now();
    let accept = text(request.headers(), &ACCEPT);
    let events = accept::events(accept);
    let Some(media) = accept::negotiate(accept).or((events == Events::Only).then_some(Media::GraphqlResponse)) else {
        let message = "the answer can be had as application/graphql-response+json or application/json only";
        return refuse(Media::Json, (StatusCode::NOT_ACCEPTABLE, bad(message)));
    };
    if let Some(wait) = limited(front, caller) {
        return too_many(front, media, wait);
    }
    if *request.method() == Method::OPTIONS {
        return allow(empty(StatusCode::NO_CONTENT));
    }
    let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = match *request.method() {
        Method::GET | Method::HEAD => get(front, &request).map(|one| params::Body::One(Box::new(one))),
        Method::POST => return post(front, caller, media, events, request, begun).await,
        _ => Err((StatusCode::METHOD_NOT_ALLOWED, bad("use GET or POST"))),
    };
    let one = match asked {
        Ok(params::Body::One(one)) => *one,
        Ok(params::Body::Batch(_)) => return refuse(media, (StatusCode::BAD_REQUEST, bad("no batch by GET"))),
        Err(refusal) if refusal.0 == StatusCode::METHOD_NOT_ALLOWED => return allow(refuse(media, refusal)),
        Err(refusal) => return refuse(media, refusal),
    };
    let wanted = Wanted::of(request.headers(), media, is_get);
    Box::pin(answer(front, wanted, events, one, None, begun)).await
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

fn limited(front: &Front, caller: Option<&Caller>) -> Option<Duration> {
    let rate = front.rate.as_ref()?;
    rate.check(caller?.peer.0.ip()).err()
}

fn too_many(front: &Front, media: Media, wait: Duration) -> Response<Body> {
    front.metrics.limit("ratePerSecond");
    let most = front.settings.rate_per_second;
    let error =
        GraphqlError::new(Code::LimitExceeded, format!("more than {most} requests per second from this address"))
            .limit("ratePerSecond");
    let mut response = refuse(media, (StatusCode::TOO_MANY_REQUESTS, error));
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    response
}

fn get(front: &Front, request: &HttpRequest) -> Result<Parameters, Refusal> {
    let query = request.uri().query().unwrap_or_default();
    if query.len() as u64 > front.settings.body_bytes {
        return Err(too_large(front));
    }
    params::read_query(query, front.settings.json_depth).map_err(|e| (StatusCode::BAD_REQUEST, e))
}

fn too_large(front: &Front) -> Refusal {
    front.metrics.limit("bodyBytes");
    let message = format!("the request has more than {} bytes", front.settings.body_bytes);
    (StatusCode::PAYLOAD_TOO_LARGE, GraphqlError::new(Code::LimitExceeded, message).limit("bodyBytes"))
}

async fn post(
    front: &Arc<Front>,
    caller: Option<&Caller>,
    media: Media,
    events: Events,
    request: HttpRequest,
    begun: Instant,
) -> Response<Body> {
    if !text(request.headers(), &CONTENT_TYPE).is_some_and(accept::is_json) {
        let message = "the body of a POST is JSON in UTF-8: send `Content-Type: application/json`";
        return refuse(media, (StatusCode::UNSUPPORTED_MEDIA_TYPE, bad(message)));
    }
    if request.headers().get(CONTENT_ENCODING).is_some_and(|v| v != "identity") {
        return refuse(media, (StatusCode::UNSUPPORTED_MEDIA_TYPE, bad("the body is taken uncompressed only")));
    }
    let wanted = Wanted::of(request.headers(), media, false);
    let body = match collect(front, caller, request.into_body()).await {
        Ok(body) => body,
        Err(refusal) => {
            // What is left of the body is not read: the connection ends with this answer.
            let mut response = refuse(media, refusal);
            response.headers_mut().insert(axum::http::header::CONNECTION, HeaderValue::from_static("close"));
            return response;
        }
    };
    if events == Events::No
        && let Some((reply, named)) = front.again(&body, wanted.show_cost).await
    {
        return tell(deliver(front, &wanted, &reply, begun).await, named);
    }
    match params::read_body(&body, front.settings.json_depth) {
        // Apart, so that the way of a body seen before does not carry its state.
        Ok(params::Body::One(one)) => Box::pin(answer(front, wanted, events, *one, Some(&body), begun)).await,
        Ok(params::Body::Batch(all)) => match Box::pin(batch::answer(front, all)).await {
            Ok(body) => respond(StatusCode::OK, media, body.into()),
            Err(refusal) => refuse(media, refusal),
        },
        Err(error) => refuse(media, (StatusCode::BAD_REQUEST, error)),
    }
}

async fn collect(front: &Front, caller: Option<&Caller>, body: Body) -> Result<Bytes, Refusal> {
    let limited = Limited::new(body, front.settings.body_bytes as usize).collect();
    let time = Duration::from_millis(front.settings.body_timeout_ms);
    let came = match caller.and_then(|caller| caller.clock.as_ref()) {
        Some(clock) => clock.within(time, limited).await,
        None => tokio::time::timeout(time, limited).await.ok(),
    };
    match came {
        Some(Ok(body)) => Ok(body.to_bytes()),
        Some(Err(why)) if why.is::<LengthLimitError>() => Err(too_large(front)),
        Some(Err(_)) => Err((StatusCode::BAD_REQUEST, bad("the body ended early"))),
        None => {
            front.metrics.limit("bodyTimeoutMs");
            let message = format!("the body did not come within {} milliseconds", front.settings.body_timeout_ms);
            let error = GraphqlError::new(Code::LimitExceeded, message).limit("bodyTimeoutMs");
            Err((StatusCode::REQUEST_TIMEOUT, error))
        }
    }
}

async fn answer(
    front: &Arc<Front>,
    wanted: Wanted,
    events: Events,
    asked: Parameters,
    body: Option<&Bytes>,
    begun: Instant,
) -> Response<Body> {
    let media = wanted.media;
    let show_cost = wanted.show_cost || asked.show_cost;
    let (request, keep, trusted) = match front.request(asked) {
        Ok(found) => found,
        Err(error) => return refuse(media, (refusal_status(media, error.extensions.code), error)),
    };
    let streams = match events {
        Events::No => false,
        Events::Only => true,
        Events::IfNeeded => {
            let shared = Arc::new(request.clone());
            matches!(front.prepare(&shared).await, Ok(Ok(prepared)) if prepared.is_subscription())
        }
    };
    if streams {
        return sse::answer(front, request).await;
    }
    let named = request.operation_name.as_deref().and_then(Operation::of);
    let kept = keep.map(|hash| (hash, request.query.clone()));
    let operation = trusted.then(|| request.operation_name.clone()).flatten();
    let answered = if wanted.is_get {
        front.answer_named(request, show_cost).await
    } else {
        front.answer(request, show_cost).await
    };
    let reply = match answered {
        Ok(reply) => reply,
        Err(failure) => return failed(media, &failure),
    };
    // What is counted or kept per request goes its whole way each time.
    if let Some(body) = body.filter(|_| kept.is_none() && !trusted) {
        front.seen(body, wanted.show_cost, &reply, named.as_ref());
    }
    if let Some((hash, query)) = kept.filter(|_| reply.entry.has_data) {
        front.documents.keep(hash, &query);
    }
    if let Some(name) = operation {
        front.metrics.operations.get_or_create(&super::metrics::Named { name }).inc();
    }
    tell(deliver(front, &wanted, &reply, begun).await, named)
}

/// Names the operation to the log.
fn tell(mut response: Response<Body>, named: Option<Operation>) -> Response<Body> {
    if let Some(named) = named {
        response.extensions_mut().insert(named);
    }
    response
}

/// The status of a refusal by its code: a well-formed request is 200 under `application/json`.
fn refusal_status(media: Media, code: Code) -> StatusCode {
    match code {
        Code::PersistedQueryNotFound | Code::PersistedQueryNotSupported if media == Media::Json => StatusCode::OK,
        Code::DocumentNotAllowed => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// What a failure of the server looks like.
pub(super) fn failed(media: Media, failure: &Failure) -> Response<Body> {
    match failure {
        Failure::Busy => {
            let mut response = refuse(media, (StatusCode::SERVICE_UNAVAILABLE, failure.error()));
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
        _ => refuse(media, (StatusCode::INTERNAL_SERVER_ERROR, failure.error())),
    }
}

pub(super) fn refuse(media: Media, (status, error): Refusal) -> Response<Body> {
    let body = serde_json::json!({ "errors": [error.clipped()] });
    let mut response = respond(status, media, body.to_string().into());
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    response
}

pub(super) fn respond(status: StatusCode, media: Media, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.header()));
    response
}

fn allow(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(ALLOW, METHODS);
    response
}

pub(super) fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
