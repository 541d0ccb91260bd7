//! Which command, and how did it end?
//!
//! Must not know: how anything is done. Exit codes: 0 done, 1 failed (port in use, unreadable file), 2 wrong usage, 3 the
//! data has problems, 4 the query was answered with errors.

mod progress;
mod serve;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::dataset::Problems;
use crate::domain::{Mapping, NodeKind};
use crate::generate::Size;
use crate::graph::Relation;
use crate::graphql::{self, Engine, Request};
use crate::snapshot::{Refused, Snapshot};

const FAILED: u8 = 1;
const BAD_USAGE: u8 = 2;
const BAD_DATA: u8 = 3;
const ANSWERED_WITH_ERRORS: u8 = 4;

/// A GraphQL knowledge graph of clinical trials, targets, diseases, regimens and the references behind them.
#[derive(Debug, Parser)]
#[command(
    name = "trialweave",
    version,
    after_help = "\
Examples:
  trialweave serve                                   serve the bundled data on 127.0.0.1:8000
  trialweave serve my-data --listen 0.0.0.0:9000     serve a folder of data files
  trialweave check my-data                           every problem of the files, and what does not map
  trialweave build my-data -o my-data.snapshot       one file of all of it, which `serve` opens at once
  trialweave query - < question.graphql              answer without a server

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the data has problems, 4 the query was answered with errors."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve GraphQL over HTTP until interrupted; prints the address on one line once ready.
    Serve(Box<serve::Serve>),
    /// Check a data package: print every problem, and what no vocabulary entry covers.
    Check {
        /// Folder of the data package, or a snapshot file; the bundled data where left out.
        data: Option<PathBuf>,
    },
    /// Read a data package and write it as one file that is ready to serve.
    Build {
        /// Folder of the data package; the bundled data where left out.
        data: Option<PathBuf>,
        /// The file to write.
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Print how many nodes of each kind and links of each relation there are, and what each part takes in memory.
    Stats {
        /// Folder of the data package, or a snapshot file; the bundled data where left out.
        data: Option<PathBuf>,
    },
    /// Print the contract in the schema definition language.
    Schema {
        /// As a subgraph of Apollo Federation 2: with keys.
        #[arg(long)]
        federation: bool,
    },
    /// Write generated data, shaped like ClinicalTrials.gov, into a folder: to measure and to test with.
    Generate {
        /// Folder to write; made where it is not there.
        folder: PathBuf,
        /// S (106 trials), M (10,000), L (100,000) or XL (550,000 trials, 3 million references, 30 million citations).
        #[arg(long, default_value = "M")]
        size: String,
        /// Another seed gives other data of the same shape.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Answer a query from a file, or from standard input (`-`).
    Query {
        /// File of the query, or `-`.
        file: PathBuf,
        /// Values of the variables, as a JSON object.
        #[arg(long, default_value = "{}")]
        variables: String,
        /// Folder of the data package, or a snapshot file; the bundled data where left out.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

/// Runs the command of this process's command line.
#[must_use]
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(serve) => serve.run(),
        Command::Check { data } => check(data.as_deref()),
        Command::Build { data, output } => build(data.as_deref(), &output),
        Command::Stats { data } => stats(data.as_deref()),
        Command::Schema { federation: true } => print(graphql::subgraph_sdl()),
        Command::Schema { federation: false } => print(graphql::sdl()),
        Command::Generate { folder, size, seed } => generate(&folder, &size, seed),
        Command::Query { file, variables, data } => query(&file, &variables, data.as_deref()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(end) => {
            let _ = writeln!(std::io::stderr(), "{}", end.message);
            ExitCode::from(end.code)
        }
    }
}

struct End {
    code: u8,
    message: String,
}

fn failed(message: impl Into<String>) -> End {
    End { code: FAILED, message: message.into() }
}

impl From<Problems> for End {
    fn from(problems: Problems) -> Self {
        Self { code: BAD_DATA, message: problems.to_string() }
    }
}

/// Writes to standard output; a reader that has gone is no failure.
fn print(text: &str) -> Result<(), End> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()) {
        Err(why) if why.kind() != std::io::ErrorKind::BrokenPipe => Err(failed(format!("cannot print: {why}"))),
        _ => Ok(()),
    }
}

/// Loads the data asked for, a folder or a snapshot file, or the folder `data` beside the program, or what is bundled in it.
fn load(data: Option<&Path>) -> Result<Snapshot, End> {
    if let Some(file) = data.filter(|path| path.is_file()) {
        return Snapshot::open(file).map_err(|why| refused(file, &why));
    }
    if let Some(folder) = data {
        return Ok(Snapshot::load_seen(folder, &progress::Shown::default())?);
    }
    match beside() {
        Some(folder) => Ok(Snapshot::load_seen(&folder, &progress::Shown::default())?),
        None => Ok(Snapshot::bundled()?),
    }
}

