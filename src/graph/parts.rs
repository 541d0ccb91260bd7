//! Of which columns is a graph made, and what must hold for each?
//!
//! The one list that writing, reading and measuring a graph go through. Must not know: files.

use rayon::prelude::*;

use super::packed::Packed;
use super::{Column, Csr, Graph, Lists, NONE, Names, Node, Relation, StrId};
use crate::domain::{DiseaseArea, DrugKind, DrugRole, NodeKind, PartialDate, SourceField, TargetKind, TargetRole};

/// What must hold for every value of a column. The texts that a value names are always there, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Nothing else.
    Any,
    /// Each text is there.
    Named,
    /// Each number is below this one.
    Below(usize),
    /// Each number is below this one, or `NONE`.
    Maybe(usize),
    /// The numbers never fall, and the last is this one.
    Ends(usize),
    /// Each number is a packed date, or 0.
    Dates,
}

/// How many values are held against a rule at once: not up to the first that breaks it, so that the processor takes many.
const TOGETHER: usize = 1 << 12;

impl Rule {
    /// Whether the values follow the rule, in a graph with so many texts.
    #[must_use]
    pub fn holds<T: Packed>(self, items: &[T], texts: usize) -> bool {
        let number = |item: &T| item.number().unwrap_or(0);
        let each = |fits: &(dyn Fn(&[T]) -> bool + Sync)| items.par_chunks(TOGETHER).all(fits);
        let numbers = match self {
            Self::Any | Self::Named => true,
            Self::Below(limit) => {
                let limit = u32::try_from(limit).unwrap_or(u32::MAX);
                each(&|some| some.iter().fold(true, |all, item| all & (number(item) < limit)))
            }
            Self::Maybe(limit) => {
                let limit = u32::try_from(limit).unwrap_or(u32::MAX);
                each(&|some| some.iter().fold(true, |all, i| all & (number(i) == NONE || number(i) < limit)))
            }
            Self::Ends(last) => {
                let rising = |(low, high): (&T, &T)| number(low) <= number(high);
                let within = each(&|some| some.iter().zip(&some[1..]).fold(true, |all, two| all & rising(two)));
                let between = || (TOGETHER..items.len()).step_by(TOGETHER).map(|at| (&items[at - 1], &items[at]));
                within && between().all(rising) && items.last().map_or(0, number) as usize == last
            }
            Self::Dates => each(&|some| some.iter().all(|item| PartialDate::is_packed(number(item)))),
        };
        let named = |id: StrId| (id.0 as usize) < texts || (id == StrId::NONE && self != Self::Named);
        numbers
            && (!T::TEXTS
                || each(&|some| {
                    let mut all = true;
                    some.iter().for_each(|item| item.texts(&mut |id| all &= named(id)));
                    all
                }))
    }
}

/// Looks at the columns of a graph, one after another.
pub trait Parts {
    /// Why it stops.
    type Stop;

    /// A column: its name, how many values it must have, and what holds for them.
    ///
    /// # Errors
    /// Where it stops.
    fn part<T: Packed>(&mut self, name: &str, column: &Column<T>) -> Result<(), Self::Stop>;
}

/// Fills the columns of a graph, one after another.
pub trait Fill {
    /// Why it stops.
    type Stop;

    /// A column: its name, how many values it must have, and what holds for them in a graph with so many texts.
    ///
    /// # Errors
    /// Where it stops.
    fn fill<T: Packed>(
        &mut self,
        name: &str,
        column: &mut Column<T>,
        must: (Option<usize>, Rule),
        texts: usize,
    ) -> Result<(), Self::Stop>;
}

