//! Which nodes carry this id, word or facet?
//!
//! Must not know: requests, pages, GraphQL. Built once from the graph, read by many. Names and words are indexed when
//! they are first asked for, or by [`Index::warm`]: a release goes live without waiting for them.

mod below;
mod by_start;
mod calendar;
mod heads;
mod ids;
mod linked;
mod names;
mod postings;
mod text;
mod title;
mod unmapped;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;

pub use below::Below;
pub use by_start::{ByStart, Starts};
pub use calendar::Calendar;
pub use heads::{Head, HeadLinks, Heads, Title};
pub use ids::{Found, Ids, Malformed};
pub use linked::{Linked, Stage};
pub use names::{NameHit, NameTable};
pub use postings::{ByText, Postings, Sorted, TEXT_FIELDS, list_of, set_of};
pub use text::fold::compact;
pub use text::token::plain;
pub use text::{Broken, Hit, Need, SEARCHED, TextIndex, Words, highlight};
pub use title::{TitleWords, whole_words};
pub use unmapped::UnmappedText;

use crate::domain::DiseaseArea;
use crate::graph::{Column, Graph, Relation};

/// The look-up tables of one release.
#[derive(Debug)]
pub struct Index {
    /// Every id by which a node is known.
    pub ids: Ids,
    /// Trials by value.
    pub postings: Postings,
    /// Trials by start.
    pub calendar: Calendar,
    /// What lists show of trials.
    pub heads: Heads,
    /// Trials that link to nodes.
    pub linked: Linked,
    /// By set of phases, as bits: trials with exactly these.
    pub phases: BTreeMap<u8, RoaringBitmap>,
    /// By area of a disease: trials that study one of it.
    pub disease_area: Vec<RoaringBitmap>,
    below: OnceLock<Below>,
    by_start: OnceLock<ByStart>,
    titles: OnceLock<TitleWords>,
    names: OnceLock<NameTable>,
    text: OnceLock<Result<TextIndex, Broken>>,
    unmapped: OnceLock<Vec<UnmappedText>>,
}

impl Index {
    /// Builds the look-up tables of a graph.
    ///
    /// Complexity: linear in identifiers.
    #[must_use]
    pub fn build(graph: &Arc<Graph>) -> Self {
        Self::of(graph, || Ids::build(graph))
    }

    /// As [`Index::build`], with the tables of ids that [`Ids::tables`] gave.
    ///
    /// Complexity: linear in trials.
    #[must_use]
    pub fn with_ids(graph: &Arc<Graph>, tables: [Column<u64>; 8]) -> Self {
        Self::of(graph, || Ids::from_tables(graph, tables))
    }

    fn of(graph: &Graph, ids: impl FnOnce() -> Ids + Send) -> Self {
        let dates = || {
            let mut phases: BTreeMap<u8, RoaringBitmap> = BTreeMap::new();
            for (trial, bits) in (0..).zip(&graph.trials.phases) {
                phases.entry(*bits).or_default().insert(trial);
            }
            (Calendar::new(&graph.trials.start_date), disease_areas(graph), phases)
        };
        let trials = || rayon::join(|| Postings::build(graph), dates);
        let (ids, (postings, (calendar, disease_area, phases))) = rayon::join(ids, trials);
        let (heads, linked) = rayon::join(|| Heads::build(graph), || Linked::build(graph));
        Self {
            ids,
            postings,
            calendar,
            heads,
            linked,
            phases,
            disease_area,
            below: OnceLock::new(),
            by_start: OnceLock::new(),
            titles: OnceLock::new(),
            names: OnceLock::new(),
            text: OnceLock::new(),
            unmapped: OnceLock::new(),
        }
    }

    /// Bytes of the bitmaps, as they would lie in a file.
    ///
    /// Complexity: linear in the values.
    #[must_use]
    pub fn bitmap_bytes(&self) -> usize {
        let p = &self.postings;
        let lists = [&p.status, &p.phase, &p.area, &p.drug_role, &p.sponsor, &p.sponsor_class];
        let texts = p.text.values().chain([&p.country]).flat_map(|by_text| by_text.values().map(|(_, trials)| trials));
        let bitmaps = lists.into_iter().flatten().chain(texts).chain(p.start_year.values());
        let degrees = p.degree.values().flat_map(|by_degree| by_degree.values());
        let more = self.phases.values().chain(&self.disease_area).chain(self.calendar.bitmaps());
        bitmaps.chain(degrees).chain(more).map(roaring::RoaringBitmap::serialized_size).sum()
    }

    /// Every name by which a node is known. Built at the first call; `graph` is the one the index was built from.
    ///
    /// Complexity: n log n in the names at the first call, then constant.
    pub fn names(&self, graph: &Graph) -> &NameTable {
        self.names.get_or_init(|| NameTable::build(graph))
    }

    /// Trials at and below diseases that have many. Built at the first call; `graph` is the one the index was built from.
    ///
    /// Complexity: linear in the links below these diseases at the first call, then constant.
    pub fn below(&self, graph: &Graph) -> &Below {
        self.below.get_or_init(|| Below::build(graph, &self.postings.disease_trials))
    }

    /// Trials by status and phases, in the order of start. Built at the first call; `graph` is the one the index was built
    /// from.
    ///
    /// Complexity: linear in the trials at the first call, then constant.
    pub fn by_start(&self, graph: &Graph) -> &ByStart {
        self.by_start.get_or_init(|| ByStart::build(graph, &self.calendar))
    }

    /// Trials by the words of their titles. Built at the first call; `graph` is the one the index was built from.
    ///
    /// Complexity: linear in the titles at the first call, then constant.
    pub fn titles(&self, graph: &Graph) -> &TitleWords {
        self.titles.get_or_init(|| TitleWords::build(graph))
    }

    /// The full-text index. Built at the first call, which others wait for; `graph` is the one the index was built
    /// from.
    ///
    /// # Errors
    /// Where it could not be built.
    ///
    /// Complexity: linear in the texts at the first call, then constant.
    pub fn text(&self, graph: &Graph) -> Result<&TextIndex, &Broken> {
        self.text.get_or_init(|| TextIndex::build(graph)).as_ref()
    }

    /// All printed text that does not map, by source, field and text. Collected at the first call; `graph` is the one
    /// the index was built from.
    ///
    /// Complexity: linear in the assertions and statements at the first call, then constant.
    pub fn unmapped(&self, graph: &Graph) -> &[UnmappedText] {
        self.unmapped.get_or_init(|| unmapped::texts(graph))
    }

    /// Builds what is built at first use, so that no request waits for it. Meant for a thread of its own once a
    /// release is live.
    pub fn warm(&self, graph: &Graph) {
        self.below(graph);
        self.by_start(graph);
        self.titles(graph);
        self.names(graph);
        self.unmapped(graph);
        // A fault is told to whoever searches.
        let _ = self.text(graph);
    }
}

/// For each area of diseases, the trials that study one of it.
fn disease_areas(graph: &Graph) -> Vec<RoaringBitmap> {
    let studies = graph.relation(Relation::TrialDisease);
    let mut areas = vec![RoaringBitmap::new(); DiseaseArea::ALL.len()];
    for trial in 0..graph.trials.status.len() as u32 {
        let diseases = studies.targets(trial).iter();
        let bits = diseases.fold(0u8, |bits, disease| bits | 1 << graph.disease_area[*disease as usize]);
        areas
            .iter_mut()
            .enumerate()
            .filter(|(area, _)| bits & 1 << area != 0)
            .for_each(|(_, with)| _ = with.insert(trial));
    }
    areas
}
