//! What several test modules need: datasets in memory, golden files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use trialweave::dataset::Files;

/// A path of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A data package in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct MemoryFiles(pub(crate) BTreeMap<String, Vec<u8>>);

impl MemoryFiles {
    /// A copy of a directory of the repository.
    pub(crate) fn of(path: &str) -> Self {
        let mut files = Self::default();
        files.overlay(&repository(path));
        files
    }

    /// The smallest dataset that uses every file.
    pub(crate) fn tiny() -> Self {
        Self::of("tests/datasets/tiny")
    }

    /// Adds or replaces files by those of a directory. A file `name.absent` takes `name` away.
    pub(crate) fn overlay(&mut self, root: &Path) {
        fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
            let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
            for entry in entries {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(root, &path, files);
                    continue;
                }
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                match name.strip_suffix(".absent") {
                    Some(gone) => drop(files.remove(gone)),
                    None => drop(files.insert(name, std::fs::read(&path).unwrap())),
                }
            }
        }
        walk(root, root, &mut self.0);
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.0[path].clone()).unwrap()
    }

    /// Replaces a text in a file, in which it must stand.
    pub(crate) fn replace(&mut self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path} does not contain {from}");
        self.0.insert(path.to_owned(), text.replace(from, to).into_bytes());
    }
}

impl Files for MemoryFiles {
    fn name(&self) -> &str {
        "data"
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'_, [u8]>>> {
        Ok(self.0.get(path).map(|bytes| Cow::Borrowed(bytes.as_slice())))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }
}

/// Compares a text with a golden file; with `BLESS=1` in the environment the file is written instead.
pub(crate) fn golden(path: &Path, actual: &str) {
    if std::env::var_os("BLESS").is_some_and(|v| v == "1") {
        std::fs::write(path, actual).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(expected == actual, "{} differs (BLESS=1 rewrites it); now:\n{actual}", path.display());
}
