//! Random and mangled input: documents through pre-scan, parser, validation, plan and run; variables; cursors; JSON
//! bodies' values; files of data. Nothing may panic, overflow the stack, answer what is no JSON, or take longer than its
//! limits say. `FUZZ_SECONDS` says for how long each target runs (docs/fuzzing.md); `FUZZ_SEED` begins it elsewhere.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use serde_json::{Map, Value, json};
use trialweave::graphql::{Engine, Limits, Request, sdl};
use trialweave::snapshot::Snapshot;

use crate::snapshots::{forged, survive};
use crate::support::{MemoryFiles, repository};

static SNAPSHOT: LazyLock<Arc<Snapshot>> = LazyLock::new(|| Arc::new(Snapshot::bundled().unwrap()));

/// A small generator of numbers (xorshift64*): the same seed gives the same inputs anywhere.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// Runs a target until its time is over; says which input of which seed failed.
fn fuzz(target: &str, mut one: impl FnMut(&mut Rng) -> String, check: impl Fn(&str)) {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(1.0);
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(0x5eed_u64);
    let mut rng = Rng(seed | 1);
    let until = Instant::now() + Duration::from_secs_f64(seconds);
    // An abort (a stack that overflows) leaves its input here.
    let last = std::env::temp_dir().join(format!("trialweave-fuzz-{target}"));
    let mut runs = 0u64;
    while runs < 20 || Instant::now() < until {
        let input = one(&mut rng);
        std::fs::write(&last, &input).unwrap();
        let begun = ThreadTime::now();
        let done = catch_unwind(AssertUnwindSafe(|| check(&input)));
        assert!(done.is_ok(), "{target}, seed {seed}, run {runs}, input in {}:\n{input}", last.display());
        assert!(begun.elapsed() < Duration::from_secs(20), "{target}, seed {seed}, run {runs}: slow:\n{input}");
        runs += 1;
    }
    std::fs::remove_file(last).unwrap();
    println!("{target}: {runs} inputs, seed {seed}");
}

const SEEDS: &[&str] = &[
    "{trials(first:5){nodes{id title status}}}",
    "query Q($n:Int=3,$b:Boolean!){a:trials(first:$n){edges{cursor node{...t @include(if:$b)}}pageInfo{endCursor}}} fragment t on Trial{id similar(first:2){trial{id}}}",
    "{node(id:\"trial:NCT03056339\"){__typename id ... on Trial{nctId targets{target{id}}}}}",
    "{trials(first:2,filter:{status:[RECRUITING]},orderBy:[{key:START_DATE,direction:DESC}]){totalCount}}",
    "{__schema{types{name kind fields{name type{name ofType{name}}}}}}",
    "{meta{release limits{name value} counts{kind count}}}",
    "subscription{releaseChanged{release}}",
    "{trial(id:\"\"\"block \\\"\"\" string\"\"\"){id}} # comment",
];

const BITS: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "$",
    "!",
    "@",
    "...",
    "|",
    "&",
    "=",
    "\"",
    "\"\"\"",
    "\\",
    "\\u{1F600}",
    "\\uD800",
    "#",
    "\n",
    ",",
    " ",
    "\u{feff}",
    "\0",
    "é",
    "🦀",
    "null",
    "true",
    "-1",
    "1e999",
    "99999999999999999999",
    "0x1",
    "query",
    "mutation",
    "subscription",
    "fragment",
    "on",
    "@skip(if:true)",
    "@include(if:$b)",
    "@defer",
    "__typename",
    "__schema{types{name}}",
    "first:1000",
    "last:1",
    "after:\"AAAA\"",
    "trials",
    "nodes",
    "id",
    "x:id",
    "...t",
    "$n:Int",
    "{a:{a:[1]}}",
    "[[[[",
    "}}}}",
];

fn names() -> &'static [&'static str] {
    static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let words = sdl().split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let mut names: Vec<_> = words.filter(|w| w.len() > 1 && w.len() < 30).collect();
        names.sort_unstable();
        names.dedup();
        names
    });
    &NAMES
}

fn mangle(rng: &mut Rng, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=rng.below(6) {
        let at = rng.below(chars.len() + 1);
        match rng.below(6) {
            0 if at < chars.len() => drop(chars.remove(at)),
            1 => {
                let end = (at + rng.below(20)).min(chars.len());
                let part: Vec<char> = chars[at..end].to_vec();
                let times = 1 + rng.below(40);
                chars.splice(at..at, std::iter::repeat_n(part, times).flatten());
            }
            2 => drop(chars.splice(at..at, rng.of(names()).chars())),
            3 => {
                let end = (at + rng.below(12)).min(chars.len());
                chars.drain(at..end);
            }
            4 => {
                let other: Vec<char> = rng.of(SEEDS).chars().collect();
                let from = rng.below(other.len());
                chars.splice(at..at, other[from..].iter().copied());
            }
            _ => drop(chars.splice(at..at, rng.of(BITS).chars())),
        }
    }
    chars.into_iter().collect()
}

/// What holds for every answer.
fn check_answer(engine: &Engine, request: &Request) {
    let answer = engine.answer(&SNAPSHOT, request);
    let json: Value = serde_json::from_slice(&answer.body).expect("an answer is JSON");
    assert_eq!(answer.has_errors, json.get("errors").is_some());
    assert!(answer.steps <= engine.limits().steps + 100_000);
    assert!(answer.body.len() < engine.limits().response_bytes + 1_000_000);
    if let Some(errors) = json["errors"].as_array() {
        assert!((1..=engine.limits().errors + 1).contains(&errors.len()));
        for error in errors {
            assert!(error["message"].as_str().is_some_and(|m| !m.is_empty() && m.len() < 1100));
            assert!(!error.to_string().contains("INTERNAL_SERVER_ERROR"), "{error}");
        }
    }
}

