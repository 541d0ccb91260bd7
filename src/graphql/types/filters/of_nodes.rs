//! Which nodes of other kinds than trials does a filter of a client mean?
//!
//! Must not know: how the filter is evaluated.

use super::of_trials::trial;
use super::place::Place;
use super::values::*;
use super::{QUANTIFIERS, link_test, search};
use crate::domain::{self as d, NodeKind};
use crate::graph::Node;
use crate::graphql::args::Val;
use crate::graphql::error::Res;
use crate::graphql::types::{Cx, inputs as order_inputs};
use crate::select::{LinkTest, NodeFilter, Quantifier, Scope};

pub(super) fn node(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: Place<'_>) -> Res<NodeFilter> {
    use NodeFilter as F;
    let mut all = Vec::new();
    for (name, v) in given(value) {
        let at = place.below(name);
        match name {
            "and" | "or" => {
                let parts: Res<Vec<_>> = list(v, at)?.iter().map(|item| node(cx, kind, item, at)).collect();
                all.push(if name == "and" { F::And(parts?) } else { F::Or(parts?) });
            }
            "not" => all.push(F::Not(Box::new(node(cx, kind, v, at)?))),
            "id" => {
                let (wanted, not) = id_filter(cx, kind, v, at)?;
                all.extend(wanted.map(F::Ids));
                if !not.is_empty() {
                    all.push(F::Not(Box::new(F::Ids(not))));
                }
            }
            "label" => all.extend(texts(v, at)?.into_iter().map(F::Name)),
            "text" => all.push(F::Found(search(cx, kind, v, at)?)),
            "within" => {
                let id = v.get("id").and_then(Val::text).unwrap_or_default();
                let disease = one_id(cx, NodeKind::Disease, id, at.below("id"))?;
                let expand = v.get("expand").and_then(Val::number).unwrap_or(2);
                all.push(F::Within(disease, order_inputs::expand(expand)));
            }
            "area" => all.push(F::Area(words(v, d::DiseaseArea::ALL, at)?)),
            "kind" if kind == NodeKind::Target => all.push(F::TargetKind(words(v, d::TargetKind::ALL, at)?)),
            "kind" => all.push(F::DrugKind(words(v, d::DrugKind::ALL, at)?)),
            "defaultRole" => all.push(F::DefaultRole(words(v, d::DrugRole::ALL, at)?)),
            "trial" => {
                for (name, quantifier) in QUANTIFIERS {
                    if let Some(v) = v.get(name) {
                        let filter = trial(cx, v, at.below(name), None)?;
                        all.push(F::Trials(quantifier, Box::new(filter)));
                    }
                }
                if let Some(v) = v.get("count") {
                    all.extend(numbers(v, at.below("count"), int_span)?.into_iter().map(F::TrialCount));
                }
            }
            "statement" => all.extend(statements(cx, kind, v, at)?),
            "year" => all.extend(numbers(v, at, int_span)?.into_iter().map(F::Year)),
            "journal" => all.extend(texts(v, at)?.into_iter().map(F::Journal)),
            "referenceType" => all.push(F::ReferenceType(words(v, d::ReferenceType::ALL, at)?)),
            "standing" => all.push(F::Standing(words(v, d::Standing::ALL, at)?)),
            "statementType" => all.push(F::StatementType(words(v, d::StatementType::ALL, at)?)),
            "section" => all.extend(texts(v, at)?.into_iter().map(F::Section)),
            "source" => {
                let (wanted, not) = id_filter(cx, NodeKind::Source, v, at)?;
                all.extend(wanted.map(F::Source));
                if !not.is_empty() {
                    all.push(F::Not(Box::new(F::Source(not))));
                }
            }
            "about" => all.push(F::About(global(cx, v.text().unwrap_or_default(), at)?)),
            "cites" => all.push(F::Cites(Box::new(node(cx, NodeKind::Reference, v, at)?))),
            "hasCuratorNote" => all.push(F::HasNote(v.is(true))),
            "drug" => all.extend(members(cx, v, at)?),
            _ => {}
        }
    }
    Ok(F::And(all))
}

/// Members of a regimen.
fn members(cx: &Cx<'_>, value: &Val, place: Place<'_>) -> Res<Vec<NodeFilter>> {
    let role = link_test(value, place)?;
    let mut all = Vec::new();
    for (name, quantifier) in QUANTIFIERS {
        if let Some(v) = value.get(name) {
            let drugs = node(cx, NodeKind::Drug, v, place.below(name))?;
            all.push(NodeFilter::Members(quantifier, Box::new(drugs), role.clone()));
        }
    }
    if all.is_empty() && role != LinkTest::Any && value.get("count").is_none() {
        let any = Box::new(NodeFilter::And(Vec::new()));
        all.push(NodeFilter::Members(Quantifier::Some, any, role.clone()));
    }
    if let Some(v) = value.get("count") {
        let tests = numbers(v, place.below("count"), int_span)?;
        all.extend(tests.into_iter().map(|test| NodeFilter::Size(test, role.clone())));
    }
    Ok(all)
}

/// Statements that are about a node, or cite it where it is a reference.
fn statements(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: Place<'_>) -> Res<Vec<NodeFilter>> {
    let graph = cx.graph();
    let mut all = Vec::new();
    for (name, quantifier) in QUANTIFIERS {
        let Some(v) = value.get(name) else { continue };
        let chosen = {
            let filter = node(cx, NodeKind::Statement, v, place.below(name))?;
            let scope = Scope::new(cx.snapshot);
            filter.eval(&scope, NodeKind::Statement)
        };
        let fits = |ix: &u32| {
            let of = crate::select::statements_of(graph, Node::new(kind, *ix));
            match quantifier {
                Quantifier::Some => of.iter().any(|s| chosen.contains(*s)),
                Quantifier::Every => of.iter().all(|s| chosen.contains(*s)),
                Quantifier::None => !of.iter().any(|s| chosen.contains(*s)),
            }
        };
        cx.work(u64::from(graph.count(kind)))?;
        all.push(NodeFilter::Found((0..graph.count(kind)).filter(fits).collect()));
    }
    if let Some(v) = value.get("count") {
        let tests = numbers(v, place.below("count"), int_span)?;
        all.extend(tests.into_iter().map(NodeFilter::StatementCount));
    }
    Ok(all)
}
