//! Liveness and readiness, for people and orchestrators.

use axum::{Router, extract::State, routing::get};
use kith_sql_generated::queries::db::ping;

use super::problem::Problem;
use crate::app::App;

/// `/livez` and `/readyz`.
pub fn routes() -> Router<App> {
    Router::new().route("/livez", get(|| async { "ok\n" })).route("/readyz", get(ready))
}

/// Ready to serve: not stopping, and the database answers.
async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    if app.stopping().is_cancelled() {
        return Err(Problem::unavailable(anyhow::anyhow!("shutting down")));
    }
    let db = app.db().shared().await?;
    ping().bind(&*db).one().await?;
    Ok("ready\n")
}
