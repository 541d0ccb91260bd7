//! Pairs of values: which of two dimensions go together most.

use std::sync::{Arc, OnceLock};

use super::super::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{List, connection, page};
use super::facet::{counted, dimension, limit};
use super::{Base, Counting, Cx, Extra, Listed, T};
use crate::select::{self, Bucket};

/// What the fields of pairs share: the pairs, the trials they count, and the counts of their sides, once asked for.
#[derive(Debug)]
pub(in crate::graphql) struct Paired {
    pairs: select::Pairs,
    trials: Arc<select::NodeSet>,
    sides: OnceLock<Vec<[Bucket; 2]>>,
}

fn paired(o: &Obj) -> Res<&Paired> {
    match o.extra.as_deref() {
        Some(Extra::Pairs(paired)) => Ok(paired),
        _ => Err(FieldError::new(Code::InternalServerError, "pairs without what they count")),
    }
}

fn pair(o: &Obj) -> Res<(&Paired, select::Pair)> {
    let paired = paired(o)?;
    Ok((paired, paired.pairs.pairs[o.a as usize]))
}

impl Paired {
    /// One side of a pair, by number, with a count of 0: see `count`.
    pub(super) fn bucket(&self, pair: u32, side: u32) -> Bucket {
        let both = self.pairs.pairs[pair as usize];
        let dimension = self.pairs.dimensions[side as usize];
        Bucket { dimension, key: if side == 0 { both.of } else { both.with }, count: 0 }
    }

    /// How many trials have one side of a pair; all sides are counted when the first is asked for.
    pub(super) fn count(&self, cx: &Cx<'_>, pair: u32, side: u32) -> Res<u32> {
        if self.sides.get().is_none() {
            let sides = cx.paced(|pace| self.pairs.sides(cx.snapshot, &self.trials, pace))?;
            cx.work(self.trials.len())?;
            let _ = self.sides.set(sides);
        }
        Ok(self.sides.get().map_or(0, |sides| sides[pair as usize][side as usize].count))
    }
}

/// The field `pairs` of a connection over trials.
pub(super) fn pairs_field() -> Field {
    one(
        "pairs",
        "Pairs!",
        "Which values of two dimensions the list's trials have together, most frequent first: diseases with drugs, \
         targets with targets. Only pairs that occur are counted, however many values there are. A dimension with \
         itself gives pairs of different values.",
        |cx, o, args| {
            let Some(Extra::Page { counting: Some(counting), .. }) = o.extra.as_deref() else {
                return Err(FieldError::new(Code::InternalServerError, "a list without what its pairs count"));
            };
            let dimensions = [dimension(args.number("of")), dimension(args.number("with"))];
            let most = limit(args, "limit", 20)?;
            let trials = counted(cx, counting, None)?;
            cx.work(trials.len())?;
            let pairs = cx.paced(|pace| select::pairs(cx.snapshot, &trials, dimensions, most, pace))?;
            cx.work(pairs.work)?;
            let paired = Paired { pairs, trials, sides: OnceLock::new() };
            Ok(Some(Obj::with(T::Pairs, o.a, args.fingerprint, &Arc::new(Extra::Pairs(paired)))))
        },
    )
    .args([
        input("of", "Dimension!", "The first dimension."),
        input("with", "Dimension!", "The second dimension."),
        input("limit", "Int", "Most pairs; 20 where left out, over 1000 is refused. The rest is summed up."),
    ])
    .cost(100)
}

pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new(
            T::Pairs,
            "Pairs of values of two dimensions. A trial with several values of a dimension counts in several pairs.",
            vec![
                many(
                    "pairs",
                    "[Pair!]!",
                    "The pairs, most trials first, then by the key of `of`, then of `with`, in the order of ids.",
                    |_, o, _, out| {
                        if let Some(extra) = &o.extra {
                            let count = paired(o)?.pairs.pairs.len() as u32;
                            out.extend((0..count).map(|at| Some(Obj::with(T::Pair, at, o.b, extra))));
                        }
                        Ok(())
                    },
                )
                .size(Size::Usual(20)),
                leaf("total", "Int!", "Different pairs that occur, listed or not.", |_, o, _, out| {
                    out.int(paired(o)?.pairs.total);
                    Ok(())
                }),
                leaf("otherPairs", "Int!", "Pairs that the limit left out.", |_, o, _, out| {
                    let pairs = &paired(o)?.pairs;
                    out.int(pairs.total - pairs.pairs.len() as u32);
                    Ok(())
                }),
                leaf(
                    "otherCount",
                    "Int!",
                    "Sum of the counts of the pairs that the limit left out.",
                    |_, o, _, out| {
                        out.int(paired(o)?.pairs.other_count);
                        Ok(())
                    },
                ),
            ],
        ),
        Object::new(
            T::Pair,
            "Two values that trials have together.",
            vec![
                one("of", "Bucket!", "The value of the first dimension, and how many trials have it.", |_, o, _| {
                    Ok(o.extra.as_ref().map(|extra| Obj::with(T::Bucket, o.a, 0, extra)))
                }),
                one("with", "Bucket!", "The value of the second dimension, and how many trials have it.", |_, o, _| {
                    Ok(o.extra.as_ref().map(|extra| Obj::with(T::Bucket, o.a, 1, extra)))
                }),
                leaf("count", "Int!", "How many trials have both.", |_, o, _, out| {
                    out.int(pair(o)?.1.count);
                    Ok(())
                }),
                connection(
                    "trials",
                    "TrialConnection!",
                    "The trials that have both, by registry number.",
                    |cx, o, args| {
                        let (paired, _) = pair(o)?;
                        let [of, with] = [0, 1].map(|side| paired.bucket(o.a, side));
                        let both = select::having(cx.snapshot, &select::having(cx.snapshot, &paired.trials, of), with);
                        cx.work(both.len())?;
                        let both = Arc::new(both);
                        let counting = Counting {
                            base: Some(Base::These(Arc::clone(&both))),
                            filter: None,
                            listed: Listed::These(Arc::clone(&both)),
                        };
                        page(cx, T::TrialConnection, o, args, "trials", List::Set(both), Some(counting))
                    },
                ),
            ],
        ),
    ]
}
