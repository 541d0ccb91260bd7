//! How do the checked lines of many files become the records of a dataset, each list in its promised order?
//!
//! Must not know: what could be wrong with them; everything has been checked.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::normalise::Normaliser;
use super::raw::{Raw, RawRow, RawSource};
use super::resolve::{self, Resolver};
use crate::domain::{
    Concept, Dataset, DiseaseArea, NodeKind, Reference, Row, Source, SourceField, SourceTable, Statement,
};

/// The dataset, its release left empty.
pub(crate) fn assemble(raw: Raw) -> Dataset {
    let Assembled { mut dataset, rows, mut normaliser } = parts(raw);
    dataset.trials = resolve::trials(rows, &Resolver::new(&dataset), &mut normaliser);
    dataset
}

/// A dataset without trials, and what they are made from.
pub(crate) struct Assembled {
    pub(crate) dataset: Dataset,
    pub(crate) rows: Vec<(String, Row)>,
    pub(crate) normaliser: Normaliser,
}

/// Everything but the trials in its promised order.
pub(crate) fn parts(mut raw: Raw) -> Assembled {
    concepts(&mut raw);
    let normaliser = Normaliser::new(&raw);
    let sources = std::mem::take(&mut raw.sources.items);
    let mut dataset = Dataset {
        title: raw.title,
        version: raw.version,
        targets: sorted(raw.targets.items, |t| t.concept.id.clone()),
        diseases: sorted(raw.diseases.items.into_iter().map(|(line, (d, _))| (line, d)), |d| d.concept.id.clone()),
        drugs: sorted(raw.drugs.items, |d| d.concept.id.clone()),
        regimens: sorted(raw.regimens.items, |r| r.members.clone()),
        rules: sorted(raw.rules.items, |r| r.field),
        ..Dataset::default()
    };
    let mut rows: Vec<(String, Row)> = Vec::new();
    let mut references: BTreeMap<String, Reference> = BTreeMap::new();
    for (_, source) in sources {
        of_source(source, &mut dataset, &mut references, &mut rows);
    }
    dataset.references = references.into_values().collect();
    dataset.sources.sort_by(|a, b| a.id.cmp(&b.id));
    dataset.statements.sort_by(|a, b| a.id.cmp(&b.id));
    dataset.notes.sort_by(|a, b| a.id.cmp(&b.id));
    for list in [&mut dataset.reference_citations, &mut dataset.trial_references] {
        list.sort_unstable();
        list.dedup();
    }
    Assembled { dataset, rows, normaliser }
}

/// The order of the cells of a source's rows: that of the printed table; cells that its description does not know come
/// last.
#[derive(Debug)]
pub(crate) struct CellOrder(HashMap<(String, SourceField), usize>);

impl CellOrder {
    /// The order that these tables give.
    pub(crate) fn new(tables: &[SourceTable]) -> Self {
        let columns = tables.iter().flat_map(|t| t.columns.iter().enumerate().map(move |column| (t, column)));
        Self(columns.map(|(table, (place, (field, _)))| ((table.name.clone(), *field), place)).collect())
    }

    /// Puts the cells of a row in order.
    pub(crate) fn sort(&self, row: &mut Row) {
        if self.0.is_empty() {
            row.cells.sort_by_key(|(field, _)| *field);
            return;
        }
        let place = |field: SourceField| self.0.get(&(row.table.clone(), field)).copied().unwrap_or(usize::MAX);
        row.cells.sort_by_cached_key(|(field, _)| (place(*field), *field));
    }
}

/// A reference with the number that it bears in the bibliography of a source, where it bears one.
pub(crate) fn mark(reference: &mut Reference, source: &str, marker: String) {
    if !marker.is_empty() {
        reference.markers.push((source.to_owned(), marker));
        reference.markers.sort();
    }
}

fn sorted<T, K: Ord>(items: impl IntoIterator<Item = (u64, T)>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().map(|(_, item)| item).collect();
    items.sort_by_cached_key(key);
    items
}

