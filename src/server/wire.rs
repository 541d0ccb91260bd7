//! Is this a plain question, and how does its answer look on the wire?
//!
//! Reads the one form in which nearly all questions come: `POST /graphql` of HTTP/1.1, a body of a stated length, nothing
//! that changes how the connection is used. It says what it is sure of only: all else is for hyper to read, from its first
//! byte. Must not know: sockets, what a question means.

use std::io::Write as _;
use std::mem::MaybeUninit;
use std::time::{Duration, Instant, SystemTime};

use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE};
use axum::http::{HeaderName, StatusCode};
use httparse::{Request, Status};

use super::accept::{self, Events};
use super::around::{Id, REQUEST_ID};
use super::response::{TIMING, Whole};

/// Headers that a plain question has at most.
const HEADERS: usize = 64;

/// Bytes that a plain question has at most, head and body.
pub(super) const LONGEST: usize = 64 * 1024;

/// What an HTTP/2 connection begins with.
pub(super) const H2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Whether a connection has not said yet which HTTP it speaks.
pub(super) fn tells_nothing(said: &[u8]) -> bool {
    said.len() < H2_PREFACE.len() && H2_PREFACE.starts_with(said)
}

/// What a plain question is held to beside its form.
#[derive(Debug)]
pub(super) struct Bounds {
    /// The line that it begins with.
    pub(super) line: Box<[u8]>,
    pub(super) head_bytes: usize,
    pub(super) headers: usize,
    pub(super) body_bytes: usize,
}

/// What bytes are.
#[derive(Debug, PartialEq)]
pub(super) enum Form<'a> {
    /// A plain question, and the bytes it takes.
    Whole(Question<'a>, usize),
    /// The beginning of one, as far as can be told.
    Part,
    /// Something else.
    Other,
}

/// What a plain question says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Question<'a> {
    pub(super) accept: Option<&'a str>,
    pub(super) accept_encoding: Option<&'a str>,
    pub(super) show_cost: bool,
    /// The client's own name for it.
    pub(super) id: Option<&'a [u8]>,
    pub(super) body: &'a [u8],
}

impl Bounds {
    /// For questions to a path.
    pub(super) fn new(path: &str, head_bytes: u64, headers: u64, body_bytes: u64) -> Self {
        let at_most = |n: u64, most: usize| usize::try_from(n).unwrap_or(most).min(most);
        Self {
            line: format!("POST {path} HTTP/1.1\r\n").into_bytes().into(),
            head_bytes: at_most(head_bytes, LONGEST),
            headers: at_most(headers, HEADERS),
            body_bytes: at_most(body_bytes, LONGEST),
        }
    }

    /// Reads what a connection has said since its last question. Complexity: linear in the head.
    pub(super) fn read<'a>(&self, bytes: &'a [u8]) -> Form<'a> {
        let begun = bytes.len().min(self.line.len());
        if bytes[..begun] != self.line[..begun] {
            return Form::Other;
        }
        let mut headers = [const { MaybeUninit::uninit() }; HEADERS];
        let mut request = Request::new(&mut []);
        let head = match request.parse_with_uninit_headers(bytes, &mut headers[..self.headers]) {
            Ok(Status::Complete(head)) if head <= self.head_bytes => head,
            Ok(Status::Partial) if bytes.len() < self.head_bytes => return Form::Part,
            _ => return Form::Other,
        };
        let Some((question, length)) = question(request.headers) else { return Form::Other };
        if length > self.body_bytes {
            return Form::Other;
        }
        match bytes.get(head..head + length) {
            Some(body) => Form::Whole(Question { body, ..question }, head + length),
            None => Form::Part,
        }
    }
}

/// What headers say, and the length of the body; none where one says what is not plain, or says it twice.
fn question<'a>(headers: &[httparse::Header<'a>]) -> Option<(Question<'a>, usize)> {
    let mut question = Question::default();
    let (mut length, mut is_json) = (None, false);
    for header in headers {
        let is = |name: &str| header.name.eq_ignore_ascii_case(name);
        let once = |slot: &mut Option<&'a str>| match slot.replace(text(header.value)?) {
            None => Some(()),
            Some(_) => None,
        };
        match header.name.len() {
            2 if is("te") => return None,
            6 if is("accept") => once(&mut question.accept)?,
            6 if is("expect") => return None,
            7 if is("upgrade") || is("trailer") => return None,
            10 if is("connection") && !header.value.eq_ignore_ascii_case(b"keep-alive") => return None,
            // Spans of a collector hang on it.
            11 if cfg!(feature = "otel") && is("traceparent") => return None,
            12 if is("content-type") => {
                if is_json || !accept::is_json(text(header.value)?) {
                    return None;
                }
                is_json = true;
            }
            12 if is("x-request-id") => question.id = question.id.or(Some(header.value)),
            14 if is("content-length") => {
                let before = length.replace(digits(header.value)?);
                before.is_none().then_some(())?;
            }
            15 if is("accept-encoding") => once(&mut question.accept_encoding)?,
            16 if is("content-encoding") => return None,
            17 if is("transfer-encoding") => return None,
            17 if is("x-trialweave-cost") => question.show_cost |= header.value == b"1",
            _ => {}
        }
    }
    let whole = is_json && accept::events(question.accept) == Events::No;
    Some((question, length.filter(|_| whole)?))
}

