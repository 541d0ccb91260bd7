//! Does a node fit a filter? Decided by looking at it, without index, bitmap or any code of the server.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{World, id, list, texts};

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether texts (the names of a node, the countries of a trial) pass: each test by one of them, `ne` by all.
fn text_fits(test: &Value, texts: &[String]) -> bool {
    test.as_object().unwrap().iter().all(|(name, wanted)| {
        let one =
            |fits: &dyn Fn(&str, &str) -> bool| texts.iter().any(|t| fits(&fold(t), &fold(wanted.as_str().unwrap())));
        match name.as_str() {
            "eq" => one(&|t, w| t == w),
            "ne" => !one(&|t, w| t == w),
            "contains" => one(&|t, w| t.contains(w)),
            "startsWith" => one(&|t, w| t.starts_with(w)),
            "in" => list(wanted).iter().any(|w| texts.iter().any(|t| fold(t) == fold(w.as_str().unwrap()))),
            "words" => texts.iter().any(|t| words_of(wanted.as_str().unwrap()).is_subset(&words_of(t))),
            "isNull" => wanted.as_bool().unwrap() == texts.is_empty(),
            other => panic!("{other}"),
        }
    })
}

/// Greek letters that names of proteins and diseases hold, and how they are spelt out.
const GREEK: [(char, &str); 14] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('ω', "omega"),
];

/// Runs of letters and digits, without accents, Greek letters by their names; Chinese characters one by one.
pub(super) fn words_of(text: &str) -> BTreeSet<String> {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let spelt: String = plain
        .map(|c| {
            GREEK.iter().find(|(letter, _)| *letter == c).map_or_else(|| c.to_string(), |(_, name)| (*name).into())
        })
        .collect();
    let spaced: String = spelt.chars().flat_map(|c| if c > '\u{2e7f}' { vec![' ', c, ' '] } else { vec![c] }).collect();
    spaced.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

pub(super) fn optional(value: &Value) -> Vec<String> {
    value.as_str().map(str::to_owned).into_iter().collect()
}

fn number_fits(test: &Value, value: Option<i64>) -> bool {
    test.as_object().unwrap().iter().all(|(name, wanted)| {
        let is = |fits: &dyn Fn(i64, i64) -> bool| value.is_some_and(|v| fits(v, wanted.as_i64().unwrap()));
        match name.as_str() {
            "eq" => is(&|v, w| v == w),
            "ne" => !is(&|v, w| v == w),
            "gt" => is(&|v, w| v > w),
            "gte" => is(&|v, w| v >= w),
            "lt" => is(&|v, w| v < w),
            "lte" => is(&|v, w| v <= w),
            "in" => list(wanted).iter().any(|w| value == w.as_i64()),
            "isNull" => wanted.as_bool().unwrap() == value.is_none(),
            other => panic!("{other}"),
        }
    })
}

/// Dates as texts: `2019` comes before `2019-05` and stands for it as well.
fn date_fits(test: &Value, value: Option<&str>) -> bool {
    let within = |v: &str, w: &str| v == w || v.starts_with(&format!("{w}-"));
    test.as_object().unwrap().iter().all(|(name, wanted)| {
        let is = |fits: &dyn Fn(&str, &str) -> bool| value.is_some_and(|v| fits(v, wanted.as_str().unwrap()));
        match name.as_str() {
            "eq" => is(&within),
            "ne" => !is(&within),
            "gte" => is(&|v, w| v >= w),
            "lt" => is(&|v, w| v < w),
            "lte" => is(&|v, w| v < w || within(v, w)),
            "gt" => is(&|v, w| v > w && !within(v, w)),
            "in" => list(wanted).iter().any(|w| value.is_some_and(|v| within(v, w.as_str().unwrap()))),
            "isNull" => wanted.as_bool().unwrap() == value.is_none(),
            other => panic!("{other}"),
        }
    })
}

fn word_fits(test: &Value, value: &Value) -> bool {
    test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
        "eq" => value == wanted,
        "in" => list(wanted).contains(value),
        "notIn" => !list(wanted).contains(value),
        other => panic!("{other}"),
    })
}

fn ids_fit(test: &Value, has: &dyn Fn(&Value) -> bool) -> bool {
    test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
        "eq" => has(wanted),
        "in" => list(wanted).iter().any(has),
        "notIn" => !list(wanted).iter().any(has),
        other => panic!("{other}"),
    })
}

