//! Which node is meant by this id?
//!
//! Ids are compared without regard to case. One text may name several nodes (a CURIE that two concepts share): such a
//! text finds all of them, and the caller says so rather than picks. Must not know: labels and free text.

use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::{NodeKind, XrefMatch};
use crate::graph::{Column, Graph, NONE, Node, StrId};

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

impl Found {
    fn add(&mut self, ix: u32) {
        match self {
            Self::None => *self = Self::One(ix),
            Self::One(one) if *one == ix => {}
            Self::One(one) => *self = Self::Many(vec![ix.min(*one), ix.max(*one)]),
            Self::Many(many) => {
                if let Err(place) = many.binary_search(&ix) {
                    many.insert(place, ix);
                }
            }
        }
    }
}

/// Why a text can be no id of the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong, for the one who wrote it.
    pub reason: String,
}

/// All ids of a release: per kind a table of node numbers, each where the hashes of its ids put it, beside that hash. No id is
/// kept here; what a node is known by is read from the graph again when its hash is met.
#[derive(Debug)]
pub struct Ids {
    graph: Arc<Graph>,
    by_kind: [Slots; 8],
}

/// Longest id that is looked up, in bytes.
const LONGEST: usize = 256;

/// How many nodes one core takes at a time.
const TOGETHER: u32 = 1 << 14;

/// How surely an id means a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sure {
    Exact,
    Close,
}

impl Ids {
    pub(super) fn build(graph: &Arc<Graph>) -> Self {
        let mut by_kind: [Slots; 8] = Default::default();
        for kind in NodeKind::ALL {
            let count = graph.count(*kind);
            let parts = (0..count.div_ceil(TOGETHER)).into_par_iter().map(|part| {
                let nodes = part * TOGETHER..count.min((part + 1) * TOGETHER);
                let mut placed: Vec<(u32, u32)> = Vec::with_capacity(nodes.len() * 2);
                for ix in nodes {
                    let first = placed.len();
                    let _ = each_id(graph, Node::new(*kind, ix), &mut |id, _| {
                        let entry = (hash_in_lower_case(id), ix);
                        if !placed[first..].contains(&entry) {
                            placed.push(entry);
                        }
                        ControlFlow::Continue(())
                    });
                }
                placed
            });
            by_kind[*kind as usize] = Slots::new(&parts.collect::<Vec<_>>());
        }
        Self { graph: Arc::clone(graph), by_kind }
    }

    /// The tables of a graph, as [`Ids::tables`] gave them.
    pub(super) fn from_tables(graph: &Arc<Graph>, tables: [Column<u64>; 8]) -> Self {
        Self { graph: Arc::clone(graph), by_kind: tables.map(Slots) }
    }

    /// The tables, one per kind of node.
    pub fn tables(&self) -> impl Iterator<Item = &Column<u64>> {
        self.by_kind.iter().map(|slots| &slots.0)
    }

    /// The node of a kind that an id means: its API id, the part behind the colon, a registry number, a CURIE, a DOI,
    /// a PubMed id, a gene symbol, or `source#marker`. Case does not matter. An identifier that is only close to a
    /// concept finds it where no concept has it exactly.
    ///
    /// # Errors
    /// Where the text can be no id of the kind: empty, longer than 256 bytes, with control characters, with the prefix
    /// of another kind, or a malformed registry number.
    ///
    /// Complexity: linear in the ids of the nodes that have it, otherwise constant.
    ///
    /// ```no_run
    /// # let snapshot = trialweave::snapshot::Snapshot::load(std::path::Path::new("data")).unwrap();
    /// use trialweave::{domain::NodeKind, index::Found};
    /// assert!(matches!(snapshot.index().ids.find(NodeKind::Trial, "nct03056339"), Ok(Found::One(_))));
    /// ```
    pub fn find(&self, kind: NodeKind, id: &str) -> Result<Found, Malformed> {
        match self.find_as_written(kind, id) {
            Some(found) => Ok(found),
            None => self.find_key(kind, &normalise(id)?),
        }
    }

