//! Numbers beyond the budget wait until it has refilled.

use kith_types::id::UserId;
use uuid::Uuid;

use super::{budget::Budget, store};
use crate::{app::App, db::Tx, http::problem::Problem};

const BATCH: usize = 500;

/// Looks up what has waited longest, as far as the budget reaches; answers what is left of it, held until the
/// transaction ends and not yet written.
pub async fn look_up(app: &App, tx: &Tx, owner: UserId) -> Result<Budget, Problem> {
    let limits = &app.config().limits;
    let stored = store::lock_budget(tx, owner, Budget::full(limits, tx.now())).await?;
    let mut budget = stored.refilled(limits, tx.now());
    let waiting = store::count_contacts(tx, owner).await?.waiting;
    let taken = budget.take(usize::try_from(waiting).unwrap_or(0));
    if taken > 0 {
        store::look_up_waiting(tx, owner, taken).await?;
    }
    Ok(budget)
}

/// Goes over everybody whose numbers wait.
pub async fn look_up_all(app: App) -> Result<(), Problem> {
    let mut after = Uuid::nil();
    loop {
        let owners = store::waiting_owners(&app, after, BATCH).await?;
        for owner in &owners {
            let (app_in, owner) = (app.clone(), *owner);
            app.tx("contacts.look_up", move |tx| {
                let app = app_in.clone();
                async move {
                    let budget = look_up(&app, &tx, owner).await?;
                    store::put_budget(&tx, owner, budget).await?;
                    store::refresh_statuses(&tx, owner).await.map(|_| ())
                }
            })
            .await?;
        }
        match owners.last() {
            Some(last) if owners.len() == BATCH => after = last.uuid(),
            _ => return Ok(()),
        }
    }
}
