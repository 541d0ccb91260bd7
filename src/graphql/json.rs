//! How are values written as JSON bytes?
//!
//! Must not know: fields, types, requests. One buffer, written front to back.

mod pieces;

use self::pieces::LINE;
pub(super) use self::pieces::{Key, Piece, Raw, Stored};
use super::kept::Place;
use crate::domain::PartialDate;

/// Bytes that are copied at once: a copy of fixed size is a few instructions, one of any size is a call.
const CHUNK: usize = 32;

/// Room behind the answer that is made ready at once: little enough to stay in the nearest cache.
const AHEAD: usize = 1024;

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

/// The last two digits of a number. What has several of them is put together in one number: bytes that are written one by
/// one and read at once are waited for.
#[inline]
fn two(n: u32) -> u128 {
    u128::from((n / 10 % 10 + 0x30) | (n % 10 + 0x30) << 8)
}

/// The last eight digits of a number, the first in the lowest byte: halves of four digits, each split in two, each in two.
#[inline]
const fn eight(n: u32) -> u64 {
    let halves = (n / 10_000 % 10_000) as u64 | ((n % 10_000) as u64) << 32;
    let hundreds = ((halves * 10_486) >> 20) & 0x7f_0000_007f;
    let twos = hundreds | (halves - 100 * hundreds) << 16;
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    (tens | (twos - 10 * tens) << 8) + 0x3030_3030_3030_3030
}

/// An answer in the making.
#[derive(Debug, Default)]
pub(super) struct Json {
    /// The answer, and behind it room that is made ready: a chunk is written whole, and what is too much of it is written
    /// over by what comes next.
    buf: Vec<u8>,
    /// Bytes of the answer.
    at: usize,
}

