//! Where do the texts live, ready to be written into a JSON answer?
//!
//! Must not know: what a text means. Each text is stored once, quoted and escaped for JSON, so that an answer is a copy.

use std::borrow::Cow;
use std::collections::HashMap;

use super::NONE;

/// The number of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Strings {
    /// The text as JSON, quotes included.
    ///
    /// Complexity: constant.
    #[must_use]
    #[inline]
    pub fn json(&self, id: StrId) -> &[u8] {
        let at = id.0 as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.bytes[start..self.ends[at] as usize]
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
        self.bytes.capacity() + 4 * self.ends.capacity()
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

/// Texts in the making.
#[derive(Debug, Default)]
pub(super) struct StringsBuilder {
    strings: Strings,
    known: HashMap<Box<str>, StrId>,
}

impl StringsBuilder {
    /// Adds a text that is expected to stand alone (a title, an id).
    pub(super) fn add(&mut self, text: &str) -> StrId {
        escape(text, &mut self.strings.bytes);
        let id = StrId(self.strings.ends.len() as u32);
        self.strings.ends.push(self.strings.bytes.len() as u32);
        id
    }

    /// Adds a text that is expected to come again.
    pub(super) fn intern(&mut self, text: &str) -> StrId {
        if let Some(id) = self.known.get(text) {
            return *id;
        }
        let id = self.add(text);
        self.known.insert(text.into(), id);
        id
    }

    /// As `intern`; no text for the empty one.
    pub(super) fn some(&mut self, text: &str) -> StrId {
        if text.is_empty() { StrId::NONE } else { self.intern(text) }
    }

    pub(super) fn finish(mut self) -> Strings {
        self.strings.bytes.shrink_to_fit();
        self.strings.ends.shrink_to_fit();
        self.strings
    }
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
