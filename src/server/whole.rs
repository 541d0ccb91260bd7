//! What is the answer to one question, as a whole?
//!
//! From the bytes of a body, or from parameters that were read, to a response whose body is there; both ways by which
//! requests come in end here. Must not know: heads of requests beyond what they want, sockets, streams.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};

use super::accept::Media;
use super::around::{Operation, Peer};
use super::batch;
use super::deliver::{Wanted, deliver};
use super::front::{Asked, Front};
use super::params::{self, Body, bad};
use super::response::{Whole, failed, refusal_status, refuse, respond};
use crate::graphql::{Code, GraphqlError};

/// The media type of the answer, if there is one that the client takes and it may ask now.
pub(super) fn admitted(front: &Front, peer: Option<Peer>, media: Option<Media>) -> Result<Media, Box<Whole>> {
    let Some(media) = media else {
        let message = "the answer can be had as application/graphql-response+json or application/json only";
        return Err(refuse(Media::Json, (StatusCode::NOT_ACCEPTABLE, bad(message))).into());
    };
    match front.rate.as_ref().zip(peer).map(|(rate, peer)| rate.check(peer.0.ip())) {
        Some(Err(wait)) => Err(too_many(front, media, wait).into()),
        _ => Ok(media),
    }
}

fn too_many(front: &Front, media: Media, wait: Duration) -> Whole {
    front.metrics.limit("ratePerSecond");
    let most = front.settings.rate_per_second;
    let error =
        GraphqlError::new(Code::LimitExceeded, format!("more than {most} requests per second from this address"))
            .limit("ratePerSecond");
    let mut response = refuse(media, (StatusCode::TOO_MANY_REQUESTS, error));
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    response
}

/// The answer to the body of a POST.
pub(super) async fn posted(front: &Arc<Front>, wanted: &Wanted, body: &[u8], begun: Instant) -> Whole {
    if let Some((reply, named)) = front.again(body, wanted.show_cost).await {
        return tell(deliver(front, wanted, &reply, begun).await, named);
    }
    match params::read_body(body, front.settings.json_depth) {
        Ok(Body::One(one)) => match front.request(*one) {
            // Apart, so that the way of a body seen before does not carry its state.
            Ok(asked) => Box::pin(answer(front, wanted, asked, Some(body), begun)).await,
            Err(error) => not_found(wanted.media, error),
        },
        Ok(Body::Batch(all)) => match Box::pin(batch::answer(front, all)).await {
            Ok(body) => respond(StatusCode::OK, wanted.media, body.into()),
            Err(refusal) => refuse(wanted.media, refusal),
        },
        Err(error) => refuse(wanted.media, (StatusCode::BAD_REQUEST, error)),
    }
}

/// Where the document that is asked for is not there.
pub(super) fn not_found(media: Media, error: GraphqlError) -> Whole {
    refuse(media, (refusal_status(media, error.extensions.code), error))
}

/// The answer to a request that is no subscription; `body` is what the request was read from.
pub(super) async fn answer(
    front: &Arc<Front>,
    wanted: &Wanted,
    asked: Asked,
    body: Option<&[u8]>,
    begun: Instant,
) -> Whole {
    let Asked { request, keep, trusted, show_cost } = asked;
    let show_cost = show_cost || wanted.show_cost;
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
        Err(failure) => return failed(wanted.media, &failure),
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
    tell(deliver(front, wanted, &reply, begun).await, named)
}

/// Names the operation to the log.
fn tell(mut response: Whole, named: Option<Operation>) -> Whole {
    if let Some(named) = named {
        response.extensions_mut().insert(named);
    }
    response
}
