//! Sources, their printed rows, and what is asserted from them.

use super::super::declare::{Obj, Object, leaf, many, one};
use super::super::json::Json;
use super::connection::{connection, page_of_list};
use super::query::{trial_list_args, trials_of};
use super::trial::{qualifiers, write_date};
use super::{Base, Cx, T, entity};
use crate::domain::{Language, NodeKind, SourceField};
use crate::graph::{NONE, Node, Relation};
use crate::select;

/// Name of the registry that a number belongs to.
pub(super) fn registry_of(id: &str) -> &'static str {
    const KNOWN: [(&str, &str); 7] = [
        ("NCT", "ClinicalTrials.gov"),
        ("ChiCTR", "ChiCTR"),
        ("jRCT", "jRCT"),
        ("EUCTR", "EU Clinical Trials Register"),
        ("ISRCTN", "ISRCTN"),
        ("CTRI", "CTRI"),
        ("ACTRN", "ANZCTR"),
    ];
    KNOWN.iter().find(|(prefix, _)| id.starts_with(prefix)).map_or("other", |(_, name)| name)
}

/// Lists assertions of a trial, on one field or all, by one source or all.
pub(super) fn assertion_list(
    cx: &Cx<'_>,
    trial: u32,
    field: Option<SourceField>,
    source: Option<u32>,
    out: &mut Vec<Option<Obj>>,
) {
    let columns = &cx.graph().assertions;
    out.extend(columns.field.range(trial).filter_map(|at| {
        let wanted = field.is_none_or(|f| columns.field.items()[at] == f)
            && source.is_none_or(|s| cx.graph().assertion_source(at as u32) == s);
        wanted.then(|| Some(Obj::new(T::Assertion, at as u32)))
    }));
}

/// The id of an assertion: trial, field, source, table and row, and its place among the assertions of that cell.
pub(super) fn assertion_id(cx: &Cx<'_>, at: u32) -> String {
    let graph = cx.graph();
    let (a, rows) = (&graph.assertions, &graph.rows);
    let number = at as usize;
    let (trial, row, field) = (a.trial[number], a.row[number], a.field.items()[number]);
    let place = a
        .field
        .range(trial)
        .take_while(|other| *other < number)
        .filter(|other| a.row[*other] == row && a.field.items()[*other] == field)
        .count();
    let source = graph.strings.text(graph.names(NodeKind::Source).id[graph.assertion_source(at) as usize]);
    format!(
        "assertion:{}/{}/{}/{}.{}/{}",
        graph.strings.text(graph.trials.registry_id[trial as usize]),
        field.text(),
        source.trim_start_matches("source:"),
        graph.strings.text(rows.table[row as usize]),
        rows.number[row as usize],
        place + 1
    )
}

/// The assertion with this id.
pub(super) fn find_assertion(cx: &Cx<'_>, id: &str) -> Option<u32> {
    let trial = id.strip_prefix("assertion:")?.split('/').next()?;
    let Ok(crate::index::Found::One(trial)) = cx.snapshot.index().ids.find(NodeKind::Trial, trial) else { return None };
    let mut range = cx.graph().assertions.field.range(trial);
    range.find(|at| assertion_id(cx, *at as u32) == id).map(|at| at as u32)
}

fn method(cx: &Cx<'_>, o: &Obj, lang: Language, out: &mut Json) {
    let s = &cx.graph().sources;
    let (en, zh) = (s.method_en[o.a as usize], s.method_zh[o.a as usize]);
    let text = if lang == Language::Zh { zh.some().or(en.some()) } else { en.some().or(zh.some()) };
    out.opt(text, |out, id| out.raw(cx.json(id)));
}

pub(super) fn objects() -> Vec<Object> {
    let mut objects = vec![source(), row(), cell(), assertion()];
    objects.extend(tables());
    objects
}

