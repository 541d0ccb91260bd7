//! Which numbers do these lines join?
//!
//! Must not know: what is numbered.

use std::ops::Range;

use rayon::prelude::*;

use super::numbers::Numbers;
use super::sheet::Sheet;
use crate::dataset::progress::Progress;
use crate::domain::Links;

/// A column, the numbers of the ids in it, and what else may be known of a text that is none of these ids.
#[derive(Clone, Copy)]
pub(super) struct End<'a> {
    pub(super) column: &'a str,
    pub(super) numbers: &'a Numbers,
    pub(super) otherwise: &'a (dyn Fn(&str) -> Option<u32> + Sync),
}

/// How many lines are looked at before their ids are looked up.
const LINES: usize = 1024;

/// The links of all lines, in order, each once; none where a line is no good, leads nowhere, or stands twice in its file.
///
/// Complexity: linear in the bytes, on all cores, plus the sorting of what one record links to.
pub(super) fn read(
    sheets: &[Option<Sheet<'_>>],
    sources: u32,
    from: End<'_>,
    to: End<'_>,
    progress: &dyn Progress,
) -> Option<Links> {
    let mut all: Option<Links> = None;
    for sheet in sheets.iter().flatten() {
        let pieces = sheet.pieces();
        progress.stage("links, bytes", pieces.last().map_or(0, |piece| piece.end) as u64);
        let read = |piece: Range<usize>| {
            progress.step(piece.len() as u64);
            let text = sheet.text(piece)?;
            if memchr::memchr(b'"', text.as_bytes()).is_some() {
                with_quotes(sheet, text, from, to)
            } else {
                plain(sheet, text, from, to)
            }
        };
        let pairs: Vec<Vec<(u32, u32)>> = pieces.into_par_iter().map(read).collect::<Option<_>>()?;
        let mut links = Links::gather(sources, &pairs);
        drop(pairs);
        // Sorting what one record links to shows whether a pair stands twice.
        if links.sort_each_once() {
            return None;
        }
        all = Some(match all {
            None => links,
            Some(before) => before.and(&links),
        });
    }
    Some(all.unwrap_or_else(|| Links::gather(sources, &[])))
}

/// Lines without a quote are cut at their commas.
fn plain(sheet: &Sheet<'_>, text: &str, from: End<'_>, to: End<'_>) -> Option<Vec<(u32, u32)>> {
    let ((width, a), (_, b)) = (sheet.head.place(from.column)?, sheet.head.place(to.column)?);
    let mut pairs = Vec::with_capacity(text.len() / 12);
    // Most files list the links of one record after another.
    let mut last: (&str, u32) = ("", 0);
    let (mut sources, mut targets): (Vec<u32>, Vec<&str>) = (Vec::with_capacity(LINES), Vec::with_capacity(LINES));
    let (mut left, mut right, mut cells, mut start) = ("", "", 0, 0);
    for stop in memchr::memchr2_iter(b',', b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
        let mut cell = &text[start..stop];
        start = stop + 1;
        let ends = text.as_bytes().get(stop) != Some(&b',');
        if ends {
            cell = cell.strip_suffix('\r').unwrap_or(cell);
            if cells == 0 && cell.is_empty() {
                continue;
            }
        }
        if cells == a {
            left = cell;
        }
        if cells == b {
            right = cell;
        }
        cells += 1;
        if !ends {
            continue;
        }
        if std::mem::take(&mut cells) != width {
            return None;
        }
        if left != last.0 || left.is_empty() {
            last = (left, from.numbers.number(left).or_else(|| (from.otherwise)(left))?);
        }
        sources.push(last.1);
        targets.push(right);
        if targets.len() == LINES {
            look_up(&mut sources, &mut targets, to, &mut pairs)?;
        }
    }
    look_up(&mut sources, &mut targets, to, &mut pairs)?;
    Some(pairs)
}

/// Moves sources and the numbers of their targets into pairs.
fn look_up(sources: &mut Vec<u32>, targets: &mut Vec<&str>, to: End<'_>, pairs: &mut Vec<(u32, u32)>) -> Option<()> {
    let mut source = sources.iter();
    to.numbers.all(targets, to.otherwise, |target| pairs.extend(source.next().map(|source| (*source, target))))?;
    sources.clear();
    targets.clear();
    Some(())
}

fn with_quotes(sheet: &Sheet<'_>, text: &str, from: End<'_>, to: End<'_>) -> Option<Vec<(u32, u32)>> {
    let mut pairs = Vec::new();
    let number = |end: End<'_>, id: &str| end.numbers.number(id).or_else(|| (end.otherwise)(id));
    sheet.head.records(text, |line, _, _| {
        pairs.push((number(from, line.get(from.column)?)?, number(to, line.get(to.column)?)?));
        Some(())
    })?;
    Some(pairs)
}
