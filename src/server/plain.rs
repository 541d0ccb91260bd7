//! Which requests of a connection are answered as they come in?
//!
//! Plain questions (`wire` says which) are read off a buffer of their connection, answered on its thread and written in one
//! go, which saves a small answer a sixth of its processor time (docs/performance.md). From the first request that is
//! something else, or that does not come at once, the connection is hyper's. Must not know: routes, what a question means.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use bytes::Buf;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::{Instant, timeout_at};

use super::around::{self, Frame, Peer};
use super::awake::Awake;
use super::clock::Clock;
use super::deliver::Wanted;
use super::front::Front;
use super::lanes::Place;
use super::signal::stopped;
use super::wire::{self, Bounds, Dated, Form, Question, tells_nothing};
use super::{accept, whole};

/// Bytes for which there is room when a connection begins.
const ROOM: usize = 8 * 1024;

/// How long the rest of a request is waited for: who takes longer is slow, and hyper knows how slow one may be.
const PATIENCE: Duration = Duration::from_millis(20);

/// Bytes up to which a body is copied behind its head, to be written with it.
const COPIED: usize = 16 * 1024;

/// What becomes of a connection.
#[derive(Debug)]
pub(super) enum Left {
    /// It has ended.
    Ended,
    /// These bytes were said, and none of them answered.
    Other(Vec<u8>),
    /// It goes on elsewhere; all that was said is answered.
    Moves,
}

/// What answers plain questions.
#[derive(Debug)]
pub(super) struct Plain {
    front: Arc<Front>,
    path: Box<str>,
    bounds: Bounds,
}

impl Plain {
    /// Answers what is asked at the address of the API.
    pub(super) fn new(front: &Arc<Front>) -> Self {
        let settings = &front.settings;
        let path = format!("{}/graphql", settings.base().trim_end_matches('/'));
        let bounds = Bounds::new(&path, settings.header_bytes, settings.header_count, settings.body_bytes);
        Self { front: Arc::clone(front), path: path.into(), bounds }
    }

    pub(super) fn front(&self) -> &Arc<Front> {
        &self.front
    }

    /// The whole path of the API.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The answer to a question, with its head in `out`; none where the client leaves before it is there. What the client says
    /// meanwhile is in `more`.
    async fn answer<S: AsyncRead + Unpin>(
        &self,
        question: Question<'_>,
        talk: &mut Talk<'_, S>,
        out: &mut Out,
        more: &mut Vec<u8>,
    ) -> io::Result<Option<Bytes>> {
        let front = &*self.front;
        let frame = Frame::begin(front, Some(talk.peer), &Method::POST, &self.path, &HeaderMap::new(), question.id);
        let begun = frame.begun();
        let now = || {
            let media = match whole::admitted(front, Some(talk.peer), accept::negotiate(question.accept)) {
                Ok(media) => media,
                Err(refused) => return Ok(*refused),
            };
            let wanted = Wanted::posted(media, question.accept_encoding, question.show_cost);
            whole::posted_now(front, &wanted, question.body, begun).map_err(|waits| (wanted, waits))
        };
        let whole = match frame.run(now) {
            Some(Ok(whole)) => Some(whole),
            Some(Err((wanted, waits))) => {
                let later = whole::posted_later(front, &wanted, waits, question.body, begun);
                match while_there(Box::pin(frame.wait(later)), talk.socket, more).await? {
                    Some(whole) => whole,
                    None => return Ok(None),
                }
            }
            None => None,
        };
        let whole = whole.unwrap_or_else(around::panicked);
        let id = frame.end(whole.status, whole.operation.as_ref(), whole.timing.map(|timing| timing.took));
        out.head.clear();
        wire::write_head(&mut out.head, &whole, &id, &mut out.dated, begun);
        Ok(Some(whole.body))
    }
}

/// What is kept from one answer to the next: where heads are written, the hour.
#[derive(Debug, Default)]
struct Out {
    head: Vec<u8>,
    dated: Dated,
}

