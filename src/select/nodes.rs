//! Which targets, diseases, drugs, regimens, references or statements fit this filter?
//!
//! These kinds are small beside trials: their labels are read one by one, their trials by postings. Must not know: how a
//! client writes a filter.

use roaring::RoaringBitmap;

use super::criteria::{LinkTest, NumberTest, Quantifier, TextTest};
use super::filter::{Scope, TrialFilter};
use super::related::{Expand, disease_scope, references_of_trial, trials_of_disease, trials_of_reference};
use crate::domain::{
    DiseaseArea, DrugKind, DrugRole, Language, NodeKind, ReferenceType, Standing, StatementType, TargetKind,
};
use crate::graph::{Graph, NONE, Node, Relation};
use crate::snapshot::Snapshot;

/// A filter of nodes of one kind. A test that does not suit the kind lets nothing through.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeFilter {
    /// All of these; all nodes where there is none.
    And(Vec<NodeFilter>),
    /// At least one of these; none where there is none.
    Or(Vec<NodeFilter>),
    /// Not this.
    Not(Box<NodeFilter>),
    /// These nodes.
    Ids(Vec<u32>),
    /// A label or another name passes.
    Name(TextTest),
    /// A disease in this part of the hierarchy.
    Within(u32, Expand),
    /// A disease of one of these areas.
    Area(Vec<DiseaseArea>),
    /// A target of one of these kinds.
    TargetKind(Vec<TargetKind>),
    /// A drug of one of these kinds.
    DrugKind(Vec<DrugKind>),
    /// A drug with one of these default roles.
    DefaultRole(Vec<DrugRole>),
    /// Has trials that fit: at least one, none, or only such.
    Trials(Quantifier, Box<TrialFilter>),
    /// Has so many trials.
    TrialCount(NumberTest),
    /// A reference of such a year.
    Year(NumberTest),
    /// A reference of one of these types.
    ReferenceType(Vec<ReferenceType>),
    /// A reference of one of these standings.
    Standing(Vec<Standing>),
    /// A reference in such a journal.
    Journal(TextTest),
    /// A statement of one of these types.
    StatementType(Vec<StatementType>),
    /// A statement in such a section.
    Section(TextTest),
    /// A statement or reference that comes from one of these sources.
    Source(Vec<u32>),
    /// A statement that is about this node, or a reference cited by one.
    About(Node),
    /// A statement that cites a reference which passes.
    Cites(Box<NodeFilter>),
    /// Has links to so many statements.
    StatementCount(NumberTest),
    /// A statement that has a curator's remark (true) or none (false).
    HasNote(bool),
    /// Holds such a number of members in roles that pass (regimens).
    Size(NumberTest, LinkTest),
    /// Of the members in roles that pass, so many are among these drugs (regimens).
    Members(Quantifier, Box<NodeFilter>, LinkTest),
    /// Is among these, found by a search.
    Found(RoaringBitmap),
}

impl NodeFilter {
    /// The disease, where the filter is for it and all below it and for nothing else.
    pub(super) fn all_below(&self) -> Option<u32> {
        match self {
            Self::Within(disease, Expand::Descendants) => Some(*disease),
            Self::And(all) => match &all[..] {
                [one] => one.all_below(),
                _ => None,
            },
            _ => None,
        }
    }