/// The list, once for a graph that is looked at and once for one that is filled.
macro_rules! list {
    ($g:ident, $column:ident, $lists:ident, $($of:tt)+) => {{
        use Rule::{Any, Below, Dates, Ends, Maybe, Named};
        $column!("texts", $($of)+ $g.strings.bytes, None, Any);
        $column!("texts.ends", $($of)+ $g.strings.ends, None, Ends($g.strings.bytes.len()));
        for kind in NodeKind::ALL {
            let name = |part: &str| format!("{}.{part}", kind.text().to_lowercase());
            let names = $($of)+ $g.names[*kind as usize];
            $column!(&name("id"), $($of)+ names.id, None, Named);
            let n = names.id.len();
            $column!(&name("en"), $($of)+ names.en, Some(n), Any);
            $column!(&name("zh"), $($of)+ names.zh, Some(n), Any);
            $column!(&name("remark"), $($of)+ names.remark, Some(n), Any);
            $lists!(&name("synonyms"), $($of)+ names.synonyms, n, Named);
            $lists!(&name("xrefs"), $($of)+ names.xrefs, n, Any);
        }
        let count = |names: &[Names; 8], kind: NodeKind| names[kind as usize].id.len();
        let trials = count(&$g.names, NodeKind::Trial);
        let targets = count(&$g.names, NodeKind::Target);
        let diseases = count(&$g.names, NodeKind::Disease);
        let drugs = count(&$g.names, NodeKind::Drug);
        let references = count(&$g.names, NodeKind::Reference);
        let statements = count(&$g.names, NodeKind::Statement);
        let sources = count(&$g.names, NodeKind::Source);

        $column!("target.kind", $($of)+ $g.target_kind, Some(targets), Below(TargetKind::ALL.len()));
        $lists!("target.genes", $($of)+ $g.genes, targets, Any);
        $column!("disease.area", $($of)+ $g.disease_area, Some(diseases), Below(DiseaseArea::ALL.len()));
        $column!("drug.kind", $($of)+ $g.drug_kind, Some(drugs), Below(DrugKind::ALL.len()));
        $column!("drug.role", $($of)+ $g.drug_role, Some(drugs), Below(DrugRole::ALL.len()));

        $column!("trial.sponsors", $($of)+ $g.trials.sponsor_name, None, Named);
        let sponsors = $g.trials.sponsor_name.len();
        $column!("trial.registry_id", $($of)+ $g.trials.registry_id, Some(trials), Named);
        $column!("trial.title", $($of)+ $g.trials.title, Some(trials), Any);
        $column!("trial.status", $($of)+ $g.trials.status, Some(trials), Any);
        $column!("trial.phases", $($of)+ $g.trials.phases, Some(trials), Any);
        $column!("trial.start_date", $($of)+ $g.trials.start_date, Some(trials), Dates);
        $column!("trial.first_posted", $($of)+ $g.trials.first_posted, Some(trials), Dates);
        $column!("trial.enrollment", $($of)+ $g.trials.enrollment, Some(trials), Any);
        $column!("trial.sponsor", $($of)+ $g.trials.sponsor, Some(trials), Maybe(sponsors));
        $column!("trial.sponsor.class", $($of)+ $g.trials.sponsor_class, Some(trials), Any);
        $lists!("trial.countries", $($of)+ $g.trials.countries, trials, Named);
        $column!("trial.area", $($of)+ $g.trials.area, Some(trials), Any);

        $column!("reference.title", $($of)+ $g.references.title, Some(references), Named);
        $lists!("reference.authors", $($of)+ $g.references.authors, references, Named);
        $column!("reference.et_al", $($of)+ $g.references.et_al, Some(references), Any);
        $column!("reference.journal", $($of)+ $g.references.journal, Some(references), Any);
        $column!("reference.journal_printed", $($of)+ $g.references.journal_printed, Some(references), Any);
        $column!("reference.year", $($of)+ $g.references.year, Some(references), Any);
        $column!("reference.volume", $($of)+ $g.references.volume, Some(references), Any);
        $column!("reference.issue", $($of)+ $g.references.issue, Some(references), Any);
        $column!("reference.pages", $($of)+ $g.references.pages, Some(references), Any);
        $column!("reference.doi", $($of)+ $g.references.doi, Some(references), Any);
        $column!("reference.pmid", $($of)+ $g.references.pmid, Some(references), Any);
        $column!("reference.pmcid", $($of)+ $g.references.pmcid, Some(references), Any);
        $column!("reference.url", $($of)+ $g.references.url, Some(references), Any);
        $column!("reference.language", $($of)+ $g.references.language, Some(references), Any);
        $column!("reference.type", $($of)+ $g.references.reference_type, Some(references), Any);
        $column!("reference.standing", $($of)+ $g.references.standing, Some(references), Any);
        $column!("reference.defects", $($of)+ $g.references.defects, Some(references), Any);
        $column!("reference.evidence", $($of)+ $g.references.evidence, Some(references), Any);
        $lists!("reference.markers", $($of)+ $g.references.markers, references, Below(sources));
        $column!("reference.citations", $($of)+ $g.references.citations, None, Maybe(statements));

        $column!("statement.source", $($of)+ $g.statements.source, Some(statements), Below(sources));
        $column!("statement.number", $($of)+ $g.statements.number, Some(statements), Named);
        $column!("statement.section", $($of)+ $g.statements.section, Some(statements), Named);
        $column!("statement.marker", $($of)+ $g.statements.marker, Some(statements), Any);
        $column!("statement.type", $($of)+ $g.statements.statement_type, Some(statements), Any);
        $column!("statement.note_en", $($of)+ $g.statements.note_en, Some(statements), Any);
        $column!("statement.note_zh", $($of)+ $g.statements.note_zh, Some(statements), Any);
        $lists!("statement.outcomes", $($of)+ $g.statements.outcomes, statements, Any);
        $lists!("statement.about", $($of)+ $g.statements.about, statements, Any);
        $lists!("statement.terms", $($of)+ $g.statements.terms, statements, Named);
        $lists!("statement.mentions", $($of)+ $g.statements.mentions, statements, Maybe(trials));
        $column!("statement.citations", $($of)+ $g.statements.citations, None, Any);

        $column!("source.type", $($of)+ $g.sources.source_type, Some(sources), Any);
        $column!("source.reference", $($of)+ $g.sources.reference, Some(sources), Maybe(references));
        $column!("source.licence", $($of)+ $g.sources.licence, Some(sources), Named);
        $column!("source.as_of", $($of)+ $g.sources.as_of, Some(sources), Dates);
        $column!("source.retrieved", $($of)+ $g.sources.retrieved, Some(sources), Dates);
        $column!("source.url", $($of)+ $g.sources.url, Some(sources), Any);
        $column!("source.method_en", $($of)+ $g.sources.method_en, Some(sources), Any);
        $column!("source.method_zh", $($of)+ $g.sources.method_zh, Some(sources), Any);
        $lists!("source.tables", $($of)+ $g.sources.tables, sources, Named);
        let tables = $g.sources.tables.items.len();
        $column!("source.table_titles", $($of)+ $g.sources.table_titles, Some(tables), Any);
        $lists!("source.table_columns", $($of)+ $g.sources.table_columns, tables, Any);

        $lists!("row.source", $($of)+ $g.rows.source, trials, Below(sources));
        let rows = $g.rows.source.items.len();
        $column!("row.trial", $($of)+ $g.rows.trial, Some(rows), Below(trials));
        $column!("row.table", $($of)+ $g.rows.table, Some(rows), Named);
        $column!("row.number", $($of)+ $g.rows.number, Some(rows), Any);
        $lists!("row.cells", $($of)+ $g.rows.cells, rows, Named);

        $lists!("assertion.field", $($of)+ $g.assertions.field, trials, Any);
        let assertions = $g.assertions.field.items.len();
        $column!("assertion.trial", $($of)+ $g.assertions.trial, Some(assertions), Below(trials));
        $column!("assertion.value", $($of)+ $g.assertions.value, Some(assertions), Any);
        $column!("assertion.printed", $($of)+ $g.assertions.printed, Some(assertions), Any);
        $column!("assertion.row", $($of)+ $g.assertions.row, Some(assertions), Below(rows));
        $column!("assertion.mapping", $($of)+ $g.assertions.mapping, Some(assertions), Any);
        $column!("assertion.entity", $($of)+ $g.assertions.entity, Some(assertions), Any);
        $column!("assertion.qualifiers", $($of)+ $g.assertions.qualifiers, Some(assertions), Any);
        $column!("assertion.role", $($of)+ $g.assertions.role, Some(assertions), Any);

        $lists!("conflict.field", $($of)+ $g.conflicts.field, trials, Any);
        let conflicts = $g.conflicts.field.items.len();
        $column!("conflict.trial", $($of)+ $g.conflicts.trial, Some(conflicts), Below(trials));
        $lists!("conflict.sides", $($of)+ $g.conflicts.sides, conflicts, Below(assertions));

        $column!("note.id", $($of)+ $g.notes.id, None, Named);
        let notes = $g.notes.id.len();
        $column!("note.source", $($of)+ $g.notes.source, Some(notes), Maybe(sources));
        $column!("note.en", $($of)+ $g.notes.en, Some(notes), Any);
        $column!("note.zh", $($of)+ $g.notes.zh, Some(notes), Any);
        $column!("note.field", $($of)+ $g.notes.field, Some(notes), Any);
        $lists!("note.subjects", $($of)+ $g.notes.subjects, notes, Any);
        $column!("note.by_subject", $($of)+ $g.notes.by_subject, None, Any);

        for info in Relation::ALL {
            let (from, to) = (count(&$g.names, info.from), count(&$g.names, info.to));
            let facts = match info.relation {
                Relation::TrialTarget => Maybe(TargetRole::ALL.len()),
                Relation::TrialDrug | Relation::RegimenDrug => Maybe(DrugRole::ALL.len()),
                Relation::StatementReference => Below($g.statements.citations.len()),
                Relation::ReferenceReference => Maybe($g.references.citations.len()),
                _ => Any,
            };
            let name = |part: &str| format!("{:?}.{part}", info.relation);
            let csr = $($of)+ $g.relations[info.relation as usize];
            $lists!(&name("targets"), $($of)+ csr.forward, from, Below(to));
            $lists!(&name("sources"), $($of)+ csr.reverse, to, Below(from));
            let links = csr.forward.items.len();
            $column!(&name("links"), $($of)+ csr.reverse_link, None, Below(links));
            $column!(&name("facts"), $($of)+ csr.facts, None, facts);
        }
    }};
}