impl Json {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { buf: Vec::with_capacity(bytes + LINE), at: 0 }
    }

    /// Bytes written.
    pub(super) const fn len(&self) -> usize {
        self.at
    }

    /// What is written.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buf[..self.at]
    }

    /// What is written, for keeps.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.buf.truncate(self.at);
        self.buf
    }

    /// Forgets what was written behind a place.
    pub(super) fn truncate(&mut self, len: usize) {
        self.at = self.at.min(len);
    }

    /// Makes room for more bytes, and some ready that come next.
    #[cold]
    #[inline(never)]
    fn more(&mut self, bytes: usize) {
        let least = self.at + bytes;
        let capacity = self.buf.capacity();
        let ready = if least <= capacity { capacity.min(least + AHEAD) } else { least + AHEAD.min(least + CHUNK) };
        self.buf.resize(ready, 0);
    }

    #[inline]
    fn room(&mut self, bytes: usize) {
        if self.buf.len() - self.at < bytes {
            self.more(bytes);
        }
    }

    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        self.room(1);
        self.buf[self.at] = byte;
        self.at += 1;
    }

    #[inline]
    fn all(&mut self, bytes: &[u8]) {
        self.room(bytes.len());
        let end = self.at + bytes.len();
        self.buf[self.at..end].copy_from_slice(bytes);
        self.at = end;
    }

    /// Writes the first bytes of a chunk.
    #[inline]
    fn chunk<const N: usize>(&mut self, chunk: &[u8; N], bytes: usize) {
        match self.buf.get_mut(self.at..).and_then(|room| room.first_chunk_mut()) {
            Some(place) => *place = *chunk,
            None => self.late(chunk),
        }
        self.at += bytes;
    }

    /// Writes a chunk for which no room is ready.
    #[cold]
    #[inline(never)]
    fn late(&mut self, chunk: &[u8]) {
        self.more(chunk.len());
        self.buf[self.at..][..chunk.len()].copy_from_slice(chunk);
    }

    /// Writes a list of objects that lie at places of one length.
    #[inline]
    pub(super) fn places<const N: usize>(&mut self, places: &[Place<N>], numbers: &[u32]) {
        // Room for the brackets of an empty list as well.
        self.room(numbers.len() * N + 2);
        let (buf, mut at) = (&mut self.buf[self.at..], 0);
        for number in numbers {
            let place = &places[*number as usize];
            buf[at..][..N].copy_from_slice(&place.0);
            at += place.len();
        }
        // The first stands behind a comma, and a comma is one byte, as is the bracket over it.
        buf[0] = b'[';
        at = at.max(1);
        buf[at] = b']';
        self.at += at + 1;
    }

    /// Writes a key behind a comma, or, as the first of an object, behind its brace.
    #[inline(always)]
    pub(super) fn key(&mut self, key: &Key, first: bool) {
        let start = self.at;
        self.raw(&key.0);
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
        let word = word.as_bytes();
        if word.len() + 2 <= CHUNK {
            // Quotes all over, and the word over them.
            let start = self.at + 1;
            self.chunk(&[b'"'; CHUNK], word.len() + 2);
            copy_short(&mut self.buf[start..start + word.len()], word);
        } else {
            self.byte(b'"');
            self.all(word);
            self.byte(b'"');
        }
    }

    /// A text that ends in a number of eight digits, behind what it begins with, quote included.
    #[inline]
    pub(super) fn number_of_eight(&mut self, begin: [u8; 4], number: u32) {
        let digits = u128::from(eight(number));
        let begin = u128::from(u32::from_le_bytes(begin));
        self.chunk(&(begin | digits << 32 | 0x22 << 96).to_le_bytes(), 13);
    }

    /// A date, as precise as it is.
    #[inline]
    pub(super) fn date(&mut self, date: PartialDate) {
        let year = u32::from(date.year());
        let year = 0x22 | two(year / 100) << 8 | two(year % 100) << 24;
        let Some(month) = date.month() else { return self.chunk(&(year | 0x22 << 40).to_le_bytes(), 6) };
        let month = year | 0x2d << 40 | two(month.into()) << 48;
        let Some(day) = date.day() else { return self.chunk(&(month | 0x22 << 64).to_le_bytes(), 9) };
        self.chunk(&(month | 0x2d << 64 | two(day.into()) << 72 | 0x22 << 88).to_le_bytes(), 12);
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
        let days =
            |year, month| (0..=31).filter_map(move |day| PartialDate::new(year, month, (day > 0).then_some(day)));
        let months = |year| (0..=12).flat_map(move |month| days(year, (month > 0).then_some(month)));
        let mut all = 0;
        for date in [1000, 1969, 2024, 9999].into_iter().flat_map(months) {
            assert_eq!(written(|out| out.date(date)), format!("\"{date}\""));
            all += 1;
        }
        assert_eq!(all, 4 * 13 + 3 * 365 + 366);
    }

    #[test]
    fn numbers_of_eight_digits_have_all_of_them() {
        for number in [0, 7, 12_345_678, 3_056_339, 99_999_999, 10_000_000] {
            assert_eq!(written(|out| out.number_of_eight(*b"\"NCT", number)), format!("\"NCT{number:08}\""));
        }
        for half in 0..10_000 {
            let text = format!("{half:04}{:04}", 9_999 - half);
            assert_eq!(eight(text.parse().unwrap()).to_le_bytes(), text.as_bytes());
        }
    }

    #[test]
    fn room_is_made_wherever_the_answer_is() {
        let text: Vec<u8> = (b'a'..=b'z').cycle().take(300).collect();
        let pieces = [Piece::new(text[..7].to_vec()), Piece::new(text[..200].to_vec())];
        for capacity in [0, 1, AHEAD - 1, AHEAD, 3 * AHEAD] {
            let (mut out, mut by_hand) = (Json::with_capacity(capacity), Vec::new());
            for at in 0..200 {
                out.raw(&pieces[at % 2]);
                by_hand.extend_from_slice(&pieces[at % 2].whole);
                out.raw(&text[at..]);
                by_hand.extend_from_slice(&text[at..]);
                out.truncate(by_hand.len() - 5);
                by_hand.truncate(by_hand.len() - 5);
                out.byte(b'|');
                by_hand.push(b'|');
                assert_eq!(out.len(), by_hand.len());
            }
            assert_eq!(out.bytes(), by_hand);
            assert_eq!(out.into_bytes(), by_hand);
        }
    }

    #[test]
    fn lists_of_places_have_their_brackets() {
        let places: Vec<Place<64>> = [&b",1"[..], b",{}", b",\"three\""].into_iter().map(Place::of).collect();
        for (numbers, list) in [(&[][..], "[]"), (&[0], "[1]"), (&[2, 0, 1, 2], "[\"three\",1,{},\"three\"]")] {
            assert_eq!(written(|out| out.places(&places, numbers)), list);
        }
    }
}
