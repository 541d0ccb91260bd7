//! What can be asked of a text, a number, a link, a set of drugs?
//!
//! Must not know: where the values come from.

use std::ops::Range;

use crate::domain::{DiseaseQualifier, DrugRole};
use crate::index::whole_words;

/// What to ask of a text. Case, width and accents do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextTest {
    /// Is one of these.
    In(Vec<String>),
    /// Is none of these.
    NotIn(Vec<String>),
    /// Holds this.
    Contains(String),
    /// Begins with this.
    StartsWith(String),
    /// Holds each of these words, as [`whole_words`] gives them.
    Words(Vec<String>),
    /// Is missing (true) or there (false).
    IsNull(bool),
}

/// A text made comparable: lower case, trimmed.
#[must_use]
pub(super) fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

impl TextTest {
    /// Whether a text passes; `None` is a text that is missing.
    #[must_use]
    pub fn passes(&self, text: Option<&str>) -> bool {
        match (self, text) {
            (Self::IsNull(null), text) => *null == text.is_none(),
            (Self::NotIn(_), None) => true,
            (_, None) => false,
            (Self::In(these), Some(text)) => these.iter().any(|t| fold(t) == fold(text)),
            (Self::NotIn(these), Some(text)) => these.iter().all(|t| fold(t) != fold(text)),
            (Self::Contains(part), Some(text)) => fold(text).contains(&fold(part)),
            (Self::StartsWith(start), Some(text)) => fold(text).starts_with(&fold(start)),
            (Self::Words(words), Some(text)) => {
                let held = whole_words(text);
                words.iter().all(|word| held.binary_search(word).is_ok())
            }
        }
    }
}

/// What to ask of a number. Ranges are half open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberTest {
    /// Lies within one of these ranges.
    Within(Vec<Range<u32>>),
    /// Lies in none of these ranges; a missing number passes.
    Outside(Vec<Range<u32>>),
    /// Is missing (true) or there (false).
    IsNull(bool),
}

impl NumberTest {
    /// Whether a number passes.
    #[must_use]
    pub fn passes(&self, number: Option<u32>) -> bool {
        match self {
            Self::Within(ranges) => number.is_some_and(|n| ranges.iter().any(|r| r.contains(&n))),
            Self::Outside(ranges) => number.is_none_or(|n| ranges.iter().all(|r| !r.contains(&n))),
            Self::IsNull(null) => *null == number.is_none(),
        }
    }
}

/// Which links of a trial must lead to the nodes named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// All of those that the test of links lets through; a trial without such links passes.
    Every,
    /// None of them.
    None,
}

/// What must hold on the link itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTest {
    /// Anything.
    Any,
    /// The disease is narrowed by all of these.
    AllQualifiers(Vec<DiseaseQualifier>),
    /// The disease is narrowed by at least one of these.
    AnyQualifier(Vec<DiseaseQualifier>),
    /// The disease is narrowed by none of these.
    NoQualifier(Vec<DiseaseQualifier>),
    /// The drug has one of these roles.
    Role(Vec<DrugRole>),
    /// The drug has none of these roles.
    NotRole(Vec<DrugRole>),
    /// All of these.
    All(Vec<LinkTest>),
}

impl LinkTest {
    pub(super) fn passes(&self, fact: u32) -> bool {
        let has = |q: &DiseaseQualifier| fact & 1 << *q as u8 != 0;
        let is = |r: &DrugRole| fact == *r as u32;
        match self {
            Self::Any => true,
            Self::AllQualifiers(these) => these.iter().all(has),
            Self::AnyQualifier(these) => these.iter().any(has),
            Self::NoQualifier(these) => !these.iter().any(has),
            Self::Role(these) => these.iter().any(is),
            Self::NotRole(these) => !these.iter().any(is),
            Self::All(tests) => tests.iter().all(|t| t.passes(fact)),
        }
    }
}

/// How a set of drugs is compared with a regimen's members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetTest {
    /// The members are exactly these.
    Exactly(Vec<u32>),
    /// All of these are members.
    ContainsAll(Vec<u32>),
    /// At least one of these is a member.
    ContainsAny(Vec<u32>),
    /// There is no member (true) or there is one (false).
    IsEmpty(bool),
}