/// Whether the links that a relation filter looks at are as it says.
fn links_fit<'a>(
    test: &Value,
    links: &[&'a Value],
    fits: &dyn Fn(&Value, &'a Value) -> bool,
    restricted: bool,
) -> bool {
    let asked = ["some", "every", "none", "count"].iter().any(|name| test.get(name).is_some());
    if restricted && !asked && links.is_empty() {
        return false;
    }
    test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
        "some" => links.iter().any(|l| fits(wanted, l)),
        "every" => links.iter().all(|l| fits(wanted, l)),
        "none" => !links.iter().any(|l| fits(wanted, l)),
        "count" => number_fits(wanted, Some(links.len() as i64)),
        "role" | "qualifiers" => true,
        other => panic!("{other}"),
    })
}

fn qualifiers_fit(test: &Value, has: &Value) -> bool {
    let has = |q: &Value| list(has).contains(q);
    test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
        "includes" => has(wanted),
        "includesAll" => list(wanted).iter().all(has),
        "includesAny" => list(wanted).iter().any(has),
        "excludes" => !list(wanted).iter().any(has),
        other => panic!("{other}"),
    })
}

impl World {
    pub(super) fn set_fits(test: &Value, regimen: &Value) -> bool {
        let members: BTreeSet<&str> = list(&regimen["drugs"])
            .iter()
            .filter(|m| test.get("role").is_none_or(|role| m["role"] == *role))
            .map(|m| m["drug"]["id"].as_str().unwrap())
            .collect();
        let these = |wanted: &Value| -> BTreeSet<String> { texts(wanted).into_iter().collect() };
        test.as_object().unwrap().iter().all(|(name, wanted)| match name.as_str() {
            "exactly" => these(wanted).iter().map(String::as_str).collect::<BTreeSet<_>>() == members,
            "containsAll" => these(wanted).iter().all(|d| members.contains(d.as_str())),
            "containsAny" => these(wanted).iter().any(|d| members.contains(d.as_str())),
            "isEmpty" => wanted.as_bool().unwrap() == members.is_empty(),
            "role" => true,
            other => panic!("{other}"),
        })
    }

    /// Whether a trial fits a filter.
    pub fn trial_fits(&self, filter: &Value, trial: &Value) -> bool {
        filter.as_object().unwrap().iter().all(|(name, test)| self.trial_test(name, test, trial))
    }

    pub(super) fn trial_test(&self, name: &str, test: &Value, trial: &Value) -> bool {
        match name {
            "and" => list(test).iter().all(|f| self.trial_fits(f, trial)),
            "or" => list(test).iter().any(|f| self.trial_fits(f, trial)),
            "not" => !self.trial_fits(test, trial),
            "id" => ids_fit(test, &|wanted| *wanted == trial["id"]),
            "status" => word_fits(test, &trial["status"]),
            "area" => word_fits(test, &trial["area"]),
            "phase" => test.as_object().unwrap().iter().all(|(name, wanted)| {
                let has = |p: &Value| list(&trial["phases"]).contains(p);
                match name.as_str() {
                    "includes" => has(wanted),
                    "includesAny" => list(wanted).iter().any(has),
                    "exactly" => {
                        list(wanted).iter().all(has) && list(&trial["phases"]).iter().all(|p| list(wanted).contains(p))
                    }
                    "isEmpty" => wanted.as_bool().unwrap() == list(&trial["phases"]).is_empty(),
                    other => panic!("{other}"),
                }
            }),
            "target" => self.links("targets", "target", test, trial, &|_| true),
            "disease" => {
                let wanted = test.get("qualifiers");
                self.links("diseases", "disease", test, trial, &|link| {
                    wanted.is_none_or(|w| qualifiers_fit(w, &link["qualifiers"]))
                })
            }
            "drug" => {
                let wanted = test.get("role");
                self.links("drugs", "drug", test, trial, &|link| wanted.is_none_or(|w| word_fits(w, &link["role"])))
            }
            "reference" | "statement" => {
                let kind = if name == "reference" { "references" } else { "statements" };
                let nodes: Vec<&Value> = list(&trial[kind]["nodes"]).iter().collect();
                links_fit(test, &nodes, &|f, n| self.node_fits(kind, f, self.node(&id(n))), false)
            }
            "regimen" => Self::set_fits(test, &trial["regimen"]),
            "source" => {
                let rows = list(&trial["rows"]);
                ids_fit(test, &|wanted| rows.iter().any(|r| r["source"]["id"] == *wanted))
            }
            "startDate" => date_fits(test, trial["startDate"].as_str()),
            "startYear" => number_fits(test, trial["startDate"].as_str().map(|d| d[..4].parse().unwrap())),
            "enrollment" => number_fits(test, trial["enrollment"].as_i64()),
            "country" => text_fits(test, &texts(&trial["countries"])),
            "sponsor" => text_fits(test, &optional(&trial["sponsor"]["name"])),
            "sponsorClass" => !trial["sponsor"].is_null() && word_fits(test, &trial["sponsor"]["class"]),
            "title" => text_fits(test, &optional(&trial["title"])),
            "product" | "cellSource" | "targetLogic" | "whyStopped" => text_fits(test, &[]),
            "hasConflict" => test.as_bool().unwrap() != list(&trial["conflicts"]).is_empty(),
            "hasReference" => test.as_bool().unwrap() != list(&trial["references"]["nodes"]).is_empty(),
            other => panic!("{other}"),
        }
    }

