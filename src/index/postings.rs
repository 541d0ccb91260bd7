//! Which trials have this value?
//!
//! One bitmap of trials per value of each closed or printed dimension, sorted columns for ranges, and counts of links.
//! Must not know: filters, requests.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use roaring::RoaringBitmap;

use crate::domain::{AgencyClass, DiseaseArea, DrugRole, NodeKind, Phase, SourceField, TrialStatus};
use crate::graph::{Graph, NONE, Relation, StrId};

/// Numbers of a column with the trials that have them, sorted, for ranges.
#[derive(Debug, Default)]
pub struct Sorted {
    values: Vec<u32>,
    trials: Vec<u32>,
}

impl Sorted {
    fn new(mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        Self { values: pairs.iter().map(|p| p.0).collect(), trials: pairs.iter().map(|p| p.1).collect() }
    }

    /// Where the values of a range lie.
    fn places(&self, range: &Range<u32>) -> Range<usize> {
        let start = self.values.partition_point(|v| *v < range.start);
        start..self.values.partition_point(|v| *v < range.end).max(start)
    }

    /// How many trials have values within these ranges, those in several counted as often.
    ///
    /// Complexity: logarithmic in the column.
    #[must_use]
    pub fn len_within(&self, ranges: &[Range<u32>]) -> u64 {
        ranges.iter().map(|range| self.places(range).len() as u64).sum()
    }

    /// Trials whose value lies within `low..high`.
    ///
    /// Complexity: logarithmic in the column, linear in what is found and in the blocks of 64 trials up to its last.
    #[must_use]
    pub fn range(&self, low: u32, high: u32) -> RoaringBitmap {
        set_of(&self.trials[self.places(&(low..high))])
    }

    /// Trials that have a value.
    #[must_use]
    pub fn all(&self) -> RoaringBitmap {
        set_of(&self.trials)
    }
}

/// A set of numbers in any order, perhaps with repeats: put in one by one, a bitmap would be moved about for each.
///
/// Complexity: linear in the numbers, and in the largest of them in bytes; n log n in a few.
#[must_use]
pub fn set_of(numbers: &[u32]) -> RoaringBitmap {
    if numbers.len() < FEW {
        let mut sorted = numbers.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        return RoaringBitmap::from_sorted_iter(sorted).unwrap_or_default();
    }
    let mut bytes = vec![0u8; numbers.iter().max().map_or(0, |most| *most as usize / 8 + 1)];
    for number in numbers {
        bytes[*number as usize / 8] |= 1 << (number % 8);
    }
    RoaringBitmap::from_lsb0_bytes(0, &bytes)
}

/// The numbers of a set, ascending.
///
/// Complexity: linear in the numbers.
#[must_use]
pub fn list_of(set: &RoaringBitmap) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(set.len() as usize);
    // What the set calls is quicker than asking it for the next: it knows in what form each block is.
    set.iter().for_each(|number| numbers.push(number));
    numbers
}

/// So many numbers are sorted.
const FEW: usize = 2048;

/// Trials by a text, in the order of the texts.
pub type ByText = BTreeMap<String, (StrId, RoaringBitmap)>;

/// Fields of one shown text that few sources have.
pub const TEXT_FIELDS: [SourceField; 4] =
    [SourceField::Product, SourceField::CellSource, SourceField::TargetLogic, SourceField::WhyStopped];

/// Bitmaps of trials by value.
#[derive(Debug, Default)]
pub struct Postings {
    /// All trials.
    pub all: RoaringBitmap,
    /// By status, in the order of its list.
    pub status: Vec<RoaringBitmap>,
    /// By phase; a phase 1/2 trial is in two.
    pub phase: Vec<RoaringBitmap>,
    /// Trials without a phase.
    pub no_phase: RoaringBitmap,
    /// By area.
    pub area: Vec<RoaringBitmap>,
    /// By role of a drug, in the order of the list of roles.
    pub drug_role: Vec<RoaringBitmap>,
    /// By country, in the order of names.
    pub country: ByText,
    /// By the shown text of each field of [`TEXT_FIELDS`].
    pub text: BTreeMap<SourceField, ByText>,
    /// By sponsor number.
    pub sponsor: Vec<RoaringBitmap>,
    /// By class of the sponsor, in the order of the list of classes.
    pub sponsor_class: Vec<RoaringBitmap>,
    /// By year of start.
    pub start_year: BTreeMap<u16, RoaringBitmap>,
    /// Enrolment.
    pub enrollment: Sorted,
    /// Trials with a conflict.
    pub conflict: RoaringBitmap,
    /// Trials with a reference behind them.
    pub reference: RoaringBitmap,
    /// Trials that use a regimen.
    pub regimen: RoaringBitmap,
    /// By relation, by number of links: trials with so many targets, diseases, drugs.
    pub degree: HashMap<Relation, BTreeMap<u32, RoaringBitmap>>,
    /// By disease: how many trials study it or one below it.
    pub disease_trials: Vec<u32>,
}

