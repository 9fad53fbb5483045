//! The lock that an owner may put on the account, so that a code alone lets no new device in.

use kith_types::id::UserId;

use super::store;
use crate::{
    app::App,
    features::security::{self, Fact},
    http::{auth::Me, problem::Problem},
};

/// Locks my account; again is the same as once.
pub async fn set(app: &App, me: &Me) -> Result<(), Problem> {
    let (app_in, user, session) = (app.clone(), me.user_id, me.session_id);
    app.tx("number.lock", move |tx| {
        let app = app_in.clone();
        async move {
            if store::set_lock(&tx, user).await? {
                security::record(&app, &tx, user, Some(session), Fact::LockSet).await?;
            }
            Ok(())
        }
    })
    .await
}

/// Takes the lock away, if there is one.
pub async fn remove(app: &App, me: &Me) -> Result<(), Problem> {
    let (app_in, user, session) = (app.clone(), me.user_id, me.session_id);
    app.tx("number.unlock", move |tx| {
        let app = app_in.clone();
        async move {
            if store::remove_lock(&tx, user).await? {
                security::record(&app, &tx, user, Some(session), Fact::LockRemoved).await?;
            }
            Ok(())
        }
    })
    .await
}

/// Whether an account is locked.
pub async fn is_locked(app: &App, user: UserId) -> Result<bool, Problem> {
    store::has_lock(app, user).await
}
