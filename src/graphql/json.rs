//! How are values written as JSON bytes?
//!
//! Must not know: fields, types, requests. One buffer, written front to back.

use super::kept::Place;
use crate::domain::PartialDate;

/// Bytes that are copied at once: a copy of fixed size is a few instructions, one of any size is a call.
const CHUNK: usize = 32;

/// As much for texts of a line: most titles.
const LINE: usize = 96;

/// A response key as it is written: behind a comma and before a colon.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// The first bytes, filled up with zeros.
    chunk: [u8; CHUNK],
    /// All bytes.
    whole: Box<[u8]>,
}

impl Key {
    pub(super) fn new(name: &str) -> Self {
        let whole: Box<[u8]> = format!(",\"{name}\":").into_bytes().into();
        let mut chunk = [0; CHUNK];
        let short = whole.len().min(CHUNK);
        chunk[..short].copy_from_slice(&whole[..short]);
        Self { chunk, whole }
    }

    pub(super) fn name(&self) -> &str {
        std::str::from_utf8(&self.whole[2..self.whole.len() - 2]).unwrap_or_default()
    }
}

/// JSON that lies in a store of texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stored<'a> {
    /// The store from the text on: a copy of fixed size may read what lies behind the text.
    pub(super) rest: &'a [u8],
    /// Bytes of the text.
    pub(super) len: usize,
}

impl Stored<'_> {
    /// Without its first byte.
    #[inline]
    pub(super) fn behind_comma(self) -> Self {
        Self { rest: &self.rest[1..], len: self.len - 1 }
    }
}

impl std::ops::Deref for Stored<'_> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.rest[..self.len]
    }
}

/// What is JSON already, quotes included.
pub(super) trait Raw {
    /// Writes it.
    fn write(self, out: &mut Json);
}

impl Raw for &[u8] {
    #[inline]
    fn write(self, out: &mut Json) {
        out.buf.extend_from_slice(self);
    }
}

impl<const N: usize> Raw for &[u8; N] {
    #[inline]
    fn write(self, out: &mut Json) {
        out.buf.extend_from_slice(self);
    }
}

impl Raw for Stored<'_> {
    #[inline]
    fn write(self, out: &mut Json) {
        match self.rest.first_chunk::<CHUNK>() {
            Some(chunk) if self.len <= CHUNK => out.chunk(chunk, self.len),
            _ if self.len <= LINE => match self.rest.first_chunk::<LINE>() {
                Some(line) => out.chunk(line, self.len),
                None => out.buf.extend_from_slice(&self),
            },
            _ => out.buf.extend_from_slice(&self),
        }
    }
}

/// Copies fewer than 32 bytes between places of one length: from both ends, by sizes that need no call.
#[inline]
fn copy_short(to: &mut [u8], from: &[u8]) {
    fn ends<const N: usize>(to: &mut [u8], from: &[u8]) -> bool {
        match (from.first_chunk::<N>(), from.last_chunk::<N>()) {
            (Some(first), Some(last)) => {
                if let Some(place) = to.first_chunk_mut() {
                    *place = *first;
                }
                if let Some(place) = to.last_chunk_mut() {
                    *place = *last;
                }
                true
            }
            _ => false,
        }
    }
    if !(ends::<16>(to, from) || ends::<8>(to, from) || ends::<4>(to, from)) {
        to.copy_from_slice(from);
    }
}

/// An answer in the making.
#[derive(Debug, Default)]
pub(super) struct Json {
    buf: Vec<u8>,
}

