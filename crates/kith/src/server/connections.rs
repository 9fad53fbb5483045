//! Connections: how many there may be, how long one may take to say what it wants, and how they end.
//!
//! A client that says nothing, or says it byte by byte, must not hold what others need.

use std::{
    convert::Infallible,
    io::ErrorKind,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo, response::Response};
use http::Request;
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tower::ServiceExt as _;

use crate::app::App;

/// Requests of one HTTP/2 connection at a time; browsers expect about a hundred (RFC 9113, section 6.5.2).
const STREAMS: u32 = 128;
/// How often a silent HTTP/2 connection is asked whether it is still there, and how long it may take to say so.
const PING_EVERY: Duration = Duration::from_secs(30);
const PING_PATIENCE: Duration = Duration::from_secs(10);
/// How long a connection waits for its next request: longer than proxies keep theirs (60 s is usual), so that it
/// is the proxy that closes, and no request meets a connection that is about to end.
const KEPT_ALIVE: Duration = Duration::from_secs(75);
/// Pause when no connection can be taken, usually for want of file descriptors.
const OUT_OF_RESOURCES: Duration = Duration::from_secs(1);

/// Serves `router` on at most `limit` connections at a time until shutdown, and then until the requests that
/// run have their answers. What was upgraded to a socket is the socket's handler's and is not waited for.
pub async fn serve(app: &App, listener: TcpListener, router: Router, limit: usize) {
    let slots = Arc::new(Semaphore::new(limit.clamp(1, Semaphore::MAX_PERMITS)));
    let (ending, stop) = (GracefulShutdown::new(), app.stopping());
    let patience = Duration::from_secs(app.config().http.head_seconds);
    let protocol = Protocol { http: http(), patience };
    loop {
        let next = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, accept(&listener).await)
        };
        let Some((slot, (stream, peer))) = stop.run_until_cancelled(next).await else { break };
        let connection = protocol.clone().serve(stream, peer, router.clone(), ending.watcher());
        app.spawn(async move {
            connection.await;
            drop(slot);
        });
    }
    drop(listener);
    ending.shutdown().await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // These are about the connection, not about the listener.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConnectionAborted
                        | ErrorKind::ConnectionRefused
                        | ErrorKind::ConnectionReset
                ) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken: raise the limit of open files");
                tokio::time::sleep(OUT_OF_RESOURCES).await;
            }
        }
    }
}

#[derive(Clone)]
struct Protocol {
    http: Builder<TokioExecutor>,
    patience: Duration,
}

fn http() -> Builder<TokioExecutor> {
    let mut http = Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new()).header_read_timeout(KEPT_ALIVE);
    http.http2()
        .timer(TokioTimer::new())
        .enable_connect_protocol()
        .max_concurrent_streams(STREAMS)
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(PING_PATIENCE);
    http
}

impl Protocol {
    async fn serve(self, stream: TcpStream, peer: SocketAddr, router: Router, watcher: Watcher) {
        // Frames are small and must not wait for more of their kind.
        if stream.set_nodelay(true).is_err() {
            return;
        }
        let has_asked = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&has_asked);
        let service = service_fn(move |request: Request<Incoming>| {
            asked.store(true, Ordering::Relaxed);
            answer(router.clone(), peer, request)
        });
        let connection = self.http.serve_connection_with_upgrades(TokioIo::new(stream), service);
        let mut connection = pin!(watcher.watch(connection));
        // The first request has less time than the next ones, and the protocols' own limits begin only when the
        // protocol is known.
        let outcome = match tokio::time::timeout(self.patience, &mut connection).await {
            Ok(outcome) => outcome,
            Err(_) if has_asked.load(Ordering::Relaxed) => connection.await,
            Err(_) => return,
        };
        if let Err(error) = outcome {
            tracing::debug!(error, "a connection ended early");
        }
    }
}

async fn answer(
    router: Router,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}
