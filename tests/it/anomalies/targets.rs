//! What the printed targets mean: B1 to B8.

use super::*;

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
