//! What goes over the wire?
//!
//! Must not know: fields, plans, the data. Holds the release that serves and the engine, speaks GraphQL over HTTP, and
//! stops when told.

mod accept;
mod graphql;
mod pages;

use std::future::Future;
use std::sync::Arc;

use async_graphql_axum::GraphQLSubscription;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::graphql::{Engine, LiveExecutor};
use crate::snapshot::Snapshot;

/// Most bytes of a request's body.
const BODY_BYTES: usize = 256 * 1024;

/// What all requests share.
#[derive(Debug, Clone)]
pub struct Service {
    engine: Arc<Engine>,
    releases: watch::Receiver<Arc<Snapshot>>,
}

impl Service {
    /// A service over the releases of a channel. Each request reads the release that is current when it begins.
    #[must_use]
    pub fn new(engine: Arc<Engine>, releases: watch::Receiver<Arc<Snapshot>>) -> Self {
        Self { engine, releases }
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.releases.borrow())
    }
}

/// The routes.
pub fn router(service: Service) -> Router {
    let live = LiveExecutor::new(Arc::clone(&service.engine), service.releases.clone());
    Router::new()
        .route("/graphql", axum::routing::any(graphql::handle))
        .route_service("/graphql/ws", GraphQLSubscription::new(live))
        .route("/schema.graphql", get(pages::schema))
        .route("/health", get(pages::health))
        .route("/", get(pages::home))
        .route("/graphiql", get(pages::home))
        .route("/page.js", get(pages::script))
        .route("/page.css", get(pages::style))
        .fallback(pages::missing)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .with_state(service)
}

/// Serves on a listener until `stop` is done, then lets requests in flight finish.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    listener: TcpListener,
    service: Service,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(service)).with_graceful_shutdown(stop).await
}
