//! On whose word, and what rests on it?
//!
//! Down: from a node to the printed rows and statements behind it, their citations and references. Up: from a reference,
//! statement or source to all that rests on it, and what rests on it alone. Must not know: how a client asks.

use std::collections::{HashMap, HashSet};

use super::pace::Pace;
use super::related::statements_of;
use crate::domain::NodeKind;
use crate::graph::{Graph, NONE, Node, Relation};

/// What a step of a trace leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A node of the graph.
    Node(Node),
    /// An assertion.
    Assertion(u32),
    /// A printed row.
    Row(u32),
    /// A citation: a link from a statement to a reference.
    Citation(u32),
}

/// A step of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What it leads to.
    pub thing: Thing,
    /// Links from the root.
    pub depth: u32,
    /// Number of the step above; none for the root's own.
    pub parent: Option<u32>,
    /// Upwards: whether it falls with the root, for nothing else in the data bears it.
    pub alone: bool,
}

/// A trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Steps, parents before children, each thing below its first parent only.
    pub steps: Vec<Step>,
    /// Whether the depth or the number of steps cut it.
    pub truncated: bool,
}

struct Tracer<'a> {
    graph: &'a Graph,
    steps: Vec<Step>,
    seen: HashMap<Thing, u32>,
    max_depth: u32,
    max_steps: usize,
    truncated: bool,
    /// Whether there is no room for another step.
    full: bool,
    falling: Falling,
    pace: &'a Pace<'a>,
}

/// What falls with the root of a trace upwards.
#[derive(Debug, Default)]
struct Falling {
    statements: HashSet<u32>,
    sources: HashSet<u32>,
}

impl Falling {
    /// With a reference fall the statements that cite nothing else, and the source that it is; with a source all that it
    /// states.
    fn with(graph: &Graph, root: Node) -> Self {
        let mut falling = Self::default();
        let cites = graph.relation(Relation::StatementReference);
        match root.kind {
            NodeKind::Statement => drop(falling.statements.insert(root.ix)),
            NodeKind::Source => drop(falling.sources.insert(root.ix)),
            NodeKind::Reference => {
                let alone = |s: &&u32| cites.targets(**s).iter().all(|r| *r == root.ix);
                falling.statements.extend(cites.sources(root.ix).iter().filter(alone));
                let sources = (0..).zip(&graph.sources.reference);
                falling.sources.extend(sources.filter(|(_, itself)| **itself == root.ix).map(|(source, _)| source));
            }
            _ => {}
        }
        for source in &falling.sources {
            falling.statements.extend(graph.relation(Relation::StatementSource).sources(*source));
        }
        falling
    }

    /// Whether a node falls: all statements on it do, and so do all rows that name it.
    fn takes(&self, graph: &Graph, node: Node, pace: &Pace<'_>) -> bool {
        let stated = |source: &u32| self.sources.contains(source);
        let named = |relation| {
            let trials = graph.relation(relation).sources(node.ix).iter();
            let mut on = trials.take_while(|_| pace.spend(1)).flat_map(|trial| graph.assertions_on(*trial, node));
            on.all(|a| stated(&graph.assertion_source(a)))
        };
        let rows = match node.kind {
            NodeKind::Statement => return self.statements.contains(&node.ix),
            NodeKind::Source => return stated(&node.ix),
            NodeKind::Trial => graph.relation(Relation::TrialSource).targets(node.ix).iter().all(stated),
            NodeKind::Target => named(Relation::TrialTarget),
            NodeKind::Disease => named(Relation::TrialDisease),
            NodeKind::Drug => named(Relation::TrialDrug),
            NodeKind::Regimen | NodeKind::Reference => false,
        };
        rows && statements_of(graph, node).iter().all(|s| self.statements.contains(s))
    }
}

