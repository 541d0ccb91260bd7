//! Which trials of a list fit, by what lies beside the list?
//!
//! Status and phases of each trial, in the order of the list: what is asked of them is asked in one go. Must not know: what
//! else a filter asks.

use super::part::Part;
use crate::index::Stage;

/// Stages that are looked at before anything is decided.
const TOGETHER: usize = 16;

/// What is asked of status and phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct StageTest {
    /// One of these, as bits.
    statuses: Option<u32>,
    /// Exactly these, as bits.
    exactly: Option<u8>,
    /// One of these, as bits.
    any: Option<u8>,
}

impl StageTest {
    /// Takes on what a part asks; whether it does.
    pub(super) fn take(&mut self, part: &Part) -> bool {
        match part {
            Part::Status(bits) => {
                self.statuses = Some(self.statuses.unwrap_or(u32::MAX) & bits);
                true
            }
            Part::Phases(bits) => *bits == *self.exactly.get_or_insert(*bits),
            Part::AnyPhase(bits) => *bits == *self.any.get_or_insert(*bits),
            _ => false,
        }
    }

    fn fits(self, stage: Stage) -> bool {
        self.statuses.is_none_or(|bits| bits >> stage.status() & 1 != 0)
            & self.exactly.is_none_or(|bits| stage.phases() == bits)
            & self.any.is_none_or(|bits| stage.phases() & bits != 0)
    }

    /// The only stage that fits, where there is one.
    fn only(self) -> Option<Stage> {
        match (self.statuses?, self.exactly?, self.any) {
            (bits, phases, None) if bits.is_power_of_two() => Some(Stage::of(bits.trailing_zeros() as u8, phases)),
            _ => None,
        }
    }

    /// Of a list, with the stage of each trial, those that fit. None where nothing is asked.
    ///
    /// Complexity: linear in the list.
    pub(super) fn keep(self, list: &[u32], stages: &[Stage]) -> Option<Vec<u32>> {
        if self == Self::default() {
            return None;
        }
        if let Some(only) = self.only() {
            // Few fit mostly: blocks without one are passed over.
            let mut left = Vec::new();
            for (trials, stages) in list.chunks(TOGETHER).zip(stages.chunks(TOGETHER)) {
                if stages.iter().fold(false, |any, stage| any | (*stage == only)) {
                    let fitting = trials.iter().zip(stages).filter(|(_, stage)| **stage == only);
                    left.extend(fitting.map(|(trial, _)| *trial));
                }
            }
            return Some(left);
        }
        // Nothing is jumped over, so that nothing has to be guessed.
        let (mut left, mut kept) = (vec![0; list.len()], 0);
        for (trial, stage) in list.iter().zip(stages) {
            left[kept] = *trial;
            kept += usize::from(self.fits(*stage));
        }
        left.truncate(kept);
        Some(left)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_fits_is_kept(
            trials in prop::collection::vec((0u8..4, 0u8..8), 0..120),
            asked in prop::collection::vec((0u8..3, 0u8..16), 0..5),
        ) {
            let list: Vec<u32> = (0..trials.len() as u32).map(|n| n * 3).collect();
            let stages: Vec<Stage> = trials.iter().map(|(status, phases)| Stage::of(*status, *phases)).collect();
            let (mut test, mut fitting) = (StageTest::default(), list.clone());
            for (what, bits) in &asked {
                let part = match what {
                    0 => Part::Status(u32::from(*bits)),
                    1 => Part::Phases(*bits),
                    _ => Part::AnyPhase(*bits),
                };
                if test.take(&part) {
                    fitting.retain(|trial| {
                        let (status, phases) = trials[*trial as usize / 3];
                        match part {
                            Part::Status(bits) => bits >> status & 1 != 0,
                            Part::Phases(bits) => phases == bits,
                            _ => phases & bits != 0,
                        }
                    });
                }
            }
            let nothing = asked.is_empty();
            prop_assert_eq!(test.keep(&list, &stages), (!nothing).then_some(fitting));
        }
    }
}
