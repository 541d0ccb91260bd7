//! How are values written as JSON bytes?
//!
//! Must not know: fields, types, requests. One buffer, written front to back.

/// Bytes that are copied at once: a copy of fixed size is a few instructions, one of any size is a call.
const CHUNK: usize = 32;
/// The same for texts and objects that are a little longer.
const LONG_CHUNK: usize = 64;

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
            _ => match self.rest.first_chunk::<LONG_CHUNK>() {
                Some(chunk) if self.len <= LONG_CHUNK => out.chunk(chunk, self.len),
                _ => out.buf.extend_from_slice(&self),
            },
        }
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
        Self { buf: Vec::with_capacity(bytes + LONG_CHUNK) }
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
        self.buf.reserve(word.len() + 2);
        self.buf.push(b'"');
        self.buf.extend_from_slice(word.as_bytes());
        self.buf.push(b'"');
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
