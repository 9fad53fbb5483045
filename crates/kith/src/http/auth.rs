//! Who asks: credentials from header or cookie, the defence against forged requests from other sites, and
//! the session check that travels with every request.
//!
//! A [`Caller`] has only shown a valid token. A [`Me`] was also found signed in, in an account state that the
//! route allows. Handlers get a `Caller` only to read in the same flight ([`Caller::flight`]).

use std::time::Duration;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_extra::extract::CookieJar;
use http::{HeaderMap, header, request::Parts};
use kith_sql_generated::queries::http::{
    CheckSession, check_session, mark_generation_used, touch_last_active,
};
use kith_types::{
    id::{SessionId, UserId},
    time::Timestamp,
    visibility::{UserRole, UserStatus},
};

use super::{
    network::ClientNetwork,
    problem::{Kind, Problem},
    same_origin,
};
use crate::{app::App, tokens::Claims};

/// `last_active` is written at most this often.
const LAST_ACTIVE_EVERY: Duration = Duration::from_mins(5);

/// How the credentials came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// `Authorization: Bearer`.
    Bearer,
    /// The web client's cookie.
    Cookie,
}

impl Transport {
    /// As it is stored with a session.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bearer => "token",
            Self::Cookie => "cookie",
        }
    }
}

/// Somebody with a valid access token, not yet looked up.
#[derive(Clone, Debug)]
pub struct Caller {
    claims: Claims,
    transport: Transport,
    /// None for credentials outside of a request.
    network: Option<ClientNetwork>,
}

/// A signed-in person.
#[derive(Clone, Debug)]
pub struct Me {
    /// Who.
    pub user_id: UserId,
    /// In which session.
    pub session_id: SessionId,
    /// What they may do beyond their own things.
    pub role: UserRole,
    /// State of the account.
    pub status: UserStatus,
    /// How the credentials came; token sessions get signed image URLs.
    pub transport: Transport,
}

/// A signed-in person whose profile may still be unfinished.
#[derive(Clone, Debug)]
pub struct Newcomer(pub Me);

/// A signed-in person in any state, suspended too.
#[derive(Clone, Debug)]
pub struct AnyState(pub Me);

impl Caller {
    /// Runs `read` in the same flight as the session check; its result counts only if the session does.
    /// `read` gets the viewer's id and must only read.
    pub async fn flight<T, F>(
        &self,
        app: &App,
        read: impl FnOnce(UserId) -> F,
    ) -> Result<(Me, T), Problem>
    where
        F: Future<Output = Result<T, Problem>>,
    {
        let (me, value) = tokio::join!(self.check(app), read(self.claims.user_id));
        let me = me?;
        me.require_active()?;
        Ok((me, value?))
    }

    /// The person of a token outside of a request, such as a socket's.
    pub fn of_token(app: &App, token: &str) -> Option<Self> {
        let claims = app.tokens().verify(token, app.now())?;
        Some(Self { claims, transport: Transport::Bearer, network: None })
    }

    /// How the credentials came.
    pub fn transport(&self) -> Transport {
        self.transport
    }

    /// Where the request came from; none outside of one.
    pub fn network(&self) -> Option<ClientNetwork> {
        self.network
    }

    /// Whose token it is.
    pub fn user_id(&self) -> UserId {
        self.claims.user_id
    }

    /// The token's session.
    pub fn session_id(&self) -> SessionId {
        self.claims.session_id
    }

    /// Looks up session and account.
    pub async fn check(&self, app: &App) -> Result<Me, Problem> {
        let db = app.db().shared().await?;
        let session = self.session_id();
        let row =
            check_session().bind(&*db, session.as_uuid(), self.user_id().as_uuid()).opt().await?;
        self.found(app, row).await
    }

    /// Judges the session's row, for statements that read it beside what they do.
    pub async fn found(&self, app: &App, row: Option<CheckSession>) -> Result<Me, Problem> {
        let claims = self.claims;
        let row = row
            .filter(|row| row.revoked_at.is_none() && row.expires_at > app.now())
            // A generation that was never handed out: the row is older than the token, or the token is forged.
            .filter(|row| (1..=row.generation).contains(&claims.generation))
            .ok_or_else(Problem::unauthenticated)?;
        if row.generation == claims.generation && row.generation_used_at.is_none() {
            let db = app.db().shared().await?;
            mark_generation_used()
                .bind(&*db, &app.now(), claims.session_id.as_uuid(), &claims.generation)
                .await?;
        }
        self.touch(app, row.last_active);
        Ok(Me {
            user_id: claims.user_id,
            session_id: claims.session_id,
            role: row.role,
            status: row.status,
            transport: self.transport,
        })
    }

