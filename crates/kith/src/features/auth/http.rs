//! Routes of sign-in and sessions.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use kith_messaging::Channel;
use kith_types::{
    id::{SessionId, VerificationId},
    phone::{PhoneNumber, Region},
    visibility::ActivityType,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actions,
    code::{self, Purpose, Sending, Started},
    device::Device,
    old_device::OldDevice,
    opening::{DeviceInput, Opening, SessionKind},
    refresh,
    responses::{self, SessionBody, SignedIn},
    sessions, step_up,
};
use crate::{
    app::App,
    features::{activity, passkeys},
    http::{
        auth::{AnyState, Caller, Transport, cookie},
        extract::{Json, Path, Query, parse_json, read_body, require_type},
        network::ClientNetwork,
        page::{Page, PageQuery},
        problem::Problem,
        reply::Reply,
        same_origin,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_config))
        .routes(routes!(start_phone))
        .routes(routes!(verify_phone))
        .routes(routes!(refresh_tokens))
        .routes(routes!(logout))
        .routes(routes!(list_sessions, end_other_sessions))
        .routes(routes!(end_session))
        .routes(routes!(get_key_set))
        .merge(step_up::routes())
}

/// What a client must know before anybody signed in.
#[derive(Serialize, ToSchema)]
struct ConfigBody {
    /// Key for web push; null where it is not offered.
    #[schema(required)]
    web_push_public_key: Option<String>,
    /// Ways to sign in.
    sign_in: Vec<String>,
    /// Terms to accept; null where there are none.
    #[schema(required)]
    terms: Option<TermsBody>,
    /// Largest upload in bytes.
    upload_max_bytes: u64,
}

/// Terms to accept.
#[derive(Serialize, ToSchema)]
struct TermsBody {
    /// Which text.
    version: String,
    /// Where it stands.
    url: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StartPhone {
    /// E.164, or national with `region`.
    phone_number: String,
    /// ISO 3166-1 alpha-2.
    region: Option<String>,
    channel: Option<ChannelName>,
}

/// How the code travels.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChannelName {
    /// As a text message.
    Sms,
    /// Spoken.
    Call,
}

impl From<ChannelName> for Channel {
    fn from(name: ChannelName) -> Self {
        match name {
            ChannelName::Sms => Self::Sms,
            ChannelName::Call => Self::Call,
        }
    }
}

/// The number that a request names, national numbers by its region.
pub fn phone_of(number: &str, region: Option<&str>) -> Result<PhoneNumber, Problem> {
    let region = region.map(str::parse::<Region>).transpose();
    let region = region.map_err(|error| Problem::invalid("/region", error.to_string()))?;
    PhoneNumber::parse(number, region)
        .map_err(|error| Problem::invalid("/phone_number", error.to_string()))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerifyPhone {
    verification_id: VerificationId,
    /// Six digits.
    code: String,
    device: Option<DeviceInput>,
    session: Option<SessionKind>,
    /// The newest one that this device had, also after it ran out: it vouches for an account whose number alone
    /// does not open it any more. Browsers send their cookie.
    refresh_token: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshInput {
    refresh_token: String,
}

/// Public settings of this server.
#[utoipa::path(get, path = "/v1/config", tag = "auth", responses((status = 200, body = ConfigBody)))]
async fn get_config(State(app): State<App>) -> Reply<ConfigBody> {
    let terms = app
        .config()
        .terms
        .as_ref()
        .map(|t| TermsBody { version: t.version.clone(), url: t.url.clone() });
    Reply(ConfigBody {
        web_push_public_key: None,
        sign_in: ways_in(&app),
        terms,
        upload_max_bytes: 25 * 1024 * 1024,
    })
}

/// What this server offers, the phone first.
fn ways_in(app: &App) -> Vec<String> {
    let offered = [
        ("phone", true),
        ("passkey", passkeys::are_offered(app)),
        ("password", app.config().auth.passwords),
    ];
    let own = offered.into_iter().filter(|(_, is_offered)| *is_offered);
    let services = app.providers().names().map(|name| format!("oidc:{name}"));
    own.map(|(way, _)| way.to_owned()).chain(services).collect()
}

/// Sends a code. Known and unknown numbers get the same answer.
#[utoipa::path(post, path = "/v1/auth/phone/start", tag = "auth", request_body = StartPhone,
    responses((status = 202, body = Started)))]
async fn start_phone(
    State(app): State<App>,
    ClientNetwork(network): ClientNetwork,
    headers: HeaderMap,
    Json { value, .. }: Json<StartPhone>,
) -> Result<Response, Problem> {
    let phone = phone_of(&value.phone_number, value.region.as_deref())?;
    let channel = value.channel.map_or(Channel::Sms, Channel::from);
    let sending = Sending { phone, purpose: Purpose::SignIn, channel, network };
    let device = Device::of(&app, &headers);
    let started = code::start_from(&app, sending, Some(device.id)).await?;
    let mut response = (StatusCode::ACCEPTED, Reply(started)).into_response();
    device.remember(&app, response.headers_mut())?;
    Ok(response)
}

