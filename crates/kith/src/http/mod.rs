//! HTTP: extractors, problems, cross-cutting layers, and how the router is put together.
//!
//! It must never import a feature: features come in as a router.

pub mod auth;
pub mod etag;
pub mod extract;
pub mod health;
pub mod idempotency;
pub mod network;
pub mod page;
mod problem_pages;
pub mod range;
pub mod rate_limit;
pub mod reply;
pub mod request_id;
pub mod same_origin;
mod security_headers;
pub mod static_files;
mod telemetry;
mod tracked;

use std::time::Duration;

pub use crate::problem;

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath},
    middleware,
};
use http::{Extensions, HeaderMap, Method, StatusCode, Version, header};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{NotForContentType, Predicate as _, SizeAbove},
    },
};

use self::problem::{Kind, Problem};
use crate::app::App;

/// Bodies below this travel faster as they are.
const COMPRESS_ABOVE_BYTES: u64 = 1_024;

/// Routes that take bodies at the pace of a phone's network, and watch their progress themselves.
const UNHURRIED: &[&str] = &["/v1/uploads/{upload_id}/bytes"];
/// An address book of 10 MB at the pace of a phone's network, and reading it.
const LARGE_BODY: (&str, Duration) = ("/v1/contacts/import", Duration::from_mins(3));

/// Wraps the features' routes into the whole service.
pub fn service(app: &App, routes: Router<App>) -> Router {
    let limit = app.config().http.body_limit_bytes;
    let compression =
        CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest).compress_when(
            SizeAbove::new(COMPRESS_ABOVE_BYTES).and(NotForContentType::IMAGES).and(is_untagged),
        );
    let policy = security_headers::Policy::of(app);
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn(request_id::layer))
        .layer(middleware::from_fn(telemetry::layer))
        .layer(middleware::from_fn_with_state(policy, security_headers::layer))
        .layer(compression)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(app.clone(), rate_limit::layer))
        .layer(middleware::from_fn_with_state(app.clone(), deadline))
        .layer(middleware::from_fn_with_state(app.clone(), tracked::layer))
        .layer(DefaultBodyLimit::max(limit));
    routes
        .merge(health::routes())
        .merge(problem_pages::routes())
        .fallback(static_files::serve)
        .method_not_allowed_fallback(|method: Method| async move {
            Problem::new(Kind::MethodNotAllowed, format!("{method} is not offered here; see /docs"))
        })
        .layer(layers)
        .with_state(app.clone())
}

/// A strong ETag names bytes, and compression would send others under it. Tagged answers are single and small.
fn is_untagged(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ETAG)
}

fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> axum::response::Response {
    use axum::response::IntoResponse as _;
    Problem::internal(anyhow::anyhow!("a handler panicked")).into_response()
}

/// Answers 503 when a request takes too long. Unsafe ones go on in their own task.
async fn deadline(
    axum::extract::State(app): axum::extract::State<App>,
    request: axum::extract::Request,
    next: middleware::Next,
) -> axum::response::Response {
    use axum::response::IntoResponse as _;
    let path = request.extensions().get::<MatchedPath>();
    if path.is_some_and(|path| UNHURRIED.contains(&path.as_str())) {
        return next.run(request).await;
    }
    let usual = Duration::from_secs(app.config().http.timeout_seconds);
    let is_large = path.is_some_and(|path| path.as_str() == LARGE_BODY.0);
    let patience = if is_large { usual.max(LARGE_BODY.1) } else { usual };
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(elapsed) => Problem::unavailable(elapsed).into_response(),
    }
}
