//! SQL of the number that an account is asked by.

use kith_sql_generated::queries::step_up as sql;
use kith_types::id::UserId;

use crate::{db::Tx, http::problem::Problem};

/// Whether a number is still the account's.
pub async fn has_number(tx: &Tx, user: UserId, index: &[u8]) -> Result<bool, Problem> {
    let row = sql::own_number().bind(tx.db(), user.as_uuid()).one().await?;
    Ok(row == index)
}