    /// The nodes of the kind that fit.
    ///
    /// Complexity: linear in the nodes of the kind, and in the postings of what the filter names.
    #[must_use]
    pub fn eval(&self, scope: &Scope<'_>, kind: NodeKind) -> RoaringBitmap {
        let graph = scope.snapshot.graph();
        let count = graph.count(kind);
        match self {
            Self::And(filters) => {
                let mut parts = filters.iter().map(|f| f.eval(scope, kind));
                let Some(first) = parts.next() else { return (0..count).collect() };
                parts.fold(first, |both, part| both & part)
            }
            Self::Or(filters) => filters.iter().fold(RoaringBitmap::new(), |sum, f| sum | f.eval(scope, kind)),
            Self::Not(filter) => (0..count).collect::<RoaringBitmap>() - filter.eval(scope, kind),
            Self::Ids(ids) => ids.iter().copied().filter(|ix| *ix < count).collect(),
            Self::Found(found) => found.clone(),
            Self::Within(disease, expand) if kind == NodeKind::Disease => {
                disease_scope(graph, *disease, *expand).into_iter().collect()
            }
            Self::Trials(quantifier, filter) => with_trials(scope, kind, *quantifier, filter),
            Self::About(node) => about(graph, kind, *node),
            Self::Cites(references) if kind == NodeKind::Statement => {
                let cited = references.eval(scope, NodeKind::Reference);
                let cites = graph.relation(Relation::StatementReference);
                cited.iter().flat_map(|r| cites.sources(r)).copied().collect()
            }
            Self::Members(quantifier, drugs, role) if kind == NodeKind::Regimen => {
                let chosen = drugs.eval(scope, NodeKind::Drug);
                let members = graph.relation(Relation::RegimenDrug);
                let fits = |r: &u32| {
                    let links = members.links(*r).filter(|l| role.passes(members.fact(*l)));
                    let mut hits = links.map(|l| chosen.contains(members.target(l)));
                    match quantifier {
                        Quantifier::Some => hits.any(|hit| hit),
                        Quantifier::Every => hits.all(|hit| hit),
                        Quantifier::None => !hits.any(|hit| hit),
                    }
                };
                (0..count).filter(fits).collect()
            }
            _ => {
                scope.count(count as usize);
                (0..count).filter(|ix| self.fits(scope, Node::new(kind, *ix))).collect()
            }
        }
    }

    /// Tests that look at one node at a time.
    fn fits(&self, scope: &Scope<'_>, node: Node) -> bool {
        let graph = scope.snapshot.graph();
        let at = node.ix as usize;
        match (self, node.kind) {
            (Self::Name(test), kind) => name_passes(graph, kind, node.ix, test),
            (Self::Area(these), NodeKind::Disease) => these.iter().any(|a| graph.disease_area[at] == *a as u8),
            (Self::TargetKind(these), NodeKind::Target) => these.iter().any(|k| graph.target_kind[at] == *k as u8),
            (Self::DrugKind(these), NodeKind::Drug) => these.iter().any(|k| graph.drug_kind[at] == *k as u8),
            (Self::DefaultRole(these), NodeKind::Drug) => these.iter().any(|r| graph.drug_role[at] == *r as u8),
            (Self::TrialCount(test), _) => test.passes(Some(trial_count(scope.snapshot, node))),
            (Self::Year(test), NodeKind::Reference) => {
                let year = u32::from(graph.references.year[at]);
                test.passes((year != 0).then_some(year))
            }
            (Self::ReferenceType(these), NodeKind::Reference) => these.contains(&graph.references.reference_type[at]),
            (Self::Standing(these), NodeKind::Reference) => these.contains(&graph.references.standing[at]),
            (Self::Journal(test), NodeKind::Reference) => {
                let journal = graph.references.journal[at].some().map(|id| graph.strings.text(id));
                test.passes(journal.as_deref())
            }
            (Self::StatementType(these), NodeKind::Statement) => these.contains(&graph.statements.statement_type[at]),
            (Self::Section(test), NodeKind::Statement) => {
                test.passes(Some(&graph.strings.text(graph.statements.section[at])))
            }
            (Self::Source(these), NodeKind::Statement) => these.contains(&graph.statements.source[at]),
            (Self::Source(these), NodeKind::Reference) => {
                graph.references.markers.of(node.ix).iter().any(|(source, _)| these.contains(source))
            }
            (Self::HasNote(wanted), NodeKind::Statement) => graph.statements.note_en[at].some().is_some() == *wanted,
            (Self::StatementCount(test), _) => test.passes(Some(super::statements_of(graph, node).len() as u32)),
            (Self::Size(test, role), NodeKind::Regimen) => {
                let members = graph.relation(Relation::RegimenDrug);
                let fitting = members.links(node.ix).filter(|l| role.passes(members.fact(*l)));
                test.passes(Some(fitting.count() as u32))
            }
            _ => false,
        }
    }
}

fn name_passes(graph: &Graph, kind: NodeKind, ix: u32, test: &TextTest) -> bool {
    let names = graph.names(kind);
    let mut texts = vec![names.label(ix, Language::En), names.label(ix, Language::Zh)];
    texts.extend(names.synonyms.of(ix).iter().map(|s| s.text));
    let mut passed = texts.iter().map(|id| test.passes(Some(&graph.strings.text(*id))));
    // "Is none of these" must hold for every name, all else for one.
    if matches!(test, TextTest::NotIn(_)) { passed.all(|p| p) } else { passed.any(|p| p) }
}

