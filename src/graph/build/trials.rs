//! How does one trial become an entry of each column, its rows and assertions included?
//!
//! Must not know: which references a registry lists for it.

use super::Builder;
use crate::domain::{AgencyClass, NodeKind, Trial, Verification, XrefMatch};
use crate::graph::walk::Relation;
use crate::graph::{NONE, StrId};

impl Builder<'_> {
    /// Adds the next trial, in the order of ids.
    pub(super) fn add_trial(&mut self, trial: &Trial) {
        let at = self.names[NodeKind::Trial as usize].len();
        let title = self.name_trial(trial);
        self.values(trial, title);
        for (id, role) in &trial.targets {
            if let Some(n) = self.node(NodeKind::Target, id) {
                self.link(Relation::TrialTarget, at, n.ix, *role as u32);
            }
        }
        for (id, qualifiers) in &trial.diseases {
            if let Some(n) = self.node(NodeKind::Disease, id) {
                let bits = qualifiers.iter().fold(0u32, |bits, q| bits | 1 << *q as u8);
                self.link(Relation::TrialDisease, at, n.ix, bits);
            }
        }
        for (id, role) in &trial.drugs {
            if let Some(n) = self.node(NodeKind::Drug, id) {
                self.link(Relation::TrialDrug, at, n.ix, *role as u32);
            }
        }
        if let Some(members) = &trial.regimen {
            self.regimen_of(at, members);
        }
        let known = trial.rows.iter().filter_map(|r| self.node(NodeKind::Source, &r.source));
        let mut sources: Vec<u32> = known.map(|n| n.ix).collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            self.link(Relation::TrialSource, at, source, NONE);
        }
        self.evidence(at, trial);
    }

    /// The label: title, or registry number.
    fn name_trial(&mut self, trial: &Trial) -> StrId {
        let title = self.strings.some(trial.title.as_deref().unwrap_or(&trial.id));
        let id = self.strings.add_joined(&["trial:", &trial.id]);
        let xref = trial.id.starts_with("NCT").then(|| {
            let curie = self.strings.add_joined(&["CLINICALTRIALS:", &trial.id]);
            self.xref(curie, XrefMatch::Exact, Verification::Verified, "the registry number itself")
        });
        let names = &mut self.names[NodeKind::Trial as usize];
        names.id.push(id);
        names.en.push(title);
        names.zh.push(StrId::NONE);
        names.remark.push(StrId::NONE);
        names.synonyms.push([]);
        names.xrefs.push(xref);
        title
    }

    fn values(&mut self, trial: &Trial, title: StrId) {
        let sponsor = trial.sponsor.as_ref().map_or(NONE, |sponsor| {
            let name = self.strings.intern(&sponsor.name);
            self.sponsor(name)
        });
        let (columns, strings) = (&mut self.trials, &mut self.strings);
        columns.registry_id.push(strings.intern(&trial.id));
        columns.title.push(if trial.title.is_some() { title } else { StrId::NONE });
        columns.status.push(trial.status);
        columns.phases.push(trial.phases.iter().fold(0, |bits, p| bits | 1 << *p as u8));
        columns.start_date.push(trial.start_date.map_or(0, |d| d.packed()));
        columns.first_posted.push(trial.first_posted.map_or(0, |d| d.packed()));
        columns.enrollment.push(trial.enrollment.unwrap_or(NONE));
        columns.area.push(trial.area);
        columns.countries.push(trial.countries.iter().map(|c| strings.intern(c)));
        columns.sponsor.push(sponsor);
        columns.sponsor_class.push(trial.sponsor.as_ref().map_or(AgencyClass::Unknown, |s| s.class));
    }

    /// The number of a sponsor, which is added where it is new.
    pub(super) fn sponsor(&mut self, name: StrId) -> u32 {
        let names = &mut self.trials.sponsor_name;
        *self.sponsors.entry(name).or_insert_with(|| {
            names.push(name);
            names.len() as u32 - 1
        })
    }

    fn evidence(&mut self, at: u32, trial: &Trial) {
        let first_row = self.rows.number.len() as u32;
        let sources: Vec<u32> = trial.rows.iter().map(|row| self.number(NodeKind::Source, &row.source)).collect();
        let (rows, strings) = (&mut self.rows, &mut self.strings);
        for row in &trial.rows {
            rows.trial.push(at);
            rows.table.push(strings.intern(&row.table));
            rows.number.push(row.number);
            rows.cells.push(row.cells.iter().map(|(f, text)| (*f, strings.intern(text))));
        }
        rows.source.push(sources);
        let first = self.assertions.value.len() as u32;
        for a in &trial.assertions {
            let entity = a.entity().map_or(NONE, |(kind, id)| self.number(kind, id));
            let assertions = &mut self.assertions;
            assertions.trial.push(at);
            assertions.value.push(self.strings.intern(&a.value));
            assertions.printed.push(self.strings.intern(&a.printed));
            assertions.row.push(first_row + a.row as u32);
            assertions.mapping.push(a.mapping);
            assertions.entity.push(entity);
            assertions.qualifiers.push(a.qualifiers.iter().fold(0, |bits, q| bits | 1 << *q as u8));
            assertions.role.push(a.role);
        }
        self.assertions.field.push(trial.assertions.iter().map(|a| a.field));
        for conflict in &trial.conflicts {
            self.conflicts.trial.push(at);
            self.conflicts.sides.push(conflict.sides.iter().map(|s| first + *s as u32));
        }
        self.conflicts.field.push(trial.conflicts.iter().map(|c| c.field));
    }
}
