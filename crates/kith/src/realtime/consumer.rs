//! Consumers of the event log: each sees every event at least once and in order, in one process at a time.
//!
//! A step may have effects outside of the primary database; they must be idempotent. What it gives back is
//! written together with the consumer's new place in one transaction, so that it happens exactly once.

use std::{pin::Pin, sync::Arc, time::Duration};

use futures_util::StreamExt as _;
use kith_sql_generated::queries::events::{advance_event_position, event_position};
use kith_types::cursor::EventSequence;
use tokio_util::sync::CancellationToken;

use super::{
    SEQUENCED_TOPIC,
    log::{self, LoggedEvent},
    outbox::NewEvent,
};
use crate::{app::App, db::lease, http::problem::Problem, jobs::NewJob};

const LEASE_PERIOD: Duration = Duration::from_secs(10);
/// How many events one step takes.
const BATCH: i64 = 200;

/// What a step leaves to be written with the consumer's place.
#[derive(Debug, Default)]
pub struct Effects {
    /// Events, with ids of their own where the step may run again.
    pub events: Vec<NewEvent>,
    /// Jobs.
    pub jobs: Vec<NewJob>,
}

/// The future of a step.
pub type Step = Pin<Box<dyn Future<Output = Result<Effects, Problem>> + Send>>;

/// A consumer. Its name has a row in `event_positions`.
#[derive(Clone, Copy)]
pub struct Consumer {
    /// Its name, of the lease too.
    pub name: &'static str,
    /// What it does with some events.
    pub step: fn(App, Arc<[LoggedEvent]>) -> Step,
}

/// Consumes until `stop`.
pub async fn run(app: App, consumer: Consumer, stop: CancellationToken) {
    let fallback = Duration::from_millis(app.config().realtime.sequencer_fallback_ms);
    let mut hints = app.bus().subscribe(SEQUENCED_TOPIC);
    while !stop.is_cancelled() {
        if let Err(problem) = turn(&app, consumer).await {
            tracing::warn!(
                consumer = consumer.name,
                problem = problem.kind().slug(),
                "events could not be consumed"
            );
        }
        tokio::select! {
            () = stop.cancelled() => {}
            _ = hints.next() => {}
            () = tokio::time::sleep(fallback) => {}
        }
    }
    if lease::release(&app, consumer.name).await.is_err() {
        tracing::debug!(consumer = consumer.name, "the lease was left to expire");
    }
}

/// Consumes everything that has a number, as long as this process holds the lease.
pub async fn turn(app: &App, consumer: Consumer) -> Result<(), Problem> {
    while lease::acquire(app, consumer.name, LEASE_PERIOD).await? {
        let place = place(app, consumer).await?;
        let Some(batch) = log::after(app, place, BATCH).await? else { return Ok(()) };
        let effects = (consumer.step)(app.clone(), batch.events.into()).await?;
        advance(app, consumer, place, batch.end, effects).await?;
    }
    Ok(())
}

async fn place(app: &App, consumer: Consumer) -> Result<EventSequence, Problem> {
    let db = app.db().shared().await?;
    Ok(log::sequence(event_position().bind(&*db, &consumer.name).one().await?))
}

/// Writes effects and place together, unless another process was quicker.
async fn advance(
    app: &App,
    consumer: Consumer,
    from: EventSequence,
    to: EventSequence,
    effects: Effects,
) -> Result<(), Problem> {
    let effects = Arc::new(effects);
    app.tx(consumer.name, move |tx| {
        let effects = Arc::clone(&effects);
        async move {
            let moved = advance_event_position()
                .bind(tx.db(), &log::stored(to), &consumer.name, &log::stored(from))
                .await?;
            if moved == 1 {
                effects.events.iter().cloned().for_each(|event| tx.emit(event));
                effects.jobs.iter().cloned().for_each(|job| tx.enqueue(job));
            }
            Ok(())
        }
    })
    .await
}
