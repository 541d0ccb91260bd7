//! How does a request become an answer?
//!
//! Document → gate → plan (kept by document and operation) → variables → price → run. Must not know: HTTP, headers,
//! where the release came from.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use apollo_compiler::ast::OperationType;
use serde_json::{Map, Value as Json};

use super::args::Val;
use super::coerce::{self, Raw};
use super::error::{Code, GraphqlError, Location};
use super::gate;
use super::kept::Budget;
use super::leash::Leash;
use super::limits::Limits;
use super::plan::{self, Plan};
use super::plans::Plans;
use super::prepared::Prepared;
use super::types::{Cx, T};
use super::{reference, run};
use crate::snapshot::Snapshot;

/// What a client asks.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The document.
    pub query: String,
    /// Which of its operations; may be left out where there is one.
    pub operation_name: Option<String>,
    /// Values of the variables.
    pub variables: Map<String, Json>,
}

/// What a client gets.
#[derive(Debug)]
pub struct Answer {
    /// The whole response as JSON.
    pub body: Vec<u8>,
    /// Whether `data` is there: false when the request was refused before it ran.
    pub has_data: bool,
    /// Whether there are errors.
    pub has_errors: bool,
    /// What the operation was priced at.
    pub cost: u64,
    /// Objects written and touched.
    pub steps: u64,
}

/// A kept plan, or why there is none.
type Planned = Result<Arc<Plan>, Vec<GraphqlError>>;

/// Bytes that plans and their documents may take.
const PLAN_BYTES: u64 = 64 * 1024 * 1024;

/// Bytes that a byte of a document takes at most beside its fields: its text, and a value for every two or three bytes of an
/// argument.
const PER_BYTE: u32 = 32;

/// Bytes of objects that are written once and copied, over all plans.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// Bytes of an answer for which room that it does not need is not worth a thought.
const LITTLE: usize = 256 * 1024;

/// Times that the reference executor needs for what the plan does; introspections that also ask for data pay it.
const REFERENCE_FACTOR: u64 = 100;

/// Answers requests. Shared by all of a process; holds no data.
pub struct Engine {
    limits: Limits,
    plans: Plans,
    introspection: bool,
    /// For objects that are written once and copied.
    kept: Arc<Budget>,
    compiled: AtomicU64,
    fallbacks: AtomicU64,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Engine {
    /// An engine with these limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let plans = Plans::new(PLAN_BYTES);
        let kept = Arc::new(Budget::new(KEPT_BYTES, 1));
        let (compiled, fallbacks) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { limits, plans, introspection: true, kept, compiled, fallbacks }
    }

    /// Writes nodes that may come again for all of their kind at the first chance, not once it is worth it: for tests.
    #[must_use]
    pub fn keeping_at_once(self) -> Self {
        Self { kept: Arc::new(Budget::new(KEPT_BYTES, 0)), ..self }
    }

    /// Refuses questions about the schema.
    #[must_use]
    pub fn without_introspection(self) -> Self {
        Self { introspection: false, ..self }
    }

    /// Limits in force.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Documents compiled so far: a count of work for tests and metrics.
    #[must_use]
    pub fn compiled(&self) -> u64 {
        self.compiled.load(Ordering::Relaxed)
    }

    /// Bytes of objects kept to be copied.
    #[must_use]
    pub fn kept_bytes(&self) -> usize {
        KEPT_BYTES - self.kept.left()
    }

    /// Operations other than introspection that the reference executor answered. Stays at zero.
    #[must_use]
    pub fn fallbacks(&self) -> u64 {
        self.fallbacks.load(Ordering::Relaxed)
    }

    /// Answers a request over one release.
    ///
    /// Never fails and never panics on any input: what is wrong is said in the answer.
    ///
    /// Complexity: linear in the answer, plus, for a document not seen lately, in the document.
    #[must_use]
    pub fn answer(&self, snapshot: &Arc<Snapshot>, request: &Request) -> Answer {
        match self.prepare(request) {
            Ok(prepared) if prepared.is_subscription() => refuse(&[needs_stream()], &self.limits),
            Ok(prepared) => self.run(&prepared, snapshot, request, &Leash::default()),
            Err(answer) => answer,
        }
    }

    /// Whether the document of a request is compiled already, so that preparing it costs next to nothing.
    #[must_use]
    pub fn knows(&self, request: &Request) -> bool {
        self.plans.has(request)
    }

    /// Measures a document before any parser sees it: bytes, tokens, nesting. Complexity: linear in its bytes.
    ///
    /// # Errors
    /// Names the limit that it is over.
    pub fn pre_scan(&self, document: &str) -> Result<(), GraphqlError> {
        gate::pre_scan(document, &self.limits)
    }

