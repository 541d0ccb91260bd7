//! What the printed diseases mean: C1 to C12.

use super::*;

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
