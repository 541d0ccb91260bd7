//! Are counts the counts of filtered trials?
//!
//! Facets, cross-tables and counts as fields over random filters, against a look at every trial.

mod many;

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::filters::{BUNDLED, SMALL};
use crate::world::{Dice, World, cases, list};

/// Each dimension, the clauses of a filter that narrow it, and the keys of a trial.
type Keys = fn(&World, &Value) -> Vec<String>;
const DIMENSIONS: &[(&str, &[&str], Keys)] = &[
    ("STATUS", &["status"], |_, t| vec![text(&t["status"])]),
    ("PHASE", &["phase"], |_, t| list(&t["phases"]).iter().map(text).collect()),
    ("PHASES", &["phase"], |_, t| {
        let together: Vec<_> = list(&t["phases"]).iter().map(text).collect();
        Some(together.join("|")).filter(|phases| !phases.is_empty()).into_iter().collect()
    }),
    ("AREA", &["area"], |_, t| vec![text(&t["area"])]),
    ("TARGET", &["target"], |_, t| list(&t["targets"]).iter().map(|l| text(&l["target"]["id"])).collect()),
    ("DISEASE", &["disease"], |_, t| list(&t["diseases"]).iter().map(|l| text(&l["disease"]["id"])).collect()),
    ("DISEASE_AREA", &["disease"], |world, t| {
        list(&t["diseases"]).iter().map(|l| text(&world.node(&text(&l["disease"]["id"]))["area"])).collect()
    }),
    ("DRUG", &["drug"], |_, t| list(&t["drugs"]).iter().map(|l| text(&l["drug"]["id"])).collect()),
    ("DRUG_ROLE", &["drug"], |_, t| list(&t["drugs"]).iter().map(|l| text(&l["role"])).collect()),
    ("REGIMEN", &["regimen"], |_, t| t["regimen"]["id"].as_str().map(str::to_owned).into_iter().collect()),
    ("SOURCE", &["source"], |_, t| list(&t["rows"]).iter().map(|r| text(&r["source"]["id"])).collect()),
    ("COUNTRY", &["country"], |_, t| list(&t["countries"]).iter().map(text).collect()),
    ("SPONSOR", &["sponsor"], |_, t| t["sponsor"]["name"].as_str().map(str::to_owned).into_iter().collect()),
    ("SPONSOR_CLASS", &["sponsorClass"], |_, t| {
        t["sponsor"]["class"].as_str().map(str::to_owned).into_iter().collect()
    }),
    ("START_YEAR", &["startDate", "startYear"], |_, t| {
        t["startDate"].as_str().map(|d| d[..4].to_owned()).into_iter().collect()
    }),
    ("CELL_SOURCE", &["cellSource"], |_, _| Vec::new()),
];

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The keys of a trial, each once.
fn keys(world: &World, of: Keys, trial: &Value) -> Vec<String> {
    let mut keys = of(world, trial);
    keys.sort();
    keys.dedup();
    keys
}

/// A filter without its clauses of these names, at the top and within `and`.
fn without(filter: &Value, names: &[&str]) -> Value {
    let mut rest = Map::new();
    for (name, test) in filter.as_object().unwrap() {
        if name == "and" {
            rest.insert(name.clone(), list(test).iter().map(|f| without(f, names)).collect());
        } else if !names.contains(&name.as_str()) {
            rest.insert(name.clone(), test.clone());
        }
    }
    Value::Object(rest)
}

