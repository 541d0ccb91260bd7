//! Which assertions on a single-valued field do not agree?
//!
//! Must not know: which value is shown; the order of the assertions says it.

use hashbrown::HashSet;

use crate::dataset::normalise::fold;
use crate::domain::{Assertion, Conflict, Mapping, SourceField};

/// The conflicts among ordered assertions. Fields that hold several values never conflict: what sources say there adds
/// up. Text that nothing maps cannot be compared. Each source is one side per value, its preferred assertion first.
pub(super) fn conflicts(assertions: &[Assertion]) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    let mut start = 0;
    while let Some(first) = assertions.get(start) {
        let end = start + assertions[start..].partition_point(|a| a.field <= first.field);
        if single_valued(first.field) && end - start > 1 {
            conflicts.extend(conflict(first.field, assertions, start, end));
        }
        start = end;
    }
    conflicts
}

const fn single_valued(field: SourceField) -> bool {
    use SourceField as F;
    !matches!(field, F::RegistryId | F::Target | F::Disease | F::Regimen | F::Country)
}

fn conflict(field: SourceField, assertions: &[Assertion], start: usize, end: usize) -> Option<Conflict> {
    let mapped: Vec<usize> = (start..end).filter(|i| assertions[*i].mapping != Mapping::Unmapped).collect();
    let value = |i: &usize| assertions[*i].value.as_str();
    let apart = |a: &usize, b: &usize| !agree(field, value(a), value(b));
    if !mapped.iter().enumerate().any(|(n, a)| mapped[n + 1..].iter().any(|b| apart(a, b))) {
        return None;
    }
    let mut seen = HashSet::new();
    let sides = mapped.into_iter().filter(|i| seen.insert((&assertions[*i].source, value(i)))).collect();
    Some(Conflict { field, sides })
}

/// Whether two values say the same, the one perhaps less exactly than the other.
fn agree(field: SourceField, a: &str, b: &str) -> bool {
    a == b
        || match field {
            SourceField::StartDate | SourceField::FirstPosted | SourceField::PrimaryCompletionDate => {
                let part_of = |a: &str, b: &str| b.strip_prefix(a).is_some_and(|rest| rest.starts_with('-'));
                part_of(a, b) || part_of(b, a)
            }
            SourceField::Title | SourceField::Sponsor => fold(a) == fold(b),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement() {
        use SourceField as F;
        for (field, a, b, same) in [
            (F::Status, "RECRUITING", "RECRUITING", true),
            (F::Status, "RECRUITING", "UNKNOWN", false),
            (F::StartDate, "2019-05", "2019-05-14", true),
            (F::StartDate, "2019-05-14", "2019", true),
            (F::StartDate, "2019-05-14", "2019-05-1", false),
            (F::StartDate, "2019-05", "2019-06-14", false),
            (F::Title, "CAR-NK for AML", "CAR-NK  for aml", true),
            (F::Enrollment, "12", "120", false),
        ] {
            assert_eq!(agree(field, a, b), same, "{a} {b}");
        }
    }
}
