//! What are the lines of this CSV file, and is it a CSV file with the right columns at all?
//!
//! Must not know: what the cells mean. Lines are handed on one by one; nothing here keeps more than one.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use super::files::Files;
use super::layout::{ROWS, Shape};
use super::problem::{Problems, did_you_mean, quoted};
use crate::domain::SourceField;

/// The largest cell, in bytes. A longer one is a sign of a quote that is never closed.
const LARGEST_CELL: usize = 1 << 20;

/// An expected column and its place in the file.
type Column = (Cow<'static, str>, Option<usize>);

/// One record of a file.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// The file, as it stands in messages.
    pub(crate) file: &'a str,
    /// The line on which the record starts, from 1.
    pub(crate) number: u64,
    columns: &'a [Column],
    record: Record<'a>,
    /// The column behind the one that was asked for last: mostly the one that is asked for next.
    next: Cell<usize>,
}

/// The cells of a record.
#[derive(Debug, Clone, Copy)]
enum Record<'a> {
    /// As the csv crate gives them.
    Parsed(&'a StringRecord),
    /// A line without quotes, cut at its commas.
    Cut(&'a [&'a str]),
}

impl<'a> Record<'a> {
    fn get(self, place: usize) -> Option<&'a str> {
        match self {
            Self::Parsed(record) => record.get(place),
            Self::Cut(cells) => cells.get(place).copied(),
        }
    }
}

impl<'a> Line<'a> {
    /// The text of a cell; none where the file lacks the column, which has been reported by then.
    pub(crate) fn get(&self, column: &str) -> Option<&'a str> {
        let named = |at: &usize| self.columns.get(*at).is_some_and(|(name, _)| name == column);
        let at = Some(self.next.get()).filter(named).or_else(|| (0..self.columns.len()).find(named))?;
        self.next.set(at + 1);
        self.record.get(self.columns.get(at)?.1?)
    }

    /// The text of a cell by its place in the file.
    pub(crate) fn at(&self, place: usize) -> &'a str {
        self.record.get(place).unwrap_or_default()
    }
}

/// What became of a file as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Whether the file is there.
    pub(crate) present: bool,
    /// Whether every record of it was handed on, with every column.
    pub(crate) whole: bool,
    /// For `rows.csv`: the fields that have a column, each with its place, in file order.
    pub(crate) fields: Vec<(SourceField, usize)>,
}

/// Reads one file: `each` gets every record that has the right number of cells.
pub(crate) fn read(
    files: &dyn Files,
    path: &str,
    shape: Shape,
    problems: &mut Problems,
    mut each: impl FnMut(&Line<'_>, &Outcome, &mut Problems),
) -> Outcome {
    let file = format!("{}/{path}", files.name());
    let bytes = match files.read(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            if shape.needed {
                let header = shape.columns.join(",");
                problems.file(
                    &file,
                    "the file is missing",
                    format!("add it, with the header line {}", quoted(&header)),
                );
            }
            return Outcome { whole: !shape.needed, ..Outcome::default() };
        }
        Err(e) => {
            problems.file(&file, format!("the file cannot be read: {e}"), "check its permissions and its kind");
            return Outcome { present: true, ..Outcome::default() };
        }
    };
    let Some(text) = decode(&bytes, &file, shape, problems) else {
        return Outcome { present: true, ..Outcome::default() };
    };
    records(text, &file, shape, problems, &mut each)
}

/// The text of a file without byte order mark; none where it is empty or not UTF-8.
fn decode<'b>(bytes: &'b [u8], file: &str, shape: Shape, problems: &mut Problems) -> Option<&'b str> {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if body.len() < bytes.len() {
        problems.line(file, 1, "the file starts with a byte order mark", "save it as UTF-8 without byte order mark");
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        problems.line(file, 1, "the file is UTF-16, not UTF-8", "save it as UTF-8 without byte order mark");
        return None;
    }
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(e) => {
            let offset = e.valid_up_to();
            let line = 1 + newlines(&body[..offset]);
            let byte = body.get(offset).copied().unwrap_or_default();
            let at = offset + bytes.len() - body.len();
            let what = format!("byte 0x{byte:02x} at offset {at} is not UTF-8");
            problems.line(file, line, what, "save the file as UTF-8");
            return None;
        }
    };
    if text.trim().is_empty() {
        let header = shape.columns.join(",");
        problems.file(file, "the file is empty", format!("add at least the header line {}", quoted(&header)));
        return None;
    }
    Some(text)
}

