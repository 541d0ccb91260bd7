//! How is it shown how far a big dataset is read?
//!
//! On a terminal a bar with stage, rate and time left; elsewhere a line for each stage that took a second or more. Both
//! on standard error. Must not know: what the stages are.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use crate::dataset::Progress;

/// A stage shorter than this is not worth a line.
const WORTH_A_LINE: Duration = Duration::from_secs(1);

/// What is shown.
#[derive(Debug, Default)]
pub(super) struct Shown {
    stage: Mutex<Option<Stage>>,
}

#[derive(Debug)]
struct Stage {
    what: &'static str,
    begun: Instant,
    steps: u64,
    /// On a terminal.
    bar: Option<ProgressBar>,
}

impl Shown {
    /// The last stage is done.
    pub(super) fn done(&self) {
        if let Ok(mut stage) = self.stage.lock() {
            stage.take().into_iter().for_each(Stage::end);
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.done();
    }
}

impl Progress for Shown {
    fn stage(&self, what: &'static str, steps: u64) {
        self.done();
        let terminal = std::io::stderr().is_terminal();
        let bar = terminal.then(|| {
            let style = ProgressStyle::with_template("{msg:<24} {bar:30} {human_pos}/{human_len} {per_sec} {eta} left");
            let bar = ProgressBar::new(steps).with_message(what);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        if let Ok(mut stage) = self.stage.lock() {
            *stage = Some(Stage { what, begun: Instant::now(), steps, bar });
        }
    }

    fn step(&self, more: u64) {
        if let Ok(stage) = self.stage.lock()
            && let Some(bar) = stage.as_ref().and_then(|stage| stage.bar.as_ref())
        {
            bar.inc(more);
        }
    }
}

impl Stage {
    fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        let took = self.begun.elapsed();
        if took >= WORTH_A_LINE {
            let rate = (self.steps as f64 / took.as_secs_f64()) as u64;
            let (steps, rate) = (HumanCount(self.steps), HumanCount(rate));
            // Nobody is left to tell if that fails.
            let seconds = took.as_secs_f64();
            let _ = writeln!(std::io::stderr(), "{}: {steps} in {seconds:.1} s, {rate}/s", self.what);
        }
    }
}
