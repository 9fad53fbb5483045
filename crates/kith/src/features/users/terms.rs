//! What people agree to: the terms, where an operator has any, and the use of their address book.

use kith_types::id::UserId;

use super::store;
use crate::{
    app::App,
    db::Tx,
    http::problem::{Kind, Problem},
};

/// What a person can agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// The operator's terms.
    Terms,
    /// Keeping and matching an address book.
    Contacts,
}

impl Consent {
    /// As it is stored.
    fn kind(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Contacts => "contacts",
        }
    }
}

/// Writes that a person agreed to a version; again is the same as once.
pub async fn record_consent(
    tx: &Tx,
    user: UserId,
    consent: Consent,
    version: &str,
) -> Result<(), Problem> {
    store::insert_consent(tx, user, consent.kind(), version).await
}

/// Demands that the person has accepted the terms that are valid now.
pub async fn require_terms(app: &App, user: UserId) -> Result<(), Problem> {
    let Some(terms) = &app.config().terms else { return Ok(()) };
    if store::has_consented(app, user, Consent::Terms.kind(), &terms.version).await? {
        return Ok(());
    }
    let detail = "read the terms that GET /v1/config names and accept them (PATCH /v1/me)";
    Err(Problem::new(Kind::TermsNotAccepted, detail))
}
