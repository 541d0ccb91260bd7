//! Drugs and the exact sets in which they are given.

use super::super::declare::{Obj, Object, leaf, many, one};
use super::connection::{connection, page_of_list};
use super::query::{trial_list_args, trials_of};
use super::{Base, T, entity, facet};
use crate::domain::{DrugKind, DrugRole, NodeKind};
use crate::graph::{Node, Relation};
use crate::select;

pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new(
            T::Drug,
            "An agent, procedure, device or class given with the product. Id: `drug:fludarabine`.",
            entity::fields(),
        )
        .with(vec![
            leaf("drugKind", "DrugKind!", "What it is.", |cx, o, _, out| {
                let kind = DrugKind::at(cx.graph().drug_kind[o.a as usize]);
                out.word(kind.unwrap_or(DrugKind::AgentClass).text());
                Ok(())
            }),
            leaf(
                "defaultRole",
                "DrugRole!",
                "The role it has in a trial whose source lists it without saying what for.",
                |cx, o, _, out| {
                    let role = DrugRole::at(cx.graph().drug_role[o.a as usize]);
                    out.word(role.unwrap_or(DrugRole::NotStated).text());
                    Ok(())
                },
            ),
            connection(
                "trials",
                "TrialConnection!",
                "Trials in which any source says that the drug is given.",
                |cx, o, args| {
                    let base = Base::sources(cx.snapshot, Relation::TrialDrug, o.a);
                    trials_of(cx, o, args, "trials", base)
                },
            )
            .args(trial_list_args()),
            connection("regimens", "RegimenConnection!", "Regimens that hold the drug, by id.", |cx, o, args| {
                let list = cx.graph().relation(Relation::RegimenDrug).sources(o.a).to_vec();
                page_of_list(cx, T::RegimenConnection, o, args, "regimens", list)
            }),
            connection("statements", "StatementConnection!", "Statements about the drug, by id.", |cx, o, args| {
                let found = select::statements_of(cx.graph(), Node::new(NodeKind::Drug, o.a));
                page_of_list(cx, T::StatementConnection, o, args, "statements", found)
            }),
            connection(
                "references",
                "ReferenceConnection!",
                "References that statements about the drug cite, by id.",
                |cx, o, args| {
                    let found = select::references_of(cx.graph(), Node::new(NodeKind::Drug, o.a));
                    page_of_list(cx, T::ReferenceConnection, o, args, "references", found)
                },
            ),
        ])
        .with(facet::count_fields())
        .implements(&["Node", "Entity", "_Entity"]),
        Object::new(
            T::Regimen,
            "A set of drugs given together, identified by its members and their roles, and shared by every trial that \
             uses exactly this set. Id: the members' ids joined by `+`, e.g. `regimen:cyclophosphamide+fludarabine`; a \
             role other than the drug's usual one stands behind `~`.",
            entity::fields(),
        )
        .with(vec![
            many("drugs", "[RegimenDrug!]!", "The members with their roles, by drug id.", |cx, o, _, out| {
                let links = cx.graph().relation(Relation::RegimenDrug).links(o.a);
                out.extend(links.map(|link| Some(Obj::new(T::RegimenDrug, link))));
                Ok(())
            }),
            connection("trials", "TrialConnection!", "Trials that use exactly this set.", |cx, o, args| {
                let base = Base::sources(cx.snapshot, Relation::TrialRegimen, o.a);
                trials_of(cx, o, args, "trials", base)
            })
            .args(trial_list_args()),
        ])
        .with(facet::count_fields())
        .implements(&["Node", "Entity", "_Entity"]),
        Object::new(
            T::RegimenDrug,
            "A member of a regimen.",
            vec![
                one("drug", "Drug!", "The drug.", |cx, o, _| {
                    Ok(Some(Obj::new(T::Drug, cx.graph().relation(Relation::RegimenDrug).target(o.a))))
                }),
                leaf("role", "DrugRole!", "Why it is given.", |cx, o, _, out| {
                    let role = DrugRole::at(cx.graph().relation(Relation::RegimenDrug).fact(o.a) as u8);
                    out.word(role.unwrap_or(DrugRole::NotStated).text());
                    Ok(())
                }),
            ],
        ),
    ]
}
