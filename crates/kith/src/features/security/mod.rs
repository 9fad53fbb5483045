//! What happened to an account, for its owner and for the operator.
//!
//! - Every fact is a row of the audit log, written in the transaction that makes it true: ids and words of this
//!   program only, no number, address or token. It is kept for `retention.audit_days`.
//! - What its owner must know of is an event beside that row, which becomes a `system` notification on all
//!   devices. A sign-in is told only where somebody is signed in to hear of it.

mod fact;
mod store;

pub use fact::Fact;

use kith_types::{
    id::{SessionId, UserId, VerificationId},
    keys::PhoneIndex,
};
use utoipa_axum::router::OpenApiRouter;

use super::Feature;
use crate::{app::App, db::Tx, http::problem::Problem, realtime::outbox::NewEvent};

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "security", routes: OpenApiRouter::new, tasks: &[] };

/// Records a fact about an account and tells its owner; `session` is where it was done.
pub async fn record(
    app: &App,
    tx: &Tx,
    user: UserId,
    session: Option<SessionId>,
    fact: Fact,
) -> Result<(), Problem> {
    let id = store::insert(app, tx, user, session, fact).await?;
    let is_told = match (fact, session) {
        (Fact::SignedIn(_), Some(new)) => store::is_signed_in_elsewhere(tx, user, new).await?,
        _ => fact.is_told(),
    };
    if is_told {
        tx.emit(NewEvent::account_noted(id, user));
    }
    Ok(())
}

/// Records that a code was wrong, for the account of the flow's number if there is one. It happens after the
/// answer, so that an answer takes as long for a number without an account.
pub fn note_wrong_code(app: &App, flow: VerificationId, fact: Fact) {
    let app_in = app.clone();
    app.spawn_after_answer(async move {
        if store::insert_wrong_code(&app_in, flow, fact).await.is_err() {
            tracing::warn!("a wrong code could not be noted in the audit log");
        }
    });
}

/// Records that a password was wrong, for the account of a number if there is one; after the answer, as with codes.
pub fn note_wrong_password(app: &App, phone: PhoneIndex, fact: Fact) {
    let app_in = app.clone();
    app.spawn_after_answer(async move {
        if store::insert_wrong_password(&app_in, phone, fact).await.is_err() {
            tracing::warn!("a wrong password could not be noted in the audit log");
        }
    });
}
