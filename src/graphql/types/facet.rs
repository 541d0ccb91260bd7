//! How many trials have each value of a dimension?

mod words;

use std::sync::Arc;

use self::words::{dimension_word, label};
use super::super::args::{Args, Val};
use super::super::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::entity::{self, language, object_of};
use super::{Counting, Cx, Extra, Listed, T, filters};
use crate::graph::Node;
use crate::select::{self, Bucket, Dimension, NodeSet};

/// Most buckets of a facet, and rows or columns of a cross-table.
const BUCKETS_CAP: i32 = 1000;

pub(super) fn dimension(number: Option<u8>) -> Dimension {
    Dimension::ALL[usize::from(number.unwrap_or(0)).min(Dimension::ALL.len() - 1)]
}

pub(super) fn limit(args: &Args, name: &str, default: usize) -> Res<usize> {
    match args.int(name) {
        None => Ok(default),
        Some(n @ 0..=BUCKETS_CAP) => Ok(n as usize),
        Some(n) if n < 0 => {
            Err(FieldError::new(Code::BadUserInput, format!("`{name}` is negative: {n}")).argument(name))
        }
        Some(n) => Err(FieldError::new(Code::LimitExceeded, format!("`{name}` is {n}, the most is {BUCKETS_CAP}"))
            .argument(name)
            .limit("pageSize")),
    }
}

fn internal<X>() -> Res<X> {
    Err(FieldError::new(Code::InternalServerError, "a count without what it counts"))
}

fn facet_of(o: &Obj) -> Res<&select::Facet> {
    match o.extra.as_deref() {
        Some(Extra::Facet(facet)) => Ok(facet),
        _ => internal(),
    }
}

fn bucket_of(o: &Obj) -> Res<Bucket> {
    match o.extra.as_deref() {
        Some(Extra::Facet(facet)) => facet.buckets.get(o.a as usize).copied().map_or_else(internal, Ok),
        Some(Extra::Matrix(matrix, ..)) => {
            let from = if o.b == 0 { &matrix.rows } else { &matrix.columns };
            from.get(o.a as usize).copied().map_or_else(internal, Ok)
        }
        Some(Extra::Pairs(paired)) => Ok(paired.bucket(o.a, o.b)),
        _ => internal(),
    }
}

/// The field `facets` of a connection over trials.
pub(super) fn facets_field() -> Field {
    many(
        "facets",
        "[Facet!]!",
        "Counts of the list's trials by dimension, each with what the filter says on that dimension left out, so that \
         a choice shows what else could be chosen.",
        |cx, o, args, out| {
            let Some(Extra::Page { counting: Some(counting), .. }) = o.extra.as_deref() else { return internal() };
            let most = limit(args, "limit", 20)?;
            let empty = args.get("includeEmpty").is_some_and(|v| v.is(true));
            for asked in args.items("dimensions").unwrap_or_default() {
                let dimension = dimension(asked.number());
                let trials = counted(cx, counting, Some(dimension))?;
                let facet = cx.paced(|pace| select::facet(cx.snapshot, &trials, dimension, empty, most, pace))?;
                cx.work(facet.work)?;
                out.push(Some(Obj::with(T::Facet, 0, 0, &Arc::new(Extra::Facet(facet)))));
            }
            Ok(())
        },
    )
    .args([
        input("dimensions", "[Dimension!]!", "By what to count."),
        input(
            "limit",
            "Int",
            "Most buckets of each facet; 20 where left out, over 1000 is refused. The rest is summed up.",
        ),
        input("includeEmpty", "Boolean", "Whether buckets without a trial are listed; false where left out."),
    ])
    .cost(20)
}

/// The trials that a facet counts: those of the list, by its filter without what it says on one dimension.
pub(super) fn counted(cx: &Cx<'_>, counting: &Counting, without: Option<Dimension>) -> Res<Arc<NodeSet>> {
    let narrows = |value: &&Val| without.is_some_and(|dimension| filters::narrows(value, dimension));
    let (value, without) = match (counting.filter.as_ref().filter(narrows), &counting.listed, &counting.filter) {
        (Some(value), ..) => (value, without),
        (None, Listed::These(trials), _) => return Ok(Arc::clone(trials)),
        (None, Listed::Filtered, Some(value)) => (value, None),
        (None, Listed::All, _) | (None, Listed::Filtered, None) => return Ok(every(cx)),
    };
    let filter = filters::ready(cx, value, without)?;
    match &counting.base {
        Some(base) => Ok(Arc::new(NodeSet::ascending(cx.fitting_of(&filter, base)?))),
        None => cx.fitting(&filter),
    }
}

/// All trials.
pub(super) fn every(cx: &Cx<'_>) -> Arc<NodeSet> {
    Arc::new(cx.snapshot.index().postings.all.clone().into())
}