fn count(world: &World, of: Keys, trials: &[&Value]) -> (BTreeMap<String, u64>, u64) {
    let (mut counts, mut missing) = (BTreeMap::new(), 0);
    for trial in trials {
        let keys = keys(world, of, trial);
        missing += u64::from(keys.is_empty());
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    (counts, missing)
}

fn buckets(value: &Value) -> Vec<(String, u64)> {
    list(value).iter().map(|b| (text(&b["key"]), b["count"].as_u64().unwrap())).collect()
}

fn worlds() -> impl Strategy<Value = (&'static World, u64)> {
    (prop::bool::ANY, any::<u64>()).prop_map(|(small, seed)| (if small { &*SMALL } else { &*BUNDLED }, seed))
}

const FACETS: &str = "query($f: TrialFilter, $d: [Dimension!]!, $limit: Int, $empty: Boolean) { \
    trials(filter: $f, first: 0) { facets(dimensions: $d, limit: $limit, includeEmpty: $empty) { \
    dimension missing otherBuckets otherCount buckets { key count } } } }";

const MATRIX: &str = "query($f: TrialFilter, $rows: Dimension!, $columns: Dimension!, $limit: Int) { \
    matrix(filter: $f, rows: $rows, columns: $columns, rowLimit: $limit, columnLimit: 100) { \
    rows { key count } columns { key count } total otherRows otherColumns \
    cells { row column count trials(first: 1000) { totalCount nodes { id } } } } }";

const PAIRS: &str = "query($f: TrialFilter, $of: Dimension!, $with: Dimension!, $limit: Int) { \
    trials(filter: $f, first: 0) { pairs(of: $of, with: $with, limit: $limit) { total otherPairs otherCount \
    pairs { of { key count } with { key count } count trials(first: 1000) { nodes { id } } } } } }";

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_facet_counts_what_the_rest_of_the_filter_lets_through((world, seed) in worlds()) {
        let mut dice = Dice::new(seed);
        let filter = world.trial_filter(&mut dice, 0);
        let names: Vec<_> = DIMENSIONS.iter().map(|(name, ..)| *name).collect();
        let (limit, empty) = (if dice.chance(50) { 1000 } else { dice.roll(6) }, dice.chance(50));
        let asked = json!({ "f": filter, "d": names, "limit": limit, "empty": empty });
        let answer = world.ask(FACETS, asked);
        for ((name, narrowed_by, of), facet) in DIMENSIONS.iter().zip(list(&answer["trials"]["facets"])) {
            prop_assert_eq!(&facet["dimension"], name);
            let rest = without(&filter, narrowed_by);
            let fitting: Vec<_> = world.trials.iter().filter(|t| world.trial_fits(&rest, t)).collect();
            let (expected, missing) = count(world, *of, &fitting);
            prop_assert_eq!(&facet["missing"], &json!(missing), "{} of {}", name, filter);
            let listed = buckets(&facet["buckets"]);
            prop_assert!(listed.len() <= limit && listed.is_sorted_by(|a, b| a.1 >= b.1), "{:?}", listed);
            for (key, found) in &listed {
                prop_assert_eq!(*found, expected.get(key).copied().unwrap_or(0), "{} of {} for {}", key, name, filter);
                prop_assert!(empty || *found > 0);
            }
            // What is not listed is summed up, and is never more than what is.
            let unlisted: Vec<_> = expected.iter().filter(|(k, _)| listed.iter().all(|(l, _)| l != *k)).collect();
            prop_assert_eq!(&facet["otherCount"], &json!(unlisted.iter().map(|(_, n)| **n).sum::<u64>()));
            if !empty {
                prop_assert_eq!(&facet["otherBuckets"], &json!(unlisted.len()), "{} of {}", name, filter);
            }
            let least = listed.last().map_or(u64::MAX, |(_, n)| *n);
            prop_assert!(listed.len() < limit || unlisted.iter().all(|(_, n)| **n <= least));
        }
    }

    #[test]
    fn a_cross_table_counts_each_pair_and_opens_its_trials((world, seed) in worlds()) {
        let mut dice = Dice::new(seed);
        let filter = world.trial_filter(&mut dice, 1);
        let ((rows, _, row_of), (columns, _, column_of)) = (dice.pick(DIMENSIONS), dice.pick(DIMENSIONS));
        let limit = if dice.chance(70) { 100 } else { 1 + dice.roll(4) };
        let asked = json!({ "f": filter, "rows": rows, "columns": columns, "limit": limit });
        let table = world.ask(MATRIX, asked)["matrix"].take();
        let fitting: Vec<_> = world.trials.iter().filter(|t| world.trial_fits(&filter, t)).collect();
        prop_assert_eq!(&table["total"], &json!(fitting.len()));
        let (by_row, by_column) = (buckets(&table["rows"]), buckets(&table["columns"]));
        prop_assert_eq!(list(&table["cells"]).len(), by_row.len() * by_column.len(), "empty cells are listed");
        for (found, of, other) in [(&by_row, row_of, "otherRows"), (&by_column, column_of, "otherColumns")] {
            let (expected, _) = count(world, *of, &fitting);
            prop_assert_eq!(&table[other], &json!(expected.len() - found.len()));
            for (key, count) in found {
                prop_assert_eq!(expected.get(key), Some(count));
            }
        }
        let mut sums = vec![0; by_row.len()];
        for cell in list(&table["cells"]) {
            let place = |name: &str| cell[name].as_u64().unwrap() as usize;
            let (row, column) = (place("row"), place("column"));
            let within = |t: &&&Value| {
                keys(world, *row_of, t).contains(&by_row[row].0) && keys(world, *column_of, t).contains(&by_column[column].0)
            };
            let expected: Vec<_> = fitting.iter().filter(within).map(|t| json!({ "id": t["id"] })).collect();
            prop_assert_eq!(&cell["count"], &json!(expected.len()), "{} x {} of {}", rows, columns, filter);
            prop_assert_eq!(list(&cell["trials"]["nodes"]), expected.as_slice());
            prop_assert_eq!(&cell["trials"]["totalCount"], &json!(expected.len()));
            sums[row] += expected.len() as u64;
        }
        // Where every trial has at most one column, a row's cells add up to the row, but for trials without a column.
        let single = fitting.iter().all(|t| keys(world, *column_of, t).len() <= 1);
        for ((key, total), sum) in by_row.iter().zip(sums) {
            let bare = |t: &&&Value| keys(world, *row_of, t).contains(key) && keys(world, *column_of, t).is_empty();
            let bare = fitting.iter().filter(bare).count() as u64;
            if single && table["otherColumns"] == json!(0) {
                prop_assert_eq!(sum + bare, *total);
            }
        }
    }

    #[test]
    fn pairs_are_counted_trial_by_trial_and_open_their_trials((world, seed) in worlds()) {
        let mut dice = Dice::new(seed);
        let filter = world.trial_filter(&mut dice, 1);
        let ((of, _, keys_of), (with, _, keys_with)) = (dice.pick(DIMENSIONS), dice.pick(DIMENSIONS));
        let limit = if dice.chance(50) { 1000 } else { dice.roll(6) };
        let asked = json!({ "f": filter, "of": of, "with": with, "limit": limit });
        let found = world.ask(PAIRS, asked)["trials"]["pairs"].take();
        let fitting: Vec<_> = world.trials.iter().filter(|t| world.trial_fits(&filter, t)).collect();
        let mut expected: BTreeMap<(String, String), Vec<Value>> = BTreeMap::new();
        for trial in &fitting {
            let (own, others) = (keys(world, *keys_of, trial), keys(world, *keys_with, trial));
            for (one, other) in own.iter().flat_map(|one| others.iter().map(move |other| (one, other))) {
                if of != with || one != other {
                    expected.entry((one.clone(), other.clone())).or_default().push(json!({ "id": trial["id"] }));
                }
            }
        }
        // Of a dimension with itself each pair is there once, whichever value comes first.
        let halved = if of == with { expected.len() / 2 } else { expected.len() };
        prop_assert_eq!(&found["total"], &json!(halved));
        let listed = list(&found["pairs"]);
        prop_assert_eq!(listed.len(), limit.min(halved));
        prop_assert!(listed.is_sorted_by_key(|p| std::cmp::Reverse(p["count"].as_u64().unwrap())));
        let (by_one, _) = count(world, *keys_of, &fitting);
        let (by_other, _) = count(world, *keys_with, &fitting);
        for pair in listed {
            let (one, other) = (text(&pair["of"]["key"]), text(&pair["with"]["key"]));
            prop_assert_eq!(pair["of"]["count"].as_u64(), by_one.get(&one).copied(), "{} of {}", one, filter);
            prop_assert_eq!(pair["with"]["count"].as_u64(), by_other.get(&other).copied(), "{} of {}", other, filter);
            let trials = expected.remove(&(one.clone(), other.clone())).unwrap_or_default();
            if of == with {
                prop_assert!(expected.remove(&(other, one)).is_some(), "a pair twice");
            }
            prop_assert_eq!(&pair["count"], &json!(trials.len()));
            prop_assert_eq!(list(&pair["trials"]["nodes"]), trials.as_slice());
        }
        let rest: usize = expected.values().map(Vec::len).sum();
        prop_assert_eq!(&found["otherCount"], &json!(if of == with { rest / 2 } else { rest }));
        prop_assert_eq!(&found["otherPairs"], &json!(halved - listed.len()));
        let least = listed.last().map_or(u64::MAX, |p| p["count"].as_u64().unwrap());
        prop_assert!(listed.len() < limit || limit == 0 || expected.values().all(|t| t.len() as u64 <= least));
    }

    #[test]
    fn counts_as_fields_are_facets_of_the_node((world, seed) in worlds()) {
        let mut dice = Dice::new(seed);
        let (dimension, _, of) = dice.pick(DIMENSIONS);
        let target = text(&dice.pick(world.list("targets"))["id"]);
        let query = "query($id: String!, $by: Dimension!) { target(id: $id) { trialCount trialCounts(by: $by, limit: 1000) { key count } } }";
        let answer = world.ask(query, json!({ "id": target, "by": dimension }));
        let own: Vec<_> = world.trials_of(&target).iter().map(|t| world.node(t)).collect();
        let found: BTreeMap<_, _> = buckets(&answer["target"]["trialCounts"]).into_iter().collect();
        prop_assert_eq!(found, count(world, *of, &own).0);
        prop_assert_eq!(&answer["target"]["trialCount"], &json!(own.len()));
    }
}

