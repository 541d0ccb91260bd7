//! How does a question become the bytes of an answer?
//!
//! Cache → engine → pool, over the release that serves. Used alike by HTTP, batches, WebSockets and event streams. Must
//! not know: headers, status codes, sockets.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::sync::{Semaphore, watch};

use super::around::Operation;
use super::cache::{Answers, Entry, Key};
use super::metrics::{From, Metrics, Outcome, Ran};
use super::params::Parameters;
use super::persisted::{Documents, Found};
use super::pool::{Pool, Undone};
use super::rate::Rate;
use super::releases::Releases;
use super::seen::{Again, Seen};
use super::settings::Settings;
use crate::graphql::{Answer, Code, Engine, GraphqlError, Leash, Prepared, Request};
use crate::snapshot::Snapshot;

/// Bytes of an unknown document from which it is compiled in the pool.
const LARGE_DOCUMENT: usize = 4096;

/// What all requests share.
#[derive(Debug)]
pub struct Front {
    pub(super) settings: Settings,
    pub(super) engine: Arc<Engine>,
    pub(super) releases: Arc<Releases>,
    pub(super) documents: Documents,
    pub(super) metrics: Arc<Metrics>,
    pub(super) rate: Option<Rate>,
    /// Places for streams.
    pub(super) streams: Arc<Semaphore>,
    /// True once the server is told to stop.
    pub(super) stopping: watch::Sender<bool>,
    answers: Answers,
    seen: Seen,
    pool: Pool,
    salt: [u8; 32],
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    /// An answer with errors: shared by those who asked at once, not kept.
    Answered(Arc<Entry>),
    /// More to do than is taken.
    Busy,
    /// A defect of the server.
    Panicked,
}

/// A request whose document was found.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) request: Request,
    /// The hash to keep its document by once it has proved to be valid.
    pub(super) keep: Option<String>,
    /// Whether the document is a trusted one.
    pub(super) trusted: bool,
    /// Whether the parameters ask for the price.
    pub(super) show_cost: bool,
}

/// One answer, and how it came about.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) entry: Arc<Entry>,
    /// The name of the answer; none where nothing asks for it.
    pub(super) key: Option<Key>,
    /// The release that answered; none where nothing of it is kept.
    pub(super) snapshot: Option<Arc<Snapshot>>,
    pub(super) from_cache: bool,
    /// What it took from the beginning of the request, where that was looked at as it was made.
    pub(super) took: Option<Duration>,
}

impl Front {
    /// Puts the parts together.
    ///
    /// # Errors
    /// Where a file that a setting names cannot be read.
    pub fn new(settings: Settings, releases: Releases, metrics: Arc<Metrics>) -> Result<Self, String> {
        let mut engine = Engine::new(settings.all_limits());
        if !settings.introspection {
            engine = engine.without_introspection();
        }
        let mut salt = blake3::Hasher::new();
        salt.update(env!("CARGO_PKG_VERSION").as_bytes());
        salt.update(crate::graphql::sdl().as_bytes());
        salt.update(format!("{:?}", settings.all_limits()).as_bytes());
        Ok(Self {
            documents: Documents::new(&settings)?,
            engine: Arc::new(engine),
            releases: Arc::new(releases),
            metrics,
            rate: Rate::new(&settings),
            streams: Arc::new(Semaphore::new(settings.streams as usize)),
            stopping: watch::channel(false).0,
            answers: Answers::new(settings.cache_bytes),
            // Names of answers: a small part beside the answers themselves.
            seen: Seen::new(settings.cache_bytes / 16),
            pool: Pool::new(settings.heavy_places(), settings.queue as usize),
            salt: *salt.finalize().as_bytes(),
            settings,
        })
    }

