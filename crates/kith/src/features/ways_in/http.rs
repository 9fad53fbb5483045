//! The list of one's ways in.

use axum::extract::State;
use kith_types::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    features::{
        identities, number,
        passkeys::{self, PasskeyBody},
        password, users,
    },
    http::{auth::Newcomer, problem::Problem, reply::Reply},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_ways_in))
}

/// What leads into my account.
#[derive(Serialize, ToSchema)]
struct WaysIn {
    /// A code to my number; false only where the number went over to somebody else.
    phone: bool,
    /// Whether I have a password; it goes with my number.
    password: bool,
    /// My passkeys, oldest first.
    passkeys: Vec<PasskeyBody>,
    /// Accounts of mine elsewhere that sign in here.
    identities: Vec<IdentityBody>,
    /// Whether a new device needs more than a code.
    registration_lock: bool,
}

/// An account elsewhere that signs in here.
#[derive(Serialize, ToSchema)]
pub struct IdentityBody {
    /// The provider's name in the settings.
    pub provider: String,
    /// Since when.
    pub linked_at: Timestamp,
}

impl From<(String, Timestamp)> for IdentityBody {
    fn from((provider, linked_at): (String, Timestamp)) -> Self {
        Self { provider, linked_at }
    }
}

/// What leads into my account.
#[utoipa::path(get, path = "/v1/me/ways-in", tag = "auth", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = WaysIn)))]
async fn get_ways_in(
    State(app): State<App>,
    Newcomer(me): Newcomer,
) -> Result<Reply<WaysIn>, Problem> {
    let linked = identities::linked(&app, me.user_id).await?;
    let phone = users::number_of(&app, me.user_id).await?.is_some();
    Ok(Reply(WaysIn {
        phone,
        password: phone && password::is_set(&app, me.user_id).await?,
        passkeys: passkeys::list(&app, me.user_id).await?,
        identities: linked.into_iter().map(IdentityBody::from).collect(),
        registration_lock: number::is_locked(&app, me.user_id).await?,
    }))
}
