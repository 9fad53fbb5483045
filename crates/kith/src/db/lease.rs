//! Leases: who alone may do a thing for a while. Kept in a row with the database's clock, so that they
//! work behind a pooler and end by themselves when their holder dies.

use std::time::Duration;

use kith_sql_generated::queries::db::{acquire_lease, release_lease};

use crate::{app::App, problem::Problem};

/// Takes or renews the lease `name` for `period`. False while somebody else holds it.
pub async fn acquire(app: &App, name: &str, period: Duration) -> Result<bool, Problem> {
    let db = app.db().shared().await?;
    let seconds = period.as_secs_f64();
    Ok(acquire_lease().bind(&*db, &name, app.node_id(), &seconds).opt().await?.is_some())
}

/// Gives the lease back early, at shutdown.
pub async fn release(app: &App, name: &str) -> Result<(), Problem> {
    let db = app.db().shared().await?;
    release_lease().bind(&*db, &name, app.node_id()).await?;
    Ok(())
}
