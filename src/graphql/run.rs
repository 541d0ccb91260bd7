//! What is the answer?
//!
//! Runs a plan over one release and writes JSON depth-first into one buffer: no tree of values, no future per field.
//! A field that fails leaves null at the nearest place that may be null, and an error with its path. Must not know:
//! any field in particular, HTTP.

mod copy;
mod fail;
mod rows;

use std::sync::Arc;

use self::fail::{At, Frame, Propagate, Up};
use self::rows::Rows;
use super::args;
use super::declare::{Field, Items, Obj, Resolve};
use super::error::{Code, GraphqlError, Res};
use super::json::Json;
use super::kept::{self, End, Held, Kept, NOT_KEPT, Table};
use super::plan::{Given, NO_SELECTION, PField, Plan};
use super::types::{Cx, T};

/// The data of an answer and what went wrong.
#[derive(Debug)]
pub(super) struct Outcome {
    /// A whole answer without errors: `{"data":…}`.
    pub(super) body: Vec<u8>,
    pub(super) errors: Vec<GraphqlError>,
    /// Objects written and touched.
    pub(super) steps: u64,
    /// Of what may be kept and was not yet: objects written one by one.
    pub(super) written: Vec<u64>,
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
    args: &[Given<'_>],
    included: &[bool],
    root: T,
    size_hint: usize,
) -> Outcome {
    let tables = if plan.kept.is_empty() { Held::NONE } else { plan.tables.held(cx.snapshot.release()) };
    let mut run = Run::new(plan, cx, args, included, tables.list(), size_hint);
    run.written = vec![0; plan.kept.len()];
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
    Outcome { body: run.out.into_bytes(), errors: run.errors, steps: cx.steps(), written: run.written }
}

/// Writes what may be kept for every node of its kind, each behind a comma; none where one fails or it gets long.
pub(super) fn write_all(
    plan: &Plan,
    cx: &Cx<'_>,
    args: &[Given<'_>],
    included: &[bool],
    kept: &Kept,
) -> Option<(Vec<u8>, Vec<End>)> {
    let mut run = Run::new(plan, cx, args, included, &[], 0);
    let count = cx.snapshot.graph().count(kept.kind);
    let mut ends = Vec::with_capacity(count as usize);
    for number in 0..count {
        let before = cx.steps();
        run.out.byte(b',');
        if let Some(key) = &kept.wrap {
            run.out.key(key, true);
            cx.work(1).ok()?;
        }
        run.object(kept.selection, &Obj::new(T::of(kept.kind), number), None).ok()?;
        if kept.wrap.is_some() {
            run.out.byte(b'}');
        }
        if kept::too_long(run.out.len()) || !run.errors.is_empty() {
            return None;
        }
        ends.push(End { at: run.out.len() as u32, steps: (cx.steps() - before) as u32 });
    }
    Some((run.out.into_bytes(), ends))
}

struct Run<'a> {
    plan: &'a Plan,
    cx: &'a Cx<'a>,
    args: &'a [Given<'a>],
    included: &'a [bool],
    out: Json,
    errors: Vec<GraphqlError>,
    more_errors: u64,
    /// Lists to use again.
    #[expect(clippy::vec_box, reason = "taken and put back for every list: a pointer moves faster")]
    lists: Vec<Box<Items>>,
    /// Whether a budget ran out: nothing more is written.
    stopped: bool,
    /// What is kept already, by number.
    tables: &'a [Option<Arc<Table>>],
    /// Of what is not, objects written; empty where nobody asks.
    written: Vec<u64>,
}

