//! What is the name of this content, the same on any machine and for any order of the lines in the files?
//!
//! Must not know: files. Every text is written with its length, every list with its number of items, so that no two
//! contents are written alike; lists whose order has no meaning are sorted by what is written for their items.

use crate::domain::{
    About, Assertion, Bilingual, Concept, Dataset, Note, Outcome, PublicationId, Reference, Source, Statement, Synonym,
    Trial,
};

/// How much of the hash names a release, in hexadecimal digits.
const DIGITS: usize = 32;
/// The version of the way of writing; a change of it changes every release.
const WRITING: &str = "trialweave-release-2";

/// The release of a dataset, whatever it holds for `release`.
pub(crate) fn release(d: &Dataset) -> String {
    let number = |id: &str| d.references.binary_search_by(|r| r.id.as_str().cmp(id)).map_or(u32::MAX, |at| at as u32);
    let trial = |id: &str| d.trials.binary_search_by(|t| t.id.as_str().cmp(id)).map_or(u32::MAX, |at| at as u32);
    let mut naming = Naming::new(d);
    d.references.iter().for_each(|reference| naming.reference(reference));
    let (cited, listed) = (&d.reference_citations, &d.trial_references);
    naming.links(cited.len(), cited.iter().map(|(citing, cited)| (number(citing), number(cited))));
    naming.links(listed.len(), listed.iter().map(|(t, reference)| (trial(t), number(reference))));
    d.trials.iter().for_each(|trial| naming.trial(trial));
    naming.finish()
}

/// A release in the making: first the references in the order of their ids, then the links among references and those
/// from trials, as pairs of places in these orders, then the trials.
#[derive(Debug)]
pub(crate) struct Naming {
    hasher: blake3::Hasher,
    /// What waits for the hash, which is faster over many bytes at once.
    sections: Sections,
}

/// How many bytes wait for the hash at most, roughly.
const WAITING: usize = 1 << 20;

impl Naming {
    /// Begins with everything else that a dataset says.
    pub(crate) fn new(d: &Dataset) -> Self {
        let mut naming = Self { hasher: blake3::Hasher::new(), sections: Sections::default() };
        naming.section(|o| {
            o.text(WRITING);
            o.text(&d.title);
            o.text(&d.version);
        });
        naming.section(|o| o.list(&d.sources, source));
        naming.section(|o| {
            o.list(&d.targets, |o, t| {
                concept(o, &t.concept);
                o.text(t.kind.text());
                o.list(&t.genes, |o, g| {
                    let all = [&g.symbol, &g.name, &g.hgnc, &g.uniprot, &g.ensembl, &g.ncbi_gene, &g.evidence];
                    all.iter().for_each(|text| o.text(text));
                    o.text(g.verification.text());
                });
            });
        });
        naming.section(|o| {
            o.list(&d.diseases, |o, disease| {
                concept(o, &disease.concept);
                o.list(&disease.parents, |o, parent| o.text(parent));
                o.text(disease.area.text());
            });
        });
        naming.section(|o| {
            o.list(&d.drugs, |o, drug| {
                concept(o, &drug.concept);
                o.text(drug.kind.text());
                o.text(drug.default_role.text());
            });
        });
        naming.section(|o| {
            o.list(&d.regimens, |o, regimen| {
                o.list(&regimen.members, |o, id| o.text(id));
                bilingual(o, &regimen.label);
                o.set(&regimen.synonyms, synonym);
            });
        });
        naming.section(|o| o.list(&d.statements, statement));
        naming.section(|o| o.list(&d.notes, note));
        naming.section(|o| {
            o.list(&d.rules, |o, rule| {
                o.text(rule.field.text());
                o.list(&rule.precedence, |o, kind| o.text(kind.text()));
                bilingual(o, &rule.text);
            });
        });
        naming
    }

    pub(crate) fn reference(&mut self, one: &Reference) {
        self.sections.reference(one);
        self.hash(WAITING);
    }

    /// The next references or trials.
    pub(crate) fn take(&mut self, sections: &Sections) {
        self.hash(0);
        self.hasher.update(&sections.out.0);
    }

    pub(crate) fn links(&mut self, count: usize, links: impl Iterator<Item = (u32, u32)>) {
        self.section(|o| {
            o.text("links");
            o.number(count as u64);
        });
        for (from, to) in links {
            self.sections.out.0.extend((u64::from(to) << 32 | u64::from(from)).to_le_bytes());
            self.hash(WAITING);
        }
    }

    pub(crate) fn trial(&mut self, one: &Trial) {
        self.sections.trial(one);
        self.hash(WAITING);
    }

    pub(crate) fn finish(mut self) -> String {
        self.hash(0);
        let mut hex = self.hasher.finalize().to_hex().to_string();
        hex.truncate(DIGITS);
        hex
    }

    fn section(&mut self, write: impl FnOnce(&mut Out)) {
        self.sections.section(write);
        self.hash(WAITING);
    }

    fn hash(&mut self, unless: usize) {
        let waiting = &mut self.sections.out.0;
        if waiting.len() > unless {
            self.hasher.update(waiting);
            waiting.clear();
        }
    }
}

/// Written records, each with the length of what is written before it.
#[derive(Debug, Default)]
pub(crate) struct Sections {
    out: Out,
}

impl Sections {
    pub(crate) fn reference(&mut self, one: &Reference) {
        self.section(|o| {
            o.text("reference");
            reference(o, one);
        });
    }

    pub(crate) fn trial(&mut self, one: &Trial) {
        self.section(|o| {
            o.text("trial");
            trial(o, one);
        });
    }

    fn section(&mut self, write: impl FnOnce(&mut Out)) {
        let start = self.out.0.len();
        self.out.number(0);
        write(&mut self.out);
        let length = (self.out.0.len() - start - size_of::<u64>()) as u64;
        self.out.0[start..start + size_of::<u64>()].copy_from_slice(&length.to_le_bytes());
    }
}

