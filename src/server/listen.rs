//! How do connections come in, and how long may they stay?
//!
//! Accepts up to a number of connections, speaks HTTP/1.1, h2c or TLS on each, ends those that are slow, and lets those
//! at work finish when the server stops. Must not know: routes, GraphQL.

use std::io::{self, Cursor};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, join, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

use super::app::App;
use super::around::{Caller, Peer};
use super::clients::{Clients, Held, refusal};
use super::clock::Clock;
use super::lanes::{Lanes, Place};
use super::metrics::Metrics;
use super::plain::{H2_PREFACE, Left, Talk};
use super::settings::Settings;
use super::signal::stopped;

/// Headers that hyper takes where no number is said.
const HEADERS_OF_HYPER: u64 = 100;

/// Clients that are told at once that they have too many connections.
const TELLING: usize = 64;

/// How connections are served.
#[derive(Clone)]
pub(super) struct Door {
    app: App,
    http1: Builder<TokioExecutor>,
    /// For what begins as the handshake of a WebSocket does.
    handshake: Builder<TokioExecutor>,
    begins_handshake: Arc<str>,
    http2: Builder<TokioExecutor>,
    tls: Option<TlsAcceptor>,
    head: Duration,
    /// Shortest time for which a client is waited for between two polls of its connection.
    shortest: Duration,
    write: Duration,
    drain: Duration,
    places: Arc<Semaphore>,
    clients: Arc<Clients>,
    /// What those are told that have too many connections, and places for telling it.
    too_many: Arc<str>,
    telling: Arc<Semaphore>,
    metrics: Arc<Metrics>,
}

impl Door {
    pub(super) fn new(app: App, settings: &Settings, tls: Option<TlsAcceptor>, metrics: Arc<Metrics>) -> Self {
        let head = Duration::from_millis(settings.header_timeout_ms);
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().header_read_timeout(head).max_buf_size((settings.header_bytes as usize).max(8192));
        // To say the same number makes hyper clear room for so many, for each request.
        if settings.header_count != HEADERS_OF_HYPER {
            builder.http1().max_headers(settings.header_count as usize);
        }
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(64)
            .max_header_list_size(u32::try_from(settings.header_bytes).unwrap_or(u32::MAX))
            .max_send_buf_size(256 * 1024)
            .keep_alive_interval(Duration::from_secs(20))
            .keep_alive_timeout(head)
            .enable_connect_protocol();
        let http1 = builder.clone().http1_only();
        // The answer to a handshake repeats names of headers as they were written; to remember them costs.
        builder.http1().preserve_header_case(true);
        Self {
            app,
            http1,
            handshake: builder.clone().http1_only(),
            begins_handshake: format!("GET {}/graphql/ws", settings.base().trim_end_matches('/')).into(),
            http2: builder.http2_only(),
            tls,
            head,
            shortest: head.min(Duration::from_millis(settings.body_timeout_ms)),
            write: Duration::from_millis(settings.write_timeout_ms),
            drain: Duration::from_millis(settings.drain_ms),
            places: Arc::new(Semaphore::new(settings.connections as usize)),
            clients: Clients::new(settings.client_connections),
            too_many: refusal(settings.client_connections).into(),
            telling: Arc::new(Semaphore::new(TELLING)),
            metrics,
        }
    }

