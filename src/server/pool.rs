//! Where does heavy work run, and when is it too much?
//!
//! A few places on blocking threads, a bounded queue before them, and a refusal behind it. Must not know: what the work
//! is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

/// Why work did not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undone {
    /// The queue is full.
    Full,
    /// The work panicked.
    Panicked,
}

/// The places and the queue.
#[derive(Debug)]
pub(super) struct Pool {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
}

/// Leaves the queue when dropped, also when the client leaves first.
struct Queued<'a>(&'a AtomicUsize);

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pool {
    pub(super) fn new(places: usize, queue: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places.max(1))), waiting: AtomicUsize::new(0), queue }
    }

    /// Runs work on a blocking thread once there is a place.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Undone> {
        let place = match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => place,
            Err(_) => {
                let before = self.waiting.fetch_add(1, Ordering::Relaxed);
                let _queued = Queued(&self.waiting);
                if before >= self.queue {
                    return Err(Undone::Full);
                }
                Arc::clone(&self.places).acquire_owned().await.map_err(|_| Undone::Full)?
            }
        };
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await.map_err(|_| Undone::Panicked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_the_queue_does_not_hold_is_refused() {
        let pool = Arc::new(Pool::new(1, 1));
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let run = |pool: Arc<Pool>| async move { pool.run(|| 7).await };
        let busy = tokio::spawn({
            let pool = Arc::clone(&pool);
            async move { pool.run(move || wait.recv().is_ok()).await }
        });
        while pool.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let queued = tokio::spawn(run(Arc::clone(&pool)));
        while pool.waiting.load(Ordering::Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(run(Arc::clone(&pool)).await, Err(Undone::Full));
        go.send(()).unwrap();
        assert_eq!(busy.await.unwrap(), Ok(true));
        assert_eq!(queued.await.unwrap(), Ok(7));
        assert_eq!(pool.waiting.load(Ordering::Relaxed), 0);
        let panicked: Result<(), _> = pool.run(|| std::panic::resume_unwind(Box::new(()))).await;
        assert_eq!(panicked, Err(Undone::Panicked));
    }
}
