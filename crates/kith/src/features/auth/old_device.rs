//! An old device of an account, shown by the refresh token that it was left with. Beside a right code it vouches
//! that this is still the owner: also after its session ran out in silence, never after somebody ended it.

use http::HeaderMap;
use kith_types::{
    id::{SessionId, UserId},
    keys::RefreshToken,
};

use super::{refresh, responses, store};
use crate::{
    app::App,
    db::Tx,
    http::{auth::Transport, problem::Problem},
};

/// A token of ours, and how it came.
pub struct OldDevice {
    token: RefreshToken,
    transport: Transport,
}

impl OldDevice {
    /// Reads what a sign-in brings along: the token in the body of an app, the cookie of a browser that gets a
    /// cookie again. Anything that we did not make is as good as nothing.
    pub fn read(
        app: &App,
        headers: &HeaderMap,
        transport: Transport,
        body: Option<&str>,
    ) -> Option<Self> {
        let token = match transport {
            Transport::Bearer => refresh::parse(app, body?),
            Transport::Cookie => refresh::parse(app, &responses::refresh_cookie(app, headers)?),
        };
        Some(Self { token: token?, transport })
    }
}

/// What an old device says.
#[derive(Clone, Copy, Debug)]
pub struct Voucher {
    /// Whose device it is.
    pub user: UserId,
    /// The session that it was left with.
    pub session: SessionId,
}

/// Whose device it is: the newest token of a session that nobody ended, or the one before if its successor was
/// lost on the way. A predecessor whose successor was used is a copy.
pub async fn voucher(tx: &Tx, device: Option<&OldDevice>) -> Result<Option<Voucher>, Problem> {
    let Some(OldDevice { token, transport }) = device else { return Ok(None) };
    let Some(row) = store::lock_session(tx, token.family()).await? else { return Ok(None) };
    let newest = row.generation.unsigned_abs();
    let is_newest = token.number() == newest
        || token.number() + 1 == newest && row.generation_used_at.is_none();
    let is_his = is_newest && row.revoked_at.is_none() && row.transport == transport.name();
    Ok(is_his.then(|| Voucher { user: row.user_id.into(), session: token.family() }))
}
