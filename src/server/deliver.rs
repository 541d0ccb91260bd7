//! In what form does an answer go out?
//!
//! Media type, coding, entity tag, what caches on the way are told, how long it took. Must not know: how an answer is made,
//! what a request carries beside its head.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Bytes;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::accept::Media;
use super::cache::Entry;
use super::encode::{self, Coding};
use super::front::{Front, Reply};
use super::graphql::text;
use super::response::{NO_STORE, Timing, Whole, empty, respond};

const VARIES: HeaderValue = HeaderValue::from_static("accept, accept-encoding, x-trialweave-cost");
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

    /// The coding in which a reply is wanted, where it is large enough for one.
    fn coding_of(&self, front: &Front, reply: &Reply) -> Option<Coding> {
        let large = reply.entry.body.len() as u64 >= front.settings.compress_bytes;
        self.coding.filter(|_| large && !reply.entry.has_errors)
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
    match wanted.coding_of(front, reply) {
        Some(coding) => form(front, wanted, reply, Some((coding, pack(&reply.entry, coding).await)), begun),
        None => form(front, wanted, reply, None, begun),
    }
}

/// As [`deliver`], where nothing has to be waited for.
pub(super) fn deliver_now(front: &Front, wanted: &Wanted, reply: &Reply, begun: Instant) -> Option<Whole> {
    let packed = match wanted.coding_of(front, reply) {
        Some(coding) => Some((coding, packed_now(&reply.entry, coding)?)),
        None => None,
    };
    Some(form(front, wanted, reply, packed, begun))
}

/// Puts together what goes out: `packed` is what came of the coding that is wanted, nothing where it gains nothing.
fn form(
    front: &Front,
    wanted: &Wanted,
    reply: &Reply,
    packed: Option<(Coding, Option<Bytes>)>,
    begun: Instant,
) -> Whole {
    let entry = &reply.entry;
    if entry.has_errors {
        let refused = !entry.has_data && wanted.media == Media::GraphqlResponse;
        let status = if refused { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        let mut whole = respond(status, wanted.media, entry.body.clone());
        whole.put(CACHE_CONTROL, NO_STORE);
        return whole;
    }
    let mut tagged = None;
    if let Some(key) = reply.key.filter(|_| wanted.is_get) {
        let coding = packed.as_ref().map_or("", |(coding, _)| coding.name());
        let tag = key.tag(&format!("-{}{coding}", wanted.media.letter()));
        if wanted.known.as_deref().is_some_and(|known| matches(known, &tag)) {
            let mut whole = empty(StatusCode::NOT_MODIFIED);
            cacheable(front, &mut whole, &tag);
            return whole;
        }
        tagged = Some(tag);
    }
    let may_vary = packed.is_some();
    let packed = packed.and_then(|(coding, packed)| Some((coding, packed?)));
    let coding = packed.as_ref().map(|(coding, _)| *coding);
    let mut whole =
        respond(StatusCode::OK, wanted.media, packed.map_or_else(|| entry.body.clone(), |(_, packed)| packed));
    if let Some(tag) = tagged {
        cacheable(front, &mut whole, &tag);
    } else if may_vary {
        whole.put(VARY, VARIES);
    }
    if let Some(coding) = coding {
        whole.put(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    let took = reply.took.filter(|_| !may_vary).unwrap_or_else(|| begun.elapsed());
    whole.timing = Some(Timing { kept: reply.from_cache, took });
    whole
}

/// What caches between here and the client need to know of an answer to a GET.
fn cacheable(front: &Front, whole: &mut Whole, tag: &str) {
    let age = format!("public, max-age={}", front.settings.max_age_s);
    whole.put(VARY, VARIES);
    whole.put(CACHE_CONTROL, HeaderValue::from_str(&age).unwrap_or(NO_STORE));
    whole.put(ETAG, HeaderValue::from_str(tag).unwrap_or(NO_STORE));
}

/// The compressed form, if it is there or is made soon.
fn packed_now(entry: &Entry, coding: Coding) -> Option<Option<Bytes>> {
    entry.ready(coding).or_else(|| (entry.body.len() <= PACK_HERE).then(|| entry.packed(coding)))
}

/// The compressed form; a large one is made on a blocking thread.
async fn pack(entry: &Arc<Entry>, coding: Coding) -> Option<Bytes> {
    if let Some(packed) = packed_now(entry, coding) {
        return packed;
    }
    let entry = Arc::clone(entry);
    tokio::task::spawn_blocking(move || entry.packed(coding)).await.ok().flatten()
}

/// Whether an `If-None-Match` names a tag. Weak comparison, as the specification has it here.
fn matches(known: &str, tag: &str) -> bool {
    known.trim() == "*" || known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}