impl Tracer<'_> {
    /// Adds a step unless it is there, or too deep, or there are too many.
    fn add(&mut self, thing: Thing, parent: Option<u32>, alone: bool) -> Option<u32> {
        if self.seen.contains_key(&thing) {
            return None;
        }
        let depth = parent.map_or(1, |p| self.steps[p as usize].depth + 1);
        if depth > self.max_depth || self.steps.len() >= self.max_steps {
            self.truncated = true;
            self.full |= self.steps.len() >= self.max_steps;
            return None;
        }
        let number = self.steps.len() as u32;
        self.steps.push(Step { thing, depth, parent, alone });
        self.seen.insert(thing, number);
        Some(number)
    }
}

fn tracer<'a>(graph: &'a Graph, root: Node, max_depth: u32, max_steps: usize, pace: &'a Pace<'a>) -> Tracer<'a> {
    let seen = HashMap::from([(Thing::Node(root), u32::MAX)]);
    Tracer {
        graph,
        steps: Vec::new(),
        seen,
        max_depth,
        max_steps,
        truncated: false,
        full: false,
        falling: Falling::default(),
        pace,
    }
}

/// From a node down to rows, statements, citations, references and sources.
///
/// Complexity: linear in the steps and the assertions of the trials passed. Where the pace stops it, what it gives is no
/// answer.
#[must_use]
pub fn trace_down(graph: &Graph, root: Node, max_depth: u32, max_steps: usize, pace: &Pace<'_>) -> Trace {
    let mut t = tracer(graph, root, max_depth, max_steps, pace);
    t.down(root, None);
    Trace { steps: t.steps, truncated: t.truncated }
}

/// From one assertion down to its row and source.
///
/// Complexity: constant.
#[must_use]
pub fn trace_assertion(graph: &Graph, assertion: u32, max_depth: u32, max_steps: usize, pace: &Pace<'_>) -> Trace {
    let trial = Node::new(NodeKind::Trial, graph.assertions.trial[assertion as usize]);
    let mut t = tracer(graph, trial, max_depth, max_steps, pace);
    t.row_of(assertion, None);
    Trace { steps: t.steps, truncated: t.truncated }
}

/// From a reference, statement or source up to all that rests on it.
///
/// Complexity: linear in the steps and the references of the nodes found. Where the pace stops it, what it gives is no
/// answer.
#[must_use]
pub fn trace_up(graph: &Graph, root: Node, max_depth: u32, max_steps: usize, pace: &Pace<'_>) -> Trace {
    let mut t = tracer(graph, root, max_depth, max_steps, pace);
    t.falling = Falling::with(graph, root);
    t.up(root, None);
    Trace { steps: t.steps, truncated: t.truncated }
}

