//! On how many threads do connections run, and may those wait awake?
//!
//! On one for each core, unless other programs want the cores as well: threads that take turns with them come too late to
//! what they could do together, and wake each other's cores for single requests. Where the work of all fits on fewer
//! threads, fewer are used (docs/performance.md says what that brings); once a core has nothing to do and they have all
//! they can, more are used again. Where one has nothing to do anyway, threads may wait awake (`awake`). Must not know:
//! connections, requests.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::lanes::Board;

/// How often it is looked at. Time without work is told by the system in hundredths of a second.
const SPAN: Duration = Duration::from_millis(200);

/// Work that one thread does, in cores: what several need becomes less once one does it.
const FITS: f64 = 1.09;

/// Fewer threads are tried only where less than this is free, in cores. Cores that hand work to each other are never
/// busy all the time.
const BUSY: f64 = 0.5;

/// Cores free below which others take all there is: who has fewer threads then gets less. Programs that hand work to each
/// other leave more.
const TAKEN: f64 = 0.08;

/// Cores free from which on more threads are used.
const FREE: f64 = 0.38;

/// Cores free from which on threads may wait awake.
const SPARE: f64 = 0.9;

/// Work below which nothing is to be told, in cores.
const QUIET: f64 = 0.05;

/// Work of a thread that has all it can do, in cores.
const FULL: f64 = 0.9;

/// Spans without work after which it is open again what the next clients need.
const LONG: u32 = 300;

/// Spans within which it was a mistake to use fewer, if those were not enough.
const SOON: u32 = 10;

/// Spans after which a mistake is forgotten.
const FORGOTTEN: u32 = 150;

/// Spans that are waited for at least before fewer are tried: one may be a chance.
const FIRST: u32 = 2;

/// Spans that are waited for at most.
const LONGEST: u32 = 64;

/// How many threads are used, and what led there.
#[derive(Debug)]
struct Spread {
    least: usize,
    most: usize,
    used: usize,
    /// Spans in a row in which fewer would have done.
    fewer_would_do: u32,
    /// So many such are waited for.
    patience: u32,
    /// Spans since the number changed.
    since: u32,
    /// Spans in a row in which there was a core to spare.
    to_spare: u32,
    /// Spans in a row without work.
    quiet: u32,
    /// Spans in a row in which no core was free.
    taken: u32,
}

impl Spread {
    fn new(least: usize, most: usize) -> Self {
        Self { least, most, used: most, fewer_would_do: 0, patience: FIRST, since: 0, to_spare: 0, quiet: 0, taken: 0 }
    }

    /// The number of threads from now on, after a span in which the threads worked and the machine was free for so many
    /// cores.
    fn after(&mut self, worked: f64, free: f64) -> usize {
        self.since = self.since.saturating_add(1);
        self.to_spare = if worked >= QUIET && free >= SPARE { self.to_spare.saturating_add(1) } else { 0 };
        if self.since > FORGOTTEN {
            self.patience = FIRST;
        }
        let enough = ((worked / FITS).ceil() as usize).max(self.least);
        self.quiet = if worked < QUIET { self.quiet.saturating_add(1) } else { 0 };
        self.taken = if free < TAKEN { self.taken.saturating_add(1) } else { 0 };
        if self.quiet > 0 {
            self.fewer_would_do = 0;
            if self.quiet >= LONG {
                self.set(self.most);
            }
        } else if self.used < self.most && free >= FREE && worked >= FULL * self.used as f64 {
            if self.since <= SOON {
                self.patience = (self.patience * 2).min(LONGEST);
            }
            self.set((self.used + free.ceil() as usize).min(self.most));
        } else if self.taken > 1 {
            self.fewer_would_do = 0;
            self.set(self.most);
        } else if enough < self.used && (TAKEN..BUSY).contains(&free) {
            self.fewer_would_do += 1;
            if self.fewer_would_do >= self.patience {
                self.set(enough);
            }
        } else {
            self.fewer_would_do = 0;
        }
        self.used
    }

    /// Whether threads may wait awake: not for what is over in a moment.
    fn may_wait_awake(&self) -> bool {
        self.to_spare > 1
    }

    fn set(&mut self, used: usize) {
        if self.used != used {
            (self.used, self.since, self.fewer_would_do) = (used, 0, 0);
        }
    }
}

/// What the machine's cores did so far, in the system's own units.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Machine {
    cores: u64,
    free: u64,
    all: u64,
}

impl Machine {
    /// As `/proc/stat` tells it; none elsewhere.
    fn now() -> Option<Self> {
        Self::read(&std::fs::read_to_string("/proc/stat").ok()?)
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let times = lines.next()?.strip_prefix("cpu ")?.split_whitespace().map(|time| time.parse().ok());
        let times = times.collect::<Option<Vec<u64>>>()?;
        // User, nice, system, idle, waiting for disks, interrupts, soft interrupts, stolen; guests are in user.
        let [_, _, _, idle, waiting, ..] = times[..] else { return None };
        let cores = lines.take_while(|line| line.starts_with("cpu")).count() as u64;
        Some(Self { cores, free: idle + waiting, all: times.iter().take(8).sum() })
    }

    /// Cores that were free since then.
    fn free_since(&self, before: &Self) -> Option<f64> {
        let (free, all) = (self.free.saturating_sub(before.free), self.all.saturating_sub(before.all));
        (all > 0).then(|| free as f64 / all as f64 * self.cores as f64)
    }
}

