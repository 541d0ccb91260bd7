//! How are millions of lines read on all cores, without all their records in memory at once?
//!
//! The quick way for sound data. The files of which a dataset may have millions of lines are only looked through at
//! first, to learn which ids they hold; then their records are made in the order of the ids, handed over and forgotten.
//! Must not know: what is wrong. At the first doubt there is no answer, and [`super::load`] reads the package again in
//! its own way, which tells every problem.

mod keyed;
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
use super::release::Naming;
use super::resolve::{self, Resolver};
use super::validate;
use crate::domain::{Dataset, NodeKind, Records, Reference, Trial};

use keyed::{Found, Keyed};
use ordered::ordered;
use sheet::Sheet;

/// How many records are made at once.
const BATCH: u32 = 2_000;

/// A sound data package, its many records still in the files.
pub struct Bulk<'f> {
    files: &'f (dyn Files + Sync),
    /// Everything else.
    dataset: Dataset,
    normaliser: Normaliser,
    /// Ids of the sources in the order of their file, which the files of a [`Keyed`] follow.
    sources: Vec<String>,
    references: Keyed,
    trials: Keyed,
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
    /// Numbers of (trial, reference) that registries list, sorted, each once.
    pub trial_references: Vec<(u32, u32)>,
    /// Numbers of (citing, cited) references, sorted, each once.
    pub reference_citations: Vec<(u32, u32)>,
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
        let references = Keyed::read(&sheets(files, &sources, layout::REFERENCES)?, &|_, line| {
            let id = line.get("id").filter(|id| is_slug(id))?;
            Some(Found { id: id.to_owned(), also: None })
        })?;
        progress.step(1);
        let trials = rows(files, &raw, &sources)?;
        let elsewhere = |kind: NodeKind, id: &str| match kind {
            NodeKind::Reference => references.number(id).is_some(),
            NodeKind::Trial => trials.number(id).is_some(),
            _ => false,
        };
        validate::validate(&raw, &elsewhere, &mut problems);
        if !problems.is_empty() {
            return None;
        }
        let Assembled { dataset, normaliser, .. } = assemble::parts(raw);
        Some(Self { files, dataset, normaliser, sources, references, trials })
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
    pub fn send(self, to: &mut dyn Records, progress: &dyn Progress) -> Option<Sent> {
        let mut naming = Naming::new(&self.dataset);
        let citations = sheets(self.files, &self.sources, layout::REFERENCE_CITATIONS)?;
        let lookup = |id: &str| self.references.number(id);
        let reference_citations = pairs::read(&citations, ("citing_id", &lookup), ("cited_id", &lookup), progress)?;
        drop(citations);
        progress.stage("references", u64::from(self.references.len()));
        self.references(|reference| {
            progress.step(1);
            naming.reference(reference);
            to.reference(reference);
        })?;
        naming.links(reference_citations.iter().copied());
        let listed = sheets(self.files, &self.sources, layout::TRIAL_REFERENCES)?;
        let trial = |id: &str| self.trials.number(id).or_else(|| self.trials.number(&registry_id(id)?));
        let trial_references = pairs::read(&listed, ("registry_id", &trial), ("reference_id", &lookup), progress)?;
        drop(listed);
        naming.links(trial_references.iter().copied());
        progress.stage("trials", u64::from(self.trials.len()));
        self.trials(|trial| {
            progress.step(1);
            naming.trial(trial);
            to.trial(trial);
        })?;
        Some(Sent { release: naming.finish(), trial_references, reference_citations })
    }

    /// Makes every reference, one record of all sources that list it.
    fn references(&self, mut each: impl FnMut(&Reference) + Send) -> Option<()> {
        let sheets = sheets(self.files, &self.sources, layout::REFERENCES)?;
        let batches = self.references.len().div_ceil(BATCH);
        let make = |batch: usize| -> Option<Vec<Reference>> {
            let mut found = Vec::with_capacity(BATCH as usize);
            let numbers = self.references.batch(batch as u32, BATCH);
            let lines = self.references.records(&sheets, numbers, |_, line, _| {
                let mut problems = Problems::default();
                let listed = raw::reference(&mut Cells::new(line, &mut problems));
                problems.is_empty().then_some(listed)
            })?;
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
                found.push(reference);
            }
            Some(found)
        };
        ordered(batches as usize, make, |batch| {
            batch.iter().for_each(&mut each);
            Some(())
        })
    }

    /// Makes every trial from its rows in all sources.
    fn trials(&self, mut each: impl FnMut(&Trial) + Send) -> Option<()> {
        let sheets = sheets(self.files, &self.sources, layout::ROWS)?;
        let resolver = Resolver::new(&self.dataset);
        let tables = |id: &String| self.dataset.sources.iter().find(|s| s.id == *id).map(|s| CellOrder::new(&s.tables));
        let orders: Vec<CellOrder> = self.sources.iter().map(tables).collect::<Option<_>>()?;
        // What one core remembers of cells is used again by whoever makes the next batch.
        let normalisers: Mutex<Vec<Normaliser>> = Mutex::new(Vec::new());
        let make = |batch: usize| -> Option<Vec<Trial>> {
            let known = normalisers.lock().ok()?.pop();
            let mut normaliser = known.unwrap_or_else(|| self.normaliser.clone());
            let numbers = self.trials.batch(batch as u32, BATCH);
            let first = numbers.start;
            let lines = self.trials.records(&sheets, numbers, |file, line, outcome| {
                let mut problems = Problems::default();
                let mut row = raw::row(line, outcome, self.sources.get(file)?, &mut problems).row;
                orders.get(file)?.sort(&mut row);
                problems.is_empty().then_some(row)
            })?;
            let made = lines.into_iter().zip(first..).map(|(rows, number)| {
                let rows = rows.into_iter().map(|(_, row)| row).collect();
                resolve::trial(self.trials.id(number).to_owned(), rows, &resolver, &mut normaliser)
            });
            let made = made.collect();
            normalisers.lock().ok()?.push(normaliser);
            Some(made)
        };
        ordered(self.trials.len().div_ceil(BATCH) as usize, make, |batch| {
            batch.iter().for_each(&mut each);
            Some(())
        })
    }
}

