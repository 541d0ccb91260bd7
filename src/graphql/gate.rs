//! May this document come in, and what does it say?
//!
//! A linear pre-scan measures the text; then apollo-compiler parses it within limits and validates it by the
//! specification. No parser sees a document that has not passed the pre-scan. Must not know: plans, data.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::parser::Parser;
use apollo_compiler::validation::{DiagnosticList, Valid};

use super::contract::contract;
use super::error::{Code, GraphqlError, Location};

/// Limits on a request. Each refuses with an error that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document.
    pub document_bytes: usize,
    /// Tokens of a document.
    pub document_tokens: usize,
    /// Brackets of any kind open at once.
    pub document_nesting: usize,
    /// Fields of a plan after fragments are expanded, per operation.
    pub plan_fields: usize,
    /// Depth of an answer.
    pub depth: usize,
    /// Price of an operation.
    pub cost: u64,
    /// Objects that an answer may touch.
    pub steps: u64,
    /// Bytes of an answer.
    pub response_bytes: usize,
    /// Errors listed in an answer.
    pub errors: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 64 * 1024,
            document_tokens: 10_000,
            document_nesting: 64,
            plan_fields: 10_000,
            depth: 24,
            cost: 1_000_000,
            steps: 5_000_000,
            response_bytes: 32 * 1024 * 1024,
            errors: 20,
        }
    }
}

impl Limits {
    /// Every limit: name, value, what it holds down.
    #[must_use]
    pub fn list(&self) -> Vec<(&'static str, u64, &'static str)> {
        vec![
            ("documentBytes", self.document_bytes as u64, "bytes of a document"),
            ("documentTokens", self.document_tokens as u64, "tokens of a document"),
            ("documentNesting", self.document_nesting as u64, "brackets open at once in a document"),
            ("planFields", self.plan_fields as u64, "fields of an operation once fragments are expanded"),
            ("depth", self.depth as u64, "levels of an answer"),
            ("cost", self.cost, "price of an operation: fields, times the page sizes above them"),
            ("steps", self.steps, "objects that an answer may touch"),
            ("responseBytes", self.response_bytes as u64, "bytes of an answer"),
            ("errors", self.errors as u64, "errors listed in an answer"),
            ("pageSize", u64::from(crate::select::Page::CAP), "items on a page"),
            ("textLength", crate::select::TEXT_CAP as u64, "characters of a text that is searched"),
            ("textWords", crate::select::WORDS_CAP as u64, "different words of a text that is searched"),
            ("suggestions", crate::select::SUGGESTIONS_CAP as u64, "suggestions at once"),
            ("terms", crate::select::TERMS_CAP as u64, "terms resolved at once"),
        ]
    }
}

/// Lets a document in: measured, parsed, validated.
pub(super) fn admit(text: &str, limits: &Limits) -> Result<Valid<ExecutableDocument>, Vec<GraphqlError>> {
    pre_scan(text, limits).map_err(|e| vec![e])?;
    let mut parser = Parser::new().recursion_limit(limits.document_nesting * 4).token_limit(limits.document_tokens * 2);
    let schema = &contract().schema;
    let ast = parser.parse_ast(text, "request.graphql").map_err(|bad| diagnostics(&bad.errors, limits, Code::GraphqlParseFailed))?;
    ast.to_executable_validate(schema).map_err(|bad| diagnostics(&bad.errors, limits, Code::GraphqlValidationFailed))
}

/// Measures a document in one pass, without recursion: bytes, tokens, nesting.
fn pre_scan(text: &str, limits: &Limits) -> Result<(), GraphqlError> {
    let over = |limit: &'static str, value: usize, what: &str| {
        GraphqlError::new(Code::LimitExceeded, format!("the document has more than {value} {what}"))
            .limit(limit)
            .hint("split the query, or ask for less at once")
    };
    if text.len() > limits.document_bytes {
        return Err(over("documentBytes", limits.document_bytes, "bytes"));
    }
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut depth) = (0, 0, 0usize);
    while at < bytes.len() {
        match bytes[at] {
            b'#' => {
                while at < bytes.len() && bytes[at] != b'\n' && bytes[at] != b'\r' {
                    at += 1;
                }
                continue;
            }
            b'"' => {
                at = string_end(bytes, at);
                tokens += 1;
            }
            b'{' | b'[' | b'(' => {
                depth += 1;
                tokens += 1;
                if depth > limits.document_nesting {
                    return Err(over("documentNesting", limits.document_nesting, "brackets open at once"));
                }
                at += 1;
            }
            b'}' | b']' | b')' => {
                depth = depth.saturating_sub(1);
                tokens += 1;
                at += 1;
            }
            b' ' | b'\t' | b'\n' | b'\r' | b',' => at += 1,
            byte if byte == b'_' || byte.is_ascii_alphanumeric() => {
                while at < bytes.len() && (bytes[at] == b'_' || bytes[at].is_ascii_alphanumeric()) {
                    at += 1;
                }
                tokens += 1;
            }
            _ => {
                tokens += 1;
                at += 1;
            }
        }
        if tokens > limits.document_tokens {
            return Err(over("documentTokens", limits.document_tokens, "tokens"));
        }
    }
    Ok(())
}

/// The place behind a string or block string that begins at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let block = bytes[at..].starts_with(b"\"\"\"");
    let mut at = at + if block { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at += 2,
            b'"' if block && bytes[at..].starts_with(b"\"\"\"") => return at + 3,
            b'"' if !block => return at + 1,
            b'\n' | b'\r' if !block => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn diagnostics(list: &DiagnosticList, limits: &Limits, code: Code) -> Vec<GraphqlError> {
    let mut errors: Vec<_> = list
        .iter()
        .map(|diagnostic| {
            let code = if diagnostic.error.unstable_error_name() == Some("ParserLimit") { Code::LimitExceeded } else { code };
            let mut error = GraphqlError::new(code, diagnostic.error.to_string());
            if let Some(range) = diagnostic.line_column_range() {
                error = error.at(Location { line: range.start.line as u32, column: range.start.column as u32 });
            }
            error
        })
        .take(limits.errors + 1)
        .collect();
    if errors.len() > limits.errors {
        errors.truncate(limits.errors);
        let more = list.len() - limits.errors;
        errors.push(GraphqlError::new(code, format!("and {more} more errors")).limit("errors"));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Option<String> {
        pre_scan(text, &Limits::default()).err().and_then(|e| e.extensions.limit)
    }

    #[test]
    fn the_scan_counts_and_skips() {
        assert_eq!(scan("{ a(b: \"{[(\") # {{{{\n { c } }"), None);
        assert_eq!(scan(&"[".repeat(64)), None);
        assert_eq!(scan(&"[".repeat(65)).as_deref(), Some("documentNesting"));
        assert_eq!(scan(&format!("\"\"\"{}\"\"\"", "{".repeat(100))), None);
        assert_eq!(scan(&format!("\"\\\"{}\"", "{".repeat(100))), None);
        assert_eq!(scan(&format!("\"open\n{}", "{".repeat(100))).as_deref(), Some("documentNesting"));
        assert_eq!(scan(&"a ".repeat(10_001)).as_deref(), Some("documentTokens"));
        assert_eq!(scan(&"#".repeat(70_000)).as_deref(), Some("documentBytes"));
    }
}
