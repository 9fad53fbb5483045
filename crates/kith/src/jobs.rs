//! Background work behind three functions: a job is asked for inside a transaction, handled by a feature,
//! or scheduled. PostgreSQL is the queue; only this module knows which library works it.
//!
//! Handlers run at least once and must be idempotent. Never one job per recipient.

use std::{collections::HashMap, path::Path, pin::Pin, time::Duration};

use deadpool_postgres::Object;
use graphile_worker::{
    IntoTaskHandlerResult, TaskHandler, WorkerContext, WorkerOptions,
    tokio_postgres::TokioPostgresDatabase,
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    db::{Database, lease},
    problem::Problem,
};

/// How often the queue looks for jobs that it was not told of: those to be tried again later.
const LOOK_TOLD: Duration = Duration::from_secs(2);
/// How often where it is told of none: its library listens on plain connections only.
const LOOK_UNTOLD: Duration = Duration::from_millis(250);
/// When a process looks for the first time whether a scheduled task is due: after the start has calmed down.
const FIRST_LOOK: Duration = Duration::from_secs(30);
/// How often it looks after that. A look that finds nothing is one statement.
const LOOK_EVERY: Duration = Duration::from_mins(5);

/// Work asked for; see [`crate::db::Tx::enqueue`].
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Which handler does it: `images.process`.
    pub task: &'static str,
    /// What it is about: ids only, never text of people.
    pub payload: Value,
    /// Jobs with the same key are one job.
    pub key: Option<String>,
    /// How often it is tried before it stays in the table as failed.
    pub max_attempts: i32,
}

impl NewJob {
    /// A job that is tried often enough to outlast an outage of hours.
    pub fn new(task: &'static str, payload: Value) -> Self {
        Self { task, payload, key: None, max_attempts: 25 }
    }

    /// Makes it one with every waiting job of that key.
    #[must_use]
    pub fn keyed(mut self, key: String) -> Self {
        self.key = Some(key);
        self
    }
}

/// The future of a handler.
pub type Work = Pin<Box<dyn Future<Output = Result<(), Problem>> + Send>>;

/// What a feature does for a task.
pub type Handler = fn(App, Value) -> Work;

/// A task of a feature, named in its registry entry.
#[derive(Clone, Copy)]
pub struct Task {
    /// The name that jobs carry.
    pub name: &'static str,
    /// What runs.
    pub handler: Handler,
    /// Where set, the task also runs by itself this often, on one node at a time; see [`schedule`].
    pub every: Option<Duration>,
}

/// Writes the jobs of a transaction.
pub async fn write(db: &Object, jobs: &[NewJob]) -> Result<(), Problem> {
    for job in jobs {
        let payload = serde_json::json!({ "task": job.task, "payload": job.payload }).to_string();
        db.execute(ADD_JOB, &[&Dispatch::IDENTIFIER, &payload, &job.max_attempts, &job.key])
            .await?;
    }
    Ok(())
}

const ADD_JOB: &str = "select graphile_worker.add_job(identifier := $1::text, payload := $2::text::json, \
     max_attempts := $3::integer, job_key := $4::text)";

/// How a keyed job stands that has not succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It runs, or waits to be tried.
    Open,
    /// It has failed as often as it may, and is not tried again.
    Exhausted,
}

/// How the jobs with these keys stand. One that is missing has succeeded, or was lost.
pub async fn fates(app: &App, keys: &[String]) -> Result<HashMap<String, Fate>, Problem> {
    let rows = app.db().pooled().await?.query(FATES, &[&keys]).await?;
    let fate = |is_exhausted| if is_exhausted { Fate::Exhausted } else { Fate::Open };
    Ok(rows.iter().map(|row| (row.get(0), fate(row.get(1)))).collect())
}

/// Whether any job runs, or is due.
pub async fn is_any_open(app: &App) -> Result<bool, Problem> {
    Ok(app.db().pooled().await?.query_one(IS_ANY_OPEN, &[]).await?.get(0))
}

const IS_ANY_OPEN: &str = "select exists (select from graphile_worker.jobs \
     where locked_at is not null or (run_at <= now() and attempts < max_attempts))";

const FATES: &str = "select key, locked_at is null and attempts >= max_attempts \
     from graphile_worker.jobs where key = any($1)";

/// The one job type known to the queue's library; the task inside says which feature's handler runs.
#[derive(serde::Deserialize, serde::Serialize)]
struct Dispatch {
    task: String,
    payload: Value,
}

impl TaskHandler for Dispatch {
    const IDENTIFIER: &'static str = "kith";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let Some(app) = context.extensions().get::<App>() else {
            return Err("the application is missing from the worker".to_owned());
        };
        run_one(app, &self.task, self.payload).await.map_err(|problem| describe(&problem))
    }
}