impl<'a> Run<'a> {
    fn new(
        plan: &'a Plan,
        cx: &'a Cx<'a>,
        args: &'a [Given<'a>],
        included: &'a [bool],
        tables: &'a [Option<Arc<Table>>],
        size_hint: usize,
    ) -> Self {
        Self {
            plan,
            cx,
            args,
            included,
            out: Json::with_capacity(size_hint),
            errors: Vec::new(),
            more_errors: 0,
            lists: Vec::new(),
            stopped: false,
            tables,
            written: Vec::new(),
        }
    }

    #[inline]
    fn object(&mut self, selection: u32, object: &Obj, up: Up<'_, 'a>) -> Result<(), Propagate> {
        let plan = self.plan;
        match plan.selections[selection as usize].fields(object.ty) {
            Some(fields) if fields.kept != NOT_KEPT && self.copied(fields.kept, object) => Ok(()),
            Some(fields) if fields.plain => self.plain(&fields.list, object, up),
            Some(fields) => self.mixed(&fields.list, object, up),
            None => self.mixed(&[], object, up),
        }
    }

    /// An object of leaves that are always written: most objects of most answers.
    #[inline(never)]
    fn plain(&mut self, fields: &'a [PField], object: &Obj, up: Up<'_, 'a>) -> Result<(), Propagate> {
        for (at, planned) in fields.iter().enumerate() {
            self.out.key(&planned.key, at == 0);
            let Some(Field { resolve: Resolve::Leaf(write), .. }) = planned.field else {
                self.out.null();
                continue;
            };
            let mark = self.out.len();
            let args = match self.args.get(planned.slot as usize) {
                None => &args::NONE,
                Some(Ok(args)) => *args,
                Some(Err(why)) => {
                    self.broken(planned, (*why).clone(), mark, up)?;
                    continue;
                }
            };
            if let Err(why) = write(self.cx, object, args, &mut self.out) {
                self.broken(planned, why, mark, up)?;
            }
        }
        self.out.byte(b'}');
        Ok(())
    }

    #[inline(never)]
    fn mixed(&mut self, fields: &'a [PField], object: &Obj, up: Up<'_, 'a>) -> Result<(), Propagate> {
        let mut first = true;
        for planned in fields {
            if planned.condition != 0 && !self.included[planned.condition as usize] {
                continue;
            }
            self.out.key(&planned.key, first);
            first = false;
            self.value(planned, object, up)?;
        }
        if first {
            self.out.byte(b'{');
        }
        self.out.byte(b'}');
        Ok(())
    }

    /// What stands behind the key of a field.
    #[inline]
    fn value(&mut self, planned: &'a PField, object: &Obj, up: Up<'_, 'a>) -> Result<(), Propagate> {
        let Some(field) = planned.field else {
            self.out.word(object.ty.name());
            return Ok(());
        };
        let mark = self.out.len();
        let args = match self.args.get(planned.slot as usize) {
            None => &args::NONE,
            Some(Ok(args)) => *args,
            Some(Err(why)) => return self.broken(planned, (*why).clone(), mark, up),
        };
        match field.resolve {
            Resolve::Leaf(write) => match write(self.cx, object, args, &mut self.out) {
                Ok(()) => Ok(()),
                Err(why) => self.broken(planned, why, mark, up),
            },
            // Found is looked at where it was written: moving an object that was just written stalls.
            Resolve::One(find) => self.one(planned, field, &find(self.cx, object, args), up),
            Resolve::Many(list) => {
                let cx = self.cx;
                self.many(planned, field, |items| list(cx, object, args, items), up)
            }
        }
    }

    #[inline]
    fn one(
        &mut self,
        planned: &'a PField,
        field: &Field,
        found: &Res<Option<Obj>>,
        up: Up<'_, 'a>,
    ) -> Result<(), Propagate> {
        let mark = self.out.len();
        let frame = Frame { at: At::Field(planned), up };
        let done = match found {
            Ok(Some(found)) => self.item(planned, found, None, &frame),
            Ok(None) if field.ty.non_null => self.missing(&frame),
            Ok(None) => {
                self.out.null();
                Ok(())
            }
            Err(why) => self.fail(why.clone(), &frame),
        };
        done.or_else(|Propagate| self.nulled(field.ty.non_null, mark))
    }

    #[inline]
    fn many(
        &mut self,
        planned: &'a PField,
        field: &Field,
        list: impl FnOnce(&mut Items) -> Res<()>,
        up: Up<'_, 'a>,
    ) -> Result<(), Propagate> {
        let mark = self.out.len();
        let frame = Frame { at: At::Field(planned), up };
        let mut items = self.lists.pop().unwrap_or_default();
        let done = match list(&mut items) {
            Ok(()) => self.list(planned, field, &items, &frame),
            Err(why) => self.fail(why, &frame),
        };
        items.clear();
        self.lists.push(items);
        done.or_else(|Propagate| self.nulled(field.ty.non_null, mark))
    }

    #[inline]
    fn list(
        &mut self,
        planned: &'a PField,
        field: &Field,
        items: &Items,
        frame: &Frame<'_, 'a>,
    ) -> Result<(), Propagate> {
        let (row, list) = items.parts();
        if row.is_some_and(|row| self.copied_row(planned, row)) {
            return Ok(());
        }
        let rows = if items.count() >= rows::LONG { self.rows(planned, items) } else { None };
        self.out.byte(b'[');
        if let Some(row) = row {
            let mut object = Obj::pair(row.ty, 0, row.b);
            for (at, number) in row.numbers.clone().enumerate() {
                object.a = number;
                self.entry(planned, field, at, Some(&object), rows.as_ref(), frame)?;
            }
        } else {
            for (at, item) in list.iter().enumerate() {
                self.entry(planned, field, at, item.as_ref(), rows.as_ref(), frame)?;
            }
        }
        self.out.byte(b']');
        Ok(())
    }

    #[inline]
    fn entry(
        &mut self,
        planned: &'a PField,
        field: &Field,
        at: usize,
        item: Option<&Obj>,
        rows: Option<&Rows<'a>>,
        frame: &Frame<'_, 'a>,
    ) -> Result<(), Propagate> {
        if at > 0 {
            self.out.byte(b',');
        }
        if let Some(rows) = rows {
            rows.ahead(self.cx, at);
        }
        let mark = self.out.len();
        let here = Frame { at: At::Index(at as u32), up: Some(frame) };
        let done = match item {
            Some(object) => self.item(planned, object, rows, &here),
            None if field.ty.item_non_null => self.missing(&here),
            None => {
                self.out.null();
                Ok(())
            }
        };
        done.or_else(|Propagate| self.nulled(field.ty.item_non_null, mark))
    }

    #[inline]
    fn item(
        &mut self,
        planned: &'a PField,
        object: &Obj,
        rows: Option<&Rows<'a>>,
        frame: &Frame<'_, 'a>,
    ) -> Result<(), Propagate> {
        if let Err(why) = self.cx.step(self.out.len()) {
            self.stopped = true;
            return self.fail(why, frame);
        }
        debug_assert_ne!(planned.selection, NO_SELECTION);
        match rows {
            Some(rows) if rows.ty == object.ty => self.row(rows, object, Some(frame)),
            _ => self.object(planned.selection, object, Some(frame)),
        }
    }
}
