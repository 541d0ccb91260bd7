//! How does a validated operation become a plan?
//!
//! Must not know: the data, values of variables.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize};

use apollo_compiler::ast::{OperationType, Type};
use apollo_compiler::executable::{self, ExecutableDocument, Operation, Selection, SelectionSet};
use apollo_compiler::parser::SourceMap;
use apollo_compiler::{Node, ast};

use super::{Condition, Conjunction, Fields, NO_SELECTION, NO_SLOT, PField, Plan, Sel, Slot, Variable};
use crate::graphql::coerce::{self, Raw};
use crate::graphql::contract::{Tables, tables};
use crate::graphql::declare::{Field, TypeRef};
use crate::graphql::error::{Code, GraphqlError, Location};
use crate::graphql::json::Key;
use crate::graphql::kept::{self, By, Kept, NOT_KEPT};
use crate::graphql::limits::Limits;
use crate::graphql::types::T;

/// Compiles an operation of a validated document.
pub(in crate::graphql) fn compile(
    document: &ExecutableDocument,
    operation: &Operation,
    limits: &Limits,
) -> Result<Plan, GraphqlError> {
    let mut compiler = Compiler {
        tables: tables(),
        document,
        limits,
        plan: Plan {
            selections: Vec::new(),
            variables: Vec::new(),
            slots: Vec::new(),
            kept: Vec::new(),
            tables: kept::Tables::default(),
            conditions: vec![Condition::default()],
            introspective: false,
            kind: operation.operation_type,
            name: operation.name.as_ref().map(ToString::to_string),
            size_hint: AtomicUsize::new(1024),
            timed: AtomicU64::new(0),
            timed_cost: AtomicU64::new(0),
            weight: 1024,
        },
        budget: limits.plan_fields,
    };
    compiler.variables(operation)?;
    let root = match operation.operation_type {
        OperationType::Query => T::Query,
        OperationType::Subscription => T::Subscription,
        OperationType::Mutation => {
            return Err(GraphqlError::new(Code::OperationResolutionFailure, "this service has no mutations"));
        }
    };
    let parts = vec![(&operation.selection_set, Vec::new())];
    compiler.selection(&[root], &parts, 1)?;
    let fields: usize =
        compiler.plan.selections.iter().flat_map(|s| &s.by_type).map(|(_, fields)| fields.list.len()).sum();
    compiler.plan.weight += (fields * 128 + compiler.plan.slots.len() * 256) as u32;
    Ok(compiler.plan)
}

struct Compiler<'a> {
    tables: &'static Tables,
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    plan: Plan,
    budget: usize,
}

/// A selection set and the condition under which it counts.
type Part<'a> = (&'a SelectionSet, Conjunction);

/// Occurrences of one response key, in the making.
struct Merged<'a> {
    key: &'a str,
    field: &'a Node<executable::Field>,
    parts: Vec<Part<'a>>,
}

/// The fields of a selection, in the making.
#[derive(Default)]
struct Collected<'a> {
    merged: Vec<Merged<'a>>,
    /// Where each key stands in `merged`.
    at: HashMap<&'a str, usize>,
    /// Places at which a key may be written, in order: number in `merged`, number of the occurrence. A key has one place
    /// unless its first occurrence depends on variables.
    places: Vec<(usize, usize)>,
}

impl<'a> Compiler<'a> {
    fn variables(&mut self, operation: &Operation) -> Result<(), GraphqlError> {
        for definition in &operation.variables {
            let location = locate(definition.location(), &self.document.sources);
            let ty = variable_type(self.tables, &definition.ty).ok_or_else(|| {
                let message = format!("variable `${}` has a type that no argument takes", definition.name);
                GraphqlError::new(Code::GraphqlValidationFailed, message).at(location)
            })?;
            let default = match &definition.default_value {
                None => None,
                Some(literal) => Some(coerce::coerce(ty, Raw::Literal(literal, &|_| None)).map_err(|m| {
                    let message = format!("default of variable `${}{}`: {}", definition.name, m.place, m.reason);
                    GraphqlError::new(Code::BadUserInput, message).at(location)
                })?),
            };
            let (name, named) = (definition.name.as_str().into(), self.tables.named(ty.name));
            self.plan.variables.push(Variable { name, ty, named, default, location });
        }
        Ok(())
    }

