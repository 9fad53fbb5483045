//! SQL of who has a number.

use kith_sql_generated::queries::number as sql;
use kith_types::id::UserId;

use super::holder::Holder;
use crate::{app::App, db::Tx, http::problem::Problem};

/// Takes the account of a number for this transaction.
pub async fn find_holder(tx: &Tx, index: &[u8]) -> Result<Option<Holder>, Problem> {
    let row = sql::find_holder().bind(tx.db(), &index).opt().await?;
    Ok(row.map(|row| Holder {
        user: row.user_id.into(),
        status: row.status,
        locked_at: row.registration_locked_at,
        seen_at: row.seen_at,
    }))
}

/// The index of a person's number, held until the transaction ends.
pub async fn lock_own_number(tx: &Tx, user: UserId) -> Result<Vec<u8>, Problem> {
    Ok(sql::lock_own_number().bind(tx.db(), user.as_uuid()).one().await?)
}

/// Writes another number.
pub async fn set_number(
    tx: &Tx,
    user: UserId,
    index: &[u8],
    envelope: &[u8],
) -> Result<(), Problem> {
    sql::set_number().bind(tx.db(), &index, &envelope, &tx.now(), user.as_uuid()).await?;
    Ok(())
}

/// Takes the number from an account, which stays known as who had it.
pub async fn lose_number(
    tx: &Tx,
    user: UserId,
    nothing: &[u8],
    envelope: &[u8],
) -> Result<(), Problem> {
    sql::lose_number().bind(tx.db(), &nothing, &envelope, &tx.now(), user.as_uuid()).await?;
    Ok(())
}

/// Whether a number was this account's until it went over to somebody else.
pub async fn had_number(tx: &Tx, user: UserId, index: &[u8]) -> Result<bool, Problem> {
    let had = sql::had_number().bind(tx.db(), &index, user.as_uuid()).opt().await?;
    Ok(had.unwrap_or(false))
}

/// Notes whether a person has shown to have the number.
pub async fn set_phone_verified(tx: &Tx, user: UserId, verified: bool) -> Result<(), Problem> {
    sql::set_phone_verified().bind(tx.db(), &verified, &tx.now(), user.as_uuid()).await?;
    Ok(())
}

/// Ends the step-ups whose code went to a number.
pub async fn end_step_ups(tx: &Tx, index: &[u8]) -> Result<(), Problem> {
    sql::end_step_ups().bind(tx.db(), &index).await?;
    Ok(())
}

/// Locks an account; false if it was locked.
pub async fn set_lock(tx: &Tx, user: UserId) -> Result<bool, Problem> {
    Ok(sql::set_registration_lock().bind(tx.db(), &tx.now(), user.as_uuid()).await? == 1)
}

/// Unlocks an account; false if it was not locked.
pub async fn remove_lock(tx: &Tx, user: UserId) -> Result<bool, Problem> {
    Ok(sql::remove_registration_lock().bind(tx.db(), user.as_uuid()).await? == 1)
}

/// Whether an account is locked.
pub async fn has_lock(app: &App, user: UserId) -> Result<bool, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::has_registration_lock().bind(&*db, user.as_uuid()).one().await?)
}
