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
    /// Where the id stands in the arena.
    id: u32,
    id_len: u32,
    file: u32,
    start: u32,
    end: u32,
}

/// The lines of several files by id, each id with its number in the order of ids.
#[derive(Debug, Default)]
pub(super) struct Keyed {
    arena: String,
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
type Piece = (String, Vec<Entry>, Vec<u64>);

impl Keyed {
    /// Reads all lines of files; none where one is no good or a key stands twice.
    pub(super) fn read(
        sheets: &[Option<Sheet<'_>>],
        key: &(dyn Fn(usize, &Line<'_>) -> Option<Found> + Sync),
    ) -> Option<Self> {
        let mut keyed = Self::default();
        for (file, sheet) in sheets.iter().enumerate() {
            let Some(sheet) = sheet else { continue };
            let found: Vec<Piece> = sheet
                .pieces()
                .into_par_iter()
                .map(|piece| read_piece(sheet, file, piece, key))
                .collect::<Option<_>>()?;
            let mut unique = Vec::new();
            for (ids, entries, also) in found {
                let shift = u32::try_from(keyed.arena.len()).ok()?;
                u32::try_from(keyed.arena.len() + ids.len()).ok()?;
                keyed.arena.push_str(&ids);
                keyed.entries.extend(entries.into_iter().map(|e| Entry { id: e.id + shift, ..e }));
                unique.extend(also);
            }
            unique.par_sort_unstable();
            if unique.windows(2).any(|two| two[0] == two[1]) {
                return None;
            }
        }
        keyed.number_them()
    }

    fn number_them(mut self) -> Option<Self> {
        let arena = &self.arena;
        let key = |e: &Entry| (of(arena, e), e.file, e.start);
        self.entries.par_sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        for (at, entry) in self.entries.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &self.entries[before]);
            if before.is_none_or(|before| of(arena, before) != of(arena, entry)) {
                self.first.push(u32::try_from(at).ok()?);
            }
        }
        self.entries.shrink_to_fit();
        let Self { arena, entries, first, numbers, hasher } = &mut self;
        let hash = |number: u32| hasher.hash_one(of(arena, &entries[first[number as usize] as usize]));
        numbers.reserve(first.len(), |number| hash(*number));
        for number in 0..first.len() as u32 {
            numbers.insert_unique(hash(number), number, |number| hash(*number));
        }
        Some(self)
    }

    /// How many ids there are.
    pub(super) fn len(&self) -> u32 {
        self.first.len() as u32
    }

    /// The id with a number.
    pub(super) fn id(&self, number: u32) -> &str {
        self.first.get(number as usize).map_or("", |at| of(&self.arena, &self.entries[*at as usize]))
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

fn of<'a>(arena: &'a str, entry: &Entry) -> &'a str {
    arena.get(entry.id as usize..(entry.id + entry.id_len) as usize).unwrap_or_default()
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
        entries.push(Entry {
            id: u32::try_from(ids.len()).ok()?,
            id_len: u32::try_from(found.id.len()).ok()?,
            file: file_number,
            start: number(place.start)?,
            end: number(place.end)?,
        });
        unique.push(found.also.unwrap_or_else(|| mixed(&found.id, 0)));
        ids.push_str(&found.id);
        Some(())
    })?;
    Some((ids, entries, unique))
}
