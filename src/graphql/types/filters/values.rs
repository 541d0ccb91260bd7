//! What do the values in a filter stand for: ids, words, texts, ranges?
//!
//! Ids are looked up here: one that is unknown, an empty list or a range that holds nothing is refused with the place of
//! the argument. Must not know: the filters that they are put into.

use std::ops::Range;

use super::place::Place;
use crate::domain::{self as d, NodeKind, PartialDate};
use crate::graph::Node;
use crate::graphql::args::Val;
use crate::graphql::declare::Input;
use crate::graphql::error::{Code, FieldError, Res};
use crate::graphql::types::Cx;
use crate::index::{Found, whole_words};
use crate::select::{self, NumberTest, TextTest};

pub(super) fn refuse<X>(place: Place<'_>, message: impl std::fmt::Display) -> Res<X> {
    Err(FieldError::new(Code::BadUserInput, format!("`{place}`: {message}")).argument(&place.to_string()))
}

/// The items of a list that must hold something.
pub(super) fn list<'a>(value: &'a Val, place: Place<'_>) -> Res<&'a [Val]> {
    match value.items() {
        [] => refuse(place, "an empty list lets nothing through; leave it out, or say what you want"),
        items => Ok(items),
    }
}

/// What a client reads where an id names several nodes: all of them, so that one can be chosen.
pub(in crate::graphql::types) fn ambiguous(
    cx: &Cx<'_>,
    kind: NodeKind,
    all: &[u32],
    text: &str,
    place: Place<'_>,
) -> FieldError {
    let names = cx.graph().names(kind);
    let ids: Vec<_> = all.iter().map(|ix| cx.graph().strings.text(names.id[*ix as usize])).collect();
    FieldError::new(Code::AmbiguousId, format!("`{place}`: {text:?} names several nodes: {}", ids.join(", ")))
        .argument(&place.to_string())
        .hint("ask for one of them by its own id")
}

/// The node that an id in a filter names.
pub(super) fn one_id(cx: &Cx<'_>, kind: NodeKind, text: &str, place: Place<'_>) -> Res<u32> {
    match cx.snapshot.index().ids.find(kind, text) {
        Ok(Found::One(ix)) => Ok(ix),
        Ok(Found::None) => {
            let wanted = kind.text().to_lowercase();
            Err(FieldError::new(Code::BadUserInput, format!("`{place}`: no {wanted} has the id {text:?}"))
                .argument(&place.to_string())
                .hint("`resolve(terms:)` finds ids by any name"))
        }
        Ok(Found::Many(all)) => Err(ambiguous(cx, kind, &all, text, place)),
        Err(bad) => {
            let message = format!("`{place}`: {text:?} is no id: {}", bad.reason);
            Err(FieldError::new(Code::MalformedId, message).argument(&place.to_string()))
        }
    }
}

pub(super) fn ids(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: Place<'_>) -> Res<Vec<u32>> {
    list(value, place)?.iter().map(|v| one_id(cx, kind, v.text().unwrap_or_default(), place)).collect()
}

/// An id filter: ids that must be among these, and that must not be among those.
pub(super) fn id_filter(
    cx: &Cx<'_>,
    kind: NodeKind,
    value: &Val,
    place: Place<'_>,
) -> Res<(Option<Vec<u32>>, Vec<u32>)> {
    let mut wanted: Option<Vec<u32>> = None;
    if let Some(v) = value.get("eq") {
        wanted = Some(vec![one_id(cx, kind, v.text().unwrap_or_default(), place.below("eq"))?]);
    }
    if let Some(v) = value.get("in") {
        let these = ids(cx, kind, v, place.below("in"))?;
        wanted =
            Some(wanted.map_or_else(|| these.clone(), |w| w.into_iter().filter(|ix| these.contains(ix)).collect()));
    }
    let not = match value.get("notIn") {
        Some(v) => ids(cx, kind, v, place.below("notIn"))?,
        None => Vec::new(),
    };
    Ok((wanted, not))
}

/// The values of an enum filter that may pass.
pub(super) fn words<E: Copy + PartialEq>(value: &Val, all: &'static [E], place: Place<'_>) -> Res<Vec<E>> {
    let at = |v: &Val| v.number().and_then(|n| all.get(usize::from(n)).copied());
    let mut these: Vec<E> = all.to_vec();
    if let Some(v) = value.get("eq") {
        these.retain(|e| Some(*e) == at(v));
    }
    if let Some(v) = value.get("in") {
        let wanted: Vec<_> = list(v, place.below("in"))?.iter().filter_map(at).collect();
        these.retain(|e| wanted.contains(e));
    }
    if let Some(v) = value.get("notIn") {
        let unwanted: Vec<_> = list(v, place.below("notIn"))?.iter().filter_map(at).collect();
        these.retain(|e| !unwanted.contains(e));
    }
    Ok(these)
}

