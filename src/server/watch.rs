//! Have the files of the data changed?
//!
//! Tells once they have been quiet for a while, so that half-written data is not read. Must not know: what the files
//! hold, what is done then.

use std::path::Path;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Watches a folder; ends when dropped.
#[derive(Debug)]
pub(super) struct Changes {
    seen: mpsc::Receiver<()>,
    quiet: Duration,
    _watcher: RecommendedWatcher,
}

impl Changes {
    /// Begins to watch.
    ///
    /// # Errors
    /// Where the operating system cannot.
    pub(super) fn of(folder: &Path, quiet: Duration) -> Result<Self, String> {
        let (tell, seen) = mpsc::channel(1);
        let on_event = move |event: notify::Result<notify::Event>| {
            // A full channel says "changed" already. Reading the files is no change.
            if !event.is_ok_and(|e| matches!(e.kind, EventKind::Access(_))) {
                let _ = tell.try_send(());
            }
        };
        let cannot = |why| format!("cannot watch {}: {why}", folder.display());
        let mut watcher = notify::recommended_watcher(on_event).map_err(cannot)?;
        watcher.watch(folder, RecursiveMode::Recursive).map_err(cannot)?;
        Ok(Self { seen, quiet, _watcher: watcher })
    }

    /// Is done when files changed and have been quiet since.
    pub(super) async fn next(&mut self) -> Option<()> {
        self.seen.recv().await?;
        while let Ok(seen) = timeout(self.quiet, self.seen.recv()).await {
            seen?;
        }
        Some(())
    }
}