/// Bytes that say one thing only.
#[derive(Debug, Default)]
struct Out(Vec<u8>);

impl Out {
    fn number(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    fn flag(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.number(items.len() as u64);
        items.iter().for_each(|item| write(self, item));
    }

    /// A list whose order has no meaning.
    fn set<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        let written = |item| {
            let mut out = Self::default();
            write(&mut out, item);
            out.0
        };
        let mut all: Vec<Vec<u8>> = items.iter().map(written).collect();
        all.sort_unstable();
        self.number(all.len() as u64);
        all.iter().for_each(|one| self.0.extend(one));
    }
}

fn bilingual(o: &mut Out, text: &Bilingual) {
    o.text(&text.en);
    o.text(&text.zh);
}

fn synonym(o: &mut Out, synonym: &Synonym) {
    o.text(&synonym.text);
    o.text(synonym.language.text());
}

fn pair(o: &mut Out, (a, b): &(String, String)) {
    o.text(a);
    o.text(b);
}

fn concept(o: &mut Out, concept: &Concept) {
    o.text(&concept.id);
    bilingual(o, &concept.label);
    o.set(&concept.synonyms, synonym);
    o.set(&concept.xrefs, |o, xref| {
        o.text(&xref.curie);
        o.text(xref.matching.text());
        o.text(xref.verification.text());
        o.text(&xref.evidence);
    });
    o.text(&concept.note);
}

fn source(o: &mut Out, source: &Source) {
    o.text(&source.id);
    o.text(source.source_type.text());
    bilingual(o, &source.title);
    o.text(&source.reference);
    o.text(&source.licence);
    o.maybe(source.as_of, |o, date| o.number(u64::from(date.packed())));
    o.maybe(source.retrieved, |o, date| o.number(u64::from(date.packed())));
    o.text(&source.url);
    bilingual(o, &source.method);
    o.list(&source.tables, |o, table| {
        o.text(&table.name);
        bilingual(o, &table.title);
        o.list(&table.columns, |o, (field, header)| {
            o.text(field.text());
            o.text(header);
        });
    });
}

fn publication_id(o: &mut Out, id: &PublicationId) {
    o.text(&id.value);
    o.maybe(id.verification, |o, v| o.text(v.text()));
}

fn reference(o: &mut Out, r: &Reference) {
    o.list(&r.authors, |o, author| o.text(author));
    o.flag(r.et_al);
    let texts = [&r.id, &r.title, &r.journal, &r.journal_printed, &r.volume, &r.issue, &r.pages, &r.url, &r.language];
    texts.iter().for_each(|text| o.text(text));
    o.text(&r.defects);
    o.text(&r.evidence);
    o.maybe(r.year, |o, year| o.number(u64::from(year)));
    [&r.doi, &r.pmid, &r.pmcid].into_iter().for_each(|id| publication_id(o, id));
    o.text(r.reference_type.text());
    o.text(r.standing.text());
    o.list(&r.markers, pair);
}

fn outcome(o: &mut Out, outcome: &Outcome) {
    let t = outcome;
    [&t.measure, &t.unit, &t.comparator, &t.grade, &t.timepoint, &t.note].iter().for_each(|text| o.text(text));
    [t.n, t.of].into_iter().for_each(|n| o.maybe(n, |o, n| o.number(u64::from(n))));
    let decimals = [t.percent, t.percent_max, t.value, t.value_max];
    decimals.into_iter().for_each(|n| o.maybe(n, |o, n| o.number(n.to_bits())));
}

fn statement(o: &mut Out, s: &Statement) {
    [&s.id, &s.source, &s.section].iter().for_each(|text| o.text(text));
    o.text(s.statement_type.text());
    bilingual(o, &s.text);
    bilingual(o, &s.note);
    o.list(&s.outcomes, outcome);
    o.list(&s.about, |o, about| match about {
        About::Entity(kind, id) => {
            o.text(kind.text());
            o.text(id);
        }
        About::Term(text) => {
            o.text("");
            o.text(text);
        }
    });
    o.list(&s.citations, |o, citation| {
        o.text(&citation.reference);
        o.text(&citation.marker);
        o.flag(citation.printed);
        o.text(citation.intent.text());
    });
    o.list(&s.trials, |o, mention| {
        o.text(&mention.registry_id);
        o.text(mention.known_by.text());
        o.text(&mention.note);
    });
}

fn note(o: &mut Out, note: &Note) {
    o.text(&note.id);
    o.text(&note.source);
    bilingual(o, &note.text);
    o.list(&note.subjects, |o, (kind, id)| {
        o.text(kind.text());
        o.text(id);
    });
    o.maybe(note.field, |o, field| o.text(field.text()));
}

fn assertion(o: &mut Out, a: &Assertion) {
    o.text(a.field.text());
    [&a.value, &a.printed, &a.source].iter().for_each(|text| o.text(text));
    o.number(a.row as u64);
    o.text(a.mapping.text());
    o.list(&a.qualifiers, |o, qualifier| o.text(qualifier.text()));
    o.maybe(a.role, |o, role| o.text(role.text()));
}

/// Rows and assertions, in their promised orders: all that is shown of a trial follows from them, the rules and the
/// vocabularies.
fn trial(o: &mut Out, trial: &Trial) {
    o.text(&trial.id);
    o.list(&trial.rows, |o, row| {
        o.text(&row.source);
        o.text(&row.table);
        o.number(u64::from(row.number));
        o.list(&row.cells, |o, (field, text)| {
            o.text(field.text());
            o.text(text);
        });
    });
    o.list(&trial.assertions, assertion);
}
