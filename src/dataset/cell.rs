//! What does this cell say: an id, a word of a list, a date, a number?
//!
//! Must not know: which files there are. A cell that says nothing sensible is reported and gives a stand-in, so that
//! the rest of its line is looked at as well; a dataset with any problem is never used.

use super::problem::{Problems, did_you_mean, quoted};
use super::table::Line;
use crate::domain::{
    AgencyClass, CitationIntent, DiseaseArea, DiseaseQualifier, DrugKind, DrugRole, KnownBy, Language, NodeKind,
    PartialDate, Phase, ReferenceType, SourceField, SourceType, Standing, StatementType, TargetKind, TrialStatus,
    Verification, XrefMatch,
};

/// A closed word list of `domain`.
pub(crate) trait Word: Copy + 'static {
    /// Every value.
    fn all() -> &'static [Self];
    /// The value with this text.
    fn from_text(text: &str) -> Option<Self>;
    /// The text of the value.
    fn to_text(self) -> &'static str;
}

macro_rules! word {
    ($($name:ident)*) => { $(
        impl Word for $name {
            fn all() -> &'static [Self] { Self::ALL }
            fn from_text(text: &str) -> Option<Self> { Self::parse(text) }
            fn to_text(self) -> &'static str { self.text() }
        }
    )* };
}

word! {
    AgencyClass CitationIntent DiseaseArea DiseaseQualifier DrugKind DrugRole KnownBy Language NodeKind Phase
    ReferenceType SourceField SourceType Standing StatementType TargetKind TrialStatus Verification XrefMatch
}

/// What to do about a text that is no word of a list.
pub(crate) fn word_fix<T: Word>(text: &str) -> String {
    let all = || T::all().iter().map(|w| w.to_text());
    match did_you_mean(text, all()) {
        Some(meant) => format!("write {} if that is meant", quoted(meant)),
        None => format!("write one of {}", all().collect::<Vec<_>>().join(", ")),
    }
}

/// Whether a text is a stable id: lower-case letters, digits, and `.`, `+`, `_`, `-` after the first character.
pub(crate) fn is_slug(text: &str) -> bool {
    let word = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.as_bytes().first().is_some_and(word) && text.bytes().all(|b| word(&b) || b".+_-".contains(&b))
}

/// Reads the cells of one line and reports what is wrong with them.
pub(crate) struct Cells<'a, 'p> {
    line: &'a Line<'a>,
    problems: &'p mut Problems,
}

impl<'a, 'p> Cells<'a, 'p> {
    /// The cells of this line.
    pub(crate) fn new(line: &'a Line<'a>, problems: &'p mut Problems) -> Self {
        Self { line, problems }
    }

    /// Reports something about a cell.
    pub(crate) fn wrong(&mut self, column: &str, what: impl Into<String>, fix: impl Into<String>) {
        self.problems.cell((self.line.file, self.line.number, column), what, fix);
    }

