//! May this document come in, and what does it say?
//!
//! A linear pre-scan measures the text; then apollo-compiler parses it within limits and validates it by the
//! specification; in between, `measure` counts what the text hides. No parser sees a document that has not passed the pre-scan. Must not know: plans, data.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::parser::Parser;
use apollo_compiler::validation::{DiagnosticList, Valid};

use super::contract::contract;
use super::error::{Code, GraphqlError, Location};
use super::limits::Limits;
use super::measure;

/// Lets a document in: measured, parsed, validated.
pub(super) fn admit(text: &str, limits: &Limits) -> Result<Valid<ExecutableDocument>, Vec<GraphqlError>> {
    pre_scan(text, limits).map_err(|e| vec![e])?;
    let mut parser = Parser::new().recursion_limit(limits.document_nesting * 4).token_limit(limits.document_tokens * 2);
    let schema = &contract().schema;
    let ast = parser
        .parse_ast(text, "request.graphql")
        .map_err(|bad| diagnostics(&bad.errors, limits, Code::GraphqlParseFailed))?;
    measure::measure(&ast, limits).map_err(|e| vec![e])?;
    ast.to_executable_validate(schema).map_err(|bad| diagnostics(&bad.errors, limits, Code::GraphqlValidationFailed))
}

/// Measures a document in one pass, without recursion: bytes, tokens, nesting.
pub(super) fn pre_scan(text: &str, limits: &Limits) -> Result<(), GraphqlError> {
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
                let start = at;
                while at < bytes.len() && (bytes[at] == b'_' || bytes[at].is_ascii_alphanumeric()) {
                    at += 1;
                }
                if at - start > limits.name_bytes {
                    return Err(over("nameBytes", limits.name_bytes, "bytes in one name"));
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
            let code =
                if diagnostic.error.unstable_error_name() == Some("ParserLimit") { Code::LimitExceeded } else { code };
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
