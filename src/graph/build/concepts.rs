//! How do names of nodes, vocabularies, statements and sources become columns?
//!
//! Must not know: trials and references.

use super::Builder;
use crate::domain::{Concept, NodeKind, Verification, XrefMatch};
use crate::graph::walk::Relation;
use crate::graph::{GeneRow, Lists, NONE, StrId, SynonymRow, XrefRow};

impl Builder<'_> {
    pub(super) fn name(&mut self, kind: NodeKind, prefix: &str, id: &str, (en, zh): (&str, &str), remark: &str) {
        let id = self.strings.add_joined(&[prefix, ":", id]);
        let (en, zh, remark) = (self.strings.some(en), self.strings.some(zh), self.strings.some(remark));
        let names = &mut self.names[kind as usize];
        names.id.push(id);
        names.en.push(en);
        names.zh.push(zh);
        names.remark.push(remark);
    }

    /// An identifier elsewhere. Its text was added before: once for all nodes, or for this one alone.
    pub(super) fn xref(&mut self, curie: StrId, matching: XrefMatch, sure: Verification, evidence: &str) -> XrefRow {
        XrefRow { curie, matching, verification: sure, evidence: self.strings.some(evidence) }
    }

    fn concept(&mut self, kind: NodeKind, prefix: &str, concept: &Concept, more: Vec<XrefRow>) {
        self.name(kind, prefix, &concept.id, (&concept.label.en, &concept.label.zh), &concept.note);
        let synonyms: Vec<_> = concept
            .synonyms
            .iter()
            .map(|s| SynonymRow { text: self.strings.intern(&s.text), language: s.language })
            .collect();
        let mut xrefs = Vec::with_capacity(concept.xrefs.len() + more.len());
        for x in &concept.xrefs {
            let curie = self.strings.intern(&x.curie);
            xrefs.push(self.xref(curie, x.matching, x.verification, &x.evidence));
        }
        xrefs.extend(more);
        self.names[kind as usize].synonyms.push(synonyms);
        self.names[kind as usize].xrefs.push(xrefs);
    }

    pub(super) fn concepts(&mut self) {
        let data = self.data;
        for target in &data.targets {
            let mut xrefs = Vec::new();
            for g in &target.genes {
                for (prefix, id) in
                    [("", &g.hgnc), ("UniProtKB:", &g.uniprot), ("ENSEMBL:", &g.ensembl), ("NCBIGene:", &g.ncbi_gene)]
                {
                    if !id.is_empty() {
                        let curie = self.strings.intern(&format!("{prefix}{id}"));
                        xrefs.push(self.xref(curie, XrefMatch::Exact, g.verification, &g.evidence));
                    }
                }
            }
            self.concept(NodeKind::Target, "target", &target.concept, xrefs);
        }
        for disease in &data.diseases {
            self.concept(NodeKind::Disease, "disease", &disease.concept, Vec::new());
        }
        for drug in &data.drugs {
            self.concept(NodeKind::Drug, "drug", &drug.concept, Vec::new());
        }
    }

    pub(super) fn genes(&mut self) -> Lists<GeneRow> {
        let mut genes = Lists::default();
        for target in &self.data.targets {
            let rows: Vec<_> = target
                .genes
                .iter()
                .map(|g| GeneRow {
                    symbol: self.strings.intern(&g.symbol),
                    name: self.strings.some(&g.name),
                    hgnc: self.strings.some(&g.hgnc),
                    uniprot: self.strings.some(&g.uniprot),
                    ensembl: self.strings.some(&g.ensembl),
                    ncbi_gene: self.strings.some(&g.ncbi_gene),
                    verification: g.verification,
                    evidence: self.strings.some(&g.evidence),
                })
                .collect();
            genes.push(rows);
        }
        genes
    }

    pub(super) fn diseases(&mut self) {
        for (at, disease) in self.data.diseases.iter().enumerate() {
            for parent in &disease.parents {
                if let Some(parent) = self.node(NodeKind::Disease, parent) {
                    self.link(Relation::DiseaseDisease, at as u32, parent.ix, NONE);
                }
            }
        }
    }

    pub(super) fn name_statements(&mut self) {
        for s in &self.data.statements {
            self.name(NodeKind::Statement, "statement", &s.id, (&s.text.en, &s.text.zh), "");
            self.names[NodeKind::Statement as usize].synonyms.push([]);
            self.names[NodeKind::Statement as usize].xrefs.push([]);
        }
    }

    pub(super) fn name_sources(&mut self) {
        for s in &self.data.sources {
            self.name(NodeKind::Source, "source", &s.id, (&s.title.en, &s.title.zh), "");
            self.names[NodeKind::Source as usize].synonyms.push([]);
            self.names[NodeKind::Source as usize].xrefs.push([]);
        }
    }
}
