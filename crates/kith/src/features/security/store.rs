//! SQL of the audit log.

use kith_sql_generated::queries::security as sql;
use kith_types::{
    id::{AuditId, SessionId, UserId, VerificationId},
    keys::PhoneIndex,
};

use super::Fact;
use crate::{app::App, db::Tx, http::problem::Problem};

/// Writes a row and returns its id.
pub async fn insert(
    app: &App,
    tx: &Tx,
    user: UserId,
    session: Option<SessionId>,
    fact: Fact,
) -> Result<AuditId, Problem> {
    let id: AuditId = app.ids().make_at(tx.now(), user.bucket());
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
    Ok(id)
}

/// Whether a person has another session that goes on.
pub async fn is_signed_in_elsewhere(
    tx: &Tx,
    user: UserId,
    session: SessionId,
) -> Result<bool, Problem> {
    let row = sql::is_signed_in_elsewhere();
    Ok(row.bind(tx.db(), user.as_uuid(), session.as_uuid(), &tx.now()).one().await?)
}

/// Writes a row for the account of a flow's number, if there is one.
pub async fn insert_wrong_code(app: &App, flow: VerificationId, fact: Fact) -> Result<(), Problem> {
    let id: AuditId = app.ids().make_unowned();
    let db = app.db().pooled().await?;
    sql::insert_wrong_code()
        .bind(&db, id.as_uuid(), &fact.kind(), &fact.details(), &app.now(), flow.as_uuid())
        .await?;
    Ok(())
}

/// Writes a row for the account of a number, if there is one.
pub async fn insert_wrong_password(
    app: &App,
    phone: PhoneIndex,
    fact: Fact,
) -> Result<(), Problem> {
    let id: AuditId = app.ids().make_unowned();
    let db = app.db().pooled().await?;
    sql::insert_wrong_password()
        .bind(&db, id.as_uuid(), &fact.kind(), &fact.details(), &app.now(), &phone.as_bytes())
        .await?;
    Ok(())
}
