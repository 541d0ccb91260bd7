//! Where does the log go, and how does it look?
//!
//! One line per event on standard error; with the feature `otel`, spans of requests to an OpenTelemetry collector too.
//! Must not know: what is logged.

use tracing::Level;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::{Registry, fmt};

use super::settings::Settings;

/// Starts the log of this process. A runtime must be at hand.
///
/// # Errors
/// Where a setting is none that serves.
pub fn start(settings: &Settings) -> Result<(), String> {
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
    let mut layers = vec![lines];
    if !settings.otlp_endpoint.is_empty() {
        layers.push(collector(&settings.otlp_endpoint)?);
    }
    // A second log of one process is a test's; the first one goes on.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(layers));
    Ok(())
}

#[cfg(not(feature = "otel"))]
fn collector(_: &str) -> Result<Box<dyn Layer<Registry> + Send + Sync>, String> {
    Err("`otlp-endpoint`: this program is built without the feature otel".to_owned())
}

/// Sends spans to a collector, in batches.
#[cfg(feature = "otel")]
fn collector(endpoint: &str) -> Result<Box<dyn Layer<Registry> + Send + Sync>, String> {
    use opentelemetry::trace::TracerProvider as _;
    use opentelemetry_otlp::WithExportConfig as _;
    use opentelemetry_sdk::Resource;
    use opentelemetry_sdk::trace::SdkTracerProvider;
    use opentelemetry_sdk::trace::span_processor_with_async_runtime::BatchSpanProcessor;

    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_endpoint(endpoint)
        .build()
        .map_err(|why| format!("`otlp-endpoint`: {why}"))?;
    let batches = BatchSpanProcessor::builder(exporter, opentelemetry_sdk::runtime::Tokio).build();
    let resource = Resource::builder().with_service_name(env!("CARGO_PKG_NAME")).build();
    let provider = SdkTracerProvider::builder().with_resource(resource).with_span_processor(batches).build();
    let spans = tracing_opentelemetry::layer().with_tracer(provider.tracer(env!("CARGO_PKG_NAME")));
    opentelemetry::global::set_tracer_provider(provider);
    let only_ours = tracing_subscriber::filter::filter_fn(|metadata| {
        metadata.is_span() && metadata.target().starts_with(env!("CARGO_PKG_NAME"))
    });
    Ok(Box::new(spans.with_filter(only_ours)))
}
