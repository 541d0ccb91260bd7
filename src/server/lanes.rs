//! Which thread speaks to a connection?
//!
//! Threads that each run their own connections: a connection moves only where the number of threads in use changes
//! (`spread`), so no thread is woken for what another has read, which costs more than a small answer. Work that takes long
//! leaves for threads of its own (`pool`). Must not know: sockets, what a connection says.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::sync::{oneshot, watch};

/// How long a thread waits for blocking work when it ends.
const END: Duration = Duration::from_secs(1);

/// The threads.
#[derive(Debug)]
pub(super) struct Lanes {
    board: Arc<Board>,
    threads: Vec<Thread>,
}

/// What is known of all lanes.
#[derive(Debug)]
pub(super) struct Board {
    lanes: Box<[Lane]>,
    /// How many of them, from the first, have connections.
    used: AtomicUsize,
    /// Connections so far.
    next: AtomicUsize,
    /// Whether there are cores to spare for waiting awake.
    may_wait_awake: AtomicBool,
}

/// Alone on its lines of memory.
#[derive(Debug)]
#[repr(align(128))]
struct Lane {
    /// Requests that its connections answered; nobody else writes here.
    answered: AtomicU64,
    /// Nanoseconds for which it waited awake, as it writes them alone.
    awake: AtomicU64,
    handle: Handle,
    /// Connections that belong to it.
    load: AtomicUsize,
    /// Tells its connections to end: each lane has its own, as they look there for every request.
    stop: watch::Sender<bool>,
    /// Where the system writes down the thread's time, if it does.
    times: Option<PathBuf>,
}

#[derive(Debug)]
struct Thread {
    /// Ends it once dropped.
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A place in a lane, counted while it is held.
#[derive(Debug)]
pub(super) struct Place {
    board: Arc<Board>,
    /// The lane that it belongs to, and is in while all are used.
    home: usize,
    /// Tells the lane while fewer are used: homes would not come out even.
    number: usize,
    /// The lane that it is in.
    at: usize,
    /// Whether it is to be at home whatever is used.
    stays: bool,
}

impl Lanes {
    /// So many threads, each with a stack of so many bytes and at most so many threads of its own for blocking work.
    ///
    /// # Errors
    /// Where a thread cannot be started.
    pub(super) fn start(threads: usize, stack: usize, blocking: usize) -> io::Result<Self> {
        let started = (0..threads.max(1)).map(|number| start(number, stack, blocking));
        let (lanes, threads): (Vec<_>, _) = started.collect::<io::Result<Vec<_>>>()?.into_iter().unzip();
        let (used, next, may_wait_awake) = (lanes.len().into(), AtomicUsize::default(), AtomicBool::default());
        Ok(Self { board: Arc::new(Board { lanes: lanes.into(), used, next, may_wait_awake }), threads })
    }

    /// A place that belongs to the lane with the fewest connections.
    pub(super) fn place(&self) -> Option<Place> {
        let board = &self.board;
        let (home, lane) = board.lanes.iter().enumerate().min_by_key(|(_, lane)| lane.load.load(Ordering::Relaxed))?;
        lane.load.fetch_add(1, Ordering::Relaxed);
        let number = board.next.fetch_add(1, Ordering::Relaxed);
        Some(Place { board: Arc::clone(board), home, number, at: home, stays: false })
    }

    /// What is known of them.
    pub(super) fn board(&self) -> &Arc<Board> {
        &self.board
    }

    /// Tells all connections to end.
    pub(super) fn stop(&self) {
        for lane in &self.board.lanes {
            lane.stop.send_replace(true);
        }
    }
}

fn start(number: usize, stack: usize, blocking: usize) -> io::Result<(Lane, Thread)> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .thread_stack_size(stack)
        .max_blocking_threads(blocking.max(1))
        .build()?;
    let handle = runtime.handle().clone();
    let (end, ended) = oneshot::channel::<()>();
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new().name(format!("lane-{number}")).stack_size(stack).spawn(move || {
        let own = std::fs::read_link("/proc/thread-self").map(|own| PathBuf::from("/proc").join(own).join("schedstat"));
        let _ = tell.send(own.ok());
        // Ends with an error where the sender is dropped, which is how it is told.
        let _ = runtime.block_on(ended);
        runtime.shutdown_timeout(END);
    })?;
    let times = told.recv().unwrap_or_default();
    let (answered, awake, load) = Default::default();
    let lane = Lane { answered, awake, handle, load, stop: watch::Sender::new(false), times };
    Ok((lane, Thread { end: Some(end), thread: Some(thread) }))
}