fn records(
    text: &str,
    file: &str,
    shape: Shape,
    problems: &mut Problems,
    each: &mut impl FnMut(&Line<'_>, &Outcome, &mut Problems),
) -> Outcome {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut outcome = Outcome { present: true, whole: true, fields: Vec::new() };
    let mut lines = LineCounter { bytes: text.as_bytes(), at: 0, line: 1 };
    let mut record = StringRecord::new();
    let mut head: Option<(Vec<Column>, usize)> = None;
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let number = lines.line_of(start);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => {
                problems.line(file, number, format!("the record cannot be read: {e}"), "write it as RFC 4180 says");
                outcome.whole = false;
                break;
            }
        }
        let Some((columns, width)) = &head else {
            head = Some((header(&record, file, number, shape, problems, &mut outcome), record.len()));
            continue;
        };
        if let Some(place) = record.iter().position(|cell| cell.len() > LARGEST_CELL) {
            let what = format!("cell {} is {} bytes long, the limit is {LARGEST_CELL}", place + 1, record[place].len());
            problems.line(file, number, what, "look for a quote that is never closed, or shorten the cell");
            outcome.whole = false;
        } else if record.len() != *width {
            let what = format!("the record has {} cells, the header has {width}", record.len());
            problems.line(file, number, what, "quote cells that hold commas or quotes, and write every cell");
            outcome.whole = false;
        } else {
            let record = Record::Parsed(&record);
            each(&Line { file, number, columns, record, next: Cell::new(0) }, &outcome, problems);
        }
    }
    outcome
}

/// Checks the header line; gives every expected column with its place, if it has one.
fn header(
    record: &StringRecord,
    file: &str,
    number: u64,
    shape: Shape,
    problems: &mut Problems,
    outcome: &mut Outcome,
) -> Vec<Column> {
    let mut known: Vec<Cow<'static, str>> = shape.columns.iter().map(|&c| Cow::Borrowed(c)).collect();
    let cells = shape.path == ROWS.path;
    if cells {
        known.extend(SourceField::ALL.iter().map(|f| Cow::Owned(f.text().to_lowercase())));
    }
    let mut places: Vec<Option<usize>> = vec![None; known.len()];
    for (place, name) in record.iter().enumerate() {
        match known.iter().position(|k| k == name) {
            Some(column) if places[column].is_some() => {
                let what = format!("the column {} stands twice in the header", quoted(name));
                problems.line(file, number, what, "keep one of them");
            }
            Some(column) => {
                places[column] = Some(place);
                if let Some(field) = column.checked_sub(shape.columns.len()).and_then(|i| SourceField::ALL.get(i)) {
                    outcome.fields.push((*field, place));
                }
            }
            None => {
                let missing = known.iter().map(AsRef::as_ref).filter(|k| !record.iter().any(|cell| cell == *k));
                let fix = match did_you_mean(name, missing) {
                    Some(meant) => format!("name it {} if that is meant, or remove it", quoted(meant)),
                    None => format!("remove it; known columns are {}", known.join(", ")),
                };
                problems.line(file, number, format!("the column {} is unknown", quoted(name)), fix);
            }
        }
    }
    for (column, place) in known.iter().zip(&places) {
        let needed = shape.columns.iter().any(|c| c == column) || (cells && column == "registry_id");
        if needed && place.is_none() {
            let and = if cells { ", registry_id and one column per field of a row" } else { "" };
            let fix = format!("add it; the columns are {}{and}", shape.columns.join(", "));
            problems.line(file, number, format!("the column {} is missing", quoted(column)), fix);
            outcome.whole = false;
        }
    }
    known.into_iter().zip(places).collect()
}

