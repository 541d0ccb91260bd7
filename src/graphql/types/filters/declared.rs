//! Which filter inputs does the contract have, for values and for links?
//!
//! Must not know: how they are read.

mod kinds;

use crate::graphql::declare::{Input, InputObject, input};

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

pub(in crate::graphql::types) fn inputs() -> Vec<InputObject> {
    let mut inputs = scalars();
    inputs.extend(relations());
    inputs.extend(kinds::kinds());
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
                input(
                    "words",
                    "String",
                    "Holds each of these words, whole, in any order; width, case and accents do not matter, a Greek \
                     letter is its name (β is beta), and each Chinese character is a word. For titles of trials the quickest \
                     of all tests.",
                ),
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
