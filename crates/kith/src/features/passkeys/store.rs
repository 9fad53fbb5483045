//! SQL of passkeys and of the challenges that wait for an answer.

use kith_sql_generated::queries::passkeys as sql;
use kith_types::id::{AuthenticationId, PasskeyId, SessionId, UserId, VerificationId};
use serde_json::Value;

pub use kith_sql_generated::queries::passkeys::ListPasskeys;

use super::relying_party::{CHALLENGE_LIFE, Made};
use crate::{
    app::App,
    db::{Tx, violates},
    http::problem::{Kind, Problem},
};

/// What a challenge was given out for.
#[derive(Clone, Copy, Debug)]
pub enum Flow {
    /// A new passkey, in this session.
    Registration(SessionId),
    /// A sign-in of whoever answers.
    Login,
}

impl Flow {
    fn columns(self) -> (&'static str, Option<uuid::Uuid>) {
        match self {
            Self::Registration(session) => ("registration", Some(session.uuid())),
            Self::Login => ("login", None),
        }
    }
}

/// Keeps a challenge.
pub async fn open_flow(app: &App, flow: Flow, state: &Value) -> Result<VerificationId, Problem> {
    let id: VerificationId = app.ids().make_unowned();
    let ((purpose, session), expires_at) = (flow.columns(), app.now() + CHALLENGE_LIFE);
    let db = app.db().pooled().await?;
    sql::insert_flow().bind(&db, id.as_uuid(), &purpose, &session, state, &expires_at).await?;
    Ok(id)
}

/// Takes a challenge away, for its first and only answer.
pub async fn take_flow(
    app: &App,
    id: VerificationId,
    flow: Flow,
) -> Result<Option<Value>, Problem> {
    let (purpose, session) = flow.columns();
    let db = app.db().pooled().await?;
    Ok(sql::take_flow().bind(&db, id.as_uuid(), &purpose, &session, &app.now()).opt().await?)
}

/// What the owner goes by, if they have chosen it.
pub async fn owner_names(
    app: &App,
    user: UserId,
) -> Result<(Option<String>, Option<String>), Problem> {
    let db = app.db().shared().await?;
    let row = sql::owner_names().bind(&*db, user.as_uuid()).one().await?;
    Ok((row.username, row.display_name))
}

/// A person's passkeys, oldest first.
pub async fn list(app: &App, user: UserId) -> Result<Vec<ListPasskeys>, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::list_passkeys().bind(&*db, user.as_uuid()).all().await?)
}

/// The same inside of a change.
pub async fn list_in(tx: &Tx, user: UserId) -> Result<Vec<ListPasskeys>, Problem> {
    Ok(sql::list_passkeys().bind(tx.db(), user.as_uuid()).all().await?)
}

/// Keeps a passkey, unless an account has it.
pub async fn insert(
    tx: &Tx,
    passkey: PasskeyId,
    user: UserId,
    made: &Made,
    name: &str,
) -> Result<(), Problem> {
    let (id, key, credential) = (passkey.as_uuid(), &made.credential_id, &made.credential);
    sql::insert_passkey()
        .bind(tx.db(), id, user.as_uuid(), key, &name, credential, &tx.now())
        .await
        .map(|_| ())
        .map_err(|error| {
            if violates(&error, "passkeys_credential_id_key") {
                return Problem::new(Kind::Conflict, "this passkey is registered already");
            }
            error.into()
        })
}

/// A passkey by whose it is and what the authenticator calls it, for one answer at a time.
pub async fn lock(
    tx: &Tx,
    user: UserId,
    credential_id: &[u8],
) -> Result<Option<(PasskeyId, Value)>, Problem> {
    let row = sql::lock_passkey().bind(tx.db(), user.as_uuid(), &credential_id).opt().await?;
    Ok(row.map(|row| (row.passkey_id.into(), row.credential)))
}

/// Notes a use and what it changed.
pub async fn note_use(tx: &Tx, passkey: PasskeyId, credential: &Value) -> Result<(), Problem> {
    sql::note_use().bind(tx.db(), credential, &tx.now(), passkey.as_uuid()).await?;
    Ok(())
}

/// Takes a passkey away; false if it is not that person's.
pub async fn delete(tx: &Tx, passkey: PasskeyId, user: UserId) -> Result<bool, Problem> {
    let deleted = sql::delete_passkey().bind(tx.db(), passkey.as_uuid(), user.as_uuid()).await?;
    sql::forget_way_in().bind(tx.db(), user.as_uuid()).await?;
    Ok(deleted == 1)
}

/// Notes that a person has passkeys.
pub async fn note_way_in(app: &App, tx: &Tx, user: UserId) -> Result<(), Problem> {
    let id: AuthenticationId = app.ids().make_at(tx.now(), user.bucket());
    sql::note_way_in().bind(tx.db(), id.as_uuid(), user.as_uuid(), &tx.now()).await?;
    Ok(())
}
