//! On which facts do sources disagree, and which side is shown?

use super::super::args::Args;
use super::super::declare::{Field, Obj, Object, input, leaf, many, one};
use super::super::error::Res;
use super::connection::{List, connection, page, page_of_list};
use super::{Cx, T, entity, filters};
use crate::domain::Language;

pub(super) fn root() -> Field {
    connection(
        "conflicts",
        "ConflictConnection!",
        "Facts on which sources disagree, with each side's value, source and date; by trial, then field.",
        conflicts,
    )
    .args([input("filter", "ConflictFilter", "Only those that fit.")])
}

fn conflicts(cx: &Cx<'_>, o: &Obj, args: &Args) -> Res<Option<Obj>> {
    let columns = &cx.graph().conflicts;
    let filter = args.get("filter");
    let fields = filter.and_then(|f| f.get("field")).map(|v| filters::fields(v, "filter.field".into())).transpose()?;
    let trials = filter.and_then(|f| f.get("trial")).map(|v| filters::ready(cx, v, None)).transpose()?;
    let count = columns.trial.len() as u32;
    let about = |at: &u32| fields.as_ref().is_none_or(|these| these.contains(&columns.field.items()[*at as usize]));
    let found: Vec<u32> = match trials {
        None if fields.is_none() => {
            return page(cx, T::ConflictConnection, o, args, "conflicts", List::All(count), None);
        }
        None => {
            cx.work(u64::from(count))?;
            (0..count).filter(about).collect()
        }
        Some(filter) => {
            let with: Vec<u32> = cx.snapshot.index().postings.conflict.iter().collect();
            cx.work(with.len() as u64)?;
            let of = |trial| columns.field.range(trial).map(|at| at as u32);
            let all: Vec<u32> = cx.fitting_among(&filter, &with, None)?.into_iter().flat_map(of).collect();
            cx.work(all.len() as u64)?;
            all.into_iter().filter(about).collect()
        }
    };
    page_of_list(cx, T::ConflictConnection, o, args, "conflicts", found)
}

pub(super) fn object() -> Object {
    Object::new(
        T::Conflict,
        "Assertions on one field that do not agree, with the value that is shown and the rule that picked it.",
        vec![
            one("subject", "Entity!", "The trial.", |cx, o, _| {
                Ok(Some(Obj::new(T::Trial, cx.graph().conflicts.trial[o.a as usize])))
            }),
            leaf("field", "SourceField!", "The field.", |cx, o, _, out| {
                out.word(cx.graph().conflicts.field.items()[o.a as usize].text());
                Ok(())
            }),
            many("sides", "[Assertion!]!", "The assertions, the shown one first.", |cx, o, _, out| {
                out.extend(cx.graph().conflicts.sides.of(o.a).iter().map(|a| Some(Obj::new(T::Assertion, *a))));
                Ok(())
            }),
            leaf("resolved", "String!", "The value that is shown.", |cx, o, _, out| {
                match cx.graph().conflicts.sides.of(o.a).first() {
                    Some(shown) => out.raw(cx.json(cx.graph().assertions.value[*shown as usize])),
                    None => out.word(""),
                }
                Ok(())
            }),
            leaf("rule", "String!", "The rule that picked it, in words.", |cx, o, args, out| {
                let field = cx.graph().conflicts.field.items()[o.a as usize];
                let rule = cx.snapshot.rules().iter().find(|r| r.field == field);
                let zh = entity::language(args.number("lang")) == Language::Zh;
                out.text(rule.map_or("", |r| if zh && !r.text.zh.is_empty() { &r.text.zh } else { &r.text.en }));
                Ok(())
            })
            .arg_default("lang", "Language", "EN", "Language of the rule."),
        ],
    )
}
