//! Logs and metrics of this process.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::{
    EnvFilter,
    filter::{LevelFilter, Targets},
    fmt,
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

use crate::config::{Config, Environment};

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// What is told unless `KITH_LOG` says otherwise: libraries speak of what worries them.
const QUIET: &str = "info,graphile_worker=warn,refinery_core=warn,tokio_postgres=warn";

/// Upper bounds of request and job durations, in seconds.
const SECONDS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Installs logs (standard error: text in development, JSON elsewhere) and the metrics recorder.
pub fn install(config: &Config) -> anyhow::Result<()> {
    let wanted = EnvFilter::try_from_env("KITH_LOG").unwrap_or_else(|_| EnvFilter::new(QUIET));
    let silent = without_parameters(&wanted);
    let registry = tracing_subscriber::registry().with(wanted).with(silent);
    match config.environment() {
        Environment::Development => {
            registry.with(fmt::layer().with_writer(std::io::stderr)).try_init()?;
        }
        Environment::Production => {
            registry.with(fmt::layer().json().with_writer(std::io::stderr)).try_init()?;
        }
    }
    let handle = PrometheusBuilder::new().set_buckets(SECONDS)?.install_recorder()?;
    METRICS.get_or_init(|| handle);
    Ok(())
}

/// Keeps libraries below debug whatever is wanted: there they tell numbers, mails and parameters of statements.
fn without_parameters(wanted: &EnvFilter) -> Targets {
    let wanted = wanted.max_level_hint().unwrap_or(LevelFilter::TRACE);
    Targets::new()
        .with_default(wanted.min(LevelFilter::INFO))
        .with_target("rlibphonenumber", LevelFilter::OFF)
        .with_target("kith", wanted)
}

/// The metrics as Prometheus text.
pub fn render_metrics() -> String {
    METRICS.get().map(PrometheusHandle::render).unwrap_or_default()
}