    /// Compiles, coerces the variables and prices; nothing is read from the data.
    ///
    /// # Errors
    /// The answer that refuses the request.
    pub fn prepare(&self, request: &Request) -> Result<Prepared, Answer> {
        let refused = |errors: Vec<GraphqlError>| refuse(&errors, &self.limits);
        let plan = self.plan(request).map_err(refused)?;
        let values = variables(&plan, &request.variables).map_err(refused)?;
        let open: Vec<_> = plan.slots.iter().map(|slot| slot.open(&values, &plan.variables)).collect();
        let included: Vec<bool> = plan.conditions.iter().map(|c| c.holds(&values)).collect();
        let mut cost = plan.price(&open, &included);
        if plan.introspective {
            cost = cost.saturating_mul(REFERENCE_FACTOR);
        }
        if cost > self.limits.cost {
            let message = format!("the operation costs {cost}, more than {}", self.limits.cost);
            let hint = if plan.introspective {
                "ask for the schema and for data in two requests"
            } else {
                "ask for smaller pages: a page size multiplies all that is selected below it"
            };
            return Err(refused(vec![GraphqlError::new(Code::LimitExceeded, message).limit("cost").hint(hint)]));
        }
        Ok(Prepared { plan, open, included, cost })
    }

    /// Runs what is prepared over one release. The request is the one it was prepared from.
    ///
    /// A subscription is answered for one event: the release that went live.
    #[must_use]
    pub fn run(&self, prepared: &Prepared, snapshot: &Arc<Snapshot>, request: &Request, leash: &Leash) -> Answer {
        let Prepared { plan, open, included, cost } = prepared;
        if plan.introspective {
            self.fallbacks.fetch_add(u64::from(*cost > 0), Ordering::Relaxed);
            return self.introspect(snapshot, request, leash, *cost);
        }
        let root = if prepared.is_subscription() { T::Subscription } else { T::Query };
        let cx = Cx::new(snapshot, &self.limits).on(leash);
        let hint = plan.size_hint.load(Ordering::Relaxed);
        let outcome = run::run(plan, &cx, &plan.given(open), included, root, hint + hint / 8);
        let steps = outcome.steps;
        self.keep(prepared, snapshot, &outcome.written);
        if outcome.errors.is_empty() {
            let size = outcome.body.len();
            // Not for every answer: what one thread writes the others have to fetch. Room that is not written to costs little,
            // unless it is much.
            let least = if hint <= LITTLE { hint / 64 } else { hint / 4 };
            if size > hint + hint / 8 || size < least {
                plan.size_hint.store(size, Ordering::Relaxed);
            }
            return Answer { body: outcome.body, has_data: true, has_errors: false, cost: *cost, steps };
        }
        let body = respond(Some(outcome.data()), &outcome.errors, &self.limits);
        Answer { body, has_data: true, has_errors: true, cost: *cost, steps }
    }

    /// Writes the objects of a selection for all nodes of a kind, where so many were written one by one that it is worth it.
    fn keep(&self, prepared: &Prepared, snapshot: &Arc<Snapshot>, written: &[u64]) {
        let Prepared { plan, open, included, .. } = prepared;
        let each = plan.kept.iter().enumerate().zip(written);
        for ((number, kept), objects) in each.filter(|(_, objects)| **objects > 0) {
            if kept.count(*objects, snapshot.graph(), &self.kept) {
                let all = run::write_all(plan, &Cx::new(snapshot, &self.limits), &plan.given(open), included, kept);
                kept.keep((&plan.tables, number), snapshot.release(), all, &self.kept);
            }
        }
    }

    /// What asks for the schema goes through async-graphql's executor in one go: how long that is was bounded by its
    /// price; deadline, client and bytes are looked at before and after.
    fn introspect(&self, snapshot: &Arc<Snapshot>, request: &Request, leash: &Leash, cost: u64) -> Answer {
        let holds = |bytes| Cx::new(snapshot, &self.limits).on(leash).step(bytes);
        let answered = holds(0).and_then(|()| {
            let answer = reference::execute(snapshot, &self.limits, leash, request);
            holds(answer.0.len()).map(|()| answer)
        });
        let (body, has_data, has_errors) = answered.unwrap_or_else(|why| {
            let error = why.placed(Vec::new(), Location { line: 1, column: 1 });
            (respond(Some(b"null"), &[error], &self.limits), true, true)
        });
        Answer { body, has_data, has_errors, cost, steps: 0 }
    }

    /// Answers through async-graphql's executor instead of the plan: the oracle that tests hold the plan against.
    #[must_use]
    pub fn answer_by_reference(&self, snapshot: &Arc<Snapshot>, request: &Request) -> Vec<u8> {
        reference::execute(snapshot, &self.limits, &Leash::default(), request).0
    }

