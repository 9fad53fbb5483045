//! Exchange of refresh tokens. Their MAC proves that we made them before any row is read; the row says which
//! generation counts now.

use std::time::Duration;

use kith_types::{
    id::{SessionId, UserId},
    keys::RefreshToken,
    time::Timestamp,
    visibility::AuthMethod,
};

use super::{opening::Opening, store};
use crate::{
    app::App,
    db::Tx,
    features::security::{self, Fact},
    http::{
        auth::Transport,
        problem::{Kind, Problem},
    },
    realtime::outbox::NewEvent,
};

/// The immediate predecessor works again this long after a rotation, whatever was done since.
const GRACE: Duration = Duration::from_secs(10);

/// A session and the generation that its owner now holds.
#[derive(Clone, Copy, Debug)]
pub struct Granted {
    /// Whose.
    pub user: UserId,
    /// Which session.
    pub session: SessionId,
    /// Which generation.
    pub generation: i32,
}

/// Reads a token; nothing else than one that this server made passes.
pub fn parse(app: &App, text: &str) -> Option<RefreshToken> {
    let token = RefreshToken::parse(text).ok()?;
    app.keys().refresh_tokens.made(&token).then_some(token)
}

/// The token that a session's owner holds now, the same one however often it is asked for.
pub fn token(app: &App, granted: Granted) -> RefreshToken {
    app.keys().refresh_tokens.make(granted.session, granted.generation.unsigned_abs())
}

/// Begins a session with its first generation.
pub async fn begin(
    app: &App,
    tx: &Tx,
    user: UserId,
    way: AuthMethod,
    opening: &Opening,
) -> Result<Granted, Problem> {
    let session: SessionId = app.ids().make_at(tx.now(), user.bucket());
    let granted = Granted { user, session, generation: 1 };
    let absolute = tx.now() + days(app.config().auth.absolute_days);
    let expires_at = idle_end(app, tx.now(), absolute);
    store::insert_session(
        tx,
        session,
        user,
        &token(app, granted).hash(),
        expires_at,
        absolute,
        opening,
        way == AuthMethod::Phone,
    )
    .await?;
    Ok(granted)
}

/// Exchanges a token that came by `transport`. `Ok(None)`: the session has ended, now at the latest. One that
/// comes another way than its session's tokens travel was taken from there, and is a stolen one.
pub async fn exchange(
    app: &App,
    tx: &Tx,
    presented: &RefreshToken,
    transport: Transport,
) -> Result<Option<Granted>, Problem> {
    let session = presented.family();
    let Some(row) = store::lock_session(tx, session).await? else { return Ok(None) };
    let user: UserId = row.user_id.into();
    if row.revoked_at.is_some() || row.expires_at <= tx.now() {
        return Ok(None);
    }
    let current = Granted { user, session, generation: row.generation };
    let generation = i32::try_from(presented.number()).unwrap_or(i32::MAX);
    let is_in_place = row.transport == transport.name();
    // Which of our keys made it does not matter: one that was handed out again after a change of the master key is
    // another text than the one that was stored.
    if is_in_place && generation == row.generation {
        let next = Granted { generation: row.generation + 1, ..current };
        let expires_at = idle_end(app, tx.now(), row.absolute_expires_at);
        store::rotate_session(tx, session, &token(app, next).hash(), expires_at).await?;
        return Ok(Some(next));
    }
    let is_predecessor = is_in_place && generation == row.generation - 1;
    if is_predecessor && (tx.now() <= row.rotated_at + GRACE || row.generation_used_at.is_none()) {
        return Ok(Some(current));
    }
    store::revoke_session(tx, session, user, "reused").await?;
    security::record(app, tx, user, Some(session), Fact::TokenReused).await?;
    tx.emit(NewEvent::session_revoked(session, user));
    Ok(None)
}

/// What every token is answered that gives no successor: which of its faults it has is nobody's business.
pub fn refused() -> Problem {
    Problem::new(
        Kind::TokenReused,
        "this session has ended, or its token was used before; sign in again",
    )
}

fn days(count: u64) -> Duration {
    Duration::from_secs(count * 24 * 60 * 60)
}

fn idle_end(app: &App, now: Timestamp, absolute: Timestamp) -> Timestamp {
    (now + days(app.config().auth.idle_days)).min(absolute)
}
