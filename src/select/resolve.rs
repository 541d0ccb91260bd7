//! Which node does each term of a list mean?
//!
//! Must not know: full text. A term means a node whose id or name it is, spelling apart; what only resembles a name is
//! no match.

use std::collections::HashMap;

use super::search::{BadText, called, checked};
use crate::domain::{MatchKind, NodeKind, ResolutionStatus};
use crate::graph::Node;
use crate::index::NameHit;
use crate::snapshot::Snapshot;

/// Most terms of one call.
pub const TERMS_CAP: usize = 1000;

/// What a term means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// How many nodes.
    pub status: ResolutionStatus,
    /// The nodes, with the name by which the term led to each: the one it means first, then those that it could mean.
    pub candidates: Vec<NameHit>,
    /// Place of the first term that means the same node, where the term means one and it is not itself the first.
    pub duplicate_of: Option<u32>,
    /// Why the term can be no id, where it looks like one (`NCT` with seven digits).
    pub problem: Option<String>,
}

impl Resolution {
    /// The node that the term means, where it means one.
    #[must_use]
    pub fn node(&self) -> Option<Node> {
        self.candidates.first().filter(|_| self.status == ResolutionStatus::Direct).map(|hit| hit.node)
    }
}

/// What each term means, in order. A term means one node where exactly one has it as id or label, or where none has and
/// exactly one has it as alias.
///
/// # Errors
/// Where a term is over-long (its place and why), or a kind is not searched.
///
/// Complexity: linear in the terms, each times the logarithm of the names.
pub fn resolve(snapshot: &Snapshot, terms: &[&str], kinds: &[NodeKind]) -> Result<Vec<Resolution>, (usize, BadText)> {
    let mut first: HashMap<Node, u32> = HashMap::new();
    let mut all = Vec::with_capacity(terms.len());
    for (place, term) in terms.iter().enumerate() {
        let kinds = checked(term, kinds).map_err(|bad| (place, bad))?;
        let mut resolution = one(snapshot, term, kinds);
        if let Some(node) = resolution.node() {
            let known = *first.entry(node).or_insert(place as u32);
            resolution.duplicate_of = (known != place as u32).then_some(known);
        }
        all.push(resolution);
    }
    Ok(all)
}

fn one(snapshot: &Snapshot, term: &str, kinds: &[NodeKind]) -> Resolution {
    let candidates = called(snapshot, term, kinds);
    let own = candidates.iter().filter(|hit| hit.kind != MatchKind::Alias).count();
    let status = match (candidates.len(), own) {
        (0, _) => ResolutionStatus::None,
        (1, _) | (_, 1) => ResolutionStatus::Direct,
        _ => ResolutionStatus::Ambiguous,
    };
    // Ids and labels come before aliases already; of those that are equal the order stays.
    let mut candidates = candidates;
    candidates.sort_by_key(|hit| hit.kind == MatchKind::Alias);
    let problem = (status == ResolutionStatus::None && kinds.contains(&NodeKind::Trial))
        .then(|| snapshot.index().ids.find(NodeKind::Trial, term).err())
        .flatten()
        .map(|bad| bad.reason);
    Resolution { status, candidates, duplicate_of: None, problem }
}
