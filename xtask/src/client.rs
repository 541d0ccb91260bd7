//! How is a running server asked?
//!
//! Posts questions over connections that stay. Must not know: why it is asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// Connections that ask at once.
const CONNECTIONS: usize = 4;

/// Variables that a question may have, and the list and the end of it from which their ids are taken. A publication cites
/// earlier ones.
const VARIABLES: [(&str, &str, &str); 5] = [
    ("trial", "trials", "first"),
    ("target", "targets", "first"),
    ("disease", "diseases", "first"),
    ("reference", "references", "last"),
    ("other", "references", "first"),
];

/// A connection to a server.
pub(crate) struct Client {
    socket: BufReader<TcpStream>,
}

impl Client {
    pub(crate) fn connect(address: &str) -> Result<Self, String> {
        let socket = TcpStream::connect(address).map_err(|why| format!("{address}: {why}"))?;
        Ok(Self { socket: BufReader::new(socket) })
    }

    /// The answer to a body; an error where there are errors in it.
    pub(crate) fn ask(&mut self, body: &str) -> Result<String, String> {
        let answer = self.answer(body).map_err(|why| format!("the server does not answer: {why}"))?;
        if answer.starts_with("{\"data\"") { Ok(answer) } else { Err(format!("{body}\nis answered with\n{answer}")) }
    }

    fn answer(&mut self, body: &str) -> std::io::Result<String> {
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        self.socket.get_mut().write_all((head + body).as_bytes())?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.socket.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(number) = line.strip_prefix("content-length:") {
                length = number.trim().parse().map_err(std::io::Error::other)?;
            }
        }
        let mut answer = vec![0; length];
        self.socket.read_exact(&mut answer)?;
        String::from_utf8(answer).map_err(std::io::Error::other)
    }
}

/// Asks all of these, over several connections.
pub(crate) fn ask_all(address: &str, bodies: &[String]) -> Result<(), String> {
    let one = |part: usize| {
        let mut client = Client::connect(address)?;
        bodies.iter().skip(part).step_by(CONNECTIONS).try_for_each(|body| client.ask(body).map(|_| ()))
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..CONNECTIONS).map(|part| scope.spawn(move || one(part))).collect();
        parts.into_iter().try_for_each(|part| part.join().unwrap_or_else(|_| Err("a thread failed".into())))
    })
}

/// A question, for as many ids as the server has of what it names, up to a number.
pub(crate) fn filled(question: &str, client: &mut Client, most: usize) -> Result<Vec<String>, String> {
    let mut lists = Vec::new();
    for (name, list, end) in VARIABLES.iter().filter(|(name, ..)| question.contains(&format!("${name}:"))) {
        let answer = client.ask(&body(&format!("{{{list}({end}:{most}){{nodes{{id}}}}}}"), &[]))?;
        let ids = answer.split("\"id\":\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
        lists.push((*name, ids.collect::<Vec<_>>()));
    }
    let count = lists.iter().map(|(_, ids)| ids.len()).min().unwrap_or(1);
    if count == 0 {
        return Err(format!("the data has nothing to ask for:\n{question}"));
    }
    let one = |at: usize| lists.iter().map(|(name, ids)| (*name, ids[at].as_str())).collect::<Vec<_>>();
    Ok((0..count).map(|at| body(question, &one(at))).collect())
}

/// The body that asks a question.
pub(crate) fn body(question: &str, variables: &[(&str, &str)]) -> String {
    let variables: Vec<String> =
        variables.iter().map(|(name, id)| format!("{}:{}", quoted(name), quoted(id))).collect();
    format!("{{\"query\":{},\"variables\":{{{}}}}}", quoted(question), variables.join(","))
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\n' => quoted.push_str("\\n"),
            sign if sign < ' ' => quoted.push_str(&format!("\\u{:04x}", sign as u32)),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_json() {
        assert_eq!(
            body("query($a: ID!) {\n  node(id: \"\\\t\")\n}", &[("a", "trial:\"x\"")]),
            "{\"query\":\"query($a: ID!) {\\n  node(id: \\\"\\\\\\u0009\\\")\\n}\",\"variables\":{\"a\":\"trial:\\\"x\\\"\"}}"
        );
    }
}
