//! How do parts that were made side by side become one graph?
//!
//! Must not know: what a record says. What a part counts from 0 is counted on from what came before, and its texts get
//! the numbers that they would have got here.

use super::Builder;
use crate::domain::{NodeKind, Part, Records, Reference, Trial};
use crate::graph::walk::Relation;
use crate::graph::{NONE, StrId, XrefRow};

impl<'a> Records for Builder<'a> {
    type Part = Self;

    fn reserve(&mut self, references: u32, trials: u32) {
        self.expected = (references, trials);
    }

    fn part(&self) -> Self {
        Self::empty(self.data, std::sync::Arc::clone(&self.concepts), self.strings.part())
    }

    fn take(&mut self, part: Self) {
        self.join(part);
    }
}

impl Part for Builder<'_> {
    fn reference(&mut self, reference: &Reference) {
        self.add_reference(reference);
    }

    fn trial(&mut self, trial: &Trial) {
        self.add_trial(trial);
    }
}

const fn same<T: Copy>(item: T) -> T {
    item
}

/// Adds columns of a part to those of the whole, each value as it is moved; makes room for so many such parts.
macro_rules! take {
    ($parts:ident, $to:expr, $from:expr, $moved:expr => $($column:ident)+) => { $(
        $to.$column.reserve(&$from.$column, $parts);
        $to.$column.take(&$from.$column, $moved);
    )+ };
}

impl Builder<'_> {
    /// How many parts like this will come, if it is the first of its kind, so that room is made once; else 0.
    fn parts_like(&self, part: &Self) -> usize {
        let (references, trials) = self.expected;
        let first = |kind: NodeKind, expected: u32| {
            let of_part = part.names[kind as usize].len();
            let first = self.names[kind as usize].is_empty() && of_part > 0;
            first.then(|| expected.div_ceil(of_part) as usize)
        };
        let all = first(NodeKind::Reference, references).or_else(|| first(NodeKind::Trial, trials));
        all.unwrap_or(0)
    }

    /// Adds a part, which holds references and trials alone.
    ///
    /// Complexity: linear in the part.
    fn join(&mut self, part: Self) {
        let parts = self.parts_like(&part);
        self.strings.reserve(&part.strings, parts);
        let texts = self.strings.take(&part.strings);
        // No text has the number that stands for none.
        let text = |id: StrId| texts.get(id.0 as usize).copied().unwrap_or(StrId::NONE);
        let xref = |xref: XrefRow| XrefRow { curie: text(xref.curie), evidence: text(xref.evidence), ..xref };
        let first_trial = self.names[NodeKind::Trial as usize].len();
        let first_row = self.rows.number.len() as u32;
        let first_assertion = self.assertions.value.len() as u32;
        for kind in [NodeKind::Reference, NodeKind::Trial] {
            let (to, from) = (&mut self.names[kind as usize], &part.names[kind as usize]);
            take!(parts, to, from, text => id en zh remark);
            take!(parts, to, from, xref => xrefs);
            take!(parts, to, from, same => synonyms);
        }
        let (to, from) = (&mut self.references, &part.references);
        take!(parts, to, from, text => title authors journal journal_printed volume issue pages doi pmid pmcid url language);
        take!(parts, to, from, text => defects evidence);
        take!(parts, to, from, same => et_al year reference_type standing);
        take!(parts, to, from, |(source, marker)| (source, text(marker)) => markers);

        let sponsor: Vec<u32> = part.trials.sponsor_name.iter().map(|name| self.sponsor(text(*name))).collect();
        let (to, from) = (&mut self.trials, &part.trials);
        take!(parts, to, from, text => registry_id title countries);
        take!(parts, to, from, same => status phases start_date first_posted enrollment area sponsor_class);
        take!(parts, to, from, |number| sponsor.get(number as usize).copied().unwrap_or(NONE) => sponsor);

        let trial = |number| number + first_trial;
        let (to, from) = (&mut self.rows, &part.rows);
        take!(parts, to, from, same => source number);
        take!(parts, to, from, trial => trial);
        take!(parts, to, from, text => table);
        take!(parts, to, from, |(field, printed)| (field, text(printed)) => cells);

        let (to, from) = (&mut self.assertions, &part.assertions);
        take!(parts, to, from, text => value printed);
        take!(parts, to, from, trial => trial);
        take!(parts, to, from, |row| row + first_row => row);
        take!(parts, to, from, same => mapping entity qualifiers);
        take!(parts, to, from, same => role);
        take!(parts, to, from, same => field);

        let (to, from) = (&mut self.conflicts, &part.conflicts);
        take!(parts, to, from, trial => trial);
        take!(parts, to, from, same => field);
        take!(parts, to, from, |side| side + first_assertion => sides);

        self.regimens.take(part.regimens, first_trial);
        for info in Relation::ALL {
            let (to, from) = (&mut self.links[info.relation as usize], &part.links[info.relation as usize]);
            debug_assert!(from.is_empty() || info.from == NodeKind::Trial);
            to.extend(from.iter().map(|(from, to, fact)| (from + first_trial, *to, *fact)));
        }
    }
}
