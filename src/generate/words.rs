//! What are generated things called?
//!
//! Must not know: files.

use super::Size;
use super::numbers::Numbers;

const SITE: &str = "lung breast colon liver gastric ovarian renal bladder skin brain thyroid pancreatic prostate cervical \
                    bone nasal ocular cardiac hepatic splenic dermal neural marrow lymph";
const TYPE: &str = "carcinoma lymphoma leukemia sarcoma melanoma myeloma glioma neuroblastoma adenoma fibrosis syndrome \
                    disorder infection anemia nephritis sclerosis diabetes arthritis";
const ADJECTIVE: &str = "acute chronic relapsed refractory metastatic juvenile congenital idiopathic primary secondary \
                         recurrent advanced diffuse follicular invasive early";
const STEM: &str = "abi bel cet dor evo fil gal hux ibra jol kar lum mova nil oxa pem quiz rib sol tav uro vel wex xil \
                    yora zan tram crux";
const SUFFIX: &str = "mab tinib leucel ciclib platin stat vir cept limus zumab parib degib";
const GENE: &str = "CD EGF HER MUC NKG IL TNF BCM PDL GPC ROR FLT MES PSM CLD TRO";
const VERB: &str = "study evaluation trial investigation assessment comparison";
const AIM: &str = "safety efficacy tolerability pharmacokinetics survival dosing maintenance induction";
const WITH: &str = "autologous allogeneic engineered combined adjuvant neoadjuvant randomized placebo controlled open \
                    label multicenter single arm dose escalation expansion cord blood infusion cell therapy \
                    chemotherapy radiation transplant";
const KIND: [(&str, u64); 6] =
    [("SMALL_MOLECULE", 5), ("ANTIBODY", 3), ("CELL_THERAPY", 2), ("CYTOKINE", 1), ("VACCINE", 1), ("GENE_THERAPY", 1)];

/// Names of all vocabularies.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) targets: Vec<String>,
    pub(super) drugs: Vec<(String, &'static str)>,
    pub(super) diseases: Vec<String>,
    /// Disease and broader disease, sorted.
    pub(super) parents: Vec<(u32, u32)>,
}

fn list(words: &'static str) -> Vec<&'static str> {
    words.split_whitespace().collect()
}

impl Words {
    pub(super) fn new(g: &Numbers, size: Size) -> Self {
        let (genes, stems, suffixes) = (list(GENE), list(STEM), list(SUFFIX));
        let of = |words: &[&'static str], stream, i| words[g.below(stream, i, words.len() as u64) as usize];
        let targets = (0..size.targets).map(|i| format!("{}{}", of(&genes, 1, i), i + 1)).collect();
        let kinds = g.pick(5, size.drugs, &KIND.map(|(_, w)| w));
        let drugs = (0..size.drugs)
            .map(|i| {
                let name = format!("{}{}{}-{}", of(&stems, 2, i), of(&stems, 3, i), of(&suffixes, 4, i), i + 1);
                (name, KIND[kinds[i as usize] as usize].0)
            })
            .collect();
        let (diseases, parents) = hierarchy(g, size.diseases);
        Self { targets, drugs, diseases, parents }
    }

    pub(super) fn title(&self, g: &Numbers, trial: u32, drug: &str, disease: &str, target: &str) -> String {
        let (with, verbs, aims) = (list(WITH), list(VERB), list(AIM));
        let of = |words: &[&'static str], stream| words[g.below(stream, trial, words.len() as u64) as usize];
        format!(
            "A {} {} {} of {drug} for {} in {disease} targeting {target}",
            of(&with, 19),
            of(&with, 60),
            of(&verbs, 17),
            of(&aims, 18)
        )
    }

    pub(super) fn reference(&self, g: &Numbers, r: u32) -> String {
        let of = |words: &'static str, stream| {
            let words = list(words);
            words[g.below(stream, r, words.len() as u64) as usize]
        };
        let drug = &self.drugs[g.below(74, r, self.drugs.len() as u64) as usize].0;
        format!("{} of {drug} in {} {} {}", of(AIM, 70), of(ADJECTIVE, 71), of(SITE, 72), of(TYPE, 73))
    }
}

/// Names of diseases and who is broader: 0 is the root, then some categories, the rest below them; a few have two.
fn hierarchy(g: &Numbers, count: u32) -> (Vec<String>, Vec<(u32, u32)>) {
    let (sites, types, adjectives) = (list(SITE), list(TYPE), list(ADJECTIVE));
    let categories = 20.min(count / 3);
    let mut names = vec!["disease".to_owned()];
    for k in 1..count {
        let at = |words: &[&'static str], stream| words[g.below(stream, k, words.len() as u64) as usize];
        names.push(if k <= categories {
            let (ty, site) = (types[(k as usize - 1) % types.len()], sites[k as usize % sites.len()]);
            format!("{ty} {site} group")
        } else {
            format!("{} {} {} type {k}", at(&adjectives, 8), at(&sites, 6), at(&types, 7))
        });
    }
    let mut parents: Vec<(u32, u32)> = (1..=categories).map(|k| (k, 0)).collect();
    let mut seconds = 0;
    for (number, k) in (categories + 1..count).enumerate() {
        let reach = f64::from(categories.max((k - 1) / 4));
        parents.push((k, (1 + (g.unit(9, number as u32) * reach) as u32).min(k - 1)));
        if g.below(10, number as u32, 100) < 15 {
            parents.push((k, 1 + g.below(11, seconds, u64::from(k) - 1) as u32));
            seconds += 1;
        }
    }
    parents.sort_unstable();
    parents.dedup();
    (names, parents)
}
