//! Where do the texts live, ready to be written into a JSON answer?
//!
//! Must not know: what a text means. Each text is stored once, quoted and escaped for JSON, so that an answer is a copy.

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::NONE;
use super::column::Column;

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
        let at = id.0 as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        (&self.bytes[start..], self.ends[at] as usize - start)
    }

    /// The text itself.
    ///
    /// Complexity: linear in the text, without a copy unless it holds escapes.
    #[must_use]
    pub fn text(&self, id: StrId) -> Cow<'_, str> {
        let json = self.json(id);
        let inner = &json[1..json.len() - 1];
        if inner.contains(&b'\\') {
            Cow::Owned(serde_json::from_slice(json).unwrap_or_default())
        } else {
            String::from_utf8_lossy(inner)
        }
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
        let mut start = 0;
        std::str::from_utf8(&self.bytes).is_ok()
            && self.ends.iter().all(|end| {
                let json = &self.bytes[start..*end as usize];
                start = *end as usize;
                matches!(json, [b'"', inner @ .., b'"'] if inner.iter().all(|b| *b >= 0x20) && escaped(inner))
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

/// Texts in the making. What is known is kept as numbers alone: the texts stand in the arena already.
#[derive(Debug, Default)]
pub(super) struct StringsBuilder {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    known: HashTable<StrId>,
    hasher: DefaultHashBuilder,
    /// The text at hand, escaped.
    escaped: Vec<u8>,
}

impl StringsBuilder {
    /// Adds a text that is expected to stand alone (an id).
    pub(super) fn add(&mut self, text: &str) -> StrId {
        escape(text, &mut self.bytes);
        end(&self.bytes, &mut self.ends)
    }

    /// Adds a text that is expected to come again.
    pub(super) fn intern(&mut self, text: &str) -> StrId {
        let Self { bytes, ends, known, hasher, escaped } = self;
        escaped.clear();
        escape(text, escaped);
        let hash = hasher.hash_one(&escaped[..]);
        if let Some(id) = known.find(hash, |id| json(bytes, ends, *id) == &escaped[..]) {
            return *id;
        }
        bytes.extend_from_slice(escaped);
        let id = end(bytes, ends);
        known.insert_unique(hash, id, |id| hasher.hash_one(json(bytes, ends, *id)));
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

    pub(super) fn finish(mut self) -> Strings {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        Strings { bytes: self.bytes.into(), ends: self.ends.into() }
    }
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

/// Writes a text as a JSON string, quotes included.
fn escape(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let escaped: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0x00..=0x1f => b"",
            _ => continue,
        };
        out.extend_from_slice(&bytes[start..at]);
        start = at + 1;
        if escaped.is_empty() {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            out.extend_from_slice(escaped);
        }
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
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
        let strings = builder.finish();
        for (text, id) in texts.iter().zip(ids) {
            assert_eq!(strings.text(id), *text);
            assert_eq!(serde_json::from_slice::<String>(strings.json(id)).unwrap(), *text);
        }
    }
}
