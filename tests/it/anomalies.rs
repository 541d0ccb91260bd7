//! What the printed texts of the real data mean: one test per anomaly of the sources that is about text, named as in
//! the notes of the review (A1 to I7). Anomalies of the cited works (G, H) and of running text are only held as notes.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use trialweave::dataset;
use trialweave::domain::{
    Dataset, DiseaseArea, DrugRole, Mapping, NodeKind, Phase, SourceField as F, TargetRole, Trial, TrialStatus,
};

use crate::support::repository;

const REVIEW: &str = "carnk-review-2025";
const REGISTRY: &str = "ctgov-2026-09";

fn data() -> &'static Dataset {
    static DATA: OnceLock<Dataset> = OnceLock::new();
    DATA.get_or_init(|| dataset::from_dir(&repository("data")).unwrap_or_else(|problems| panic!("{problems}")))
}

fn trial(id: &str) -> &'static Trial {
    data().trials.iter().find(|trial| trial.id == id).unwrap_or_else(|| panic!("no {id}"))
}

/// What a source says of a field, part by part: `value [printed]` and the qualifiers.
fn said(trial: &Trial, source: &str, field: F) -> Vec<String> {
    let assertions = trial.assertions.iter().filter(|a| a.source == source && a.field == field);
    assertions
        .map(|a| {
            let qualifiers: String = a.qualifiers.iter().map(|q| format!(" {q}")).collect();
            format!("{} [{}]{qualifiers}", a.value, a.printed)
        })
        .collect()
}

#[track_caller]
fn review(id: &str, field: F, expected: &[&str]) {
    assert_eq!(said(trial(id), REVIEW, field), expected, "{id} {field}");
}

/// All trials of which the review prints exactly this text, with the value that it has.
fn printed(field: F, text: &str) -> (usize, BTreeSet<String>) {
    let all = data().trials.iter().flat_map(|t| &t.assertions);
    let hits = all.filter(|a| a.source == REVIEW && a.field == field && a.printed == text);
    let values: Vec<String> = hits.map(|a| a.value.clone()).collect();
    (values.len(), values.into_iter().collect())
}

fn one(count: usize, value: &str) -> (usize, BTreeSet<String>) {
    (count, BTreeSet::from([value.to_owned()]))
}

fn conflicts(field: F) -> Vec<&'static str> {
    data().trials.iter().filter(|t| t.conflicts.iter().any(|c| c.field == field)).map(|t| t.id.as_str()).collect()
}

fn drugs(id: &str) -> Vec<&'static str> {
    trial(id).regimen.iter().flatten().map(|(drug, _)| drug.as_str()).collect()
}

fn noted(note: &str, kind: NodeKind, id: &str) -> bool {
    let note = data().notes.iter().find(|n| n.id == format!("{REVIEW}/{note}")).unwrap();
    note.subjects.contains(&(kind, id.to_owned()))
}

#[test]
fn counts() {
    let rows = |source: &str| data().trials.iter().flat_map(|t| &t.rows).filter(|r| r.source == source).count();
    assert_eq!((data().trials.len(), rows(REVIEW), rows(REGISTRY)), (105, 106, 104));
    let unmapped = data().trials.iter().flat_map(|t| &t.assertions);
    let of_review: Vec<_> = unmapped.filter(|a| a.source == REVIEW && a.mapping == Mapping::Unmapped).collect();
    assert!(of_review.is_empty(), "{of_review:?}");
}

#[test]
fn a1_one_trial_printed_twice() {
    let twice = trial("NCT05654038");
    assert_eq!(twice.rows.iter().filter(|row| row.source == REVIEW).count(), 2);
    let expected = [
        "disease:b-cell-lymphoma [B 细胞淋巴瘤]",
        "disease:leukemia [白血病]",
        "disease:lymphoma [淋巴瘤]",
        "disease:b-cell-malignancy [B 细胞血液系统恶性肿瘤]",
    ];
    review("NCT05654038", F::Disease, &expected);
    assert!(twice.targets.len() == 1 && drugs("NCT05654038") == ["hsct"]);
}

#[test]
fn a2_near_twins_stay_apart() {
    for id in ["NCT04796675", "NCT04796688", "NCT05842707", "NCT05667155", "NCT05570188"] {
        assert_eq!(trial(id).rows.iter().filter(|row| row.source == REVIEW).count(), 1, "{id}");
        assert!(noted("A2", NodeKind::Trial, id), "{id}");
    }
}

