//! Which regimens do the trials use?
//!
//! Must not know: anything else of a trial.

use hashbrown::HashMap;

use super::Builder;
use crate::domain::{Bilingual, DrugRole, NodeKind};
use crate::graph::walk::Relation;
use crate::graph::{NONE, SynonymRow};

/// The regimens met so far, in the order in which they were met.
#[derive(Debug, Clone, Default)]
pub(super) struct Regimens {
    known: HashMap<String, u32>,
    members: Vec<Box<[(u32, DrugRole)]>>,
    /// Trials that use one, with the place of their regimen in `members`.
    trials: Vec<(u32, u32)>,
}

impl Regimens {
    /// Adds those of a part, of which the first trial has this number.
    pub(super) fn take(&mut self, part: Self, first: u32) {
        let mut met: Vec<(String, u32)> = part.known.into_iter().collect();
        met.sort_unstable_by_key(|(_, place)| *place);
        let places: Vec<u32> =
            met.into_iter().zip(part.members).map(|((id, _), members)| self.place(&id, || members)).collect();
        self.trials.extend(part.trials.into_iter().map(|(trial, place)| (trial + first, places[place as usize])));
    }

    /// The place of a regimen, which is added where it is new.
    fn place(&mut self, id: &str, members: impl FnOnce() -> Box<[(u32, DrugRole)]>) -> u32 {
        let next = self.members.len() as u32;
        *self.known.entry_ref(id).or_insert_with(|| {
            self.members.push(members());
            next
        })
    }
}

impl Builder<'_> {
    /// Notes the regimen of a trial.
    pub(super) fn regimen_of(&mut self, trial: u32, drugs: &[(String, DrugRole)]) {
        let numbered = drugs.iter().filter_map(|(id, role)| self.node(NodeKind::Drug, id).map(|n| (n.ix, *role)));
        let members: Vec<_> = numbered.collect();
        let id = self.regimen_id(&members);
        let place = self.regimens.place(&id, || members.into());
        self.regimens.trials.push((trial, place));
    }

    /// Members joined by `+`, each with its role behind `~` where it is not the drug's default.
    fn regimen_id(&self, members: &[(u32, DrugRole)]) -> String {
        let mut parts = Vec::with_capacity(members.len());
        for (drug, role) in members {
            let drug = &self.data.drugs[*drug as usize];
            if *role == drug.default_role {
                parts.push(drug.concept.id.clone());
            } else {
                parts.push(format!("{}~{}", drug.concept.id, role.text().to_lowercase()));
            }
        }
        parts.join("+")
    }

    /// Numbers the regimens in the order of their ids, names them and links them to trials and drugs.
    pub(super) fn name_regimens(&mut self) {
        let data = self.data;
        let regimens = std::mem::take(&mut self.regimens);
        let mut ordered: Vec<(String, u32)> = regimens.known.into_iter().collect();
        ordered.sort_unstable();
        let mut number_of = vec![NONE; ordered.len()];
        let mut named: HashMap<Vec<&str>, &crate::domain::NamedRegimen> = HashMap::new();
        for regimen in &data.regimens {
            named.entry(regimen.members.iter().map(String::as_str).collect()).or_insert(regimen);
        }
        for (number, (id, place)) in ordered.iter().enumerate() {
            number_of[*place as usize] = number as u32;
            let members = &regimens.members[*place as usize];
            let drugs: Vec<_> = members.iter().map(|(d, _)| &data.drugs[*d as usize]).collect();
            let ids: Vec<&str> = drugs.iter().map(|d| d.concept.id.as_str()).collect();
            let named = named.get(&ids);
            let join = |zh: bool| {
                let label = |d: &&crate::domain::Drug| {
                    let l = &d.concept.label;
                    if (zh && !l.zh.is_empty()) || l.en.is_empty() { l.zh.clone() } else { l.en.clone() }
                };
                drugs.iter().map(label).collect::<Vec<_>>().join(" + ")
            };
            let label = named.map_or_else(|| Bilingual { en: join(false), zh: join(true) }, |n| n.label.clone());
            self.name(NodeKind::Regimen, "regimen", id, (&label.en, &label.zh), "");
            let synonyms: Vec<_> = named
                .map(|n| n.synonyms.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|s| SynonymRow { text: self.strings.intern(&s.text), language: s.language })
                .collect();
            self.names[NodeKind::Regimen as usize].synonyms.push(synonyms);
            self.names[NodeKind::Regimen as usize].xrefs.push([]);
            for (drug, role) in members {
                self.link(Relation::RegimenDrug, number as u32, *drug, *role as u32);
            }
        }
        for (trial, place) in regimens.trials {
            self.link(Relation::TrialRegimen, trial, number_of[place as usize], NONE);
        }
    }
}
