//! What all nodes have in common: ids, labels, other names, identifiers, degree, notes.

use super::super::declare::{Field, Interface, Obj, Object, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::super::json::Stored;
use super::{Cx, T, federation};
use crate::domain::{Language, NodeKind, RelationKind, Verification, XrefMatch};
use crate::graph::{Graph, Names, Node, StrId};
use crate::index::Head;

pub(super) fn interfaces() -> Vec<Interface> {
    vec![
        federation::union(),
        Interface { name: "Node", doc: "Anything with a global id.", implements: &[], fields: &["id"] },
        Interface {
            name: "Entity",
            doc: "A node of the graph: trial, target, disease, drug, regimen, reference or statement.",
            implements: &["Node"],
            fields: &["id", "kind", "label", "labels", "synonyms", "xrefs", "degree", "notes"],
        },
    ]
}

impl<'a> Cx<'a> {
    pub(super) fn graph(&self) -> &'a Graph {
        self.snapshot.graph()
    }

    /// The head of a trial.
    #[inline]
    pub(super) fn head(&self, trial: &Obj) -> &'a Head {
        self.snapshot.index().heads.of(trial.a)
    }

    /// The text as JSON.
    #[inline]
    pub(super) fn json(&self, id: StrId) -> Stored<'a> {
        let (rest, len) = self.graph().strings.json_on(id);
        Stored { rest, len }
    }
}

/// The node that an object stands for.
pub(super) fn node(o: &Obj) -> Res<Node> {
    o.ty.kind()
        .map(|kind| Node::new(kind, o.a))
        .ok_or_else(|| FieldError::new(Code::InternalServerError, "an object that is no node"))
}

/// The object that stands for a node.
pub(super) fn object_of(node: Node) -> Obj {
    Obj::new(T::of(node.kind), node.ix)
}

fn names<'a>(cx: &Cx<'a>, o: &Obj) -> Res<(&'a Names, u32)> {
    node(o).map(|n| (cx.graph().names(n.kind), n.ix))
}

pub(super) fn language(number: Option<u8>) -> Language {
    number.and_then(Language::at).unwrap_or(Language::En)
}

/// The fields that every node of the graph has. `Source` has them too, but is no Entity.
pub(super) fn fields() -> Vec<Field> {
    vec![
        leaf("id", "ID!", "Global id, e.g. `trial:NCT03056339` or `disease:aml`.", |cx, o, _, out| {
            let (names, ix) = names(cx, o)?;
            out.raw(cx.json(names.id[ix as usize]));
            Ok(())
        }),
        leaf("kind", "NodeKind!", "Kind of the node.", |_, o, _, out| {
            out.word(node(o)?.kind.text());
            Ok(())
        }),
        leaf(
            "label",
            "String!",
            "Name to show, in the language asked for or, where it has none there, in the other. Never null.",
            |cx, o, args, out| {
                let (names, ix) = names(cx, o)?;
                out.raw(cx.json(names.label(ix, language(args.number("lang")))));
                Ok(())
            },
        )
        .arg_default("lang", "Language", "EN", "Language of the label."),
        many("labels", "[Label!]!", "The names to show, English before Chinese.", |cx, o, _, out| {
            let (names, ix) = names(cx, o)?;
            for (text, language) in [(names.en[ix as usize], Language::En), (names.zh[ix as usize], Language::Zh)] {
                out.extend(text.some().map(|t| Some(Obj::pair(T::Label, t.0, language as u32))));
            }
            Ok(())
        }),
        many(
            "synonyms",
            "[Label!]!",
            "Other names, as sources print them and as vocabularies give them; without the labels.",
            |cx, o, _, out| {
                let (names, ix) = names(cx, o)?;
                let synonyms = names.synonyms.of(ix).iter();
                out.extend(synonyms.map(|s| Some(Obj::pair(T::Label, s.text.0, s.language as u32))));
                Ok(())
            },
        ),
        many("xrefs", "[Xref!]!", "Identifiers of the same or a near concept elsewhere.", |cx, o, _, out| {
            let (names, ix) = names(cx, o)?;
            let kind = node(o)?.kind as u32;
            out.extend(names.xrefs.range(ix).map(|at| Some(Obj::pair(T::Xref, at as u32, kind))));
            Ok(())
        }),
        leaf(
            "degree",
            "Int!",
            "How many links the node has, over the kinds of relation asked for. A link among nodes of one kind counts \
             at both ends.",
            |cx, o, args, out| {
                let via: Option<Vec<_>> = args
                    .items("via")
                    .map(|items| items.iter().filter_map(|v| v.number().and_then(RelationKind::at)).collect());
                out.int(cx.graph().degree(node(o)?, via.as_deref()));
                Ok(())
            },
        )
        .arg("via", "[RelationKind!]", "Only these kinds of relation. All where left out."),
        many(
            "notes",
            "[Note!]!",
            "Curators' notes that concern the node: what is wrong or doubtful in a source and what was done about it. \
             Ordered by id.",
            |cx, o, _, out| {
                let notes = cx.graph().notes.of(node(o)?);
                out.extend(notes.iter().map(|(_, at)| Some(Obj::new(T::Note, *at))));
                Ok(())
            },
        ),
    ]
}

