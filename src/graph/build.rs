//! How does a trusted dataset become a graph?
//!
//! The only part of this room that knows the records of a dataset. References and trials come in parts, which are made on
//! all cores, so that a big dataset need not be in memory beside its graph. Cross references are known to hold, so a
//! look-up that finds nothing is skipped rather than reported.

mod concepts;
mod join;
mod references;
mod regimens;
mod statements;
mod trials;

use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::strings::StringsBuilder;
use super::walk::Relation;
use super::{
    AssertionColumns, ConflictColumns, Csr, Graph, NONE, Names, Node, ReferenceColumns, RowColumns, StrId, TrialColumns,
};
use crate::domain::{Dataset, Links, NodeKind};

use regimens::Regimens;

/// Links in the making: source, target, fact.
type Facts = Vec<(u32, u32, u32)>;

/// Numbers of the nodes of a kind that are known from the start, by id.
type Ids<'a> = HashMap<&'a str, u32>;

/// A graph in the making. References come first, then trials, each in the order of their ids; then [`Builder::finish`].
/// A part of one is a graph in the making, too, in which references and trials are counted from 0 again.
#[derive(Debug, Clone)]
pub struct Builder<'a> {
    /// Everything but references, trials and their links.
    data: &'a Dataset,
    concepts: Arc<[Ids<'a>; 8]>,
    strings: StringsBuilder,
    names: [Names; 8],
    links: [Facts; Relation::COUNT],
    regimens: Regimens,
    trials: TrialColumns,
    sponsors: HashMap<StrId, u32>,
    references: ReferenceColumns,
    rows: RowColumns,
    assertions: AssertionColumns,
    conflicts: ConflictColumns,
    /// References and trials that will come, where that is known.
    expected: (u32, u32),
}

impl<'a> Builder<'a> {
    /// Begins with vocabularies, sources, statements and notes; references, trials and their links in `data` are not
    /// looked at.
    #[must_use]
    pub fn new(data: &'a Dataset) -> Self {
        let mut concepts: [Ids<'a>; 8] = Default::default();
        let mut known = |kind: NodeKind, ids: &mut dyn Iterator<Item = &'a str>| {
            concepts[kind as usize] = ids.zip(0..).collect();
        };
        known(NodeKind::Target, &mut data.targets.iter().map(|t| t.concept.id.as_str()));
        known(NodeKind::Disease, &mut data.diseases.iter().map(|d| d.concept.id.as_str()));
        known(NodeKind::Drug, &mut data.drugs.iter().map(|d| d.concept.id.as_str()));
        known(NodeKind::Statement, &mut data.statements.iter().map(|s| s.id.as_str()));
        known(NodeKind::Source, &mut data.sources.iter().map(|s| s.id.as_str()));
        let mut builder = Self::empty(data, Arc::new(concepts), StringsBuilder::default());
        builder.concepts();
        builder
    }

