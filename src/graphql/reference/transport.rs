//! How do transports of async-graphql get our answers?

use std::sync::Arc;

use async_graphql::Response;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, StreamExt};

use crate::graphql::engine::Request;

/// Who answers what comes over a transport of async-graphql: in bytes, as everywhere else.
pub trait Answers: Clone + Send + Sync + Unpin + 'static {
    /// The one answer to a request.
    fn once(&self, request: Request) -> BoxFuture<'static, Bytes>;
    /// All answers to a request: one, or one for each event of a subscription.
    fn stream(&self, request: Request) -> BoxStream<'static, Bytes>;
}

/// Answers as an executor of async-graphql, for its transports.
#[derive(Debug, Clone)]
pub struct AsExecutor<A>(pub A);

fn response(body: &[u8]) -> Response {
    serde_json::from_slice(body).unwrap_or_default()
}

fn own_request(request: async_graphql::Request) -> Request {
    let variables = match serde_json::to_value(&request.variables) {
        Ok(serde_json::Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    Request { query: request.query, operation_name: request.operation_name, variables }
}

impl<A: Answers> async_graphql::Executor for AsExecutor<A> {
    async fn execute(&self, request: async_graphql::Request) -> Response {
        response(&self.0.once(own_request(request)).await)
    }

    fn execute_stream(
        &self,
        request: async_graphql::Request,
        _: Option<Arc<async_graphql::Data>>,
    ) -> BoxStream<'static, Response> {
        self.0.stream(own_request(request)).map(|body| response(&body)).boxed()
    }
}
