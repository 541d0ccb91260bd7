//! Which nodes hold these words?
//!
//! A full-text index over names, ids, titles and statements in both languages, in memory (tantivy). Built at the first
//! search rather than with the release: the Chinese dictionary alone takes longer to load than everything else. Must not
//! know: pages, exact names (that is `names`), how a hit is shown.

pub(crate) mod fold;

mod any;
mod documents;
mod highlight;
mod hits;
mod stream;
pub(crate) mod token;

pub use documents::SEARCHED;
pub use highlight::highlight;
pub use hits::Hit;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Term};

use self::any::AnyOf;
use self::documents::Weight;
use self::hits::{Hits, Nodes, Packed};
use self::token::{Tokenizer, Wanted};
use crate::domain::NodeKind;
use crate::graph::{Graph, Node};

/// The full-text index of one release.
pub struct TextIndex {
    tokenizer: Arc<Tokenizer>,
    reader: IndexReader,
    nodes: Nodes,
    /// How many links each node has, by number of its kind.
    links: [Vec<u32>; 8],
    fields: Fields,
}

/// What a text asks for: words, each with the ways in which it may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    wanted: Vec<Wanted>,
    terms: HashSet<String>,
}

impl Words {
    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.wanted.len()
    }

    /// Whether there is none: the text holds no letter and no digit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }
}

/// How many of the words a node must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Each of them.
    All,
    /// At least one.
    Any,
}

/// Why the index does not answer: a fault of ours.
#[derive(Debug)]
pub struct Broken(String);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the text index does not answer: {}", self.0)
    }
}

impl std::error::Error for Broken {}

impl From<tantivy::TantivyError> for Broken {
    fn from(error: tantivy::TantivyError) -> Self {
        Self(error.to_string())
    }
}

#[derive(Debug, Clone, Copy)]
struct Fields {
    /// One per [`Weight`].
    texts: [Field; Weight::ALL.len()],
    kind: Field,
}

const NODE: &str = "node";
/// The name under which tantivy knows how our texts fall into words.
const WORDS: &str = "words";
/// Bytes that one core's writer takes before it ends a segment and begins another.
const WRITER_BYTES: usize = 256 << 20;
/// The same for a graph that one core indexes in no time, in one segment.
const SMALL_WRITER_BYTES: usize = 64 << 20;
/// Nodes of such a graph at most.
const SMALL: u32 = 50_000;
/// Fewer documents are looked at by the thread that asks, more by all cores.
const ALONE: u64 = 5_000;
/// Documents of the kinds asked for are few where the words stand in so many times as many.
const FEW: u64 = 2;
/// Nodes of which one core hands the texts to the writers before it looks for more.
const TOGETHER: u32 = 256;

impl TextIndex {
    /// Reads all texts of a graph.
    ///
    /// # Errors
    /// Where tantivy fails, which in memory it has no reason to.
    ///
    /// Complexity: linear in the texts, on top of the dictionary's load (some tenths of a second).
    pub fn build(graph: &Graph) -> Result<Self, Broken> {
        let tokenizer = Arc::new(Tokenizer::new(documents::chinese_names(graph).iter().map(AsRef::as_ref)));
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_tokenizer(WORDS).set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let texts = Weight::ALL.map(|weight| schema.add_text_field(weight.name(), options.clone()));
        let kind = schema.add_u64_field("kind", INDEXED);
        let node = schema.add_u64_field(NODE, FAST);
        let fields = Fields { texts, kind };
        let index = tantivy::Index::create_in_ram(schema.build());
        index.tokenizers().register(WORDS, stream::Words::new(Arc::clone(&tokenizer)));
        let small = SEARCHED.iter().map(|kind| graph.count(*kind)).sum::<u32>() <= SMALL;
        let (cores, bytes) =
            if small { (1, SMALL_WRITER_BYTES) } else { (rayon::current_num_threads().clamp(1, 8), WRITER_BYTES) };
        let mut writer: IndexWriter = index.writer_with_num_threads(cores, cores * bytes)?;
        // Weights do not hang on how documents are spread over segments, so none has to wait for a merge.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for of in SEARCHED {
            let count = graph.count(of);
            (0..count.div_ceil(TOGETHER)).into_par_iter().try_for_each(|part| {
                for ix in part * TOGETHER..count.min((part + 1) * TOGETHER) {
                    let of = Node::new(of, ix);
                    let mut document = tantivy::TantivyDocument::default();
                    document.add_u64(kind, of.kind as u64);
                    let packed = Packed::new(of).ok_or_else(|| {
                        tantivy::TantivyError::InvalidArgument(format!("too many nodes of kind {}", of.kind))
                    })?;
                    document.add_u64(node, u64::from(packed.bits()));
                    for (weight, text) in documents::parts(graph, of) {
                        document.add_text(texts[weight as usize], text);
                    }
                    writer.add_document(document)?;
                }
                Ok::<_, tantivy::TantivyError>(())
            })?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let nodes = hits::nodes(&reader.searcher())?;
        let mut links: [Vec<u32>; 8] = Default::default();
        for of in SEARCHED {
            let count = |ix| u32::try_from(graph.degree(Node::new(of, ix), None)).unwrap_or(u32::MAX);
            links[of as usize] = (0..graph.count(of)).into_par_iter().map(count).collect();
        }
        Ok(Self { tokenizer, reader, nodes, links, fields })
    }

