//! Which plan has this document?
//!
//! Plans are kept by document and operation, as many as their bytes allow and at most 64 more, those that are asked for first. A client asks with
//! few documents, so what was asked for lately is found without a hash of the text: each text has one place, by its length
//! and a few of its bytes, where the last one stays. Must not know: how a plan is made, what it says.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use foldhash::quality::RandomState;
use moka::sync::Cache;

use super::engine::Request;
use super::plan::Plan;

/// Places for plans that were asked for lately.
const PLACES: usize = 64;

/// One in so many answers is told to those who keep the plan: they keep what is asked for.
const TOLD: u32 = 32;

/// Name of the operation, where one is given, and document.
type Key = Box<str>;

/// Plans by what they are for.
pub(super) struct Plans {
    kept: Cache<Key, Arc<Plan>, RandomState>,
    lately: [ArcSwapOption<Known>; PLACES],
}

/// A plan that was asked for.
struct Known {
    key: Key,
    plan: Arc<Plan>,
}

impl Plans {
    /// Keeps plans of so many bytes.
    pub(super) fn new(bytes: u64) -> Self {
        let weigh = |_: &Key, plan: &Arc<Plan>| plan.weight;
        let kept = Cache::builder().max_capacity(bytes).weigher(weigh).build_with_hasher(RandomState::default());
        Self { kept, lately: [const { ArcSwapOption::const_empty() }; PLACES] }
    }

    /// Whether there is one for the request.
    pub(super) fn has(&self, request: &Request) -> bool {
        self.kept.contains_key(&*key(request))
    }

    /// The plan for a request. Complexity: linear in the document.
    pub(super) fn get(&self, request: &Request) -> Option<Arc<Plan>> {
        let key = key(request);
        let place = self.place(&key);
        if let Some(known) = &*place.load()
            && *known.key == *key
            && !tells()
        {
            return Some(Arc::clone(&known.plan));
        }
        let plan = self.kept.get(&*key)?;
        place.store(Some(Arc::new(Known { key: key.into(), plan: Arc::clone(&plan) })));
        Some(plan)
    }

    /// Keeps a plan.
    pub(super) fn keep(&self, request: &Request, plan: Arc<Plan>) {
        self.kept.insert(key(request).into(), plan);
    }

    fn place(&self, key: &str) -> &ArcSwapOption<Known> {
        let bytes = key.as_bytes();
        let sample = [bytes.len() / 4, bytes.len() / 2, bytes.len().saturating_sub(9)].map(|at| bytes.get(at).copied());
        let mixed =
            sample.into_iter().flatten().fold(bytes.len(), |sum, byte| sum.wrapping_mul(31) ^ usize::from(byte));
        &self.lately[mixed % PLACES]
    }
}

/// Whether it is this thread's turn to tell: a count that all threads write would be fetched for each answer.
fn tells() -> bool {
    thread_local! {
        static ASKED: Cell<u32> = const { Cell::new(0) };
    }
    ASKED.with(|asked| {
        asked.set(asked.get().wrapping_add(1));
        asked.get() % TOLD == 0
    })
}

/// No document begins with the sign before the name; the length tells where the name ends.
fn key(request: &Request) -> Cow<'_, str> {
    match &request.operation_name {
        None => Cow::Borrowed(&request.query),
        Some(name) => Cow::Owned(format!("\u{ffff}{}:{name}{}", name.len(), request.query)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::Engine;

    #[test]
    fn a_plan_is_found_by_document_and_operation_whatever_was_asked_before() {
        let engine = Engine::default();
        let plans = Plans::new(1 << 20);
        // Some share a place; every one is asked for more often than a place tells of.
        let names = ["a", "b", "a0", "0a"].map(|name| Some(name.to_owned()));
        let queries =
            (0..200).map(|n| format!("query a{{x{n}:__typename}} query b{{__typename}} query a0{{__typename}}"));
        let asked: Vec<_> = queries
            .flat_map(|query| {
                let names = names.clone().into_iter().chain([None]);
                names.map(move |operation_name| Request { query: query.clone(), operation_name, ..Request::default() })
            })
            .collect();
        let plan = || Arc::new(engine.plan_of("{__typename}"));
        let mut kept = Vec::new();
        for (at, request) in asked.iter().enumerate() {
            assert!(plans.get(request).is_none() && !plans.has(request));
            if at % 3 > 0 {
                let plan = plan();
                plans.keep(request, Arc::clone(&plan));
                kept.push((request, plan));
            }
        }
        for _ in 0..TOLD + 2 {
            for (request, plan) in &kept {
                assert!(plans.get(request).is_some_and(|found| Arc::ptr_eq(&found, plan)));
            }
        }
        for (request, plan) in kept.iter().take(3) {
            for _ in 0..TOLD + 2 {
                assert!(plans.get(request).is_some_and(|found| Arc::ptr_eq(&found, plan)));
            }
        }
        assert!(asked.iter().step_by(3).all(|request| plans.get(request).is_none()));
    }
}
