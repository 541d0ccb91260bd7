//! How do connections come in, and how long may they stay?
//!
//! Accepts up to a number of connections, speaks HTTP/1.1, h2c or TLS on each, ends those that are slow, and lets those
//! at work finish when the server stops. Must not know: routes, GraphQL.

use std::io::{self, Cursor};
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
use super::plain::{Left, Talk};
use super::settings::Settings;
use super::signal::stopped;
use super::spread;
use super::wire::H2_PREFACE;

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
    awake: Duration,
    drain: Duration,
    places: Arc<Semaphore>,
    clients: Arc<Clients>,
    /// What those are told that have too many connections, and places for telling it.
    too_many: Arc<str>,
    telling: Arc<Semaphore>,
    metrics: Arc<Metrics>,
    /// Lanes that are used at least.
    lanes: usize,
}

/// Who is at the other end, and what is held for it.
struct Guest {
    peer: Peer,
    held: Arc<Held>,
    watcher: Watcher,
    _place: OwnedSemaphorePermit,
    /// What it said that is for hyper, in the lane that the connection belongs to.
    said: Option<Vec<u8>>,
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
            shortest: head.min(Duration::from_millis(settings.body_timeout_ms.min(settings.write_timeout_ms))),
            write: Duration::from_millis(settings.write_timeout_ms),
            awake: Duration::from_micros(settings.wait_awake_us),
            drain: Duration::from_millis(settings.drain_ms),
            places: Arc::new(Semaphore::new(settings.connections as usize)),
            clients: Clients::new(settings.client_connections),
            too_many: refusal(settings.client_connections).into(),
            telling: Arc::new(Semaphore::new(TELLING)),
            metrics,
            lanes: usize::try_from(settings.worker_threads).unwrap_or(usize::MAX).max(1),
        }
    }

    /// Serves a listener on these threads until `stopping` says so, then waits for the connections at work.
    pub(super) async fn serve(self, listener: TcpListener, lanes: Lanes, mut stopping: watch::Receiver<bool>) {
        let graceful = GracefulShutdown::new();
        let (board, metrics) = (Arc::clone(lanes.board()), Arc::clone(&self.metrics));
        let least = self.lanes.min(board.count());
        let tell = move |threads| _ = metrics.threads.set(threads as i64);
        let spreading = tokio::spawn(spread::keep(board, least, tell));
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
            let guest = Guest { peer, held: Arc::new(held), watcher: graceful.watcher(), _place: place, said: None };
            // What secures a connection stays where it is.
            let lane = if self.tls.is_some() { lane.settled() } else { lane };
            self.clone().hand_over(socket, guest, lane);
        }
        drop(listener);
        spreading.abort();
        lanes.stop();
        if timeout(self.drain, graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests did not end in time and were cut");
        }
        // Waits for threads.
        let _ = tokio::task::spawn_blocking(move || drop(lanes)).await;
    }

    /// Lets a lane speak to a client: the socket is told to that thread only.
    fn hand_over(self, socket: TcpStream, guest: Guest, lane: Place) {
        let socket = socket.into_std();
        lane.run(|lane| async move {
            let socket = match socket.and_then(TcpStream::from_std) {
                Ok(socket) => socket,
                Err(why) => return tracing::warn!(%why, "a connection was lost on its way to its thread"),
            };
            self.metrics.connections.inc();
            let left = self.connection(socket, guest, &lane).await;
            self.metrics.connections.dec();
            if let Some((socket, guest)) = left {
                let lane = if guest.said.is_some() { lane.settled() } else { lane };
                self.hand_over(socket, guest, lane);
            }
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

    /// Speaks to a client until the connection ends, or is to go on in another lane.
    async fn connection(&self, socket: TcpStream, mut guest: Guest, lane: &Place) -> Option<(TcpStream, Guest)> {
        if let Some(said) = guest.said.take() {
            self.speak_on(socket, said, guest, Clock::start(self.shortest), false).await;
            return None;
        }
        let Some(tls) = &self.tls else { return self.speak(socket, guest, lane, false).await };
        let mut stopping = lane.stopping();
        let secured = tokio::select! {
            biased;
            // Before it is secured a connection is not at work.
            () = stopped(&mut stopping) => return None,
            secured = timeout(self.head, tls.accept(socket)) => secured,
        };
        let Ok(Ok(socket)) = secured else { return None };
        let is_h2 = socket.get_ref().1.alpn_protocol() == Some(b"h2");
        self.speak(Box::new(socket), guest, lane, is_h2).await;
        None
    }

    /// Plain questions first, then whatever else is said; the socket, if it is to go on in
    /// another lane: between two questions, or as hyper is to have it where it belongs.
    async fn speak<S>(&self, mut socket: S, guest: Guest, lane: &Place, is_h2: bool) -> Option<(S, Guest)>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let clock = Clock::start(self.shortest);
        let said = if is_h2 {
            Vec::new()
        } else {
            let Self { head: idle, write, awake, .. } = *self;
            let talk = Talk { socket: &mut socket, peer: guest.peer, clock: &clock, idle, write, awake, lane };
            match clock.drive(talk.hold(self.app.plain())).await {
                Ok(Left::Other(said)) if !lane.is_home() => return Some((socket, Guest { said: Some(said), ..guest })),
                Ok(Left::Other(said)) => said,
                Ok(Left::Ended) => return None,
                Ok(Left::Moves) => return Some((socket, guest)),
                Err(why) => {
                    tracing::debug!(%why, "a connection ended early");
                    return None;
                }
            }
        };
        self.speak_on(socket, said, guest, clock, is_h2).await;
        None
    }

    /// Whatever else is said, from what was said already.
    async fn speak_on<S>(&self, socket: S, said: Vec<u8>, guest: Guest, clock: Clock, is_h2: bool)
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
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
        let clocked = one_at_a_time.then(|| clock.clone());
        let caller = Caller { peer: guest.peer, clock: clocked, held: Arc::clone(&guest.held) };
        let app = self.app.clone();
        let service =
            hyper::service::service_fn(move |request: Request<Incoming>| app.answer(request.map(Body::new), &caller));
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(self.write));
        // What was said already is read again.
        let (reader, writer) = split(Box::pin(socket));
        let socket = join(Cursor::new(said).chain(reader), writer);
        let connection = builder.serve_connection_with_upgrades(TokioIo::new(socket), service);
        let Guest { watcher, _place, .. } = guest;
        let connection = watcher.watch(connection.into_owned());
        let ended = if one_at_a_time { clock.drive(connection).await } else { connection.await };
        if let Err(why) = ended {
            tracing::debug!(%why, "a connection ended early");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::front::Front;
    use crate::server::{Load, Releases, router};
    use crate::snapshot::Snapshot;

    fn question(number: u32) -> String {
        let body = format!("{{\"query\":\"{{a{number}:__typename}}\"}}");
        let length = body.len();
        format!(
            "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    }

    /// Asks these questions together, cut at a place, and reads their answers.
    async fn ask(socket: &mut TcpStream, numbers: std::ops::Range<u32>, cut: usize) {
        let asked: String = numbers.clone().map(question).collect();
        let (begin, rest) = asked.split_at(cut % asked.len());
        socket.write_all(begin.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
        socket.write_all(rest.as_bytes()).await.unwrap();
        let mut told = String::new();
        let last = format!("{{\"data\":{{\"a{}\":\"Query\"}}}}", numbers.end - 1);
        while !told.ends_with(&last) {
            let mut bytes = [0; 4096];
            let read = socket.read(&mut bytes).await.unwrap();
            assert!(read > 0, "the connection has ended: {told}");
            told.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
        }
        let answers: Vec<_> = told.split("HTTP/1.1 200 OK\r\n").skip(1).collect();
        let expected = numbers.map(|number| format!("{{\"data\":{{\"a{number}\":\"Query\"}}}}"));
        assert!(expected.eq(answers.iter().map(|one| one.split_once("\r\n\r\n").unwrap().1)), "{told}");
    }

    #[tokio::test]
    async fn connections_that_change_their_thread_lose_nothing() {
        let load: Load = Arc::new(|| Snapshot::bundled().map_err(|p| p.to_string()));
        let metrics = Arc::new(Metrics::default());
        let releases = Releases::new(load().unwrap(), load, Arc::clone(&metrics));
        // A number of threads that was asked for is not changed but by the test.
        let settings = Settings { worker_threads: 3, ..Settings::default() };
        let front = Arc::new(Front::new(settings, releases, Arc::clone(&metrics)).unwrap());
        let app = App::of(&front, router(Arc::clone(&front)).unwrap());
        let door = Door::new(app, &front.settings, None, metrics);
        let lanes = Lanes::start(3, 4 << 20, 1).unwrap();
        let board = Arc::clone(lanes.board());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopping) = watch::channel(false);
        let serving = tokio::spawn(door.serve(listener, lanes, stopping));
        let mut clients = Vec::new();
        for _ in 0..6 {
            let client = TcpStream::connect(address).await.unwrap();
            // What is cut is not held back.
            client.set_nodelay(true).unwrap();
            clients.push(client);
        }
        for round in 0..40 {
            board.set_used(1 + round as usize % 3);
            for (at, client) in clients.iter_mut().enumerate() {
                ask(client, round * 3..round * 3 + 1 + (round + at as u32) % 3, (round as usize) * 7 + at).await;
            }
            if round % 3 == 0 {
                // All have moved by now: what is asked next is answered by the one thread that is used.
                let before = board.answered();
                for client in &mut clients {
                    ask(client, 0..2, 0).await;
                }
                let now = board.answered();
                // Those that were cut for long, on a busy machine, are no plain ones any more and stay where they are.
                assert!(now[0] > before[0] && now[1..] == before[1..], "{round}: {before:?} {now:?}");
            }
        }
        // What is for hyper is answered as well where fewer are used, in whichever lane it belongs.
        board.set_used(1);
        for client in &mut clients {
            ask(client, 0..1, 0).await;
            client.write_all(b"GET /health HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
            let mut told = String::new();
            client.read_to_string(&mut told).await.unwrap();
            assert!(told.starts_with("HTTP/1.1 200 OK\r\n"), "{told}");
        }
        assert!(board.answered().iter().all(|answered| *answered > 0), "{:?}", board.answered());
        let mut client = TcpStream::connect(address).await.unwrap();
        ask(&mut client, 0..1, 0).await;
        stop.send_replace(true);
        serving.await.unwrap();
        let mut rest = Vec::new();
        assert_eq!(client.read_to_end(&mut rest).await.unwrap(), 0, "told to end wherever it is");
    }
}
