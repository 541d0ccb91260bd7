//! How long may a client take over what it says?
//!
//! One timer for a connection instead of one or two for each request: whatever waits for the client writes down until
//! when, and the timer looks there when it fires. Must not know: what is waited for.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// Timer at its finest, so that a limit of nothing does not keep a core busy.
const FINEST: Duration = Duration::from_millis(10);

/// The clock of one connection of HTTP/1, which waits for one thing at a time. All of it lives in one task.
#[derive(Debug, Clone)]
pub(super) struct Clock(Arc<Face>);

/// Times are milliseconds since the connection began.
#[derive(Debug)]
struct Face {
    begun: Instant,
    /// When what is waited for is late; 0 where nothing is waited for.
    late_at: AtomicU64,
    /// When the timer fired last.
    fired_at: AtomicU64,
    /// Shortest time that anything is waited for.
    shortest: Duration,
}

impl Face {
    fn now(&self) -> u64 {
        self.begun.elapsed().as_millis() as u64
    }
}

impl Clock {
    /// Starts; nothing will be waited for less long than `shortest`.
    pub(super) fn start(shortest: Duration) -> Self {
        let (late_at, fired_at) = Default::default();
        Self(Arc::new(Face { begun: Instant::now(), late_at, fired_at, shortest: shortest.max(FINEST) }))
    }

    /// Drives a connection, and the timer before it: what waits in the connection then sees that it is late.
    pub(super) async fn drive<C: Future>(&self, connection: C) -> C::Output {
        let mut connection = std::pin::pin!(connection);
        let mut timer = std::pin::pin!(self.tick());
        std::future::poll_fn(|cx| {
            let _: Poll<()> = timer.as_mut().poll(cx);
            connection.as_mut().poll(cx)
        })
        .await
    }

    /// Fires no later than anything becomes late: what begins to be waited for from now on is late `shortest` from now
    /// at the earliest.
    async fn tick(&self) {
        let face = &*self.0;
        loop {
            let late_at = face.late_at.load(Relaxed);
            let told = late_at <= face.fired_at.load(Relaxed);
            let at = if told { Instant::now() + face.shortest } else { face.begun + Duration::from_millis(late_at) };
            tokio::time::sleep_until(at.into()).await;
            face.fired_at.store(face.now(), Relaxed);
        }
    }

    fn wait_until(&self, deadline: Instant) -> Wait {
        // At least 1, which is not 0, and up to the next millisecond.
        let late_at = deadline.saturating_duration_since(self.0.begun).as_millis() as u64 + 1;
        self.0.late_at.store(late_at, Relaxed);
        Wait { face: Arc::clone(&self.0), late_at }
    }

    /// What the future gives, if it gives it in time. The time begins once the future has to be waited for.
    pub(super) async fn within<F: Future>(&self, time: Duration, future: F) -> Option<F::Output> {
        self.until(|| Instant::now() + time, future).await
    }

    /// What the future gives, if it gives it before this hour, which is asked for once the future has to be waited for.
    pub(super) async fn until<F: Future>(&self, late: impl Fn() -> Instant, future: F) -> Option<F::Output> {
        let mut future = std::pin::pin!(future);
        let mut wait = None;
        std::future::poll_fn(|cx| match future.as_mut().poll(cx) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => {
                let wait = wait.get_or_insert_with(|| self.wait_until(late()));
                Pin::new(wait).poll(cx).map(|()| None)
            }
        })
        .await
    }
}

/// Ready once it is late, as seen when the task is next polled; no longer waited for once dropped.
struct Wait {
    face: Arc<Face>,
    late_at: u64,
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        // The timer wakes the task that this is polled in.
        if self.face.fired_at.load(Relaxed) >= self.late_at { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        // Not where something else is waited for by now.
        let _ = self.face.late_at.compare_exchange(self.late_at, 0, Relaxed, Relaxed);
    }
}

impl Sleep for Wait {}

/// For the heads of requests, which hyper waits for.
impl Timer for Clock {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(Instant::now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(self.wait_until(deadline))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_late_is_told_and_what_is_not_goes_on() {
        let clock = Clock::start(Duration::from_millis(30));
        let mut told = Vec::new();
        let work = async {
            // Several times in turn, as requests of one connection come.
            for _ in 0..3 {
                told.push(clock.within(Duration::from_millis(30), std::future::pending::<()>()).await.is_none());
                told.push(clock.within(Duration::from_secs(60), tokio::task::yield_now()).await.is_some());
            }
            clock.sleep(Duration::from_millis(40)).await;
            assert_eq!(clock.0.late_at.load(Relaxed), 0, "nothing is waited for");
        };
        let done = tokio::time::timeout(Duration::from_secs(20), clock.drive(work)).await;
        assert!(done.is_ok() && told == [true; 6], "{told:?}");
    }

    #[tokio::test]
    async fn a_wait_that_is_over_does_not_end_the_next() {
        let clock = Clock::start(Duration::from_millis(20));
        let (first, second) = (clock.sleep(Duration::ZERO), clock.sleep(Duration::from_secs(60)));
        drop(first);
        assert_ne!(clock.0.late_at.load(Relaxed), 0, "the second is waited for");
        drop(second);
        assert_eq!(clock.0.late_at.load(Relaxed), 0);
    }
}