impl Graph {
    /// Calls `look` with every column.
    ///
    /// # Errors
    /// Where `look` stops.
    pub fn look<L: Parts>(&self, look: &mut L) -> Result<(), L::Stop> {
        macro_rules! column {
            ($name:expr, $column:expr, $rows:expr, $rule:expr) => {{
                let _: (Option<usize>, Rule) = ($rows, $rule);
                look.part($name, $column)?;
            }};
        }
        macro_rules! lists {
            ($name:expr, $lists:expr, $rows:expr, $rule:expr) => {{
                let (name, lists): (&str, &Lists<_>) = ($name, $lists);
                let _: (usize, Rule) = ($rows, $rule);
                look.part(name, &lists.items)?;
                look.part(&format!("{name}.ends"), &lists.ends)?;
            }};
        }
        list!(self, column, lists, &);
        Ok(())
    }

    /// Gives back the room that columns do not need.
    pub(super) fn shrink(&mut self) {
        let g = self;
        macro_rules! column {
            ($name:expr, $column:expr, $rows:expr, $rule:expr) => {{
                let _: (&str, Option<usize>, Rule) = ($name, $rows, $rule);
                let column: &mut Column<_> = $column;
                column.shrink();
            }};
        }
        macro_rules! lists {
            ($name:expr, $lists:expr, $rows:expr, $rule:expr) => {{
                let _: (&str, usize, Rule) = ($name, $rows, $rule);
                let lists: &mut Lists<_> = $lists;
                lists.items.shrink();
                lists.ends.shrink();
            }};
        }
        list!(g, column, lists, &mut);
    }

