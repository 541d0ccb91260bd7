//! What does a trial link to, and on whose word: its targets, diseases and drugs.

use super::source_argument;
use crate::domain::{DiseaseQualifier, DrugRole, TargetRole};
use crate::graph::{NONE, Node, Relation};
use crate::graphql::args::Args;
use crate::graphql::declare::{Field, Items, LeafFn, ManyFn, Obj, Object, OneFn, leaf, many, one};
use crate::graphql::error::Res;
use crate::graphql::json::Json;
use crate::graphql::types::{Cx, T};

/// Lists the links of a trial in a relation, as pairs of link number and source asked for.
pub(super) fn links(cx: &Cx<'_>, o: &Obj, args: &Args, relation: Relation, ty: T, out: &mut Items) -> Res<()> {
    let csr = cx.graph().relation(relation);
    let Some(source) = source_argument(cx, args)? else {
        out.row(ty, csr.links(o.a), NONE);
        return Ok(());
    };
    let to = relation.info().to;
    out.extend(csr.links(o.a).filter_map(|link| {
        let node = Node::new(to, csr.target(link));
        let said = cx.graph().assertions_on(o.a, node).any(|a| cx.graph().assertion_source(a) == source);
        said.then(|| Some(Obj::pair(ty, link, source)))
    }));
    Ok(())
}

/// The assertions behind a link, by the source asked for.
fn behind<'a>(cx: &Cx<'a>, o: &Obj, relation: Relation) -> impl Iterator<Item = u32> + use<'a> {
    let graph = cx.graph();
    let csr = graph.relation(relation);
    let (trial, node) = (csr.source(o.a), Node::new(relation.info().to, csr.target(o.a)));
    let source = o.b;
    graph.assertions_on(trial, node).filter(move |a| source == NONE || graph.assertion_source(*a) == source)
}

/// The fields that all links of a trial share.
fn link_fields(trial: OneFn, printed: LeafFn, assertions: ManyFn) -> Vec<Field> {
    vec![
        one("trial", "Trial!", "The trial.", trial),
        leaf("printed", "[String!]!", "The texts that sources print for it, as printed, without repeats.", printed),
        many(
            "assertions",
            "[Assertion!]!",
            "Who says so: the assertions behind the link, preferred source first.",
            assertions,
        ),
    ]
}

macro_rules! link_object {
    ($ty:ident, $relation:ident, $doc:literal, $fields:expr) => {
        Object::new(T::$ty, $doc, $fields).with(link_fields(
            |cx, o, _| Ok(Some(Obj::new(T::Trial, cx.graph().relation(Relation::$relation).source(o.a)))),
            |cx, o, _, out| {
                let mut texts: Vec<_> =
                    behind(cx, o, Relation::$relation).map(|a| cx.graph().assertions.printed[a as usize]).collect();
                let mut seen = std::collections::HashSet::new();
                texts.retain(|t| seen.insert(*t));
                out.list(texts, |out, id| out.raw(cx.json(id)));
                Ok(())
            },
            |cx, o, _, out| {
                out.extend(behind(cx, o, Relation::$relation).map(|a| Some(Obj::new(T::Assertion, a))));
                Ok(())
            },
        ))
    };
}

/// Writes what narrows a disease.
pub(in crate::graphql::types) fn qualifiers(out: &mut Json, bits: u32) {
    let qualifiers = DiseaseQualifier::ALL.iter().filter(|q| bits & 1 << **q as u8 != 0);
    out.list(qualifiers, |out, qualifier| out.word(qualifier.text()));
}

pub(super) fn objects() -> Vec<Object> {
    vec![
        link_object!(
            TrialTarget,
            TrialTarget,
            "That a trial's product is aimed at a target, or binds by it, and on whose word.",
            vec![
                one("target", "Target!", "The target.", |cx, o, _| {
                    Ok(Some(Obj::new(T::Target, cx.graph().relation(Relation::TrialTarget).target(o.a))))
                })
                .end(Relation::TrialTarget),
                leaf("role", "TargetRole!", "Whether the product is aimed at it or binds by it.", |cx, o, _, out| {
                    let role = TargetRole::at(cx.graph().relation(Relation::TrialTarget).fact(o.a) as u8);
                    out.word(role.unwrap_or(TargetRole::Antigen).text());
                    Ok(())
                }),
            ]
        ),
        link_object!(
            TrialDisease,
            TrialDisease,
            "That a trial studies a disease, how it is narrowed, and on whose word.",
            vec![
                one("disease", "Disease!", "The disease.", |cx, o, _| {
                    Ok(Some(Obj::new(T::Disease, cx.graph().relation(Relation::TrialDisease).target(o.a))))
                })
                .end(Relation::TrialDisease),
                leaf(
                    "qualifiers",
                    "[DiseaseQualifier!]!",
                    "What narrows the disease, by the source asked for or else the most preferred one that names it.",
                    |cx, o, _, out| {
                        let bits = if o.b == NONE {
                            cx.graph().relation(Relation::TrialDisease).fact(o.a)
                        } else {
                            let of = |a: u32| u32::from(cx.graph().assertions.qualifiers[a as usize]);
                            behind(cx, o, Relation::TrialDisease).fold(0, |bits, a| bits | of(a))
                        };
                        qualifiers(out, bits);
                        Ok(())
                    },
                ),
            ]
        ),
        link_object!(
            TrialDrug,
            TrialDrug,
            "That a drug is given in a trial together with the product, why, and on whose word.",
            vec![
                one("drug", "Drug!", "The drug.", |cx, o, _| {
                    Ok(Some(Obj::new(T::Drug, cx.graph().relation(Relation::TrialDrug).target(o.a))))
                })
                .end(Relation::TrialDrug),
                leaf("role", "DrugRole!", "Why it is given.", |cx, o, _, out| {
                    let role = DrugRole::at(cx.graph().relation(Relation::TrialDrug).fact(o.a) as u8);
                    out.word(role.unwrap_or(DrugRole::NotStated).text());
                    Ok(())
                }),
            ]
        ),
    ]
}
