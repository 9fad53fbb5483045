//! Routes of one's own profile and of cards.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use kith_types::{
    id::UserId,
    text::{DisplayName, Email, Username},
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actions::{self, ProfilePatch},
    profile::{self, MeBody, UserCardBody},
    store,
};
use crate::{
    app::App,
    features::uploads::ImageUrls,
    http::{
        auth::{AnyState, Me, Newcomer},
        etag::{self, IfMatch},
        extract::{Json, Path, nullable},
        problem::Problem,
        reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_me, patch_me))
        .routes(routes!(get_user))
        .routes(routes!(get_user_by_username))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "null removes, absent leaves as it is")]
struct PatchMe {
    /// 3 to 30 of a-z, 0-9, `_` and `.`.
    username: Option<String>,
    /// 1 to 50 characters.
    display_name: Option<String>,
    /// Null removes it.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    /// Version of the terms that the person read.
    accepted_terms: Option<String>,
}

/// My account.
#[utoipa::path(get, path = "/v1/me", tag = "users", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = MeBody)))]
async fn get_me(
    State(app): State<App>,
    AnyState(me): AnyState,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let body = profile::own_profile(&app, me.user_id, me.transport).await?;
    etag::respond(&headers, StatusCode::OK, body.version, &body)
}

/// Changes my account.
#[utoipa::path(patch, path = "/v1/me", tag = "users", security(("bearer" = []), ("cookie" = [])),
    params(("If-Match" = String, Header)), request_body = PatchMe, responses((status = 200, body = MeBody)))]
async fn patch_me(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    expected: IfMatch,
    headers: HeaderMap,
    Json { value, .. }: Json<PatchMe>,
) -> Result<Response, Problem> {
    actions::patch(&app, me.user_id, expected, checked(value)?).await?;
    let body = profile::own_profile(&app, me.user_id, me.transport).await?;
    etag::respond(&headers, StatusCode::OK, body.version, &body)
}

fn checked(patch: PatchMe) -> Result<ProfilePatch, Problem> {
    let username = patch.username.map(|text| Username::parse(&text)).transpose();
    let display_name = patch.display_name.map(|text| DisplayName::parse(&text)).transpose();
    let email =
        patch.email.map(|email| email.map(|text| Email::parse(&text)).transpose()).transpose();
    Ok(ProfilePatch {
        username: username.map_err(|error| Problem::invalid("/username", error.to_string()))?,
        display_name: display_name
            .map_err(|error| Problem::invalid("/display_name", error.to_string()))?,
        email: email.map_err(|error| Problem::invalid("/email", error.to_string()))?,
        accepted_terms: patch.accepted_terms,
    })
}

/// A person's card, if I may have it.
#[utoipa::path(get, path = "/v1/users/{user_id}", tag = "users", params(("user_id" = UserId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = UserCardBody)))]
async fn get_user(
    State(app): State<App>,
    me: Me,
    Path(user): Path<UserId>,
) -> Result<Reply<UserCardBody>, Problem> {
    let rows = store::cards_by_id(&app, me.user_id, &[user.uuid()]).await?;
    let row = rows.into_iter().next().ok_or_else(Problem::not_found)?;
    card_of(&app, &me, row)
}

/// The card of an exact username.
#[utoipa::path(get, path = "/v1/users/by-username/{username}", tag = "users", params(("username" = String, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = UserCardBody)))]
async fn get_user_by_username(
    State(app): State<App>,
    me: Me,
    Path(username): Path<String>,
) -> Result<Reply<UserCardBody>, Problem> {
    actions::take_lookup(&app, me.user_id).await?;
    let username = Username::parse(&username).map_err(|_| Problem::not_found())?;
    let row = store::card_by_username(&app, me.user_id, username.as_str()).await?;
    card_of(&app, &me, row.ok_or_else(Problem::not_found)?)
}

fn card_of(app: &App, me: &Me, row: store::Card) -> Result<Reply<UserCardBody>, Problem> {
    let urls = ImageUrls::for_me(app, me);
    let picture = row.profile_picture_metadata;
    profile::card(&urls, row.user_id.into(), &row.username, &row.display_name, picture).map(Reply)
}