#[test]
fn a3_to_a5_products_that_are_something_else_are_noted() {
    assert!(noted("A3", NodeKind::Trial, "NCT05248048"));
    assert_eq!(said(trial("NCT05248048"), REGISTRY, F::Regimen), ["CAR-T infusion [CAR-T infusion]"]);
    assert!(noted("A4", NodeKind::Trial, "NCT06464861") && noted("A4", NodeKind::Trial, "NCT06596057"));
    assert!(noted("A5", NodeKind::Trial, "NCT02742727"));
}

#[test]
fn a7_one_trial_is_not_in_the_registry_extract() {
    let alone: Vec<_> =
        data().trials.iter().filter(|t| t.rows.iter().all(|r| r.source == REVIEW)).map(|t| t.id.as_str()).collect();
    assert_eq!(alone, ["NCT05528341"]);
    assert_eq!(trial("NCT05528341").title, None);
}

#[test]
fn b1_stray_particle() {
    review("NCT03579927", F::Target, &["target:cd19 [CD19 的]"]);
}

#[test]
fn b2_two_spellings_and_orders_of_one_target() {
    for text in ["CLL-1", "CLL1"] {
        assert_eq!(printed(F::Target, text).1, one(0, "target:cll-1").1, "{text}");
    }
    review("NCT05215015", F::Target, &["target:cd33 [CD33]", "target:cll-1 [CLL1]"]);
    review("NCT06367673", F::Target, &["target:cll-1 [CLL1]", "target:cd33 [CD33]"]);
}

#[test]
fn b3_and_b8_case() {
    assert_eq!(printed(F::Target, "Trop2"), one(1, "target:trop2"));
    assert_eq!(printed(F::Target, "TROP2"), one(3, "target:trop2"));
    assert_eq!(printed(F::Target, "ROBO1"), one(2, "target:robo1"));
}

#[test]
fn b4_stray_spaces_among_targets() {
    let expected =
        ["target:claudin6 [Claudin6]", "target:gpc3 [GPC3]", "target:mesothelin [间 皮素]", "target:axl [AXL]"];
    review("NCT05410717", F::Target, &expected);
}

#[test]
fn b5_one_target_of_two_genes() {
    review("NCT06342986", F::Target, &["target:mica-b [MICA/B]"]);
    let target = data().targets.iter().find(|t| t.concept.id == "mica-b").unwrap();
    assert_eq!(target.genes.iter().map(|g| g.symbol.as_str()).collect::<Vec<_>>(), ["MICA", "MICB"]);
}

#[test]
fn b6_receptors_are_binders() {
    let covid = trial("NCT04324996");
    let binders = [("nkg2d".to_owned(), TargetRole::Binder), ("ace2".to_owned(), TargetRole::Binder)];
    assert_eq!(covid.targets, binders);
    assert_eq!(covid.area, DiseaseArea::Other);
    assert_eq!(trial("NCT05842707").targets[1], ("cd70".to_owned(), TargetRole::Antigen));
}

#[test]
fn b7_logic_gate() {
    review("NCT06325748", F::Target, &["target:cd33 [CD33]", "target:flt3 [FLT3]"]);
    assert!(noted("B7", NodeKind::Trial, "NCT06325748"));
}

#[test]
fn c1_both_readings_of_colon_cancer_are_kept() {
    let both = "REFRACTORY METASTATIC";
    for id in ["NCT05213195", "NCT05248048"] {
        review(id, F::Disease, &[&format!("disease:colon-cancer [难治性转移性结肠癌] {both}")]);
        let registry = format!("disease:colorectal-cancer [Refractory Metastatic Colorectal Cancer] {both}");
        assert_eq!(said(trial(id), REGISTRY, F::Disease), [registry]);
        assert_eq!(trial(id).diseases.len(), 2);
    }
    review("NCT06358430", F::Disease, &["disease:colon-cancer [结肠癌]"]);
}

