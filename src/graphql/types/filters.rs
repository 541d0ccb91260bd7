//! How does a client say which nodes it wants?
//!
//! The filter inputs of the contract, and their reading into the filters of `select`. Ids are looked up here: one that is
//! unknown, an empty list or a range that holds nothing is refused with the place of the argument.

use std::ops::Range;

use roaring::RoaringBitmap;

use super::super::args::Val;
use super::super::declare::{Input, InputObject, input};
use super::super::error::{Code, FieldError, Res};
use super::{Cx, inputs as order_inputs};
use crate::domain::{self as d, NodeKind, PartialDate};
use crate::graph::{Node, Relation};
use crate::index::Found;
use crate::select::{
    self, Dimension, LinkTest, NodeFilter, NumberTest, Quantifier, Scope, SetTest, TextTest, TrialFilter,
};

// ------------------------------------------------------------------------------------------------ declarations

fn object(name: &'static str, doc: &'static str, fields: Vec<Input>) -> InputObject {
    InputObject { name, doc, fields }
}

fn boolean(own: &'static str, list: &'static str) -> Vec<Input> {
    vec![
        input("and", list, "All of these must fit."),
        input("or", list, "At least one of these must fit."),
        input("not", own, "This must not fit."),
    ]
}

fn plus(mut fields: Vec<Input>, more: Vec<Input>) -> Vec<Input> {
    fields.extend(more);
    fields
}

fn enum_filter(name: &'static str, of: &'static str, list: &'static str, doc: &'static str) -> InputObject {
    object(
        name,
        doc,
        vec![
            input("eq", of, "Is this."),
            input("in", list, "Is one of these."),
            input("notIn", list, "Is none of these."),
        ],
    )
}

fn relation_filter(name: &'static str, of: &'static str, doc: &'static str, more: Vec<Input>) -> InputObject {
    let fields = vec![
        input("some", of, "At least one link leads to a node that fits."),
        input("every", of, "All links lead to nodes that fit; one without links fits."),
        input("none", of, "No link leads to a node that fits."),
        input("count", "IntFilter", "How many links there are."),
    ];
    object(name, doc, plus(fields, more))
}

pub(super) fn inputs() -> Vec<InputObject> {
    let mut inputs = scalars();
    inputs.extend(relations());
    inputs.extend(kinds());
    inputs
}

fn scalars() -> Vec<InputObject> {
    let range = |of: &'static str, list: &'static str| {
        vec![
            input("eq", of, "Is this."),
            input("ne", of, "Is not this; a missing value fits."),
            input("in", list, "Is one of these."),
            input("gt", of, "Is more than this."),
            input("gte", of, "Is this or more."),
            input("lt", of, "Is less than this."),
            input("lte", of, "Is this or less."),
            input("isNull", "Boolean", "Is missing (true) or there (false)."),
        ]
    };
    vec![
        object(
            "StringFilter",
            "What to ask of a text. Case does not matter. All that is given must hold.",
            vec![
                input("eq", "String", "Is this."),
                input("ne", "String", "Is not this; a missing text fits."),
                input("in", "[String!]", "Is one of these."),
                input("contains", "String", "Holds this."),
                input("startsWith", "String", "Begins with this."),
                input("isNull", "Boolean", "Is missing (true) or there (false)."),
            ],
        ),
        object(
            "IdFilter",
            "Which nodes, by any id known for them. An unknown id is refused.",
            vec![
                input("eq", "ID", "Is this."),
                input("in", "[ID!]", "Is one of these."),
                input("notIn", "[ID!]", "Is none of these."),
            ],
        ),
        object("IntFilter", "What to ask of a number. All that is given must hold.", range("Int", "[Int!]")),
        object(
            "PartialDateFilter",
            "What to ask of a date. A year or month given as a bound stands for its first day with `gte` and `lt`, for \
             all of it with `eq`, `lte` and `gt`. All that is given must hold.",
            range("PartialDate", "[PartialDate!]"),
        ),
        enum_filter("TrialStatusFilter", "TrialStatus", "[TrialStatus!]", "Which statuses."),
        enum_filter("AgencyClassFilter", "AgencyClass", "[AgencyClass!]", "Which classes of sponsor."),
        enum_filter("DiseaseAreaFilter", "DiseaseArea", "[DiseaseArea!]", "Which areas."),
        enum_filter("DrugRoleFilter", "DrugRole", "[DrugRole!]", "Which roles."),
        enum_filter("DrugKindFilter", "DrugKind", "[DrugKind!]", "Which kinds of drug."),
        enum_filter("TargetKindFilter", "TargetKind", "[TargetKind!]", "Which kinds of target."),
        enum_filter("ReferenceTypeFilter", "ReferenceType", "[ReferenceType!]", "Which types of reference."),
        enum_filter("StandingFilter", "Standing", "[Standing!]", "Which standings."),
        enum_filter("StatementTypeFilter", "StatementType", "[StatementType!]", "Which types of statement."),
        enum_filter("SourceFieldFilter", "SourceField", "[SourceField!]", "Which fields."),
        object(
            "PhaseFilter",
            "Which phases. A phase 1/2 trial has two.",
            vec![
                input("includes", "Phase", "Has this phase, perhaps others too."),
                input("includesAny", "[Phase!]", "Has at least one of these."),
                input("exactly", "[Phase!]", "Has exactly these."),
                input("isEmpty", "Boolean", "Has no phase stated (true) or has one (false)."),
            ],
        ),
        object(
            "QualifierFilter",
            "What narrows the disease on the same link.",
            vec![
                input("includes", "DiseaseQualifier", "Narrowed by this."),
                input("includesAll", "[DiseaseQualifier!]", "Narrowed by all of these."),
                input("includesAny", "[DiseaseQualifier!]", "Narrowed by at least one of these."),
                input("excludes", "[DiseaseQualifier!]", "Narrowed by none of these."),
            ],
        ),
        object(
            "DiseaseScope",
            "A part of the disease hierarchy.",
            vec![
                input("id", "ID!", "The disease."),
                input("expand", "Expand!", "Which part around it.").default("DESCENDANTS"),
            ],
        ),
        object(
            "RegimenSetFilter",
            "Sets of drugs in the shown regimen: exactly these, all of these, any of these, none reported. All that is \
             given must hold.",
            vec![
                input("exactly", "[ID!]", "The members are exactly these drugs."),
                input("containsAll", "[ID!]", "All of these drugs are members."),
                input("containsAny", "[ID!]", "At least one of these drugs is a member."),
                input("isEmpty", "Boolean", "There is no member (true: none reported) or there is one (false)."),
                input("role", "DrugRole", "Look at members of this role only, e.g. LYMPHODEPLETION."),
            ],
        ),
    ]
}

