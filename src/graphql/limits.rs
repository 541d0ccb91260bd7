//! How much may one request ask?
//!
//! Every limit is declared once, in the table below: its field, its name in errors and in `meta.limits`, its default and
//! what it holds down. Flags, environment and configuration files are made of the same table by the server. Must not
//! know: where a value came from.

/// A limit as it is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// Name of the field, as settings carry it: `document_bytes`.
    pub field: &'static str,
    /// Name that errors and `meta.limits` give: `documentBytes`.
    pub name: &'static str,
    /// Value where nothing else is set.
    pub default: u64,
    /// What it holds down.
    pub what: &'static str,
}

macro_rules! limits {
    ($($field:ident $name:literal : $ty:ty = $default:expr, $what:literal;)+) => {
        /// Limits on a request. Each refuses with an error that names it.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Limits {
            $(#[doc = concat!("Most ", $what, ".")] pub $field: $ty,)+
            /// Limits that others hold, listed with these: name, value, what it holds down.
            pub others: Vec<(&'static str, u64, &'static str)>,
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $default,)+ others: Vec::new() }
            }
        }

        impl Limits {
            /// Every limit as declared.
            pub const TABLE: &'static [Declared] = &[
                $(Declared { field: stringify!($field), name: $name, default: $default as u64, what: $what },)+
            ];

            /// Sets a limit by the name of its field; false where there is none of that name.
            pub fn set(&mut self, field: &str, value: u64) -> bool {
                match field {
                    $(stringify!($field) => self.$field = <$ty>::try_from(value).unwrap_or(<$ty>::MAX),)+
                    _ => return false,
                }
                true
            }

            /// Every limit: name, value, what it holds down.
            #[must_use]
            pub fn list(&self) -> Vec<(&'static str, u64, &'static str)> {
                let mut list = vec![$(($name, self.$field as u64, $what),)+];
                list.extend([
                    ("pageSize", u64::from(crate::select::Page::CAP), "items on a page"),
                    ("matrixCells", crate::select::CELLS_CAP as u64, "cells of a cross-table"),
                    ("textLength", crate::select::TEXT_CAP as u64, "characters of a text that is searched"),
                    ("textWords", crate::select::WORDS_CAP as u64, "different words of a text that is searched"),
                    ("suggestions", crate::select::SUGGESTIONS_CAP as u64, "suggestions at once"),
                    ("terms", crate::select::TERMS_CAP as u64, "terms resolved at once"),
                    ("maxHops", u64::from(crate::select::HOPS_CAP), "links of a path"),
                    ("maxPaths", u64::from(crate::select::PATHS_CAP), "paths between two nodes"),
                    ("hops", u64::from(crate::select::HOPS_CAP), "links from the middle of a neighbourhood"),
                    ("limit", u64::from(crate::select::NODES_CAP), "nodes of a neighbourhood"),
                    ("maxDepth", u64::from(crate::select::HOPS_CAP), "steps of a trace from its root"),
                ]);
                list.extend(&self.others);
                list
            }
        }
    };
}

limits! {
    document_bytes "documentBytes": usize = 64 * 1024, "bytes of a document";
    document_tokens "documentTokens": usize = 10_000, "tokens of a document";
    document_nesting "documentNesting": usize = 64, "brackets open at once in a document";
    name_bytes "nameBytes": usize = 256, "bytes of a name in a document";
    operations "operations": usize = 20, "operations of a document";
    fragments "fragments": usize = 200, "fragments of a document";
    aliases "aliases": usize = 200, "aliases of a document";
    directives "directives": usize = 200, "directives of a document";
    variables "variables": usize = 100, "variables of an operation";
    plan_fields "planFields": usize = 10_000, "fields of an operation once fragments are expanded";
    depth "depth": usize = 24, "levels of an answer";
    cost "cost": u64 = 1_000_000, "price of an operation: fields, times the page sizes above them";
    steps "steps": u64 = 5_000_000, "objects that an answer may touch";
    response_bytes "responseBytes": usize = 16 * 1024 * 1024, "bytes of an answer";
    errors "errors": usize = 20, "errors listed in an answer";
    introspection_depth "introspectionDepth": usize = 3, "lists of fields, types or values within one another in an introspection";
    introspection_cost "introspectionCost": u64 = 400_000, "price of an introspection: fields, times the usual sizes of the lists above them";
}
