//! Words in, entities out: search, suggestions while typing, resolution of lists of names.

use std::sync::Arc;

use super::super::args::{Args, Val};
use super::super::cursor;
use super::super::declare::{Enum, Field, Items, Obj, Object, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{List, connection, page};
use super::entity::object_of;
use super::{Cx, Extra, T};
use crate::domain::{CitationStyle, MatchKind, NodeKind, ResolutionStatus};
use crate::index::NameHit;
use crate::select::{self, BadText, Resolution, SearchHit, SearchResult};

/// Suggestions where no limit is given.
const SUGGESTIONS: i32 = 10;

const KINDS: &str = "Only nodes of these kinds. All but SOURCE where left out or empty; SOURCE is refused, as sources \
                     are found by id alone.";

pub(super) fn enums() -> [Enum; 3] {
    [
        Enum { name: MatchKind::NAME, doc: MatchKind::DOC, words: MatchKind::WORDS },
        Enum { name: ResolutionStatus::NAME, doc: ResolutionStatus::DOC, words: ResolutionStatus::WORDS },
        Enum { name: CitationStyle::NAME, doc: CitationStyle::DOC, words: CitationStyle::WORDS },
    ]
}

/// The roots.
pub(super) fn fields() -> Vec<Field> {
    vec![
        connection(
            "search",
            "SearchConnection!",
            "Words in, entities out: over labels, synonyms, ids and identifiers, titles, printed texts, statements, \
             authors and names of linked entities, Chinese and English. Width, case, accents, hyphens and Greek letters \
             do not matter. Best first: exact ids, labels and aliases, then beginnings of names, then texts that hold \
             all the words; where no node holds them all, texts that hold some (`relaxed`).",
            search,
        )
        .args([
            input("text", "String!", "What to look for, at most 1000 characters and 64 different words. A text without letters and digits finds nothing."),
            input("kinds", "[NodeKind!]", KINDS),
        ])
        .cost(20),
        many(
            "suggest",
            "[Suggestion!]!",
            "What someone who types may mean: names, aliases, ids and pinyin that begin with the text, or have a later \
             word that does. Beginnings of whole names first, then the shorter name, then the more linked node. Each \
             node comes once, by its best name.",
            suggest,
        )
        .args([
            input("prefix", "String!", "What was typed so far, at most 1000 characters. Empty finds nothing."),
            input("kinds", "[NodeKind!]", KINDS),
            input("limit", "Int", "At most so many, 10 where left out, up to 100."),
        ])
        .size(Size::Usual(10))
        .cost(5),
        many(
            "resolve",
            "[Resolution!]!",
            "Which node each term means, in the order of the terms: ids in any form, labels, aliases, gene symbols, \
             spelling apart. Nothing is guessed: a term that only resembles a name means NONE.",
            resolve,
        )
        .args([
            input("terms", "[String!]!", "At most 1000 terms of at most 1000 characters."),
            input("kinds", "[NodeKind!]", KINDS),
        ])
        .size(Size::Argument("terms"))
        .cost(5),
    ]
}

pub(super) fn objects() -> Vec<Object> {
    vec![search_connection(), search_edge(), suggestion(), resolution()]
}

fn kinds(args: &Args) -> Vec<NodeKind> {
    args.items("kinds").unwrap_or_default().iter().filter_map(|v| v.number().and_then(NodeKind::at)).collect()
}

/// What a client reads where a text is not looked up. `place` is the argument, with the place in a list.
pub(super) fn refused(bad: BadText, place: &str, argument: &str) -> FieldError {
    match bad {
        BadText::TooLong(count) => FieldError::new(
            Code::LimitExceeded,
            format!("`{place}` has {count} characters, the most is {}", select::TEXT_CAP),
        )
        .argument(argument)
        .limit("textLength"),
        BadText::TooManyWords(count) => FieldError::new(
            Code::LimitExceeded,
            format!("`{place}` has {count} different words, the most is {}", select::WORDS_CAP),
        )
        .argument(argument)
        .limit("textWords")
        .hint("search for the words that matter"),
        BadText::NotSearched(kind) => {
            FieldError::new(Code::BadUserInput, format!("nodes of kind {kind} are not searched"))
                .argument("kinds")
                .hint("ask for a source by its id")
        }
        BadText::Broken(why) => FieldError::new(Code::InternalServerError, why),
    }
}

fn search(cx: &Cx<'_>, o: &Obj, args: &Args) -> Res<Option<Obj>> {
    let text = args.text("text").unwrap_or_default();
    let mut result = cx
        .paced(|pace| select::search(cx.snapshot, text, &kinds(args), pace))?
        .map_err(|bad| refused(bad, "text", "text"))?;
    cx.work(result.work + result.len() as u64)?;
    let total = result.len() as u32;
    let page = page(cx, T::SearchConnection, o, args, "search", List::All(total), None)?;
    let Some(paged) = page.and_then(|page| page.extra) else { return Ok(None) };
    if let Extra::Page { page, .. } = &*paged {
        result.order(cx.snapshot, page.end as usize).map_err(|bad| refused(bad, "text", "text"))?;
    }
    Ok(Some(Obj::with(T::SearchConnection, 0, 0, &Arc::new(Extra::Search { result, paged }))))
}

fn suggest(cx: &Cx<'_>, _: &Obj, args: &Args, out: &mut Items) -> Res<()> {
    let limit = args.int("limit").unwrap_or(SUGGESTIONS);
    let most = usize::try_from(limit)
        .map_err(|_| FieldError::new(Code::BadUserInput, format!("`limit` is negative: {limit}")).argument("limit"))?;
    if most > select::SUGGESTIONS_CAP {
        let message = format!("{most} suggestions are asked for, the most is {}", select::SUGGESTIONS_CAP);
        return Err(FieldError::new(Code::LimitExceeded, message).argument("limit").limit("suggestions"));
    }
    let prefix = args.text("prefix").unwrap_or_default();
    let found =
        select::suggest(cx.snapshot, prefix, &kinds(args), most).map_err(|bad| refused(bad, "prefix", "prefix"))?;
    let count = found.len() as u32;
    cx.work(u64::from(count))?;
    let extra = Arc::new(Extra::Names(found));
    out.extend((0..count).map(|at| Some(Obj::with(T::Suggestion, at, 0, &extra))));
    Ok(())
}

fn resolve(cx: &Cx<'_>, _: &Obj, args: &Args, out: &mut Items) -> Res<()> {
    let terms: Vec<&str> = args.items("terms").unwrap_or_default().iter().filter_map(Val::text).collect();
    if terms.len() > select::TERMS_CAP {
        let message = format!("{} terms are given, the most is {}", terms.len(), select::TERMS_CAP);
        return Err(FieldError::new(Code::LimitExceeded, message)
            .argument("terms")
            .limit("terms")
            .hint("split the list over several calls"));
    }
    let all = select::resolve(cx.snapshot, &terms, &kinds(args))
        .map_err(|(place, bad)| refused(bad, &format!("terms[{place}]"), "terms"))?;
    cx.work(all.iter().map(|term| 1 + term.candidates.len() as u64).sum())?;
    let count = all.len() as u32;
    let terms = terms.into_iter().map(Box::from).collect();
    let extra = Arc::new(Extra::Resolved { terms, all });
    out.extend((0..count).map(|at| Some(Obj::with(T::Resolution, at, 0, &extra))));
    Ok(())
}

fn found(o: &Obj) -> Res<(&SearchResult, &Arc<Extra>)> {
    match o.extra.as_deref() {
        Some(Extra::Search { result, paged }) => Ok((result, paged)),
        _ => Err(FieldError::new(Code::InternalServerError, "a search without its result")),
    }
}

fn hit(o: &Obj) -> Res<SearchHit> {
    let (result, _) = found(o)?;
    result.hit(o.a as usize).ok_or_else(|| FieldError::new(Code::InternalServerError, "a hit behind those in order"))
}

/// Positions of the page.
fn shown(o: &Obj) -> Res<std::ops::Range<u32>> {
    match &**found(o)?.1 {
        Extra::Page { page, .. } => Ok(page.start..page.end),
        _ => Err(FieldError::new(Code::InternalServerError, "a search without its page")),
    }
}

fn search_connection() -> Object {
    Object::new(
        T::SearchConnection,
        "A page of what a search found, best first.",
        vec![
            many("edges", "[SearchEdge!]!", "The hits of the page: node, how good, why, where.", |_, o, _, out| {
                let extra = o.extra.as_ref();
                let edge = |at| extra.map(|extra| Obj::with(T::SearchEdge, at, 0, extra));
                out.extend(shown(o)?.map(edge));
                Ok(())
            })
            .size(Size::One),
            many("nodes", "[Entity!]!", "The nodes of the page.", |_, o, _, out| {
                let (result, _) = found(o)?;
                out.extend(shown(o)?.map(|at| result.hit(at as usize).map(|hit| object_of(hit.node))));
                Ok(())
            })
            .size(Size::One),
            one("pageInfo", "PageInfo!", "Where the page lies in the list.", |_, o, _| {
                found(o).map(|(_, paged)| Some(Obj::with(T::PageInfo, 0, 0, paged)))
            }),
            leaf("totalCount", "Int!", "How many nodes were found, not only on the page.", |_, o, _, out| {
                out.int(found(o)?.0.len());
                Ok(())
            }),
            many(
                "kindCounts",
                "[KindCount!]!",
                "How many nodes of each kind were found; kinds without a hit are left out.",
                |_, o, _, out| {
                    let counts = found(o)?.0.counts;
                    let some = NodeKind::ALL.iter().filter(|kind| counts[**kind as usize] > 0);
                    out.extend(some.map(|k| Some(Obj::pair(T::KindCount, *k as u32, counts[*k as usize]))));
                    Ok(())
                },
            ),
            leaf(
                "relaxed",
                "Boolean!",
                "Whether no node holds all the words, so that nodes with some of them are given.",
                |_, o, _, out| {
                    out.bool(found(o)?.0.relaxed);
                    Ok(())
                },
            ),
        ],
    )
}

fn search_edge() -> Object {
    Object::new(
        T::SearchEdge,
        "A node that a search found.",
        vec![
            leaf("cursor", "String!", "Opaque place of the hit in the list; valid for this release.", |cx, o, _, out| {
                if let Extra::Page { list, .. } = &**found(o)?.1 {
                    out.word(&cursor::write(cx.release_tag(), *list, o.a));
                } else {
                    out.null();
                }
                Ok(())
            }),
            one("node", "Entity!", "The node.", |_, o, _| Ok(Some(object_of(hit(o)?.node)))),
            leaf(
                "score",
                "Float!",
                "How good a hit it is. The whole part tells the kind of hit (5 id, 4 label, 3 alias, 2 beginning of a \
                 name, 1 beginning of a later word of a name, 0 words of a text), the fraction how good it is of its \
                 kind; comparable within one search only.",
                |_, o, _, out| {
                    out.float((f64::from(hit(o)?.score) * 10_000.0).round() / 10_000.0);
                    Ok(())
                },
            ),
            leaf("matchKind", "MatchKind!", "How the text led to the node.", |_, o, _, out| {
                out.word(hit(o)?.kind().text());
                Ok(())
            }),
            leaf("exact", "Boolean!", "Whether the text is the whole id or name, spelling apart.", |_, o, _, out| {
                out.bool(hit(o)?.name.is_some_and(|name| name.is_exact()));
                Ok(())
            }),
            leaf("matched", "String", "The name or id that the text is, or begins; null for TEXT.", |cx, o, _, out| {
                out.opt(hit(o)?.name, |out, name| out.raw(cx.json(name.text)));
                Ok(())
            }),
            leaf("matchedLang", "Language", "Language of `matched`; null for ids and TEXT.", |_, o, _, out| {
                out.opt(hit(o)?.name.and_then(|name| name.language), |out, lang| out.word(lang.text()));
                Ok(())
            }),
            leaf(
                "highlights",
                "[String!]!",
                "Passages of the node's texts in which the words stand, at most three, most telling first: HTML-escaped \
                 text with the words between `<em>` and `</em>`; `…` where it is cut. Where only entities that the node \
                 is linked to hold the words, their names. Empty where the beginning of a name led to the node.",
                |cx, o, _, out| {
                    let (result, _) = found(o)?;
                    let shown = select::highlights(cx.snapshot, result, hit(o)?.node)
                        .map_err(|bad| refused(bad, "text", "text"))?;
                    out.list(shown, |out, text| out.text(&text));
                    Ok(())
                },
            )
            .cost(10),
        ],
    )
}

fn name(o: &Obj) -> Res<&NameHit> {
    match o.extra.as_deref() {
        Some(Extra::Names(names)) => Ok(&names[o.a as usize]),
        Some(Extra::Resolved { all, .. }) => Ok(&all[o.a as usize].candidates[o.b as usize]),
        _ => Err(FieldError::new(Code::InternalServerError, "a suggestion without its name")),
    }
}

fn suggestion() -> Object {
    Object::new(
        T::Suggestion,
        "A node, and the name by which a text leads to it.",
        vec![
            leaf("text", "String!", "The name, alias or id, as it is stored.", |cx, o, _, out| {
                out.raw(cx.json(name(o)?.text));
                Ok(())
            }),
            leaf("lang", "Language", "Language of the name; null for ids.", |_, o, _, out| {
                out.opt(name(o)?.language, |out, lang| out.word(lang.text()));
                Ok(())
            }),
            leaf("matchKind", "MatchKind!", "What kind of name it is.", |_, o, _, out| {
                out.word(name(o)?.kind.text());
                Ok(())
            }),
            leaf("exact", "Boolean!", "Whether the text is the whole name, spelling apart.", |_, o, _, out| {
                out.bool(name(o)?.is_exact());
                Ok(())
            }),
            one("node", "Entity!", "The node.", |_, o, _| Ok(Some(object_of(name(o)?.node)))),
        ],
    )
}

fn term(o: &Obj) -> Res<(&str, &Resolution)> {
    match o.extra.as_deref() {
        Some(Extra::Resolved { terms, all }) => Ok((&terms[o.a as usize], &all[o.a as usize])),
        _ => Err(FieldError::new(Code::InternalServerError, "a resolution without its term")),
    }
}

fn resolution() -> Object {
    Object::new(
        T::Resolution,
        "What a term means.",
        vec![
            leaf("term", "String!", "The term as given.", |_, o, _, out| {
                out.text(term(o)?.0);
                Ok(())
            }),
            leaf("status", "ResolutionStatus!", "How many nodes it means.", |_, o, _, out| {
                out.word(term(o)?.1.status.text());
                Ok(())
            }),
            one("node", "Entity", "The node it means; null unless DIRECT.", |_, o, _| {
                Ok(term(o)?.1.node().map(object_of))
            }),
            one("matched", "Suggestion", "The name by which the term led to `node`; null unless DIRECT.", |_, o, _| {
                let direct = term(o)?.1.node().is_some();
                Ok(o.extra.as_ref().filter(|_| direct).map(|extra| Obj::with(T::Suggestion, o.a, 0, extra)))
            }),
            many(
                "candidates",
                "[Suggestion!]!",
                "All nodes that bear the term as id or name, ids and labels before aliases; empty for NONE. A term that \
                 is the label of one node and an alias of another is DIRECT, and both are here.",
                |_, o, _, out| {
                    let count = term(o)?.1.candidates.len() as u32;
                    let extra = o.extra.as_ref();
                    out.extend((0..count).map(|at| extra.map(|extra| Obj::with(T::Suggestion, o.a, at, extra))));
                    Ok(())
                },
            )
            .size(Size::Usual(1)),
            leaf(
                "duplicateOf",
                "Int",
                "Place in `terms`, from 0, of the first term that means the same node; null for that one itself and \
                 unless DIRECT.",
                |_, o, _, out| {
                    out.opt(term(o)?.1.duplicate_of, |out, at| out.int(at));
                    Ok(())
                },
            ),
            leaf(
                "problem",
                "String",
                "Why the term can be no id, where it looks like one (`NCT` with seven digits); else null.",
                |_, o, _, out| {
                    out.opt(term(o)?.1.problem.as_deref(), |out, text| out.text(text));
                    Ok(())
                },
            ),
        ],
    )
}
