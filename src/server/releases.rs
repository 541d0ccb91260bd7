//! Which release serves, and how does the next one take its place?
//!
//! A release is built beside the one that serves and swapped in whole; what does not load leaves the old one serving.
//! Requests keep the release they began with. Must not know: requests, files, where data comes from.

use std::sync::Arc;
use std::time::Instant;

use arc_swap::{ArcSwap, Guard};
use tokio::sync::{Mutex, watch};

use super::metrics::Metrics;
use crate::snapshot::Snapshot;

/// Builds a release from the data as it is now, or tells everything that is wrong with it.
pub type Load = Arc<dyn Fn() -> Result<Snapshot, String> + Send + Sync>;

/// How a reload ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reloaded {
    /// A new release serves.
    Live(String),
    /// The data is as it was.
    Same(String),
    /// The data has problems, all of them listed; the old release serves on.
    Broken(String),
}

/// The release that serves.
pub struct Releases {
    current: ArcSwap<Snapshot>,
    events: watch::Sender<Arc<Snapshot>>,
    load: Load,
    turn: Mutex<()>,
    metrics: Arc<Metrics>,
    warm: bool,
}

impl std::fmt::Debug for Releases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Releases").field("release", &self.current.load().release()).finish_non_exhaustive()
    }
}

fn warm(release: &Snapshot) {
    let begun = Instant::now();
    release.warm();
    tracing::info!(
        release = release.release(),
        took_ms = begun.elapsed().as_millis() as u64,
        "names and words are indexed"
    );
}

impl Releases {
    /// Begins with a release; `load` builds the next ones.
    #[must_use]
    pub fn new(first: Snapshot, load: Load, metrics: Arc<Metrics>) -> Self {
        let first = Arc::new(first);
        metrics.live(first.release());
        let (events, _) = watch::channel(Arc::clone(&first));
        Self { current: ArcSwap::new(first), events, load, turn: Mutex::new(()), metrics, warm: false }
    }

    /// With releases whose names and words are indexed before anyone searches: those to come before they go live, the
    /// first one from now on, in a thread of its own.
    #[must_use]
    pub fn warming(mut self) -> Self {
        self.warm = true;
        let first = self.current();
        std::thread::spawn(move || warm(&first));
        self
    }

    /// The release that serves now.
    #[must_use]
    pub fn current(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// The release that serves now, for as long as one answer takes: not counted among those who hold it, as every answer
    /// would write to that count.
    pub(super) fn now(&self) -> Guard<Arc<Snapshot>> {
        self.current.load()
    }

    /// Tells of every release that goes live from now on.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.events.subscribe()
    }

    /// Loads the data again; one reload at a time.
    pub async fn reload(&self) -> Reloaded {
        let _turn = self.turn.lock().await;
        let load = Arc::clone(&self.load);
        let (warming, serving) = (self.warm, self.current.load().release().to_owned());
        let build = move || {
            let next = load()?;
            if warming && next.release() != serving {
                warm(&next);
            }
            Ok(next)
        };
        let built = tokio::task::spawn_blocking(build).await;
        let outcome = match built {
            Err(_) => Reloaded::Broken("the data could not be read: the reader failed".to_owned()),
            Ok(Err(problems)) => Reloaded::Broken(problems),
            Ok(Ok(next)) if next.release() == self.current.load().release() => {
                Reloaded::Same(next.release().to_owned())
            }
            Ok(Ok(next)) => {
                let release = next.release().to_owned();
                let next = Arc::new(next);
                self.current.store(Arc::clone(&next));
                self.events.send_replace(next);
                self.metrics.live(&release);
                Reloaded::Live(release)
            }
        };
        match &outcome {
            Reloaded::Live(release) => {
                self.metrics.reload("live");
                tracing::info!(release, "a new release serves");
            }
            Reloaded::Same(release) => {
                self.metrics.reload("same");
                tracing::info!(release, "the data is as it was");
            }
            Reloaded::Broken(problems) => {
                self.metrics.reload("broken");
                tracing::error!(problems, "the data has problems; the old release serves on");
            }
        }
        outcome
    }
}
