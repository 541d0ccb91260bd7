//! What does a router ask of a subgraph? (Apollo Federation 2)
//!
//! Every node has the key `id`: `_entities` finds nodes by it through the same look-up as `node`, `_service` gives the
//! contract with the keys written in. Must not know: routers, other subgraphs.

use std::sync::LazyLock;

use super::super::args::Val;
use super::super::contract::tables;
use super::super::declare::{Field, Interface, Obj, Object, Scalar, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError};
use super::query::find_node;
use super::{Cx, T};

/// The union of all types with a key. Object types say that they are of it as they do for interfaces.
pub(in super::super) const ENTITY: &str = "_Entity";
/// The name of a type and a key.
pub(in super::super) const ANY: &str = "_Any";

/// Most representations in one `_entities`.
const CAP: usize = 1000;

pub(super) fn union() -> Interface {
    let doc = "Whatever has a key: any node of the graph.";
    Interface { name: ENTITY, doc, implements: &[], fields: &[] }
}

pub(super) fn scalar() -> Scalar {
    Scalar {
        name: ANY,
        doc: "The name of a type and a key: `{ __typename: \"Trial\", id: \"trial:NCT03056339\" }`.",
        specified_by: "https://www.apollographql.com/docs/graphos/reference/federation/subgraph-specific-fields",
    }
}

pub(super) fn objects() -> Vec<Object> {
    vec![Object::new(
        T::_Service,
        "This service as a router sees it.",
        vec![leaf("sdl", "String!", "The contract, with keys.", |_, _, _, out| {
            out.text(sdl());
            Ok(())
        })],
    )]
}

pub(super) fn roots() -> Vec<Field> {
    vec![
        one("_service", "_Service!", "For routers: the contract, with keys.", |_, _, _| {
            Ok(Some(Obj::new(T::_Service, 0)))
        }),
        many(
            "_entities",
            "[_Entity]!",
            "For routers: the nodes with these keys, in the same order and number; null where there is none.",
            |cx, _, args, out| {
                let asked = args.items("representations").unwrap_or_default();
                if asked.len() > CAP {
                    let message = format!("{} representations are given, the most is {CAP}", asked.len());
                    let error = FieldError::new(Code::LimitExceeded, message);
                    return Err(error.argument("representations").limit("pageSize"));
                }
                for one in asked {
                    out.push(entity(cx, one));
                }
                Ok(())
            },
        )
        .args([input("representations", "[_Any!]!", "Names of types and keys, at most 1000.")])
        .size(Size::Argument("representations")),
    ]
}

/// The node of a representation: none where the key is unknown or of another type.
fn entity(cx: &Cx<'_>, representation: &Val) -> Option<Obj> {
    let (ty, id) = representation.text()?.split_once(' ')?;
    find_node(cx, id).ok().flatten().filter(|found| found.ty.name() == ty && tables().is_a(found.ty, ENTITY))
}

/// The contract with the keys written in, and without what a router adds itself.
pub(in super::super) fn sdl() -> &'static str {
    static SDL: LazyLock<String> = LazyLock::new(|| with_keys(crate::graphql::sdl()));
    &SDL
}

fn with_keys(sdl: &str) -> String {
    let mut text =
        String::from("extend schema @link(url: \"https://specs.apollo.dev/federation/v2.5\", import: [\"@key\"])\n\n");
    // The exporter writes one definition after another, each with its description before it; those of the protocol are
    // left out whole, their fields by their lines.
    let mut pending = String::new();
    let mut depth_of_left_out = false;
    let mut in_description = false;
    for line in sdl.lines() {
        let quotes = line.matches("\"\"\"").count();
        let was_description = in_description || quotes > 0;
        if quotes % 2 == 1 {
            in_description = !in_description;
        }
        let code = line.trim_start();
        if was_description || code.is_empty() {
            pending.push_str(line);
            pending.push('\n');
            continue;
        }
        let of_protocol = ["type _Service", "union _Entity", "scalar _Any"].iter().any(|p| code.starts_with(p));
        if of_protocol {
            depth_of_left_out = code.ends_with('{');
            pending.clear();
            continue;
        }
        if depth_of_left_out {
            depth_of_left_out = code != "}";
            pending.clear();
            continue;
        }
        let field_of_protocol = code.starts_with("_service") || code.starts_with("_entities");
        if field_of_protocol
            || code.starts_with("representations:")
            || (code.starts_with(')') && code.contains("_Entity"))
        {
            pending.clear();
            continue;
        }
        text.push_str(&pending);
        pending.clear();
        let keyed = code.starts_with("type ")
            && code.ends_with('{')
            && code.contains(" implements ")
            && code.contains("Entity");
        match line.strip_suffix('{').filter(|_| keyed) {
            Some(head) => text.push_str(&format!("{head}@key(fields: \"id\") {{")),
            None => text.push_str(line),
        }
        text.push('\n');
    }
    text
}
