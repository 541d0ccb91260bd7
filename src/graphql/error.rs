//! What does a client read when something is wrong?
//!
//! Every error has a code that tells whose fault it is, a message that names the place, and a hint. Must not know: HTTP
//! status codes.

use serde::Serialize;

/// What kind of fault. The text of the code is part of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// The document is no GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// A variable or argument has a value that its type or the field does not take.
    BadUserInput,
    /// The operation name is missing or names no operation of the document.
    OperationResolutionFailure,
    /// An id that cannot be an id.
    MalformedId,
    /// An id that names several nodes.
    AmbiguousId,
    /// A cursor that is none, or is of another list.
    BadCursor,
    /// A cursor of a release that no longer serves.
    SnapshotGone,
    /// A limit of the server is reached; the message names it.
    LimitExceeded,
    /// No document is known by the hash; send it along once.
    PersistedQueryNotFound,
    /// Persisted queries are switched off, or the hash is not that of the document.
    PersistedQueryNotSupported,
    /// Only documents of the list are answered.
    DocumentNotAllowed,
    /// The server has more to do than it takes; the same request may succeed later.
    Overloaded,
    /// The server is at fault.
    InternalServerError,
}

impl Code {
    /// Whether the request was at fault, and the same request will fail again.
    #[must_use]
    pub fn is_clients_fault(self) -> bool {
        !matches!(self, Self::InternalServerError | Self::Overloaded)
    }

    /// Whether it is a fault of the request as a whole, found before it runs.
    #[must_use]
    pub fn is_request_error(self) -> bool {
        matches!(self, Self::GraphqlParseFailed | Self::GraphqlValidationFailed | Self::OperationResolutionFailure)
    }
}

/// A place in the document, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Location {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// A step of the path to a field of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Step {
    /// A response key.
    Key(String),
    /// A place in a list.
    Index(u32),
}

/// What goes into `extensions` of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorExtensions {
    /// The kind of fault.
    pub code: Code,
    /// The argument at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argument: Option<String>,
    /// The limit that is reached, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl ErrorExtensions {
    fn of(code: Code) -> Box<Self> {
        Box::new(Self { code, argument: None, limit: None, hint: None })
    }
}

/// One entry of `errors`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GraphqlError {
    /// What is wrong.
    pub message: String,
    /// Where in the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// Which field of the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Step>,
    /// Code, argument, limit, hint. Boxed: errors are rare, and results that may hold one are everywhere.
    pub extensions: Box<ErrorExtensions>,
}

impl GraphqlError {
    /// An error of the whole request.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { message: message.into(), locations: Vec::new(), path: Vec::new(), extensions: ErrorExtensions::of(code) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.extensions.hint = Some(hint.into());
        self
    }

    /// Cuts a message that repeats too much of what a client sent.
    #[must_use]
    pub fn clipped(mut self) -> Self {
        const MOST: usize = 1000;
        if self.message.len() > MOST {
            let end = (0..=MOST).rev().find(|at| self.message.is_char_boundary(*at)).unwrap_or(0);
            self.message.truncate(end);
            self.message.push('…');
        }
        self
    }

    /// Names the limit.
    #[must_use]
    pub fn limit(mut self, limit: impl Into<String>) -> Self {
        self.extensions.limit = Some(limit.into());
        self
    }

    /// Names the place in the document.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.locations.push(location);
        self
    }
}

/// Why a field has no value; the executor adds path and location. One word wide: outcomes of fields pass in registers.
#[derive(Debug, Clone)]
pub(super) struct FieldError(Box<Failure>);

#[derive(Debug, Clone)]
struct Failure {
    message: String,
    extensions: Box<ErrorExtensions>,
}

impl FieldError {
    #[cold]
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Failure { message: message.into(), extensions: ErrorExtensions::of(code) }))
    }

    pub(super) fn argument(mut self, argument: &str) -> Self {
        self.0.extensions.argument = Some(argument.into());
        self
    }

    pub(super) fn limit(mut self, limit: &str) -> Self {
        self.0.extensions.limit = Some(limit.into());
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.extensions.hint = Some(hint.into());
        self
    }

    /// Message and extensions.
    pub(super) fn into_parts(self) -> (String, Box<ErrorExtensions>) {
        (self.0.message, self.0.extensions)
    }

    pub(super) fn placed(self, path: Vec<Step>, location: Location) -> GraphqlError {
        let (message, extensions) = self.into_parts();
        GraphqlError { message, locations: vec![location], path, extensions }
    }
}

/// The outcome of a field.
pub(super) type Res<T> = Result<T, FieldError>;