    /// Serves a listener on these threads until `stopping` says so, then waits for the connections at work.
    pub(super) async fn serve(self, listener: TcpListener, lanes: Lanes, mut stopping: watch::Receiver<bool>) {
        let graceful = GracefulShutdown::new();
        loop {
            let accepted = tokio::select! {
                () = stopped(&mut stopping) => break,
                accepted = self.accept(&listener) => accepted,
            };
            let (place, socket, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(why) => {
                    // Out of file handles, mostly: wait until some are back.
                    tracing::warn!(%why, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            };
            let Some(held) = self.clients.hold(peer.0.ip()) else {
                drop(place);
                self.turn_away(socket);
                continue;
            };
            // Without a lane there is no server.
            let Some(lane) = lanes.place() else { break };
            self.clone().hand_over(socket, peer, held, (place, lane), graceful.watcher());
        }
        drop(listener);
        lanes.stop();
        if timeout(self.drain, graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests did not end in time and were cut");
        }
        // Waits for threads.
        let _ = tokio::task::spawn_blocking(move || drop(lanes)).await;
    }

    /// Lets a lane speak to a client: the socket is told to that thread only.
    fn hand_over(
        self,
        socket: TcpStream,
        peer: Peer,
        held: Held,
        (place, lane): (OwnedSemaphorePermit, Place),
        watcher: Watcher,
    ) {
        let socket = socket.into_std();
        let stopping = lane.stopping();
        lane.run(async move {
            let _place = place;
            let socket = match socket.and_then(TcpStream::from_std) {
                Ok(socket) => socket,
                Err(why) => return tracing::warn!(%why, "a connection was lost on its way to its thread"),
            };
            self.metrics.connections.inc();
            self.connection(socket, peer, held, watcher, stopping).await;
            self.metrics.connections.dec();
        });
    }

    async fn accept(&self, listener: &TcpListener) -> io::Result<(OwnedSemaphorePermit, TcpStream, Peer)> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(io::Error::other)?;
        let (socket, peer) = listener.accept().await?;
        socket.set_nodelay(true)?;
        Ok((place, socket, Peer(peer)))
    }

    /// Tells a client that it has too many connections; only closes where that is told to many already, and under TLS.
    fn turn_away(&self, mut socket: TcpStream) {
        self.metrics.limit("clientConnections");
        let Ok(place) = Arc::clone(&self.telling).try_acquire_owned() else { return };
        if self.tls.is_some() {
            return;
        }
        let text = Arc::clone(&self.too_many);
        tokio::spawn(async move {
            let _place = place;
            let told = async {
                socket.write_all(text.as_bytes()).await?;
                socket.shutdown().await?;
                // What the client says is taken off: a socket that is closed over it loses the answer.
                tokio::io::copy(&mut socket.take(64 * 1024), &mut tokio::io::sink()).await
            };
            let _ = timeout(Duration::from_secs(1), told).await;
        });
    }

    async fn connection(
        &self,
        socket: TcpStream,
        peer: Peer,
        held: Held,
        watcher: Watcher,
        mut stopping: watch::Receiver<bool>,
    ) {
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(self.write));
        let socket = Box::pin(socket);
        let caller = Caller { peer, clock: None, held: Arc::new(held) };
        let Some(tls) = &self.tls else { return self.speak(socket, caller, watcher, stopping, false).await };
        let secured = tokio::select! {
            biased;
            // Before it is secured a connection is not at work.
            () = stopped(&mut stopping) => return,
            secured = timeout(self.head, tls.accept(socket)) => secured,
        };
        let Ok(Ok(socket)) = secured else { return };
        let is_h2 = socket.get_ref().1.alpn_protocol() == Some(b"h2");
        self.speak(Box::pin(socket), caller, watcher, stopping, is_h2).await;
    }

    /// Plain questions first, then whatever else is said.
    async fn speak<S>(
        &self,
        mut socket: Pin<Box<S>>,
        caller: Caller,
        watcher: Watcher,
        stopping: watch::Receiver<bool>,
        is_h2: bool,
    ) where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let clock = Clock::start(self.shortest);
        let said = if is_h2 {
            Vec::new()
        } else {
            let talk = Talk { socket: &mut socket, peer: caller.peer, clock: &clock, idle: self.head };
            match clock.drive(talk.hold(self.app.plain(), stopping)).await {
                Ok(Left::Other(said)) => said,
                Ok(Left::Ended) => return,
                Err(why) => return tracing::debug!(%why, "a connection ended early"),
            }
        };
        // Streams of HTTP/2 are waited for side by side, each with a timer of its own.
        let one_at_a_time = !is_h2 && !said.starts_with(H2_PREFACE);
        let mut builder = match one_at_a_time {
            false => self.http2.clone(),
            true if said.starts_with(self.begins_handshake.as_bytes()) => self.handshake.clone(),
            true => self.http1.clone(),
        };
        if one_at_a_time {
            builder.http1().timer(clock.clone());
        }
        let caller = Caller { clock: one_at_a_time.then(|| clock.clone()), ..caller };
        let app = self.app.clone();
        let service =
            hyper::service::service_fn(move |request: Request<Incoming>| app.answer(request.map(Body::new), &caller));
        // What was said already is read again.
        let (reader, writer) = split(socket);
        let socket = join(Cursor::new(said).chain(reader), writer);
        let connection = builder.serve_connection_with_upgrades(TokioIo::new(socket), service);
        let connection = watcher.watch(connection.into_owned());
        let ended = if one_at_a_time { clock.drive(connection).await } else { connection.await };
        if let Err(why) = ended {
            tracing::debug!(%why, "a connection ended early");
        }
    }
}
