//! Does a trial lie in a part of the disease hierarchy, directly or by inheritance?

use std::sync::Arc;

use super::super::args::Val;
use super::super::declare::{Field, Obj, Object, input, leaf, many, one};
use super::super::error::{Code, FieldError};
use super::{Extra, T, filters};
use crate::graph::Relation;
use crate::select;

/// The field `diseaseMatch` of a trial.
pub(super) fn field() -> Field {
    one(
        "diseaseMatch",
        "DiseaseMatch",
        "Whether the trial's diseases lie within a part of the hierarchy, directly or by inheritance; null where none \
         does.",
        |cx, o, args| {
            let Some(scope) = args.get("within") else { return Ok(None) };
            let id = scope.get("id").and_then(Val::text).unwrap_or_default();
            let node = filters::disease(cx, id, "within.id".into())?;
            let expand = super::inputs::expand(scope.get("expand").and_then(Val::number).unwrap_or(2));
            let within = select::disease_scope(cx.graph(), node, expand);
            let csr = cx.graph().relation(Relation::TrialDisease);
            let links: Vec<u32> = csr.links(o.a).filter(|l| within.binary_search(&csr.target(*l)).is_ok()).collect();
            if links.is_empty() {
                return Ok(None);
            }
            let direct = links.iter().any(|l| csr.target(*l) == node);
            Ok(Some(Obj::with(T::DiseaseMatch, o.a, 0, &Arc::new(Extra::Match { links, direct }))))
        },
    )
    .args([input("within", "DiseaseScope!", "The part of the hierarchy.")])
}

pub(super) fn object() -> Object {
    Object::new(
        T::DiseaseMatch,
        "How a trial matches a part of the disease hierarchy.",
        vec![
            leaf(
                "direct",
                "Boolean!",
                "Whether the trial studies the disease itself, not only one that the scope adds.",
                |_, o, _, out| {
                    let Some(Extra::Match { direct, .. }) = o.extra.as_deref() else {
                        return Err(FieldError::new(Code::InternalServerError, "a match without its links"));
                    };
                    out.bool(*direct);
                    Ok(())
                },
            ),
            many("via", "[TrialDisease!]!", "The trial's diseases within the scope.", |_, o, _, out| {
                let Some(Extra::Match { links, .. }) = o.extra.as_deref() else {
                    return Err(FieldError::new(Code::InternalServerError, "a match without its links"));
                };
                out.extend(links.iter().map(|l| Some(Obj::pair(T::TrialDisease, *l, crate::graph::NONE))));
                Ok(())
            }),
        ],
    )
}
