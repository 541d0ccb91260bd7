//! Which thread speaks to a connection?
//!
//! Threads that each run their own connections from first to last: no connection moves, so no thread is woken for what
//! another has read, which costs more than a small answer. Work that takes long leaves for threads of its own (`pool`). Must
//! not know: sockets, what a connection says.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::sync::{oneshot, watch};

/// How long a thread waits for blocking work when it ends.
const END: Duration = Duration::from_secs(1);

/// The threads.
#[derive(Debug)]
pub(super) struct Lanes(Vec<Lane>);

#[derive(Debug)]
struct Lane {
    handle: Handle,
    /// Connections that it has now.
    load: Arc<AtomicUsize>,
    /// Tells its connections to end: each lane has its own, as they look there for every request.
    stop: watch::Sender<bool>,
    /// Ends it once dropped.
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A place in a lane, counted while it is held.
#[derive(Debug)]
pub(super) struct Place {
    handle: Handle,
    load: Arc<AtomicUsize>,
    stop: watch::Receiver<bool>,
}

impl Lanes {
    /// So many threads, each with a stack of so many bytes and at most so many threads of its own for blocking work.
    ///
    /// # Errors
    /// Where a thread cannot be started.
    pub(super) fn start(threads: usize, stack: usize, blocking: usize) -> io::Result<Self> {
        (0..threads.max(1)).map(|number| Lane::start(number, stack, blocking)).collect::<io::Result<_>>().map(Self)
    }

    /// A place in the lane that has the fewest connections.
    pub(super) fn place(&self) -> Option<Place> {
        let lane = self.0.iter().min_by_key(|lane| lane.load.load(Ordering::Relaxed))?;
        lane.load.fetch_add(1, Ordering::Relaxed);
        Some(Place { handle: lane.handle.clone(), load: Arc::clone(&lane.load), stop: lane.stop.subscribe() })
    }

    /// Tells all connections to end.
    pub(super) fn stop(&self) {
        for lane in &self.0 {
            lane.stop.send_replace(true);
        }
    }
}

impl Lane {
    fn start(number: usize, stack: usize, blocking: usize) -> io::Result<Self> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .thread_stack_size(stack)
            .max_blocking_threads(blocking.max(1))
            .build()?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new().name(format!("lane-{number}")).stack_size(stack).spawn(move || {
            // Ends with an error where the sender is dropped, which is how it is told.
            let _ = runtime.block_on(ended);
            runtime.shutdown_timeout(END);
        })?;
        Ok(Self { handle, load: Arc::default(), stop: watch::Sender::new(false), end: Some(end), thread: Some(thread) })
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        // All are told before one is waited for.
        for lane in &mut self.0 {
            lane.end = None;
        }
        for thread in self.0.iter_mut().filter_map(|lane| lane.thread.take()) {
            let _ = thread.join();
        }
    }
}

impl Place {
    /// Tells when the connection is to end.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.clone()
    }

    /// Runs a task in the lane; it holds the place until it ends.
    pub(super) fn run(self, task: impl Future<Output = ()> + Send + 'static) {
        let handle = self.handle.clone();
        handle.spawn(async move {
            let _place = self;
            task.await;
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.load.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_goes_where_the_fewest_are_and_stays_there() {
        let lanes = Lanes::start(2, 1 << 20, 1).unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        let (go, wait) = tokio::sync::watch::channel(false);
        for _ in 0..4 {
            let (tell, mut wait) = (tell.clone(), wait.clone());
            lanes.place().unwrap().run(async move {
                let first = std::thread::current().id();
                tell.send(first).unwrap();
                let _ = wait.wait_for(|go| *go).await;
                tokio::time::sleep(Duration::from_millis(1)).await;
                assert_eq!(std::thread::current().id(), first);
                tell.send(first).unwrap();
            });
        }
        let began: Vec<_> = told.iter().take(4).collect();
        assert_eq!(began.iter().filter(|lane| **lane == began[0]).count(), 2, "two and two");
        assert!(lanes.0.iter().all(|lane| lane.load.load(Ordering::Relaxed) == 2));
        go.send(true).unwrap();
        assert_eq!(told.iter().take(4).count(), 4, "all stayed on their threads");
        drop(tell);
        assert_eq!(told.iter().count(), 0, "and ended");
        while lanes.0.iter().any(|lane| lane.load.load(Ordering::Relaxed) > 0) {
            std::thread::yield_now();
        }
        // A task that never ends does not keep the threads.
        lanes.place().unwrap().run(std::future::pending());
        drop(lanes);
    }

    #[test]
    fn a_panic_in_a_task_leaves_the_lane() {
        let lanes = Lanes::start(1, 1 << 20, 1).unwrap();
        lanes.place().unwrap().run(async { std::panic::resume_unwind(Box::new(())) });
        let (tell, told) = std::sync::mpsc::channel();
        lanes.place().unwrap().run(async move { tell.send(7).unwrap() });
        assert_eq!(told.recv(), Ok(7));
        while lanes.0[0].load.load(Ordering::Relaxed) > 0 {
            std::thread::yield_now();
        }
    }
}
