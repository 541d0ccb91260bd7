//! What do the vocabulary files and the rules say, line by line?
//!
//! Must not know: sources and rows.

use super::{List, Raw, list};
use crate::dataset::cell::Cells;
use crate::dataset::files::Files;
use crate::dataset::layout;
use crate::dataset::problem::{Problems, quoted};
use crate::domain::{
    Bilingual, Concept, Disease, DiseaseArea, DiseaseQualifier, Drug, Gene, Language, NamedRegimen, NodeKind, Rule,
    SourceField, Synonym, Target, Xref,
};

/// Another name of a concept of one of the vocabularies.
#[derive(Debug)]
pub(crate) struct RawNameOf {
    pub(crate) kind: NodeKind,
    pub(crate) entity: String,
    pub(crate) synonym: Synonym,
}

/// An identifier elsewhere of a disease or drug.
#[derive(Debug)]
pub(crate) struct RawXref {
    pub(crate) kind: NodeKind,
    pub(crate) entity: String,
    pub(crate) xref: Xref,
}

/// A spelling of one or more qualifiers.
#[derive(Debug)]
pub(crate) struct RawQualifier {
    pub(crate) text: String,
    pub(crate) qualifiers: Vec<DiseaseQualifier>,
    /// Whether it narrows the later parts of the cell as well.
    pub(crate) carries: bool,
}

/// A printed text and its value.
#[derive(Debug)]
pub(crate) struct RawValue {
    pub(crate) field: SourceField,
    pub(crate) text: String,
    pub(crate) value: String,
}

pub(super) fn read(files: &dyn Files, raw: &mut Raw, problems: &mut Problems) {
    raw.targets = of(files, layout::TARGETS, problems, |c| Target {
        concept: concept(c),
        kind: c.word("kind"),
        genes: Vec::new(),
    });
    raw.genes = of(files, layout::GENES, problems, gene);
    raw.drugs = of(files, layout::DRUGS, problems, |c| Drug {
        concept: concept(c),
        kind: c.word("kind"),
        default_role: c.word("default_role"),
    });
    raw.regimens = of(files, layout::REGIMENS, problems, regimen);
    raw.diseases = of(files, layout::DISEASES, problems, |c| {
        let disease = Disease { concept: concept(c), parents: Vec::new(), area: DiseaseArea::Other };
        (disease, c.word_or_none("area"))
    });
    raw.parents = of(files, layout::DISEASE_PARENTS, problems, |c| (c.id("disease_id"), c.id("parent_id")));
    raw.synonyms = of(files, layout::SYNONYMS, problems, |c| {
        c.flag("printed");
        RawNameOf {
            kind: kind(c, &[NodeKind::Target, NodeKind::Disease, NodeKind::Drug]),
            entity: c.id("entity_id"),
            synonym: Synonym { text: c.needed("text"), language: c.word("language") },
        }
    });
    raw.xrefs = of(files, layout::XREFS, problems, xref);
    raw.qualifiers = of(files, layout::QUALIFIERS, problems, |c| {
        c.word::<Language>("language");
        c.needed("qualifiers");
        RawQualifier { text: c.needed("text"), qualifiers: c.words("qualifiers"), carries: c.flag("carries") }
    });
    raw.separators = of(files, layout::SEPARATORS, problems, |c| (c.word("field"), c.needed("text")));
    raw.values = of(files, layout::VALUES, problems, |c| RawValue {
        field: c.word("field"),
        text: c.needed("text"),
        value: c.needed("value"),
    });
    raw.rules = of(files, layout::RULES, problems, |c| Rule {
        field: c.word("field"),
        precedence: c.words("precedence"),
        text: bilingual(c, "text"),
    });
}

fn of<T>(
    files: &dyn Files,
    shape: layout::Shape,
    problems: &mut Problems,
    parse: impl FnMut(&mut Cells<'_, '_>) -> T,
) -> List<T> {
    list(files, shape.path, shape, problems, parse)
}

/// A kind of node, one of those that make sense in the file.
pub(super) fn kind(c: &mut Cells<'_, '_>, allowed: &[NodeKind]) -> NodeKind {
    let kind: NodeKind = c.word("kind");
    if !allowed.contains(&kind) && c.text("kind") == kind.text() {
        let all: Vec<_> = allowed.iter().map(|k| k.text()).collect();
        c.wrong("kind", format!("`{kind}` is not possible in this file"), format!("write one of {}", all.join(", ")));
    }
    kind
}

/// A text in two languages, at least one of which is there.
pub(super) fn bilingual(c: &mut Cells<'_, '_>, name: &str) -> Bilingual {
    let (en, zh) = (format!("{name}_en"), format!("{name}_zh"));
    let text = Bilingual { en: c.text(&en), zh: c.text(&zh) };
    if text.en.trim().is_empty() && text.zh.trim().is_empty() && c.has(&en) && c.has(&zh) {
        c.wrong(&en, format!("neither `{en}` nor `{zh}` has a text"), "fill in at least one of them");
    }
    text
}

fn concept(c: &mut Cells<'_, '_>) -> Concept {
    Concept { id: c.id("id"), label: bilingual(c, "label"), note: c.text("note"), ..Concept::default() }
}

fn gene(c: &mut Cells<'_, '_>) -> (String, u32, Gene) {
    let gene = Gene {
        symbol: c.needed("symbol"),
        name: c.text("name"),
        hgnc: c.text("hgnc"),
        uniprot: c.text("uniprot"),
        ensembl: c.text("ensembl"),
        ncbi_gene: c.text("ncbi_gene"),
        verification: c.word("verification"),
        evidence: c.text("evidence"),
    };
    (c.id("target_id"), c.position("position"), gene)
}

fn regimen(c: &mut Cells<'_, '_>) -> NamedRegimen {
    c.needed("members");
    let members = c.list("members");
    if !members.is_sorted() {
        c.wrong("members", "the members are not sorted", "sort them by id");
    }
    let language = |text: &str| if text.chars().any(|ch| ch > '\u{2e7f}') { Language::Zh } else { Language::En };
    let synonyms = c.list("synonyms").into_iter().map(|text| Synonym { language: language(&text), text }).collect();
    NamedRegimen { members, label: bilingual(c, "label"), synonyms }
}

fn xref(c: &mut Cells<'_, '_>) -> RawXref {
    let curie = c.needed("curie");
    let whole = curie.split_once(':').is_some_and(|(prefix, local)| !prefix.is_empty() && !local.is_empty());
    if !curie.is_empty() && (!whole || curie.contains(char::is_whitespace)) {
        c.wrong("curie", format!("{} is no CURIE", quoted(&curie)), "write prefix and identifier like `MONDO:0018874`");
    }
    RawXref {
        kind: kind(c, &[NodeKind::Disease, NodeKind::Drug]),
        entity: c.id("entity_id"),
        xref: Xref {
            curie,
            matching: c.word("match"),
            verification: c.word("verification"),
            evidence: c.text("evidence"),
        },
    }
}