impl Json {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        // Room for a chunk that is cut behind the last bytes.
        Self { buf: Vec::with_capacity(bytes + LINE) }
    }

    /// Bytes written.
    pub(super) const fn len(&self) -> usize {
        self.buf.len()
    }

    /// What is written.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buf
    }

    /// What is written, for keeps.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.buf
    }

    /// Forgets what was written behind a place.
    pub(super) fn truncate(&mut self, len: usize) {
        self.buf.truncate(len);
    }

    /// Writes over a byte.
    #[inline]
    pub(super) fn set(&mut self, at: usize, byte: u8) {
        self.buf[at] = byte;
    }

    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        self.buf.push(byte);
    }

    /// Writes the first bytes of a chunk.
    #[inline]
    fn chunk<const N: usize>(&mut self, chunk: &[u8; N], bytes: usize) {
        let end = self.buf.len() + bytes;
        self.buf.extend_from_slice(chunk);
        self.buf.truncate(end);
    }

    /// Copies an object that lies at a place of one length.
    #[inline(always)]
    pub(super) fn place<const N: usize>(&mut self, place: &Place<N>) {
        self.chunk(&place.0, place.len());
    }

    /// Writes a key behind a comma, or, as the first of an object, behind its brace.
    #[inline(always)]
    pub(super) fn key(&mut self, key: &Key, first: bool) {
        let start = self.buf.len();
        let length = key.whole.len();
        if length > CHUNK {
            self.raw(&*key.whole);
        } else {
            self.chunk(&key.chunk, length);
        }
        if first {
            self.buf[start] = b'{';
        }
    }

    #[inline]
    pub(super) fn null(&mut self) {
        self.raw(b"null");
    }

    #[inline]
    pub(super) fn bool(&mut self, value: bool) {
        self.raw(if value { &b"true"[..] } else { &b"false"[..] });
    }

    #[inline]
    pub(super) fn int(&mut self, value: impl itoa::Integer) {
        self.raw(itoa::Buffer::new().format(value).as_bytes());
    }

    /// A number with a fraction; whole numbers are written with `.0`, so that the type shows.
    pub(super) fn float(&mut self, value: f64) {
        let text = serde_json::Number::from_f64(value).map_or_else(|| "null".into(), |n| n.to_string());
        self.raw(text.as_bytes());
    }

    /// Text that is known to need no escape: words of enums, ids made of safe characters, numbers as text.
    #[inline]
    pub(super) fn word(&mut self, word: &str) {
        let (word, start) = (word.as_bytes(), self.buf.len());
        if word.len() + 2 <= CHUNK {
            // Quotes all over, the word over them, and all behind its last quote cut off.
            self.buf.extend_from_slice(&[b'"'; CHUNK]);
            copy_short(&mut self.buf[start + 1..=start + word.len()], word);
            self.buf.truncate(start + word.len() + 2);
        } else {
            self.buf.reserve(word.len() + 2);
            self.buf.push(b'"');
            self.buf.extend_from_slice(word);
            self.buf.push(b'"');
        }
    }

    /// A date, as precise as it is.
    #[inline]
    pub(super) fn date(&mut self, date: PartialDate) {
        let (Some(month), Some(day)) = (date.month(), date.day()) else {
            return self.word(date.text(&mut [0; 10]));
        };
        // Put together in two numbers: bytes that are written one by one and read at once are waited for.
        let two = |n: u64| (n / 10 % 10 + 0x30) | (n % 10 + 0x30) << 8;
        let year = u64::from(date.year());
        let head = 0x22 | two(year / 100) << 8 | two(year % 100) << 24 | 0x2d << 40 | two(month.into()) << 48;
        let tail = 0x2d | two(day.into()) << 8 | 0x22 << 24;
        self.buf.extend_from_slice(&head.to_le_bytes());
        self.buf.extend_from_slice(&(tail as u32).to_le_bytes());
    }

    /// Any text.
    pub(super) fn text(&mut self, text: &str) {
        let safe = text.bytes().all(|b| b >= 0x20 && b != b'"' && b != b'\\');
        if safe {
            self.word(text);
        } else {
            match serde_json::to_vec(text) {
                Ok(json) => self.raw(json.as_slice()),
                Err(_) => self.null(),
            }
        }
    }

    /// Text that is JSON already, quotes included.
    #[inline]
    pub(super) fn raw(&mut self, json: impl Raw) {
        json.write(self);
    }

    /// A list of leaves.
    pub(super) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.byte(b'[');
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.byte(b',');
            }
            write(self, item);
        }
        self.byte(b']');
    }

    /// The value, or null.
    pub(super) fn opt<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Json)) -> String {
        let mut out = Json::default();
        out.raw(b"before");
        write(&mut out);
        String::from_utf8(out.into_bytes()).unwrap()["before".len()..].to_owned()
    }

    #[test]
    fn words_and_texts_of_every_length_are_whole() {
        let text: String = ('a'..='z').cycle().take(200).collect();
        for len in 0..=text.len() {
            let word = &text[..len];
            assert_eq!(written(|out| out.word(word)), format!("\"{word}\""));
            assert_eq!(written(|out| out.raw(Stored { rest: text.as_bytes(), len })), word);
            assert_eq!(written(|out| out.raw(Stored { rest: word.as_bytes(), len })), word, "the last of its store");
        }
    }

    #[test]
    fn dates_are_written_as_they_are_read() {
        for text in ["2017-06-21", "1999-12-31", "9999-10-09", "1000-01-01", "2019-05", "2019"] {
            let date: PartialDate = text.parse().unwrap();
            assert_eq!(written(|out| out.date(date)), format!("\"{text}\""));
        }
    }
}
