//! `kith serve`, `worker`, `media-worker`: runs roles until a signal, then lets what runs come to its end.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use crate::{app::App, config::Config, db, jobs, server, start};

/// How long shutdown waits for requests and jobs.
const PATIENCE: Duration = Duration::from_secs(20);
const JOB_CONCURRENCY: usize = 4;

/// Roles of `kith serve`.
#[derive(Args)]
pub struct Arguments {
    /// Every role in this process: the API, the worker and photo processing.
    #[arg(long)]
    all: bool,
}

/// What this process does.
#[derive(Clone, Copy)]
pub struct Roles {
    api: bool,
    worker: bool,
    media: bool,
}

impl Roles {
    /// Background work only.
    pub const WORKER: Self = Self { api: false, worker: true, media: false };
    /// Photos only.
    pub const MEDIA: Self = Self { api: false, worker: false, media: true };

    /// The API, and everything else if asked for.
    pub fn of(arguments: &Arguments) -> Self {
        Self { api: true, worker: arguments.all, media: arguments.all }
    }
}

/// Runs until Ctrl-C or SIGTERM.
pub async fn run(config: Config, roles: Roles) -> anyhow::Result<()> {
    let started = start::start(config).await?;
    let app = started.app.clone();
    let outcome = run_roles(&app, &started.database_url, roles).await;
    app.shut_down(PATIENCE).await;
    started.stop().await?;
    outcome
}

async fn run_roles(app: &App, database_url: &str, roles: Roles) -> anyhow::Result<()> {
    if roles.worker || roles.media {
        let (worker, url, stop) = (app.clone(), database_url.to_owned(), app.stopping());
        app.spawn(async move {
            if let Err(error) = jobs::work(worker.clone(), &url, JOB_CONCURRENCY, stop).await {
                tracing::error!(error = db::causes(&error), "the worker ended");
                worker.stopping().cancel();
            }
        });
    }
    if roles.worker {
        server::spawn_background(app);
    }
    let metrics = serve_metrics(app).await?;
    if roles.api {
        let address = app.config().http.address;
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("{address} cannot be listened on"))?;
        let url = announced_url(app, listener.local_addr()?);
        let serving = app.spawn(server::serve(app.clone(), listener));
        announce(app, &url);
        tokio::select! {
            () = stop_signal() => {}
            ended = serving => ended??,
            () = app.stopping().cancelled_owned() => {}
        }
    } else {
        tokio::select! {
            () = stop_signal() => {}
            () = app.stopping().cancelled_owned() => {}
        }
    }
    metrics.abort();
    Ok(())
}

async fn serve_metrics(app: &App) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    let address = app.config().ops.address;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} cannot be listened on"))?;
    Ok(app.spawn(server::serve_operations(app.clone(), listener)))
}

fn announced_url(app: &App, bound: SocketAddr) -> String {
    match &app.config().public_url {
        Some(_) => app.public_origin().to_owned(),
        None => format!("http://{bound}"),
    }
}

#[expect(clippy::print_stdout, reason = "operators and scripts wait for this line")]
fn announce(app: &App, url: &str) {
    println!("kith is ready at {url}");
    if app.is_development() {
        println!("sign-in codes appear at {url}/dev (development mode)");
    }
}

async fn stop_signal() {
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
