//! Where do the texts live, ready to be written into a JSON answer?
//!
//! Must not know: what a text means. Each text is stored once, quoted and escaped for JSON, so that an answer is a copy.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};
use memchr::memchr_iter;
use rayon::prelude::*;

use super::NONE;
use super::column::{Column, ahead};

/// The number of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct StrId(pub u32);

impl StrId {
    /// Stands for "no text".
    pub const NONE: Self = Self(NONE);

    /// The number, unless it stands for "no text".
    #[must_use]
    pub const fn some(self) -> Option<Self> {
        if self.0 == NONE { None } else { Some(self) }
    }
}

/// How many texts are checked together: their bytes are looked at several times, so they should stay near.
const TOGETHER: usize = 1 << 10;

/// All texts of a release. At most 4 GiB of them.
#[derive(Debug, Default)]
pub struct Strings {
    pub(super) bytes: Column<u8>,
    pub(super) ends: Column<u32>,
}

impl Strings {
    /// The text as JSON, quotes included.
    ///
    /// Complexity: constant.
    #[must_use]
    #[inline]
    pub fn json(&self, id: StrId) -> &[u8] {
        json(&self.bytes, &self.ends, id)
    }

    /// All texts from this one on, as JSON, and how many bytes are this one's: for copies of a fixed size, which may
    /// read too far.
    ///
    /// Complexity: constant.
    #[must_use]
    #[inline]
    pub fn json_on(&self, id: StrId) -> (&[u8], usize) {
        let place = self.place(id);
        (&self.bytes[place.start..], place.len())
    }

    /// Where a text lies.
    ///
    /// Complexity: constant.
    #[must_use]
    #[inline]
    pub fn place(&self, id: StrId) -> Range<usize> {
        let at = id.0 as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        start..self.ends[at] as usize
    }

    /// As [`Strings::json_on`], from a place that is known.
    ///
    /// Complexity: constant.
    #[must_use]
    #[inline]
    pub fn from(&self, start: u32) -> &[u8] {
        &self.bytes[start as usize..]
    }

    /// Says that a text of so many bytes at a place is read soon.
    #[inline]
    pub fn ahead(&self, start: u32, bytes: u16) {
        let start = start as usize;
        ahead(&self.bytes, start);
        ahead(&self.bytes, start + usize::from(bytes).saturating_sub(1));
    }