/// Hangs synonyms, identifiers, genes, parents and areas on their concepts.
fn concepts(raw: &mut Raw) {
    // All three vocabularies share one pass over the files: (kind, id) to concept.
    let mut all: HashMap<(NodeKind, String), &mut Concept> = HashMap::new();
    let targets = raw.targets.items.iter_mut().map(|(_, t)| (NodeKind::Target, &mut t.concept));
    let diseases = raw.diseases.items.iter_mut().map(|(_, (d, _))| (NodeKind::Disease, &mut d.concept));
    let drugs = raw.drugs.items.iter_mut().map(|(_, d)| (NodeKind::Drug, &mut d.concept));
    for (kind, concept) in targets.chain(diseases).chain(drugs) {
        all.insert((kind, concept.id.clone()), concept);
    }
    for (_, name) in &raw.synonyms.items {
        if let Some(concept) = all.get_mut(&(name.kind, name.entity.clone()))
            && name.synonym.text != concept.label.en
            && name.synonym.text != concept.label.zh
        {
            concept.synonyms.push(name.synonym.clone());
        }
    }
    for (_, found) in &raw.xrefs.items {
        if let Some(concept) = all.get_mut(&(found.kind, found.entity.clone())) {
            concept.xrefs.push(found.xref.clone());
        }
    }
    drop(all);

    let mut genes: BTreeMap<&str, BTreeMap<u32, _>> = BTreeMap::new();
    for (_, (target, position, gene)) in &raw.genes.items {
        genes.entry(target).or_default().insert(*position, gene);
    }
    for (_, target) in &mut raw.targets.items {
        let own = genes.remove(target.concept.id.as_str()).unwrap_or_default();
        target.genes = own.into_values().cloned().collect();
    }

    let mut parents: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (_, (disease, parent)) in &raw.parents.items {
        parents.entry(disease).or_default().insert(parent);
    }
    let own: HashMap<String, DiseaseArea> =
        raw.diseases.items.iter().filter_map(|(_, (d, area))| Some((d.concept.id.clone(), (*area)?))).collect();
    for (_, (disease, _)) in &mut raw.diseases.items {
        let broader = parents.get(disease.concept.id.as_str()).into_iter().flatten();
        disease.parents = broader.map(|&id| id.to_owned()).collect();
        disease.area = area(&disease.concept.id, &parents, &own);
    }
}

/// The area of a disease: its own, or that of the nearest broader concept that has one (of equally near ones, the one
/// that comes first by id, parent by parent).
fn area(id: &str, parents: &HashMap<&str, BTreeSet<&str>>, own: &HashMap<String, DiseaseArea>) -> DiseaseArea {
    let mut queue = VecDeque::from([id]);
    let mut seen = BTreeSet::from([id]);
    while let Some(here) = queue.pop_front() {
        if let Some(area) = own.get(here) {
            return *area;
        }
        queue.extend(parents.get(here).into_iter().flatten().filter(|&&parent| seen.insert(parent)));
    }
    DiseaseArea::Other
}

fn of_source(
    raw: RawSource,
    dataset: &mut Dataset,
    references: &mut BTreeMap<String, Reference>,
    rows: &mut Vec<(String, Row)>,
) {
    let source = raw.source.id.clone();
    let tables = tables(&raw);
    let order = CellOrder::new(&tables);
    rows.extend(raw.rows.items.into_iter().map(|(_, RawRow { trial, mut row })| {
        order.sort(&mut row);
        (trial, row)
    }));
    for (_, listed) in raw.references.items {
        let reference = references.entry(listed.reference.id.clone()).or_insert(listed.reference);
        mark(reference, &source, listed.marker);
    }
    let mut statements: BTreeMap<String, Statement> =
        raw.statements.items.into_iter().map(|(_, s)| (s.id.clone(), s)).collect();
    let owned = |code: &str| format!("{source}/{code}");
    macro_rules! hang {
        ($list:ident, $field:ident) => {
            let mut items: Vec<_> = raw.$list.items.into_iter().map(|(_, item)| item).collect();
            items.sort_by_key(|(_, position, _)| *position);
            for (code, _, item) in items {
                if let Some(statement) = statements.get_mut(&owned(&code)) {
                    statement.$field.push(item);
                }
            }
        };
    }
    hang!(citations, citations);
    hang!(outcomes, outcomes);
    hang!(about, about);
    for (_, (code, mention)) in raw.mentions.items {
        if let Some(statement) = statements.get_mut(&owned(&code)) {
            statement.trials.push(mention);
        }
    }
    statements.values_mut().for_each(|s| s.trials.sort_by(|a, b| a.registry_id.cmp(&b.registry_id)));
    dataset.statements.extend(statements.into_values());

    let mut subjects: BTreeMap<String, Vec<(NodeKind, String)>> = BTreeMap::new();
    for (_, (code, kind, subject)) in raw.subjects.items {
        subjects.entry(owned(&code)).or_default().push((kind, subject));
    }
    dataset.notes.extend(raw.notes.items.into_iter().map(|(_, mut note)| {
        note.subjects = subjects.remove(&note.id).unwrap_or_default();
        note.subjects.sort();
        note
    }));
    dataset.reference_citations.extend(raw.reference_citations.items.into_iter().map(|(_, pair)| pair));
    dataset.trial_references.extend(raw.trial_references.items.into_iter().map(|(_, pair)| pair));
    dataset.sources.push(Source { tables, ..raw.source });
}

/// The tables of a source by name, each with its columns by position.
fn tables(raw: &RawSource) -> Vec<SourceTable> {
    let mut columns: Vec<_> = raw.tables.items.iter().map(|(_, column)| column).collect();
    columns.sort_by(|a, b| (&a.table, a.position).cmp(&(&b.table, b.position)));
    let mut tables: Vec<SourceTable> = Vec::new();
    for column in columns {
        if tables.last().is_none_or(|t| t.name != column.table) {
            let (name, title) = (column.table.clone(), column.title.clone());
            tables.push(SourceTable { name, title, columns: Vec::new() });
        }
        if let Some(table) = tables.last_mut() {
            table.columns.push((column.field, column.header.clone()));
        }
    }
    tables
}