fn relations() -> Vec<InputObject> {
    vec![
        relation_filter("TargetRelationFilter", "TargetFilter", "Which targets a trial must have.", vec![]),
        relation_filter(
            "DiseaseRelationFilter",
            "DiseaseFilter",
            "Which diseases a trial must study.",
            vec![input(
                "qualifiers",
                "QualifierFilter",
                "What narrows the disease: only links that fit this are looked at and counted.",
            )],
        ),
        relation_filter(
            "DrugRelationFilter",
            "DrugFilter",
            "Which drugs a trial must give, by any source.",
            vec![input("role", "DrugRoleFilter", "The role: only links that fit this are looked at and counted.")],
        ),
        relation_filter("ReferenceRelationFilter", "ReferenceFilter", "Which references must stand behind it.", vec![]),
        relation_filter("StatementRelationFilter", "StatementFilter", "Which statements must be about it.", vec![]),
        object(
            "TrialRelationFilter",
            "Which trials a node must have. Those of a disease are also those of the diseases below it.",
            vec![
                input("some", "TrialFilter", "At least one of its trials fits."),
                input("every", "TrialFilter", "All of its trials fit; one without trials fits."),
                input("none", "TrialFilter", "None of its trials fits."),
                input("count", "IntFilter", "How many trials it has."),
            ],
        ),
    ]
}

