//! What of the arguments of a field is settled before the variables have values?
//!
//! A literal is read once, when its operation is compiled; what a request fills are the places of its variables. Must not
//! know: what an argument means.

use apollo_compiler::{Node, ast};

use super::Variable;
use crate::graphql::args::{Args, Val};
use crate::graphql::coerce::{self, Misfit, Raw};
use crate::graphql::contract::{Named, tables};
use crate::graphql::declare::{Field, Input, TypeRef};
use crate::graphql::error::{Code, FieldError};

/// The arguments of a field, as far as they are known before the variables are.
pub(in crate::graphql) enum Slot {
    Constant(Result<Args, FieldError>),
    /// One for each that is declared.
    Open(&'static Field, Vec<Part>),
}

/// A value, as far as it is known before the variables are.
pub(in crate::graphql) enum Part {
    Settled(Val),
    /// The value of the variable of this number, at a place of this type.
    Variable(usize, TypeRef),
    /// Items of this type.
    List(TypeRef, Vec<Part>),
    /// The only item of a list that is written without brackets.
    Alone(Box<Part>),
    /// As [`Val::Object`].
    Object(&'static [Input], Vec<(u16, Part)>),
    /// What is read as a whole: a custom scalar with variables in it.
    Whole(TypeRef, Node<ast::Value>),
}

/// It hangs on variables.
pub(super) struct Unsettled;

impl Slot {
    /// Reads what is given to a field.
    pub(super) fn new(field: &'static Field, given: &[Node<ast::Argument>], variables: &[Variable]) -> Self {
        let part = |declared: &'static Input| {
            let literal = given.iter().find(|argument| argument.name == declared.name).map(|argument| &argument.value);
            Part::of_input(declared, literal, variables).map_err(|why| refused(declared, &why))
        };
        let parts: Vec<Part> = match field.args.iter().map(part).collect() {
            Ok(parts) => parts,
            Err(why) => return Self::Constant(Err(why)),
        };
        if parts.iter().any(|part| !matches!(part, Part::Settled(_))) {
            return Self::Open(field, parts);
        }
        let values = parts.into_iter().map(|part| if let Part::Settled(value) = part { value } else { Val::Absent });
        Self::Constant(Ok(Args::new(&field.args, values.collect())))
    }

    /// An argument, none where it is not given or null; an error where it is not settled.
    pub(super) fn settled(&self, name: &str) -> Result<Option<&Val>, Unsettled> {
        match self {
            Self::Constant(args) => Ok(args.as_ref().ok().and_then(|args| args.get(name))),
            Self::Open(field, parts) => {
                match field.args.iter().zip(parts).find(|(declared, _)| declared.name == name) {
                    Some((_, Part::Settled(Val::Absent | Val::Null))) | None => Ok(None),
                    Some((_, Part::Settled(value))) => Ok(Some(value)),
                    Some(_) => Err(Unsettled),
                }
            }
        }
    }

    /// The arguments, where the variables have these values; none where they hang on no variable.
    pub(in crate::graphql) fn open(&self, values: &[Val], variables: &[Variable]) -> Option<Result<Args, FieldError>> {
        let Self::Open(field, parts) = self else { return None };
        let mut filled = Vec::with_capacity(parts.len());
        for (declared, part) in field.args.iter().zip(parts) {
            match part.fill_input(declared, values, variables) {
                Ok(value) => filled.push(value),
                Err(why) => return Some(Err(refused(declared, &why))),
            }
        }
        Some(Ok(Args::new(&field.args, filled)))
    }
}

fn refused(declared: &Input, why: &Misfit) -> FieldError {
    let message = format!("argument `{}{}`: {}", declared.name, why.place, why.reason);
    FieldError::new(Code::BadUserInput, message).argument(declared.name)
}

impl Part {
    /// Of an argument or field of an input object; the default where it is not given.
    fn of_input(
        declared: &'static Input,
        literal: Option<&Node<ast::Value>>,
        variables: &[Variable],
    ) -> Result<Self, Misfit> {
        match literal {
            Some(literal) => Self::of(declared.ty, literal, variables),
            None => coerce::left_out(declared).map(Self::Settled),
        }
    }

