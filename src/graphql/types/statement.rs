//! Statements: the claims of a source, their numbers, and what they cite.

use super::super::declare::{Obj, Object, leaf, many, one};
use super::super::json::Json;
use super::entity::{language, object_of};
use super::{Cx, T, entity};
use crate::domain::{CitationIntent, Language};
use crate::graph::{MentionRow, NONE, OutcomeRow, Relation, StrId};

fn outcome<'a>(cx: &Cx<'a>, o: &Obj) -> &'a OutcomeRow {
    &cx.graph().statements.outcomes.items()[o.a as usize]
}

fn mention<'a>(cx: &Cx<'a>, o: &Obj) -> &'a MentionRow {
    &cx.graph().statements.mentions.items()[o.a as usize]
}

/// Marker, why, whether printed, of a citation link.
fn citation(cx: &Cx<'_>, link: u32) -> (StrId, CitationIntent, bool) {
    let number = cx.graph().relation(Relation::StatementReference).fact(link);
    cx.graph().statements.citations[number as usize]
}

fn write_text(cx: &Cx<'_>, id: StrId, out: &mut Json) {
    out.opt(id.some(), |out, id| out.raw(cx.json(id)));
}

pub(super) fn objects() -> Vec<Object> {
    vec![statement(), outcome_object(), citation_object(), mention_object()]
}

fn statement() -> Object {
    Object::new(
        T::Statement,
        "One claim of a source, in our own words in English and Chinese, with its numbers, the references it cites \
         and what it is about. Id: `statement:carnk-review-2025/F07`.",
        entity::fields(),
    )
    .with(vec![
        leaf("text", "String!", "The claim, in the language asked for or the other.", |cx, o, args, out| {
            let names = cx.graph().names(crate::domain::NodeKind::Statement);
            out.raw(cx.json(names.label(o.a, language(args.number("lang")))));
            Ok(())
        })
        .arg_default("lang", "Language", "EN", "Language of the text."),
        one("source", "Source!", "The source that makes the claim.", |cx, o, _| {
            Ok(Some(Obj::new(T::Source, cx.graph().statements.source[o.a as usize])))
        }),
        leaf("number", "String!", "Number within the source, e.g. `F07`; our own count.", |cx, o, _, out| {
            out.raw(cx.json(cx.graph().statements.number[o.a as usize]));
            Ok(())
        }),
        leaf("section", "String!", "Section of the source, e.g. `2.1`.", |cx, o, _, out| {
            out.raw(cx.json(cx.graph().statements.section[o.a as usize]));
            Ok(())
        }),
        leaf(
            "marker",
            "String",
            "Citation markers as printed at the claim, e.g. `[29][30][31]`; null where none is printed.",
            |cx, o, _, out| {
                write_text(cx, cx.graph().statements.marker[o.a as usize], out);
                Ok(())
            },
        ),
        leaf("statementType", "StatementType!", "What it is about in general.", |cx, o, _, out| {
            out.word(cx.graph().statements.statement_type[o.a as usize].text());
            Ok(())
        }),
        many("outcomes", "[Outcome!]!", "Its numbers, as numbers, in order.", |cx, o, _, out| {
            out.extend(cx.graph().statements.outcomes.range(o.a).map(|at| Some(Obj::new(T::Outcome, at as u32))));
            Ok(())
        }),
        many("cites", "[Citation!]!", "The references it cites, in order.", |cx, o, _, out| {
            let links = cx.graph().relation(Relation::StatementReference).links(o.a);
            out.extend(links.map(|link| Some(Obj::new(T::Citation, link))));
            Ok(())
        }),
        many(
            "about",
            "[Entity!]!",
            "Trials, targets, diseases and drugs it is about. A trial is listed where its number is stated or was \
             found by registry, page or inference; see `mentionedTrials` for how sure that is.",
            |cx, o, _, out| {
                out.extend(cx.graph().statements.about.of(o.a).iter().map(|n| Some(object_of(*n))));
                Ok(())
            },
        ),
        leaf(
            "unmappedTerms",
            "[String!]!",
            "What else it is about, for which no vocabulary entry exists yet.",
            |cx, o, _, out| {
                out.list(cx.graph().statements.terms.of(o.a), |out, id| out.raw(cx.json(*id)));
                Ok(())
            },
        ),
        many(
            "mentionedTrials",
            "[TrialMention!]!",
            "Trials it speaks of, also those that no source describes, with how each is known.",
            |cx, o, _, out| {
                out.extend(
                    cx.graph().statements.mentions.range(o.a).map(|at| Some(Obj::new(T::TrialMention, at as u32))),
                );
                Ok(())
            },
        ),
        leaf(
            "curatorNote",
            "String",
            "A curator's remark, for instance that the cited work says otherwise; null where there is none.",
            |cx, o, args, out| {
                let columns = &cx.graph().statements;
                let (en, zh) = (columns.note_en[o.a as usize], columns.note_zh[o.a as usize]);
                let zh_first = language(args.number("lang")) == Language::Zh;
                let text = if zh_first { zh.some().or(en.some()) } else { en.some().or(zh.some()) };
                out.opt(text, |out, id| out.raw(cx.json(id)));
                Ok(())
            },
        )
        .arg_default("lang", "Language", "EN", "Language of the remark."),
    ])
    .implements(&["Node", "Entity", "_Entity"])
}

