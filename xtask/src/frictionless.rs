//! Does an independent tool find the data package sound?
//!
//! Takes `frictionless` where it is installed, and else installs it into a virtual environment under `target`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Outcome, lacking, run, succeeds};

const VERSION: &str = "5.21.0";

pub(crate) fn validate() -> Outcome {
    let program = match installed().map_or_else(install, Ok) {
        Ok(program) => program,
        Err(why) => return lacking(why),
    };
    let mut validate = Command::new(program);
    validate.args(["validate", "datapackage.json"]).current_dir(crate::root().join("data"));
    run(validate)
}

fn answers(program: &Path) -> bool {
    let mut version = Command::new(program);
    version.arg("--version");
    succeeds(version)
}

fn installed() -> Option<PathBuf> {
    [PathBuf::from("frictionless"), program_of(&environment(), "frictionless")].into_iter().find(|p| answers(p))
}

fn environment() -> PathBuf {
    crate::target().join(format!("frictionless-{VERSION}"))
}

fn program_of(environment: &Path, program: &str) -> PathBuf {
    match cfg!(windows) {
        true => environment.join("Scripts").join(format!("{program}.exe")),
        false => environment.join("bin").join(program),
    }
}

fn install() -> Result<PathBuf, String> {
    let environment = environment();
    let python = ["python3", "python"].into_iter().find(|p| answers(Path::new(p)));
    let python = python.ok_or("no Python is there to validate the package with frictionless")?;
    let mut create = Command::new(python);
    create.args(["-m", "venv"]).arg(&environment);
    if !succeeds(create) {
        return Err("Python cannot make a virtual environment (on Debian: apt-get install python3-venv)".into());
    }
    let mut pip = Command::new(program_of(&environment, "python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.arg(format!("frictionless=={VERSION}"));
    match run(pip) {
        Outcome::Failed(why) => Err(format!("frictionless cannot be installed: {why}")),
        _ => Ok(program_of(&environment, "frictionless")),
    }
}
