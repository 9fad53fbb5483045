//! Changing one's own profile.

use std::time::Duration;

use kith_types::{
    id::UserId,
    text::{DisplayName, Email, Username},
    visibility::UserStatus,
};

use super::{Consent, record_consent, store};
use crate::{
    app::App,
    http::{etag::IfMatch, problem::Problem, rate_limit},
};

/// What a person changes; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
#[expect(clippy::option_option, reason = "null removes, absent leaves as it is")]
pub struct ProfilePatch {
    pub username: Option<Username>,
    pub display_name: Option<DisplayName>,
    /// `Some(None)` removes the address.
    pub email: Option<Option<Email>>,
    pub accepted_terms: Option<String>,
}

/// Applies the change; the first username makes the account active.
pub async fn patch(
    app: &App,
    user: UserId,
    expected: IfMatch,
    patch: ProfilePatch,
) -> Result<(), Problem> {
    let app_in = app.clone();
    app.tx("users.patch", move |tx| {
        let (app, expected, patch) = (app_in.clone(), expected.clone(), patch.clone());
        async move {
            let mut account = store::lock(&app, &tx, user).await?;
            expected.require(account.version)?;
            if let Some(username) = patch.username {
                account.display_name.get_or_insert_with(|| username.as_str().to_owned());
                account.username = Some(username.as_str().to_owned());
                if account.status == UserStatus::Pending {
                    account.status = UserStatus::Active;
                }
            }
            if let Some(name) = patch.display_name {
                account.display_name = Some(name.as_str().to_owned());
            }
            if let Some(email) = patch.email {
                account.email = email;
            }
            if let Some(version) = &patch.accepted_terms {
                accept_terms(&app, &tx, user, version).await?;
            }
            store::update(&app, &tx, user, &account).await
        }
    })
    .await
}

/// Takes one look at who has a username from what a person may have.
pub async fn take_lookup(app: &App, user: UserId) -> Result<(), Problem> {
    let per_hour = app.config().limits.username_lookups_per_hour;
    let limit = rate_limit::shared("username-lookups", per_hour, Duration::from_hours(1));
    rate_limit::require(app, &limit, user).await
}

async fn accept_terms(
    app: &App,
    tx: &crate::db::Tx,
    user: UserId,
    version: &str,
) -> Result<(), Problem> {
    match &app.config().terms {
        Some(terms) if terms.version == version => {
            record_consent(tx, user, Consent::Terms, version).await
        }
        _ => Err(Problem::invalid("/accepted_terms", "name the version that GET /v1/config gives")),
    }
}
