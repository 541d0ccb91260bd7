//! How are values written as JSON bytes?
//!
//! Must not know: fields, types, requests. One buffer, written front to back.

/// Bytes that are copied at once: a copy of fixed size is a few instructions, one of any size is a call.
const CHUNK: usize = 32;

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
        out.room(self.len());
        out.put(self);
    }
}

impl<const N: usize> Raw for &[u8; N] {
    #[inline]
    fn write(self, out: &mut Json) {
        out.room(N);
        out.put(self);
    }
}

impl Raw for Stored<'_> {
    #[inline]
    fn write(self, out: &mut Json) {
        match self.rest.first_chunk::<CHUNK>() {
            Some(chunk) if self.len <= CHUNK => {
                out.room(CHUNK);
                out.buf[out.end..out.end + CHUNK].copy_from_slice(chunk);
                out.end += self.len;
            }
            _ => (*self).write(out),
        }
    }
}

/// An answer in the making: a buffer with room behind its end.
#[derive(Debug, Default)]
pub(super) struct Json {
    /// What is written, then zeros.
    buf: Vec<u8>,
    end: usize,
}

impl Json {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { buf: vec![0; bytes + 2 * CHUNK], end: 0 }
    }

    /// Bytes written.
    pub(super) const fn len(&self) -> usize {
        self.end
    }

    /// What is written.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buf[..self.end]
    }

    /// What is written, for keeps.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.buf.truncate(self.end);
        self.buf
    }

    /// Forgets what was written behind a place.
    pub(super) const fn truncate(&mut self, len: usize) {
        if len < self.end {
            self.end = len;
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, more: usize) {
        let want = (self.end + more).max(2 * self.buf.len()).max(4 * CHUNK);
        self.buf.resize(want, 0);
    }

    #[inline]
    fn room(&mut self, more: usize) {
        if self.buf.len() - self.end < more {
            self.grow(more);
        }
    }

    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        self.room(1);
        self.buf[self.end] = byte;
        self.end += 1;
    }

    /// Writes a key behind a comma, or, as the first of an object, behind its brace.
    #[inline(always)]
    pub(super) fn key(&mut self, key: &Key, first: bool) {
        let length = key.whole.len();
        if length > CHUNK {
            self.raw(&*key.whole);
        } else {
            self.room(CHUNK);
            self.buf[self.end..self.end + CHUNK].copy_from_slice(&key.chunk);
            self.end += length;
        }
        if first {
            self.buf[self.end - length] = b'{';
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
        let length = word.len() + 2;
        self.room(length);
        let place = &mut self.buf[self.end..self.end + length];
        place[0] = b'"';
        place[length - 1] = b'"';
        copy(&mut place[1..length - 1], word.as_bytes());
        self.end += length;
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

    /// Copies bytes for which there is room.
    #[inline]
    fn put(&mut self, bytes: &[u8]) {
        self.buf[self.end..self.end + bytes.len()].copy_from_slice(bytes);
        self.end += bytes.len();
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

/// Copies as many bytes as there are, both slices being of one length. Short ones are copied as two halves that may
/// overlap: no call.
#[inline]
fn copy(to: &mut [u8], from: &[u8]) {
    let length = from.len().min(to.len());
    match length {
        8..=16 => {
            to[..8].copy_from_slice(&from[..8]);
            to[length - 8..length].copy_from_slice(&from[length - 8..length]);
        }
        4..=7 => {
            to[..4].copy_from_slice(&from[..4]);
            to[length - 4..length].copy_from_slice(&from[length - 4..length]);
        }
        _ => to[..length].copy_from_slice(&from[..length]),
    }
}
