//! The word lists of what a client asks with and is answered with.

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