    fn empty(data: &'a Dataset, concepts: Arc<[Ids<'a>; 8]>, strings: StringsBuilder) -> Self {
        Self {
            data,
            concepts,
            strings,
            names: Default::default(),
            links: Default::default(),
            regimens: Regimens::default(),
            trials: TrialColumns::default(),
            sponsors: HashMap::new(),
            references: ReferenceColumns::default(),
            rows: RowColumns::default(),
            assertions: AssertionColumns::default(),
            conflicts: ConflictColumns::default(),
            expected: (0, 0),
        }
    }

    /// Joins what came. Links are sorted, each once: from trials and from references, both to references.
    #[must_use]
    pub fn finish(mut self, trial_references: Links, reference_citations: Links) -> Graph {
        let data = self.data;
        self.name_regimens();
        self.name_statements();
        self.name_sources();
        let genes = self.genes();
        let statements = self.statements();
        let sources = self.sources();
        let notes = self.notes();
        self.diseases();
        // From here on no text is added and no id is looked up.
        let strings = std::mem::take(&mut self.strings).finish();
        self.concepts = Arc::default();
        let names = &self.names;
        let plain: Vec<(Relation, Links)> =
            vec![(Relation::TrialReference, trial_references), (Relation::ReferenceReference, reference_citations)];
        let mut plain: HashMap<u8, Links> =
            plain.into_iter().map(|(relation, links)| (relation as u8, links)).collect();
        let links = std::mem::take(&mut self.links);
        let waiting: Vec<_> = Relation::ALL
            .iter()
            .map(|info| (info, &links[info.relation as usize], plain.remove(&(info.relation as u8))))
            .collect();
        let made: Vec<(Relation, Csr)> = waiting
            .into_par_iter()
            .map(|(info, facts, plain)| {
                let sizes = (names[info.from as usize].len(), names[info.to as usize].len());
                (info.relation, relation(info.relation, sizes, facts, plain))
            })
            .collect();
        drop(links);
        let mut relations: [Csr; Relation::COUNT] = Default::default();
        for (relation, csr) in made {
            relations[relation as usize] = csr;
        }
        let mut graph = Graph {
            target_kind: data.targets.iter().map(|t| t.kind as u8).collect(),
            genes,
            disease_area: data.diseases.iter().map(|d| d.area as u8).collect(),
            drug_kind: data.drugs.iter().map(|d| d.kind as u8).collect(),
            drug_role: data.drugs.iter().map(|d| d.default_role as u8).collect(),
            trials: self.trials,
            references: self.references,
            statements,
            sources,
            rows: self.rows,
            assertions: self.assertions,
            conflicts: self.conflicts,
            notes,
            relations,
            names: self.names,
            strings,
        };
        graph.shrink();
        graph
    }

    fn node(&self, kind: NodeKind, id: &str) -> Option<Node> {
        let ix = match kind {
            NodeKind::Trial | NodeKind::Reference => self.find(kind, id),
            _ => self.concepts[kind as usize].get(id).copied(),
        };
        ix.map(|ix| Node::new(kind, ix))
    }

    /// Number of a node, or `NONE`.
    fn number(&self, kind: NodeKind, id: &str) -> u32 {
        self.node(kind, id).map_or(NONE, |node| node.ix)
    }

    /// Number of a trial or reference. They came in the order of their ids, and no id holds what JSON escapes.
    fn find(&self, kind: NodeKind, id: &str) -> Option<u32> {
        let named = |name: &StrId| {
            let json = self.strings.json(*name);
            let colon = json.iter().position(|b| *b == b':').map_or(0, |at| at + 1);
            &json[colon..json.len() - 1]
        };
        let ids = &self.names[kind as usize].id;
        ids.binary_search_by(|name| named(name).cmp(id.as_bytes())).ok().map(|at| at as u32)
    }

    fn link(&mut self, relation: Relation, from: u32, to: u32, fact: u32) {
        self.links[relation as usize].push((from, to, fact));
    }
}

/// The links of a relation both ways, from links of which something may be said, and from those of which nothing is.
fn relation(relation: Relation, sizes: (u32, u32), facts: &[(u32, u32, u32)], plain: Option<Links>) -> Csr {
    let said = matches!(
        relation,
        Relation::TrialTarget
            | Relation::TrialDisease
            | Relation::TrialDrug
            | Relation::RegimenDrug
            | Relation::StatementReference
            | Relation::ReferenceReference
    );
    match plain {
        // Millions of them, and nothing more to say of each.
        Some(links) if facts.is_empty() => Csr::plain(links, sizes.1),
        plain => {
            let pairs = plain.iter().flat_map(Links::pairs).map(|(from, to)| (from, to, NONE));
            let mut all: Facts = pairs.chain(facts.iter().copied()).collect();
            if !all.is_sorted_by_key(|link| link.0) {
                all.sort_by_key(|link| link.0);
            }
            Csr::new(sizes, &all, said)
        }
    }
}

/// Lays a dataset out that is whole in memory.
pub(super) fn build(data: &Dataset) -> Graph {
    let mut builder = Builder::new(data);
    data.references.iter().for_each(|reference| builder.add_reference(reference));
    data.trials.iter().for_each(|trial| builder.add_trial(trial));
    let reference = |id: &str| data.references.binary_search_by(|r| r.id.as_str().cmp(id)).ok().map(|at| at as u32);
    let trial = |id: &str| data.trials.binary_search_by(|t| t.id.as_str().cmp(id)).ok().map(|at| at as u32);
    let listed = data.trial_references.iter().filter_map(|(t, r)| trial(t).zip(reference(r))).collect();
    let cited = data.reference_citations.iter().filter_map(|(a, b)| reference(a).zip(reference(b))).collect();
    let links = |sources: usize, pairs: Vec<(u32, u32)>| Links::gather(sources as u32, &[pairs]);
    builder.finish(links(data.trials.len(), listed), links(data.references.len(), cited))
}
