//! Drives one server with one operation and prints what it cost as one line of JSON.

pub mod compare;
pub mod connection;
mod load;
mod operation;
mod pictures;
pub mod processes;
mod tokens;

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, ensure};
use clap::Args;
use serde::Serialize;
use tokio::time::sleep;

use crate::database;
use load::{Load, Outcome, Pace};
use operation::{Operation, Target};
use processes::Tree;
use tokens::{Scheme, Signer};

/// What a request leaves behind (events, notifications) is part of its cost: so long it is waited for.
const SETTLING: Duration = Duration::from_millis(500);

/// So many pictures are asked for: a few hundred megabytes, which stay in the kernel's memory as those of today do.
const PICTURES: usize = 5_000;

/// Where a server is and how it knows people.
#[derive(Args, Clone)]
pub struct Server {
    /// `host:port`.
    #[arg(long, default_value = "127.0.0.1:8080")]
    address: String,
    /// How it signs its tokens.
    #[arg(long, value_enum, default_value = "kith")]
    scheme: Scheme,
    /// A file with its key: 64 hexadecimal digits.
    #[arg(long)]
    key_file: PathBuf,
    /// The public address that its tokens name.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    issuer: String,
}

/// What to measure.
#[derive(Args)]
pub struct Arguments {
    /// The database with the targets.
    #[arg(long, env = "DATABASE_URL")]
    database: String,
    #[command(flatten)]
    server: Server,
    /// What is asked for.
    #[arg(long, value_enum)]
    operation: Operation,
    /// Requests a second, as they come (open loop); without it as many as are answered (closed loop).
    #[arg(long)]
    rate: Option<f64>,
    /// Connections: the load of a closed loop, the most at once of an open one.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Seconds that are measured.
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Seconds before that.
    #[arg(long, default_value_t = 2.0)]
    warm_up: f64,
    /// Only people with nearly as many friends as anybody may have.
    #[arg(long)]
    large: bool,
    /// The folder in which the server keeps photos: `image` lays there what it asks for.
    #[arg(long, required_if_eq("operation", "image"))]
    photos: Option<PathBuf>,
    /// Chooses where in the list of targets to begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The server's process; its descendants count too.
    #[arg(long)]
    process: u32,
    /// PostgreSQL's first process.
    #[arg(long)]
    postgres: Option<u32>,
    /// Redis's process.
    #[arg(long)]
    redis: Option<u32>,
}

/// One line of the result. Times of people in milliseconds, of processors in microseconds per operation.
#[derive(Serialize)]
struct Figures {
    operation: String,
    rate: Option<f64>,
    connections: usize,
    is_large: bool,
    seconds: f64,
    operations: usize,
    errors: u64,
    per_second: f64,
    p50_ms: f64,
    p90_ms: f64,
    p99_ms: f64,
    p999_ms: f64,
    max_ms: f64,
    application_cpu_us: f64,
    postgres_cpu_us: Option<f64>,
    redis_cpu_us: Option<f64>,
    application_peak_kib: u64,
    application_pss_kib: u64,
}

/// Measures.
#[expect(clippy::print_stdout, reason = "the line of figures is the result")]
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut targets = targets(&arguments.database, &arguments.server, arguments.large).await?;
    if let Some(photos) =
        arguments.photos.as_ref().filter(|_| arguments.operation == Operation::Image)
    {
        targets.truncate(PICTURES);
        let client = database::connect(&arguments.database).await?;
        let posts: Vec<_> = targets.iter().map(Target::post).collect();
        let paths = pictures::lay(&client, photos, &posts).await?;
        for target in &mut targets {
            target.shows(&paths);
        }
    }
    let figures = measure(&arguments, &targets).await?;
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

