//! SQL of the number that an account is asked by.

use kith_sql_generated::queries::step_up as sql;
use kith_types::{id::UserId, keys::Place, phone::PhoneNumber};

use crate::{app::App, db::Tx, features::users, http::problem::Problem};

/// The account's own number.
pub async fn own_number(app: &App, user: UserId) -> Result<PhoneNumber, Problem> {
    let db = app.db().shared().await?;
    let row = sql::own_number().bind(&*db, user.as_uuid()).one().await?;
    let place = Place::new(user, users::PHONE_PLACE);
    app.keys().open_phone(place, &row.phone_number_envelope).map_err(Problem::internal)
}

/// Whether a number is still the account's.
pub async fn has_number(tx: &Tx, user: UserId, index: &[u8]) -> Result<bool, Problem> {
    let row = sql::own_number().bind(tx.db(), user.as_uuid()).one().await?;
    Ok(row.phone_number == index)
}
