//! Into which words does a text of ASCII fall, as most do?
//!
//! The same words as any text falls into, cut from its bytes: nothing is folded but case, and no word takes memory of
//! its own. Must not know: scripts, what the words are for.

use std::ops::Range;

use super::{JOINED, LONGEST, MANY, joins, stem};

/// Room that is used again for the next text.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    lower: String,
    parts: Vec<Range<usize>>,
    joined: String,
    stem: String,
}

/// What a byte is to a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Letter,
    Digit,
    Joiner,
    Other,
}

const SIGNS: [Sign; 256] = {
    let mut signs = [Sign::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        signs[byte] = if c.is_ascii_alphabetic() {
            Sign::Letter
        } else if c.is_ascii_digit() {
            Sign::Digit
        } else if joins(c as char) {
            Sign::Joiner
        } else {
            Sign::Other
        };
        byte += 1;
    }
    signs
};

/// Bytes before a number that may belong to it: `Claudin 18.2`.
const BEFORE: usize = 12;

/// Calls `each` with the words and the bytes of the text that they stand for, in order of their ends.
///
/// Complexity: linear in the text.
pub(super) fn each_word(text: &str, room: &mut Room, mut each: impl FnMut(&str, usize, usize)) {
    debug_assert!(text.is_ascii());
    let Room { lower, parts, joined, stem: stemmed } = room;
    lower.clear();
    lower.push_str(text);
    lower.make_ascii_lowercase();
    let bytes = lower.as_bytes();
    let sign = |at: usize| bytes.get(at).map_or(Sign::Other, |byte| SIGNS[usize::from(*byte)]);
    let is_name = |sign: Sign| matches!(sign, Sign::Letter | Sign::Digit);
    let (mut at, mut before) = (0, 0..0);
    while at < bytes.len() {
        if !is_name(sign(at)) {
            at += 1;
            continue;
        }
        parts.clear();
        let run = at..end_of_run(sign, at, parts);
        let many = if parts.len() <= MANY { JOINED } else { 1 };
        for last in 0..parts.len() {
            for length in 1..=many.min(last + 1) {
                let range = parts[last + 1 - length].start..parts[last].end;
                let word = match length {
                    1 => stem(&lower[range.clone()], stemmed),
                    _ => spelled(&lower[range.clone()], joined),
                };
                each(cut(word), range.start, range.end);
            }
        }
        if parts.len() > many {
            each(cut(spelled(&lower[run.clone()], joined)), run.start, run.end);
        }
        let near = !before.is_empty() && run.start == before.end + 1 && bytes[before.end] == b' ';
        if near && sign(run.start) == Sign::Digit && before.len() <= BEFORE && sign(before.start) == Sign::Letter {
            each(cut(spelled(&lower[before.start..run.end], joined)), before.start, run.end);
        }
        at = run.end;
        before = run;
    }
}

/// Goes to the end of the name that begins at a place, and notes its parts: cut at joiners and between letters and digits.
#[inline]
fn end_of_run(sign: impl Fn(usize) -> Sign, start: usize, parts: &mut Vec<Range<usize>>) -> usize {
    let mut at = start;
    loop {
        let (from, kind) = (at, sign(at));
        while sign(at) == kind {
            at += 1;
        }
        parts.push(from..at);
        match sign(at) {
            Sign::Letter | Sign::Digit => {}
            Sign::Joiner if matches!(sign(at + 1), Sign::Letter | Sign::Digit) => at += 1,
            Sign::Joiner | Sign::Other => return at,
        }
    }
}

/// Letters and digits alone.
fn spelled<'a>(name: &'a str, joined: &'a mut String) -> &'a str {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return name;
    }
    joined.clear();
    joined.extend(name.chars().filter(char::is_ascii_alphanumeric));
    joined
}

fn cut(word: &str) -> &str {
    word.get(..LONGEST).unwrap_or(word)
}
