//! SQL of whether anything leads into an account.

use kith_sql_generated::queries::ways_in as sql;
use kith_types::id::UserId;

use crate::{db::Tx, http::problem::Problem};

/// Takes the ways into an account for this transaction.
pub async fn hold(tx: &Tx, user: UserId) -> Result<(), Problem> {
    sql::hold_ways_in().bind(tx.db(), user.as_uuid()).one().await?;
    Ok(())
}

/// Whether one is left, with these services.
pub async fn has_one(tx: &Tx, user: UserId, providers: &[&str]) -> Result<bool, Problem> {
    Ok(sql::has_way_in().bind(tx.db(), user.as_uuid(), &providers).one().await?)
}