    /// The release that serves now.
    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        self.releases.current()
    }

    /// The request that parameters ask for.
    pub(super) fn request(&self, mut asked: Parameters) -> Result<Asked, GraphqlError> {
        let Found { query, keep, trusted } = self.documents.find(&mut asked)?;
        let show_cost = asked.show_cost;
        Ok(Asked { request: asked.with(query), keep, trusted, show_cost })
    }

    /// The kept answer to a body that was answered before, and the operation that it names.
    pub(super) fn again(&self, body: &[u8], show_cost: bool) -> Option<(Reply, Option<Operation>)> {
        if !self.seen.remembers() {
            return None;
        }
        let snapshot = self.snapshot();
        let Again { answer, key, operation, tell } = self.seen.find(body, show_cost, &snapshot)?;
        if tell {
            // In passing: it is told again soon, where this had to wait.
            let _ = self.answers.get(&key).now_or_never();
        }
        self.metrics.cache_hits.inc();
        Some((
            Reply { entry: answer, key: Some(key), snapshot: Some(snapshot), from_cache: true, took: None },
            operation,
        ))
    }

    /// Remembers that a body led to an answer that is kept.
    pub(super) fn seen(&self, body: &[u8], show_cost: bool, reply: &Reply, operation: Option<&Operation>) {
        if !reply.entry.has_errors {
            self.seen.keep(body, show_cost, reply, operation.cloned());
        }
    }

    /// Answers a question that is no subscription.
    pub(super) async fn answer(&self, request: impl Into<Arc<Request>>, show_cost: bool) -> Result<Reply, Failure> {
        self.answer_over(self.snapshot(), request.into(), show_cost, false).await
    }

    /// Answers a question that need not be waited for: no answers are kept, the document is known or small, the work is not
    /// heavy. None where it is not so.
    pub(super) fn answer_now(
        &self,
        request: &Request,
        show_cost: bool,
        begun: Instant,
    ) -> Option<Result<Reply, Failure>> {
        if self.answers.keeps() || self.is_large(request) {
            return None;
        }
        let snapshot = self.releases.now();
        let mut took = None;
        let made = match guarded(|| self.engine.prepare(request)) {
            Ok(Ok(prepared)) => {
                let work = self.work(&prepared, &snapshot);
                if work.heavy {
                    return None;
                }
                let leash = Leash::until(begun + Duration::from_millis(self.settings.deadline_ms));
                guarded(|| work.run(&self.engine, &prepared, &snapshot, request, &leash))
                    .and_then(|answer| self.made(answer, work, show_cost, *took.insert(begun.elapsed())))
            }
            Ok(Err(answer)) => self.refused(answer),
            Err(failure) => Err(failure),
        };
        self.metrics.missed();
        Some(replied(made, None, None).map(|reply| Reply { took, ..reply }))
    }

    /// Answers over a release: a question, or a subscription for the event that the release went live. The name of the answer
    /// is told where that is asked for.
    pub(super) async fn answer_over(
        &self,
        snapshot: Arc<Snapshot>,
        request: Arc<Request>,
        show_cost: bool,
        named: bool,
    ) -> Result<Reply, Failure> {
        let key = (named || self.answers.keeps())
            .then(|| Key::of(&self.salt, snapshot.release(), &request, u8::from(show_cost)));
        if let Some(name) = &key
            && let Some(entry) = self.answers.get(name).await
        {
            self.metrics.cache_hits.inc();
            return Ok(Reply { entry, key, snapshot: Some(snapshot), from_cache: true, took: None });
        }
        self.metrics.missed();
        let made = self.answers.make(key, self.make(Arc::clone(&snapshot), request, show_cost)).await;
        replied(made, key, Some(snapshot))
    }

    async fn make(
        &self,
        snapshot: Arc<Snapshot>,
        request: Arc<Request>,
        show_cost: bool,
    ) -> Result<Arc<Entry>, Failure> {
        let begun = Instant::now();
        let leash = Leash::until(begun + Duration::from_millis(self.settings.deadline_ms));
        let _held = leash.held();
        let prepared = match self.prepare(&request).await? {
            Ok(prepared) => prepared,
            Err(answer) => return self.refused(answer),
        };
        let work = self.work(&prepared, &snapshot);
        let engine = Arc::clone(&self.engine);
        let run = move || work.run(&engine, &prepared, &snapshot, &request, &leash);
        let answer = if work.heavy { self.in_pool(run).await? } else { guarded(run)? };
        self.made(answer, work, show_cost, begun.elapsed())
    }

    /// What there is to do.
    fn work(&self, prepared: &Prepared, snapshot: &Arc<Snapshot>) -> Work {
        let cost = prepared.cost();
        let dear = cost > self.settings.heavy_cost || prepared.is_introspection();
        Work { cost, dear, heavy: dear && !prepared.was_quick(snapshot) }
    }

    /// Counts an answer that was made, and makes it one that can be kept.
    fn made(&self, answer: Answer, work: Work, show_cost: bool, took: Duration) -> Result<Arc<Entry>, Failure> {
        let ran = Ran { seconds: took.as_secs_f64(), cost: work.cost, bytes: answer.body.len() };
        let outcome = if answer.has_errors { Outcome::Errors } else { Outcome::Good };
        self.metrics.ran(ran, if work.heavy { From::Pool } else { From::Run }, outcome);
        let mut body = answer.body;
        if show_cost {
            add_cost(&mut body, work.cost, self.settings.limits.cost, answer.steps);
        }
        // What may be kept takes no more room than it is counted for.
        if self.answers.keeps() && body.capacity() > 2 * body.len() {
            body.shrink_to_fit();
        }
        let entry = Arc::new(Entry::new(body, answer.has_data, answer.has_errors));
        if answer.has_errors { Err(Failure::Answered(entry)) } else { Ok(entry) }
    }

    fn refused(&self, answer: Answer) -> Result<Arc<Entry>, Failure> {
        self.metrics.refused();
        if let Some(limit) = limit_named(&answer.body, self.engine.limits().list().iter().map(|l| l.0)) {
            self.metrics.limit(limit);
        }
        Err(Failure::Answered(Arc::new(Entry::new(answer.body, answer.has_data, true))))
    }

    /// Whether the document is large and has to be compiled first.
    fn is_large(&self, request: &Request) -> bool {
        request.query.len() > LARGE_DOCUMENT && !self.engine.knows(request)
    }

    /// Compiles and prices; a large document that is not known yet does so in the pool.
    pub(super) async fn prepare(&self, request: &Arc<Request>) -> Result<Result<Prepared, Answer>, Failure> {
        if self.is_large(request) {
            let (engine, request) = (Arc::clone(&self.engine), Arc::clone(request));
            return self.in_pool(move || engine.prepare(&request)).await;
        }
        guarded(|| self.engine.prepare(request))
    }

    async fn in_pool<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        self.pool.run(work).await.map_err(|undone| match undone {
            Undone::Full => {
                self.metrics.shed.inc();
                Failure::Busy
            }
            Undone::Panicked => Failure::Panicked,
        })
    }

    /// The metrics as text, with what is read off at this moment.
    pub(super) fn metrics_text(&self) -> String {
        let (entries, bytes) = self.answers.size();
        let gauge = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.metrics.cache_entries.set(gauge(entries));
        self.metrics.cache_bytes.set(gauge(bytes));
        self.metrics.plans_compiled.set(gauge(self.engine.compiled()));
        self.metrics.fallbacks.set(gauge(self.engine.fallbacks()));
        self.metrics.text()
    }
}

