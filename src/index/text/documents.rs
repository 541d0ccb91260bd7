//! Which texts stand for a node, and how much does each count?
//!
//! Must not know: how texts are cut into words, how they are stored.

use std::borrow::Cow;

use crate::domain::{Language, NodeKind};
use crate::graph::{Graph, Node, Relation, StrId};

/// How much a text tells about its node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Weight {
    /// Labels, synonyms, gene symbols, registry numbers.
    Name,
    /// Titles, statements, authors, journals, printed cells.
    Text,
    /// Ids.
    Id,
    /// Names of what the node is linked to: the targets of a trial, the subjects of a statement.
    Linked,
}

impl Weight {
    pub(super) const ALL: [Self; 4] = [Self::Name, Self::Text, Self::Id, Self::Linked];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Text => "text",
            Self::Id => "id",
            Self::Linked => "linked",
        }
    }

    pub(super) const fn boost(self) -> f32 {
        match self {
            Self::Name | Self::Id => 3.0,
            Self::Text => 1.0,
            Self::Linked => 0.4,
        }
    }
}

/// Kinds of node that are searched, in the order in which equals are shown. Sources are found by id alone.
pub const SEARCHED: [NodeKind; 7] = [
    NodeKind::Target,
    NodeKind::Disease,
    NodeKind::Drug,
    NodeKind::Regimen,
    NodeKind::Trial,
    NodeKind::Reference,
    NodeKind::Statement,
];

/// Every text that leads to a node, with its weight.
pub(super) fn parts(graph: &Graph, node: Node) -> Vec<(Weight, Cow<'_, str>)> {
    let own = own(graph, node).into_iter();
    let linked = linked(graph, node).into_iter().map(|id| (Weight::Linked, id));
    own.chain(linked).map(|(weight, id)| (weight, graph.strings.text(id))).collect()
}

/// The texts of a node itself, most telling first.
pub(super) fn own(graph: &Graph, node: Node) -> Vec<(Weight, StrId)> {
    let (names, ix) = (graph.names(node.kind), node.ix);
    let at = ix as usize;
    let mut texts = Vec::new();
    let labels = if matches!(node.kind, NodeKind::Trial | NodeKind::Reference | NodeKind::Statement) {
        Weight::Text
    } else {
        Weight::Name
    };
    texts.extend([(labels, names.en[at]), (labels, names.zh[at])]);
    texts.extend(names.synonyms.of(ix).iter().map(|s| (Weight::Name, s.text)));
    match node.kind {
        NodeKind::Target => {
            for gene in graph.genes.of(ix) {
                texts.extend([(Weight::Name, gene.symbol), (Weight::Name, gene.name)]);
            }
        }
        NodeKind::Trial => {
            let t = &graph.trials;
            texts.push((Weight::Name, t.registry_id[at]));
            if let Some(sponsor) = t.sponsor_name.get(t.sponsor[at] as usize) {
                texts.push((Weight::Text, *sponsor));
            }
            texts.extend(t.countries.of(ix).iter().map(|c| (Weight::Text, *c)));
            // What the sources print, each text once.
            let mut printed: Vec<StrId> =
                graph.assertions.field.range(ix).map(|a| graph.assertions.printed[a]).collect();
            printed.sort_unstable();
            printed.dedup();
            texts.extend(printed.into_iter().map(|p| (Weight::Text, p)));
        }
        NodeKind::Reference => {
            let r = &graph.references;
            texts.extend(r.authors.of(ix).iter().map(|a| (Weight::Text, *a)));
            texts.extend([(Weight::Text, r.journal[at]), (Weight::Text, r.journal_printed[at])]);
        }
        NodeKind::Statement => {
            let s = &graph.statements;
            texts.extend([(Weight::Text, s.section[at]), (Weight::Text, s.note_en[at]), (Weight::Text, s.note_zh[at])]);
            texts.extend(s.terms.of(ix).iter().map(|t| (Weight::Text, *t)));
            texts.extend(s.mentions.of(ix).iter().map(|m| (Weight::Text, m.registry_id)));
        }
        _ => {}
    }
    texts.extend(names.xrefs.of(ix).iter().map(|x| (Weight::Id, x.curie)));
    texts.push((Weight::Id, names.id[at]));
    texts.retain(|(_, id)| id.some().is_some());
    let mut seen = Vec::with_capacity(texts.len());
    texts.retain(|(_, id)| {
        let new = !seen.contains(id);
        seen.push(*id);
        new
    });
    texts
}

/// Names of what a node is linked to.
pub(super) fn linked(graph: &Graph, node: Node) -> Vec<StrId> {
    let relations: &[Relation] = match node.kind {
        NodeKind::Trial => &[Relation::TrialTarget, Relation::TrialDisease, Relation::TrialDrug],
        NodeKind::Statement => {
            &[Relation::StatementTarget, Relation::StatementDisease, Relation::StatementDrug, Relation::StatementTrial]
        }
        NodeKind::Regimen => &[Relation::RegimenDrug],
        _ => &[],
    };
    let mut found = Vec::new();
    for relation in relations {
        let to = relation.info().to;
        for other in graph.relation(*relation).targets(node.ix) {
            found.extend(called(graph, Node::new(to, *other)));
        }
    }
    found
}

/// What a node is called: labels, synonyms, gene symbols, registry number.
fn called(graph: &Graph, node: Node) -> Vec<StrId> {
    let (names, ix) = (graph.names(node.kind), node.ix);
    let at = ix as usize;
    if node.kind == NodeKind::Trial {
        return vec![graph.trials.registry_id[at]];
    }
    let mut texts = vec![names.en[at], names.zh[at]];
    texts.extend(names.synonyms.of(ix).iter().map(|s| s.text));
    if node.kind == NodeKind::Target {
        texts.extend(graph.genes.of(ix).iter().map(|g| g.symbol));
    }
    texts.retain(|id| id.some().is_some());
    texts
}

/// Names of the vocabulary that may be Chinese words, for the dictionary.
pub(super) fn chinese_names(graph: &Graph) -> Vec<Cow<'_, str>> {
    let mut found = Vec::new();
    for kind in [NodeKind::Target, NodeKind::Disease, NodeKind::Drug] {
        let names = graph.names(kind);
        found.extend(names.zh.iter().filter_map(|id| id.some()).map(|id| graph.strings.text(id)));
        for ix in 0..names.len() {
            let chinese = names.synonyms.of(ix).iter().filter(|s| s.language == Language::Zh);
            found.extend(chinese.map(|s| graph.strings.text(s.text)));
        }
    }
    found
}
