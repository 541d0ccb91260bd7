//! Where do the bytes of a data file come from: a directory on disk, or the binary itself?
//!
//! Must not know: what stands in a file, or which files a data package has.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

/// A folder of data files. Paths are relative to it and use `/`.
pub trait Files {
    /// The name of the folder as it shall stand in messages, e.g. `data`.
    fn name(&self) -> &str;

    /// The bytes of a file; none where there is no such file.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    fn read(&self, path: &str) -> io::Result<Option<Cow<'_, [u8]>>>;

    /// The paths of all files, sorted.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    fn list(&self) -> io::Result<Vec<String>>;
}

/// A directory on disk.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
    name: String,
}

impl DiskFiles {
    /// The files under this directory.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        let name = root.to_string_lossy().trim_end_matches('/').to_owned();
        Self { root: root.to_owned(), name }
    }

    fn walk(&self, folder: &str, depth: u8, found: &mut Vec<String>) -> io::Result<()> {
        for entry in std::fs::read_dir(self.root.join(folder))? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path = if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") };
            // Links are followed on purpose (Kubernetes mounts data through them); the depth bounds a circle of them.
            if entry.path().is_dir() {
                if depth > 0 {
                    self.walk(&path, depth - 1, found)?;
                }
            } else {
                found.push(path);
            }
        }
        Ok(())
    }
}

impl Files for DiskFiles {
    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'_, [u8]>>> {
        match std::fs::read(self.root.join(path)) {
            Ok(bytes) => Ok(Some(Cow::Owned(bytes))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn list(&self) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        self.walk("", 3, &mut found)?;
        found.sort();
        Ok(found)
    }
}

/// Files compiled into the binary.
#[derive(Debug, Clone)]
pub struct EmbeddedFiles<'a> {
    root: &'a include_dir::Dir<'a>,
}

impl<'a> EmbeddedFiles<'a> {
    /// The files of this embedded directory.
    #[must_use]
    pub const fn new(root: &'a include_dir::Dir<'a>) -> Self {
        Self { root }
    }
}

impl Files for EmbeddedFiles<'_> {
    fn name(&self) -> &'static str {
        "data"
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'_, [u8]>>> {
        Ok(self.root.get_file(path).map(|file| Cow::Borrowed(file.contents())))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        fn walk(folder: &include_dir::Dir<'_>, found: &mut Vec<String>) {
            found.extend(folder.files().map(|file| file.path().to_string_lossy().replace('\\', "/")));
            folder.dirs().for_each(|inner| walk(inner, found));
        }
        let mut found = Vec::new();
        walk(self.root, &mut found);
        found.sort();
        Ok(found)
    }
}
