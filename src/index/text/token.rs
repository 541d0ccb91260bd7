//! Into which words does a text fall?
//!
//! Biomedical names stay whole and give their parts as well: `Claudin18.2` is `claudin182`, `claudin18`, `182`,
//! `claudin`, `18` and `2`. Chinese is cut by jieba, and every character and pair of characters is a word too, so that
//! any stretch of a text is found however it was cut. Must not know: nodes, fields, ranking.

mod ascii;

use jieba_rs::Jieba;

use super::fold::{each_folded, is_cjk};

/// A word of a text and the bytes of the text that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    start: usize,
    end: usize,
}

/// Ways in which one word of a query may stand in a text: any of the ways, each of which needs all of its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) ways: Vec<Vec<String>>,
}

/// Longest word, in bytes; longer ones are cut.
const LONGEST: usize = 64;
/// Parts of a name that are joined with each other at most.
const JOINED: usize = 4;
/// Parts of a name beyond which only parts and the whole are words.
const MANY: usize = 16;

/// Cuts texts into words.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    jieba: Jieba,
}

/// Words of a text, and room that is used again for the next.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cut {
    room: ascii::Room,
    /// All words, one behind the other.
    text: String,
    /// Where each ends there, and the bytes of the text that it stands for.
    ends: Vec<(usize, usize, usize)>,
}

impl Cut {
    /// The words in order of their ends, each with the bytes of the text that it stands for.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, usize, usize)> {
        (0..self.ends.len()).filter_map(|number| self.word(number))
    }

    /// One of the words.
    pub(crate) fn word(&self, number: usize) -> Option<(&str, usize, usize)> {
        let (to, start, end) = *self.ends.get(number)?;
        let from = number.checked_sub(1).map_or(0, |before| self.ends[before].0);
        Some((&self.text[from..to], start, end))
    }

    fn push(&mut self, word: &str, start: usize, end: usize) {
        self.text.push_str(word);
        self.ends.push((self.text.len(), start, end));
    }
}

/// A folded character and the bytes behind it.
#[derive(Clone, Copy)]
struct Folded {
    c: char,
    start: usize,
    end: usize,
}

/// A stretch of a text: characters of a script without spaces, or a name with joiners inside.
enum Run {
    Cjk(std::ops::Range<usize>),
    Name(std::ops::Range<usize>),
}