    /// Cuts a text into the words it asks for.
    ///
    /// Complexity: linear in the text.
    #[must_use]
    pub fn words(&self, text: &str) -> Words {
        let wanted = self.tokenizer.wanted(text);
        let terms = wanted.iter().flat_map(|w| w.ways.iter().flatten()).cloned().collect();
        Words { wanted, terms }
    }

    /// Nodes of the kinds (all where empty) that hold the words, with a weight (BM25 over the fields, names before
    /// texts before names of linked nodes); in parts, in no order. `read`: how many documents that is, by [`TextIndex::read_by`].
    ///
    /// # Errors
    /// Where tantivy fails.
    ///
    /// Complexity: linear in the postings of the words.
    pub fn find(&self, words: &Words, kinds: &[NodeKind], need: Need, read: u64) -> Result<Vec<Vec<Hit>>, Broken> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let occur = if need == Need::All { Occur::Must } else { Occur::Should };
        let mut clauses: Vec<_> = words.wanted.iter().map(|w| (occur, self.word(w))).collect();
        let searcher = self.reader.searcher();
        let mut wanted = [kinds.is_empty(); 8];
        for kind in kinds {
            wanted[*kind as usize] = true;
        }
        // To ask each document for its kind costs more than its words, unless few documents are of these kinds.
        let of_kinds: Vec<_> = kinds.iter().map(|kind| Term::from_field_u64(self.fields.kind, *kind as u64)).collect();
        let mut documents = 0;
        for term in &of_kinds {
            documents += searcher.doc_freq(term)?;
        }
        if !kinds.is_empty() && documents < read / FEW {
            if need == Need::Any {
                clauses = vec![(Occur::Must, Box::new(BooleanQuery::new(clauses)) as Box<dyn Query>)];
            }
            let of_kind = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>;
            let any = BooleanQuery::union(of_kinds.into_iter().map(of_kind).collect());
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(any), 0.0))));
        }
        let (query, hits) = (BooleanQuery::new(clauses), Hits { nodes: &self.nodes, wanted });
        if read < ALONE { Ok(searcher.search(&query, &hits)?) } else { Ok(hits::together(&searcher, &query, &hits)?) }
    }

    /// How many documents [`TextIndex::find`] looks at: those of the rarest word where each is needed, else those of all.
    ///
    /// # Errors
    /// Where tantivy fails.
    ///
    /// Complexity: one look into the dictionary for every word and field.
    pub fn read_by(&self, words: &Words, need: Need) -> Result<u64, Broken> {
        let searcher = self.reader.searcher();
        let mut of_words = Vec::with_capacity(words.wanted.len());
        for wanted in &words.wanted {
            let mut documents = 0;
            for way in &wanted.ways {
                for field in self.fields.texts {
                    let of = |text: &String| searcher.doc_freq(&Term::from_field_text(field, text));
                    let of_way: Result<Vec<u64>, _> = way.iter().map(of).collect();
                    documents += of_way?.into_iter().min().unwrap_or(0);
                }
            }
            of_words.push(documents);
        }
        Ok(if need == Need::All { of_words.into_iter().min().unwrap_or(0) } else { of_words.iter().sum() })
    }

    /// How many links a node has: of two that fit equally well, the more linked comes first. Beside the words, as the graph
    /// would look for them in ten places.
    ///
    /// Complexity: constant.
    #[must_use]
    pub fn links(&self, node: Node) -> u32 {
        self.links[node.kind as usize].get(node.ix as usize).copied().unwrap_or(0)
    }

    /// Bytes that the index holds, without the dictionary.
    #[must_use]
    pub fn heap(&self) -> usize {
        let index = self.reader.searcher().space_usage().map_or(0, |usage| usage.total().get_bytes() as usize);
        let links: usize = self.links.iter().map(|links| links.capacity() * size_of::<u32>()).sum();
        index + links + self.nodes.iter().map(|nodes| size_of_val(&**nodes)).sum::<usize>()
    }

    pub(crate) fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// One word, written in any of its ways, in any of the fields: the best of these counts.
    fn word(&self, wanted: &Wanted) -> Box<dyn Query> {
        let mut any: Vec<Box<dyn Query>> = Vec::new();
        for way in &wanted.ways {
            for weight in Weight::ALL {
                let term = |text: &String| {
                    let term = Term::from_field_text(self.fields.texts[weight as usize], text);
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
                };
                let all: Box<dyn Query> = match way.as_slice() {
                    [one] => term(one),
                    many => Box::new(BooleanQuery::intersection(many.iter().map(term).collect())),
                };
                any.push(Box::new(BoostQuery::new(all, weight.boost())));
            }
        }
        Box::new(AnyOf(any))
    }
}

impl std::fmt::Debug for TextIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextIndex").field("fields", &self.fields).finish_non_exhaustive()
    }
}

impl Words {
    /// Whether the word of a text is one of those asked for.
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.terms.contains(word)
    }
}
