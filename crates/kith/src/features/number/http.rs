//! Routes of one's own number and of its lock.

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode};
use kith_messaging::Channel;
use kith_types::id::VerificationId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{change, lock};
use crate::{
    app::App,
    features::{
        auth::{
            ChannelName, Started,
            code::{self, Purpose, Sending},
            phone_of, step_up,
        },
        passkeys,
        users::{self, MeBody},
    },
    http::{
        auth::Newcomer, etag, extract::Json, network::ClientNetwork, problem::Problem, reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_number_change))
        .routes(routes!(verify_number_change))
        .routes(routes!(set_registration_lock, remove_registration_lock))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StartNumberChange {
    /// The new one: E.164, or national with `region`.
    phone_number: String,
    /// ISO 3166-1 alpha-2.
    region: Option<String>,
    channel: Option<ChannelName>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerifyNumberChange {
    verification_id: VerificationId,
    /// Six digits.
    code: String,
}

/// Sends a code to the new number. The answer is the same whether or not somebody has it.
#[utoipa::path(post, path = "/v1/me/phone/start", tag = "number", request_body = StartNumberChange,
    security(("bearer" = []), ("cookie" = [])), responses((status = 202, body = Started)))]
async fn start_number_change(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    ClientNetwork(network): ClientNetwork,
    Json { value, .. }: Json<StartNumberChange>,
) -> Result<Response, Problem> {
    // Whoever lost the number and has no passkey has nothing to show it by, and must not be left without.
    if users::number_of(&app, me.user_id).await?.is_some()
        || !passkeys::list(&app, me.user_id).await?.is_empty()
    {
        step_up::require(&app, &me).await?;
    }
    let phone = phone_of(&value.phone_number, value.region.as_deref())?;
    let purpose = Purpose::NumberChange(me.session_id);
    let channel = value.channel.map_or(Channel::Sms, Channel::from);
    let started = code::start(&app, Sending { phone, purpose, channel, network }).await?;
    Ok((StatusCode::ACCEPTED, Reply(started)).into_response())
}

/// Makes the number that got the code mine; says now if another account has it.
#[utoipa::path(post, path = "/v1/me/phone/verify", tag = "number", request_body = VerifyNumberChange,
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = MeBody)))]
async fn verify_number_change(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    headers: HeaderMap,
    Json { value, .. }: Json<VerifyNumberChange>,
) -> Result<Response, Problem> {
    change::verify(&app, &me, value.verification_id, &value.code).await?;
    let body = users::own_profile(&app, me.user_id, me.transport).await?;
    etag::respond(&headers, StatusCode::OK, body.version, &body)
}

/// Locks my account: until seven days after it was last seen, a code alone lets no new device in.
#[utoipa::path(put, path = "/v1/me/registration-lock", tag = "number",
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn set_registration_lock(
    State(app): State<App>,
    Newcomer(me): Newcomer,
) -> Result<StatusCode, Problem> {
    step_up::require(&app, &me).await?;
    lock::set(&app, &me).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the lock away.
#[utoipa::path(delete, path = "/v1/me/registration-lock", tag = "number",
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn remove_registration_lock(
    State(app): State<App>,
    Newcomer(me): Newcomer,
) -> Result<StatusCode, Problem> {
    step_up::require(&app, &me).await?;
    lock::remove(&app, &me).await?;
    Ok(StatusCode::NO_CONTENT)
}