    fn plan(&self, request: &Request) -> Planned {
        if let Some(known) = self.plans.get(request) {
            return Ok(known);
        }
        self.compiled.fetch_add(1, Ordering::Relaxed);
        let plan = Arc::new(self.compile(request)?);
        self.plans.keep(request, Arc::clone(&plan));
        Ok(plan)
    }

    /// The plan of a document, which is good.
    #[cfg(test)]
    pub(super) fn plan_of(&self, query: &str) -> Plan {
        self.compile(&Request { query: query.into(), ..Request::default() }).unwrap()
    }

    fn compile(&self, request: &Request) -> Result<Plan, Vec<GraphqlError>> {
        let document = gate::admit(&request.query, &self.limits)?;
        let operation = document.operations.get(request.operation_name.as_deref()).map_err(|_| {
            let message = match &request.operation_name {
                Some(name) => format!("the document has no operation `{name}`"),
                None if document.operations.is_empty() => "the document has no operation".into(),
                None => "the document has several operations: name one in `operationName`".into(),
            };
            vec![GraphqlError::new(Code::OperationResolutionFailure, message)]
        })?;
        let mut plan = plan::compile(&document, operation, &self.limits).map_err(|e| vec![e])?;
        let text = u32::try_from(request.query.len()).unwrap_or(u32::MAX);
        plan.weight = plan.weight.saturating_add(text.saturating_mul(PER_BYTE));
        if plan.introspective && !self.introspection {
            let message = "the schema is not answered here: introspection is switched off";
            return Err(vec![GraphqlError::new(Code::GraphqlValidationFailed, message).limit("introspection")]);
        }
        if plan.introspective && plan.kind == OperationType::Subscription {
            let message = "a subscription does not ask for the schema";
            return Err(vec![GraphqlError::new(Code::GraphqlValidationFailed, message)]);
        }
        Ok(plan)
    }
}

/// Coerces the variables of a request.
fn variables(plan: &Plan, given: &Map<String, Json>) -> Result<Vec<Val>, Vec<GraphqlError>> {
    let mut errors = Vec::new();
    let mut values = Vec::with_capacity(plan.variables.len());
    for variable in &plan.variables {
        let coerced = match given.get(&*variable.name) {
            Some(json) => {
                coerce::coerce_to(variable.named, variable.ty, Raw::Json(json)).map_err(|m| (m.place, m.reason))
            }
            None => match &variable.default {
                Some(default) => Ok(default.clone()),
                None if variable.ty.non_null => Err((String::new(), "a value is required".to_owned())),
                None => Ok(Val::Absent),
            },
        };
        match coerced {
            Ok(value) => values.push(value),
            Err((place, reason)) => {
                let message = format!("variable `${}{place}` of type {}: {reason}", variable.name, variable.ty);
                errors.push(GraphqlError::new(Code::BadUserInput, message).at(variable.location));
            }
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(errors) }
}

/// What a subscription is told where one answer is all that can be given.
#[must_use]
pub fn needs_stream() -> GraphqlError {
    GraphqlError::new(Code::OperationResolutionFailure, "a subscription needs a stream")
        .hint("open a WebSocket at /graphql/ws (graphql-transport-ws), or ask with `Accept: text/event-stream`")
}

fn refuse(errors: &[GraphqlError], limits: &Limits) -> Answer {
    Answer { body: respond(None, errors, limits), has_data: false, has_errors: true, cost: 0, steps: 0 }
}

/// The response: errors first, then data. Errors over the limit are counted, long messages are cut.
fn respond(data: Option<&[u8]>, errors: &[GraphqlError], limits: &Limits) -> Vec<u8> {
    let mut shown: Vec<_> = errors.iter().take(limits.errors + 1).cloned().map(GraphqlError::clipped).collect();
    if errors.len() > limits.errors + 1 {
        let message = format!("and {} more errors", errors.len() - limits.errors);
        shown[limits.errors] = GraphqlError::new(Code::LimitExceeded, message).limit("errors");
    }
    let mut body = Vec::with_capacity(data.map_or(0, <[u8]>::len) + 256 * shown.len());
    body.push(b'{');
    if !shown.is_empty() {
        body.extend_from_slice(b"\"errors\":");
        if serde_json::to_writer(&mut body, &shown).is_err() {
            body.extend_from_slice(b"[]");
        }
        if data.is_some() {
            body.push(b',');
        }
    }
    if let Some(data) = data {
        body.extend_from_slice(b"\"data\":");
        body.extend_from_slice(data);
    }
    body.push(b'}');
    body
}
