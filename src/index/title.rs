//! Which trials have these words in their titles?
//!
//! Whole words, each with the trials whose title holds it: a list where these are few, a bitmap where they are many. Must
//! not know: filters, what a client wrote.

use rayon::prelude::*;
use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use super::text::fold::{each_folded, is_cjk};
use crate::graph::{Graph, StrId};

/// A word in one of so many titles has a bitmap.
const DENSE: usize = 32;
/// Titles that one thread reads at a time.
const TOGETHER: usize = 1 << 15;

/// Calls `each` with the words of a text, folded (see `fold`): runs of letters and digits, and each character of a
/// script that is written without spaces.
pub(crate) fn each_word(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            each(word);
            word.clear();
        }
    };
    each_folded(text, |c, _, _| {
        if !c.is_alphanumeric() {
            end(&mut word);
        } else if is_cjk(c) {
            end(&mut word);
            word.push(c);
            end(&mut word);
        } else {
            word.push(c);
        }
    });
    end(&mut word);
}

/// The different words of a text, as titles are searched for them: runs of letters and digits, whatever their case, width
/// and accents, and each Chinese character.
///
/// ```
/// assert_eq!(trialweave::index::whole_words("Car-NK: a study, a Study"), ["a", "car", "nk", "study"]);
/// assert_eq!(trialweave::index::whole_words("白血病 2"), ["2", "病", "白", "血"]);
/// ```
#[must_use]
pub fn whole_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words.sort_unstable();
    words.dedup();
    words
}

/// Trials by the words of their titles.
#[derive(Debug, Default)]
pub struct TitleWords {
    /// The number of each word.
    numbers: FxHashMap<Box<str>, u32>,
    /// Where the list of each word ends; empty for one with a bitmap.
    ends: Vec<u32>,
    trials: Vec<u32>,
    bitmaps: FxHashMap<u32, Many>,
}

/// The trials of a frequent word: as a set that stands alone, and a bit for each trial, of which many are put together at once.
#[derive(Debug)]
struct Many {
    set: RoaringBitmap,
    bits: Box<[u8]>,
}

impl Many {
    fn new(trials: &[u32], all: usize) -> Self {
        let mut bits = vec![0u8; all.div_ceil(8)];
        for trial in trials {
            bits[*trial as usize / 8] |= 1 << (trial % 8);
        }
        Self { set: RoaringBitmap::from_lsb0_bytes(0, &bits), bits: bits.into() }
    }
}

/// The trials of a word.
enum Posting<'a> {
    Few(&'a [u32]),
    Many(&'a Many),
}

impl Posting<'_> {
    fn len(&self) -> u64 {
        match self {
            Self::Few(list) => list.len() as u64,
            Self::Many(many) => many.set.len(),
        }
    }

    fn has(&self, trial: u32) -> bool {
        match self {
            Self::Few(list) => list.binary_search(&trial).is_ok(),
            Self::Many(many) => many.bits.get(trial as usize / 8).is_some_and(|byte| byte >> (trial % 8) & 1 != 0),
        }
    }
}

impl TitleWords {
    /// Complexity: linear in the titles, on all cores.
    pub(super) fn build(graph: &Graph) -> Self {
        let titles = &graph.trials.title;
        let parts: Vec<FxHashMap<Box<str>, Vec<u32>>> =
            titles.par_chunks(TOGETHER).enumerate().map(|(at, part)| read(graph, part, at * TOGETHER)).collect();
        let mut words: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
        for (word, trials) in parts.into_iter().flatten() {
            words.entry(word).or_default().extend(trials);
        }
        let mut built = Self::default();
        for (number, (word, trials)) in (0..).zip(words) {
            if trials.len() * DENSE >= titles.len() {
                built.bitmaps.insert(number, Many::new(&trials, titles.len()));
            } else {
                built.trials.extend(trials);
            }
            built.ends.push(built.trials.len() as u32);
            built.numbers.insert(word, number);
        }
        built
    }

    fn posting(&self, word: &str) -> Option<Posting<'_>> {
        let number = *self.numbers.get(word)?;
        if let Some(many) = self.bitmaps.get(&number) {
            return Some(Posting::Many(many));
        }
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        Some(Posting::Few(&self.trials[start as usize..self.ends[at] as usize]))
    }

    /// Trials whose title holds all of these words, as [`whole_words`] gives them, and how many trials and blocks of
    /// bitmaps were looked at; all trials with a title are none of them where no word is given.
    ///
    /// Complexity: linear in the trials of the rarest word, times the logarithm of those of the others.
    #[must_use]
    pub fn with_all(&self, words: &[String]) -> (RoaringBitmap, u64) {
        let postings: Option<Vec<_>> = words.iter().map(|word| self.posting(word)).collect();
        let Some(mut postings) = postings else { return (RoaringBitmap::new(), 1) };
        postings.sort_by_key(Posting::len);
        let Some((rarest, others)) = postings.split_first() else { return (RoaringBitmap::new(), 0) };
        match rarest {
            Posting::Few(list) => {
                let found = list.iter().copied().filter(|trial| others.iter().all(|other| other.has(*trial)));
                (RoaringBitmap::from_sorted_iter(found).unwrap_or_default(), list.len() as u64 * words.len() as u64)
            }
            Posting::Many(many) => {
                // None is rarer than this one, so all have bitmaps.
                let others =
                    others.iter().filter_map(|p| if let Posting::Many(other) = p { Some(*other) } else { None });
                let both = others.fold(None::<Vec<u8>>, |both, other| {
                    let both = both.as_deref().unwrap_or(&many.bits);
                    Some(both.iter().zip(&other.bits).map(|(one, other)| one & other).collect())
                });
                let found = both.map_or_else(|| many.set.clone(), |both| RoaringBitmap::from_lsb0_bytes(0, &both));
                let blocks = u64::from(many.set.statistics().n_containers);
                (found, blocks * words.len() as u64)
            }
        }
    }
}

/// The words of titles that follow each other, the first of which is that of a trial with this number.
fn read(graph: &Graph, titles: &[StrId], first: usize) -> FxHashMap<Box<str>, Vec<u32>> {
    let mut words: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
    for (trial, title) in (first as u32..).zip(titles) {
        let Some(title) = title.some() else { continue };
        each_word(&graph.strings.text(title), |word| {
            let trials = match words.get_mut(word) {
                Some(trials) => trials,
                None => words.entry(word.into()).or_default(),
            };
            if trials.last() != Some(&trial) {
                trials.push(trial);
            }
        });
    }
    words
}
