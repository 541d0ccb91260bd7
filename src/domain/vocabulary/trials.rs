//! The word lists of what a registry says of a trial, and the fields of it.

words! {
    /// Recruitment status of a trial, in the words of ClinicalTrials.gov v2.
    TrialStatus {
        /// Ongoing, participants are treated or followed, no new ones are enrolled.
        ActiveNotRecruiting = "ACTIVE_NOT_RECRUITING",
        /// Ended normally.
        Completed = "COMPLETED",
        /// Participants are chosen from a group invited beforehand.
        EnrollingByInvitation = "ENROLLING_BY_INVITATION",
        /// Has not started to recruit.
        NotYetRecruiting = "NOT_YET_RECRUITING",
        /// Is recruiting.
        Recruiting = "RECRUITING",
        /// Stopped early, may start again.
        Suspended = "SUSPENDED",
        /// Stopped early for good.
        Terminated = "TERMINATED",
        /// Stopped before the first participant was enrolled.
        Withdrawn = "WITHDRAWN",
        /// Expanded access is available.
        Available = "AVAILABLE",
        /// Expanded access was available and is no longer.
        NoLongerAvailable = "NO_LONGER_AVAILABLE",
        /// Expanded access is not available now and is expected to be.
        TemporarilyNotAvailable = "TEMPORARILY_NOT_AVAILABLE",
        /// Expanded access ended because the product was approved.
        ApprovedForMarketing = "APPROVED_FOR_MARKETING",
        /// The record is withheld.
        Withheld = "WITHHELD",
        /// The last known status has not been confirmed for two years, or the source prints that it is unknown.
        Unknown = "UNKNOWN",
    }
}

words! {
    /// Phase of a trial, in the words of ClinicalTrials.gov v2. A phase 1/2 trial has both PHASE1 and PHASE2.
    Phase {
        /// Phases do not apply to this trial.
        Na = "NA",
        /// Exploratory, before phase 1.
        EarlyPhase1 = "EARLY_PHASE1",
        /// Phase 1.
        Phase1 = "PHASE1",
        /// Phase 2.
        Phase2 = "PHASE2",
        /// Phase 3.
        Phase3 = "PHASE3",
        /// Phase 4.
        Phase4 = "PHASE4",
    }
}

words! {
    /// The broad area of a disease or of a trial.
    DiseaseArea {
        /// Blood and lymph cancers.
        Hematologic = "HEMATOLOGIC",
        /// Solid tumours.
        Solid = "SOLID",
        /// All else: autoimmune, infectious, general.
        Other = "OTHER",
    }
}

words! {
    /// Class of a sponsor, in the words of ClinicalTrials.gov v2.
    AgencyClass {
        /// US National Institutes of Health.
        Nih = "NIH",
        /// Another US federal agency.
        Fed = "FED",
        /// Another government body.
        OtherGov = "OTHER_GOV",
        /// An individual.
        Indiv = "INDIV",
        /// Industry.
        Industry = "INDUSTRY",
        /// A network.
        Network = "NETWORK",
        /// Ambiguous.
        Ambig = "AMBIG",
        /// Any other, such as a hospital or university.
        Other = "OTHER",
        /// Not known.
        Unknown = "UNKNOWN",
    }
}

words! {
    /// Fields of a trial that a source can speak about: the cells of a row, and what an assertion is on.
    SourceField {
        /// Registry number.
        RegistryId = "REGISTRY_ID",
        /// Title.
        Title = "TITLE",
        /// Recruitment status.
        Status = "STATUS",
        /// Phase.
        Phase = "PHASE",
        /// Targets.
        Target = "TARGET",
        /// Diseases (the printed indication or condition).
        Disease = "DISEASE",
        /// Drugs given with the product (the printed combination or interventions).
        Regimen = "REGIMEN",
        /// Start date.
        StartDate = "START_DATE",
        /// Number of participants.
        Enrollment = "ENROLLMENT",
        /// Lead sponsor.
        Sponsor = "SPONSOR",
        /// Class of the lead sponsor.
        SponsorClass = "SPONSOR_CLASS",
        /// Countries with a site.
        Country = "COUNTRY",
        /// Date on which the registry first posted the record.
        FirstPosted = "FIRST_POSTED",
        /// Name of the investigational product.
        Product = "PRODUCT",
        /// Where the cells of the product come from: cord blood, peripheral blood, iPSC, a cell line.
        CellSource = "CELL_SOURCE",
        /// How several targets are joined in the product: or, and, not, tandem.
        TargetLogic = "TARGET_LOGIC",
        /// Why the trial was stopped early.
        WhyStopped = "WHY_STOPPED",
        /// Date of primary completion.
        PrimaryCompletionDate = "PRIMARY_COMPLETION_DATE",
    }
}
