//! In what order does a list come?
//!
//! Every order ends in the stable id, which is the number of the node: so it is total, and the same on any machine.
//! Must not know: names of orders in the API.

use std::cmp::Ordering;

use super::node_set::NodeSet;
use crate::domain::{Language, NodeKind};
use crate::graph::{Graph, NONE};
use crate::snapshot::Snapshot;

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    Asc,
    /// Largest first.
    Desc,
}

/// One key of an order, with its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OrderBy<K> {
    /// The key.
    pub key: K,
    /// Its direction. Nodes without a value come last either way.
    pub direction: Direction,
}

/// What trials can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrialKey {
    /// Registry number.
    Id,
    /// Start date.
    StartDate,
    /// Date of first posting.
    FirstPosted,
    /// Enrolment.
    Enrollment,
    /// Status, in the order of its list.
    Status,
    /// Phases: the lowest first, then the next.
    Phase,
    /// Title.
    Title,
}

/// What references can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceKey {
    /// Id.
    Id,
    /// Year.
    Year,
    /// Title.
    Title,
}

/// Sorts the first `upto` trials of a list to its front, by the keys, then by id; the rest stays as it comes.
///
/// Complexity: linear in the list, plus `upto` times its logarithm.
pub fn order_trials(graph: &Graph, list: &mut [u32], by: &[OrderBy<TrialKey>], upto: usize) {
    sort(list, by, upto, |key, direction, a, b| {
        let t = &graph.trials;
        let (x, y) = (a as usize, b as usize);
        match key {
            TrialKey::Id => valued(Some(a), Some(b), direction),
            TrialKey::StartDate => valued(some(t.start_date[x]), some(t.start_date[y]), direction),
            TrialKey::FirstPosted => valued(some(t.first_posted[x]), some(t.first_posted[y]), direction),
            TrialKey::Enrollment => {
                let value = |at: usize| (t.enrollment[at] != NONE).then_some(t.enrollment[at]);
                valued(value(x), value(y), direction)
            }
            TrialKey::Status => valued(Some(t.status[x]), Some(t.status[y]), direction),
            TrialKey::Phase => {
                let value = |at: usize| (t.phases[at] != 0).then(|| t.phases[at].reverse_bits());
                valued(value(y), value(x), flip(direction))
            }
            TrialKey::Title => {
                let value = |at: usize| t.title[at].some().map(|id| graph.strings.text(id));
                valued(value(x), value(y), direction)
            }
        }
    });
}

/// The direction of an order by start date, then by id; none where it is another order.
#[must_use]
pub fn by_start(by: &[OrderBy<TrialKey>]) -> Option<Direction> {
    let (first, rest) = by.split_first()?;
    let by_id = |o: &OrderBy<TrialKey>| o.key == TrialKey::Id && o.direction == Direction::Asc;
    (first.key == TrialKey::StartDate && rest.iter().all(by_id)).then_some(first.direction)
}

/// The first `upto` trials of a set (`None`: of all) by the keys, then by id, read off an order that the index keeps, with
/// how many trials were looked at; none where it keeps no such order, or where sorting the set looks at fewer.
///
/// Complexity: linear in the trials that are passed over: `upto` times as many as all trials are more than those of the set.
#[must_use]
pub fn first_trials(
    snapshot: &Snapshot,
    set: Option<&NodeSet>,
    by: &[OrderBy<TrialKey>],
    upto: usize,
) -> Option<(Vec<u32>, u64)> {
    let direction = by_start(by)?;
    let all = u64::from(snapshot.graph().count(NodeKind::Trial));
    let size = set.map_or(all, NodeSet::len);
    // A look at a trial of the order is a quarter of what sorting one takes.
    if (upto as u64).saturating_mul(all) > size.saturating_mul(size).saturating_mul(4) {
        return None;
    }
    let set = set.map(NodeSet::set);
    let mut looked = 0;
    let order = snapshot.index().calendar.in_order(direction == Direction::Desc);
    let fits = |trial: &u32| {
        looked += 1;
        set.is_none_or(|set| set.contains(*trial))
    };
    let found = order.filter(fits).take(upto).collect();
    Some((found, looked))
}

/// Sorts references by the keys, then by id.
pub fn order_references(graph: &Graph, list: &mut [u32], by: &[OrderBy<ReferenceKey>]) {
    let all = list.len();
    sort(list, by, all, |key, direction, a, b| {
        let r = &graph.references;
        let (x, y) = (a as usize, b as usize);
        match key {
            ReferenceKey::Id => valued(Some(a), Some(b), direction),
            ReferenceKey::Year => valued(some(u32::from(r.year[x])), some(u32::from(r.year[y])), direction),
            ReferenceKey::Title => {
                valued(Some(graph.strings.text(r.title[x])), Some(graph.strings.text(r.title[y])), direction)
            }
        }
    });
}

/// Sorts nodes of a kind by label in a language, then by id.
pub fn order_by_label(graph: &Graph, kind: NodeKind, list: &mut [u32], language: Language, direction: Direction) {
    let names = graph.names(kind);
    let label = |ix: u32| graph.strings.text(names.label(ix, language)).to_lowercase();
    list.sort_by(|a, b| {
        let order = label(*a).cmp(&label(*b));
        if direction == Direction::Asc { order } else { order.reverse() }.then(a.cmp(b))
    });
}

fn sort<K: Copy>(
    list: &mut [u32],
    by: &[OrderBy<K>],
    upto: usize,
    compare: impl Fn(K, Direction, u32, u32) -> Ordering,
) {
    let order = |a: &u32, b: &u32| {
        by.iter().map(|o| compare(o.key, o.direction, *a, *b)).find(|o| o.is_ne()).unwrap_or_else(|| a.cmp(b))
    };
    if upto > 0 && upto < list.len() {
        list.select_nth_unstable_by(upto - 1, order);
    }
    let front = upto.min(list.len());
    list[..front].sort_unstable_by(order);
}

/// Values in the direction; no value comes last.
fn valued<V: Ord>(a: Option<V>, b: Option<V>, direction: Direction) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if direction == Direction::Asc => a.cmp(&b),
        (Some(a), Some(b)) => b.cmp(&a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn flip(direction: Direction) -> Direction {
    if direction == Direction::Asc { Direction::Desc } else { Direction::Asc }
}

fn some(value: u32) -> Option<u32> {
    (value != 0).then_some(value)
}
