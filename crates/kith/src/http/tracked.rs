//! Unsafe requests run to their end: a client that goes away cannot cut a handler between begin and commit.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{problem::Problem, request_id};
use crate::app::App;

/// Runs handlers of unsafe methods in a task of their own.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let id = request_id::current();
    match app.spawn(request_id::carry(id, next.run(request))).await {
        Ok(response) => response,
        Err(error) => Problem::internal(error).into_response(),
    }
}
