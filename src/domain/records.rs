//! How are the records handed over of which a dataset may have millions?
//!
//! In parts, which all cores fill at the same time, so that neither the records nor the work on them wait for one core.
//! Must not know: where records come from, or what is made of them.

use super::{Reference, Trial};

/// Takes all records: first the references, then the trials, each in the order of their ids.
pub trait Records: Send {
    /// Some of them, one after another.
    type Part: Part;

    /// Makes room for so many records.
    fn reserve(&mut self, references: u32, trials: u32);

    /// An empty part. What is put into it does not show before it is taken.
    fn part(&self) -> Self::Part;

    /// The next part.
    fn take(&mut self, part: Self::Part);
}

/// Records that follow one another.
pub trait Part: Clone + Send + Sync {
    /// The next reference.
    fn reference(&mut self, reference: &Reference);

    /// The next trial.
    fn trial(&mut self, trial: &Trial);
}
