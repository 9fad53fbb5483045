//! SQL of identities and of the way to them: rows in, plain values out.

use kith_sql_generated::queries::identities as sql;
use kith_types::{
    id::{AuthenticationId, SessionId, UserId},
    time::Timestamp,
};

use super::refusal::taken;
use crate::{
    app::App,
    db::{Tx, violates},
    http::problem::Problem,
};

/// A way to a service, begun.
pub struct Flow<'a> {
    pub state_hash: &'a [u8],
    pub browser_hash: &'a [u8],
    pub provider: &'a str,
    pub return_to: &'a str,
    pub linking: Option<Linking>,
    pub expires_at: Timestamp,
}

/// To whom an identity is to be linked, and in which session they asked for it.
#[derive(Clone, Copy)]
pub struct Linking {
    pub user: UserId,
    pub session: SessionId,
}

/// A way to a service that has ended.
pub struct Taken {
    pub return_to: String,
    pub linking: Option<Linking>,
}

/// Notes that somebody is on the way.
pub async fn insert_flow(tx: &Tx, flow: &Flow<'_>) -> Result<(), Problem> {
    let user = flow.linking.map(|linking| linking.user.uuid());
    let session = flow.linking.map(|linking| linking.session.uuid());
    sql::insert_oidc_flow()
        .bind(
            tx.db(),
            &flow.state_hash,
            &flow.browser_hash,
            &flow.provider,
            &flow.return_to,
            &user,
            &session,
            &tx.now(),
            &flow.expires_at,
        )
        .await?;
    Ok(())
}

/// Ends a way, once.
pub async fn take_flow(
    tx: &Tx,
    state_hash: &[u8],
    browser_hash: &[u8],
    provider: &str,
) -> Result<Option<Taken>, Problem> {
    let row = sql::take_oidc_flow()
        .bind(tx.db(), &state_hash, &browser_hash, &provider, &tx.now())
        .opt()
        .await?;
    Ok(row.map(|row| Taken {
        return_to: row.return_to,
        linking: row.user_id.zip(row.session_id).map(|(user, session)| Linking {
            user: UserId::from(user),
            session: SessionId::from(session),
        }),
    }))
}

/// Whether the session of a linking still counts; it does until the transaction ends.
pub async fn hold_session(tx: &Tx, linking: Linking) -> Result<bool, Problem> {
    let Linking { user, session } = linking;
    let row = sql::hold_session()
        .bind(tx.db(), session.as_uuid(), user.as_uuid(), &tx.now())
        .opt()
        .await?;
    Ok(row.is_some())
}

/// Whose identity it is, noting that it was used.
pub async fn use_identity(tx: &Tx, subject: &[u8]) -> Result<Option<UserId>, Problem> {
    let user = sql::use_identity().bind(tx.db(), &tx.now(), &subject).opt().await?;
    Ok(user.map(UserId::from))
}

/// Whose identity it is.
pub async fn owner(tx: &Tx, subject: &[u8]) -> Result<Option<UserId>, Problem> {
    let user = sql::find_identity_owner().bind(tx.db(), &subject).opt().await?;
    Ok(user.map(UserId::from))
}

/// Links an identity, in place of another one of the same service.
pub async fn link(
    app: &App,
    tx: &Tx,
    user: UserId,
    provider: &str,
    subject: &[u8],
) -> Result<(), Problem> {
    let linked =
        sql::link_identity().bind(tx.db(), user.as_uuid(), &provider, &subject, &tx.now()).await;
    if let Err(error) = linked {
        let is_taken = violates(&error, "identities_subject_key");
        return Err(if is_taken { taken() } else { error.into() });
    }
    let auth: AuthenticationId = app.ids().make_at(tx.now(), user.bucket());
    sql::insert_social_authentication()
        .bind(tx.db(), auth.as_uuid(), user.as_uuid(), &tx.now())
        .await?;
    Ok(())
}

/// Takes an identity away; false if there is none.
pub async fn unlink(tx: &Tx, user: UserId, provider: &str) -> Result<bool, Problem> {
    let removed = sql::unlink_identity().bind(tx.db(), user.as_uuid(), &provider).await?;
    sql::delete_social_authentication().bind(tx.db(), user.as_uuid()).await?;
    Ok(removed == 1)
}

/// The identities of a person.
pub async fn list(app: &App, user: UserId) -> Result<Vec<(String, Timestamp)>, Problem> {
    let db = app.db().shared().await?;
    let rows = sql::list_identities().bind(&*db, user.as_uuid()).all().await?;
    Ok(rows.into_iter().map(|row| (row.provider, row.linked_at)).collect())
}
