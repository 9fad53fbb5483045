//! What is kept only for a while.
//!
//! - Events are kept as long as a client may resume, and longer only while a consumer has not seen them.
//! - Idempotency keys are kept for a day.
//! - Sessions that were ended are kept for thirty days, so that an old token is known for what it is; those that
//!   ran out for a year, since their devices may still vouch for their owners.
//! - Sign-ins in progress, counts of codes and codes for e-mail are kept as long as limits look back; what was sent,
//!   by keyed index, for thirty days; challenges for passkeys, wrong passwords and ways to a provider and back for
//!   an hour beyond their use.
//! - The audit log is kept for `retention.audit_days`.
//!
//! Activities and photos have their own rules with their features.

mod store;

use std::time::Duration;

use utoipa_axum::router::OpenApiRouter;

use super::Feature;
use crate::{app::App, http::problem::Problem, jobs::Task};

/// Registry entry.
pub const FEATURE: Feature = Feature {
    name: "retention",
    routes: OpenApiRouter::new,
    tasks: &[Task {
        name: "retention.sweep",
        handler: |app, _| Box::pin(async move { sweep(&app).await }),
        every: Some(Duration::from_hours(1)),
    }],
};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const ENDED_SESSION: Duration = Duration::from_hours(30 * 24);
/// As long as a bill may be doubted.
const SMS_ATTEMPT: Duration = Duration::from_hours(30 * 24);
/// Nobody comes back from a provider later than they may.
const OIDC_FLOW: Duration = Duration::from_hours(1);
/// Limits look back one day.
const FLOW: Duration = Duration::from_hours(2 * 24);

/// Deletes everything that is older than it may be.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let now = app.now();
    let event_days = Duration::from_hours(app.config().retention.event_days * 24);
    let audit_days = Duration::from_hours(app.config().retention.audit_days * 24);
    for (what, age) in [
        (store::Kept::Events, event_days),
        (store::Kept::IdempotencyKeys, DAY),
        (store::Kept::EndedSessions, ENDED_SESSION),
        (store::Kept::Flows, FLOW),
        (store::Kept::SendingCounts, FLOW),
        (store::Kept::SmsAttempts, SMS_ATTEMPT),
        (store::Kept::PasskeyFlows, HOUR),
        (store::Kept::PasswordTries, 2 * HOUR),
        (store::Kept::OidcFlows, OIDC_FLOW),
        (store::Kept::EmailFlows, FLOW),
        (store::Kept::AuditLog, audit_days),
    ] {
        let deleted = store::delete(app, what, now - age).await?;
        metrics::counter!("kith_retention_deleted_total", "what" => what.name()).increment(deleted);
    }
    Ok(())
}
