//! SQL of forgetting.

use std::time::Duration;

use deadpool_postgres::Object;
use kith_sql_generated::queries::retention as sql;
use kith_types::time::Timestamp;

use crate::{app::App, http::problem::Problem};

/// How much longer a session is kept that nobody ended.
const SILENT_SESSION: Duration = Duration::from_hours(335 * 24);
/// Rows that one statement deletes.
const BATCH: i64 = 5_000;

/// What is kept for a while.
#[derive(Clone, Copy, Debug)]
pub enum Kept {
    Events,
    IdempotencyKeys,
    EndedSessions,
    Flows,
    SmsAttempts,
    SendingCounts,
    PasskeyFlows,
    PasswordTries,
    OidcFlows,
    EmailFlows,
    AuditLog,
}

impl Kept {
    /// Its name in metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::IdempotencyKeys => "idempotency_keys",
            Self::EndedSessions => "sessions",
            Self::Flows => "flows",
            Self::SmsAttempts => "sms_attempts",
            Self::SendingCounts => "sending_counts",
            Self::PasskeyFlows => "passkey_flows",
            Self::PasswordTries => "password_tries",
            Self::OidcFlows => "oidc_flows",
            Self::EmailFlows => "email_flows",
            Self::AuditLog => "audit_log",
        }
    }
}

/// Deletes what is older than `before`, in batches; answers how many rows there were.
pub async fn delete(app: &App, what: Kept, before: Timestamp) -> Result<u64, Problem> {
    let db = app.db().pooled().await?;
    let mut total = 0;
    loop {
        let deleted = delete_batch(&db, what, before).await?;
        total += deleted;
        if deleted < BATCH.unsigned_abs() {
            return Ok(total);
        }
    }
}

async fn delete_batch(db: &Object, what: Kept, before: Timestamp) -> Result<u64, Problem> {
    Ok(match what {
        Kept::Events => {
            sql::delete_old_events().bind(db, &before, &BATCH).one().await?.unsigned_abs()
        }
        Kept::IdempotencyKeys => {
            sql::delete_old_idempotency_keys().bind(db, &before, &BATCH).await?
        }
        Kept::EndedSessions => {
            let silent_before = before - SILENT_SESSION;
            sql::delete_ended_sessions().bind(db, &before, &silent_before, &BATCH).await?
        }
        Kept::Flows => sql::delete_old_flows().bind(db, &before, &BATCH).await?,
        Kept::SmsAttempts => sql::delete_old_sms_attempts().bind(db, &before, &BATCH).await?,
        Kept::SendingCounts => sql::delete_old_sending_counts().bind(db, &before, &BATCH).await?,
        Kept::PasskeyFlows => sql::delete_old_passkey_flows().bind(db, &before, &BATCH).await?,
        Kept::PasswordTries => sql::delete_old_password_tries().bind(db, &before, &BATCH).await?,
        Kept::OidcFlows => sql::delete_old_oidc_flows().bind(db, &before, &BATCH).await?,
        Kept::EmailFlows => sql::delete_old_email_flows().bind(db, &before, &BATCH).await?,
        Kept::AuditLog => sql::delete_old_audit().bind(db, &before, &BATCH).await?,
    })
}
