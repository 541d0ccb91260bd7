//! Does this value fit the declared type, and what is it then?
//!
//! The specification's input coercion, over JSON (variables) and over literals (the document). Must not know: fields,
//! plans. Errors name the place within the value.

use apollo_compiler::ast;
use serde_json::Value as Json;

use super::args::Val;
use super::contract::{Named, tables};
use super::declare::{Input, InputObject, TypeRef};
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
    pub(super) fn inside_item(mut self, at: usize) -> Self {
        self.place.insert_str(0, &format!("[{at}]"));
        self
    }

    pub(super) fn inside_field(mut self, field: &Input) -> Self {
        self.place.insert_str(0, &format!(".{}", field.name));
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
    coerce_to(tables().named(ty.name), ty, raw)
}

/// As [`coerce`], where it is known what the name of the type stands for.
pub(super) fn coerce_to(of: Named, ty: TypeRef, raw: Raw<'_>) -> Result<Val, Misfit> {
    match raw.shape() {
        Shape::Done(value) => filled(ty, value.unwrap_or(Val::Absent)),
        Shape::Null if ty.non_null => misfit(format!("expected {ty}, got null")),
        Shape::Null => Ok(Val::Null),
        Shape::List(items) if ty.list => {
            let of_item = ty.item();
            let mut values = Vec::with_capacity(items.len());
            for (at, raw) in items.into_iter().enumerate() {
                let value = coerce_to(of, of_item, raw).and_then(|value| item(of_item, value));
                values.push(value.map_err(|m| m.inside_item(at))?);
            }
            Ok(Val::List(values))
        }
        _ if ty.list => Ok(Val::List(vec![coerce_to(of, ty.item(), raw)?])),
        shape => named(of, ty, shape),
    }
}

/// The value of a variable at a place of a type.
pub(super) fn filled(ty: TypeRef, value: Val) -> Result<Val, Misfit> {
    if ty.non_null && matches!(value, Val::Null) {
        return misfit(format!("expected {ty}, got null"));
    }
    Ok(value)
}

/// An item of a list: a variable that is not given stands for null.
pub(super) fn item(ty: TypeRef, value: Val) -> Result<Val, Misfit> {
    match value {
        Val::Absent if ty.non_null => misfit(format!("expected {ty}, got nothing")),
        Val::Absent => Ok(Val::Null),
        value => Ok(value),
    }
}

/// Refuses fields that an input object does not have.
pub(super) fn known_fields<'n>(declared: &InputObject, given: impl Iterator<Item = &'n str>) -> Result<(), Misfit> {
    for name in given {
        if !declared.fields.iter().any(|field| field.name == name) {
            return misfit(format!("{} has no field {name:?}", declared.name));
        }
    }
    Ok(())
}

fn named(of: Named, ty: TypeRef, shape: Shape<'_>) -> Result<Val, Misfit> {
    match of {
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
            known_fields(declared, given.iter().map(|(name, _)| *name))?;
            let mut values = Vec::with_capacity(given.len());
            for (at, field) in declared.fields.iter().enumerate() {
                let raw = given.iter().find(|(name, _)| *name == field.name).map(|(_, raw)| *raw);
                match input(field, raw).map_err(|m| m.inside_field(field))? {
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
    match raw.map_or(Ok(Val::Absent), |raw| coerce(declared.ty, raw))? {
        Val::Absent => left_out(declared),
        value => Ok(value),
    }
}

/// What stands for an argument or input field that is not given.
pub(super) fn left_out(declared: &'static Input) -> Result<Val, Misfit> {
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
