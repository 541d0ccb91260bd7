//! Where does one part of a cell end and the next begin, and what narrows it?
//!
//! Must not know: which concept a name stands for.

use std::ops::Range;

use super::fold::{Folded, fold};
use super::trie::Trie;
use crate::dataset::raw::RawQualifier;
use crate::domain::DiseaseQualifier;

/// Cuts the cells of one field.
#[derive(Debug, Default)]
pub(crate) struct Splitter {
    separators: Trie,
    /// Per separator: whether white space must stand before and after it.
    spaced: Vec<(bool, bool)>,
    /// Texts that contain a separator and are not cut.
    protected: Trie,
}

impl Splitter {
    /// Cuts at these separators. One that starts or ends with white space needs white space there.
    pub(crate) fn new<'a>(separators: impl Iterator<Item = &'a str>) -> Self {
        let mut new = Self::default();
        let mut all: Vec<_> =
            separators.map(|t| (t.starts_with(char::is_whitespace), t.ends_with(char::is_whitespace), t)).collect();
        // Where two separators fold to the same text, the less demanding one is kept.
        all.sort_unstable();
        for (number, (before, after, text)) in all.into_iter().enumerate() {
            new.separators.add(fold(text).chars(), number);
            new.spaced.push((before, after));
        }
        new
    }

    /// Keeps a folded text whole.
    pub(crate) fn protect(&mut self, text: &str) {
        let chars: Vec<char> = text.chars().collect();
        let holds = |at: usize| self.separators.longest(chars[at..].iter().copied(), |_, _| true).is_some();
        if (0..chars.len()).any(holds) {
            self.protected.add(chars, 0);
        }
    }

    /// The parts of a cell, none of them empty.
    pub(crate) fn parts(&self, cell: &Folded<'_>) -> Vec<Range<usize>> {
        let end = cell.chars.len();
        let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
        while at < end {
            let rest = || cell.chars[at..].iter().copied();
            let whole = |len: usize, _: usize| cell.boundary(at) && cell.boundary(at + len);
            if let Some((len, _)) = self.protected.longest(rest(), whole) {
                at += len;
                continue;
            }
            let spaced = |len: usize, number: usize| {
                let (before, after) = self.spaced[number];
                whole(len, number) && (!before || cell.gap(at)) && (!after || cell.gap(at + len))
            };
            if let Some((len, _)) = self.separators.longest(rest(), spaced) {
                parts.push(start..at);
                at += len;
                start = at;
            } else {
                at += 1;
            }
        }
        parts.push(start..end);
        parts.retain(|part| !part.is_empty());
        parts
    }
}

/// The spellings of qualifiers.
#[derive(Debug, Default)]
pub(crate) struct Qualifiers {
    leading: Trie,
    trailing: Trie,
    meanings: Vec<(Vec<DiseaseQualifier>, bool)>,
}

/// What is left of a part, and what was taken off it.
#[derive(Debug, Default)]
pub(crate) struct Narrowed {
    pub(crate) qualifiers: Vec<DiseaseQualifier>,
    /// Those of the qualifiers that narrow later parts as well.
    pub(crate) carried: Vec<DiseaseQualifier>,
}

impl Qualifiers {
    /// These spellings.
    pub(crate) fn new<'a>(spellings: impl Iterator<Item = &'a RawQualifier>) -> Self {
        let mut new = Self::default();
        for (number, spelling) in spellings.enumerate() {
            let folded = fold(&spelling.text);
            new.leading.add(folded.chars(), number);
            new.trailing.add(folded.chars().rev(), number);
            new.meanings.push((spelling.qualifiers.clone(), spelling.carries));
        }
        new
    }

    /// Takes qualifiers off a part until `name` knows what is left, or nothing more can be taken off.
    pub(crate) fn strip<T>(
        &self,
        cell: &Folded<'_>,
        part: Range<usize>,
        name: impl Fn(&str) -> Option<T>,
    ) -> (Option<T>, Narrowed) {
        let mut narrowed = Narrowed::default();
        let mut rest = part;
        loop {
            if let Some(found) = name(&cell.text(rest.clone())) {
                return (Some(found), narrowed);
            }
            let Some((shorter, number)) = self.lead(cell, &rest).or_else(|| self.trail(cell, &rest)) else {
                return (None, narrowed);
            };
            rest = trim(cell, shorter);
            let (qualifiers, carries) = &self.meanings[number];
            narrowed.qualifiers.extend(qualifiers);
            if *carries {
                narrowed.carried.extend(qualifiers);
            }
        }
    }

    fn lead(&self, cell: &Folded<'_>, part: &Range<usize>) -> Option<(Range<usize>, usize)> {
        let fits = |len: usize, _: usize| len < part.len() && cell.boundary(part.start + len);
        let (len, number) = self.leading.longest(cell.chars[part.clone()].iter().copied(), fits)?;
        Some((part.start + len..part.end, number))
    }

    /// A qualifier at the end of a part, bare or in brackets.
    fn trail(&self, cell: &Folded<'_>, part: &Range<usize>) -> Option<(Range<usize>, usize)> {
        let bracketed = cell.chars[part.end - 1] == ')';
        let end = part.end - usize::from(bracketed);
        let fits = |len: usize, _: usize| {
            let start = end - len;
            start > part.start + usize::from(bracketed)
                && cell.boundary(start)
                && (!bracketed || cell.chars[start - 1] == '(')
        };
        let (len, number) = self.trailing.longest(cell.chars[part.start..end].iter().rev().copied(), fits)?;
        Some((part.start..end - len - usize::from(bracketed), number))
    }
}

/// A part without the punctuation that a qualifier leaves behind.
fn trim(cell: &Folded<'_>, mut part: Range<usize>) -> Range<usize> {
    let loose = |at: usize| matches!(cell.chars[at], ',' | ';' | ':' | '-' | '、');
    while part.len() > 1 && loose(part.start) {
        part.start += 1;
    }
    while part.len() > 1 && loose(part.end - 1) {
        part.end -= 1;
    }
    part
}
