//! What are the nodes of a kind called, in any vocabulary?
//!
//! Must not know: how a name is looked up (that is `index`).

use super::strings::StrId;
use super::{Column, Lists};
use crate::domain::{Language, Verification, XrefMatch};

/// Another name of a node.
#[derive(Debug, Clone, Copy)]
pub struct SynonymRow {
    /// The name.
    pub text: StrId,
    /// Its language.
    pub language: Language,
}

/// An identifier of a node elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct XrefRow {
    /// The CURIE.
    pub curie: StrId,
    /// How close it is.
    pub matching: XrefMatch,
    /// How sure it is.
    pub verification: Verification,
    /// Where it was verified, or none.
    pub evidence: StrId,
}

/// Names of all nodes of one kind.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// API ids, e.g. `target:cd19`.
    pub id: Column<StrId>,
    /// English labels, or none.
    pub en: Column<StrId>,
    /// Chinese labels, or none.
    pub zh: Column<StrId>,
    /// Other names.
    pub synonyms: Lists<SynonymRow>,
    /// Identifiers elsewhere.
    pub xrefs: Lists<XrefRow>,
    /// Curators' remarks, or none.
    pub remark: Column<StrId>,
}

impl Names {
    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.id.len() as u32
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// The label in a language, or in the other, or the id: never none.
    #[must_use]
    #[inline]
    pub fn label(&self, ix: u32, language: Language) -> StrId {
        let at = ix as usize;
        let (first, second) = match language {
            Language::En => (self.en[at], self.zh[at]),
            Language::Zh => (self.zh[at], self.en[at]),
        };
        first.some().or(second.some()).unwrap_or(self.id[at])
    }
}
