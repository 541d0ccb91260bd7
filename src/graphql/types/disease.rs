//! Diseases and their hierarchy.

use super::super::declare::{Obj, Object, input, leaf, many};
use super::connection::{connection, page_of_list};
use super::query::{trial_list_args, trials_of};
use super::{T, entity, facet, inputs, untried};
use crate::domain::{DiseaseArea, NodeKind};
use crate::graph::{Node, Relation};
use crate::select;

pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new(
            T::Disease,
            "A disease concept in an is-a hierarchy with one root; never a printed string. Id: `disease:aml`.",
            entity::fields(),
        )
        .with(vec![
            leaf("area", "DiseaseArea!", "Broad area.", |cx, o, _, out| {
                let area = DiseaseArea::at(cx.graph().disease_area[o.a as usize]);
                out.word(area.unwrap_or(DiseaseArea::Other).text());
                Ok(())
            }),
            many("parents", "[Disease!]!", "Broader diseases, one step above. Empty for the root.", |cx, o, _, out| {
                let parents = cx.graph().relation(Relation::DiseaseDisease).targets(o.a);
                out.extend(parents.iter().map(|d| Some(Obj::new(T::Disease, *d))));
                Ok(())
            }),
            many("children", "[Disease!]!", "Narrower diseases, one step below, by id.", |cx, o, _, out| {
                let children = cx.graph().relation(Relation::DiseaseDisease).sources(o.a);
                out.extend(children.iter().map(|d| Some(Obj::new(T::Disease, *d))));
                Ok(())
            }),
            many("ancestors", "[Disease!]!", "All broader diseases, nearest first, then by id.", |cx, o, _, out| {
                let above = select::ancestors(cx.graph(), o.a);
                out.extend(above.into_iter().map(|d| Some(Obj::new(T::Disease, d))));
                Ok(())
            }),
            connection(
                "trials",
                "TrialConnection!",
                "Trials that study the disease or, by default, one below it.",
                |cx, o, args| {
                    let expand = inputs::expand(args.number("expand").unwrap_or(2));
                    let list = select::trials_of_disease(cx.graph(), o.a, expand);
                    trials_of(cx, o, args, "trials", list)
                },
            )
            .args([input("expand", "Expand!", "Which part of the hierarchy around the disease counts.")
                .default("DESCENDANTS")])
            .args(trial_list_args()),
            connection(
                "statements",
                "StatementConnection!",
                "Statements about the disease itself, by id.",
                |cx, o, args| {
                    let found = select::statements_of(cx.graph(), Node::new(NodeKind::Disease, o.a));
                    page_of_list(cx, T::StatementConnection, o, args, "statements", found)
                },
            ),
            connection(
                "references",
                "ReferenceConnection!",
                "References that statements about the disease itself cite, by id.",
                |cx, o, args| {
                    let found = select::references_of(cx.graph(), Node::new(NodeKind::Disease, o.a));
                    page_of_list(cx, T::ReferenceConnection, o, args, "references", found)
                },
            ),
        ])
        .with([untried::white_space_field()])
        .with(facet::count_fields())
        .implements(&["Node", "Entity", "_Entity"]),
    ]
}
