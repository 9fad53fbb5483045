//! Signing in by password, setting and removing one, in the order in which it must happen.

use std::net::IpAddr;

use kith_types::{
    id::{ActivityId, UserId},
    phone::PhoneNumber,
    visibility::AuthMethod,
};
use secrecy::SecretString;

use super::{
    hashing::Place,
    known, rules,
    store::{self, Sealed},
    tries,
};
use crate::{
    app::App,
    features::{
        auth::{self, Granted, Opening, step_up},
        security::{self, Fact},
        users,
    },
    http::{
        auth::Me,
        problem::{Kind, Problem},
    },
};

/// A number and the password that is tried for it.
pub struct Tried {
    /// The number.
    pub phone: PhoneNumber,
    /// The password.
    pub password: SecretString,
    /// Who tries.
    pub network: IpAddr,
}

/// A password to be set.
pub struct Change {
    /// The new one.
    pub password: SecretString,
    /// The present one.
    pub current: Option<SecretString>,
    /// Who asks.
    pub network: IpAddr,
}

fn refused() -> Problem {
    Problem::new(Kind::CredentialsWrong, "the number or the password is not right")
}

fn require_offered(app: &App) -> Result<(), Problem> {
    if app.config().auth.passwords { Ok(()) } else { Err(Problem::not_found()) }
}

/// Begins a session of whoever knows the password of a number. Numbers without one cost the same.
pub async fn sign_in(app: &App, tried: Tried, opening: Opening) -> Result<Granted, Problem> {
    require_offered(app)?;
    let place = app.passwords().place()?;
    let index = app.keys().phone_index(&tried.phone);
    let (app_in, network) = (app.clone(), tried.network);
    let (attempt, found) = app
        .tx("password.try", move |tx| {
            let app = app_in.clone();
            async move {
                let attempt = tries::take(&app, &tx, index.as_bytes(), network).await?;
                Ok((attempt, store::find_by_number(&tx, index.as_bytes()).await?))
            }
        })
        .await?;
    let stored = found.as_ref().map(|(user, sealed)| sealed.open(app, *user)).transpose()?;
    let password = rules::composed(&tried.password);
    let is_right = place.verify(&password, stored).await?;
    match found {
        Some((user, sealed)) if is_right => enter(app, user, sealed, attempt, opening).await,
        _ => {
            let fact = Fact::SignInFailed(AuthMethod::Password);
            security::note_wrong_password(app, index, fact);
            Err(refused())
        }
    }
}

/// The password was right; it must still be the one.
async fn enter(
    app: &App,
    user: UserId,
    sealed: Sealed,
    attempt: ActivityId,
    opening: Opening,
) -> Result<Granted, Problem> {
    let app_in = app.clone();
    app.tx("password.sign_in", move |tx| {
        let (app, sealed, opening) = (app_in.clone(), sealed.clone(), opening.clone());
        async move {
            if store::lock_by_user(&tx, user).await? != Some(sealed) {
                return Err(refused());
            }
            store::delete_try(&tx, attempt).await?;
            auth::begin_session(&app, &tx, user, AuthMethod::Password, &opening).await
        }
    })
    .await
}

/// Sets or changes my password.
pub async fn set(app: &App, me: &Me, change: Change) -> Result<(), Problem> {
    require_offered(app)?;
    step_up::require(app, me).await?;
    require_number(app, me).await?;
    let (owner, index) = store::find_owner(app, me.user_id).await?;
    let password = rules::composed(&change.password);
    rules::require_good(&password, &owner)?;
    known::require_unknown(app, &password).await?;
    let place = app.passwords().place()?;
    require_current(app, me, &place, &change, index).await?;
    let hash = place.hash(&password, app.random().bytes()).await?;
    let sealed = Sealed::new(app, me.user_id, &hash);
    let (app_in, user, session) = (app.clone(), me.user_id, me.session_id);
    app.tx("password.set", move |tx| {
        let (app, sealed) = (app_in.clone(), sealed.clone());
        async move {
            store::set(&app, &tx, user, &sealed).await?;
            security::record(&app, &tx, user, Some(session), Fact::PasswordSet).await
        }
    })
    .await
}

/// A password is asked for with the number.
async fn require_number(app: &App, me: &Me) -> Result<(), Problem> {
    let number = users::number_of(app, me.user_id).await?;
    number.map(|_| ()).ok_or_else(|| {
        Problem::new(Kind::Conflict, "this account has no number; set one first, then a password")
    })
}

/// Demands the present password of whoever has one, within the same tries as a sign-in.
async fn require_current(
    app: &App,
    me: &Me,
    place: &Place,
    change: &Change,
    index: Vec<u8>,
) -> Result<(), Problem> {
    let Some(sealed) = store::find_by_user(app, me.user_id).await? else { return Ok(()) };
    let Some(current) = &change.current else {
        return Err(Problem::invalid("/current_password", "give your present password, too"));
    };
    let (app_in, network) = (app.clone(), change.network);
    let attempt = app
        .tx("password.try", move |tx| {
            let (app, index) = (app_in.clone(), index.clone());
            async move { tries::take(&app, &tx, &index, network).await }
        })
        .await?;
    let stored = sealed.open(app, me.user_id)?;
    if !place.verify(&rules::composed(current), Some(stored)).await? {
        return Err(Problem::invalid("/current_password", "this is not your present password"));
    }
    app.tx("password.right", move |tx| async move { store::delete_try(&tx, attempt).await }).await
}

/// Takes my password away.
pub async fn remove(app: &App, me: &Me) -> Result<(), Problem> {
    step_up::require(app, me).await?;
    let (app_in, user, session) = (app.clone(), me.user_id, me.session_id);
    app.tx("password.remove", move |tx| {
        let app = app_in.clone();
        async move {
            if !store::remove(&tx, user).await? {
                return Ok(());
            }
            security::record(&app, &tx, user, Some(session), Fact::PasswordRemoved).await
        }
    })
    .await
}