/// The tests of a text filter.
pub(in crate::graphql::types) fn texts(value: &Val, place: Place<'_>) -> Res<Vec<TextTest>> {
    let text = |v: &Val| v.text().unwrap_or_default().to_owned();
    let mut tests = Vec::new();
    for (name, make) in [
        ("eq", (|t| TextTest::In(vec![t])) as fn(String) -> TextTest),
        ("ne", |t| TextTest::NotIn(vec![t])),
        ("contains", TextTest::Contains),
        ("startsWith", TextTest::StartsWith),
    ] {
        tests.extend(value.get(name).map(|v| make(text(v))));
    }
    if let Some(v) = value.get("in") {
        tests.push(TextTest::In(list(v, place.below("in"))?.iter().map(text).collect()));
    }
    if let Some(v) = value.get("words") {
        let words = whole_words(v.text().unwrap_or_default());
        match words.len() {
            0 => return refuse(place.below("words"), "there is no word in it"),
            1..=select::WORDS_CAP => tests.push(TextTest::Words(words)),
            many => {
                let message = format!("`{place}.words` has {many} different words, the most is {}", select::WORDS_CAP);
                let error = FieldError::new(Code::LimitExceeded, message);
                return Err(error.argument(&place.below("words").to_string()).limit("textWords"));
            }
        }
    }
    if let Some(Val::Bool(null)) = value.get("isNull") {
        tests.push(TextTest::IsNull(*null));
    }
    Ok(tests)
}

/// The tests of a range filter over numbers that `span` gives for a value: all numbers that the value stands for.
pub(super) fn numbers(value: &Val, place: Place<'_>, span: impl Fn(&Val) -> Range<u32>) -> Res<Vec<NumberTest>> {
    let mut tests = Vec::new();
    let (mut low, mut high) = (0, u32::MAX);
    let mut ranged = false;
    for (name, from_low) in [("gte", true), ("gt", true), ("lt", false), ("lte", false)] {
        let Some(v) = value.get(name) else { continue };
        let span = span(v);
        ranged = true;
        match (from_low, name) {
            (true, "gte") => low = low.max(span.start),
            (true, _) => low = low.max(span.end),
            (false, "lt") => high = high.min(span.start),
            (false, _) => high = high.min(span.end),
        }
    }
    if ranged {
        if low >= high {
            return refuse(place, "the range holds nothing: its lower bound lies above its upper one");
        }
        tests.push(NumberTest::Within(std::iter::once(low..high).collect()));
    }
    tests.extend(value.get("eq").map(|v| NumberTest::Within(vec![span(v)])));
    tests.extend(value.get("ne").map(|v| NumberTest::Outside(vec![span(v)])));
    if let Some(v) = value.get("in") {
        tests.push(NumberTest::Within(list(v, place.below("in"))?.iter().map(&span).collect()));
    }
    if let Some(Val::Bool(null)) = value.get("isNull") {
        tests.push(NumberTest::IsNull(*null));
    }
    Ok(tests)
}

pub(super) fn int_span(value: &Val) -> Range<u32> {
    let n = value.int().unwrap_or(0);
    // A negative number stands for nothing that is counted, and lies below all that is.
    u32::try_from(n).map_or(0..0, |n| n..n.saturating_add(1))
}

/// All packed dates that a date stands for: a year for itself and all its months and days.
pub(super) fn date_span(value: &Val) -> Range<u32> {
    let Some(date) = value.text().and_then(|t| t.parse::<PartialDate>().ok()) else { return 0..0 };
    let packed = date.packed();
    match (date.month(), date.day()) {
        (None, _) => packed..packed + (1 << 9),
        (Some(_), None) => packed..packed + (1 << 5),
        (Some(_), Some(_)) => packed..packed + 1,
    }
}

pub(super) fn year_span(value: &Val) -> Range<u32> {
    let year = value.int().and_then(|n| u32::try_from(n).ok()).unwrap_or(0).min(9999);
    year << 9..(year + 1) << 9
}

pub(super) fn given(value: &Val) -> impl Iterator<Item = (&'static str, &Val)> {
    let (fields, values): (&'static [Input], &[_]) = match value {
        Val::Object(fields, values) => (fields, values),
        _ => (&[], &[]),
    };
    let given = values.iter().filter(|(_, v)| !matches!(v, Val::Absent | Val::Null));
    given.map(|(at, v)| (fields[usize::from(*at)].name, v))
}

/// The fields that a filter of fields lets through.
pub(in crate::graphql::types) fn fields(value: &Val, place: Place<'_>) -> Res<Vec<d::SourceField>> {
    words(value, d::SourceField::ALL, place)
}

/// The disease that an id in an argument names.
pub(in crate::graphql::types) fn disease(cx: &Cx<'_>, text: &str, place: Place<'_>) -> Res<u32> {
    one_id(cx, NodeKind::Disease, text, place)
}

/// The node that a global id in a filter or argument names.
pub(in crate::graphql::types) fn global(cx: &Cx<'_>, text: &str, place: Place<'_>) -> Res<Node> {
    match cx.snapshot.index().ids.find_global(text) {
        Ok((kind, Found::One(ix))) => Ok(Node::new(kind, ix)),
        Ok((_, Found::None)) => refuse(place, format!("nothing has the id {text:?}")),
        Ok((kind, Found::Many(all))) => Err(ambiguous(cx, kind, &all, text, place)),
        Err(bad) => {
            let message = format!("`{place}`: {text:?} is no id: {}", bad.reason);
            Err(FieldError::new(Code::MalformedId, message).argument(&place.to_string()))
        }
    }
}
