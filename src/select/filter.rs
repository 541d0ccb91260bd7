//! Which trials fit this filter?
//!
//! A filter is data, checked when it is made; its value is a bitmap, put together from the bitmaps and postings of the
//! index. No trial is looked at where an index says it. Must not know: how a client writes a filter.

use std::cell::Cell;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::nodes::NodeFilter;
use crate::domain::{AgencyClass, DiseaseArea, DiseaseQualifier, DrugRole, NodeKind, Phase, SourceField, TrialStatus};
use crate::graph::{Csr, Graph, NONE, Relation};
use crate::index::{ByText, set_of, whole_words};
use crate::snapshot::Snapshot;

/// What to ask of a text. Case, width and accents do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextTest {
    /// Is one of these.
    In(Vec<String>),
    /// Is none of these.
    NotIn(Vec<String>),
    /// Holds this.
    Contains(String),
    /// Begins with this.
    StartsWith(String),
    /// Holds each of these words, as [`whole_words`] gives them.
    Words(Vec<String>),
    /// Is missing (true) or there (false).
    IsNull(bool),
}

/// A text made comparable: lower case, trimmed.
#[must_use]
pub(super) fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

impl TextTest {
    /// Whether a text passes; `None` is a text that is missing.
    #[must_use]
    pub fn passes(&self, text: Option<&str>) -> bool {
        match (self, text) {
            (Self::IsNull(null), text) => *null == text.is_none(),
            (Self::NotIn(_), None) => true,
            (_, None) => false,
            (Self::In(these), Some(text)) => these.iter().any(|t| fold(t) == fold(text)),
            (Self::NotIn(these), Some(text)) => these.iter().all(|t| fold(t) != fold(text)),
            (Self::Contains(part), Some(text)) => fold(text).contains(&fold(part)),
            (Self::StartsWith(start), Some(text)) => fold(text).starts_with(&fold(start)),
            (Self::Words(words), Some(text)) => {
                let held = whole_words(text);
                words.iter().all(|word| held.binary_search(word).is_ok())
            }
        }
    }
}

/// What to ask of a number. Ranges are half open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberTest {
    /// Lies within one of these ranges.
    Within(Vec<Range<u32>>),
    /// Lies in none of these ranges; a missing number passes.
    Outside(Vec<Range<u32>>),
    /// Is missing (true) or there (false).
    IsNull(bool),
}

impl NumberTest {
    /// Whether a number passes.
    #[must_use]
    pub fn passes(&self, number: Option<u32>) -> bool {
        match self {
            Self::Within(ranges) => number.is_some_and(|n| ranges.iter().any(|r| r.contains(&n))),
            Self::Outside(ranges) => number.is_none_or(|n| ranges.iter().all(|r| !r.contains(&n))),
            Self::IsNull(null) => *null == number.is_none(),
        }
    }
}

/// Which links of a trial must lead to the nodes named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// All of those that the test of links lets through; a trial without such links passes.
    Every,
    /// None of them.
    None,
}

/// What must hold on the link itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTest {
    /// Anything.
    Any,
    /// The disease is narrowed by all of these.
    AllQualifiers(Vec<DiseaseQualifier>),
    /// The disease is narrowed by at least one of these.
    AnyQualifier(Vec<DiseaseQualifier>),
    /// The disease is narrowed by none of these.
    NoQualifier(Vec<DiseaseQualifier>),
    /// The drug has one of these roles.
    Role(Vec<DrugRole>),
    /// The drug has none of these roles.
    NotRole(Vec<DrugRole>),
    /// All of these.
    All(Vec<LinkTest>),
}

impl LinkTest {
    pub(super) fn passes(&self, fact: u32) -> bool {
        let has = |q: &DiseaseQualifier| fact & 1 << *q as u8 != 0;
        let is = |r: &DrugRole| fact == *r as u32;
        match self {
            Self::Any => true,
            Self::AllQualifiers(these) => these.iter().all(has),
            Self::AnyQualifier(these) => these.iter().any(has),
            Self::NoQualifier(these) => !these.iter().any(has),
            Self::Role(these) => these.iter().any(is),
            Self::NotRole(these) => !these.iter().any(is),
            Self::All(tests) => tests.iter().all(|t| t.passes(fact)),
        }
    }
}

