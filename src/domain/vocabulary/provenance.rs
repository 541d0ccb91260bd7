//! The word lists of sources, statements, and how sure something is.

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
