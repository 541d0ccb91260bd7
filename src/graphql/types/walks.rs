//! The graph asked as a graph: what all walks ask for and are bounded by.
//!
//! One file per walk, each with its field at the root and the objects of its answer.

mod paths;
mod subgraph;
mod trace;

use super::super::args::Args;
use super::super::declare::{Field, Obj, Object};
use super::super::error::{Code, FieldError, Res};
use super::{Cx, T, filters};
use crate::domain::{NodeKind, RelationKind};
use crate::graph::Node;

fn internal<X>() -> Res<X> {
    Err(FieldError::new(Code::InternalServerError, "a walk without what it found"))
}

/// A number between 1 and a cap.
pub(super) fn upto(args: &Args, name: &'static str, default: u32, cap: u32) -> Res<u32> {
    match args.int(name).map(|n| (n, u32::try_from(n).unwrap_or(0))) {
        None => Ok(default),
        Some((n, 0)) => {
            Err(FieldError::new(Code::BadUserInput, format!("`{name}` must be at least 1, not {n}")).argument(name))
        }
        Some((_, n)) if n > cap => {
            Err(FieldError::new(Code::LimitExceeded, format!("`{name}` is {n}, the most is {cap}"))
                .argument(name)
                .limit(name))
        }
        Some((_, n)) => Ok(n),
    }
}

fn via(args: &Args) -> Vec<RelationKind> {
    args.items("via").unwrap_or_default().iter().filter_map(|v| v.number().and_then(RelationKind::at)).collect()
}

fn end(cx: &Cx<'_>, args: &Args, name: &'static str) -> Res<Node> {
    filters::global(cx, args.text(name).unwrap_or_default(), name.into())
}

fn entity_end(cx: &Cx<'_>, args: &Args, name: &'static str) -> Res<Node> {
    let node = end(cx, args, name)?;
    if node.kind == NodeKind::Source {
        let message = format!("`{name}`: a source is not walked through: it would join all that it reports");
        return Err(FieldError::new(Code::BadUserInput, message).argument(name));
    }
    Ok(node)
}

/// Assertions behind a link, where its relation is asserted by rows.
fn assertions_behind(cx: &Cx<'_>, a: Node, b: Node, out: &mut Vec<Option<Obj>>) {
    let (trial, other) = if a.kind == NodeKind::Trial { (a, b) } else { (b, a) };
    if trial.kind == NodeKind::Trial {
        out.extend(cx.graph().assertions_on(trial.ix, other).map(|at| Some(Obj::new(T::Assertion, at))));
    }
}

pub(super) fn roots() -> Vec<Field> {
    vec![paths::field(), subgraph::field(), trace::field()]
}

pub(super) fn objects() -> Vec<Object> {
    let mut objects = paths::objects();
    objects.extend(subgraph::objects());
    objects.extend(trace::objects());
    objects
}
