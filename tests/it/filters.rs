//! Does every filter let through what a look at every node lets through?
//!
//! Random filters, nested and of every clause, over the bundled data and over generated data.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::json;
use trialweave::generate::Size;

use crate::ask::snapshot;
use crate::world::{Dice, World, cases, generated, list};

pub static BUNDLED: LazyLock<World> = LazyLock::new(|| World::of(snapshot().clone()));

/// Small, with references that registries list, several drugs a trial and a deep hierarchy.
pub static SMALL: LazyLock<World> = LazyLock::new(|| {
    let size = Size { trials: 90, targets: 12, diseases: 25, drugs: 15, references: 40, citations: 3 };
    World::of(generated(size, 7))
});

fn worlds() -> impl Strategy<Value = (&'static World, u64)> {
    (prop::bool::ANY, any::<u64>()).prop_map(|(small, seed)| (if small { &*SMALL } else { &*BUNDLED }, seed))
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} trials", self.trials.len())
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_filter_of_trials_is_a_look_at_every_trial((world, seed) in worlds()) {
        let filter = world.trial_filter(&mut Dice::new(seed), 0);
        let fitting: Vec<_> = world.trials.iter().filter(|t| world.trial_fits(&filter, t)).map(|t| t["id"].as_str().unwrap()).collect();
        prop_assert_eq!(world.filtered("trials", "TrialFilter", &filter), fitting, "{}", filter);
    }

    #[test]
    fn a_filter_of_other_nodes_is_a_look_at_every_node((world, seed) in worlds()) {
        let mut dice = Dice::new(seed);
        for (field, kind) in [
            ("targets", "TargetFilter"), ("diseases", "DiseaseFilter"), ("drugs", "DrugFilter"),
            ("regimens", "RegimenFilter"), ("references", "ReferenceFilter"), ("statements", "StatementFilter"),
        ] {
            let filter = world.node_filter(&mut dice, field, 1);
            let nodes = world.list(field).iter();
            let fitting: Vec<_> = nodes.filter(|n| world.node_fits(field, &filter, n)).map(|n| n["id"].as_str().unwrap()).collect();
            prop_assert_eq!(world.filtered(field, kind, &filter), fitting, "{}: {}", field, filter);
        }
    }

    /// The same filter below a node: the trials of the node that fit.
    #[test]
    fn a_filter_below_a_node_is_the_filter_at_the_root((world, seed) in worlds()) {
        let mut dice = Dice::new(seed);
        let filter = world.trial_filter(&mut dice, 1);
        let target = dice.pick(world.list("targets"))["id"].as_str().unwrap();
        let query = "query($id: String!, $f: TrialFilter) { target(id: $id) { \
                     trialCount(filter: $f) trials(filter: $f, first: 1000) { totalCount nodes { id } } } }";
        let answer = world.ask(query, json!({ "id": target, "f": filter }));
        let own = world.trials_of(target);
        let fitting = own.iter().filter(|t| world.trial_fits(&filter, world.node(t)));
        let expected: Vec<_> = fitting.map(|t| json!({ "id": t })).collect();
        prop_assert_eq!(&answer["target"]["trialCount"], &json!(expected.len()));
        prop_assert_eq!(list(&answer["target"]["trials"]["nodes"]), expected.as_slice(), "{}: {}", target, filter);
    }
}

/// A generator of filters that all or none fit would show nothing.
#[test]
fn the_filters_tell_trials_apart() {
    for world in [&*BUNDLED, &*SMALL] {
        let count = |seed| {
            let filter = world.trial_filter(&mut Dice::new(seed), 0);
            world.trials.iter().filter(|t| world.trial_fits(&filter, t)).count()
        };
        let telling = (0..400).filter(|seed| !matches!(count(*seed), 0) && count(*seed) < world.trials.len()).count();
        assert!(telling >= 120, "{telling} of 400");
    }
}

#[test]
fn a_role_says_which_links_are_looked_at() {
    let world = &*BUNDLED;
    let only = |test| world.filtered("trials", "TrialFilter", &json!({ "drug": test }));
    // Partners besides lymphodepletion do not matter to a question on lymphodepletion.
    let every = only(
        json!({ "every": { "id": { "in": ["fludarabine", "cyclophosphamide"] } }, "role": { "eq": "LYMPHODEPLETION" } }),
    );
    assert!(every.contains(&"trial:NCT05618925".to_owned()), "{every:?}");
    assert!(!every.contains(&"trial:NCT04245722".to_owned()), "bendamustine is one: {every:?}");
    let two = only(json!({ "count": { "eq": 2 }, "role": { "eq": "LYMPHODEPLETION" } }));
    assert!(two.contains(&"trial:NCT05618925".to_owned()), "{two:?}");
}
