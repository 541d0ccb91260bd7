//! How long may an answer go on?
//!
//! A run looks here now and then: past its deadline it ends with an error that names the limit, and with its client gone
//! it ends for nobody. Must not know: clocks of requests, sockets.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// The deadline of a run, and whether its client still waits. Copies share the client.
#[derive(Debug, Clone, Default)]
pub struct Leash {
    deadline: Option<Instant>,
    gone: Arc<AtomicBool>,
}

/// Tells the run that its client is gone when dropped.
#[derive(Debug)]
pub struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Why a run ends early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    Late,
    Alone,
}

impl Leash {
    /// Ends the run at a time.
    #[must_use]
    pub fn until(deadline: Instant) -> Self {
        Self { deadline: Some(deadline), gone: Arc::default() }
    }

    /// What the client holds on to: dropped, the run ends.
    #[must_use]
    pub fn held(&self) -> Waiting {
        Waiting(Arc::clone(&self.gone))
    }

    /// Whether nobody waits any more.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    pub(super) fn cut(&self) -> Option<Cut> {
        if self.is_alone() {
            return Some(Cut::Alone);
        }
        self.deadline.filter(|at| Instant::now() >= *at).map(|_| Cut::Late)
    }
}