/// How a set of drugs is compared with a regimen's members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetTest {
    /// The members are exactly these.
    Exactly(Vec<u32>),
    /// All of these are members.
    ContainsAll(Vec<u32>),
    /// At least one of these is a member.
    ContainsAny(Vec<u32>),
    /// There is no member (true) or there is one (false).
    IsEmpty(bool),
}

/// A filter of trials.
#[derive(Debug, Clone, PartialEq)]
pub enum TrialFilter {
    /// All of these; all trials where there is none.
    And(Vec<TrialFilter>),
    /// At least one of these; no trial where there is none.
    Or(Vec<TrialFilter>),
    /// Not this.
    Not(Box<TrialFilter>),
    /// These trials.
    Ids(Vec<u32>),
    /// One of these statuses.
    Status(Vec<TrialStatus>),
    /// At least one of these phases.
    AnyPhase(Vec<Phase>),
    /// Exactly these phases.
    ExactPhases(Vec<Phase>),
    /// One of these areas.
    Area(Vec<DiseaseArea>),
    /// Links of a relation that lead to nodes which pass, with facts that pass.
    Linked {
        /// The relation: from trials, or to trials.
        relation: Relation,
        /// How many of the links.
        quantifier: Quantifier,
        /// Which nodes.
        nodes: Box<NodeFilter>,
        /// What must hold on the link.
        link: LinkTest,
    },
    /// So many links of a relation, with facts that pass.
    LinkCount(Relation, NumberTest, LinkTest),
    /// The regimen's members, all or those of one role.
    Regimen(SetTest, Option<DrugRole>),
    /// The start date, packed.
    StartDate(NumberTest),
    /// The enrolment.
    Enrollment(NumberTest),
    /// A country.
    Country(TextTest),
    /// The shown text of a field of `TEXT_FIELDS`.
    Text(SourceField, TextTest),
    /// One of these classes of sponsor.
    SponsorClass(Vec<AgencyClass>),
    /// The sponsor's name.
    Sponsor(TextTest),
    /// The title.
    Title(TextTest),
    /// Has a conflict.
    HasConflict(bool),
    /// Has a reference behind it.
    HasReference(bool),
    /// Is among these, found by a search.
    Found(RoaringBitmap),
}

/// What a filter is evaluated over, and the work it takes.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The release.
    pub snapshot: &'a Snapshot,
    work: Cell<u64>,
}

impl<'a> Scope<'a> {
    /// A scope over a release.
    #[must_use]
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, work: Cell::new(0) }
    }

    /// Links, texts and nodes looked at so far, and blocks of bitmaps put together.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.work.get()
    }

    /// Counts links, texts, nodes or blocks looked at.
    pub fn count(&self, work: usize) {
        self.work.set(self.work.get() + work as u64);
    }

    fn all(&self) -> &RoaringBitmap {
        &self.snapshot.index().postings.all
    }
}

/// The trials that fit all of these: what the index says first; what it says for many trials only, or not at all, is then
/// looked up for the trials that are left, where these are fewer.
fn all_of(scope: &Scope<'_>, filters: &[TrialFilter]) -> RoaringBitmap {
    let (mut looked_up, indexed): (Vec<_>, Vec<_>) =
        filters.iter().map(|f| (f.trials_read(scope), f)).partition(|(read, _)| read.is_some());
    let mut parts: Vec<_> = indexed.iter().map(|(_, f)| f.eval(scope)).collect();
    parts.sort_by_key(RoaringBitmap::len);
    let mut both = parts.into_iter().reduce(|mut both, part| {
        both &= part;
        both
    });
    looked_up.sort_by_key(|(read, _)| *read);
    for (read, filter) in looked_up {
        both = Some(match both {
            Some(both) if both.len() < read.unwrap_or(u64::MAX) => {
                scope.count(both.len() as usize);
                both.iter().filter(|trial| filter.holds(scope, *trial)).collect()
            }
            Some(both) => both & filter.eval(scope),
            None => filter.eval(scope),
        });
    }
    both.unwrap_or_else(|| scope.all().clone())
}