#[test]
fn c2_and_c3_synonyms() {
    for (text, count, value) in [
        ("R/R 血液系统恶性肿瘤", 1, "disease:hematologic-malignancy"),
        ("R/R 血液恶性肿瘤", 1, "disease:hematologic-malignancy"),
        ("B 细胞恶性肿瘤", 3, "disease:b-cell-malignancy"),
        ("B 细胞血液系统恶性肿瘤", 2, "disease:b-cell-malignancy"),
        ("B 淋巴恶性肿瘤", 2, "disease:b-cell-malignancy"),
        ("卵巢上皮癌", 1, "disease:epithelial-ovarian-cancer"),
        ("上皮性卵巢癌", 1, "disease:epithelial-ovarian-cancer"),
    ] {
        assert_eq!(printed(F::Disease, text), one(count, value), "{text}");
    }
}

#[test]
fn c4_seven_spellings_of_one_qualifier_pair() {
    for (id, expected) in [
        ("NCT05574608", "disease:aml [R/R AML] RELAPSED REFRACTORY"),
        ("NCT06464679", "disease:autoimmune-disease [复发难治性自身免疫性疾病] RELAPSED REFRACTORY"),
        ("NCT06614270", "disease:autoimmune-disease [难治性复发性自身免疫性疾病] RELAPSED REFRACTORY"),
        ("NCT06421701", "disease:sle [难治性/复发性 SLE] RELAPSED REFRACTORY"),
        ("NCT06631040", "disease:b-all [复发或耐药 B-ALL] RELAPSED DRUG_RESISTANT"),
    ] {
        review(id, F::Disease, &[expected]);
    }
}

#[test]
fn c4_c5_and_c11_the_longest_cell() {
    let expected = [
        "disease:sle [中度至重度活动性 SLE] ACTIVE MODERATE_TO_SEVERE",
        "disease:anca-vasculitis [复发或难治性抗中性粒细胞胞浆抗体相关血管炎] RELAPSED REFRACTORY",
        "disease:iim [难治性特发性炎症性疾病] REFRACTORY",
        "disease:dcssc [复发/难治性活动性弥漫性皮肤系统性硬化症] RELAPSED REFRACTORY ACTIVE",
    ];
    review("NCT06208280", F::Disease, &expected);
    assert!(noted("C5", NodeKind::Trial, "NCT06208280"));
}

#[test]
fn c6_line_wrap_spaces_and_the_reach_of_resistance() {
    let expected = [
        "disease:ovarian-cancer [耐药卵巢癌] DRUG_RESISTANT",
        "disease:mesonephric-like-adenocarcinoma [中肾样腺癌]",
        "disease:pancreatic-cancer [胰 腺癌]",
    ];
    review("NCT05922930", F::Disease, &expected);
    let expected = [
        "disease:ovarian-cancer [复发性卵巢癌] RECURRENT",
        "disease:fallopian-tube-cancer [输卵管癌] RECURRENT",
        "disease:primary-peritoneal-cancer [原 发性腹膜癌] RECURRENT",
    ];
    review("NCT06342986", F::Disease, &expected);
}

#[test]
fn c7_to_c10_the_registry_adds_diseases() {
    for (id, more) in [
        ("NCT05410717", "testicular-cancer"),
        ("NCT05410717", "endometrial-cancer"),
        ("NCT05092451", "hodgkin-lymphoma"),
        ("NCT06557265", "lupus-nephritis"),
        ("NCT06377228", "systemic-sclerosis"),
    ] {
        let place = trial(id).diseases.iter().position(|(disease, _)| disease == more);
        assert!(place.is_some_and(|place| place > 0), "{id} {more}");
        let asserted = trial(id).assertions.iter().filter(|a| a.entity() == Some((NodeKind::Disease, more)));
        assert!(asserted.into_iter().all(|a| a.source == REGISTRY), "{id} {more}");
    }
}

#[test]
fn c11_mixed_separators() {
    review("NCT06464965", F::Disease, &["disease:gastric-cancer [胃癌]", "disease:pancreatic-cancer [胰腺癌]"]);
    review("NCT02742727", F::Disease, &["disease:leukemia [白血病]", "disease:lymphoma [淋巴瘤]"]);
    // The 和 within a name is no separator.
    let whole = "disease:nk-t-cell-malignancy [R/R NK 和 T 细胞恶性肿瘤] RELAPSED REFRACTORY";
    review("NCT06699771", F::Disease, &[whole]);
}

