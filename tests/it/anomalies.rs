//! What the printed texts of the real data mean: one test per anomaly of the sources that is about text, named as in
//! the notes of the review (A1 to I7). Anomalies of the cited works (G, H) and of running text are only held as notes.

mod diseases;
mod drugs;
mod targets;

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
