//! How many trials have each value of a dimension?
//!
//! Counts over a set of trials, for facets, cross-tables and counts as fields. Must not know: filters, labels.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::domain::{AgencyClass, DiseaseArea, DrugRole, NodeKind, Phase, SourceField, TrialStatus};
use crate::graph::{Graph, NONE, Node, Relation};
use crate::snapshot::Snapshot;

/// What trials can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Status.
    Status,
    /// Phase; a phase 1/2 trial counts twice.
    Phase,
    /// Area of the trial.
    Area,
    /// Target.
    Target,
    /// Disease, as linked, without the hierarchy.
    Disease,
    /// Areas of the trial's diseases.
    DiseaseArea,
    /// Drug.
    Drug,
    /// Role of a drug.
    DrugRole,
    /// Regimen.
    Regimen,
    /// Source.
    Source,
    /// Country.
    Country,
    /// Sponsor.
    Sponsor,
    /// Class of the sponsor.
    SponsorClass,
    /// Year of start.
    StartYear,
    /// Where the product's cells come from.
    CellSource,
}

impl Dimension {
    /// Every dimension, in the order of the contract.
    pub const ALL: [Self; 15] = [
        Self::Status,
        Self::Phase,
        Self::Area,
        Self::Target,
        Self::Disease,
        Self::DiseaseArea,
        Self::Drug,
        Self::DrugRole,
        Self::Regimen,
        Self::Source,
        Self::Country,
        Self::Sponsor,
        Self::SponsorClass,
        Self::StartYear,
        Self::CellSource,
    ];

    /// The kind of node whose numbers are the keys of the dimension.
    #[must_use]
    pub const fn kind(self) -> Option<NodeKind> {
        match self {
            Self::Target => Some(NodeKind::Target),
            Self::Disease => Some(NodeKind::Disease),
            Self::Drug => Some(NodeKind::Drug),
            Self::Regimen => Some(NodeKind::Regimen),
            Self::Source => Some(NodeKind::Source),
            _ => None,
        }
    }

    const fn relation(self) -> Option<Relation> {
        match self {
            Self::Target => Some(Relation::TrialTarget),
            Self::Disease => Some(Relation::TrialDisease),
            Self::Drug => Some(Relation::TrialDrug),
            Self::Regimen => Some(Relation::TrialRegimen),
            Self::Source => Some(Relation::TrialSource),
            _ => None,
        }
    }

    /// Calls `each` with the key of every value that a trial has, each value once. A key is the number of an enum's
    /// value or of a node, the number of a country's text, of a sponsor, or a year.
    pub fn each_key(self, graph: &Graph, trial: u32, mut each: impl FnMut(u32)) {
        let (t, at) = (&graph.trials, trial as usize);
        match self {
            Self::Status => each(t.status[at] as u32),
            Self::Area => each(t.area[at] as u32),
            Self::Phase => (0..8).filter(|bit| t.phases[at] & 1 << bit != 0).for_each(each),
            Self::Country => t.countries.of(trial).iter().for_each(|c| each(c.0)),
            Self::Sponsor if t.sponsor[at] != NONE => each(t.sponsor[at]),
            Self::SponsorClass if t.sponsor[at] != NONE => each(t.sponsor_class[t.sponsor[at] as usize] as u32),
            Self::Sponsor | Self::SponsorClass => {}
            Self::CellSource => {
                let shown = graph.assertions.shown(trial, SourceField::CellSource);
                shown.into_iter().for_each(|at| each(graph.assertions.value[at].0));
            }
            Self::StartYear => {
                if let Some(date) = crate::domain::PartialDate::from_packed(t.start_date[at]) {
                    each(u32::from(date.year()));
                }
            }
            Self::DiseaseArea => {
                let areas = graph.relation(Relation::TrialDisease).targets(trial).iter();
                let bits = areas.fold(0u32, |bits, d| bits | 1 << graph.disease_area[*d as usize]);
                (0..8).filter(|bit| bits & 1 << bit != 0).for_each(each);
            }
            Self::DrugRole => {
                let csr = graph.relation(Relation::TrialDrug);
                let bits = csr.links(trial).fold(0u32, |bits, link| bits | 1 << csr.fact(link));
                (0..16).filter(|bit| bits & 1 << bit != 0).for_each(each);
            }
            Self::Target | Self::Disease | Self::Drug | Self::Regimen | Self::Source => {
                if let Some(relation) = self.relation() {
                    graph.relation(relation).targets(trial).iter().for_each(|n| each(*n));
                }
            }
        }
    }

