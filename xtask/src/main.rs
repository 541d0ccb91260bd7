//! The tasks of the house: what a person or a machine types to build, run and test everything.
//!
//! Must not know: anything of the server's inside. Stands on cargo, and where they are there on Node and Python, and on
//! nothing else, so that a fresh clone needs no set-up.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to the terminal")]

mod client;
mod counts;
mod frictionless;
mod guided;
mod steps;
mod web;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use steps::{Steps, run};

const HELP: &str = "\
cargo xtask TASK [ARGUMENTS]

  run      build what is needed and serve the bundled data on 127.0.0.1:8000;
           arguments go to `trialweave serve`, e.g. `cargo xtask run --listen 127.0.0.1:9000`
  build    build the release binary with data and pages embedded
  guided   build the release binary laid out after its use: a build that counts, questions, a build after the counts
           (profile-guided optimisation); needs `rustup component add llvm-tools` and takes some ten minutes
  test     everything that must hold: format, lints, tests, docs, data, pages;
           all steps run, a summary ends the output
  browser  the pages in a real browser alone, building what that needs
  without-pages
           what a build does without pages, which `test` proves in CI only
  bench    the benchmarks; arguments go to them.
           `bench --beside FOLDER [SIZE ...]`: our server beside others, whose scripts are in the folder (or
           TRIALWEAVE_PEERS names it, then after the benchmarks); sizes S, M, L, XL, L where none is named
  counts   instructions of six answers, held within a twentieth of those kept; `--bless` keeps the new ones
  bless    rewrite the golden files from what the code does now, to be read as a diff";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next();
    let rest: Vec<String> = arguments.collect();
    let done = match task.as_deref() {
        Some("run") => serve(&rest),
        Some("build") => build(),
        Some("guided") => guided::build().map(|made| println!("{}", made.display())),
        Some("test") => return test(),
        Some("bench") => bench(&rest),
        Some("bless") => bless(),
        Some("counts") => counts(&rest),
        Some("browser") => browser(),
        Some("without-pages") => without_pages(),
        Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            Ok(())
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Cargo, as it was called, at the root.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

fn binary(profile: &str) -> PathBuf {
    target().join(profile).join(format!("trialweave{}", std::env::consts::EXE_SUFFIX))
}

fn build() -> Result<(), String> {
    let mut steps = Steps::default();
    let mut pages = steps::Outcome::Done;
    steps.step("pages", || {
        pages = web::build();
        pages.clone()
    });
    steps.step("release", || {
        let mut release = cargo(&["build", "--release", "--locked", "--package", "trialweave"]);
        web::require(&mut release, &pages);
        run(release)
    });
    steps.result()
}

fn serve(arguments: &[String]) -> Result<(), String> {
    build()?;
    let mut server = Command::new(binary("release"));
    server.arg("serve").args(arguments).current_dir(root());
    replace(server)
}

/// Becomes the other program, so that a signal meant for it reaches it.
#[cfg(unix)]
fn replace(mut command: Command) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    let why = command.exec();
    Err(format!("cannot start {}: {why}", command.get_program().to_string_lossy()))
}

#[cfg(not(unix))]
fn replace(command: Command) -> Result<(), String> {
    match run(command) {
        steps::Outcome::Failed(why) => Err(why),
        _ => Ok(()),
    }
}

fn test() -> ExitCode {
    let mut steps = Steps::default();
    // First the server without pages, then the pages: the binary that the tests build carries them.
    steps.step("without pages", || match steps::in_ci() {
        true => web::without(),
        false => steps::Outcome::LeftOut("compiles twice; `cargo xtask without-pages` runs it".into()),
    });
    steps.step("pages", web::build);
    steps.step("format", || run(cargo(&["fmt", "--all", "--", "--check"])));
    steps.step("lints", || {
        run(cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]))
    });
    steps.step("tests", || run(cargo(&["test", "--workspace", "--locked"])));
    steps.step("instructions", || match steps::in_ci() {
        true => counts::hold(false),
        false => steps::Outcome::LeftOut("builds with all optimisation; `cargo xtask counts` runs it".into()),
    });
    steps.step("docs", || {
        let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
        doc.env("RUSTDOCFLAGS", "--deny warnings");
        run(doc)
    });
    steps.step("data, by its own check", || {
        run(cargo(&["run", "--quiet", "--locked", "--package", "trialweave", "--", "check", "data"]))
    });
    steps.step("data, by frictionless", frictionless::validate);
    steps.step("pages: lints", || web::test("lint"));
    steps.step("pages: types", || web::test("typecheck"));
    steps.step("pages: tests", || web::test("test"));
    steps.step("pages: size", || web::test("size"));
    steps.step("pages: in a browser", web::browse);
    steps.step("pages: without network", web::browse_offline);
    steps.summary()
}

fn bench(arguments: &[String]) -> Result<(), String> {
    if let [first, peers, sizes @ ..] = arguments
        && first == "--beside"
    {
        let mut steps = Steps::default();
        beside(&mut steps, Path::new(peers), sizes);
        return steps.result();
    }
    if !root().join("benches").is_dir() {
        return Err("there are no benchmarks: no folder `benches`".into());
    }
    let mut steps = Steps::default();
    steps.step("bench", || {
        let mut bench = cargo(&["bench", "--locked", "--package", "trialweave", "--bench", "*"]);
        if !arguments.is_empty() {
            bench.arg("--").args(arguments);
        }
        run(bench)
    });
    if let Some(peers) = std::env::var_os("TRIALWEAVE_PEERS") {
        beside(&mut steps, Path::new(&peers), &[]);
    }
    steps.result()
}

/// Our server beside others, whose scripts stand in a folder that is not ours.
fn beside(steps: &mut Steps, peers: &Path, sizes: &[String]) {
    let sizes = if sizes.is_empty() { &["L".to_owned()][..] } else { sizes };
    steps.step("release", || run(cargo(&["build", "--release", "--locked", "--package", "trialweave"])));
    for size in sizes {
        steps.step("beside others", || {
            let mut beside = Command::new("python3");
            beside.arg(root().join("tests/workloads/beside.py")).arg(peers).arg(size);
            run(beside)
        });
    }
}

fn counts(arguments: &[String]) -> Result<(), String> {
    let mut steps = Steps::default();
    steps.step("instructions", || counts::hold(arguments.iter().any(|a| a == "--bless")));
    steps.result()
}

fn browser() -> Result<(), String> {
    let mut steps = Steps::default();
    steps.step("pages", web::build);
    steps.step("binary", || run(cargo(&["build", "--locked", "--package", "trialweave"])));
    steps.step("pages: in a browser", web::browse);
    steps.step("pages: without network", web::browse_offline);
    steps.result()
}

fn without_pages() -> Result<(), String> {
    let mut steps = Steps::default();
    steps.step("without pages", web::without);
    steps.result()
}

fn bless() -> Result<(), String> {
    let mut steps = Steps::default();
    steps.step("bless", || {
        let mut bless = cargo(&["test", "--locked", "--package", "trialweave", "--test", "it"]);
        bless.env("BLESS", "1");
        run(bless)
    });
    println!("Read what changed: git diff -- schema tests");
    steps.result()
}
