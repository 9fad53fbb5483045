//! An address book that nobody refreshes for a year is forgotten, and what is cached in the rest is made true.

use std::time::Duration;

use super::store;
use crate::{app::App, http::problem::Problem};

const LIFE: Duration = Duration::from_hours(365 * 24);
const BATCH: usize = 5_000;

/// Forgets every entry that no import brought again for 12 months.
pub async fn forget_stale(app: App) -> Result<(), Problem> {
    let before = app.now() - LIFE;
    while store::delete_stale(&app, before, BATCH).await? == BATCH as u64 {}
    // New accounts and changed settings do not go through every address book that names them.
    store::rebuild_statuses(&app).await?;
    Ok(())
}
