//! How do statements, sources and notes become columns?
//!
//! Must not know: references and trials other than by number.

use super::Builder;
use crate::domain::{About, KnownBy, NodeKind};
use crate::graph::walk::Relation;
use crate::graph::{MentionRow, NONE, NoteColumns, OutcomeRow, SourceColumns, StatementColumns};

impl Builder<'_> {
    pub(super) fn statements(&mut self) -> StatementColumns {
        let mut c = StatementColumns::default();
        let data = self.data;
        for (at, s) in data.statements.iter().enumerate() {
            let at = at as u32;
            let source = self.number(NodeKind::Source, &s.source);
            c.source.push(source);
            self.link(Relation::StatementSource, at, source, NONE);
            c.number.push(self.strings.intern(s.id.rsplit('/').next().unwrap_or(&s.id)));
            c.section.push(self.strings.intern(&s.section));
            let markers: String = s.citations.iter().filter(|x| x.printed).map(|x| format!("[{}]", x.marker)).collect();
            c.marker.push(self.strings.some(&markers));
            c.statement_type.push(s.statement_type);
            c.note_en.push(self.strings.some(&s.note.en));
            c.note_zh.push(self.strings.some(&s.note.zh));
            let outcomes: Vec<_> = s
                .outcomes
                .iter()
                .map(|o| OutcomeRow {
                    measure: self.strings.intern(&o.measure),
                    n: o.n,
                    of: o.of,
                    percent: o.percent,
                    percent_max: o.percent_max,
                    value: o.value,
                    value_max: o.value_max,
                    unit: self.strings.some(&o.unit),
                    comparator: self.strings.some(&o.comparator),
                    grade: self.strings.some(&o.grade),
                    timepoint: self.strings.some(&o.timepoint),
                    note: self.strings.some(&o.note),
                })
                .collect();
            c.outcomes.push(outcomes);
            self.about(at, s, &mut c);
            let citing = data.sources.get(source as usize).and_then(|x| self.node(NodeKind::Reference, &x.reference));
            for citation in &s.citations {
                let Some(cited) = self.node(NodeKind::Reference, &citation.reference) else { continue };
                let marker = self.strings.intern(&citation.marker);
                self.link(Relation::StatementReference, at, cited.ix, c.citations.len() as u32);
                c.citations.push((marker, citation.intent, citation.printed));
                if let Some(citing) = citing {
                    let number = self.references.citations.len() as u32;
                    self.references.citations.push((at, marker, citation.intent, citation.printed));
                    self.link(Relation::ReferenceReference, citing.ix, cited.ix, number);
                }
            }
        }
        c
    }

    fn about(&mut self, at: u32, s: &crate::domain::Statement, c: &mut StatementColumns) {
        let (mut nodes, mut terms, mut mentions) = (Vec::new(), Vec::new(), Vec::new());
        for mention in &s.trials {
            let trial = self.node(NodeKind::Trial, &mention.registry_id);
            if let Some(node) = trial
                && !matches!(mention.known_by, KnownBy::Recalled | KnownBy::Candidate)
            {
                nodes.push(node);
            }
            mentions.push(MentionRow {
                registry_id: self.strings.intern(&mention.registry_id),
                trial: trial.map_or(NONE, |n| n.ix),
                known_by: mention.known_by,
                note: self.strings.some(&mention.note),
            });
        }
        for about in &s.about {
            match about {
                About::Entity(kind, id) => nodes.extend(self.node(*kind, id)),
                About::Term(term) => terms.push(self.strings.intern(term)),
            }
        }
        let mut seen = std::collections::HashSet::new();
        nodes.retain(|n| seen.insert(*n));
        for node in &nodes {
            let relation = match node.kind {
                NodeKind::Trial => Relation::StatementTrial,
                NodeKind::Target => Relation::StatementTarget,
                NodeKind::Disease => Relation::StatementDisease,
                NodeKind::Drug => Relation::StatementDrug,
                _ => continue,
            };
            self.link(relation, at, node.ix, NONE);
        }
        c.about.push(nodes);
        c.terms.push(terms);
        c.mentions.push(mentions);
    }

    pub(super) fn sources(&mut self) -> SourceColumns {
        let mut c = SourceColumns::default();
        let data = self.data;
        for s in &data.sources {
            c.source_type.push(s.source_type);
            c.reference.push(self.node(NodeKind::Reference, &s.reference).map_or(NONE, |n| n.ix));
            c.licence.push(self.strings.intern(&s.licence));
            c.as_of.push(s.as_of.map_or(0, |d| d.packed()));
            c.retrieved.push(s.retrieved.map_or(0, |d| d.packed()));
            c.url.push(self.strings.some(&s.url));
            c.method_en.push(self.strings.some(&s.method.en));
            c.method_zh.push(self.strings.some(&s.method.zh));
            let mut names = Vec::new();
            for table in &s.tables {
                names.push(self.strings.intern(&table.name));
                c.table_titles.push((self.strings.some(&table.title.en), self.strings.some(&table.title.zh)));
                let columns: Vec<_> = table.columns.iter().map(|(f, h)| (*f, self.strings.intern(h))).collect();
                c.table_columns.push(columns);
            }
            c.tables.push(names);
        }
        c
    }

    pub(super) fn notes(&mut self) -> NoteColumns {
        let mut c = NoteColumns::default();
        for (at, note) in self.data.notes.iter().enumerate() {
            c.id.push(self.strings.add(&format!("note:{}", note.id)));
            c.source.push(self.node(NodeKind::Source, &note.source).map_or(NONE, |n| n.ix));
            c.en.push(self.strings.some(&note.text.en));
            c.zh.push(self.strings.some(&note.text.zh));
            c.field.push(note.field);
            let subjects: Vec<_> = note.subjects.iter().filter_map(|(kind, id)| self.node(*kind, id)).collect();
            c.by_subject.extend(subjects.iter().map(|n| (*n, at as u32)));
            c.subjects.push(subjects);
        }
        if let Some(by_subject) = c.by_subject.owned() {
            by_subject.sort_unstable();
        }
        c
    }
}
