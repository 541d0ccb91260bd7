//! Here is a folder: give me records that I can trust, or every reason not to.
//!
//! Must not know: the graph, indexes, GraphQL. This room alone knows file names, columns, line numbers and the rules
//! that lead from printed text to value. A record passes through it in the order of these modules:
//! `files` (bytes) → `table` (lines) → `raw` (records of one line) → `validate` (they fit together) → `normalise`
//! (printed text has a value) → `resolve` (rows of several sources become one trial) → `assemble` → `release`.
//!
//! ```no_run
//! match trialweave::dataset::from_dir(std::path::Path::new("data")) {
//!     Ok(dataset) => println!("{} trials, release {}", dataset.trials.len(), dataset.release),
//!     Err(problems) => eprintln!("{problems}"),
//! }
//! ```

mod assemble;
mod bulk;
mod cell;
mod files;
mod layout;
mod normalise;
mod problem;
mod progress;
mod raw;
mod release;
mod resolve;
mod table;
mod validate;

use std::path::Path;

use crate::domain::Dataset;

pub use bulk::{Bulk, Sent};
pub use files::{DiskFiles, EmbeddedFiles, Files};
pub use layout::columns;
pub use problem::{Problem, Problems};
pub use progress::{Progress, Unseen};

/// Reads a data package.
///
/// # Errors
/// Every problem of the package, not only the first.
pub fn load(folder: &dyn Files) -> Result<Dataset, Problems> {
    let mut problems = Problems::default();
    let raw = raw::read(folder, raw::Extent::Whole, &mut problems);
    validate::validate(&raw, &|_, _| false, &mut problems);
    if !problems.is_empty() {
        problems.sort();
        return Err(problems);
    }
    let mut dataset = assemble::assemble(raw);
    dataset.release = release::release(&dataset);
    Ok(dataset)
}

/// Reads a data package from a directory on disk.
///
/// # Errors
/// Every problem of the package; a directory that is missing is one.
pub fn from_dir(root: &Path) -> Result<Dataset, Problems> {
    if !root.is_dir() {
        let mut problems = Problems::default();
        problems.file(&root.to_string_lossy(), "there is no such directory", "give the path of a data package");
        return Err(problems);
    }
    load(&DiskFiles::new(root))
}

/// Reads a data package that is compiled into the binary.
///
/// # Errors
/// Every problem of the package.
pub fn from_embedded(root: &include_dir::Dir<'_>) -> Result<Dataset, Problems> {
    load(&EmbeddedFiles::new(root))
}

static BUNDLED: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/data");

/// The files of the data package that is part of the program.
#[must_use]
pub fn bundled_files() -> impl Files + Sync {
    EmbeddedFiles::new(&BUNDLED)
}

/// Loads the data package that is part of the program.
///
/// # Errors
/// As [`load`]; the bundled data is checked by tests.
pub fn bundled() -> Result<Dataset, Problems> {
    from_embedded(&BUNDLED)
}