impl Postings {
    pub(super) fn build(graph: &Graph) -> Self {
        let count = graph.trials.status.len() as u32;
        let links = || (Self::of_links(graph, count), disease_trials(graph));
        let (columns, (links, disease_trials)) = rayon::join(|| Self::of_columns(graph, count), links);
        let Self { drug_role, reference, regimen, degree, .. } = links;
        Self { drug_role, reference, regimen, degree, disease_trials, ..columns }
    }

    /// What the columns of trials say.
    fn of_columns(graph: &Graph, count: u32) -> Self {
        let columns = &graph.trials;
        let mut p = Self { all: (0..count).collect(), ..Self::default() };
        p.status = vec![RoaringBitmap::new(); TrialStatus::ALL.len()];
        p.phase = vec![RoaringBitmap::new(); Phase::ALL.len()];
        p.area = vec![RoaringBitmap::new(); DiseaseArea::ALL.len()];
        p.sponsor_class = vec![RoaringBitmap::new(); AgencyClass::ALL.len()];
        p.sponsor = vec![RoaringBitmap::new(); columns.sponsor_name.len()];
        let mut sizes = Vec::new();
        let mut texts: HashMap<(SourceField, StrId), RoaringBitmap> = HashMap::new();
        for trial in 0..count {
            let at = trial as usize;
            p.status[columns.status[at] as usize].insert(trial);
            p.area[columns.area[at] as usize].insert(trial);
            for phase in Phase::ALL.iter().filter(|ph| columns.phases[at] & 1 << **ph as u8 != 0) {
                p.phase[*phase as usize].insert(trial);
            }
            if columns.phases[at] == 0 {
                p.no_phase.insert(trial);
            }
            if let Some(date) = crate::domain::PartialDate::from_packed(columns.start_date[at]) {
                p.start_year.entry(date.year()).or_default().insert(trial);
            }
            if columns.enrollment[at] != NONE {
                sizes.push((columns.enrollment[at], trial));
            }
            if columns.sponsor[at] != NONE {
                let sponsor = columns.sponsor[at] as usize;
                p.sponsor[sponsor].insert(trial);
                p.sponsor_class[columns.sponsor_class[at] as usize].insert(trial);
            }
            for country in columns.countries.of(trial) {
                texts.entry((SourceField::Country, *country)).or_default().insert(trial);
            }
            for field in TEXT_FIELDS {
                if let Some(shown) = graph.assertions.shown(trial, field) {
                    texts.entry((field, graph.assertions.value[shown])).or_default().insert(trial);
                }
            }
            if !graph.conflicts.field.of(trial).is_empty() {
                p.conflict.insert(trial);
            }
        }
        for ((field, id), trials) in texts {
            let by_text = if field == SourceField::Country { &mut p.country } else { p.text.entry(field).or_default() };
            by_text.insert(graph.strings.text(id).into_owned(), (id, trials));
        }
        p.enrollment = Sorted::new(sizes);
        p
    }

    /// What the links of trials say.
    fn of_links(graph: &Graph, count: u32) -> Self {
        let mut p = Self { drug_role: vec![RoaringBitmap::new(); DrugRole::ALL.len()], ..Self::default() };
        for relation in [Relation::TrialTarget, Relation::TrialDisease, Relation::TrialDrug] {
            let csr = graph.relation(relation);
            let by_degree = p.degree.entry(relation).or_default();
            for trial in 0..count {
                by_degree.entry(csr.targets(trial).len() as u32).or_default().insert(trial);
            }
        }
        let drugs = graph.relation(Relation::TrialDrug);
        for trial in 0..count {
            for link in drugs.links(trial) {
                if let Some(trials) = p.drug_role.get_mut(drugs.fact(link) as usize) {
                    trials.insert(trial);
                }
            }
            if !graph.relation(Relation::TrialRegimen).targets(trial).is_empty() {
                p.regimen.insert(trial);
            }
            if !graph.relation(Relation::TrialReference).targets(trial).is_empty() {
                p.reference.insert(trial);
            }
        }
        let (mentions, cites) =
            (graph.relation(Relation::StatementTrial), graph.relation(Relation::StatementReference));
        for statement in 0..graph.statements.section.len() as u32 {
            if !cites.targets(statement).is_empty() {
                p.reference.extend(mentions.targets(statement).iter().copied());
            }
        }
        p
    }
}

/// How many trials study each disease or one below it.
///
/// Complexity: linear in the diseases below each disease and their links.
fn disease_trials(graph: &Graph) -> Vec<u32> {
    let (is_a, studies) = (graph.relation(Relation::DiseaseDisease), graph.relation(Relation::TrialDisease));
    let diseases = graph.count(NodeKind::Disease);
    // The last disease for which a disease or a trial was met.
    let mut met = vec![NONE; diseases as usize];
    let mut counted = vec![NONE; graph.trials.status.len()];
    let mut below = Vec::new();
    let count = |root: u32| {
        let mut count = 0;
        below.push(root);
        met[root as usize] = root;
        while let Some(disease) = below.pop() {
            for trial in studies.sources(disease) {
                count += u32::from(std::mem::replace(&mut counted[*trial as usize], root) != root);
            }
            let new = is_a.sources(disease).iter().copied();
            below.extend(new.filter(|d| std::mem::replace(&mut met[*d as usize], root) != root));
        }
        count
    };
    (0..diseases).map(count).collect()
}