/// What there is to do for an answer.
#[derive(Debug, Clone, Copy)]
struct Work {
    cost: u64,
    /// Whether the price says that it takes long.
    dear: bool,
    /// Whether it leaves the thread that speaks to the client.
    heavy: bool,
}

impl Work {
    fn run(
        self,
        engine: &Engine,
        prepared: &Prepared,
        snapshot: &Arc<Snapshot>,
        request: &Request,
        leash: &Leash,
    ) -> Answer {
        let begun = self.dear.then(Instant::now);
        let answer = engine.run(prepared, snapshot, request, leash);
        if let Some(begun) = begun {
            prepared.took(snapshot, begun.elapsed());
        }
        answer
    }
}

fn replied(
    made: Result<Arc<Entry>, Failure>,
    key: Option<Key>,
    snapshot: Option<Arc<Snapshot>>,
) -> Result<Reply, Failure> {
    match made {
        Ok(entry) | Err(Failure::Answered(entry)) => Ok(Reply { entry, key, snapshot, from_cache: false, took: None }),
        Err(failure) => Err(failure),
    }
}

impl Failure {
    /// The error that a client reads.
    pub(super) fn error(&self) -> GraphqlError {
        match self {
            Self::Busy => GraphqlError::new(Code::Overloaded, "the queue of operations is full")
                .limit("queue")
                .hint("come back in a second, or ask for less"),
            Self::Answered(_) | Self::Panicked => {
                GraphqlError::new(Code::InternalServerError, "the server failed at this request")
            }
        }
    }
}

/// Runs work here; a panic is told from an answer.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Failure::Panicked)
}

/// Adds `extensions.cost` to an answer, which ends in `}`.
fn add_cost(body: &mut Vec<u8>, cost: u64, limit: u64, steps: u64) {
    body.pop();
    let left = limit.saturating_sub(cost);
    let cost = serde_json::json!({ "cost": { "requested": cost, "limit": limit, "left": left, "steps": steps } });
    body.extend_from_slice(b",\"extensions\":");
    body.extend_from_slice(cost.to_string().as_bytes());
    body.push(b'}');
}

/// The limit that a refusal names.
fn limit_named(body: &[u8], mut limits: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, rest) = text.split_once("\"limit\":\"")?;
    let (name, _) = rest.split_once('"')?;
    limits.find(|known| *known == name)
}
