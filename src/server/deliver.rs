//! In what form does an answer go out?
//!
//! Media type, coding, entity tag, what caches on the way are told, how long it took. Must not know: how an answer is made,
//! what a request carries beside its head.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::accept::Media;
use super::cache::Entry;
use super::encode::{self, Coding};
use super::front::{Front, Reply};
use super::graphql::text;
use super::response::{NO_STORE, Whole, empty, respond};

const VARIES: HeaderValue = HeaderValue::from_static("accept, accept-encoding, x-trialweave-cost");
const TIMING: HeaderName = HeaderName::from_static("server-timing");
const COST: HeaderName = HeaderName::from_static("x-trialweave-cost");

/// Bytes up to which an answer is compressed where the request is served.
const PACK_HERE: usize = 16 * 1024;

/// What the head of a request says about the answer.
pub(super) struct Wanted {
    pub(super) media: Media,
    coding: Option<Coding>,
    /// The tags that the client has, for a GET.
    known: Option<String>,
    pub(super) is_get: bool,
    pub(super) show_cost: bool,
}

impl Wanted {
    /// Of a POST that says so much.
    pub(super) fn posted(media: Media, accept_encoding: Option<&str>, show_cost: bool) -> Self {
        Self { media, coding: encode::negotiate(accept_encoding), known: None, is_get: false, show_cost }
    }

    pub(super) fn of(headers: &HeaderMap, media: Media, is_get: bool) -> Self {
        Self {
            media,
            coding: encode::negotiate(text(headers, &ACCEPT_ENCODING)),
            known: is_get.then(|| text(headers, &IF_NONE_MATCH).map(str::to_owned)).flatten(),
            is_get,
            show_cost: headers.get(&COST).is_some_and(|v| v == "1"),
        }
    }
}

/// The answer to a request, in the form that it wants.
pub(super) async fn deliver(front: &Front, wanted: &Wanted, reply: &Reply, begun: Instant) -> Whole {
    let entry = &reply.entry;
    if entry.has_errors {
        let refused = !entry.has_data && wanted.media == Media::GraphqlResponse;
        let status = if refused { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        let mut response = respond(status, wanted.media, entry.body.clone());
        response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
        return response;
    }
    let mut coding = wanted.coding.filter(|_| entry.body.len() as u64 >= front.settings.compress_bytes);
    let mut body = entry.body.clone();
    let mut tags = None;
    if let Some(key) = reply.key.filter(|_| wanted.is_get) {
        let form = format!("-{}{}", wanted.media.letter(), coding.map_or("", |c| c.name()));
        let tag = key.tag(&form);
        if wanted.known.as_deref().is_some_and(|known| matches(known, &tag)) {
            let mut response = empty(StatusCode::NOT_MODIFIED);
            cacheable(front, response.headers_mut(), &tag);
            return response;
        }
        tags = Some(tag);
    }
    let may_vary = coding.is_some();
    if let Some(wanted) = coding {
        match pack(entry, wanted).await {
            Some(packed) => body = packed,
            None => coding = None,
        }
    }
    let mut response = respond(StatusCode::OK, wanted.media, body);
    let headers = response.headers_mut();
    if let Some(tag) = tags {
        cacheable(front, headers, &tag);
    } else if may_vary {
        headers.insert(VARY, VARIES);
    }
    if let Some(coding) = coding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    headers.insert(TIMING, timing(reply.from_cache, begun.elapsed()));
    response
}

/// Whether the answer was kept, and how long it took: `cache;desc=hit, total;dur=0.041`.
fn timing(kept: bool, took: Duration) -> HeaderValue {
    let mut text = [0; 64];
    let begin: &[u8] = if kept { b"cache;desc=hit, total;dur=" } else { b"cache;desc=miss, total;dur=" };
    let mut whole = itoa::Buffer::new();
    let whole = whole.format(took.as_millis() as u64).as_bytes();
    let mut len = 0;
    let us = took.subsec_micros() % 1000;
    let digit = |n: u32| b'0' + (n % 10) as u8;
    for part in [begin, whole, &[b'.', digit(us / 100), digit(us / 10), digit(us)]] {
        text[len..len + part.len()].copy_from_slice(part);
        len += part.len();
    }
    HeaderValue::from_bytes(&text[..len]).unwrap_or(NO_STORE)
}

/// What caches between here and the client need to know of an answer to a GET.
fn cacheable(front: &Front, headers: &mut HeaderMap, tag: &str) {
    let age = format!("public, max-age={}", front.settings.max_age_s);
    headers.insert(VARY, VARIES);
    headers.insert(CACHE_CONTROL, HeaderValue::from_str(&age).unwrap_or(NO_STORE));
    headers.insert(ETAG, HeaderValue::from_str(tag).unwrap_or(NO_STORE));
}

/// The compressed form; a large one is made on a blocking thread.
async fn pack(entry: &Arc<Entry>, coding: Coding) -> Option<Bytes> {
    if let Some(ready) = entry.ready(coding) {
        return ready;
    }
    if entry.body.len() <= PACK_HERE {
        return entry.packed(coding);
    }
    let entry = Arc::clone(entry);
    tokio::task::spawn_blocking(move || entry.packed(coding)).await.ok().flatten()
}

/// Whether an `If-None-Match` names a tag. Weak comparison, as the specification has it here.
fn matches(known: &str, tag: &str) -> bool {
    known.trim() == "*" || known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}