    /// Whether the file has the column. Where it has not, that has been reported by then.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.line.get(column).is_some()
    }

    /// What stands there, nothing where the file lacks the column.
    fn cell(&self, column: &str) -> &'a str {
        self.line.get(column).unwrap_or_default()
    }

    fn filled(&mut self, column: &str) -> &'a str {
        let text = self.line.get(column);
        if text.is_some_and(|t| t.trim().is_empty()) {
            self.wrong(column, "the cell is empty", "fill it in");
        }
        text.unwrap_or_default()
    }

    /// The text, empty where there is none.
    pub(crate) fn text(&mut self, column: &str) -> String {
        self.cell(column).to_owned()
    }

    /// The text, which must not be empty.
    pub(crate) fn needed(&mut self, column: &str) -> String {
        self.filled(column).to_owned()
    }

    /// A stable id, or the empty text where the cell holds none.
    pub(crate) fn id(&mut self, column: &str) -> String {
        let text = self.filled(column);
        if text.trim().is_empty() || is_slug(text) {
            return text.to_owned();
        }
        let fix = "use lower-case letters, digits and . + _ - only, starting with a letter or digit";
        self.wrong(column, format!("{} is no id", quoted(text)), fix);
        String::new()
    }

    /// A short code within a source, such as `F01` or `B7`.
    pub(crate) fn code(&mut self, column: &str) -> String {
        let text = self.needed(column);
        if text.trim().is_empty() || is_slug(&text.to_ascii_lowercase()) {
            return text;
        }
        let fix = "use letters, digits and . + _ - only, starting with a letter or digit";
        self.wrong(column, format!("{} is no id", quoted(&text)), fix);
        String::new()
    }

    /// A word of a list.
    pub(crate) fn word<T: Word>(&mut self, column: &str) -> T {
        let text = self.filled(column);
        self.word_of(column, text).unwrap_or(T::all()[0])
    }

    /// A word of a list, or nothing.
    pub(crate) fn word_or_none<T: Word>(&mut self, column: &str) -> Option<T> {
        let text = self.cell(column);
        self.word_of(column, text)
    }

    fn word_of<T: Word>(&mut self, column: &str, text: &str) -> Option<T> {
        let word = T::from_text(text);
        if word.is_none() && !text.trim().is_empty() {
            self.wrong(column, format!("{} is not in the list of values", quoted(text)), word_fix::<T>(text));
        }
        word
    }

    /// Words of a list, joined by `|`.
    pub(crate) fn words<T: Word>(&mut self, column: &str) -> Vec<T> {
        self.list(column).iter().filter_map(|text| self.word_of(column, text)).collect()
    }

    /// Texts joined by `|`.
    pub(crate) fn list(&mut self, column: &str) -> Vec<String> {
        let text = self.cell(column);
        if text.is_empty() {
            return Vec::new();
        }
        if text.split('|').any(|part| part.trim().is_empty()) {
            self.wrong(column, "the list has an empty part", "remove the superfluous `|`");
        }
        text.split('|').filter(|part| !part.trim().is_empty()).map(str::to_owned).collect()
    }

    /// A whole number, or nothing.
    pub(crate) fn integer<T: std::str::FromStr>(&mut self, column: &str) -> Option<T> {
        let text = self.cell(column);
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = if digits { text.parse().ok() } else { None };
        if number.is_none() && !text.is_empty() {
            self.wrong(column, format!("{} is no whole number of the allowed size", quoted(text)), "write digits only");
        }
        number
    }

    /// A whole number from 1.
    pub(crate) fn position(&mut self, column: &str) -> u32 {
        if self.filled(column).trim().is_empty() {
            return 0;
        }
        let number = self.integer(column);
        if number == Some(0) {
            self.wrong(column, "`0` is no position", "count from 1");
        }
        number.unwrap_or(0)
    }

    /// A decimal number, or nothing.
    pub(crate) fn decimal(&mut self, column: &str) -> Option<f64> {
        let text = self.cell(column);
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        let number = if plain { text.parse::<f64>().ok().filter(|n| n.is_finite()) } else { None };
        if number.is_none() && !text.is_empty() {
            self.wrong(column, format!("{} is no number", quoted(text)), "write it like `12` or `0.5`");
        }
        number
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, column: &str) -> bool {
        let text = self.filled(column);
        if !matches!(text, "true" | "false" | "") {
            self.wrong(column, format!("{} is neither `true` nor `false`", quoted(text)), "write `true` or `false`");
        }
        text == "true"
    }

    /// A date, or nothing.
    pub(crate) fn date(&mut self, column: &str) -> Option<PartialDate> {
        let text = self.cell(column);
        let date = text.parse().ok();
        if date.is_none() && !text.is_empty() {
            let fix = "write YYYY-MM-DD, YYYY-MM or YYYY";
            self.wrong(column, format!("{} is no date of the calendar", quoted(text)), fix);
        }
        date
    }
}
