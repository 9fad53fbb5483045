//! Serving: the public listener, the operations listener and what runs beside them.

use std::net::SocketAddr;

use axum::{Router, extract::State, routing::get, serve::ListenerExt as _};
use tokio::net::TcpListener;

use crate::{app::App, features::activity, http, jobs, openapi, realtime};

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
    // Frames are small and must not wait for more of their kind.
    let listener = listener.tap_io(|stream| {
        if stream.set_nodelay(true).is_err() {
            tracing::debug!("a connection went away at once");
        }
    });
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(app.stopping().cancelled_owned()).await?;
    Ok(())
}

/// Serves `/metrics` until shutdown.
pub async fn serve_operations(app: App, listener: TcpListener) {
    let router = Router::new().route("/metrics", get(metrics)).with_state(app.clone());
    if let Err(error) =
        axum::serve(listener, router).with_graceful_shutdown(app.stopping().cancelled_owned()).await
    {
        tracing::error!(%error, "the metrics listener ended");
    }
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
