//! How far is the reading of a big dataset?
//!
//! Must not know: who looks, or how it is shown.

/// Is told how far something is.
pub trait Progress: Sync {
    /// A new stage begins, of so many steps; the one before is done.
    fn stage(&self, what: &'static str, steps: u64);

    /// So many more steps are done.
    fn step(&self, more: u64);
}

/// Nobody looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unseen;

impl Progress for Unseen {
    fn stage(&self, _what: &'static str, _steps: u64) {}

    fn step(&self, _more: u64) {}
}
