//! Random filters, each as a client may send it.

use serde_json::{Map, Value, json};

use super::fits::{optional, words_of};
use super::{Dice, World, id, list, texts};

const STATUSES: [&str; 7] =
    ["RECRUITING", "COMPLETED", "UNKNOWN", "TERMINATED", "WITHDRAWN", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING"];
const PHASES: [&str; 6] = ["NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"];
const AREAS: [&str; 3] = ["HEMATOLOGIC", "SOLID", "OTHER"];
const ROLES: [&str; 6] =
    ["LYMPHODEPLETION", "COMBINATION_PARTNER", "CYTOKINE_SUPPORT", "TRANSPLANT", "OTHER", "NOT_STATED"];
const QUALIFIERS: [&str; 6] = ["RELAPSED", "REFRACTORY", "ADVANCED", "METASTATIC", "ADULT", "RECURRENT"];
const EXPAND: [&str; 5] = ["SELF", "CHILDREN", "DESCENDANTS", "PARENTS", "ANCESTORS"];

impl World {
    pub(super) fn words(dice: &mut Dice, all: &[&str]) -> Value {
        match dice.roll(4) {
            0 => json!({ "eq": dice.pick(all) }),
            1 => json!({ "in": dice.some(all, 3), "notIn": dice.some(all, 1) }),
            2 => json!({ "notIn": dice.some(all, 3) }),
            _ => json!({ "in": dice.some(all, 3) }),
        }
    }

    pub(super) fn ids(&self, dice: &mut Dice, kind: &str) -> Value {
        let all: Vec<String> = self.list(kind).iter().map(id).collect();
        match dice.roll(3) {
            0 => json!({ "eq": dice.pick(&all) }),
            1 => json!({ "notIn": dice.some(&all, 9) }),
            _ => json!({ "in": dice.some(&all, all.len().min(12)) }),
        }
    }

    /// A test of a text that some text here passes.
    pub(super) fn text(dice: &mut Dice, texts: &[String]) -> Value {
        if texts.is_empty() || dice.chance(10) {
            return json!({ "isNull": dice.chance(50) });
        }
        let text = dice.pick(texts).clone();
        let chars: Vec<char> = text.chars().collect();
        let part = |from: usize, to: usize| chars[from..to.max(from + 1).min(chars.len())].iter().collect::<String>();
        let from = dice.roll(chars.len());
        match dice.roll(6) {
            0 if text.chars().any(char::is_alphanumeric) => {
                let words: Vec<_> = words_of(&text).into_iter().collect();
                json!({ "words": dice.some(&words, 2).join(*dice.pick(&[" ", ", ", "-"])).to_uppercase() })
            }
            0 | 5 => json!({ "eq": text.to_uppercase() }),
            1 => json!({ "ne": text }),
            2 => json!({ "in": [text, dice.pick(texts)] }),
            3 => json!({ "startsWith": part(0, 1 + dice.roll(4)).to_lowercase() }),
            _ => json!({ "contains": part(from, from + 1 + dice.roll(4)) }),
        }
    }

    pub(super) fn number(dice: &mut Dice, low: usize, high: usize) -> Value {
        let at = low + dice.roll(high - low);
        match dice.roll(7) {
            0 => json!({ "eq": at }),
            1 => json!({ "ne": at }),
            2 => json!({ "in": [at, low + dice.roll(high - low)] }),
            3 => json!({ "gt": at, "lte": at + 1 + dice.roll(high - low) }),
            4 => json!({ "lt": at + 1 }),
            5 => json!({ "isNull": dice.chance(50) }),
            _ => json!({ "gte": at }),
        }
    }

    pub(super) fn date(dice: &mut Dice) -> Value {
        let mut date = || {
            let year = 2010 + dice.roll(17);
            match dice.roll(3) {
                0 => format!("{year}"),
                1 => format!("{year}-{:02}", 1 + dice.roll(12)),
                _ => format!("{year}-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28)),
            }
        };
        let (a, b) = (date(), date());
        match dice.roll(7) {
            0 => json!({ "eq": a }),
            1 => json!({ "ne": a }),
            2 => json!({ "in": [a, b] }),
            3 => json!({ "gt": a }),
            4 => json!({ "lte": a }),
            5 => json!({ "lt": a }),
            _ => json!({ "gte": a }),
        }
    }

    pub(super) fn relation(&self, dice: &mut Dice, kind: &'static str, depth: usize) -> Value {
        let mut test = Map::new();
        if kind == "diseases" && dice.chance(40) {
            let name = *dice.pick(&["includesAny", "includesAll", "excludes"]);
            test.insert("qualifiers".into(), json!({ name: dice.some(&QUALIFIERS, 2) }));
        }
        if kind == "drugs" && dice.chance(40) {
            test.insert("role".into(), Self::words(dice, &ROLES));
        }
        let inner = |dice: &mut Dice| {
            if kind == "trials" { self.trial_filter(dice, depth + 1) } else { self.node_filter(dice, kind, depth + 1) }
        };
        for name in ["some", "every", "none"] {
            if dice.chance(35) {
                let filter = inner(dice);
                test.insert(name.into(), filter);
            }
        }
        if dice.chance(25) {
            let mut count = Self::number(dice, 0, 4);
            if count.get("isNull").is_some() {
                count = json!({ "gte": 1 });
            }
            test.insert("count".into(), count);
        }
        Value::Object(test)
    }

    /// A random filter of trials.
    pub fn trial_filter(&self, dice: &mut Dice, depth: usize) -> Value {
        let mut filter = Map::new();
        for _ in 0..=dice.roll(if depth == 0 { 3 } else { 2 }) {
            let (name, test) = self.trial_clause(dice, depth);
            filter.insert(name.to_owned(), test);
        }
        Value::Object(filter)
    }

    pub(super) fn trial_clause(&self, dice: &mut Dice, depth: usize) -> (&'static str, Value) {
        let all = |field: &dyn Fn(&Value) -> Vec<String>| self.trials.iter().flat_map(field).collect::<Vec<_>>();
        let drugs: Vec<String> = self.list("drugs").iter().map(id).collect();
        match dice.roll(if depth < 3 { 24 } else { 12 }) {
            0 => ("id", self.ids(dice, "trials")),
            1 => ("status", Self::words(dice, &STATUSES)),
            2 => {
                let name = *dice.pick(&["includesAny", "exactly"]);
                let phase = json!({ name: dice.some(&PHASES, 2) });
                ("phase", if dice.chance(15) { json!({ "isEmpty": dice.chance(50) }) } else { phase })
            }
            3 => ("area", Self::words(dice, &AREAS)),
            4 => {
                // Sets of drugs that are used, mostly.
                let used: Vec<&Value> = self.trials.iter().map(|t| &t["regimen"]).filter(|r| !r.is_null()).collect();
                let mut these = dice.some(&drugs, 2);
                if !used.is_empty() && dice.chance(70) {
                    let members = list(&dice.pick(&used)["drugs"]).iter();
                    these = members.map(|m| id(&m["drug"])).collect();
                }
                let name = *dice.pick(&["exactly", "containsAll", "containsAny"]);
                let mut test = json!({ name: these });
                if dice.chance(20) {
                    test = json!({ "isEmpty": dice.chance(50) });
                }
                if dice.chance(40) {
                    test["role"] = json!(dice.pick(&ROLES));
                }
                ("regimen", test)
            }
            5 => ("startDate", Self::date(dice)),
            6 => ("startYear", Self::number(dice, 2012, 2026)),
            7 => ("enrollment", Self::number(dice, 0, 120)),
            8 => ("country", Self::text(dice, &all(&|t| texts(&t["countries"])))),
            9 => match dice.roll(3) {
                0 => ("title", Self::text(dice, &all(&|t| optional(&t["title"])))),
                1 => ("sponsorClass", Self::words(dice, &["INDUSTRY", "OTHER", "NIH", "UNKNOWN"])),
                _ => ("sponsor", Self::text(dice, &all(&|t| optional(&t["sponsor"]["name"])))),
            },
            10 => match dice.roll(3) {
                0 => ("hasConflict", json!(dice.chance(50))),
                1 => ("hasReference", json!(dice.chance(50))),
                _ => (
                    *dice.pick(&["product", "cellSource", "targetLogic", "whyStopped"]),
                    json!({ "isNull": dice.chance(70) }),
                ),
            },
            11 => {
                let rows = all(&|t| list(&t["rows"]).iter().map(|r| id(&r["source"])).collect());
                let source = dice.pick(&rows).clone();
                ("source", json!({ *dice.pick(&["in", "notIn"]): [source] }))
            }
            12..=14 => ("target", self.relation(dice, "targets", depth)),
            15..=16 => ("disease", self.relation(dice, "diseases", depth)),
            17..=18 => ("drug", self.relation(dice, "drugs", depth)),
            19 => ("reference", self.relation(dice, "references", depth)),
            20 => ("statement", self.relation(dice, "statements", depth)),
            21 => ("not", self.trial_filter(dice, depth + 1)),
            22 => ("or", json!((0..=dice.roll(2)).map(|_| self.trial_filter(dice, depth + 1)).collect::<Vec<_>>())),
            _ => ("and", json!((0..=dice.roll(2)).map(|_| self.trial_filter(dice, depth + 1)).collect::<Vec<_>>())),
        }
    }

    /// A random filter of nodes of a kind.
    pub fn node_filter(&self, dice: &mut Dice, kind: &'static str, depth: usize) -> Value {
        let mut filter = Map::new();
        for _ in 0..=dice.roll(2) {
            let (name, test) = self.node_clause(dice, kind, depth);
            filter.insert(name.to_owned(), test);
        }
        Value::Object(filter)
    }

    pub(super) fn node_clause(&self, dice: &mut Dice, kind: &'static str, depth: usize) -> (&'static str, Value) {
        let nodes = self.list(kind);
        if nodes.is_empty() {
            return ("not", json!({}));
        }
        let deep = depth < 3;
        match dice.roll(if deep { 9 } else { 5 }) {
            0 => ("id", self.ids(dice, kind)),
            1 | 2 => {
                let field = |name: &str| nodes.iter().flat_map(|n| optional(&n[name])).collect::<Vec<_>>();
                match kind {
                    "targets" => ("kind", Self::words(dice, &["ANTIGEN", "ANTIGEN_GROUP", "BINDER", "MOLECULE"])),
                    "diseases" => {
                        let ids: Vec<_> = nodes.iter().map(id).collect();
                        ("within", json!({ "id": dice.pick(&ids), "expand": dice.pick(&EXPAND) }))
                    }
                    "drugs" if dice.chance(50) => ("defaultRole", Self::words(dice, &ROLES)),
                    "drugs" => ("kind", Self::words(dice, &["SMALL_MOLECULE", "ANTIBODY", "CYTOKINE", "PROCEDURE"])),
                    "regimens" => ("drug", self.relation(dice, "drugs", depth)),
                    "references" => match dice.roll(4) {
                        0 => ("year", Self::number(dice, 2015, 2026)),
                        1 => ("journal", Self::text(dice, &field("journal"))),
                        2 => ("standing", Self::words(dice, &["PUBLISHED", "NOT_PEER_REVIEWED"])),
                        _ => {
                            ("referenceType", Self::words(dice, &["REVIEW", "CLINICAL_TRIAL", "OTHER", "CASE_REPORT"]))
                        }
                    },
                    _ => match dice.roll(5) {
                        0 => ("section", Self::text(dice, &field("section"))),
                        1 => ("hasCuratorNote", json!(dice.chance(50))),
                        2 => {
                            let subjects: Vec<_> =
                                self.statements_of.keys().filter(|k| !k.starts_with("ref")).collect();
                            let mut sorted: Vec<_> = subjects.into_iter().cloned().collect();
                            sorted.sort();
                            ("about", json!(dice.pick(&sorted)))
                        }
                        3 => ("cites", self.node_filter(dice, "references", depth + 1)),
                        _ => ("statementType", Self::words(dice, &["EFFICACY", "SAFETY", "BACKGROUND", "CHALLENGE"])),
                    },
                }
            }
            3 | 4 if matches!(kind, "targets" | "diseases" | "drugs" | "references") => {
                let names = nodes.iter().flat_map(|n| list(&n["labels"]).iter().chain(list(&n["synonyms"])));
                let names: Vec<_> = names.map(|n| n["text"].as_str().unwrap().to_owned()).collect();
                let test = Self::text(dice, &names);
                ("label", if test.get("isNull").is_some() { json!({ "isNull": false }) } else { test })
            }
            5 => ("trial", self.relation(dice, "trials", depth)),
            6 if matches!(kind, "targets" | "diseases" | "drugs" | "references") => {
                ("statement", self.relation(dice, "statements", depth))
            }
            7 => ("not", self.node_filter(dice, kind, depth + 1)),
            _ => ("or", json!((0..=dice.roll(2)).map(|_| self.node_filter(dice, kind, 3)).collect::<Vec<_>>())),
        }
    }
}