impl Tokenizer {
    /// A tokenizer with jieba's dictionary, to which the names of the vocabulary are added.
    ///
    /// Complexity: parses the dictionary of 350,000 words: some tenths of a second and 33 MB where it was measured.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut jieba = Jieba::new();
        for name in names {
            let mut word = String::new();
            each_folded(name, |c, _, _| word.push(c));
            let count = word.chars().count();
            if (2..=12).contains(&count) && word.chars().all(is_cjk) && !jieba.has_word(&word) {
                jieba.add_word(&word, Some(2_000), None);
            }
        }
        Self { jieba }
    }

    /// Cuts a text that is indexed into its words.
    ///
    /// Complexity: linear in the text.
    pub(crate) fn cut(&self, text: &str, cut: &mut Cut) {
        cut.text.clear();
        cut.ends.clear();
        if text.is_ascii() {
            let mut room = std::mem::take(&mut cut.room);
            ascii::each_word(text, &mut room, |word, start, end| cut.push(word, start, end));
            cut.room = room;
        } else {
            self.words(text).iter().for_each(|word| cut.push(&word.text, word.start, word.end));
        }
    }

    /// The words of any text, in order of their ends. Bytes lead back to the text.
    fn words(&self, text: &str) -> Vec<Word> {
        let folded = fold(text);
        let mut out = Vec::with_capacity(folded.len() / 2);
        let runs = runs(&folded);
        for (at, run) in runs.iter().enumerate() {
            match run {
                Run::Cjk(range) => self.cjk_words(&folded[range.clone()], &mut out),
                Run::Name(range) => {
                    let parts = parts(&folded, range.clone());
                    name_words(&folded, &parts, &mut out);
                    // `Claudin 18.2` is found as `Claudin18.2`.
                    if let Some(Run::Name(before)) = at.checked_sub(1).map(|b| &runs[b])
                        && range.start == before.end + 1
                        && folded[before.end].c == ' '
                        && folded[range.start].c.is_numeric()
                        && before.len() <= 12
                        && folded[before.start].c.is_alphabetic()
                    {
                        push(&folded, before.start..range.end, false, &mut out);
                    }
                }
            }
        }
        out
    }

    /// What a query wants, word by word, without words that say nothing. Equal words come once.
    pub(crate) fn wanted(&self, text: &str) -> Vec<Wanted> {
        let folded = fold(text);
        let mut all = Vec::new();
        for run in runs(&folded) {
            match run {
                Run::Cjk(range) => {
                    let run: String = folded[range].iter().map(|f| f.c).collect();
                    let words: Vec<String> = self.jieba.cut(&run, false).iter().map(|t| t.word.to_owned()).collect();
                    all.extend(words.into_iter().map(|word| Wanted { ways: cjk_ways(word) }));
                }
                Run::Name(range) => all.push(Wanted { ways: name_ways(&folded, range) }),
            }
        }
        let silent = |w: &Wanted| STOP.contains(&w.ways[0][0].as_str());
        if !all.iter().all(silent) {
            all.retain(|w| !silent(w));
        }
        let mut seen: Vec<Wanted> = Vec::with_capacity(all.len());
        for wanted in all {
            if !seen.contains(&wanted) {
                seen.push(wanted);
            }
        }
        seen
    }

    fn cjk_words(&self, run: &[Folded], out: &mut Vec<Word>) {
        for (at, f) in run.iter().enumerate() {
            out.push(Word { text: f.c.to_string(), start: f.start, end: f.end });
            if let Some(next) = run.get(at + 1) {
                out.push(Word { text: [f.c, next.c].iter().collect(), start: f.start, end: next.end });
            }
        }
        let text: String = run.iter().map(|f| f.c).collect();
        // Byte offsets within the run, to find the characters of a cut word.
        let mut offsets = Vec::with_capacity(run.len());
        let mut bytes = 0;
        for f in run {
            offsets.push(bytes);
            bytes += f.c.len_utf8();
        }
        for token in self.jieba.cut_for_search(&text, false) {
            let from = offsets.binary_search(&token.byte_start).unwrap_or(0);
            let chars = token.word.chars().count();
            if chars >= 3 && from + chars <= run.len() {
                let (first, last) = (run[from], run[from + chars - 1]);
                out.push(Word { text: cut(token.word.to_owned()), start: first.start, end: last.end });
            }
        }
    }
}

/// Words that say nothing in a query.
const STOP: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with", "的",
    "和", "与", "或", "及", "在", "了", "是",
];

/// The letters and digits of a text with each word in its plain spelling: `Multiple Myelomas` is `multiplemyeloma`,
/// `leukaemia` is `leukemia`.
#[must_use]
pub fn plain(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(text.len());
    for run in runs(&folded) {
        match run {
            Run::Cjk(range) => out.extend(folded[range].iter().map(|f| f.c)),
            Run::Name(range) => {
                let one_part = parts(&folded, range.clone()).len() == 1;
                out.push_str(&spelled(&folded, range, one_part));
            }
        }
    }
    out
}

fn fold(text: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(text.len());
    each_folded(text, |c, start, end| folded.push(Folded { c, start, end }));
    folded
}

/// Whether a sign may stand inside a name.
const fn joins(c: char) -> bool {
    matches!(c, '-' | '.' | '_' | '/' | '\'' | '+' | ':' | '&' | '~' | '#')
}

fn runs(folded: &[Folded]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    let name = |f: &Folded| f.c.is_alphanumeric() && !is_cjk(f.c);
    while at < folded.len() {
        let start = at;
        if is_cjk(folded[at].c) {
            while at < folded.len() && is_cjk(folded[at].c) {
                at += 1;
            }
            runs.push(Run::Cjk(start..at));
        } else if name(&folded[at]) {
            at += 1;
            while at < folded.len()
                && (name(&folded[at]) || (joins(folded[at].c) && folded.get(at + 1).is_some_and(name)))
            {
                at += 1;
            }
            runs.push(Run::Name(start..at));
        } else {
            at += 1;
        }
    }
    runs
}

