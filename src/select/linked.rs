//! What are these trials linked to?
//!
//! Many trials at a time, for counts. Must not know: what is counted.

use crate::graph::Csr;

/// Links that are taken at once.
const FEW: usize = 4;

/// Puts the nodes that trials are linked to into a list, each as `number` makes it of the place of its trial among these and
/// of its own number; gives how many of the trials are linked to none.
///
/// Complexity: linear in the trials and their links.
pub(super) fn linked(csr: &Csr, trials: &[u32], into: &mut Vec<u32>, number: impl Fn(usize, u32) -> u32) -> u32 {
    into.clear();
    let mut without = 0;
    for (place, trial) in trials.iter().enumerate() {
        let links = csr.links(*trial);
        without += u32::from(links.is_empty());
        // Most trials have a few links. So many are always taken, and those of others left out again: there is then no loop
        // whose end has to be guessed.
        match csr.ends(links.start..csr.len() as u32).first_chunk::<FEW>() {
            Some(few) if links.len() <= FEW => {
                into.extend_from_slice(&few.map(|node| number(place, node)));
                into.truncate(into.len() - (FEW - links.len()));
            }
            _ => into.extend(csr.ends(links).iter().map(|node| number(place, *node))),
        }
    }
    without
}
