//! Which ids do these files hold, and where does each stand?
//!
//! Must not know: what else a line says, or how a number is found again for an id (that is `numbers`).

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::numbers::{Key, Numbers};
use super::sheet::Sheet;
use crate::dataset::table::{Line, Outcome};

/// What a line is known by.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// Its id.
    pub(super) id: Cow<'a, str>,
    /// What else no other line of the file may have; where it is left out, that is the id.
    pub(super) also: Option<u64>,
}

/// Says what a line of a file is known by; none where it is no good.
pub(super) type KeyOf<'k> = &'k (dyn for<'a> Fn(usize, &Line<'a>) -> Option<Found<'a>> + Sync);

/// One line.
#[derive(Debug, Clone, Copy)]
struct Entry {
    file: u32,
    start: u32,
    end: u32,
}

/// A line with its id.
#[derive(Debug, Clone, Copy)]
struct Unsorted {
    key: Key,
    /// Where the id stands among the texts of all ids.
    at: u32,
    len: u32,
    entry: Entry,
}

impl Unsorted {
    fn id<'a>(&self, ids: &'a str) -> &'a str {
        ids.get(self.at as usize..(self.at + self.len) as usize).unwrap_or_default()
    }
}

/// The lines of several files by id, each id with its number in the order of ids.
#[derive(Debug, Default)]
pub(super) struct Keyed {
    /// Ordered by id, then file, then line.
    entries: Vec<Entry>,
    /// Per id, the first of its entries.
    first: Vec<u32>,
    numbers: Numbers,
}

/// One number for a table and a line. Two that are equal by chance only make the package be read again.
pub(super) fn mixed(table: &str, number: u32) -> u64 {
    let text = table.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    (text ^ u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

/// What one piece of a file holds: ids, lines, and what else must be unique.
type Piece = (String, Vec<Unsorted>, Vec<u64>);

impl Keyed {
    /// Reads all lines of files; none where one is no good or a key stands twice.
    ///
    /// Complexity: linear in the bytes, n log n in the lines, on all cores.
    pub(super) fn read(sheets: &[Option<Sheet<'_>>], key: KeyOf<'_>) -> Option<Self> {
        let (mut ids, mut all): (String, Vec<Unsorted>) = Default::default();
        for (file, sheet) in sheets.iter().enumerate() {
            let Some(sheet) = sheet else { continue };
            let found: Vec<Piece> = sheet
                .pieces()
                .into_par_iter()
                .map(|piece| read_piece(sheet, file, piece, key))
                .collect::<Option<_>>()?;
            let sum = |count: fn(&Piece) -> usize| found.iter().map(count).sum();
            ids.reserve_exact(sum(|(ids, _, _)| ids.len()));
            all.reserve_exact(sum(|(_, lines, _)| lines.len()));
            let mut unique = Vec::with_capacity(sum(|(_, _, also)| also.len()));
            for (more, lines, also) in found {
                let shift = u32::try_from(ids.len()).ok()?;
                u32::try_from(ids.len() + more.len()).ok()?;
                ids.push_str(&more);
                all.extend(lines.into_iter().map(|line| Unsorted { at: line.at + shift, ..line }));
                unique.extend(also);
            }
            unique.par_sort_unstable();
            if unique.windows(2).any(|two| two[0] == two[1]) {
                return None;
            }
        }
        Self::numbered(&ids, all)
    }

    fn numbered(ids: &str, mut all: Vec<Unsorted>) -> Option<Self> {
        let place = |line: &Unsorted| (line.entry.file, line.entry.start);
        let order = |a: &Unsorted, b: &Unsorted| {
            let by_key = a.key.cmp(&b.key);
            // Equal keys are equal ids, unless something is cut off.
            let by_id = by_key.then_with(|| if a.key.is_whole() { by_key } else { a.id(ids).cmp(b.id(ids)) });
            by_id.then_with(|| place(a).cmp(&place(b)))
        };
        if !all.is_sorted_by(|a, b| order(a, b).is_lt()) {
            all.par_sort_unstable_by(order);
        }
        let (mut sorted, mut ends, mut first) = (String::with_capacity(ids.len()), Vec::new(), Vec::new());
        let mut last: Option<&Unsorted> = None;
        for (at, line) in all.iter().enumerate() {
            let id = line.id(ids);
            if last.is_none_or(|last| last.key != line.key || last.id(ids) != id) {
                sorted.push_str(id);
                ends.push(u32::try_from(sorted.len()).ok()?);
                first.push(u32::try_from(at).ok()?);
            }
            last = Some(line);
        }
        let entries = all.iter().map(|line| line.entry).collect();
        Some(Self { entries, first, numbers: Numbers::new(sorted, ends) })
    }

    /// How many ids there are.
    pub(super) fn len(&self) -> u32 {
        self.first.len() as u32
    }

    /// Ids and their numbers.
    pub(super) fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// Forgets which number an id has: only the lines are asked for from here on.
    pub(super) fn forget_numbers(&mut self) {
        self.numbers = Numbers::default();
    }

    /// The numbers of a batch.
    pub(super) fn batch(&self, batch: u32, size: u32) -> Range<u32> {
        batch * size..(batch * size + size).min(self.len())
    }

    /// What `parse` makes of the lines of these numbers, with their files: number by number, in the order of files.
    pub(super) fn records<T>(
        &self,
        sheets: &[Option<Sheet<'_>>],
        numbers: Range<u32>,
        mut parse: impl FnMut(usize, &Line<'_>, &Outcome) -> Option<T>,
    ) -> Option<Vec<Vec<(usize, T)>>> {
        let place = |number: u32| self.first.get(number as usize).map_or(self.entries.len(), |at| *at as usize);
        let mut lines = self.entries.get(place(numbers.start)..place(numbers.end))?.iter();
        let mut group = |number: u32| -> Option<Vec<(usize, T)>> {
            let mut group = Vec::with_capacity(place(number + 1) - place(number));
            for line in lines.by_ref().take(group.capacity()) {
                let file = line.file as usize;
                let sheet = sheets.get(file)?.as_ref()?;
                sheet.head.records(sheet.text(line.start as usize..line.end as usize)?, |line, outcome, _| {
                    group.push((file, parse(file, line, outcome)?));
                    Some(())
                })?;
            }
            Some(group)
        };
        numbers.map(&mut group).collect()
    }
}

fn read_piece(sheet: &Sheet<'_>, file: usize, piece: Range<usize>, key: KeyOf<'_>) -> Option<Piece> {
    let (mut ids, mut lines, mut unique) = (String::new(), Vec::new(), Vec::new());
    let file_number = u32::try_from(file).ok()?;
    sheet.head.records(sheet.text(piece.clone())?, |line, _, place| {
        let found = key(file, line)?;
        let number = |at: usize| u32::try_from(piece.start + at).ok();
        unique.push(found.also.unwrap_or_else(|| mixed(&found.id, 0)));
        let (at, len) = (u32::try_from(ids.len()).ok()?, u32::try_from(found.id.len()).ok()?);
        ids.push_str(&found.id);
        let entry = Entry { file: file_number, start: number(place.start)?, end: number(place.end)? };
        lines.push(Unsorted { key: Key::of(&found.id), at, len, entry });
        Some(())
    })?;
    Some((ids, lines, unique))
}
