//! References: publications, whom they cite and what rests on them.

use super::super::args::Args;
use super::super::declare::{LeafFn, Obj, Object, Size, leaf, many, one};
use super::super::error::Res;
use super::connection::{self, connection, page_of_list};
use super::query::{trial_list_args, trials_of};
use super::{Cx, T, entity, facet, reach};
use crate::cite;
use crate::domain::{CitationIntent, CitationStyle};
use crate::graph::{Csr, NONE, Node, Relation, StrId};
use crate::select;

fn write(cx: &Cx<'_>, id: StrId, out: &mut super::super::json::Json) {
    out.opt(id.some(), |out, id| out.raw(cx.json(id)));
}

/// Statement, marker, why and whether printed, of a citation among references; none where the link has no facts.
fn citation(cx: &Cx<'_>, link: u32) -> Option<(u32, StrId, CitationIntent, bool)> {
    let number = cx.graph().relation(Relation::ReferenceReference).fact(link);
    (number != NONE).then(|| cx.graph().references.citations[number as usize])
}

fn cites<'a>(cx: &Cx<'a>) -> &'a Csr {
    cx.graph().relation(Relation::ReferenceReference)
}

/// Numbers of the citation links of a reference; `b` of the connection tells the direction: 0 cites, 1 cited by.
fn citations(cx: &Cx<'_>, o: &Obj, args: &Args, field: &str, back: bool) -> Res<Option<Obj>> {
    let links = if back { cites(cx).links_into(o.a) } else { cites(cx).links(o.a).collect() };
    let page = page_of_list(cx, T::CitationConnection, o, args, field, links)?;
    Ok(page.map(|page| Obj { b: u32::from(back), ..page }))
}

/// The other end of a citation link, seen in the direction of its connection.
fn other_end(cx: &Cx<'_>, link: u32, back: bool) -> Obj {
    let at = if back { cites(cx).source(link) } else { cites(cx).target(link) };
    Obj::new(T::Reference, at)
}

fn text(name: &'static str, doc: &'static str, write: LeafFn) -> super::super::declare::Field {
    leaf(name, "String", doc, write)
}

pub(super) fn objects() -> Vec<Object> {
    vec![reference(), marker(), citation_connection(), citation_edge()]
}

