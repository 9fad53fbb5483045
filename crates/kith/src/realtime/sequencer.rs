//! The sequencer: numbers committed events in short batches. One process holds its lease; the numbers are
//! safe even if two ever did, since the head's row lets only one statement number at a time.

use std::time::Duration;

use futures_util::StreamExt as _;
use kith_sql_generated::queries::events::sequence_events;
use tokio_util::sync::CancellationToken;

use super::SEQUENCED_TOPIC;
use crate::{app::App, db::lease::Lease, http::problem::Problem};

const LEASE_PERIOD: Duration = Duration::from_secs(5);
/// How many events one statement numbers.
const BATCH: i64 = 500;

fn lease() -> Lease {
    Lease::new("sequencer", LEASE_PERIOD)
}

/// Numbers events until `stop`.
pub async fn run(app: App, stop: CancellationToken) {
    let fallback = Duration::from_millis(app.config().realtime.sequencer_fallback_ms);
    let mut hints = app.bus().subscribe(super::OUTBOX_TOPIC);
    let mut lease = lease();
    while !stop.is_cancelled() {
        if let Err(problem) = number(&app, &mut lease).await {
            tracing::warn!(problem = problem.kind().slug(), "events could not be numbered");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.outbox_changed() => {}
            _ = hints.next() => {}
            () = tokio::time::sleep(fallback) => {}
        }
    }
    if lease.release(&app).await.is_err() {
        tracing::debug!("the sequencer's lease was left to expire");
    }
}

/// Numbers everything that is committed now, if this process may: for tests, which say when.
pub async fn turn(app: &App) -> Result<(), Problem> {
    number(app, &mut lease()).await
}

async fn number(app: &App, lease: &mut Lease) -> Result<(), Problem> {
    while lease.hold(app).await? {
        let db = app.db().pooled().await?;
        let Some(batch) = sequence_events().bind(&db, &BATCH).opt().await? else { break };
        app.bus().publish(SEQUENCED_TOPIC, &batch.head.to_be_bytes());
        if batch.numbered < BATCH {
            break;
        }
    }
    Ok(())
}