#[test]
fn documents() {
    let engine = Engine::default();
    let one = |rng: &mut Rng| {
        let seed = rng.of(SEEDS);
        mangle(rng, seed)
    };
    fuzz("documents", one, |query| {
        let variables = Map::from_iter([("n".to_owned(), json!(2)), ("b".to_owned(), json!(true))]);
        check_answer(&engine, &Request { query: query.to_owned(), operation_name: None, variables });
    });
}

#[test]
fn documents_of_tight_limits() {
    let mut limits = Limits::default();
    for limit in Limits::TABLE {
        limits.set(limit.field, 5);
    }
    limits.document_bytes = 4000;
    limits.document_tokens = 100;
    let engine = Engine::new(limits);
    let one = |rng: &mut Rng| {
        let seed = rng.of(SEEDS);
        mangle(rng, seed)
    };
    fuzz("tight", one, |query| {
        let request = Request { query: query.to_owned(), ..Request::default() };
        let answer = engine.answer(&SNAPSHOT, &request);
        serde_json::from_slice::<Value>(&answer.body).expect("an answer is JSON");
    });
}

fn value(rng: &mut Rng, depth: usize) -> Value {
    match rng.below(if depth > 3 { 8 } else { 10 }) {
        0 => Value::Null,
        1 => json!(rng.below(2) == 0),
        2 => json!(rng.next() as i64 >> rng.below(64)),
        3 => json!(f64::from_bits(rng.next())),
        4 => json!(mangle(rng, "NCT03056339")),
        5 => json!(rng.of(names())),
        6 => json!("2024-02-30"),
        7 => json!(""),
        8 => (0..rng.below(5)).map(|_| value(rng, depth + 1)).collect(),
        _ => {
            (0..rng.below(5)).map(|_| (rng.of(names()).to_owned(), value(rng, depth + 1))).collect::<Map<_, _>>().into()
        }
    }
}

#[test]
fn variables() {
    let engine = Engine::default();
    let query = "query($n:Int,$id:String!,$f:TrialFilter,$o:[TrialOrder!]){trials(first:$n,filter:$f,orderBy:$o){nodes{id}}trial(id:$id){id}}";
    let known = engine.answer(&SNAPSHOT, &Request { query: query.into(), ..Request::default() });
    assert!(!String::from_utf8_lossy(&known.body).contains("VALIDATION"), "{}", String::from_utf8_lossy(&known.body));
    let one = |rng: &mut Rng| {
        let names = ["n", "id", "f", "o", "other"];
        let map: Map<_, _> = names.iter().filter(|_| true).map(|n| ((*n).to_owned(), value(rng, 0))).collect();
        Value::Object(map).to_string()
    };
    fuzz("variables", one, |text| {
        let variables: Map<String, Value> = serde_json::from_str(text).unwrap();
        check_answer(&engine, &Request { query: query.into(), operation_name: None, variables });
    });
}

#[test]
fn cursors() {
    let engine = Engine::default();
    let ask = |variables: Map<String, Value>| {
        let query = "query($a:String,$b:String){trials(first:2,after:$a,before:$b){nodes{id}pageInfo{endCursor}}}";
        Request { query: query.into(), operation_name: None, variables }
    };
    let first: Value = serde_json::from_slice(&engine.answer(&SNAPSHOT, &ask(Map::new())).body).unwrap();
    let good = first["data"]["trials"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
    let one = |rng: &mut Rng| match rng.below(3) {
        0 => good.clone(),
        1 => mangle(rng, &good),
        _ => {
            let mut bytes = good.clone().into_bytes();
            let at = rng.below(bytes.len());
            bytes[at] = b"ABCDEFwxyz0189-_"[rng.below(16)];
            String::from_utf8(bytes).unwrap()
        }
    };
    fuzz("cursors", one, |cursor| {
        let other = if cursor.len().is_multiple_of(2) { json!(good) } else { Value::Null };
        let variables = Map::from_iter([("a".to_owned(), json!(cursor)), ("b".to_owned(), other)]);
        check_answer(&engine, &ask(variables));
    });
}

#[test]
fn dataset_files() {
    let tiny = MemoryFiles::tiny();
    let paths: Vec<String> = tiny.0.keys().cloned().collect();
    let one = |rng: &mut Rng| {
        let path = &paths[rng.below(paths.len())];
        format!("{path}\n{}", mangle(rng, &tiny.text(path)))
    };
    fuzz("dataset", one, |input| {
        let (path, text) = input.split_once('\n').unwrap();
        let mut files = tiny.clone();
        files.0.insert(path.to_owned(), text.as_bytes().to_vec());
        match trialweave::dataset::load(&files) {
            Ok(data) => drop(Snapshot::build(&data)),
            Err(problems) => assert!(!problems.to_string().is_empty()),
        }
    });
    assert!(repository("tests/datasets/tiny").is_dir());
}

#[test]
fn snapshot_files() {
    let one = |rng: &mut Rng| {
        let changes = 1 + rng.below(4);
        (0..changes).map(|_| format!("{} {} {}\n", rng.below(1000), rng.below(1 << 20), rng.below(256))).collect()
    };
    fuzz("snapshot", one, |input| {
        let mut changes = Vec::new();
        for line in input.lines() {
            let mut numbers = line.split(' ').map(|n| n.parse::<usize>().unwrap());
            changes.push((numbers.next().unwrap(), numbers.next().unwrap(), numbers.next().unwrap() as u8));
        }
        survive(&forged(&changes));
    });
}
