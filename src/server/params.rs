//! What does a request carry?
//!
//! Reads the parameters of GraphQL over HTTP from a body, a query string or a message of a stream. Must not know: what a
//! query means, persisted documents (it only reads their names).

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::graphql::{Code, GraphqlError, Request};

/// The parameters, checked for their types.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Parameters {
    pub(super) query: Option<String>,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Map<String, Value>,
    /// `documentId`: the name of a trusted document.
    pub(super) document_id: Option<String>,
    /// `extensions.persistedQuery.sha256Hash`.
    pub(super) hash: Option<String>,
    /// `extensions.cost`: the price is asked for.
    pub(super) show_cost: bool,
}

/// As they are written; null and left out are the same.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    query: Option<Value>,
    operation_name: Option<Value>,
    variables: Option<Value>,
    extensions: Option<Value>,
    document_id: Option<Value>,
    #[serde(alias = "doc_id")]
    id: Option<Value>,
}

/// One request or several.
#[derive(Debug, PartialEq)]
pub(super) enum Body {
    One(Box<Parameters>),
    Batch(Vec<Parameters>),
}

pub(super) fn bad(message: impl Into<String>) -> GraphqlError {
    GraphqlError::new(Code::BadUserInput, message)
}

/// Reads the body of a POST.
pub(super) fn read_body(body: &[u8], depth: u64) -> Result<Body, GraphqlError> {
    check_depth(body, depth)?;
    let no_json = |why: serde_json::Error| bad(format!("the body is no JSON: {why}"));
    // Checked as a whole: text by text costs more.
    let body = std::str::from_utf8(body).map_err(|why| bad(format!("the body is not in UTF-8: {why}")))?;
    match body.bytes().find(|b| !b.is_ascii_whitespace()) {
        Some(b'{') => {
            let raw = serde_json::from_str(body).map_err(no_json)?;
            read(raw).map(|one| Body::One(Box::new(one)))
        }
        Some(b'[') => {
            let all: Vec<Value> = serde_json::from_str(body).map_err(no_json)?;
            all.into_iter().map(read_value).collect::<Result<_, _>>().map(Body::Batch)
        }
        _ => match serde_json::from_str::<Value>(body) {
            Ok(_) => Err(bad("the body is no JSON object")),
            Err(why) => Err(no_json(why)),
        },
    }
}

/// Reads parameters that are JSON already: the payload of a message.
pub(super) fn read_value(value: Value) -> Result<Parameters, GraphqlError> {
    if !value.is_object() {
        return Err(bad("a request is a JSON object"));
    }
    read(serde_json::from_value(value).map_err(|why| bad(format!("the request is malformed: {why}")))?)
}

/// Reads the query string of a GET.
pub(super) fn read_query(query: &str, depth: u64) -> Result<Parameters, GraphqlError> {
    let mut raw = Raw::default();
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        let field = match &*key {
            "query" => &mut raw.query,
            "operationName" => &mut raw.operation_name,
            "variables" => &mut raw.variables,
            "extensions" => &mut raw.extensions,
            "documentId" => &mut raw.document_id,
            _ => continue,
        };
        if field.is_some() {
            return Err(bad(format!("the parameter `{key}` is given twice")));
        }
        if value.contains('\u{fffd}') && !query.to_ascii_uppercase().contains("%EF%BF%BD") {
            return Err(bad(format!("the parameter `{key}` is not in UTF-8")));
        }
        *field = Some(match &*key {
            "variables" | "extensions" if value.is_empty() => Value::Null,
            "variables" | "extensions" => {
                check_depth(value.as_bytes(), depth)?;
                serde_json::from_str(&value).map_err(|why| bad(format!("the parameter `{key}` is no JSON: {why}")))?
            }
            _ => Value::String(value.into_owned()),
        });
    }
    read(raw)
}

fn read(raw: Raw) -> Result<Parameters, GraphqlError> {
    let text = |value: Option<Value>, name: &str| match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(bad(format!("the parameter `{name}` is no text"))),
    };
    let object = |value: Option<Value>, name: &str| match value {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(bad(format!("the parameter `{name}` is no object"))),
    };
    let extensions = object(raw.extensions, "extensions")?;
    let hash = match extensions.get("persistedQuery") {
        None | Some(Value::Null) => None,
        Some(Value::Object(map)) if map.get("version") == Some(&Value::from(1)) => {
            match map.get("sha256Hash").and_then(Value::as_str) {
                Some(hash) => Some(hash.to_ascii_lowercase()),
                None => return Err(bad("`extensions.persistedQuery` has no `sha256Hash`")),
            }
        }
        Some(_) => return Err(bad("`extensions.persistedQuery` is not of version 1")),
    };
    Ok(Parameters {
        query: text(raw.query, "query")?,
        operation_name: text(raw.operation_name, "operationName")?.filter(|name| !name.is_empty()),
        variables: object(raw.variables, "variables")?,
        document_id: text(raw.document_id.or(raw.id), "documentId")?,
        hash,
        show_cost: extensions.get("cost") == Some(&Value::Bool(true)),
    })
}

