//! Which numbers do these lines join?
//!
//! Must not know: what is numbered.

use std::ops::Range;

use super::ordered::ordered;
use super::sheet::Sheet;
use super::sorted_once;
use crate::dataset::progress::Progress;

/// A column, and the number of the id in it.
type End<'a> = (&'a str, &'a (dyn Fn(&str) -> Option<u32> + Sync));

/// The pairs of all lines, sorted, each once; none where a line is no good, leads nowhere, or stands twice in its file.
pub(super) fn read(
    sheets: &[Option<Sheet<'_>>],
    from: End<'_>,
    to: End<'_>,
    progress: &dyn Progress,
) -> Option<Vec<(u32, u32)>> {
    let mut all: Vec<(u32, u32)> = Vec::new();
    for sheet in sheets.iter().flatten() {
        let pieces = sheet.pieces();
        progress.stage("links, bytes", pieces.last().map_or(0, |piece| piece.end) as u64);
        let mut found = Vec::new();
        let make = |at: usize| {
            let piece = pieces.get(at)?.clone();
            progress.step(piece.len() as u64);
            if sheet.quoted { with_quotes(sheet, piece, from, to) } else { plain(sheet, piece, from, to) }
        };
        ordered(pieces.len(), make, |piece| {
            if found.is_empty() {
                // The pieces are of one size, so a little more than the first times their number is enough.
                found.reserve_exact(piece.len() * pieces.len() + piece.len() * pieces.len() / 50);
            }
            found.extend(piece);
            Some(())
        })?;
        let found = sorted_once(found)?;
        if all.is_empty() {
            all = found;
        } else {
            all.extend(found);
            all.sort_unstable();
            all.dedup();
        }
    }
    all.shrink_to_fit();
    Some(all)
}

/// Lines without a quote are cut at their commas.
fn plain(sheet: &Sheet<'_>, piece: Range<usize>, from: End<'_>, to: End<'_>) -> Option<Vec<(u32, u32)>> {
    let ((width, a), (_, b)) = (sheet.head.place(from.0)?, sheet.head.place(to.0)?);
    let text = sheet.text(piece);
    let mut pairs = Vec::with_capacity(text.len() / 16);
    // Most files list the links of one record after another.
    let mut last: (&str, u32) = ("", 0);
    for line in text.lines().filter(|line| !line.is_empty()) {
        let (mut left, mut right, mut cells) = ("", "", 0);
        for (at, cell) in line.split(',').enumerate() {
            if at == a {
                left = cell;
            }
            if at == b {
                right = cell;
            }
            cells += 1;
        }
        if cells != width {
            return None;
        }
        if left != last.0 || left.is_empty() {
            last = (left, (from.1)(left)?);
        }
        pairs.push((last.1, (to.1)(right)?));
    }
    Some(pairs)
}

fn with_quotes(sheet: &Sheet<'_>, piece: Range<usize>, from: End<'_>, to: End<'_>) -> Option<Vec<(u32, u32)>> {
    let mut pairs = Vec::new();
    sheet.head.records(sheet.text(piece), |line, _, _| {
        pairs.push(((from.1)(line.get(from.0)?)?, (to.1)(line.get(to.0)?)?));
        Some(())
    })?;
    Some(pairs)
}