#[test]
fn c12_a_leading_qualifier_reaches_the_whole_cell() {
    let both = "RELAPSED REFRACTORY";
    for id in ["NCT06690827", "NCT06006403"] {
        let bpdcn = format!("disease:bpdcn [母细胞性浆细胞样树突状细胞肿瘤] {both}");
        review(id, F::Disease, &[&format!("disease:aml [R/R AML] {both}"), &bpdcn]);
    }
    let leukemia = format!("disease:plasma-cell-leukemia [浆细胞白血病] {both}");
    review("NCT06045091", F::Disease, &[&format!("disease:multiple-myeloma [R/R MM] {both}"), &leukemia]);
    review(
        "NCT06596057",
        F::Disease,
        &[&format!("disease:b-cell-lymphoma [R/R B 细胞淋巴瘤] {both}"), &format!("disease:all [ALL] {both}")],
    );
}

#[test]
fn d_phases() {
    assert_eq!(printed(F::Phase, "I / II 期"), one(7, "PHASE1|PHASE2"));
    assert_eq!(printed(F::Phase, "I/II 期"), one(15, "PHASE1|PHASE2"));
    assert_eq!(printed(F::Phase, "早期阶段 1"), one(29, "EARLY_PHASE1"));
    assert_eq!(printed(F::Phase, "/"), one(5, "NA"));
    for id in ["NCT05734898", "NCT06594211", "NCT05776355", "NCT05845502", "NCT06614270"] {
        assert_eq!(trial(id).phases, [Phase::Na], "{id}");
    }
    assert_eq!(conflicts(F::Phase), ["NCT05247957", "NCT06557265", "NCT06733935"]);
    // The rule shows the registry's side first.
    let conflict = &trial("NCT05247957").conflicts[0];
    let sides: Vec<_> =
        conflict.sides.iter().map(|side| trial("NCT05247957").assertions[*side].value.as_str()).collect();
    assert_eq!((sides, &trial("NCT05247957").phases[..]), (vec!["NA", "PHASE1"], &[Phase::Na][..]));
}

#[test]
fn e_statuses() {
    assert_eq!(printed(F::Status, "不招募").1, one(0, "ACTIVE_NOT_RECRUITING").1);
    for (id, status) in [
        ("NCT05570188", TrialStatus::Withdrawn),
        ("NCT03579927", TrialStatus::Withdrawn),
        ("NCT06827782", TrialStatus::EnrollingByInvitation),
        ("NCT05472558", TrialStatus::Recruiting),
    ] {
        assert_eq!(trial(id).status, status, "{id}");
        assert_eq!(said(trial(id), REVIEW, F::Status), ["UNKNOWN [未知]"], "{id}");
    }
    assert_eq!(conflicts(F::Status).len(), 39);
}

#[test]
fn only_status_and_phase_conflict() {
    let fields: BTreeSet<F> = data().trials.iter().flat_map(|t| &t.conflicts).map(|c| c.field).collect();
    assert_eq!(fields, BTreeSet::from([F::Status, F::Phase]));
}

#[test]
fn f1_flu_is_fludarabine() {
    assert_eq!(printed(F::Regimen, "Flu"), one(49, "drug:fludarabine"));
}

#[test]
fn f2_a_name_fused_with_a_footnote_mark() {
    assert_eq!(drugs("NCT05618925"), ["cyclophosphamide", "fludarabine", "n-803", "rituximab"]);
    assert_eq!(printed(F::Regimen, "N-80 ^{3a}"), one(1, "drug:n-803"));
    assert_eq!(printed(F::Regimen, "N-803"), one(1, "drug:n-803"));
}

#[test]
fn f3_one_drug_under_two_names() {
    assert_eq!(printed(F::Regimen, "VP-16"), one(4, "drug:etoposide"));
    assert_eq!(printed(F::Regimen, "依托泊苷"), one(2, "drug:etoposide"));
}

#[test]
fn f4_separators_of_drugs_do_not_matter() {
    let pair = ["cyclophosphamide", "fludarabine"];
    let of_review = data().trials.iter().filter(|t| {
        t.rows
            .iter()
            .any(|r| r.source == REVIEW && r.cells.iter().any(|(f, text)| *f == F::Regimen && text == "Flu、Cy"))
    });
    let regimens: Vec<_> = of_review.map(|t| drugs(&t.id)).collect();
    assert_eq!(regimens.len(), 35);
    assert!(regimens.iter().all(|drugs| drugs == &pair));
    assert_eq!(drugs("NCT05739227"), ["cyclophosphamide", "etoposide", "fludarabine"]);
}

