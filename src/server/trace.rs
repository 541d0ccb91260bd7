//! Which span stands for a request, and how do spans reach a collector?
//!
//! With the feature `otel`: a span per request, under the span that the head of the request names (`traceparent`, as W3C
//! has it), sent in batches; what waits is sent when the program ends. Must not know: what was asked.

use axum::http::HeaderMap;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{TraceContextExt as _, TracerProvider as _};
use opentelemetry_otlp::WithExportConfig as _;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use opentelemetry_sdk::trace::span_processor_with_async_runtime::BatchSpanProcessor;
use tracing::field::Empty;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::Registry;
use tracing_subscriber::layer::Layer;

/// A layer of the log.
pub(super) type Spans = Box<dyn Layer<Registry> + Send + Sync>;

/// Sends spans to a collector, in batches; what makes the spans, for the end.
pub(super) fn collector(endpoint: &str) -> Result<(Spans, SdkTracerProvider), String> {
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_endpoint(endpoint)
        .build()
        .map_err(|why| format!("`otlp-endpoint`: {why}"))?;
    let batches = BatchSpanProcessor::builder(exporter, opentelemetry_sdk::runtime::Tokio).build();
    let resource = Resource::builder().with_service_name(env!("CARGO_PKG_NAME")).build();
    let provider = SdkTracerProvider::builder().with_resource(resource).with_span_processor(batches).build();
    let spans = tracing_opentelemetry::layer().with_tracer(provider.tracer(env!("CARGO_PKG_NAME")));
    let only_ours = tracing_subscriber::filter::filter_fn(|metadata| {
        metadata.is_span() && metadata.target().starts_with(env!("CARGO_PKG_NAME"))
    });
    Ok((Box::new(spans.with_filter(only_ours)), provider))
}

/// The span of a request.
pub(super) fn span(method: &axum::http::Method, path: &str, headers: &HeaderMap) -> tracing::Span {
    let span = tracing::info_span!(
        "request",
        otel.kind = "server",
        http.request.method = %method,
        url.path = path,
        http.response.status_code = Empty,
        graphql.operation.name = Empty,
    );
    let above = TraceContextPropagator::new().extract(&Head(headers));
    if above.span().span_context().is_valid() {
        // Refused where no collector listens: then there is no span to set it on.
        let _ = span.set_parent(above);
    }
    span
}

/// The head of a request, as the propagator reads it.
struct Head<'a>(&'a HeaderMap);

impl Extractor for Head<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(|name| name.as_str()).collect()
    }
}
