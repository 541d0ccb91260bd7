//! What is wrong with the files, where, and what to do about it?
//!
//! Must not know: how files are read, or what a right record looks like. Problems are gathered, never thrown one by one.

use std::fmt;

/// One reason not to trust the files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, with the name of the folder in front, e.g. `data/vocabulary/targets.csv`.
    pub file: String,
    /// The line on which the record starts, from 1; 0 where the whole file is meant.
    pub line: u64,
    /// The column, where one cell is meant.
    pub column: Option<String>,
    /// What is wrong, as a clause without full stop.
    pub what: String,
    /// What to do about it, as a sentence without full stop.
    pub fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if self.line > 0 {
            write!(f, "{}:", self.line)?;
        }
        if let Some(column) = &self.column {
            write!(f, " column `{column}`:")?;
        }
        write!(f, " {}. Fix: {}.", self.what, self.fix)
    }
}

/// Every reason not to trust the files, ordered by file, line and column. Never empty where it is an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one.
    pub(crate) fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds one about a whole file.
    pub(crate) fn file(&mut self, file: &str, what: impl Into<String>, fix: impl Into<String>) {
        self.add(Problem { file: file.into(), line: 0, column: None, what: what.into(), fix: fix.into() });
    }

    /// Adds one about a line.
    pub(crate) fn line(&mut self, file: &str, line: u64, what: impl Into<String>, fix: impl Into<String>) {
        self.add(Problem { file: file.into(), line, column: None, what: what.into(), fix: fix.into() });
    }

    /// Adds one about a cell.
    pub(crate) fn cell(
        &mut self,
        (file, line, column): (&str, u64, &str),
        what: impl Into<String>,
        fix: impl Into<String>,
    ) {
        let column = Some(column.to_owned());
        self.add(Problem { file: file.into(), line, column, what: what.into(), fix: fix.into() });
    }

    /// Puts them in order and says a thing only once.
    pub(crate) fn sort(&mut self) {
        self.0.sort();
        self.0.dedup();
    }
}

impl fmt::Display for Problems {
    /// One problem a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// How many candidates are compared when a likely meaning is sought.
const CANDIDATES: usize = 20_000;
/// The longest printed quotation from a file, in characters.
const QUOTED: usize = 60;

/// The candidate that a misspelt word most likely stands for.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 200 {
        return None;
    }
    let wanted = word.to_lowercase();
    candidates
        .into_iter()
        .take(CANDIDATES)
        .filter(|c| c.len().abs_diff(wanted.len()) <= 6)
        .map(|c| (strsim::jaro_winkler(&wanted, &c.to_lowercase()), c))
        .filter(|(likeness, _)| *likeness >= 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, c)| c)
}

/// A text from a file as it may stand in a message: cut when long, control characters escaped.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(QUOTED) + 2);
    out.push('`');
    for (i, c) in text.chars().enumerate() {
        if i == QUOTED {
            out.push('…');
            break;
        }
        if c.is_control() || c == '\u{feff}' { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out.push('`');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_ordered_and_said_once() {
        let mut all = Problems::default();
        all.cell(("data/b.csv", 3, "kind"), "x", "y");
        all.line("data/b.csv", 3, "x", "y");
        all.cell(("data/b.csv", 3, "kind"), "x", "y");
        all.file("data/a.csv", "is missing", "add it");
        all.sort();
        let text = "data/a.csv: is missing. Fix: add it.\ndata/b.csv:3: x. Fix: y.\n\
                    data/b.csv:3: column `kind`: x. Fix: y.";
        assert_eq!(all.to_string(), text);
    }

    #[test]
    fn a_misspelling_finds_its_word() {
        assert_eq!(did_you_mean("RECRUTING", ["COMPLETED", "RECRUITING", "NOT_YET_RECRUITING"]), Some("RECRUITING"));
        assert_eq!(did_you_mean("zebra", ["COMPLETED", "RECRUITING"]), None);
        assert_eq!(quoted("a\nb"), "`a\\nb`");
    }
}
