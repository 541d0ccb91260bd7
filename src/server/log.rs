//! Where does the log go, and how does it look?
//!
//! One line per event on standard error. Must not know: what is logged.

use tracing::Level;
use tracing_subscriber::fmt;

use super::settings::Settings;

/// Starts the log of this process.
///
/// # Errors
/// Where the level or the format is none.
pub fn start(settings: &Settings) -> Result<(), String> {
    let level: Level = settings
        .log_level
        .parse()
        .map_err(|_| format!("`log-level`: {:?} is none of error, warn, info, debug, trace", settings.log_level))?;
    let log = fmt().with_max_level(level).with_writer(std::io::stderr);
    // A second log of one process is a test's; the first one goes on.
    match settings.log_format.as_str() {
        "human" => drop(tracing::subscriber::set_global_default(log.with_ansi(false).finish())),
        "json" => drop(tracing::subscriber::set_global_default(log.json().flatten_event(true).finish())),
        other => return Err(format!("`log-format`: {other:?} is neither human nor json")),
    }
    Ok(())
}
