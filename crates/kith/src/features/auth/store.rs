//! SQL of sign-in and sessions: rows in, plain values out.

use std::time::Duration;

use kith_sql_generated::queries::auth as sql;
use kith_types::{
    id::{AuthenticationId, SessionId, UserId, VerificationId},
    keys::Place,
    phone::PhoneNumber,
    time::Timestamp,
};

use super::{
    code::{MAX_TRIES, Purpose, Tried},
    opening::Opening,
};
use crate::{
    app::App,
    db::Tx,
    features::{settings, users},
    http::problem::Problem,
};

const FLOW_PHONE: &str = "verification_flows.phone_number";

/// A flow and the number that it is for.
pub struct Flow {
    pub phone: PhoneNumber,
    purpose: String,
    session: Option<SessionId>,
}

impl Flow {
    /// Whether it was begun for exactly this.
    pub fn is_for(&self, purpose: Purpose) -> bool {
        self.purpose == purpose.name() && self.session == purpose.session()
    }
}

/// Opens a flow, ending the one before.
#[expect(clippy::too_many_arguments, reason = "one for each column")]
pub async fn open_flow(
    app: &App,
    tx: &Tx,
    id: VerificationId,
    phone: &PhoneNumber,
    purpose: Purpose,
    code_hash: &[u8],
    expires_at: Timestamp,
) -> Result<(), Problem> {
    let index = app.keys().phone_index(phone);
    let (index, now) = (index.as_bytes(), tx.now());
    let envelope = app.keys().seal(Place::new(id, FLOW_PHONE), phone.as_e164(), app.random());
    let (name, session) = (purpose.name(), purpose.session().map(SessionId::uuid));
    sql::replace_open_flows().bind(tx.db(), &index, &name).await?;
    sql::insert_flow()
        .bind(
            tx.db(),
            id.as_uuid(),
            &index,
            &envelope,
            &name,
            &session,
            &code_hash,
            &now,
            &expires_at,
        )
        .await?;
    Ok(())
}

/// Shows the account of a number, if there is one, its open flow.
pub async fn mirror_flow(app: &App, id: VerificationId) -> Result<(), Problem> {
    let db = app.db().pooled().await?;
    sql::mirror_flow().bind(&db, &app.now(), id.as_uuid()).await?;
    Ok(())
}

/// Longest wait for others that try codes for the same number.
const PATIENCE: &str = "2s";

/// Finds a flow by its id, and makes others that are about its number wait.
pub async fn find_flow(app: &App, tx: &Tx, id: VerificationId) -> Result<Option<Flow>, Problem> {
    let Some(row) = sql::find_flow().bind(tx.db(), &PATIENCE, id.as_uuid()).opt().await? else {
        return Ok(None);
    };
    let phone = app.keys().open_phone(Place::new(id, FLOW_PHONE), &row.phone_number_envelope);
    let phone = phone.map_err(Problem::internal)?;
    Ok(Some(Flow { phone, purpose: row.purpose, session: row.session_id.map(SessionId::from) }))
}

/// Compares and counts.
pub async fn try_code(
    tx: &Tx,
    id: VerificationId,
    hash: &[u8],
    day: Duration,
    tries_per_day: i64,
) -> Result<Option<sql::TryCode>, Problem> {
    let (now, day_ago) = (tx.now(), tx.now() - day);
    Ok(sql::try_code()
        .bind(tx.db(), &hash, &now, &day_ago, id.as_uuid(), &tries_per_day)
        .opt()
        .await?)
}

/// Why a flow takes no more tries.
pub async fn closed_state(tx: &Tx, id: VerificationId) -> Result<Tried, Problem> {
    let flow = sql::find_flow().bind(tx.db(), &PATIENCE, id.as_uuid()).opt().await?;
    Ok(match flow {
        Some(flow) if flow.state == "exhausted" || flow.tries >= MAX_TRIES => Tried::Exhausted,
        Some(flow) if flow.state == "open" && flow.expires_at > tx.now() => Tried::Exhausted,
        _ => Tried::Expired,
    })
}

/// Notes that the number of an account was just proven.
pub async fn finish_phone_authentication(tx: &Tx, user: UserId) -> Result<(), Problem> {
    sql::finish_phone_authentication().bind(tx.db(), &tx.now(), user.as_uuid()).await?;
    Ok(())
}

