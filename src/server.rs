//! What goes over the wire?
//!
//! Must not know: fields, plans, the data. Holds the release that serves and the engine, speaks GraphQL over HTTP,
//! WebSocket and event streams, and stops when told. A request's way: `listen` → `plain` (`wire`), or hyper → `app` →
//! `graphql`; `around` either → `whole` → `params` → `persisted` → `front` (cache, engine, pool) → `deliver` → `encode`.

mod accept;
mod admin;
mod app;
mod around;
mod awake;
mod batch;
mod cache;
mod clients;
mod clock;
mod deliver;
mod encode;
mod front;
mod graphql;
mod lanes;
mod legacy;
mod listen;
pub mod log;
mod metrics;
mod pages;
mod params;
mod persisted;
mod plain;
mod pool;
mod rate;
mod releases;
mod response;
mod seen;
mod settings;
mod signal;
mod spread;
mod sse;
mod subscribe;
mod tally;
mod tls;
#[cfg(feature = "otel")]
mod trace;
mod watch;
mod whole;
mod wire;
mod ws;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderValue, Method};
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

pub use front::Front;
pub use metrics::Metrics;
pub use params::check_depth;
pub use releases::{Load, Releases, Reloaded};
pub use settings::{Declared, Settings};
pub use signal::{reload_signal, stop_signal};

use crate::snapshot::Snapshot;

/// The routes.
///
/// # Errors
/// Where an origin of the settings is none, or the base path no path.
pub fn router(front: Arc<Front>) -> Result<Router, String> {
    let mut routes = Router::new()
        .route("/graphql", any(graphql::handle))
        .route("/graphql/stream", any(graphql::handle))
        .route("/graphql/ws", any(ws::upgrade))
        .route("/schema.graphql", get(pages::schema))
        .route("/health", get(pages::health))
        .route("/ready", get(pages::ready))
        .route("/", get(pages::home))
        .route("/graphiql", get(pages::graphiql))
        .route("/page.js", get(pages::script))
        .route("/page.css", get(pages::style))
        .fallback(pages::other);
    if front.settings.metrics {
        routes = routes.route("/metrics", get(pages::metrics));
    }
    if let Some(cors) = cors(&front.settings.cors_origins)? {
        routes = routes.layer(cors);
    }
    let base = front.settings.base();
    if !base.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b)) {
        return Err(format!(
            "`base-path`: {base:?} is no path such as /kg/: letters, digits, `/`, `-`, `_`, `.` and `~`"
        ));
    }
    let around = from_fn_with_state(Arc::clone(&front), around::around);
    let routes = routes.with_state(front);
    Ok(if base == "/" { routes } else { Router::new().nest_service(base.trim_end_matches('/'), routes) }.layer(around))
}

/// Which other origins may read answers; none where the list is empty.
fn cors(origins: &str) -> Result<Option<CorsLayer>, String> {
    let origins = origins.trim();
    if origins.is_empty() {
        return Ok(None);
    }
    let allowed = if origins == "*" {
        AllowOrigin::any()
    } else {
        let list = origins.split(',').map(str::trim).map(|origin| {
            let is_origin = origin.split_once("://").is_some_and(|(_, host)| !host.is_empty() && !host.contains('/'));
            HeaderValue::from_str(origin)
                .ok()
                .filter(|_| is_origin)
                .ok_or_else(|| format!("`cors-origins`: {origin:?} is no origin such as https://example.org"))
        });
        AllowOrigin::list(list.collect::<Result<Vec<_>, _>>()?)
    };
    let layer = CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(Any)
        .expose_headers(Any)
        .max_age(Duration::from_secs(86_400));
    Ok(Some(layer))
}

/// Serves on a listener until `stop` is done, then lets requests in flight finish.
///
/// # Errors
/// Where a setting or a file that it names does not serve.
pub async fn serve(listener: TcpListener, front: Arc<Front>, stop: impl Future<Output = ()>) -> Result<(), String> {
    let tls = tls::acceptor(&front.settings)?;
    let app = app::App::of(&front, router(Arc::clone(&front))?);
    let door = listen::Door::new(app, &front.settings, tls, Arc::clone(&front.metrics));
    let lanes = lanes(&front.settings, front.settings.threads())?;
    let serving = tokio::spawn(door.serve(listener, lanes, front.stopping.subscribe()));
    stop.await;
    front.stopping.send_replace(true);
    serving.await.map_err(|why| format!("the server failed: {why}"))
}

/// Threads that speak to clients, each with more for work that blocks.
fn lanes(settings: &Settings, threads: usize) -> Result<lanes::Lanes, String> {
    lanes::Lanes::start(threads, settings.stack_bytes as usize, settings.blocking_threads())
        .map_err(|why| format!("cannot start a thread: {why}"))
}

/// Serves with all that belongs to it: admin end points, reload on a signal and on changed files.
///
/// `ready` is told the address once connections are taken.
///
/// # Errors
/// Where an address cannot be listened on, or a setting does not serve.
pub async fn run(
    settings: Settings,
    first: Snapshot,
    load: Load,
    folder: Option<PathBuf>,
    stop: impl Future<Output = ()>,
    ready: impl FnOnce(&str),
) -> Result<(), String> {
    let metrics = Arc::new(Metrics::default());
    let releases = Releases::new(first, load, Arc::clone(&metrics));
    let releases = if settings.warm { releases.warming() } else { releases };
    let front = Arc::new(Front::new(settings, releases, metrics)?);
    let settings = &front.settings;
    let listener = bind(&settings.listen.to_string(), "listen").await?;
    if !settings.admin_listen.is_empty() {
        let token = admin::token(settings)?;
        let admin = bind(&settings.admin_listen, "admin-listen").await?;
        tracing::info!(address = %address(&admin)?, "admin end points");
        let door =
            listen::Door::new(app::App::new(admin::router(Arc::clone(&front), &token)), settings, None, Arc::default());
        tokio::spawn(door.serve(admin, lanes(settings, 1)?, front.stopping.subscribe()));
    }
    if settings.watch {
        let Some(folder) = folder else {
            return Err("--watch needs a folder of data: the bundled data does not change".to_owned());
        };
        let mut changes = watch::Changes::of(&folder, Duration::from_millis(settings.watch_ms))?;
        let front = Arc::clone(&front);
        tokio::spawn(async move {
            while changes.next().await.is_some() {
                front.releases.reload().await;
            }
        });
    }
    let mut signals = reload_signal().map_err(|why| format!("cannot listen for signals: {why}"))?;
    let reloading = Arc::clone(&front);
    tokio::spawn(async move {
        while signals.recv().await.is_some() {
            reloading.releases.reload().await;
        }
    });
    let scheme = if settings.tls_certificate.is_empty() { "http" } else { "https" };
    // The files of the settings are read before anyone is told that the server is ready.
    tls::acceptor(settings)?;
    drop(router(Arc::clone(&front))?);
    ready(&format!("{scheme}://{}{}", address(&listener)?, settings.base().trim_end_matches('/')));
    serve(listener, Arc::clone(&front), stop).await
}

async fn bind(address: &str, setting: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|why| format!("cannot listen on {address}: {why}. Choose another address with --{setting}"))
}

fn address(listener: &TcpListener) -> Result<std::net::SocketAddr, String> {
    listener.local_addr().map_err(|why| format!("the listener has no address: {why}"))
}
