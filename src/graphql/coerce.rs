//! Does this value fit the declared type, and what is it then?
//!
//! The specification's input coercion, over JSON (variables) and over literals (the document). Must not know: fields,
//! plans. Errors name the place within the value.

use apollo_compiler::ast;
use serde_json::Value as Json;

use super::args::Val;
use super::contract::{Named, tables};
use super::declare::{Input, TypeRef};
use super::types::federation;
use crate::domain::PartialDate;

/// What does not fit: where in the value, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) place: String,
    pub(super) reason: String,
}

fn misfit<T>(reason: impl Into<String>) -> Result<T, Misfit> {
    Err(Misfit { place: String::new(), reason: reason.into() })
}

impl Misfit {
    fn inside(mut self, place: &str) -> Self {
        self.place.insert_str(0, place);
        self
    }
}

/// A value not yet coerced, of the document or of the variables.
#[derive(Clone, Copy)]
pub(super) enum Raw<'a> {
    Json(&'a Json),
    Literal(&'a ast::Value, &'a dyn Fn(&str) -> Option<Val>),
}

enum Shape<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'a str),
    Word(&'a str),
    List(Vec<Raw<'a>>),
    Object(Vec<(&'a str, Raw<'a>)>),
    Done(Option<Val>),
    Odd,
}

impl<'a> Raw<'a> {
    fn shape(self) -> Shape<'a> {
        match self {
            Raw::Json(Json::Null) => Shape::Null,
            Raw::Json(Json::Bool(b)) => Shape::Bool(*b),
            Raw::Json(Json::Number(n)) => match (n.as_i64(), n.as_f64()) {
                (Some(int), _) => Shape::Int(int),
                (None, Some(float)) => Shape::Float(float),
                (None, None) => Shape::Odd,
            },
            Raw::Json(Json::String(s)) => Shape::Text(s),
            Raw::Json(Json::Array(items)) => Shape::List(items.iter().map(Raw::Json).collect()),
            Raw::Json(Json::Object(map)) => {
                Shape::Object(map.iter().map(|(k, v)| (k.as_str(), Raw::Json(v))).collect())
            }
            Raw::Literal(literal, variables) => match literal {
                ast::Value::Null => Shape::Null,
                ast::Value::Boolean(b) => Shape::Bool(*b),
                ast::Value::Int(n) => n.as_str().parse().map_or(Shape::Odd, Shape::Int),
                ast::Value::Float(n) => n.try_to_f64().map_or(Shape::Odd, Shape::Float),
                ast::Value::String(s) => Shape::Text(s),
                ast::Value::Enum(name) => Shape::Word(name),
                ast::Value::List(items) => Shape::List(items.iter().map(|v| Raw::Literal(v, variables)).collect()),
                ast::Value::Object(fields) => {
                    Shape::Object(fields.iter().map(|(k, v)| (k.as_str(), Raw::Literal(v, variables))).collect())
                }
                ast::Value::Variable(name) => Shape::Done(variables(name)),
            },
        }
    }
}

/// Coerces a value to a type. A variable that is not given yields `Val::Absent`.
pub(super) fn coerce(ty: TypeRef, raw: Raw<'_>) -> Result<Val, Misfit> {
    let value = match raw.shape() {
        Shape::Done(value) => {
            let value = value.unwrap_or(Val::Absent);
            if ty.non_null && matches!(value, Val::Null) {
                return misfit(format!("expected {ty}, got null"));
            }
            return Ok(value);
        }
        Shape::Null if ty.non_null => return misfit(format!("expected {ty}, got null")),
        Shape::Null => Val::Null,
        Shape::List(items) if ty.list => {
            let item = item_type(ty);
            let mut values = Vec::with_capacity(items.len());
            for (at, raw) in items.into_iter().enumerate() {
                let value = coerce(item, raw).map_err(|m| m.inside(&format!("[{at}]")))?;
                // A variable that is not given stands for null inside a list.
                match value {
                    Val::Absent if item.non_null => {
                        return misfit(format!("expected {item}, got nothing"))
                            .map_err(|m: Misfit| m.inside(&format!("[{at}]")));
                    }
                    Val::Absent => values.push(Val::Null),
                    value => values.push(value),
                }
            }
            Val::List(values)
        }
        _ if ty.list => Val::List(vec![coerce(item_type(ty), raw)?]),
        shape => named(ty, shape)?,
    };
    Ok(value)
}

fn item_type(ty: TypeRef) -> TypeRef {
    TypeRef { name: ty.name, list: false, item_non_null: false, non_null: ty.item_non_null }
}

