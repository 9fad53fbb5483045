//! What a sign-in does, in the order in which it must happen.

use std::sync::Arc;

use kith_types::{
    id::{SessionId, UserId, VerificationId},
    phone::PhoneNumber,
    visibility::AuthMethod,
};

use super::{
    code::{self, Purpose, Tried},
    old_device::{self, OldDevice, Voucher},
    opening::Opening,
    refresh::{self, Granted},
    store,
};
use crate::{
    app::App,
    db::Tx,
    features::{
        number::{self, Claim, Withheld},
        security::{self, Fact},
    },
    http::{
        auth::{Me, Transport},
        problem::Problem,
    },
    realtime::outbox::NewEvent,
};

/// Why a code did not begin a session. What was counted or noted on the way stays, so that it is no error inside
/// of the transaction.
enum Refusal {
    Code(Tried),
    Account(Withheld),
}

/// Verifies a code; the right one begins a session, and an account if the number has none. `old_device` vouches
/// for an account whose number alone does not open it any more.
pub async fn sign_in(
    app: &App,
    id: VerificationId,
    tried: &str,
    opening: Opening,
    old_device: Option<OldDevice>,
) -> Result<Granted, Problem> {
    let (app_in, code, old_device) = (app.clone(), tried.to_owned(), old_device.map(Arc::new));
    let place = code::place(app).await?;
    let outcome = app
        .tx("auth.verify", move |tx| {
            let (app, code, opening) = (app_in.clone(), code.clone(), opening.clone());
            let old_device = old_device.clone();
            async move {
                match code::verify(&app, &tx, id, Purpose::SignIn, &code).await? {
                    Tried::Right(phone) => {
                        let voucher = old_device::voucher(&tx, old_device.as_deref()).await?;
                        enter(&app, &tx, &phone, &opening, voucher).await
                    }
                    wrong => Ok(Err(Refusal::Code(wrong))),
                }
            }
        })
        .await?;
    if !matches!(outcome, Err(Refusal::Code(_))) {
        code::note_answer(app, id).await;
    }
    drop(place);
    outcome.map_err(|refusal| match refusal {
        Refusal::Account(withheld) => withheld.into_problem(),
        Refusal::Code(tried) => {
            if tried.is_wrong() {
                security::note_wrong_code(app, id, Fact::SignInFailed(AuthMethod::Phone));
            }
            tried.into_problem(app)
        }
    })
}

async fn enter(
    app: &App,
    tx: &Tx,
    phone: &PhoneNumber,
    opening: &Opening,
    voucher: Option<Voucher>,
) -> Result<Result<Granted, Refusal>, Problem> {
    let vouching = voucher.map(|voucher| voucher.user);
    let user = match number::claim(app, tx, phone, vouching).await? {
        Claim::Account(user) => {
            store::finish_phone_authentication(tx, user).await?;
            user
        }
        Claim::Former(user) => user,
        Claim::Nobody => store::create_account(app, tx, phone).await?,
        Claim::Withheld(withheld) => return Ok(Err(Refusal::Account(withheld))),
    };
    let granted = begin_session(app, tx, user, AuthMethod::Phone, opening).await?;
    if let Some(Voucher { session, .. }) = voucher.filter(|voucher| voucher.user == user) {
        // The device has a new session now; what it was left with has served.
        end(app, tx, session, user, Fact::SignedOut).await?;
    }
    Ok(Ok(granted))
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
    let granted = refresh::begin(app, tx, user, way, opening).await?;
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
    let (user, app_in) = (me.user_id, app.clone());
    let fact = if session == me.session_id { Fact::SignedOut } else { Fact::SessionEnded };
    app.tx("auth.end_session", move |tx| {
        let app = app_in.clone();
        async move { end(&app, &tx, session, user, fact).await }
    })
    .await
}

async fn end(
    app: &App,
    tx: &Tx,
    session: SessionId,
    user: UserId,
    fact: Fact,
) -> Result<bool, Problem> {
    let ended = store::revoke_session(tx, session, user, "signed-out").await?;
    if ended {
        security::record(app, tx, user, Some(session), fact).await?;
        tx.emit(NewEvent::session_revoked(session, user));
    }
    Ok(ended)
}

/// Ends all my sessions but this one.
pub async fn end_other_sessions(app: &App, me: &Me) -> Result<(), Problem> {
    let (user, current, app_in) = (me.user_id, me.session_id, app.clone());
    app.tx("auth.end_other_sessions", move |tx| {
        let app = app_in.clone();
        async move {
            for session in store::revoke_other_sessions(&tx, user, current).await? {
                security::record(&app, &tx, user, Some(session), Fact::SessionEnded).await?;
                tx.emit(NewEvent::session_revoked(session, user));
            }
            Ok(())
        }
    })
    .await
}

/// Ends the session that a refresh token belongs to.
pub async fn end_session_of(app: &App, session: SessionId) -> Result<(), Problem> {
    let app_in = app.clone();
    app.tx("auth.end_session", move |tx| {
        let app = app_in.clone();
        async move {
            if let Some(row) = store::lock_session(&tx, session).await? {
                end(&app, &tx, session, row.user_id.into(), Fact::SignedOut).await?;
            }
            Ok(())
        }
    })
    .await
}
