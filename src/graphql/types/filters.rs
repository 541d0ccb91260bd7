//! How does a client say which nodes it wants?
//!
//! `declared` has the filter inputs of the contract; `values`, `of_trials` and `of_nodes` read what a client gave into the
//! filters of `select`. This file runs them.

mod declared;
mod of_nodes;
mod of_trials;
mod place;
mod values;

use roaring::RoaringBitmap;

pub(super) use self::declared::inputs;
pub(super) use self::of_trials::narrows;
use self::place::Place;
pub(super) use self::values::{ambiguous, disease, fields, global, texts};
use self::values::{list, words};
use super::Cx;
use crate::domain::{self as d, NodeKind};
use crate::graphql::args::Val;
use crate::graphql::error::Res;
use crate::index::Starts;
use crate::select::{self, Dimension, Fitting, LinkTest, Quantifier, Scope};

const QUANTIFIERS: [(&str, Quantifier); 3] =
    [("some", Quantifier::Some), ("every", Quantifier::Every), ("none", Quantifier::None)];

/// A filter of trials, made ready; without what narrows a dimension, at the top and in `and`, if one is given.
pub(super) fn ready(cx: &Cx<'_>, value: &Val, without: Option<Dimension>) -> Res<Fitting> {
    let filter = of_trials::trial(cx, value, "filter".into(), without)?;
    let scope = Scope::new(cx.snapshot);
    let ready = Fitting::new(&filter, &scope);
    cx.work(scope.work())?;
    Ok(ready)
}

/// The trials that a filter lets through, where the release has them in the order of their start.
pub(super) fn by_start<'s>(cx: &Cx<'s>, value: &Val) -> Res<Option<Starts<'s>>> {
    Ok(of_trials::trial(cx, value, "filter".into(), None)?.by_start(cx.snapshot))
}

/// The nodes of a kind that a filter lets through.
pub(super) fn nodes(cx: &Cx<'_>, kind: NodeKind, value: &Val) -> Res<RoaringBitmap> {
    let filter = of_nodes::node(cx, kind, value, "filter".into())?;
    let scope = Scope::new(cx.snapshot);
    let found = filter.eval(&scope, kind);
    cx.work(scope.work())?;
    Ok(found)
}

fn link_test(value: &Val, place: Place<'_>) -> Res<LinkTest> {
    let mut tests = Vec::new();
    if let Some(v) = value.get("qualifiers") {
        let at = place.below("qualifiers");
        let one = |v: &Val| v.number().and_then(d::DiseaseQualifier::at);
        let these = |name: &str| -> Res<Option<Vec<d::DiseaseQualifier>>> {
            v.get(name).map(|v| Ok(list(v, at.below(name))?.iter().filter_map(one).collect())).transpose()
        };
        tests.extend(v.get("includes").and_then(one).map(|q| LinkTest::AllQualifiers(vec![q])));
        tests.extend(these("includesAll")?.map(LinkTest::AllQualifiers));
        tests.extend(these("includesAny")?.map(LinkTest::AnyQualifier));
        tests.extend(these("excludes")?.map(LinkTest::NoQualifier));
    }
    if let Some(v) = value.get("role") {
        tests.push(LinkTest::Role(words(v, d::DrugRole::ALL, place.below("role"))?));
    }
    Ok(if tests.is_empty() { LinkTest::Any } else { LinkTest::All(tests) })
}

/// The nodes of a kind that a search finds.
fn search(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: Place<'_>) -> Res<RoaringBitmap> {
    let text = value.text().unwrap_or_default();
    let refused = |bad| {
        let place = place.to_string();
        super::search::refused(bad, &place, &place)
    };
    let (found, work) = cx.paced(|pace| select::search_ids(cx.snapshot, text, kind, pace))?.map_err(refused)?;
    cx.work(work + found.len())?;
    Ok(found)
}
