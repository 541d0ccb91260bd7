//! The line of rooms: who imports whom is what ARCHITECTURE.md says, and every room stands there.
//!
//! Inside one package the compiler lets modules import in circles; this test does not. It reads the table under "Who may
//! import whom" and scans the paths in `src`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::repository;

/// The table: for each room the rooms it may import, and the crates that it alone may use.
#[derive(Debug, Default, PartialEq)]
struct Rooms {
    may_import: BTreeMap<String, BTreeSet<String>>,
    alone_knows: BTreeMap<String, String>,
}

/// Words in backticks.
fn ticked(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn table(document: &str) -> Rooms {
    let section = document.split("\n## ").find(|s| s.to_lowercase().contains("who may import whom"));
    let section = section.expect("ARCHITECTURE.md has no section \"Who may import whom\"");
    let mut rooms = Rooms::default();
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [room, _question, imports, crates, _what] = cells[..] else { panic!("not five columns: {line}") };
        let room = ticked(room).remove(0);
        for name in ticked(crates) {
            rooms.alone_knows.insert(name, room.clone());
        }
        rooms.may_import.insert(room, ticked(imports).into_iter().collect());
    }
    rooms
}

/// Code without comments, texts and single characters; line ends stay.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("r\"")
            || rest.starts_with("r#") && rest[1..].trim_start_matches('#').starts_with('"')
        {
            let hashes = rest[1..].find('"').unwrap();
            let end = format!("\"{}", "#".repeat(hashes));
            let body = 2 + hashes;
            rest[body..].find(&end).map_or(rest.len(), |at| body + at + end.len())
        } else if first == '"' {
            let mut escaped = false;
            let ends = |byte: u8| {
                let end = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                end
            };
            rest[1..].bytes().position(ends).map_or(rest.len(), |at| at + 2)
        } else if first == '\'' {
            // A character, not a lifetime: closed right behind it.
            let inner = rest[1..].chars().next().map_or(0, char::len_utf8);
            match rest[1..].starts_with('\\') {
                true => rest[3..].find('\'').map_or(rest.len(), |at| 3 + at + 1),
                false if rest[1 + inner..].starts_with('\'') => 2 + inner,
                false => 0,
            }
        } else {
            0
        };
        if skip == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            out.extend(rest[..skip].chars().filter(|c| *c == '\n'));
            out.push(' ');
            rest = &rest[skip..];
        }
    }
    out
}

/// Words and signs of code, each with its line.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut tokens: Vec<(usize, String)> = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = if is_word(first) {
                rest.find(|c| !is_word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push((number + 1, rest[..length].to_owned()));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// The first words of the paths that begin at the root of the package: what `crate::x`, `crate::{x, y::z}`,
/// `super::super::x` and, in the program itself, `trialweave::x` name.
fn from_root(tokens: &[(usize, String)], depth: usize) -> Vec<(usize, String)> {
    let at = |i: usize| tokens.get(i).map_or("", |(_, token)| token.as_str());
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let mut next = i + 1;
        let rooted = match at(i) {
            "crate" | "trialweave" => true,
            "super" if i < 2 || at(i - 1) != "::" => {
                let mut supers = 1;
                while at(next) == "::" && at(next + 1) == "super" {
                    supers += 1;
                    next += 2;
                }
                supers >= depth
            }
            _ => false,
        };
        if rooted && at(next) == "::" {
            if at(next + 1) == "{" {
                let mut open = 1;
                let mut begins = true;
                let mut inside = next + 2;
                while open > 0 && inside < tokens.len() {
                    match at(inside) {
                        "{" => open += 1,
                        "}" => open -= 1,
                        "," if open == 1 => begins = true,
                        word => {
                            if begins && open == 1 {
                                found.push((tokens[inside].0, word.to_owned()));
                            }
                            begins = false;
                        }
                    }
                    inside += 1;
                }
            } else {
                found.push((tokens[next + 1].0, at(next + 1).to_owned()));
            }
        }
        i = next;
    }
    found
}

/// What a file does that the table does not allow. `path` is relative to `src`.
fn violations(rooms: &Rooms, path: &str, text: &str) -> Vec<String> {
    let module = path.trim_end_matches(".rs");
    let room = module.split('/').next().unwrap();
    if path == "lib.rs" {
        return Vec::new();
    }
    let Some(allowed) = rooms.may_import.get(room) else {
        return vec![format!("src/{path}: the room `{room}` has no row in ARCHITECTURE.md")];
    };
    let all = tokens(&code(text));
    let mut found = Vec::new();
    for (line, name) in from_root(&all, module.split('/').count()) {
        if rooms.may_import.contains_key(&name) && name != room && !allowed.contains(&name) {
            found.push(format!("src/{path}:{line}: `{room}` may not import `{name}`"));
        }
    }
    for pair in all.windows(2) {
        let [(line, name), (_, sign)] = pair else { continue };
        if sign == "::" && rooms.alone_knows.get(name).is_some_and(|knows| knows != room) {
            found.push(format!("src/{path}:{line}: only `{}` may use the crate `{name}`", rooms.alone_knows[name]));
        }
    }
    found
}