/// A connection that has said nothing else yet.
pub(super) struct Talk<'a, S> {
    pub(super) socket: &'a mut S,
    pub(super) peer: Peer,
    pub(super) clock: &'a Clock,
    /// How long the next request is waited for.
    pub(super) idle: Duration,
    /// How long the client may take nothing of an answer.
    pub(super) write: Duration,
    /// How long it is waited for awake at most.
    pub(super) awake: Duration,
    pub(super) lane: &'a Place,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<'_, S> {
    /// Answers plain questions until something else is said, nothing is said for too long, or the server stops. Without
    /// what answers them, nothing is plain.
    pub(super) async fn hold(mut self, plain: Option<&Plain>) -> io::Result<Left> {
        let mut stopping = self.lane.stopping();
        let mut stop = pin!(stopped(&mut stopping));
        let mut said = Vec::with_capacity(ROOM);
        let mut out = Out::default();
        let mut awake = Awake::new(self.awake);
        let mut late_at = None;
        loop {
            let form = plain.map_or(Form::Other, |plain| plain.bounds.read(&said));
            let taken = match (form, plain) {
                (Form::Whole(question, taken), Some(plain)) => {
                    let mut more = Vec::new();
                    let Some(body) = plain.answer(question, &mut self, &mut out, &mut more).await? else {
                        return Ok(Left::Ended);
                    };
                    self.lane.has_answered();
                    self.tell(&mut out.head, body).await?;
                    said.extend_from_slice(&more);
                    taken
                }
                _ if said.is_empty() && self.lane.is_elsewhere() => return Ok(Left::Moves),
                _ if tells_nothing(&said) => {
                    let read = async {
                        loop {
                            let read = tokio::select! {
                                biased;
                                read = self.socket.read_buf(&mut said) => read?,
                                () = &mut stop => 0,
                            };
                            if read == 0 || !tells_nothing(&said) {
                                return io::Result::Ok(read);
                            }
                        }
                    };
                    // One look at the clock for all who wait.
                    let now = Instant::now();
                    let read = self.clock.until(|| (now + self.idle).into_std(), read);
                    if matches!(awake.wait(self.lane, now.into_std(), read).await.transpose()?, None | Some(0)) {
                        // Those under TLS are told.
                        let _ = self.socket.shutdown().await;
                        return Ok(Left::Ended);
                    }
                    0
                }
                (Form::Part, _) if said.len() < wire::LONGEST => {
                    let late_at = *late_at.get_or_insert_with(|| Instant::now() + PATIENCE);
                    said.reserve(ROOM);
                    match timeout_at(late_at, self.socket.read_buf(&mut said)).await {
                        Ok(Ok(1..)) => 0,
                        Ok(Err(why)) => return Err(why),
                        // Slow, or it said all it says: hyper knows what to answer.
                        Ok(Ok(0)) | Err(_) => return Ok(Left::Other(said)),
                    }
                }
                _ => return Ok(Left::Other(said)),
            };
            if taken > 0 {
                said.drain(..taken);
                said.shrink_to(ROOM);
                late_at = None;
            }
        }
    }

    /// Writes a response, head and body together.
    async fn tell(&mut self, head: &mut Vec<u8>, body: Bytes) -> io::Result<()> {
        if body.len() <= COPIED {
            head.extend_from_slice(&body);
            self.write(head.as_slice()).await?;
        } else {
            self.write(Buf::chain(head.as_slice(), body)).await?;
        }
        self.socket.flush().await
    }

    async fn write(&mut self, mut bytes: impl Buf) -> io::Result<()> {
        while bytes.has_remaining() {
            let written = self.clock.within(self.write, self.socket.write_buf(&mut bytes)).await;
            if written.ok_or(io::ErrorKind::TimedOut)?? == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
        Ok(())
    }
}

/// What the future gives; none where the client leaves first. What it says meanwhile is kept.
async fn while_there<F, S>(mut answer: Pin<Box<F>>, socket: &mut S, more: &mut Vec<u8>) -> io::Result<Option<F::Output>>
where
    F: Future,
    S: AsyncRead + Unpin,
{
    poll_fn(|cx| {
        if let Poll::Ready(answer) = answer.as_mut().poll(cx) {
            return Poll::Ready(Ok(Some(answer)));
        }
        while more.len() < wire::LONGEST {
            let mut bytes = [0; 1024];
            let mut read = ReadBuf::new(&mut bytes);
            match Pin::new(&mut *socket).poll_read(cx, &mut read) {
                Poll::Pending => break,
                Poll::Ready(Ok(())) if !read.filled().is_empty() => more.extend_from_slice(read.filled()),
                Poll::Ready(gone) => return Poll::Ready(gone.map(|()| None)),
            }
        }
        Poll::Pending
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::task::Context;

    use super::*;
    use crate::server::lanes::Lanes;
    use crate::server::wire::H2_PREFACE;
    use crate::server::{Load, Metrics, Releases, Settings};
    use crate::snapshot::Snapshot;

    /// A client that says one thing after another and then nothing, or leaves; what it is told is kept.
    #[derive(Default)]
    struct Client {
        says: VecDeque<Vec<u8>>,
        leaves: bool,
        told: Vec<u8>,
    }

    impl AsyncRead for Client {
        fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            match self.says.pop_front() {
                Some(bytes) => buf.put_slice(&bytes),
                None if self.leaves => {}
                None => return Poll::Pending,
            }
            Poll::Ready(Ok(()))
        }
    }

    impl AsyncWrite for Client {
        fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            // A few at a time, as a full socket takes them.
            let taken = bytes.len().min(3000);
            self.told.extend_from_slice(&bytes[..taken]);
            Poll::Ready(Ok(taken))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    fn plain() -> Plain {
        let load: Load = Arc::new(|| Snapshot::bundled().map_err(|p| p.to_string()));
        let metrics = Arc::new(Metrics::default());
        let releases = Releases::new(load().unwrap(), load, Arc::clone(&metrics));
        Plain::new(&Arc::new(Front::new(Settings::default(), releases, metrics).unwrap()))
    }

    fn question(query: &str) -> Vec<u8> {
        let body = format!("{{\"query\":\"{query}\"}}");
        format!(
            "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }

    /// Bodies of what the client was told, and what became of the connection.
    async fn hold(plain: Option<&Plain>, says: Vec<Vec<u8>>, leaves: bool, stops: bool) -> (Vec<String>, Left) {
        let mut client = Client { says: says.into(), leaves, told: Vec::new() };
        let clock = Clock::start(Duration::from_millis(50));
        let lanes = Lanes::start(1, 1 << 20, 1).unwrap();
        if stops {
            lanes.stop();
        }
        let lane = lanes.place().unwrap();
        let talk = Talk {
            socket: &mut client,
            peer: Peer(([127, 0, 0, 1], 1).into()),
            clock: &clock,
            idle: Duration::from_millis(50),
            write: Duration::from_millis(50),
            awake: Duration::ZERO,
            lane: &lane,
        };
        let left = clock.drive(talk.hold(plain)).await.unwrap();
        drop(lane);
        let told = String::from_utf8(client.told).unwrap();
        let bodies =
            told.split("HTTP/1.1 200 OK\r\n").skip(1).map(|one| one.split_once("\r\n\r\n").unwrap().1.to_owned());
        (bodies.collect(), left)
    }

    #[tokio::test]
    async fn questions_are_answered_in_turn_however_they_are_cut() {
        let plain = plain();
        let queries =
            ["{__typename}", "{nothing}", "{trials(first:200){nodes{id title again:title status}}}", "{__typename}"];
        let all: Vec<u8> = queries.iter().flat_map(|query| question(query)).collect();
        let (whole, left) = hold(Some(&plain), vec![all.clone()], true, false).await;
        assert!(matches!(left, Left::Ended), "{left:?}");
        assert_eq!((whole.len(), whole[0].as_str()), (4, "{\"data\":{\"__typename\":\"Query\"}}"));
        assert!(whole[1].contains("nothing") && whole[2].len() > COPIED && whole[0] == whole[3]);
        for size in [1, 7, 100, 333] {
            let cut = all.chunks(size).map(<[u8]>::to_vec).collect();
            assert_eq!(hold(Some(&plain), cut, true, false).await.0, whole, "{size}");
        }
    }

    #[tokio::test]
    async fn from_what_is_not_plain_all_bytes_are_left() {
        let plain = plain();
        let first = question("{__typename}");
        let cut = &first[..first.len() - 1];
        for rest in [b"GET / HTTP/1.1\r\n\r\n".as_slice(), b"\x16\x03\x01", cut, b"\r\n", H2_PREFACE] {
            let (told, left) = hold(Some(&plain), vec![first.clone(), rest.to_vec()], false, false).await;
            assert_eq!(told.len(), 1);
            assert!(matches!(&left, Left::Other(said) if said == rest), "{left:?}");
        }
        let (told, left) = hold(None, vec![first.clone()], false, false).await;
        assert!(told.is_empty() && matches!(&left, Left::Other(said) if *said == first));
        // One that leaves before its question is whole: hyper says so.
        let (told, left) = hold(Some(&plain), vec![cut.to_vec()], true, false).await;
        assert!(told.is_empty() && matches!(&left, Left::Other(said) if said == cut));
    }

    #[tokio::test]
    async fn who_says_nothing_is_left_in_time_and_at_the_end() {
        let plain = plain();
        for begin in [b"".as_slice(), b"P", b"PRI * HT"] {
            let says = if begin.is_empty() { Vec::new() } else { vec![begin.to_vec()] };
            let (told, left) = hold(Some(&plain), says, false, false).await;
            assert!(told.is_empty() && matches!(left, Left::Ended), "{left:?}");
        }
        // What was said before the server stops is answered.
        let (told, left) = hold(Some(&plain), vec![question("{__typename}")], false, true).await;
        assert!(told.len() == 1 && matches!(left, Left::Ended), "{left:?}");
    }

    #[tokio::test]
    async fn a_client_that_leaves_ends_what_is_done_for_it() {
        let mut client = Client { says: [b"more".to_vec()].into(), leaves: true, told: Vec::new() };
        let mut more = Vec::new();
        let never = std::future::pending::<()>();
        assert_eq!(while_there(Box::pin(never), &mut client, &mut more).await.unwrap(), None);
        assert_eq!(more, b"more");
        let done = while_there(Box::pin(async { 7 }), &mut client, &mut more).await.unwrap();
        assert_eq!(done, Some(7));
    }
}
