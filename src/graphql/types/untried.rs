//! What is not tried, and what is not said: comparisons of a disease with its siblings, of a target with its statements.

use std::sync::Arc;

use super::super::declare::{Field, Obj, Object, leaf, many, one};
use super::super::error::{Code, FieldError};
use super::{Extra, T};
use crate::domain::NodeKind;
use crate::graph::{Node, Relation};
use crate::select::{self, Dimension};

/// The fields of a disease that tell what is not tried.
pub(super) fn white_space_field() -> Field {
    many(
        "untriedTargets",
        "[WhiteSpace!]!",
        "Targets that no trial has in the disease or one below it, though trials have them in a sibling (a disease \
         with a parent in common) or one below that. Most trials first, then by id.",
        |cx, o, _, out| {
            for space in select::white_space(cx.graph(), o.a) {
                let target = space.target;
                cx.work(space.tried_in.len() as u64)?;
                out.push(Some(Obj::with(T::WhiteSpace, target, 0, &Arc::new(Extra::WhiteSpace(space)))));
            }
            Ok(())
        },
    )
    .cost(50)
}

/// The field of a target that tells which diseases its trials study and no statement on it mentions.
pub(super) fn unmentioned_field() -> Field {
    many(
        "unmentionedDiseases",
        "[DiseaseCount!]!",
        "Diseases that the target's trials study and that no statement about the target mentions. Most trials first, \
         then by id.",
        |cx, o, _, out| {
            let graph = cx.graph();
            let mentions = graph.relation(Relation::StatementDisease);
            let said: std::collections::HashSet<u32> = select::statements_of(graph, Node::new(NodeKind::Target, o.a))
                .iter()
                .flat_map(|s| mentions.targets(*s))
                .copied()
                .collect();
            let trials = select::NodeSet::from(graph.relation(Relation::TrialTarget).sources(o.a).to_vec());
            cx.work(trials.len())?;
            let by = Dimension::Disease;
            let facet = cx.paced(|pace| select::facet(cx.snapshot, &trials, by, false, usize::MAX, pace))?;
            let unsaid = facet.buckets.iter().filter(|b| !said.contains(&b.key));
            out.extend(unsaid.map(|b| Some(Obj::pair(T::DiseaseCount, b.key, b.count))));
            Ok(())
        },
    )
    .cost(20)
}

pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new(
            T::WhiteSpace,
            "A target not tried in a disease, though tried in its siblings.",
            vec![
                one("target", "Target!", "The target.", |_, o, _| Ok(Some(Obj::new(T::Target, o.a)))),
                many(
                    "triedIn",
                    "[DiseaseCount!]!",
                    "The siblings in which it is tried, most trials first.",
                    |_, o, _, out| {
                        let Some(Extra::WhiteSpace(space)) = o.extra.as_deref() else {
                            return Err(FieldError::new(Code::InternalServerError, "white space without its siblings"));
                        };
                        out.extend(space.tried_in.iter().map(|(d, n)| Some(Obj::pair(T::DiseaseCount, *d, *n))));
                        Ok(())
                    },
                ),
            ],
        ),
        Object::new(
            T::DiseaseCount,
            "A disease and a number of trials.",
            vec![
                one("disease", "Disease!", "The disease.", |_, o, _| Ok(Some(Obj::new(T::Disease, o.a)))),
                leaf("trialCount", "Int!", "How many trials.", |_, o, _, out| {
                    out.int(o.b);
                    Ok(())
                }),
            ],
        ),
    ]
}
