//! Which nodes does a text mean, and which come first?
//!
//! Exact ids and names before beginnings of names before words of texts. Must not know: cursors, how hits are shown.

use std::cmp::Reverse;

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use super::pace::Pace;
use crate::domain::{MatchKind, NodeKind};
use crate::graph::Node;
use crate::index::{self, Broken, Found, NameHit, Need, SEARCHED, Words, compact, plain};
use crate::snapshot::Snapshot;

/// Most characters of a text that is searched.
pub const TEXT_CAP: usize = 1000;
/// Most different words of a text that is searched.
pub const WORDS_CAP: usize = 64;
/// Most suggestions.
pub const SUGGESTIONS_CAP: usize = 100;
/// Names with the text as their beginning that are looked at in a search.
const PREFIX_CAP: usize = 10_000;

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

/// A node that a text led to.
#[derive(Debug, Clone, Copy)]
pub struct SearchHit {
    /// The node.
    pub node: Node,
    /// How good a hit it is: the larger the better. The whole part tells the kind of hit (5 id, 4 label, 3 alias,
    /// 2 beginning of a name, 1 beginning of a later word of a name, 0 words), the rest how good it is of its kind.
    pub score: f32,
    /// The name that the text is, or is the beginning of; none where words of its texts led to the node.
    pub name: Option<NameHit>,
}

impl SearchHit {
    /// How the text led to the node.
    #[must_use]
    pub fn kind(&self) -> MatchKind {
        self.name.map_or(MatchKind::Text, |name| name.kind)
    }
}

/// All nodes that a text led to.
#[derive(Debug)]
pub struct SearchResult {
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// How many of each kind, by number of the kind.
    pub counts: [u32; 8],
    /// Whether no node holds all the words, so that nodes with some of them are given.
    pub relaxed: bool,
    /// Names and documents looked at.
    pub work: u64,
    words: Words,
}

/// Nodes that a text means: those with exactly this id or name, those with a name that begins so, those whose texts
/// hold all its words; where there is none, those that hold some of its words. Best first, then the more linked, then
/// kind and id. `kinds`: only these; all that are searched where empty. A text without letters and digits finds nothing.
///
/// # Errors
/// Where the text is over-long, has too many words, or a kind is not searched.
///
/// Complexity: linear in the postings of the words and n log n in the hits. Where the pace stops it, what it gives is no
/// answer.
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
    Ok((found.hits.iter().map(|hit| hit.node.ix).collect(), found.work))
}

/// Passages of a hit in which the words stand; see [`index::highlight`].
///
/// # Errors
/// Where the index does not answer.
///
/// Complexity: linear in the texts of the node.
pub fn highlights(snapshot: &Snapshot, result: &SearchResult, node: Node) -> Result<Vec<String>, BadText> {
    let text = snapshot.index().text(snapshot.graph())?;
    Ok(index::highlight(snapshot.graph(), text, &result.words, node))
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
    let graph = snapshot.graph();
    let index = snapshot.index().text(graph)?;
    let words = index.words(text);
    if words.len() > WORDS_CAP {
        return Err(BadText::TooManyWords(words.len()));
    }
    let mut work = index.read_by(&words, Need::All)?;
    let unfinished = |words, work| SearchResult { hits: Vec::new(), counts: [0; 8], relaxed: false, work, words };
    if !pace.spend(work) {
        return Ok(unfinished(words, work));
    }
    let mut weights = index.find(&words, kinds, Need::All)?;
    let mut best: FxHashMap<Node, SearchHit> = FxHashMap::with_capacity_and_hasher(weights.len(), Default::default());
    let mut add = |hit: SearchHit| {
        let known = best.entry(hit.node).or_insert(hit);
        if hit.score > known.score {
            *known = hit;
        }
    };
    let typed = compact(text).chars().count() as f32;
    let mut names = called(snapshot, text, kinds);
    if names.is_empty() {
        // English number and the other English spelling: `leukaemias` is `leukemia`.
        names = called(snapshot, &plain(text), kinds);
    }
    work += names.len() as u64;
    for name in names {
        let band = match name.kind {
            MatchKind::Id => 5.0,
            MatchKind::Name => 4.0,
            _ => 3.0,
        };
        let weight = weights.iter().find(|(node, _)| *node == name.node).map_or(0.0, |(_, weight)| *weight);
        add(SearchHit { node: name.node, score: band + squash(weight), name: Some(name) });
    }
    if !pace.spend(work) {
        return Ok(unfinished(words, work));
    }
    if typed >= 2.0 {
        let names = snapshot.index().names(graph).prefix_hits(graph, text, kinds, PREFIX_CAP);
        work += names.len() as u64;
        for name in names {
            let band = if name.from_start { 2.0 } else { 1.0 };
            // Below 1, so that the kind of hit decides.
            let share = typed / (typed + name.rest as f32 + 1.0);
            add(SearchHit { node: name.node, score: band + share, name: Some(name) });
        }
    }
    let by_words = |(node, weight): (Node, f32)| SearchHit { node, score: squash(weight), name: None };
    weights.drain(..).map(by_words).for_each(&mut add);
    let relaxed = relax && best.is_empty() && words.len() > 1;
    if relaxed {
        let read = index.read_by(&words, Need::Any)?;
        work += read;
        if !pace.spend(read) {
            return Ok(unfinished(words, work));
        }
        let hits = index.find(&words, kinds, Need::Any)?.into_iter().map(by_words);
        best.extend(hits.map(|hit| (hit.node, hit)));
    }
    if !pace.spend(best.len() as u64) {
        return Ok(unfinished(words, work));
    }
    let mut hits: Vec<SearchHit> = best.into_values().collect();
    let order = |kind: NodeKind| SEARCHED.iter().position(|k| *k == kind);
    hits.sort_by_cached_key(|hit| {
        let links = graph.degree(hit.node, None);
        // A positive float orders as its bits.
        (Reverse(hit.score.to_bits()), Reverse(links), order(hit.node.kind), hit.node.ix)
    });
    let mut counts = [0; 8];
    for hit in &hits {
        counts[hit.node.kind as usize] += 1;
    }
    Ok(SearchResult { relaxed: relaxed && !hits.is_empty(), hits, counts, work, words })
}

/// A weight between 0 and 1, in the same order; rounded, so that the order does not hang on the last bit of a sum.
fn squash(weight: f32) -> f32 {
    let share = weight / (weight + 10.0);
    (share * 10_000.0).round() / 10_001.0
}
