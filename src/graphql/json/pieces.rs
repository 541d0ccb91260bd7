//! What is JSON already, before there is an answer to write it into?
//!
//! Keys, pieces that are written over and over, stored texts. Must not know: how an answer grows.

use super::{CHUNK, Json};

/// As much for texts of a line: most titles.
pub(super) const LINE: usize = 96;

/// JSON that is written over and over.
#[derive(Debug, Clone)]
pub(in crate::graphql) struct Piece {
    /// The first bytes, filled up with zeros.
    chunk: [u8; CHUNK],
    /// All bytes.
    pub(super) whole: Box<[u8]>,
}

impl Piece {
    pub(in crate::graphql) fn new(whole: Vec<u8>) -> Self {
        let mut chunk = [0; CHUNK];
        let short = whole.len().min(CHUNK);
        chunk[..short].copy_from_slice(&whole[..short]);
        Self { chunk, whole: whole.into() }
    }
}

/// A response key as it is written: behind a comma and before a colon.
#[derive(Debug, Clone)]
pub(in crate::graphql) struct Key(pub(super) Piece);

impl Key {
    pub(in crate::graphql) fn new(name: &str) -> Self {
        Self(Piece::new(format!(",\"{name}\":").into_bytes()))
    }

    pub(in crate::graphql) fn name(&self) -> &str {
        let whole = &self.0.whole;
        std::str::from_utf8(&whole[2..whole.len() - 2]).unwrap_or_default()
    }
}

/// JSON that lies in a store of texts.
#[derive(Debug, Clone, Copy)]
pub(in crate::graphql) struct Stored<'a> {
    /// The store from the text on: a copy of fixed size may read what lies behind the text.
    pub(in crate::graphql) rest: &'a [u8],
    /// Bytes of the text.
    pub(in crate::graphql) len: usize,
}

impl Stored<'_> {
    /// Without its first byte.
    #[inline]
    pub(in crate::graphql) fn behind_comma(self) -> Self {
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
pub(in crate::graphql) trait Raw {
    /// Writes it.
    fn write(self, out: &mut Json);
}

impl Raw for &[u8] {
    #[inline]
    fn write(self, out: &mut Json) {
        out.all(self);
    }
}

impl<const N: usize> Raw for &[u8; N] {
    #[inline]
    fn write(self, out: &mut Json) {
        out.chunk(self, N);
    }
}

impl Raw for &Piece {
    #[inline]
    fn write(self, out: &mut Json) {
        if self.whole.len() > CHUNK {
            out.all(&self.whole);
        } else {
            out.chunk(&self.chunk, self.whole.len());
        }
    }
}

impl Raw for Stored<'_> {
    #[inline]
    fn write(self, out: &mut Json) {
        match self.rest.first_chunk::<CHUNK>() {
            Some(chunk) if self.len <= CHUNK => out.chunk(chunk, self.len),
            _ if self.len <= LINE => match self.rest.first_chunk::<LINE>() {
                Some(line) => out.chunk(line, self.len),
                None => out.all(&self),
            },
            _ => out.all(&self),
        }
    }
}
