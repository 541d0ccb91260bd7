//! Which trials does a `TrialFilter` of a client mean?
//!
//! Must not know: how the filter is evaluated.

use super::of_nodes::node;
use super::place::Place;
use super::values::*;
use super::{QUANTIFIERS, link_test, search};
use crate::domain::{self as d, NodeKind};
use crate::graph::Relation;
use crate::graphql::args::Val;
use crate::graphql::error::Res;
use crate::graphql::types::Cx;
use crate::select::{Dimension, LinkTest, NodeFilter, Quantifier, SetTest, TrialFilter};

/// The dimension that a field of a trial filter narrows.
fn dimensions_of(name: &str) -> &'static [Dimension] {
    match name {
        "status" => &[Dimension::Status],
        "phase" => &[Dimension::Phase, Dimension::Phases],
        "area" => &[Dimension::Area],
        "target" => &[Dimension::Target],
        "disease" => &[Dimension::Disease, Dimension::DiseaseArea],
        "drug" => &[Dimension::Drug, Dimension::DrugRole],
        "regimen" => &[Dimension::Regimen],
        "source" => &[Dimension::Source],
        "country" => &[Dimension::Country],
        "sponsor" => &[Dimension::Sponsor],
        "sponsorClass" => &[Dimension::SponsorClass],
        "cellSource" => &[Dimension::CellSource],
        "startDate" | "startYear" => &[Dimension::StartYear],
        _ => &[],
    }
}

/// Whether a filter of trials narrows a dimension, at the top or in `and`.
pub(in crate::graphql::types) fn narrows(value: &Val, dimension: Dimension) -> bool {
    given(value).any(|(name, v)| match name {
        "and" => v.items().iter().any(|item| narrows(item, dimension)),
        _ => dimensions_of(name).contains(&dimension),
    })
}

pub(super) fn trial(cx: &Cx<'_>, value: &Val, place: Place<'_>, without: Option<Dimension>) -> Res<TrialFilter> {
    use TrialFilter as F;
    let mut all = Vec::new();
    for (name, v) in given(value) {
        if without.is_some_and(|dimension| dimensions_of(name).contains(&dimension)) {
            continue;
        }
        let at = place.below(name);
        match name {
            "and" => {
                for item in list(v, at)? {
                    all.push(trial(cx, item, at, without)?);
                }
            }
            "or" => {
                let any: Res<Vec<_>> = list(v, at)?.iter().map(|item| trial(cx, item, at, None)).collect();
                all.push(F::Or(any?));
            }
            "not" => all.push(F::Not(Box::new(trial(cx, v, at, None)?))),
            "id" => {
                let (wanted, not) = id_filter(cx, NodeKind::Trial, v, at)?;
                all.extend(wanted.map(F::Ids));
                if !not.is_empty() {
                    all.push(F::Not(Box::new(F::Ids(not))));
                }
            }
            "status" => all.push(F::Status(words(v, d::TrialStatus::ALL, at)?)),
            "area" => all.push(F::Area(words(v, d::DiseaseArea::ALL, at)?)),
            "phase" => all.extend(phases(v, at)?),
            "target" => all.extend(linked(cx, NodeKind::Target, Relation::TrialTarget, v, at)?),
            "disease" => all.extend(linked(cx, NodeKind::Disease, Relation::TrialDisease, v, at)?),
            "drug" => all.extend(linked(cx, NodeKind::Drug, Relation::TrialDrug, v, at)?),
            "statement" => all.extend(linked(cx, NodeKind::Statement, Relation::StatementTrial, v, at)?),
            "reference" => all.extend(references(cx, v, at)?),
            "regimen" => all.extend(regimen(cx, v, at)?),
            "source" => {
                let (wanted, not) = id_filter(cx, NodeKind::Source, v, at)?;
                let from = |ids: Vec<u32>, quantifier| F::Linked {
                    relation: Relation::TrialSource,
                    quantifier,
                    nodes: Box::new(NodeFilter::Ids(ids)),
                    link: LinkTest::Any,
                };
                all.extend(wanted.map(|ids| from(ids, Quantifier::Some)));
                if !not.is_empty() {
                    all.push(from(not, Quantifier::None));
                }
            }
            "startDate" => all.extend(numbers(v, at, date_span)?.into_iter().map(F::StartDate)),
            "startYear" => all.extend(numbers(v, at, year_span)?.into_iter().map(F::StartDate)),
            "enrollment" => all.extend(numbers(v, at, int_span)?.into_iter().map(F::Enrollment)),
            "country" => all.extend(texts(v, at)?.into_iter().map(F::Country)),
            "sponsor" => all.extend(texts(v, at)?.into_iter().map(F::Sponsor)),
            "title" => all.extend(texts(v, at)?.into_iter().map(F::Title)),
            "sponsorClass" => all.push(F::SponsorClass(words(v, d::AgencyClass::ALL, at)?)),
            "product" | "cellSource" | "targetLogic" | "whyStopped" => {
                let field = match name {
                    "product" => d::SourceField::Product,
                    "cellSource" => d::SourceField::CellSource,
                    "targetLogic" => d::SourceField::TargetLogic,
                    _ => d::SourceField::WhyStopped,
                };
                all.extend(texts(v, at)?.into_iter().map(|test| F::Text(field, test)));
            }
            "hasConflict" => all.push(F::HasConflict(v.is(true))),
            "hasReference" => all.push(F::HasReference(v.is(true))),
            "text" => all.push(F::Found(search(cx, NodeKind::Trial, v, at)?)),
            _ => {}
        }
    }
    Ok(F::And(all))
}

