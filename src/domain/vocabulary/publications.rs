//! The word lists of references and how they are cited.

words! {
    /// What a reference is.
    ReferenceType {
        /// A report of a clinical trial.
        ClinicalTrial = "CLINICAL_TRIAL",
        /// A report on one case.
        CaseReport = "CASE_REPORT",
        /// A report on several cases.
        CaseSeries = "CASE_SERIES",
        /// Original research other than a trial.
        ResearchArticle = "RESEARCH_ARTICLE",
        /// A review.
        Review = "REVIEW",
        /// An abstract of a conference.
        ConferenceAbstract = "CONFERENCE_ABSTRACT",
        /// A preprint, not peer-reviewed.
        Preprint = "PREPRINT",
        /// A press release, not peer-reviewed.
        PressRelease = "PRESS_RELEASE",
        /// Any other.
        Other = "OTHER",
    }
}

words! {
    /// Whether a reference still stands.
    Standing {
        /// Published after peer review; no notice is known to this data set.
        Published = "PUBLISHED",
        /// Published without peer review (preprint, press release, conference abstract).
        NotPeerReviewed = "NOT_PEER_REVIEWED",
        /// A correction was published.
        Corrected = "CORRECTED",
        /// Doubt was published.
        ExpressionOfConcern = "EXPRESSION_OF_CONCERN",
        /// Withdrawn by its journal.
        Retracted = "RETRACTED",
        /// Replaced by a later publication.
        Superseded = "SUPERSEDED",
    }
}

words! {
    /// Why a citation is made, in the words of CiTO.
    CitationIntent {
        /// Cites, no reason given.
        Cites = "CITES",
        /// Cites as evidence for the claim.
        CitesAsEvidence = "CITES_AS_EVIDENCE",
        /// Cites for information on the subject.
        CitesForInformation = "CITES_FOR_INFORMATION",
        /// Obtains background from it.
        ObtainsBackgroundFrom = "OBTAINS_BACKGROUND_FROM",
        /// Uses its data.
        UsesDataFrom = "USES_DATA_FROM",
        /// Uses its method.
        UsesMethodIn = "USES_METHOD_IN",
        /// Uses its conclusions.
        UsesConclusionsFrom = "USES_CONCLUSIONS_FROM",
        /// Is derived from it.
        ContainsAssertionFrom = "CONTAINS_ASSERTION_FROM",
        /// Disagrees with it.
        DisagreesWith = "DISAGREES_WITH",
    }
}

words! {
    /// A form in which a reference leaves the house.
    CitationStyle {
        /// Text as in a bibliography of a medical journal (NLM / Vancouver).
        Vancouver = "VANCOUVER",
        /// Text as in a bibliography after the American Psychological Association, 7th edition.
        Apa = "APA",
        /// An entry for BibTeX or BibLaTeX, in UTF-8.
        Bibtex = "BIBTEX",
        /// An entry for reference managers (RIS), in UTF-8.
        Ris = "RIS",
        /// An item of CSL-JSON 1.0, as text.
        CslJson = "CSL_JSON",
    }
}
