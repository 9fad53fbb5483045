//! SQL of the audit log.

use kith_sql_generated::queries::security as sql;
use kith_types::id::{ActivityId, SessionId, UserId};

use super::Fact;
use crate::{app::App, db::Tx, http::problem::Problem};

/// Writes a row.
pub async fn insert(
    app: &App,
    tx: &Tx,
    user: UserId,
    session: Option<SessionId>,
    fact: Fact,
) -> Result<(), Problem> {
    let id: ActivityId = app.ids().make_at(tx.now(), user.bucket());
    let session = session.map(SessionId::uuid);
    sql::insert_audit()
        .bind(
            tx.db(),
            id.as_uuid(),
            &fact.kind(),
            &Some(user.uuid()),
            &None::<uuid::Uuid>,
            &session,
            &fact.details(),
            &tx.now(),
        )
        .await?;
    Ok(())
}
