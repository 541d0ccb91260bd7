//! How are several requests in one body answered?
//!
//! Only where batches are switched on; their prices add up to the limit of one. Must not know: headers.

use std::sync::Arc;

use axum::http::StatusCode;

use super::front::{Asked, Front};
use super::params::{Parameters, bad};
use super::response::Refusal;
use crate::graphql::{Code, GraphqlError, needs_stream};

/// Answers one after another; the answers stand in the order of the requests.
pub(super) async fn answer(front: &Front, all: Vec<Parameters>) -> Result<Vec<u8>, Refusal> {
    let most = front.settings.batch as usize;
    if most == 0 {
        return Err((StatusCode::BAD_REQUEST, limit("batches are not served: send one request at a time")));
    }
    if all.len() > most {
        return Err((StatusCode::BAD_REQUEST, limit(&format!("the batch has more than {most} requests"))));
    }
    if all.is_empty() {
        return Err((StatusCode::BAD_REQUEST, bad("the batch is empty")));
    }
    let mut requests = Vec::with_capacity(all.len());
    let mut sum = 0u64;
    for one in all {
        let done = match front.request(one) {
            Ok(Asked { request, show_cost, .. }) => match front.prepare(&Arc::new(request.clone())).await {
                Ok(Ok(prepared)) if prepared.is_subscription() => Err(needs_stream()),
                Ok(Ok(prepared)) => {
                    sum = sum.saturating_add(prepared.cost());
                    Ok((request, show_cost))
                }
                // It is refused again, in its place, when its turn comes.
                Ok(Err(_)) => Ok((request, show_cost)),
                Err(failure) => Err(failure.error()),
            },
            Err(error) => Err(error),
        };
        requests.push(done);
    }
    let cost = front.settings.limits.cost;
    if sum > cost {
        let message = format!("the batch costs {sum}, more than {cost}");
        return Err((StatusCode::BAD_REQUEST, GraphqlError::new(Code::LimitExceeded, message).limit("cost")));
    }
    let mut body = vec![b'['];
    for request in requests {
        if body.len() > 1 {
            body.push(b',');
        }
        let answered = match request {
            Ok((request, show_cost)) => front.answer(request, show_cost).await.map_err(|failure| failure.error()),
            Err(error) => Err(error),
        };
        match answered {
            Ok(reply) => body.extend_from_slice(&reply.entry.body),
            Err(error) => body.extend_from_slice(serde_json::json!({ "errors": [error] }).to_string().as_bytes()),
        }
        if body.len() > front.settings.limits.response_bytes {
            let message =
                format!("the answers of the batch have more than {} bytes", front.settings.limits.response_bytes);
            let error = GraphqlError::new(Code::LimitExceeded, message).limit("responseBytes");
            return Err((StatusCode::BAD_REQUEST, error));
        }
    }
    body.push(b']');
    Ok(body)
}

fn limit(message: &str) -> GraphqlError {
    GraphqlError::new(Code::LimitExceeded, message).limit("batch")
}
