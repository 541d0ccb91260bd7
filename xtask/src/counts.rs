//! Do six answers take the instructions that they took before?
//!
//! Runs `benches/counts.rs` under callgrind and holds each count within a twentieth of that in `tests/counts.txt`. The
//! counts belong to one compiler: with another the step says so and holds nothing. Must not know: the answers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Outcome, lacking};
use crate::{cargo, root, target};

/// Parts of a hundred by which a count may differ.
const MAY_DIFFER: u64 = 5;

/// Counts and compares; rewrites the file where `bless` is set.
pub(crate) fn hold(bless: bool) -> Outcome {
    if !crate::steps::succeeds({
        let mut valgrind = Command::new("valgrind");
        valgrind.arg("--version");
        valgrind
    }) {
        return lacking("valgrind is not there: `apt install valgrind`");
    }
    match counted() {
        Ok(now) if bless => match std::fs::write(file(), shown(&now)) {
            Ok(()) => Outcome::Done,
            Err(why) => Outcome::Failed(format!("{}: {why}", file().display())),
        },
        Ok(now) => compare(&now),
        Err(why) => Outcome::Failed(why),
    }
}

/// What was counted: by which compiler, and the instructions of each answer.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    compiler: String,
    answers: Vec<(String, u64)>,
}

fn file() -> PathBuf {
    root().join("tests/counts.txt")
}

fn counted() -> Result<Counts, String> {
    let folder = target().join("counts");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let bench = built()?;
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--toggle-collect=*counted_answer*", "--dump-after=*counted_until_here*"])
        .arg(format!("--callgrind-out-file={}", folder.join("out").display()))
        .arg(bench)
        .current_dir(root());
    let output = valgrind.output().map_err(|why| format!("valgrind cannot run: {why}"))?;
    if !output.status.success() {
        return Err(format!("valgrind: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let names = said.lines().filter_map(|line| line.split_whitespace().next());
    let mut answers = Vec::new();
    for (at, name) in names.enumerate() {
        // A dump has a number behind its name, from 1.
        let dump = folder.join(format!("out.{}", at + 1));
        let text = std::fs::read_to_string(&dump).map_err(|why| format!("{}: {why}", dump.display()))?;
        let total = text.lines().find_map(|line| line.strip_prefix("totals:")?.trim().parse().ok());
        let total = total.filter(|count| *count > 0).ok_or_else(|| format!("{} counts nothing", dump.display()))?;
        answers.push((name.to_owned(), total));
    }
    if answers.is_empty() {
        return Err("the bench printed no answers".into());
    }
    Ok(Counts { compiler: compiler()?, answers })
}

/// Builds the bench; the path of its program.
fn built() -> Result<PathBuf, String> {
    let mut build = cargo(&["bench", "--locked", "--package", "trialweave", "--bench", "counts", "--no-run"]);
    build.arg("--message-format=json-render-diagnostics").stderr(std::process::Stdio::inherit());
    let output = build.output().map_err(|why| format!("cargo cannot run: {why}"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let program = said.lines().rev().filter(|line| line.contains("\"name\":\"counts\"")).find_map(|line| {
        let from = line.split_once("\"executable\":\"")?.1;
        Some(PathBuf::from(from.split_once('"')?.0))
    });
    program.filter(|path| output.status.success() && path.exists()).ok_or_else(|| "the bench does not build".into())
}

fn compiler() -> Result<String, String> {
    let output = Command::new("rustc").arg("-V").current_dir(root()).output().map_err(|why| format!("rustc: {why}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn shown(counts: &Counts) -> String {
    let mut text = format!("# instructions of one answer, by `cargo xtask counts --bless`\n{}\n", counts.compiler);
    for (name, count) in &counts.answers {
        let _ = writeln!(text, "{name} {count}");
    }
    text
}

fn kept(path: &Path) -> Result<Counts, String> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let compiler = lines.next().unwrap_or_default().to_owned();
    let answers = lines
        .map(|line| {
            let (name, count) = line.split_once(' ')?;
            Some((name.to_owned(), count.parse().ok()?))
        })
        .collect::<Option<_>>()
        .ok_or_else(|| format!("{}: a line is not a name and a count", path.display()))?;
    Ok(Counts { compiler, answers })
}

fn compare(now: &Counts) -> Outcome {
    let before = match kept(&file()) {
        Ok(before) => before,
        Err(why) => return Outcome::Failed(why),
    };
    print!("{}", shown(now));
    if before.compiler != now.compiler {
        return Outcome::LeftOut(format!("counted with {}, kept of {}", now.compiler, before.compiler));
    }
    match differences(&before, now) {
        wrong if wrong.is_empty() => Outcome::Done,
        wrong => Outcome::Failed(format!(
            "{}; where that is meant, `cargo xtask counts --bless` keeps the new counts",
            wrong.join(", ")
        )),
    }
}

fn differences(before: &Counts, now: &Counts) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, count) in &now.answers {
        match before.answers.iter().find(|(known, _)| known == name) {
            None => wrong.push(format!("{name} is not in the file")),
            Some((_, kept)) => {
                if count.abs_diff(*kept) * 100 > kept * MAY_DIFFER {
                    let percent = (*count as f64 / *kept as f64 - 1.0) * 100.0;
                    wrong.push(format!("{name} took {kept} and takes {count} ({percent:+.1} %)"));
                }
            }
        }
    }
    let gone = before.answers.iter().filter(|(name, _)| !now.answers.iter().any(|(n, _)| n == name));
    wrong.extend(gone.map(|(name, _)| format!("{name} is not counted any more")));
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(answers: &[(&str, u64)]) -> Counts {
        Counts { compiler: "rustc".into(), answers: answers.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect() }
    }

    #[test]
    fn a_twentieth_is_held() {
        let kept = counts(&[("a", 1000), ("b", 1000)]);
        assert!(differences(&kept, &counts(&[("a", 1050), ("b", 950)])).is_empty());
        assert_eq!(differences(&kept, &counts(&[("a", 1051), ("b", 1000)])), ["a took 1000 and takes 1051 (+5.1 %)"]);
        assert_eq!(differences(&kept, &counts(&[("a", 900), ("b", 1000)])).len(), 1);
        assert_eq!(
            differences(&kept, &counts(&[("a", 1000), ("c", 1)])),
            ["c is not in the file", "b is not counted any more"]
        );
    }

    #[test]
    fn the_file_is_read_as_it_is_written() {
        let folder = std::env::temp_dir().join(format!("trialweave-counts-{}", std::process::id()));
        let written = counts(&[("one-trial", 5), ("facets", 7)]);
        std::fs::write(&folder, shown(&written)).ok();
        let read = kept(&folder);
        std::fs::remove_file(&folder).ok();
        assert_eq!(read, Ok(written));
    }
}
