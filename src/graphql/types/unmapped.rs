//! Which printed texts does no vocabulary entry cover yet?

use std::sync::Arc;

use super::super::args::Args;
use super::super::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{self, List, connection, page, page_of_list};
use super::{Cx, Extra, T, filters};
use crate::domain::SourceField;
use crate::index::UnmappedText;

pub(super) fn root() -> Field {
    connection(
        "unmapped",
        "UnmappedConnection!",
        "Printed text that no vocabulary entry covers yet, each text once per source and field; by source, field \
             and text. Nothing is ever dropped.",
        unmapped,
    )
    .args([
        input("field", "SourceField", "Only text of this field. All fields, and terms of statements, where left out."),
        input("printed", "StringFilter", "Only text that fits."),
    ])
}

fn unmapped(cx: &Cx<'_>, o: &Obj, args: &Args) -> Res<Option<Obj>> {
    let only = args.number("field").and_then(SourceField::at);
    let tests = args.get("printed").map(|v| filters::texts(v, "printed".into())).transpose()?.unwrap_or_default();
    let texts = cx.snapshot.index().unmapped(cx.graph());
    if only.is_none() && tests.is_empty() {
        return page(cx, T::UnmappedConnection, o, args, "unmapped", List::All(texts.len() as u32), None);
    }
    let fits = |text: &UnmappedText| {
        let printed = cx.graph().strings.text(text.text);
        only.is_none_or(|field| text.field == Some(field)) && tests.iter().all(|test| test.passes(Some(&printed)))
    };
    cx.work(texts.len() as u64)?;
    let found = (0..).zip(texts).filter(|(_, text)| fits(text)).map(|(at, _)| at).collect();
    page_of_list(cx, T::UnmappedConnection, o, args, "unmapped", found)
}

fn unmapped_nodes(cx: &Cx<'_>, o: &Obj) -> Res<Vec<(u32, Arc<Extra>)>> {
    let (ids, page, _) = connection::parts(o)?;
    let texts = cx.snapshot.index().unmapped(cx.graph());
    let wanted = (page.start..page.end).map(|at| (at, ids.at(at)));
    Ok(wanted
        .filter_map(|(at, number)| Some((at, Arc::new(Extra::Unmapped(texts.get(number as usize)?.clone())))))
        .collect())
}

fn unmapped_text(o: &Obj) -> Res<&UnmappedText> {
    match o.extra.as_deref() {
        Some(Extra::Unmapped(text)) => Ok(text),
        _ => Err(FieldError::new(Code::InternalServerError, "a text without what it says")),
    }
}

pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new(
            T::UnmappedConnection,
            "A page of a list of printed texts that do not map.",
            vec![
                many("edges", "[UnmappedEdge!]!", "The texts of the page with their cursors.", |cx, o, _, out| {
                    let (_, _, list) = connection::parts(o)?;
                    out.extend(
                        unmapped_nodes(cx, o)?.iter().map(|(at, e)| Some(Obj::with(T::UnmappedEdge, *at, list, e))),
                    );
                    Ok(())
                })
                .size(Size::One),
                many("nodes", "[Unmapped!]!", "The texts of the page.", |cx, o, _, out| {
                    out.extend(unmapped_nodes(cx, o)?.iter().map(|(at, e)| Some(Obj::with(T::Unmapped, *at, 0, e))));
                    Ok(())
                })
                .size(Size::One),
                connection::page_info(),
                connection::total_count(),
            ],
        ),
        Object::new(
            T::UnmappedEdge,
            "One of the texts of a page, with its place in the list.",
            vec![
                leaf(
                    "cursor",
                    "String!",
                    "Opaque place of the edge in its list; valid for this release.",
                    |cx, o, _, out| {
                        out.word(&super::super::cursor::write(cx.release_tag(), o.b, o.a));
                        Ok(())
                    },
                ),
                one("node", "Unmapped!", "The text.", |_, o, _| {
                    Ok(o.extra.as_ref().map(|extra| Obj::with(T::Unmapped, o.a, 0, extra)))
                }),
            ],
        ),
        Object::new(
            T::Unmapped,
            "A printed text that no vocabulary entry covers yet.",
            vec![
                leaf("printed", "String!", "The text as printed.", |cx, o, _, out| {
                    out.raw(cx.json(unmapped_text(o)?.text));
                    Ok(())
                }),
                leaf(
                    "field",
                    "SourceField",
                    "The field it stands in; null for a term of a statement.",
                    |_, o, _, out| {
                        out.opt(unmapped_text(o)?.field, |out, f| out.word(f.text()));
                        Ok(())
                    },
                ),
                one("source", "Source!", "The source that prints it.", |_, o, _| {
                    Ok(Some(Obj::new(T::Source, unmapped_text(o)?.source)))
                }),
                leaf("count", "Int!", "How often it stands there.", |_, o, _, out| {
                    let text = unmapped_text(o)?;
                    out.int(text.assertions.len() + text.statements.len());
                    Ok(())
                }),
                many("assertions", "[Assertion!]!", "The assertions that keep it.", |_, o, _, out| {
                    out.extend(unmapped_text(o)?.assertions.iter().map(|a| Some(Obj::new(T::Assertion, *a))));
                    Ok(())
                }),
                many("statements", "[Statement!]!", "The statements that speak of it.", |_, o, _, out| {
                    out.extend(unmapped_text(o)?.statements.iter().map(|s| Some(Obj::new(T::Statement, *s))));
                    Ok(())
                }),
            ],
        ),
    ]
}
