//! What are the nodes of a kind called, in every way that someone may type?
//!
//! Must not know: how names are looked up.

use std::cmp::Reverse;

use pinyin::ToPinyin;

use super::range_min::RangeMin;
use super::{Entry, Table, kept};
use crate::domain::{Language, MatchKind, NodeKind};
use crate::graph::{Graph, Node, StrId};
use crate::index::text::fold::{compact, is_cjk};

/// Words of a name beyond which its later words are not looked up: it is a sentence.
const WORDS: usize = 8;

/// Names in the making: compact spelling beside entry.
struct Names<'a> {
    graph: &'a Graph,
    ix: u32,
    found: Vec<(String, Entry)>,
}

/// The sorted names of a kind.
pub(super) fn table(graph: &Graph, kind: NodeKind) -> Table {
    let mut names = Names { graph, ix: 0, found: Vec::new() };
    for ix in 0..graph.count(kind) {
        names.ix = ix;
        names.node(kind);
    }
    let mut found = names.found;
    // The best kind of name first, so that it is the one that stays where a node has one spelling twice.
    let order = |e: &Entry| (e.ix, e.inner, e.kind, e.text);
    found.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| order(x).cmp(&order(y))));
    found.dedup_by(|(b, y), (a, x)| a == b && x.ix == y.ix);
    let mut keys = String::with_capacity(found.iter().map(|(key, _)| key.len()).sum());
    let mut entries = Vec::with_capacity(found.len());
    let mut preferences = Vec::with_capacity(found.len());
    for (key, mut entry) in found {
        entry.start = keys.len() as u32;
        entry.len = key.len() as u16;
        keys.push_str(&key);
        let links = graph.degree(Node::new(kind, entry.ix), None) as u32;
        let pinyin = entry.kind == MatchKind::Pinyin;
        preferences.push((entry.inner, pinyin, key.chars().count() as u16, Reverse(links)));
        entries.push(entry);
    }
    Table { keys, entries, rank: RangeMin::new(preferences) }
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
        let whole = compact(spelled);
        let key = kept(&whole);
        if !key.is_empty() {
            let entry = Entry { start: 0, len: 0, kind, language, inner, ix: self.ix, text: id };
            self.found.push((key.to_owned(), entry));
        }
    }
}
