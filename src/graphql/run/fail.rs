//! What stands where a field failed?
//!
//! Null at the nearest place that may be null, and an error with its path, which is put together only now. Must not know:
//! how values are written.

use super::Run;
use crate::graphql::error::{Code, FieldError, Location, Step};
use crate::graphql::plan::PField;

/// The nearest place above that may be null takes the null; the error is noted.
pub(super) struct Propagate;

/// A step of the path to where the run is: a field, or a place in a list.
#[derive(Clone, Copy)]
pub(super) enum At<'a> {
    Field(&'a PField),
    Index(u32),
}

/// Where the run is. Frames live on the stack of the run; the path is put together only when something fails.
#[derive(Clone, Copy)]
pub(super) struct Frame<'p, 'a> {
    pub(super) at: At<'a>,
    pub(super) up: Up<'p, 'a>,
}

pub(super) type Up<'p, 'a> = Option<&'p Frame<'p, 'a>>;

impl<'a> Run<'a> {
    #[cold]
    pub(super) fn broken(
        &mut self,
        leaf: &'a PField,
        why: FieldError,
        mark: usize,
        up: Up<'_, 'a>,
    ) -> Result<(), Propagate> {
        let failed = self.fail(why, &Frame { at: At::Field(leaf), up });
        if leaf.field.is_none_or(|f| f.ty.non_null) || self.stopped {
            return failed;
        }
        self.out.truncate(mark);
        self.out.null();
        Ok(())
    }

    /// After a failure inside a field: null in its place, or up it goes.
    #[cold]
    pub(super) fn nulled(&mut self, non_null: bool, mark: usize) -> Result<(), Propagate> {
        if non_null || self.stopped {
            return Err(Propagate);
        }
        self.out.truncate(mark);
        self.out.null();
        Ok(())
    }

    #[cold]
    pub(super) fn missing(&mut self, frame: &Frame<'_, 'a>) -> Result<(), Propagate> {
        self.fail(FieldError::new(Code::InternalServerError, "a field that is never null has no value"), frame)
    }

    #[cold]
    pub(super) fn fail(&mut self, why: FieldError, frame: &Frame<'_, 'a>) -> Result<(), Propagate> {
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
        let location = location.unwrap_or(Location { line: 1, column: 1 });
        self.errors.push(why.placed(steps, location));
        Err(Propagate)
    }
}