    /// The text itself.
    ///
    /// Complexity: linear in the text, without a copy unless it holds escapes.
    #[must_use]
    pub fn text(&self, id: StrId) -> Cow<'_, str> {
        let json = self.json(id);
        let inner = &json[1..json.len() - 1];
        if memchr::memchr(b'\\', inner).is_some() {
            return Cow::Owned(serde_json::from_slice(json).unwrap_or_default());
        }
        // Checked when the release was opened; to be told so again at once is quicker than in pieces.
        std::str::from_utf8(inner).map_or_else(|_| String::from_utf8_lossy(inner), Cow::Borrowed)
    }

    /// Bytes held.
    #[must_use]
    pub fn heap(&self) -> usize {
        self.bytes.len() + 4 * self.ends.len()
    }

    /// Whether every text is quoted, escaped UTF-8.
    pub(super) fn sound(&self) -> bool {
        let escaped = |inner: &[u8]| {
            let mut rest = inner;
            while let Some(at) = memchr::memchr2(b'\\', b'"', rest) {
                let step = match &rest[at..] {
                    [b'\\', b'"' | b'\\' | b'n' | b'r' | b't', ..] => 2,
                    [b'\\', b'u', digits @ ..] if digits.get(..4).is_some_and(is_control) => 6,
                    _ => return false,
                };
                rest = &rest[at + step..];
            }
            true
        };
        let whole = |json: &[u8]| matches!(json, [b'"', inner @ .., b'"'] if escaped(inner));
        let quoted = |json: &[u8]| matches!(json, [b'"', .., b'"']);
        self.ends.par_chunks(TOGETHER).enumerate().all(|(chunk, ends)| {
            let before = (chunk * TOGETHER).checked_sub(1).map_or(0, |at| self.ends[at] as usize);
            let all = &self.bytes[before..ends.last().map_or(before, |end| *end as usize)];
            let mut start = before;
            let mut texts =
                ends.iter().map(|end| &self.bytes[std::mem::replace(&mut start, *end as usize)..*end as usize]);
            // Without escapes, and with no more quotes than those around, nothing has to be looked at text by text.
            let plain = memchr::memchr(b'\\', all).is_none() && memchr_iter(b'"', all).count() == 2 * ends.len();
            // All are looked at rather than up to the first: so the processor takes many at once.
            let controls = all.iter().fold(false, |found, byte| found | (*byte < 0x20));
            !controls && if plain { texts.all(quoted) } else { texts.all(whole) } && std::str::from_utf8(all).is_ok()
        })
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// A text that is expected to come again, and its hash: never 0, and the same in every builder made of one other.
#[derive(Debug, Clone, Copy)]
struct Known {
    id: StrId,
    hash: u32,
}

impl Known {
    /// Spreads the hash over all bits, as the table asks for.
    fn spread(hash: u32) -> u64 {
        let mixed = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 32
    }
}

/// Texts in the making. What is known is kept as numbers alone: the texts stand in the arena already.
#[derive(Debug, Clone, Default)]
pub(super) struct StringsBuilder {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    known: HashTable<Known>,
    hasher: DefaultHashBuilder,
    /// The text at hand, escaped.
    escaped: Vec<u8>,
}

impl StringsBuilder {
    /// Another one without texts, for [`StringsBuilder::take`].
    pub(super) fn part(&self) -> Self {
        Self { hasher: self.hasher.clone(), ..Self::default() }
    }

    /// Adds a text that is expected to stand alone (an id).
    pub(super) fn add(&mut self, text: &str) -> StrId {
        self.add_joined(&[text])
    }

    /// As `add`, of texts that are joined to one.
    pub(super) fn add_joined(&mut self, texts: &[&str]) -> StrId {
        self.bytes.push(b'"');
        texts.iter().for_each(|text| escape(text.as_bytes(), &mut self.bytes));
        self.bytes.push(b'"');
        end(&self.bytes, &mut self.ends)
    }

    /// Adds a text that is expected to come again.
    pub(super) fn intern(&mut self, text: &str) -> StrId {
        let hash = (self.hasher.hash_one(text.as_bytes()) as u32).max(1);
        if is_plain(text.as_bytes()) {
            return self.known(text.as_bytes(), hash);
        }
        let mut escaped = std::mem::take(&mut self.escaped);
        escaped.clear();
        escape(text.as_bytes(), &mut escaped);
        let id = self.known(&escaped, hash);
        self.escaped = escaped;
        id
    }

    /// The number of an escaped text, which is added where it is new.
    fn known(&mut self, text: &[u8], hash: u32) -> StrId {
        let Self { bytes, ends, known, .. } = self;
        let same = |other: &Known| other.hash == hash && inner(json(bytes, ends, other.id)) == text;
        if let Some(found) = known.find(Known::spread(hash), same) {
            return found.id;
        }
        bytes.push(b'"');
        bytes.extend_from_slice(text);
        bytes.push(b'"');
        let id = end(bytes, ends);
        known.insert_unique(Known::spread(hash), Known { id, hash }, |other| Known::spread(other.hash));
        id
    }

    /// As `intern`; no text for the empty one.
    pub(super) fn some(&mut self, text: &str) -> StrId {
        if text.is_empty() { StrId::NONE } else { self.intern(text) }
    }

    /// As `add`; no text for the empty one.
    pub(super) fn own(&mut self, text: &str) -> StrId {
        if text.is_empty() { StrId::NONE } else { self.add(text) }
    }

    /// A text added before, as JSON.
    pub(super) fn json(&self, id: StrId) -> &[u8] {
        json(&self.bytes, &self.ends, id)
    }

    /// Makes room for the texts of so many parts like this one.
    pub(super) fn reserve(&mut self, like: &Self, parts: usize) {
        self.bytes.reserve_exact(with_spare(like.bytes.len(), parts));
        self.ends.reserve_exact(with_spare(like.ends.len(), parts));
    }

    /// Adds the texts of a part, as if they had been added here one by one; gives their numbers here.
    ///
    /// Complexity: linear in the texts.
    pub(super) fn take(&mut self, part: &Self) -> Vec<StrId> {
        let mut hashes = vec![0; part.ends.len()];
        for known in &part.known {
            hashes[known.id.0 as usize] = known.hash;
        }
        let mut numbers = Vec::with_capacity(hashes.len());
        let mut start = 0;
        while let Some(hash) = hashes.get(numbers.len()) {
            let at = numbers.len();
            if *hash != 0 {
                let end = part.ends[at] as usize;
                numbers.push(self.known(inner(&part.bytes[start..end]), *hash));
                start = end;
                continue;
            }
            // Texts that stand alone mostly follow one another, and are copied together.
            let alone = hashes[at..].iter().take_while(|hash| **hash == 0).count();
            let ends = &part.ends[at..at + alone];
            let end = ends.last().map_or(start, |end| *end as usize);
            let moved = (self.bytes.len() as u32).wrapping_sub(start as u32);
            self.bytes.extend_from_slice(&part.bytes[start..end]);
            numbers.extend((self.ends.len() as u32..).map(StrId).take(alone));
            self.ends.extend(ends.iter().map(|end| end.wrapping_add(moved)));
            start = end;
        }
        numbers
    }

    pub(super) fn finish(self) -> Strings {
        Strings { bytes: self.bytes.into(), ends: self.ends.into() }
    }
}

/// So many times a length, and a little more, as no two parts are quite alike.
pub(super) const fn with_spare(length: usize, times: usize) -> usize {
    let all = length.saturating_mul(times);
    all.saturating_add(all / 20)
}

/// Ends the text whose bytes were written last.
fn end(bytes: &[u8], ends: &mut Vec<u32>) -> StrId {
    let id = StrId(ends.len() as u32);
    ends.push(bytes.len() as u32);
    id
}

#[inline]
fn json<'a>(bytes: &'a [u8], ends: &[u32], id: StrId) -> &'a [u8] {
    let at = id.0 as usize;
    let start = if at == 0 { 0 } else { ends[at - 1] as usize };
    &bytes[start..ends[at] as usize]
}