fn refused(file: &Path, why: &Refused) -> End {
    let code = if matches!(why, Refused::Io(_)) { FAILED } else { BAD_DATA };
    End { code, message: format!("{}: {why}.", file.display()) }
}

/// The folder `data` beside the program, where it is a data package.
fn beside() -> Option<PathBuf> {
    let exe = std::env::current_exe().ok()?;
    Some(exe.parent()?.join("data")).filter(|folder| folder.join("datapackage.json").is_file())
}

fn check(data: Option<&Path>) -> Result<(), End> {
    let snapshot = load(data)?;
    let graph = snapshot.graph();
    let assertions = &graph.assertions;
    let mut lines = Vec::new();
    for (at, mapping) in assertions.mapping.iter().enumerate() {
        if *mapping == Mapping::Unmapped {
            let row = assertions.row[at] as usize;
            let source =
                graph.strings.text(graph.names(NodeKind::Source).id[graph.assertion_source(at as u32) as usize]);
            lines.push(format!(
                "unmapped {} in {source} table {} row {}: {}",
                assertions.field.items()[at].text(),
                graph.strings.text(graph.rows.table[row]),
                graph.rows.number[row],
                graph.strings.text(assertions.printed[at]),
            ));
        }
    }
    let unmapped = lines.len();
    lines.push(format!(
        "release {}: no problems; {} trials, {} assertions, {unmapped} unmapped, {} conflicts",
        snapshot.release(),
        graph.count(NodeKind::Trial),
        assertions.mapping.len(),
        graph.conflicts.trial.len(),
    ));
    print(&lines.join("\n"))
}

fn stats(data: Option<&Path>) -> Result<(), End> {
    let snapshot = load(data)?;
    let graph = snapshot.graph();
    let mut lines = vec![format!("release    {}", snapshot.release())];
    for kind in NodeKind::ALL {
        lines.push(format!("{:<10} {:>9}", kind.text().to_lowercase(), graph.count(*kind)));
    }
    for info in Relation::ALL {
        let name = format!("{} -{}-> {}", info.from.text().to_lowercase(), info.kind, info.to.text().to_lowercase());
        lines.push(format!("{name:<36} {:>9}", graph.relation(info.relation).len()));
    }
    lines.push(format!("assertions {:>9}", graph.assertions.mapping.len()));
    lines.push(format!("conflicts  {:>9}", graph.conflicts.trial.len()));
    lines.push(format!("texts      {:>9}", graph.strings.len()));
    lines.push(format!("{:<20} {:>14} {:>14}", "bytes of", "memory", "mapped file"));
    for (part, (owned, mapped)) in snapshot.sizes() {
        lines.push(format!("{part:<20} {owned:>14} {mapped:>14}"));
    }
    print(&lines.join("\n"))
}

fn build(data: Option<&Path>, output: &Path) -> Result<(), End> {
    let snapshot = load(data)?;
    snapshot.write(output).map_err(|why| failed(format!("cannot write {}: {why}", output.display())))?;
    print(&format!("release {} in {}", snapshot.release(), output.display()))
}

fn generate(folder: &Path, size: &str, seed: u64) -> Result<(), End> {
    let Some(size) = Size::named(size) else {
        return Err(End { code: 2, message: format!("--size is {size:?}: choose S, M, L or XL") });
    };
    crate::generate::write(folder, size, seed)
        .map_err(|why| failed(format!("cannot write to {}: {why}", folder.display())))?;
    print(&format!("generated data in {}", folder.display()))
}

fn query(file: &Path, variables: &str, data: Option<&Path>) -> Result<(), End> {
    let mut query = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut query).map(|_| ())
    } else {
        std::fs::read_to_string(file).map(|text| query = text)
    };
    read.map_err(|why| failed(format!("cannot read the query from {}: {why}", file.display())))?;
    let variables = match serde_json::from_str(variables) {
        Ok(serde_json::Value::Object(map)) => map,
        Ok(_) => return Err(End { code: BAD_USAGE, message: "--variables is no JSON object".into() }),
        Err(why) => return Err(End { code: BAD_USAGE, message: format!("--variables is no JSON: {why}") }),
    };
    let snapshot = Arc::new(load(data)?);
    let answer = Engine::default().answer(&snapshot, &Request { query, operation_name: None, variables });
    print(&String::from_utf8_lossy(&answer.body))?;
    if answer.has_errors {
        return Err(End { code: ANSWERED_WITH_ERRORS, message: "the query was answered with errors".into() });
    }
    Ok(())
}
