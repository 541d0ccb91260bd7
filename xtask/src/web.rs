//! Are the pages built from the sources that are here, and do their tests hold?
//!
//! Must not know: what the pages are. Stands on the scripts of `web/package.json`
//! (`build`, `lint`, `typecheck`, `test`, `size`, `e2e`) and on `web/scripts/stamp.mjs`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Outcome, lacking, run, succeeds};

/// Oldest Node that the build of the pages runs on.
const NODE: (u32, u32) = (20, 19);

fn folder() -> PathBuf {
    crate::root().join("web")
}

/// Builds the pages where what is built was made of other sources.
pub(crate) fn build() -> Outcome {
    let web = folder();
    if !web.join("package.json").is_file() {
        return Outcome::LeftOut("no pages here yet: no web/package.json".into());
    }
    if !has_script("build") {
        return Outcome::LeftOut("web/package.json has no script `build`".into());
    }
    if is_fresh(&web) {
        return Outcome::Done;
    }
    match install(&web) {
        Outcome::Done => run(npm(&web, &["run", "build"])),
        other => other,
    }
}

/// Whether what is built was built of the sources that are here; the pages know what they are made of.
fn is_fresh(web: &Path) -> bool {
    if missing_node().is_some() || !web.join("dist").join("index.html").is_file() {
        return false;
    }
    let mut check = Command::new("node");
    check.args(["scripts/stamp.mjs", "--check"]).current_dir(web);
    succeeds(check)
}

/// What a build of the server needs so that missing or stale pages end it; nothing where pages cannot be built.
pub(crate) fn require(command: &mut Command, pages: &Outcome) {
    if *pages == Outcome::Done && folder().join("package.json").is_file() {
        command.env("TW_WEB_PAGES", "require");
    }
}

/// Proves what a build does without pages: it is refused where they are required, and else gives a server that has its
/// API and a small page.
pub(crate) fn without() -> Outcome {
    let place = crate::target().join("without-pages");
    let (none, stale) = (place.join("none"), place.join("stale"));
    let files = [("index.html", "<!doctype html>"), ("graphiql.html", "<!doctype html>"), (".stamp", "0")];
    let made = std::fs::create_dir_all(&none).and_then(|()| std::fs::create_dir_all(&stale));
    let made = made.and_then(|()| files.iter().try_for_each(|(name, text)| std::fs::write(stale.join(name), text)));
    if let Err(why) = made {
        return Outcome::Failed(format!("cannot write {}: {why}", place.display()));
    }
    for (dist, said) in [(&none, "the pages are not built"), (&stale, "were made of other sources")] {
        let mut build = crate::cargo(&["check", "--quiet", "--locked", "--package", "trialweave-web"]);
        // A target of its own: what was compiled with the true pages stays good.
        build.env("TW_WEB_PAGES", "require").env("TW_WEB_DIST", dist).env("CARGO_TARGET_DIR", place.join("target"));
        let text = match build.output() {
            Ok(output) if output.status.success() => {
                return Outcome::Failed(format!("a build that requires pages took {}", dist.display()));
            }
            Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(why) => return Outcome::Failed(format!("cargo cannot run: {why}")),
        };
        if !text.contains(said) {
            return Outcome::Failed(format!("a build without good pages did not say \"{said}\":\n{text}"));
        }
    }
    let mut test = crate::cargo(&["test", "--locked", "--package", "trialweave", "--test", "it", "--", "http::"]);
    test.env("TW_WEB_DIST", none);
    run(test)
}

/// Runs a script of the pages' tests.
pub(crate) fn test(script: &str) -> Outcome {
    test_in(script, &[])
}

fn test_in(script: &str, environment: &[(&str, PathBuf)]) -> Outcome {
    let web = folder();
    if !web.join("package.json").is_file() {
        return Outcome::LeftOut("no pages here yet: no web/package.json".into());
    }
    if !has_script(script) {
        return lacking(format!("web/package.json has no script `{script}`"));
    }
    match install(&web) {
        Outcome::Done => {}
        other => return other,
    }
    let mut command = npm(&web, &["run", script]);
    command.env("TRIALWEAVE_BIN", crate::binary("debug")).envs(environment.iter().map(|(name, value)| (name, value)));
    run(command)
}