fn outcome_object() -> Object {
    let text = |name, doc, write| leaf(name, "String", doc, write);
    let number = |name, doc, write| leaf(name, "Float", doc, write);
    Object::new(
        T::Outcome,
        "A number of a statement.",
        vec![
            leaf("measure", "String!", "What was measured, e.g. `overall response`.", |cx, o, _, out| {
                out.raw(cx.json(outcome(cx, o).measure));
                Ok(())
            }),
            leaf("n", "Int", "How many; null where not given.", |cx, o, _, out| {
                out.opt(outcome(cx, o).n, |out, n| out.int(n));
                Ok(())
            }),
            leaf("of", "Int", "Out of how many; null where not given.", |cx, o, _, out| {
                out.opt(outcome(cx, o).of, |out, n| out.int(n));
                Ok(())
            }),
            number("percent", "Percent, or its lower bound; null where not given.", |cx, o, _, out| {
                out.opt(outcome(cx, o).percent, Json::float);
                Ok(())
            }),
            number("percentMax", "Upper bound of the percent; null where no range is given.", |cx, o, _, out| {
                out.opt(outcome(cx, o).percent_max, Json::float);
                Ok(())
            }),
            number("value", "Any other value, or its lower bound; null where not given.", |cx, o, _, out| {
                out.opt(outcome(cx, o).value, Json::float);
                Ok(())
            }),
            number("valueMax", "Upper bound of the value; null where no range is given.", |cx, o, _, out| {
                out.opt(outcome(cx, o).value_max, Json::float);
                Ok(())
            }),
            text("unit", "Unit of the value, e.g. `months`; null where there is none.", |cx, o, _, out| {
                write_text(cx, outcome(cx, o).unit, out);
                Ok(())
            }),
            text("comparator", "`>`, `<` or `~` where the number is a bound or rough; else null.", |cx, o, _, out| {
                write_text(cx, outcome(cx, o).comparator, out);
                Ok(())
            }),
            text("grade", "Grade, e.g. `2`; null where not given.", |cx, o, _, out| {
                write_text(cx, outcome(cx, o).grade, out);
                Ok(())
            }),
            text("timepoint", "When, e.g. `day 30`; null where not given.", |cx, o, _, out| {
                write_text(cx, outcome(cx, o).timepoint, out);
                Ok(())
            }),
            text("note", "Where the number comes from if the source does not print it; else null.", |cx, o, _, out| {
                write_text(cx, outcome(cx, o).note, out);
                Ok(())
            }),
        ],
    )
}

fn citation_object() -> Object {
    Object::new(
        T::Citation,
        "A citation made by a statement.",
        vec![
            one("statement", "Statement!", "The statement that cites.", |cx, o, _| {
                Ok(Some(Obj::new(T::Statement, cx.graph().relation(Relation::StatementReference).source(o.a))))
            }),
            one("reference", "Reference!", "The reference that is cited.", |cx, o, _| {
                Ok(Some(Obj::new(T::Reference, cx.graph().relation(Relation::StatementReference).target(o.a))))
            }),
            leaf("marker", "String!", "Number in the source's bibliography, e.g. `10`.", |cx, o, _, out| {
                out.raw(cx.json(citation(cx, o.a).0));
                Ok(())
            }),
            leaf("printed", "Boolean!", "Whether the marker is printed at the claim itself.", |cx, o, _, out| {
                out.bool(citation(cx, o.a).2);
                Ok(())
            }),
            leaf("cito", "CitationIntent!", "Why it is cited, in the words of CiTO.", |cx, o, _, out| {
                out.word(citation(cx, o.a).1.text());
                Ok(())
            }),
        ],
    )
}

fn mention_object() -> Object {
    Object::new(
        T::TrialMention,
        "A trial that a statement speaks of.",
        vec![
            leaf("registryId", "String!", "Registry number.", |cx, o, _, out| {
                out.raw(cx.json(mention(cx, o).registry_id));
                Ok(())
            }),
            one("trial", "Trial", "The trial; null where no source in the data describes it.", |cx, o, _| {
                let trial = mention(cx, o).trial;
                Ok((trial != NONE).then(|| Obj::new(T::Trial, trial)))
            }),
            leaf("knownBy", "KnownBy!", "How it is known that this trial is meant.", |cx, o, _, out| {
                out.word(mention(cx, o).known_by.text());
                Ok(())
            }),
            leaf("note", "String", "What the identification rests on; null where not recorded.", |cx, o, _, out| {
                write_text(cx, mention(cx, o).note, out);
                Ok(())
            }),
        ],
    )
}
