//! Does a look at one trial say what the set of all trials that fit says?
//!
//! Random filters of every kind, nested: looked at trial by trial, over lists that get long enough for sets, and as a whole.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use trialweave::domain::{
    AgencyClass, DiseaseArea, DiseaseQualifier, DrugRole, NodeKind, Phase, SourceField, StatementType, TrialStatus,
};
use trialweave::generate::Size;
use trialweave::graph::{Relation, StrId};
use trialweave::index::whole_words;
use trialweave::select::{
    Expand, Fitting, LinkTest, NodeFilter, NumberTest, Quantifier, Scope, SetTest, TextTest, TrialFilter,
};
use trialweave::snapshot::Snapshot;

use crate::ask::snapshot;
use crate::world::{Dice, cases, generated};

static SNAPSHOTS: LazyLock<[Arc<Snapshot>; 2]> = LazyLock::new(|| {
    let size = Size { trials: 900, targets: 20, diseases: 60, drugs: 30, references: 90, citations: 3 };
    [snapshot().clone(), generated(size, 17)]
});

fn one(range: Range<u32>) -> Vec<Range<u32>> {
    std::iter::once(range).collect()
}

struct Picker<'a> {
    snapshot: &'a Snapshot,
    dice: Dice,
}

impl Picker<'_> {
    fn below(&mut self, count: u32) -> u32 {
        self.dice.roll(count.max(1) as usize) as u32
    }

    fn some<T: Copy>(&mut self, all: &[T]) -> Vec<T> {
        (0..=self.dice.roll(3)).map(|_| *self.dice.pick(all)).collect()
    }

    fn nodes(&mut self, kind: NodeKind) -> Vec<u32> {
        let count = self.snapshot.graph().count(kind);
        let many = self.dice.roll(6);
        (0..=many).map(|_| self.below(count)).filter(|ix| *ix < count).collect()
    }

    fn number(&mut self, most: u32) -> NumberTest {
        let (a, b) = (self.below(most), self.below(most));
        let within = vec![a.min(b)..a.max(b) + 1, b / 2..b / 2 + 1];
        match self.dice.roll(5) {
            0 => NumberTest::IsNull(self.dice.chance(50)),
            1 => NumberTest::Outside(within),
            2 => NumberTest::Within(within),
            _ => NumberTest::Within(one(a..u32::MAX)),
        }
    }

    fn text(&mut self, texts: &[StrId]) -> TextTest {
        let known: Vec<_> = texts.iter().filter_map(|id| id.some()).collect();
        if known.is_empty() || self.dice.chance(15) {
            return TextTest::IsNull(self.dice.chance(50));
        }
        let strings = &self.snapshot.graph().strings;
        let mut one = || strings.text(*self.dice.pick(&known)).into_owned();
        let (a, b) = (one(), one());
        let start: String = a.chars().take(1 + self.dice.roll(5)).collect();
        match self.dice.roll(5) {
            0 => TextTest::In(vec![a.to_uppercase(), b]),
            1 => TextTest::NotIn(vec![a, b]),
            2 => TextTest::Contains(start),
            3 => TextTest::StartsWith(start),
            _ => match &whole_words(&a)[..] {
                [] => TextTest::Contains(start),
                words => TextTest::Words(vec![self.dice.pick(words).clone()]),
            },
        }
    }

    fn link(&mut self, relation: Relation) -> LinkTest {
        match (relation, self.dice.roll(4)) {
            (Relation::TrialDisease, 0) => LinkTest::AllQualifiers(self.some(DiseaseQualifier::ALL)),
            (Relation::TrialDisease, 1) => LinkTest::AnyQualifier(self.some(DiseaseQualifier::ALL)),
            (Relation::TrialDisease, 2) => LinkTest::NoQualifier(self.some(DiseaseQualifier::ALL)),
            (Relation::TrialDrug, 0) => LinkTest::Role(self.some(DrugRole::ALL)),
            (Relation::TrialDrug, 1) => LinkTest::NotRole(self.some(DrugRole::ALL)),
            (Relation::TrialDrug, 2) => LinkTest::All(vec![LinkTest::Role(self.some(DrugRole::ALL)), LinkTest::Any]),
            _ => LinkTest::Any,
        }
    }

    fn linked(&mut self) -> TrialFilter {
        let (relation, kind) = *self.dice.pick(&[
            (Relation::TrialTarget, NodeKind::Target),
            (Relation::TrialDisease, NodeKind::Disease),
            (Relation::TrialDrug, NodeKind::Drug),
            (Relation::TrialSource, NodeKind::Source),
            (Relation::TrialReference, NodeKind::Reference),
            (Relation::StatementTrial, NodeKind::Statement),
        ]);
        let nodes = match self.dice.roll(4) {
            0 if kind == NodeKind::Disease => {
                NodeFilter::Within(self.below(self.snapshot.graph().count(kind)), Expand::Descendants)
            }
            1 if kind == NodeKind::Statement => NodeFilter::StatementType(self.some(StatementType::ALL)),
            2 => NodeFilter::Not(Box::new(NodeFilter::Ids(self.nodes(kind)))),
            _ => NodeFilter::Ids(self.nodes(kind)),
        };
        let quantifier = *self.dice.pick(&[Quantifier::Some, Quantifier::Some, Quantifier::Every, Quantifier::None]);
        TrialFilter::Linked { relation, quantifier, nodes: Box::new(nodes), link: self.link(relation) }
    }

    fn filter(&mut self, depth: usize) -> TrialFilter {
        use TrialFilter as F;
        let graph = self.snapshot.graph();
        let (t, trials) = (&graph.trials, graph.count(NodeKind::Trial));
        let within = |it: &mut Self| -> Vec<F> {
            let count = 1 + it.dice.roll(3);
            (0..count).map(|_| it.filter(depth + 1)).collect()
        };
        match self.dice.roll(if depth < 3 { 24 } else { 20 }) {
            0 => F::Ids((0..20).map(|_| self.below(trials)).collect()),
            1 => F::Status(self.some(TrialStatus::ALL)),
            2 => F::AnyPhase(self.some(Phase::ALL)),
            3 => F::ExactPhases(self.some(Phase::ALL)),
            4 => F::Area(self.some(DiseaseArea::ALL)),
            5 => F::SponsorClass(self.some(AgencyClass::ALL)),
            6 => {
                let relation = *self.dice.pick(&[Relation::TrialTarget, Relation::TrialDisease, Relation::TrialDrug]);
                F::LinkCount(relation, self.number(4), self.link(relation))
            }
            7 => {
                let drugs = self.nodes(NodeKind::Drug);
                let test = match self.dice.roll(4) {
                    0 => SetTest::Exactly(drugs),
                    1 => SetTest::ContainsAll(drugs[..1].to_vec()),
                    2 => SetTest::ContainsAny(drugs),
                    _ => SetTest::IsEmpty(self.dice.chance(50)),
                };
                F::Regimen(test, self.dice.chance(40).then(|| *self.dice.pick(DrugRole::ALL)))
            }
            8 | 9 => {
                let date = *self.dice.pick(&t.start_date);
                let whole = date >> 9 << 9;
                F::StartDate(match self.dice.roll(4) {
                    0 => NumberTest::IsNull(self.dice.chance(50)),
                    1 => NumberTest::Outside(one(whole..date + 1)),
                    2 => NumberTest::Within(one(date..u32::MAX)),
                    _ => NumberTest::Within(vec![whole..whole + (3 << 9), date..date + 1]),
                })
            }
            10 => F::Enrollment(self.number(200)),
            11 => F::Country(self.text(t.countries.items())),
            12 => {
                let fields = [SourceField::Product, SourceField::CellSource, SourceField::WhyStopped];
                F::Text(*self.dice.pick(&fields), self.text(&graph.assertions.value))
            }
            13 => F::Sponsor(self.text(&t.sponsor_name)),
            14 => F::Title(self.text(&t.title)),
            15 => F::HasConflict(self.dice.chance(50)),
            16 => F::HasReference(self.dice.chance(50)),
            17 => F::Found((0..self.below(trials)).step_by(3).collect()),
            18 | 19 => self.linked(),
            20 => F::Or(within(self)),
            21 => F::Not(Box::new(self.filter(depth + 1))),
            _ => F::And(within(self)),
        }
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_look_at_a_trial_says_what_the_set_says(small in any::<bool>(), seed in any::<u64>()) {
        let snapshot = &*SNAPSHOTS[usize::from(small)];
        let mut picker = Picker { snapshot, dice: Dice::new(seed) };
        let filter = picker.filter(0);
        let scope = Scope::new(snapshot);
        let all = filter.eval(&scope);
        let whole = Fitting::new(&filter, &scope).all(&scope);
        prop_assert_eq!(whole.set(), &all, "{:?}", filter);
        let trials: Vec<u32> = (0..snapshot.graph().count(NodeKind::Trial)).collect();
        // One filter over all of them, which by and by finds its sets; and a new one for a trial, which looks at it alone.
        let ready = Fitting::new(&filter, &scope);
        for (at, list) in trials.chunks(1 + picker.dice.roll(200)).enumerate() {
            let fitting: Vec<u32> = list.iter().copied().filter(|trial| all.contains(*trial)).collect();
            prop_assert_eq!(ready.among(&scope, list, None), fitting, "list {} of {:?}", at, filter);
        }
        for relation in [Relation::TrialTarget, Relation::TrialDrug, Relation::TrialRegimen, Relation::TrialSource] {
            let graph = snapshot.graph();
            let node = picker.dice.roll(graph.count(relation.info().to) as usize) as u32;
            let list = graph.relation(relation).sources(node);
            let stages = snapshot.index().linked.stages(graph, relation, node);
            prop_assert_eq!(stages.map(<[_]>::len), Some(list.len()));
            let fitting: Vec<u32> = list.iter().copied().filter(|trial| all.contains(*trial)).collect();
            let found = Fitting::new(&filter, &scope).among(&scope, list, stages);
            prop_assert_eq!(found, fitting, "{:?} {} of {:?}", relation, node, filter);
        }
        let few = (0..12).map(|_| *picker.dice.pick(&trials)).collect::<Vec<_>>();
        for trial in few {
            let fits = !Fitting::new(&filter, &scope).among(&scope, &[trial], None).is_empty();
            prop_assert_eq!(fits, all.contains(trial), "trial {} of {:?}", trial, filter);
        }
    }
}

/// A generator of filters that all or none fit would show nothing.
#[test]
fn the_filters_tell_trials_apart() {
    for snapshot in &*SNAPSHOTS {
        let scope = Scope::new(snapshot);
        let all = u64::from(snapshot.graph().count(NodeKind::Trial));
        let count = |seed| Picker { snapshot, dice: Dice::new(seed) }.filter(0).eval(&scope).len();
        let telling = (0..400).filter(|seed| (1..all).contains(&count(*seed))).count();
        assert!(telling >= 160, "{telling} of 400");
    }
}