    /// What an id means that is written as most are: in ASCII, with no prefix or that of its kind, good for its kind. None
    /// where it is not, or means anything but what is known by it as an API id: then the longer way tells.
    fn find_as_written(&self, kind: NodeKind, id: &str) -> Option<Found> {
        let bytes = match split(id) {
            Some((prefix, bare)) if kind_of_prefix(prefix) == Some(kind) => bare,
            _ => id.as_bytes(),
        };
        let plain = id.len() <= LONGEST && !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphanumeric);
        let nct = bytes.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case(b"nct"));
        if !plain || kind == NodeKind::Trial && nct && !(bytes.len() == 11 && bytes[3..].iter().all(u8::is_ascii_digit))
        {
            return None;
        }
        let hash = mixed(bytes.iter().map(u8::to_ascii_lowercase));
        let mut found = Found::None;
        for ix in self.by_kind[kind as usize].at(hash) {
            if !has_api_id(&self.graph, Node::new(kind, ix), bytes) {
                return None;
            }
            found.add(ix);
        }
        Some(found)
    }

    fn find_key(&self, kind: NodeKind, key: &str) -> Result<Found, Malformed> {
        if let Some((prefix, _)) = key.split_once(':')
            && let Some(named) = kind_of_prefix(prefix.as_bytes())
            && named != kind
        {
            let wanted = kind.text().to_lowercase();
            return Err(Malformed { reason: format!("the id is that of a {prefix}, not of a {wanted}") });
        }
        if kind == NodeKind::Trial {
            let bare = key.strip_prefix("trial:").unwrap_or(key);
            let bare = bare.strip_prefix("clinicaltrials:").unwrap_or(bare);
            if let Some(digits) = bare.strip_prefix("nct")
                && (digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()))
            {
                return Err(Malformed { reason: "NCT is followed by exactly eight digits".into() });
            }
        }
        let (mut exact, mut close) = (Found::None, Found::None);
        for ix in self.by_kind[kind as usize].at(hash(key)) {
            match known_as(&self.graph, Node::new(kind, ix), key) {
                Some(Sure::Exact) => exact.add(ix),
                Some(Sure::Close) => close.add(ix),
                None => {}
            }
        }
        Ok(if exact == Found::None { close } else { exact })
    }

    /// The kind that an API id (`kind:id`) names, and what the id leads to among its nodes.
    ///
    /// # Errors
    /// Where the text has no prefix that names a kind, or is malformed for that kind.
    pub fn find_global(&self, id: &str) -> Result<(NodeKind, Found), Malformed> {
        if let Some(kind) = split(id).and_then(|(prefix, _)| kind_of_prefix(prefix))
            && let Some(found) = self.find_as_written(kind, id)
        {
            return Ok((kind, found));
        }
        let key = normalise(id)?;
        let prefix = key.split_once(':').map(|(prefix, _)| prefix);
        let Some(kind) = prefix.and_then(|prefix| kind_of_prefix(prefix.as_bytes())) else {
            return Err(Malformed {
                reason: "a global id is `kind:id`, with one of trial, target, disease, drug, regimen, reference, \
                         statement, source, assertion or note before the colon"
                    .into(),
            });
        };
        Ok((kind, self.find_key(kind, &key)?))
    }
}

/// Node numbers by hash, open addressing: each stands at the first free place from where its hash points. A place holds the
/// hash above and the number below: to look at a node that only stands on the way would be three reads far apart.
#[derive(Debug, Default)]
struct Slots(Column<u64>);

/// A place with no node.
const EMPTY: u64 = u64::MAX;

impl Slots {
    /// Four places for three entries, which come in parts.
    fn new(parts: &[Vec<(u32, u32)>]) -> Self {
        let entries: usize = parts.iter().map(Vec::len).sum();
        let mut slots = vec![EMPTY; entries / 3 * 4 + 4];
        for (hash, ix) in parts.iter().flatten() {
            let mut at = place(*hash, slots.len());
            while slots[at] != EMPTY {
                at = (at + 1) % slots.len();
            }
            slots[at] = u64::from(*hash) << 32 | u64::from(*ix);
        }
        Self(slots.into())
    }

    /// Every number with this hash.
    fn at(&self, hash: u32) -> impl Iterator<Item = u32> + '_ {
        let (before, behind) = self.0.split_at(place(hash, self.0.len()));
        let met = behind.iter().chain(before).take_while(|slot| **slot as u32 != NONE);
        met.filter(move |slot| (**slot >> 32) as u32 == hash).map(|slot| *slot as u32)
    }
}

fn place(hash: u32, slots: usize) -> usize {
    ((u64::from(hash) * slots as u64) >> 32) as usize
}

/// The hash of an id in lower case, without what stands before its first colon (or the address of the DOI resolver): so
/// most ids of a node share one place. FNV-1a, mixed once more, as it must be the same in every version.
fn hash(id: &str) -> u32 {
    mixed(tail(id).bytes())
}