    pub(super) fn links(
        &self,
        list_of: &str,
        end: &str,
        test: &Value,
        owner: &Value,
        looked_at: &dyn Fn(&Value) -> bool,
    ) -> bool {
        let kind = match end {
            "target" => "targets",
            "disease" => "diseases",
            _ => "drugs",
        };
        let links: Vec<&Value> = list(&owner[list_of]).iter().filter(|l| looked_at(l)).collect();
        let restricted = test.get("role").is_some() || test.get("qualifiers").is_some();
        links_fit(test, &links, &|f, l| self.node_fits(kind, f, self.node(&id(&l[end]))), restricted)
    }

    /// Whether a node of a kind fits a filter.
    pub fn node_fits(&self, kind: &str, filter: &Value, node: &Value) -> bool {
        filter.as_object().unwrap().iter().all(|(name, test)| self.node_test(kind, name, test, node))
    }

    pub(super) fn node_test(&self, kind: &str, name: &str, test: &Value, node: &Value) -> bool {
        match name {
            "and" => list(test).iter().all(|f| self.node_fits(kind, f, node)),
            "or" => list(test).iter().any(|f| self.node_fits(kind, f, node)),
            "not" => !self.node_fits(kind, test, node),
            "id" => ids_fit(test, &|wanted| *wanted == node["id"]),
            "label" => {
                let names = list(&node["labels"]).iter().chain(list(&node["synonyms"]));
                text_fits(test, &names.map(|n| n["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
            }
            "kind" | "defaultRole" | "area" | "referenceType" | "standing" | "statementType" => {
                word_fits(test, &node[name])
            }
            "within" => {
                let expand = test.get("expand").and_then(Value::as_str).unwrap_or("DESCENDANTS");
                self.scope(test["id"].as_str().unwrap(), expand).contains(&id(node))
            }
            "trial" => {
                let trials = self.trials_of(&id(node));
                let trials: Vec<&Value> = trials.iter().map(|t| self.node(t)).collect();
                links_fit(test, &trials, &|f, t| self.trial_fits(f, t), false)
            }
            "statement" => {
                let statements = self.statements(node);
                let statements: Vec<&Value> = statements.iter().map(|s| self.node(s)).collect();
                links_fit(test, &statements, &|f, s| self.node_fits("statements", f, s), false)
            }
            "drug" => {
                let wanted = test.get("role");
                self.links("drugs", "drug", test, node, &|link| wanted.is_none_or(|w| word_fits(w, &link["role"])))
            }
            "year" => number_fits(test, node["year"].as_i64()),
            "journal" => text_fits(test, &optional(&node["journal"])),
            "section" => text_fits(test, &optional(&node["section"])),
            "source" => {
                let own = std::iter::once(&node["source"]["id"]);
                let sources: Vec<_> = own.chain(list(&node["markers"]).iter().map(|m| &m["source"]["id"])).collect();
                ids_fit(test, &|wanted| sources.contains(&wanted))
            }
            "about" => self.statements_of.get(test.as_str().unwrap()).is_some_and(|s| s.contains(&id(node))),
            "cites" => {
                list(&node["cites"]).iter().any(|c| self.node_fits("references", test, self.node(&id(&c["reference"]))))
            }
            "hasCuratorNote" => test.as_bool().unwrap() != node["curatorNote"].is_null(),
            other => panic!("{other}"),
        }
    }
}