/// Field, list, filter and order have one meaning of a node's trials, for every kind of node.
#[test]
fn the_number_of_trials_means_the_same_everywhere() {
    for world in [&*BUNDLED, &*SMALL] {
        for (kind, filter) in [
            ("targets", "TargetFilter"),
            ("diseases", "DiseaseFilter"),
            ("drugs", "DrugFilter"),
            ("regimens", "RegimenFilter"),
        ] {
            let query = format!(
                "{{ list: {kind}(first: 1000, orderBy: [{{ field: TRIAL_COUNT, direction: DESC }}])
                    {{ nodes {{ id trialCount filtered: trialCount(filter: {{}}) trials(first: 0) {{ totalCount }} }} }} }}"
            );
            let nodes = world.ask(&query, json!({}))["list"]["nodes"].take();
            let count = |n: &Value| n["trialCount"].as_u64().unwrap();
            assert!(list(&nodes).is_sorted_by_key(|n| std::cmp::Reverse(count(n))), "{kind} by TRIAL_COUNT");
            for node in list(&nodes) {
                assert_eq!(node["trialCount"], node["trials"]["totalCount"], "{node}");
                assert_eq!(node["trialCount"], node["filtered"], "{node}");
            }
            let most = count(&list(&nodes)[0]);
            assert!(most > 0, "{kind}");
            for bound in [1, 2, most / 2, most] {
                let mut told: Vec<_> =
                    list(&nodes).iter().filter(|n| count(n) >= bound).map(|n| text(&n["id"])).collect();
                let mut found = world.filtered(kind, filter, &json!({ "trial": { "count": { "gte": bound } } }));
                told.sort();
                found.sort();
                assert_eq!(told, found, "{kind} with {bound} trials or more");
            }
        }
    }
}

/// A dimension without values beside one with any number of them was a panic once: no table, however laid out, is one.
#[test]
fn every_two_dimensions_make_a_table_over_any_data() {
    for world in [&*BUNDLED, &*SMALL] {
        for (rows, ..) in DIMENSIONS {
            for (columns, ..) in DIMENSIONS {
                for filter in ["", ", filter: { status: { eq: WITHHELD } }", ", filter: { startYear: { lt: 1900 } }"] {
                    let asked = format!(
                        "{{ matrix(rows: {rows}, columns: {columns}, rowLimit: 5, columnLimit: 5{filter}) {{ total cells {{ count }} }} }}"
                    );
                    let answer = world.ask(&asked, json!({}));
                    let cells = list(&answer["matrix"]["cells"]);
                    assert!(cells.len() <= 25, "{rows} by {columns}{filter}");
                    assert!(filter.is_empty() || cells.iter().all(|c| c["count"] == 0), "{rows} by {columns}{filter}");
                }
            }
        }
    }
}