    /// A graph whose columns `fill` fills, each checked against what must hold for it alone; then see [`Graph::unsound`].
    ///
    /// # Errors
    /// Where `fill` stops.
    pub fn fill<F: Fill>(fill: &mut F) -> Result<Self, F::Stop> {
        let mut graph = Self::default();
        let g = &mut graph;
        macro_rules! column {
            ($name:expr, $column:expr, $rows:expr, $rule:expr) => {{
                // Before the texts are counted, only their own columns are filled.
                let must = ($rows, $rule);
                let texts = g.strings.ends.len();
                fill.fill($name, $column, must, texts)?;
            }};
        }
        macro_rules! lists {
            ($name:expr, $lists:expr, $rows:expr, $rule:expr) => {{
                let (name, rows, rule): (&str, usize, Rule) = ($name, $rows, $rule);
                let lists: &mut Lists<_> = $lists;
                fill.fill(name, &mut lists.items, (None, rule), g.strings.ends.len())?;
                let ends = Rule::Ends(lists.items.len());
                fill.fill(&format!("{name}.ends"), &mut lists.ends, (Some(rows), ends), g.strings.ends.len())?;
            }};
        }
        list!(g, column, lists, &mut);
        Ok(graph)
    }

    /// Whether every text is one, as an answer may hold it. To be asked before any text is read.
    ///
    /// Complexity: linear in the bytes, on all cores.
    #[must_use]
    pub fn has_sound_texts(&self) -> bool {
        self.strings.sound()
    }

