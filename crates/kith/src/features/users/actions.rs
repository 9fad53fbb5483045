//! Changing one's own profile.

use kith_types::{
    id::UserId,
    text::{DisplayName, Email, Username},
    visibility::UserStatus,
};

use super::{Consent, record_consent, store};
use crate::{
    app::App,
    http::{
        etag::{self, IfMatch},
        problem::Problem,
    },
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
        let (app, patch) = (app_in.clone(), patch.clone());
        async move {
            let mut account = store::lock(&app, &tx, user).await?;
            if expected.version().is_some_and(|version| version != account.version) {
                return Err(etag::stale());
            }
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
