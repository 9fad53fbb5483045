//! SQL of the number that an account is asked by.

use kith_sql_generated::queries::step_up as sql;
use kith_types::{
    id::{SessionId, UserId},
    time::Timestamp,
};

use crate::{app::App, db::Tx, http::problem::Problem};

/// Whether a session began with a code after that time, when its account had passkeys.
pub async fn is_young_by_code(
    app: &App,
    session: SessionId,
    user: UserId,
    since: Timestamp,
) -> Result<bool, Problem> {
    let db = app.db().shared().await?;
    let is_young =
        sql::is_young_by_code().bind(&*db, &since, session.as_uuid(), user.as_uuid()).opt().await?;
    Ok(is_young.unwrap_or(false))
}

/// Whether a number is still the account's.
pub async fn has_number(tx: &Tx, user: UserId, index: &[u8]) -> Result<bool, Problem> {
    let row = sql::own_number().bind(tx.db(), user.as_uuid()).one().await?;
    Ok(row == index)
}
