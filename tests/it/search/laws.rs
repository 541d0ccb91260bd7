//! What holds of every text that is searched.

use proptest::prelude::*;
use trialweave::domain::NodeKind;
use trialweave::index::SEARCHED;
use trialweave::select::{self, Pace, SearchResult};

use super::{searched, snapshot};

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_is_too_odd(text in any::<String>(), more in "\\PC{0,40}") {
        for text in [&text, &more] {
            let short: String = text.chars().take(60).collect();
            let result = searched(&short, &[]);
            for hit in result.ordered().take(3) {
                select::highlights(snapshot(), &result, hit.node).unwrap();
            }
            select::search_ids(snapshot(), &short, NodeKind::Trial, &Pace::free()).unwrap();
            select::suggest(snapshot(), &short, &[], 10).unwrap();
            select::resolve(snapshot(), &[&short], &[]).unwrap();
        }
    }

    #[test]
    fn width_and_case_do_not_matter(text in "[a-zA-Z0-9αβγéü间皮素白血病 /.+-]{1,24}") {
        let key = |text: &str| {
            let hits: Vec<_> = searched(text, &[]).ordered().map(|h| (h.node, h.score.to_bits())).collect();
            let names = select::suggest(snapshot(), text, &[], 10).unwrap();
            let mut terms = select::resolve(snapshot(), &[text], &[]).unwrap();
            // What is wrong with an id is told of the id as it is written.
            terms.iter_mut().for_each(|t| t.problem = None);
            (hits, names, terms)
        };
        let expected = key(&text);
        for variant in [text.to_uppercase(), text.to_lowercase(), wide(&text)] {
            prop_assert_eq!(&key(&variant), &expected, "{}", variant);
        }
    }

    /// Highlights hold what is there, and nothing that a page would run.
    #[test]
    fn highlights_are_escaped(text in "(CD19|cell|lymphoma|death|disease|间皮素|<b>|&)( (CAR|NK|therapy|患者))?") {
        let result = searched(&text, &[]);
        for hit in result.ordered().take(10) {
            for shown in select::highlights(snapshot(), &result, hit.node).unwrap() {
                let bare = shown.replace("<em>", "").replace("</em>", "");
                prop_assert!(!bare.contains(['<', '>', '"']), "{}", shown);
                prop_assert!(shown.contains("<em>"), "{}", shown);
                prop_assert!(bare.split('&').skip(1).all(|rest| rest.contains(';')), "{}", shown);
            }
        }
    }

    /// However many are put in order, they are the beginning of the whole list.
    #[test]
    fn the_best_are_the_best_of_all(text in "(CD19|cell|NK|phase|NCT0|淋巴瘤|xylophone)( (CAR|NK|therapy|1))?", some in proptest::collection::vec(0usize..120, 1..4)) {
        let key = |result: &SearchResult| result.ordered().map(|h| (h.node, h.score.to_bits(), h.name)).collect::<Vec<_>>();
        let whole = key(&searched(&text, &[]));
        let mut result = select::search(snapshot(), &text, &[], &Pace::free()).unwrap();
        prop_assert_eq!(result.len(), whole.len());
        for most in some {
            result.order(snapshot(), most).unwrap();
            let ordered = key(&result);
            prop_assert!(ordered.len() >= most.min(whole.len()));
            prop_assert_eq!(&ordered[..], &whole[..ordered.len()]);
        }
    }

    /// Kinds are asked of the index or of what it found: either way they leave out the others, and nothing else.
    #[test]
    fn kinds_leave_out_the_others(text in "(CD19|cell|NK|phase|NCT0|淋巴瘤)( (CAR|NK|1))?", kinds in proptest::sample::subsequence(SEARCHED.to_vec(), 1..7)) {
        let all = searched(&text, &[]);
        let some = searched(&text, &kinds);
        prop_assume!(!all.relaxed && !some.relaxed);
        let key = |result: &SearchResult| result.ordered().filter(|h| kinds.contains(&h.node.kind)).map(|h| (h.node, h.score.to_bits())).collect::<Vec<_>>();
        prop_assert_eq!(key(&some), key(&all));
        prop_assert_eq!(some.len(), kinds.iter().map(|k| some.counts[*k as usize] as usize).sum::<usize>());
    }
}
