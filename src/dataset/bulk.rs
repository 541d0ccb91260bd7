//! How are millions of lines read on all cores, without all their records in memory at once?
//!
//! The quick way for sound data. The files of which a dataset may have millions of lines are only looked through at
//! first, to learn which ids they hold; then their records are made in the order of the ids, handed over and forgotten.
//! Must not know: what is wrong. At the first doubt there is no answer, and [`super::load`] reads the package again in
//! its own way, which tells every problem.

mod keyed;
mod numbers;
mod ordered;
mod pairs;
mod sheet;

use std::sync::Mutex;

use rayon::prelude::*;

use super::assemble::{self, Assembled, CellOrder};
use super::cell::{Cells, is_slug};
use super::files::Files;
use super::layout;
use super::normalise::{Normaliser, registry_id};
use super::problem::Problems;
use super::progress::Progress;
use super::raw::{self, Extent, Raw};
use super::release::{Naming, Sections};
use super::resolve::{self, Resolver};
use super::validate;
use crate::domain::{Dataset, Links, NodeKind, Part, Records};

use keyed::{Found, Keyed};
use ordered::ordered;
use pairs::End;
use sheet::{Sheet, sheets};

/// How many references, and how many trials, are made at once: few enough to stay in the memory near a core.
const REFERENCES: u32 = 1_000;
const TRIALS: u32 = 250;

/// A sound data package, its many records still in the files.
pub struct Bulk<'f> {
    /// Everything else.
    dataset: Dataset,
    normaliser: Normaliser,
    /// Ids of the sources in the order of their file, which the files of a [`Keyed`] follow.
    sources: Vec<String>,
    references: Keyed,
    trials: Keyed,
    /// The files of the sources: of rows, of references, and of the links from them.
    row_sheets: Vec<Option<Sheet<'f>>>,
    reference_sheets: Vec<Option<Sheet<'f>>>,
    listing_sheets: Vec<Option<Sheet<'f>>>,
    citing_sheets: Vec<Option<Sheet<'f>>>,
}

impl std::fmt::Debug for Bulk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bulk").field("title", &self.dataset.title).finish_non_exhaustive()
    }
}

/// What remains to be said when all records were handed over.
#[derive(Debug, Default)]
pub struct Sent {
    /// Name of the release.
    pub release: String,
    /// References that registries list for trials.
    pub trial_references: Links,
    /// References that references cite.
    pub reference_citations: Links,
}

impl<'f> Bulk<'f> {
    /// Looks through a data package; none where anything about it is not as it should be.
    ///
    /// Complexity: linear in the bytes, n log n in the records.
    #[must_use]
    pub fn open(files: &'f (dyn Files + Sync), progress: &dyn Progress) -> Option<Self> {
        progress.stage("looking through files", 2);
        let mut problems = Problems::default();
        let raw = raw::read(files, Extent::WithoutBulk, &mut problems);
        if !problems.is_empty() {
            return None;
        }
        let sources: Vec<String> = raw.sources.items.iter().map(|(_, s)| s.source.id.clone()).collect();
        let shapes = [layout::ROWS, layout::REFERENCES, layout::TRIAL_REFERENCES, layout::REFERENCE_CITATIONS];
        let open = |shape: layout::Shape| sheets(files, &sources, shape);
        let all: Vec<_> = shapes.into_par_iter().map(open).collect::<Option<_>>()?;
        let [row_sheets, reference_sheets, listing_sheets, citing_sheets] = all.try_into().ok()?;
        progress.step(1);
        let references = || {
            Keyed::read(&reference_sheets, &|_, line| {
                let id = line.get("id").filter(|id| is_slug(id))?;
                Some(Found { id: id.into(), also: None })
            })
        };
        let (references, trials) = rayon::join(references, || rows(&row_sheets, &raw));
        let (references, trials) = (references?, trials?);
        let elsewhere = |kind: NodeKind, id: &str| match kind {
            NodeKind::Reference => references.numbers().number(id).is_some(),
            NodeKind::Trial => trials.numbers().number(id).is_some(),
            _ => false,
        };
        validate::validate(&raw, &elsewhere, &mut problems);
        if !problems.is_empty() {
            return None;
        }
        let Assembled { dataset, normaliser, .. } = assemble::parts(raw);
        Some(Self {
            dataset,
            normaliser,
            sources,
            references,
            trials,
            row_sheets,
            reference_sheets,
            listing_sheets,
            citing_sheets,
        })
    }

