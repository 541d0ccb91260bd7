//! Which filter inputs does the contract have, one for each kind of node?
//!
//! Must not know: how they are read.

use super::{boolean, object, plus};
use crate::graphql::declare::{InputObject, input};

pub(super) fn kinds() -> Vec<InputObject> {
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
