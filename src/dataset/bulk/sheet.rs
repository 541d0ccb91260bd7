//! Which parts of this file can be read at the same time?
//!
//! Must not know: what its cells mean.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use crate::dataset::files::Files;
use crate::dataset::layout::{self, Shape};
use crate::dataset::table::Head;

/// How much of a file one core takes at a time.
const PIECE: usize = 4 << 20;

/// A file in memory.
#[derive(Debug)]
pub(super) struct Sheet<'f> {
    bytes: Cow<'f, [u8]>,
    pub(super) head: Head,
    body: usize,
    /// Whether a cell may be quoted: then a line may end within a cell.
    pub(super) quoted: bool,
}

/// One kind of file of every source, in the order of the sources; none where one is not sound.
pub(super) fn sheets<'f>(
    files: &'f (dyn Files + Sync),
    sources: &[String],
    shape: Shape,
) -> Option<Vec<Option<Sheet<'f>>>> {
    let path = |id: &String| format!("{}{id}/{}", layout::SOURCE_FOLDER, shape.path);
    sources.iter().map(|id| Sheet::open(files, &path(id), shape)).collect()
}

impl<'f> Sheet<'f> {
    /// Reads a file: none where its head is not sound, `Some(None)` where there is no file. Whether it is UTF-8 is asked
    /// part by part.
    pub(super) fn open(files: &'f dyn Files, path: &str, shape: Shape) -> Option<Option<Self>> {
        let Some(bytes) = files.read(path).ok()? else { return Some(None) };
        // Places in a file are numbers of 32 bits here.
        u32::try_from(bytes.len()).ok()?;
        let quoted = bytes.par_chunks(PIECE).any(|part| memchr::memchr(b'"', part).is_some());
        let first = memchr::memchr(b'\n', &bytes).filter(|_| !quoted).map_or(bytes.len(), |at| at + 1);
        let text = std::str::from_utf8(&bytes[..first]).ok().filter(|text| !text.starts_with('\u{feff}'))?;
        let (head, body) = Head::read(text, shape)?;
        Some(Some(Self { head, body, quoted, bytes }))
    }

    /// A part of the text; none where it is no text.
    pub(super) fn text(&self, part: Range<usize>) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(part)?).ok()
    }

    /// Parts that together are all lines under the header, each of whole lines.
    pub(super) fn pieces(&self) -> Vec<Range<usize>> {
        let (mut pieces, mut start) = (Vec::new(), self.body);
        while start < self.bytes.len() {
            let wanted = (start + PIECE).min(self.bytes.len());
            let rest = &self.bytes[wanted..];
            let end = if self.quoted { None } else { memchr::memchr(b'\n', rest) };
            let end = end.map_or(self.bytes.len(), |at| wanted + at + 1);
            pieces.push(start..end);
            start = end;
        }
        pieces
    }
}
