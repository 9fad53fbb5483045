//! What a sign-in does, in the order in which it must happen.

use std::sync::Arc;

use kith_types::{
    id::{SessionId, UserId, VerificationId},
    phone::PhoneNumber,
    visibility::AuthMethod,
};

use super::{
    code::{self, Purpose, Tried},
    opening::Opening,
    refresh::{self, Granted},
    store,
};
use crate::{
    app::App,
    db::Tx,
    features::security::{self, Fact},
    http::{
        auth::{Me, Transport},
        problem::Problem,
    },
    realtime::outbox::NewEvent,
};

/// Verifies a code; the right one begins a session, and an account if the number has none.
pub async fn sign_in(
    app: &App,
    id: VerificationId,
    code: &str,
    opening: Opening,
) -> Result<Granted, Problem> {
    let (app_in, code) = (app.clone(), code.to_owned());
    let outcome = app
        .tx("auth.verify", move |tx| {
            let (app, code, opening) = (app_in.clone(), code.clone(), opening.clone());
            async move {
                match code::verify(&app, &tx, id, Purpose::SignIn, &code).await? {
                    Tried::Right(phone) => enter(&app, &tx, &phone, &opening).await.map(Ok),
                    // The count must be committed, so this is no error inside of the transaction.
                    wrong => Ok(Err(wrong)),
                }
            }
        })
        .await?;
    outcome.map_err(|tried| tried.into_problem(app))
}

async fn enter(
    app: &App,
    tx: &Tx,
    phone: &PhoneNumber,
    opening: &Opening,
) -> Result<Granted, Problem> {
    let user = store::find_or_create_account(app, tx, phone).await?;
    begin_session(app, tx, user, AuthMethod::Phone, opening).await
}

/// Begins a session of somebody who has just shown who they are, and says so in the account's log. Every way in
/// ends here.
pub async fn begin_session(
    app: &App,
    tx: &Tx,
    user: UserId,
    way: AuthMethod,
    opening: &Opening,
) -> Result<Granted, Problem> {
    let granted = refresh::begin(app, tx, user, &opening.device, opening.transport).await?;
    security::record(app, tx, user, Some(granted.session), Fact::SignedIn(way)).await?;
    Ok(granted)
}

/// Exchanges a refresh token for its successor.
pub async fn refresh(app: &App, token: &str, transport: Transport) -> Result<Granted, Problem> {
    let token = refresh::parse(app, token).ok_or_else(refresh::refused)?;
    let (app_in, token) = (app.clone(), Arc::new(token));
    let granted = app
        .tx("auth.refresh", move |tx| {
            let (app, token) = (app_in.clone(), Arc::clone(&token));
            async move { refresh::exchange(&app, &tx, &token, transport).await }
        })
        .await?;
    granted.ok_or_else(refresh::refused)
}

/// Ends one of my sessions; false if it is not mine or had ended.
pub async fn end_session(app: &App, me: &Me, session: SessionId) -> Result<bool, Problem> {
    let user = me.user_id;
    app.tx("auth.end_session", move |tx| async move {
        let ended = store::revoke_session(&tx, session, user, "signed-out").await?;
        if ended {
            tx.emit(NewEvent::session_revoked(session, user));
        }
        Ok(ended)
    })
    .await
}

/// Ends all my sessions but this one.
pub async fn end_other_sessions(app: &App, me: &Me) -> Result<(), Problem> {
    let (user, current) = (me.user_id, me.session_id);
    app.tx("auth.end_other_sessions", move |tx| async move {
        for session in store::revoke_other_sessions(&tx, user, current).await? {
            tx.emit(NewEvent::session_revoked(session, user));
        }
        Ok(())
    })
    .await
}

/// Ends the session that a refresh token belongs to.
pub async fn end_session_of(app: &App, session: SessionId) -> Result<(), Problem> {
    app.tx("auth.end_session", move |tx| async move {
        if let Some(row) = store::lock_session(&tx, session).await? {
            let user = row.user_id.into();
            if store::revoke_session(&tx, session, user, "signed-out").await? {
                tx.emit(NewEvent::session_revoked(session, user));
            }
        }
        Ok(())
    })
    .await
}
