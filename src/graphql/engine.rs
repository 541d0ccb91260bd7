//! How does a request become an answer?
//!
//! Document → gate → plan (kept by document and operation) → variables → price → run. Must not know: HTTP, headers,
//! where the release came from.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use apollo_compiler::ast::OperationType;
use moka::sync::Cache;
use serde_json::{Map, Value as Json};

use super::args::Val;
use super::coerce::{self, Raw};
use super::error::{Code, GraphqlError};
use super::gate::{self, Limits};
use super::plan::{self, Plan};
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
type Planned = Result<Arc<Plan>, Arc<Vec<GraphqlError>>>;
type PlanKey = (Arc<str>, Option<Arc<str>>);

/// Answers requests. Shared by all of a process; holds no data.
pub struct Engine {
    limits: Limits,
    plans: Cache<PlanKey, Planned>,
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
        let plans = Cache::builder().max_capacity(1024).build();
        Self { limits, plans, compiled: AtomicU64::new(0), fallbacks: AtomicU64::new(0) }
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
        let plan = match self.plan(request) {
            Ok(plan) => plan,
            Err(errors) => return refuse(&errors),
        };
        if plan.kind == OperationType::Subscription {
            let error = GraphqlError::new(Code::OperationResolutionFailure, "a subscription needs a stream")
                .hint("open a WebSocket at /graphql/ws (sub-protocol graphql-transport-ws)");
            return refuse(&[error]);
        }
        if plan.introspective {
            return self.introspect(snapshot, request);
        }
        self.run(&plan, snapshot, request, T::Query)
    }

    /// Whether a request is a subscription that may run.
    #[must_use]
    pub fn is_subscription(&self, request: &Request) -> bool {
        self.plan(request).is_ok_and(|plan| plan.kind == OperationType::Subscription)
    }

    /// Answers a subscription for one event: a release that went live.
    #[must_use]
    pub fn event(&self, snapshot: &Arc<Snapshot>, request: &Request) -> Answer {
        match self.plan(request) {
            Ok(plan) => self.run(&plan, snapshot, request, T::Subscription),
            Err(errors) => refuse(&errors),
        }
    }

    /// Answers through async-graphql's executor instead of the plan: the oracle that tests hold the plan against.
    #[must_use]
    pub fn answer_by_reference(&self, snapshot: &Arc<Snapshot>, request: &Request) -> Vec<u8> {
        reference::execute(snapshot, &self.limits, request).0
    }

    fn plan(&self, request: &Request) -> Planned {
        let key = (Arc::from(request.query.as_str()), request.operation_name.as_deref().map(Arc::from));
        if let Some(known) = self.plans.get(&key) {
            return known;
        }
        self.compiled.fetch_add(1, Ordering::Relaxed);
        let planned = self.compile(request).map(Arc::new).map_err(Arc::new);
        if planned.is_ok() {
            self.plans.insert(key, planned.clone());
        }
        planned
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
        plan::compile(&document, operation, &self.limits).map_err(|e| vec![e])
    }

    fn run(&self, plan: &Plan, snapshot: &Snapshot, request: &Request, root: T) -> Answer {
        let values = match variables(plan, &request.variables) {
            Ok(values) => values,
            Err(errors) => return refuse(&errors),
        };
        let by_name = |name: &str| {
            plan.variables.iter().position(|v| *v.name == *name).and_then(|at| match &values[at] {
                Val::Absent => None,
                value => Some(value.clone()),
            })
        };
        let args: Vec<_> = plan.slots.iter().map(|slot| slot.args(&by_name)).collect();
        let included: Vec<bool> = plan.conditions.iter().map(|c| c.holds(&values)).collect();
        let cost = plan.price(&args, &included);
        if cost > self.limits.cost {
            let message = format!("the operation costs {cost}, more than {}", self.limits.cost);
            let error = GraphqlError::new(Code::LimitExceeded, message)
                .limit("cost")
                .hint("ask for smaller pages: a page size multiplies all that is selected below it");
            return refuse(&[error]);
        }
        let cx = Cx::new(snapshot, &self.limits);
        let outcome = run::run(plan, &cx, &args, &included, root, 1024);
        let has_errors = !outcome.errors.is_empty();
        let steps = outcome.steps;
        Answer { body: respond(Some(&outcome.data), &outcome.errors), has_data: true, has_errors, cost, steps }
    }

    fn introspect(&self, snapshot: &Arc<Snapshot>, request: &Request) -> Answer {
        let (body, has_errors) = reference::execute(snapshot, &self.limits, request);
        Answer { body, has_data: true, has_errors, cost: 0, steps: 0 }
    }
}

/// Coerces the variables of a request.
fn variables(plan: &Plan, given: &Map<String, Json>) -> Result<Vec<Val>, Vec<GraphqlError>> {
    let mut errors = Vec::new();
    let mut values = Vec::with_capacity(plan.variables.len());
    for variable in &plan.variables {
        let coerced = match given.get(&*variable.name) {
            Some(json) => coerce::coerce(variable.ty, Raw::Json(json)).map_err(|m| (m.place, m.reason)),
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

fn refuse(errors: &[GraphqlError]) -> Answer {
    Answer { body: respond(None, errors), has_data: false, has_errors: true, cost: 0, steps: 0 }
}

/// The response: errors first, then data.
fn respond(data: Option<&[u8]>, errors: &[GraphqlError]) -> Vec<u8> {
    let mut body = Vec::with_capacity(data.map_or(0, <[u8]>::len) + 32);
    body.push(b'{');
    if !errors.is_empty() {
        body.extend_from_slice(b"\"errors\":");
        if serde_json::to_writer(&mut body, errors).is_err() {
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
