//! Which is the longest known text that starts here?
//!
//! Must not know: what the texts are.

use hashbrown::HashMap;

/// A set of texts, each with a number.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    steps: HashMap<(u32, char), u32>,
    /// Bit n is set where a text begins with the character n of ASCII: most places of a cell begin none.
    begins: u128,
    /// Number of the text that ends at a node; node 0 is the root, where none ends.
    ends: Vec<Option<usize>>,
}

impl Trie {
    /// Adds a text; the first number of a text stays.
    pub(crate) fn add(&mut self, text: impl IntoIterator<Item = char>, number: usize) {
        if self.ends.is_empty() {
            self.ends.push(None);
        }
        let mut node = 0;
        for c in text {
            if node == 0 && c.is_ascii() {
                self.begins |= 1 << c as u32;
            }
            let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            let found = *self.steps.entry((node, c)).or_insert(next);
            if found == next {
                self.ends.push(None);
            }
            node = found;
        }
        if node != 0
            && let Some(end) = self.ends.get_mut(node as usize)
        {
            end.get_or_insert(number);
        }
    }

    /// Length and number of the longest text that the characters start with and that `fits`.
    pub(crate) fn longest(
        &self,
        chars: impl IntoIterator<Item = char>,
        fits: impl Fn(usize, usize) -> bool,
    ) -> Option<(usize, usize)> {
        let mut node = 0;
        let mut best = None;
        for (before, c) in chars.into_iter().enumerate() {
            if before == 0 && c.is_ascii() && self.begins & 1 << c as u32 == 0 {
                break;
            }
            let Some(next) = self.steps.get(&(node, c)) else { break };
            node = *next;
            if let Some(Some(number)) = self.ends.get(node as usize)
                && fits(before + 1, *number)
            {
                best = Some((before + 1, *number));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_that_fits() {
        let mut trie = Trie::default();
        for (i, text) in ["和", "和或", "r/r", "r"].iter().enumerate() {
            trie.add(text.chars(), i);
        }
        assert_eq!(trie.longest("和或x".chars(), |_, _| true), Some((2, 1)));
        assert_eq!(trie.longest("和或x".chars(), |len, _| len < 2), Some((1, 0)));
        assert_eq!(trie.longest("r/x".chars(), |_, _| true), Some((1, 3)));
        assert_eq!(trie.longest("x".chars(), |_, _| true), None);
        assert_eq!(Trie::default().longest("x".chars(), |_, _| true), None);
    }
}
