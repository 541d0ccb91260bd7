//! How is graphql-transport-ws spoken?
//!
//! One socket: initialise, subscribe, next, complete, with the exact close codes of the protocol. The legacy
//! sub-protocol (`graphql-ws`) is told apart by its name and left to `legacy`. Must not know: what an answer holds.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql_axum::GraphQLProtocol;
use axum::body::Body;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Extension, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{Extensions, HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;
use futures_util::stream::StreamExt;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::{interval, timeout};

use super::accept::Media;
use super::around::{Caller, Peer};
use super::front::Front;
use super::legacy;
use super::params::{self, Parameters};
use super::response::refuse;
use super::signal::stopped;
use super::subscribe;
use crate::graphql::{Code, GraphqlError};

const PROTOCOL: &str = "graphql-transport-ws";

/// Messages that wait for a socket that is slow to take them.
const OUT: usize = 16;

/// Why a socket is closed.
type Close = (u16, Cow<'static, str>);

const GOING_AWAY: Close = (1001, Cow::Borrowed("The server stops"));
const TOO_BIG: Close = (1009, Cow::Borrowed("Message too big"));
const UNAUTHORIZED: Close = (4401, Cow::Borrowed("Unauthorized"));
const NOT_ACCEPTABLE: Close = (4406, Cow::Borrowed("Subprotocol not acceptable"));
const INIT_TIMEOUT: Close = (4408, Cow::Borrowed("Connection initialisation timeout"));
const INIT_TWICE: Close = (4429, Cow::Borrowed("Too many initialisation requests"));
const IDLE: Close = (1001, Cow::Borrowed("No sign of life"));
const INVALID: Close = (4400, Cow::Borrowed("Invalid message"));

pub(super) async fn upgrade(
    State(front): State<Arc<Front>>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    asked: Extensions,
    legacy: Result<GraphQLProtocol, StatusCode>,
    socket: WebSocketUpgrade,
) -> Response<Body> {
    if !may_read(&front.settings.cors_origins, &headers) {
        let error = params::bad("pages of this origin may not open a socket here").limit("corsOrigins");
        return refuse(Media::Json, (StatusCode::FORBIDDEN, error)).into();
    }
    let Ok(place) = Arc::clone(&front.streams).try_acquire_owned() else {
        let error = GraphqlError::new(Code::Overloaded, "too many streams are open").limit("streams");
        return refuse(Media::Json, (StatusCode::SERVICE_UNAVAILABLE, error)).into();
    };
    let most = front.settings.ws_message_bytes as usize;
    let socket = socket.protocols([PROTOCOL, legacy::PROTOCOL]).max_message_size(most).max_frame_size(most);
    let spoken = socket.selected_protocol().and_then(|name| name.to_str().ok().map(str::to_owned));
    let mut response = socket
        .on_upgrade(async move |mut socket| {
            front.metrics.streams.inc();
            let _open = (place, caller.held, subscribe::Counted(Arc::clone(&front.metrics)));
            let end = match (spoken.as_deref(), legacy) {
                (Some(PROTOCOL), _) => run(&front, caller.peer, &mut socket).await,
                (Some(legacy::PROTOCOL), Ok(protocol)) => return legacy::run(&front, socket, protocol).await,
                _ => Some(NOT_ACCEPTABLE),
            };
            if let Some((code, reason)) = end {
                let frame = CloseFrame { code, reason: reason.into_owned().into() };
                let _ = timeout(Duration::from_secs(2), socket.send(Message::Close(Some(frame)))).await;
            }
            // Both close frames are to arrive before the connection ends.
            let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
            let _ = timeout(Duration::from_secs(1), rest).await;
        })
        .into_response();
    // Names of headers as the client writes them: Python's gql finds `Sec-WebSocket-Protocol` in this form only.
    response.extensions_mut().extend(asked);
    response
}

/// Whether the page that opens the socket may read answers: browsers ask no leave for sockets, so it is checked here.
/// Clients that are no browsers name no origin.
fn may_read(origins: &str, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = headers.get(HOST).and_then(|v| v.to_str().ok());
    let same = origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host);
    same || origins.split(',').map(str::trim).any(|allowed| allowed == "*" || allowed == origin)
}

/// A message of a client.
#[derive(Debug, Deserialize)]
struct Incoming {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    payload: Option<Value>,
}

/// A message of an operation; the last one ends it.
struct Outgoing {
    id: String,
    run: u64,
    text: String,
    last: bool,
}

/// Ends its task when dropped: with the socket, or when the client completes the operation.
struct Running {
    run: u64,
    task: tokio::task::AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Session<'a> {
    front: &'a Arc<Front>,
    peer: Peer,
    initialised: bool,
    open: HashMap<String, Running>,
    runs: u64,
    out: mpsc::Sender<Outgoing>,
}

/// Serves a socket to its end; `None` where the client closed it.
async fn run(front: &Arc<Front>, peer: Peer, socket: &mut WebSocket) -> Option<Close> {
    let settings = &front.settings;
    let (out, mut outgoing) = mpsc::channel(OUT);
    let mut session = Session { front, peer, initialised: false, open: HashMap::new(), runs: 0, out };
    let begun = Instant::now();
    let init = tokio::time::sleep(Duration::from_millis(settings.ws_init_ms));
    tokio::pin!(init);
    let idle = Duration::from_millis(settings.ws_idle_ms.max(3));
    let mut beat = interval(idle / 3);
    let mut seen = begun;
    let mut stopping = front.stopping.subscribe();
    loop {
        let reply = tokio::select! {
            biased;
            () = stopped(&mut stopping) => return Some(GOING_AWAY),
            () = &mut init, if !session.initialised => return Some(INIT_TIMEOUT),
            received = socket.recv() => {
                seen = Instant::now();
                match received {
                    None | Some(Ok(Message::Close(_))) => return None,
                    Some(Err(_)) => return Some(TOO_BIG),
                    Some(Ok(Message::Text(text))) => match session.take(&text) {
                        Ok(reply) => reply.map(|text| Message::Text(text.into())),
                        Err(close) => return Some(close),
                    },
                    Some(Ok(Message::Binary(_))) => return Some(INVALID),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
                }
            }
            Some(message) = outgoing.recv() => session.give(message),
            _ = beat.tick() => {
                if seen.elapsed() > idle {
                    return Some(IDLE);
                }
                (seen.elapsed() > idle / 3).then(|| Message::Ping(Default::default()))
            }
        };
        if let Some(message) = reply {
            match timeout(Duration::from_millis(settings.write_timeout_ms), socket.send(message)).await {
                Ok(Ok(())) => {}
                _ => return None,
            }
        }
    }
}

impl Session<'_> {
    /// Takes a message; what is said at once, or why the socket closes.
    fn take(&mut self, text: &str) -> Result<Option<String>, Close> {
        // A close frame holds 123 bytes of reason.
        let short = |mut text: String| {
            text.truncate((0..=123).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
            Cow::Owned(text)
        };
        let invalid = |why: &str| (INVALID.0, short(format!("Invalid message: {why}")));
        params::check_depth(text.as_bytes(), self.front.settings.json_depth).map_err(|e| invalid(&e.message))?;
        let message: Incoming = serde_json::from_str(text).map_err(|why| invalid(&why.to_string()))?;
        let payload = message.payload.filter(|p| !p.is_null());
        match (message.kind.as_str(), message.id.filter(|id| !id.is_empty())) {
            ("connection_init", _) if self.initialised => Err(INIT_TWICE),
            ("connection_init" | "ping" | "pong", _) if payload.as_ref().is_some_and(|p| !p.is_object()) => {
                Err(invalid("the payload is no object"))
            }
            ("connection_init", _) => {
                self.initialised = true;
                Ok(Some(r#"{"type":"connection_ack"}"#.to_owned()))
            }
            ("ping", _) => Ok(Some(r#"{"type":"pong"}"#.to_owned())),
            ("pong", _) => Ok(None),
            ("subscribe", _) if !self.initialised => Err(UNAUTHORIZED),
            ("subscribe", Some(id)) => {
                let asked = params::read_value(payload.unwrap_or_default()).map_err(|e| invalid(&e.message))?;
                if self.open.contains_key(&id) {
                    return Err((4409, short(format!("Subscriber for {id} already exists"))));
                }
                self.subscribe(id, asked)
            }
            ("complete", Some(id)) => {
                self.open.remove(&id);
                Ok(None)
            }
            ("subscribe" | "complete", None) => Err(invalid("the `id` is missing")),
            (kind, _) => Err(invalid(&format!("there is no type {kind:?}"))),
        }
    }

    fn subscribe(&mut self, id: String, asked: Parameters) -> Result<Option<String>, Close> {
        let limits = &self.front.settings;
        let most = limits.ws_operations;
        if self.open.len() as u64 >= most {
            let message = format!("more than {most} operations are open on this socket");
            return Ok(Some(error(&id, &GraphqlError::new(Code::LimitExceeded, message).limit("wsOperations"))));
        }
        if self.front.rate.as_ref().is_some_and(|rate| rate.check(self.peer.0.ip()).is_err()) {
            let message = format!("more than {} requests per second", limits.rate_per_second);
            return Ok(Some(error(&id, &GraphqlError::new(Code::LimitExceeded, message).limit("ratePerSecond"))));
        }
        self.runs += 1;
        let operation = operate(Arc::clone(self.front), id.clone(), self.runs, asked, self.out.clone());
        let task = tokio::spawn(operation).abort_handle();
        self.open.insert(id, Running { run: self.runs, task });
        Ok(None)
    }

    /// What goes out of an operation's message: nothing once the operation is no longer open.
    fn give(&mut self, message: Outgoing) -> Option<Message> {
        match self.open.entry(message.id) {
            Entry::Occupied(open) if open.get().run == message.run => {
                if message.last {
                    open.remove();
                }
                Some(Message::Text(message.text.into()))
            }
            _ => None,
        }
    }
}

/// Runs an operation to its end.
async fn operate(front: Arc<Front>, id: String, run: u64, asked: Parameters, out: mpsc::Sender<Outgoing>) {
    let send = |text: String, last: bool| {
        let message = Outgoing { id: id.clone(), run, text, last };
        let out = out.clone();
        async move { drop(out.send(message).await) }
    };
    let (request, show_cost) = match front.request(asked) {
        Ok(asked) => (Arc::new(asked.request), asked.show_cost),
        Err(why) => return send(error(&id, &why), true).await,
    };
    match front.prepare(&request).await {
        Ok(Ok(prepared)) if prepared.is_subscription() => {
            let mut events = std::pin::pin!(subscribe::events(&front, request));
            while let Some(body) = events.next().await {
                send(next(&id, &body), false).await;
            }
        }
        Ok(Ok(_)) => match front.answer(request, show_cost).await {
            Ok(reply) => send(next(&id, &reply.entry.body), false).await,
            Err(failure) => return send(error(&id, &failure.error()), true).await,
        },
        Ok(Err(refused)) => return send(errors(&id, &refused.body), true).await,
        Err(failure) => return send(error(&id, &failure.error()), true).await,
    }
    send(format!(r#"{{"id":{},"type":"complete"}}"#, Value::from(id.as_str())), true).await;
}

fn next(id: &str, body: &[u8]) -> String {
    format!(r#"{{"id":{},"type":"next","payload":{}}}"#, Value::from(id), String::from_utf8_lossy(body))
}

fn error(id: &str, why: &GraphqlError) -> String {
    serde_json::json!({ "id": id, "type": "error", "payload": [why] }).to_string()
}

/// The errors of a refusal.
fn errors(id: &str, body: &[u8]) -> String {
    let errors = serde_json::from_slice::<Value>(body).ok().and_then(|v| v.get("errors").cloned());
    serde_json::json!({ "id": id, "type": "error", "payload": errors.unwrap_or_default() }).to_string()
}
