//! The queue between requests and the database. It must never make a request wait, nor grow without bound.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use kith_types::{
    id::{ActivityId, UserId},
    time::Timestamp,
    visibility::ActivityType,
};
use serde_json::Value;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{partitions, store};
use crate::{
    app::App,
    http::{network::ClientNetwork, problem::Problem},
};

const WRITE_EVERY: Duration = Duration::from_secs(1);
/// Rows of one statement, and how many are worth writing at once.
const BATCH: usize = 500;
/// More than this wait only if the database is away.
const MAX_WAITING: usize = 10_000;

/// Something that somebody did.
#[derive(Clone, Debug)]
pub struct Activity {
    pub id: ActivityId,
    pub user: UserId,
    pub kind: ActivityType,
    pub at: Timestamp,
    pub network: Option<ClientNetwork>,
    pub metadata: Value,
}

/// Activities that wait to be written.
#[derive(Default)]
pub struct Queue {
    waiting: Mutex<Vec<Activity>>,
    is_worth_writing: Notify,
    /// There are partitions until then, in microseconds of Unix time.
    prepared_until: AtomicI64,
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Vec<Activity>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, activity: Activity) {
        let mut waiting = self.waiting();
        if waiting.len() >= MAX_WAITING {
            return dropped(1, "full");
        }
        waiting.push(activity);
        if waiting.len() == BATCH {
            self.is_worth_writing.notify_one();
        }
    }

    /// Takes everything, in order of time.
    fn take(&self) -> Vec<Activity> {
        let mut taken = std::mem::take(&mut *self.waiting());
        taken.sort_by_key(|activity| activity.at);
        taken
    }
}

/// Notes that somebody did something. `metadata` holds no text of people.
pub fn record(
    app: &App,
    user: UserId,
    kind: ActivityType,
    network: Option<ClientNetwork>,
    metadata: Value,
) {
    let at = app.now();
    let id = app.ids().make_at(at, user.bucket());
    app.activities().push(Activity { id, user, kind, at, network, metadata });
}

/// Writes what waits, every second and at the end.
pub async fn run(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.activities().is_worth_writing.notified() => {}
            () = tokio::time::sleep(WRITE_EVERY) => {}
        }
        flush(&app).await;
    }
}

/// Writes what waits.
pub async fn flush(app: &App) {
    for batch in app.activities().take().chunks(BATCH) {
        match write(app, batch).await {
            Ok(written) => metrics::counter!("kith_activities_written_total").increment(written),
            Err(problem) => {
                tracing::debug!(problem = problem.kind().slug(), "activities were dropped");
                dropped(batch.len(), "away");
            }
        }
    }
}

async fn write(app: &App, batch: &[Activity]) -> Result<u64, Problem> {
    let newest = batch.last().map_or(0, |activity| activity.at.unix_microseconds());
    let prepared_until = &app.activities().prepared_until;
    if newest >= prepared_until.load(Ordering::Relaxed) {
        let end = partitions::prepare(app).await?;
        prepared_until.store(end.unix_microseconds(), Ordering::Relaxed);
    }
    let counted = store::people_counted(app, batch).await?;
    let allowed: Vec<&Activity> =
        batch.iter().filter(|activity| counted.contains(&activity.user)).collect();
    store::insert(app, &allowed).await
}

fn dropped(count: usize, reason: &'static str) {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    metrics::counter!("kith_activities_dropped_total", "reason" => reason).increment(count);
}