    fn of(ty: TypeRef, literal: &Node<ast::Value>, variables: &[Variable]) -> Result<Self, Misfit> {
        if !holds_variable(literal) {
            return coerce::coerce(ty, Raw::Literal(literal, &|_| None)).map(Self::Settled);
        }
        match &**literal {
            ast::Value::Variable(name) => match variables.iter().position(|variable| *variable.name == **name) {
                Some(number) => Ok(Self::Variable(number, ty)),
                None => Ok(Self::Settled(Val::Absent)),
            },
            ast::Value::List(items) if ty.list => {
                let item = ty.item();
                let part = |(at, literal)| Self::of(item, literal, variables).map_err(|why| why.inside_item(at));
                Ok(Self::List(item, items.iter().enumerate().map(part).collect::<Result<_, _>>()?))
            }
            _ if ty.list => Ok(Self::Alone(Box::new(Self::of(ty.item(), literal, variables)?))),
            ast::Value::Object(given) => match tables().named(ty.name) {
                Named::Input(declared) => {
                    coerce::known_fields(declared, given.iter().map(|(name, _)| name.as_str()))?;
                    let mut parts = Vec::with_capacity(given.len());
                    for (at, field) in declared.fields.iter().enumerate() {
                        let literal = given.iter().find(|(name, _)| name == field.name).map(|(_, literal)| literal);
                        match Self::of_input(field, literal, variables).map_err(|why| why.inside_field(field))? {
                            Self::Settled(Val::Absent) => {}
                            part => parts.push((at as u16, part)),
                        }
                    }
                    Ok(Self::Object(&declared.fields, parts))
                }
                _ => Ok(Self::Whole(ty, literal.clone())),
            },
            _ => Ok(Self::Whole(ty, literal.clone())),
        }
    }

    fn fill_input(&self, declared: &'static Input, values: &[Val], variables: &[Variable]) -> Result<Val, Misfit> {
        match self.fill(values, variables)? {
            Val::Absent => coerce::left_out(declared),
            value => Ok(value),
        }
    }