impl TrialFilter {
    /// How many trials are read to find those that fit, where one trial can be looked at just as well.
    fn trials_read(&self, scope: &Scope<'_>) -> Option<u64> {
        let postings = &scope.snapshot.index().postings;
        match self {
            Self::StartDate(NumberTest::Within(ranges)) => {
                Some(ranges.iter().map(|range| scope.snapshot.index().calendar.read_within(range)).sum())
            }
            Self::Enrollment(NumberTest::Within(ranges)) => Some(postings.enrollment.len_within(ranges)),
            Self::LinkCount(_, _, link) if *link != LinkTest::Any => Some(scope.all().len()),
            Self::Title(TextTest::Words(_)) => None,
            Self::Title(_) => Some(scope.all().len()),
            _ => None,
        }
    }

    /// Whether a trial fits, for filters that tell how many they read.
    fn holds(&self, scope: &Scope<'_>, trial: u32) -> bool {
        let graph = scope.snapshot.graph();
        let (t, at) = (&graph.trials, trial as usize);
        match self {
            Self::StartDate(test) => test.passes((t.start_date[at] != 0).then_some(t.start_date[at])),
            Self::Enrollment(test) => test.passes((t.enrollment[at] != NONE).then_some(t.enrollment[at])),
            Self::LinkCount(relation, test, link) => test.passes(Some(links_that_pass(graph, *relation, link, trial))),
            Self::Title(test) => {
                let title = t.title[at].some().map(|id| graph.strings.text(id));
                test.passes(title.as_deref())
            }
            _ => false,
        }
    }

    /// The trials that fit.
    ///
    /// Complexity: linear in the postings of what the filter names; independent of the number of trials otherwise,
    /// but for complements.
    #[must_use]
    pub fn eval(&self, scope: &Scope<'_>) -> RoaringBitmap {
        let postings = &scope.snapshot.index().postings;
        let found = match self {
            Self::And(filters) => all_of(scope, filters),
            Self::Or(filters) => filters.iter().fold(RoaringBitmap::new(), |sum, f| sum | f.eval(scope)),
            Self::Not(filter) => scope.all() - filter.eval(scope),
            Self::Ids(ids) => ids.iter().copied().collect(),
            Self::Status(these) => union(these.iter().map(|s| &postings.status[*s as usize])),
            Self::AnyPhase(these) => union(these.iter().map(|p| &postings.phase[*p as usize])),
            Self::ExactPhases(these) => {
                let bits = these.iter().fold(0, |bits, phase| bits | 1 << *phase as u8);
                scope.snapshot.index().phases.get(&bits).cloned().unwrap_or_default()
            }
            Self::Area(these) => union(these.iter().map(|a| &postings.area[*a as usize])),
            Self::Linked { relation, quantifier, nodes, link } => linked(scope, *relation, *quantifier, nodes, link),
            Self::LinkCount(relation, test, link) => link_count(scope, *relation, test, link),
            Self::Regimen(test, role) => regimen(scope, test, *role),
            Self::StartDate(test) => started(scope, test),
            Self::Enrollment(test) => number(scope, &postings.enrollment, test),
            Self::Country(test) => by_text(scope, &postings.country, test),
            Self::Text(field, test) => {
                let none = ByText::new();
                by_text(scope, postings.text.get(field).unwrap_or(&none), test)
            }
            Self::SponsorClass(these) => union(these.iter().map(|c| &postings.sponsor_class[*c as usize])),
            Self::Sponsor(test) => {
                let graph = scope.snapshot.graph();
                let names = graph.trials.sponsor_name.iter().zip(&postings.sponsor);
                let with = union(names.filter(|(n, _)| test.passes(Some(&graph.strings.text(**n)))).map(|(_, t)| t));
                let negative = matches!(test, TextTest::NotIn(_) | TextTest::IsNull(true));
                if negative { with_missing(scope, with, &postings.sponsor) } else { with }
            }
            Self::Title(TextTest::Words(words)) => {
                let (found, read) = scope.snapshot.index().titles(scope.snapshot.graph()).with_all(words);
                scope.count(read as usize);
                found
            }
            Self::Title(test) => {
                // Titles have no index but that of their words: each is read.
                let graph = scope.snapshot.graph();
                scope.count(graph.trials.title.len());
                let titles = graph.trials.title.iter().enumerate();
                titles
                    .filter(|(_, id)| test.passes(id.some().map(|id| graph.strings.text(id)).as_deref()))
                    .map(|(at, _)| at as u32)
                    .collect()
            }
            Self::HasConflict(wanted) => either(scope, &postings.conflict, *wanted),
            Self::HasReference(wanted) => either(scope, &postings.reference, *wanted),
            Self::Found(trials) => trials.clone(),
        };
        // A bitmap is put together by blocks of 65,536 trials, not trial by trial.
        scope.count(found.statistics().n_containers as usize);
        found
    }
}

