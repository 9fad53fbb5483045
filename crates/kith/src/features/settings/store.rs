//! SQL of the settings.

use kith_sql_generated::queries::settings as sql;
use kith_types::id::UserId;
use serde_json::Value;

use crate::{app::App, db::Tx, http::problem::Problem};

/// Both documents as stored.
pub struct Stored {
    pub version: i32,
    pub privacy: Value,
    pub preferences: Value,
}

/// Reads a person's settings.
pub async fn get(app: &App, user: UserId) -> Result<Stored, Problem> {
    let db = app.db().shared().await?;
    let row = sql::get_settings().bind(&*db, user.as_uuid()).one().await?;
    Ok(Stored {
        version: row.version,
        privacy: row.privacy_settings,
        preferences: row.notification_preferences,
    })
}

/// Reads them for a change.
pub async fn lock(tx: &Tx, user: UserId) -> Result<Stored, Problem> {
    let row = sql::lock_settings().bind(tx.db(), user.as_uuid()).one().await?;
    Ok(Stored {
        version: row.version,
        privacy: row.privacy_settings,
        preferences: row.notification_preferences,
    })
}

/// Writes them as the next version.
pub async fn put(
    tx: &Tx,
    user: UserId,
    privacy: &Value,
    preferences: &Value,
) -> Result<i32, Problem> {
    Ok(sql::put_settings()
        .bind(tx.db(), privacy, preferences, &tx.now(), user.as_uuid())
        .one()
        .await?)
}