    fn fill(&self, values: &[Val], variables: &[Variable]) -> Result<Val, Misfit> {
        match self {
            Self::Settled(value) => Ok(value.clone()),
            Self::Variable(number, ty) => coerce::filled(*ty, values[*number].clone()),
            Self::List(item, parts) => {
                let mut items = Vec::with_capacity(parts.len());
                for (at, part) in parts.iter().enumerate() {
                    let value = part.fill(values, variables).and_then(|value| coerce::item(*item, value));
                    items.push(value.map_err(|why| why.inside_item(at))?);
                }
                Ok(Val::List(items))
            }
            Self::Alone(part) => Ok(Val::List(vec![part.fill(values, variables)?])),
            Self::Object(fields, parts) => {
                let mut given = Vec::with_capacity(parts.len());
                for (at, part) in parts {
                    let field = &fields[usize::from(*at)];
                    match part.fill_input(field, values, variables).map_err(|why| why.inside_field(field))? {
                        Val::Absent => {}
                        value => given.push((*at, value)),
                    }
                }
                Ok(Val::Object(fields, given))
            }
            Self::Whole(ty, literal) => {
                let by_name = |name: &str| variables.iter().position(|v| *v.name == *name).map(|at| values[at].clone());
                coerce::coerce(*ty, Raw::Literal(literal, &by_name))
            }
        }
    }
}

fn holds_variable(value: &ast::Value) -> bool {
    match value {
        ast::Value::Variable(_) => true,
        ast::Value::List(items) => items.iter().any(|item| holds_variable(item)),
        ast::Value::Object(fields) => fields.iter().any(|(_, field)| holds_variable(field)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::graphql::error::Location;
    use crate::graphql::types::T;
    use crate::graphql::{Engine, Request};

    /// The arguments that a text gives to a field.
    fn given(arguments: &str) -> Vec<Node<ast::Argument>> {
        let document = ast::Document::parse(format!("{{field({arguments})}}"), "arguments").unwrap();
        let Some(ast::Definition::OperationDefinition(operation)) = document.definitions.first() else { panic!() };
        let Some(ast::Selection::Field(field)) = operation.selection_set.first() else { panic!() };
        field.arguments.clone()
    }

    fn variable(name: &str, ty: &'static str) -> Variable {
        let ty = TypeRef::parse(ty);
        let location = Location { line: 1, column: 1 };
        Variable { name: name.into(), ty, named: tables().named(ty.name), default: None, location }
    }

    #[test]
    fn what_is_read_in_two_steps_is_what_is_read_in_one() {
        let variables =
            [variable("s", "TrialStatus"), variable("l", "[TrialStatus!]"), variable("n", "Int"), variable("t", "ID")];
        let texts = [
            ("trials", "filter: {status: {eq: $s}, enrollment: {gte: $n, lt: 9}}, first: $n"),
            ("trials", "filter: {status: {in: $l}, not: {status: {in: [$s, RECRUITING]}}}, after: $t"),
            (
                "trials",
                "filter: {and: [{status: {in: $s}}, {country: {in: [\"x\", $t]}}], disease: {some: {within: {id: $t}}}}",
            ),
            (
                "trials",
                "filter: {and: {status: {eq: $s}}, disease: {some: {within: {id: \"a\", expand: SELF}}}}, first: 3",
            ),
            ("trials", "filter: {nothing: $s}"),
            ("trials", "filter: {status: {eq: RED, in: $l}}"),
            ("_entities", "representations: [{__typename: \"Trial\", id: $t}, {__typename: $t, id: \"a\"}]"),
            ("_entities", "representations: {__typename: \"Trial\", id: $t}"),
            ("_entities", "representations: $t"),
            ("nodes", "ids: [$t, \"a\", $t]"),
        ];
        let status = Val::Enum(1);
        let values: Vec<Vec<Val>> = vec![
            vec![status.clone(), Val::List(vec![status]), Val::Int(7), Val::Text("x".into())],
            vec![Val::Null, Val::Null, Val::Null, Val::Null],
            vec![Val::Absent, Val::Absent, Val::Absent, Val::Absent],
        ];
        let mut refused = 0;
        for (name, text) in texts {
            let field = tables().field(T::Query, name).unwrap();
            let arguments = given(text);
            let slot = Slot::new(field, &arguments, &variables);
            for values in &values {
                let by_name = |name: &str| variables.iter().position(|v| *v.name == *name).map(|at| values[at].clone());
                let at_once = |declared: &'static Input| {
                    let literal = arguments.iter().find(|a| a.name == declared.name);
                    let raw = literal.map(|argument| Raw::Literal(&argument.value, &by_name));
                    coerce::input(declared, raw).map_err(|why| format!("{:?}", super::refused(declared, &why)))
                };
                let at_once: Result<Vec<Val>, String> = field.args.iter().map(at_once).collect();
                let in_two = match (slot.open(values, &variables), &slot) {
                    (Some(opened), _) => opened,
                    (None, Slot::Constant(done)) => done.clone(),
                    (None, Slot::Open(..)) => panic!("{text}"),
                };
                refused += usize::from(in_two.is_err());
                let at_once = at_once.map(|values| format!("{:?}", Args::new(&field.args, values)));
                let in_two = in_two.map(|args| format!("{args:?}")).map_err(|why| format!("{why:?}"));
                assert_eq!(in_two, at_once, "{text} {values:?}");
            }
        }
        assert!((8..25).contains(&refused), "both are met: {refused}");
    }

    #[test]
    fn what_hangs_on_no_variable_is_settled_at_once() {
        let field = tables().field(T::Query, "trials").unwrap();
        let slot = |text: &str| Slot::new(field, &given(text), &[variable("n", "Int")]);
        assert!(matches!(slot("first: 3, filter: {status: {eq: RECRUITING}}"), Slot::Constant(Ok(_))));
        assert!(matches!(slot("first: 3, filter: {status: {eq: 1}}"), Slot::Constant(Err(_))));
        let Slot::Open(_, parts) = slot("first: $n, filter: {status: {eq: RECRUITING}}") else { panic!() };
        assert_eq!(parts.iter().filter(|part| !matches!(part, Part::Settled(_))).count(), 1);
    }

    #[test]
    fn a_price_is_fixed_where_no_size_hangs_on_a_variable_and_is_the_same() {
        let engine = Engine::default();
        let cost = |query: &str, variables: serde_json::Value| {
            let serde_json::Value::Object(variables) = variables else { panic!() };
            engine.prepare(&Request { query: query.into(), variables, ..Request::default() }).unwrap().cost()
        };
        for (open, variables, settled, fixed) in [
            (
                "query($a: String) {trials(first: 50, after: $a) {nodes {id}}}",
                json!({}),
                "{trials(first: 50) {nodes {id}}}",
                true,
            ),
            (
                "query($a: String) {trials(last: 7, before: $a) {nodes {id}}}",
                json!({}),
                "{trials(last: 7) {nodes {id}}}",
                true,
            ),
            (
                "query($s: TrialStatus) {trials(filter: {status: {eq: $s}}) {nodes {id}}}",
                json!({"s": "RECRUITING"}),
                "{trials {nodes {id}}}",
                true,
            ),
            (
                "query($n: Int) {trials(first: $n) {nodes {id}}}",
                json!({"n": 9}),
                "{trials(first: 9) {nodes {id}}}",
                false,
            ),
            (
                "query($n: Int) {trials(first: 9, last: $n) {nodes {id}}}",
                json!({}),
                "{trials(first: 9) {nodes {id}}}",
                true,
            ),
            (
                "query($n: Int) {trials(last: 9, first: $n) {nodes {id}}}",
                json!({"n": 4}),
                "{trials(first: 4) {nodes {id}}}",
                false,
            ),
            (
                "query($i: [ID!]!) {nodes(ids: $i) {id}}",
                json!({"i": ["a", "b"]}),
                "{nodes(ids: [\"a\", \"b\"]) {id}}",
                false,
            ),
        ] {
            let plan = engine.plan_of(open);
            assert_eq!(plan.selections[plan.root() as usize].price.is_some(), fixed, "{open}");
            assert_eq!(cost(open, variables), cost(settled, json!({})), "{open}");
        }
    }

    #[test]
    fn a_plan_weighs_what_its_arguments_take() {
        let engine = Engine::default();
        let many = 1500;
        for (item, declared, takes) in [("$a,", "($a: ID!)", size_of::<Part>()), ("1,", "", size_of::<Val>())] {
            let plan = engine.plan_of(&format!("query{declared} {{nodes(ids: [{}]) {{id}}}}", item.repeat(many)));
            assert!(plan.weight as usize >= many * takes, "{item}: {} of {}", plan.weight, many * takes);
        }
    }
}
