//! How is the legacy sub-protocol spoken?
//!
//! `graphql-ws`, as old clients of subscriptions-transport-ws offer it and nothing else: async-graphql-axum speaks it, over
//! the same answers as everything else gets. New clients speak `graphql-transport-ws` (see `ws`), which is preferred where
//! both are offered. Must not know: what an answer holds.

use std::sync::Arc;
use std::time::Duration;

use async_graphql_axum::{GraphQLProtocol, GraphQLWebSocket};
use axum::extract::ws::WebSocket;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, StreamExt, once};

use super::front::Front;
use super::subscribe;
use crate::graphql::{Answers, AsExecutor, Request};

/// Name of the sub-protocol.
pub(super) const PROTOCOL: &str = "graphql-ws";

/// Serves a socket to its end.
pub(super) async fn run(front: &Arc<Front>, socket: WebSocket, protocol: GraphQLProtocol) {
    let idle = Duration::from_millis(front.settings.ws_idle_ms);
    let answers = AsExecutor(FrontAnswers(Arc::clone(front)));
    let session = GraphQLWebSocket::new(socket, answers, protocol).keepalive_timeout(idle);
    let mut stopping = front.stopping.subscribe();
    tokio::select! {
        () = session.serve() => {}
        () = super::signal::stopped(&mut stopping) => {}
    }
}

/// The answers of the front, as bytes.
#[derive(Clone)]
struct FrontAnswers(Arc<Front>);

impl Answers for FrontAnswers {
    fn once(&self, request: Request) -> BoxFuture<'static, Bytes> {
        let front = Arc::clone(&self.0);
        Box::pin(async move {
            match front.answer(request, false).await {
                Ok(reply) => reply.entry.body.clone(),
                Err(failure) => serde_json::json!({ "errors": [failure.error()] }).to_string().into(),
            }
        })
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Bytes> {
        let (answers, request) = (self.clone(), Arc::new(request));
        let stream = async move {
            let prepared = answers.0.prepare(&request).await;
            if matches!(prepared, Ok(Ok(prepared)) if prepared.is_subscription()) {
                subscribe::events(&answers.0, request).boxed()
            } else {
                once(answers.once(Arc::unwrap_or_clone(request))).boxed()
            }
        };
        once(stream).flatten().boxed()
    }
}
