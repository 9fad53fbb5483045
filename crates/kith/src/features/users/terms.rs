//! The terms, where an operator has any.

use kith_types::id::UserId;

use super::store;
use crate::{
    app::App,
    http::problem::{Kind, Problem},
};

/// Demands that the person has accepted the terms that are valid now.
pub async fn require_terms(app: &App, user: UserId) -> Result<(), Problem> {
    let Some(terms) = &app.config().terms else { return Ok(()) };
    if store::has_consented(app, user, "terms", &terms.version).await? {
        return Ok(());
    }
    let detail = "read the terms that GET /v1/config names and accept them (PATCH /v1/me)";
    Err(Problem::new(Kind::TermsNotAccepted, detail))
}
