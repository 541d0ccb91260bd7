//! Are the references reached along citations those that petgraph reaches, and do orders and words of titles say what a look
//! at every trial says?

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;
use roaring::RoaringBitmap;
use serde_json::json;
use trialweave::domain::NodeKind;
use trialweave::generate::Size;
use trialweave::graph::Relation;
use trialweave::index::whole_words;
use trialweave::select::{self, Direction, OrderBy, Pace, Scope, TextTest, TrialFilter, TrialKey};
use trialweave::snapshot::Snapshot;

use crate::world::{World, cases, generated, list};

const SIZE: Size = Size { trials: 3000, targets: 30, diseases: 80, drugs: 40, references: 700, citations: 3 };

static SNAPSHOT: LazyLock<Arc<Snapshot>> = LazyLock::new(|| generated(SIZE, 5));

static SIZED: LazyLock<World> = LazyLock::new(|| World::of(SNAPSHOT.clone()));

static WORLD: LazyLock<World> = LazyLock::new(|| {
    World::of(generated(Size { trials: 60, targets: 9, diseases: 20, drugs: 9, references: 150, citations: 3 }, 6))
});

/// How far each reference is from one, as petgraph walks a plain copy of the citations.
fn distances(snapshot: &Snapshot, from: u32, back: bool) -> BTreeMap<u32, u32> {
    let csr = snapshot.graph().relation(Relation::ReferenceReference);
    let mut plain: DiGraph<(), ()> = DiGraph::new();
    let places: Vec<NodeIndex> = (0..snapshot.graph().count(NodeKind::Reference)).map(|_| plain.add_node(())).collect();
    for (citing, place) in (0..).zip(&places) {
        for cited in csr.targets(citing) {
            let cited = places[*cited as usize];
            if back {
                plain.add_edge(cited, *place, ())
            } else {
                plain.add_edge(*place, cited, ())
            };
        }
    }
    let found = dijkstra(&plain, places[from as usize], None, |_| 1u32);
    found.into_iter().filter(|(place, _)| *place != places[from as usize]).map(|(p, d)| (p.index() as u32, d)).collect()
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn what_is_reached_is_what_petgraph_reaches(from in 0..SIZE.references, back in any::<bool>(), steps in 1u32..=6, upto in 0usize..300) {
        let far = distances(&SNAPSHOT, from, back);
        let mut expected: Vec<(u32, u32)> = far.into_iter().map(|(reference, d)| (d, reference)).filter(|(d, _)| *d <= steps).collect();
        expected.sort_unstable();
        let mut found = select::reach(SNAPSHOT.graph(), from, back, steps, u64::MAX, &Pace::free());
        prop_assert!(!found.cut);
        found.order(upto);
        let front = upto.min(expected.len());
        let told: Vec<_> = (0..).zip(&found.found).map(|(place, reference)| (found.steps_to(place), *reference)).collect();
        prop_assert_eq!(&told[..front], &expected[..front]);
        let mut all = told;
        all.sort_unstable();
        prop_assert_eq!(&all, &expected);
        // A smaller budget gives whole rings, and says that it gives no more.
        for budget in [0, found.work / 3, found.work.saturating_sub(1)] {
            let cut = select::reach(SNAPSHOT.graph(), from, back, steps, budget, &Pace::free());
            prop_assert!(cut.work <= budget && cut.cut == (cut.rings.len() < found.rings.len()));
            let whole = cut.rings.len() as u32;
            prop_assert_eq!(cut.found.len(), expected.iter().filter(|(d, _)| *d <= whole).count());
        }
    }

    #[test]
    fn a_page_of_what_is_reached_is_a_part_of_the_whole(at in any::<prop::sample::Index>(), hops in 1u32..=6, back in any::<bool>(), first in 1usize..40) {
        let reference = at.get(WORLD.list("references"));
        let field = if back { "citedByWithin" } else { "citesWithin" };
        let ask = |fields: &str, first: usize, after: Option<&str>| {
            let query = format!("query($id: String!, $n: Int, $a: String) {{ reference(id: $id) {{ found: {field}(hops: {hops}, first: $n, after: $a) {{ {fields} }} }} }}");
            WORLD.ask(&query, json!({ "id": reference["id"], "n": first, "a": after }))["reference"]["found"].take()
        };
        let whole = ask("totalCount hops truncated reason nodes { id } edges { hops cursor node { id } }", 1000, None);
        prop_assert_eq!(&whole["hops"], &json!(hops));
        prop_assert_eq!((&whole["truncated"], &whole["reason"]), (&json!(false), &json!(null)));
        prop_assert_eq!(&whole["totalCount"], &json!(list(&whole["nodes"]).len()));
        let edges = list(&whole["edges"]);
        prop_assert!(edges.iter().map(|e| &e["node"]).eq(list(&whole["nodes"])));
        prop_assert!(edges.iter().all(|e| e["hops"].as_u64() <= Some(hops.into())));
        let mut nodes = Vec::new();
        let mut after = None;
        loop {
            let page = ask("nodes { id } pageInfo { endCursor hasNextPage }", first, after.as_deref());
            nodes.extend(list(&page["nodes"]).to_vec());
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
            after = page["pageInfo"]["endCursor"].as_str().map(str::to_owned);
        }
        prop_assert_eq!(nodes.as_slice(), list(&whole["nodes"]));
    }

    #[test]
    fn the_front_of_an_order_is_that_of_the_sorted_list(every in 1u32..9, upto in 0usize..80, latest in any::<bool>(), all in any::<bool>()) {
        let by = [OrderBy { key: TrialKey::StartDate, direction: if latest { Direction::Desc } else { Direction::Asc } }];
        let set: RoaringBitmap = (0..SIZE.trials).filter(|trial| all || trial % every == 0).collect();
        let upto = upto.min(set.len() as usize);
        let mut sorted: Vec<u32> = set.iter().collect();
        select::order_trials(SNAPSHOT.graph(), &mut sorted, &by, upto);
        if let Some((front, looked)) = select::first_trials(&SNAPSHOT, Some(&set.clone().into()).filter(|_| !all), &by, upto) {
            prop_assert_eq!(&front, &sorted[..upto]);
            prop_assert!(looked as usize >= upto);
        } else {
            prop_assert!(upto * SIZE.trials as usize > set.len().pow(2) as usize, "an order at hand is not used");
        }
    }

    /// The page that the index has as lists, against the same filter said in a way that it has not.
    #[test]
    fn a_page_of_status_and_phases_is_that_of_the_filter(
        statuses in prop::collection::btree_set(prop::sample::select(vec!["RECRUITING", "COMPLETED", "UNKNOWN", "TERMINATED"]), 1..4),
        phases in prop::sample::select(vec![vec!["PHASE1"], vec!["PHASE1", "PHASE2"], vec!["NA"], vec!["PHASE4", "PHASE2"]]),
        year in prop::option::of(1998u32..2030), latest in any::<bool>(), first in 0usize..60, after in prop::option::of(0usize..50),
    ) {
        let mut plain = json!({ "status": { "in": statuses }, "phase": { "exactly": phases } });
        if let Some(year) = year {
            plain["startYear"] = json!({ "gte": year });
        }
        let other = json!({ "or": [plain.clone()] });
        let query = "query($f: TrialFilter, $n: Int, $d: OrderDirection!, $a: String) { trials(filter: $f, first: $n, after: $a,
            orderBy: [{ field: START_DATE, direction: $d }]) { totalCount pageInfo { endCursor hasNextPage } nodes { id }
            facets(dimensions: [STATUS, AREA]) { missing buckets { key count } } pairs(of: TARGET, with: STATUS) { total } } }";
        let ask = |filter: &serde_json::Value, n: usize, after: Option<&str>| {
            let direction = if latest { "DESC" } else { "ASC" };
            SIZED.ask(query, json!({ "f": filter, "n": n, "d": direction, "a": after }))["trials"].take()
        };
        let cursor = |filter| after.filter(|n| *n > 0).and_then(|n| ask(filter, n, None)["pageInfo"]["endCursor"].as_str().map(str::to_owned));
        let (mut ours, mut theirs) = (ask(&plain, first, cursor(&plain).as_deref()), ask(&other, first, cursor(&other).as_deref()));
        // Cursors belong to their filters; and within `or` nothing is left out of a filter for a facet.
        for page in [&mut ours, &mut theirs] {
            page["pageInfo"]["endCursor"].take();
            page["facets"][0].take();
        }
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn words_of_titles_are_those_of_each_title(trial in 0..SIZE.trials, picks in prop::collection::vec(any::<prop::sample::Index>(), 1..5), lost in prop::bool::weighted(0.1)) {
        let graph = SNAPSHOT.graph();
        let title = |trial: u32| graph.strings.text(graph.trials.title[trial as usize]);
        let own = whole_words(&title(trial));
        let mut text: Vec<String> = picks.iter().map(|pick| pick.get(&own).to_uppercase()).collect();
        if lost {
            text.push("nowhere".into());
        }
        let test = TextTest::Words(whole_words(&text.join(" ")));
        let scan: RoaringBitmap = (0..SIZE.trials).filter(|trial| test.passes(Some(&title(*trial)))).collect();
        let scope = Scope::new(&SNAPSHOT);
        prop_assert_eq!(scan.contains(trial), !lost);
        prop_assert_eq!(TrialFilter::Title(test).eval(&scope), scan);
        prop_assert!(scope.work() < 4 * u64::from(SIZE.trials));
    }
}
