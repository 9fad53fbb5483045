//! Leases: who alone may do a thing for a while. Kept in a row with the database's clock, so that they
//! work behind a pooler and end by themselves when their holder dies.

use std::time::Duration;

use kith_sql_generated::queries::db::{acquire_lease, begin_turn, release_lease};

use crate::{app::App, problem::Problem};

/// Takes or renews the lease `name` for `period`. False while somebody else holds it.
pub async fn acquire(app: &App, name: &str, period: Duration) -> Result<bool, Problem> {
    let db = app.db().shared().await?;
    let seconds = period.as_secs_f64();
    Ok(acquire_lease().bind(&*db, &name, app.node_id(), &seconds).opt().await?.is_some())
}

/// Takes the turn `name`, of which there is one in every `period`, over all processes and their restarts:
/// nobody takes the next one early, not even who took the last. False before its time.
pub async fn take_turn(app: &App, name: &str, period: Duration) -> Result<bool, Problem> {
    let db = app.db().shared().await?;
    let seconds = period.as_secs_f64();
    Ok(begin_turn().bind(&*db, &name, app.node_id(), &seconds).opt().await?.is_some())
}

/// Gives a lease or a turn back early: at shutdown, or when what it was for has failed.
pub async fn release(app: &App, name: &str) -> Result<(), Problem> {
    let db = app.db().shared().await?;
    release_lease().bind(&*db, &name, app.node_id()).await?;
    Ok(())
}
