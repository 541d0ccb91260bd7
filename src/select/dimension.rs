//! By what can trials be counted?
//!
//! The dimensions, the keys that a trial has in each, and how a key reads. Must not know: filters, labels, counts.

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
    /// Phases taken together; a phase 1/2 trial has a value of its own. A key is the set, as bits.
    Phases,
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
    pub const ALL: [Self; 16] = [
        Self::Status,
        Self::Phase,
        Self::Phases,
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

    pub(super) const fn relation(self) -> Option<Relation> {
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
    #[inline]
    pub fn each_key(self, graph: &Graph, trial: u32, mut each: impl FnMut(u32)) {
        let (t, at) = (&graph.trials, trial as usize);
        match self {
            Self::Status => each(t.status[at] as u32),
            Self::Area => each(t.area[at] as u32),
            Self::Phase => each_bit(u32::from(t.phases[at]), each),
            Self::Phases if t.phases[at] != 0 => each(u32::from(t.phases[at])),
            Self::Phases => {}
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

    /// Calls `each` for every trial with the key of its value, for dimensions of which no trial has more than one.
    #[inline]
    pub(super) fn each_single(self, graph: &Graph, trials: &[u32], mut each: impl FnMut(Option<u32>)) {
        let t = &graph.trials;
        match self {
            Self::Status => trials.iter().for_each(|trial| each(Some(t.status[*trial as usize] as u32))),
            Self::Area => trials.iter().for_each(|trial| each(Some(t.area[*trial as usize] as u32))),
            Self::Phases => trials.iter().for_each(|trial| {
                let phases = t.phases[*trial as usize];
                each((phases != 0).then_some(u32::from(phases)));
            }),
            Self::StartYear => trials.iter().for_each(|trial| {
                let year = t.start_date[*trial as usize] >> 9;
                each((year != 0).then_some(year));
            }),
            _ => trials.iter().for_each(|trial| {
                let mut value = None;
                self.each_key(graph, *trial, |key| value = Some(key));
                each(value);
            }),
        }
    }

    /// The bitmap of trials of every value, where the index keeps them.
    pub(super) fn values(self, snapshot: &Snapshot) -> Option<Vec<(u32, &RoaringBitmap)>> {
        let p = &snapshot.index().postings;
        let numbered = match self {
            Self::Status => &p.status,
            Self::Phase => &p.phase,
            Self::Area => &p.area,
            Self::DiseaseArea => &snapshot.index().disease_area,
            Self::DrugRole => &p.drug_role,
            Self::SponsorClass => &p.sponsor_class,
            Self::Sponsor => &p.sponsor,
            Self::Phases => {
                let sets = snapshot.index().phases.iter().filter(|(bits, _)| **bits != 0);
                return Some(sets.map(|(bits, with)| (u32::from(*bits), with)).collect());
            }
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

    /// The bitmap of trials of one value, where the index keeps it.
    pub(super) fn value(self, snapshot: &Snapshot, key: u32) -> Option<&RoaringBitmap> {
        let p = &snapshot.index().postings;
        match self {
            Self::Status => p.status.get(key as usize),
            Self::Phase => p.phase.get(key as usize),
            Self::Phases => snapshot.index().phases.get(&u8::try_from(key).ok()?),
            Self::Area => p.area.get(key as usize),
            Self::DiseaseArea => snapshot.index().disease_area.get(key as usize),
            Self::DrugRole => p.drug_role.get(key as usize),
            Self::Sponsor => p.sponsor.get(key as usize),
            Self::SponsorClass => p.sponsor_class.get(key as usize),
            Self::StartYear => p.start_year.get(&u16::try_from(key).ok()?),
            _ => None,
        }
    }

    /// Whether no trial has more than one value.
    pub(super) const fn is_single(self) -> bool {
        matches!(
            self,
            Self::Status
                | Self::Phases
                | Self::Area
                | Self::Sponsor
                | Self::SponsorClass
                | Self::StartYear
                | Self::CellSource
        )
    }

    /// About what it takes to count one trial by its values, where one value of a column is 1.
    pub(super) const fn looks(self) -> u64 {
        match self {
            Self::Status | Self::Area | Self::Phases | Self::StartYear | Self::Sponsor | Self::SponsorClass => 1,
            Self::Phase | Self::Target | Self::Disease | Self::Drug | Self::Regimen | Self::Source => 4,
            Self::DiseaseArea | Self::DrugRole | Self::Country | Self::CellSource => 10,
        }
    }

    /// A number behind all keys; as large as can be where keys are numbers of texts.
    pub(super) fn behind(self, snapshot: &Snapshot) -> usize {
        let graph = snapshot.graph();
        match self {
            Self::Status => TrialStatus::ALL.len(),
            Self::Phase => Phase::ALL.len(),
            Self::Phases => 1 << Phase::ALL.len(),
            Self::Area | Self::DiseaseArea => DiseaseArea::ALL.len(),
            Self::DrugRole => DrugRole::ALL.len(),
            Self::SponsorClass => AgencyClass::ALL.len(),
            Self::Sponsor => graph.trials.sponsor_name.len(),
            Self::StartYear => snapshot.index().postings.start_year.keys().last().map_or(0, |y| usize::from(*y) + 1),
            Self::Country | Self::CellSource => usize::MAX,
            Self::Target | Self::Disease | Self::Drug | Self::Regimen | Self::Source => {
                self.kind().map_or(0, |kind| graph.count(kind) as usize)
            }
        }
    }

    /// All keys of the dimension, counted or not.
    #[must_use]
    pub fn keys(self, snapshot: &Snapshot) -> Vec<u32> {
        let graph = snapshot.graph();
        let upto = |n: usize| (0..n as u32).collect();
        match self {
            Self::Status => upto(TrialStatus::ALL.len()),
            Self::Phase => upto(Phase::ALL.len()),
            Self::Phases => snapshot.index().phases.keys().filter(|bits| **bits != 0).map(|b| u32::from(*b)).collect(),
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
            Self::Phases => phases_of(key).map(Phase::text).collect::<Vec<_>>().join("|"),
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

/// The phases of a set of phases.
pub fn phases_of(bits: u32) -> impl Iterator<Item = Phase> {
    Phase::ALL.iter().copied().filter(move |phase| bits & 1 << *phase as u8 != 0)
}

/// Calls `each` with the number of every bit that is set, ascending.
#[inline]
fn each_bit(mut bits: u32, mut each: impl FnMut(u32)) {
    while bits != 0 {
        each(bits.trailing_zeros());
        bits &= bits - 1;
    }
}