fn phases(value: &Val, place: Place<'_>) -> Res<Vec<TrialFilter>> {
    let phase = |v: &Val| v.number().and_then(d::Phase::at);
    let mut all = Vec::new();
    if let Some(v) = value.get("includes") {
        all.push(TrialFilter::AnyPhase(phase(v).into_iter().collect()));
    }
    if let Some(v) = value.get("includesAny") {
        let these = list(v, place.below("includesAny"))?.iter().filter_map(phase).collect();
        all.push(TrialFilter::AnyPhase(these));
    }
    if let Some(v) = value.get("exactly") {
        let these = list(v, place.below("exactly"))?.iter().filter_map(phase).collect();
        all.push(TrialFilter::ExactPhases(these));
    }
    if let Some(v) = value.get("isEmpty") {
        let empty = TrialFilter::ExactPhases(Vec::new());
        all.push(if v.is(true) { empty } else { TrialFilter::Not(Box::new(empty)) });
    }
    Ok(all)
}

fn regimen(cx: &Cx<'_>, value: &Val, place: Place<'_>) -> Res<Vec<TrialFilter>> {
    let role = value.get("role").and_then(Val::number).and_then(d::DrugRole::at);
    let mut tests = Vec::new();
    for (name, make) in [
        ("exactly", SetTest::Exactly as fn(Vec<u32>) -> SetTest),
        ("containsAll", SetTest::ContainsAll),
        ("containsAny", SetTest::ContainsAny),
    ] {
        if let Some(v) = value.get(name) {
            tests.push(make(ids(cx, NodeKind::Drug, v, place.below(name))?));
        }
    }
    tests.extend(value.get("isEmpty").map(|v| SetTest::IsEmpty(v.is(true))));
    if tests.is_empty() && role.is_some() {
        return refuse(place, "`role` needs a set beside it: exactly, containsAll, containsAny or isEmpty");
    }
    Ok(tests.into_iter().map(|test| TrialFilter::Regimen(test, role)).collect())
}

fn linked(cx: &Cx<'_>, kind: NodeKind, relation: Relation, value: &Val, place: Place<'_>) -> Res<Vec<TrialFilter>> {
    let link = link_test(value, place)?;
    let mut all = Vec::new();
    for (name, quantifier) in QUANTIFIERS {
        if let Some(v) = value.get(name) {
            let nodes = Box::new(node(cx, kind, v, place.below(name))?);
            all.push(TrialFilter::Linked { relation, quantifier, nodes, link: link.clone() });
        }
    }
    if all.is_empty() && link != LinkTest::Any && value.get("count").is_none() {
        let nodes = Box::new(NodeFilter::And(Vec::new()));
        all.push(TrialFilter::Linked { relation, quantifier: Quantifier::Some, nodes, link: link.clone() });
    }
    if let Some(v) = value.get("count") {
        let tests = numbers(v, place.below("count"), int_span)?;
        all.extend(tests.into_iter().map(|test| TrialFilter::LinkCount(relation, test, link.clone())));
    }
    Ok(all)
}

/// References stand behind a trial by its statements or by its registry: both ways count.
fn references(cx: &Cx<'_>, value: &Val, place: Place<'_>) -> Res<Vec<TrialFilter>> {
    let mut all = Vec::new();
    for (name, quantifier) in QUANTIFIERS {
        let Some(v) = value.get(name) else { continue };
        let mut nodes = node(cx, NodeKind::Reference, v, place.below(name))?;
        if quantifier == Quantifier::Every {
            nodes = NodeFilter::Not(Box::new(nodes));
        }
        let cited = TrialFilter::Linked {
            relation: Relation::StatementTrial,
            quantifier: Quantifier::Some,
            nodes: Box::new(NodeFilter::Cites(Box::new(nodes.clone()))),
            link: LinkTest::Any,
        };
        let listed = TrialFilter::Linked {
            relation: Relation::TrialReference,
            quantifier: Quantifier::Some,
            nodes: Box::new(nodes),
            link: LinkTest::Any,
        };
        let any = TrialFilter::Or(vec![cited, listed]);
        all.push(if quantifier == Quantifier::Some { any } else { TrialFilter::Not(Box::new(any)) });
    }
    if let Some(v) = value.get("count") {
        let tests = numbers(v, place.below("count"), int_span)?;
        let graph = cx.graph();
        cx.work(u64::from(graph.count(NodeKind::Trial)))?;
        let fits = |trial: &u32| {
            let count = crate::select::references_of_trial(graph, *trial).len() as u32;
            tests.iter().all(|test| test.passes(Some(count)))
        };
        all.push(TrialFilter::Ids((0..graph.count(NodeKind::Trial)).filter(fits).collect()));
    }
    Ok(all)
}