fn source() -> Object {
    let fields = entity::fields().into_iter().filter(|f| ["id", "notes"].contains(&f.name));
    Object::new(
        T::Source,
        "A document or registry extract that rows and statements come from. Id: `source:carnk-review-2025`.",
        fields.collect(),
    )
    .with(vec![
        leaf("title", "String!", "Title, in the language asked for or the other.", |cx, o, args, out| {
            let names = cx.graph().names(NodeKind::Source);
            out.raw(cx.json(names.label(o.a, entity::language(args.number("lang")))));
            Ok(())
        })
        .arg_default("lang", "Language", "EN", "Language of the title."),
        leaf("sourceType", "SourceType!", "What it is.", |cx, o, _, out| {
            out.word(cx.graph().sources.source_type[o.a as usize].text());
            Ok(())
        }),
        one("reference", "Reference", "The publication that it is; null where it is none.", |cx, o, _| {
            let reference = cx.graph().sources.reference[o.a as usize];
            Ok((reference != NONE).then(|| Obj::new(T::Reference, reference)))
        }),
        leaf("licence", "String!", "Licence or terms of use.", |cx, o, _, out| {
            out.raw(cx.json(cx.graph().sources.licence[o.a as usize]));
            Ok(())
        }),
        leaf("asOf", "PartialDate", "The date for which it speaks; null where unknown.", |cx, o, _, out| {
            write_date(out, cx.graph().sources.as_of[o.a as usize]);
            Ok(())
        }),
        leaf("retrieved", "PartialDate", "The date on which it was fetched; null where unknown.", |cx, o, _, out| {
            write_date(out, cx.graph().sources.retrieved[o.a as usize]);
            Ok(())
        }),
        leaf("url", "URL", "Where it can be found; null where nowhere.", |cx, o, _, out| {
            out.opt(cx.graph().sources.url[o.a as usize].some(), |out, id| out.raw(cx.json(id)));
            Ok(())
        }),
        leaf(
            "method",
            "String",
            "How its rows came into the data and what was checked; null where not recorded.",
            |cx, o, args, out| {
                method(cx, o, entity::language(args.number("lang")), out);
                Ok(())
            },
        )
        .arg_default("lang", "Language", "EN", "Language of the text."),
        many("tables", "[SourceTable!]!", "Its tables with their printed heads, in order.", |cx, o, _, out| {
            out.extend(cx.graph().sources.tables.range(o.a).map(|at| Some(Obj::new(T::SourceTable, at as u32))));
            Ok(())
        }),
        connection("trials", "TrialConnection!", "Trials it has rows on.", |cx, o, args| {
            let base = Base::sources(cx.snapshot, Relation::TrialSource, o.a);
            trials_of(cx, o, args, "trials", base)
        })
        .args(trial_list_args()),
        connection("statements", "StatementConnection!", "Statements it makes, by id.", |cx, o, args| {
            let found = select::statements_of(cx.graph(), Node::new(NodeKind::Source, o.a));
            page_of_list(cx, T::StatementConnection, o, args, "statements", found)
        }),
    ])
    .implements(&["Node"])
}

