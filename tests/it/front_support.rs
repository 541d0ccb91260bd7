//! The real server for tests of the front: the binary as a process of its own on a free port, and a plain HTTP client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::repository;

/// A server process; killed when dropped.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    pub release: String,
    pub log: std::path::PathBuf,
    /// KiB that were the most resident until it was ready.
    begun: u64,
    _folder: tempfile::TempDir,
}

/// A line of what the system says of a process, in KiB.
fn status(child: &Child, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|l| l.starts_with(name)).expect("the process is gone");
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

impl Server {
    /// Starts over the bundled data with some flags.
    pub fn start(flags: &[&str]) -> Self {
        Self::over(&repository("data"), flags)
    }

    /// Starts over a folder of data.
    pub fn over(data: &Path, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut child = Command::new(env!("CARGO_BIN_EXE_trialweave"))
            .arg("serve")
            .arg(data)
            .args(if flags.contains(&"--listen") { &[][..] } else { &["--listen", "127.0.0.1:0"] })
            .args(flags)
            .env_remove("TRIALWEAVE_CONFIG")
            // Sixty servers would each read the dictionary; a flag of the test has the last word.
            .env("TRIALWEAVE_WARM", "false")
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let (said, url) = line.trim().rsplit_once(" on ").unwrap_or_else(|| {
            panic!("the server did not start: {line}{}", std::fs::read_to_string(&log).unwrap_or_default())
        });
        let address = url.split_once("://").unwrap().1.split('/').next().unwrap().parse().unwrap();
        let release = said.rsplit_once(' ').unwrap().1.to_owned();
        let begun = status(&child, "VmHWM:");
        Self { child, address, release, log, begun, _folder: folder }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What is in the log so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// Whether it never held much more than when it began, whatever it was sent.
    pub fn held_little(&self) {
        let most = status(&self.child, "VmHWM:");
        assert!(most < self.begun + 200 * 1024, "resident memory grew from {} to {most} KiB", self.begun);
    }

    /// Waits for the process to end by itself.
    pub fn ended(&mut self, within: Duration) -> bool {
        let until = Instant::now() + within;
        while Instant::now() < until {
            if self.child.try_wait().unwrap().is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// Asks a query by POST.
    pub fn ask(&self, query: &str) -> Reply {
        self.post(&serde_json::json!({ "query": query }).to_string())
    }

    /// Sends a JSON body.
    pub fn post(&self, body: &str) -> Reply {
        self.send("POST", "/graphql", &[("content-type", "application/json"), ("accept", GRAPHQL)], body.as_bytes())
    }

    /// Asks by GET.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send("GET", path, headers, b"")
    }

    /// Sends a request on a connection of its own.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() || method == "POST" {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut socket = self.connect();
        // A server that refuses may close before it has read everything.
        let _ = socket.write_all(head.as_bytes()).and_then(|()| socket.write_all(body));
        let mut bytes = Vec::new();
        let _ = socket.read_to_end(&mut bytes);
        Reply::parse(&bytes)
    }

    /// A connection that gives up after a while.
    pub fn connect(&self) -> TcpStream {
        let socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        socket
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub const GRAPHQL: &str = "application/graphql-response+json";

/// A response.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.text().chars().take(300).collect::<String>())
    }
}

impl Reply {
    /// Reads a response that has come.
    pub fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no response: {:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<_> =
            lines.filter_map(|l| l.split_once(": ")).map(|(k, v)| (k.to_ascii_lowercase(), v.to_owned())).collect();
        let mut reply = Self { status, headers, body: bytes[end + 4..].to_vec() };
        if reply.header("transfer-encoding") == Some("chunked") {
            reply.body = unchunk(&reply.body);
        }
        reply
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The limit that the first error names.
    pub fn limit(&self) -> String {
        self.json()["errors"][0]["extensions"]["limit"].as_str().unwrap_or_default().to_owned()
    }
}

fn unchunk(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..at]).unwrap().trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        body.extend_from_slice(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 4 + size..];
    }
    body
}
