//! Which trials fit all that a filter asks: of all there are, or of a list?
//!
//! What is asked is put together as bitmaps, or asked of one trial after another, whichever takes less. Must not know:
//! what is asked.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::part::{ASK, BLOCK, Part};
use super::stages::StageTest;
use super::{Scope, TrialFilter};
use crate::index::{Stage, list_of};
use crate::select::node_set::NodeSet;

/// A filter made ready for one release: to be asked for all trials that fit, and for those of any number of lists.
#[derive(Debug)]
pub struct Fitting {
    parts: Vec<Asked>,
    all: OnceCell<Arc<NodeSet>>,
}

/// A part, and what is known of it so far.
#[derive(Debug)]
struct Asked {
    part: Part,
    /// All trials that fit, once they are put together.
    set: OnceCell<RoaringBitmap>,
    /// What looks at single trials have taken so far.
    looked: Cell<u64>,
}

impl Fitting {
    /// Makes a filter ready: the nodes that it names are looked for.
    ///
    /// Complexity: linear in the filter and in the nodes of the kinds that it asks for.
    #[must_use]
    pub fn new(filter: &TrialFilter, scope: &Scope<'_>) -> Self {
        let asked = |part| Asked { part, set: OnceCell::new(), looked: Cell::new(0) };
        let parts = Part::all_of(std::slice::from_ref(filter), scope);
        Self { parts: parts.into_iter().map(asked).collect(), all: OnceCell::new() }
    }

    /// All trials that fit; found once.
    ///
    /// Complexity: linear in the postings of what the filter names; independent of the number of trials otherwise, but for
    /// complements.
    pub fn all(&self, scope: &Scope<'_>) -> Arc<NodeSet> {
        let find = || Arc::new(NodeSet::from(all_of(scope, self.parts.iter().map(|asked| &asked.part)).into_owned()));
        Arc::clone(self.all.get_or_init(find))
    }

    /// Of a list of trials, ascending, those that fit; with status and phases of each, in the order of the list, where
    /// they are at hand.
    ///
    /// Complexity: linear in the list, and in what the filter asks of one trial. Over many lists each part takes no more
    /// than twice what it takes to find all trials that fit it, and then a look at its bitmap for each trial.
    #[must_use]
    pub fn among(&self, scope: &Scope<'_>, list: &[u32], stages: Option<&[Stage]>) -> Vec<u32> {
        if let Some(all) = self.all.get() {
            return list.iter().copied().filter(|trial| all.set().contains(*trial)).collect();
        }
        let mut test = StageTest::default();
        let mut parts = Vec::with_capacity(self.parts.len());
        for asked in &self.parts {
            if stages.is_none() || !test.take(&asked.part) {
                parts.push((asked.part.look(), asked));
            }
        }
        parts.sort_by_key(|(look, _)| *look);
        let mut left = match stages.and_then(|stages| test.keep(list, stages)) {
            Some(left) => {
                scope.count(list.len());
                left
            }
            None => list.to_vec(),
        };
        for (look, asked) in parts {
            scope.count(left.len());
            let takes = asked.looked.get().saturating_add(look.saturating_mul(left.len() as u64));
            let known = asked.set.get();
            if known.map_or_else(|| takes <= asked.part.whole(scope) + ASK * left.len() as u64, |_| look <= ASK) {
                asked.looked.set(takes);
                asked.part.keep(scope, &mut left);
            } else {
                let set = asked.set.get_or_init(|| asked.part.set(scope).into_owned());
                left.retain(|trial| set.contains(*trial));
            }
        }
        left
    }
}

/// The trials that fit all of these: first what can fit the fewest; then each part as a bitmap, or a look at each trial that
/// is left, where this takes less.
pub(super) fn all_of<'p>(scope: &Scope<'p>, parts: impl Iterator<Item = &'p Part>) -> Cow<'p, RoaringBitmap> {
    let mut parts: Vec<_> = parts.map(|part| (part.most(scope), part.whole(scope), part)).collect();
    parts.sort_by_key(|(most, whole, _)| (*most, *whole));
    let mut parts = parts.into_iter();
    let Some((_, _, first)) = parts.next() else { return Cow::Borrowed(scope.all()) };
    let mut both = first.set(scope);
    let mut rest: Vec<_> = parts.map(|(_, whole, part)| (whole, part)).collect();
    rest.sort_by_key(|(whole, _)| *whole);
    let mut looked_at: Vec<&Part> = Vec::new();
    for (whole, part) in rest {
        let left = both.len();
        let together = (u64::from(both.statistics().n_containers) * BLOCK).min(left * ASK);
        if left * part.look() <= whole + together {
            looked_at.push(part);
        } else {
            both = in_both(both, part.set(scope));
        }
    }
    if looked_at.is_empty() {
        return both;
    }
    let mut left = list_of(&both);
    looked_at.sort_by_key(|part| part.look());
    for part in looked_at {
        scope.count(left.len());
        part.keep(scope, &mut left);
    }
    Cow::Owned(RoaringBitmap::from_sorted_iter(left).unwrap_or_default())
}

fn in_both<'s>(one: Cow<'s, RoaringBitmap>, other: Cow<'s, RoaringBitmap>) -> Cow<'s, RoaringBitmap> {
    Cow::Owned(match (one, other) {
        (Cow::Owned(one), other) => one & &*other,
        (one, Cow::Owned(other)) => other & &*one,
        (Cow::Borrowed(one), Cow::Borrowed(other)) => one & other,
    })
}
