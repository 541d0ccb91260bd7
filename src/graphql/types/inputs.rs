//! Enums, input objects and scalars of the contract.

use super::super::args::Val;
use super::super::declare::{Enum, Input, InputObject, Scalar, input};
use super::federation;
use crate::domain as d;
use crate::select::{Direction, Expand, Follow, OrderBy, ReferenceKey, TrialKey};

pub(super) fn enums() -> Vec<Enum> {
    macro_rules! of_domain {
        ($($name:ident),+) => { vec![$(Enum { name: d::$name::NAME, doc: d::$name::DOC, words: d::$name::WORDS }),+] };
    }
    let mut enums = of_domain!(
        NodeKind,
        RelationKind,
        TrialStatus,
        Phase,
        DiseaseArea,
        TargetKind,
        TargetRole,
        DrugKind,
        DrugRole,
        DiseaseQualifier,
        SourceField,
        Mapping,
        SourceType,
        StatementType,
        ReferenceType,
        Standing,
        CitationIntent,
        Verification,
        KnownBy,
        XrefMatch,
        AgencyClass,
        Language
    );
    enums.extend([
        Enum {
            name: "Expand",
            doc: "Which part of the disease hierarchy around a disease is meant.",
            words: &[
                ("SELF", "The disease alone."),
                ("CHILDREN", "It and the diseases one step below."),
                ("DESCENDANTS", "It and all diseases below."),
                ("PARENTS", "It and the diseases one step above."),
                ("ANCESTORS", "It and all diseases above."),
            ],
        },
        Enum {
            name: "OrderDirection",
            doc: "Up or down. Nodes without a value come last either way.",
            words: &[("ASC", "Smallest, earliest or first in the alphabet first."), ("DESC", "The other way round.")],
        },
        Enum {
            name: "TrialOrderField",
            doc: "What trials can be ordered by. Ties are broken by registry number.",
            words: &[
                ("ID", "Registry number."),
                ("START_DATE", "Start date."),
                ("FIRST_POSTED", "Date on which the registry first posted the record."),
                ("ENROLLMENT", "Number of participants."),
                ("STATUS", "Status, in the order of TrialStatus."),
                ("PHASE", "Lowest phase, then the next."),
                ("TITLE", "Title."),
            ],
        },
        Enum {
            name: "LabelOrderField",
            doc: "What targets, diseases, drugs and regimens can be ordered by. Ties are broken by id.",
            words: &[
                ("ID", "Id."),
                ("LABEL_EN", "English label, or Chinese where there is none."),
                ("LABEL_ZH", "Chinese label, or English where there is none."),
                ("TRIAL_COUNT", "Number of its trials, as `trialCount` gives it."),
            ],
        },
        Enum {
            name: "Dimension",
            doc: "What trials can be counted by.",
            words: &[
                ("STATUS", "Status."),
                ("PHASE", "Phase; a phase 1/2 trial counts under both."),
                ("PHASES", "Phases taken together; a phase 1/2 trial has a value of its own, `PHASE1|PHASE2`."),
                ("AREA", "Broad area of the trial."),
                ("TARGET", "Target."),
                ("DISEASE", "Disease as linked, without the hierarchy."),
                ("DISEASE_AREA", "Areas of the trial's diseases."),
                ("DRUG", "Drug."),
                ("DRUG_ROLE", "Role of a drug."),
                ("REGIMEN", "Regimen."),
                ("SOURCE", "Source."),
                ("COUNTRY", "Country."),
                ("SPONSOR", "Lead sponsor."),
                ("SPONSOR_CLASS", "Class of the lead sponsor."),
                ("START_YEAR", "Year of start."),
                ("CELL_SOURCE", "Where the product's cells come from."),
            ],
        },
        Enum {
            name: "WalkDirection",
            doc: "In which direction links are followed. A relation reads from the one that has, studies, cites or is to \
                  what it has, studies, cites or is: along CITES, forward leads to what is cited.",
            words: &[
                ("EITHER", "Both ways."),
                ("FORWARD", "As the relation reads."),
                ("BACKWARD", "The other way round."),
            ],
        },
        Enum {
            name: "TraceDirection",
            doc: "Which way a trace goes.",
            words: &[
                ("DOWN", "From a fact down to printed rows, statements, citations, references and sources."),
                ("UP", "From a reference, a statement or a source up to all that rests on it."),
            ],
        },
        Enum {
            name: "TraceStepKind",
            doc: "What a step of a trace leads to.",
            words: &[
                ("NODE", "A node: see `node`."),
                ("ASSERTION", "An assertion: see `node`."),
                ("ROW", "A printed row: see `row`."),
                ("CITATION", "A citation: see `citation`."),
            ],
        },
        Enum {
            name: "ReferenceOrderField",
            doc: "What references can be ordered by. Ties are broken by id.",
            words: &[("ID", "Id."), ("YEAR", "Year."), ("TITLE", "Title.")],
        },
        Enum {
            name: "StatementOrderField",
            doc: "What statements can be ordered by.",
            words: &[("ID", "Id: source, then number within the source.")],
        },
    ]);
    enums
}

