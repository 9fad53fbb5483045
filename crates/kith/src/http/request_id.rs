//! Request ids: echoed when the client sent a valid one, made here otherwise, known to everything that
//! runs for the request. They identify, they never authorise.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderName, HeaderValue};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task works for; empty outside of one.
pub fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Runs `future` as part of the current request, for work moved to another task.
pub async fn carry<F: Future>(id: String, future: F) -> F::Output {
    CURRENT.scope(id, future).await
}

/// Gives every request its id and every answer the header.
pub async fn layer(request: Request, next: Next) -> Response {
    let id = request
        .headers()
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|value| is_valid(value))
        .map_or_else(fresh, str::to_owned);
    let mut response = CURRENT.scope(id.clone(), next.run(request)).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// An id that only has to differ from others: it identifies and authorises nothing.
#[expect(
    clippy::disallowed_methods,
    reason = "no test depends on it, and layers know no application"
)]
fn fresh() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// 8 to 64 characters that are safe in any log.
fn is_valid(value: &str) -> bool {
    (8..=64).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
