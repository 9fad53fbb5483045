//! What a sign-in does, in the order in which it must happen.

use std::sync::Arc;

use kith_types::{
    id::{SessionId, VerificationId},
    phone::PhoneNumber,
};
use serde_json::Value;

use super::{
    code::{self, Tried},
    refresh::{self, Granted},
    store,
};
use crate::{
    app::App,
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
    device: Value,
    transport: Transport,
) -> Result<Granted, Problem> {
    let (app_in, code) = (app.clone(), code.to_owned());
    let outcome = app
        .tx("auth.verify", move |tx| {
            let (app, code, device) = (app_in.clone(), code.clone(), device.clone());
            async move {
                match code::verify(&app, &tx, id, &code).await? {
                    Tried::Right(phone) => {
                        open_session(&app, &tx, &phone, &device, transport).await.map(Ok)
                    }
                    // The count must be committed, so this is no error inside of the transaction.
                    wrong => Ok(Err(wrong)),
                }
            }
        })
        .await?;
    outcome.map_err(|tried| tried.into_problem(app))
}

async fn open_session(
    app: &App,
    tx: &crate::db::Tx,
    phone: &PhoneNumber,
    device: &Value,
    transport: Transport,
) -> Result<Granted, Problem> {
    let user = store::find_or_create_account(app, tx, phone).await?;
    refresh::begin(app, tx, user, device, transport).await
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
