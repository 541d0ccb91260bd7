//! Has this been answered before?
//!
//! A release never changes, so release, document, operation and variables name an answer for good. Keeps whole answers
//! without errors, bounded by bytes, each with its compressed forms; the same question asked twice at once is answered
//! once. Must not know: HTTP, how an answer is made.

use std::future::Future;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use moka::future::Cache;
use moka::policy::EvictionPolicy;

use super::encode::Coding;
use crate::graphql::Request;

/// What names an answer: a hash of all that it depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// Of a question to a release. `salt` stands for the program and its settings.
    pub(super) fn of(salt: &[u8; 32], release: &str, request: &Request, kind: u8) -> Self {
        let mut hash = blake3::Hasher::new();
        // Each part has its length before it: no two questions run together to the same bytes.
        let mut part = |bytes: &[u8]| {
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        part(salt);
        part(&[kind]);
        part(release.as_bytes());
        part(request.query.as_bytes());
        part(request.operation_name.as_deref().unwrap_or_default().as_bytes());
        if !request.variables.is_empty() {
            // The keys of a JSON map are sorted, so the order in which a client writes them does not count.
            part(&serde_json::to_vec(&request.variables).unwrap_or_default());
        }
        Self(*hash.finalize().as_bytes())
    }

    /// A strong entity tag for one form of the answer.
    pub(super) fn tag(&self, form: &str) -> String {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut tag = String::with_capacity(40 + form.len());
        tag.push('"');
        for byte in &self.0[..16] {
            tag.push(char::from(HEX[usize::from(byte >> 4)]));
            tag.push(char::from(HEX[usize::from(byte & 15)]));
        }
        tag.push_str(form);
        tag.push('"');
        tag
    }
}

/// An answer and its compressed forms, made when first asked for.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) body: Bytes,
    pub(super) has_data: bool,
    pub(super) has_errors: bool,
    packed: [OnceLock<Option<Bytes>>; 3],
}

impl Entry {
    pub(super) fn new(body: Vec<u8>, has_data: bool, has_errors: bool) -> Self {
        Self { body: body.into(), has_data, has_errors, packed: Default::default() }
    }

    /// The compressed form, if it is there or need not be made.
    pub(super) fn ready(&self, coding: Coding) -> Option<Option<Bytes>> {
        self.packed[coding as usize].get().cloned()
    }

    /// The compressed form.
    pub(super) fn packed(&self, coding: Coding) -> Option<Bytes> {
        self.packed[coding as usize].get_or_init(|| coding.pack(&self.body)).clone()
    }

    /// Bytes that it takes at most, compressed forms included.
    fn weight(&self) -> u32 {
        u32::try_from(512 + 2 * self.body.len()).unwrap_or(u32::MAX)
    }
}

/// Answers kept.
#[derive(Debug)]
pub(super) struct Answers {
    kept: Option<Cache<Key, Arc<Entry>>>,
}

impl Answers {
    /// Keeps so many bytes; none where 0.
    pub(super) fn new(bytes: u64) -> Self {
        let kept = (bytes > 0).then(|| {
            Cache::builder()
                .max_capacity(bytes)
                .weigher(|_: &Key, entry: &Arc<Entry>| entry.weight())
                .eviction_policy(EvictionPolicy::tiny_lfu())
                .build()
        });
        Self { kept }
    }

    /// Whether answers are kept at all.
    pub(super) const fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    pub(super) async fn get(&self, key: &Key) -> Option<Arc<Entry>> {
        self.kept.as_ref()?.get(key).await
    }

    /// Makes an answer, once for all who ask at the same time. What is `Err` is shared but not kept, and what has no key is
    /// neither.
    pub(super) async fn make<E: Clone + Send + Sync + 'static>(
        &self,
        key: Option<Key>,
        make: impl Future<Output = Result<Arc<Entry>, E>>,
    ) -> Result<Arc<Entry>, E> {
        match self.kept.as_ref().zip(key) {
            None => make.await,
            Some((kept, key)) => kept.try_get_with(key, make).await.map_err(|e| (*e).clone()),
        }
    }

    /// Entries and bytes kept, as of the last tidying up.
    pub(super) fn size(&self) -> (u64, u64) {
        self.kept.as_ref().map_or((0, 0), |kept| (kept.entry_count(), kept.weighted_size()))
    }
}