/// The fields `trialCount` and `trialCounts` of a node that has trials.
pub(super) fn count_fields() -> Vec<Field> {
    vec![
        leaf("trialCount", "Int!", "How many trials it has: the `totalCount` of its `trials`.", |cx, o, args, out| {
            match args.get("filter") {
                None => out.int(select::trial_count(cx.snapshot, entity::node(o)?)),
                Some(_) => out.int(trials_behind(cx, o, args)?.len()),
            }
            Ok(())
        })
        .args([input("filter", "TrialFilter", "Only trials that fit.")])
        .cost(2),
        many(
            "trialCounts",
            "[Bucket!]!",
            "How many of its trials have each value of a dimension; most first, then by key.",
            |cx, o, args, out| {
                let trials = trials_behind(cx, o, args)?;
                let most = limit(args, "limit", 20)?;
                let by = dimension(args.number("by"));
                let facet = cx.paced(|pace| select::facet(cx.snapshot, &trials, by, false, most, pace))?;
                buckets(facet, out);
                Ok(())
            },
        )
        .args([
            input("by", "Dimension!", "By what to count."),
            input("filter", "TrialFilter", "Only trials that fit."),
            input("limit", "Int", "Most buckets; 20 where left out, over 1000 is refused."),
        ])
        .cost(5),
    ]
}

fn trials_behind(cx: &Cx<'_>, o: &Obj, args: &Args) -> Res<NodeSet> {
    let own = NodeSet::from(select::trials_of_node(cx.graph(), entity::node(o)?));
    cx.work(own.len())?;
    Ok(cx.filtered_among(args, own.list())?.map_or(own, NodeSet::ascending))
}

fn buckets(facet: select::Facet, out: &mut Vec<Option<Obj>>) {
    let count = facet.buckets.len() as u32;
    let extra = Arc::new(Extra::Facet(facet));
    out.extend((0..count).map(|at| Some(Obj::with(T::Bucket, at, 0, &extra))));
}

pub(super) fn objects() -> Vec<Object> {
    vec![facet_object(), bucket_object()]
}

fn facet_object() -> Object {
    Object::new(
        T::Facet,
        "How many trials have each value of a dimension.",
        vec![
            leaf("dimension", "Dimension!", "The dimension.", |_, o, _, out| {
                out.word(dimension_word(facet_of(o)?.dimension));
                Ok(())
            }),
            many("buckets", "[Bucket!]!", "Values, most trials first, then by key.", |_, o, _, out| {
                if let Some(extra) = &o.extra {
                    let count = facet_of(o)?.buckets.len() as u32;
                    out.extend((0..count).map(|at| Some(Obj::with(T::Bucket, at, 0, extra))));
                }
                Ok(())
            })
            .size(Size::Usual(20)),
            leaf("missing", "Int!", "Trials that have no value.", |_, o, _, out| {
                out.int(facet_of(o)?.missing);
                Ok(())
            }),
            leaf("otherBuckets", "Int!", "Values that the limit left out.", |_, o, _, out| {
                out.int(facet_of(o)?.other_buckets);
                Ok(())
            }),
            leaf("otherCount", "Int!", "Sum of the counts of the values that the limit left out.", |_, o, _, out| {
                out.int(facet_of(o)?.other_count);
                Ok(())
            }),
        ],
    )
}

fn bucket_object() -> Object {
    Object::new(
        T::Bucket,
        "A value of a dimension and how many trials have it.",
        vec![
            leaf(
                "key",
                "String!",
                "The value: a word of an enum, a global id, a country, a sponsor, a year.",
                |cx, o, _, out| {
                    let bucket = bucket_of(o)?;
                    match bucket.dimension.kind() {
                        Some(kind) => out.raw(cx.json(cx.graph().names(kind).id[bucket.key as usize])),
                        None => out.text(&bucket.dimension.key_text(cx.graph(), bucket.key)),
                    }
                    Ok(())
                },
            ),
            leaf("label", "String!", "Name to show.", |cx, o, args, out| {
                let (bucket, lang) = (bucket_of(o)?, language(args.number("lang")));
                match bucket.dimension.kind() {
                    Some(kind) => out.raw(cx.json(cx.graph().names(kind).label(bucket.key, lang))),
                    None => out.text(&label(cx, bucket, lang)),
                }
                Ok(())
            })
            .arg_default("lang", "Language", "EN", "Language of the name."),
            leaf("count", "Int!", "How many trials.", |cx, o, _, out| {
                match o.extra.as_deref() {
                    Some(Extra::Pairs(paired)) => out.int(paired.count(cx, o.a, o.b)?),
                    _ => out.int(bucket_of(o)?.count),
                }
                Ok(())
            }),
            one(
                "node",
                "Node",
                "The target, disease, drug, regimen or source that the key names; null for other dimensions.",
                |_, o, _| {
                    let bucket = bucket_of(o)?;
                    Ok(bucket.dimension.kind().map(|kind| object_of(Node::new(kind, bucket.key))))
                },
            ),
        ],
    )
}
