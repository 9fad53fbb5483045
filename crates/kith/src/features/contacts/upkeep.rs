//! An address book that nobody refreshes for a year is forgotten, and what is cached in the rest is made true.

use std::time::Duration;

use uuid::Uuid;

use super::store;
use crate::{app::App, http::problem::Problem};

const LIFE: Duration = Duration::from_hours(365 * 24);
const BATCH: usize = 5_000;
/// People that one statement finds.
const OWNERS: usize = 500;

/// Forgets every entry that no import brought again for 12 months.
pub async fn forget_stale(app: App) -> Result<(), Problem> {
    let before = app.now() - LIFE;
    while store::delete_stale(&app, before, BATCH).await? == BATCH as u64 {}
    // New accounts and changed settings do not go through every address book that names them.
    rebuild_statuses(&app).await.map(|_| ())
}

/// Makes every cached state true, one address book after the other; answers how many states were not.
pub async fn rebuild_statuses(app: &App) -> Result<u64, Problem> {
    let (mut after, mut repaired) = (Uuid::nil(), 0);
    loop {
        let owners = store::owners(app, after, OWNERS).await?;
        for owner in owners.iter().copied() {
            repaired += app
                .tx("contacts.rebuild", move |tx| async move {
                    store::refresh_statuses(&tx, owner).await
                })
                .await?;
        }
        match owners.last() {
            Some(last) if owners.len() == OWNERS => after = last.uuid(),
            _ => return Ok(repaired),
        }
    }
}
