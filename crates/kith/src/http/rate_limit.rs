//! How many requests an account may make, or a network that shows no account, and what their answers say of it
//! (`RateLimit`, `RateLimit-Policy`: draft-ietf-httpapi-ratelimit-headers).
//!
//! It spares the machine. What guards money and guessing (codes, sends) is counted in PostgreSQL by its
//! feature and never here: these counts may be lost at any time.

use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue};
use kith_bus::{Decision, Limit, OnUnavailable, Scope};
use kith_types::id::UserId;

use super::{auth, network::ClientNetwork, problem::Problem};
use crate::{app::App, config::LimitProfile};

const MINUTE: Duration = Duration::from_mins(1);
/// A page of photos is hundreds of them, and one upload is one request: the account's other requests bound both.
/// Providers report thousands of messages from one network, each report signed.
const UNLIMITED: &[&str] = &[
    "/v1/images/{image_id}/{version}/{file}",
    "/v1/uploads/{upload_id}/bytes",
    "/v1/callbacks/sms/{provider}",
];
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Counts a request for its account or network, and refuses what is too much.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let is_counted =
        path.is_some_and(|path| path.starts_with("/v1/") && !UNLIMITED.contains(&path));
    if !is_counted {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let (limit, key) = match auth::token_holder(&parts.headers, &app) {
        Some(account) => (of_account(&app), account.to_string()),
        None if is_relaxed(&app) => return next.run(Request::from_parts(parts, body)).await,
        None => (of_network(&app), ClientNetwork::of(&parts, &app).0.to_string()),
    };
    let decision = app.bus().check(&limit, &key).await;
    let quota = Quota::of(&limit, &decision);
    let mut response = match refusal(quota) {
        Some(problem) => problem.into_response(),
        None => next.run(Request::from_parts(parts, body)).await,
    };
    quota.tell(response.headers_mut());
    response
}

/// A budget as an answer tells it.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    name: &'static str,
    units: u64,
    window: Duration,
    left: u64,
    /// Seconds until it is whole again.
    reset: u64,
    /// Seconds until it has something, if it has nothing now.
    wait: Option<u64>,
}

impl Quota {
    /// One of so many units in a window that has nothing left for so many seconds.
    pub fn spent(name: &'static str, units: u64, window: Duration, seconds: u64) -> Self {
        Self { name, units, window, left: 0, reset: seconds, wait: Some(seconds) }
    }

    fn of(limit: &Limit, decision: &Decision) -> Self {
        Self {
            name: limit.name,
            units: limit.burst.into(),
            window: limit.period,
            left: decision.remaining.into(),
            reset: seconds(decision.reset_after),
            wait: decision.retry_after.map(seconds),
        }
    }

    /// Seconds until it has something again; none if it has.
    pub fn wait(&self) -> Option<u64> {
        self.wait
    }

    /// Writes both headers, unless the answer tells of the budget already that it failed by.
    pub fn tell(&self, headers: &mut HeaderMap) {
        let Self { name, units, window, left, reset, .. } = self;
        let policy = format!("\"{name}\";q={units};w={}", window.as_secs());
        let state = format!("\"{name}\";r={left};t={reset}");
        for (header, text) in [(RATE_LIMIT, state), (RATE_LIMIT_POLICY, policy)] {
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.entry(header).or_insert(value);
            }
        }
    }
}

/// Takes one unit of an account's budget for something dearer than a request.
pub async fn require(app: &App, limit: &Limit, account: UserId) -> Result<(), Problem> {
    let decision = app.bus().check(limit, &account.to_string()).await;
    refusal(Quota::of(limit, &decision)).map_or(Ok(()), Err)
}

/// A budget that all processes share, and that is each one's own while Redis is away.
pub fn shared(name: &'static str, burst: u32, period: Duration) -> Limit {
    Limit { name, burst, period, scope: Scope::Shared(OnUnavailable::FailOpen) }
}

/// Whether limits per network and per day are lifted, for development.
pub fn is_relaxed(app: &App) -> bool {
    app.config().limit_profile() == LimitProfile::Relaxed
}

fn of_account(app: &App) -> Limit {
    let burst = app.config().limits.requests_per_account_per_minute;
    Limit { name: "account", burst, period: MINUTE, scope: Scope::Process }
}

fn of_network(app: &App) -> Limit {
    let burst = app.config().limits.requests_per_network_per_minute;
    Limit { name: "network", burst, period: MINUTE, scope: Scope::Process }
}

fn refusal(quota: Quota) -> Option<Problem> {
    quota.wait().map(|_| Problem::rate_limited(quota))
}

/// Whole seconds, rounded up: who waits so long is let in.
fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
