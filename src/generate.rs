//! Here is a size: give me a dataset of that size that says nothing about the world.
//!
//! Deterministic data shaped like ClinicalTrials.gov (skewed targets, diseases, drugs; a disease hierarchy; citations as
//! a power law over time), written as a data package of the usual layout and marked as generated. Every value is a hash
//! of (seed, stream, counter), so any machine writes the same bytes. Must not know: how datasets are read.

mod numbers;
mod words;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use numbers::Numbers;
use words::Words;

/// How much to generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Trials.
    pub trials: u32,
    /// Targets.
    pub targets: u32,
    /// Diseases.
    pub diseases: u32,
    /// Drugs.
    pub drugs: u32,
    /// References.
    pub references: u32,
    /// Mean citations of a reference.
    pub citations: u32,
}

impl Size {
    /// The size with this name: S, M, L or XL. XL is the whole of ClinicalTrials.gov with 30 million citations.
    ///
    /// ```
    /// assert_eq!(trialweave::generate::Size::named("M").map(|s| s.trials), Some(10_000));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (trials, targets, diseases, drugs, references, citations) = match name {
            "S" => (106, 40, 60, 80, 300, 5),
            "M" => (10_000, 500, 2_000, 2_000, 20_000, 5),
            "L" => (100_000, 2_000, 8_000, 15_000, 200_000, 5),
            "XL" => (550_000, 5_000, 20_000, 60_000, 3_000_000, 10),
            _ => return None,
        };
        Some(Self { trials, targets, diseases, drugs, references, citations })
    }
}

/// Writes a dataset of a size into a folder.
///
/// # Errors
/// Where a file cannot be written.
///
/// Complexity: linear in the records, times the logarithm for the links.
pub fn write(folder: &Path, size: Size, seed: u64) -> io::Result<()> {
    let numbers = Numbers::new(seed);
    let words = Words::new(&numbers, size);
    let source = folder.join("sources/generated");
    fs::create_dir_all(folder.join("vocabulary"))?;
    fs::create_dir_all(&source)?;
    package(folder, seed)?;
    vocabulary(folder, &words)?;
    trials(&source, &numbers, &words, size)?;
    references(&source, &numbers, &words, size)
}

fn file(path: &Path, header: &str) -> io::Result<BufWriter<File>> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(out, "{header}")?;
    Ok(out)
}

fn package(folder: &Path, seed: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(folder.join("datapackage.json"))?);
    write!(
        out,
        "{{\"name\":\"trialweave-generated\",\"title\":\"Generated data, seed {seed}: says nothing about the world\",\
         \"version\":\"1.0.0\",\"resources\":[]}}"
    )?;
    let mut out = file(&folder.join("rules.csv"), "field,precedence,text_en,text_zh")?;
    for field in ["STATUS", "PHASE", "TARGET", "DISEASE", "REGIMEN", "START_DATE", "ENROLLMENT", "TITLE"] {
        writeln!(out, "{field},REGISTRY|REVIEW|GENERATED,Registry before review before generated.,")?;
    }
    let mut out = file(
        &folder.join("sources/sources.csv"),
        "id,source_type,title_en,title_zh,reference_id,licence,as_of,retrieved,url,method_en,method_zh",
    )?;
    writeln!(out, "generated,GENERATED,Generated data,生成数据,,CC0-1.0,2026-01-01,,,Made by `trialweave generate`.,")?;
    let mut out = file(&folder.join("vocabulary/separators.csv"), "field,text")?;
    writeln!(out, "TARGET,|\nDISEASE,|\nREGIMEN,|")
}

fn vocabulary(folder: &Path, words: &Words) -> io::Result<()> {
    let vocabulary = folder.join("vocabulary");
    let mut out = file(&vocabulary.join("targets.csv"), "id,label_en,label_zh,kind,note")?;
    for (at, symbol) in words.targets.iter().enumerate() {
        writeln!(out, "t{at},{symbol},,ANTIGEN,{symbol} cell surface antigen {}", at + 1)?;
    }
    let mut out = file(&vocabulary.join("drugs.csv"), "id,label_en,label_zh,kind,default_role,note")?;
    for (at, (name, kind)) in words.drugs.iter().enumerate() {
        writeln!(out, "d{at},{name},,{kind},NOT_STATED,")?;
    }
    let mut out = file(&vocabulary.join("diseases.csv"), "id,label_en,label_zh,area,note")?;
    for (at, name) in words.diseases.iter().enumerate() {
        writeln!(out, "c{at},{name},,{},", if at == 0 { "OTHER" } else { "" })?;
    }
    let mut out = file(&vocabulary.join("disease_parents.csv"), "disease_id,parent_id")?;
    for (disease, parent) in &words.parents {
        writeln!(out, "c{disease},c{parent}")?;
    }
    out.flush()
}

