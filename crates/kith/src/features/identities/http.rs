//! Routes of sign-in by other services. Two of them are pages that a browser goes through, not calls: their
//! answers are redirects, and cookies of the session do not come back to a page of another site.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kith_types::visibility::{ActivityType, UserStatus};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actions::{self, Answer, Arrival, Done, MAX_AWAY},
    flow::BrowserSecret,
    provider::Provider,
    return_to::ReturnTo,
};
use crate::{
    app::App,
    features::{activity, auth},
    http::{
        auth::{Caller, Me, Newcomer, Transport, cookie},
        extract::{Path, Query},
        network::ClientNetwork,
        problem::{Kind, Problem},
    },
};

const START_PAGE: &str = "/";
const SIGN_IN_PAGE: &str = "/sign-in";

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start)).routes(routes!(callback)).routes(routes!(unlink))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StartQuery {
    /// A path of this site to come back to.
    return_to: Option<String>,
    /// `1` links the identity to the signed-in account.
    link: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CallbackQuery {
    state: Option<String>,
    code: Option<String>,
    /// Who answers (RFC 9207).
    iss: Option<String>,
    error: Option<String>,
}

/// Sends the browser to a service to sign in there, or to link the identity that it has there.
#[utoipa::path(get, path = "/v1/auth/oidc/{provider}/start", tag = "auth",
    params(("provider" = String, Path), StartQuery), responses((status = 303, description = "to the service")))]
async fn start(
    State(app): State<App>,
    caller: Result<Caller, Problem>,
    headers: HeaderMap,
    Path(name): Path<String>,
    Query(query): Query<StartQuery>,
) -> Result<Response, Problem> {
    let provider = find(&app, &name)?;
    let return_to = ReturnTo::parse(query.return_to.as_deref().unwrap_or(START_PAGE))?;
    let linking = match query.link.as_deref() {
        Some("1") => Some(linker(&app, &headers, caller).await?),
        _ => None,
    };
    if linking.is_none() {
        require_no_other_site(&headers)?;
    }
    match actions::begin(&app, provider, return_to, linking.as_ref()).await {
        Ok(begun) => {
            let mut response = see_other(begun.address.as_str())?;
            let names = app.cookie_names();
            auth::append_cookie(
                response.headers_mut(),
                (names.oidc.as_str(), begun.cookie),
                MAX_AWAY,
                names.secure,
            )?;
            Ok(response)
        }
        Err(failure) => to_sign_in(failure.into_slug()?),
    }
}

/// Where a service sends the browser back to.
#[utoipa::path(get, path = "/v1/auth/oidc/{provider}/callback", tag = "auth",
    params(("provider" = String, Path), CallbackQuery),
    responses((status = 303, description = "with a session to where the sign-in began, or to the sign-in page")))]
async fn callback(
    State(app): State<App>,
    caller: Result<Caller, Problem>,
    network: ClientNetwork,
    headers: HeaderMap,
    Path(name): Path<String>,
    Query(query): Query<CallbackQuery>,
) -> Result<Response, Problem> {
    let provider = find(&app, &name)?;
    let names = app.cookie_names();
    let arrival = Arrival {
        browser: cookie(&headers, &names.oidc).and_then(|text| BrowserSecret::parse(&text)),
        session: caller.ok().map(|caller| caller.session_id()),
        opening: auth::Opening::of_browser(&headers)?,
    };
    let CallbackQuery { state, code, iss: issuer, error } = query;
    let answer = Answer { state, code, issuer, error };
    let mut response = match actions::finish(&app, provider, answer, arrival).await {
        Ok(done) => arrive(&app, network, &done)?,
        Err(failure) => to_sign_in(failure.into_slug()?)?,
    };
    auth::remove_cookie(response.headers_mut(), &names.oidc, names.secure)?;
    Ok(response)
}

/// Takes a service away from the ways into my account.
#[utoipa::path(delete, path = "/v1/me/identities/{provider}", tag = "auth", params(("provider" = String, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn unlink(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    auth::step_up::require(&app, &me).await?;
    actions::unlink(&app, &me, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn find<'a>(app: &'a App, name: &str) -> Result<&'a Provider, Problem> {
    app.providers().find(name).ok_or_else(Problem::not_found)
}

/// Somebody who may link an identity: signed in here by cookie, lately shown to be the owner, on our own page.
/// Else another site could link its own identity at the service to the account of whoever visits it, so a browser
/// that does not say whence it comes is refused too.
async fn linker(
    app: &App,
    headers: &HeaderMap,
    caller: Result<Caller, Problem>,
) -> Result<Me, Problem> {
    let caller = caller?;
    if caller.transport() != Transport::Cookie {
        return Err(Problem::unauthenticated());
    }
    let me = caller.check(app).await?;
    if me.status == UserStatus::Suspended {
        me.require_active()?;
    }
    if headers.get("sec-fetch-site").is_none_or(|site| site != "same-origin") {
        return Err(not_from_here());
    }
    auth::step_up::require(app, &me).await?;
    Ok(me)
}

/// A sign-in begins on our own page, or with an address that the person typed or kept.
fn require_no_other_site(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get("sec-fetch-site") {
        Some(site) if site != "same-origin" && site != "none" => Err(not_from_here()),
        _ => Ok(()),
    }
}

fn not_from_here() -> Problem {
    Problem::new(Kind::CsrfRefused, "begin on a page of this site")
}

fn arrive(app: &App, network: ClientNetwork, done: &Done) -> Result<Response, Problem> {
    let mut response = see_other(&done.return_to)?;
    if let Some(granted) = done.granted {
        let metadata = serde_json::json!({ "method": "social" });
        activity::record(app, granted.user, ActivityType::Login, Some(network), metadata);
        auth::add_session_cookies(app, response.headers_mut(), granted)?;
    }
    Ok(response)
}

fn to_sign_in(slug: &str) -> Result<Response, Problem> {
    see_other(&format!("{SIGN_IN_PAGE}?problem={slug}"))
}

fn see_other(address: &str) -> Result<Response, Problem> {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let address = HeaderValue::from_str(address).map_err(Problem::internal)?;
    response.headers_mut().insert(header::LOCATION, address);
    Ok(response)
}