impl Tracer<'_> {
    fn down(&mut self, node: Node, parent: Option<u32>) {
        let graph = self.graph;
        match node.kind {
            NodeKind::Trial => {
                for at in graph.assertions.field.range(node.ix) {
                    self.assertion(at as u32, parent);
                }
                self.statements(node, parent);
            }
            NodeKind::Target | NodeKind::Disease | NodeKind::Drug => {
                self.statements(node, parent);
                let relation = match node.kind {
                    NodeKind::Target => Relation::TrialTarget,
                    NodeKind::Disease => Relation::TrialDisease,
                    _ => Relation::TrialDrug,
                };
                for trial in graph.relation(relation).sources(node.ix) {
                    if !self.goes_on() {
                        break;
                    }
                    for assertion in graph.assertions_on(*trial, node) {
                        self.assertion(assertion, parent);
                    }
                }
            }
            NodeKind::Regimen => {
                for trial in graph.relation(Relation::TrialRegimen).sources(node.ix) {
                    if !self.goes_on() {
                        break;
                    }
                    for member in graph.relation(Relation::RegimenDrug).targets(node.ix) {
                        for assertion in graph.assertions_on(*trial, Node::new(NodeKind::Drug, *member)) {
                            self.assertion(assertion, parent);
                        }
                    }
                }
            }
            NodeKind::Statement => self.statement(node.ix, parent),
            NodeKind::Source => {
                let reference = graph.sources.reference[node.ix as usize];
                if reference != NONE {
                    self.add(Thing::Node(Node::new(NodeKind::Reference, reference)), parent, false);
                }
            }
            NodeKind::Reference => {}
        }
    }

    fn statements(&mut self, node: Node, parent: Option<u32>) {
        for statement in statements_of(self.graph, node) {
            let thing = Thing::Node(Node::new(NodeKind::Statement, statement));
            if let Some(at) = self.add(thing, parent, false) {
                self.statement(statement, Some(at));
            }
        }
    }

    fn statement(&mut self, statement: u32, parent: Option<u32>) {
        let cites = self.graph.relation(Relation::StatementReference);
        for link in cites.links(statement) {
            if let Some(at) = self.add(Thing::Citation(link), parent, false) {
                self.add(Thing::Node(Node::new(NodeKind::Reference, cites.target(link))), Some(at), false);
            }
        }
        self.source(self.graph.statements.source[statement as usize], parent);
    }

    /// Whether another step can be added: there is room, and the walk goes on.
    fn goes_on(&self) -> bool {
        !self.full && self.pace.spend(1)
    }

    fn assertion(&mut self, assertion: u32, parent: Option<u32>) {
        if !self.goes_on() {
            return;
        }
        if let Some(at) = self.add(Thing::Assertion(assertion), parent, false) {
            self.row_of(assertion, Some(at));
        }
    }

    fn row_of(&mut self, assertion: u32, parent: Option<u32>) {
        let row = self.graph.assertions.row[assertion as usize];
        if let Some(at) = self.add(Thing::Row(row), parent, false) {
            self.source(self.graph.rows.source.items()[row as usize], Some(at));
        }
    }

    fn source(&mut self, source: u32, parent: Option<u32>) {
        let node = Node::new(NodeKind::Source, source);
        if let Some(at) = self.add(Thing::Node(node), parent, false) {
            self.down(node, Some(at));
        }
    }

    fn up(&mut self, node: Node, parent: Option<u32>) {
        let graph = self.graph;
        match node.kind {
            NodeKind::Reference => {
                let cites = graph.relation(Relation::StatementReference);
                let mut statements = cites.sources(node.ix).to_vec();
                statements.dedup();
                statements.into_iter().for_each(|s| self.resting_statement(s, parent));
                for trial in graph.relation(Relation::TrialReference).sources(node.ix) {
                    self.resting(Node::new(NodeKind::Trial, *trial), parent);
                }
                for (source, itself) in (0..).zip(&graph.sources.reference) {
                    if *itself == node.ix {
                        let source = Node::new(NodeKind::Source, source);
                        if let Some(at) = self.resting(source, parent) {
                            self.up(source, Some(at));
                        }
                    }
                }
            }
            NodeKind::Source => {
                for statement in graph.relation(Relation::StatementSource).sources(node.ix) {
                    self.resting_statement(*statement, parent);
                }
                for trial in graph.relation(Relation::TrialSource).sources(node.ix) {
                    self.resting(Node::new(NodeKind::Trial, *trial), parent);
                }
            }
            NodeKind::Statement => self.entities(node.ix, parent),
            NodeKind::Trial | NodeKind::Target | NodeKind::Disease | NodeKind::Drug | NodeKind::Regimen => {}
        }
    }

    /// A node that rests on what is above.
    fn resting(&mut self, node: Node, parent: Option<u32>) -> Option<u32> {
        if !self.goes_on() {
            return None;
        }
        let alone = self.falling.takes(self.graph, node, self.pace);
        self.add(Thing::Node(node), parent, alone)
    }

    /// A statement that rests on what is above, and what it is about.
    fn resting_statement(&mut self, statement: u32, parent: Option<u32>) {
        if let Some(at) = self.resting(Node::new(NodeKind::Statement, statement), parent) {
            self.entities(statement, Some(at));
        }
    }

    /// What a statement is about.
    fn entities(&mut self, statement: u32, parent: Option<u32>) {
        for node in self.graph.statements.about.of(statement) {
            self.resting(*node, parent);
        }
    }
}
