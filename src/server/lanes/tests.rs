//! Do connections run where they are to, and move where they must?

use std::thread::{ThreadId, current};

use tokio::sync::mpsc;

use super::*;
use crate::server::signal::stopped;

fn until(done: impl Fn() -> bool) {
    while !done() {
        std::thread::yield_now();
    }
}

/// Ends once no lane has a connection.
fn emptied(lanes: &Lanes) {
    until(|| lanes.board.lanes.iter().all(|lane| lane.load.load(Ordering::Relaxed) == 0));
}

#[test]
fn each_goes_where_the_fewest_are_and_stays_there() {
    let lanes = Lanes::start(2, 1 << 20, 1).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let (go, wait) = watch::channel(false);
    for _ in 0..4 {
        let (tell, mut wait) = (tell.clone(), wait.clone());
        lanes.place().unwrap().run(|place| async move {
            let first = current().id();
            tell.send(first).unwrap();
            let _ = wait.wait_for(|go| *go).await;
            tokio::time::sleep(Duration::from_millis(1)).await;
            assert_eq!(current().id(), first);
            tell.send(first).unwrap();
            drop(place);
        });
    }
    let began: Vec<_> = told.iter().take(4).collect();
    assert_eq!(began.iter().filter(|lane| **lane == began[0]).count(), 2, "two and two");
    assert!(lanes.board.lanes.iter().all(|lane| lane.load.load(Ordering::Relaxed) == 2));
    go.send(true).unwrap();
    assert_eq!(told.iter().take(4).count(), 4, "all stayed on their threads");
    drop(tell);
    assert_eq!(told.iter().count(), 0, "and ended");
    emptied(&lanes);
    // A task that never ends does not keep the threads.
    lanes.place().unwrap().run(|_| std::future::pending());
    drop(lanes);
}

/// A connection that tells its thread whenever it is asked, and moves when it is to.
fn live(place: Place, mut asked: mpsc::Receiver<std::sync::mpsc::Sender<ThreadId>>) {
    place.run(|place| async move {
        let mut stopping = place.stopping();
        while !place.is_elsewhere() {
            tokio::select! {
                tell = asked.recv() => match tell {
                    Some(tell) => tell.send(current().id()).unwrap(),
                    None => return,
                },
                () = stopped(&mut stopping) => return,
            }
        }
        live(place, asked);
    });
}

#[test]
fn connections_move_to_the_lanes_in_use_and_back() {
    let lanes = Lanes::start(4, 1 << 20, 1).unwrap();
    let asks: Vec<_> = (0..12)
        .map(|_| {
            let (ask, asked) = mpsc::channel(1);
            live(lanes.place().unwrap(), asked);
            ask
        })
        .collect();
    let threads = || -> Vec<ThreadId> {
        // What is asked first may still be told by the thread before.
        let all = || {
            asks.iter().map(|ask| {
                let (tell, told) = std::sync::mpsc::channel();
                ask.blocking_send(tell).unwrap();
                told.recv().unwrap()
            })
        };
        all().for_each(drop);
        all().collect()
    };
    let many = |threads: &[ThreadId]| {
        let mut counts: Vec<_> = threads
            .iter()
            .collect::<std::collections::HashSet<_>>()
            .into_iter()
            .map(|one| threads.iter().filter(|thread| *thread == one).count())
            .collect();
        counts.sort_unstable();
        counts
    };
    let first = threads();
    assert_eq!(many(&first), [3, 3, 3, 3]);
    for (used, expected) in [(1, vec![12]), (3, vec![4, 4, 4]), (2, vec![6, 6]), (0, vec![12])] {
        lanes.board.set_used(used);
        assert_eq!(many(&threads()), expected, "{used}");
    }
    lanes.board.set_used(9);
    assert_eq!(threads(), first, "each is where it was");
    // One that moves is told to end where it is then.
    lanes.board.set_used(1);
    lanes.stop();
    emptied(&lanes);
}

#[test]
fn time_of_the_lanes_is_told_where_the_system_tells_it() {
    let lanes = Lanes::start(2, 1 << 20, 1).unwrap();
    let before = lanes.board.worked();
    let (tell, told) = std::sync::mpsc::channel();
    lanes.place().unwrap().run(|_| async move {
        let begun = std::time::Instant::now();
        while begun.elapsed() < Duration::from_millis(20) {
            std::hint::spin_loop();
        }
        tell.send(()).unwrap();
    });
    told.recv().unwrap();
    // Nothing is there, or nothing but zeros, where the system does not tell.
    let own = std::fs::read_to_string("/proc/thread-self/schedstat");
    if own.is_ok_and(|times| !times.starts_with("0 ")) {
        until(|| lanes.board.worked() > before);
    }
}

#[test]
fn what_cannot_change_its_lane_is_at_home() {
    let lanes = Lanes::start(2, 1 << 20, 1).unwrap();
    lanes.board.set_used(1);
    let (tell, told) = std::sync::mpsc::channel();
    let places: Vec<_> = (0..4).map(|_| lanes.place().unwrap()).collect();
    for (at, place) in places.into_iter().enumerate() {
        let place = if at < 2 { place } else { place.settled() };
        let tell = tell.clone();
        place.run(|place| async move { tell.send((at, place.at, place.is_home(), place.is_elsewhere())).unwrap() });
    }
    let mut all: Vec<_> = told.iter().take(4).collect();
    all.sort_unstable();
    assert_eq!(all, [(0, 0, true, false), (1, 0, false, false), (2, 0, true, false), (3, 1, true, false)]);
}

#[test]
fn a_panic_in_a_task_leaves_the_lane() {
    let lanes = Lanes::start(1, 1 << 20, 1).unwrap();
    lanes.place().unwrap().run(|_place| async { std::panic::resume_unwind(Box::new(())) });
    let (tell, told) = std::sync::mpsc::channel();
    lanes.place().unwrap().run(|_place| async move { tell.send(7).unwrap() });
    assert_eq!(told.recv(), Ok(7));
    emptied(&lanes);
}
