//! What does this printed text mean? The one place of the rules that lead from text to value.
//!
//! Must not know: which trial or source a cell belongs to, or what other cells say. The words themselves are data
//! (names, qualifiers, separators, values); here is only the small grammar that joins them:
//!
//! 1. All comparing is done on folded text: NFKC, no white space, lower case (`fold`).
//! 2. A whole cell, or a part of one, that stands in `values.csv` has that value.
//! 3. A whole cell that is a name is that concept: its label gives EXACT, another name SYNONYM.
//! 4. Any other cell is cut at the separators of its field. A name or qualifier that contains a separator protects it:
//!    at every place the longest such text wins (`MICA/B`, `NK 和 T 细胞恶性肿瘤`, `复发/难治性`).
//! 5. A disease part loses the qualifiers that lead or trail it, the longest first, until a name is left. A qualifier
//!    that carries narrows the later parts as well, as long as they have no qualifier of their own.
//! 6. A part of several that is a name gives SPLIT; a part that is the name of a regimen stands for each of its drugs.
//!    A text that is no name gives UNMAPPED, with itself as value.

mod fold;
mod registry;
mod split;
#[cfg(test)]
mod tests;
mod trie;
mod value;

use std::sync::Arc;

use hashbrown::HashMap;

use super::raw::Raw;
use crate::domain::{DiseaseQualifier, DrugRole, Mapping, NodeKind, SourceField};

pub(crate) use fold::fold;
pub(crate) use registry::registry_id;
pub(crate) use value::{api_id, parse_value};

use split::Splitter;

/// The value for "the source says that there is none".
pub(crate) const NONE_REPORTED: &str = "NONE_REPORTED";
/// How many different cells of a field are remembered: those that are printed often come early, and what is printed
/// once is not worth the memory.
const REMEMBERED: usize = 1 << 14;

/// What one part of a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The value, as in [`crate::domain::Assertion`].
    pub(crate) value: String,
    /// The printed text of the part, verbatim.
    pub(crate) printed: String,
    pub(crate) mapping: Mapping,
    /// What narrows a disease, in the order of the list of qualifiers.
    pub(crate) qualifiers: Vec<DiseaseQualifier>,
    /// The role of a drug that is known.
    pub(crate) role: Option<DrugRole>,
}

impl Part {
    fn plain(value: impl Into<String>, printed: &str, mapping: Mapping) -> Self {
        let printed = printed.trim().to_owned();
        Self { value: value.into(), printed, mapping, qualifiers: Vec::new(), role: None }
    }
}

/// What all parts of a cell say.
#[derive(Debug)]
pub(crate) enum Parts {
    /// Said before by a cell with the same text.
    Known(Arc<[Part]>),
    /// Not remembered.
    New(Vec<Part>),
}

impl std::ops::Deref for Parts {
    type Target = [Part];

    fn deref(&self) -> &[Part] {
        match self {
            Self::Known(parts) => parts,
            Self::New(parts) => parts,
        }
    }
}

impl Parts {
    /// Calls `each` with every part, in order.
    pub(crate) fn for_each(self, each: impl FnMut(Part)) {
        match self {
            Self::Known(parts) => parts.iter().cloned().for_each(each),
            Self::New(parts) => parts.into_iter().for_each(each),
        }
    }
}

/// What a name stands for: API ids, several for a regimen.
#[derive(Debug, Clone)]
struct Meaning {
    ids: Arc<[String]>,
    label: bool,
}

/// Turns printed cells into values. Remembers cells, as most are printed many times; each copy does so for itself.
#[derive(Debug, Clone)]
pub(crate) struct Normaliser {
    rules: Arc<Rules>,
    memo: HashMap<SourceField, HashMap<String, Arc<[Part]>>>,
}

/// What names, values, separators and qualifiers there are.
#[derive(Debug)]
struct Rules {
    /// Folded name to meaning, per field that names concepts.
    names: HashMap<SourceField, HashMap<String, Meaning>>,
    /// Folded name of a regimen to its drugs. Comes after names and separators: `Flu、Cy` is two printed drugs.
    regimens: HashMap<String, Meaning>,
    /// Folded text to value.
    values: HashMap<SourceField, HashMap<String, String>>,
    /// Role by API id of the drug.
    roles: HashMap<String, DrugRole>,
    splitters: HashMap<SourceField, Splitter>,
    qualifiers: split::Qualifiers,
}