    /// All keys of the dimension, counted or not, ascending.
    #[must_use]
    pub fn keys(self, snapshot: &Snapshot) -> Vec<u32> {
        let graph = snapshot.graph();
        let upto = |n: usize| (0..n as u32).collect();
        match self {
            Self::Status => upto(TrialStatus::ALL.len()),
            Self::Phase => upto(Phase::ALL.len()),
            Self::Area | Self::DiseaseArea => upto(DiseaseArea::ALL.len()),
            Self::DrugRole => upto(DrugRole::ALL.len()),
            Self::Country => snapshot.index().postings.country.values().map(|(id, _)| id.0).collect(),
            Self::Sponsor => upto(graph.trials.sponsor_name.len()),
            Self::SponsorClass => upto(AgencyClass::ALL.len()),
            Self::CellSource => {
                let known = snapshot.index().postings.text.get(&SourceField::CellSource);
                known.into_iter().flat_map(|by_text| by_text.values()).map(|(id, _)| id.0).collect()
            }
            Self::StartYear => snapshot.index().postings.start_year.keys().map(|y| u32::from(*y)).collect(),
            Self::Target | Self::Disease | Self::Drug | Self::Regimen | Self::Source => {
                self.kind().map(|kind| (0..graph.count(kind)).collect()).unwrap_or_default()
            }
        }
    }

    /// The text of a key, as clients see it: an enum's value, an API id, a country, a sponsor, a year.
    #[must_use]
    pub fn key_text(self, graph: &Graph, key: u32) -> String {
        let word = |text: Option<&'static str>| text.unwrap_or_default().to_owned();
        let small = key as u8;
        match self {
            Self::Status => word(TrialStatus::at(small).map(TrialStatus::text)),
            Self::Phase => word(Phase::at(small).map(Phase::text)),
            Self::Area | Self::DiseaseArea => word(DiseaseArea::at(small).map(DiseaseArea::text)),
            Self::DrugRole => word(DrugRole::at(small).map(DrugRole::text)),
            Self::Country | Self::CellSource => graph.strings.text(crate::graph::StrId(key)).into_owned(),
            Self::SponsorClass => word(AgencyClass::at(small).map(AgencyClass::text)),
            Self::Sponsor => graph.strings.text(graph.trials.sponsor_name[key as usize]).into_owned(),
            Self::StartYear => key.to_string(),
            Self::Target | Self::Disease | Self::Drug | Self::Regimen | Self::Source => {
                let node = self.kind().map(|kind| Node::new(kind, key));
                node.map(|n| graph.strings.text(graph.names(n.kind).id[n.ix as usize]).into_owned()).unwrap_or_default()
            }
        }
    }
}

/// A value of a dimension and how many trials have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// The dimension.
    pub dimension: Dimension,
    /// The key.
    pub key: u32,
    /// How many trials.
    pub count: u32,
}

/// The values of a dimension over a set of trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The dimension.
    pub dimension: Dimension,
    /// Most trials first, then by key; cut to the limit.
    pub buckets: Vec<Bucket>,
    /// Trials of the set that have no value.
    pub missing: u32,
    /// Values that the limit left out.
    pub other_buckets: u32,
    /// Sum of their counts.
    pub other_count: u32,
}

/// Counts the trials of a set by a dimension.
///
/// Complexity: linear in the trials of the set and their values.
#[must_use]
pub fn facet(snapshot: &Snapshot, trials: &RoaringBitmap, dimension: Dimension, empty: bool, limit: usize) -> Facet {
    let graph = snapshot.graph();
    let keys = dimension.keys(snapshot);
    let mut counts: HashMap<u32, u32> = HashMap::new();
    let mut missing = 0;
    // Small closed key spaces are counted in an array, the rest in a map.
    let dense = keys.len() == keys.last().map_or(0, |last| *last as usize + 1);
    let mut array = vec![0u32; if dense { keys.len() } else { 0 }];
    for trial in trials {
        let mut any = false;
        dimension.each_key(graph, trial, |key| {
            any = true;
            match array.get_mut(key as usize) {
                Some(count) => *count += 1,
                None => *counts.entry(key).or_default() += 1,
            }
        });
        missing += u32::from(!any);
    }
    let count_of = |key: u32| array.get(key as usize).copied().or_else(|| counts.get(&key).copied()).unwrap_or(0);
    let mut buckets: Vec<_> = keys
        .into_iter()
        .map(|key| Bucket { dimension, key, count: count_of(key) })
        .filter(|b| empty || b.count > 0)
        .collect();
    buckets.sort_by_key(|b| (std::cmp::Reverse(b.count), b.key));
    let rest = buckets.split_off(limit.min(buckets.len()));
    let other_count = rest.iter().map(|b| b.count).sum();
    Facet { dimension, buckets, missing, other_buckets: rest.len() as u32, other_count }
}

/// A cross-table of a set of trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Values of the rows, most trials first, then by key.
    pub rows: Vec<Bucket>,
    /// Values of the columns, likewise.
    pub columns: Vec<Bucket>,
    /// Counts, row after row.
    pub counts: Vec<u32>,
    /// Trials of the set.
    pub total: u32,
    /// Rows and columns that the limits left out.
    pub left_out: (u32, u32),
}