fn kinds() -> Vec<InputObject> {
    let entity = || {
        vec![
            input("id", "IdFilter", "Which, by id."),
            input("label", "StringFilter", "A label in either language, or another name."),
            input("trial", "TrialRelationFilter", "Its trials."),
            input("text", "String", "Found by a search for this, in either language."),
        ]
    };
    let statements = || vec![input("statement", "StatementRelationFilter", "Statements about it.")];
    vec![
        object(
            "TrialFilter",
            "Which trials. All that is given must hold.",
            plus(
                boolean("TrialFilter", "[TrialFilter!]"),
                vec![
                    input("id", "IdFilter", "Which, by registry number."),
                    input("status", "TrialStatusFilter", "Shown status."),
                    input("phase", "PhaseFilter", "Shown phases."),
                    input("area", "DiseaseAreaFilter", "Broad area."),
                    input("target", "TargetRelationFilter", "Targets, by any source."),
                    input("disease", "DiseaseRelationFilter", "Diseases, by any source."),
                    input("drug", "DrugRelationFilter", "Drugs, by any source."),
                    input("regimen", "RegimenSetFilter", "The exact set of drugs that is shown."),
                    input("reference", "ReferenceRelationFilter", "References behind it."),
                    input("statement", "StatementRelationFilter", "Statements about it."),
                    input("source", "IdFilter", "Sources that have a row on it."),
                    input("startDate", "PartialDateFilter", "Shown start date."),
                    input("startYear", "IntFilter", "Year of the shown start date."),
                    input("enrollment", "IntFilter", "Shown number of participants."),
                    input("country", "StringFilter", "A country with a site."),
                    input("sponsor", "StringFilter", "Name of the shown lead sponsor."),
                    input("sponsorClass", "AgencyClassFilter", "Class of the shown lead sponsor."),
                    input("title", "StringFilter", "Shown title."),
                    input("product", "StringFilter", "Shown name of the product."),
                    input("cellSource", "StringFilter", "Shown source of the product's cells."),
                    input("targetLogic", "StringFilter", "Shown logic of several targets."),
                    input("whyStopped", "StringFilter", "Shown reason of stopping."),
                    input("hasConflict", "Boolean", "Whether sources disagree on a field."),
                    input("hasReference", "Boolean", "Whether a reference stands behind it."),
                    input("text", "String", "Found by a search for this, in either language."),
                ],
            ),
        ),
        object(
            "TargetFilter",
            "Which targets. All that is given must hold.",
            plus(
                boolean("TargetFilter", "[TargetFilter!]"),
                plus(entity(), plus(statements(), vec![input("kind", "TargetKindFilter", "What it is.")])),
            ),
        ),
        object(
            "DiseaseFilter",
            "Which diseases. All that is given must hold.",
            plus(
                boolean("DiseaseFilter", "[DiseaseFilter!]"),
                plus(
                    entity(),
                    plus(
                        statements(),
                        vec![
                            input("within", "DiseaseScope", "In this part of the hierarchy."),
                            input("area", "DiseaseAreaFilter", "Broad area."),
                        ],
                    ),
                ),
            ),
        ),
        object(
            "DrugFilter",
            "Which drugs. All that is given must hold.",
            plus(
                boolean("DrugFilter", "[DrugFilter!]"),
                plus(
                    entity(),
                    plus(
                        statements(),
                        vec![
                            input("kind", "DrugKindFilter", "What it is."),
                            input("defaultRole", "DrugRoleFilter", "Its usual role."),
                        ],
                    ),
                ),
            ),
        ),
        object(
            "RegimenFilter",
            "Which regimens. All that is given must hold.",
            plus(
                boolean("RegimenFilter", "[RegimenFilter!]"),
                plus(entity(), vec![input("drug", "DrugRelationFilter", "Its members.")]),
            ),
        ),
        object(
            "ReferenceFilter",
            "Which references. All that is given must hold.",
            plus(
                boolean("ReferenceFilter", "[ReferenceFilter!]"),
                plus(
                    entity(),
                    plus(
                        statements(),
                        vec![
                            input("year", "IntFilter", "Year."),
                            input("journal", "StringFilter", "Journal."),
                            input("referenceType", "ReferenceTypeFilter", "What it is."),
                            input("standing", "StandingFilter", "Whether it stands."),
                            input("source", "IdFilter", "Sources whose bibliography lists it."),
                        ],
                    ),
                ),
            ),
        ),
        object(
            "StatementFilter",
            "Which statements. All that is given must hold.",
            plus(
                boolean("StatementFilter", "[StatementFilter!]"),
                plus(
                    entity(),
                    vec![
                        input("statementType", "StatementTypeFilter", "What it is about in general."),
                        input("section", "StringFilter", "Section of the source."),
                        input("source", "IdFilter", "The source that makes it."),
                        input("about", "ID", "It is about this trial, target, disease or drug (global id)."),
                        input("cites", "ReferenceFilter", "It cites a reference that fits."),
                        input("hasCuratorNote", "Boolean", "Whether a curator remarks on it."),
                    ],
                ),
            ),
        ),
        object(
            "ConflictFilter",
            "Which conflicts. All that is given must hold.",
            vec![
                input("field", "SourceFieldFilter", "The field on which sources disagree."),
                input("trial", "TrialFilter", "The trial."),
            ],
        ),
    ]
}

// ------------------------------------------------------------------------------------------------ reading

fn refuse<X>(place: &str, message: impl std::fmt::Display) -> Res<X> {
    Err(FieldError::new(Code::BadUserInput, format!("`{place}`: {message}")).argument(place))
}

fn below(place: &str, name: &str) -> String {
    format!("{place}.{name}")
}

/// The items of a list that must hold something.
fn list<'a>(value: &'a Val, place: &str) -> Res<&'a [Val]> {
    match value.items() {
        [] => refuse(place, "an empty list lets nothing through; leave it out, or say what you want"),
        items => Ok(items),
    }
}

