//! Serving: the public listener, the operations listener and what runs beside them.

mod connections;

use axum::{Router, extract::State, routing::get};
use tokio::net::TcpListener;

use crate::{
    app::App,
    features::{activity, uploads},
    http, jobs, openapi, realtime,
};

/// Scrapers that may ask at a time.
const OPERATIONS_CONNECTIONS: usize = 16;

/// The whole public service.
pub fn router(app: &App) -> Router {
    let (features, _) = crate::features::routes();
    http::service(
        app,
        features.merge(openapi::routes()).merge(crate::features::auth::inbox_routes()),
    )
}

/// Serves the public listener until shutdown, letting requests that run come to their end, and what sockets
/// and requests need beside them.
pub async fn serve(app: App, listener: TcpListener) -> anyhow::Result<()> {
    app.spawn(realtime::hub::run(app.clone(), app.stopping()));
    app.spawn(realtime::hub::watch(app.clone(), app.stopping()));
    app.spawn(activity::run(app.clone(), app.stopping()));
    app.spawn(uploads::views::run(app.clone(), app.stopping()));
    connections::serve(&app, listener, router(&app), app.config().http.max_connections).await;
    Ok(())
}

/// Serves `/metrics` until shutdown.
pub async fn serve_operations(app: App, listener: TcpListener) {
    let router = Router::new().route("/metrics", get(metrics)).with_state(app.clone());
    connections::serve(&app, listener, router, OPERATIONS_CONNECTIONS).await;
}

async fn metrics(State(_): State<App>) -> String {
    crate::telemetry::render_metrics()
}

/// Starts the leased singletons: the sequencer, consumers of the event log, scheduled tasks.
pub fn spawn_background(app: &App) {
    app.spawn(realtime::sequencer::run(app.clone(), app.stopping()));
    for consumer in crate::features::CONSUMERS {
        app.spawn(realtime::consumer::run(app.clone(), *consumer, app.stopping()));
    }
    app.spawn(jobs::schedule(app.clone(), app.stopping()));
}
