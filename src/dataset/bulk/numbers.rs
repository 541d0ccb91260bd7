//! Which number has this id, asked tens of millions of times?
//!
//! Must not know: where an id stands.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

/// How many ids are looked up side by side, so that the processor waits for the memory of many at once.
const TOGETHER: usize = 32;

/// The first bytes of an id, big end first: keys are in the order of ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64, u64);

impl Key {
    /// Bytes of an id that a key holds.
    const LEN: usize = 16;

    #[inline]
    pub(super) fn of(id: &str) -> Self {
        let bytes = id.as_bytes();
        let mut kept = [0; Self::LEN];
        match bytes.get(..Self::LEN) {
            Some(head) => kept.copy_from_slice(head),
            None => kept[..bytes.len()].copy_from_slice(bytes),
        }
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = kept;
        Self(u64::from_be_bytes([a, b, c, d, e, f, g, h]), u64::from_be_bytes([i, j, k, l, m, n, o, p]))
    }

    /// Whether nothing of the id can be missing: then equal keys are equal ids, as no id holds the character 0.
    #[inline]
    pub(super) const fn is_whole(self) -> bool {
        self.1 & 0xff == 0
    }
}

/// A place of the table: empty where the number is that of no id.
#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    number: u32,
}

const EMPTY: u32 = u32::MAX;

/// Ids in their order, and a table that leads back from an id to its number. The table holds the ids themselves, as far
/// as they are short: one look at the memory is enough for most of them.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// All ids, one after another, and where each ends.
    ids: String,
    ends: Vec<u32>,
    /// Half empty at least, a power of two.
    slots: Vec<Slot>,
    hasher: DefaultHashBuilder,
}

impl Numbers {
    /// The table of ids that stand one after another, each once.
    pub(super) fn new(ids: String, ends: Vec<u32>) -> Self {
        let size = (ends.len() * 2).next_power_of_two();
        let slots = vec![Slot { key: Key::default(), number: EMPTY }; size];
        let mut numbers = Self { ids, ends, slots, hasher: DefaultHashBuilder::default() };
        for number in 0..numbers.ends.len() as u32 {
            let key = Key::of(numbers.id(number));
            let mut at = numbers.place(key);
            while numbers.slots[at].number != EMPTY {
                at = (at + 1) & (size - 1);
            }
            numbers.slots[at] = Slot { key, number };
        }
        numbers
    }

    /// The id with a number.
    pub(super) fn id(&self, number: u32) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        self.ids.get(start as usize..self.ends[number as usize] as usize).unwrap_or_default()
    }

    /// The number of an id.
    ///
    /// Complexity: constant.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        let key = Key::of(id);
        self.at(self.place(key), key, id)
    }

    /// Adds the numbers of many ids to `found`; none where one of them is unknown and `else_` does not know it either.
    ///
    /// Complexity: linear in the ids.
    pub(super) fn all(
        &self,
        ids: &[&str],
        else_: impl Fn(&str) -> Option<u32>,
        mut found: impl FnMut(u32),
    ) -> Option<()> {
        let mut places = [(0, Key::default()); TOGETHER];
        for ids in ids.chunks(TOGETHER) {
            for (place, id) in places.iter_mut().zip(ids) {
                let key = Key::of(id);
                *place = (self.place(key), key);
            }
            for ((place, key), id) in places.iter().zip(ids) {
                found(self.at(*place, *key, id).or_else(|| else_(id))?);
            }
        }
        Some(())
    }

    #[inline]
    fn place(&self, key: Key) -> usize {
        self.hasher.hash_one(key) as usize & self.slots.len().wrapping_sub(1)
    }

    #[inline]
    fn at(&self, mut place: usize, key: Key, id: &str) -> Option<u32> {
        loop {
            let slot = self.slots.get(place)?;
            if slot.number == EMPTY {
                return None;
            }
            if slot.key == key && (key.is_whole() || self.id(slot.number) == id) {
                return Some(slot.number);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_short_and_long_have_their_numbers() {
        let mut ids: Vec<String> = (0..500).map(|n| format!("r{n}")).collect();
        let long = ["abcdefghijklmnop", "abcdefghijklmnopq", "abcdefghijklmnopqr", "abcdefghijklmno", "a"];
        ids.extend(long.map(str::to_owned));
        ids.sort_unstable();
        let mut ends = Vec::new();
        let all = ids.iter().fold(String::new(), |all, id| {
            ends.push((all.len() + id.len()) as u32);
            all + id
        });
        assert!(ids.is_sorted_by_key(|id| Key::of(id)));
        let numbers = Numbers::new(all, ends);
        for (number, id) in ids.iter().enumerate() {
            assert_eq!((numbers.number(id), numbers.id(number as u32)), (Some(number as u32), id.as_str()));
        }
        for unknown in ["", "r500", "abcdefghijklmnopx", "abcdefghijklmn", "abcdefghijklmnopqrs"] {
            assert_eq!(numbers.number(unknown), None, "{unknown}");
        }
        let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut found = Vec::new();
        assert_eq!(numbers.all(&asked, |_| None, |number| found.push(number)), Some(()));
        assert!(found.into_iter().eq(0..ids.len() as u32));
        assert_eq!(numbers.all(&["r1", "x"], |_| None, |_| {}), None);
        assert_eq!(Numbers::default().number("r1"), None);
    }
}
