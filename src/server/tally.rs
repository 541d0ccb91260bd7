//! What has a thread counted that nobody has read yet?
//!
//! What two threads write in turn has to be fetched from one core to the other each time, and every answer counts several
//! things. So a thread writes down what it counts and hands it over many at a time, or when someone reads. Must not know: what
//! the counts mean.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Threads that write apart; more share.
const SHEETS: usize = 16;

/// Lines that a sheet takes before it is handed over.
const LINES: usize = 256;

/// Sheets of lines, one for each thread.
#[derive(Debug)]
pub(super) struct Tally<L> {
    sheets: [Sheet<L>; SHEETS],
}

/// Alone on its lines of memory.
#[derive(Debug)]
#[repr(align(128))]
struct Sheet<L>(Mutex<Vec<L>>);

impl<L> Default for Tally<L> {
    fn default() -> Self {
        Self { sheets: std::array::from_fn(|_| Sheet(Mutex::default())) }
    }
}

impl<L> Tally<L> {
    /// Writes a line down; what is to be handed over, where the sheet is full.
    #[must_use]
    pub(super) fn write(&self, line: L) -> Option<Vec<L>> {
        let mut lines = self.sheets[own()].0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(line);
        (lines.len() >= LINES).then(|| std::mem::replace(&mut *lines, Vec::with_capacity(LINES)))
    }

    /// All that is written down and was not handed over.
    pub(super) fn take(&self) -> impl Iterator<Item = L> + '_ {
        let taken = |sheet: &Sheet<L>| std::mem::take(&mut *sheet.0.lock().unwrap_or_else(PoisonError::into_inner));
        self.sheets.iter().flat_map(taken)
    }
}

/// The number of this thread's sheet.
fn own() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static OWN: usize = NEXT.fetch_add(1, Ordering::Relaxed) % SHEETS;
    }
    OWN.with(|own| *own)
}

/// A number that no other call gave: each thread takes many at a time.
pub(super) fn number() -> u64 {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    const TOGETHER: usize = 1024;
    thread_local! {
        static LEFT: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }
    LEFT.with(|left| {
        let (mut next, mut end) = left.get();
        if next == end {
            next = NEXT.fetch_add(TOGETHER, Ordering::Relaxed);
            end = next + TOGETHER;
        }
        left.set((next + 1, end));
        next as u64
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn nothing_is_lost_or_counted_twice() {
        let tally = Tally::default();
        let handed: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..SHEETS + 3)
                .map(|_| {
                    scope.spawn(|| (0..1000).filter_map(|line| tally.write(line)).map(|full| full.len()).sum::<usize>())
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        let left = tally.take().count();
        assert_eq!(handed + left, (SHEETS + 3) * 1000);
        assert!(handed > 0 && left > 0, "{handed} and {left}");
        assert_eq!(tally.take().count(), 0);
    }

    #[test]
    fn no_number_comes_twice() {
        let all: Vec<u64> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..4).map(|_| scope.spawn(|| (0..3000).map(|_| number()).collect::<Vec<_>>())).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }
}
