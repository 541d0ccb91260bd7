//! Two ways into the server, one answer: plain questions are read off the connection's buffer, others go through hyper and
//! the routes. What is asked over a connection that stays is plain, what is asked with `connection: close` is not.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::front_support::{GRAPHQL, Reply, Server};
use crate::world::Dice;

const JSON: &str = "content-type: application/json\r\n";

/// Reads one response of a connection that stays; more may stand behind it.
fn read(socket: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        socket.read_exact(&mut byte).unwrap();
        bytes.push(byte[0]);
    }
    let length: usize = Reply::parse(&bytes).header("content-length").unwrap().parse().unwrap();
    let head = bytes.len();
    bytes.resize(head + length, 0);
    socket.read_exact(&mut bytes[head..]).unwrap();
    Reply::parse(&bytes)
}

fn post(lines: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{lines}content-length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// What both ways have to say alike: the status, the headers that are not of the moment, the body.
fn said(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let moment = ["date", "server-timing", "x-request-id", "connection", "transfer-encoding"];
    let mut headers: Vec<_> =
        reply.headers.iter().filter(|(name, _)| !moment.contains(&name.as_str())).cloned().collect();
    headers.sort();
    (reply.status, headers, reply.text())
}

#[test]
fn both_ways_give_the_same_answers() {
    let server = Server::start(&["--batch", "2"]);
    let hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
    let long = "{trials(first:200){nodes{id title again:title targets{target{id}}}}}";
    let cases: Vec<(String, Vec<u8>)> = [
        (JSON.to_owned(), "{\"query\":\"{__typename}\"}".to_owned()),
        (JSON.to_owned(), "{\"query\":\"{__typename}\"}".to_owned()),
        (format!("{JSON}accept: {GRAPHQL}\r\n"), "{\"query\":\"{nothing}\"}".to_owned()),
        (JSON.to_owned(), "{\"query\":\"{nothing}\"}".to_owned()),
        (
            JSON.to_owned(),
            "{\"query\":\"query A{__typename}\",\"operationName\":\"A\",\"extensions\":{\"cost\":true}}".to_owned(),
        ),
        (format!("{JSON}x-trialweave-cost: 1\r\n"), "{\"query\":\"{meta{release}}\"}".to_owned()),
        (format!("{JSON}accept: text/html\r\n"), "{\"query\":\"{__typename}\"}".to_owned()),
        (format!("{JSON}accept: text/event-stream\r\n"), "{\"query\":\"{nothing}\"}".to_owned()),
        ("content-type: text/plain\r\n".to_owned(), "{\"query\":\"{__typename}\"}".to_owned()),
        (String::new(), "{}".to_owned()),
        (JSON.to_owned(), "{".to_owned()),
        (JSON.to_owned(), String::new()),
        (JSON.to_owned(), "{\"variables\":{}}".to_owned()),
        (JSON.to_owned(), "[{\"query\":\"{__typename}\"},{\"query\":\"{nothing}\"}]".to_owned()),
        (JSON.to_owned(), "[{},{},{}]".to_owned()),
        (JSON.to_owned(), format!("{{\"query\":\"{long}\"}}")),
        (format!("{JSON}accept-encoding: gzip\r\n"), format!("{{\"query\":\"{long}\"}}")),
        (
            JSON.to_owned(),
            format!("{{\"extensions\":{{\"persistedQuery\":{{\"version\":1,\"sha256Hash\":\"{hash}\"}}}}}}"),
        ),
        (JSON.to_owned(), "{\"query\":\"subscription{releaseChanged{release}}\"}".to_owned()),
    ]
    .map(|(lines, body)| (lines, body.into_bytes()))
    .into();
    let mut socket = server.connect();
    for (lines, body) in &cases {
        socket.write_all(&post(lines, body)).unwrap();
        let stays = read(&mut socket);
        let mut once = server.connect();
        once.write_all(&post(&format!("connection: close\r\n{lines}"), body)).unwrap();
        let mut bytes = Vec::new();
        once.read_to_end(&mut bytes).unwrap();
        let case = format!("{lines}{}", String::from_utf8_lossy(body));
        assert_eq!(said(&stays), said(&Reply::parse(&bytes)), "{case}");
        assert!(stays.header("x-request-id").is_some() && stays.header("date").is_some(), "{case}");
        // From the first that is not plain the connection is another's: the next begins anew.
        socket = server.connect();
    }
    server.held_little();
}

#[test]
fn a_connection_goes_from_questions_to_pages_and_on() {
    let server = Server::start(&[]);
    let mut socket = server.connect();
    let question = post(JSON, b"{\"query\":\"{__typename}\"}");
    let page = b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n";
    // All at once; each is answered, in turn.
    let all = [question.as_slice(), &question, page, &question, page].concat();
    socket.write_all(&all).unwrap();
    let bodies: Vec<_> = (0..5).map(|_| read(&mut socket).text()).collect();
    let typename = "{\"data\":{\"__typename\":\"Query\"}}";
    assert_eq!([&bodies[0], &bodies[1], &bodies[3]], [typename; 3]);
    assert_eq!(bodies[2], bodies[4]);
    // What a client calls its request comes back, by both ways.
    for lines in [JSON.to_owned(), format!("{JSON}te: trailers\r\n")] {
        let mut socket = server.connect();
        socket.write_all(&post(&format!("{lines}x-request-id: mine-1\r\n"), b"{}")).unwrap();
        assert_eq!(read(&mut socket).header("x-request-id"), Some("mine-1"));
    }
    let counted = server.get("/metrics", &[]).text();
    assert!(counted.contains("trialweave_requests_total{status=\"200\"} 5"), "{counted}");
    server.held_little();
}

/// Lines that change what a head says, or spoil it.
const ODD: &[&str] = &[
    "transfer-encoding: chunked",
    "Transfer-Encoding: identity",
    "te: trailers",
    "trailer: x",
    "x-trialweave-cost: 1",
    "content-encoding: gzip",
    "accept: application/graphql-response+json",
    "accept: text/html",
    "content-length: 5",
    "content-length : 5",
    "Content-Length:\t24",
    "connection: keep-alive",
    "connection: close",
    "x: \u{7f}",
    "x: \0",
    "x:",
    ":",
    "noname",
    "x-y: \u{e9}",
    "accept-encoding: gzip",
    "x-request-id: a b",
    "content-type: text/plain",
    " folded",
    "",
];

/// A question whose head is spoiled in some ways, or in none.
fn mangled(dice: &mut Dice) -> Vec<u8> {
    let bodies =
        ["{\"query\":\"{__typename}\"}", "{\"query\":\"{nothing}\"}", "{", "", "{\"query\":\"{meta{release}}\"}"];
    let body = *dice.pick(&bodies);
    let starts =
        ["POST /graphql HTTP/1.1", "POST /graphql HTTP/1.0", "post /graphql HTTP/1.1", "POST /graphql?a=b HTTP/1.1"];
    let mut lines: Vec<String> = vec!["host: a".into(), "content-type: application/json".into()];
    lines.push(format!("content-length: {}", body.len()));
    for _ in 0..dice.roll(4) {
        let at = dice.roll(lines.len());
        match dice.roll(6) {
            0 => _ = lines.remove(at),
            1 => lines.insert(at, lines[dice.roll(lines.len())].clone()),
            2 | 3 => lines.insert(at, (*dice.pick(ODD)).to_owned()),
            4 => lines[at] = lines[at].to_uppercase().replace("APPLICATION/JSON", "application/json"),
            _ => lines[at] = lines[at].replace(": ", dice.pick::<&str>(&[":", ":  ", " : ", ":\t"])),
        }
        lines.push("x-last: 1".into());
    }
    let start = if dice.chance(90) { starts[0] } else { *dice.pick(&starts) };
    let mut text = format!("{start}\r\n");
    for line in lines {
        text.push_str(&line);
        text.push_str(if dice.chance(97) { "\r\n" } else { dice.pick::<&str>(&["\n", "\r", "\r\r\n"]) });
    }
    format!("{text}\r\n{body}").into_bytes()
}

/// Status and body of all responses until the connection ends.
fn all(server: &Server, said: &[u8]) -> Vec<(u16, String)> {
    let mut socket = server.connect();
    let _ = socket.write_all(said);
    let mut bytes = Vec::new();
    let _ = socket.read_to_end(&mut bytes);
    let (mut told, mut rest) = (Vec::new(), bytes.as_slice());
    while !rest.is_empty() {
        let reply = Reply::parse(rest);
        let head = rest.windows(4).position(|w| w == b"\r\n\r\n").unwrap() + 4;
        let length: usize = reply.header("content-length").map_or(0, |length| length.parse().unwrap());
        told.push((reply.status, String::from_utf8_lossy(&rest[head..head + length]).into_owned()));
        rest = &rest[head + length..];
    }
    told
}

/// Whatever a head says, it is taken as hyper takes it. A page before it makes the connection hyper's; what stands behind it
/// would be taken for something else where its end is seen elsewhere.
#[test]
fn spoiled_heads_are_read_by_both_ways_alike() {
    let server = Server::start(&["--header-timeout-ms", "300", "--body-timeout-ms", "300"]);
    let page = b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n";
    let last = post(&format!("{JSON}connection: close\r\n"), b"{\"query\":\"{last:__typename}\"}");
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let answered = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|thread| {
                let (server, last) = (&server, &last);
                scope.spawn(move || {
                    let mut dice = Dice::new(seed * 4 + thread);
                    let mut answered = 0;
                    for _ in 0..400 {
                        let said = [mangled(&mut dice), last.clone()].concat();
                        let here = all(server, &said);
                        let there = all(server, &[page.as_slice(), &said].concat());
                        assert_eq!(here, there[1..], "{}", String::from_utf8_lossy(&said));
                        answered += usize::from(here.len() == 2 && here[0].0 == 200);
                    }
                    answered
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>()
    });
    assert!((160..1440).contains(&answered), "{answered} of 1600 were good questions");
    server.held_little();
}