/// What a client reads where an id names several nodes: all of them, so that one can be chosen.
pub(super) fn ambiguous(cx: &Cx<'_>, kind: NodeKind, all: &[u32], text: &str, place: &str) -> FieldError {
    let names = cx.graph().names(kind);
    let ids: Vec<_> = all.iter().map(|ix| cx.graph().strings.text(names.id[*ix as usize])).collect();
    FieldError::new(Code::AmbiguousId, format!("`{place}`: {text:?} names several nodes: {}", ids.join(", ")))
        .argument(place)
        .hint("ask for one of them by its own id")
}

/// The node that an id in a filter names.
fn one_id(cx: &Cx<'_>, kind: NodeKind, text: &str, place: &str) -> Res<u32> {
    match cx.snapshot.index().ids.find(kind, text) {
        Ok(Found::One(ix)) => Ok(ix),
        Ok(Found::None) => {
            let wanted = kind.text().to_lowercase();
            Err(FieldError::new(Code::BadUserInput, format!("`{place}`: no {wanted} has the id {text:?}"))
                .argument(place)
                .hint("`resolve(terms:)` finds ids by any name"))
        }
        Ok(Found::Many(all)) => Err(ambiguous(cx, kind, &all, text, place)),
        Err(bad) => {
            let message = format!("`{place}`: {text:?} is no id: {}", bad.reason);
            Err(FieldError::new(Code::MalformedId, message).argument(place))
        }
    }
}

fn ids(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: &str) -> Res<Vec<u32>> {
    list(value, place)?.iter().map(|v| one_id(cx, kind, v.text().unwrap_or_default(), place)).collect()
}

/// An id filter: ids that must be among these, and that must not be among those.
fn id_filter(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: &str) -> Res<(Option<Vec<u32>>, Vec<u32>)> {
    let mut wanted: Option<Vec<u32>> = None;
    if let Some(v) = value.get("eq") {
        wanted = Some(vec![one_id(cx, kind, v.text().unwrap_or_default(), &below(place, "eq"))?]);
    }
    if let Some(v) = value.get("in") {
        let these = ids(cx, kind, v, &below(place, "in"))?;
        wanted =
            Some(wanted.map_or_else(|| these.clone(), |w| w.into_iter().filter(|ix| these.contains(ix)).collect()));
    }
    let not = match value.get("notIn") {
        Some(v) => ids(cx, kind, v, &below(place, "notIn"))?,
        None => Vec::new(),
    };
    Ok((wanted, not))
}

/// The values of an enum filter that may pass.
fn words<E: Copy + PartialEq>(value: &Val, all: &'static [E], place: &str) -> Res<Vec<E>> {
    let at = |v: &Val| v.number().and_then(|n| all.get(usize::from(n)).copied());
    let mut these: Vec<E> = all.to_vec();
    if let Some(v) = value.get("eq") {
        these.retain(|e| Some(*e) == at(v));
    }
    if let Some(v) = value.get("in") {
        let wanted: Vec<_> = list(v, &below(place, "in"))?.iter().filter_map(at).collect();
        these.retain(|e| wanted.contains(e));
    }
    if let Some(v) = value.get("notIn") {
        let unwanted: Vec<_> = list(v, &below(place, "notIn"))?.iter().filter_map(at).collect();
        these.retain(|e| !unwanted.contains(e));
    }
    Ok(these)
}

/// The tests of a text filter.
pub(super) fn texts(value: &Val, place: &str) -> Res<Vec<TextTest>> {
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
        tests.push(TextTest::In(list(v, &below(place, "in"))?.iter().map(text).collect()));
    }
    if let Some(Val::Bool(null)) = value.get("isNull") {
        tests.push(TextTest::IsNull(*null));
    }
    Ok(tests)
}

/// The tests of a range filter over numbers that `span` gives for a value: all numbers that the value stands for.
fn numbers(value: &Val, place: &str, span: impl Fn(&Val) -> Range<u32>) -> Res<Vec<NumberTest>> {
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
        tests.push(NumberTest::Within(list(v, &below(place, "in"))?.iter().map(&span).collect()));
    }
    if let Some(Val::Bool(null)) = value.get("isNull") {
        tests.push(NumberTest::IsNull(*null));
    }
    Ok(tests)
}

fn int_span(value: &Val) -> Range<u32> {
    let n = value.int().unwrap_or(0);
    // A negative number stands for nothing that is counted, and lies below all that is.
    u32::try_from(n).map_or(0..0, |n| n..n.saturating_add(1))
}

/// All packed dates that a date stands for: a year for itself and all its months and days.
fn date_span(value: &Val) -> Range<u32> {
    let Some(date) = value.text().and_then(|t| t.parse::<PartialDate>().ok()) else { return 0..0 };
    let packed = date.packed();
    match (date.month(), date.day()) {
        (None, _) => packed..packed + (1 << 9),
        (Some(_), None) => packed..packed + (1 << 5),
        (Some(_), Some(_)) => packed..packed + 1,
    }
}