/// Finds the line of a byte, going forwards only. The csv crate counts a record's line before it skips blank lines and
/// the second half of CRLF, so its own count is not exact.
struct LineCounter<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    fn line_of(&mut self, byte: usize) -> u64 {
        let mut end = byte.min(self.bytes.len());
        while matches!(self.bytes.get(end), Some(b'\r' | b'\n')) {
            end += 1;
        }
        self.line += newlines(&self.bytes[self.at..end]);
        self.at = end;
        self.line
    }
}

/// What the header line of a sound file says.
#[derive(Debug)]
pub(crate) struct Head {
    columns: Vec<Column>,
    width: usize,
    outcome: Outcome,
}

impl Head {
    /// The head of a file, and where the lines under it begin; none where anything about it is wrong.
    pub(crate) fn read(text: &str, shape: Shape) -> Option<(Self, usize)> {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        if !reader.read_record(&mut record).ok()? {
            return None;
        }
        let mut outcome = Outcome { present: true, whole: true, fields: Vec::new() };
        let mut problems = Problems::default();
        let columns = header(&record, "", 1, shape, &mut problems, &mut outcome);
        let head = Self { columns, width: record.len(), outcome };
        problems.is_empty().then_some((head, usize::try_from(reader.position().byte()).ok()?))
    }

    /// How many cells a line has, and which of them stands in a column.
    pub(crate) fn place(&self, column: &str) -> Option<(usize, usize)> {
        let (_, place) = self.columns.iter().find(|(name, _)| name == column)?;
        Some((self.width, (*place)?))
    }

    /// Calls `each` with every record of a part of the file, and where in that part it stands; none where a record is
    /// no good or `each` finds it so.
    pub(crate) fn records(
        &self,
        text: &str,
        mut each: impl FnMut(&Line<'_>, &Outcome, Range<usize>) -> Option<()>,
    ) -> Option<()> {
        if memchr::memchr2(b'"', b'\r', text.as_bytes()).is_none() {
            return self.cut(text, each);
        }
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        loop {
            let start = usize::try_from(reader.position().byte()).ok()?;
            if !reader.read_record(&mut record).ok()? {
                return Some(());
            }
            if record.len() != self.width || record.iter().any(|cell| cell.len() > LARGEST_CELL) {
                return None;
            }
            let end = usize::try_from(reader.position().byte()).ok()?;
            each(&self.line(Record::Parsed(&record)), &self.outcome, start..end)?;
        }
    }

    /// As [`Head::records`], of a text in which nothing is quoted: then a line is a record, and a comma ends a cell.
    fn cut(&self, text: &str, mut each: impl FnMut(&Line<'_>, &Outcome, Range<usize>) -> Option<()>) -> Option<()> {
        let mut cells: Vec<&str> = Vec::with_capacity(self.width + 1);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
            let place = std::mem::replace(&mut start, end + 1)..end;
            let line = &text[place.clone()];
            if line.is_empty() {
                continue;
            }
            cells.clear();
            let mut from = 0;
            for comma in memchr::memchr_iter(b',', line.as_bytes()) {
                cells.push(&line[from..comma]);
                from = comma + 1;
            }
            cells.push(&line[from..]);
            if cells.len() != self.width || line.len() > LARGEST_CELL && cells.iter().any(|c| c.len() > LARGEST_CELL) {
                return None;
            }
            each(&self.line(Record::Cut(&cells)), &self.outcome, place)?;
        }
        Some(())
    }

    fn line<'a>(&'a self, record: Record<'a>) -> Line<'a> {
        Line { file: "", number: 0, columns: &self.columns, record, next: Cell::new(0) }
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|b| u64::from(*b == b'\n')).sum()
}