fn reference() -> Object {
    Object::new(
        T::Reference,
        "A publication, the review itself included. Id: `reference:marin-2024`; found by DOI, PMID or \
         `source#marker` (`carnk-review-2025#10`) as well.",
        entity::fields(),
    )
    .with(vec![
        leaf("title", "String!", "Title as published.", |cx, o, _, out| {
            write(cx, cx.graph().references.title[o.a as usize], out);
            Ok(())
        }),
        leaf(
            "authors",
            "[String!]!",
            "Authors as listed, in order; cut where `authorsCut` says so.",
            |cx, o, _, out| {
                out.list(cx.graph().references.authors.of(o.a), |out, id| out.raw(cx.json(*id)));
                Ok(())
            },
        ),
        leaf(
            "authorsCut",
            "Boolean!",
            "Whether the list of authors ends in \"et al\" in the source.",
            |cx, o, _, out| {
                out.bool(cx.graph().references.et_al[o.a as usize]);
                Ok(())
            },
        ),
        text("journal", "Journal, full name; null where there is none.", |cx, o, _, out| {
            write(cx, cx.graph().references.journal[o.a as usize], out);
            Ok(())
        }),
        text("journalPrinted", "Journal as the source prints it, where that differs; else null.", |cx, o, _, out| {
            write(cx, cx.graph().references.journal_printed[o.a as usize], out);
            Ok(())
        }),
        leaf("year", "Int", "Year; null where unknown.", |cx, o, _, out| {
            let year = cx.graph().references.year[o.a as usize];
            out.opt((year != 0).then_some(year), |out, year| out.int(year));
            Ok(())
        }),
        text("volume", "Volume; null where there is none.", |cx, o, _, out| {
            write(cx, cx.graph().references.volume[o.a as usize], out);
            Ok(())
        }),
        text("issue", "Issue; null where there is none.", |cx, o, _, out| {
            write(cx, cx.graph().references.issue[o.a as usize], out);
            Ok(())
        }),
        text("pages", "Pages or article number; null where there is none.", |cx, o, _, out| {
            write(cx, cx.graph().references.pages[o.a as usize], out);
            Ok(())
        }),
        text("doi", "DOI without resolver; null where unknown. `xrefs` says how sure it is.", |cx, o, _, out| {
            write(cx, cx.graph().references.doi[o.a as usize], out);
            Ok(())
        }),
        text("pmid", "PubMed id; null where unknown.", |cx, o, _, out| {
            write(cx, cx.graph().references.pmid[o.a as usize], out);
            Ok(())
        }),
        text("pmcid", "PubMed Central id; null where unknown.", |cx, o, _, out| {
            write(cx, cx.graph().references.pmcid[o.a as usize], out);
            Ok(())
        }),
        leaf("url", "URL", "Web address; null where unknown.", |cx, o, _, out| {
            write(cx, cx.graph().references.url[o.a as usize], out);
            Ok(())
        }),
        text("language", "Language of the publication as a two-letter code; null where unknown.", |cx, o, _, out| {
            write(cx, cx.graph().references.language[o.a as usize], out);
            Ok(())
        }),
        leaf("referenceType", "ReferenceType!", "What it is.", |cx, o, _, out| {
            out.word(cx.graph().references.reference_type[o.a as usize].text());
            Ok(())
        }),
        leaf("standing", "Standing!", "Whether it stands, as far as this data set knows.", |cx, o, _, out| {
            out.word(cx.graph().references.standing[o.a as usize].text());
            Ok(())
        }),
        text(
            "defects",
            "What is wrong with the entry as the source prints it; null where nothing is.",
            |cx, o, _, out| {
                write(cx, cx.graph().references.defects[o.a as usize], out);
                Ok(())
            },
        ),
        text("evidence", "Where the entry was checked; null where it was not.", |cx, o, _, out| {
            write(cx, cx.graph().references.evidence[o.a as usize], out);
            Ok(())
        }),
        many(
            "markers",
            "[PublicationMarker!]!",
            "The numbers it bears in bibliographies of sources.",
            |cx, o, _, out| {
                let markers = cx.graph().references.markers.of(o.a);
                out.extend(
                    markers.iter().map(|(source, marker)| Some(Obj::pair(T::PublicationMarker, *source, marker.0))),
                );
                Ok(())
            },
        ),
        connection(
            "cites",
            "CitationConnection!",
            "What it cites: one edge per citation, so a reference that is cited twice has two; in the order of the \
             statements that cite.",
            |cx, o, args| citations(cx, o, args, "cites", false),
        ),
        connection(
            "citedBy",
            "CitationConnection!",
            "Who cites it: one edge per citation, by the citing reference.",
            |cx, o, args| citations(cx, o, args, "citedBy", true),
        ),
        connection("statements", "StatementConnection!", "Statements that cite it, by id.", |cx, o, args| {
            let found = select::statements_of(cx.graph(), Node::new(crate::domain::NodeKind::Reference, o.a));
            page_of_list(cx, T::StatementConnection, o, args, "statements", found)
        }),
        connection(
            "trials",
            "TrialConnection!",
            "Trials whose facts rest on it: those that statements citing it are about, those whose registry lists it \
             and, where it is itself a source, those it reports.",
            |cx, o, args| trials_of(cx, o, args, "trials", select::trials_of_reference(cx.graph(), o.a)),
        )
        .args(trial_list_args()),
        connection(
            "targets",
            "TargetConnection!",
            "Targets that statements citing it are about, by id.",
            |cx, o, args| {
                let statements = select::statements_of(cx.graph(), Node::new(crate::domain::NodeKind::Reference, o.a));
                let mentions = cx.graph().relation(Relation::StatementTarget);
                let mut found: Vec<u32> = statements.iter().flat_map(|s| mentions.targets(*s)).copied().collect();
                found.sort_unstable();
                found.dedup();
                page_of_list(cx, T::TargetConnection, o, args, "targets", found)
            },
        ),
    ])
    .with(reach::fields())
    .with(facet::count_fields())
    .with(vec![
        leaf(
            "citation",
            "String!",
            "The reference as others write it. What is not known is left out; where only the first authors are known, \
             VANCOUVER and APA say `et al.`, BIBTEX and CSL_JSON name `others`, RIS has a note. Chinese names and \
             organisations stay as they are.",
            |cx, o, args, out| {
                let style = args.number("style").and_then(CitationStyle::at).unwrap_or(CitationStyle::Vancouver);
                out.text(&cite::cite(cx.graph(), o.a, style));
                Ok(())
            },
        )
        .arg("style", "CitationStyle!", "How it is written.")
        .cost(20),
    ])
    .implements(&["Node", "Entity", "_Entity"])
}