/// Exchanges a code for a session.
#[utoipa::path(post, path = "/v1/auth/phone/verify", tag = "auth", request_body = VerifyPhone,
    responses((status = 200, body = SignedIn)))]
async fn verify_phone(
    State(app): State<App>,
    network: ClientNetwork,
    headers: HeaderMap,
    Json { value, .. }: Json<VerifyPhone>,
) -> Result<Response, Problem> {
    let opening = Opening::read(&app, &headers, value.session, value.device)?;
    let transport = opening.transport;
    let device = OldDevice::read(&app, &headers, transport, value.refresh_token.as_deref());
    let granted =
        actions::sign_in(&app, value.verification_id, &value.code, opening, device).await?;
    let metadata = serde_json::json!({ "method": "phone" });
    activity::record(&app, granted.user, ActivityType::Login, Some(network), metadata);
    responses::granted(&app, granted, transport).await
}

/// Exchanges a refresh token, from the body or the cookie, for the next pair.
#[utoipa::path(post, path = "/v1/auth/refresh", tag = "auth", request_body(content = Option<RefreshInput>),
    responses((status = 200, body = SignedIn)))]
async fn refresh_tokens(
    State(app): State<App>,
    request: axum::extract::Request,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let body = read_body(request, &app).await?;
    if !body.is_empty() {
        require_type(&headers, "application/json")?;
    }
    if !body.is_empty() && body.as_ref() != b"{}" {
        let input: RefreshInput = parse_json(&body)?;
        let granted = actions::refresh(&app, &input.refresh_token, Transport::Bearer).await?;
        return responses::granted(&app, granted, Transport::Bearer).await;
    }
    let token = responses::refresh_cookie(&app, &headers).ok_or_else(Problem::unauthenticated)?;
    same_origin::require(&headers, &app)?;
    let granted = actions::refresh(&app, &token, Transport::Cookie).await?;
    responses::granted(&app, granted, Transport::Cookie).await
}

/// Ends this session. A browser is rid of its cookies even where the session has ended before.
#[utoipa::path(post, path = "/v1/auth/logout", tag = "auth", security(("bearer" = []), ("cookie" = [])),
    responses((status = 204)))]
async fn logout(
    State(app): State<App>,
    headers: HeaderMap,
    caller: Result<Caller, Problem>,
) -> Result<Response, Problem> {
    let [access, refresh] = [&app.cookie_names().access, &app.cookie_names().refresh]
        .map(|name| cookie(&headers, name));
    let is_by_cookie =
        !headers.contains_key(header::AUTHORIZATION) && (access.is_some() || refresh.is_some());
    if is_by_cookie {
        same_origin::require(&headers, &app)?;
        // The access cookie may have expired: the refresh cookie still names the session.
        let named = refresh.and_then(|token| refresh::parse(&app, &token));
        let sessions = [caller.ok().map(|caller| caller.session_id()), named.map(|t| t.family())];
        for session in sessions.into_iter().flatten() {
            actions::end_session_of(&app, session).await?;
        }
    } else {
        let me = caller?.check(&app).await?;
        actions::end_session(&app, &me, me.session_id).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    responses::clear(&app, response.headers_mut())?;
    Ok(response)
}

/// My signed-in devices, newest first.
#[utoipa::path(get, path = "/v1/sessions", tag = "auth", params(PageQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<SessionBody>)))]
async fn list_sessions(
    State(app): State<App>,
    AnyState(me): AnyState,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<SessionBody>>, Problem> {
    Ok(Reply(sessions::list(&app, &me, &page).await?))
}

/// Ends one of my sessions.
#[utoipa::path(delete, path = "/v1/sessions/{session_id}", tag = "auth", params(("session_id" = SessionId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn end_session(
    State(app): State<App>,
    AnyState(me): AnyState,
    Path(session): Path<SessionId>,
) -> Result<Response, Problem> {
    if !actions::end_session(&app, &me, session).await? {
        return Err(Problem::not_found());
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    if session == me.session_id {
        responses::clear(&app, response.headers_mut())?;
    }
    Ok(response)
}

/// Ends all my other sessions.
#[utoipa::path(delete, path = "/v1/sessions", tag = "auth", security(("bearer" = []), ("cookie" = [])),
    responses((status = 204)))]
async fn end_other_sessions(
    State(app): State<App>,
    AnyState(me): AnyState,
) -> Result<StatusCode, Problem> {
    actions::end_other_sessions(&app, &me).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Public keys of the access tokens (RFC 7517).
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "auth",
    responses((status = 200, body = serde_json::Value)))]
async fn get_key_set(State(app): State<App>) -> Response {
    ([(header::CACHE_CONTROL, "public, max-age=300")], Reply(app.tokens().key_set(app.now())))
        .into_response()
}
