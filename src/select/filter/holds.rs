//! Does this trial fit?
//!
//! Looks at the columns and links of the trial alone; what the trial is compared with is at hand. Must not know: how many
//! trials are looked at.

use super::Scope;
use super::links::links_that_pass;
use super::part::Part;
use crate::domain::SourceField;
use crate::graph::{Graph, NONE, StrId};
use crate::select::criteria::{NumberTest, TextTest};

impl Part {
    /// Whether a trial fits.
    ///
    /// Complexity: linear in the values of the trial that are asked for, and in the parts of the part.
    pub(super) fn holds(&self, scope: &Scope<'_>, trial: u32) -> bool {
        let graph = scope.snapshot.graph();
        let (t, at) = (&graph.trials, trial as usize);
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(scope, trial)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(scope, trial)),
            Self::Not(part) => !part.holds(scope, trial),
            Self::In(known, wanted) => known.set(scope).contains(trial) == *wanted,
            Self::Status(bits) => bits >> t.status[at] as u8 & 1 != 0,
            Self::AnyPhase(bits) => t.phases[at] & bits != 0,
            Self::Phases(bits) => t.phases[at] == *bits,
            Self::Area(bits) => bits >> t.area[at] as u8 & 1 != 0,
            Self::SponsorClass(bits) => t.sponsor[at] != NONE && bits >> t.sponsor_class[at] as u8 & 1 != 0,
            Self::Links(links) => links.holds(graph, trial),
            Self::LinkCount(relation, test, link) => test.passes(Some(links_that_pass(graph, *relation, link, trial))),
            Self::StartDate(test) => test.passes((t.start_date[at] != 0).then_some(t.start_date[at])),
            Self::Enrollment(test) => test.passes((t.enrollment[at] != NONE).then_some(t.enrollment[at])),
            Self::Country(test) => any_passes(graph, test, t.countries.of(trial)),
            Self::Text(field, test) => shown_passes(graph, test, *field, trial),
            Self::Sponsor(test) => {
                let name = (t.sponsor[at] != NONE).then(|| graph.strings.text(t.sponsor_name[t.sponsor[at] as usize]));
                test.passes(name.as_deref())
            }
            Self::Title(test) => {
                let title = t.title[at].some().map(|id| graph.strings.text(id));
                test.passes(title.as_deref())
            }
        }
    }

    /// Of some trials, keeps those that fit.
    ///
    /// Complexity: linear in the trials, times what each takes.
    pub(super) fn keep(&self, scope: &Scope<'_>, trials: &mut Vec<u32>) {
        let t = &scope.snapshot.graph().trials;
        match self {
            Self::Status(bits) => keep(trials, |at| bits >> t.status[at] as u8 & 1 != 0),
            Self::AnyPhase(bits) => keep(trials, |at| t.phases[at] & bits != 0),
            Self::Phases(bits) => keep(trials, |at| t.phases[at] == *bits),
            Self::Area(bits) => keep(trials, |at| bits >> t.area[at] as u8 & 1 != 0),
            Self::StartDate(NumberTest::Within(ranges)) => {
                keep(trials, |at| {
                    t.start_date[at] != 0 && ranges.iter().any(|range| range.contains(&t.start_date[at]))
                });
            }
            _ => trials.retain(|trial| self.holds(scope, *trial)),
        }
    }
}

/// Keeps the trials that fit. Nothing is jumped over, so that nothing has to be guessed: about as many fit as do not.
fn keep(trials: &mut Vec<u32>, fits: impl Fn(usize) -> bool) {
    let mut kept = 0;
    for place in 0..trials.len() {
        let trial = trials[place];
        trials[kept] = trial;
        kept += usize::from(fits(trial as usize));
    }
    trials.truncate(kept);
}

/// "Is none of these" must hold for every text, all else for one.
fn any_passes(graph: &Graph, test: &TextTest, texts: &[StrId]) -> bool {
    let mut passed = texts.iter().map(|id| test.passes(Some(&graph.strings.text(*id))));
    match test {
        TextTest::NotIn(_) => passed.all(|passes| passes),
        TextTest::IsNull(null) => *null == texts.is_empty(),
        _ => passed.any(|passes| passes),
    }
}

fn shown_passes(graph: &Graph, test: &TextTest, field: SourceField, trial: u32) -> bool {
    let shown = graph.assertions.shown(trial, field).map(|at| graph.assertions.value[at]);
    any_passes(graph, test, shown.as_slice())
}
