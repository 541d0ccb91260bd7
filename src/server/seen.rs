//! Has this very body been answered before?
//!
//! A client that asks the same again mostly sends the same bytes again. The name of the answer to a body is kept beside
//! the body, so that such a request is neither parsed nor hashed: it goes straight to the answers kept. Must not know:
//! what a body says, where answers are kept.

use bytes::Bytes;
use foldhash::quality::RandomState;
use moka::sync::Cache;

use super::around::Operation;
use super::cache::Key;

/// Bodies longer than this are not remembered.
const LONGEST: usize = 8 * 1024;

/// What a body led to.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// The name of its answer.
    pub(super) key: Key,
    /// The operation that it names.
    pub(super) operation: Option<Operation>,
    /// The release that answered.
    release: Box<str>,
}

/// A body, and whether the head of its request asks for the price.
type Asked = (Bytes, bool);

/// Bodies seen.
#[derive(Debug)]
pub(super) struct Seen(Option<Cache<Asked, Known, RandomState>>);

impl Seen {
    /// Remembers about so many bytes of bodies; none where 0.
    pub(super) fn new(bytes: u64) -> Self {
        let weigh = |asked: &Asked, _: &Known| u32::try_from(asked.0.len() + 256).unwrap_or(u32::MAX);
        let cache = || Cache::builder().max_capacity(bytes).weigher(weigh).build_with_hasher(RandomState::default());
        Self((bytes > 0).then(cache))
    }

    /// What the body led to over this release.
    pub(super) fn find(&self, body: &Bytes, show_cost: bool, release: &str) -> Option<Known> {
        let known = self.0.as_ref()?.get(&(body.clone(), show_cost))?;
        (*known.release == *release).then_some(known)
    }

    /// Remembers what a body led to.
    pub(super) fn keep(&self, body: &Bytes, show_cost: bool, release: &str, key: Key, operation: Option<Operation>) {
        if let Some(seen) = &self.0
            && body.len() <= LONGEST
        {
            // A copy: the body may be a slice of a larger buffer, which it would hold.
            let body = Bytes::copy_from_slice(body);
            seen.insert((body, show_cost), Known { key, operation, release: release.into() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::Request;

    #[test]
    fn a_body_is_known_for_its_release_and_its_head() {
        let seen = Seen::new(1 << 20);
        let body = Bytes::from_static(b"{\"query\":\"{a}\"}");
        let key = Key::of(&[0; 32], "r1", &Request::default(), 0);
        assert!(seen.find(&body, false, "r1").is_none());
        seen.keep(&body, false, "r1", key, None);
        assert_eq!(seen.find(&body, false, "r1").map(|known| known.key), Some(key));
        assert!(seen.find(&body, true, "r1").is_none(), "the head asks for the price");
        assert!(seen.find(&body, false, "r2").is_none(), "another release answers");
        let long = Bytes::from(vec![b' '; LONGEST + 1]);
        seen.keep(&long, false, "r1", key, None);
        assert!(seen.find(&long, false, "r1").is_none());
        assert!(Seen::new(0).find(&body, false, "r1").is_none());
    }
}
