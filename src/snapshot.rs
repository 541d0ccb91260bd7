//! What is one release?
//!
//! The hinge of the house: everything left of it (`dataset`, `graph`, `index`) runs once per release, everything right
//! of it only reads. Must not know: requests, answers, the wire.

mod file;

use std::path::Path;
use std::sync::Arc;

use crate::dataset::{self, Bulk, DiskFiles, Files, Problems, Progress, Unseen};
use crate::domain::{Dataset, Rule};
use crate::graph::{Builder, Graph};
use crate::index::Index;

pub use file::Refused;

/// One immutable release of the data, ready to answer.
#[derive(Debug)]
pub struct Snapshot {
    release: String,
    title: String,
    version: String,
    rules: Vec<Rule>,
    graph: Arc<Graph>,
    index: Index,
}

impl Snapshot {
    /// Reads a data package from a folder and builds the release: the only caller of the stages.
    ///
    /// # Errors
    /// All problems of the data, each with file, line, column, cause and fix.
    pub fn load(folder: &Path) -> Result<Self, Problems> {
        Self::load_seen(folder, &Unseen)
    }

    /// As [`Snapshot::load`]; `progress` is told how far it is.
    ///
    /// # Errors
    /// As [`Snapshot::load`].
    pub fn load_seen(folder: &Path, progress: &dyn Progress) -> Result<Self, Problems> {
        on_threads_of_its_own(|| Self::quickly(&DiskFiles::new(folder), progress))
            .map_or_else(|| dataset::from_dir(folder).map(|d| Self::build(&d)), Ok)
    }

    /// Builds the release from the data package that is part of the program.
    ///
    /// # Errors
    /// As [`Snapshot::load`]; the bundled data is checked by tests.
    pub fn bundled() -> Result<Self, Problems> {
        Self::quickly(&dataset::bundled_files(), &Unseen)
            .map_or_else(|| dataset::bundled().map(|d| Self::build(&d)), Ok)
    }

    /// Reads and builds on all cores, without the records of the package in memory; none where the package is not sound,
    /// or may not be. The release is the same that [`Snapshot::build`] builds from the records.
    #[must_use]
    pub fn quickly(files: &(dyn Files + Sync), progress: &dyn Progress) -> Option<Self> {
        let bulk = Bulk::open(files, progress)?;
        let data = bulk.dataset().clone();
        let mut builder = Builder::new(&data);
        let sent = bulk.send(&mut builder, progress)?;
        progress.stage("joining", 2);
        let graph = builder.finish(sent.trial_references, sent.reference_citations);
        progress.step(1);
        Some(Self::new(&data, sent.release, graph))
    }

    /// Builds the release from trusted records.
    #[must_use]
    pub fn build(data: &Dataset) -> Self {
        Self::new(data, data.release.clone(), Graph::build(data))
    }

    fn new(data: &Dataset, release: String, graph: Graph) -> Self {
        let graph = Arc::new(graph);
        let index = Index::build(&graph);
        Self {
            release,
            title: data.title.clone(),
            version: data.version.clone(),
            rules: data.rules.clone(),
            graph,
            index,
        }
    }

    /// Builds what is otherwise built at first use (names, text index), so that no request waits for it. Meant for a
    /// thread of its own once the release is live.
    pub fn warm(&self) {
        on_threads_of_its_own(|| self.index.warm(&self.graph));
    }

    /// Name of the release: a hash of its content.
    #[must_use]
    pub fn release(&self) -> &str {
        &self.release
    }

    /// Title of the data package.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Version of the data package, as its authors count.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Rules that pick the shown values.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The look-up tables.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }
}

/// Does work that many cores share on threads that end with it: what the allocator keeps at hand for each of them goes
/// back to the system, and a server does not hold for good what it needed once to read its data.
fn on_threads_of_its_own<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().build() {
        Ok(threads) => threads.install(work),
        // Without threads of its own, on those that are there.
        Err(_) => work(),
    }
}
