//! When are two printed texts the same name?
//!
//! Must not know: vocabularies. Folding: Unicode NFKC (full-width becomes half-width), white space removed, lower case.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The folded text: two texts with the same folded text are the same name.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, |c, _| out.push(c), || {});
    out
}

/// A folded text whose characters know which part of the printed text they stand for.
#[derive(Debug)]
pub(crate) struct Folded<'a> {
    printed: &'a str,
    /// The folded characters.
    pub(crate) chars: Vec<char>,
    spans: Vec<Range<usize>>,
    /// Whether white space was removed before each character, and at the end.
    gaps: Vec<bool>,
}

impl<'a> Folded<'a> {
    /// Folds a printed text.
    pub(crate) fn new(printed: &'a str) -> Self {
        let (mut chars, mut spans, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        let gap = std::cell::Cell::new(false);
        each(
            printed,
            |c, span| {
                chars.push(c);
                spans.push(span);
                starts.push(gap.replace(false));
            },
            || gap.set(true),
        );
        starts.push(gap.get());
        Self { printed, chars, spans, gaps: starts }
    }

    /// The folded text of a range of characters.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    /// The printed text of a range of characters, verbatim.
    pub(crate) fn printed(&self, range: Range<usize>) -> &'a str {
        if range.is_empty() {
            return "";
        }
        self.printed[self.spans[range.start].start..self.spans[range.end - 1].end].trim()
    }

    /// Whether white space was removed before this character (or at the end).
    pub(crate) fn gap(&self, at: usize) -> bool {
        self.gaps[at]
    }

    /// Whether a name may start or end before this character: not in the middle of a Latin word or number.
    pub(crate) fn boundary(&self, at: usize) -> bool {
        let wordy = |c: char| c.is_alphanumeric() && c < '\u{2e80}';
        at == 0 || at == self.chars.len() || self.gaps[at] || !(wordy(self.chars[at - 1]) && wordy(self.chars[at]))
    }
}

/// Calls `push` with every folded character and the bytes it comes from, `gap` for white space that is removed.
fn each(text: &str, mut push: impl FnMut(char, Range<usize>), mut gap: impl FnMut()) {
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let next_is_mark = rest.peek().is_some_and(|(_, c)| !c.is_ascii() && canonical_combining_class(*c) != 0);
        if first.is_ascii() && !next_is_mark {
            if first.is_ascii_whitespace() || first == '\u{b}' {
                gap();
            } else {
                push(first.to_ascii_lowercase(), start..start + 1);
            }
            continue;
        }
        // A character and the marks that combine with it are normalised together.
        let mut end = start + first.len_utf8();
        while let Some((_, mark)) = rest.next_if(|(_, c)| canonical_combining_class(*c) != 0) {
            end += mark.len_utf8();
        }
        for c in text[start..end].nfkc() {
            if c.is_whitespace() {
                gap();
            } else {
                c.to_lowercase().for_each(|lower| push(lower, start..end));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (printed, folded) in [
            ("R/R  AML", "r/raml"),
            ("奥比 妥珠单抗", "奥比妥珠单抗"),
            ("Claudin18.2", "claudin18.2"),
            ("ＣＤ１９", "cd19"),
            ("TGF-\u{3b2}\u{a0}RII", "tgf-βrii"),
            ("\u{3000}B 细胞", "b细胞"),
            ("e\u{301}tude", "étude"),
            ("I / II 期", "i/ii期"),
            ("CD34\u{207a}", "cd34+"),
            ("", ""),
        ] {
            assert_eq!(fold(printed), folded);
        }
    }

    #[test]
    fn characters_know_their_printed_text() {
        let folded = Folded::new(" Flu + 奥比 妥珠单抗 ");
        assert_eq!(folded.text(0..3), "flu");
        assert_eq!(folded.printed(4..10), "奥比 妥珠单抗");
        assert!(folded.gap(3) && folded.gap(4) && folded.gap(10) && !folded.gap(5));
        assert!(folded.boundary(3) && !folded.boundary(1) && folded.boundary(7));
    }
}
