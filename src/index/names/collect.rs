//! What are the nodes of a kind called, in every way that someone may type?
//!
//! Must not know: how names are looked up.

use pinyin::ToPinyin;
use rayon::prelude::*;

use super::range_min::RangeMin;
use super::sorted::{self, Unsorted};
use super::{Entry, TOGETHER, Table, kept};
use crate::domain::{Language, MatchKind, NodeKind};
use crate::graph::{Graph, Node, StrId};
use crate::index::text::fold::{compact_into, is_cjk};

/// Words of a name beyond which its later words are not looked up: it is a sentence.
const WORDS: usize = 8;
/// Names in the making, in the order of the nodes.
struct Names<'a> {
    graph: &'a Graph,
    ix: u32,
    links: u32,
    /// Compact spellings one after another, as entries point to them.
    keys: String,
    found: Vec<Unsorted>,
}

/// The sorted names of a kind.
pub(super) fn table(graph: &Graph, kind: NodeKind) -> Table {
    let count = graph.count(kind);
    let parts: Vec<(Box<str>, Box<[Unsorted]>)> = (0..count.div_ceil(TOGETHER))
        .into_par_iter()
        .map_init(
            || Names { graph, ix: 0, links: 0, keys: String::new(), found: Vec::new() },
            |names, part| {
                names.keys.clear();
                names.found.clear();
                for ix in part * TOGETHER..count.min((part + 1) * TOGETHER) {
                    names.ix = ix;
                    names.links = graph.degree(Node::new(kind, ix), None) as u32;
                    names.node(kind);
                }
                sorted::sort_together(&mut names.found, &names.keys);
                (names.keys.as_str().into(), names.found.as_slice().into())
            },
        )
        .collect();
    let (keys, parts): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let (entries, preferences) = sorted::sorted(&keys, parts, sorted::STRETCH);
    Table { keys, entries, least: RangeMin::new(preferences) }
}

impl Names<'_> {
    fn node(&mut self, kind: NodeKind) {
        let (graph, ix) = (self.graph, self.ix);
        let (names, at) = (graph.names(kind), ix as usize);
        let id = graph.strings.text(names.id[at]);
        let bare = id.split_once(':').map_or(&*id, |(_, bare)| bare);
        self.add(bare, names.id[at], MatchKind::Id, None);
        for xref in names.xrefs.of(ix) {
            self.id(xref.curie);
        }
        if kind == NodeKind::Statement {
            return;
        }
        self.name(names.en[at], MatchKind::Name, Language::En, kind);
        self.name(names.zh[at], MatchKind::Name, Language::Zh, kind);
        for synonym in names.synonyms.of(ix) {
            self.name(synonym.text, MatchKind::Alias, synonym.language, kind);
        }
        if kind == NodeKind::Target {
            for gene in graph.genes.of(ix) {
                self.name(gene.symbol, MatchKind::Alias, Language::En, kind);
                self.name(gene.name, MatchKind::Alias, Language::En, kind);
            }
        }
        if kind == NodeKind::Reference {
            let r = &graph.references;
            [r.doi[at], r.pmid[at], r.pmcid[at]].into_iter().for_each(|id| self.id(id));
            for (source, marker) in r.markers.of(ix) {
                let source = graph.strings.text(graph.names(NodeKind::Source).id[*source as usize]);
                let source = source.split_once(':').map_or(&*source, |(_, bare)| bare);
                let known = format!("{source}#{}", graph.strings.text(*marker));
                self.add(&known, names.id[at], MatchKind::Id, None);
            }
        }
    }

    fn id(&mut self, id: StrId) {
        if id.some().is_some() {
            let text = self.graph.strings.text(id);
            self.add(&text, id, MatchKind::Id, None);
        }
    }

    /// A name with its later words, the parts before and in brackets and, where it is Chinese, its pinyin.
    fn name(&mut self, id: StrId, kind: MatchKind, language: Language, of: NodeKind) {
        if id.some().is_none() {
            return;
        }
        let text = self.graph.strings.text(id).into_owned();
        self.add(&text, id, kind, Some(language));
        if matches!(of, NodeKind::Trial | NodeKind::Reference) {
            // A title is no name that has parts.
            return;
        }
        if let Some((head, rest)) = text.split_once(['（', '(']) {
            let inside = rest.trim_end().trim_end_matches(['）', ')']);
            for part in [head, inside] {
                self.add(part, id, MatchKind::Alias, Some(language));
            }
        }
        let words: Vec<&str> = text.split([' ', '\u{3000}', '-', '/']).filter(|w| !w.is_empty()).collect();
        if words.len() <= WORDS {
            // One letter or digit behind a hyphen is no word that someone begins with.
            for word in words.iter().skip(1).filter(|w| w.chars().count() > 2) {
                let at = word.as_ptr() as usize - text.as_ptr() as usize;
                self.push(&text[at..], id, kind, Some(language), true);
            }
        }
        if text.chars().any(is_cjk) {
            self.pinyin(&text, id);
        }
    }

    fn pinyin(&mut self, text: &str, id: StrId) {
        let (mut full, mut initials) = (String::new(), String::new());
        for c in text.chars() {
            match c.to_pinyin() {
                Some(sound) => {
                    full.push_str(sound.plain());
                    initials.push_str(sound.first_letter());
                }
                None => {
                    full.push(c);
                    initials.push(c);
                }
            }
        }
        self.add(&full, id, MatchKind::Pinyin, Some(Language::Zh));
        self.add(&initials, id, MatchKind::Pinyin, Some(Language::Zh));
    }

    fn add(&mut self, spelled: &str, id: StrId, kind: MatchKind, language: Option<Language>) {
        self.push(spelled, id, kind, language, false);
    }

    fn push(&mut self, spelled: &str, id: StrId, kind: MatchKind, language: Option<Language>, inner: bool) {
        let start = self.keys.len();
        compact_into(spelled, &mut self.keys);
        let len = kept(&self.keys[start..]).len();
        self.keys.truncate(start + len);
        if len > 0 {
            let key = &self.keys[start..];
            let (start, len) = (start as u32, len as u16);
            let entry = Entry { start, len, kind, language, inner, ix: self.ix, text: id };
            self.found.push(Unsorted { head: sorted::head(key), entry, links: self.links });
        }
    }
}
