//! Two ways into the server, one answer: plain questions are read off the connection's buffer, others go through hyper and
//! the routes. What is asked over a connection that stays is plain, what is asked with `connection: close` is not.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::front_support::{GRAPHQL, Reply, Server};

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
