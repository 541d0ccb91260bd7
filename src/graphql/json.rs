//! How are values written as JSON bytes?
//!
//! Must not know: fields, types, requests. One buffer, written front to back.

/// An answer in the making.
#[derive(Debug, Default)]
pub(super) struct Json {
    pub(super) buf: Vec<u8>,
}

impl Json {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { buf: Vec::with_capacity(bytes) }
    }

    pub(super) fn null(&mut self) {
        self.buf.extend_from_slice(b"null");
    }

    pub(super) fn bool(&mut self, value: bool) {
        self.buf.extend_from_slice(if value { b"true" } else { b"false" });
    }

    pub(super) fn int(&mut self, value: impl itoa::Integer) {
        self.buf.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// A number with a fraction; whole numbers are written with `.0`, so that the type shows.
    pub(super) fn float(&mut self, value: f64) {
        self.buf.extend_from_slice(
            serde_json::Number::from_f64(value).map_or_else(|| "null".into(), |n| n.to_string()).as_bytes(),
        );
    }

    /// Text that is known to need no escape: words of enums, ids made of safe characters, numbers as text.
    pub(super) fn word(&mut self, word: &str) {
        self.buf.push(b'"');
        self.buf.extend_from_slice(word.as_bytes());
        self.buf.push(b'"');
    }

    /// Any text.
    pub(super) fn text(&mut self, text: &str) {
        let safe = text.bytes().all(|b| b >= 0x20 && b != b'"' && b != b'\\');
        if safe {
            self.word(text);
        } else if serde_json::to_writer(&mut self.buf, text).is_err() {
            self.null();
        }
    }

    /// Text that is JSON already, quotes included.
    pub(super) fn raw(&mut self, json: &[u8]) {
        self.buf.extend_from_slice(json);
    }

    /// A list of leaves.
    pub(super) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.buf.push(b'[');
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.buf.push(b',');
            }
            write(self, item);
        }
        self.buf.push(b']');
    }

    /// The value, or null.
    pub(super) fn opt<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }
}
