//! What do lists of trials show of one, side by side?
//!
//! A column lies near itself: fine for whoever reads many trials of it, dear for whoever reads many columns of one trial,
//! as each is waited for. A head has the values, the place of the title and where the links begin in half a line of the
//! processor's memory. All of it is read off the columns; they stay what is true. Must not know: requests, how a value is
//! written.

use std::ops::Range;

use rayon::prelude::*;

use crate::domain::{NodeKind, TrialStatus};
use crate::graph::{Graph, NONE, Relation, Strings, ahead};

/// The relations whose links a head knows, in this order.
const LINKED: [Relation; 3] = [Relation::TrialTarget, Relation::TrialDisease, Relation::TrialDrug];

/// Stands for a title that is longer than is told here.
const LONG: u16 = u16::MAX;

/// What lists show of a trial.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(32))]
pub struct Head {
    /// Shown start date, packed; 0 for none.
    pub start_date: u32,
    /// Shown enrolment; [`NONE`] for none.
    pub enrollment: u32,
    nct: u32,
    title: u32,
    links: [u32; LINKED.len()],
    title_bytes: u16,
    /// Shown status.
    pub status: TrialStatus,
    /// Shown phases, as bits.
    pub phases: u8,
}

/// The head of each trial, and one behind the last.
#[derive(Debug)]
pub struct Heads(Vec<Head>);

/// The title of a trial, as far as its head knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Title {
    /// No source gives one.
    None,
    /// It begins at this byte among the texts, as JSON, and has so many.
    At(u32, u16),
    /// Its column knows.
    Long,
}

/// Links of one relation, as heads know them.
#[derive(Debug, Clone, Copy)]
pub struct HeadLinks<'a> {
    heads: &'a Heads,
    which: usize,
    ends: &'a [u32],
}

impl Heads {
    /// Reads the heads off a graph.
    ///
    /// Complexity: linear in the trials, on all cores.
    #[must_use]
    pub(super) fn build(graph: &Graph) -> Self {
        let links = LINKED.map(|relation| graph.relation(relation));
        let t = &graph.trials;
        let head = |at: usize| {
            let (title, title_bytes) = t.title[at].some().map_or((NONE, 0), |id| {
                let place = graph.strings.place(id);
                (place.start as u32, u16::try_from(place.len()).unwrap_or(LONG))
            });
            Head {
                start_date: t.start_date[at],
                enrollment: t.enrollment[at],
                nct: nct(graph.strings.json(t.registry_id[at])).unwrap_or(NONE),
                title,
                links: links.map(|csr| csr.links(at as u32).start),
                title_bytes,
                status: t.status[at],
                phases: t.phases[at],
            }
        };
        let count = graph.count(NodeKind::Trial) as usize;
        let mut heads: Vec<Head> = Vec::with_capacity(count + 1);
        (0..count).into_par_iter().map(head).collect_into_vec(&mut heads);
        heads.push(Head {
            start_date: 0,
            enrollment: NONE,
            nct: NONE,
            title: NONE,
            links: links.map(|csr| csr.len() as u32),
            title_bytes: 0,
            status: TrialStatus::Unknown,
            phases: 0,
        });
        Self(heads)
    }

    /// That of a trial.
    ///
    /// Complexity: constant.
    #[must_use]
    #[inline]
    pub fn of(&self, trial: u32) -> &Head {
        &self.0[trial as usize]
    }

    /// Says that the head of a trial is read soon, and where its links end.
    #[inline]
    pub fn ahead(&self, trial: u32) {
        ahead(&self.0, trial as usize);
        // Of two heads that share a line the second ends in the next one.
        if trial % 2 == 1 {
            ahead(&self.0, trial as usize + 1);
        }
    }

    /// The links of a relation; none where heads do not know them.
    #[must_use]
    pub fn links<'a>(&'a self, graph: &'a Graph, relation: Relation) -> Option<HeadLinks<'a>> {
        let which = LINKED.iter().position(|linked| *linked == relation)?;
        Some(HeadLinks { heads: self, which, ends: graph.relation(relation).ends(0..self.0.last()?.links[which]) })
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of_val(&self.0[..])
    }
}

impl Head {
    /// The number of a ClinicalTrials.gov id of eight digits; none where the trial has another id.
    #[must_use]
    #[inline]
    pub fn nct(&self) -> Option<u32> {
        (self.nct != NONE).then_some(self.nct)
    }

    /// Where the title lies.
    #[must_use]
    #[inline]
    pub const fn title(&self) -> Title {
        match (self.title, self.title_bytes) {
            (_, LONG) => Title::Long,
            (_, 0) => Title::None,
            (start, bytes) => Title::At(start, bytes),
        }
    }

    /// Says that the title is read soon.
    #[inline]
    pub fn title_ahead(&self, strings: &Strings) {
        strings.ahead(self.title, self.title_bytes);
    }
}

impl<'a> HeadLinks<'a> {
    /// Where the links of trials that follow each other lie.
    #[inline]
    fn range(&self, trials: &Range<u32>) -> Range<usize> {
        let begin = |trial: u32| self.heads.of(trial).links[self.which] as usize;
        begin(trials.start)..begin(trials.end)
    }

    /// The ends of the links of a trial, in the order of presentation.
    #[must_use]
    #[inline]
    pub fn of(&self, trial: u32) -> &'a [u32] {
        &self.ends[self.range(&(trial..trial + 1))]
    }

    /// Those of trials that follow each other.
    #[must_use]
    #[inline]
    pub fn between(&self, trials: &Range<u32>) -> &'a [u32] {
        if trials.is_empty() { &[] } else { &self.ends[self.range(trials)] }
    }

    /// Says that the ends of the links of a trial are read soon.
    #[inline]
    pub fn ahead(&self, trial: u32) {
        ahead(self.ends, self.heads.of(trial).links[self.which] as usize);
    }
}

/// The number of an id, quotes included, that is `NCT` and eight digits.
fn nct(json: &[u8]) -> Option<u32> {
    let digits = json.strip_prefix(b"\"NCT")?.strip_suffix(b"\"")?;
    let eight = digits.len() == 8 && digits.iter().all(u8::is_ascii_digit);
    eight.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_that_of_eight_digits() {
        for (json, number) in [
            ("\"NCT03056339\"", Some(3_056_339)),
            ("\"NCT00000000\"", Some(0)),
            ("\"NCT0305633\"", None),
            ("\"NCT030563390\"", None),
            ("\"NCT0305633x\"", None),
            ("\"ChiCTR2000029411\"", None),
            ("\"NCT", None),
            ("", None),
        ] {
            assert_eq!(nct(json.as_bytes()), number, "{json}");
        }
    }
}