fn named(ty: TypeRef, shape: Shape<'_>) -> Result<Val, Misfit> {
    match tables().named(ty.name) {
        Named::Enum(declared) => {
            let (Shape::Text(word) | Shape::Word(word)) = shape else {
                return misfit(format!("expected a value of {}", ty.name));
            };
            match declared.words.iter().position(|(text, _)| *text == word) {
                Some(at) => Ok(Val::Enum(at as u8)),
                None => misfit(format!("{word:?} is no value of {}", ty.name)),
            }
        }
        Named::Input(declared) => {
            let Shape::Object(given) = shape else { return misfit(format!("expected an object of {}", ty.name)) };
            // Many fields are declared and few are given.
            let mut placed = Vec::with_capacity(given.len());
            for (name, raw) in given {
                match declared.fields.iter().position(|field| field.name == name) {
                    Some(at) => placed.push((at, raw)),
                    None => return misfit(format!("{} has no field {name:?}", ty.name)),
                }
            }
            placed.sort_by_key(|(at, _)| *at);
            placed.dedup_by_key(|(at, _)| *at);
            let mut values = Vec::with_capacity(placed.len());
            let mut placed = placed.into_iter().peekable();
            for (at, field) in declared.fields.iter().enumerate() {
                let raw = placed.next_if(|(given, _)| *given == at).map(|(_, raw)| raw);
                if raw.is_none() && field.default.is_none() && !field.ty.non_null {
                    continue;
                }
                match input(field, raw).map_err(|m| m.inside(&format!(".{}", field.name)))? {
                    Val::Absent => {}
                    value => values.push((at as u16, value)),
                }
            }
            Ok(Val::Object(&declared.fields, values))
        }
        _ => scalar(ty.name, shape),
    }
}

fn scalar(name: &str, shape: Shape<'_>) -> Result<Val, Misfit> {
    match (name, shape) {
        ("Boolean", Shape::Bool(b)) => Ok(Val::Bool(b)),
        ("Int", Shape::Int(n)) => match i32::try_from(n) {
            Ok(n) => Ok(Val::Int(n)),
            Err(_) => misfit(format!("{n} is no 32-bit integer")),
        },
        ("Float", Shape::Int(n)) => Ok(Val::Float(n as f64)),
        ("Float", Shape::Float(n)) if n.is_finite() => Ok(Val::Float(n)),
        ("ID", Shape::Int(n)) => Ok(Val::Text(n.to_string().into())),
        ("String" | "ID" | "URL", Shape::Text(s)) => Ok(Val::Text(s.into())),
        (federation::ANY, Shape::Object(fields)) => representation(&fields),
        ("PartialDate", Shape::Text(s)) => match s.parse::<PartialDate>() {
            Ok(_) => Ok(Val::Text(s.into())),
            Err(why) => misfit(format!("{s:?} is no PartialDate: {why}")),
        },
        (name, _) => misfit(format!("expected {name}")),
    }
}

/// The name of a type and a key, as one text.
fn representation(fields: &[(&str, Raw<'_>)]) -> Result<Val, Misfit> {
    let text = |key: &str| match fields.iter().find(|(name, _)| *name == key).map(|(_, raw)| raw.shape()) {
        Some(Shape::Text(text)) => Ok(text.to_owned()),
        Some(Shape::Done(Some(Val::Text(text)))) => Ok(text.to_string()),
        _ => misfit(format!("a representation has the text `{key}`")),
    };
    Ok(Val::Text(format!("{} {}", text("__typename")?, text("id")?).into()))
}

/// Coerces an argument or input field, filling in its default.
pub(super) fn input(declared: &'static Input, raw: Option<Raw<'_>>) -> Result<Val, Misfit> {
    let value = match raw {
        Some(raw) => coerce(declared.ty, raw)?,
        None => Val::Absent,
    };
    if !value.is_absent() {
        return Ok(value);
    }
    match declared.default {
        Some(text) => default(declared.ty, text),
        None if declared.ty.non_null => misfit(format!("a value of {} is required", declared.ty)),
        None => Ok(Val::Absent),
    }
}

/// The value of a default as written in the declarations: an integer, a boolean or the word of an enum.
fn default(ty: TypeRef, text: &'static str) -> Result<Val, Misfit> {
    if let Ok(json) = serde_json::from_str::<Json>(text) {
        return coerce(ty, Raw::Json(&json));
    }
    coerce(ty, Raw::Json(&Json::String(text.to_owned())))
}
