//! SQL of verifying addresses: rows in, plain values out.

use std::time::Duration;

use kith_sql_generated::queries::email as sql;
use kith_types::{
    id::{UserId, VerificationId},
    keys::Place,
    text::Email,
    time::Timestamp,
};

use super::code::MAX_TRIES;
use crate::{
    app::App,
    db::{Tx, violates},
    features::users,
    http::problem::{Kind, Problem},
};

/// What an account has.
pub enum Address {
    None,
    Unverified(Email),
    Verified,
}

/// So many, the oldest and the newest of them then.
pub struct Sent {
    pub count: i64,
    pub since: Option<Timestamp>,
    pub last: Option<Timestamp>,
}

/// What was sent lately.
pub struct History {
    pub account: Sent,
    pub address: Sent,
}

/// The newest code of an account.
pub struct Flow {
    pub id: VerificationId,
    pub email: Vec<u8>,
    state: String,
    tries: i16,
}

impl Flow {
    /// Whether too many wrong codes ended it.
    pub fn is_exhausted(&self) -> bool {
        self.state == "exhausted" || self.tries >= MAX_TRIES
    }
}

/// How a try ended.
pub struct Tried {
    pub is_right: bool,
    pub tries: i16,
}

/// The address of an account.
pub async fn address(app: &App, tx: &Tx, user: UserId) -> Result<Address, Problem> {
    let row = sql::find_address().bind(tx.db(), user.as_uuid()).one().await?;
    let Some(sealed) = row.email_envelope else { return Ok(Address::None) };
    if row.email_verified {
        return Ok(Address::Verified);
    }
    let opened = app.keys().open(Place::new(user, users::EMAIL_PLACE), &sealed);
    let email = Email::parse(&opened.map_err(Problem::internal)?);
    email.map(Address::Unverified).map_err(Problem::internal)
}

/// Reads what limits are counted from.
pub async fn history(
    tx: &Tx,
    user: UserId,
    email: &[u8],
    day: Duration,
) -> Result<History, Problem> {
    let day_ago = tx.now() - day;
    let row = sql::mail_history().bind(tx.db(), user.as_uuid(), &day_ago, &email).one().await?;
    Ok(History {
        account: Sent { count: row.user_sends, since: row.user_since, last: row.user_last },
        address: Sent {
            count: row.address_sends,
            since: row.address_since,
            last: row.address_last,
        },
    })
}

/// Opens a flow, ending the one before.
pub async fn open_flow(
    tx: &Tx,
    flow: VerificationId,
    user: UserId,
    email: &[u8],
    code_hash: &[u8],
    expires_at: Timestamp,
) -> Result<(), Problem> {
    sql::replace_open_mail().bind(tx.db(), user.as_uuid()).await?;
    sql::insert_mail_flow()
        .bind(tx.db(), flow.as_uuid(), user.as_uuid(), &email, &code_hash, &tx.now(), &expires_at)
        .await?;
    Ok(())
}

/// The code never left.
pub async fn forget_flow(app: &App, flow: VerificationId) -> Result<(), Problem> {
    let db = app.db().pooled().await?;
    sql::forget_mail_flow().bind(&db, flow.as_uuid()).await?;
    Ok(())
}

/// The newest code that was sent for an account.
pub async fn newest_flow(tx: &Tx, user: UserId) -> Result<Option<Flow>, Problem> {
    let row = sql::newest_mail_flow().bind(tx.db(), user.as_uuid()).opt().await?;
    Ok(row.map(|row| Flow {
        id: row.flow_id.into(),
        email: row.email,
        state: row.state,
        tries: row.tries,
    }))
}

/// Compares and counts.
pub async fn try_code(
    tx: &Tx,
    flow: VerificationId,
    hash: &[u8],
) -> Result<Option<Tried>, Problem> {
    let row = sql::try_mail_code().bind(tx.db(), &hash, flow.as_uuid(), &tx.now()).opt().await?;
    Ok(row.map(|row| Tried { is_right: row.is_right, tries: row.tries }))
}

/// Whether the address belongs to another account.
pub async fn is_verified_by_another(tx: &Tx, user: UserId, email: &[u8]) -> Result<bool, Problem> {
    Ok(sql::is_verified_by_another().bind(tx.db(), &email, user.as_uuid()).one().await?)
}

/// Notes that the address is the account's; false if it has another one by now.
pub async fn verify_address(tx: &Tx, user: UserId, email: &[u8]) -> Result<bool, Problem> {
    let changed = sql::verify_address().bind(tx.db(), &tx.now(), user.as_uuid(), &email).await;
    changed.map(|rows| rows == 1).map_err(|error| {
        if violates(&error, "users_email_key") {
            return Problem::new(Kind::EmailTaken, "another account has verified this address");
        }
        error.into()
    })
}
