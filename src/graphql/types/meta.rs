//! What serves, over which data, within which limits.

use super::super::declare::{Obj, Object, leaf, many, one};
use super::{Cx, T, entity};
use crate::domain::{Language, NodeKind};
use crate::graph::Relation;

/// Version of the schema: grows with every change of the contract, its first number with breaking ones.
const SCHEMA_VERSION: &str = "1.0.0";

fn kind_of(o: &Obj) -> NodeKind {
    NodeKind::at(o.a as u8).unwrap_or(NodeKind::Trial)
}

fn limit(cx: &Cx<'_>, o: &Obj) -> (&'static str, u64, &'static str) {
    cx.limits.list()[o.a as usize]
}

pub(super) fn objects() -> Vec<Object> {
    let mut objects = vec![meta(), rule()];
    objects.extend(small());
    objects
}

fn meta() -> Object {
    Object::new(
        T::Meta,
        "The service, the release it serves and the limits in force.",
        vec![
            leaf("service", "String!", "Name of the service.", |_, _, _, out| {
                out.word(env!("CARGO_PKG_NAME"));
                Ok(())
            }),
            leaf("serviceVersion", "String!", "Version of the program.", |_, _, _, out| {
                out.word(env!("CARGO_PKG_VERSION"));
                Ok(())
            }),
            leaf(
                "schemaVersion",
                "String!",
                "Version of this schema; its first number grows with breaking changes.",
                |_, _, _, out| {
                    out.word(SCHEMA_VERSION);
                    Ok(())
                },
            ),
            leaf(
                "release",
                "String!",
                "Name of the release: a hash of the data's content. The same files give the same name anywhere; \
                 cursors belong to one release.",
                |cx, _, _, out| {
                    out.text(cx.snapshot.release());
                    Ok(())
                },
            ),
            leaf("dataTitle", "String!", "Title of the data package.", |cx, _, _, out| {
                out.text(cx.snapshot.title());
                Ok(())
            }),
            leaf("dataVersion", "String!", "Version of the data package, as its authors count.", |cx, _, _, out| {
                out.text(cx.snapshot.version());
                Ok(())
            }),
            many("sources", "[Source!]!", "The sources, by id.", |cx, _, _, out| {
                out.extend((0..cx.graph().count(NodeKind::Source)).map(|s| Some(Obj::new(T::Source, s))));
                Ok(())
            }),
            many("counts", "[KindCount!]!", "How many nodes of each kind there are.", |cx, _, _, out| {
                let count = |k: &NodeKind| Some(Obj::pair(T::KindCount, *k as u32, cx.graph().count(*k)));
                out.extend(NodeKind::ALL.iter().map(count));
                Ok(())
            }),
            leaf(
                "conflictCount",
                "Int!",
                "How many fields of trials have assertions that do not agree.",
                |cx, _, _, out| {
                    out.int(cx.graph().conflicts.trial.len());
                    Ok(())
                },
            ),
            leaf("unmappedCount", "Int!", "How many printed texts no vocabulary entry covers yet.", |cx, _, _, out| {
                let unmapped = crate::domain::Mapping::Unmapped;
                out.int(cx.graph().assertions.mapping.iter().filter(|m| **m == unmapped).count());
                Ok(())
            }),
            many(
                "rules",
                "[Rule!]!",
                "The rules that pick the shown value where sources disagree, by field.",
                |cx, _, _, out| {
                    out.extend((0..cx.snapshot.rules().len()).map(|at| Some(Obj::new(T::Rule, at as u32))));
                    Ok(())
                },
            ),
            many(
                "limits",
                "[Limit!]!",
                "The limits in force. Each refuses with an error that names it.",
                |cx, _, _, out| {
                    out.extend((0..cx.limits.list().len()).map(|at| Some(Obj::new(T::Limit, at as u32))));
                    Ok(())
                },
            ),
        ],
    )
}

fn rule() -> Object {
    Object::new(
        T::Rule,
        "A rule that picks the shown value of a field.",
        vec![
            leaf("field", "SourceField!", "The field.", |cx, o, _, out| {
                out.word(cx.snapshot.rules()[o.a as usize].field.text());
                Ok(())
            }),
            leaf(
                "precedence",
                "[SourceType!]!",
                "Types of source, most preferred first. Within a type the newest source comes first.",
                |cx, o, _, out| {
                    out.list(&cx.snapshot.rules()[o.a as usize].precedence, |out, s| out.word(s.text()));
                    Ok(())
                },
            ),
            leaf("text", "String!", "The rule in words.", |cx, o, args, out| {
                let text = &cx.snapshot.rules()[o.a as usize].text;
                let zh = entity::language(args.number("lang")) == Language::Zh;
                out.text(if zh && !text.zh.is_empty() { &text.zh } else { &text.en });
                Ok(())
            })
            .arg_default("lang", "Language", "EN", "Language of the rule."),
        ],
    )
}

fn small() -> Vec<Object> {
    vec![
        Object::new(
            T::KindCount,
            "How many nodes of a kind there are.",
            vec![
                leaf("kind", "NodeKind!", "The kind.", |_, o, _, out| {
                    out.word(kind_of(o).text());
                    Ok(())
                }),
                leaf("count", "Int!", "How many.", |_, o, _, out| {
                    out.int(o.b);
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::Limit,
            "A limit in force.",
            vec![
                leaf("name", "String!", "Its name, as errors give it in `extensions.limit`.", |cx, o, _, out| {
                    out.word(limit(cx, o).0);
                    Ok(())
                }),
                leaf("value", "Float!", "Its value.", |cx, o, _, out| {
                    out.float(limit(cx, o).1 as f64);
                    Ok(())
                }),
                leaf("description", "String!", "What it holds down.", |cx, o, _, out| {
                    out.text(limit(cx, o).2);
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::RelationSummary,
            "A relation of the graph: which kinds it joins and how often.",
            vec![
                leaf("relation", "RelationKind!", "The kind of relation.", |_, o, _, out| {
                    out.word(Relation::ALL[o.a as usize].kind.text());
                    Ok(())
                }),
                leaf("from", "NodeKind!", "The kind it leads from.", |_, o, _, out| {
                    out.word(Relation::ALL[o.a as usize].from.text());
                    Ok(())
                }),
                leaf("to", "NodeKind!", "The kind it leads to.", |_, o, _, out| {
                    out.word(Relation::ALL[o.a as usize].to.text());
                    Ok(())
                }),
                leaf("count", "Int!", "How many links there are.", |cx, o, _, out| {
                    out.int(cx.graph().relation(Relation::ALL[o.a as usize].relation).len());
                    Ok(())
                }),
                leaf("description", "String!", "What the relation says.", |_, o, _, out| {
                    out.text(crate::domain::RelationKind::WORDS[Relation::ALL[o.a as usize].kind as usize].1.trim());
                    Ok(())
                }),
            ],
        ),
    ]
}

/// The object behind `meta`.
pub(super) fn meta_field() -> super::super::declare::Field {
    one(
        "meta",
        "Meta!",
        "Service, schema and data versions, sources with licence and date, counts per kind, limits in force.",
        |_, _, _| Ok(Some(Obj::new(T::Meta, 0))),
    )
}
