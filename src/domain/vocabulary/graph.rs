//! The word lists of nodes and the relations between them.

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
