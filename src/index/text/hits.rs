//! Which nodes did the index find, and how well does each fit?
//!
//! Must not know: what was looked for.

use std::sync::Arc;

use rayon::prelude::*;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::{Broken, NODE};
use crate::domain::NodeKind;
use crate::graph::Node;

/// A node, in four bytes: its kind above, its number below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packed(u32);

/// Bits of a number.
const NUMBER: u32 = 29;

impl Packed {
    /// Packs a node; none where its number is 2^29 or more.
    pub(super) fn new(node: Node) -> Option<Self> {
        (node.ix >> NUMBER == 0).then_some(Self((node.kind as u32) << NUMBER | node.ix))
    }

    fn node(self) -> Option<Node> {
        NodeKind::at((self.0 >> NUMBER) as u8).map(|kind| Node::new(kind, self.0 & ((1 << NUMBER) - 1)))
    }

    /// As it is kept.
    pub(super) const fn bits(self) -> u32 {
        self.0
    }
}

/// A node that was found, with its weight: the larger the better it fits.
pub type Hit = (Node, f32);

/// The nodes of the documents of each segment.
pub(super) type Nodes = Vec<Arc<[Packed]>>;

/// Reads them off once: the index keeps them packed more tightly than is quick to read one by one.
pub(super) fn nodes(searcher: &Searcher) -> Result<Nodes, Broken> {
    let of = |segment: &SegmentReader| {
        let column = segment.fast_fields().u64(NODE)?;
        let node = |doc| column.first(doc).map(|bits| Packed(bits as u32));
        let all: Option<Arc<[Packed]>> = (0..segment.max_doc()).map(node).collect();
        all.ok_or_else(|| Broken("a document without its node".into()))
    };
    searcher.segment_readers().iter().map(of).collect()
}

/// Collects every node of these kinds.
pub(super) struct Hits<'a> {
    pub(super) nodes: &'a Nodes,
    pub(super) wanted: [bool; 8],
}

pub(super) struct SegmentHits {
    nodes: Arc<[Packed]>,
    wanted: [bool; 8],
    found: Vec<(DocId, Score)>,
}

impl Collector for Hits<'_> {
    type Fruit = Vec<Vec<Hit>>;
    type Child = SegmentHits;

    fn for_segment(&self, number: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentHits> {
        let nodes = self.nodes.get(number as usize).cloned().unwrap_or_default();
        Ok(SegmentHits { nodes, wanted: self.wanted, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, parts: Vec<Vec<Hit>>) -> tantivy::Result<Vec<Vec<Hit>>> {
        Ok(parts)
    }
}

impl SegmentCollector for SegmentHits {
    type Fruit = Vec<Hit>;

    fn collect(&mut self, doc: DocId, weight: Score) {
        self.found.push((doc, weight));
    }

    /// The nodes are read off at the end, with nothing between one and the next: they lie far apart, and the processor
    /// waits for many of them at once.
    fn harvest(self) -> Self::Fruit {
        let node = |doc: DocId| self.nodes.get(doc as usize).and_then(|packed| packed.node());
        let wanted = |node: &Node| self.wanted[node.kind as usize];
        let mut hits = Vec::with_capacity(self.found.len());
        hits.extend(self.found.iter().filter_map(|(doc, weight)| Some((node(*doc).filter(wanted)?, *weight))));
        hits
    }
}

/// What a collector collects of each segment, on all cores.
pub(super) fn together<C: Collector>(
    searcher: &Searcher,
    query: &dyn Query,
    collector: &C,
) -> tantivy::Result<Vec<<C::Child as SegmentCollector>::Fruit>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let segments = searcher.segment_readers().par_iter().enumerate();
    segments.map(|(number, segment)| collector.collect_segment(&*weight, number as u32, segment)).collect()
}

#[cfg(test)]
mod tests {
    use tantivy::collector::DocSetCollector;
    use tantivy::query::TermQuery;
    use tantivy::schema::{IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Term, doc};

    use super::*;

    #[test]
    fn all_cores_together_find_what_one_finds() {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(tantivy::indexer::NoMergePolicy));
        for segment in 0..5 {
            for number in 0..20 {
                let word = if (segment + number) % 3 == 0 { "some" } else { "other" };
                writer.add_document(doc!(text => word)).unwrap();
            }
            writer.commit().unwrap();
        }
        let searcher = index.reader().unwrap().searcher();
        assert_eq!(searcher.segment_readers().len(), 5);
        let query = TermQuery::new(Term::from_field_text(text, "some"), IndexRecordOption::WithFreqs);
        let alone = searcher.search(&query, &DocSetCollector).unwrap();
        let parts = together(&searcher, &query, &DocSetCollector).unwrap();
        assert_eq!((parts.len(), alone.len()), (5, 33));
        assert_eq!(DocSetCollector.merge_fruits(parts).unwrap(), alone);
    }
}
