//! How did each step go, and how long did it take?
//!
//! Must not know: what any step does.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did what it should.
    Done,
    /// It could not run here, and why that is no failure.
    LeftOut(String),
    /// It failed, and why.
    Failed(String),
}

/// The steps of a task so far.
#[derive(Debug, Default)]
pub(crate) struct Steps(Vec<(&'static str, Outcome, Duration)>);

impl Steps {
    /// Runs a step, whatever became of those before it, and prints how it went.
    pub(crate) fn step(&mut self, name: &'static str, action: impl FnOnce() -> Outcome) {
        println!("==> {name}");
        let start = Instant::now();
        let outcome = action();
        self.0.push((name, outcome, start.elapsed()));
        if let Some(last) = self.0.last() {
            println!("{}", line(last));
        }
    }

    /// The first failure, if any.
    pub(crate) fn result(&self) -> Result<(), String> {
        match self.0.iter().find_map(|(name, outcome, _)| Some((name, failure(outcome)?))) {
            Some((name, why)) => Err(format!("{name}: {why}")),
            None => Ok(()),
        }
    }

    /// Prints every step again; the exit code tells whether one failed.
    pub(crate) fn summary(&self) -> ExitCode {
        println!("\nSummary");
        for step in &self.0 {
            println!("{}", line(step));
        }
        let failed = self.0.iter().filter(|(_, outcome, _)| failure(outcome).is_some()).count();
        let all: Duration = self.0.iter().map(|(_, _, time)| *time).sum();
        if failed == 0 {
            println!("all of {} steps hold, {:.1} s", self.0.len(), all.as_secs_f64());
            return ExitCode::SUCCESS;
        }
        println!("{failed} of {} steps failed, {:.1} s", self.0.len(), all.as_secs_f64());
        ExitCode::FAILURE
    }
}

fn failure(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Failed(why) => Some(why),
        Outcome::Done | Outcome::LeftOut(_) => None,
    }
}

fn line((name, outcome, time): &(&'static str, Outcome, Duration)) -> String {
    let seconds = time.as_secs_f64();
    match outcome {
        Outcome::Done => format!("  ok        {name:<24} {seconds:>7.1} s"),
        Outcome::LeftOut(why) => format!("  left out  {name:<24} {seconds:>7.1} s  {why}"),
        Outcome::Failed(why) => format!("  FAILED    {name:<24} {seconds:>7.1} s  {why}"),
    }
}

/// Runs a program to its end, its output on the terminal.
pub(crate) fn run(mut command: Command) -> Outcome {
    let name = shown(&command);
    match command.status() {
        Ok(status) if status.success() => Outcome::Done,
        Ok(status) => Outcome::Failed(format!("`{name}` ended with {status}")),
        Err(why) => Outcome::Failed(format!("`{name}` cannot run: {why}")),
    }
}

/// Whether a program ends well; its output is thrown away.
pub(crate) fn succeeds(mut command: Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// Whether this runs where everything must be there.
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}

/// The end of a step that lacks something: a failure where everything must be there, left out elsewhere.
pub(crate) fn lacking(why: impl Into<String>) -> Outcome {
    if in_ci() { Outcome::Failed(why.into()) } else { Outcome::LeftOut(why.into()) }
}

fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy();
    command.get_args().fold(program.into_owned(), |line, argument| line + " " + &argument.to_string_lossy())
}