/// One kind of file of every source, in the order of the sources; none where one is not sound.
fn sheets<'f>(files: &'f dyn Files, sources: &[String], shape: layout::Shape) -> Option<Vec<Option<Sheet<'f>>>> {
    let path = |id: &String| format!("{}{id}/{}", layout::SOURCE_FOLDER, shape.path);
    sources.iter().map(|id| Sheet::open(files, &path(id), shape)).collect()
}

/// The trials of all rows; none where a row stands twice or in a table that its source does not have.
fn rows(files: &dyn Files, raw: &Raw, sources: &[String]) -> Option<Keyed> {
    let tables: Vec<_> = raw.sources.items.iter().map(|(_, s)| &s.tables).collect();
    Keyed::read(&sheets(files, sources, layout::ROWS)?, &|file, line| {
        let known = tables.get(file)?;
        let (table, number) = (line.get("table")?, line.get("row")?);
        if table.trim().is_empty() || known.present && !known.items.iter().any(|(_, c)| c.table == table) {
            return None;
        }
        let digits = number.bytes().all(|b| b.is_ascii_digit());
        let number = number.parse().ok().filter(|n: &u32| digits && *n > 0)?;
        let id = registry_id(line.get("registry_id")?)?;
        Some(Found { id, also: Some(keyed::mixed(table, number)) })
    })
}

/// Sorts by both numbers; none where a pair stands twice.
fn sorted_once(mut pairs: Vec<(u32, u32)>) -> Option<Vec<(u32, u32)>> {
    if !pairs.is_sorted() {
        pairs.par_sort_unstable_by_key(|(a, b)| u64::from(*a) << 32 | u64::from(*b));
    }
    pairs.windows(2).all(|two| two[0] != two[1]).then_some(pairs)
}