/// Where an identifier can be looked up on the web.
fn url(curie: &str) -> Option<String> {
    let (prefix, id) = curie.split_once(':')?;
    Some(match prefix {
        "CLINICALTRIALS" => format!("https://clinicaltrials.gov/study/{id}"),
        "HGNC" => format!("https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{id}"),
        "UniProtKB" => format!("https://www.uniprot.org/uniprotkb/{id}"),
        "ENSEMBL" => format!("https://www.ensembl.org/id/{id}"),
        "NCBIGene" => format!("https://www.ncbi.nlm.nih.gov/gene/{id}"),
        "MONDO" => format!("https://monarchinitiative.org/MONDO:{id}"),
        "DOID" => format!("https://disease-ontology.org/?id=DOID:{id}"),
        "NCIT" => format!("https://evsexplore.semantics.cancer.gov/evsexplore/concept/ncit/{id}"),
        "MESH" => format!("https://meshb.nlm.nih.gov/record/ui?ui={id}"),
        "RXCUI" => format!("https://mor.nlm.nih.gov/RxNav/search?searchBy=RXCUI&searchTerm={id}"),
        "CHEMBL.COMPOUND" => format!("https://www.ebi.ac.uk/chembl/explore/compound/{id}"),
        "CHEBI" => format!("https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:{id}"),
        "DRUGBANK" => format!("https://go.drugbank.com/drugs/{id}"),
        "UNII" => format!("https://precision.fda.gov/uniisearch/srs/unii/{id}"),
        "doi" => format!("https://doi.org/{id}"),
        "PMID" => format!("https://pubmed.ncbi.nlm.nih.gov/{id}/"),
        "PMC" => format!("https://pmc.ncbi.nlm.nih.gov/articles/PMC{id}/"),
        _ => return None,
    })
}

fn xref<'a>(cx: &Cx<'a>, o: &Obj) -> &'a crate::graph::XrefRow {
    let kind = NodeKind::at(o.b as u8).unwrap_or(NodeKind::Trial);
    &cx.graph().names(kind).xrefs.items()[o.a as usize]
}

pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new(
            T::Label,
            "A name in a language.",
            vec![
                leaf("text", "String!", "The name.", |cx, o, _, out| {
                    out.raw(cx.json(StrId(o.a)));
                    Ok(())
                }),
                leaf("lang", "Language!", "Its language.", |_, o, _, out| {
                    out.word(language(Some(o.b as u8)).text());
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::Xref,
            "An identifier of a node in another vocabulary.",
            vec![
                leaf("curie", "String!", "The identifier as a CURIE, e.g. `MONDO:0018874`.", |cx, o, _, out| {
                    out.raw(cx.json(xref(cx, o).curie));
                    Ok(())
                }),
                leaf("prefix", "String!", "The part before the colon, e.g. `MONDO`.", |cx, o, _, out| {
                    let curie = cx.graph().strings.text(xref(cx, o).curie);
                    out.text(curie.split_once(':').map_or("", |(prefix, _)| prefix));
                    Ok(())
                }),
                leaf(
                    "url",
                    "URL",
                    "Where it can be looked up; null where the vocabulary has no such page.",
                    |cx, o, _, out| {
                        let curie = cx.graph().strings.text(xref(cx, o).curie);
                        out.opt(url(&curie), |out, url| out.text(&url));
                        Ok(())
                    },
                ),
                leaf("match", "XrefMatch!", "How close it is to the node.", |cx, o, _, out| {
                    out.word(XrefMatch::text(xref(cx, o).matching));
                    Ok(())
                }),
                leaf(
                    "verified",
                    "Boolean!",
                    "Whether it was looked up in a source that `evidence` names.",
                    |cx, o, _, out| {
                        out.bool(xref(cx, o).verification == Verification::Verified);
                        Ok(())
                    },
                ),
                leaf("verification", "Verification!", "How sure it is.", |cx, o, _, out| {
                    out.word(xref(cx, o).verification.text());
                    Ok(())
                }),
                leaf("evidence", "String", "Where it was verified; null where it was not.", |cx, o, _, out| {
                    out.opt(xref(cx, o).evidence.some(), |out, id| out.raw(cx.json(id)));
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::Note,
            "A curator's note: something wrong or doubtful in a source, and what was done about it.",
            vec![
                leaf("id", "ID!", "Global id, e.g. `note:carnk-review-2025/A3`.", |cx, o, _, out| {
                    out.raw(cx.json(cx.graph().notes.id[o.a as usize]));
                    Ok(())
                }),
                leaf("text", "String!", "The note, in the language asked for or the other.", |cx, o, args, out| {
                    let notes = &cx.graph().notes;
                    let (en, zh) = (notes.en[o.a as usize], notes.zh[o.a as usize]);
                    let zh_first = language(args.number("lang")) == Language::Zh;
                    let text = if zh_first { zh.some().or(en.some()) } else { en.some().or(zh.some()) };
                    out.opt(text, |out, id| out.raw(cx.json(id)));
                    Ok(())
                })
                .arg_default("lang", "Language", "EN", "Language of the note."),
                one("source", "Source!", "The source that it is a note on.", |cx, o, _| {
                    Ok(Some(Obj::new(T::Source, cx.graph().notes.source[o.a as usize])))
                }),
                leaf(
                    "field",
                    "SourceField",
                    "The field it concerns; null where it concerns no single field.",
                    |cx, o, _, out| {
                        out.opt(cx.graph().notes.field[o.a as usize], |out, f| out.word(f.text()));
                        Ok(())
                    },
                ),
                many("subjects", "[Node!]!", "The nodes it concerns, in order.", |cx, o, _, out| {
                    out.extend(cx.graph().notes.subjects.of(o.a).iter().map(|n| Some(object_of(*n))));
                    Ok(())
                }),
            ],
        )
        .implements(&["Node"]),
    ]
}
