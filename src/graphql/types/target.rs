//! Targets and their genes.

use std::sync::Arc;

use super::super::declare::{Obj, Object, Size, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{connection, page_of_list};
use super::query::{trial_list_args, trials_of};
use super::trial::at_most;
use super::{Base, Cx, Extra, T, entity, facet, untried};
use crate::domain::{NodeKind, TargetKind};
use crate::graph::{GeneRow, Node, Relation};
use crate::select;

fn gene<'a>(cx: &Cx<'a>, o: &Obj) -> &'a GeneRow {
    &cx.graph().genes.items()[o.a as usize]
}

fn together(o: &Obj) -> Res<select::CoOccurrence> {
    match o.extra.as_deref() {
        Some(Extra::Together(together)) => Ok(*together),
        _ => Err(FieldError::new(Code::InternalServerError, "a co-occurrence without its count")),
    }
}

pub(super) fn objects() -> Vec<Object> {
    let gene_id = |name, doc, write| leaf(name, "String", doc, write);
    vec![
        Object::new(
            T::Target,
            "What the engineered receptor is aimed at (an antigen) or, where a receptor serves as the binding part, \
             that receptor. A target may be several genes. Id: `target:cd19`.",
            entity::fields(),
        )
        .with(vec![
            leaf(
                "symbol",
                "String!",
                "Approved gene symbol where there is one gene, e.g. `TNFRSF17` for BCMA; else the label.",
                |cx, o, _, out| {
                    let symbol = match cx.graph().genes.of(o.a) {
                        [gene] => gene.symbol,
                        _ => cx.graph().names(NodeKind::Target).label(o.a, crate::domain::Language::En),
                    };
                    out.raw(cx.json(symbol));
                    Ok(())
                },
            ),
            leaf("targetKind", "TargetKind!", "What the target is.", |cx, o, _, out| {
                let kind = TargetKind::at(cx.graph().target_kind[o.a as usize]);
                out.word(kind.unwrap_or(TargetKind::Antigen).text());
                Ok(())
            }),
            many("genes", "[Gene!]!", "The genes of the target: two for MICA/B.", |cx, o, _, out| {
                out.extend(cx.graph().genes.range(o.a).map(|at| Some(Obj::new(T::Gene, at as u32))));
                Ok(())
            }),
            connection(
                "trials",
                "TrialConnection!",
                "Trials whose product is aimed at the target or binds by it.",
                |cx, o, args| {
                    let base = Base::sources(cx.snapshot, Relation::TrialTarget, o.a);
                    trials_of(cx, o, args, "trials", base)
                },
            )
            .args(trial_list_args()),
            untried::unmentioned_field(),
            many(
                "coTargets",
                "[CoOccurrence!]!",
                "Targets of the same trials, most trials first, then by id.",
                |cx, o, args, out| {
                    let first = at_most(args)?;
                    let found = select::co_targets(cx.graph(), o.a);
                    out.extend(found.into_iter().take(first).map(|together| {
                        let extra = Arc::new(Extra::Together(together));
                        Some(Obj::with(T::CoOccurrence, together.target, o.a, &extra))
                    }));
                    Ok(())
                },
            )
            .arg_default("first", "Int", "10", "At most so many; over 1000 is refused.")
            .size(Size::Page),
            connection("statements", "StatementConnection!", "Statements about the target, by id.", |cx, o, args| {
                let found = select::statements_of(cx.graph(), Node::new(NodeKind::Target, o.a));
                page_of_list(cx, T::StatementConnection, o, args, "statements", found)
            }),
            connection(
                "references",
                "ReferenceConnection!",
                "References that statements about the target cite, by id.",
                |cx, o, args| {
                    let found = select::references_of(cx.graph(), Node::new(NodeKind::Target, o.a));
                    page_of_list(cx, T::ReferenceConnection, o, args, "references", found)
                },
            ),
        ])
        .with(facet::count_fields())
        .implements(&["Node", "Entity", "_Entity"]),
        Object::new(
            T::Gene,
            "A human gene behind a target.",
            vec![
                leaf("symbol", "String!", "Approved symbol, e.g. `MICA`.", |cx, o, _, out| {
                    out.raw(cx.json(gene(cx, o).symbol));
                    Ok(())
                }),
                gene_id("name", "Approved name; null where not recorded.", |cx, o, _, out| {
                    out.opt(gene(cx, o).name.some(), |out, id| out.raw(cx.json(id)));
                    Ok(())
                }),
                gene_id("hgnc", "HGNC id, e.g. `HGNC:1633`; null where not recorded.", |cx, o, _, out| {
                    out.opt(gene(cx, o).hgnc.some(), |out, id| out.raw(cx.json(id)));
                    Ok(())
                }),
                gene_id("uniprot", "UniProt accession; null where not recorded.", |cx, o, _, out| {
                    out.opt(gene(cx, o).uniprot.some(), |out, id| out.raw(cx.json(id)));
                    Ok(())
                }),
                gene_id("ensembl", "Ensembl gene id; null where not recorded.", |cx, o, _, out| {
                    out.opt(gene(cx, o).ensembl.some(), |out, id| out.raw(cx.json(id)));
                    Ok(())
                }),
                gene_id("ncbiGene", "NCBI Gene id; null where not recorded.", |cx, o, _, out| {
                    out.opt(gene(cx, o).ncbi_gene.some(), |out, id| out.raw(cx.json(id)));
                    Ok(())
                }),
                leaf("verification", "Verification!", "How sure the identifiers are.", |cx, o, _, out| {
                    out.word(gene(cx, o).verification.text());
                    Ok(())
                }),
                gene_id(
                    "evidence",
                    "Where the identifiers were verified; null where they were not.",
                    |cx, o, _, out| {
                        out.opt(gene(cx, o).evidence.some(), |out, id| out.raw(cx.json(id)));
                        Ok(())
                    },
                ),
            ],
        ),
        Object::new(
            T::CoOccurrence,
            "A target that is studied in the same trials as another.",
            vec![
                one("target", "Target!", "The other target.", |_, o, _| Ok(Some(Obj::new(T::Target, o.a)))),
                leaf("trialCount", "Int!", "In how many trials both are.", |_, o, _, out| {
                    out.int(together(o)?.trials);
                    Ok(())
                }),
                connection(
                    "trials",
                    "TrialConnection!",
                    "The trials that have both, by registry number.",
                    |cx, o, args| {
                        let has = cx.graph().relation(Relation::TrialTarget);
                        let (a, b) = (has.sources(o.a), has.sources(o.b));
                        let both: Vec<u32> = a.iter().copied().filter(|t| b.binary_search(t).is_ok()).collect();
                        trials_of(cx, o, args, "trials", both)
                    },
                )
                .args(trial_list_args()),
            ],
        ),
    ]
}
