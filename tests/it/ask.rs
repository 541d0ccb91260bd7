//! The bundled data, and a question to it: what tests of the API share.

use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};
use trialweave::graphql::{Engine, Request};
use trialweave::snapshot::Snapshot;

static SNAPSHOT: LazyLock<Arc<Snapshot>> = LazyLock::new(|| match Snapshot::bundled() {
    Ok(snapshot) => Arc::new(snapshot),
    Err(problems) => panic!("the bundled data has problems:\n{problems}"),
});

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);

/// The release of the bundled data, built once.
pub fn snapshot() -> &'static Arc<Snapshot> {
    &SNAPSHOT
}

/// The whole response to a query, as written.
pub fn response(query: &str, variables: &Value) -> Vec<u8> {
    let variables = match variables {
        Value::Object(map) => map.clone(),
        Value::Null => Map::new(),
        other => panic!("variables are an object, not {other}"),
    };
    ENGINE.answer(snapshot(), &Request { query: query.to_owned(), operation_name: None, variables }).body
}

/// The data of the answer to a query, which must have no errors.
pub fn ask_with(query: &str, variables: &Value) -> Value {
    let mut response: Value = serde_json::from_slice(&response(query, variables)).unwrap();
    assert!(response.get("errors").is_none(), "{query}\n{variables}\n{:#}", response["errors"]);
    response["data"].take()
}

/// As [`ask_with`], without variables.
pub fn ask(query: &str) -> Value {
    ask_with(query, &Value::Null)
}

/// The codes of the errors in the answer to a query, and the data beside them (null where there is none).
pub fn refused(query: &str, variables: &Value) -> (Vec<String>, Value) {
    let mut response: Value = serde_json::from_slice(&response(query, variables)).unwrap();
    let errors = response["errors"].as_array().cloned().unwrap_or_default();
    let codes = errors.iter().map(|e| e["extensions"]["code"].as_str().unwrap_or("(no code)").to_owned()).collect();
    (codes, response["data"].take())
}

/// The texts of a list: at each item the text at a pointer.
pub fn texts(list: &Value, pointer: &str) -> Vec<String> {
    let items = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    items.iter().map(|item| text(item, pointer)).collect()
}

/// The text at a pointer.
pub fn text(value: &Value, pointer: &str) -> String {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("no text at {pointer} of {value}")).to_owned()
}

/// The number at a pointer.
pub fn number(value: &Value, pointer: &str) -> u64 {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or_else(|| panic!("no number at {pointer} of {value}"))
}
