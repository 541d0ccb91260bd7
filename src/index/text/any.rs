//! Which texts hold a word, written in any of its ways, in any of the fields?
//!
//! The best of the ways counts, and a little of the others. Tantivy's own union gathers some thousand documents ahead to be
//! quick where all of them are wanted; a word is mostly looked up at the documents of a rarer one, so this one looks at no
//! document before it is asked for. Must not know: words, fields.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// How much the other ways count beside the best.
const OTHERS: Score = 0.1;

/// Any of these.
#[derive(Debug)]
pub(super) struct AnyOf(pub(super) Vec<Box<dyn Query>>);

impl Clone for AnyOf {
    fn clone(&self) -> Self {
        Self(self.0.iter().map(|query| query.box_clone()).collect())
    }
}

impl Query for AnyOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights: tantivy::Result<_> = self.0.iter().map(|query| query.weight(scoring)).collect();
        Ok(Box::new(AnyWeight(weights?)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.iter().for_each(|query| query.query_terms(visitor));
    }
}

struct AnyWeight(Vec<Box<dyn Weight>>);

impl Weight for AnyWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut some = Vec::with_capacity(self.0.len());
        for weight in &self.0 {
            let scorer = weight.scorer(segment, boost)?;
            if scorer.doc() != TERMINATED {
                some.push(scorer);
            }
        }
        Ok(match some.len() {
            0 => Box::new(EmptyScorer),
            1 => some.remove(0),
            _ => {
                let doc = some.iter().map(|scorer| scorer.doc()).min().unwrap_or(TERMINATED);
                Box::new(AnyScorer { some, doc })
            }
        })
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("the best of any, and a little of the others", scorer.score()))
    }
}

/// Two or more, each at its first document that is not before `doc`, the first of all.
struct AnyScorer {
    some: Vec<Box<dyn Scorer>>,
    doc: DocId,
}

impl DocSet for AnyScorer {
    fn advance(&mut self) -> DocId {
        let mut first = TERMINATED;
        for scorer in &mut self.some {
            let at = scorer.doc();
            first = first.min(if at == self.doc { scorer.advance() } else { at });
        }
        self.doc = first;
        first
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let mut first = TERMINATED;
        for scorer in &mut self.some {
            let at = scorer.doc();
            first = first.min(if at < target { scorer.seek(target) } else { at });
        }
        self.doc = first;
        first
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.some.iter().map(|scorer| scorer.size_hint()).max().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        self.some.iter().map(|scorer| scorer.cost()).sum()
    }
}

impl Scorer for AnyScorer {
    fn score(&mut self) -> Score {
        let (mut best, mut sum): (Score, Score) = (0.0, 0.0);
        for scorer in &mut self.some {
            if scorer.doc() == self.doc {
                let score = scorer.score();
                best = best.max(score);
                sum += score;
            }
        }
        best + (sum - best) * OTHERS
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::collector::TopDocs;
    use tantivy::query::{BooleanQuery, DisjunctionMaxQuery, Occur, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;

    fn terms(fields: &[Field], word: &str) -> Vec<Box<dyn Query>> {
        let term = |field: &Field| {
            let term = Term::from_field_text(*field, word);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
        };
        fields.iter().map(term).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Alone and beside another word it finds what tantivy's own union finds, with the same weights.
        #[test]
        fn it_finds_what_the_union_finds(texts in proptest::collection::vec(("[ab]{0,2}( [abc]){0,4}", "([abc] ){0,3}"), 1..400)) {
            let mut schema = Schema::builder();
            let fields = [schema.add_text_field("one", TEXT), schema.add_text_field("two", TEXT)];
            let index = Index::create_in_ram(schema.build());
            let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
            for (one, two) in &texts {
                let mut document = TantivyDocument::default();
                document.add_text(fields[0], one);
                document.add_text(fields[1], two);
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
            let searcher = index.reader().unwrap().searcher();
            let ask = |words: &[&str], any: &dyn Fn(&str) -> Box<dyn Query>| {
                let all = words.iter().map(|word| (Occur::Must, any(word))).collect();
                let found = searcher.search(&BooleanQuery::new(all), &TopDocs::with_limit(1000).order_by_score());
                let mut found = found.unwrap();
                found.sort_by_key(|(_, document)| *document);
                found
            };
            for words in [&["a"][..], &["a", "b"], &["c", "a", "b"], &["ab", "c"], &["d"]] {
                let ours = ask(words, &|word| Box::new(AnyOf(terms(&fields, word))));
                let union = ask(words, &|word| Box::new(DisjunctionMaxQuery::with_tie_breaker(terms(&fields, word), OTHERS)));
                prop_assert_eq!(ours.len(), union.len());
                for ((weight, document), (other, same)) in ours.iter().zip(&union) {
                    prop_assert_eq!(document, same);
                    prop_assert!((weight - other).abs() < 1e-4, "{} {}", weight, other);
                }
                if let Some((weight, document)) = ours.first() {
                    let explained = BooleanQuery::new(words.iter().map(|word| (Occur::Must, Box::new(AnyOf(terms(&fields, word))) as Box<dyn Query>)).collect())
                        .explain(&searcher, *document).unwrap();
                    prop_assert!((explained.value() - weight).abs() < 1e-4);
                }
            }
        }
    }
}
