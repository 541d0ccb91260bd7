//! Several sources speak of one trial: what do they say, what is shown, and where do they not agree?
//!
//! Must not know: how a printed text becomes a value, or which files the rows come from.

mod conflict;

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::normalise::{NONE_REPORTED, Normaliser};
use crate::domain::{
    AgencyClass, Assertion, Dataset, DiseaseArea, DiseaseQualifier, DrugRole, Mapping, NodeKind, PartialDate, Phase,
    Row, SourceField, Sponsor, TargetKind, TargetRole, Trial, TrialStatus,
};

/// What the rows are resolved by: the preference among sources, and what the vocabularies say of concepts.
#[derive(Debug)]
pub(crate) struct Resolver {
    /// Per source, its rank for every field (the smaller, the more preferred).
    ranks: HashMap<String, Vec<usize>>,
    target_roles: HashMap<String, TargetRole>,
    areas: HashMap<String, DiseaseArea>,
}

impl Resolver {
    /// The rules, sources and vocabularies of this dataset.
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let mut ranks: HashMap<String, Vec<usize>> = HashMap::new();
        for field in SourceField::ALL {
            let rule = dataset.rules.iter().find(|rule| rule.field == *field);
            let precedence = rule.map_or(&[][..], |rule| &rule.precedence);
            let mut sources: Vec<_> = dataset.sources.iter().collect();
            sources.sort_by_key(|source| {
                let kind = precedence.iter().position(|t| *t == source.source_type).unwrap_or(usize::MAX);
                (kind, std::cmp::Reverse(source.as_of), source.id.clone())
            });
            for (rank, source) in sources.into_iter().enumerate() {
                ranks.entry(source.id.clone()).or_default().push(rank);
            }
        }
        let role = |kind| if kind == TargetKind::Binder { TargetRole::Binder } else { TargetRole::Antigen };
        Self {
            ranks,
            target_roles: dataset.targets.iter().map(|t| (t.concept.id.clone(), role(t.kind))).collect(),
            areas: dataset.diseases.iter().map(|d| (d.concept.id.clone(), d.area)).collect(),
        }
    }

    /// The ranks of a source, by field.
    fn ranks(&self, source: &str) -> &[usize] {
        self.ranks.get(source).map_or(&[], Vec::as_slice)
    }
}

/// The trials that rows speak of, each row with its registry number; sorted by id.
pub(crate) fn trials(rows: Vec<(String, Row)>, resolver: &Resolver, normaliser: &mut Normaliser) -> Vec<Trial> {
    let mut groups: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for (id, row) in rows {
        groups.entry(id).or_default().push(row);
    }
    groups.into_iter().map(|(id, rows)| trial(id, rows, resolver, normaliser)).collect()
}

/// The trial that all these rows speak of.
pub(crate) fn trial(id: String, mut rows: Vec<Row>, resolver: &Resolver, normaliser: &mut Normaliser) -> Trial {
    rows.sort_by(|a, b| (&a.source, &a.table, a.number).cmp(&(&b.source, &b.table, b.number)));
    let cells: usize = rows.iter().map(|row| row.cells.len()).sum();
    let mut assertions = Vec::with_capacity(cells + cells / 2);
    for (row, line) in rows.iter().enumerate() {
        for (field, printed) in &line.cells {
            normaliser.cell(*field, printed).for_each(|part| {
                assertions.push(Assertion {
                    field: *field,
                    value: part.value,
                    printed: part.printed,
                    source: line.source.clone(),
                    row,
                    mapping: part.mapping,
                    qualifiers: part.qualifiers,
                    role: part.role,
                });
            });
        }
    }
    // A big dataset has millions of these: no room is left between them.
    assertions.shrink_to_fit();
    // Stable: row and place within the cell stay in order.
    let ranks: Vec<&[usize]> = rows.iter().map(|row| resolver.ranks(&row.source)).collect();
    let rank = |a: &Assertion| ranks[a.row].get(a.field as usize).copied().unwrap_or(usize::MAX);
    assertions.sort_by_key(|a| (a.field, rank(a)));
    let shown = Shown { assertions: &assertions };
    Trial {
        title: shown.value(SourceField::Title).map(str::to_owned),
        status: shown.value(SourceField::Status).and_then(TrialStatus::parse).unwrap_or(TrialStatus::Unknown),
        phases: shown
            .value(SourceField::Phase)
            .into_iter()
            .flat_map(|v| v.split('|'))
            .filter_map(Phase::parse)
            .collect(),
        start_date: shown.date(SourceField::StartDate),
        first_posted: shown.date(SourceField::FirstPosted),
        enrollment: shown.value(SourceField::Enrollment).and_then(|v| v.parse().ok()),
        sponsor: shown.sponsor(),
        countries: shown.countries(),
        area: shown.area(&resolver.areas),
        targets: shown.targets(&resolver.target_roles),
        diseases: shown.diseases(),
        drugs: shown.drugs(),
        regimen: shown.regimen(),
        conflicts: conflict::conflicts(&assertions),
        id,
        rows,
        assertions,
    }
}

