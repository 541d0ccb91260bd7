//! Which nodes does a text mean, and which come first?
//!
//! Exact ids and names before beginnings of names before words of texts. Must not know: cursors, how hits are shown.

mod result;

use roaring::RoaringBitmap;

pub use self::result::{SearchHit, SearchResult};
use super::pace::Pace;
use crate::domain::{MatchKind, NodeKind};
use crate::graph::Node;
use crate::index::{self, Broken, Found, NameHit, Need, SEARCHED};
use crate::snapshot::Snapshot;

/// Most characters of a text that is searched.
pub const TEXT_CAP: usize = 1000;
/// Most different words of a text that is searched.
pub const WORDS_CAP: usize = 64;
/// Most suggestions.
pub const SUGGESTIONS_CAP: usize = 100;

/// Why a text is not searched.
#[derive(Debug)]
pub enum BadText {
    /// It has so many characters.
    TooLong(usize),
    /// It has so many different words.
    TooManyWords(usize),
    /// A kind that is not searched.
    NotSearched(NodeKind),
    /// The index does not answer.
    Broken(String),
}

impl From<&Broken> for BadText {
    fn from(broken: &Broken) -> Self {
        Self::Broken(broken.to_string())
    }
}

impl From<Broken> for BadText {
    fn from(broken: Broken) -> Self {
        Self::from(&broken)
    }
}

/// Nodes that a text means: those with exactly this id or name, those with a name that begins so, those whose texts
/// hold all its words; where there is none, those that hold some of its words. None is in order yet: see
/// [`SearchResult::order`]. `kinds`: only these; all that are searched where empty. A text without letters and digits finds
/// nothing.
///
/// # Errors
/// Where the text is over-long, has too many words, or a kind is not searched.
///
/// Complexity: linear in the postings of the words and in the hits. Where the pace stops it, what it gives is no answer.
pub fn search(snapshot: &Snapshot, text: &str, kinds: &[NodeKind], pace: &Pace<'_>) -> Result<SearchResult, BadText> {
    run(snapshot, text, kinds, true, pace)
}

/// The nodes of a kind that a text finds, for filters, and the names and documents looked at: as [`search`], without
/// nodes that hold only some of the words.
///
/// # Errors
/// As [`search`].
///
/// Complexity: as [`search`].
pub fn search_ids(
    snapshot: &Snapshot,
    text: &str,
    kind: NodeKind,
    pace: &Pace<'_>,
) -> Result<(RoaringBitmap, u64), BadText> {
    let found = run(snapshot, text, &[kind], false, pace)?;
    Ok((found.nodes().map(|node| node.ix).collect(), found.work))
}

/// Passages of a hit in which the words stand; see [`index::highlight`].
///
/// # Errors
/// Where the index does not answer.
///
/// Complexity: linear in the texts of the node.
pub fn highlights(snapshot: &Snapshot, result: &SearchResult, node: Node) -> Result<Vec<String>, BadText> {
    let text = snapshot.index().text(snapshot.graph())?;
    Ok(index::highlight(snapshot.graph(), text, result.words(), node))
}

/// What the beginning of a name may mean, best first: see [`index::NameTable::starting_with`].
///
/// # Errors
/// Where the text is over-long or a kind is not searched.
///
/// Complexity: `most` times the logarithm of the names.
pub fn suggest(snapshot: &Snapshot, prefix: &str, kinds: &[NodeKind], most: usize) -> Result<Vec<NameHit>, BadText> {
    let kinds = checked(prefix, kinds)?;
    let names = snapshot.index().names(snapshot.graph());
    Ok(names.starting_with(snapshot.graph(), prefix, kinds, most.min(SUGGESTIONS_CAP)))
}

/// The kinds to look at, where the text is not too long.
pub(super) fn checked<'a>(text: &str, kinds: &'a [NodeKind]) -> Result<&'a [NodeKind], BadText> {
    // Bytes first: counting characters of a text that is far too long is work as well.
    if text.len() > TEXT_CAP {
        let count = text.chars().count();
        if count > TEXT_CAP {
            return Err(BadText::TooLong(count));
        }
    }
    if let Some(kind) = kinds.iter().find(|kind| !SEARCHED.contains(kind)) {
        return Err(BadText::NotSearched(*kind));
    }
    Ok(if kinds.is_empty() { &SEARCHED } else { kinds })
}

/// Nodes with exactly this id or name, each once; ids that only the table of ids knows (`trial:…`) included.
pub(super) fn called(snapshot: &Snapshot, text: &str, kinds: &[NodeKind]) -> Vec<NameHit> {
    let graph = snapshot.graph();
    let mut found = snapshot.index().names(graph).called(graph, text, kinds);
    for kind in kinds {
        let by_id = match snapshot.index().ids.find(*kind, text) {
            Ok(Found::One(ix)) => vec![ix],
            Ok(Found::Many(all)) => all,
            Ok(Found::None) | Err(_) => Vec::new(),
        };
        for node in by_id.into_iter().map(|ix| Node::new(*kind, ix)) {
            if !found.iter().any(|hit| hit.node == node) {
                let text = graph.names(*kind).id[node.ix as usize];
                found.push(NameHit { node, text, kind: MatchKind::Id, language: None, from_start: true, rest: 0 });
            }
        }
    }
    found
}

fn run(
    snapshot: &Snapshot,
    text: &str,
    kinds: &[NodeKind],
    relax: bool,
    pace: &Pace<'_>,
) -> Result<SearchResult, BadText> {
    let kinds = checked(text, kinds)?;
    let index = snapshot.index().text(snapshot.graph())?;
    let words = index.words(text);
    if words.len() > WORDS_CAP {
        return Err(BadText::TooManyWords(words.len()));
    }
    let work = index.read_by(&words, Need::All)?;
    let mut result = SearchResult::new(words, work);
    if !pace.spend(work) {
        return Ok(result);
    }
    let found = index.find(result.words(), kinds, Need::All, work)?;
    result.name(snapshot, text, kinds);
    if !pace.spend(result.work - work + found.iter().map(Vec::len).sum::<usize>() as u64) {
        return Ok(result);
    }
    result.add(found);
    if relax && result.is_empty() && result.words().len() > 1 {
        let read = index.read_by(result.words(), Need::Any)?;
        result.work += read;
        if !pace.spend(read) {
            return Ok(result);
        }
        result.add(index.find(result.words(), kinds, Need::Any, read)?);
        result.relaxed = !result.is_empty();
    }
    Ok(result)
}
