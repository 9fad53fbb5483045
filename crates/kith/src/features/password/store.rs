//! SQL of passwords and of tries.

use std::net::IpAddr;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use kith_sql_generated::queries::password as sql;
use kith_types::{
    id::{ActivityId, AuthenticationId, UserId},
    keys::Place,
    time::Timestamp,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::rules::Owner;
use crate::{app::App, db::Tx, features::users, http::problem::Problem};

const PLACE: &str = "authentication.password_hash";

/// Tries within the hour.
pub struct Recent {
    pub of_number: i64,
    pub number_since: Option<Timestamp>,
    pub number_last: Option<Timestamp>,
    pub of_network: i64,
    pub network_since: Option<Timestamp>,
}

/// A hash in its envelope, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(String);

impl Sealed {
    /// Seals a hash for a person's row.
    pub fn new(app: &App, user: UserId, hash: &SecretString) -> Self {
        let place = Place::new(user, PLACE);
        let sealed = app.keys().seal(place, hash.expose_secret(), app.random());
        Self(STANDARD_NO_PAD.encode(sealed))
    }

    /// The hash.
    pub fn open(&self, app: &App, user: UserId) -> Result<SecretString, Problem> {
        let sealed = STANDARD_NO_PAD.decode(&self.0).map_err(Problem::internal)?;
        let hash = app.keys().open(Place::new(user, PLACE), &sealed);
        Ok(SecretString::from(hash.map_err(Problem::internal)?))
    }
}

/// What was tried since then.
pub async fn recent_tries(
    tx: &Tx,
    index: &[u8],
    network: IpAddr,
    since: Timestamp,
) -> Result<Recent, Problem> {
    let row = sql::recent_tries().bind(tx.db(), &index, &since, &network).one().await?;
    Ok(Recent {
        of_number: row.number_tries,
        number_since: row.number_since,
        number_last: row.number_last,
        of_network: row.network_tries,
        network_since: row.network_since,
    })
}

/// Writes a try down.
pub async fn insert_try(
    tx: &Tx,
    id: ActivityId,
    index: &[u8],
    network: IpAddr,
) -> Result<(), Problem> {
    sql::insert_try().bind(tx.db(), id.as_uuid(), &index, &network, &tx.now()).await?;
    Ok(())
}

/// Takes a try out again: it was right.
pub async fn delete_try(tx: &Tx, id: ActivityId) -> Result<(), Problem> {
    sql::delete_try().bind(tx.db(), id.as_uuid()).await?;
    Ok(())
}

/// Whose number has which password.
pub async fn find_by_number(tx: &Tx, index: &[u8]) -> Result<Option<(UserId, Sealed)>, Problem> {
    let row = sql::find_by_number().bind(tx.db(), &index).opt().await?;
    Ok(row.map(|row| (row.user_id.into(), Sealed(row.password_hash))))
}

/// A person's password.
pub async fn find_by_user(app: &App, user: UserId) -> Result<Option<Sealed>, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::find_by_user().bind(&*db, user.as_uuid()).opt().await?.map(Sealed))
}

/// The same, kept from being changed meanwhile.
pub async fn lock_by_user(tx: &Tx, user: UserId) -> Result<Option<Sealed>, Problem> {
    Ok(sql::lock_by_user().bind(tx.db(), user.as_uuid()).opt().await?.map(Sealed))
}

/// What a password must not be made of, and the number's index.
pub async fn find_owner(app: &App, user: UserId) -> Result<(Owner, Vec<u8>), Problem> {
    let db = app.db().shared().await?;
    let row = sql::find_owner().bind(&*db, user.as_uuid()).one().await?;
    let place = Place::new(user, users::PHONE_PLACE);
    let phone = app.keys().open_phone(place, &row.phone_number_envelope);
    let phone = phone.map_err(Problem::internal)?.as_e164().to_owned();
    Ok((Owner { username: row.username, phone }, row.phone_number))
}

/// Sets or changes a password.
pub async fn set(app: &App, tx: &Tx, user: UserId, sealed: &Sealed) -> Result<(), Problem> {
    let id: AuthenticationId = app.ids().make_at(tx.now(), user.bucket());
    sql::set_password().bind(tx.db(), id.as_uuid(), user.as_uuid(), &sealed.0, &tx.now()).await?;
    Ok(())
}

/// Takes a password away; false if there was none.
pub async fn remove(tx: &Tx, user: UserId) -> Result<bool, Problem> {
    Ok(sql::remove_password().bind(tx.db(), user.as_uuid()).await? == 1)
}