/// What is shown of ordered assertions: the first that says something is the preferred one.
struct Shown<'a> {
    assertions: &'a [Assertion],
}

impl<'a> Shown<'a> {
    fn of(&self, field: SourceField) -> impl Iterator<Item = &'a Assertion> + use<'a> {
        let from = self.assertions.partition_point(|a| a.field < field);
        self.assertions[from..].iter().take_while(move |a| a.field == field)
    }

    fn mapped(&self, field: SourceField) -> impl Iterator<Item = &'a Assertion> + use<'a> {
        self.of(field).filter(|a| a.mapping != Mapping::Unmapped)
    }

    fn value(&self, field: SourceField) -> Option<&'a str> {
        self.mapped(field).next().map(|a| a.value.as_str())
    }

    fn date(&self, field: SourceField) -> Option<PartialDate> {
        self.value(field)?.parse().ok()
    }

    /// The preferred name; its class as the same source gives it, else as any other does.
    fn sponsor(&self) -> Option<Sponsor> {
        let name = self.mapped(SourceField::Sponsor).next()?;
        let classes = || self.mapped(SourceField::SponsorClass);
        let class = classes().find(|a| a.source == name.source).or_else(|| classes().next());
        let class = class.and_then(|a| AgencyClass::parse(&a.value)).unwrap_or(AgencyClass::Unknown);
        Some(Sponsor { name: name.value.clone(), class })
    }

    fn countries(&self) -> Vec<String> {
        let mut countries: Vec<String> = Vec::new();
        let first = self.mapped(SourceField::Country).next().map(|a| &a.source);
        for assertion in self.mapped(SourceField::Country).filter(|a| Some(&a.source) == first) {
            if !countries.contains(&assertion.value) {
                countries.push(assertion.value.clone());
            }
        }
        countries
    }

    /// Assertions that name a concept of this kind, with its id.
    fn entities(&self, field: SourceField, kind: NodeKind) -> impl Iterator<Item = (&'a Assertion, &'a str)> + use<'a> {
        self.of(field).filter_map(move |a| a.entity().filter(|(k, _)| *k == kind).map(|(_, id)| (a, id)))
    }

    fn area(&self, areas: &HashMap<String, DiseaseArea>) -> DiseaseArea {
        let first = self.entities(SourceField::Disease, NodeKind::Disease).next();
        first.and_then(|(_, id)| areas.get(id)).copied().unwrap_or(DiseaseArea::Other)
    }

    fn targets(&self, roles: &HashMap<String, TargetRole>) -> Vec<(String, TargetRole)> {
        let mut targets: Vec<(String, TargetRole)> = Vec::new();
        for (_, id) in self.entities(SourceField::Target, NodeKind::Target) {
            if !targets.iter().any(|(known, _)| known == id) {
                targets.push((id.to_owned(), roles.get(id).copied().unwrap_or(TargetRole::Antigen)));
            }
        }
        targets
    }

    fn diseases(&self) -> Vec<(String, Vec<DiseaseQualifier>)> {
        // Id, source that asserts it first, qualifiers by that source.
        let mut diseases: Vec<(&str, &str, Vec<DiseaseQualifier>)> = Vec::new();
        for (assertion, id) in self.entities(SourceField::Disease, NodeKind::Disease) {
            match diseases.iter_mut().find(|(known, _, _)| *known == id) {
                None => diseases.push((id, &assertion.source, assertion.qualifiers.clone())),
                Some((_, source, all)) if *source == assertion.source => all.extend(&assertion.qualifiers),
                Some(_) => {}
            }
        }
        diseases
            .into_iter()
            .map(|(id, _, mut qualifiers)| {
                qualifiers.sort_unstable();
                qualifiers.dedup();
                (id.to_owned(), qualifiers)
            })
            .collect()
    }

    fn drugs(&self) -> Vec<(String, DrugRole)> {
        let mut drugs: Vec<(String, DrugRole)> = Vec::new();
        for (assertion, id) in self.entities(SourceField::Regimen, NodeKind::Drug) {
            if !drugs.iter().any(|(known, _)| known == id) {
                drugs.push((id.to_owned(), assertion.role.unwrap_or(DrugRole::NotStated)));
            }
        }
        drugs
    }

    /// The drugs of the most preferred source that has a cell for them, whatever that cell says.
    fn regimen(&self) -> Option<Vec<(String, DrugRole)>> {
        let source = &self.of(SourceField::Regimen).next()?.source;
        let own: Vec<Assertion> = self.of(SourceField::Regimen).filter(|a| a.source == *source).cloned().collect();
        debug_assert!(own.iter().all(|a| a.value != NONE_REPORTED || a.role.is_none()));
        let mut drugs = Shown { assertions: &own }.drugs();
        drugs.sort();
        Some(drugs).filter(|drugs| !drugs.is_empty())
    }
}