/// Text of ASCII: what does not show in it the parser has refused.
fn text(value: &[u8]) -> Option<&str> {
    std::str::from_utf8(value).ok().filter(|text| text.is_ascii())
}

/// A number written with digits and nothing else.
fn digits(value: &[u8]) -> Option<usize> {
    let text = text(value).filter(|text| text.bytes().all(|b| b.is_ascii_digit()))?;
    text.parse().ok()
}

/// The hour that answers carry, written once a second.
#[derive(Debug, Default)]
pub(super) struct Dated {
    /// When it holds no more.
    until: Option<Instant>,
    text: String,
}

impl Dated {
    fn at(&mut self, now: Instant) -> &str {
        if self.until.is_none_or(|until| now >= until) {
            let hour = SystemTime::now();
            let since = hour.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            let left = Duration::from_secs(1).saturating_sub(Duration::from_nanos(since.subsec_nanos().into()));
            *self = Self { until: Some(now + left), text: httpdate::fmt_http_date(hour) };
        }
        &self.text
    }
}

/// Writes the head of a response to a question that came at `now`.
pub(super) fn write_head(out: &mut Vec<u8>, whole: &Whole, id: &Id, dated: &mut Dated, now: Instant) {
    if whole.status == StatusCode::OK {
        out.extend_from_slice(b"HTTP/1.1 200 OK\r\nx-content-type-options: nosniff\r\n");
    } else {
        let _ = write!(out, "HTTP/1.1 {}\r\nx-content-type-options: nosniff\r\n", whole.status);
    }
    let mut line = |name: &HeaderName, value: &[u8]| {
        for part in [name.as_str().as_bytes(), b": ", value, b"\r\n"] {
            out.extend_from_slice(part);
        }
    };
    if let Some(media) = whole.media {
        line(&CONTENT_TYPE, media.header().as_bytes());
    }
    for (name, value) in &whole.headers {
        line(name, value.as_bytes());
    }
    if let Some(timing) = whole.timing {
        timing.text(|text| line(&TIMING, text));
    }
    id.text(|text| line(&REQUEST_ID, text.as_bytes()));
    line(&CONTENT_LENGTH, itoa::Buffer::new().format(whole.body.len()).as_bytes());
    line(&DATE, dated.at(now).as_bytes());
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    use super::*;
    use crate::server::response::empty;

    const PLAIN: &str = "POST /kg/graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";

    fn bounds() -> Bounds {
        Bounds::new("/kg/graphql", 1000, 8, 100)
    }

    /// The form of a plain question with more lines in its head, before its body `{}` and another one.
    fn with(lines: &str) -> String {
        let text = format!("{PLAIN}{lines}content-length: 2\r\n\r\n{{}}POST");
        match bounds().read(text.as_bytes()) {
            Form::Whole(question, taken) => {
                assert_eq!((question.body, taken), (&b"{}"[..], text.len() - 4), "{lines}");
                format!("{:?} {:?} {}", question.accept, question.accept_encoding, question.show_cost)
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_plain_question_is_told_from_all_else() {
        for (lines, says) in [
            ("", "None None false"),
            ("Accept: */*\r\nConnection: Keep-Alive\r\nuser-agent: x\r\n", "Some(\"*/*\") None false"),
            (
                "accept-encoding: gzip, br\r\nX-Trialweave-Cost: 1\r\nx-request-id: q\r\n",
                "None Some(\"gzip, br\") true",
            ),
            ("accept: text/html\r\n", "Some(\"text/html\") None false"),
        ] {
            assert_eq!(with(lines), says, "{lines}");
        }
        let nine: String = (0..9).map(|n| format!("x{n}: 1\r\n")).collect();
        for other in [
            "connection: close\r\n",
            "connection: keep-alive, upgrade\r\n",
            "upgrade: h2c\r\n",
            "expect: 100-continue\r\n",
            "te: trailers\r\n",
            "trailer: x\r\n",
            "transfer-encoding: chunked\r\n",
            "content-encoding: gzip\r\n",
            "content-length: 2\r\n",
            "content-type: application/json\r\n",
            "accept: text/event-stream\r\n",
            "accept: */*\r\naccept: */*\r\n",
            "accept: \u{1}\r\n",
            "x: a\r\n b\r\n",
            "x : a\r\n",
            &nine,
            &format!("x: {}\r\n", "y".repeat(1000)),
        ] {
            assert_eq!(with(other), "Other", "{other}");
        }
        let of = |text: &str| match bounds().read(text.as_bytes()) {
            Form::Whole(..) => "whole",
            Form::Part => "part",
            Form::Other => "other",
        };
        let lengths = ["-1", "+2", "2, 2", "", "0x2", "101", "99999999999999999999"];
        for length in lengths {
            assert_eq!(of(&format!("{PLAIN}content-length: {length}\r\n\r\n{{}}")), "other", "{length}");
        }
        assert_eq!(of(&format!("{PLAIN}\r\n{{}}")), "other", "no length");
        for line in
            ["GET /kg/graphql", "POST /kg/graphql?a", "POST /kg/graphq", "POST http://a/kg/graphql", "post /kg/graphql"]
        {
            let text = format!("{line} HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}");
            assert_eq!(of(&text), "other", "{line}");
        }
        assert_eq!(of(&format!("{PLAIN}content-length: 2\r\n\r\n{{}}").replace("1.1", "1.0")), "other");
        assert_eq!(of(&format!("{PLAIN}content-length: 2\r\n\r\n{{}}").replace("/json", "/xml")), "other");
        let whole = format!("{PLAIN}content-length: 2\r\n\r\n{{}}");
        for end in 0..whole.len() {
            assert_eq!(of(&whole[..end]), "part", "{end}");
        }
        assert_eq!(of(&whole), "whole");
    }

    proptest! {
        /// What is taken for plain is so by a reading of its own: line by line, as HTTP has it.
        #[test]
        fn what_is_plain_says_its_length_once_and_nothing_of_coding(
            lines in prop::collection::vec(
                prop_oneof![
                    Just("content-length: 2"), Just("Content-Length: 3"), Just("content-length:2"), Just("content-length : 2"),
                    Just("content-length: 2\r"), Just("content-length: 02"), Just(" content-length: 2"),
                    Just("transfer-encoding: chunked"), Just("Transfer-Encoding:chunked"), Just("transfer_encoding: x"),
                    Just("content-type: application/json"), Just("x: y"), Just(": z"), Just(""), Just("\0"), Just("x"),
                ],
                0..6,
            ),
            ends in prop_oneof![Just("\r\n"), Just("\n"), Just("\r")],
            body in "[{}a-z]{0,4}",
        ) {
            let text = format!("POST /kg/graphql HTTP/1.1\r\n{}{ends}\r\n{body}", lines.iter().map(|l| format!("{l}{ends}")).collect::<String>());
            if let Form::Whole(question, taken) = bounds().read(text.as_bytes()) {
                let head = text.split("\r\n\r\n").next().unwrap().split("\n\n").next().unwrap();
                let named = |name: &str| {
                    let values = head.lines().filter_map(|line| line.split_once(':'));
                    values.filter(|(n, _)| n.trim().eq_ignore_ascii_case(name)).map(|(_, v)| v.trim().to_owned()).collect::<Vec<_>>()
                };
                let lengths = named("content-length");
                prop_assert_eq!(lengths.len(), 1, "{:?}", text);
                prop_assert_eq!(lengths[0].parse::<usize>().unwrap(), question.body.len());
                prop_assert!(named("transfer-encoding").is_empty() && named("content-type").len() == 1);
                prop_assert!(text.as_bytes()[..taken].ends_with(question.body));
            }
        }

        #[test]
        fn any_bytes_are_something(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0usize..120) {
            // Behind a good beginning, too.
            let mut text = format!("{PLAIN}content-length: 2\r\n\r\n").into_bytes();
            text.truncate(at);
            text.extend_from_slice(&bytes);
            if let Form::Whole(question, taken) = bounds().read(&text) {
                prop_assert!(taken <= text.len() && question.body.len() <= 100);
            }
        }
    }

    #[test]
    fn a_head_is_as_http_has_it() {
        let (mut out, mut dated, now) = (b"before ".to_vec(), Dated::default(), Instant::now());
        let mut whole = empty(StatusCode::NOT_ACCEPTABLE);
        whole.put(HeaderName::from_static("x-a"), HeaderValue::from_static("1"));
        whole.body = "{}".into();
        write_head(&mut out, &whole, &Id::Number(7), &mut dated, now);
        let text = String::from_utf8(out).unwrap();
        let date = dated.at(now).to_owned();
        let head = format!(
            "before HTTP/1.1 406 Not Acceptable\r\nx-content-type-options: nosniff\r\nx-a: 1\r\nx-request-id: 7\r\n\
             content-length: 2\r\ndate: {date}\r\n\r\n"
        );
        assert_eq!(text, head);
        let hour = httpdate::parse_http_date(&date).unwrap();
        assert!(hour.elapsed().unwrap() < Duration::from_secs(60), "{date}");
        // Kept for less than a second.
        assert_eq!(dated.at(now), date);
        let until = dated.until.unwrap();
        assert!(until > now && until <= now + Duration::from_secs(1));
        dated.at(until);
        assert!(dated.until.unwrap() > until);
    }
}