    /// Compiles the merged selection of some parts for each of the types; its number.
    fn selection(&mut self, types: &[T], parts: &[Part<'a>], depth: usize) -> Result<u32, GraphqlError> {
        if depth > self.limits.depth {
            return Err(self.over("depth", self.limits.depth, "levels"));
        }
        let mut sel = Sel::default();
        for ty in types {
            let mut collected = Collected::default();
            for (set, condition) in parts {
                self.collect(*ty, set, condition, &mut collected, 0)?;
            }
            let Collected { merged, places, .. } = collected;
            let mut planned = Vec::with_capacity(merged.len());
            for entry in &merged {
                planned.push(self.field(*ty, entry, depth)?);
            }
            let mut fields = Vec::with_capacity(places.len());
            for (number, occurrence) in places {
                let mut field = planned[number].clone();
                field.condition = self.condition_number(&merged[number].parts[..=occurrence]);
                fields.push(field);
            }
            sel.by_type.push((*ty, Fields::new(fields)));
        }
        // Its number is known once all that stands below it has one.
        for (ty, fields) in &mut sel.by_type {
            fields.kept = self.keep(*ty, fields);
        }
        let mut prices = sel.by_type.iter().map(|(_, fields)| self.plan.fixed_price(fields));
        sel.price = prices.try_fold(0, |most, price| price.map(|price| most.max(price)));
        self.plan.selections.push(sel);
        Ok(self.plan.selections.len() as u32 - 1)
    }

    /// Number of what may be kept of the objects with these fields. Of a link that is kept, the node is not kept again.
    fn keep(&mut self, ty: T, fields: &Fields) -> u32 {
        let plan = &mut self.plan;
        let own = plan.selections.len() as u32;
        let Some(kept) = Kept::of(ty, &fields.list, &plan.selections, &plan.slots, own) else { return NOT_KEPT };
        if let By::End(_) = kept.by {
            plan.selections[kept.selection as usize].by_type.iter_mut().for_each(|(_, below)| below.kept = NOT_KEPT);
        }
        plan.kept.push(kept);
        plan.kept.len() as u32 - 1
    }

    /// Gathers the fields of a selection set that count for an object type, by response key.
    fn collect(
        &mut self,
        ty: T,
        set: &'a SelectionSet,
        condition: &Conjunction,
        into: &mut Collected<'a>,
        nested: usize,
    ) -> Result<(), GraphqlError> {
        if nested > self.limits.document_nesting {
            return Err(self.over("documentNesting", self.limits.document_nesting, "fragments within fragments"));
        }
        for selection in &set.selections {
            if self.budget == 0 {
                return Err(self.over("planFields", self.limits.plan_fields, "fields once fragments are expanded"));
            }
            self.budget -= 1;
            let Some(condition) = self.condition(selection.directives(), condition) else { continue };
            match selection {
                Selection::Field(field) => {
                    let key = field.response_key().as_str();
                    let number = *into.at.entry(key).or_insert_with(|| {
                        into.merged.push(Merged { key, field, parts: Vec::new() });
                        into.merged.len() - 1
                    });
                    let parts = &mut into.merged[number].parts;
                    if parts.iter().all(|(_, earlier)| !earlier.is_empty()) {
                        into.places.push((number, parts.len()));
                    }
                    parts.push((&field.selection_set, condition));
                }
                Selection::InlineFragment(fragment) => {
                    let counts = fragment.type_condition.as_ref().is_none_or(|name| self.tables.is_a(ty, name));
                    if counts {
                        self.collect(ty, &fragment.selection_set, &condition, into, nested + 1)?;
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let Some(fragment) = self.document.fragments.get(&spread.fragment_name) else { continue };
                    if self.tables.is_a(ty, fragment.type_condition()) {
                        let set = &fragment.selection_set;
                        self.collect(ty, set, &condition, into, nested + 1)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The condition with `@skip` and `@include` added; none where they are constant and leave the selection out.
    fn condition(&self, directives: &ast::DirectiveList, outer: &Conjunction) -> Option<Conjunction> {
        let mut condition = outer.clone();
        for (name, wanted) in [("skip", false), ("include", true)] {
            let Some(directive) = directives.get(name) else { continue };
            match directive.specified_argument_by_name("if").map(|v| &**v) {
                Some(ast::Value::Boolean(value)) if *value != wanted => return None,
                Some(ast::Value::Variable(variable)) => {
                    let number = self.plan.variables.iter().position(|v| *v.name == **variable)?;
                    if !condition.contains(&(number as u32, wanted)) {
                        condition.push((number as u32, wanted));
                    }
                }
                _ => {}
            }
        }
        Some(condition)
    }

    fn field(&mut self, ty: T, entry: &Merged<'a>, depth: usize) -> Result<PField, GraphqlError> {
        let location = locate(entry.field.location(), &self.document.sources);
        let key = Key::new(entry.key);
        let name = entry.field.name.as_str();
        let mut planned = PField { key, field: None, condition: 0, slot: NO_SLOT, selection: NO_SELECTION, location };
        if name.starts_with("__") {
            self.plan.introspective |= name != "__typename";
            return Ok(planned);
        }
        let Some(field) = self.tables.field(ty, name) else {
            let message = format!("type `{}` has no field `{name}`", ty.name());
            return Err(GraphqlError::new(Code::GraphqlValidationFailed, message).at(location));
        };
        planned.field = Some(field);
        if !field.args.is_empty() {
            planned.slot = self.slot(field, entry.field);
        }
        let possible = self.tables.possible(field.ty.name);
        if !possible.is_empty() {
            planned.selection = self.selection(&possible, &entry.parts, depth + 1)?;
        }
        Ok(planned)
    }

    /// Number of the condition under which the last of these occurrences is the first that counts.
    fn condition_number(&mut self, occurrences: &[Part<'a>]) -> u32 {
        let Some(((_, here), before)) = occurrences.split_last() else { return 0 };
        let condition =
            Condition { here: here.clone(), not_before: before.iter().map(|(_, earlier)| earlier.clone()).collect() };
        match self.plan.conditions.iter().position(|c| *c == condition) {
            Some(at) => at as u32,
            None => {
                self.plan.conditions.push(condition);
                self.plan.conditions.len() as u32 - 1
            }
        }
    }

    fn slot(&mut self, field: &'static Field, node: &Node<executable::Field>) -> u32 {
        self.plan.slots.push(Slot::new(field, &node.arguments, &self.plan.variables));
        self.plan.slots.len() as u32 - 1
    }

    fn over(&self, limit: &'static str, value: usize, what: &str) -> GraphqlError {
        GraphqlError::new(Code::LimitExceeded, format!("the operation has more than {value} {what}"))
            .limit(limit)
            .hint("split the query, or ask for less at once")
    }
}

fn variable_type(tables: &'static Tables, ty: &Type) -> Option<TypeRef> {
    let (inner, list, item_non_null) = match ty {
        Type::List(item) | Type::NonNullList(item) => (&**item, true, item.is_non_null()),
        other => (other, false, false),
    };
    match inner {
        Type::Named(name) | Type::NonNullNamed(name) => {
            Some(TypeRef { name: tables.static_name(name)?, list, item_non_null, non_null: ty.is_non_null() })
        }
        _ => None,
    }
}

fn locate(span: Option<apollo_compiler::parser::SourceSpan>, sources: &SourceMap) -> Location {
    span.and_then(|s| s.line_column(sources))
        .map_or(Location { line: 1, column: 1 }, |p| Location { line: p.line as u32, column: p.column as u32 })
}
