//! How is a program made that is laid out after its use?
//!
//! A first build counts which ways it goes; it is asked the examples over the bundled data and `packaging/questions.graphql`
//! over generated data; a second build has what is gone often close together and written out (profile-guided
//! optimisation). Must not know: what the answers say, beyond that there are no errors.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::client::{self, Client};
use crate::steps::{Outcome, Steps, run};
use crate::{cargo, root, target, web};

/// Sizes of the generated data that is asked over, and how often each question is asked there. What is only done to much
/// data would else be taken for what is never done.
const SIZES: [(&str, usize); 3] = [("S", 1500), ("M", 1000), ("L", 300)];
/// How often each example is asked.
const EXAMPLES: usize = 40;
/// Ids of a kind that are asked for.
const IDS: usize = 200;

/// Builds such a program; where it lies.
pub(crate) fn build() -> Result<PathBuf, String> {
    let folder = target().join("guided");
    let counts = folder.join("counts");
    let _ = fs::remove_dir_all(&counts);
    fs::create_dir_all(&counts).map_err(|why| format!("{}: {why}", counts.display()))?;
    let compiler = Compiler::new()?;
    let merged = folder.join("merged.profdata");
    let made = folder.join(format!("trialweave{}", std::env::consts::EXE_SUFFIX));
    let mut steps = Steps::default();
    let mut pages = Outcome::Done;
    steps.step("pages", || {
        pages = web::build();
        pages.clone()
    });
    let counting = folder.join("counting");
    let mut step = |name, action: &dyn Fn() -> Outcome| {
        // Nothing is built after counts that are not there.
        if steps.result().is_ok() {
            steps.step(name, action);
        }
    };
    step("a build that counts", &|| compiler.build(&counting, &flag("-Cprofile-generate=", &counts), &pages));
    step("questions", &|| done(asked(&compiler.program(&counting), &folder.join("data"), &counts)));
    step("counts", &|| done(compiler.merge(&counts, &merged)));
    let release = folder.join("release");
    step("a build after the counts", &|| compiler.build(&release, &flag("-Cprofile-use=", &merged), &pages));
    step("its place", &|| {
        let copied = fs::copy(compiler.program(&release), &made);
        done(copied.map(|_| ()).map_err(|why| format!("{}: {why}", made.display())))
    });
    steps.result().map(|()| made)
}

fn done(result: Result<(), String>) -> Outcome {
    result.map_or_else(Outcome::Failed, |()| Outcome::Done)
}

fn flag(name: &str, path: &Path) -> OsString {
    let mut flag = OsString::from(name);
    flag.push(path);
    flag
}

/// The compiler, and what puts its counts together.
struct Compiler {
    host: String,
    profdata: PathBuf,
}

impl Compiler {
    fn new() -> Result<Self, String> {
        let host = said(&["-vV"])?.lines().find_map(|line| line.strip_prefix("host: ").map(str::to_owned));
        let host = host.ok_or("rustc does not say for what it compiles")?;
        let profdata = Path::new(said(&["--print", "sysroot"])?.trim())
            .join("lib/rustlib")
            .join(&host)
            .join(format!("bin/llvm-profdata{}", std::env::consts::EXE_SUFFIX));
        if !profdata.exists() {
            return Err(format!("{} is not there: `rustup component add llvm-tools`", profdata.display()));
        }
        Ok(Self { host, profdata })
    }

    /// Builds the program into a folder. That a platform is named keeps the flag from what runs while it is built.
    fn build(&self, folder: &Path, flag: &OsString, pages: &Outcome) -> Outcome {
        let mut build = cargo(&["build", "--release", "--locked", "--package", "trialweave", "--target", &self.host]);
        build.env("CARGO_TARGET_DIR", folder).env("CARGO_ENCODED_RUSTFLAGS", flag).env_remove("RUSTFLAGS");
        web::require(&mut build, pages);
        run(build)
    }

    fn program(&self, folder: &Path) -> PathBuf {
        folder.join(&self.host).join("release").join(format!("trialweave{}", std::env::consts::EXE_SUFFIX))
    }

    fn merge(&self, counts: &Path, merged: &Path) -> Result<(), String> {
        let files = fs::read_dir(counts).map_err(|why| format!("{}: {why}", counts.display()))?;
        let files: Vec<_> = files.flatten().map(|file| file.path()).collect();
        if files.is_empty() {
            return Err("nothing was counted".into());
        }
        let mut merge = Command::new(&self.profdata);
        merge.arg("merge").arg("-o").arg(merged).args(files);
        ended(merge)
    }
}