impl Drop for Lanes {
    fn drop(&mut self) {
        // All are told before one is waited for.
        for thread in &mut self.threads {
            thread.end = None;
        }
        for thread in self.threads.iter_mut().filter_map(|thread| thread.thread.take()) {
            let _ = thread.join();
        }
    }
}

impl Board {
    /// How many lanes there are.
    pub(super) fn count(&self) -> usize {
        self.lanes.len()
    }

    /// Uses so many lanes, at least one; connections move once they have no request at work.
    pub(super) fn set_used(&self, lanes: usize) {
        self.used.store(lanes.clamp(1, self.count()), Ordering::Relaxed);
    }

    /// Lets threads wait awake for their clients, or not.
    pub(super) fn let_wait_awake(&self, may: bool) {
        self.may_wait_awake.store(may, Ordering::Relaxed);
    }

    /// For how long all lanes together waited awake so far.
    pub(super) fn waited_awake(&self) -> Duration {
        Duration::from_nanos(self.lanes.iter().map(|lane| lane.awake.load(Ordering::Relaxed)).sum())
    }

    fn lane(&self, home: usize, number: usize) -> usize {
        let used = self.used.load(Ordering::Relaxed);
        if used == self.count() { home } else { number % used }
    }

    /// Requests that each lane answered.
    #[cfg(test)]
    pub(super) fn answered(&self) -> Vec<u64> {
        self.lanes.iter().map(|lane| lane.answered.load(Ordering::Relaxed)).collect()
    }

    /// Time that the processor gave to all lanes so far; none where the system does not tell.
    pub(super) fn worked(&self) -> Option<Duration> {
        let nanoseconds = |lane: &Lane| -> Option<u64> {
            let times = std::fs::read_to_string(lane.times.as_ref()?).ok()?;
            times.split_whitespace().next()?.parse().ok()
        };
        self.lanes.iter().map(nanoseconds).sum::<Option<u64>>().map(Duration::from_nanos)
    }
}

impl Place {
    /// Tells when the connection is to end.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.lane().stop.subscribe()
    }

    /// Whether the connection is to go on in another lane.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.goes_to() != self.at
    }

    /// Whether it is in the lane that it belongs to.
    pub(super) fn is_home(&self) -> bool {
        self.at == self.home
    }

    /// The place, for a connection that cannot change its lane any more: it is at home from the next task on.
    pub(super) fn settled(mut self) -> Self {
        self.stays = true;
        self
    }

    fn goes_to(&self) -> usize {
        if self.stays { self.home } else { self.board.lane(self.home, self.number) }
    }

    fn lane(&self) -> &Lane {
        &self.board.lanes[self.at]
    }

    /// Whether the lane may wait awake.
    pub(super) fn may_wait_awake(&self) -> bool {
        self.board.may_wait_awake.load(Ordering::Relaxed)
    }

    /// Counts time for which the lane waited awake; told by its own thread only, as the next two.
    pub(super) fn waited_awake(&self, time: Duration) {
        let before = self.lane().awake.load(Ordering::Relaxed);
        self.lane().awake.store(before + time.as_nanos() as u64, Ordering::Relaxed);
    }

    /// Counts a request that is answered.
    pub(super) fn has_answered(&self) {
        self.lane().answered.store(self.answered() + 1, Ordering::Relaxed);
    }

    /// Requests that all connections of the lane answered so far.
    pub(super) fn answered(&self) -> u64 {
        self.lane().answered.load(Ordering::Relaxed)
    }

    /// Runs a task in the lane where the place is now; the task holds the place.
    pub(super) fn run<F>(mut self, task: impl FnOnce(Self) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.at = self.goes_to();
        let handle = self.lane().handle.clone();
        handle.spawn(task(self));
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.board.lanes[self.home].load.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
