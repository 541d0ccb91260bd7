//! How is the server started?
//!
//! Settings from defaults, file, environment and flags, in this order; then the runtime, the data and the server. Must
//! not know: how requests are answered.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use super::{BAD_USAGE, End, failed, load, print};
use crate::server::{Settings, log, run, stop_signal};

/// The settings given as flags. The flags are made from the table of settings.
#[derive(Debug, Clone, Default)]
pub(super) struct Flags(Vec<(&'static str, String)>);

impl Args for Flags {
    fn augment_args(mut command: Command) -> Command {
        for setting in Settings::table() {
            let mut arg = Arg::new(setting.key).long(setting.key).help(setting.what).action(ArgAction::Set);
            arg = match setting.is_switch {
                true => arg.num_args(0..=1).require_equals(true).default_missing_value("true").value_name("BOOL"),
                false => arg.value_name("VALUE"),
            };
            command = command.arg(arg.hide_short_help(setting.key != "listen" && setting.key != "watch"));
        }
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |key| matches.get_one::<String>(key).map(|value| (key, value.clone()));
        Ok(Self(Settings::table().into_iter().filter_map(|s| given(s.key)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// What `serve` is told.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Folder of the data package, or a snapshot file; the bundled data where left out.
    data: Option<PathBuf>,
    /// Configuration file (TOML); the variable `TRIALWEAVE_CONFIG` names one as well.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Print the settings in force as a configuration file, and end.
    #[arg(long)]
    print_config: bool,
    #[command(flatten)]
    flags: Flags,
}

impl Serve {
    fn settings(&self) -> Result<Settings, End> {
        let wrong = |errors: Vec<String>| End { code: BAD_USAGE, message: errors.join("\n") };
        let mut settings = Settings::default();
        let file = self.config.clone().or_else(|| std::env::var_os("TRIALWEAVE_CONFIG").map(PathBuf::from));
        if let Some(file) = file {
            let text = std::fs::read_to_string(&file)
                .map_err(|why| failed(format!("cannot read the configuration {}: {why}", file.display())))?;
            settings
                .read_toml(&text)
                .map_err(|errors| wrong(errors.into_iter().map(|e| format!("{}: {e}", file.display())).collect()))?;
        }
        let variables = std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)));
        settings.read_environment(variables).map_err(wrong)?;
        for (key, value) in &self.flags.0 {
            settings.set(key, value).map_err(|why| wrong(vec![format!("--{why}")]))?;
        }
        Ok(settings)
    }

    pub(super) fn run(self) -> Result<(), End> {
        let settings = self.settings()?;
        if self.print_config {
            return print(&settings.to_toml());
        }
        let runtime = runtime(&settings)?;
        let log = {
            let _here = runtime.enter();
            log::start(&settings).map_err(|message| End { code: BAD_USAGE, message })?
        };
        let data = self.data.clone();
        let loader = Arc::new(move || load(data.as_deref()));
        let snapshot = loader()?;
        let folder = self.data.clone().or_else(super::beside);
        let done = runtime.block_on(async {
            let stop = stop_signal().map_err(|why| failed(format!("cannot listen for signals: {why}")))?;
            let release = snapshot.release().to_owned();
            let ready = |address: &str| {
                let _ = print(&format!("Trialweave serves release {release} on {address}"));
            };
            let load = Arc::new(move || loader().map_err(|end| end.message));
            run(settings, snapshot, load, folder, stop, ready).await.map_err(failed)
        });
        log.end();
        runtime.shutdown_timeout(std::time::Duration::from_secs(1));
        done
    }
}

/// For what belongs to no connection: listening, signals, reloads. Those who speak to clients have threads of their own.
fn runtime(settings: &Settings) -> Result<tokio::runtime::Runtime, End> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_stack_size(settings.stack_bytes as usize)
        .max_blocking_threads(settings.blocking_threads())
        .enable_all()
        .build()
        .map_err(|why| failed(format!("cannot start the runtime: {why}")))
}
