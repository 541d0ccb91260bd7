//! GraphQL over HTTP: one address, GET and POST.
//!
//! Must not know: what a query means, how its answer is made. Every answer, refusals included, has the shape of a
//! GraphQL response.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::header::{ACCEPT, ALLOW, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::accept::{self, Events, Media};
use super::around::Caller;
use super::deliver::Wanted;
use super::front::Front;
use super::params::{self, Parameters, bad};
use super::response::{Refusal, Whole, empty, refuse};
use super::sse;
use super::whole::{admitted, answer, not_found, posted_later, posted_now};
use crate::graphql::{Code, GraphqlError};

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, OPTIONS");

/// As a handler of routes.
pub(super) async fn handle(State(front): State<Arc<Front>>, request: HttpRequest) -> Response<Body> {
    let caller = request.extensions().get::<Caller>().cloned();
    answer_to(&front, caller.as_ref(), request, Instant::now()).await
}

/// The answer to a request, whoever asks.
pub(super) async fn answer_to(
    front: &Arc<Front>,
    caller: Option<&Caller>,
    request: HttpRequest,
    begun: Instant,
) -> Response<Body> {
    let accept = text(request.headers(), &ACCEPT);
    let events = accept::events(accept);
    let media = accept::negotiate(accept).or((events == Events::Only).then_some(Media::GraphqlResponse));
    let media = match admitted(front, caller.map(|caller| caller.peer), media) {
        Ok(media) => media,
        Err(refused) => return (*refused).into(),
    };
    match *request.method() {
        Method::POST => post(front, caller, media, events, request, begun).await,
        Method::GET | Method::HEAD => match get(front, &request) {
            Ok(asked) => {
                let wanted = Wanted::of(request.headers(), media, true);
                Box::pin(streamed(front, wanted, events, asked, None, begun)).await
            }
            Err(refusal) => refuse(media, refusal).into(),
        },
        Method::OPTIONS => allow(empty(StatusCode::NO_CONTENT)).into(),
        _ => allow(refuse(media, (StatusCode::METHOD_NOT_ALLOWED, bad("use GET or POST")))).into(),
    }
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok())
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
    let unsupported = |message: &str| refuse(media, (StatusCode::UNSUPPORTED_MEDIA_TYPE, bad(message))).into();
    if !text(request.headers(), &CONTENT_TYPE).is_some_and(accept::is_json) {
        return unsupported("the body of a POST is JSON in UTF-8: send `Content-Type: application/json`");
    }
    if request.headers().get(CONTENT_ENCODING).is_some_and(|v| v != "identity") {
        return unsupported("the body is taken uncompressed only");
    }
    let wanted = Wanted::of(request.headers(), media, false);
    let body = match collect(front, caller, request.into_body()).await {
        Ok(body) => body,
        Err(refusal) => {
            // What is left of the body is not read: the connection ends with this answer.
            let mut refused = refuse(media, refusal);
            refused.put(CONNECTION, HeaderValue::from_static("close"));
            return refused.into();
        }
    };
    if events != Events::No
        && let Ok(params::Body::One(one)) = params::read_body(&body, front.settings.json_depth)
    {
        return Box::pin(streamed(front, wanted, events, *one, Some(&body), begun)).await;
    }
    match posted_now(front, &wanted, &body, begun) {
        Ok(whole) => whole.into(),
        Err(waits) => Box::pin(posted_later(front, &wanted, waits, &body, begun)).await.into(),
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

/// The answer to what is asked: a stream where the client takes one and needs it, whole else.
async fn streamed(
    front: &Arc<Front>,
    wanted: Wanted,
    events: Events,
    asked: Parameters,
    body: Option<&[u8]>,
    begun: Instant,
) -> Response<Body> {
    let asked = match front.request(asked) {
        Ok(asked) => asked,
        Err(error) => return not_found(wanted.media, error).into(),
    };
    let streams = match events {
        Events::No => false,
        Events::Only => true,
        Events::IfNeeded => {
            let shared = Arc::new(asked.request.clone());
            matches!(front.prepare(&shared).await, Ok(Ok(prepared)) if prepared.is_subscription())
        }
    };
    if streams {
        return sse::answer(front, asked.request).await;
    }
    answer(front, &wanted, asked, body, begun).await.into()
}

fn allow(mut whole: Whole) -> Whole {
    whole.put(ALLOW, METHODS);
    whole
}