    /// Notes that the person is around, without making the request wait.
    fn touch(&self, app: &App, last_active: Timestamp) {
        let now = app.now();
        if now < last_active + LAST_ACTIVE_EVERY {
            return;
        }
        let (app, caller) = (app.clone(), self.clone());
        app.clone().spawn(async move {
            if caller.write_touch(&app, now).await.is_err() {
                tracing::debug!("last_active could not be written");
            }
        });
    }

    async fn write_touch(&self, app: &App, now: Timestamp) -> Result<(), Problem> {
        let (session, user) = (self.session_id(), self.user_id());
        let stale_before = now - LAST_ACTIVE_EVERY;
        let db = app.db().pooled().await?;
        let touched = touch_last_active()
            .bind(&db, &now, session.as_uuid(), user.as_uuid(), &stale_before)
            .await?;
        if touched == 1 {
            app.note_browsing(user, self.network);
        }
        Ok(())
    }
}

impl Me {
    /// Refuses pending and suspended accounts.
    pub fn require_active(&self) -> Result<(), Problem> {
        match self.status {
            UserStatus::Active => Ok(()),
            UserStatus::Pending => {
                Err(Problem::new(Kind::ProfileIncomplete, "choose a username first (PATCH /v1/me)"))
            }
            UserStatus::Suspended => Err(suspended()),
        }
    }
}

fn suspended() -> Problem {
    Problem::new(Kind::AccountSuspended, "this account is suspended; GET /v1/me says why")
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        find(parts, app)?.ok_or_else(Problem::unauthenticated)
    }
}

impl OptionalFromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Problem> {
        find(parts, app)
    }
}

impl FromRequestParts<App> for Me {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let me = signed_in(parts, app).await?;
        me.require_active()?;
        Ok(me)
    }
}

impl FromRequestParts<App> for Newcomer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let me = signed_in(parts, app).await?;
        match me.status {
            UserStatus::Suspended => Err(suspended()),
            UserStatus::Active | UserStatus::Pending => Ok(Self(me)),
        }
    }
}

impl FromRequestParts<App> for AnyState {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Self(signed_in(parts, app).await?))
    }
}

/// Whoever asks, looked up and in whatever state.
async fn signed_in(parts: &mut Parts, app: &App) -> Result<Me, Problem> {
    find(parts, app)?.ok_or_else(Problem::unauthenticated)?.check(app).await
}

/// Whose token a request shows, for counting it: neither session nor account were looked up.
pub fn token_holder(headers: &HeaderMap, app: &App) -> Option<UserId> {
    Some(app.tokens().verify(&token(headers, app)?, app.now())?.user_id)
}

/// Whose token it was that a request shows, if it has expired. Forged ones are nobody's.
pub fn expired_holder(headers: &HeaderMap, app: &App) -> Option<UserId> {
    Some(app.tokens().expired(&token(headers, app)?, app.now())?.user_id)
}

fn token(headers: &HeaderMap, app: &App) -> Option<String> {
    let bearer = bearer(headers).map(str::to_owned);
    bearer.or_else(|| cookie(headers, &app.cookie_names().access))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Credentials of the request. A header wins over a cookie; wrong ones are not tried further.
fn find(parts: &Parts, app: &App) -> Result<Option<Caller>, Problem> {
    let network = Some(ClientNetwork::of(parts, app));
    if parts.headers.contains_key(header::AUTHORIZATION) {
        let token = bearer(&parts.headers);
        let claims = token.and_then(|token| app.tokens().verify(token, app.now()));
        let caller = claims.map(|claims| Caller { claims, transport: Transport::Bearer, network });
        return caller.map(Some).ok_or_else(Problem::unauthenticated);
    }
    let Some(token) = cookie(&parts.headers, &app.cookie_names().access) else {
        return Ok(None);
    };
    let claims = app.tokens().verify(&token, app.now()).ok_or_else(Problem::unauthenticated)?;
    if !parts.method.is_safe() {
        same_origin::require(&parts.headers, app)?;
    } else if same_origin::is_embedded_elsewhere(&parts.headers) {
        return Err(Problem::unauthenticated());
    }
    Ok(Some(Caller { claims, transport: Transport::Cookie, network }))
}

/// Value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name).map(|cookie| cookie.value().to_owned())
}
