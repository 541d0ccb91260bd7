//! Where in the texts of a hit do the words of the query stand?
//!
//! Must not know: ranking, pages.

use super::documents::{self, Weight};
use super::token::Cut;
use super::{TextIndex, Words};
use crate::graph::{Graph, Node};

/// Characters that a highlight shows, about.
const WINDOW: usize = 180;
/// Highlights of one hit, at most.
const MOST: usize = 3;
/// Texts of one hit that are looked through, at most.
const LOOKED: usize = 200;

/// Passages of a node's texts in which words of a query stand: HTML-escaped text with the words between `<em>` and
/// `</em>`. The most telling texts first, at most three; a long text is cut around its first found word, marked by `…`.
/// Ids are shown where no other text holds the words, and names of what the node is linked to where its own texts do not.
///
/// Complexity: linear in the texts of the node.
#[must_use]
pub fn highlight(graph: &Graph, index: &TextIndex, words: &Words, node: Node) -> Vec<String> {
    let own = documents::own(graph, node).into_iter();
    let linked = documents::linked(graph, node).into_iter().map(|id| (Weight::Linked, id));
    let mut shown = Vec::new();
    for (weight, id) in own.chain(linked).take(LOOKED) {
        if shown.len() == MOST || (matches!(weight, Weight::Id | Weight::Linked) && !shown.is_empty()) {
            break;
        }
        let text = graph.strings.text(id);
        if let Some(marked) = mark(index, words, &text)
            && !shown.contains(&marked)
        {
            shown.push(marked);
        }
    }
    shown
}

/// The text with the words marked, or none where it holds none.
fn mark(index: &TextIndex, words: &Words, text: &str) -> Option<String> {
    let mut cut = Cut::default();
    index.tokenizer().cut(text, &mut cut);
    let held = cut.words().filter(|(word, ..)| words.holds(word));
    let mut spans: Vec<(usize, usize)> = held.map(|(_, start, end)| (start, end)).collect();
    spans.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    let first = *joined.first()?;
    let (from, to) = window(text, first);
    let mut out = String::with_capacity(to - from + 32);
    if from > 0 {
        out.push('…');
    }
    let mut at = from;
    for (start, end) in joined.into_iter().filter(|(start, end)| *start >= from && *end <= to) {
        escape(&text[at..start], &mut out);
        out.push_str("<em>");
        escape(&text[start..end], &mut out);
        out.push_str("</em>");
        at = end;
    }
    escape(&text[at..to], &mut out);
    if to < text.len() {
        out.push('…');
    }
    Some(out)
}

/// The part of a text to show, whole characters, around a span.
fn window(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let before = text[..start].char_indices().rev().take(WINDOW / 3).last().map_or(start, |(at, _)| at);
    let shown = text[before..end].chars().count();
    let rest = WINDOW.saturating_sub(shown);
    let after = text[end..].char_indices().nth(rest).map_or(text.len(), |(at, _)| end + at);
    (before, after)
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}
