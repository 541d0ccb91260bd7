//! Which parts of this file can be read at the same time?
//!
//! Must not know: what its cells mean.

use std::borrow::Cow;
use std::ops::Range;

use crate::dataset::files::Files;
use crate::dataset::layout::Shape;
use crate::dataset::table::Head;

/// How much of a file one core takes at a time.
const PIECE: usize = 4 << 20;

/// A sound file in memory.
#[derive(Debug)]
pub(super) struct Sheet<'f> {
    bytes: Cow<'f, [u8]>,
    pub(super) head: Head,
    body: usize,
    /// Whether a cell may be quoted: then a line may end within a cell.
    pub(super) quoted: bool,
}

impl<'f> Sheet<'f> {
    /// Reads a file: none where it is not sound, `Some(None)` where there is none.
    pub(super) fn open(files: &'f dyn Files, path: &str, shape: Shape) -> Option<Option<Self>> {
        let Some(bytes) = files.read(path).ok()? else { return Some(None) };
        // Places in a file are numbers of 32 bits here.
        u32::try_from(bytes.len()).ok()?;
        let text = std::str::from_utf8(&bytes).ok().filter(|text| !text.starts_with('\u{feff}'))?;
        let (head, body) = Head::read(text, shape)?;
        let quoted = memchr::memchr(b'"', &bytes).is_some();
        Some(Some(Self { head, body, quoted, bytes }))
    }

    /// A part of the text; empty where it does not begin and end with characters.
    pub(super) fn text(&self, part: Range<usize>) -> &str {
        std::str::from_utf8(self.bytes.get(part).unwrap_or_default()).unwrap_or_default()
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