    /// What does not fit together between columns that are sound each for itself; none where all does.
    ///
    /// Complexity: linear in assertions, statements and notes.
    #[must_use]
    pub fn unsound(&self) -> Option<&'static str> {
        let there = |node: &Node| (node.ix as usize) < self.names[node.kind as usize].id.len();
        let entity = |at: usize| {
            let kind = match self.assertions.field.items[at] {
                SourceField::Target => NodeKind::Target,
                SourceField::Disease => NodeKind::Disease,
                SourceField::Regimen => NodeKind::Drug,
                _ => return self.assertions.entity[at] == NONE,
            };
            self.assertions.entity[at] == NONE || there(&Node::new(kind, self.assertions.entity[at]))
        };
        let both = |csr: &Csr| {
            let links = csr.forward.items.len();
            csr.reverse.items.len() == links
                && [csr.reverse_link.len(), csr.facts.len()].iter().all(|len| *len == 0 || *len == links)
                && csr.reverse_link.is_empty() == csr.facts.is_empty()
        };
        let notes = self.notes.id.len() as u32;
        if !(0..self.assertions.entity.len()).all(entity) {
            Some("an assertion names an entity that is not there")
        } else if !self.relations.iter().all(both) {
            Some("the two directions of a relation differ")
        } else if !self.statements.about.items.iter().chain(&self.notes.subjects.items).all(there) {
            Some("a statement or note is about a node that is not there")
        } else if !self.notes.by_subject.iter().all(|(node, note)| there(node) && *note < notes) {
            Some("a note of a node is not there")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_broken_wherever_one_value_breaks_it() {
        let count = 3 * TOGETHER as u32 + 5;
        let ends: Vec<u32> = (0..count).map(|n| n / 2).collect();
        let last = ends.last().map_or(0, |end| *end as usize);
        let rules = [Rule::Ends(last), Rule::Below(last + 1), Rule::Maybe(last + 1)];
        assert!(rules.iter().all(|rule| rule.holds(&ends, 0)));
        assert!(!Rule::Ends(last + 1).holds(&ends, 0) && Rule::Maybe(1).holds(&[0, NONE], 0));
        assert!(Rule::Ends(0).holds::<u32>(&[], 0) && !Rule::Ends(1).holds::<u32>(&[], 0));
        for at in [1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 2 * TOGETHER, ends.len() - 2] {
            let mut broken = ends.clone();
            broken[at] = last as u32 + 1;
            assert!(rules.iter().all(|rule| !rule.holds(&broken, 0)), "{at}");
            broken[at] = 0;
            assert!(at == 1 || !Rule::Ends(last).holds(&broken, 0), "{at}");
        }
    }
}
