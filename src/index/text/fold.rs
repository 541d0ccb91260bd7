//! Which spellings count as the same when words are looked up?
//!
//! Width, case, accents, dashes and Greek letters are folded away: `ＣＤ１９` is `cd19`, `TGF-β` is `tgf-beta`, `Ｂｕｃｃì`
//! is `bucci`. Each character is folded by itself, so a place in the folded text leads back to one in the original.
//! Must not know: words, nodes, queries.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Calls `each` with the folded characters of a text and the byte range of the original character behind each.
///
/// Complexity: linear in the text.
pub(crate) fn each_folded(text: &str, mut each: impl FnMut(char, usize, usize)) {
    for (start, original) in text.char_indices() {
        let end = start + original.len_utf8();
        if original.is_ascii() {
            each(original.to_ascii_lowercase(), start, end);
            continue;
        }
        for c in std::iter::once(original).nfkd() {
            // Up, then down: the closest to full case folding that the standard library offers (ß, ς, ı).
            for c in c.to_uppercase().flat_map(char::to_lowercase).nfkd() {
                if is_combining_mark(c) || is_invisible(c) {
                    continue;
                }
                match greek(c) {
                    Some(name) => name.chars().for_each(|c| each(c, start, end)),
                    None => each(dash(c), start, end),
                }
            }
        }
    }
}

/// The letters and digits of a text, folded: what is left of a name when spelling is taken away. `CLL-1`, `CLL1` and
/// `cll 1` are one.
///
/// ```
/// # use trialweave::index::compact;
/// assert_eq!(compact("CLL-1"), compact("ｃｌｌ　１"));
/// assert_eq!(compact("Claudin 18.2"), "claudin182");
/// assert_eq!(compact("TGF-β"), "tgfbeta");
/// ```
#[must_use]
pub fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    compact_into(text, &mut out);
    out
}

/// The same behind what was written before.
pub(crate) fn compact_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let before = out.len();
        text.split(|c: char| !c.is_ascii_alphanumeric()).for_each(|word| out.push_str(word));
        out[before..].make_ascii_lowercase();
        return;
    }
    each_folded(text, |c, _, _| {
        if c.is_alphanumeric() {
            out.push(c);
        }
    });
}

/// Whether a character belongs to a script that is written without spaces: Han, Kana, Hangul.
pub(crate) const fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11ff | 0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

const fn is_invisible(c: char) -> bool {
    matches!(c as u32, 0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0xfeff | 0xfe00..=0xfe0f)
}

const fn dash(c: char) -> char {
    match c as u32 {
        0x2010..=0x2015 | 0x2212 | 0xfe58 | 0xfe63 => '-',
        0x2018 | 0x2019 | 0x2032 => '\'',
        _ => c,
    }
}

/// The name of a Greek letter as biomedical texts spell it out.
const fn greek(c: char) -> Option<&'static str> {
    Some(match c {
        'α' => "alpha",
        'β' => "beta",
        'γ' => "gamma",
        'δ' => "delta",
        'ε' => "epsilon",
        'ζ' => "zeta",
        'η' => "eta",
        'θ' => "theta",
        'κ' => "kappa",
        'λ' => "lambda",
        'μ' => "mu",
        'σ' => "sigma",
        'τ' => "tau",
        'ω' => "omega",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_count_as_the_same() {
        for (a, b) in [
            ("ＣＤ１９", "cd19"),
            ("Buccì", "BUCCI"),
            ("Bucci\u{300}", "bucci"),
            ("TGF‑β", "tgf-BETA"),
            ("Imširović", "imsirovic"),
            ("straße", "STRASSE"),
            ("HIF-1α", "hif 1 alpha"),
            ("间\u{200b}皮素", "间皮素"),
            ("R/R", "rr"),
            ("", "  -  "),
        ] {
            assert_eq!(compact(a), compact(b), "{a} {b}");
        }
        assert_ne!(compact("CD3"), compact("CD33"));
    }

    #[test]
    fn a_folded_character_leads_back() {
        let text = "aβ间";
        let mut seen = Vec::new();
        each_folded(text, |c, start, end| seen.push((c, &text[start..end])));
        assert_eq!(seen, [('a', "a"), ('b', "β"), ('e', "β"), ('t', "β"), ('a', "β"), ('间', "间")]);
    }
}
