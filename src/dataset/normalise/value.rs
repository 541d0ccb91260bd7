//! What is the value of a cell or part: a word, a date, a number, a concept, or the text itself?
//!
//! Must not know: where the parts of a cell begin and end.

use super::fold::Folded;
use super::{Part, Rules, fold};
use crate::domain::{AgencyClass, DiseaseQualifier, Mapping, NodeKind, PartialDate, Phase, SourceField, TrialStatus};

/// The API id of a concept, e.g. `target:cd19`.
pub(crate) fn api_id(kind: NodeKind, id: &str) -> String {
    format!("{}:{id}", kind.text().to_lowercase())
}

/// The value that a text has in a field of which a cell says one thing; none where it says nothing sensible.
pub(crate) fn parse_value(field: SourceField, text: &str) -> Option<String> {
    fn word(all: &[(&'static str, &str)], text: &str) -> Option<&'static str> {
        all.iter().map(|(word, _)| *word).find(|word| word.eq_ignore_ascii_case(text))
    }
    let text = text.trim();
    match field {
        SourceField::Status => word(TrialStatus::WORDS, text).map(str::to_owned),
        SourceField::SponsorClass => word(AgencyClass::WORDS, text).map(str::to_owned),
        SourceField::Phase => {
            let phase = |part: &str| Phase::parse(word(Phase::WORDS, part.trim())?);
            let mut phases = text.split(['|', '/', ',']).map(phase).collect::<Option<Vec<_>>>()?;
            phases.sort_unstable();
            phases.dedup();
            Some(phases.iter().map(|p| p.text()).collect::<Vec<_>>().join("|"))
        }
        SourceField::StartDate | SourceField::FirstPosted | SourceField::PrimaryCompletionDate => {
            text.parse::<PartialDate>().ok().map(|date| date.to_string())
        }
        SourceField::Enrollment => {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<u32>().ok().filter(|_| digits).map(|number| number.to_string())
        }
        SourceField::Title
        | SourceField::Sponsor
        | SourceField::Country
        | SourceField::Product
        | SourceField::CellSource
        | SourceField::TargetLogic
        | SourceField::WhyStopped => Some(text.to_owned()).filter(|text| !text.is_empty()),
        SourceField::RegistryId | SourceField::Target | SourceField::Disease | SourceField::Regimen => None,
    }
}

impl Rules {
    /// What a cell says that says one thing.
    pub(super) fn single(&self, field: SourceField, printed: &str) -> Part {
        // Most fields of one thing have no values of their own.
        let values = self.values.get(&field).filter(|values| !values.is_empty());
        if let Some(value) = values.and_then(|values| values.get(&fold(printed))) {
            return Part::plain(value.as_str(), printed, Mapping::Synonym);
        }
        match parse_value(field, printed) {
            Some(value) => Part::plain(value, printed, Mapping::Exact),
            None => Part::plain(printed.trim(), printed, Mapping::Unmapped),
        }
    }

    /// What a cell says that may say several things.
    pub(super) fn several(&self, field: SourceField, printed: &str) -> Vec<Part> {
        let cell = Folded::new(printed);
        let end = cell.chars.len();
        if end == 0 {
            return Vec::new();
        }
        let mut parts = Vec::new();
        if !self.known(field, &cell.text(0..end), printed, false, &mut parts) {
            let ranges = self.splitters.get(&field).map(|splitter| splitter.parts(&cell)).unwrap_or_default();
            let split = ranges.len() > 1;
            let mut carried: Vec<DiseaseQualifier> = Vec::new();
            for range in ranges {
                let text = cell.printed(range.clone());
                if field != SourceField::Disease {
                    let folded = cell.text(range);
                    if !self.known(field, &folded, text, split, &mut parts) {
                        match self.regimens.get(&folded).filter(|_| field == SourceField::Regimen) {
                            Some(meaning) => self.add(meaning.ids.iter(), text, Mapping::Split, &mut parts),
                            None => parts.push(self.text(field, text, split)),
                        }
                    }
                    continue;
                }
                let name = |rest: &str| {
                    let mut found = Vec::new();
                    self.known(field, rest, text, split, &mut found).then_some(found)
                };
                let (found, mut narrowed) = self.qualifiers.strip(&cell, range, name);
                if !narrowed.carried.is_empty() {
                    carried = std::mem::take(&mut narrowed.carried);
                }
                let mut qualifiers = narrowed.qualifiers;
                if qualifiers.is_empty() {
                    qualifiers.clone_from(&carried);
                }
                qualifiers.sort_unstable();
                qualifiers.dedup();
                for mut part in found.unwrap_or_else(|| vec![self.text(field, text, split)]) {
                    part.qualifiers.clone_from(&qualifiers);
                    parts.push(part);
                }
            }
        }
        if field == SourceField::Regimen {
            once_each(&mut parts);
        }
        parts
    }

    /// Adds what a folded text is known to mean; says whether it is known.
    fn known(&self, field: SourceField, folded: &str, printed: &str, split: bool, parts: &mut Vec<Part>) -> bool {
        let concepts = self.names.get(&field);
        let (ids, mapping): (Vec<&str>, _) = if let Some(value) = self.value_of(field, folded) {
            (value.split('|').collect(), Mapping::Synonym)
        } else if let Some(meaning) = concepts.and_then(|names| names.get(folded)) {
            let mapping = if meaning.label { Mapping::Exact } else { Mapping::Synonym };
            (meaning.ids.iter().map(String::as_str).collect(), mapping)
        } else {
            return false;
        };
        let mapping = if split || ids.len() > 1 { Mapping::Split } else { mapping };
        self.add(ids.into_iter(), printed, mapping, parts);
        true
    }

    fn add(&self, ids: impl Iterator<Item = impl AsRef<str>>, printed: &str, mapping: Mapping, parts: &mut Vec<Part>) {
        for id in ids {
            let role = self.roles.get(id.as_ref()).copied();
            parts.push(Part { role, ..Part::plain(id.as_ref(), printed, mapping) });
        }
    }

    /// A text that no name or value covers: itself, where the field holds plain text.
    fn text(&self, field: SourceField, printed: &str, split: bool) -> Part {
        let mapping = match (field, split) {
            (SourceField::Country, true) => Mapping::Split,
            (SourceField::Country, false) => Mapping::Exact,
            _ => Mapping::Unmapped,
        };
        Part::plain(printed.trim(), printed, mapping)
    }
}

/// A drug is in the set or not: its second naming in a cell adds nothing.
fn once_each(parts: &mut Vec<Part>) {
    let mut seen = hashbrown::HashSet::new();
    parts.retain(|part| part.mapping == Mapping::Unmapped || seen.insert(part.value.clone()));
}