/// The relation that joins trials to a kind, from the trial.
pub(super) fn relation_to(kind: NodeKind) -> Option<Relation> {
    Some(match kind {
        NodeKind::Target => Relation::TrialTarget,
        NodeKind::Disease => Relation::TrialDisease,
        NodeKind::Drug => Relation::TrialDrug,
        NodeKind::Regimen => Relation::TrialRegimen,
        NodeKind::Source => Relation::TrialSource,
        _ => return None,
    })
}

/// Trials of a node: those joined to it, for a disease also those of diseases below it, those a statement is about, those
/// that rest on a reference. Ascending.
#[must_use]
pub fn trials_of_node(graph: &Graph, node: Node) -> Vec<u32> {
    match node.kind {
        NodeKind::Trial => vec![node.ix],
        NodeKind::Disease => trials_of_disease(graph, node.ix, Expand::Descendants),
        NodeKind::Statement => {
            let mut trials = graph.relation(Relation::StatementTrial).targets(node.ix).to_vec();
            trials.sort_unstable();
            trials
        }
        NodeKind::Reference => trials_of_reference(graph, node.ix),
        kind => relation_to(kind).map(|r| graph.relation(r).sources(node.ix).to_vec()).unwrap_or_default(),
    }
}

/// How many trials a node has: as many as [`trials_of_node`] gives.
///
/// Complexity: constant but for references and statements.
#[must_use]
pub fn trial_count(snapshot: &Snapshot, node: Node) -> u32 {
    let graph = snapshot.graph();
    match (node.kind, relation_to(node.kind)) {
        (NodeKind::Disease, _) => snapshot.index().postings.disease_trials[node.ix as usize],
        (kind, Some(relation)) if kind != NodeKind::Trial => graph.relation(relation).sources(node.ix).len() as u32,
        _ => trials_of_node(graph, node).len() as u32,
    }
}

fn with_trials(scope: &Scope<'_>, kind: NodeKind, quantifier: Quantifier, filter: &TrialFilter) -> RoaringBitmap {
    let graph = scope.snapshot.graph();
    let fitting = filter.eval(scope);
    // All of its trials fit where it has none that does not.
    let sought = match quantifier {
        Quantifier::Every => &scope.snapshot.index().postings.all - fitting,
        Quantifier::Some | Quantifier::None => fitting,
    };
    let mut with = RoaringBitmap::new();
    for trial in &sought {
        let found = with.len();
        nodes_of_trial(graph, kind, trial, |ix| _ = with.insert(ix));
        scope.count((with.len() - found) as usize + 1);
    }
    if kind == NodeKind::Disease {
        add_above(graph, &mut with);
    }
    if quantifier == Quantifier::Some { with } else { (0..graph.count(kind)).collect::<RoaringBitmap>() - with }
}

/// Adds all diseases above those of a set.
fn add_above(graph: &Graph, diseases: &mut RoaringBitmap) {
    let is_a = graph.relation(Relation::DiseaseDisease);
    let mut open: Vec<u32> = diseases.iter().collect();
    while let Some(disease) = open.pop() {
        open.extend(is_a.targets(disease).iter().copied().filter(|above| diseases.insert(*above)));
    }
}

/// Calls `each` for the nodes of a kind that a trial is joined to, perhaps more than once.
fn nodes_of_trial(graph: &Graph, kind: NodeKind, trial: u32, mut each: impl FnMut(u32)) {
    match kind {
        NodeKind::Trial => each(trial),
        NodeKind::Statement => graph.relation(Relation::StatementTrial).sources(trial).iter().for_each(|s| each(*s)),
        NodeKind::Reference => {
            references_of_trial(graph, trial).into_iter().for_each(&mut each);
            let sources = graph.relation(Relation::TrialSource).targets(trial).iter();
            sources.map(|s| graph.sources.reference[*s as usize]).filter(|r| *r != NONE).for_each(each);
        }
        kind => {
            let joined = relation_to(kind).map_or(&[][..], |relation| graph.relation(relation).targets(trial));
            joined.iter().for_each(|ix| each(*ix));
        }
    }
}

fn about(graph: &Graph, kind: NodeKind, node: Node) -> RoaringBitmap {
    match kind {
        NodeKind::Statement => super::statements_of(graph, node).into_iter().collect(),
        NodeKind::Reference => super::references_of(graph, node).into_iter().collect(),
        _ => RoaringBitmap::new(),
    }
}
