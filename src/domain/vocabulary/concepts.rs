//! The word lists of targets, diseases and drugs.

words! {
    /// What a target is.
    TargetKind {
        /// An antigen that receptors are aimed at.
        Antigen = "ANTIGEN",
        /// A receptor used as the binding part of the construct; its ligands are the antigens.
        Binder = "BINDER",
        /// Several antigens bound by one binder.
        AntigenGroup = "ANTIGEN_GROUP",
        /// A molecule that statements speak of; no trial in the data is aimed at it.
        Molecule = "MOLECULE",
    }
}

words! {
    /// How a trial's product uses a target.
    TargetRole {
        /// The product is aimed at it.
        Antigen = "ANTIGEN",
        /// The product binds by it.
        Binder = "BINDER",
    }
}

words! {
    /// What narrows a disease in a trial.
    DiseaseQualifier {
        /// Came back after a response.
        Relapsed = "RELAPSED",
        /// Did not respond to treatment.
        Refractory = "REFRACTORY",
        /// Came back after treatment (solid tumours).
        Recurrent = "RECURRENT",
        /// Resistant to drugs, for instance to platinum.
        DrugResistant = "DRUG_RESISTANT",
        /// Advanced stage.
        Advanced = "ADVANCED",
        /// Locally advanced.
        LocallyAdvanced = "LOCALLY_ADVANCED",
        /// Has spread.
        Metastatic = "METASTATIC",
        /// Extensive stage.
        ExtensiveStage = "EXTENSIVE_STAGE",
        /// Cannot be removed by surgery.
        Unresectable = "UNRESECTABLE",
        /// Only residual disease can be measured.
        MinimalResidualDisease = "MINIMAL_RESIDUAL_DISEASE",
        /// Active disease.
        Active = "ACTIVE",
        /// Moderate to severe disease.
        ModerateToSevere = "MODERATE_TO_SEVERE",
        /// Severe disease.
        Severe = "SEVERE",
        /// Adult patients.
        Adult = "ADULT",
        /// Child patients.
        Pediatric = "PEDIATRIC",
    }
}

words! {
    /// What a drug is.
    DrugKind {
        /// A small molecule.
        SmallMolecule = "SMALL_MOLECULE",
        /// An antibody.
        Antibody = "ANTIBODY",
        /// A cytokine or growth factor.
        Cytokine = "CYTOKINE",
        /// A cell product.
        CellTherapy = "CELL_THERAPY",
        /// A vaccine.
        Vaccine = "VACCINE",
        /// A gene therapy.
        GeneTherapy = "GENE_THERAPY",
        /// A procedure, such as a transplant or radiotherapy.
        Procedure = "PROCEDURE",
        /// A device.
        Device = "DEVICE",
        /// A class of agents, the agents not named.
        AgentClass = "AGENT_CLASS",
        /// A means of making the product.
        Technology = "TECHNOLOGY",
    }
}

words! {
    /// Why a drug is given in a trial.
    DrugRole {
        /// Clears lymphocytes before the cells are given.
        Lymphodepletion = "LYMPHODEPLETION",
        /// Is meant to act together with the product.
        CombinationPartner = "COMBINATION_PARTNER",
        /// Keeps the cells alive or active.
        CytokineSupport = "CYTOKINE_SUPPORT",
        /// Stem-cell transplant.
        Transplant = "TRANSPLANT",
        /// Another cell therapy, given before or after.
        SequentialCellTherapy = "SEQUENTIAL_CELL_THERAPY",
        /// Switches the cells off when they do harm.
        SafetySwitchActivator = "SAFETY_SWITCH_ACTIVATOR",
        /// A device or route of delivery.
        Device = "DEVICE",
        /// Any other purpose, such as supportive care.
        Other = "OTHER",
        /// The source lists it and does not say what for.
        NotStated = "NOT_STATED",
    }
}

words! {
    /// How close an identifier of another vocabulary is to the concept.
    XrefMatch {
        /// The same concept.
        Exact = "EXACT",
        /// Nearly the same concept.
        Close = "CLOSE",
        /// A broader concept.
        Broad = "BROAD",
        /// A related concept.
        Related = "RELATED",
    }
}
