//! Answers that carry tokens: in the body for apps, in cookies for browsers, never both.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::{HeaderValue, header};
use kith_types::id::SessionId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::refresh::{self, Granted};
use crate::{
    app::App,
    features::users::{self, MeBody},
    http::{auth::Transport, problem::Problem, reply::Reply},
};

/// Tokens of a new or refreshed session.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    /// Send it as `Authorization: Bearer`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds that the access token lives.
    pub expires_in: i64,
    /// Exchange it once for the next pair.
    pub refresh_token: String,
    /// Who signed in.
    pub user: MeBody,
}

/// A cookie session's answer: the tokens are in `Set-Cookie`.
#[derive(Serialize, ToSchema)]
pub struct CookieSession {
    /// Who signed in.
    pub user: MeBody,
    /// Seconds that the access cookie's token lives.
    pub expires_in: i64,
}

/// Either shape, by the kind of session.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum SignedIn {
    /// For apps.
    Tokens(Box<Tokens>),
    /// For browsers.
    Cookie(Box<CookieSession>),
}

/// Device details kept with a session.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct DeviceBody {
    /// The name that the person sees in the list.
    #[schema(required)]
    pub name: Option<String>,
    /// `ios`, `android`, `web`, …
    #[schema(required)]
    pub platform: Option<String>,
    /// The client's own description.
    #[schema(required)]
    pub user_agent: Option<String>,
}

/// One signed-in device.
#[derive(Serialize, ToSchema)]
pub struct SessionBody {
    /// The session.
    pub session_id: SessionId,
    /// What it runs on.
    pub device: DeviceBody,
    /// When it began.
    pub created_at: kith_types::time::Timestamp,
    /// When it was last used, to about five minutes.
    pub last_used_at: kith_types::time::Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

impl DeviceBody {
    /// Reads what was stored.
    pub fn from_stored(stored: &Value) -> Self {
        let text = |name: &str| stored.get(name).and_then(Value::as_str).map(str::to_owned);
        Self { name: text("name"), platform: text("platform"), user_agent: text("user_agent") }
    }
}

/// The answer to a sign-in or refresh.
pub async fn granted(
    app: &App,
    granted: Granted,
    transport: Transport,
) -> Result<Response, Problem> {
    let Granted { user, session, generation } = granted;
    let access =
        app.tokens().issue(user, session, generation, app.now()).map_err(Problem::internal)?;
    let refresh = refresh::token(app, granted).expose().to_string();
    let expires_in = app.tokens().lifetime_seconds();
    let me = users::own_profile(app, user, transport).await?;
    match transport {
        Transport::Bearer => {
            let tokens = Tokens {
                access_token: access,
                token_type: "Bearer",
                expires_in,
                refresh_token: refresh,
                user: me,
            };
            Ok(Reply(tokens).into_response())
        }
        Transport::Cookie => {
            let mut response = Reply(CookieSession { user: me, expires_in }).into_response();
            set_cookies(app, response.headers_mut(), access, refresh)?;
            Ok(response)
        }
    }
}

/// Adds the cookies of a new session to an answer that has no body, such as a redirect.
pub fn add_session_cookies(
    app: &App,
    headers: &mut http::HeaderMap,
    granted: Granted,
) -> Result<(), Problem> {
    let Granted { user, session, generation } = granted;
    let access =
        app.tokens().issue(user, session, generation, app.now()).map_err(Problem::internal)?;
    set_cookies(app, headers, access, refresh::token(app, granted).expose().to_string())
}

/// Adds a cookie of our own kind: out of reach of scripts, and not sent along by other sites' requests.
pub fn append_cookie(
    headers: &mut http::HeaderMap,
    (name, value): (&str, String),
    max_age: std::time::Duration,
    secure: bool,
) -> Result<(), Problem> {
    let max_age = time::Duration::try_from(max_age).map_err(Problem::internal)?;
    append(headers, &build(name, value, max_age, secure))
}

/// Takes a cookie away.
pub fn remove_cookie(
    headers: &mut http::HeaderMap,
    name: &str,
    secure: bool,
) -> Result<(), Problem> {
    append(headers, &build(name, String::new(), time::Duration::ZERO, secure))
}

/// A browser is an old device long after its session has run out. Browsers keep no cookie for longer.
const OLD_DEVICE: time::Duration = time::Duration::days(400);

fn set_cookies(
    app: &App,
    headers: &mut http::HeaderMap,
    access: String,
    refresh: String,
) -> Result<(), Problem> {
    let names = app.cookie_names();
    // As long as the session may live: an expired access token tells the client to refresh.
    let idle = time::Duration::days(i64::try_from(app.config().auth.idle_days).unwrap_or(60));
    for (name, value, max_age) in
        [(&names.access, access, idle), (&names.refresh, refresh, OLD_DEVICE)]
    {
        append(headers, &build(name, value, max_age, names.secure))?;
    }
    Ok(())
}

/// Takes the cookies away and lets the browser forget photos it holds.
pub fn clear(app: &App, headers: &mut http::HeaderMap) -> Result<(), Problem> {
    let names = app.cookie_names();
    for name in [&names.access, &names.refresh] {
        append(headers, &build(name, String::new(), time::Duration::ZERO, names.secure))?;
    }
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(())
}

/// A cookie that no script can read.
pub fn build(name: &str, value: String, max_age: time::Duration, secure: bool) -> Cookie<'static> {
    Cookie::build((name.to_owned(), value))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(max_age)
        .build()
}

/// Adds it to an answer.
pub fn append(headers: &mut http::HeaderMap, cookie: &Cookie<'static>) -> Result<(), Problem> {
    let value = HeaderValue::from_str(&cookie.encoded().to_string()).map_err(Problem::internal)?;
    headers.append(header::SET_COOKIE, value);
    Ok(())
}

/// The refresh cookie's value.
pub fn refresh_cookie(app: &App, headers: &http::HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(&app.cookie_names().refresh)
        .map(|cookie| cookie.value().to_owned())
}
