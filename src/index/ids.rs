//! Which node is meant by this id?
//!
//! Ids are compared without regard to case. One text may name several nodes (a CURIE that two concepts share): such a
//! text finds all of them, and the caller says so rather than picks. Must not know: labels and free text.

use std::collections::HashMap;

use crate::domain::{NodeKind, XrefMatch};
use crate::graph::Graph;

/// What an id leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing: the id is well formed and unknown.
    None,
    /// One node of the kind.
    One(u32),
    /// Several nodes of the kind, ascending.
    Many(Vec<u32>),
}

/// Why a text can be no id of the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong, for the one who wrote it.
    pub reason: String,
}

#[derive(Debug, Clone)]
enum Entry {
    One(u32),
    Many(Box<[u32]>),
}

/// All ids of a release.
#[derive(Debug, Default)]
pub struct Ids {
    by_kind: [HashMap<Box<str>, Entry>; 8],
}

/// Longest id that is looked up, in bytes.
const LONGEST: usize = 256;

impl Ids {
    pub(super) fn build(graph: &Graph) -> Self {
        let mut strict: [HashMap<Box<str>, Vec<u32>>; 8] = Default::default();
        let mut loose: [HashMap<Box<str>, Vec<u32>>; 8] = Default::default();
        let text = |id| graph.strings.text(id).to_lowercase();
        for kind in NodeKind::ALL {
            let names = graph.names(*kind);
            let table = &mut strict[*kind as usize];
            for ix in 0..names.len() {
                let global = text(names.id[ix as usize]);
                let bare = global.split_once(':').map_or(global.as_str(), |(_, bare)| bare).to_owned();
                add(table, &bare, ix);
                add(table, &global, ix);
                for xref in names.xrefs.of(ix) {
                    let exact = xref.matching == XrefMatch::Exact;
                    let curie = text(xref.curie);
                    let table = if exact { &mut *table } else { &mut loose[*kind as usize] };
                    add(table, &curie, ix);
                }
            }
        }
        let references = &graph.references;
        let table = &mut strict[NodeKind::Reference as usize];
        for ix in 0..graph.count(NodeKind::Reference) {
            let at = ix as usize;
            if let Some(doi) = references.doi[at].some() {
                add(table, &text(doi), ix);
                add(table, &format!("https://doi.org/{}", text(doi)), ix);
            }
            if let Some(pmid) = references.pmid[at].some() {
                add(table, &text(pmid), ix);
            }
            if let Some(pmcid) = references.pmcid[at].some() {
                add(table, &text(pmcid), ix);
            }
            for (source, marker) in references.markers.of(ix) {
                let source = text(graph.names(NodeKind::Source).id[*source as usize]);
                let bare = source.trim_start_matches("source:");
                add(table, &format!("{bare}#{}", text(*marker)), ix);
            }
        }
        let table = &mut strict[NodeKind::Target as usize];
        for ix in 0..graph.count(NodeKind::Target) {
            if let [gene] = graph.genes.of(ix) {
                add(table, &text(gene.symbol), ix);
            }
        }
        let loose_targets = &mut loose[NodeKind::Target as usize];
        for ix in 0..graph.count(NodeKind::Target) {
            for gene in graph.genes.of(ix) {
                add(loose_targets, &text(gene.symbol), ix);
            }
        }
        let mut by_kind: [HashMap<Box<str>, Entry>; 8] = Default::default();
        for (at, (strict, loose)) in strict.into_iter().zip(loose).enumerate() {
            let table = &mut by_kind[at];
            for (key, found) in loose.into_iter().chain(strict) {
                let entry = match found.as_slice() {
                    [one] => Entry::One(*one),
                    many => Entry::Many(many.into()),
                };
                table.insert(key, entry);
            }
            table.shrink_to_fit();
        }
        Self { by_kind }
    }

    /// The node of a kind that an id means: its API id, the part behind the colon, a registry number, a CURIE, a DOI,
    /// a PubMed id, a gene symbol, or `source#marker`. Case does not matter. An identifier that is only close to a
    /// concept finds it where no concept has it exactly.
    ///
    /// # Errors
    /// Where the text can be no id of the kind: empty, longer than 256 bytes, with control characters, with the prefix
    /// of another kind, or a malformed registry number.
    ///
    /// Complexity: constant.
    ///
    /// ```no_run
    /// # let snapshot = trialweave::snapshot::Snapshot::load(std::path::Path::new("data")).unwrap();
    /// use trialweave::{domain::NodeKind, index::Found};
    /// assert!(matches!(snapshot.index().ids.find(NodeKind::Trial, "nct03056339"), Ok(Found::One(_))));
    /// ```
    pub fn find(&self, kind: NodeKind, id: &str) -> Result<Found, Malformed> {
        let key = normalise(id)?;
        if let Some((prefix, _)) = key.split_once(':')
            && let Some(named) = kind_of_prefix(prefix)
            && named != kind
        {
            let wanted = kind.text().to_lowercase();
            return Err(Malformed { reason: format!("the id is that of a {prefix}, not of a {wanted}") });
        }
        if kind == NodeKind::Trial {
            let bare = key.trim_start_matches("trial:").trim_start_matches("clinicaltrials:");
            if let Some(digits) = bare.strip_prefix("nct")
                && (digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()))
            {
                return Err(Malformed { reason: "NCT is followed by exactly eight digits".into() });
            }
        }
        Ok(match self.by_kind[kind as usize].get(key.as_str()) {
            None => Found::None,
            Some(Entry::One(ix)) => Found::One(*ix),
            Some(Entry::Many(all)) => Found::Many(all.to_vec()),
        })
    }

    /// The kind that an API id (`kind:id`) names, and what the id leads to among its nodes.
    ///
    /// # Errors
    /// Where the text has no prefix that names a kind, or is malformed for that kind.
    pub fn find_global(&self, id: &str) -> Result<(NodeKind, Found), Malformed> {
        let key = normalise(id)?;
        let prefix = key.split_once(':').map(|(prefix, _)| prefix);
        let Some(kind) = prefix.and_then(kind_of_prefix) else {
            return Err(Malformed {
                reason: "a global id is `kind:id`, with one of trial, target, disease, drug, regimen, reference, \
                         statement, source, assertion or note before the colon"
                    .into(),
            });
        };
        Ok((kind, self.find(kind, id)?))
    }

    /// Bytes held, roughly.
    #[must_use]
    pub fn heap(&self) -> usize {
        self.by_kind.iter().map(|t| t.capacity() * (size_of::<(Box<str>, Entry)>() + 24)).sum()
    }
}

fn add(table: &mut HashMap<Box<str>, Vec<u32>>, key: &str, ix: u32) {
    let list = table.entry(key.into()).or_default();
    if !list.contains(&ix) {
        list.push(ix);
        list.sort_unstable();
    }
}

fn normalise(id: &str) -> Result<String, Malformed> {
    let id = id.trim();
    if id.is_empty() {
        return Err(Malformed { reason: "the id is empty".into() });
    }
    if id.len() > LONGEST {
        return Err(Malformed { reason: format!("the id is longer than {LONGEST} bytes") });
    }
    if id.chars().any(char::is_control) {
        return Err(Malformed { reason: "the id holds control characters".into() });
    }
    Ok(id.to_lowercase())
}

fn kind_of_prefix(prefix: &str) -> Option<NodeKind> {
    NodeKind::ALL.iter().copied().find(|k| k.text().eq_ignore_ascii_case(prefix))
}
