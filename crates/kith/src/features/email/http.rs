//! Routes of verifying an e-mail address.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use kith_types::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::code::{self, MAX_TRIES};
use crate::{
    app::App,
    features::users::{self, MeBody},
    http::{
        auth::Newcomer,
        etag,
        extract::{Json, parse_json, read_body, require_type},
        problem::Problem,
        reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start_email)).routes(routes!(verify_email))
}

/// Nothing: the address is the account's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StartEmail {}

#[derive(Serialize, ToSchema)]
struct EmailStarted {
    expires_at: Timestamp,
    resend_at: Timestamp,
    attempts_left: i16,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerifyEmail {
    /// Six digits.
    code: String,
}

/// Sends a code to the unverified address of my account.
#[utoipa::path(post, path = "/v1/me/email/start", tag = "users", request_body(content = Option<StartEmail>),
    security(("bearer" = []), ("cookie" = [])), responses((status = 202, body = EmailStarted)))]
async fn start_email(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    headers: HeaderMap,
    request: axum::extract::Request,
) -> Result<Response, Problem> {
    let body = read_body(request, &app).await?;
    if !body.is_empty() {
        require_type(&headers, "application/json")?;
        let StartEmail {} = parse_json(&body)?;
    }
    let code::Started { expires_at, resend_at } = code::start(&app, &me).await?;
    let body = EmailStarted { expires_at, resend_at, attempts_left: MAX_TRIES };
    Ok((StatusCode::ACCEPTED, Reply(body)).into_response())
}

/// Verifies the address by the code that was sent to it.
#[utoipa::path(post, path = "/v1/me/email/verify", tag = "users", request_body = VerifyEmail,
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = MeBody)))]
async fn verify_email(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    headers: HeaderMap,
    Json { value, .. }: Json<VerifyEmail>,
) -> Result<Response, Problem> {
    code::verify(&app, &me, &value.code).await?;
    let body = users::own_profile(&app, me.user_id, me.transport).await?;
    etag::respond(&headers, StatusCode::OK, body.version, &body)
}
