//! What does the operating system tell the process?
//!
//! Must not know: what is done then.

use tokio::sync::watch;

/// Is done once the server is told to stop.
pub(super) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // The server that is gone has stopped as well.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Is done when the process is asked to stop.
///
/// # Errors
/// Where signals cannot be listened for.
#[cfg(unix)]
pub fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Is done when the process is asked to stop.
///
/// # Errors
/// Never here.
#[cfg(not(unix))]
pub fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Tells of every SIGHUP: the data is to be loaded again.
///
/// # Errors
/// Where signals cannot be listened for.
#[cfg(unix)]
pub fn reload_signal() -> std::io::Result<tokio::signal::unix::Signal> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())
}

/// A signal that this system does not have.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct NoSignal;

#[cfg(not(unix))]
impl NoSignal {
    /// Never tells anything.
    pub async fn recv(&mut self) -> Option<()> {
        None
    }
}

/// There is no such signal here.
///
/// # Errors
/// Never here.
#[cfg(not(unix))]
pub fn reload_signal() -> std::io::Result<NoSignal> {
    Ok(NoSignal)
}
