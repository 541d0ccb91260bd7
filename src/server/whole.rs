//! What is the answer to one question, as a whole?
//!
//! From the bytes of a body, or from parameters that were read, to a response whose body is there; both ways by which
//! requests come in end here. What needs no waiting, as most does, is answered without a future; the rest says what it waits
//! for. Must not know: heads of requests beyond what they want, sockets, streams.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};

use super::accept::Media;
use super::around::{Operation, Peer};
use super::batch;
use super::deliver::{Wanted, deliver, deliver_now};
use super::front::{Asked, Failure, Front, Reply};
use super::params::{self, Body, Parameters, bad};
use super::response::{Whole, failed, refusal_status, refuse, respond};
use crate::graphql::{Code, GraphqlError};

/// What has to be waited for.
pub(super) enum Waits {
    /// A question that is heavy, not known, or may be on its way already.
    Asked(Asked),
    /// A reply that has to be put into its form.
    Reply(Reply, Option<Operation>),
    Batch(Vec<Parameters>),
}

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
    let mut whole = refuse(media, (StatusCode::TOO_MANY_REQUESTS, error));
    whole.put(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    whole
}

/// The answer to the body of a POST, or what it waits for.
pub(super) fn posted_now(front: &Front, wanted: &Wanted, body: &[u8], begun: Instant) -> Result<Whole, Box<Waits>> {
    let replied = match front.again(body, wanted.show_cost) {
        Some(again) => Ok(again),
        None => match params::read_body(body, front.settings.json_depth) {
            Ok(Body::One(one)) => match front.request(*one) {
                Ok(asked) => match front.answer_now(&asked.request, asked.show_cost || wanted.show_cost, begun) {
                    Some(answered) => settled(front, wanted, asked, answered, Some(body)),
                    None => return Err(Waits::Asked(asked).into()),
                },
                Err(error) => Err(not_found(wanted.media, error).into()),
            },
            Ok(Body::Batch(all)) => return Err(Waits::Batch(all).into()),
            Err(error) => Err(refuse(wanted.media, (StatusCode::BAD_REQUEST, error)).into()),
        },
    };
    match replied {
        Ok((reply, named)) => match deliver_now(front, wanted, &reply, begun) {
            Some(whole) => Ok(Whole { operation: named, ..whole }),
            None => Err(Waits::Reply(reply, named).into()),
        },
        Err(refused) => Ok(*refused),
    }
}

/// The answer to the body of a POST, once what it waits for is there.
pub(super) async fn posted_later(
    front: &Front,
    wanted: &Wanted,
    waits: Box<Waits>,
    body: &[u8],
    begun: Instant,
) -> Whole {
    match *waits {
        Waits::Asked(asked) => answer(front, wanted, asked, Some(body), begun).await,
        Waits::Reply(reply, named) => Whole { operation: named, ..deliver(front, wanted, &reply, begun).await },
        Waits::Batch(all) => match batch::answer(front, all).await {
            Ok(body) => respond(StatusCode::OK, wanted.media, body.into()),
            Err(refusal) => refuse(wanted.media, refusal),
        },
    }
}

/// Where the document that is asked for is not there.
pub(super) fn not_found(media: Media, error: GraphqlError) -> Whole {
    refuse(media, (refusal_status(media, error.extensions.code), error))
}

/// The answer to a request that is no subscription; `body` is what the request was read from.
pub(super) async fn answer(front: &Front, wanted: &Wanted, asked: Asked, body: Option<&[u8]>, begun: Instant) -> Whole {
    let show_cost = asked.show_cost || wanted.show_cost;
    let request = Arc::new(asked.request);
    let answered = front.answer_over(front.snapshot(), Arc::clone(&request), show_cost, wanted.is_get).await;
    let asked = Asked { request: Arc::unwrap_or_clone(request), ..asked };
    match settled(front, wanted, asked, answered, body) {
        Ok((reply, named)) => Whole { operation: named, ..deliver(front, wanted, &reply, begun).await },
        Err(refused) => *refused,
    }
}

/// What a reply leaves behind: the body that led to it, the document that proved to be valid, a count.
fn settled(
    front: &Front,
    wanted: &Wanted,
    asked: Asked,
    answered: Result<Reply, Failure>,
    body: Option<&[u8]>,
) -> Result<(Reply, Option<Operation>), Box<Whole>> {
    let reply = answered.map_err(|failure| Box::new(failed(wanted.media, &failure)))?;
    let Asked { request, keep, trusted, .. } = asked;
    let named = request.operation_name.as_deref().and_then(Operation::of);
    // What is counted or kept per request goes its whole way each time.
    if let Some(body) = body.filter(|_| keep.is_none() && !trusted) {
        front.seen(body, wanted.show_cost, &reply, named.as_ref());
    }
    if let Some(hash) = keep.filter(|_| reply.entry.has_data) {
        front.documents.keep(hash, &request.query);
    }
    if let Some(name) = request.operation_name.filter(|_| trusted) {
        front.metrics.operations.get_or_create(&super::metrics::Named { name }).inc();
    }
    Ok((reply, named))
}
