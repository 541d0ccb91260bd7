//! Which references are reached along citations, in one direction?
//!
//! Ring by ring, each reference once. A ring that would take more links than the budget has is not begun, so what is given
//! is whole up to a number of steps. Must not know: how a client asks.

use std::cell::RefCell;

use super::pace::Pace;
use crate::graph::{Graph, Relation};

/// What is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// References, nearest first; those of a ring in the order met. The one that is asked about is not among them.
    pub found: Vec<u32>,
    /// Where each ring ends among them.
    pub rings: Vec<u32>,
    /// Whether the budget ended it before the steps asked for.
    pub cut: bool,
    /// Links looked at.
    pub work: u64,
}

thread_local! {
    /// A bit for each reference: all are clear between two walks.
    static MET: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// The references that one cites over at most so many steps, or (`back`) those that cite it.
///
/// Complexity: linear in the links of those that are less than so many steps away; at most `budget` of them. Where the
/// pace stops it, what it gives is no answer.
#[must_use]
pub fn reach(graph: &Graph, from: u32, back: bool, steps: u32, budget: u64, pace: &Pace<'_>) -> Reach {
    let cites = graph.relation(Relation::ReferenceReference);
    let links = |reference: u32| if back { cites.sources(reference) } else { cites.targets(reference) };
    let mut reach = Reach { found: Vec::new(), rings: Vec::new(), cut: false, work: 0 };
    MET.with_borrow_mut(|met| {
        met.resize(met.len().max(graph.references.title.len().div_ceil(64)), 0);
        met[from as usize / 64] |= 1 << (from % 64);
        let mut ring = 0..0;
        let mut ahead = links(from).len() as u64;
        for step in 0..steps {
            if ahead == 0 || reach.work + ahead > budget {
                reach.cut = ahead > 0;
                break;
            }
            reach.work += ahead;
            if !pace.spend(ahead) {
                break;
            }
            ahead = 0;
            let begin = reach.found.len();
            let mut meet = |found: &mut Vec<u32>, of: u32| {
                for other in links(of) {
                    let (word, bit) = (&mut met[*other as usize / 64], 1 << (other % 64));
                    if *word & bit == 0 {
                        *word |= bit;
                        found.push(*other);
                    }
                }
            };
            if step == 0 {
                meet(&mut reach.found, from);
            } else {
                for at in ring {
                    let of = reach.found[at];
                    meet(&mut reach.found, of);
                }
            }
            ring = begin..reach.found.len();
            if step + 1 < steps {
                ahead = reach.found[begin..].iter().map(|reference| links(*reference).len() as u64).sum();
            }
            reach.rings.push(ring.end as u32);
        }
        for reference in reach.found.iter().chain([&from]) {
            met[*reference as usize / 64] = 0;
        }
    });
    reach
}

impl Reach {
    /// Brings the first `upto` into the order of steps, then of ids.
    ///
    /// Complexity: linear in the rings that these lie in, plus `upto` times its logarithm.
    pub fn order(&mut self, upto: usize) {
        let mut begin = 0;
        for end in &self.rings {
            let ring = &mut self.found[begin..*end as usize];
            let wanted = upto.saturating_sub(begin).min(ring.len());
            if wanted > 0 && wanted < ring.len() {
                ring.select_nth_unstable(wanted - 1);
            }
            ring[..wanted].sort_unstable();
            begin = *end as usize;
        }
    }

    /// How many steps away the reference at a place is.
    ///
    /// Complexity: linear in the rings.
    #[must_use]
    pub fn steps_to(&self, place: u32) -> u32 {
        self.rings.partition_point(|end| *end <= place) as u32 + 1
    }
}
