//! Which printed texts does no vocabulary entry cover?
//!
//! Must not know: who asks, filters, pages.

use std::collections::BTreeMap;

use crate::domain::{Mapping, NodeKind, SourceField};
use crate::graph::{Graph, StrId};

/// Printed text that does not map, once per source and field, with where it stands.
#[derive(Debug, Clone)]
pub struct UnmappedText {
    /// The text.
    pub text: StrId,
    /// The field; none for terms of statements.
    pub field: Option<SourceField>,
    /// The source that prints it.
    pub source: u32,
    /// Assertions in which it stands.
    pub assertions: Vec<u32>,
    /// Statements in which it stands.
    pub statements: Vec<u32>,
}

/// All text that does not map, by source, field and text.
///
/// Complexity: linear in the assertions and statements.
pub(super) fn texts(graph: &Graph) -> Vec<UnmappedText> {
    let mut groups: BTreeMap<(u32, Option<SourceField>, String), UnmappedText> = BTreeMap::new();
    let mut add =
        |source: u32, field: Option<SourceField>, text: StrId, assertion: Option<u32>, statement: Option<u32>| {
            let key = (source, field, graph.strings.text(text).into_owned());
            let group = groups.entry(key).or_insert_with(|| UnmappedText {
                text,
                field,
                source,
                assertions: Vec::new(),
                statements: Vec::new(),
            });
            group.assertions.extend(assertion);
            group.statements.extend(statement);
        };
    for (at, mapping) in graph.assertions.mapping.iter().enumerate() {
        let field = graph.assertions.field.items()[at];
        if *mapping == Mapping::Unmapped {
            let number = at as u32;
            add(graph.assertion_source(number), Some(field), graph.assertions.printed[at], Some(number), None);
        }
    }
    for statement in 0..graph.count(NodeKind::Statement) {
        for term in graph.statements.terms.of(statement) {
            add(graph.statements.source[statement as usize], None, *term, None, Some(statement));
        }
    }
    groups.into_values().collect()
}