/// The parts of a name: cut at joiners and between letters and digits.
fn parts(folded: &[Folded], range: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    for at in range {
        let c = folded[at].c;
        if joins(c) {
            continue;
        }
        match parts.last_mut() {
            Some(last) if last.end == at && folded[at - 1].c.is_numeric() == c.is_numeric() => last.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    parts
}

fn name_words(folded: &[Folded], parts: &[std::ops::Range<usize>], out: &mut Vec<Word>) {
    let joined = if parts.len() <= MANY { JOINED } else { 1 };
    for last in 0..parts.len() {
        for length in 1..=joined.min(last + 1) {
            push(folded, parts[last + 1 - length].start..parts[last].end, length == 1, out);
        }
    }
    if parts.len() > joined
        && let (Some(first), Some(last)) = (parts.first(), parts.last())
    {
        push(folded, first.start..last.end, false, out);
    }
}

fn push(folded: &[Folded], range: std::ops::Range<usize>, one_part: bool, out: &mut Vec<Word>) {
    let (start, end) = (folded[range.start].start, folded[range.end - 1].end);
    out.push(Word { text: spelled(folded, range, one_part), start, end });
}

fn spelled(folded: &[Folded], range: std::ops::Range<usize>, one_part: bool) -> String {
    let text: String = folded[range].iter().map(|f| f.c).filter(|c| c.is_alphanumeric()).collect();
    cut(if one_part { stem(&text, &mut String::new()).to_owned() } else { text })
}

fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        let mut at = LONGEST;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.truncate(at);
    }
    text
}

fn cjk_ways(word: String) -> Vec<Vec<String>> {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() < 3 {
        return vec![vec![word]];
    }
    let pairs = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    vec![vec![cut(word)], pairs]
}

fn name_ways(folded: &[Folded], range: std::ops::Range<usize>) -> Vec<Vec<String>> {
    let count = parts(folded, range.clone()).len();
    let mut ways = vec![vec![spelled(folded, range.clone(), count == 1)]];
    // `anti-CD19` also as `anti` and `CD19`, but not `CLL-1` as `CLL` and `1`: a bare number says too little.
    let pieces: Vec<std::ops::Range<usize>> = folded[range.clone()]
        .split(|f| joins(f.c))
        .scan(range.start, |at, piece| {
            let piece = *at..*at + piece.len();
            *at = piece.end + 1;
            Some(piece)
        })
        .collect();
    let telling = |p: &std::ops::Range<usize>| p.len() > 1 && folded[p.clone()].iter().any(|f| f.c.is_alphabetic());
    if pieces.len() > 1 && pieces.iter().all(telling) {
        let spell = |p: &std::ops::Range<usize>| spelled(folded, p.clone(), parts(folded, p.clone()).len() == 1);
        ways.push(pieces.iter().map(spell).collect());
    }
    ways
}

