//! Routes of passkeys.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use kith_types::{
    id::{PasskeyId, UserId, VerificationId},
    text::DisplayName,
    time::Timestamp,
    visibility::ActivityType,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actions::{self, Registered},
    store,
};
use crate::{
    app::App,
    features::{
        activity,
        auth::{self, DeviceInput, Opening, SessionKind, SignedIn},
    },
    http::{
        auth::Newcomer,
        extract::{Json, Path},
        idempotency::{Claim, IdempotencyKey},
        network::ClientNetwork,
        problem::Problem,
        reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_registration))
        .routes(routes!(finish_registration))
        .routes(routes!(start_login))
        .routes(routes!(finish_login))
        .routes(routes!(remove_passkey))
}

/// A passkey of mine.
#[derive(Serialize, ToSchema)]
pub struct PasskeyBody {
    /// The passkey.
    pub passkey_id: PasskeyId,
    /// What I call it.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last showed that it is me.
    #[schema(required)]
    pub last_used_at: Option<Timestamp>,
}

/// Somebody's passkeys, oldest first.
pub async fn list(app: &App, user: UserId) -> Result<Vec<PasskeyBody>, Problem> {
    let rows = store::list(app, user).await?;
    Ok(rows.into_iter().map(PasskeyBody::from).collect())
}

impl From<store::ListPasskeys> for PasskeyBody {
    fn from(row: store::ListPasskeys) -> Self {
        Self {
            passkey_id: row.passkey_id.into(),
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

/// A new passkey is asked for.
#[derive(Serialize, ToSchema)]
struct RegistrationStarted {
    registration_id: VerificationId,
    /// `PublicKeyCredentialCreationOptionsJSON` of WebAuthn.
    #[schema(value_type = Object)]
    options: Value,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FinishRegistration {
    registration_id: VerificationId,
    /// 1 to 50 characters; `Passkey` if there are none.
    name: Option<String>,
    /// The new `PublicKeyCredential` in its JSON form.
    #[schema(value_type = Object)]
    credential: Value,
}

/// A passkey is asked for.
#[derive(Serialize, ToSchema)]
struct LoginStarted {
    login_id: VerificationId,
    /// `PublicKeyCredentialRequestOptionsJSON` of WebAuthn.
    #[schema(value_type = Object)]
    options: Value,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FinishLogin {
    login_id: VerificationId,
    /// The `PublicKeyCredential` in its JSON form.
    #[schema(value_type = Object)]
    credential: Value,
    device: Option<DeviceInput>,
    session: Option<SessionKind>,
}

/// Asks for a new passkey. Demands a step-up: it is another way in.
#[utoipa::path(post, path = "/v1/auth/passkeys/register/start", tag = "auth",
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = RegistrationStarted)))]
async fn start_registration(
    State(app): State<App>,
    Newcomer(me): Newcomer,
) -> Result<Reply<RegistrationStarted>, Problem> {
    let (registration_id, options) = actions::start_registration(&app, &me).await?;
    Ok(Reply(RegistrationStarted { registration_id, options }))
}

/// Keeps a new passkey, in the session that asked for it.
#[utoipa::path(post, path = "/v1/auth/passkeys/register/finish", tag = "auth", request_body = FinishRegistration,
    params(("Idempotency-Key" = Option<String>, Header)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 201, body = PasskeyBody)))]
async fn finish_registration(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    IdempotencyKey(key): IdempotencyKey,
    Json { value, hash }: Json<FinishRegistration>,
) -> Result<(StatusCode, Reply<PasskeyBody>), Problem> {
    let claim =
        Claim { user: me.user_id, route: "passkeys.register".to_owned(), key, body_hash: hash };
    let FinishRegistration { registration_id, name, credential } = value;
    let name = DisplayName::parse(name.as_deref().unwrap_or("Passkey"))
        .map_err(|error| Problem::invalid("/name", error.to_string()))?;
    let answer = Registered { flow: registration_id, name, credential, claim };
    let passkey = actions::finish_registration(&app, &me, answer).await?;
    Ok((StatusCode::CREATED, Reply(passkey)))
}

/// Asks for a passkey: to sign in, or to show again that it is me.
#[utoipa::path(post, path = "/v1/auth/passkeys/login/start", tag = "auth",
    responses((status = 200, body = LoginStarted)))]
async fn start_login(State(app): State<App>) -> Result<Reply<LoginStarted>, Problem> {
    let (login_id, options) = actions::start_login(&app).await?;
    Ok(Reply(LoginStarted { login_id, options }))
}

/// Exchanges a passkey's answer for a session.
#[utoipa::path(post, path = "/v1/auth/passkeys/login/finish", tag = "auth", request_body = FinishLogin,
    responses((status = 200, body = SignedIn)))]
async fn finish_login(
    State(app): State<App>,
    network: ClientNetwork,
    headers: HeaderMap,
    Json { value, .. }: Json<FinishLogin>,
) -> Result<Response, Problem> {
    let opening = Opening::read(&app, &headers, value.session, value.device)?;
    let transport = opening.transport;
    let granted = actions::sign_in(&app, value.login_id, value.credential, opening).await?;
    let metadata = json!({ "method": "passkey" });
    activity::record(&app, granted.user, ActivityType::Login, Some(network), metadata);
    auth::granted(&app, granted, transport).await
}

/// Takes a passkey of mine away. Demands a step-up.
#[utoipa::path(delete, path = "/v1/me/passkeys/{passkey_id}", tag = "auth",
    params(("passkey_id" = PasskeyId, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 204)))]
async fn remove_passkey(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    Path(passkey): Path<PasskeyId>,
) -> Result<StatusCode, Problem> {
    actions::remove(&app, &me, passkey).await?;
    Ok(StatusCode::NO_CONTENT)
}
