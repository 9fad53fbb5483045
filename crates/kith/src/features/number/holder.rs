//! Who has a number, and whether it still opens that account. It must never show the account to anybody.

use std::time::Duration;

use kith_types::{
    id::UserId,
    keys::{PhoneIndex, Place},
    phone::PhoneNumber,
    time::Timestamp,
    visibility::UserStatus,
};

use super::store;
use crate::{
    app::App,
    db::Tx,
    features::{
        contacts,
        security::{self, Fact},
        users,
    },
    http::problem::{Kind, Problem},
};

/// How long a lock holds after its account was last seen: long enough for the owner to hear of it, and no dead
/// end for one who lost every device.
const LOCK: Duration = Duration::from_hours(7 * 24);

/// Who has a number.
#[derive(Clone, Copy, Debug)]
pub struct Holder {
    /// Whose account.
    pub user: UserId,
    /// Its state.
    pub status: UserStatus,
    /// Since when it is locked.
    pub locked_at: Option<Timestamp>,
    /// When it was last used by anybody.
    pub seen_at: Timestamp,
}

/// What a number gives to somebody who has just shown that it is theirs.
#[derive(Debug)]
pub enum Claim {
    /// This account.
    Account(UserId),
    /// The account that had it, to which an old device leads back.
    Former(UserId),
    /// Nothing yet, or nothing any more.
    Nobody,
    /// Nothing for now.
    Withheld(Withheld),
}

/// Why a proven number opens nothing.
#[derive(Clone, Copy, Debug)]
pub enum Withheld {
    /// The account is locked, and may be entered after so long.
    Locked(Duration),
    /// The account was suspended before it fell silent.
    Suspended,
}

impl Withheld {
    /// The problem that is answered.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Locked(wait) => Problem::new(
                Kind::RegistrationLocked,
                "use a passkey or the password of this account, or a device that was signed in to it",
            )
            .retry_after(wait.as_secs() + 1),
            Self::Suspended => Problem::new(
                Kind::Forbidden,
                "this number opens no account here; ask whoever runs this server",
            ),
        }
    }
}

impl Holder {
    /// Whether nobody was there for so long that the number may have gone to somebody else.
    pub fn is_silent(&self, app: &App, now: Timestamp) -> bool {
        let silence = Duration::from_hours(24) * whole(app.config().auth.recycle_days);
        now.since(self.seen_at) >= silence
    }

    /// For how long a code alone lets no new device in.
    fn is_locked_for(&self, now: Timestamp) -> Option<Duration> {
        self.locked_at.map(|_| (self.seen_at + LOCK).since(now)).filter(|wait| !wait.is_zero())
    }
}

fn whole(days: u64) -> u32 {
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// Decides what a proven number opens. `vouching` is the account of an old device that came along. Whoever asks
/// at the same time for the same number waits until this transaction has ended.
pub async fn claim(
    app: &App,
    tx: &Tx,
    phone: &PhoneNumber,
    vouching: Option<UserId>,
) -> Result<Claim, Problem> {
    let index = app.keys().phone_index(phone);
    let found = find(tx, &index).await?;
    if let Some(user) = vouching {
        if found.as_ref().is_some_and(|holder| holder.user == user) {
            return Ok(Claim::Account(user));
        }
        if store::had_number(tx, user, index.as_bytes()).await? {
            return Ok(Claim::Former(user));
        }
    }
    let Some(holder) = found else { return Ok(Claim::Nobody) };
    if holder.is_silent(app, tx.now()) {
        if holder.status == UserStatus::Suspended {
            return Ok(Claim::Withheld(Withheld::Suspended));
        }
        pass_on(app, tx, &holder, &index).await?;
        return Ok(Claim::Nobody);
    }
    if let Some(wait) = holder.is_locked_for(tx.now()) {
        security::record(app, tx, holder.user, None, Fact::SignInHeld).await?;
        return Ok(Claim::Withheld(Withheld::Locked(wait)));
    }
    Ok(Claim::Account(holder.user))
}

/// Who has a number now; it stays so until the transaction ends.
pub async fn find(tx: &Tx, index: &PhoneIndex) -> Result<Option<Holder>, Problem> {
    tx.take_turns(&format!("holder:{}", hex::encode(index.as_bytes()))).await?;
    store::find_holder(tx, index.as_bytes()).await
}

/// Takes the number from an account that fell silent. A random index stands in its place, which no number has.
pub async fn pass_on(
    app: &App,
    tx: &Tx,
    holder: &Holder,
    index: &PhoneIndex,
) -> Result<(), Problem> {
    let nothing: [u8; 32] = app.random().bytes();
    let envelope = app.keys().seal(Place::new(holder.user, users::PHONE_PLACE), "", app.random());
    store::lose_number(tx, holder.user, &nothing, &envelope).await?;
    store::set_phone_verified(tx, holder.user, false).await?;
    store::end_step_ups(tx, index.as_bytes()).await?;
    contacts::refresh_numbers(tx, holder.user, &[index.as_bytes()]).await?;
    security::record(app, tx, holder.user, None, Fact::NumberPassedOn).await
}
