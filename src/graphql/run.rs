//! What is the answer?
//!
//! Runs a plan over one release and writes JSON depth-first into one buffer: no tree of values, no future per field.
//! A field that fails leaves null at the nearest place that may be null, and an error with its path. Must not know:
//! any field in particular, HTTP.

use std::sync::Arc;

use super::args::Args;
use super::declare::{Field, Obj, Resolve};
use super::error::{Code, FieldError, GraphqlError, Step};
use super::json::Json;
use super::plan::{NO_SELECTION, NO_SLOT, PField, Plan};
use super::types::{Cx, T};

/// The data of an answer and what went wrong.
#[derive(Debug)]
pub(super) struct Outcome {
    /// A whole answer without errors: `{"data":…}`.
    pub(super) body: Vec<u8>,
    pub(super) errors: Vec<GraphqlError>,
    /// Objects written and touched.
    pub(super) steps: u64,
}

/// What stands before the data of an answer without errors.
const BEFORE_DATA: &[u8] = b"{\"data\":";

impl Outcome {
    /// JSON of `data`.
    pub(super) fn data(&self) -> &[u8] {
        &self.body[BEFORE_DATA.len()..self.body.len() - 1]
    }
}

/// Runs a plan for which arguments and conditions are settled.
pub(super) fn run(
    plan: &Plan,
    cx: &Cx<'_>,
    args: &[Result<Arc<Args>, FieldError>],
    included: &[bool],
    root: T,
    size_hint: usize,
) -> Outcome {
    let mut run = Run {
        plan,
        cx,
        args,
        included,
        out: Json::with_capacity(size_hint),
        errors: Vec::new(),
        more_errors: 0,
        lists: Vec::new(),
        stopped: false,
    };
    run.out.raw(BEFORE_DATA);
    let object = Obj::new(root, 0);
    let mut path = Vec::new();
    if run.object(plan.root(), &object, &mut path).is_err() {
        run.out.buf.truncate(BEFORE_DATA.len());
        run.out.null();
    }
    run.out.buf.push(b'}');
    if run.more_errors > 0 {
        let message = format!("and {} more errors", run.more_errors);
        run.errors.push(GraphqlError::new(Code::LimitExceeded, message).limit("errors"));
    }
    Outcome { body: run.out.buf, errors: run.errors, steps: cx.steps() }
}

/// The nearest place above that may be null takes the null; the error is noted.
struct Propagate;

struct Run<'a> {
    plan: &'a Plan,
    cx: &'a Cx<'a>,
    args: &'a [Result<Arc<Args>, FieldError>],
    included: &'a [bool],
    out: Json,
    errors: Vec<GraphqlError>,
    more_errors: u64,
    /// Lists to use again.
    lists: Vec<Vec<Option<Obj>>>,
    /// Whether a budget ran out: nothing more is written.
    stopped: bool,
}

/// A step of the path to where the run is: a field, or a place in a list.
#[derive(Clone, Copy)]
enum At<'a> {
    Field(&'a PField),
    Index(u32),
}

impl<'a> Run<'a> {
    fn object(&mut self, selection: u32, object: &Obj, path: &mut Vec<At<'a>>) -> Result<(), Propagate> {
        let plan = self.plan;
        let fields = plan.selections[selection as usize].fields(object.ty);
        self.out.buf.push(b'{');
        let mut first = true;
        for planned in fields {
            if !self.included[planned.condition as usize] {
                continue;
            }
            if !first {
                self.out.buf.push(b',');
            }
            first = false;
            self.out.buf.extend_from_slice(&planned.key);
            let Some(field) = planned.field else {
                self.out.word(object.ty.name());
                continue;
            };
            let mark = self.out.buf.len();
            path.push(At::Field(planned));
            let done = self.field(planned, field, object, path);
            path.pop();
            if done.is_err() {
                if field.ty.non_null || self.stopped {
                    return Err(Propagate);
                }
                self.out.buf.truncate(mark);
                self.out.null();
            }
        }
        self.out.buf.push(b'}');
        Ok(())
    }

    fn field(
        &mut self,
        planned: &'a PField,
        field: &'static Field,
        object: &Obj,
        path: &mut Vec<At<'a>>,
    ) -> Result<(), Propagate> {
        let args = if planned.slot == NO_SLOT {
            &Args::NONE
        } else {
            match &self.args[planned.slot as usize] {
                Ok(args) => &**args,
                Err(why) => return self.fail(why.clone(), path),
            }
        };
        match field.resolve {
            Resolve::Leaf(write) => match write(self.cx, object, args, &mut self.out) {
                Ok(()) => Ok(()),
                Err(why) => self.fail(why, path),
            },
            Resolve::One(find) => match find(self.cx, object, args) {
                Ok(Some(found)) => self.item(planned, &found, path),
                Ok(None) if field.ty.non_null => self.missing(path),
                Ok(None) => {
                    self.out.null();
                    Ok(())
                }
                Err(why) => self.fail(why, path),
            },
            Resolve::Many(list) => {
                let mut items = self.lists.pop().unwrap_or_default();
                let done = match list(self.cx, object, args, &mut items) {
                    Ok(()) => self.list(planned, field, &items, path),
                    Err(why) => self.fail(why, path),
                };
                items.clear();
                self.lists.push(items);
                done
            }
        }
    }

    fn list(
        &mut self,
        planned: &'a PField,
        field: &'static Field,
        items: &[Option<Obj>],
        path: &mut Vec<At<'a>>,
    ) -> Result<(), Propagate> {
        self.out.buf.push(b'[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.buf.push(b',');
            }
            let mark = self.out.buf.len();
            path.push(At::Index(at as u32));
            let done = match item {
                Some(object) => self.item(planned, object, path),
                None if field.ty.item_non_null => self.missing(path),
                None => {
                    self.out.null();
                    Ok(())
                }
            };
            path.pop();
            if done.is_err() {
                if field.ty.item_non_null || self.stopped {
                    return Err(Propagate);
                }
                self.out.buf.truncate(mark);
                self.out.null();
            }
        }
        self.out.buf.push(b']');
        Ok(())
    }

    fn item(&mut self, planned: &'a PField, object: &Obj, path: &mut Vec<At<'a>>) -> Result<(), Propagate> {
        if let Err(why) = self.cx.step(self.out.buf.len()) {
            self.stopped = true;
            return self.fail(why, path);
        }
        debug_assert_ne!(planned.selection, NO_SELECTION);
        self.object(planned.selection, object, path)
    }

    fn missing(&mut self, path: &[At<'a>]) -> Result<(), Propagate> {
        self.fail(FieldError::new(Code::InternalServerError, "a field that is never null has no value"), path)
    }

    #[cold]
    fn fail(&mut self, why: FieldError, path: &[At<'a>]) -> Result<(), Propagate> {
        if self.errors.len() >= self.cx.limits.errors {
            self.more_errors += 1;
            return Err(Propagate);
        }
        let location = path.iter().rev().find_map(|at| match at {
            At::Field(planned) => Some(planned.location),
            At::Index(_) => None,
        });
        let steps = path
            .iter()
            .map(|at| match at {
                At::Field(planned) => Step::Key(planned.response_key().to_owned()),
                At::Index(at) => Step::Index(*at),
            })
            .collect();
        let location = location.unwrap_or(super::error::Location { line: 1, column: 1 });
        self.errors.push(why.placed(steps, location));
        Err(Propagate)
    }
}
