//! Paging: for every connection of the contract, pages joined forward and backward are the whole list, and a cursor or a
//! size that does not belong is refused with the right code.

use std::collections::BTreeSet;
use std::sync::Arc;

use apollo_compiler::Schema;
use apollo_compiler::schema::ExtendedType;
use serde_json::{Value, json};
use trialweave::graphql::{Engine, Request, sdl};
use trialweave::select::Page;
use trialweave::snapshot::Snapshot;

use crate::ask::{ask, ask_with, refused, text};
use crate::support::MemoryFiles;

/// A connection: the type that has it, its field, and the way from the root to one list of some length.
struct List {
    on: &'static str,
    field: &'static str,
    /// The query around the connection, which stands where `@` is.
    around: &'static str,
    /// Where the connection then is in the data.
    pointer: &'static str,
    /// What tells its nodes apart.
    node: &'static str,
    /// Arguments that are always given.
    given: &'static str,
    /// The biggest page whose price is within the limit, at least the whole list.
    most: u32,
}

const fn list(on: &'static str, field: &'static str, around: &'static str, pointer: &'static str) -> List {
    List { on, field, around, pointer, node: "id", given: "", most: Page::CAP }
}

const fn root(field: &'static str, node: &'static str) -> List {
    List { on: "Query", field, around: "@", pointer: "", node, given: "", most: Page::CAP }
}