const STATUS: [(&str, u64); 7] = [
    ("RECRUITING", 13),
    ("COMPLETED", 52),
    ("NOT_YET_RECRUITING", 4),
    ("ACTIVE_NOT_RECRUITING", 5),
    ("TERMINATED", 6),
    ("WITHDRAWN", 3),
    ("UNKNOWN", 17),
];
const PHASE: [(&str, u64); 8] = [
    ("EARLY_PHASE1", 2),
    ("PHASE1", 16),
    ("PHASE1|PHASE2", 6),
    ("PHASE2", 22),
    ("PHASE2|PHASE3", 3),
    ("PHASE3", 14),
    ("PHASE4", 10),
    ("NA", 27),
];

/// Registry number of a trial.
fn nct(trial: u32) -> String {
    format!("NCT{:08}", 100_000 + trial * 13)
}

fn trials(source: &Path, g: &Numbers, words: &Words, size: Size) -> io::Result<()> {
    let n = size.trials;
    let weights = |list: &[(&str, u64)]| list.iter().map(|(_, w)| *w).collect::<Vec<_>>();
    let (status, phase) = (g.pick(12, n, &weights(&STATUS)), g.pick(13, n, &weights(&PHASE)));
    let mut years: Vec<u32> = (0..n).map(|i| 2000 + ((g.unit(14, i).sqrt() * 27.0) as u32).min(26)).collect();
    let mut recent = 0;
    for (year, status) in years.iter_mut().zip(&status) {
        if *status == 0 || *status == 2 {
            *year = 2019 + g.below(15, recent, 8) as u32;
            recent += 1;
        }
    }
    let targets = g.fan(20, n, 1, &[60, 30, 10], size.targets, 3);
    let diseases = g.fan(30, n, 1, &[55, 25, 13, 7], size.diseases - 1, 2);
    let drugs = g.fan(40, n, 0, &[10, 30, 25, 15, 10, 6, 4], size.drugs, 2);
    let listed = g.fan(50, n, 0, &[40, 20, 15, 10, 8, 7], size.references, 2);
    let mut out = file(
        &source.join("rows.csv"),
        "table,row,registry_id,title,status,phase,target,disease,regimen,start_date,enrollment",
    )?;
    let mut links = file(&source.join("trial_references.csv"), "registry_id,reference_id")?;
    for t in 0..n {
        let at = t as usize;
        let names =
            |of: &[u32], name: &dyn Fn(u32) -> String| of.iter().map(|i| name(*i)).collect::<Vec<_>>().join("|");
        let target = names(&targets[at], &|i| words.targets[i as usize].clone());
        let disease = names(&diseases[at], &|i| words.diseases[i as usize + 1].clone());
        let drug = names(&drugs[at], &|i| words.drugs[i as usize].0.clone());
        let first_drug = drugs[at].first().map_or("standard care", |i| &words.drugs[*i as usize].0);
        let first_disease = &words.diseases[diseases[at][0] as usize + 1];
        let title = words.title(g, t, first_drug, first_disease, &words.targets[targets[at][0] as usize]);
        let u = g.unit(16, t);
        writeln!(
            out,
            "studies,{},{},{title},{},{},{target},{disease},{drug},{},{}",
            t + 1,
            nct(t),
            STATUS[status[at] as usize].0,
            PHASE[phase[at] as usize].0,
            years[at],
            5 + (u * u * u * u * 3000.0) as u32
        )?;
        for reference in &listed[at] {
            writeln!(links, "{},r{reference}", nct(t))?;
        }
    }
    links.flush()?;
    out.flush()
}

fn references(source: &Path, g: &Numbers, words: &Words, size: Size) -> io::Result<()> {
    let n = size.references;
    let mut out = file(
        &source.join("references.csv"),
        "id,marker,authors,et_al,title,journal,journal_printed,year,volume,issue,pages,reference_type,standing,language,\
         doi,doi_verification,pmid,pmid_verification,pmcid,pmcid_verification,url,defects,evidence",
    )?;
    for r in 0..n {
        let year = 1980 + (u64::from(r) * 47 / u64::from(n.max(1))) as u32;
        writeln!(
            out,
            "r{r},,,false,{},,,{year},,,,OTHER,PUBLISHED,en,,,{},RECALLED,,,,,",
            words.reference(g, r),
            10_000_000 + u64::from(r) * 3
        )?;
    }
    out.flush()?;
    let mut out = file(&source.join("reference_citations.csv"), "citing_id,cited_id")?;
    g.citations(n, size.citations, |citing, cited| writeln!(out, "r{citing},r{cited}"))?;
    out.flush()
}