fn said(arguments: &[&str]) -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output =
        Command::new(rustc).args(arguments).current_dir(root()).output().map_err(|why| format!("rustc: {why}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn ended(command: Command) -> Result<(), String> {
    match run(command) {
        Outcome::Failed(why) => Err(why),
        _ => Ok(()),
    }
}

/// Asks a program that counts.
fn asked(program: &Path, data: &Path, counts: &Path) -> Result<(), String> {
    let counting = |arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(root()).env("LLVM_PROFILE_FILE", counts.join("%p-%m.profraw"));
        command.stdout(Stdio::null());
        command
    };
    let examples = documents(&root().join("schema/examples"))?;
    over(counting(&["serve", "data", "--cache-bytes", "0"]), |_| Ok(again(&examples, EXAMPLES)))?;
    let questions = fs::read_to_string(root().join("packaging/questions.graphql"));
    let questions = questions.map_err(|why| format!("packaging/questions.graphql: {why}"))?;
    for (size, times) in SIZES {
        let (folder, file) = (data.join(size), data.join(format!("{size}.snapshot")));
        let (folder, file) = (folder.to_string_lossy(), file.to_string_lossy());
        let _ = fs::remove_dir_all(&*folder);
        ended(counting(&["generate", &folder, "--size", size]))?;
        ended(counting(&["build", &folder, "-o", &file]))?;
        for cache in ["0", "67108864"] {
            over(counting(&["serve", &file, "--cache-bytes", cache]), |client| {
                let filled = paragraphs(&questions).map(|question| client::filled(question, client, IDS));
                let filled: Vec<Vec<String>> = filled.collect::<Result<_, _>>()?;
                Ok((0..times).flat_map(|at| filled.iter().map(move |each| each[at % each.len()].clone())).collect())
            })?;
        }
    }
    Ok(())
}

/// Starts a server, asks it what there is to ask from several threads, and ends it in good order: only then it writes down
/// what it counted.
fn over(mut serve: Command, bodies: impl FnOnce(&mut Client) -> Result<Vec<String>, String>) -> Result<(), String> {
    // What counts is slow, and words of much data are indexed first.
    serve.args(["--listen", "127.0.0.1:0", "--deadline-ms", "600000"]).stdout(Stdio::piped());
    let mut server = serve.spawn().map_err(|why| format!("the server does not start: {why}"))?;
    let asked = address(&mut server).and_then(|address| {
        let bodies = bodies(&mut Client::connect(&address)?)?;
        client::ask_all(&address, &bodies)
    });
    let stopped = Command::new("kill").args(["-TERM", &server.id().to_string()]).status();
    if !stopped.is_ok_and(|status| status.success()) {
        let _ = server.kill();
        let _ = server.wait();
        // That it is not there any more has its reason.
        asked?;
        return Err("the server cannot be told to end: `kill -TERM` does not work here".into());
    }
    let status = server.wait().map_err(|why| format!("the server: {why}"))?;
    asked?;
    if status.success() { Ok(()) } else { Err(format!("the server ended with {status}")) }
}

/// All of these, so many times.
fn again(bodies: &[String], times: usize) -> Vec<String> {
    bodies.iter().cycle().take(bodies.len() * times).cloned().collect()
}

/// Where a server says that it listens.
fn address(server: &mut Child) -> Result<String, String> {
    let mut line = String::new();
    if let Some(said) = &mut server.stdout {
        BufReader::new(said).read_line(&mut line).map_err(|why| format!("the server: {why}"))?;
    }
    let address = line.split_once("://").and_then(|(_, rest)| rest.trim().split('/').next());
    address.map(str::to_owned).ok_or_else(|| format!("the server does not say where it listens: {line:?}"))
}

/// The bodies that ask the documents of a folder.
fn documents(folder: &Path) -> Result<Vec<String>, String> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .map_err(|why| format!("{}: {why}", folder.display()))?
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|end| end == "graphql"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| fs::read_to_string(&path).map_err(|why| format!("{}: {why}", path.display()));
    paths.into_iter().map(|path| read(path).map(|text| client::body(&text, &[]))).collect()
}

/// The questions of a file, one a paragraph; a paragraph of comments is none.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|part| part.starts_with("query"))
}
