//! Do all diseases hang under one root, without a circle?
//!
//! Must not know: what the diseases are.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::problem::{Problems, quoted};
use crate::dataset::raw::Raw;

/// Reports circles and superfluous roots.
pub(super) fn check(raw: &Raw, problems: &mut Problems) {
    let mut parents: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
    for (_, (disease, _)) in &raw.diseases.items {
        parents.entry(&disease.concept.id).or_default();
    }
    for (line, (disease, parent)) in &raw.parents.items {
        // Ends that do not exist are reported as such.
        if parents.contains_key(parent.as_str())
            && let Some(list) = parents.get_mut(disease.as_str())
        {
            list.push((parent, *line));
        }
    }
    parents.remove("");
    for (line, cycle) in cycles(&parents) {
        let path = cycle.join(" -> ");
        let what = format!("the parents form a circle: {path}");
        problems.line(&raw.parents.file, line, what, "remove one of these lines");
    }
    if raw.parents.whole && raw.diseases.whole {
        one_root(raw, problems);
    }
}

/// Exactly one disease has no parent. With no circle, every disease then leads up to it.
fn one_root(raw: &Raw, problems: &mut Problems) {
    let narrower: BTreeSet<&str> = raw.parents.items.iter().map(|(_, (disease, _))| disease.as_str()).collect();
    let is_root = |id: &str| !id.is_empty() && !narrower.contains(id);
    let ids = || raw.diseases.items.iter().map(|(line, (d, _))| (*line, d.concept.id.as_str()));
    let roots: Vec<(u64, &str)> = ids().filter(|(_, id)| is_root(id)).collect();
    let broader: BTreeSet<&str> = raw.parents.items.iter().map(|(_, (_, parent))| parent.as_str()).collect();
    // The root that is meant: the one called `disease`, else the first that is a parent, else the first.
    let root = roots.iter().map(|(_, id)| *id).min_by_key(|id| (*id != "disease", !broader.contains(id), *id));
    for (line, id) in &roots {
        if Some(*id) != root {
            let root = quoted(root.unwrap_or_default());
            let what = format!("{} has no parent and is not the root, which is {root}", quoted(id));
            problems.cell((&raw.diseases.file, *line, "id"), what, format!("add its parents to {}", raw.parents.file));
        }
    }
    if raw.diseases.items.is_empty() {
        problems.file(&raw.diseases.file, "there is no disease", "add at least the root, `disease`");
    }
}

/// Every circle that a walk through all parents meets, each once, with the line of its first step.
fn cycles(parents: &BTreeMap<&str, Vec<(&str, u64)>>) -> Vec<(u64, Vec<String>)> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut found: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for start in parents.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_path: BTreeSet<&str> = [*start].into();
        while let Some((node, next)) = path.last_mut() {
            let (here, step) = (*node, parents.get(node).and_then(|list| list.get(*next)));
            *next += 1;
            match step {
                _ if done.contains(here) => {
                    on_path.remove(here);
                    path.pop();
                }
                None => {
                    done.insert(here);
                    on_path.remove(here);
                    path.pop();
                }
                Some((parent, _)) if on_path.contains(parent) => {
                    let from = path.iter().position(|(id, _)| id == parent).unwrap_or(0);
                    let ring: Vec<&str> = path[from..].iter().map(|(id, _)| *id).collect();
                    let (ring, line) = rotated(&ring, parents);
                    found.insert(ring, line);
                }
                Some((parent, _)) => {
                    if !done.contains(parent) {
                        on_path.insert(parent);
                        path.push((parent, 0));
                    }
                }
            }
        }
    }
    found.into_iter().map(|(ring, line)| (line, ring)).collect()
}

/// The ring from its smallest id round to the same id, and the line of its first step.
fn rotated(ring: &[&str], parents: &BTreeMap<&str, Vec<(&str, u64)>>) -> (Vec<String>, u64) {
    let least = ring.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(i, _)| i);
    let path: Vec<String> =
        (0..=ring.len()).filter_map(|i| ring.get((least + i) % ring.len())).map(|id| (*id).to_owned()).collect();
    let step =
        |list: &Vec<(&str, u64)>| list.iter().find(|(id, _)| Some(*id) == path.get(1).map(String::as_str)).map(|s| s.1);
    let line = path.first().and_then(|id| parents.get(id.as_str())).and_then(step).unwrap_or(0);
    (path, line)
}