impl Normaliser {
    /// The rules that the files give.
    pub(crate) fn new(raw: &Raw) -> Self {
        let names: HashMap<_, _> = [
            (SourceField::Target, names(raw, NodeKind::Target)),
            (SourceField::Disease, names(raw, NodeKind::Disease)),
            (SourceField::Regimen, names(raw, NodeKind::Drug)),
        ]
        .into();
        let mut values: HashMap<_, HashMap<_, _>> = HashMap::new();
        for (_, value) in &raw.values.items {
            values.entry(value.field).or_default().insert(fold(&value.text), value.value.clone());
        }
        let mut splitters = HashMap::new();
        for field in [SourceField::Target, SourceField::Disease, SourceField::Regimen, SourceField::Country] {
            let separators =
                raw.separators.items.iter().filter(|(_, (f, _))| *f == field).map(|(_, (_, t))| t.as_str());
            let mut splitter = Splitter::new(separators);
            names.get(&field).into_iter().flatten().for_each(|(name, _)| splitter.protect(name));
            values.get(&field).into_iter().flatten().for_each(|(text, _)| splitter.protect(text));
            if field == SourceField::Disease {
                raw.qualifiers.items.iter().for_each(|(_, q)| splitter.protect(&fold(&q.text)));
            }
            splitters.insert(field, splitter);
        }
        let roles = raw.drugs.items.iter().map(|(_, d)| (api_id(NodeKind::Drug, &d.concept.id), d.default_role));
        let qualifiers = split::Qualifiers::new(raw.qualifiers.items.iter().map(|(_, q)| q));
        let (regimens, roles) = (regimens(raw), roles.collect());
        let rules = Rules { names, regimens, values, roles, splitters, qualifiers };
        Self { rules: Arc::new(rules), memo: HashMap::new() }
    }

    /// What a cell says, part by part. Empty for a blank cell, and for the registry number, which is the trial itself.
    pub(crate) fn cell(&mut self, field: SourceField, printed: &str) -> Parts {
        use SourceField as F;
        match field {
            F::RegistryId => Parts::New(Vec::new()),
            F::Title
            | F::Sponsor
            | F::StartDate
            | F::FirstPosted
            | F::PrimaryCompletionDate
            | F::Enrollment
            | F::Product
            | F::WhyStopped => Parts::New(vec![self.rules.single(field, printed)]),
            _ => {
                if let Some(known) = self.memo.get(&field).and_then(|memo| memo.get(printed)) {
                    return Parts::Known(Arc::clone(known));
                }
                let parts = match field {
                    F::Status | F::Phase | F::SponsorClass | F::CellSource | F::TargetLogic => {
                        vec![self.rules.single(field, printed)]
                    }
                    _ => self.rules.several(field, printed),
                };
                let memo = self.memo.entry(field).or_default();
                if memo.len() >= REMEMBERED {
                    return Parts::New(parts);
                }
                let parts: Arc<[Part]> = parts.into();
                memo.insert(printed.to_owned(), Arc::clone(&parts));
                Parts::Known(parts)
            }
        }
    }
}

impl Rules {
    fn value_of(&self, field: SourceField, folded: &str) -> Option<&str> {
        self.values.get(&field)?.get(folded).map(String::as_str)
    }
}

/// The names of all concepts of a kind.
fn names(raw: &Raw, kind: NodeKind) -> HashMap<String, Meaning> {
    let mut names = HashMap::new();
    for (_, concept) in concepts(raw, kind) {
        let ids: Arc<[String]> = Arc::from([api_id(kind, &concept.id)]);
        for text in [&concept.label.en, &concept.label.zh] {
            names.insert(fold(text), Meaning { ids: Arc::clone(&ids), label: true });
        }
    }
    for (_, name) in raw.synonyms.items.iter().filter(|(_, name)| name.kind == kind) {
        let ids = || Arc::from([api_id(kind, &name.entity)]);
        names.entry(fold(&name.synonym.text)).or_insert_with(|| Meaning { ids: ids(), label: false });
    }
    names.remove("");
    names
}

/// The names of the named regimens.
fn regimens(raw: &Raw) -> HashMap<String, Meaning> {
    let mut names = HashMap::new();
    for (_, regimen) in &raw.regimens.items {
        let ids: Arc<[String]> = regimen.members.iter().map(|id| api_id(NodeKind::Drug, id)).collect();
        let labels = [&regimen.label.en, &regimen.label.zh];
        for text in labels.into_iter().chain(regimen.synonyms.iter().map(|s| &s.text)) {
            names.insert(fold(text), Meaning { ids: Arc::clone(&ids), label: false });
        }
    }
    names.remove("");
    names
}

/// The concepts of a kind with their lines.
pub(crate) fn concepts(raw: &Raw, kind: NodeKind) -> Vec<(u64, &crate::domain::Concept)> {
    match kind {
        NodeKind::Target => raw.targets.items.iter().map(|(line, t)| (*line, &t.concept)).collect(),
        NodeKind::Disease => raw.diseases.items.iter().map(|(line, (d, _))| (*line, &d.concept)).collect(),
        NodeKind::Drug => raw.drugs.items.iter().map(|(line, d)| (*line, &d.concept)).collect(),
        _ => Vec::new(),
    }
}
