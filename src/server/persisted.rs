//! Which document does a name stand for?
//!
//! Automatic persisted queries (a hash for a document that was sent once) and trusted documents (a file read at start).
//! Must not know: what a document says, how answers are made.

use std::collections::HashMap;
use std::sync::Arc;

use moka::sync::Cache;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::params::{Parameters, bad};
use super::settings::Settings;
use crate::graphql::{Code, GraphqlError};

/// The documents known by name.
#[derive(Debug)]
pub(super) struct Documents {
    trusted: HashMap<String, Arc<str>>,
    names: HashMap<Arc<str>, String>,
    only_trusted: bool,
    automatic: Option<Cache<String, Arc<str>>>,
}

/// The document of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) query: String,
    /// The hash to keep it by once it has proved to be valid.
    pub(super) keep: Option<String>,
    /// Whether it is a trusted document.
    pub(super) trusted: bool,
}

impl Documents {
    /// Reads the file of trusted documents, if there is one.
    ///
    /// # Errors
    /// Where the file cannot be read, or its form is unknown.
    pub(super) fn new(settings: &Settings) -> Result<Self, String> {
        let file = settings.documents.as_str();
        let trusted = if file.is_empty() {
            HashMap::new()
        } else {
            let text =
                std::fs::read_to_string(file).map_err(|why| format!("cannot read the documents {file}: {why}"))?;
            manifest(&text).map_err(|why| format!("the documents {file}: {why}"))?
        };
        if settings.only_documents && trusted.is_empty() {
            return Err("--only-documents needs a file with --documents".to_owned());
        }
        let names = trusted.iter().map(|(id, text)| (Arc::clone(text), id.clone())).collect();
        let automatic = (settings.persisted && !settings.only_documents).then(|| {
            let weigh = |key: &String, text: &Arc<str>| (key.len() + text.len() + 64) as u32;
            Cache::builder().max_capacity(settings.persisted_bytes).weigher(weigh).build()
        });
        Ok(Self { trusted, names, only_trusted: settings.only_documents, automatic })
    }

    /// The document that a request asks for: its own text is taken out of it.
    pub(super) fn find(&self, asked: &mut Parameters) -> Result<Found, GraphqlError> {
        if let Some(id) = &asked.document_id {
            return match self.trusted.get(id) {
                Some(text) => Ok(Found { query: text.to_string(), keep: None, trusted: true }),
                None => Err(self.not_listed("no trusted document has this `documentId`")),
            };
        }
        match (&asked.hash, asked.query.take()) {
            (Some(hash), query) => self.by_hash(hash, query.as_deref()),
            (None, None) => Err(bad("the parameter `query` is missing")),
            (None, Some(query)) => {
                let trusted = self.names.contains_key(query.as_str());
                if self.only_trusted && !trusted {
                    return Err(self.not_listed("only trusted documents are answered, and this is none of them"));
                }
                Ok(Found { query, keep: None, trusted })
            }
        }
    }

    fn by_hash(&self, hash: &str, query: Option<&str>) -> Result<Found, GraphqlError> {
        if let Some(text) = self.trusted.get(hash).or_else(|| self.trusted.get(&format!("sha256:{hash}"))) {
            return Ok(Found { query: text.to_string(), keep: None, trusted: true });
        }
        let Some(automatic) = &self.automatic else {
            if self.only_trusted {
                return Err(self.not_listed("only trusted documents are answered, and none has this hash"));
            }
            return Err(GraphqlError::new(Code::PersistedQueryNotSupported, "PersistedQueryNotSupported"));
        };
        match query {
            None => match automatic.get(hash) {
                Some(text) => Ok(Found { query: text.to_string(), keep: None, trusted: false }),
                None => Err(GraphqlError::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound")),
            },
            Some(query) if sha256(query) == hash => {
                Ok(Found { query: query.to_owned(), keep: Some(hash.to_owned()), trusted: false })
            }
            Some(_) => Err(bad("provided sha does not match query")),
        }
    }

    /// Keeps a document that has proved to be valid.
    pub(super) fn keep(&self, hash: String, query: &str) {
        if let Some(automatic) = &self.automatic {
            automatic.insert(hash, Arc::from(query));
        }
    }

    fn not_listed(&self, message: &str) -> GraphqlError {
        GraphqlError::new(Code::DocumentNotAllowed, message).hint("publish the document with the service's list first")
    }
}

fn sha256(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Reads `{id: document}`, or an Apollo manifest (`{"operations": [{"id": …, "body": …}]}`).
fn manifest(text: &str) -> Result<HashMap<String, Arc<str>>, String> {
    let value: Value = serde_json::from_str(text).map_err(|why| format!("no JSON: {why}"))?;
    let pairs: Vec<(Option<&str>, Option<&str>)> = match (&value, value.get("operations")) {
        (_, Some(Value::Array(all))) => {
            all.iter().map(|o| (o.get("id").and_then(Value::as_str), o.get("body").and_then(Value::as_str))).collect()
        }
        (Value::Object(map), _) => map.iter().map(|(id, text)| (Some(id.as_str()), text.as_str())).collect(),
        _ => return Err("neither an object of ids and documents nor an Apollo manifest".to_owned()),
    };
    pairs
        .into_iter()
        .map(|pair| match pair {
            (Some(id), Some(text)) => Ok((id.to_owned(), Arc::from(text))),
            _ => Err("an entry has no id or no document".to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: Option<&str>, hash: Option<&str>) -> Parameters {
        Parameters { query: query.map(Into::into), hash: hash.map(Into::into), ..Parameters::default() }
    }

    #[test]
    fn a_document_is_known_by_its_hash_once_kept() {
        let documents = Documents::new(&Settings::default()).unwrap();
        let hash = sha256("{a}");
        let unknown = documents.find(&mut asked(None, Some(&hash))).unwrap_err();
        assert_eq!(unknown.extensions.code, Code::PersistedQueryNotFound);
        assert!(documents.find(&mut asked(Some("{b}"), Some(&hash))).is_err());
        let found = documents.find(&mut asked(Some("{a}"), Some(&hash))).unwrap();
        documents.keep(found.keep.unwrap(), &found.query);
        assert_eq!(documents.find(&mut asked(None, Some(&hash))).unwrap().query, "{a}");
    }

    #[test]
    fn manifests_of_both_forms_are_read() {
        let plain = manifest(r#"{"x":"{a}"}"#).unwrap();
        let apollo = manifest(r#"{"format":"apollo-persisted-query-manifest","operations":[{"id":"x","body":"{a}"}]}"#);
        assert_eq!(plain, apollo.unwrap());
        assert!(manifest("[]").is_err() && manifest("{").is_err() && manifest(r#"{"x":1}"#).is_err());
    }
}
