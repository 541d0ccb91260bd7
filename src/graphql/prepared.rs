//! What is known of an operation before it runs: its plan, its arguments, its price, and whether it was quick lately.
//!
//! Must not know: how it runs.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use apollo_compiler::ast::OperationType;

use super::args::Args;
use super::cursor;
use super::error::FieldError;
use super::plan::Plan;
use crate::snapshot::Snapshot;

/// An operation whose arguments are settled and whose price is known.
pub struct Prepared {
    pub(super) plan: Arc<Plan>,
    /// Those that hang on variables, by slot.
    pub(super) open: Vec<Option<Result<Args, FieldError>>>,
    pub(super) included: Vec<bool>,
    pub(super) cost: u64,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared").field("name", &self.plan.name).field("cost", &self.cost).finish_non_exhaustive()
    }
}

impl Prepared {
    /// What the operation is priced at.
    #[must_use]
    pub fn cost(&self) -> u64 {
        self.cost
    }

    /// Name of the operation.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.plan.name.as_deref()
    }

    /// Whether it is a subscription: its answers come one per event.
    #[must_use]
    pub fn is_subscription(&self) -> bool {
        self.plan.kind == OperationType::Subscription
    }

    /// Whether its runs over this release took less than half a millisecond lately, at this price or a higher one: then it is
    /// worth no change of threads, whatever its price. False where that is not known.
    #[must_use]
    pub fn was_quick(&self, snapshot: &Snapshot) -> bool {
        let timed = self.plan.timed.load(Ordering::Relaxed);
        let (release, us) = (timed >> 32, timed & u64::from(u32::MAX));
        let priced = self.cost <= self.plan.timed_cost.load(Ordering::Relaxed);
        priced && release == release_number(snapshot) && (1..=QUICK_US).contains(&us)
    }

    /// Notes how long a run over this release took. With other values of its variables the next may take longer, so a slow run
    /// is forgotten slowly: each later one takes off an eighth of it.
    pub fn took(&self, snapshot: &Snapshot, time: Duration) {
        let release = release_number(snapshot);
        let timed = self.plan.timed.load(Ordering::Relaxed);
        let before = if timed >> 32 == release { timed & u64::from(u32::MAX) } else { 0 };
        let us = u64::from(u32::try_from(time.as_micros()).unwrap_or(u32::MAX)).max(1).max(before - before / 8);
        self.plan.timed_cost.store(self.cost, Ordering::Relaxed);
        self.plan.timed.store(release << 32 | us, Ordering::Relaxed);
    }

    /// Whether it asks for the schema.
    #[must_use]
    pub fn is_introspection(&self) -> bool {
        self.plan.introspective
    }
}

/// Microseconds up to which a run is quick.
const QUICK_US: u64 = 500;

/// A number for a release: nearly always another one for another release.
fn release_number(snapshot: &Snapshot) -> u64 {
    let [a, b, c, d, ..] = cursor::release_tag(snapshot.release());
    u64::from(u32::from_le_bytes([a, b, c, d]))
}
