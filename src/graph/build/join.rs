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

/// Adds columns of a part to those of the whole, each value as it is moved.
macro_rules! take {
    ($to:expr, $from:expr, $moved:expr => $($column:ident)+) => { $( $to.$column.take(&$from.$column, $moved); )+ };
}

impl Builder<'_> {
    /// Adds a part, which holds references and trials alone.
    ///
    /// Complexity: linear in the part.
    fn join(&mut self, part: Self) {
        let texts = self.strings.take(&part.strings);
        // No text has the number that stands for none.
        let text = |id: StrId| texts.get(id.0 as usize).copied().unwrap_or(StrId::NONE);
        let xref = |xref: XrefRow| XrefRow { curie: text(xref.curie), evidence: text(xref.evidence), ..xref };
        let first_trial = self.names[NodeKind::Trial as usize].len();
        let first_row = self.rows.number.len() as u32;
        let first_assertion = self.assertions.value.len() as u32;
        for kind in [NodeKind::Reference, NodeKind::Trial] {
            let (to, from) = (&mut self.names[kind as usize], &part.names[kind as usize]);
            take!(to, from, text => id en zh remark);
            take!(to, from, xref => xrefs);
            take!(to, from, same => synonyms);
        }
        let (to, from) = (&mut self.references, &part.references);
        take!(to, from, text => title authors journal journal_printed volume issue pages doi pmid pmcid url language);
        take!(to, from, text => defects evidence);
        take!(to, from, same => et_al year reference_type standing);
        take!(to, from, |(source, marker)| (source, text(marker)) => markers);

        let sponsor: Vec<u32> = part.trials.sponsor_name.iter().map(|name| self.sponsor(text(*name))).collect();
        let (to, from) = (&mut self.trials, &part.trials);
        take!(to, from, text => registry_id title countries);
        take!(to, from, same => status phases start_date first_posted enrollment area sponsor_class);
        take!(to, from, |number| sponsor.get(number as usize).copied().unwrap_or(NONE) => sponsor);

        let trial = |number| number + first_trial;
        let (to, from) = (&mut self.rows, &part.rows);
        take!(to, from, same => source number);
        take!(to, from, trial => trial);
        take!(to, from, text => table);
        take!(to, from, |(field, printed)| (field, text(printed)) => cells);

        let (to, from) = (&mut self.assertions, &part.assertions);
        take!(to, from, text => value printed);
        take!(to, from, trial => trial);
        take!(to, from, |row| row + first_row => row);
        take!(to, from, same => mapping entity qualifiers);
        take!(to, from, same => role);
        take!(to, from, same => field);

        let (to, from) = (&mut self.conflicts, &part.conflicts);
        take!(to, from, trial => trial);
        take!(to, from, same => field);
        take!(to, from, |side| side + first_assertion => sides);

        self.regimens.take(part.regimens, first_trial);
        for info in Relation::ALL {
            let (to, from) = (&mut self.links[info.relation as usize], &part.links[info.relation as usize]);
            debug_assert!(from.is_empty() || info.from == NodeKind::Trial);
            to.extend(from.iter().map(|(from, to, fact)| (from + first_trial, *to, *fact)));
        }
    }
}
