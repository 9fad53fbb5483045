//! Routes of showing again who one is.

use axum::{
    extract::{Request, State},
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use kith_messaging::Channel;
use kith_types::id::VerificationId;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::super::{code::Started, http::ChannelName};
use crate::{
    app::App,
    http::{
        auth::AnyState,
        extract::{Json, parse_json, read_body, require_type},
        network::ClientNetwork,
        problem::Problem,
        reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start_step_up)).routes(routes!(verify_step_up))
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StartStepUp {
    channel: Option<ChannelName>,
}

/// A code that was sent for it, or the answer of a passkey to a challenge of
/// `/v1/auth/passkeys/login/start`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerifyStepUp {
    verification_id: Option<VerificationId>,
    /// Six digits.
    code: Option<String>,
    login_id: Option<VerificationId>,
    /// The `PublicKeyCredential` in its JSON form.
    #[schema(value_type = Option<Object>)]
    credential: Option<Value>,
}

/// Sends a code to my own number, to show that it is still me.
#[utoipa::path(post, path = "/v1/auth/step-up/start", tag = "auth", security(("bearer" = []), ("cookie" = [])),
    request_body(content = Option<StartStepUp>), responses((status = 202, body = Started)))]
async fn start_step_up(
    State(app): State<App>,
    AnyState(me): AnyState,
    ClientNetwork(network): ClientNetwork,
    request: Request,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let body = read_body(request, &app).await?;
    let input = if body.is_empty() {
        StartStepUp::default()
    } else {
        require_type(&headers, "application/json")?;
        parse_json(&body)?
    };
    let channel = input.channel.map_or(Channel::Sms, Channel::from);
    let started = super::start(&app, &me, channel, network).await?;
    Ok((StatusCode::ACCEPTED, Reply(started)).into_response())
}

/// Shows that it is me: good for ten minutes in this session.
#[utoipa::path(post, path = "/v1/auth/step-up/verify", tag = "auth", security(("bearer" = []), ("cookie" = [])),
    request_body = VerifyStepUp, responses((status = 204)))]
async fn verify_step_up(
    State(app): State<App>,
    AnyState(me): AnyState,
    Json { value, .. }: Json<VerifyStepUp>,
) -> Result<StatusCode, Problem> {
    match value {
        VerifyStepUp {
            verification_id: Some(id),
            code: Some(code),
            login_id: None,
            credential: None,
        } => super::prove_by_code(&app, &me, id, &code).await?,
        VerifyStepUp {
            verification_id: None,
            code: None,
            login_id: Some(login),
            credential: Some(credential),
        } => super::prove_by_passkey(&app, &me, login, credential).await?,
        _ => {
            let detail = "send verification_id and code, or login_id and credential";
            return Err(Problem::invalid("", detail));
        }
    }
    Ok(StatusCode::NO_CONTENT)
}
