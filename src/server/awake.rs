//! Is the next request of a connection waited for awake?
//!
//! A thread that sleeps is woken by the system, which takes longer than a small answer does. A client that asks again as
//! soon as it is answered is waited for awake for a moment, as long as its thread has no other client at work and the
//! machine has a core to spare (`spread`). Must not know: what is waited for.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant};

use super::lanes::Place;

/// How a connection waits.
#[derive(Debug)]
pub(super) struct Awake {
    /// For how long at most; never where nothing.
    longest: Duration,
    /// Whether the last wait was so short.
    was_short: bool,
}

impl Awake {
    pub(super) fn new(longest: Duration) -> Self {
        Self { longest, was_short: false }
    }

    /// What the future gives, waited for from now on in the better way.
    pub(super) async fn wait<F: Future>(&mut self, lane: &Place, now: Instant, future: F) -> F::Output {
        if self.longest.is_zero() || !lane.may_wait_awake() {
            self.was_short = false;
            return future.await;
        }
        let mut future = pin!(future);
        if self.was_short
            && let Some(given) = self.awake(lane, future.as_mut(), now).await
        {
            return given;
        }
        let given = future.await;
        self.was_short = now.elapsed() < self.longest;
        given
    }

    /// What the future gives, if it does soon and nobody else wants the thread.
    async fn awake<F: Future>(&self, lane: &Place, mut future: Pin<&mut F>, begun: Instant) -> Option<F::Output> {
        let answered = lane.answered();
        let mut away = Duration::ZERO;
        let given = loop {
            if let Poll::Ready(given) = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await {
                break Some(given);
            }
            let now = Instant::now();
            if now.duration_since(begun) >= self.longest || lane.answered() != answered {
                break None;
            }
            // Whoever wants the core has it first.
            std::thread::yield_now();
            away += now.elapsed();
            tokio::task::yield_now().await;
        };
        lane.waited_awake(begun.elapsed().saturating_sub(away));
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::lanes::Lanes;

    /// Waits so many times for what comes after so long; how often the future was asked each time.
    fn asked(may: bool, longest: Duration, waits: &[Duration]) -> (Vec<u32>, Duration) {
        let lanes = Lanes::start(1, 1 << 20, 1).unwrap();
        lanes.board().let_wait_awake(may);
        let (tell, told) = std::sync::mpsc::channel();
        let waits = waits.to_vec();
        lanes.place().unwrap().run(|lane| async move {
            let mut awake = Awake::new(longest);
            for wait in waits {
                let until = Instant::now() + wait;
                let mut asked = 0;
                let mut timer = pin!(tokio::time::sleep(wait));
                let given = poll_fn(|cx| {
                    asked += 1;
                    if Instant::now() >= until { Poll::Ready(7) } else { timer.as_mut().poll(cx).map(|()| 7) }
                });
                assert_eq!(awake.wait(&lane, Instant::now(), given).await, 7);
                tell.send(asked).unwrap();
            }
        });
        (told.iter().collect(), lanes.board().waited_awake())
    }

    #[test]
    fn a_client_that_comes_at_once_is_waited_for_awake_from_then_on() {
        let (at_once, soon, late) = (Duration::ZERO, Duration::from_millis(20), Duration::from_millis(600));
        let longest = Duration::from_millis(500);
        let (asked, spent) = asked(true, longest, &[soon, soon, late, soon, at_once]);
        assert!(asked[0] <= 3, "asleep, as nothing is known: {asked:?}");
        assert!(asked[1] > 3 && asked[2] > 3, "awake: {asked:?}");
        assert!(asked[3] <= 3 && asked[4] == 1, "asleep again: {asked:?}");
        assert!(!spent.is_zero());
    }

    #[test]
    fn nobody_is_waited_for_awake_where_that_is_not_wanted() {
        let soon = Duration::from_millis(5);
        for (may, longest) in [(false, Duration::from_millis(100)), (true, Duration::ZERO)] {
            let (asked, spent) = asked(may, longest, &[soon; 4]);
            assert!(asked.iter().all(|asked| *asked <= 3) && spent.is_zero(), "{asked:?} {spent:?}");
        }
    }

    #[test]
    fn a_thread_with_other_clients_at_work_is_theirs() {
        let lanes = Lanes::start(1, 1 << 20, 1).unwrap();
        lanes.board().let_wait_awake(true);
        let (tell, told) = std::sync::mpsc::channel();
        let other = lanes.place().unwrap();
        lanes.place().unwrap().run(|lane| async move {
            let mut awake = Awake { longest: Duration::from_secs(600), was_short: true };
            let mut asked = 0;
            let timer = tokio::time::sleep(Duration::from_millis(500));
            let mut timer = pin!(timer);
            let waited = poll_fn(|cx| {
                asked += 1;
                if asked == 10 {
                    other.has_answered();
                }
                timer.as_mut().poll(cx)
            });
            awake.wait(&lane, Instant::now(), waited).await;
            tell.send(asked).unwrap();
        });
        let asked = told.recv().unwrap();
        assert!((10..=14).contains(&asked), "{asked}");
    }
}
