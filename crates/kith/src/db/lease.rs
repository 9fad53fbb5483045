//! Leases: who alone may do a thing for a while. Kept in a row with the database's clock, so that they
//! work behind a pooler and end by themselves when their holder dies.

use std::time::{Duration, Instant};

use kith_sql_generated::queries::db::{acquire_lease, begin_turn, release_lease};

use crate::{app::App, problem::Problem};

/// A role of one process, as this process knows it.
#[derive(Debug)]
pub struct Lease {
    name: &'static str,
    period: Duration,
    /// When it was last taken, by this process's own clock: read before the database was asked, so that it
    /// ends here before it ends there.
    taken: Option<Instant>,
}

impl Lease {
    /// The role `name`, taken for `period` at a time.
    pub fn new(name: &'static str, period: Duration) -> Self {
        Self { name, period, taken: None }
    }

    /// Whether this process has the role, which it takes or renews. The database is asked only when half of
    /// the period is over: a role that is asked about for every event would else be written for every event.
    pub async fn hold(&mut self, app: &App) -> Result<bool, Problem> {
        if self.taken.is_some_and(|taken| taken.elapsed() < self.period / 2) {
            return Ok(true);
        }
        let asked = Instant::now();
        let db = app.db().shared().await?;
        let seconds = self.period.as_secs_f64();
        let held = acquire_lease().bind(&*db, &self.name, app.node_id(), &seconds).opt().await?;
        self.taken = held.map(|_| asked);
        Ok(self.taken.is_some())
    }

    /// Gives the role to whoever comes next.
    pub async fn release(&mut self, app: &App) -> Result<(), Problem> {
        self.taken = None;
        release(app, self.name).await
    }
}

/// Takes the turn `name`, of which there is one in every `period`, over all processes and their restarts:
/// nobody takes the next one early, not even who took the last. False before its time.
pub async fn take_turn(app: &App, name: &str, period: Duration) -> Result<bool, Problem> {
    let db = app.db().shared().await?;
    let seconds = period.as_secs_f64();
    Ok(begin_turn().bind(&*db, &name, app.node_id(), &seconds).opt().await?.is_some())
}

/// Gives a turn back early, when what it was for has failed.
pub async fn release(app: &App, name: &str) -> Result<(), Problem> {
    let db = app.db().shared().await?;
    release_lease().bind(&*db, &name, app.node_id()).await?;
    Ok(())
}
