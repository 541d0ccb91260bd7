//! How many trials have each value of a dimension?
//!
//! Counts over a set of trials, for facets, cross-tables and counts as fields. Must not know: filters, labels.

use std::collections::HashMap;

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

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
            Self::Phase => each_bit(u32::from(t.phases[at]), each),
            Self::Country => t.countries.of(trial).iter().for_each(|c| each(c.0)),
            Self::Sponsor if t.sponsor[at] != NONE => each(t.sponsor[at]),
            Self::SponsorClass if t.sponsor[at] != NONE => each(t.sponsor_class[at] as u32),
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
                each_bit(bits, each);
            }
            Self::DrugRole => {
                let csr = graph.relation(Relation::TrialDrug);
                let bits = csr.links(trial).fold(0u32, |bits, link| bits | 1 << csr.fact(link));
                each_bit(bits, each);
            }
            Self::Target | Self::Disease | Self::Drug | Self::Regimen | Self::Source => {
                if let Some(relation) = self.relation() {
                    graph.relation(relation).targets(trial).iter().for_each(|n| each(*n));
                }
            }
        }
    }

    /// The bitmap of trials of every value, where the index keeps them.
    fn values(self, snapshot: &Snapshot) -> Option<Vec<(u32, &RoaringBitmap)>> {
        let p = &snapshot.index().postings;
        let numbered = match self {
            Self::Status => &p.status,
            Self::Phase => &p.phase,
            Self::Area => &p.area,
            Self::DrugRole => &p.drug_role,
            Self::SponsorClass => &p.sponsor_class,
            Self::StartYear => return Some(p.start_year.iter().map(|(year, with)| (u32::from(*year), with)).collect()),
            Self::Country => return Some(p.country.values().map(|(id, with)| (id.0, with)).collect()),
            Self::CellSource => {
                let known = p.text.get(&SourceField::CellSource);
                return known.map(|texts| texts.values().map(|(id, with)| (id.0, with)).collect());
            }
            _ => return None,
        };
        Some((0..).zip(numbered).collect())
    }

    /// All keys of the dimension, counted or not.
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

