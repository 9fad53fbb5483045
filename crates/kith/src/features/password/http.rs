//! Routes of passwords.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use kith_types::{
    phone::{PhoneNumber, Region},
    visibility::ActivityType,
};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::actions::{self, Change, Tried};
use crate::{
    app::App,
    features::{
        activity,
        auth::{self, DeviceInput, Opening, SessionKind, SignedIn},
    },
    http::{auth::Newcomer, extract::Json, network::ClientNetwork, problem::Problem},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(sign_in)).routes(routes!(set_password, remove_password))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordLogin {
    /// E.164, or national with `region`.
    phone_number: String,
    /// ISO 3166-1 alpha-2.
    region: Option<String>,
    #[schema(value_type = String)]
    password: SecretString,
    device: Option<DeviceInput>,
    session: Option<SessionKind>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetPassword {
    /// 10 to 200 characters, without the username or the number, and not publicly known.
    #[schema(value_type = String)]
    password: SecretString,
    /// The present one, if there is one.
    #[schema(value_type = Option<String>)]
    current_password: Option<SecretString>,
}

/// Exchanges a password for a session. Unknown numbers, numbers without one and wrong ones get the same answer.
#[utoipa::path(post, path = "/v1/auth/password/login", tag = "auth", request_body = PasswordLogin,
    responses((status = 200, body = SignedIn)))]
async fn sign_in(
    State(app): State<App>,
    network: ClientNetwork,
    headers: HeaderMap,
    Json { value, .. }: Json<PasswordLogin>,
) -> Result<Response, Problem> {
    let region = value.region.as_deref().map(str::parse::<Region>).transpose();
    let region = region.map_err(|error| Problem::invalid("/region", error.to_string()))?;
    let phone = PhoneNumber::parse(&value.phone_number, region)
        .map_err(|error| Problem::invalid("/phone_number", error.to_string()))?;
    let opening = Opening::read(&app, &headers, value.session, value.device)?;
    let transport = opening.transport;
    let tried = Tried { phone, password: value.password, network: network.0 };
    let granted = actions::sign_in(&app, tried, opening).await?;
    let metadata = json!({ "method": "password" });
    activity::record(&app, granted.user, ActivityType::Login, Some(network), metadata);
    auth::granted(&app, granted, transport).await
}

/// Sets or changes my password. Demands a step-up, and the present one if there is one.
#[utoipa::path(put, path = "/v1/me/password", tag = "auth", request_body = SetPassword,
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn set_password(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    ClientNetwork(network): ClientNetwork,
    Json { value, .. }: Json<SetPassword>,
) -> Result<StatusCode, Problem> {
    let SetPassword { password, current_password: current } = value;
    actions::set(&app, &me, Change { password, current, network }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes my password away. Demands a step-up.
#[utoipa::path(delete, path = "/v1/me/password", tag = "auth", security(("bearer" = []), ("cookie" = [])),
    responses((status = 204)))]
async fn remove_password(
    State(app): State<App>,
    Newcomer(me): Newcomer,
) -> Result<StatusCode, Problem> {
    actions::remove(&app, &me).await?;
    Ok(StatusCode::NO_CONTENT)
}
