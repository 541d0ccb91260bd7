//! Has this very body been answered before?
//!
//! A client that asks the same again mostly sends the same bytes again. The answer to a body is noted beside the body, so
//! that such a request is neither parsed nor hashed nor looked up: each body has one place, by its hash, where the last one
//! stays. Answers are not held here, only pointed at. Must not know: what a body says, where answers are kept.

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};

use arc_swap::ArcSwapOption;
use foldhash::fast::RandomState;

use super::around::Operation;
use super::cache::{Entry, Key};
use super::front::Reply;
use crate::snapshot::Snapshot;

/// Bodies longer than this are not remembered.
const LONGEST: usize = 4 * 1024;

/// One in so many answers is told to those who keep it: they keep what is asked for.
const TOLD: u32 = 32;

/// A body, and what it led to.
#[derive(Debug)]
struct Known {
    body: Box<[u8]>,
    /// Whether the head of its request asks for the price.
    show_cost: bool,
    release: Weak<Snapshot>,
    answer: Weak<Entry>,
    key: Key,
    operation: Option<Operation>,
    given: AtomicU32,
}

/// An answer found.
#[derive(Debug)]
pub(super) struct Again {
    pub(super) answer: Arc<Entry>,
    pub(super) key: Key,
    /// The operation that the body names.
    pub(super) operation: Option<Operation>,
    /// Whether to tell those who keep the answer that it is asked for.
    pub(super) tell: bool,
}

/// Bodies seen.
#[derive(Debug)]
pub(super) struct Seen {
    places: Box<[ArcSwapOption<Known>]>,
    hasher: RandomState,
}

impl Seen {
    /// Remembers at most so many bytes of bodies.
    pub(super) fn new(bytes: u64) -> Self {
        let places = usize::try_from(bytes).unwrap_or(usize::MAX) / LONGEST;
        Self { places: (0..places).map(|_| ArcSwapOption::empty()).collect(), hasher: RandomState::default() }
    }

    fn place(&self, body: &[u8]) -> Option<&ArcSwapOption<Known>> {
        let hash = self.hasher.hash_one(body);
        self.places.get((hash % self.places.len().max(1) as u64) as usize)
    }

    /// Whether bodies are remembered at all.
    pub(super) const fn remembers(&self) -> bool {
        !self.places.is_empty()
    }

    /// The answer to the body over this release, if it is still kept.
    pub(super) fn find(&self, body: &[u8], show_cost: bool, release: &Arc<Snapshot>) -> Option<Again> {
        let known = self.place(body)?.load();
        let known = known.as_deref()?;
        // A release that is pointed at keeps its address to itself.
        let same = known.show_cost == show_cost && std::ptr::eq(known.release.as_ptr(), Arc::as_ptr(release));
        if !same || *known.body != *body {
            return None;
        }
        let answer = known.answer.upgrade()?;
        let tell = known.given.fetch_add(1, Ordering::Relaxed) % TOLD == 0;
        Some(Again { answer, key: known.key, operation: known.operation.clone(), tell })
    }

    /// Remembers what a body led to.
    pub(super) fn keep(&self, body: &[u8], show_cost: bool, reply: &Reply, operation: Option<Operation>) {
        if body.len() <= LONGEST
            && let Some((key, release)) = reply.key.zip(reply.snapshot.as_ref())
            && let Some(place) = self.place(body)
        {
            place.store(Some(Arc::new(Known {
                body: body.into(),
                show_cost,
                release: Arc::downgrade(release),
                answer: Arc::downgrade(&reply.entry),
                key,
                operation,
                given: AtomicU32::new(1),
            })));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::Request;

    #[test]
    fn a_body_is_known_for_its_release_and_its_head_while_its_answer_is_kept() {
        let releases = [(); 2].map(|()| Arc::new(Snapshot::bundled().unwrap()));
        let reply = |key: u8| Reply {
            entry: Arc::new(Entry::new(b"{}".to_vec(), true, false)),
            key: Some(Key::of(&[key; 32], "r", &Request::default(), 0)),
            snapshot: Some(Arc::clone(&releases[0])),
            from_cache: false,
            took: None,
        };
        let seen = Seen::new(1 << 20);
        let (body, kept) = (b"{\"query\":\"{a}\"}", reply(1));
        assert!(seen.find(body, false, &releases[0]).is_none());
        seen.keep(body, false, &kept, None);
        assert_eq!(seen.find(body, false, &releases[0]).map(|again| again.key), kept.key);
        assert!(seen.find(body, true, &releases[0]).is_none(), "the head asks for the price");
        assert!(seen.find(body, false, &releases[1]).is_none(), "another release answers");
        let told = (0..2 * TOLD).filter(|_| seen.find(body, false, &releases[0]).is_some_and(|again| again.tell));
        assert_eq!(told.count(), 2);
        drop(kept);
        assert!(seen.find(body, false, &releases[0]).is_none(), "the answer is kept no more");
        let (long, kept) = (vec![b' '; LONGEST + 1], reply(2));
        seen.keep(&long, false, &kept, None);
        assert!(seen.find(&long, false, &releases[0]).is_none());
        // One place: the last body stays, and neither is taken for the other.
        let (small, last) = (Seen::new(LONGEST as u64), reply(3));
        small.keep(b"one", false, &kept, None);
        small.keep(b"two", false, &last, None);
        assert!(small.find(b"one", false, &releases[0]).is_none());
        assert_eq!(small.find(b"two", false, &releases[0]).map(|again| again.key), last.key);
        let none = Seen::new(0);
        none.keep(body, false, &last, None);
        assert!(none.find(body, false, &releases[0]).is_none());
    }
}
