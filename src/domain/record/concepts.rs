//! The records of targets, diseases, drugs and named regimens.

use crate::domain::{DiseaseArea, DrugKind, DrugRole, Language, TargetKind, Verification, XrefMatch};

/// A text in English and Chinese; either may be missing, not both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// English text, empty where there is none.
    pub en: String,
    /// Chinese text, empty where there is none.
    pub zh: String,
}

/// Another name of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// The name.
    pub text: String,
    /// Its language.
    pub language: Language,
}

/// An identifier of the concept in another vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Xref {
    /// The identifier as a CURIE with the prefix's exact casing, e.g. `MONDO:0018874`.
    pub curie: String,
    /// How close it is.
    pub matching: XrefMatch,
    /// How sure it is.
    pub verification: Verification,
    /// Where it was verified; empty where it was not.
    pub evidence: String,
}

/// What targets, diseases and drugs have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concept {
    /// Stable id, e.g. `cd19`.
    pub id: String,
    /// Label.
    pub label: Bilingual,
    /// Other names, as printed or as vocabularies give them, without the labels; in the order of the files.
    pub synonyms: Vec<Synonym>,
    /// Identifiers elsewhere; in the order of the files.
    pub xrefs: Vec<Xref>,
    /// A curator's remark; empty where there is none.
    pub note: String,
}

/// A gene behind a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gene {
    /// Approved symbol.
    pub symbol: String,
    /// Approved name.
    pub name: String,
    /// HGNC id, e.g. `HGNC:1633`; empty where unknown, as for all below.
    pub hgnc: String,
    /// UniProt accession.
    pub uniprot: String,
    /// Ensembl gene id.
    pub ensembl: String,
    /// NCBI Gene id.
    pub ncbi_gene: String,
    /// How sure the identifiers are.
    pub verification: Verification,
    /// Where they were verified.
    pub evidence: String,
}

/// A target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Labels, synonyms, identifiers.
    pub concept: Concept,
    /// What it is.
    pub kind: TargetKind,
    /// Its genes, in the order of the files.
    pub genes: Vec<Gene>,
}

/// A disease concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disease {
    /// Labels, synonyms, identifiers.
    pub concept: Concept,
    /// Ids of the broader concepts; empty for the root.
    pub parents: Vec<String>,
    /// Its area, its own or the nearest ancestor's.
    pub area: DiseaseArea,
}

/// A drug, procedure, device or class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drug {
    /// Labels, synonyms, identifiers.
    pub concept: Concept,
    /// What it is.
    pub kind: DrugKind,
    /// The role it has where a source lists it without saying what for.
    pub default_role: DrugRole,
}

/// The name of a regimen that has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRegimen {
    /// Ids of the member drugs, sorted.
    pub members: Vec<String>,
    /// Label.
    pub label: Bilingual,
    /// Other names.
    pub synonyms: Vec<Synonym>,
}