fn marker() -> Object {
    Object::new(
        T::PublicationMarker,
        "The number of a reference in the bibliography of a source.",
        vec![
            one("source", "Source!", "The source.", |_, o, _| Ok(Some(Obj::new(T::Source, o.a)))),
            leaf("marker", "String!", "The number, e.g. `10`.", |cx, o, _, out| {
                out.raw(cx.json(StrId(o.b)));
                Ok(())
            }),
        ],
    )
}

fn citation_connection() -> Object {
    Object::new(
        T::CitationConnection,
        "A page of a list of citations.",
        vec![
            many("edges", "[CitationEdge!]!", "The citations of the page with their cursors.", |_, o, _, out| {
                connection::list_edges(o, T::CitationEdge, out)?;
                // The direction rides on the edge: which end is the node.
                if o.b == 1 {
                    for edge in out.iter_mut().flatten() {
                        edge.ty = T::CitationEdge;
                        edge.a |= BACK;
                    }
                }
                Ok(())
            })
            .size(Size::One),
            many(
                "nodes",
                "[Reference!]!",
                "The references at the other end of the page's citations.",
                |cx, o, _, out| {
                    let (ids, page, _) = connection::parts(o)?;
                    out.extend((page.start..page.end).map(|at| Some(other_end(cx, ids.at(at), o.b == 1))));
                    Ok(())
                },
            )
            .size(Size::One),
            connection::page_info(),
            connection::total_count(),
        ],
    )
}

/// Set on the link number of an edge that is seen from the cited side.
const BACK: u32 = 1 << 31;

fn citation_edge() -> Object {
    Object::new(
        T::CitationEdge,
        "One citation, seen from one of its ends.",
        vec![
            connection::edge_cursor(),
            one("node", "Reference!", "The reference at the other end.", |cx, o, _| {
                Ok(Some(other_end(cx, o.a & !BACK, o.a & BACK != 0)))
            }),
            text(
                "marker",
                "Number of the cited reference in the citing one's bibliography; null where not recorded.",
                |cx, o, _, out| {
                    out.opt(citation(cx, o.a & !BACK), |out, c| out.raw(cx.json(c.1)));
                    Ok(())
                },
            ),
            leaf(
                "cito",
                "CitationIntent!",
                "Why it is cited, in the words of CiTO; CITES where not recorded.",
                |cx, o, _, out| {
                    out.word(citation(cx, o.a & !BACK).map_or(CitationIntent::Cites, |c| c.2).text());
                    Ok(())
                },
            ),
            one(
                "statement",
                "Statement",
                "The statement that makes the citation; null where none is recorded.",
                |cx, o, _| Ok(citation(cx, o.a & !BACK).filter(|c| c.0 != NONE).map(|c| Obj::new(T::Statement, c.0))),
            ),
        ],
    )
}
