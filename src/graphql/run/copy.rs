//! Which objects of an answer are copied, because they were written before?
//!
//! Must not know: when something is kept, any field in particular.

use super::Run;
use crate::graphql::declare::{Obj, Row};
use crate::graphql::kept::{By, Kept, Rows, Table};
use crate::graphql::plan::PField;

impl<'a> Run<'a> {
    /// Copies an object that is kept; where it is not, or a budget is near its end, counts it to be written.
    #[inline]
    pub(super) fn copied(&mut self, number: u32, object: &Obj) -> bool {
        let Some((kept, table)) = self.table(number) else {
            if let Some(written) = self.written.get_mut(number as usize) {
                *written += 1;
            }
            return false;
        };
        let (json, steps) = table.of(kept.number(self.cx.snapshot.graph(), object.a));
        let copied =
            self.cx.has_room(self.out.len() + json.len, u64::from(steps)) && self.cx.work(steps.into()).is_ok();
        if copied {
            self.out.raw(json.behind_comma());
        }
        copied
    }

    /// What is kept under a number, where it is kept already.
    #[inline]
    pub(super) fn table(&self, number: u32) -> Option<(&'a Kept, &'a Table)> {
        let table = self.tables.get(number as usize)?.as_ref()?;
        Some((&self.plan.kept[number as usize], table))
    }

    /// Copies the objects of links one after the other, where they are kept and no budget is near its end.
    #[inline]
    pub(super) fn copied_row(&mut self, planned: &'a PField, row: &Row) -> bool {
        let Some(fields) = self.plan.selections[planned.selection as usize].fields(row.ty) else { return false };
        let Some((Kept { by: By::End(relation), .. }, table)) = self.table(fields.kept) else { return false };
        self.copied_ends(self.cx.snapshot.graph().relation(*relation).ends(row.numbers.clone()), table)
    }

    /// Copies the list of what is kept for these nodes, where no budget is near its end.
    #[inline]
    pub(super) fn copied_ends(&mut self, ends: &[u32], table: &Table) -> bool {
        let (bytes, steps) = table.most(ends.len());
        if !self.cx.has_room(self.out.len() + bytes, steps) {
            return false;
        }
        let mut taken = ends.len() as u64;
        match &table.rows {
            Rows::Short(places, steps) => {
                self.out.places(places, ends);
                taken += taken * u64::from(*steps);
            }
            Rows::Middle(places, steps) => {
                self.out.places(places, ends);
                taken += taken * u64::from(*steps);
            }
            Rows::Any(..) => {
                self.out.list(ends, |out, node| {
                    let (json, steps) = table.of(*node);
                    taken += u64::from(steps);
                    out.raw(json.behind_comma());
                });
            }
        }
        // There is room; when it is time to look, the next object learns of it.
        let _ = self.cx.work(taken);
        true
    }
}
