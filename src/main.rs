//! Which command? Reads the command line, runs one command, sets the exit code; nothing else.

use std::process::ExitCode;

/// Answers of some tens of kilobytes come and go by the thousand: this allocator keeps their memory at hand.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    trialweave::cli::run()
}