/// Makes the account of a number that has none.
pub async fn create_account(app: &App, tx: &Tx, phone: &PhoneNumber) -> Result<UserId, Problem> {
    let (user, now) = (app.ids().user(), tx.now());
    let index = app.keys().phone_index(phone);
    let envelope =
        app.keys().seal(Place::new(user, users::PHONE_PLACE), phone.as_e164(), app.random());
    let data_key = app.keys().new_personal_key(user, app.random());
    sql::insert_account()
        .bind(tx.db(), user.as_uuid(), &index.as_bytes(), &envelope, &now, &data_key)
        .await?;
    let (privacy, preferences) = settings::fresh()?;
    sql::insert_default_settings()
        .bind(tx.db(), user.as_uuid(), &preferences, &privacy, &now)
        .await?;
    let auth: AuthenticationId = app.ids().make_at(now, user.bucket());
    sql::insert_phone_authentication().bind(tx.db(), auth.as_uuid(), user.as_uuid(), &now).await?;
    Ok(user)
}

/// Begins a session.
#[expect(clippy::too_many_arguments, reason = "one for each column")]
pub async fn insert_session(
    tx: &Tx,
    session: SessionId,
    user: UserId,
    token_hash: &[u8],
    expires_at: Timestamp,
    absolute_expires_at: Timestamp,
    opening: &Opening,
    by_code: bool,
) -> Result<(), Problem> {
    sql::insert_session()
        .bind(
            tx.db(),
            session.as_uuid(),
            user.as_uuid(),
            &token_hash,
            &tx.now(),
            &expires_at,
            &absolute_expires_at,
            &opening.device,
            &opening.transport.name(),
            &by_code,
        )
        .await?;
    Ok(())
}

/// Takes a session's row for this transaction.
pub async fn lock_session(
    tx: &Tx,
    session: SessionId,
) -> Result<Option<sql::LockSession>, Problem> {
    Ok(sql::lock_session().bind(tx.db(), session.as_uuid()).opt().await?)
}

/// Moves a session to its next generation.
pub async fn rotate_session(
    tx: &Tx,
    session: SessionId,
    token_hash: &[u8],
    expires_at: Timestamp,
) -> Result<(), Problem> {
    sql::rotate_session()
        .bind(tx.db(), &token_hash, &tx.now(), &expires_at, session.as_uuid())
        .await?;
    Ok(())
}

/// Ends a session; false if it had ended or is somebody else's.
pub async fn revoke_session(
    tx: &Tx,
    session: SessionId,
    user: UserId,
    reason: &str,
) -> Result<bool, Problem> {
    let changed = sql::revoke_session()
        .bind(tx.db(), &tx.now(), &reason, session.as_uuid(), user.as_uuid())
        .await?;
    Ok(changed == 1)
}

/// Ends all sessions of a person but one.
pub async fn revoke_other_sessions(
    tx: &Tx,
    user: UserId,
    current: SessionId,
) -> Result<Vec<SessionId>, Problem> {
    let ended = sql::revoke_other_sessions()
        .bind(tx.db(), &tx.now(), user.as_uuid(), current.as_uuid())
        .all()
        .await?;
    Ok(ended.into_iter().map(SessionId::from).collect())
}

/// One page of a person's sessions, newest first.
pub async fn list_sessions(
    app: &App,
    user: UserId,
    before: (Timestamp, uuid::Uuid),
    max_rows: i64,
) -> Result<Vec<sql::ListSessions>, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::list_sessions()
        .bind(&*db, user.as_uuid(), &app.now(), &before.0, &before.1, &max_rows)
        .all()
        .await?)
}

/// Notes that the owner of a session has shown again who they are.
pub async fn step_up(tx: &Tx, session: SessionId, user: UserId) -> Result<(), Problem> {
    sql::step_up().bind(tx.db(), &tx.now(), session.as_uuid(), user.as_uuid()).await?;
    Ok(())
}

/// When the owner of a session last showed again who they are.
pub async fn stepped_up_at(
    app: &App,
    session: SessionId,
    user: UserId,
) -> Result<Option<Timestamp>, Problem> {
    let db = app.db().shared().await?;
    let row = sql::stepped_up_at().bind(&*db, session.as_uuid(), user.as_uuid()).opt().await?;
    Ok(row.flatten())
}
