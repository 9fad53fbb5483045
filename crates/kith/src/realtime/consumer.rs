//! Consumers of the event log: each sees every event at least once and in order, in one process at a time.
//!
//! A step may have effects outside of the primary database; they must be idempotent. What it gives back is
//! written together with the consumer's new place in one transaction, so that it happens exactly once.

use std::{
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::StreamExt as _;
use kith_sql_generated::queries::events::{advance_event_position, event_position};
use kith_types::cursor::EventSequence;
use tokio_util::sync::CancellationToken;

use super::{
    SEQUENCED_TOPIC,
    log::{self, LoggedEvent},
    outbox::NewEvent,
};
use crate::{
    app::App,
    db::{Tx, lease::Lease},
    http::problem::Problem,
    jobs::NewJob,
};

const LEASE_PERIOD: Duration = Duration::from_secs(10);
/// A place behind events without effects is written this often. After a crash they are read again, which
/// does nothing; written for every event it would be a commit for every event.
const SAVE_EVERY: Duration = Duration::from_secs(5);
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

impl Effects {
    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.jobs.is_empty()
    }
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
    let mut turns = Turns::new(consumer);
    while !stop.is_cancelled() {
        if let Err(problem) = turns.take(&app).await {
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
    if turns.end(&app).await.is_err() {
        tracing::debug!(consumer = consumer.name, "the lease was left to expire");
    }
}

/// Consumes everything that has a number, if this process may: for tests, which say when.
pub async fn turn(app: &App, consumer: Consumer) -> Result<(), Problem> {
    let mut turns = Turns::new(consumer);
    turns.take(app).await?;
    turns.save(app).await
}

/// How far one process has come as the consumer.
struct Turns {
    consumer: Consumer,
    lease: Lease,
    /// The place in the database, as long as nobody else can have moved it.
    saved: Option<EventSequence>,
    /// The place reached; events up to it had no effects.
    reached: EventSequence,
    saved_at: Instant,
}

impl Turns {
    fn new(consumer: Consumer) -> Self {
        Self {
            consumer,
            lease: Lease::new(consumer.name, LEASE_PERIOD),
            saved: None,
            reached: EventSequence(0),
            saved_at: Instant::now(),
        }
    }

    async fn take(&mut self, app: &App) -> Result<(), Problem> {
        let outcome = self.consume(app).await;
        if outcome.is_err() {
            self.saved = None;
        }
        outcome
    }

    async fn consume(&mut self, app: &App) -> Result<(), Problem> {
        loop {
            if !self.lease.hold(app).await? {
                self.saved = None;
                return Ok(());
            }
            if self.saved.is_none() {
                self.reached = place(app, self.consumer).await?;
                self.saved = Some(self.reached);
            }
            let Some(batch) = log::after(app, self.reached, BATCH).await? else { break };
            let effects = (self.consumer.step)(app.clone(), batch.events.into()).await?;
            self.reached = batch.end;
            if !effects.is_empty() {
                self.advance(app, effects).await?;
            }
            if !batch.is_full {
                break;
            }
        }
        if self.saved_at.elapsed() >= SAVE_EVERY { self.save(app).await } else { Ok(()) }
    }

    /// Writes the place, if there were only events without effects since it was written.
    async fn save(&mut self, app: &App) -> Result<(), Problem> {
        match self.saved {
            Some(saved) if saved < self.reached => self.advance(app, Effects::default()).await,
            _ => Ok(()),
        }
    }

    /// Writes effects and place together, unless another process was quicker.
    async fn advance(&mut self, app: &App, effects: Effects) -> Result<(), Problem> {
        let Some(from) = self.saved else { return Ok(()) };
        let (name, to, effects) = (self.consumer.name, self.reached, Arc::new(effects));
        let moved = app
            .tx(name, move |tx| {
                let effects = Arc::clone(&effects);
                async move { write(&tx, name, from, to, &effects).await }
            })
            .await?;
        self.saved = moved.then_some(to);
        self.saved_at = Instant::now();
        Ok(())
    }

    async fn end(&mut self, app: &App) -> Result<(), Problem> {
        self.save(app).await?;
        self.lease.release(app).await
    }
}

async fn place(app: &App, consumer: Consumer) -> Result<EventSequence, Problem> {
    let db = app.db().shared().await?;
    Ok(log::sequence(event_position().bind(&*db, &consumer.name).one().await?))
}

/// Whether the place was still where this process left it; if not, nothing is written.
async fn write(
    tx: &Tx,
    name: &str,
    from: EventSequence,
    to: EventSequence,
    effects: &Effects,
) -> Result<bool, Problem> {
    let moved =
        advance_event_position().bind(tx.db(), &log::stored(to), &name, &log::stored(from)).await?;
    if moved == 0 {
        return Ok(false);
    }
    effects.events.iter().cloned().for_each(|event| tx.emit(event));
    effects.jobs.iter().cloned().for_each(|job| tx.enqueue(job));
    Ok(true)
}
