//! SQL of accounts and cards.

use kith_sql_generated::queries::users as sql;
pub use kith_sql_generated::queries::users::Card;
use kith_types::{
    id::UserId,
    keys::Place,
    phone::PhoneNumber,
    text::Email,
    time::Timestamp,
    visibility::{UserRole, UserStatus},
};
use serde_json::Value;

use crate::{
    app::App,
    db::{Tx, violates},
    http::problem::{Kind, Problem},
};

/// Place of a person's number.
pub const PHONE_PLACE: &str = "users.phone_number";
/// Place of a person's e-mail address.
pub const EMAIL_PLACE: &str = "users.email";

/// An account with its envelopes opened.
pub struct Account {
    pub username: Option<String>,
    pub display_name: Option<String>,
    pub picture: Option<Value>,
    pub version: i32,
    /// None since it went over to somebody else.
    pub phone: Option<PhoneNumber>,
    pub email: Option<Email>,
    pub email_verified: bool,
    pub status: UserStatus,
    pub role: UserRole,
    pub date_joined: Timestamp,
    pub last_active: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Reads an account.
pub async fn get(app: &App, user: UserId) -> Result<Account, Problem> {
    let db = app.db().shared().await?;
    open(app, user, sql::get_account().bind(&*db, user.as_uuid()).one().await?)
}

/// Reads an account for a change.
pub async fn lock(app: &App, tx: &Tx, user: UserId) -> Result<Account, Problem> {
    open(app, user, sql::lock_account().bind(tx.db(), user.as_uuid()).one().await?)
}

fn open(app: &App, user: UserId, row: sql::Account) -> Result<Account, Problem> {
    let keys = app.keys();
    let phone = keys
        .open(Place::new(user, PHONE_PLACE), &row.phone_number_envelope)
        .map_err(Problem::internal)?;
    // An account that lost its number holds an empty one.
    let phone = (!phone.is_empty()).then(|| PhoneNumber::parse(&phone, None)).transpose();
    let email = row
        .email_envelope
        .map(|sealed| keys.open(Place::new(user, EMAIL_PLACE), &sealed))
        .transpose();
    let email = email.map_err(Problem::internal)?.map(|text| Email::parse(&text)).transpose();
    Ok(Account {
        username: row.username,
        display_name: row.display_name,
        picture: row.profile_picture_metadata,
        version: row.version,
        phone: phone.map_err(Problem::internal)?,
        email: email.map_err(Problem::internal)?,
        email_verified: row.email_verified,
        status: row.status,
        role: row.role,
        date_joined: row.date_joined,
        last_active: row.last_active,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// Writes what a person edits as the next version.
pub async fn update(app: &App, tx: &Tx, user: UserId, account: &Account) -> Result<(), Problem> {
    let keys = app.keys();
    let index = account.email.as_ref().map(|email| keys.email_index(email));
    let index = index.as_ref().map(<[u8; 32]>::as_slice);
    let sealed = account
        .email
        .as_ref()
        .map(|email| keys.seal(Place::new(user, EMAIL_PLACE), email.as_str(), app.random()));
    sql::update_profile()
        .bind(
            tx.db(),
            &account.username,
            &account.display_name,
            &index,
            &sealed,
            &account.status,
            &tx.now(),
            user.as_uuid(),
        )
        .await
        .map(|_| ())
        .map_err(|error| {
            if violates(&error, "users_username_key") {
                return Problem::new(Kind::UsernameTaken, "choose another username")
                    .field("/username", "taken");
            }
            error.into()
        })
}

/// Notes that a person agreed to a text.
pub async fn insert_consent(
    tx: &Tx,
    user: UserId,
    kind: &str,
    version: &str,
) -> Result<(), Problem> {
    sql::insert_consent().bind(tx.db(), user.as_uuid(), &kind, &version, &tx.now()).await?;
    Ok(())
}

/// Whether a person agreed to a text.
pub async fn has_consented(
    app: &App,
    user: UserId,
    kind: &str,
    version: &str,
) -> Result<bool, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::has_consented().bind(&*db, user.as_uuid(), &kind, &version).one().await?)
}

/// Cards that the viewer may have by id, in no particular order.
pub async fn cards_by_id(
    app: &App,
    viewer: UserId,
    ids: &[uuid::Uuid],
) -> Result<Vec<sql::Card>, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::cards_by_id().bind(&*db, viewer.as_uuid(), &ids).all().await?)
}

/// The card of an exact username.
pub async fn card_by_username(
    app: &App,
    viewer: UserId,
    username: &str,
) -> Result<Option<sql::Card>, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::card_by_username().bind(&*db, viewer.as_uuid(), &username).opt().await?)
}
