//! Which command? Reads the command line, runs one command, sets the exit code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    trialweave::cli::run()
}