impl Parameters {
    /// The request, with the document it turned out to ask for.
    pub(super) fn with(self, query: String) -> Request {
        Request { query, operation_name: self.operation_name, variables: self.variables }
    }
}

/// Refuses JSON nested too deep, before anything is built of it. Complexity: linear in its bytes.
///
/// # Errors
/// Names the limit.
pub fn check_depth(json: &[u8], most: u64) -> Result<(), GraphqlError> {
    // `{` and `[` differ in one bit: with no more of them in all than may be open at once, there is nothing to follow.
    // Counted in bytes, of which a processor adds many at once.
    let opened = |some: &[u8]| some.iter().map(|byte| u8::from(byte | 0x20 == b'{')).sum::<u8>();
    if json.chunks(usize::from(u8::MAX)).map(|some| u64::from(opened(some))).sum::<u64>() <= most {
        return Ok(());
    }
    let (mut depth, mut quoted, mut escaped) = (0u64, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                if depth > most {
                    let message = format!("the JSON has more than {most} brackets open at once");
                    return Err(GraphqlError::new(Code::LimitExceeded, message).limit("jsonDepth"));
                }
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Result<Body, String> {
        read_body(text.as_bytes(), 8).map_err(|e| e.message)
    }

    #[test]
    fn parameters_are_read_and_checked() {
        let Ok(Body::One(one)) = body(r#"{"query":"{a}","variables":{"b":[1]},"extensions":{"cost":true},"x":1}"#)
        else {
            panic!("refused");
        };
        assert_eq!((one.query.as_deref(), one.show_cost, one.variables.len()), (Some("{a}"), true, 1));
        assert!(matches!(body(r#"[{"query":"{a}"},{"query":"{b}"}]"#), Ok(Body::Batch(all)) if all.len() == 2));
        for (wrong, part) in [
            ("7", "no JSON object"),
            ("{", "no JSON"),
            (r#"{"query":1}"#, "`query` is no text"),
            (r#"{"query":"a","query":"b"}"#, "duplicate"),
            (r#"{"query":"a","variables":[]}"#, "`variables` is no object"),
            (r#"{"query":"a","extensions":1}"#, "`extensions` is no object"),
            (r#"{"query":"a","extensions":{"persistedQuery":{"version":2}}}"#, "version 1"),
            (r#"{"variables":{"a":[[[[[[[1]]]]]]]}}"#, "brackets"),
            ("{\"query\":\"\u{7f}\\ud800\"}", "no JSON"),
            ("[1]", "JSON object"),
        ] {
            let error = body(wrong).expect_err(wrong);
            assert!(error.contains(part), "{wrong}: {error}");
        }
        assert!(read_body(b"{\"query\":\"\xff\"}", 8).is_err());
        // Many brackets, few of them open at once: in texts, and one behind the other.
        for (few, many) in [("\"[\"", "\"[[[[[[[[[\""), ("[]", "[[],[],[],[],[],[],[],[],[],[]]")] {
            let with = |value: &str| check_depth(format!("{{\"variables\":{{\"a\":{value}}}}}").as_bytes(), 4);
            assert_eq!((with(few).is_ok(), with(many).is_ok()), (true, true), "{many}");
        }
        let deep = |levels: usize| check_depth("[".repeat(levels).as_bytes(), 300);
        assert_eq!((deep(300).is_ok(), deep(301).is_ok(), deep(1000).is_ok()), (true, false, false));
    }

    #[test]
    fn query_strings_are_read_and_checked() {
        let read = |text: &str| read_query(text, 8).map_err(|e| e.message);
        let good = read("query=%7Ba%7D&variables=%7B%22b%22:1%7D&operationName=&extensions=").unwrap();
        assert_eq!((good.query.as_deref(), good.operation_name, good.variables.len()), (Some("{a}"), None, 1));
        for (wrong, part) in [("query=a&query=b", "twice"), ("variables=%7B", "no JSON"), ("query=%FF", "UTF-8")] {
            assert!(read(wrong).unwrap_err().contains(part), "{wrong}");
        }
        assert!(read("query=%EF%BF%BD").is_ok());
    }
}
