//! Which trials study a disease or one below it?
//!
//! A bitmap for each disease with many trials at or below it; for the others the links are few. Must not know: filters.

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use super::postings::set_of;
use crate::graph::{Graph, Relation};

/// A disease that has one of so many trials has a bitmap.
const DENSE: u32 = 64;

/// Trials at and below diseases.
#[derive(Debug, Default)]
pub struct Below(FxHashMap<u32, RoaringBitmap>);

impl Below {
    /// `counts`: how many trials each disease has, those below it included.
    ///
    /// Complexity: linear in the links below each disease that has a bitmap.
    pub(super) fn build(graph: &Graph, counts: &[u32]) -> Self {
        let (is_a, studies) = (graph.relation(Relation::DiseaseDisease), graph.relation(Relation::TrialDisease));
        let all = graph.trials.status.len() as u32;
        // The last disease for which a disease was met.
        let mut met = vec![u32::MAX; counts.len()];
        let (mut open, mut trials) = (Vec::new(), Vec::new());
        let mut of = FxHashMap::default();
        for (root, _) in (0..).zip(counts).filter(|(_, count)| all > 0 && **count >= all.div_ceil(DENSE)) {
            open.push(root);
            met[root as usize] = root;
            while let Some(disease) = open.pop() {
                trials.extend_from_slice(studies.sources(disease));
                let new = is_a.sources(disease).iter().copied();
                open.extend(new.filter(|d| std::mem::replace(&mut met[*d as usize], root) != root));
            }
            of.insert(root, set_of(&trials));
            trials.clear();
        }
        Self(of)
    }

    /// The trials at and below a disease, where there are many.
    ///
    /// Complexity: constant.
    #[must_use]
    pub fn trials(&self, disease: u32) -> Option<&RoaringBitmap> {
        self.0.get(&disease)
    }
}