fn union<'a>(sets: impl IntoIterator<Item = &'a RoaringBitmap>) -> RoaringBitmap {
    sets.into_iter().fold(RoaringBitmap::new(), |sum, set| sum | set)
}

fn either(scope: &Scope<'_>, with: &RoaringBitmap, wanted: bool) -> RoaringBitmap {
    if wanted { with.clone() } else { scope.all() - with }
}

/// For tests that a missing value passes: what is found, and the trials that have no value at all.
fn with_missing<'a>(
    scope: &Scope<'_>,
    found: RoaringBitmap,
    sets: impl IntoIterator<Item = &'a RoaringBitmap>,
) -> RoaringBitmap {
    found | (scope.all() - union(sets))
}

/// Trials with a text that passes. "Is none of these" must hold for every text of the trial, all else for one.
fn by_text(scope: &Scope<'_>, texts: &ByText, test: &TextTest) -> RoaringBitmap {
    let with = |test: &TextTest| {
        scope.count(texts.len());
        union(texts.iter().filter(|(text, _)| test.passes(Some(text))).map(|(_, (_, trials))| trials))
    };
    match test {
        TextTest::NotIn(these) => scope.all() - with(&TextTest::In(these.clone())),
        TextTest::IsNull(true) => scope.all() - with(&TextTest::IsNull(false)),
        _ => with(test),
    }
}

fn started(scope: &Scope<'_>, test: &NumberTest) -> RoaringBitmap {
    let calendar = &scope.snapshot.index().calendar;
    let within = |ranges: &[Range<u32>]| {
        scope.count(ranges.iter().map(|range| calendar.read_within(range) as usize / 64).sum());
        match ranges {
            [one] => calendar.within(one).into_owned(),
            many => many.iter().fold(RoaringBitmap::new(), |sum, range| sum | &*calendar.within(range)),
        }
    };
    match test {
        NumberTest::Within(ranges) => within(ranges),
        NumberTest::Outside(ranges) => scope.all() - within(ranges),
        NumberTest::IsNull(true) => calendar.undated().clone(),
        NumberTest::IsNull(false) => scope.all() - calendar.undated(),
    }
}

fn number(scope: &Scope<'_>, column: &crate::index::Sorted, test: &NumberTest) -> RoaringBitmap {
    let within = |ranges: &[Range<u32>]| {
        let found = ranges.iter().fold(RoaringBitmap::new(), |sum, r| sum | column.range(r.start, r.end));
        scope.count(found.len() as usize);
        found
    };
    match test {
        NumberTest::Within(ranges) => within(ranges),
        NumberTest::Outside(ranges) => scope.all() - within(ranges),
        NumberTest::IsNull(true) => scope.all() - column.all(),
        NumberTest::IsNull(false) => column.all(),
    }
}

/// The links of a relation seen from the side that is not the trial: (trial, link number) of each node.
fn each_link(csr: &Csr, from_trial: bool, node: u32, mut each: impl FnMut(u32, u32)) {
    if from_trial {
        let links = csr.links_to(node);
        for (at, trial) in csr.sources(node).iter().enumerate() {
            each(*trial, links.get(at).copied().unwrap_or(u32::MAX));
        }
    } else {
        for link in csr.links(node) {
            each(csr.target(link), link);
        }
    }
}

