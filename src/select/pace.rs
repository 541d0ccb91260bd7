//! How long may a walk go on?
//!
//! A walk tells here what it has looked at; now and then the one who asked is asked whether to go on. Must not know:
//! clocks, clients, what is walked.

use std::cell::Cell;

/// Links looked at between two questions: some tens of microseconds.
const ASK_EVERY: u64 = 4096;

/// How long a walk may go on.
///
/// ```
/// use trialweave::select::Pace;
/// let pace = Pace::while_(&|| false);
/// assert!(pace.spend(10) && !pace.stopped(), "asked too soon");
/// assert!(!pace.spend(100_000) && pace.stopped());
/// ```
pub struct Pace<'a> {
    on: Option<&'a dyn Fn() -> bool>,
    left: Cell<u64>,
    stopped: Cell<bool>,
}

impl std::fmt::Debug for Pace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pace").field("stopped", &self.stopped()).finish_non_exhaustive()
    }
}

impl<'a> Pace<'a> {
    /// To the end, however far that is.
    #[must_use]
    pub const fn free() -> Self {
        Self { on: None, left: Cell::new(ASK_EVERY), stopped: Cell::new(false) }
    }

    /// While this says so.
    #[must_use]
    pub const fn while_(on: &'a dyn Fn() -> bool) -> Self {
        Self { on: Some(on), left: Cell::new(ASK_EVERY), stopped: Cell::new(false) }
    }

    /// Counts links looked at; whether to go on.
    #[inline]
    pub fn spend(&self, links: u64) -> bool {
        let left = self.left.get();
        if links < left {
            self.left.set(left - links);
        } else {
            self.ask();
        }
        !self.stopped.get()
    }

    #[cold]
    fn ask(&self) {
        self.left.set(ASK_EVERY);
        if self.on.is_some_and(|on| !on()) {
            self.stopped.set(true);
        }
    }

    /// Whether the walk ended before its time: what it found is not the answer.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stopped.get()
    }
}