fn order(name: &'static str, of: &'static str, doc: &'static str) -> InputObject {
    InputObject {
        name,
        doc,
        fields: vec![
            input("field", of, "What to order by."),
            input("direction", "OrderDirection!", "Up or down.").default("ASC"),
        ],
    }
}

pub(super) fn inputs() -> Vec<InputObject> {
    let mut inputs = super::filters::inputs();
    inputs.extend([
        order("TrialOrder", "TrialOrderField!", "One key of an order of trials."),
        order("TargetOrder", "LabelOrderField!", "One key of an order of targets."),
        order("DiseaseOrder", "LabelOrderField!", "One key of an order of diseases."),
        order("DrugOrder", "LabelOrderField!", "One key of an order of drugs."),
        order("RegimenOrder", "LabelOrderField!", "One key of an order of regimens."),
        order("ReferenceOrder", "ReferenceOrderField!", "One key of an order of references."),
        order("StatementOrder", "StatementOrderField!", "One key of an order of statements."),
    ]);
    inputs
}

pub(super) fn scalars() -> Vec<Scalar> {
    vec![
        federation::scalar(),
        Scalar {
            name: "URL",
            doc: "A web address, e.g. `https://doi.org/10.1038/s41591-023-02785-8`.",
            specified_by: "https://url.spec.whatwg.org/",
        },
        Scalar {
            name: "PartialDate",
            doc: "A date as precise as its source: `2017-06-21`, `2019-05` or `2019`. The order of dates is that of \
                  the text: `2019` comes before `2019-05`.",
            specified_by: "https://www.iso.org/iso-8601-date-and-time-format.html",
        },
    ]
}

fn keys<K>(orders: &[Val], key: impl Fn(u8) -> K) -> Vec<OrderBy<K>> {
    orders
        .iter()
        .map(|order| {
            let number = |name| order.get(name).and_then(Val::number).unwrap_or(0);
            let direction = if number("direction") == 0 { Direction::Asc } else { Direction::Desc };
            OrderBy { key: key(number("field")), direction }
        })
        .collect()
}

pub(super) fn trial_order(orders: &[Val]) -> Vec<OrderBy<TrialKey>> {
    const KEYS: [TrialKey; 7] = [
        TrialKey::Id,
        TrialKey::StartDate,
        TrialKey::FirstPosted,
        TrialKey::Enrollment,
        TrialKey::Status,
        TrialKey::Phase,
        TrialKey::Title,
    ];
    keys(orders, |n| KEYS[usize::from(n)])
}

pub(super) fn reference_order(orders: &[Val]) -> Vec<OrderBy<ReferenceKey>> {
    const KEYS: [ReferenceKey; 3] = [ReferenceKey::Id, ReferenceKey::Year, ReferenceKey::Title];
    keys(orders, |n| KEYS[usize::from(n)])
}

/// Keys of an order by label: 0 id, 1 English, 2 Chinese, 3 number of trials.
pub(super) fn label_order(orders: &[Val]) -> Vec<OrderBy<u8>> {
    keys(orders, |n| n)
}

pub(super) fn expand(number: u8) -> Expand {
    const ALL: [Expand; 5] =
        [Expand::SelfOnly, Expand::Children, Expand::Descendants, Expand::Parents, Expand::Ancestors];
    ALL[usize::from(number).min(4)]
}

/// The arguments of a page.
pub(super) fn paging() -> [Input; 4] {
    [
        input("first", "Int", "At most so many, from the front. 25 where no size is given; over 1000 is refused."),
        input("after", "String", "Only what comes behind this cursor."),
        input("last", "Int", "At most so many, from the back. Not together with `first`."),
        input("before", "String", "Only what comes before this cursor."),
    ]
}

pub(super) fn follow(number: Option<u8>) -> Follow {
    match number {
        Some(1) => Follow::Forward,
        Some(2) => Follow::Backward,
        _ => Follow::Either,
    }
}