/// Runs the stories in a browser against the binary that the tests built.
pub(crate) fn browse() -> Outcome {
    let Some(browser) = browser() else {
        return lacking("no Chromium here: install one, or name it in CHROMIUM");
    };
    if !crate::binary("debug").is_file() {
        return Outcome::Failed("the tests built no binary to browse".into());
    }
    test_in("e2e", &[("CHROMIUM", browser)])
}

/// Runs the smoke stories in a place of their own that has no network but the machine itself.
pub(crate) fn browse_offline() -> Outcome {
    let Some(browser) = browser() else {
        return lacking("no Chromium here: install one, or name it in CHROMIUM");
    };
    let mut probe = Command::new("unshare");
    probe.args(["--net", "--map-root-user", "ip", "link", "set", "lo", "up"]);
    if !succeeds(probe) {
        // Containers often forbid it, and no package helps there.
        return Outcome::LeftOut("no place without a network can be made here: `unshare --net` or `ip` fails".into());
    }
    let mut command = Command::new("unshare");
    command.args(["--net", "--map-root-user", "sh", "-c", "ip link set lo up && exec npm run smoke"]);
    command.current_dir(folder()).env("CHROMIUM", browser).env("TRIALWEAVE_BIN", crate::binary("debug"));
    run(command)
}

/// The system's Chromium: what `CHROMIUM` names, else the first that is found where programs are.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// Installs what `package-lock.json` lists, where that is not what is there.
fn install(web: &Path) -> Outcome {
    if let Some(missing) = missing_node() {
        return lacking(missing);
    }
    let stamp = web.join("node_modules").join(".stamp");
    let mut mark = Mark::new();
    mark.file(web, &web.join("package-lock.json"));
    let mark = mark.text();
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == mark) {
        return Outcome::Done;
    }
    let mut ci = npm(web, &["ci", "--no-audit", "--no-fund"]);
    ci.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    match run(ci) {
        Outcome::Done => match std::fs::write(&stamp, mark) {
            Ok(()) => Outcome::Done,
            Err(why) => Outcome::Failed(format!("cannot write {}: {why}", stamp.display())),
        },
        Outcome::Failed(why) => lacking(format!("the packages of the pages cannot be installed: {why}")),
        left_out => left_out,
    }
}

fn npm(web: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(web);
    command
}

/// What keeps the pages from being built, in one line.
fn missing_node() -> Option<String> {
    let (major, minor) = NODE;
    let wanted =
        format!("the pages need Node {major}.{minor} or newer; without them the server has its API and a small page");
    let version = match Command::new("node").arg("--version").output() {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        _ => return Some(format!("no Node here: {wanted}")),
    };
    let mut numbers = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < NODE {
        return Some(format!("Node {version} is here: {wanted}"));
    }
    let mut version = npm(&folder(), &["--version"]);
    version.current_dir(crate::root());
    (!succeeds(version)).then(|| format!("no npm here: {wanted}"))
}

/// Whether `package.json` has a script. A text search is enough: scripts are the only place for such a key.
fn has_script(name: &str) -> bool {
    let text = std::fs::read_to_string(folder().join("package.json")).unwrap_or_default();
    let scripts = text.split_once("\"scripts\"").map_or("", |(_, rest)| rest);
    scripts.split_once('}').is_some_and(|(scripts, _)| scripts.contains(&format!("\"{name}\":")))
}

/// A running hash (FNV-1a) over names and contents.
struct Mark(u64);

impl Mark {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn file(&mut self, base: &Path, file: &Path) {
        let content = std::fs::read(file).unwrap_or_default();
        self.add(file.strip_prefix(base).unwrap_or(file).to_string_lossy().as_bytes());
        self.add(&(content.len() as u64).to_le_bytes());
        self.add(&content);
    }

    fn text(&self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_changes_with_the_content_alone() {
        let folder = std::env::temp_dir().join(format!("trialweave-xtask-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a");
        let mark = || {
            let mut mark = Mark::new();
            mark.file(&folder, &file);
            mark.text()
        };
        std::fs::write(&file, "1").unwrap();
        let before = mark();
        std::fs::write(&file, "1").unwrap();
        assert_eq!(mark(), before, "the time does not count");
        std::fs::write(&file, "2").unwrap();
        assert_ne!(mark(), before);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