fn year_span(value: &Val) -> Range<u32> {
    let year = value.int().and_then(|n| u32::try_from(n).ok()).unwrap_or(0).min(9999);
    year << 9..(year + 1) << 9
}

/// The dimension that a field of a trial filter narrows.
fn dimensions_of(name: &str) -> &'static [Dimension] {
    match name {
        "status" => &[Dimension::Status],
        "phase" => &[Dimension::Phase],
        "area" => &[Dimension::Area],
        "target" => &[Dimension::Target],
        "disease" => &[Dimension::Disease, Dimension::DiseaseArea],
        "drug" => &[Dimension::Drug, Dimension::DrugRole],
        "regimen" => &[Dimension::Regimen],
        "source" => &[Dimension::Source],
        "country" => &[Dimension::Country],
        "sponsor" => &[Dimension::Sponsor],
        "sponsorClass" => &[Dimension::SponsorClass],
        "cellSource" => &[Dimension::CellSource],
        "startDate" | "startYear" => &[Dimension::StartYear],
        _ => &[],
    }
}

/// The trials that a filter lets through; without what narrows a dimension, at the top and in `and`, if one is given.
pub(super) fn trials(cx: &Cx<'_>, value: &Val, without: Option<Dimension>) -> Res<RoaringBitmap> {
    let filter = trial(cx, value, "filter", without)?;
    let scope = Scope::new(cx.snapshot);
    let found = filter.eval(&scope);
    cx.work(scope.work())?;
    Ok(found)
}

/// The nodes of a kind that a filter lets through.
pub(super) fn nodes(cx: &Cx<'_>, kind: NodeKind, value: &Val) -> Res<RoaringBitmap> {
    let filter = node(cx, kind, value, "filter")?;
    let scope = Scope::new(cx.snapshot);
    let found = filter.eval(&scope, kind);
    cx.work(scope.work())?;
    Ok(found)
}

fn given(value: &Val) -> Vec<(&'static str, &Val)> {
    match value {
        Val::Object(fields, values) => fields
            .iter()
            .zip(values)
            .filter(|(_, v)| !matches!(v, Val::Absent | Val::Null))
            .map(|(f, v)| (f.name, v))
            .collect(),
        _ => Vec::new(),
    }
}

fn trial(cx: &Cx<'_>, value: &Val, place: &str, without: Option<Dimension>) -> Res<TrialFilter> {
    use TrialFilter as F;
    let mut all = Vec::new();
    for (name, v) in given(value) {
        if without.is_some_and(|dimension| dimensions_of(name).contains(&dimension)) {
            continue;
        }
        let at = below(place, name);
        match name {
            "and" => {
                for item in list(v, &at)? {
                    all.push(trial(cx, item, &at, without)?);
                }
            }
            "or" => {
                let any: Res<Vec<_>> = list(v, &at)?.iter().map(|item| trial(cx, item, &at, None)).collect();
                all.push(F::Or(any?));
            }
            "not" => all.push(F::Not(Box::new(trial(cx, v, &at, None)?))),
            "id" => {
                let (wanted, not) = id_filter(cx, NodeKind::Trial, v, &at)?;
                all.extend(wanted.map(F::Ids));
                if !not.is_empty() {
                    all.push(F::Not(Box::new(F::Ids(not))));
                }
            }
            "status" => all.push(F::Status(words(v, d::TrialStatus::ALL, &at)?)),
            "area" => all.push(F::Area(words(v, d::DiseaseArea::ALL, &at)?)),
            "phase" => all.extend(phases(v, &at)?),
            "target" => all.extend(linked(cx, NodeKind::Target, Relation::TrialTarget, v, &at)?),
            "disease" => all.extend(linked(cx, NodeKind::Disease, Relation::TrialDisease, v, &at)?),
            "drug" => all.extend(linked(cx, NodeKind::Drug, Relation::TrialDrug, v, &at)?),
            "statement" => all.extend(linked(cx, NodeKind::Statement, Relation::StatementTrial, v, &at)?),
            "reference" => all.extend(references(cx, v, &at)?),
            "regimen" => all.extend(regimen(cx, v, &at)?),
            "source" => {
                let (wanted, not) = id_filter(cx, NodeKind::Source, v, &at)?;
                let from = |ids: Vec<u32>, quantifier| F::Linked {
                    relation: Relation::TrialSource,
                    quantifier,
                    nodes: Box::new(NodeFilter::Ids(ids)),
                    link: LinkTest::Any,
                };
                all.extend(wanted.map(|ids| from(ids, Quantifier::Some)));
                if !not.is_empty() {
                    all.push(from(not, Quantifier::None));
                }
            }
            "startDate" => all.extend(numbers(v, &at, date_span)?.into_iter().map(F::StartDate)),
            "startYear" => all.extend(numbers(v, &at, year_span)?.into_iter().map(F::StartDate)),
            "enrollment" => all.extend(numbers(v, &at, int_span)?.into_iter().map(F::Enrollment)),
            "country" => all.extend(texts(v, &at)?.into_iter().map(F::Country)),
            "sponsor" => all.extend(texts(v, &at)?.into_iter().map(F::Sponsor)),
            "title" => all.extend(texts(v, &at)?.into_iter().map(F::Title)),
            "sponsorClass" => all.push(F::SponsorClass(words(v, d::AgencyClass::ALL, &at)?)),
            "product" | "cellSource" | "targetLogic" | "whyStopped" => {
                let field = match name {
                    "product" => d::SourceField::Product,
                    "cellSource" => d::SourceField::CellSource,
                    "targetLogic" => d::SourceField::TargetLogic,
                    _ => d::SourceField::WhyStopped,
                };
                all.extend(texts(v, &at)?.into_iter().map(|test| F::Text(field, test)));
            }
            "hasConflict" => all.push(F::HasConflict(v.is(true))),
            "hasReference" => all.push(F::HasReference(v.is(true))),
            "text" => all.push(F::Found(search(cx, NodeKind::Trial, v, &at)?)),
            _ => {}
        }
    }
    Ok(F::And(all))
}

