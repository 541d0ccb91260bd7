//! Trials: what a source says of one, and which value is shown.

mod links;

use std::sync::{Arc, LazyLock};

use self::links::links;
pub(super) use self::links::qualifiers;
use super::super::args::Args;
use super::super::declare::{Ahead, Field, Obj, Object, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::super::json::{Piece, Stored};
use super::connection::{connection, page_of_list};
use super::entity;
use super::source::{self, assertion_list};
use super::{Cx, Extra, T, disease_match};
use crate::domain::{NodeKind, PartialDate, Phase, SourceField};
use crate::graph::{NONE, Node, Relation};
use crate::index::{Found, Title};
use crate::select;

/// The source that an argument `source` names; `None` where the argument is not given.
pub(super) fn source_argument(cx: &Cx<'_>, args: &Args) -> Res<Option<u32>> {
    let Some(id) = args.text("source") else { return Ok(None) };
    match cx.snapshot.index().ids.find(NodeKind::Source, id) {
        Ok(Found::One(ix)) => Ok(Some(ix)),
        Ok(_) => Err(FieldError::new(Code::BadUserInput, format!("no source has the id {id:?}"))
            .argument("source")
            .hint("`meta { sources { id } }` lists the sources")),
        Err(bad) => {
            Err(FieldError::new(Code::MalformedId, format!("{id:?} is no id: {}", bad.reason)).argument("source"))
        }
    }
}

fn with_source(field: Field) -> Field {
    field.arg(
        "source",
        "ID",
        "Only what this source says, e.g. `source:carnk-review-2025`. All sources where left out.",
    )
}

pub(super) fn write_date(out: &mut super::super::json::Json, packed: u32) {
    out.opt(PartialDate::from_packed(packed), |out, date| out.date(date));
}

pub(super) fn write_phases(out: &mut super::super::json::Json, bits: u8) {
    /// Each set of phases as it is written.
    static LISTS: LazyLock<Vec<Piece>> = LazyLock::new(|| (0..=u8::MAX).map(list_of_phases).collect());
    out.raw(&LISTS[usize::from(bits)]);
}

fn list_of_phases(bits: u8) -> Piece {
    let mut out = super::super::json::Json::default();
    let phases = Phase::ALL.iter().filter(|p| bits & 1 << **p as u8 != 0);
    out.list(phases, |out, phase| out.word(phase.text()));
    Piece::new(out.into_bytes())
}

/// Writes the value of the most preferred assertion on a field; null where there is none.
fn shown(cx: &Cx<'_>, o: &Obj, field: SourceField, out: &mut super::super::json::Json) -> Res<()> {
    let columns = &cx.graph().assertions;
    out.opt(columns.shown(o.a, field), |out, at| out.raw(cx.json(columns.value[at])));
    Ok(())
}

fn trial_fields() -> Vec<Field> {
    vec![
        leaf(
            "nctId",
            "String",
            "ClinicalTrials.gov number, e.g. `NCT03056339`; null where the trial is registered elsewhere only (see \
             registryIds).",
            |cx, o, _, out| {
                if let Some(number) = cx.head(o).nct() {
                    out.number_of_eight(*b"\"NCT", number);
                    return Ok(());
                }
                let id = cx.graph().trials.registry_id[o.a as usize];
                if cx.json(id).starts_with(b"\"NCT") {
                    out.raw(cx.json(id))
                } else {
                    out.null()
                }
                Ok(())
            },
        )
        .ahead(Ahead::Head),
        many("registryIds", "[RegistryId!]!", "All registry numbers of the trial.", |_, o, _, out| {
            out.push(Some(Obj::new(T::RegistryId, o.a)));
            Ok(())
        }),
        leaf("title", "String", "Shown title; null where no source gives one.", |cx, o, _, out| {
            match cx.head(o).title() {
                Title::None => out.null(),
                Title::At(start, bytes) => {
                    out.raw(Stored { rest: cx.graph().strings.from(start), len: bytes.into() });
                }
                Title::Long => out.raw(cx.json(cx.graph().trials.title[o.a as usize])),
            }
            Ok(())
        })
        .ahead(Ahead::Title),
        leaf(
            "status",
            "TrialStatus!",
            "Shown recruitment status: that of the registry before that of a review, newest first. See `assertions` \
             for every side and `conflicts` where they differ.",
            |cx, o, _, out| {
                out.word(cx.head(o).status.text());
                Ok(())
            },
        )
        .ahead(Ahead::Head),
        leaf(
            "phases",
            "[Phase!]!",
            "Shown phases: both PHASE1 and PHASE2 for phase 1/2, NA where phases do not apply; empty where no source \
             says.",
            |cx, o, _, out| {
                write_phases(out, cx.head(o).phases);
                Ok(())
            },
        )
        .ahead(Ahead::Head),
        leaf("startDate", "PartialDate", "Shown start date; null where no source says.", |cx, o, _, out| {
            write_date(out, cx.head(o).start_date);
            Ok(())
        })
        .ahead(Ahead::Head),
        leaf(
            "firstPosted",
            "PartialDate",
            "Date on which the registry first posted the record; null where no source says.",
            |cx, o, _, out| {
                write_date(out, cx.graph().trials.first_posted[o.a as usize]);
                Ok(())
            },
        ),
        leaf(
            "enrollment",
            "Int",
            "Shown number of participants, actual or planned; null where no source says.",
            |cx, o, _, out| {
                let count = cx.head(o).enrollment;
                out.opt((count != NONE).then_some(count), |out, n| out.int(n));
                Ok(())
            },
        )
        .ahead(Ahead::Head),
        one("sponsor", "Sponsor", "Shown lead sponsor; null where no source says.", |cx, o, _| {
            let sponsor = cx.graph().trials.sponsor[o.a as usize];
            Ok((sponsor != NONE).then(|| Obj::pair(T::Sponsor, sponsor, o.a)))
        }),
        leaf(
            "countries",
            "[String!]!",
            "Countries with a site, in the order of the source; empty where no source says.",
            |cx, o, _, out| {
                out.list(cx.graph().trials.countries.of(o.a), |out, id| out.raw(cx.json(*id)));
                Ok(())
            },
        ),
        leaf(
            "area",
            "DiseaseArea!",
            "Broad area of the diseases that the preferred source names; the first one's where they differ.",
            |cx, o, _, out| {
                out.word(cx.graph().trials.area[o.a as usize].text());
                Ok(())
            },
        ),
        leaf(
            "primaryCompletionDate",
            "PartialDate",
            "Shown date of primary completion; null where no source says (no bundled source does).",
            |cx, o, _, out| shown(cx, o, SourceField::PrimaryCompletionDate, out),
        ),
        leaf(
            "whyStopped",
            "String",
            "Why it was stopped early; null where no source says (no bundled source does).",
            |cx, o, _, out| shown(cx, o, SourceField::WhyStopped, out),
        ),
        leaf(
            "product",
            "String",
            "Name of the investigational product; null where no source says (no bundled source does).",
            |cx, o, _, out| shown(cx, o, SourceField::Product, out),
        ),
        leaf(
            "cellSource",
            "String",
            "Where the product's cells come from: cord blood, peripheral blood, iPSC, a cell line; null where no source \
             says (no bundled source does; curators' `notes` mark products made from NK-92).",
            |cx, o, _, out| shown(cx, o, SourceField::CellSource, out),
        ),
        leaf(
            "targetLogic",
            "String",
            "How several targets are joined in the product: or, and, not, tandem; null where no source says (no bundled \
             source does).",
            |cx, o, _, out| shown(cx, o, SourceField::TargetLogic, out),
        ),
        with_source(
            many(
                "targets",
                "[TrialTarget!]!",
                "Targets that any source names, preferred source first, then as printed.",
                |cx, o, args, out| links(cx, o, args, Relation::TrialTarget, T::TrialTarget, out),
            )
            .links(Relation::TrialTarget),
        ),
        with_source(
            many(
                "diseases",
                "[TrialDisease!]!",
                "Diseases that any source names, preferred source first, then as printed.",
                |cx, o, args, out| links(cx, o, args, Relation::TrialDisease, T::TrialDisease, out),
            )
            .links(Relation::TrialDisease),
        ),
        disease_match::field(),
        one(
            "regimen",
            "Regimen",
            "The exact set of drugs that the preferred source names; null where it reports none. What other sources \
             name is in `drugs`.",
            |cx, o, _| {
                let regimen = cx.graph().relation(Relation::TrialRegimen).targets(o.a).first();
                Ok(regimen.map(|r| Obj::new(T::Regimen, *r)))
            },
        ),
        with_source(
            many(
                "drugs",
                "[TrialDrug!]!",
                "Drugs that any source names, preferred source first, then as printed.",
                |cx, o, args, out| links(cx, o, args, Relation::TrialDrug, T::TrialDrug, out),
            )
            .links(Relation::TrialDrug),
        ),
        with_source(many(
            "rows",
            "[SourceRow!]!",
            "The rows of sources that describe the trial, each with its cells as printed; by source, table, row. A \
             source may print a trial twice, as the review does NCT05654038.",
            |cx, o, args, out| {
                let source = source_argument(cx, args)?;
                let rows = &cx.graph().rows;
                let of_source =
                    rows.source.range(o.a).filter(|at| source.is_none_or(|s| rows.source.items()[*at] == s));
                out.extend(of_source.map(|at| Some(Obj::new(T::SourceRow, at as u32))));
                Ok(())
            },
        )),
        with_source(many(
            "assertions",
            "[Assertion!]!",
            "Every dated claim behind every field, ordered by field, then preferred source first.",
            |cx, o, args, out| {
                let source = source_argument(cx, args)?;
                let field = args.number("field").and_then(SourceField::at);
                assertion_list(cx, o.a, field, source, out);
                Ok(())
            },
        ))
        .arg("field", "SourceField", "Only claims on this field. All fields where left out."),
        many(
            "conflicts",
            "[Conflict!]!",
            "Single-valued fields on which assertions do not agree, ordered by field. Sets (targets, diseases, drugs, \
             countries) never conflict: they are unions, each member with its assertions.",
            |cx, o, _, out| {
                out.extend(cx.graph().conflicts.field.range(o.a).map(|at| Some(Obj::new(T::Conflict, at as u32))));
                Ok(())
            },
        ),
        connection("statements", "StatementConnection!", "Statements about the trial, by id.", |cx, o, args| {
            let found = select::statements_of(cx.graph(), Node::new(NodeKind::Trial, o.a));
            page_of_list(cx, T::StatementConnection, o, args, "statements", found)
        }),
        connection(
            "references",
            "ReferenceConnection!",
            "References that statements about the trial cite or that its registry lists, by id. The source that \
             prints the trial's row is not one of them; see `rows`.",
            |cx, o, args| {
                let found = select::references_of_trial(cx.graph(), o.a);
                page_of_list(cx, T::ReferenceConnection, o, args, "references", found)
            },
        ),
        many(
            "similar",
            "[SimilarTrial!]!",
            "Trials that share at least one target and one disease, with what is shared; most shared first, then by \
             number.",
            |cx, o, args, out| {
                let first = at_most(args)?;
                let graph = cx.graph();
                let found = select::similar(graph, o.a);
                cx.work(found.len() as u64)?;
                out.extend(found.into_iter().take(first).map(|similar| {
                    let trial = similar.trial;
                    Some(Obj::with(T::SimilarTrial, trial, 0, &Arc::new(Extra::Alike(similar))))
                }));
                Ok(())
            },
        )
        .arg_default("first", "Int", "10", "At most so many; over 1000 is refused.")
        .size(super::super::declare::Size::Page),
    ]
}

/// The argument `first` of a plain list.
pub(super) fn at_most(args: &Args) -> Res<usize> {
    let first = args.int("first").unwrap_or(10);
    match usize::try_from(first) {
        Ok(n) if n <= select::Page::CAP as usize => Ok(n),
        Ok(n) => {
            Err(FieldError::new(Code::LimitExceeded, format!("{n} are asked for, the most is {}", select::Page::CAP))
                .argument("first")
                .limit("pageSize"))
        }
        Err(_) => Err(FieldError::new(Code::BadUserInput, format!("`first` is negative: {first}")).argument("first")),
    }
}

fn similar(o: &Obj) -> Res<&select::Similar> {
    match o.extra.as_deref() {
        Some(Extra::Alike(similar)) => Ok(similar),
        _ => Err(FieldError::new(Code::InternalServerError, "a similar trial without what is shared")),
    }
}

pub(super) fn objects() -> Vec<Object> {
    let mut objects = vec![
        Object::new(
            T::Trial,
            "A registered clinical study, one node however many sources describe it. Id: `trial:NCT03056339`.",
            entity::fields(),
        )
        .with(trial_fields())
        .implements(&["Node", "Entity", "_Entity"]),
        Object::new(
            T::RegistryId,
            "A number of a trial in a registry.",
            vec![
                leaf("registry", "String!", "Name of the registry, e.g. `ClinicalTrials.gov`.", |cx, o, _, out| {
                    let id = cx.graph().strings.text(cx.graph().trials.registry_id[o.a as usize]);
                    out.text(source::registry_of(&id));
                    Ok(())
                }),
                leaf("id", "String!", "The number, e.g. `NCT03056339`.", |cx, o, _, out| {
                    out.raw(cx.json(cx.graph().trials.registry_id[o.a as usize]));
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::Sponsor,
            "The lead sponsor of a trial.",
            vec![
                leaf("name", "String!", "Name as the source gives it.", |cx, o, _, out| {
                    out.raw(cx.json(cx.graph().trials.sponsor_name[o.a as usize]));
                    Ok(())
                }),
                leaf("class", "AgencyClass!", "Its class, as stated for this trial.", |cx, o, _, out| {
                    out.word(cx.graph().trials.sponsor_class[o.b as usize].text());
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::SimilarTrial,
            "A trial that shares target and disease with another.",
            vec![
                one("trial", "Trial!", "The other trial.", |_, o, _| Ok(Some(Obj::new(T::Trial, o.a)))),
                many("sharedTargets", "[Target!]!", "Targets that both have.", |_, o, _, out| {
                    out.extend(similar(o)?.targets.iter().map(|t| Some(Obj::new(T::Target, *t))));
                    Ok(())
                }),
                many("sharedDiseases", "[Disease!]!", "Diseases that both study.", |_, o, _, out| {
                    out.extend(similar(o)?.diseases.iter().map(|d| Some(Obj::new(T::Disease, *d))));
                    Ok(())
                }),
            ],
        ),
    ];
    objects.extend(links::objects());
    objects
}