fn source_files(folder: &Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path.strip_prefix(repository("src")).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
}

fn architecture() -> Rooms {
    table(&std::fs::read_to_string(repository("ARCHITECTURE.md")).unwrap())
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let rooms = architecture();
    let mut files = Vec::new();
    source_files(&repository("src"), &mut files);
    files.sort();
    let text = |path: &str| std::fs::read_to_string(repository("src").join(path)).unwrap();
    let found: Vec<_> = files.iter().flat_map(|path| violations(&rooms, path, &text(path))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));

    let here: BTreeSet<_> = files.iter().map(|path| path.trim_end_matches(".rs").split('/').next().unwrap()).collect();
    for room in rooms.may_import.keys() {
        assert!(here.contains(room.as_str()), "ARCHITECTURE.md has a row for `{room}`, src has no such room");
    }
    for (room, imports) in &rooms.may_import {
        let unknown: Vec<_> = imports.iter().filter(|name| !rooms.may_import.contains_key(*name)).collect();
        assert!(unknown.is_empty(), "ARCHITECTURE.md lets `{room}` import what is no room: {unknown:?}");
    }
}

#[test]
fn the_line_of_rooms_has_no_circle() {
    let rooms = architecture().may_import;
    let mut done = BTreeSet::new();
    while done.len() < rooms.len() {
        let next: Vec<_> = rooms
            .iter()
            .filter(|(room, uses)| !done.contains(*room) && uses.iter().all(|u| done.contains(u)))
            .collect();
        assert!(!next.is_empty(), "a circle among {:?}", rooms.keys().filter(|r| !done.contains(*r)));
        done.extend(next.into_iter().map(|(room, _)| room.clone()));
    }
}

#[test]
fn a_planted_violation_is_found() {
    let rooms = table(
        "# x\n\n## Rooms, and who may import whom\n\n| Room | Question | May import | Alone knows | What |\n|---|---|---|---|---|\n\
         | `domain` | ? | nothing | | |\n| `graph` | ? | `domain` | `petgraph` | |\n\
         | `server` | ? | `graph` | `axum` | |\n\n## Next\n| `other` | ? | | | |\n",
    );
    assert_eq!(rooms.may_import.len(), 3);
    let check = |path: &str, text: &str| violations(&rooms, path, text);
    let wrong = |path: &str, line: usize, room: &str, name: &str| {
        vec![format!("src/{path}:{line}: `{room}` may not import `{name}`")]
    };

    assert!(check("server/page.rs", "use crate::graph::Graph;\nuse crate::server::Page;").is_empty());
    assert_eq!(check("graph/walk.rs", "\nuse crate::server::Page;"), wrong("graph/walk.rs", 2, "graph", "server"));
    assert_eq!(check("graph.rs", "fn f() { let x = crate::server::page(); }"), wrong("graph.rs", 1, "graph", "server"));
    let grouped = "use crate::{\n    domain::{server, Word},\n    server::{self, Page},\n};";
    assert_eq!(check("graph.rs", grouped), wrong("graph.rs", 3, "graph", "server"));
    let upward = "use super::super::server::Page;\nuse super::super::domain::Word;";
    assert_eq!(check("graph/walk.rs", upward), wrong("graph/walk.rs", 1, "graph", "server"));
    assert!(check("graph/walk/deep.rs", "use super::super::server_links;").is_empty(), "not the root");
    assert_eq!(
        check("domain.rs", "fn f() -> axum::Router {}"),
        ["src/domain.rs:1: only `server` may use the crate `axum`"]
    );
    assert_eq!(check("garage.rs", ""), ["src/garage.rs: the room `garage` has no row in ARCHITECTURE.md"]);

    // What only looks like an import.
    let harmless = "//! [`Page`](crate::server::Page)\n/* crate::server */ const A: &str = \"crate::server \\\" x\";\n\
                    const B: &str = r#\"crate::server \"# ; const C: [char; 2] = ['\"', '\\''];\nfn f<'a>(x: &'a str) {}\n";
    assert_eq!(check("graph.rs", harmless), [""; 0]);
    assert_eq!(
        check("graph.rs", &format!("{harmless}use crate::server;")),
        wrong("graph.rs", 5, "graph", "server"),
        "the scan goes on behind texts and characters"
    );
}
