//! Clients that hold what others need: connections, streams, answers that nobody reads. Each is told or ended, by name,
//! and the place is given back.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::front_support::Server;

/// Opens a WebSocket by hand; the status that answers.
fn open_socket(server: &Server) -> (TcpStream, String) {
    let mut socket = server.connect();
    let head = format!(
        "GET /graphql/ws HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         sec-websocket-protocol: graphql-transport-ws\r\n\r\n",
        server.address
    );
    socket.write_all(head.as_bytes()).unwrap();
    let mut line = [0; 12];
    socket.read_exact(&mut line).unwrap();
    (socket, String::from_utf8_lossy(&line[9..]).into_owned())
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{what} did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn many_slow_connections_leave_room_for_others() {
    let server = Server::start(&["--header-timeout-ms", "800", "--connections", "50"]);
    let slow: Vec<_> = (0..50)
        .map(|_| {
            let mut socket = server.connect();
            socket.write_all(b"GET / HTTP/1.1\r\nx: ").unwrap();
            socket
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(server.get("/health", &[]).status, 200);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    drop(slow);
    server.held_little();
}

#[test]
fn one_client_holds_so_many_connections_and_no_more() {
    let server = Server::start(&["--client-connections", "3"]);
    let told = server.ask("{meta{limits{name value}}}").json()["data"]["meta"]["limits"].clone();
    let limit = told.as_array().unwrap().iter().find(|l| l["name"] == "clientConnections").unwrap().clone();
    assert_eq!(limit["value"].as_f64(), Some(3.0));
    let until_served = || {
        let begun = Instant::now();
        while server.get("/health", &[]).status != 200 {
            assert!(begun.elapsed() < Duration::from_secs(10), "places are not given back");
        }
    };
    until_served();
    // Two that say nothing, and a WebSocket, which is no connection of HTTP any more.
    let (socket, status) = open_socket(&server);
    assert_eq!(status, "101");
    // A connection that was asked over before may hold its place for a moment, and one of these is turned away then.
    let mut held = Vec::new();
    until("all places are taken", || {
        held.push(server.connect());
        held.len() >= 2 && (0..3).all(|_| server.ask("{__typename}").status == 503)
    });
    for _ in 0..3 {
        let refused = server.ask("{__typename}");
        assert_eq!((refused.status, refused.limit().as_str()), (503, "clientConnections"), "{refused:?}");
        assert_eq!(refused.header("retry-after"), Some("1"));
    }
    drop(held);
    until_served();
    until("the refusals are counted", || {
        server.get("/metrics", &[]).text().contains("trialweave_refused_total{name=\"clientConnections\"}")
    });
    drop(socket);
    server.held_little();
}

#[test]
fn streams_have_places_and_those_who_say_nothing_lose_theirs() {
    let server = Server::start(&["--streams", "1", "--ws-idle-ms", "900", "--ws-init-ms", "60000"]);
    let (mut first, status) = open_socket(&server);
    assert_eq!(status, "101");
    assert_eq!(open_socket(&server).1, "503");
    let live = br#"{"query":"subscription{releaseChanged{release}}"}"#;
    let head = [("content-type", "application/json"), ("accept", "text/event-stream")];
    let refused = server.send("POST", "/graphql", &head, live);
    assert_eq!((refused.status, refused.limit().as_str()), (503, "streams"), "{refused:?}");
    // Pinged and silent, the first one is closed (1001) and its place is free.
    let mut rest = Vec::new();
    first.read_to_end(&mut rest).unwrap();
    assert!(rest.windows(4).any(|w| w[0] == 0x88 && w[2..] == 1001u16.to_be_bytes()), "{rest:?}");
    until("the place of the first", || open_socket(&server).1 == "101");
    server.held_little();
}

#[test]
fn an_answer_that_nobody_reads_ends_its_connection() {
    let server = Server::start(&["--write-timeout-ms", "500"]);
    let open = |server: &Server| {
        let text = server.get("/metrics", &[]).text();
        let line = text.lines().find(|l| l.starts_with("trialweave_connections ")).unwrap().to_owned();
        line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()
    };
    let query = "{trials(first:200){nodes{id title status}}}";
    let get =
        format!("GET /graphql?query={} HTTP/1.1\r\nhost: a\r\n\r\n", query.replace('{', "%7B").replace('}', "%7D"));
    let body = format!("{{\"query\":\"{query}\"}}");
    let length = body.len();
    let plain = format!(
        "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    // Both ways into the server.
    for asked in [get, plain] {
        let mut socket = server.connect();
        // More answers than the system keeps for the two ends.
        socket.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
        let _ = socket.write_all(asked.repeat(5000).as_bytes());
        until("the end of the connection", || open(&server) == 1);
        assert_eq!(server.ask("{__typename}").status, 200);
    }
    server.held_little();
}
