//! The closed word lists: one enum per list, with the text used in data files and in the API, and its meaning.
//!
//! Must not know: how a printed text maps to a value (that is data), or how GraphQL shows it.

/// Declares an enum whose values have one text form (data files and API) and one description, said once.
macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $( #[doc = $vdoc:literal] $variant:ident = $text:literal, )+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $( #[doc = $vdoc] $variant, )+ }

        impl $name {
            /// Name of the list, as the API spells it.
            pub const NAME: &'static str = stringify!($name);
            /// What the list is.
            pub const DOC: &'static str = concat!($($doc, "\n"),+);
            /// Every value, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// Text and meaning of every value, in the order of `ALL`.
            pub const WORDS: &'static [(&'static str, &'static str)] = &[$(($text, $vdoc)),+];

            /// The text of the value in data files and in the API.
            #[must_use]
            pub const fn text(self) -> &'static str { Self::WORDS[self as usize].0 }

            /// The value with exactly this text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::WORDS.iter().position(|(t, _)| *t == text).map(|i| Self::ALL[i])
            }

            /// The value with this number (its place in the list).
            #[must_use]
            pub fn at(number: u8) -> Option<Self> { Self::ALL.get(usize::from(number)).copied() }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.text()) }
        }
    };
}

words! {
    /// The kinds of node in the graph.
    NodeKind {
        /// A registered clinical study.
        Trial = "TRIAL",
        /// What the engineered receptor is aimed at, or the receptor that serves as binder.
        Target = "TARGET",
        /// A disease concept in an is-a hierarchy.
        Disease = "DISEASE",
        /// An agent, procedure, device or class given with the product.
        Drug = "DRUG",
        /// The exact set of drugs, with their roles, given together in a trial.
        Regimen = "REGIMEN",
        /// A publication.
        Reference = "REFERENCE",
        /// One claim of a source, with the references it cites.
        Statement = "STATEMENT",
        /// A document or registry extract that rows and statements come from.
        Source = "SOURCE",
    }
}

words! {
    /// The relations that join nodes. Each is named in the direction from its first to its second kind.
    RelationKind {
        /// Trial to target: the trial's product aims at it, or binds by it.
        HasTarget = "HAS_TARGET",
        /// Trial to disease: the trial treats people who have it.
        Studies = "STUDIES",
        /// Trial to regimen: exactly this set of drugs is given.
        UsesRegimen = "USES_REGIMEN",
        /// Trial to drug: the drug is given with the product.
        HasDrug = "HAS_DRUG",
        /// Regimen to drug: the drug is a member of the set.
        HasMember = "HAS_MEMBER",
        /// Statement to trial, target, disease or drug: the statement is about it.
        Mentions = "MENTIONS",
        /// Statement to reference, or reference to reference: the first cites the second.
        Cites = "CITES",
        /// Disease to broader disease.
        IsA = "IS_A",
        /// Trial or statement to the source that reports it.
        ReportedIn = "REPORTED_IN",
    }
}

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

words! {
    /// How a printed text came to its value.
    Mapping {
        /// The text is the value, or the label of the concept.
        Exact = "EXACT",
        /// The text is a known other name of it.
        Synonym = "SYNONYM",
        /// The text is a part of a cell that lists several.
        Split = "SPLIT",
        /// No vocabulary entry covers the text yet; the text itself is kept as value.
        Unmapped = "UNMAPPED",
    }
}

words! {
    /// What a source is.
    SourceType {
        /// A trial registry, or an extract of one.
        Registry = "REGISTRY",
        /// A review article.
        Review = "REVIEW",
        /// Made by a program to test with; says nothing about the world.
        Generated = "GENERATED",
    }
}

words! {
    /// What a statement is about.
    StatementType {
        /// What the therapy achieves.
        Efficacy = "EFFICACY",
        /// What harm it does or spares.
        Safety = "SAFETY",
        /// How it works.
        Mechanism = "MECHANISM",
        /// How it is made.
        Manufacturing = "MANUFACTURING",
        /// What stands in its way.
        Challenge = "CHALLENGE",
        /// What is to come.
        Outlook = "OUTLOOK",
        /// General setting.
        Background = "BACKGROUND",
    }
}

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
    /// How sure an identifier is.
    Verification {
        /// Looked up in a source that is named.
        Verified = "VERIFIED",
        /// Written from memory, not looked up.
        Recalled = "RECALLED",
        /// Built by the publisher's pattern, not looked up.
        Derived = "DERIVED",
        /// Looked for and not found, or not looked for.
        Unknown = "UNKNOWN",
    }
}

words! {
    /// How it is known which trial a statement speaks of.
    KnownBy {
        /// The source names the trial's number.
        Stated = "STATED",
        /// Title, sponsor or target in the registry match.
        Registry = "REGISTRY",
        /// A page of a third party names it.
        Page = "PAGE",
        /// Only sponsor, target and disease match.
        Inferred = "INFERRED",
        /// One of several trials that could be meant.
        Candidate = "CANDIDATE",
        /// From memory, not looked up.
        Recalled = "RECALLED",
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
    /// A language of labels and statements.
    Language {
        /// English.
        En = "EN",
        /// Chinese.
        Zh = "ZH",
    }
}

words! {
    /// How a text led to a node.
    MatchKind {
        /// By a label.
        Name = "NAME",
        /// By an id, a registry number, a CURIE, a DOI or a number in a bibliography.
        Id = "ID",
        /// By a synonym, a gene symbol, or the part of a label before or in brackets.
        Alias = "ALIAS",
        /// By a Chinese name typed in pinyin, in full or by its first letters.
        Pinyin = "PINYIN",
        /// By words of its texts, or of the names of what it is linked to.
        Text = "TEXT",
    }
}

words! {
    /// How many nodes a term means.
    ResolutionStatus {
        /// Exactly one.
        Direct = "DIRECT",
        /// Several, of which the caller has to choose.
        Ambiguous = "AMBIGUOUS",
        /// None.
        None = "NONE",
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