fn phases(value: &Val, place: &str) -> Res<Vec<TrialFilter>> {
    let phase = |v: &Val| v.number().and_then(d::Phase::at);
    let mut all = Vec::new();
    if let Some(v) = value.get("includes") {
        all.push(TrialFilter::AnyPhase(phase(v).into_iter().collect()));
    }
    if let Some(v) = value.get("includesAny") {
        let these = list(v, &below(place, "includesAny"))?.iter().filter_map(phase).collect();
        all.push(TrialFilter::AnyPhase(these));
    }
    if let Some(v) = value.get("exactly") {
        let these = list(v, &below(place, "exactly"))?.iter().filter_map(phase).collect();
        all.push(TrialFilter::ExactPhases(these));
    }
    if let Some(v) = value.get("isEmpty") {
        let empty = TrialFilter::ExactPhases(Vec::new());
        all.push(if v.is(true) { empty } else { TrialFilter::Not(Box::new(empty)) });
    }
    Ok(all)
}

fn regimen(cx: &Cx<'_>, value: &Val, place: &str) -> Res<Vec<TrialFilter>> {
    let role = value.get("role").and_then(Val::number).and_then(d::DrugRole::at);
    let mut tests = Vec::new();
    for (name, make) in [
        ("exactly", SetTest::Exactly as fn(Vec<u32>) -> SetTest),
        ("containsAll", SetTest::ContainsAll),
        ("containsAny", SetTest::ContainsAny),
    ] {
        if let Some(v) = value.get(name) {
            tests.push(make(ids(cx, NodeKind::Drug, v, &below(place, name))?));
        }
    }
    tests.extend(value.get("isEmpty").map(|v| SetTest::IsEmpty(v.is(true))));
    if tests.is_empty() && role.is_some() {
        return refuse(place, "`role` needs a set beside it: exactly, containsAll, containsAny or isEmpty");
    }
    Ok(tests.into_iter().map(|test| TrialFilter::Regimen(test, role)).collect())
}

fn link_test(value: &Val, place: &str) -> Res<LinkTest> {
    let mut tests = Vec::new();
    if let Some(v) = value.get("qualifiers") {
        let at = below(place, "qualifiers");
        let one = |v: &Val| v.number().and_then(d::DiseaseQualifier::at);
        let these = |name: &str| -> Res<Option<Vec<d::DiseaseQualifier>>> {
            v.get(name).map(|v| Ok(list(v, &below(&at, name))?.iter().filter_map(one).collect())).transpose()
        };
        tests.extend(v.get("includes").and_then(one).map(|q| LinkTest::AllQualifiers(vec![q])));
        tests.extend(these("includesAll")?.map(LinkTest::AllQualifiers));
        tests.extend(these("includesAny")?.map(LinkTest::AnyQualifier));
        tests.extend(these("excludes")?.map(LinkTest::NoQualifier));
    }
    if let Some(v) = value.get("role") {
        tests.push(LinkTest::Role(words(v, d::DrugRole::ALL, &below(place, "role"))?));
    }
    Ok(if tests.is_empty() { LinkTest::Any } else { LinkTest::All(tests) })
}

