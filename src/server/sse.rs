//! How do answers go out as server-sent events?
//!
//! The distinct connections mode of graphql-sse: each request is a stream of `next` and one `complete`. Must not know:
//! what an answer holds.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream, StreamExt};

use super::accept::Media;
use super::front::Front;
use super::response::{failed, refuse, respond};
use super::subscribe;
use crate::graphql::{Code, GraphqlError, Request};

/// Answers a request as a stream, or refuses it as plain JSON before the stream begins.
pub(super) async fn answer(front: &Arc<Front>, request: Request) -> Response<Body> {
    let media = Media::GraphqlResponse;
    let request = Arc::new(request);
    let prepared = match front.prepare(&request).await {
        Ok(Ok(prepared)) => prepared,
        Ok(Err(answer)) => return respond(StatusCode::BAD_REQUEST, media, answer.body.into()).into(),
        Err(failure) => return failed(media, &failure).into(),
    };
    if !prepared.is_subscription() {
        let reply = match front.answer(request, false).await {
            Ok(reply) => reply,
            Err(failure) => return failed(media, &failure).into(),
        };
        return events(stream::iter([reply.entry.body.clone()]));
    }
    let Ok(place) = Arc::clone(&front.streams).try_acquire_owned() else {
        let error = GraphqlError::new(Code::Overloaded, "too many streams are open").limit("streams");
        return refuse(media, (StatusCode::SERVICE_UNAVAILABLE, error)).into();
    };
    front.metrics.streams.inc();
    let open = (place, subscribe::Counted(Arc::clone(&front.metrics)));
    let live = subscribe::events(front, request).map(move |body| {
        let _open = &open;
        body
    });
    events(live)
}

fn events(answers: impl Stream<Item = bytes::Bytes> + Send + 'static) -> Response<Body> {
    let next = answers.map(|body| Event::default().event("next").data(String::from_utf8_lossy(&body)));
    let complete = stream::iter([Event::default().event("complete").data("")]);
    let stream = next.chain(complete).map(Ok::<_, Infallible>);
    let keep = KeepAlive::new().interval(Duration::from_secs(12)).text("");
    let mut response = Sse::new(stream).keep_alive(keep).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
