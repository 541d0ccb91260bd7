//! What does the server count?
//!
//! Prometheus metrics of requests, answers, cache, pool and releases. Must not know: requests' content. No label takes a
//! value that a client chooses.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use super::tally::Tally;

/// How an answer came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(super) enum From {
    Run,
    Pool,
}

/// Whose fault there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(super) enum Outcome {
    Good,
    Errors,
    Refused,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    from: From,
    outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Status {
    pub(super) status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Named {
    pub(super) name: String,
}

/// What nearly every answer counts.
#[derive(Debug)]
enum Line {
    /// A request that ended well, and its seconds.
    Good(f64),
    /// An operation that ran well on the thread that speaks to the client.
    Ran(Ran),
    /// It was not kept.
    Missed,
}

/// An operation that ran.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ran {
    pub(super) seconds: f64,
    pub(super) cost: u64,
    pub(super) bytes: usize,
}

/// The counters, gauges and histograms.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// What was counted and not handed over yet.
    tally: Tally<Line>,
    requests: Family<Status, Counter>,
    /// Of `requests`, those that nearly all are.
    good: Counter,
    request_seconds: Histogram,
    answers: Family<Answered, Counter>,
    /// Of `answers`, those that nearly all are.
    ran: Counter,
    run_seconds: Histogram,
    cost: Histogram,
    response_bytes: Histogram,
    pub(super) operations: Family<Named, Counter>,
    refused: Family<Named, Counter>,
    pub(super) shed: Counter,
    pub(super) cache_hits: Counter,
    cache_misses: Counter,
    pub(super) cache_entries: Gauge,
    pub(super) cache_bytes: Gauge,
    pub(super) plans_compiled: Gauge,
    pub(super) fallbacks: Gauge,
    pub(super) connections: Gauge,
    pub(super) threads: Gauge,
    pub(super) streams: Gauge,
    pub(super) reloads: Family<Named, Counter>,
    pub(super) release: Family<Named, Gauge>,
    pub(super) release_time: Gauge<f64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let seconds = || Histogram::new(exponential_buckets(0.000_05, 3.0, 12));
        let sizes = || Histogram::new(exponential_buckets(10.0, 10.0, 7));
        let mut metrics = Self {
            registry: Registry::with_prefix("trialweave"),
            tally: Tally::default(),
            requests: Family::default(),
            good: Counter::default(),
            request_seconds: seconds(),
            answers: Family::default(),
            ran: Counter::default(),
            run_seconds: seconds(),
            cost: sizes(),
            response_bytes: sizes(),
            operations: Family::default(),
            refused: Family::default(),
            shed: Counter::default(),
            cache_hits: Counter::default(),
            cache_misses: Counter::default(),
            cache_entries: Gauge::default(),
            cache_bytes: Gauge::default(),
            plans_compiled: Gauge::default(),
            fallbacks: Gauge::default(),
            connections: Gauge::default(),
            threads: Gauge::default(),
            streams: Gauge::default(),
            reloads: Family::default(),
            release: Family::default(),
            release_time: Gauge::default(),
        };
        metrics.ran = metrics.answers.get_or_create(&Answered { from: From::Run, outcome: Outcome::Good }).clone();
        metrics.good = metrics.requests.get_or_create(&Status { status: 200 }).clone();
        macro_rules! register {
            ($($field:ident $what:literal;)+) => {
                $(metrics.registry.register(stringify!($field), $what, metrics.$field.clone());)+
            };
        }
        register! {
            requests "HTTP requests, by status";
            request_seconds "Seconds from head to answer of HTTP requests";
            answers "Answers, by where they came from and how they ended";
            run_seconds "Seconds of operations that ran";
            cost "Price of operations that ran";
            response_bytes "Bytes of answers before compression";
            operations "Answers to trusted documents, by operation";
            refused "Refusals, by the limit that refused";
            shed "Operations told to come back because the queue was full";
            cache_hits "Answers found in the cache";
            cache_misses "Answers not found in the cache";
            cache_entries "Answers in the cache";
            cache_bytes "Bytes in the cache";
            plans_compiled "Documents compiled";
            fallbacks "Operations beside introspection that the reference executor answered";
            connections "Connections open";
            threads "Threads that speak to clients now";
            streams "WebSockets and event streams open";
            reloads "Reloads, by outcome";
            release "1 for the release that serves";
            release_time "Unix time at which the release went live";
        }
        metrics
    }
}

impl Metrics {
    /// The metrics as Prometheus reads them.
    pub(super) fn text(&self) -> String {
        self.add(self.tally.take());
        let mut text = String::new();
        let _ = encode(&mut text, &self.registry);
        text
    }

    fn write(&self, line: Line) {
        if let Some(lines) = self.tally.write(line) {
            self.add(lines);
        }
    }

    fn add(&self, lines: impl IntoIterator<Item = Line>) {
        for line in lines {
            match line {
                Line::Good(seconds) => {
                    self.good.inc();
                    self.request_seconds.observe(seconds);
                }
                Line::Ran(ran) => {
                    self.ran.inc();
                    self.observe(ran);
                }
                Line::Missed => _ = self.cache_misses.inc(),
            }
        }
    }

    fn observe(&self, ran: Ran) {
        self.run_seconds.observe(ran.seconds);
        self.cost.observe(ran.cost as f64);
        self.response_bytes.observe(ran.bytes as f64);
    }

    /// Counts a request that has its response.
    pub(super) fn request(&self, status: u16, took: Duration) {
        if status == 200 {
            self.write(Line::Good(took.as_secs_f64()));
        } else {
            self.requests.get_or_create(&Status { status }).inc();
            self.request_seconds.observe(took.as_secs_f64());
        }
    }

    /// Counts an answer to an operation that ran.
    pub(super) fn ran(&self, ran: Ran, from: From, outcome: Outcome) {
        if matches!((from, outcome), (From::Run, Outcome::Good)) {
            self.write(Line::Ran(ran));
        } else {
            self.answers.get_or_create(&Answered { from, outcome }).inc();
            self.observe(ran);
        }
    }

    /// Counts an answer to an operation that was refused.
    pub(super) fn refused(&self) {
        self.answers.get_or_create(&Answered { from: From::Run, outcome: Outcome::Refused }).inc();
    }

    /// Counts an answer that is not kept.
    pub(super) fn missed(&self) {
        self.write(Line::Missed);
    }

    pub(super) fn limit(&self, name: &str) {
        self.refused.get_or_create(&Named { name: name.to_owned() }).inc();
    }

    pub(super) fn reload(&self, outcome: &str) {
        self.reloads.get_or_create(&Named { name: outcome.to_owned() }).inc();
    }

    pub(super) fn live(&self, release: &str) {
        self.release.clear();
        self.release.get_or_create(&Named { name: release.to_owned() }).set(1);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        self.release_time.set(now.as_secs_f64());
    }
}
