//! What is joined to this, how, and on whose word?
//!
//! Must not know: files, filters, GraphQL. A graph is built once from a trusted [`Dataset`] and
//! never changes. Nodes of one kind are numbered densely from 0 in the order of their stable ids, so the order of
//! numbers is the order of ids; every relation is stored both ways as compressed sparse rows.

mod build;
mod column;
mod columns;
mod csr;
mod names;
mod packed;
mod parts;
mod petgraph_view;
mod strings;
mod walk;

pub use build::Builder;
pub use column::{Column, Mapping, ahead};
pub use columns::{
    AssertionColumns, ConflictColumns, GeneRow, MentionRow, NoteColumns, OutcomeRow, ReferenceColumns, RowColumns,
    SourceColumns, StatementColumns, TrialColumns,
};
pub use csr::{Csr, Lists, Targets};
pub use names::{Names, SynonymRow, XrefRow};
pub use packed::Packed;
pub use parts::{Fill, Parts, Rule};
pub use petgraph_view::{LinkIx, NodeIx, Visited};
pub use strings::{StrId, Strings};
pub use walk::{LinkRef, Relation, RelationInfo};

use crate::domain::{Dataset, NodeKind};

/// A number that stands for "none" in columns of numbers.
pub const NONE: u32 = u32::MAX;

/// A node: its kind and its number within the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Kind.
    pub kind: NodeKind,
    /// Number within the kind.
    pub ix: u32,
}

impl Node {
    /// A node from its parts.
    #[must_use]
    pub const fn new(kind: NodeKind, ix: u32) -> Self {
        Self { kind, ix }
    }
}

/// The immutable graph of one release.
#[derive(Debug, Default)]
pub struct Graph {
    /// All texts, escaped for JSON.
    pub strings: Strings,
    names: [Names; 8],
    relations: [Csr; Relation::COUNT],
    /// Values of trials.
    pub trials: TrialColumns,
    /// Kinds of targets.
    pub target_kind: Column<u8>,
    /// Genes of targets.
    pub genes: Lists<GeneRow>,
    /// Areas of diseases.
    pub disease_area: Column<u8>,
    /// Kinds of drugs.
    pub drug_kind: Column<u8>,
    /// Default roles of drugs.
    pub drug_role: Column<u8>,
    /// Values of references.
    pub references: ReferenceColumns,
    /// Values of statements.
    pub statements: StatementColumns,
    /// Values of sources.
    pub sources: SourceColumns,
    /// Printed rows.
    pub rows: RowColumns,
    /// Assertions.
    pub assertions: AssertionColumns,
    /// Conflicts.
    pub conflicts: ConflictColumns,
    /// Curators' notes.
    pub notes: NoteColumns,
}

impl Graph {
    /// Lays a dataset out as a graph. Cannot fail: a dataset is trusted.
    ///
    /// Complexity: linear in the records, times the logarithm of the nodes of a kind for each cross reference.
    #[must_use]
    pub fn build(data: &Dataset) -> Self {
        build::build(data)
    }

    /// How many nodes the kind has.
    #[must_use]
    pub fn count(&self, kind: NodeKind) -> u32 {
        self.names(kind).len()
    }

    /// Ids, labels, synonyms and identifiers of the kind's nodes.
    #[must_use]
    pub fn names(&self, kind: NodeKind) -> &Names {
        &self.names[kind as usize]
    }

    /// The links of a relation.
    #[must_use]
    pub fn relation(&self, relation: Relation) -> &Csr {
        &self.relations[relation as usize]
    }
}