/// What the queue keeps about a failure: never text of people.
fn describe(problem: &Problem) -> String {
    match problem.source() {
        Some(source) => format!("{}: {source:#}", problem.kind().slug()),
        None => problem.kind().slug().to_owned(),
    }
}

/// Runs one job now.
pub async fn run_one(app: &App, task: &str, payload: Value) -> Result<(), Problem> {
    let task = crate::features::tasks()
        .find(|known| known.name == task)
        .ok_or_else(|| Problem::internal(anyhow::anyhow!("no handler for the job {task}")))?;
    run_task(app, &task, payload).await
}

async fn run_task(app: &App, task: &Task, payload: Value) -> Result<(), Problem> {
    let outcome = (task.handler)(app.clone(), payload).await;
    let result = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("kith_jobs_total", "task" => task.name, "result" => result).increment(1);
    outcome
}

/// The queue's own connections. Notices of new jobs reach it on plain ones only, see [`work`].
fn connections(
    database_url: &str,
    size: usize,
    ca_file: Option<&Path>,
) -> Result<(TokioPostgresDatabase, Duration), anyhow::Error> {
    let database = Database::open(database_url, size, ca_file)?;
    if database.is_encrypted() {
        return Ok((database.pool().clone().into(), LOOK_UNTOLD));
    }
    Ok((TokioPostgresDatabase::from_url(database_url, size)?, LOOK_TOLD))
}

/// Installs or updates the queue's own tables.
pub async fn migrate(database_url: &str, ca_file: Option<&Path>) -> Result<(), anyhow::Error> {
    let (database, _) = connections(database_url, 2, ca_file)?;
    WorkerOptions::default().database(database).define_job::<Dispatch>().init().await?;
    Ok(())
}

/// Works jobs until `stop`. A worker that died is noticed within 20 seconds and its jobs run again.
pub async fn work(
    app: App,
    database_url: &str,
    concurrency: usize,
    stop: CancellationToken,
) -> Result<(), anyhow::Error> {
    let ca_file = app.config().database.ca_file.as_deref();
    let (database, poll) = connections(database_url, concurrency + 2, ca_file)?;
    let worker = WorkerOptions::default()
        .database(database)
        .concurrency(concurrency)
        .poll_interval(poll)
        .heartbeat_interval(Duration::from_secs(3))
        .sweep_interval(Duration::from_secs(5))
        .sweep_threshold(Duration::from_secs(15))
        .recovery_delay(Duration::ZERO)
        .listen_os_shutdown_signals(false)
        .shutdown_signal(async move { stop.cancelled().await })
        .add_extension(app)
        .define_job::<Dispatch>()
        .init()
        .await?;
    worker.run().await?;
    Ok(())
}

/// Works the jobs that wait now and returns: for tests and tools, which say when.
pub async fn drain(app: App, database_url: &str) -> Result<(), anyhow::Error> {
    let ca_file = app.config().database.ca_file.as_deref();
    let (database, _) = connections(database_url, 2, ca_file)?;
    let worker = WorkerOptions::default()
        .database(database)
        .concurrency(1)
        .add_extension(app)
        .define_job::<Dispatch>();
    worker.listen_os_shutdown_signals(false).init().await?.run_once().await?;
    Ok(())
}

/// Runs the scheduled tasks, each on one node at a time, until `stop`. When a task ran last stands in the
/// database, so that tasks of a day run on machines that are off at night, too.
pub async fn schedule(app: App, stop: CancellationToken) {
    let loops = crate::features::tasks().filter_map(|task| Some((task, task.every?))).map(
        |(task, every)| {
            let (app, stop) = (app.clone(), stop.clone());
            async move {
                let mut pause = every.min(FIRST_LOOK);
                while stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_some() {
                    pause = every.min(LOOK_EVERY);
                    if let Err(problem) = run_if_due(&app, &task, every).await {
                        let problem = describe(&problem);
                        tracing::warn!(task = task.name, problem, "scheduled task failed");
                    }
                }
            }
        },
    );
    futures_util::future::join_all(loops).await;
}

/// Runs a task if nobody did within `every`; answers whether it ran. One that fails is due again at once.
pub async fn run_if_due(app: &App, task: &Task, every: Duration) -> Result<bool, Problem> {
    if !lease::take_turn(app, task.name, every).await? {
        return Ok(false);
    }
    let outcome = run_task(app, task, Value::Null).await;
    if outcome.is_err() {
        lease::release(app, task.name).await?;
    }
    outcome.map(|()| true)
}