const QUANTIFIERS: [(&str, Quantifier); 3] =
    [("some", Quantifier::Some), ("every", Quantifier::Every), ("none", Quantifier::None)];

fn linked(cx: &Cx<'_>, kind: NodeKind, relation: Relation, value: &Val, place: &str) -> Res<Vec<TrialFilter>> {
    let link = link_test(value, place)?;
    let mut all = Vec::new();
    for (name, quantifier) in QUANTIFIERS {
        if let Some(v) = value.get(name) {
            let nodes = Box::new(node(cx, kind, v, &below(place, name))?);
            all.push(TrialFilter::Linked { relation, quantifier, nodes, link: link.clone() });
        }
    }
    if all.is_empty() && link != LinkTest::Any && value.get("count").is_none() {
        let nodes = Box::new(NodeFilter::And(Vec::new()));
        all.push(TrialFilter::Linked { relation, quantifier: Quantifier::Some, nodes, link: link.clone() });
    }
    if let Some(v) = value.get("count") {
        let tests = numbers(v, &below(place, "count"), int_span)?;
        all.extend(tests.into_iter().map(|test| TrialFilter::LinkCount(relation, test, link.clone())));
    }
    Ok(all)
}

/// References stand behind a trial by its statements or by its registry: both ways count.
fn references(cx: &Cx<'_>, value: &Val, place: &str) -> Res<Vec<TrialFilter>> {
    let mut all = Vec::new();
    for (name, quantifier) in QUANTIFIERS {
        let Some(v) = value.get(name) else { continue };
        let mut nodes = node(cx, NodeKind::Reference, v, &below(place, name))?;
        if quantifier == Quantifier::Every {
            nodes = NodeFilter::Not(Box::new(nodes));
        }
        let cited = TrialFilter::Linked {
            relation: Relation::StatementTrial,
            quantifier: Quantifier::Some,
            nodes: Box::new(NodeFilter::Cites(Box::new(nodes.clone()))),
            link: LinkTest::Any,
        };
        let listed = TrialFilter::Linked {
            relation: Relation::TrialReference,
            quantifier: Quantifier::Some,
            nodes: Box::new(nodes),
            link: LinkTest::Any,
        };
        let any = TrialFilter::Or(vec![cited, listed]);
        all.push(if quantifier == Quantifier::Some { any } else { TrialFilter::Not(Box::new(any)) });
    }
    if let Some(v) = value.get("count") {
        let tests = numbers(v, &below(place, "count"), int_span)?;
        let graph = cx.graph();
        cx.work(u64::from(graph.count(NodeKind::Trial)))?;
        let fits = |trial: &u32| {
            let count = crate::select::references_of_trial(graph, *trial).len() as u32;
            tests.iter().all(|test| test.passes(Some(count)))
        };
        all.push(TrialFilter::Ids((0..graph.count(NodeKind::Trial)).filter(fits).collect()));
    }
    Ok(all)
}

fn node(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: &str) -> Res<NodeFilter> {
    use NodeFilter as F;
    let mut all = Vec::new();
    for (name, v) in given(value) {
        let at = below(place, name);
        match name {
            "and" | "or" => {
                let parts: Res<Vec<_>> = list(v, &at)?.iter().map(|item| node(cx, kind, item, &at)).collect();
                all.push(if name == "and" { F::And(parts?) } else { F::Or(parts?) });
            }
            "not" => all.push(F::Not(Box::new(node(cx, kind, v, &at)?))),
            "id" => {
                let (wanted, not) = id_filter(cx, kind, v, &at)?;
                all.extend(wanted.map(F::Ids));
                if !not.is_empty() {
                    all.push(F::Not(Box::new(F::Ids(not))));
                }
            }
            "label" => all.extend(texts(v, &at)?.into_iter().map(F::Name)),
            "text" => all.push(F::Found(search(cx, kind, v, &at)?)),
            "within" => {
                let id = v.get("id").and_then(Val::text).unwrap_or_default();
                let disease = one_id(cx, NodeKind::Disease, id, &below(&at, "id"))?;
                let expand = v.get("expand").and_then(Val::number).unwrap_or(2);
                all.push(F::Within(disease, order_inputs::expand(expand)));
            }
            "area" => all.push(F::Area(words(v, d::DiseaseArea::ALL, &at)?)),
            "kind" if kind == NodeKind::Target => all.push(F::TargetKind(words(v, d::TargetKind::ALL, &at)?)),
            "kind" => all.push(F::DrugKind(words(v, d::DrugKind::ALL, &at)?)),
            "defaultRole" => all.push(F::DefaultRole(words(v, d::DrugRole::ALL, &at)?)),
            "trial" => {
                for (name, quantifier) in QUANTIFIERS {
                    if let Some(v) = v.get(name) {
                        let filter = trial(cx, v, &below(&at, name), None)?;
                        all.push(F::Trials(quantifier, Box::new(filter)));
                    }
                }
                if let Some(v) = v.get("count") {
                    all.extend(numbers(v, &below(&at, "count"), int_span)?.into_iter().map(F::TrialCount));
                }
            }
            "statement" => all.extend(statements(cx, kind, v, &at)?),
            "year" => all.extend(numbers(v, &at, int_span)?.into_iter().map(F::Year)),
            "journal" => all.extend(texts(v, &at)?.into_iter().map(F::Journal)),
            "referenceType" => all.push(F::ReferenceType(words(v, d::ReferenceType::ALL, &at)?)),
            "standing" => all.push(F::Standing(words(v, d::Standing::ALL, &at)?)),
            "statementType" => all.push(F::StatementType(words(v, d::StatementType::ALL, &at)?)),
            "section" => all.extend(texts(v, &at)?.into_iter().map(F::Section)),
            "source" => {
                let (wanted, not) = id_filter(cx, NodeKind::Source, v, &at)?;
                all.extend(wanted.map(F::Source));
                if !not.is_empty() {
                    all.push(F::Not(Box::new(F::Source(not))));
                }
            }
            "about" => all.push(F::About(global(cx, v.text().unwrap_or_default(), &at)?)),
            "cites" => all.push(F::Cites(Box::new(node(cx, NodeKind::Reference, v, &at)?))),
            "hasCuratorNote" => all.push(F::HasNote(v.is(true))),
            "drug" => all.extend(members(cx, v, &at)?),
            _ => {}
        }
    }
    Ok(F::And(all))
}

