//! SQL of what became of messages.

use kith_messaging::{Delivery, Receipt, Report};
use kith_sql_generated::queries::sms as sql;
use kith_types::{id::ActivityId, time::Timestamp};
use uuid::Uuid;

use crate::{app::App, http::problem::Problem};

/// Notes who took a message.
pub async fn settle_sent(app: &App, attempt: ActivityId, receipt: &Receipt) -> Result<(), Problem> {
    let db = app.db().pooled().await?;
    let Receipt { provider, provider_id, failed } = receipt;
    sql::settle_sent().bind(&db, failed, provider, provider_id, attempt.as_uuid()).await?;
    Ok(())
}

/// Notes that nobody took a message.
pub async fn settle_failed(app: &App, attempt: ActivityId) -> Result<(), Problem> {
    let db = app.db().pooled().await?;
    sql::settle_failed().bind(&db, attempt.as_uuid()).await?;
    Ok(())
}

/// Notes how far a message came; false if that was known, or if no such message is.
pub async fn note_delivery(app: &App, report: &Report) -> Result<bool, Problem> {
    let Report { provider, provider_id, message_id, delivery } = report;
    let attempt: Option<Uuid> = message_id.as_deref().and_then(|id| id.parse().ok());
    let delivered_at = (*delivery == Delivery::Delivered).then(|| app.now());
    let db = app.db().pooled().await?;
    let changed = sql::note_delivery()
        .bind(
            &db,
            &delivery.as_str(),
            &delivered_at,
            provider,
            provider_id,
            &delivery.may_follow(),
            &attempt,
        )
        .await?;
    Ok(changed > 0)
}

/// The providers that did not take a message to a number since then, or did not bring it.
pub async fn providers_that_failed(
    app: &App,
    index: &[u8],
    since: Timestamp,
) -> Result<Vec<String>, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::providers_that_failed().bind(&*db, &index, &since).all().await?)
}
