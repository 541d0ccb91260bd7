//! Where does the log go, and how does it look?
//!
//! One line per event on standard error; with the feature `otel`, spans of requests to an OpenTelemetry collector too.
//! Must not know: what is logged.

use tracing::Level;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::{Registry, fmt};

use super::settings::Settings;

/// The log of this process.
#[derive(Debug)]
#[must_use = "what waits to be sent is sent when the log is ended"]
pub struct Log {
    #[cfg(feature = "otel")]
    spans: Option<opentelemetry_sdk::trace::SdkTracerProvider>,
}

impl Log {
    /// Sends the spans that wait. Blocks: call it outside of the runtime, while it still runs.
    pub fn end(self) {
        #[cfg(feature = "otel")]
        if let Some(Err(why)) = self.spans.map(|spans| spans.shutdown()) {
            tracing::warn!(%why, "some spans did not reach the collector");
        }
    }
}

/// Starts the log of this process. A runtime must be at hand.
///
/// # Errors
/// Where a setting is none that serves.
pub fn start(settings: &Settings) -> Result<Log, String> {
    let level: Level = settings
        .log_level
        .parse()
        .map_err(|_| format!("`log-level`: {:?} is none of error, warn, info, debug, trace", settings.log_level))?;
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match settings.log_format.as_str() {
        "human" => Box::new(lines.with_ansi(false).with_filter(LevelFilter::from_level(level))),
        "json" => Box::new(lines.json().flatten_event(true).with_filter(LevelFilter::from_level(level))),
        other => return Err(format!("`log-format`: {other:?} is neither human nor json")),
    };
    #[cfg(not(feature = "otel"))]
    let (layers, log) = if settings.otlp_endpoint.is_empty() {
        (vec![lines], Log {})
    } else {
        return Err("`otlp-endpoint`: this program is built without the feature otel".to_owned());
    };
    #[cfg(feature = "otel")]
    let (layers, log) = if settings.otlp_endpoint.is_empty() {
        (vec![lines], Log { spans: None })
    } else {
        let (spans, provider) = super::trace::collector(&settings.otlp_endpoint)?;
        (vec![lines, spans], Log { spans: Some(provider) })
    };
    // A second log of one process is a test's; the first one goes on.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(layers));
    Ok(log)
}