fn linked(
    scope: &Scope<'_>,
    relation: Relation,
    quantifier: Quantifier,
    nodes: &NodeFilter,
    test: &LinkTest,
) -> RoaringBitmap {
    if relation == Relation::TrialDisease
        && quantifier == Quantifier::Some
        && *test == LinkTest::Any
        && let Some(disease) = nodes.all_below()
        && let Some(known) = scope.snapshot.index().below(scope.snapshot.graph()).trials(disease)
    {
        return known.clone();
    }
    let csr = scope.snapshot.graph().relation(relation);
    let from_trial = relation.info().from == NodeKind::Trial;
    let kind = if from_trial { relation.info().to } else { relation.info().from };
    let chosen = nodes.eval(scope, kind);
    // All links lead to such nodes where none leads to another.
    let sought = match quantifier {
        Quantifier::Every => (0..scope.snapshot.graph().count(kind)).collect::<RoaringBitmap>() - chosen,
        Quantifier::Some | Quantifier::None => chosen,
    };
    let mut hits = Vec::new();
    for node in &sought {
        each_link(csr, from_trial, node, |trial, link| {
            scope.count(1);
            if test.passes(csr.fact(link)) {
                hits.push(trial);
            }
        });
    }
    let hits = set_of(&hits);
    if quantifier == Quantifier::Some { hits } else { scope.all() - hits }
}

fn link_count(scope: &Scope<'_>, relation: Relation, test: &NumberTest, link: &LinkTest) -> RoaringBitmap {
    let by_degree = scope.snapshot.index().postings.degree.get(&relation);
    if let Some(by_degree) = by_degree.filter(|_| *link == LinkTest::Any) {
        return union(by_degree.iter().filter(|(n, _)| test.passes(Some(**n))).map(|(_, trials)| trials));
    }
    let graph = scope.snapshot.graph();
    scope.count(scope.all().len() as usize);
    let fits = |trial: &u32| test.passes(Some(links_that_pass(graph, relation, link, *trial)));
    scope.all().iter().filter(fits).collect()
}

/// How many links of a trial have facts that pass.
fn links_that_pass(graph: &Graph, relation: Relation, test: &LinkTest, trial: u32) -> u32 {
    let csr = graph.relation(relation);
    if relation.info().from != NodeKind::Trial {
        return csr.sources(trial).len() as u32;
    }
    csr.links(trial).filter(|link| test.passes(csr.fact(*link))).count() as u32
}

fn regimen(scope: &Scope<'_>, test: &SetTest, role: Option<DrugRole>) -> RoaringBitmap {
    let graph = scope.snapshot.graph();
    let members = graph.relation(Relation::RegimenDrug);
    let fits = |link: u32| role.is_none_or(|r| members.fact(link) == r as u32);
    // Regimens that hold a drug, in the role.
    let holding = |drug: u32| -> RoaringBitmap {
        let links = members.links_to(drug).iter().zip(members.sources(drug));
        scope.count(members.sources(drug).len());
        links.filter(|(link, _)| fits(**link)).map(|(_, regimen)| *regimen).collect()
    };
    let regimens: RoaringBitmap = match test {
        SetTest::IsEmpty(empty) => {
            let with = match role {
                None => scope.snapshot.index().postings.regimen.clone(),
                Some(_) => {
                    let all = 0..graph.count(NodeKind::Regimen);
                    scope.count(members.len());
                    trials_of(scope, &all.filter(|r| members.links(*r).any(fits)).collect())
                }
            };
            return either(scope, &with, !*empty);
        }
        SetTest::ContainsAny(drugs) => drugs.iter().fold(RoaringBitmap::new(), |sum, d| sum | holding(*d)),
        SetTest::ContainsAll(drugs) | SetTest::Exactly(drugs) => {
            let mut sets = drugs.iter().map(|d| holding(*d));
            let first = sets.next().unwrap_or_default();
            let mut all = sets.fold(first, |both, set| both & set);
            if matches!(test, SetTest::Exactly(_)) {
                let mut distinct = drugs.clone();
                distinct.sort_unstable();
                distinct.dedup();
                let exact = |r: &u32| members.links(*r).filter(|l| fits(*l)).count() == distinct.len();
                all = all.iter().filter(exact).collect();
            }
            all
        }
    };
    trials_of(scope, &regimens)
}

fn trials_of(scope: &Scope<'_>, regimens: &RoaringBitmap) -> RoaringBitmap {
    let uses = scope.snapshot.graph().relation(Relation::TrialRegimen);
    let mut found = RoaringBitmap::new();
    for regimen in regimens {
        scope.count(uses.sources(regimen).len());
        found.extend(uses.sources(regimen).iter().copied());
    }
    found
}