const LISTS: &[List] = &[
    root("trials", "id"),
    root("targets", "id"),
    root("diseases", "id"),
    root("drugs", "id"),
    root("regimens", "id"),
    root("references", "id"),
    root("statements", "id"),
    root("conflicts", "field subject { id }"),
    root("unmapped", "field printed source { id }"),
    List { given: r#"text: "CD19""#, ..root("search", "id") },
    List {
        most: 100,
        ..list(
            "MatrixCell",
            "trials",
            "x: matrix(rows: TARGET, columns: STATUS, rowLimit: 1, columnLimit: 1) { y: cells { @ } }",
            "/x/y/0",
        )
    },
    list("Trial", "references", r#"x: trial(id: "NCT04623944") { @ }"#, "/x"),
    list("Trial", "statements", r#"x: trial(id: "NCT03056339") { @ }"#, "/x"),
    list("Target", "trials", r#"x: target(id: "cd19") { @ }"#, "/x"),
    list("Target", "references", r#"x: target(id: "cd19") { @ }"#, "/x"),
    list("Target", "statements", r#"x: target(id: "cd19") { @ }"#, "/x"),
    list("CoOccurrence", "trials", r#"x: target(id: "cd19") { y: coTargets(first: 1) { @ } }"#, "/x/y/0"),
    list("Disease", "trials", r#"x: disease(id: "cancer") { @ }"#, "/x"),
    list("Disease", "references", r#"x: disease(id: "aml") { @ }"#, "/x"),
    list("Disease", "statements", r#"x: disease(id: "aml") { @ }"#, "/x"),
    list("Drug", "trials", r#"x: drug(id: "fludarabine") { @ }"#, "/x"),
    list("Drug", "references", r#"x: drug(id: "fludarabine") { @ }"#, "/x"),
    list("Drug", "statements", r#"x: drug(id: "fludarabine") { @ }"#, "/x"),
    list("Drug", "regimens", r#"x: drug(id: "fludarabine") { @ }"#, "/x"),
    list("Regimen", "trials", r#"x: regimen(id: "cyclophosphamide+fludarabine") { @ }"#, "/x"),
    list("Reference", "statements", r#"x: reference(id: "carnk-review-2025#10") { @ }"#, "/x"),
    list("Reference", "trials", r#"x: reference(id: "chen-2025") { @ }"#, "/x"),
    list("Reference", "targets", r#"x: reference(id: "jia-2023") { @ }"#, "/x"),
    list("Reference", "cites", r#"x: reference(id: "chen-2025") { @ }"#, "/x"),
    list("Reference", "citedBy", r#"x: reference(id: "carnk-review-2025#10") { @ }"#, "/x"),
    list("Reference", "citesWithin", r#"x: reference(id: "chen-2025") { @ }"#, "/x"),
    list("Reference", "citedByWithin", r#"x: reference(id: "carnk-review-2025#10") { @ }"#, "/x"),
    List {
        most: 100,
        ..list(
            "Pair",
            "trials",
            "x: trials(first: 0) { y: pairs(of: DISEASE, with: DRUG, limit: 1) { z: pairs { @ } } }",
            "/x/y/z/0",
        )
    },
    list("Source", "trials", r#"x: source(id: "carnk-review-2025") { @ }"#, "/x"),
    list("Source", "statements", r#"x: source(id: "carnk-review-2025") { @ }"#, "/x"),
];

/// Every field of the contract that is a connection: type, field, and the orders that it can be asked in.
fn connections() -> Vec<(String, String, Vec<String>)> {
    let schema = Schema::parse_and_validate(sdl(), "schema.graphql").unwrap();
    let mut found = Vec::new();
    for (name, ty) in &schema.types {
        let ExtendedType::Object(object) = ty else { continue };
        for field in object.fields.values().filter(|f| f.ty.inner_named_type().as_str().ends_with("Connection")) {
            let mut orders = Vec::new();
            if let Some(order) = field.argument_by_name("orderBy") {
                let Some(input) = schema.get_input_object(order.ty.inner_named_type()) else { panic!("{}", order.ty) };
                let keys = schema.get_enum(input.fields["field"].ty.inner_named_type()).unwrap();
                for direction in ["ASC", "DESC"] {
                    let one = |key: &_| format!("{{ field: {key}, direction: {direction} }}");
                    orders.extend(keys.values.keys().map(one));
                }
            }
            found.push((name.to_string(), field.name.to_string(), orders));
        }
    }
    found
}

impl List {
    /// A page of the list, by its arguments.
    fn page(&self, arguments: &str) -> Value {
        let arguments: Vec<_> = [self.given, arguments].into_iter().filter(|a| !a.is_empty()).collect();
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let node = self.node;
        let page = format!(
            "{{ totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
                edges {{ cursor node {{ {node} }} }} nodes {{ {node} }} }}"
        );
        let query = self.around.replace('@', &format!("list: {}{arguments} {page}", self.field));
        let mut data = ask(&format!("{{ {query} }}"));
        let list = data.pointer_mut(&format!("{}/list", self.pointer)).unwrap().take();
        self.check(&list);
        list
    }

    /// The arguments for the whole list.
    fn first(&self) -> String {
        format!("first: {}", self.most)
    }

    /// What holds for any page.
    fn check(&self, page: &Value) {
        let edges = page["edges"].as_array().unwrap();
        let nodes: Vec<_> = edges.iter().map(|edge| edge["node"].clone()).collect();
        assert_eq!(Value::from(nodes), page["nodes"], "{}.{}", self.on, self.field);
        let info = &page["pageInfo"];
        let cursor = |edge: Option<&Value>| edge.map_or(Value::Null, |e| e["cursor"].clone());
        assert_eq!((&info["startCursor"], &info["endCursor"]), (&cursor(edges.first()), &cursor(edges.last())));
    }
}

/// The items of a page: cursor and node.
fn items(page: &Value) -> Vec<(String, String)> {
    page["edges"].as_array().unwrap().iter().map(|edge| (text(edge, "/cursor"), edge["node"].to_string())).collect()
}

fn flag(page: &Value, name: &str) -> bool {
    page["pageInfo"][name].as_bool().unwrap()
}

#[test]
fn the_lists_tried_here_are_all_connections_of_the_contract() {
    let tried: BTreeSet<_> = LISTS.iter().map(|list| (list.on.to_owned(), list.field.to_owned())).collect();
    let declared: BTreeSet<_> = connections().into_iter().map(|(on, field, _)| (on, field)).collect();
    assert_eq!(tried, declared);
}

#[test]
fn pages_joined_forward_and_backward_are_the_whole_list() {
    for list in LISTS {
        let place = format!("{}.{}", list.on, list.field);
        let whole_page = list.page(&list.first());
        let whole = items(&whole_page);
        let total = whole.len();
        assert!(total > 0 && whole_page["totalCount"] == total, "{place}");
        assert!(!flag(&whole_page, "hasNextPage") && !flag(&whole_page, "hasPreviousPage"), "{place}");
        let cursors: BTreeSet<_> = whole.iter().map(|(cursor, _)| cursor).collect();
        assert_eq!(cursors.len(), total, "{place}: cursors are distinct");

        for size in [1, 2, 7, total.saturating_sub(1).max(1), total] {
            let (mut joined, mut after) = (Vec::new(), String::new());
            loop {
                let page = list.page(&format!("first: {size}{after}"));
                assert_eq!(page["totalCount"], total, "{place}");
                assert_eq!(flag(&page, "hasPreviousPage"), !joined.is_empty(), "{place}");
                joined.extend(items(&page));
                assert_eq!(flag(&page, "hasNextPage"), joined.len() < total, "{place} by {size}");
                if !flag(&page, "hasNextPage") {
                    break;
                }
                after = format!(", after: {}", page["pageInfo"]["endCursor"]);
            }
            assert_eq!(joined, whole, "{place} forward by {size}");

            let (mut joined, mut before) = (Vec::new(), String::new());
            loop {
                let page = list.page(&format!("last: {size}{before}"));
                assert_eq!(flag(&page, "hasNextPage"), !joined.is_empty(), "{place}");
                joined.splice(0..0, items(&page));
                assert_eq!(flag(&page, "hasPreviousPage"), joined.len() < total, "{place} by {size}");
                if !flag(&page, "hasPreviousPage") {
                    break;
                }
                before = format!(", before: {}", page["pageInfo"]["startCursor"]);
            }
            assert_eq!(joined, whole, "{place} backward by {size}");
        }
    }
}

#[test]
fn every_order_is_total_and_its_pages_join() {
    for (on, field, orders) in connections() {
        let list = LISTS.iter().find(|l| l.on == on && l.field == field).unwrap();
        let ids = |items: Vec<(String, String)>| items.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
        let by_id: BTreeSet<_> = ids(items(&list.page(&list.first()))).into_iter().collect();
        for order in orders {
            let whole = items(&list.page(&format!("{}, orderBy: [{order}]", list.first())));
            assert_eq!(
                whole,
                items(&list.page(&format!("{}, orderBy: [{order}]", list.first()))),
                "{on}.{field} {order}"
            );
            let (mut joined, mut after) = (Vec::new(), String::new());
            while joined.len() < whole.len() {
                let page = items(&list.page(&format!("first: 10, orderBy: [{order}]{after}")));
                assert!(!page.is_empty(), "{on}.{field} {order}");
                after = format!(", after: {:?}", page.last().unwrap().0);
                joined.extend(page);
            }
            assert_eq!(joined, whole, "{on}.{field} {order}");
            assert_eq!(ids(joined).into_iter().collect::<BTreeSet<_>>(), by_id, "{on}.{field} {order}: the same nodes");
        }
    }
}

#[test]
fn after_and_before_cut_the_list_from_both_ends() {
    let list = &LISTS[0];
    let whole = items(&list.page(&list.first()));
    let (after, before) = (&whole[9].0, &whole[30].0);
    let between = format!("after: {after:?}, before: {before:?}");
    assert_eq!(items(&list.page(&between)), whole[10..30]);
    assert_eq!(items(&list.page(&format!("first: 3, {between}"))), whole[10..13]);
    let back = list.page(&format!("last: 3, {between}"));
    assert_eq!(items(&back), whole[27..30]);
    assert!(flag(&back, "hasNextPage") && flag(&back, "hasPreviousPage"));
    // Crossed ends leave nothing, and say so.
    let crossed = list.page(&format!("after: {before:?}, before: {after:?}"));
    assert_eq!((items(&crossed).len(), crossed["totalCount"].as_u64()), (0, Some(105)));
    assert_eq!(crossed["pageInfo"]["startCursor"], Value::Null);
}

#[test]
fn a_page_has_25_items_where_no_size_is_given_and_may_have_none() {
    assert_eq!(items(&LISTS[0].page("")).len(), Page::DEFAULT as usize);
    for nothing in ["first: 0", "last: 0"] {
        let page = LISTS[0].page(nothing);
        assert_eq!((items(&page).len(), page["totalCount"].as_u64()), (0, Some(105)));
    }
}

/// The code with which a page of trials is refused.
fn refusal(arguments: &str) -> Vec<String> {
    let (codes, data) = refused(&format!("{{ trials({arguments}) {{ totalCount }} }}"), &Value::Null);
    assert_eq!(data, Value::Null, "{arguments}");
    codes
}

#[test]
fn sizes_that_cannot_be_are_refused() {
    for (arguments, code) in [
        ("first: 3, last: 3", "BAD_USER_INPUT"),
        ("first: 0, last: 0", "BAD_USER_INPUT"),
        ("first: -1", "BAD_USER_INPUT"),
        ("last: -1", "BAD_USER_INPUT"),
        ("first: -2147483648", "BAD_USER_INPUT"),
        ("first: 1001", "LIMIT_EXCEEDED"),
        ("last: 1001", "LIMIT_EXCEEDED"),
    ] {
        assert_eq!(refusal(arguments), [code], "{arguments}");
    }
    let response: Value =
        serde_json::from_slice(&crate::ask::response("{ trials(last: 1001) { totalCount } }", &Value::Null)).unwrap();
    let extensions = &response["errors"][0]["extensions"];
    assert_eq!((&extensions["limit"], &extensions["argument"]), (&json!("pageSize"), &json!("last")));
    // Beyond 32 bits it is no Int at all: refused by validation.
    assert_eq!(refusal("first: 2147483648"), ["GRAPHQL_VALIDATION_FAILED"]);
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    let cursor = |query: &str, pointer: &str| text(&ask(query), &format!("{pointer}/edges/0/cursor"));
    let own = cursor("{ trials { edges { cursor } } }", "/trials");
    assert!(refused(&format!("{{ trials(after: {own:?}) {{ totalCount }} }}"), &Value::Null).0.is_empty());
    for (other, pointer) in [
        ("{ targets { edges { cursor } } }", "/targets"),
        ("{ trials(orderBy: [{ field: TITLE }]) { edges { cursor } } }", "/trials"),
        (r#"{ target(id: "cd19") { trials { edges { cursor } } } }"#, "/target/trials"),
        (r#"{ source(id: "ctgov-2026-09") { trials { edges { cursor } } } }"#, "/source/trials"),
    ] {
        let theirs = cursor(other, pointer);
        assert_eq!(refusal(&format!("after: {theirs:?}")), ["BAD_CURSOR"], "{other}");
        assert_eq!(refusal(&format!("before: {theirs:?}")), ["BAD_CURSOR"], "{other}");
    }
    // Nor does a cursor move between two parents of one kind.
    let query =
        "query ($id: String!, $after: String) { target(id: $id) { trials(after: $after) { edges { cursor } } } }";
    let theirs = text(&ask_with(query, &json!({ "id": "cd19" })), "/target/trials/edges/0/cursor");
    assert_eq!(refused(query, &json!({ "id": "bcma", "after": theirs })).0, ["BAD_CURSOR"]);
}

#[test]
fn what_is_no_cursor_is_refused() {
    let own = text(&ask("{ trials { edges { cursor } } }"), "/trials/edges/0/cursor");
    let long = "A".repeat(10_000);
    let mut garbage = vec!["", "0", "NCT03056339", "====", "ä", "AAAA", long.as_str()];
    let (cut, longer, spaced) = (&own[..own.len() - 2], format!("{own}AA"), format!(" {own}"));
    garbage.extend([cut, &longer, &spaced]);
    for text in garbage {
        assert_eq!(refusal(&format!("after: {text:?}")), ["BAD_CURSOR"], "{text:.40}");
    }
}

#[test]
fn a_cursor_of_another_release_is_refused_as_gone() {
    let query = "query ($after: String) { trials(after: $after) { edges { cursor } } }";
    let tiny = trialweave::dataset::load(&MemoryFiles::tiny()).unwrap();
    let tiny = Arc::new(Snapshot::build(&tiny));
    let request = Request { query: query.to_owned(), ..Request::default() };
    let theirs: Value = serde_json::from_slice(&Engine::default().answer(&tiny, &request).body).unwrap();
    let theirs = text(&theirs, "/data/trials/edges/0/cursor");
    assert_eq!(refused(query, &json!({ "after": theirs })).0, ["SNAPSHOT_GONE"]);
}
