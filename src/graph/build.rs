//! How does a trusted dataset become a graph?
//!
//! The only file of this room that knows the records of a dataset. Cross references are known to hold, so a look-up
//! that finds nothing is skipped rather than reported.

use std::collections::HashMap;

use super::strings::StringsBuilder;
use super::walk::Relation;
use super::{
    AssertionColumns, ConflictColumns, Csr, GeneRow, Graph, Lists, MentionRow, NONE, Names, Node, NoteColumns,
    OutcomeRow, ReferenceColumns, RowColumns, SourceColumns, StatementColumns, StrId, SynonymRow, TrialColumns,
    XrefRow,
};
use crate::domain::{
    About, AgencyClass, Bilingual, Concept, Dataset, DrugRole, KnownBy, Language, NodeKind, Verification, XrefMatch,
};

/// Links in the making: (source, target, fact) per relation.
type Links = Vec<(u32, u32, u32)>;

struct Builder<'a> {
    data: &'a Dataset,
    strings: StringsBuilder,
    names: [Names; 8],
    links: [Links; Relation::ALL.len()],
    regimens: Vec<Vec<(u32, DrugRole)>>,
    trial_regimen: Vec<u32>,
}

pub(super) fn build(data: &Dataset) -> Graph {
    let mut b = Builder {
        data,
        strings: StringsBuilder::default(),
        names: Default::default(),
        links: Default::default(),
        regimens: Vec::new(),
        trial_regimen: Vec::new(),
    };
    b.concepts();
    b.collect_regimens();
    b.name_trials();
    b.name_regimens();
    b.name_references();
    b.name_statements();
    b.name_sources();

    let genes = b.genes();
    let trials = b.trials();
    let references = b.references();
    let (statements, references) = b.statements(references);
    let sources = b.sources();
    let (rows, assertions, conflicts) = b.evidence();
    let notes = b.notes();
    b.diseases();

    let sizes: Vec<u32> = b.names.iter().map(Names::len).collect();
    let relations = Relation::ALL
        .iter()
        .map(|info| {
            let mut links = std::mem::take(&mut b.links[info.relation as usize]);
            links.sort_by_key(|l| l.0);
            let facts = matches!(
                info.relation,
                Relation::TrialTarget
                    | Relation::TrialDisease
                    | Relation::TrialDrug
                    | Relation::RegimenDrug
                    | Relation::StatementReference
                    | Relation::ReferenceReference
            );
            Csr::new(sizes[info.from as usize], sizes[info.to as usize], &links, facts)
        })
        .collect();
    Graph {
        target_kind: data.targets.iter().map(|t| t.kind as u8).collect(),
        genes,
        disease_area: data.diseases.iter().map(|d| d.area as u8).collect(),
        drug_kind: data.drugs.iter().map(|d| d.kind as u8).collect(),
        drug_role: data.drugs.iter().map(|d| d.default_role as u8).collect(),
        trials,
        references,
        statements,
        sources,
        rows,
        assertions,
        conflicts,
        notes,
        relations,
        names: b.names,
        strings: b.strings.finish(),
    }
}

/// Number of the record with this id in a list sorted by id.
fn find<T>(sorted: &[T], id: &str, key: impl Fn(&T) -> &str) -> Option<u32> {
    sorted.binary_search_by(|item| key(item).cmp(id)).ok().map(|at| at as u32)
}

