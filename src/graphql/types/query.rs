//! The roots: where a query begins.

use std::sync::Arc;

use super::super::args::{Args, Val};
use super::super::declare::{Field, Obj, Object, Size, input, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{List, connection, page, page_at, page_of_list};
use super::entity::object_of;
use super::{
    Base, Counting, Cx, Listed, T, conflict, federation, filters, inputs, matrix, meta, search, source, unmapped, walks,
};
use crate::domain::{Language, NodeKind};
use crate::graph::{Node, Relation};
use crate::index::{Found, Malformed, list_of};
use crate::select::{self, NodeSet};

/// Most ids in one `nodes`.
const NODES_CAP: usize = 1000;

/// A connection over trials: those of a list (`None`: all), by the arguments `filter` and `orderBy`.
pub(super) fn trials_in(cx: &Cx<'_>, o: &Obj, args: &Args, field: &str, base: Option<Base>) -> Res<Option<Obj>> {
    let orders = args.items("orderBy").filter(|orders| !orders.is_empty()).map(inputs::trial_order);
    if let (None, Some(keys), Some(value)) = (&base, &orders, args.get("filter"))
        && let Some(direction) = select::by_start(keys)
        && let Some(starts) = filters::by_start(cx, value)?
    {
        let total = starts.len() as u32;
        let at = page_at(cx, o, args, field, total)?;
        let latest_first = direction == select::Direction::Desc;
        let part = starts.part(latest_first, at.start as usize..at.end as usize);
        cx.work((part.len() * starts.lists()) as u64)?;
        let counting = Counting { base: None, filter: Some(value.clone()), listed: Listed::Filtered };
        return page(cx, T::TrialConnection, o, args, field, List::Cut(part, total), Some(counting));
    }
    let set = match &base {
        Some(base) => {
            cx.work(base.list(cx.graph()).len() as u64)?;
            let filtered = cx.filtered_of(args, base)?;
            Some(filtered.map_or_else(|| base.set(cx.graph()), |left| Arc::new(NodeSet::ascending(left))))
        }
        None => cx.filtered(args)?,
    };
    let listed = set.as_ref().map_or(Listed::All, |set| Listed::These(Arc::clone(set)));
    let counting = Counting { base, filter: args.get("filter").cloned(), listed };
    let all = cx.graph().count(NodeKind::Trial);
    let list = match (set, orders) {
        (None, None) => List::All(all),
        (Some(set), None) => List::Set(set),
        (set, Some(keys)) => {
            let total = set.as_ref().map_or(all, |set| set.len() as u32);
            let end = page_at(cx, o, args, field, total)?.end as usize;
            if let Some((front, looked)) = select::first_trials(cx.snapshot, set.as_deref(), &keys, end) {
                cx.work(looked)?;
                List::Front(front, total)
            } else {
                let mut ids: Vec<u32> = set.map_or_else(|| (0..all).collect(), |set| set.list().to_vec());
                cx.work(ids.len() as u64)?;
                select::order_trials(cx.graph(), &mut ids, &keys, end);
                List::These(ids)
            }
        }
    };
    page(cx, T::TrialConnection, o, args, field, list, Some(counting))
}

/// As `trials_in`, over a list.
pub(super) fn trials_of(cx: &Cx<'_>, o: &Obj, args: &Args, field: &str, list: impl Into<Base>) -> Res<Option<Obj>> {
    trials_in(cx, o, args, field, Some(list.into()))
}

/// The arguments that a connection over trials has besides its page.
pub(super) fn trial_list_args() -> [super::super::declare::Input; 2] {
    [
        input("filter", "TrialFilter", "Only trials that fit."),
        input("orderBy", "[TrialOrder!]", "Order, first key first; by registry number where left out."),
    ]
}

fn malformed(id: &str, bad: Malformed) -> FieldError {
    let shown: String = id.chars().take(80).collect();
    FieldError::new(Code::MalformedId, format!("{shown:?} is no id: {}", bad.reason)).argument("id")
}

fn find(cx: &Cx<'_>, kind: NodeKind, args: &Args) -> Res<Option<Obj>> {
    let id = args.text("id").unwrap_or_default();
    match cx.snapshot.index().ids.find(kind, id).map_err(|bad| malformed(id, bad))? {
        Found::None => Ok(None),
        Found::One(ix) => Ok(Some(Obj::new(T::of(kind), ix))),
        Found::Many(all) => Err(filters::ambiguous(cx, kind, &all, id, "id".into())),
    }
}

/// The object with a global id.
pub(super) fn find_node(cx: &Cx<'_>, id: &str) -> Res<Option<Obj>> {
    if id.starts_with("assertion:") {
        return Ok(source::find_assertion(cx, id).map(|at| Obj::new(T::Assertion, at)));
    }
    if id.starts_with("note:") {
        let notes = &cx.graph().notes;
        let found = notes.id.iter().position(|n| cx.graph().strings.text(*n) == id);
        return Ok(found.map(|at| Obj::new(T::Note, at as u32)));
    }
    match cx.snapshot.index().ids.find_global(id).map_err(|bad| malformed(id, bad))? {
        (_, Found::None) => Ok(None),
        (kind, Found::One(ix)) => Ok(Some(object_of(Node::new(kind, ix)))),
        (kind, Found::Many(all)) => Err(filters::ambiguous(cx, kind, &all, id, "id".into())),
    }
}

fn all(cx: &Cx<'_>, o: &Obj, args: &Args, kind: NodeKind, ty: T, field: &str) -> Res<Option<Obj>> {
    if kind == NodeKind::Trial {
        return trials_in(cx, o, args, field, None);
    }
    let count = cx.graph().count(kind);
    let set = match args.get("filter") {
        None => None,
        Some(filter) => Some(filters::nodes(cx, kind, filter)?),
    };
    let Some(orders) = args.items("orderBy").filter(|orders| !orders.is_empty()) else {
        return page(cx, ty, o, args, field, set.map_or(List::All(count), |set| List::Set(Arc::new(set.into()))), None);
    };
    let mut list: Vec<u32> = match set {
        Some(set) => list_of(&set),
        None => (0..count).collect(),
    };
    cx.work(list.len() as u64)?;
    match kind {
        NodeKind::Reference => select::order_references(cx.graph(), &mut list, &inputs::reference_order(orders)),
        NodeKind::Statement => {
            let down = orders.first().and_then(|o| o.get("direction")).and_then(Val::number) == Some(1);
            if down {
                list.reverse();
            }
        }
        _ => {
            // The last key decides least, and each sort is stable in the id.
            for order in inputs::label_order(orders).iter().rev() {
                let down = order.direction == select::Direction::Desc;
                match order.key {
                    0 if down => list.sort_by(|a, b| b.cmp(a)),
                    0 => list.sort_unstable(),
                    1 => select::order_by_label(cx.graph(), kind, &mut list, Language::En, order.direction),
                    2 => select::order_by_label(cx.graph(), kind, &mut list, Language::Zh, order.direction),
                    _ => {
                        let count = |ix: &u32| select::trial_count(cx.snapshot, Node::new(kind, *ix));
                        list.sort_by(|a, b| if down { count(b).cmp(&count(a)) } else { count(a).cmp(&count(b)) });
                    }
                }
            }
        }
    }
    page_of_list(cx, ty, o, args, field, list)
}

macro_rules! by_id {
    ($($name:literal $ty:ident $doc:literal;)+) => {
        vec![$(
            one($name, stringify!($ty), $doc, |cx, _, args| find(cx, NodeKind::$ty, args))
                .args([input("id", "String!", "Any id known for it; case does not matter. Null is answered for one that is unknown, an error for one that cannot be an id.")])
                .cost(2),
        )+]
    };
}

macro_rules! lists {
    ($($name:literal $kind:ident $connection:ident $filter:literal $order:literal $doc:literal;)+) => {
        vec![$(
            connection($name, concat!(stringify!($connection), "!"), $doc, |cx, o, args| {
                all(cx, o, args, NodeKind::$kind, T::$connection, $name)
            })
            .args([
                input("filter", $filter, "Only those that fit."),
                input("orderBy", $order, "Order, first key first; by id where left out. Every order ends in the id."),
            ]),
        )+]
    };
}

fn roots() -> Vec<Field> {
    let mut fields = vec![
        meta::meta_field(),
        many(
            "schemaGraph",
            "[RelationSummary!]!",
            "Which kinds are joined by which relations, with counts: the map a newcomer needs.",
            |_, _, _, out| {
                out.extend((0..Relation::COUNT).map(|at| Some(Obj::new(T::RelationSummary, at as u32))));
                Ok(())
            },
        )
        .size(Size::Usual(15)),
        one(
            "node",
            "Node",
            "The node with this global id; null where there is none, an error where the text cannot be one.",
            |cx, _, args| find_node(cx, args.text("id").unwrap_or_default()),
        )
        .args([input("id", "ID!", "Global id, e.g. `trial:NCT03056339` or `disease:aml`.")]),
        many(
            "nodes",
            "[Node]!",
            "The nodes with these global ids, in the same order and number; null where there is none.",
            |cx, _, args, out| {
                let ids = args.items("ids").unwrap_or_default();
                if ids.len() > NODES_CAP {
                    let message = format!("{} ids are asked for, the most is {NODES_CAP}", ids.len());
                    return Err(FieldError::new(Code::LimitExceeded, message).argument("ids").limit("pageSize"));
                }
                for id in ids.iter().filter_map(Val::text) {
                    out.push(find_node(cx, id)?);
                }
                Ok(())
            },
        )
        .args([input("ids", "[ID!]!", "Global ids, at most 1000.")])
        .size(Size::Argument("ids")),
    ];
    fields.extend(by_id! {
        "trial" Trial "A trial by registry number (`NCT03056339`), global id or CURIE (`CLINICALTRIALS:NCT03056339`).";
        "target" Target "A target by id (`cd19`), global id, gene symbol (`MSLN`) or CURIE (`HGNC:7371`, `UniProtKB:Q13421`).";
        "disease" Disease "A disease by id (`aml`), global id or CURIE (`MONDO:0018874`, `NCIT:C3171`).";
        "drug" Drug "A drug by id (`fludarabine`), global id or CURIE (`RXCUI:24698`, `CHEMBL.COMPOUND:CHEMBL1568`).";
        "regimen" Regimen "A regimen by id, e.g. `cyclophosphamide+fludarabine`.";
        "reference" Reference "A reference by id (`marin-2024`), DOI, PMID, PMCID or number in a bibliography (`carnk-review-2025#10`).";
        "statement" Statement "A statement by id, e.g. `carnk-review-2025/F07`.";
        "source" Source "A source by id, e.g. `carnk-review-2025`.";
    });
    fields.extend(lists! {
        "trials" Trial TrialConnection "TrialFilter" "[TrialOrder!]" "All trials.";
        "targets" Target TargetConnection "TargetFilter" "[TargetOrder!]" "All targets.";
        "diseases" Disease DiseaseConnection "DiseaseFilter" "[DiseaseOrder!]" "All diseases.";
        "drugs" Drug DrugConnection "DrugFilter" "[DrugOrder!]" "All drugs.";
        "regimens" Regimen RegimenConnection "RegimenFilter" "[RegimenOrder!]" "All regimens that a trial uses.";
        "references" Reference ReferenceConnection "ReferenceFilter" "[ReferenceOrder!]" "All references.";
        "statements" Statement StatementConnection "StatementFilter" "[StatementOrder!]" "All statements.";
    });
    fields.extend(matrix::roots());
    fields.extend(walks::roots());
    fields.extend([conflict::root(), unmapped::root()]);
    fields.extend(search::fields());
    fields.extend(federation::roots());
    fields
}

pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new(T::Query, "Where a query begins. All lists have a total order that ends in the id.", roots()),
        Object::new(
            T::Subscription,
            "Where a subscription begins.",
            vec![one("releaseChanged", "Meta!", "Fires when a new release of the data goes live.", |_, _, _| {
                Ok(Some(Obj::new(T::Meta, 0)))
            })],
        ),
    ]
}