async fn measure(arguments: &Arguments, targets: &[Target]) -> anyhow::Result<Figures> {
    let Arguments { operation, connections, seed, .. } = *arguments;
    let pace = arguments.rate.map_or(Pace::Closed, Pace::Open);
    let start = (seed as usize).wrapping_mul(7_919) % targets.len();
    let mut load = Load::new(&arguments.server.address, connections, targets, operation, start);
    if arguments.server.scheme == Scheme::Kith {
        // The other kind of server keeps nothing of a token.
        load.greet().await?;
    }
    load.phase(pace, Duration::from_secs_f64(arguments.warm_up), seed).await?;
    sleep(SETTLING).await;

    let trees = [Some(arguments.process), arguments.postgres, arguments.redis]
        .map(|process| process.map(Tree::of));
    let before = used(&trees)?;
    let outcome =
        load.phase(pace, Duration::from_secs_f64(arguments.seconds), seed.wrapping_add(1)).await?;
    sleep(SETTLING).await;
    let after = used(&trees)?;
    let operations = outcome.latencies.len();
    ensure!(operations > 0, "nothing was answered");
    let each = |index: usize| Some((after[index]? - before[index]?) as f64 / operations as f64);
    let application = Tree::of(arguments.process);
    let [p50_ms, p90_ms, p99_ms, p999_ms, max_ms] =
        [0.5, 0.9, 0.99, 0.999, 1.0].map(|part| quantile(&outcome, part));
    Ok(Figures {
        operation: format!("{operation:?}").to_lowercase(),
        rate: arguments.rate,
        connections,
        is_large: arguments.large,
        seconds: outcome.elapsed.as_secs_f64(),
        operations,
        errors: outcome.errors,
        per_second: operations as f64 / outcome.elapsed.as_secs_f64(),
        p50_ms,
        p90_ms,
        p99_ms,
        p999_ms,
        max_ms,
        application_cpu_us: each(0).unwrap_or_default(),
        postgres_cpu_us: each(1),
        redis_cpu_us: each(2),
        application_peak_kib: application.peak_resident()?,
        application_pss_kib: application.proportional()?,
    })
}

fn used(trees: &[Option<Tree>; 3]) -> anyhow::Result<[Option<u64>; 3]> {
    let mut used = [None; 3];
    for (used, tree) in used.iter_mut().zip(trees) {
        *used = tree.as_ref().map(Tree::cpu).transpose()?;
    }
    Ok(used)
}

/// In milliseconds; the latencies are sorted and there is one.
fn quantile(outcome: &Outcome, part: f64) -> f64 {
    let rank = (outcome.latencies.len() as f64 * part).ceil() as usize;
    f64::from(outcome.latencies[rank.max(1) - 1]) / 1000.0
}

/// Whom to ask for, each with a token.
async fn targets(database: &str, server: &Server, large: bool) -> anyhow::Result<Vec<Target>> {
    let client = database::connect(database).await?;
    let now = client.query_one("select extract(epoch from now())::bigint", &[]).await?.get(0);
    let secret = std::fs::read_to_string(&server.key_file)
        .with_context(|| format!("{} cannot be read", server.key_file.display()))?;
    let signer = Signer::new(server.scheme, &secret, &server.issuer, now)?;
    let statement =
        "select user_id, session_id, post_id from bench.targets where is_large = $1 order by n";
    let rows = client.query(statement, &[&large]).await.context("fill the database first")?;
    ensure!(!rows.is_empty(), "there are no such people in the database");
    Ok(rows.iter().map(|row| Target::new(&signer, row.get(0), row.get(1), row.get(2))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_ranks() {
        let latencies = (1..=1000).map(|milliseconds| milliseconds * 1000).collect();
        let outcome = Outcome { latencies, ..Outcome::default() };
        assert!((quantile(&outcome, 0.5) - 500.0).abs() < f64::EPSILON);
        assert!((quantile(&outcome, 0.99) - 990.0).abs() < f64::EPSILON);
        assert!((quantile(&outcome, 1.0) - 1000.0).abs() < f64::EPSILON);
    }
}