#[test]
fn f5_a_device_and_no_capsule() {
    assert_eq!(trial("NCT06827782").drugs, [("ommaya-reservoir".to_owned(), DrugRole::Device)]);
}

#[test]
fn f6_four_members_joined_by_and_or() {
    let expected = [
        "drug:il7-ccl19-car-nk [IL7/CCL19 分泌型 CAR-NK]",
        "drug:checkpoint-scfv-car-nk [PD-1/PD-L1/CTLA4 分泌 CAR-NK]",
        "drug:cannabidiol [大麻二 酚 (CBD)]",
        "drug:nad [烟酰胺腺嘌 呤二核苷酸 (NAD)]",
    ];
    review("NCT05410717", F::Regimen, &expected);
}

#[test]
fn f7_a_slash_is_none_reported() {
    assert_eq!(printed(F::Regimen, "/"), one(37, "NONE_REPORTED"));
    let trial = trial("NCT06464965");
    assert_eq!(trial.regimen, None);
    // The registry's drugs are not lost by it.
    let drugs: BTreeSet<_> = trial.drugs.iter().map(|(drug, _)| drug.as_str()).collect();
    assert_eq!(drugs, BTreeSet::from(["cyclophosphamide", "fludarabine"]));
}

#[test]
fn f8_the_regimen_is_the_reviews_and_the_drugs_are_everyones() {
    assert_eq!(drugs("NCT06557265"), ["cyclophosphamide"]);
    assert!(trial("NCT06557265").drugs.iter().any(|(drug, _)| drug == "fludarabine"));
}

#[test]
fn f9_a_class_for_its_agents() {
    assert_eq!(printed(F::Regimen, "淋巴细胞清除化疗"), one(6, "drug:lymphodepletion"));
}

#[test]
fn f10_a_safety_switch() {
    for id in ["NCT06066424", "NCT06358430", "NCT03056339"] {
        let switch = ("rimiducid".to_owned(), DrugRole::SafetySwitchActivator);
        assert!(trial(id).drugs.contains(&switch), "{id}");
    }
    assert!(!drugs("NCT03056339").contains(&"rimiducid"));
}

#[test]
fn f11_line_wrap_spaces_in_names_of_drugs() {
    for (text, drug) in
        [("美 法仑", "drug:melphalan"), ("奥比 妥珠单抗", "drug:obinutuzumab"), ("利妥昔单 抗", "drug:rituximab")]
    {
        assert_eq!(printed(F::Regimen, text), one(1, drug), "{text}");
    }
}

#[test]
fn f12_a_renamed_column_is_the_same_field() {
    let source = data().sources.iter().find(|s| s.id == REVIEW).unwrap();
    let heads: Vec<_> =
        source.tables.iter().filter_map(|t| t.columns.last()).map(|(f, head)| (*f, head.as_str())).collect();
    assert_eq!(heads, [(F::Regimen, "联合治疗"), (F::Regimen, "联合治疗"), (F::Regimen, "联合用药")]);
}

#[test]
fn g_and_h_statements_and_references_carry_their_remarks() {
    let of = |letter: &str| data().notes.iter().filter(|n| n.id.starts_with(&format!("{REVIEW}/{letter}"))).count();
    assert_eq!((of("G"), of("H")), (8, 12));
    let defects = data().references.iter().filter(|r| !r.defects.is_empty()).count();
    assert!(defects >= 10, "{defects}");
}

#[test]
fn i_cells_stay_verbatim() {
    let cells = |id: &str| {
        trial(id).rows.iter().filter(|r| r.source == REVIEW).flat_map(|r| r.cells.clone()).collect::<Vec<_>>()
    };
    assert!(cells("NCT05618925").contains(&(F::Regimen, "Flu+Cy+N-80 ^{3a} +利妥昔单 抗".to_owned())));
    assert!(cells("NCT03579927").contains(&(F::Phase, "I / II 期".to_owned())));
    assert!(cells("NCT05410717").contains(&(F::Target, "Claudin6/ GPC3/间 皮素/AXL".to_owned())));
}