fn tables() -> Vec<Object> {
    vec![
        Object::new(
            T::SourceTable,
            "A table of a source.",
            vec![
                leaf("name", "String!", "Short name, e.g. `1`.", |cx, o, _, out| {
                    out.raw(cx.json(cx.graph().sources.tables.items()[o.a as usize]));
                    Ok(())
                }),
                leaf("title", "String", "What it lists; null where not recorded.", |cx, o, args, out| {
                    let (en, zh) = cx.graph().sources.table_titles[o.a as usize];
                    let zh_first = entity::language(args.number("lang")) == Language::Zh;
                    let text = if zh_first { zh.some().or(en.some()) } else { en.some().or(zh.some()) };
                    out.opt(text, |out, id| out.raw(cx.json(id)));
                    Ok(())
                })
                .arg_default("lang", "Language", "EN", "Language of the title."),
                many("columns", "[SourceColumn!]!", "Its columns, in order.", |cx, o, _, out| {
                    let range = cx.graph().sources.table_columns.range(o.a);
                    out.extend(range.map(|at| Some(Obj::new(T::SourceColumn, at as u32))));
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::SourceColumn,
            "A column of a table of a source.",
            vec![
                leaf("field", "SourceField!", "What the column holds.", |cx, o, _, out| {
                    out.word(cx.graph().sources.table_columns.items()[o.a as usize].0.text());
                    Ok(())
                }),
                leaf("header", "String!", "Its head as printed.", |cx, o, _, out| {
                    out.raw(cx.json(cx.graph().sources.table_columns.items()[o.a as usize].1));
                    Ok(())
                }),
            ],
        ),
    ]
}

fn row() -> Object {
    Object::new(
        T::SourceRow,
        "One printed line of a source, verbatim.",
        vec![
            one("source", "Source!", "The source.", |cx, o, _| {
                Ok(Some(Obj::new(T::Source, cx.graph().rows.source.items()[o.a as usize])))
            }),
            leaf("table", "String!", "Name of the table, e.g. `1`.", |cx, o, _, out| {
                out.raw(cx.json(cx.graph().rows.table[o.a as usize]));
                Ok(())
            }),
            leaf("row", "Int!", "Number of the line within the table, from 1.", |cx, o, _, out| {
                out.int(cx.graph().rows.number[o.a as usize]);
                Ok(())
            }),
            many("cells", "[Cell!]!", "Its cells, in column order.", |cx, o, _, out| {
                out.extend(cx.graph().rows.cells.range(o.a).map(|at| Some(Obj::new(T::Cell, at as u32))));
                Ok(())
            }),
            one("trial", "Trial!", "The trial that it describes.", |cx, o, _| {
                Ok(Some(Obj::new(T::Trial, cx.graph().rows.trial[o.a as usize])))
            }),
        ],
    )
}

fn cell() -> Object {
    Object::new(
        T::Cell,
        "A printed cell.",
        vec![
            leaf("field", "SourceField!", "What it holds.", |cx, o, _, out| {
                out.word(cx.graph().rows.cells.items()[o.a as usize].0.text());
                Ok(())
            }),
            leaf("printed", "String!", "Its text as printed, noise included.", |cx, o, _, out| {
                out.raw(cx.json(cx.graph().rows.cells.items()[o.a as usize].1));
                Ok(())
            }),
        ],
    )
}

fn assertion() -> Object {
    Object::new(
        T::Assertion,
        "One source's dated value for one field of one trial, with the printed text and how it was mapped.",
        vec![
            leaf(
                "id",
                "ID!",
                "Global id: trial, field, source, table and row, place in the cell, e.g. \
                 `assertion:NCT03056339/STATUS/carnk-review-2025/1.8/1`.",
                |cx, o, _, out| {
                    out.text(&assertion_id(cx, o.a));
                    Ok(())
                },
            ),
            one("subject", "Entity!", "What it is about: the trial.", |cx, o, _| {
                Ok(Some(Obj::new(T::Trial, cx.graph().assertions.trial[o.a as usize])))
            }),
            leaf("field", "SourceField!", "The field.", |cx, o, _, out| {
                out.word(cx.graph().assertions.field.items()[o.a as usize].text());
                Ok(())
            }),
            leaf(
                "value",
                "String!",
                "The normalised value: an enum value (`RECRUITING`), several joined by `|` (`PHASE1|PHASE2`), a global \
                 id (`disease:aml`), a date, a number, `NONE_REPORTED`, or the printed text where nothing maps it.",
                |cx, o, _, out| {
                    out.raw(cx.json(cx.graph().assertions.value[o.a as usize]));
                    Ok(())
                },
            ),
            leaf("printed", "String!", "The printed text of the cell, or of its part.", |cx, o, _, out| {
                out.raw(cx.json(cx.graph().assertions.printed[o.a as usize]));
                Ok(())
            }),
            one(
                "entity",
                "Entity",
                "The target, disease or drug that the value names; null for plain values and unmapped text.",
                |cx, o, _| {
                    let at = o.a as usize;
                    let (field, ix) = (cx.graph().assertions.field.items()[at], cx.graph().assertions.entity[at]);
                    let ty = match field {
                        SourceField::Target => T::Target,
                        SourceField::Disease => T::Disease,
                        _ => T::Drug,
                    };
                    Ok((ix != NONE).then(|| Obj::new(ty, ix)))
                },
            ),
            leaf(
                "qualifiers",
                "[DiseaseQualifier!]!",
                "What narrows the disease; empty for other fields.",
                |cx, o, _, out| {
                    qualifiers(out, u32::from(cx.graph().assertions.qualifiers[o.a as usize]));
                    Ok(())
                },
            ),
            leaf("role", "DrugRole", "The role of the drug; null for other fields.", |cx, o, _, out| {
                out.opt(cx.graph().assertions.role[o.a as usize], |out, role| out.word(role.text()));
                Ok(())
            }),
            one("source", "Source!", "The source that says so.", |cx, o, _| {
                Ok(Some(Obj::new(T::Source, cx.graph().assertion_source(o.a))))
            }),
            one("row", "SourceRow", "The printed row; null where the source has no rows.", |cx, o, _| {
                Ok(Some(Obj::new(T::SourceRow, cx.graph().assertions.row[o.a as usize])))
            }),
            leaf(
                "asOf",
                "PartialDate",
                "The date for which the source speaks; null where unknown.",
                |cx, o, _, out| {
                    let source = cx.graph().assertion_source(o.a);
                    write_date(out, cx.graph().sources.as_of[source as usize]);
                    Ok(())
                },
            ),
            leaf("mapping", "Mapping!", "How the text came to the value.", |cx, o, _, out| {
                out.word(cx.graph().assertions.mapping[o.a as usize].text());
                Ok(())
            }),
        ],
    )
    .implements(&["Node"])
}
