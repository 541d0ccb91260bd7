//! Which ids do these files hold, and where does each stand?
//!
//! Must not know: what else a line says.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;

use super::sheet::Sheet;
use crate::dataset::table::{Line, Outcome};

/// What a line is known by.
#[derive(Debug)]
pub(super) struct Found {
    /// Its id.
    pub(super) id: String,
    /// What else no other line of the file may have; where it is left out, that is the id.
    pub(super) also: Option<u64>,
}

/// One line.
#[derive(Debug, Clone, Copy)]
struct Entry {
    file: u32,
    start: u32,
    end: u32,
}

/// A line with the place of its id in the texts of all ids.
type Unsorted = (Range<u32>, Entry);

/// The lines of several files by id, each id with its number in the order of ids.
#[derive(Debug, Default)]
pub(super) struct Keyed {
    /// All ids, one after another, and where each ends.
    ids: String,
    ends: Vec<u32>,
    /// Ordered by id, then file, then line.
    entries: Vec<Entry>,
    /// Per id, the first of its entries.
    first: Vec<u32>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

/// One number for a table and a line. Two that are equal by chance only make the package be read again.
pub(super) fn mixed(table: &str, number: u32) -> u64 {
    let text = table.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    (text ^ u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

/// What one piece of a file holds: ids, entries, and what else must be unique.
type Piece = (String, Vec<Unsorted>, Vec<u64>);

impl Keyed {
    /// Reads all lines of files; none where one is no good or a key stands twice.
    pub(super) fn read(
        sheets: &[Option<Sheet<'_>>],
        key: &(dyn Fn(usize, &Line<'_>) -> Option<Found> + Sync),
    ) -> Option<Self> {
        let (mut arena, mut all): (String, Vec<Unsorted>) = Default::default();
        for (file, sheet) in sheets.iter().enumerate() {
            let Some(sheet) = sheet else { continue };
            let found: Vec<Piece> = sheet
                .pieces()
                .into_par_iter()
                .map(|piece| read_piece(sheet, file, piece, key))
                .collect::<Option<_>>()?;
            let mut unique = Vec::new();
            for (ids, entries, also) in found {
                let shift = u32::try_from(arena.len()).ok()?;
                u32::try_from(arena.len() + ids.len()).ok()?;
                arena.push_str(&ids);
                all.extend(entries.into_iter().map(|(id, entry)| (id.start + shift..id.end + shift, entry)));
                unique.extend(also);
            }
            unique.par_sort_unstable();
            if unique.windows(2).any(|two| two[0] == two[1]) {
                return None;
            }
        }
        Self::numbered(&arena, all)
    }

    fn numbered(arena: &str, mut all: Vec<Unsorted>) -> Option<Self> {
        let id = |range: &Range<u32>| arena.get(range.start as usize..range.end as usize).unwrap_or_default();
        let key = |(range, e): &Unsorted| (id(range), e.file, e.start);
        all.par_sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        let mut keyed = Self::default();
        keyed.entries.reserve_exact(all.len());
        let mut last = None;
        for (at, (range, entry)) in all.iter().enumerate() {
            if last != Some(id(range)) {
                last = Some(id(range));
                keyed.ids.push_str(id(range));
                keyed.ends.push(u32::try_from(keyed.ids.len()).ok()?);
                keyed.first.push(u32::try_from(at).ok()?);
            }
            keyed.entries.push(*entry);
        }
        let Self { ids, ends, numbers, hasher, .. } = &mut keyed;
        let hash = |number: u32| hasher.hash_one(of(ids, ends, number));
        numbers.reserve(ends.len(), |number| hash(*number));
        for number in 0..ends.len() as u32 {
            numbers.insert_unique(hash(number), number, |number| hash(*number));
        }
        Some(keyed)
    }

    /// How many ids there are.
    pub(super) fn len(&self) -> u32 {
        self.first.len() as u32
    }

    /// The id with a number.
    pub(super) fn id(&self, number: u32) -> &str {
        of(&self.ids, &self.ends, number)
    }

    /// The number of an id.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.numbers.find(self.hasher.hash_one(id), |number| self.id(*number) == id).copied()
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
        let start = place(numbers.start);
        let entries = self.entries.get(start..place(numbers.end))?;
        let mut made: Vec<Option<T>> = std::iter::repeat_with(|| None).take(entries.len()).collect();
        let mut text = String::new();
        for (file, sheet) in sheets.iter().enumerate() {
            let Some(sheet) = sheet else { continue };
            text.clear();
            let mut places = Vec::new();
            for (at, entry) in entries.iter().enumerate().filter(|(_, e)| e.file as usize == file) {
                text.push_str(sheet.text(entry.start as usize..entry.end as usize));
                text.push('\n');
                places.push(at);
            }
            let mut next = places.iter();
            sheet.head.records(&text, |line, outcome, _| {
                *made.get_mut(*next.next()?)? = Some(parse(file, line, outcome)?);
                Some(())
            })?;
        }
        let mut made = made.into_iter().zip(entries);
        let group = |number: u32| -> Option<Vec<(usize, T)>> {
            let lines = made.by_ref().take(place(number + 1) - place(number));
            lines.map(|(made, entry)| Some((entry.file as usize, made?))).collect()
        };
        numbers.map(group).collect()
    }
}

fn of<'a>(ids: &'a str, ends: &[u32], number: u32) -> &'a str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before as usize]);
    ids.get(start as usize..ends[number as usize] as usize).unwrap_or_default()
}

fn read_piece(
    sheet: &Sheet<'_>,
    file: usize,
    piece: Range<usize>,
    key: &(dyn Fn(usize, &Line<'_>) -> Option<Found> + Sync),
) -> Option<Piece> {
    let (mut ids, mut entries, mut unique) = (String::new(), Vec::new(), Vec::new());
    let file_number = u32::try_from(file).ok()?;
    sheet.head.records(sheet.text(piece.clone()), |line, _, place| {
        let found = key(file, line)?;
        let number = |at: usize| u32::try_from(piece.start + at).ok();
        let from = u32::try_from(ids.len()).ok()?;
        unique.push(found.also.unwrap_or_else(|| mixed(&found.id, 0)));
        ids.push_str(&found.id);
        let entry = Entry { file: file_number, start: number(place.start)?, end: number(place.end)? };
        entries.push((from..u32::try_from(ids.len()).ok()?, entry));
        Some(())
    })?;
    Some((ids, entries, unique))
}