/// Counts the trials of a set by two dimensions.
///
/// Complexity: linear in the trials and the pairs of their values, plus the cells.
#[must_use]
pub fn matrix(
    snapshot: &Snapshot,
    trials: &RoaringBitmap,
    rows: Dimension,
    columns: Dimension,
    empty: bool,
    limits: (usize, usize),
) -> Matrix {
    let graph = snapshot.graph();
    let (by_row, by_column) =
        (facet(snapshot, trials, rows, empty, limits.0), facet(snapshot, trials, columns, empty, limits.1));
    let place =
        |buckets: &[Bucket]| -> HashMap<u32, usize> { buckets.iter().enumerate().map(|(at, b)| (b.key, at)).collect() };
    let (row_at, column_at) = (place(&by_row.buckets), place(&by_column.buckets));
    let mut counts = vec![0; by_row.buckets.len() * by_column.buckets.len()];
    let mut keys = Vec::new();
    for trial in trials {
        keys.clear();
        columns.each_key(graph, trial, |key| keys.extend(column_at.get(&key)));
        rows.each_key(graph, trial, |key| {
            if let Some(row) = row_at.get(&key) {
                for column in &keys {
                    counts[row * by_column.buckets.len() + column] += 1;
                }
            }
        });
    }
    Matrix {
        rows: by_row.buckets,
        columns: by_column.buckets,
        counts,
        total: trials.len() as u32,
        left_out: (by_row.other_buckets, by_column.other_buckets),
    }
}

/// The trials of a set that have a value.
#[must_use]
pub fn having(snapshot: &Snapshot, trials: &RoaringBitmap, bucket: Bucket) -> RoaringBitmap {
    let graph = snapshot.graph();
    let postings = &snapshot.index().postings;
    let at = bucket.key as usize;
    let with = match bucket.dimension {
        Dimension::Status => postings.status.get(at),
        Dimension::Phase => postings.phase.get(at),
        Dimension::Area => postings.area.get(at),
        Dimension::DrugRole => postings.drug_role.get(at),
        Dimension::Sponsor => postings.sponsor.get(at),
        Dimension::SponsorClass => postings.sponsor_class.get(at),
        Dimension::StartYear => u16::try_from(bucket.key).ok().and_then(|y| postings.start_year.get(&y)),
        _ => None,
    };
    if let Some(with) = with {
        return trials & with;
    }
    if let Some(relation) = bucket.dimension.relation() {
        let with: RoaringBitmap = graph.relation(relation).sources(bucket.key).iter().copied().collect();
        return trials & with;
    }
    let has = |trial: &u32| {
        let mut found = false;
        bucket.dimension.each_key(graph, *trial, |key| found |= key == bucket.key);
        found
    };
    trials.iter().filter(has).collect()
}

/// A target that is not tried in a disease, though it is in a sibling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhiteSpace {
    /// The target.
    pub target: u32,
    /// The siblings in which it is tried and in how many trials, most first, then by id.
    pub tried_in: Vec<(u32, u32)>,
}

/// Targets not tried in a disease or one below it, though tried in a sibling (a disease with a parent in common) or one
/// below that. Most trials first, then by id.
#[must_use]
pub fn white_space(graph: &Graph, disease: u32) -> Vec<WhiteSpace> {
    let is_a = graph.relation(Relation::DiseaseDisease);
    let has = graph.relation(Relation::TrialTarget);
    let trials = |d: u32| super::trials_of_disease(graph, d, super::Expand::Descendants);
    let own: std::collections::HashSet<u32> = trials(disease).iter().flat_map(|t| has.targets(*t)).copied().collect();
    let below = super::disease_scope(graph, disease, super::Expand::Descendants);
    let mut siblings: Vec<u32> =
        is_a.targets(disease).iter().flat_map(|p| is_a.sources(*p)).copied().filter(|d| !below.contains(d)).collect();
    siblings.sort_unstable();
    siblings.dedup();
    let mut found: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
    for sibling in siblings {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for trial in trials(sibling) {
            for target in has.targets(trial).iter().filter(|t| !own.contains(t)) {
                *counts.entry(*target).or_default() += 1;
            }
        }
        for (target, count) in counts {
            found.entry(target).or_default().push((sibling, count));
        }
    }
    let mut found: Vec<_> = found
        .into_iter()
        .map(|(target, mut tried_in)| {
            tried_in.sort_by_key(|(d, n)| (std::cmp::Reverse(*n), *d));
            WhiteSpace { target, tried_in }
        })
        .collect();
    let sum = |w: &WhiteSpace| w.tried_in.iter().map(|(_, n)| n).sum::<u32>();
    found.sort_by_key(|w| (std::cmp::Reverse(sum(w)), w.target));
    found
}