/// Whether four hexadecimal digits stand for a character that JSON escapes this way.
fn is_control(digits: &[u8]) -> bool {
    matches!(digits, [b'0', b'0', b'0' | b'1', b'0'..=b'9' | b'a'..=b'f'])
}

/// The text between its quotes.
fn inner(json: &[u8]) -> &[u8] {
    json.get(1..json.len() - 1).unwrap_or_default()
}

/// Whether JSON escapes nothing of a text. Without a way out of the loop, so that many bytes are looked at in one step.
fn is_plain(text: &[u8]) -> bool {
    !text.iter().fold(false, |found, byte| found | (*byte < 0x20) | (*byte == b'"') | (*byte == b'\\'))
}

/// Writes a text as it stands between the quotes of a JSON string.
fn escape(text: &[u8], out: &mut Vec<u8>) {
    if is_plain(text) {
        out.extend_from_slice(text);
        return;
    }
    let mut start = 0;
    for (at, byte) in text.iter().enumerate() {
        let escaped: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0x00..=0x1f => b"",
            _ => continue,
        };
        out.extend_from_slice(&text[start..at]);
        start = at + 1;
        if escaped.is_empty() {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            out.extend_from_slice(escaped);
        }
    }
    out.extend_from_slice(&text[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_and_are_json() {
        let mut builder = StringsBuilder::default();
        let texts = ["", "plain", "间皮素", "a \"quoted\" \\ back", "line\nbreak\ttab\r\u{1}\u{1f}", "\u{7f}\u{2028}"];
        let ids: Vec<_> = texts.iter().map(|t| builder.add(t)).collect();
        assert_eq!(builder.intern("again"), builder.intern("again"));
        let joined = builder.add_joined(&["a\"", "b"]);
        assert_eq!(builder.json(joined), b"\"a\\\"b\"");
        let strings = builder.finish();
        for (text, id) in texts.iter().zip(ids) {
            assert_eq!(strings.text(id), *text);
            assert_eq!(serde_json::from_slice::<String>(strings.json(id)).unwrap(), *text);
        }
    }

    #[test]
    fn parts_give_what_one_builder_gives() {
        let texts = ["a", "", "b \"q\"", "a", "c", "b \"q\"", "間", "c", "a", "\n", "a", "d", "\n"];
        let add = |builder: &mut StringsBuilder, at: usize| match at % 3 {
            0 => builder.add(texts[at]),
            1 => builder.intern(texts[at]),
            _ => builder.some(texts[at]),
        };
        let mut whole = StringsBuilder::default();
        let ids: Vec<_> = (0..texts.len()).map(|at| add(&mut whole, at)).collect();
        for size in 1..=texts.len() {
            let (mut joined, mut numbers) = (StringsBuilder::default(), Vec::new());
            for from in (0..texts.len()).step_by(size) {
                let mut part = joined.part();
                let local: Vec<_> = (from..texts.len().min(from + size)).map(|at| add(&mut part, at)).collect();
                let moved = joined.take(&part);
                numbers.extend(local.iter().map(|id| id.some().map_or(StrId::NONE, |id| moved[id.0 as usize])));
            }
            assert_eq!(numbers, ids);
            assert_eq!((&joined.bytes, &joined.ends), (&whole.bytes, &whole.ends));
        }
    }
}