/// Keeps the number of lanes in use fitting, at least so many, and tells it, for as long as the system tells what is needed
/// for it.
pub(super) async fn keep(board: Arc<Board>, least: usize, tell: impl Fn(usize)) {
    let mut spread = Spread::new(least, board.count());
    tell(spread.used);
    let look = || Some((Instant::now(), board.worked()?, board.waited_awake(), Machine::now()?));
    let Some(mut before) = look() else { return };
    loop {
        tokio::time::sleep(SPAN).await;
        let Some(now) = look() else { break };
        let span = now.0.duration_since(before.0).as_secs_f64();
        // Who waits awake leaves a core when it is wanted.
        let awake = now.2.saturating_sub(before.2).as_secs_f64() / span;
        let worked = now.1.saturating_sub(before.1).as_secs_f64() / span - awake;
        if let Some(free) = now.3.free_since(&before.3) {
            let used = spread.used;
            if spread.after(worked.max(0.0), free + awake) != used {
                board.set_used(spread.used);
                tell(spread.used);
            }
            board.let_wait_awake(spread.may_wait_awake());
        }
        before = now;
    }
    board.set_used(spread.most);
    board.let_wait_awake(false);
    tell(spread.most);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The numbers used after such spans, from two threads.
    fn used(spans: &[(f64, f64)]) -> Vec<usize> {
        let mut spread = Spread::new(1, 2);
        spans.iter().map(|(worked, free)| spread.after(*worked, *free)).collect()
    }

    #[test]
    fn fewer_are_used_while_others_want_the_cores() {
        // Measured with 2 cores and a client on them: small answers, then large ones that need both.
        let (small, small_on_one) = ((0.97, 0.4), (0.98, 0.2));
        let (large, large_on_one) = ((1.17, 0.3), (1.0, 0.44));
        assert_eq!(used(&[small, small, small_on_one, small_on_one]), [2, 1, 1, 1]);
        assert_eq!(used(&[large, small, large, small]), [2; 4], "by chance");
        assert_eq!(used(&[small, small, small_on_one, large_on_one, large]), [2, 1, 1, 2, 2]);
        // A machine with cores to spare, little work, all the work there can be.
        assert_eq!(used(&[(0.97, 0.9), (0.97, 0.9), (0.3, 1.5), (0.3, 1.5), (2.0, 0.0)]), [2; 5]);
        let less = [small, small, (0.5, 0.9), (0.3, 1.5), small_on_one];
        assert_eq!(used(&less), [2, 1, 1, 1, 1], "one that has less to do is enough");
        let starved = (0.5, 0.0);
        assert_eq!(used(&[starved, starved, starved]), [2; 3], "fewer would get less");
        assert_eq!(used(&[small, small, starved, small_on_one, starved, starved]), [2, 1, 1, 1, 1, 2]);
        let mut quiet = vec![(0.01, 1.9); LONG as usize + 2];
        quiet[..2].fill(small);
        let used = used(&quiet);
        assert_eq!((used[LONG as usize], used[LONG as usize + 1]), (1, 2), "nothing is known after long");
    }

    #[test]
    fn threads_wait_awake_where_a_core_is_to_spare_for_longer() {
        let mut spread = Spread::new(1, 2);
        let spans = [(0.4, 1.3), (0.4, 1.3), (0.8, 1.0), (1.0, 0.8), (0.4, 1.3), (0.0, 2.0), (0.4, 1.3), (0.4, 1.3)];
        let may = spans.map(|(worked, free)| {
            spread.after(worked, free);
            spread.may_wait_awake()
        });
        assert_eq!(may, [false, true, true, false, false, false, false, true]);
    }

    #[test]
    fn a_mistake_is_tried_again_later_each_time() {
        let mut spread = Spread::new(1, 2);
        let mut tried = Vec::new();
        for span in 0..200 {
            let seen = if spread.used == 2 { (1.0, 0.1) } else { (1.0, 0.6) };
            if spread.used == 2 && spread.after(seen.0, seen.1) == 1 {
                tried.push(span);
            } else if spread.used == 1 {
                spread.after(seen.0, seen.1);
            }
        }
        let waits: Vec<i32> = tried.windows(2).map(|two| two[1] - two[0]).collect();
        assert_eq!(waits, [5, 9, 17, 33, 65, 65], "up to the longest");
        for _ in 0..=FORGOTTEN {
            spread.after(1.9, 0.0);
        }
        assert_eq!(spread.patience, FIRST);
    }

    #[test]
    fn the_machine_is_read_as_the_system_tells_it() {
        let text = "cpu  10 1 5 200 4 0 2 1 3 0\ncpu0 5 1 2 100 2 0 1 1 3 0\ncpu1 5 0 3 100 2 0 1 0 0 0\nintr 1 2 3\n";
        let before = Machine::read(text).unwrap();
        assert_eq!(before, Machine { cores: 2, free: 204, all: 223 });
        let later = Machine { free: 214, all: 263, ..before };
        assert_eq!((later.free_since(&before), before.free_since(&before)), (Some(0.5), None));
        for bad in ["", "cpu", "cpu  1 2 3", "cpu  1 2 x 4 5", "intr 1"] {
            assert_eq!(Machine::read(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn there_is_always_a_thread_and_never_one_too_many(
            (least, most) in (1usize..70).prop_flat_map(|most| (1..=most, Just(most))),
            spans in prop::collection::vec((0.0..80.0, 0.0..80.0), 0..60),
        ) {
            let mut spread = Spread::new(least, most);
            for (worked, free) in spans {
                let before = spread.used;
                let used = spread.after(worked, free);
                prop_assert!((least..=most).contains(&used));
                // Never fewer than the work needs, nor fewer where a core is free.
                prop_assert!(used >= before || (worked <= used as f64 * FITS + 1e-9 && (TAKEN..BUSY).contains(&free)));
            }
        }
    }
}
