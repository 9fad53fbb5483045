//! One span, one count and one duration per request. Route templates only: paths hold ids, queries hold
//! signatures, and neither belongs in a log.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use tracing::Instrument as _;

use super::request_id;

/// Measures and traces a request.
pub async fn layer(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |p| p.as_str().to_owned());
    let method = request.method().clone();
    let span = tracing::info_span!("request", id = request_id::current(), %method, route);
    let started = Instant::now();
    let response = next.run(request).instrument(span).await;
    let labels = [
        ("method", method.to_string()),
        ("route", route),
        ("status", response.status().as_u16().to_string()),
    ];
    metrics::histogram!("kith_http_request_seconds", &labels)
        .record(started.elapsed().as_secs_f64());
    response
}