impl Builder<'_> {
    fn node(&self, kind: NodeKind, id: &str) -> Option<Node> {
        let d = self.data;
        let ix = match kind {
            NodeKind::Trial => find(&d.trials, id, |t| &t.id),
            NodeKind::Target => find(&d.targets, id, |t| &t.concept.id),
            NodeKind::Disease => find(&d.diseases, id, |t| &t.concept.id),
            NodeKind::Drug => find(&d.drugs, id, |t| &t.concept.id),
            NodeKind::Reference => find(&d.references, id, |t| &t.id),
            NodeKind::Statement => find(&d.statements, id, |t| &t.id),
            NodeKind::Source => find(&d.sources, id, |t| &t.id),
            NodeKind::Regimen => None,
        };
        ix.map(|ix| Node::new(kind, ix))
    }

    fn link(&mut self, relation: Relation, from: u32, to: u32, fact: u32) {
        self.links[relation as usize].push((from, to, fact));
    }

    fn name(&mut self, kind: NodeKind, prefix: &str, id: &str, label: &Bilingual, remark: &str) {
        let id = self.strings.add(&format!("{prefix}:{id}"));
        let (en, zh, remark) = (self.strings.some(&label.en), self.strings.some(&label.zh), self.strings.some(remark));
        let names = &mut self.names[kind as usize];
        names.id.push(id);
        names.en.push(en);
        names.zh.push(zh);
        names.remark.push(remark);
    }

    fn xref(&mut self, curie: &str, matching: XrefMatch, verification: Verification, evidence: &str) -> XrefRow {
        let evidence = self.strings.some(evidence);
        XrefRow { curie: self.strings.intern(curie), matching, verification, evidence }
    }

    fn concept(&mut self, kind: NodeKind, prefix: &str, concept: &Concept, more: Vec<XrefRow>) {
        self.name(kind, prefix, &concept.id, &concept.label, &concept.note);
        let synonyms: Vec<_> = concept
            .synonyms
            .iter()
            .map(|s| SynonymRow { text: self.strings.intern(&s.text), language: s.language })
            .collect();
        let mut xrefs: Vec<_> =
            concept.xrefs.iter().map(|x| self.xref(&x.curie, x.matching, x.verification, &x.evidence)).collect();
        xrefs.extend(more);
        self.names[kind as usize].synonyms.push(synonyms);
        self.names[kind as usize].xrefs.push(xrefs);
    }

    fn concepts(&mut self) {
        let data = self.data;
        for target in &data.targets {
            let mut xrefs = Vec::new();
            for g in &target.genes {
                for (prefix, id) in
                    [("", &g.hgnc), ("UniProtKB:", &g.uniprot), ("ENSEMBL:", &g.ensembl), ("NCBIGene:", &g.ncbi_gene)]
                {
                    if !id.is_empty() {
                        xrefs.push(self.xref(&format!("{prefix}{id}"), XrefMatch::Exact, g.verification, &g.evidence));
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

    fn genes(&mut self) -> Lists<GeneRow> {
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

    fn diseases(&mut self) {
        for (at, disease) in self.data.diseases.iter().enumerate() {
            for parent in &disease.parents {
                if let Some(parent) = self.node(NodeKind::Disease, parent) {
                    self.link(Relation::DiseaseDisease, at as u32, parent.ix, NONE);
                }
            }
        }
    }

    /// The regimens that trials use, each once, ordered by id; the number of each trial's regimen.
    fn collect_regimens(&mut self) {
        let data = self.data;
        let mut known: HashMap<String, Vec<u32>> = HashMap::new();
        let mut sets: HashMap<String, Vec<(u32, DrugRole)>> = HashMap::new();
        for (at, trial) in data.trials.iter().enumerate() {
            if let Some(members) = &trial.regimen {
                let numbered: Vec<_> = members
                    .iter()
                    .filter_map(|(id, role)| self.node(NodeKind::Drug, id).map(|n| (n.ix, *role)))
                    .collect();
                let id = self.regimen_id(&numbered);
                known.entry(id.clone()).or_default().push(at as u32);
                sets.entry(id).or_insert(numbered);
            }
        }
        let mut ids: Vec<_> = known.keys().cloned().collect();
        ids.sort_unstable();
        self.trial_regimen = vec![NONE; data.trials.len()];
        for (number, id) in ids.iter().enumerate() {
            for trial in &known[id] {
                self.trial_regimen[*trial as usize] = number as u32;
            }
            self.regimens.push(sets.remove(id).unwrap_or_default());
        }
    }

    /// Members joined by `+`, each with its role behind `~` where it is not the drug's default.
    fn regimen_id(&self, members: &[(u32, DrugRole)]) -> String {
        let mut parts = Vec::with_capacity(members.len());
        for (drug, role) in members {
            let drug = &self.data.drugs[*drug as usize];
            if *role == drug.default_role {
                parts.push(drug.concept.id.clone());
            } else {
                parts.push(format!("{}~{}", drug.concept.id, role.text().to_lowercase()));
            }
        }
        parts.join("+")
    }

    fn name_regimens(&mut self) {
        let data = self.data;
        let regimens = std::mem::take(&mut self.regimens);
        for (number, members) in regimens.iter().enumerate() {
            let drugs: Vec<_> = members.iter().map(|(d, _)| &data.drugs[*d as usize]).collect();
            let ids: Vec<&str> = drugs.iter().map(|d| d.concept.id.as_str()).collect();
            let named = data.regimens.iter().find(|r| r.members.iter().map(String::as_str).eq(ids.iter().copied()));
            let join = |zh: bool| {
                let label = |d: &&crate::domain::Drug| {
                    let l = &d.concept.label;
                    if (zh && !l.zh.is_empty()) || l.en.is_empty() { l.zh.clone() } else { l.en.clone() }
                };
                drugs.iter().map(label).collect::<Vec<_>>().join(" + ")
            };
            let label = named.map_or_else(|| Bilingual { en: join(false), zh: join(true) }, |n| n.label.clone());
            let id = self.regimen_id(members);
            self.name(NodeKind::Regimen, "regimen", &id, &label, "");
            let synonyms: Vec<_> = named
                .map(|n| n.synonyms.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|s| SynonymRow { text: self.strings.intern(&s.text), language: s.language })
                .collect();
            self.names[NodeKind::Regimen as usize].synonyms.push(synonyms);
            self.names[NodeKind::Regimen as usize].xrefs.push([]);
            for (drug, role) in members {
                self.link(Relation::RegimenDrug, number as u32, *drug, *role as u32);
            }
        }
    }

    fn name_trials(&mut self) {
        for trial in &self.data.trials {
            let title = trial.title.as_deref().unwrap_or(&trial.id);
            self.name(NodeKind::Trial, "trial", &trial.id, &Bilingual { en: title.into(), zh: String::new() }, "");
            let xref = if trial.id.starts_with("NCT") {
                let curie = format!("CLINICALTRIALS:{}", trial.id);
                vec![self.xref(&curie, XrefMatch::Exact, Verification::Verified, "the registry number itself")]
            } else {
                Vec::new()
            };
            self.names[NodeKind::Trial as usize].synonyms.push([]);
            self.names[NodeKind::Trial as usize].xrefs.push(xref);
        }
    }

    fn name_references(&mut self) {
        for r in &self.data.references {
            let chinese = r.language == "zh";
            let (en, zh) = if chinese { ("", r.title.as_str()) } else { (r.title.as_str(), "") };
            let label = Bilingual { en: en.into(), zh: zh.into() };
            self.name(NodeKind::Reference, "reference", &r.id, &label, "");
            let mut xrefs = Vec::new();
            for (prefix, id) in [("doi", &r.doi), ("PMID", &r.pmid), ("PMC", &r.pmcid)] {
                if !id.value.is_empty() {
                    let number = if prefix == "PMC" { id.value.trim_start_matches("PMC") } else { &id.value };
                    let sure = id.verification.unwrap_or(Verification::Unknown);
                    xrefs.push(self.xref(&format!("{prefix}:{number}"), XrefMatch::Exact, sure, &r.evidence));
                }
            }
            self.names[NodeKind::Reference as usize].synonyms.push([]);
            self.names[NodeKind::Reference as usize].xrefs.push(xrefs);
        }
    }

    fn name_statements(&mut self) {
        for s in &self.data.statements {
            self.name(NodeKind::Statement, "statement", &s.id, &s.text, "");
            self.names[NodeKind::Statement as usize].synonyms.push([]);
            self.names[NodeKind::Statement as usize].xrefs.push([]);
        }
    }

    fn name_sources(&mut self) {
        for s in &self.data.sources {
            self.name(NodeKind::Source, "source", &s.id, &s.title, "");
            self.names[NodeKind::Source as usize].synonyms.push([]);
            self.names[NodeKind::Source as usize].xrefs.push([]);
        }
    }

    fn trials(&mut self) -> TrialColumns {
        let mut columns = TrialColumns::default();
        let mut sponsors: HashMap<&str, u32> = HashMap::new();
        let data = self.data;
        for (at, trial) in data.trials.iter().enumerate() {
            let at = at as u32;
            columns.registry_id.push(self.strings.add(&trial.id));
            let title = self.names[NodeKind::Trial as usize].en[at as usize];
            columns.title.push(if trial.title.is_some() { title } else { StrId::NONE });
            columns.status.push(trial.status);
            columns.phases.push(trial.phases.iter().fold(0, |bits, p| bits | 1 << *p as u8));
            columns.start_date.push(trial.start_date.map_or(0, |d| d.packed()));
            columns.first_posted.push(trial.first_posted.map_or(0, |d| d.packed()));
            columns.enrollment.push(trial.enrollment.unwrap_or(NONE));
            columns.area.push(trial.area);
            let countries: Vec<_> = trial.countries.iter().map(|c| self.strings.intern(c)).collect();
            columns.countries.push(countries);
            columns.sponsor.push(match &trial.sponsor {
                None => NONE,
                Some(sponsor) => *sponsors.entry(&sponsor.name).or_insert_with(|| {
                    columns.sponsor_name.push(self.strings.intern(&sponsor.name));
                    columns.sponsor_name.len() as u32 - 1
                }),
            });
            columns.sponsor_class.push(trial.sponsor.as_ref().map_or(AgencyClass::Unknown, |s| s.class));
            for (id, role) in &trial.targets {
                if let Some(n) = self.node(NodeKind::Target, id) {
                    self.link(Relation::TrialTarget, at, n.ix, *role as u32);
                }
            }
            for (id, qualifiers) in &trial.diseases {
                if let Some(n) = self.node(NodeKind::Disease, id) {
                    let bits = qualifiers.iter().fold(0u32, |bits, q| bits | 1 << *q as u8);
                    self.link(Relation::TrialDisease, at, n.ix, bits);
                }
            }
            for (id, role) in &trial.drugs {
                if let Some(n) = self.node(NodeKind::Drug, id) {
                    self.link(Relation::TrialDrug, at, n.ix, *role as u32);
                }
            }
            if self.trial_regimen[at as usize] != NONE {
                self.link(Relation::TrialRegimen, at, self.trial_regimen[at as usize], NONE);
            }
            let mut sources: Vec<u32> =
                trial.rows.iter().filter_map(|r| self.node(NodeKind::Source, &r.source)).map(|n| n.ix).collect();
            sources.sort_unstable();
            sources.dedup();
            for source in sources {
                self.link(Relation::TrialSource, at, source, NONE);
            }
        }
        for (trial, reference) in &data.trial_references {
            if let (Some(t), Some(r)) = (self.node(NodeKind::Trial, trial), self.node(NodeKind::Reference, reference)) {
                self.link(Relation::TrialReference, t.ix, r.ix, NONE);
            }
        }
        columns
    }

    fn references(&mut self) -> ReferenceColumns {
        let mut c = ReferenceColumns::default();
        let data = self.data;
        for (at, r) in data.references.iter().enumerate() {
            let names = &self.names[NodeKind::Reference as usize];
            c.title.push(names.label(at as u32, Language::En));
            let authors: Vec<_> = r.authors.iter().map(|a| self.strings.intern(a)).collect();
            c.authors.push(authors);
            c.et_al.push(r.et_al);
            c.journal.push(self.strings.some(&r.journal));
            c.journal_printed.push(self.strings.some(&r.journal_printed));
            c.year.push(r.year.unwrap_or(0));
            c.volume.push(self.strings.some(&r.volume));
            c.issue.push(self.strings.some(&r.issue));
            c.pages.push(self.strings.some(&r.pages));
            c.doi.push(self.strings.some(&r.doi.value));
            c.pmid.push(self.strings.some(&r.pmid.value));
            c.pmcid.push(self.strings.some(&r.pmcid.value));
            c.url.push(self.strings.some(&r.url));
            c.language.push(self.strings.some(&r.language));
            c.reference_type.push(r.reference_type);
            c.standing.push(r.standing);
            c.defects.push(self.strings.some(&r.defects));
            c.evidence.push(self.strings.some(&r.evidence));
            let markers: Vec<_> = r
                .markers
                .iter()
                .filter_map(|(source, marker)| {
                    let source = self.node(NodeKind::Source, source)?;
                    Some((source.ix, self.strings.intern(marker)))
                })
                .collect();
            c.markers.push(markers);
        }
        for (citing, cited) in &data.reference_citations {
            if let (Some(a), Some(b)) = (self.node(NodeKind::Reference, citing), self.node(NodeKind::Reference, cited))
            {
                self.link(Relation::ReferenceReference, a.ix, b.ix, NONE);
            }
        }
        c
    }

    fn statements(&mut self, mut references: ReferenceColumns) -> (StatementColumns, ReferenceColumns) {
        let mut c = StatementColumns::default();
        let data = self.data;
        for (at, s) in data.statements.iter().enumerate() {
            let at = at as u32;
            let source = self.node(NodeKind::Source, &s.source).map_or(NONE, |n| n.ix);
            c.source.push(source);
            self.link(Relation::StatementSource, at, source, NONE);
            c.number.push(self.strings.intern(s.id.rsplit('/').next().unwrap_or(&s.id)));
            c.section.push(self.strings.intern(&s.section));
            let markers: String = s.citations.iter().filter(|x| x.printed).map(|x| format!("[{}]", x.marker)).collect();
            c.marker.push(self.strings.some(&markers));
            c.statement_type.push(s.statement_type);
            c.note_en.push(self.strings.some(&s.note.en));
            c.note_zh.push(self.strings.some(&s.note.zh));
            let outcomes: Vec<_> = s
                .outcomes
                .iter()
                .map(|o| OutcomeRow {
                    measure: self.strings.intern(&o.measure),
                    n: o.n,
                    of: o.of,
                    percent: o.percent,
                    percent_max: o.percent_max,
                    value: o.value,
                    value_max: o.value_max,
                    unit: self.strings.some(&o.unit),
                    comparator: self.strings.some(&o.comparator),
                    grade: self.strings.some(&o.grade),
                    timepoint: self.strings.some(&o.timepoint),
                    note: self.strings.some(&o.note),
                })
                .collect();
            c.outcomes.push(outcomes);
            self.about(at, s, &mut c);
            let citing = data.sources.get(source as usize).and_then(|x| self.node(NodeKind::Reference, &x.reference));
            for citation in &s.citations {
                let Some(cited) = self.node(NodeKind::Reference, &citation.reference) else { continue };
                let marker = self.strings.intern(&citation.marker);
                self.link(Relation::StatementReference, at, cited.ix, c.citations.len() as u32);
                c.citations.push((marker, citation.intent, citation.printed));
                if let Some(citing) = citing {
                    let number = references.citations.len() as u32;
                    references.citations.push((at, marker, citation.intent, citation.printed));
                    self.link(Relation::ReferenceReference, citing.ix, cited.ix, number);
                }
            }
        }
        (c, references)
    }

    fn about(&mut self, at: u32, s: &crate::domain::Statement, c: &mut StatementColumns) {
        let (mut nodes, mut terms, mut mentions) = (Vec::new(), Vec::new(), Vec::new());
        for mention in &s.trials {
            let trial = self.node(NodeKind::Trial, &mention.registry_id);
            if let Some(node) = trial
                && !matches!(mention.known_by, KnownBy::Recalled | KnownBy::Candidate)
            {
                nodes.push(node);
            }
            mentions.push(MentionRow {
                registry_id: self.strings.intern(&mention.registry_id),
                trial: trial.map_or(NONE, |n| n.ix),
                known_by: mention.known_by,
                note: self.strings.some(&mention.note),
            });
        }
        for about in &s.about {
            match about {
                About::Entity(kind, id) => nodes.extend(self.node(*kind, id)),
                About::Term(term) => terms.push(self.strings.intern(term)),
            }
        }
        let mut seen = std::collections::HashSet::new();
        nodes.retain(|n| seen.insert(*n));
        for node in &nodes {
            let relation = match node.kind {
                NodeKind::Trial => Relation::StatementTrial,
                NodeKind::Target => Relation::StatementTarget,
                NodeKind::Disease => Relation::StatementDisease,
                NodeKind::Drug => Relation::StatementDrug,
                _ => continue,
            };
            self.link(relation, at, node.ix, NONE);
        }
        c.about.push(nodes);
        c.terms.push(terms);
        c.mentions.push(mentions);
    }

    fn sources(&mut self) -> SourceColumns {
        let mut c = SourceColumns::default();
        let data = self.data;
        for s in &data.sources {
            c.source_type.push(s.source_type);
            c.reference.push(self.node(NodeKind::Reference, &s.reference).map_or(NONE, |n| n.ix));
            c.licence.push(self.strings.intern(&s.licence));
            c.as_of.push(s.as_of.map_or(0, |d| d.packed()));
            c.retrieved.push(s.retrieved.map_or(0, |d| d.packed()));
            c.url.push(self.strings.some(&s.url));
            c.method_en.push(self.strings.some(&s.method.en));
            c.method_zh.push(self.strings.some(&s.method.zh));
            let mut names = Vec::new();
            for table in &s.tables {
                names.push(self.strings.intern(&table.name));
                c.table_titles.push((self.strings.some(&table.title.en), self.strings.some(&table.title.zh)));
                let columns: Vec<_> = table.columns.iter().map(|(f, h)| (*f, self.strings.intern(h))).collect();
                c.table_columns.push(columns);
            }
            c.tables.push(names);
        }
        c
    }

    fn evidence(&mut self) -> (RowColumns, AssertionColumns, ConflictColumns) {
        let (mut rows, mut assertions, mut conflicts) =
            (RowColumns::default(), AssertionColumns::default(), ConflictColumns::default());
        for (at, trial) in self.data.trials.iter().enumerate() {
            let at = at as u32;
            let first_row = rows.number.len() as u32;
            let mut sources = Vec::with_capacity(trial.rows.len());
            for row in &trial.rows {
                sources.push(self.node(NodeKind::Source, &row.source).map_or(NONE, |n| n.ix));
                rows.trial.push(at);
                rows.table.push(self.strings.intern(&row.table));
                rows.number.push(row.number);
                let cells: Vec<_> = row.cells.iter().map(|(f, text)| (*f, self.strings.intern(text))).collect();
                rows.cells.push(cells);
            }
            rows.source.push(sources);
            let first = assertions.value.len() as u32;
            for a in &trial.assertions {
                assertions.trial.push(at);
                assertions.value.push(self.strings.intern(&a.value));
                assertions.printed.push(self.strings.intern(&a.printed));
                assertions.row.push(first_row + a.row as u32);
                assertions.mapping.push(a.mapping);
                let entity = a.entity().and_then(|(kind, id)| self.node(kind, id)).map_or(NONE, |n| n.ix);
                assertions.entity.push(entity);
                assertions.qualifiers.push(a.qualifiers.iter().fold(0, |bits, q| bits | 1 << *q as u8));
                assertions.role.push(a.role);
            }
            assertions.field.push(trial.assertions.iter().map(|a| a.field));
            for conflict in &trial.conflicts {
                conflicts.trial.push(at);
                conflicts.sides.push(conflict.sides.iter().map(|s| first + *s as u32));
            }
            conflicts.field.push(trial.conflicts.iter().map(|c| c.field));
        }
        (rows, assertions, conflicts)
    }

    fn notes(&mut self) -> NoteColumns {
        let mut c = NoteColumns::default();
        for (at, note) in self.data.notes.iter().enumerate() {
            c.id.push(self.strings.add(&format!("note:{}", note.id)));
            c.source.push(self.node(NodeKind::Source, &note.source).map_or(NONE, |n| n.ix));
            c.en.push(self.strings.some(&note.text.en));
            c.zh.push(self.strings.some(&note.text.zh));
            c.field.push(note.field);
            let subjects: Vec<_> = note.subjects.iter().filter_map(|(kind, id)| self.node(*kind, id)).collect();
            c.by_subject.extend(subjects.iter().map(|n| (*n, at as u32)));
            c.subjects.push(subjects);
        }
        c.by_subject.sort_unstable();
        c
    }
}