    /// Everything of the package but references, trials and the links from them.
    #[must_use]
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// Hands over all references, then all trials; none where one of them is not as it should be: then what was handed
    /// over is worth nothing.
    ///
    /// Complexity: linear in the bytes, n log n in the links.
    pub fn send<R: Records>(mut self, to: &mut R, progress: &dyn Progress) -> Option<Sent> {
        let mut naming = Naming::new(&self.dataset);
        let (references, trials) = (self.references.numbers(), self.trials.numbers());
        let (none, trial) = (|_: &str| None, |id: &str| trials.number(&registry_id(id)?));
        let reference = |column| End { column, numbers: references, otherwise: &none };
        let count = (self.references.len(), self.trials.len());
        to.reserve(count.0, count.1);
        let (citing, cited) = (reference("citing_id"), reference("cited_id"));
        let reference_citations = pairs::read(&self.citing_sheets, count.0, citing, cited, progress)?;
        self.citing_sheets.clear();
        let (listing, listed) =
            (End { column: "registry_id", numbers: trials, otherwise: &trial }, reference("reference_id"));
        let trial_references = pairs::read(&self.listing_sheets, count.1, listing, listed, progress)?;
        self.references.forget_numbers();
        progress.stage("references", u64::from(self.references.len()));
        self.references(to, &mut naming, progress)?;
        self.reference_sheets.clear();
        for links in [&reference_citations, &trial_references] {
            naming.links(links.len(), links.pairs());
        }
        progress.stage("trials", u64::from(self.trials.len()));
        self.trials(to, &mut naming, progress)?;
        Some(Sent { release: naming.finish(), trial_references, reference_citations })
    }

    /// Makes every reference, one record of all sources that list it.
    fn references<R: Records>(&self, to: &mut R, naming: &mut Naming, progress: &dyn Progress) -> Option<()> {
        let empty = to.part();
        let make = |batch: usize| -> Option<(Sections, R::Part)> {
            let numbers = self.references.batch(batch as u32, REFERENCES);
            let steps = numbers.len() as u64;
            let lines = self.references.records(&self.reference_sheets, numbers, |_, line, _| {
                let mut problems = Problems::default();
                let listed = raw::reference(&mut Cells::new(line, &mut problems));
                problems.is_empty().then_some(listed)
            })?;
            let (mut written, mut part) = (Sections::default(), empty.clone());
            for group in lines {
                let mut lines = group.into_iter();
                let (file, first) = lines.next()?;
                let mut reference = first.reference;
                let mut markers = vec![(file, first.marker)];
                for (file, line) in lines {
                    // What two sources say of one reference must be the same.
                    if line.reference != reference {
                        return None;
                    }
                    markers.push((file, line.marker));
                }
                for (file, marker) in markers {
                    assemble::mark(&mut reference, self.sources.get(file)?, marker);
                }
                written.reference(&reference);
                part.reference(&reference);
            }
            progress.step(steps);
            Some((written, part))
        };
        ordered(self.references.len().div_ceil(REFERENCES) as usize, make, |(written, part)| {
            naming.take(&written);
            to.take(part);
            Some(())
        })
    }

    /// Makes every trial from its rows in all sources.
    fn trials<R: Records>(&self, to: &mut R, naming: &mut Naming, progress: &dyn Progress) -> Option<()> {
        let resolver = Resolver::new(&self.dataset);
        let tables = |id: &String| self.dataset.sources.iter().find(|s| s.id == *id).map(|s| CellOrder::new(&s.tables));
        let orders: Vec<CellOrder> = self.sources.iter().map(tables).collect::<Option<_>>()?;
        let empty = to.part();
        // What one core remembers of cells is used again by whoever makes the next batch.
        let normalisers: Mutex<Vec<Normaliser>> = Mutex::new(Vec::new());
        let make = |batch: usize| -> Option<(Sections, R::Part)> {
            let known = normalisers.lock().ok()?.pop();
            let mut normaliser = known.unwrap_or_else(|| self.normaliser.clone());
            let numbers = self.trials.batch(batch as u32, TRIALS);
            let (first, steps) = (numbers.start, numbers.len() as u64);
            let lines = self.trials.records(&self.row_sheets, numbers, |file, line, outcome| {
                let mut problems = Problems::default();
                let mut row = raw::row(line, outcome, self.sources.get(file)?, &mut problems).row;
                orders.get(file)?.sort(&mut row);
                problems.is_empty().then_some(row)
            })?;
            let (mut written, mut part) = (Sections::default(), empty.clone());
            for (rows, number) in lines.into_iter().zip(first..) {
                let rows = rows.into_iter().map(|(_, row)| row).collect();
                let id = self.trials.numbers().id(number).to_owned();
                let trial = resolve::trial(id, rows, &resolver, &mut normaliser);
                written.trial(&trial);
                part.trial(&trial);
            }
            normalisers.lock().ok()?.push(normaliser);
            progress.step(steps);
            Some((written, part))
        };
        ordered(self.trials.len().div_ceil(TRIALS) as usize, make, |(written, part)| {
            naming.take(&written);
            to.take(part);
            Some(())
        })
    }
}

/// The trials of all rows; none where a row stands twice or in a table that its source does not have.
fn rows(sheets: &[Option<Sheet<'_>>], raw: &Raw) -> Option<Keyed> {
    let tables: Vec<_> = raw.sources.items.iter().map(|(_, s)| &s.tables).collect();
    Keyed::read(sheets, &|file, line| {
        let known = tables.get(file)?;
        let (table, number) = (line.get("table")?, line.get("row")?);
        if table.trim().is_empty() || known.present && !known.items.iter().any(|(_, c)| c.table == table) {
            return None;
        }
        let digits = number.bytes().all(|b| b.is_ascii_digit());
        let number = number.parse().ok().filter(|n: &u32| digits && *n > 0)?;
        let id = registry_id(line.get("registry_id")?)?;
        Some(Found { id: id.into(), also: Some(keyed::mixed(table, number)) })
    })
}
