//! What does a document hold that its text hides?
//!
//! Counts what the pre-scan cannot see, before anything validates: operations, fragments and their expansion, aliases,
//! directives, variables, and what an introspection would touch. Each fragment is measured once, so the count is linear
//! in the document however often fragments are spread. Must not know: our types, values.

use std::collections::HashMap;

use apollo_compiler::ast::{Definition, DirectiveList, Document, Selection};

use super::error::{Code, GraphqlError};
use super::limits::Limits;

/// Counts a document and refuses what is over a limit.
pub(super) fn measure(document: &Document, limits: &Limits) -> Result<(), GraphqlError> {
    let mut measure = Measure { limits, fragments: HashMap::new(), known: HashMap::new(), aliases: 0, directives: 0 };
    let (mut operations, mut fragments) = (0, 0);
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                operations += 1;
                measure.text(&operation.selection_set, &operation.directives)?;
                for variable in &operation.variables {
                    measure.count_directives(&variable.directives)?;
                }
                if operation.variables.len() > limits.variables {
                    return Err(over("variables", limits.variables as u64, "variables in an operation"));
                }
            }
            Definition::FragmentDefinition(fragment) => {
                fragments += 1;
                measure.text(&fragment.selection_set, &fragment.directives)?;
                measure.fragments.insert(fragment.name.as_str(), &fragment.selection_set);
            }
            _ => {
                let message = "the document defines types: only operations and fragments are answered";
                return Err(GraphqlError::new(Code::GraphqlValidationFailed, message));
            }
        }
    }
    if operations > limits.operations {
        return Err(over("operations", limits.operations as u64, "operations"));
    }
    if fragments > limits.fragments {
        return Err(over("fragments", limits.fragments as u64, "fragments"));
    }
    let mut whole = Size::default();
    for definition in &document.definitions {
        if let Definition::OperationDefinition(operation) = definition {
            whole.add(measure.expanded(&operation.selection_set, 0)?);
        }
    }
    if whole.fields > limits.plan_fields as u64 {
        return Err(over("planFields", limits.plan_fields as u64, "fields once fragments are expanded"));
    }
    if whole.asked.lists > limits.introspection_depth {
        let most = limits.introspection_depth as u64;
        return Err(over("introspectionDepth", most, "lists within one another in an introspection"));
    }
    if whole.asked.cost > limits.introspection_cost {
        let message = format!("the introspection costs {}, more than {}", whole.asked.cost, limits.introspection_cost);
        return Err(GraphqlError::new(Code::LimitExceeded, message).limit("introspectionCost"));
    }
    Ok(())
}

fn over(limit: &'static str, most: u64, what: &str) -> GraphqlError {
    GraphqlError::new(Code::LimitExceeded, format!("the document has more than {most} {what}"))
        .limit(limit)
        .hint("split the query, or ask for less at once")
}

/// What an introspection would touch.
#[derive(Debug, Clone, Copy, Default)]
struct Touched {
    cost: u64,
    lists: usize,
}

impl Touched {
    fn add(&mut self, other: Self) {
        self.cost = self.cost.saturating_add(other.cost);
        self.lists = self.lists.max(other.lists);
    }
}

/// A selection set with its fragments expanded.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    fields: u64,
    /// If it stood within an introspection.
    within: Touched,
    /// What its own introspections touch.
    asked: Touched,
}

impl Size {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.within.add(other.within);
        self.asked.add(other.asked);
    }
}

struct Measure<'a> {
    limits: &'a Limits,
    fragments: HashMap<&'a str, &'a [Selection]>,
    /// Fragments measured; none while one is being measured, so that a circle ends (validation refuses it).
    known: HashMap<&'a str, Option<Size>>,
    aliases: usize,
    directives: usize,
}

impl<'a> Measure<'a> {
    /// Counts what stands in the text, once.
    fn text(&mut self, set: &[Selection], directives: &DirectiveList) -> Result<(), GraphqlError> {
        self.count_directives(directives)?;
        for selection in set {
            match selection {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.alias.is_some());
                    if self.aliases > self.limits.aliases {
                        return Err(over("aliases", self.limits.aliases as u64, "aliases"));
                    }
                    self.text(&field.selection_set, &field.directives)?;
                }
                Selection::FragmentSpread(spread) => self.count_directives(&spread.directives)?,
                Selection::InlineFragment(fragment) => self.text(&fragment.selection_set, &fragment.directives)?,
            }
        }
        Ok(())
    }

    fn count_directives(&mut self, directives: &DirectiveList) -> Result<(), GraphqlError> {
        self.directives += directives.len();
        if self.directives > self.limits.directives {
            return Err(over("directives", self.limits.directives as u64, "directives"));
        }
        match directives.iter().find(|d| matches!(d.name.as_str(), "defer" | "stream")) {
            Some(directive) => {
                let message = format!("`@{}` is not served: an answer comes in one piece", directive.name);
                Err(GraphqlError::new(Code::GraphqlValidationFailed, message)
                    .hint("leave the directive out, or page with `first` and `after`"))
            }
            None => Ok(()),
        }
    }

    fn expanded(&mut self, set: &'a [Selection], depth: usize) -> Result<Size, GraphqlError> {
        if depth > self.limits.document_nesting * 2 {
            let most = self.limits.document_nesting as u64 * 2;
            return Err(over("documentNesting", most, "levels once fragments are expanded"));
        }
        let mut sum = Size::default();
        for selection in set {
            sum.add(match selection {
                Selection::Field(field) => {
                    let below = self.expanded(&field.selection_set, depth + 1)?;
                    let (items, list) = weight(field.name.as_str());
                    let within = Touched {
                        cost: below.within.cost.saturating_add(1).saturating_mul(items),
                        lists: below.within.lists + usize::from(list),
                    };
                    let introspects = matches!(field.name.as_str(), "__schema" | "__type");
                    let asked = if introspects { within } else { below.asked };
                    Size { fields: below.fields.saturating_add(1), within, asked }
                }
                Selection::InlineFragment(fragment) => self.expanded(&fragment.selection_set, depth + 1)?,
                Selection::FragmentSpread(spread) => self.fragment(spread.fragment_name.as_str(), depth + 1)?,
            });
        }
        Ok(sum)
    }

    fn fragment(&mut self, name: &str, depth: usize) -> Result<Size, GraphqlError> {
        let Some((name, set)) = self.fragments.get_key_value(name).map(|(k, v)| (*k, *v)) else {
            return Ok(Size::default());
        };
        if let Some(known) = self.known.get(name) {
            return Ok(known.unwrap_or_default());
        }
        self.known.insert(name, None);
        let size = self.expanded(set, depth)?;
        self.known.insert(name, Some(size));
        Ok(size)
    }
}

/// How many items a field of an introspection usually has, and whether it leads on to more types.
fn weight(field: &str) -> (u64, bool) {
    match field {
        "types" => (100, false),
        "fields" => (10, true),
        "possibleTypes" => (10, true),
        "inputFields" => (5, true),
        "interfaces" => (1, true),
        "enumValues" => (8, false),
        "directives" => (6, false),
        "args" => (3, false),
        _ => (1, false),
    }
}
