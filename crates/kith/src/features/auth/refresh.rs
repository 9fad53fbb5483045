//! Refresh tokens: `kr1.<session>.<generation>.<mac>`. The MAC proves that we issued it before any row is
//! read; the row says which generation counts now.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kith_types::{
    id::{SessionId, UserId},
    time::Timestamp,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::store;
use crate::{
    app::App,
    db::Tx,
    http::problem::{Kind, Problem},
    realtime::outbox::NewEvent,
};

/// The immediate predecessor works again this long after a rotation, whatever was done since.
const GRACE: Duration = Duration::from_secs(10);
const PREFIX: &str = "kr1";

/// A refresh token of ours.
#[derive(Clone, Copy)]
pub struct RefreshToken {
    /// The session.
    pub session: SessionId,
    /// Which one in its row of successors.
    pub generation: i32,
}

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

impl RefreshToken {
    /// Reads a token; nothing else than one of ours passes.
    pub fn parse(app: &App, text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (prefix, session, generation) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes: [u8; 16] = URL_SAFE_NO_PAD.decode(session).ok()?.try_into().ok()?;
        let token = Self { session: Uuid::from_bytes(bytes).into(), generation: generation.parse().ok()? };
        let is_ours = prefix == PREFIX
            && token.generation > 0
            && aws_lc_rs::constant_time::verify_slices_are_equal(token.render(app).as_bytes(), text.as_bytes()).is_ok();
        is_ours.then_some(token)
    }

    /// The token's text, always the same for the same generation.
    pub fn render(self, app: &App) -> String {
        let mac = app.keys().refresh_token(self.session, self.generation.unsigned_abs());
        let session = URL_SAFE_NO_PAD.encode(self.session.uuid().as_bytes());
        format!("{PREFIX}.{session}.{}.{}", self.generation, URL_SAFE_NO_PAD.encode(mac.as_bytes()))
    }

    /// What is stored of it.
    pub fn hash(self, app: &App) -> [u8; 32] {
        Sha256::digest(self.render(app).as_bytes()).into()
    }
}

/// Begins a session with its first generation.
pub async fn begin(app: &App, tx: &Tx, user: UserId, device: &serde_json::Value) -> Result<Granted, Problem> {
    let session: SessionId = app.ids().make_at(tx.now(), user.bucket());
    let token = RefreshToken { session, generation: 1 };
    let absolute = tx.now() + days(app.config().auth.absolute_days);
    let expires_at = idle_end(app, tx.now(), absolute);
    store::insert_session(tx, session, user, &token.hash(app), expires_at, absolute, device).await?;
    Ok(Granted { user, session, generation: 1 })
}

/// Exchanges a token. `Ok(None)`: it was stolen or lost its place, and the session has ended.
pub async fn exchange(app: &App, tx: &Tx, token: RefreshToken) -> Result<Option<Granted>, Problem> {
    let row = store::lock_session(tx, token.session).await?.ok_or_else(Problem::unauthenticated)?;
    let user: UserId = row.user_id.into();
    if row.revoked_reason.as_deref() == Some("reused") {
        return Ok(None);
    }
    if row.revoked_at.is_some() || row.expires_at <= tx.now() {
        return Err(Problem::unauthenticated());
    }
    if token.generation == row.generation && row.token_hash == token.hash(app) {
        let next = RefreshToken { generation: row.generation + 1, ..token };
        let expires_at = idle_end(app, tx.now(), row.absolute_expires_at);
        store::rotate_session(tx, token.session, &next.hash(app), expires_at).await?;
        return Ok(Some(Granted { user, session: token.session, generation: next.generation }));
    }
    let is_predecessor = token.generation == row.generation - 1;
    if is_predecessor && (tx.now() <= row.rotated_at + GRACE || row.generation_used_at.is_none()) {
        return Ok(Some(Granted { user, session: token.session, generation: row.generation }));
    }
    store::revoke_session(tx, token.session, user, "reused").await?;
    tx.emit(NewEvent::session_revoked(token.session, user));
    Ok(None)
}

/// What the client of an ended session is told.
pub fn reused() -> Problem {
    Problem::new(Kind::TokenReused, "this session was ended because an old token came back; sign in again")
}

fn days(count: u64) -> Duration {
    Duration::from_secs(count * 24 * 60 * 60)
}

fn idle_end(app: &App, now: Timestamp, absolute: Timestamp) -> Timestamp {
    (now + days(app.config().auth.idle_days)).min(absolute)
}