/// English number and the two English spellings: `leukaemias` is `leukemia`, `tumours` is `tumor`.
fn stem<'a>(word: &'a str, room: &'a mut String) -> &'a str {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word;
    }
    let (mut kept, mut behind) = (word, "");
    if word.ends_with("ies") && word.len() > 4 {
        (kept, behind) = (&word[..word.len() - 3], "y");
    } else if word.ends_with('s') && !(word.ends_with("ss") || word.ends_with("us") || word.ends_with("is")) {
        kept = &word[..word.len() - 1];
    }
    let mut pairs = false;
    if kept.len() + behind.len() > 5 {
        if behind.is_empty() && kept.ends_with("our") {
            (kept, behind) = (&kept[..kept.len() - 3], "or");
        }
        pairs = kept.as_bytes().windows(2).any(|pair| matches!(pair, b"ae" | b"oe"));
    }
    if behind.is_empty() && !pairs {
        return kept;
    }
    room.clear();
    if pairs {
        room.push_str(&kept.replace("ae", "e").replace("oe", "e"));
    } else {
        room.push_str(kept);
    }
    room.push_str(behind);
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokenizer() -> Tokenizer {
        Tokenizer::new(["间皮素", "多发性骨髓瘤"])
    }

    fn finds(t: &Tokenizer, query: &str, text: &str) -> bool {
        let words: std::collections::HashSet<String> = t.words(text).into_iter().map(|w| w.text).collect();
        let (mut cut, mut held) = (Cut::default(), std::collections::HashSet::new());
        t.cut(text, &mut cut);
        held.extend(cut.words().map(|(word, ..)| word.to_owned()));
        assert_eq!(held, words, "{text}");
        let wanted = t.wanted(query);
        !wanted.is_empty() && wanted.iter().all(|w| w.ways.iter().any(|way| way.iter().all(|t| words.contains(t))))
    }

    #[test]
    fn what_finds_what() {
        let t = tokenizer();
        for (query, text) in [
            ("CLL-1", "anti-CLL1 CAR-NK"),
            ("cll1", "CLL-1 positive"),
            ("Claudin18.2", "Claudin 18.2 in gastric cancer"),
            ("Claudin 18.2", "CLDN/Claudin18.2-specific"),
            ("VP-16", "Vp16"),
            ("NKG2D", "NKG2D-ligand"),
            ("CD19", "CD19/CD22双靶点"),
            ("cd22", "CD19/CD22双靶点"),
            ("双靶点", "CD19/CD22双靶点"),
            ("IL-15", "armoured with IL15"),
            ("car nk", "CAR-NK cells"),
            ("CAR-NK", "car nk cell"),
            ("PD-L1", "PD-1/PD-L1"),
            ("tumours", "solid tumor"),
            ("leukaemia", "acute myeloid leukemias"),
            ("TGF-beta", "TGF-β受体"),
            ("ＣＤ１９", "cd19"),
            ("间皮素", "靶向间皮素的CAR-NK细胞"),
            ("骨髓", "复发难治性多发性骨髓瘤"),
            ("多发性骨髓瘤", "多发性骨髓瘤患者"),
            ("treatment of the lymphoma", "Lymphoma treatment"),
            ("R/R", "R/R AML"),
        ] {
            assert!(finds(&t, query, text), "{query} in {text}: {:?}", t.wanted(query));
        }
        for (query, text) in [
            ("CD3", "CD33"),
            ("CLL-1", "CLL in 1 patient"),
            ("IL-15", "IL-2 for 15 days"),
            ("肺癌", "肺和胃癌"),
            ("", "anything"),
            ("…!?", "anything"),
        ] {
            assert!(!finds(&t, query, text), "{query} in {text}");
        }
    }

    #[test]
    fn words_lead_back_to_the_text() {
        let t = tokenizer();
        let text = "靶向间皮素（Mesothelin）";
        let found = t.words(text).into_iter().find(|w| w.text == "间皮素").unwrap();
        assert_eq!(&text[found.start..found.end], "间皮素");
        let found = t.words(text).into_iter().find(|w| w.text == "mesothelin").unwrap();
        assert_eq!(&text[found.start..found.end], "Mesothelin");
    }

    #[test]
    fn words_that_say_nothing_count_where_there_is_no_other() {
        let t = tokenizer();
        assert_eq!(t.wanted("of the").len(), 2);
        assert_eq!(t.wanted("the lymphoma of CD19 cd19").len(), 2);
    }

    #[test]
    fn stems() {
        for (word, stemmed) in [
            ("leukaemias", "leukemia"),
            ("therapies", "therapy"),
            ("ties", "tie"),
            ("pies", "pie"),
            ("tumours", "tumor"),
            ("four", "four"),
            ("hours", "hour"),
            ("colour", "color"),
            ("oesophaegoaes", "esophege"),
            ("oaedema", "edema"),
            ("aeries", "aery"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("mass", "mass"),
            ("as", "as"),
            ("cd19s", "cd19s"),
        ] {
            assert_eq!(stem(word, &mut String::from("before")), stemmed, "{word}");
        }
    }

    proptest::proptest! {
        /// Made of what names are made of, so that its parts, joiners and numbers meet in every way.
        #[test]
        fn ascii_falls_into_the_same_words_as_any_text(
            texts in proptest::collection::vec("([A-Z]{1,2}|[a-z]{1,7}(our|ies|ae|oe|s)?|[0-9]{1,3}|[-./:&'+~#_ (),\"]|Claudin 18.2| ){0,30}", 1..4)
        ) {
            let t = plain_tokenizer();
            let mut cut = Cut::default();
            for text in texts {
                t.cut(&text, &mut cut);
                let words: Vec<_> = cut.words().collect();
                let any = t.words(&text);
                let any: Vec<_> = any.iter().map(|word| (word.text.as_str(), word.start, word.end)).collect();
                proptest::prop_assert_eq!(words, any, "{:?}", text);
            }
        }
    }

    /// One for all cases: the dictionary takes its time.
    fn plain_tokenizer() -> &'static Tokenizer {
        static ONE: std::sync::OnceLock<Tokenizer> = std::sync::OnceLock::new();
        ONE.get_or_init(|| Tokenizer::new([]))
    }
}