/// The hash of an id once it is in lower case.
fn hash_in_lower_case(id: &str) -> u32 {
    // Most ids can be brought to lower case on the way; those that may begin with the address of the resolver cannot.
    if id.is_ascii() && !id.starts_with(['H', 'h']) {
        mixed(tail(id).bytes().map(|b| b.to_ascii_lowercase()))
    } else {
        hash(&id.to_lowercase())
    }
}

fn tail(id: &str) -> &str {
    id.strip_prefix(RESOLVER).unwrap_or_else(|| id.split_once(':').map_or(id, |(_, tail)| tail))
}

fn mixed(bytes: impl Iterator<Item = u8>) -> u32 {
    let fnv = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    ((fnv ^ fnv >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

const RESOLVER: &str = "https://doi.org/";

/// Calls `each` with everything by which a node is known, as it is written, until told to stop.
fn each_id(graph: &Graph, node: Node, each: &mut dyn FnMut(&str, Sure) -> ControlFlow<()>) -> ControlFlow<()> {
    let names = graph.names(node.kind);
    let at = node.ix as usize;
    let text = |id| graph.strings.text(id);
    let global = text(names.id[at]);
    each(&global, Sure::Exact)?;
    each(bare(&global), Sure::Exact)?;
    for xref in names.xrefs.of(node.ix) {
        let sure = if xref.matching == XrefMatch::Exact { Sure::Exact } else { Sure::Close };
        each(&text(xref.curie), sure)?;
    }
    if node.kind == NodeKind::Reference {
        let references = &graph.references;
        if let Some(doi) = references.doi[at].some() {
            each(&text(doi), Sure::Exact)?;
            each(&format!("{RESOLVER}{}", text(doi)), Sure::Exact)?;
        }
        for id in [references.pmid[at], references.pmcid[at]].into_iter().filter_map(StrId::some) {
            each(&text(id), Sure::Exact)?;
        }
        for (source, marker) in references.markers.of(node.ix) {
            let source = text(graph.names(NodeKind::Source).id[*source as usize]);
            each(&format!("{}#{}", bare(&source), text(*marker)), Sure::Exact)?;
        }
    }
    if node.kind == NodeKind::Target {
        let genes = graph.genes.of(node.ix);
        for gene in genes {
            each(&text(gene.symbol), if genes.len() == 1 { Sure::Exact } else { Sure::Close })?;
        }
    }
    ControlFlow::Continue(())
}

fn bare(global: &str) -> &str {
    global.split_once(':').map_or(global, |(_, bare)| bare)
}

/// Whether a node is known by an id in lower case, and how surely.
fn known_as(graph: &Graph, node: Node, key: &str) -> Option<Sure> {
    if has_api_id(graph, node, key.as_bytes()) {
        return Some(Sure::Exact);
    }
    let mut found = None;
    let _ = each_id(graph, node, &mut |id, sure| {
        let same = if id.is_ascii() { id.eq_ignore_ascii_case(key) } else { id.to_lowercase() == key };
        match (same, sure) {
            (false, _) => ControlFlow::Continue(()),
            (true, Sure::Exact) => {
                found = Some(sure);
                ControlFlow::Break(())
            }
            (true, Sure::Close) => {
                found = Some(sure);
                ControlFlow::Continue(())
            }
        }
    });
    found
}

/// Whether the key is a node's API id, or the part behind its colon: what is asked for mostly. Compared as it is stored; an
/// id that holds escapes is left to the slower way.
fn has_api_id(graph: &Graph, node: Node, key: &[u8]) -> bool {
    let json = graph.strings.json(graph.names(node.kind).id[node.ix as usize]);
    let id = &json[1..json.len() - 1];
    let Some(before) = id.len().checked_sub(key.len()) else { return false };
    let (head, tail) = id.split_at(before);
    let whole = head.is_empty() || head.ends_with(b":") && head.iter().filter(|b| **b == b':').count() == 1;
    whole && tail.eq_ignore_ascii_case(key) && !id.contains(&b'\\') && key.is_ascii()
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

/// What stands before the first colon of an id, and behind it.
fn split(id: &str) -> Option<(&[u8], &[u8])> {
    let colon = id.bytes().position(|b| b == b':')?;
    Some((&id.as_bytes()[..colon], &id.as_bytes()[colon + 1..]))
}

fn kind_of_prefix(prefix: &[u8]) -> Option<NodeKind> {
    NodeKind::ALL.iter().copied().find(|k| k.text().as_bytes().eq_ignore_ascii_case(prefix))
}
