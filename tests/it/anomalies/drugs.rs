//! What the printed drugs mean: F1 to F12.

use super::*;

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