/// Members of a regimen.
fn members(cx: &Cx<'_>, value: &Val, place: &str) -> Res<Vec<NodeFilter>> {
    let role = link_test(value, place)?;
    let mut all = Vec::new();
    for (name, quantifier) in QUANTIFIERS {
        if let Some(v) = value.get(name) {
            let drugs = node(cx, NodeKind::Drug, v, &below(place, name))?;
            all.push(NodeFilter::Members(quantifier, Box::new(drugs), role.clone()));
        }
    }
    if all.is_empty() && role != LinkTest::Any && value.get("count").is_none() {
        let any = Box::new(NodeFilter::And(Vec::new()));
        all.push(NodeFilter::Members(Quantifier::Some, any, role.clone()));
    }
    if let Some(v) = value.get("count") {
        let tests = numbers(v, &below(place, "count"), int_span)?;
        all.extend(tests.into_iter().map(|test| NodeFilter::Size(test, role.clone())));
    }
    Ok(all)
}

/// Statements that are about a node, or cite it where it is a reference.
fn statements(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: &str) -> Res<Vec<NodeFilter>> {
    let graph = cx.graph();
    let mut all = Vec::new();
    for (name, quantifier) in QUANTIFIERS {
        let Some(v) = value.get(name) else { continue };
        let chosen = {
            let filter = node(cx, NodeKind::Statement, v, &below(place, name))?;
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
        let tests = numbers(v, &below(place, "count"), int_span)?;
        all.extend(tests.into_iter().map(NodeFilter::StatementCount));
    }
    Ok(all)
}

/// The fields that a filter of fields lets through.
pub(super) fn fields(value: &Val, place: &str) -> Res<Vec<d::SourceField>> {
    words(value, d::SourceField::ALL, place)
}

/// The disease that an id in an argument names.
pub(super) fn disease(cx: &Cx<'_>, text: &str, place: &str) -> Res<u32> {
    one_id(cx, NodeKind::Disease, text, place)
}

/// The node that a global id in a filter or argument names.
pub(super) fn global(cx: &Cx<'_>, text: &str, place: &str) -> Res<Node> {
    match cx.snapshot.index().ids.find_global(text) {
        Ok((kind, Found::One(ix))) => Ok(Node::new(kind, ix)),
        Ok((_, Found::None)) => refuse(place, format!("nothing has the id {text:?}")),
        Ok((kind, Found::Many(all))) => Err(ambiguous(cx, kind, &all, text, place)),
        Err(bad) => {
            let message = format!("`{place}`: {text:?} is no id: {}", bad.reason);
            Err(FieldError::new(Code::MalformedId, message).argument(place))
        }
    }
}

/// The nodes of a kind that a search finds.
fn search(cx: &Cx<'_>, kind: NodeKind, value: &Val, place: &str) -> Res<RoaringBitmap> {
    let text = value.text().unwrap_or_default();
    let refused = |bad| super::search::refused(bad, place, place);
    let (found, work) = select::search_ids(cx.snapshot, text, kind).map_err(refused)?;
    cx.work(work + found.len())?;
    Ok(found)
}
