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
    if run.object(plan.root(), &object, None).is_err() {
        run.out.truncate(BEFORE_DATA.len());
        run.out.null();
    }
    run.out.byte(b'}');
    if run.more_errors > 0 {
        let message = format!("and {} more errors", run.more_errors);
        run.errors.push(GraphqlError::new(Code::LimitExceeded, message).limit("errors"));
    }
    Outcome { body: run.out.into_bytes(), errors: run.errors, steps: cx.steps() }
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

/// Where the run is. Frames live on the stack of the run; the path is put together only when something fails.
#[derive(Clone, Copy)]
struct Frame<'p, 'a> {
    at: At<'a>,
    up: Up<'p, 'a>,
}

type Up<'p, 'a> = Option<&'p Frame<'p, 'a>>;

impl<'a> Run<'a> {
    fn object(&mut self, selection: u32, object: &Obj, up: Up<'_, 'a>) -> Result<(), Propagate> {
        let plan = self.plan;
        let fields = plan.selections[selection as usize].fields(object.ty);
        let mut first = true;
        for planned in fields {
            if planned.condition != 0 && !self.included[planned.condition as usize] {
                continue;
            }
            self.out.key(&planned.key, first);
            first = false;
            let Some(field) = planned.field else {
                self.out.word(object.ty.name());
                continue;
            };
            let mark = self.out.len();
            let frame = Frame { at: At::Field(planned), up };
            if self.field(planned, field, object, &frame).is_err() {
                if field.ty.non_null || self.stopped {
                    return Err(Propagate);
                }
                self.out.truncate(mark);
                self.out.null();
            }
        }
        if first {
            self.out.byte(b'{');
        }
        self.out.byte(b'}');
        Ok(())
    }

    #[inline]
    fn field(
        &mut self,
        planned: &'a PField,
        field: &'static Field,
        object: &Obj,
        frame: &Frame<'_, 'a>,
    ) -> Result<(), Propagate> {
        let args = if planned.slot == NO_SLOT {
            &Args::NONE
        } else {
            match &self.args[planned.slot as usize] {
                Ok(args) => &**args,
                Err(why) => return self.fail(why.clone(), frame),
            }
        };
        match field.resolve {
            Resolve::Leaf(write) => match write(self.cx, object, args, &mut self.out) {
                Ok(()) => Ok(()),
                Err(why) => self.fail(why, frame),
            },
            Resolve::One(find) => match find(self.cx, object, args) {
                Ok(Some(found)) => self.item(planned, &found, frame),
                Ok(None) if field.ty.non_null => self.missing(frame),
                Ok(None) => {
                    self.out.null();
                    Ok(())
                }
                Err(why) => self.fail(why, frame),
            },
            Resolve::Many(list) => {
                let mut items = self.lists.pop().unwrap_or_default();
                let done = match list(self.cx, object, args, &mut items) {
                    Ok(()) => self.list(planned, field, &items, frame),
                    Err(why) => self.fail(why, frame),
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
        frame: &Frame<'_, 'a>,
    ) -> Result<(), Propagate> {
        self.out.byte(b'[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.byte(b',');
            }
            let mark = self.out.len();
            let here = Frame { at: At::Index(at as u32), up: Some(frame) };
            let done = match item {
                Some(object) => self.item(planned, object, &here),
                None if field.ty.item_non_null => self.missing(&here),
                None => {
                    self.out.null();
                    Ok(())
                }
            };
            if done.is_err() {
                if field.ty.item_non_null || self.stopped {
                    return Err(Propagate);
                }
                self.out.truncate(mark);
                self.out.null();
            }
        }
        self.out.byte(b']');
        Ok(())
    }

    #[inline]
    fn item(&mut self, planned: &'a PField, object: &Obj, frame: &Frame<'_, 'a>) -> Result<(), Propagate> {
        if let Err(why) = self.cx.step(self.out.len()) {
            self.stopped = true;
            return self.fail(why, frame);
        }
        debug_assert_ne!(planned.selection, NO_SELECTION);
        self.object(planned.selection, object, Some(frame))
    }

    #[cold]
    fn missing(&mut self, frame: &Frame<'_, 'a>) -> Result<(), Propagate> {
        self.fail(FieldError::new(Code::InternalServerError, "a field that is never null has no value"), frame)
    }

    #[cold]
    fn fail(&mut self, why: FieldError, frame: &Frame<'_, 'a>) -> Result<(), Propagate> {
        if self.errors.len() >= self.cx.limits.errors {
            self.more_errors += 1;
            return Err(Propagate);
        }
        let mut location = None;
        let mut steps = Vec::new();
        let mut up = Some(frame);
        while let Some(here) = up {
            match here.at {
                At::Field(planned) => {
                    location = location.or(Some(planned.location));
                    steps.push(Step::Key(planned.key.name().to_owned()));
                }
                At::Index(at) => steps.push(Step::Index(at)),
            }
            up = here.up;
        }
        steps.reverse();
        let location = location.unwrap_or(super::error::Location { line: 1, column: 1 });
        self.errors.push(why.placed(steps, location));
        Err(Propagate)
    }
}