/// Calls `each` with the number of every bit that is set, ascending.
#[inline]
fn each_bit(mut bits: u32, mut each: impl FnMut(u32)) {
    while bits != 0 {
        each(bits.trailing_zeros());
        bits &= bits - 1;
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

/// Numbers kept by key: a plain array where keys are near zero, a map where they lie far apart.
struct ByKey {
    near: Vec<u32>,
    far: FxHashMap<u32, u32>,
}

impl ByKey {
    /// Keys up to here are kept in an array, whatever their number.
    const NEAR: usize = 4096;

    /// Room for these keys, each with the number `empty`.
    fn new(keys: &[u32], empty: u32) -> Self {
        let behind = behind(keys);
        let near = if behind <= Self::NEAR.max(keys.len() * 4) { behind } else { 0 };
        Self { near: vec![empty; near], far: FxHashMap::default() }
    }

    fn get(&self, key: u32) -> Option<u32> {
        self.near.get(key as usize).or_else(|| self.far.get(&key)).copied()
    }

    fn set(&mut self, key: u32, number: u32) {
        *self.place(key) = number;
    }

    #[inline]
    fn place(&mut self, key: u32) -> &mut u32 {
        match self.near.get_mut(key as usize) {
            Some(near) => near,
            None => self.far.entry(key).or_default(),
        }
    }
}

/// Counts the trials of a set by a dimension.
///
/// Complexity: linear in the trials of the set and their values; where bitmaps of the values are at hand and shorter, in
/// those.
#[must_use]
pub fn facet(snapshot: &Snapshot, trials: &RoaringBitmap, dimension: Dimension, empty: bool, limit: usize) -> Facet {
    let keys = dimension.keys(snapshot);
    let mut counts = ByKey::new(&keys, 0);
    let mut missing = 0;
    if let Some(values) = dimension.values(snapshot).filter(|values| by_bitmaps(trials, values.len())) {
        let mut with = RoaringBitmap::new();
        for (key, value) in &values {
            counts.set(*key, trials.intersection_len(value) as u32);
            with |= *value;
        }
        missing = (trials.len() - trials.intersection_len(&with)) as u32;
    } else {
        let graph = snapshot.graph();
        each_trial(snapshot, trials, |trial| {
            let mut any = false;
            dimension.each_key(graph, trial, |key| {
                any = true;
                *counts.place(key) += 1;
            });
            missing += u32::from(!any);
        });
    }
    ranked(dimension, &keys, &counts, missing, empty, limit)
}

/// The first number behind all keys.
fn behind(keys: &[u32]) -> usize {
    keys.iter().max().map_or(0, |most| *most as usize + 1)
}

/// A facet of counts: most trials first, then by key, cut to the limit.
fn ranked(dimension: Dimension, keys: &[u32], counts: &ByKey, missing: u32, empty: bool, limit: usize) -> Facet {
    let mut buckets: Vec<_> = keys
        .iter()
        .map(|key| Bucket { dimension, key: *key, count: counts.get(*key).unwrap_or(0) })
        .filter(|b| empty || b.count > 0)
        .collect();
    buckets.sort_unstable_by_key(|b| (std::cmp::Reverse(b.count), b.key));
    let rest = buckets.split_off(limit.min(buckets.len()));
    let other_count = rest.iter().map(|b| b.count).sum();
    Facet { dimension, buckets, missing, other_buckets: rest.len() as u32, other_count }
}

/// Whether a set is counted sooner by so many bitmaps than trial by trial.
fn by_bitmaps(trials: &RoaringBitmap, bitmaps: usize) -> bool {
    trials.len() >= 128 * bitmaps as u64
}

/// Calls `each` for every trial of a set, ascending.
fn each_trial(snapshot: &Snapshot, trials: &RoaringBitmap, each: impl FnMut(u32)) {
    let count = snapshot.graph().count(NodeKind::Trial);
    if trials.len() == u64::from(count) { (0..count).for_each(each) } else { trials.iter().for_each(each) }
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

/// Most cells of a cross-table.
pub const CELLS_CAP: usize = 20_000;

/// Most cells that are counted for all values before the limits choose among them.
const WHOLE: usize = 1 << 16;

/// Counts the trials of a set by two dimensions.
///
/// Complexity: linear in the trials and the pairs of their values, plus the cells. Dimensions with few values are
/// counted in one go.
#[must_use]
pub fn matrix(
    snapshot: &Snapshot,
    trials: &RoaringBitmap,
    rows: Dimension,
    columns: Dimension,
    empty: bool,
    limits: (usize, usize),
) -> Matrix {
    let (row_keys, column_keys) = (rows.keys(snapshot), columns.keys(snapshot));
    let (height, width) = (behind(&row_keys), behind(&column_keys));
    let (by_row, by_column, counts) = if height.saturating_mul(width) <= WHOLE {
        let (cells, totals) = whole(snapshot, trials, rows, columns, (height, width));
        let by_row = ranked(rows, &row_keys, &totals.0, 0, empty, limits.0);
        let by_column = ranked(columns, &column_keys, &totals.1, 0, empty, limits.1);
        let row = |r: &Bucket| &cells[r.key as usize * width..][..width];
        let counts = by_row.buckets.iter().flat_map(|r| by_column.buckets.iter().map(move |c| row(r)[c.key as usize]));
        let counts = counts.collect();
        (by_row, by_column, counts)
    } else {
        let by_row = facet(snapshot, trials, rows, empty, limits.0);
        let by_column = facet(snapshot, trials, columns, empty, limits.1);
        let counts = chosen(snapshot, trials, (&row_keys, &by_row), (&column_keys, &by_column));
        (by_row, by_column, counts)
    };
    Matrix {
        rows: by_row.buckets,
        columns: by_column.buckets,
        counts,
        total: trials.len() as u32,
        left_out: (by_row.other_buckets, by_column.other_buckets),
    }
}

/// Counts all cells of a table, by key, and the trials of every row and column, in one pass.
fn whole(
    snapshot: &Snapshot,
    trials: &RoaringBitmap,
    rows: Dimension,
    columns: Dimension,
    (height, width): (usize, usize),
) -> (Vec<u32>, (ByKey, ByKey)) {
    let graph = snapshot.graph();
    let mut cells = vec![0u32; height * width];
    let totals = |size| ByKey { near: vec![0; size], far: FxHashMap::default() };
    let (mut of_rows, mut of_columns) = (totals(height), totals(width));
    let mut keys = Vec::new();
    each_trial(snapshot, trials, |trial| {
        keys.clear();
        columns.each_key(graph, trial, |key| keys.push(key));
        for key in &keys {
            *of_columns.place(*key) += 1;
        }
        rows.each_key(graph, trial, |row| {
            *of_rows.place(row) += 1;
            let line = &mut cells[row as usize * width..][..width];
            for key in &keys {
                line[*key as usize] += 1;
            }
        });
    });
    (cells, (of_rows, of_columns))
}

/// Counts the cells of the rows and columns that were chosen.
fn chosen(
    snapshot: &Snapshot,
    trials: &RoaringBitmap,
    (row_keys, by_row): (&[u32], &Facet),
    (column_keys, by_column): (&[u32], &Facet),
) -> Vec<u32> {
    const NOWHERE: u32 = u32::MAX;
    let graph = snapshot.graph();
    let places = |keys: &[u32], facet: &Facet| {
        let mut places = ByKey::new(keys, NOWHERE);
        (0..).zip(&facet.buckets).for_each(|(at, bucket)| places.set(bucket.key, at));
        places
    };
    let (row_at, column_at) = (places(row_keys, by_row), places(column_keys, by_column));
    let width = by_column.buckets.len();
    let mut counts = vec![0; by_row.buckets.len() * width];
    let mut keys = Vec::new();
    let at = |places: &ByKey, key| places.get(key).filter(|at| *at != NOWHERE);
    each_trial(snapshot, trials, |trial| {
        keys.clear();
        by_column.dimension.each_key(graph, trial, |key| keys.extend(at(&column_at, key)));
        if keys.is_empty() {
            return;
        }
        by_row.dimension.each_key(graph, trial, |key| {
            if let Some(row) = at(&row_at, key) {
                let line = &mut counts[row as usize * width..][..width];
                keys.iter().for_each(|column| line[*column as usize] += 1);
            }
        });
    });
    counts
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
