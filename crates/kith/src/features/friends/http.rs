//! Routes of friends, requests, suggestions and blocks.

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use kith_types::id::{ContactId, FriendshipId, UserId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actions::{self, Whom},
    blocks, reads,
    responses::{BlockBody, Direction, FriendshipBody, SuggestionBody},
};
use crate::{
    app::App,
    http::{
        auth::{Caller, Me},
        extract::{Json, Path, Query},
        idempotency::{Claim, IdempotencyKey},
        page::{Page, PageQuery},
        problem::Problem,
        reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_friends))
        .routes(routes!(unfriend))
        .routes(routes!(list_friend_requests, ask_to_be_friends))
        .routes(routes!(accept_friend_request))
        .routes(routes!(end_friend_request))
        .routes(routes!(list_friend_suggestions))
        .routes(routes!(list_blocks))
        .routes(routes!(block, unblock))
}

/// Whom to ask: exactly one of the three.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskToBeFriends {
    user_id: Option<UserId>,
    /// Public handle.
    username: Option<String>,
    /// An entry of one's own address book.
    contact_id: Option<ContactId>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DirectionQuery {
    /// Who asked; both unless said.
    direction: Option<Direction>,
}

/// My friends, newest first.
#[utoipa::path(get, path = "/v1/friends", tag = "friends", params(PageQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<FriendshipBody>)))]
async fn list_friends(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<FriendshipBody>>, Problem> {
    Ok(Reply(reads::friends(&app, &caller, &page).await?))
}

/// Ends a friendship.
#[utoipa::path(delete, path = "/v1/friends/{user_id}", tag = "friends", params(("user_id" = UserId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn unfriend(
    State(app): State<App>,
    me: Me,
    Path(other): Path<UserId>,
) -> Result<StatusCode, Problem> {
    actions::unfriend(&app, me.user_id, other).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Open requests, newest first.
#[utoipa::path(get, path = "/v1/friends/requests", tag = "friends", params(PageQuery, DirectionQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<FriendshipBody>)))]
async fn list_friend_requests(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<PageQuery>,
    Query(which): Query<DirectionQuery>,
) -> Result<Reply<Page<FriendshipBody>>, Problem> {
    Ok(Reply(reads::requests(&app, &caller, &page, which.direction).await?))
}

/// Asks to be friends. Somebody who asked before becomes a friend at once.
#[utoipa::path(post, path = "/v1/friends/requests", tag = "friends", request_body = AskToBeFriends,
    params(("Idempotency-Key" = Option<String>, Header)), security(("bearer" = []), ("cookie" = [])),
    responses(
        (status = 201, body = FriendshipBody),
        (status = 200, description = "this request was open already", body = FriendshipBody)))]
async fn ask_to_be_friends(
    State(app): State<App>,
    me: Me,
    IdempotencyKey(key): IdempotencyKey,
    Json { value, hash }: Json<AskToBeFriends>,
) -> Result<Response, Problem> {
    let whom = whom(value)?;
    let claim =
        Claim { user: me.user_id, route: "friends.request".to_owned(), key, body_hash: hash };
    let (status, friendship) = actions::request(&app, &me, whom, claim).await?;
    Ok((status, Reply(friendship)).into_response())
}

fn whom(body: AskToBeFriends) -> Result<Whom, Problem> {
    match (body.user_id, body.username, body.contact_id) {
        (Some(id), None, None) => Ok(Whom::User(id)),
        (None, Some(name), None) => Ok(Whom::Username(name)),
        (None, None, Some(id)) => Ok(Whom::Contact(id)),
        _ => Err(Problem::invalid("", "name one of user_id, username and contact_id")),
    }
}

/// Accepts a request that somebody sent me.
#[utoipa::path(post, path = "/v1/friends/requests/{friendship_id}/accept", tag = "friends",
    params(("friendship_id" = FriendshipId, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = FriendshipBody)))]
async fn accept_friend_request(
    State(app): State<App>,
    me: Me,
    Path(id): Path<FriendshipId>,
) -> Result<Reply<FriendshipBody>, Problem> {
    Ok(Reply(actions::accept(&app, &me, id).await?))
}

/// Declines a request that somebody sent me, or cancels one of mine.
#[utoipa::path(delete, path = "/v1/friends/requests/{friendship_id}", tag = "friends",
    params(("friendship_id" = FriendshipId, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 204)))]
async fn end_friend_request(
    State(app): State<App>,
    me: Me,
    Path(id): Path<FriendshipId>,
) -> Result<StatusCode, Problem> {
    actions::end_request(&app, me.user_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// People who have my number and whose number I have, newest first.
#[utoipa::path(get, path = "/v1/friends/suggestions", tag = "friends", params(PageQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<SuggestionBody>)))]
async fn list_friend_suggestions(
    State(app): State<App>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<SuggestionBody>>, Problem> {
    Ok(Reply(reads::suggestions(&app, &me, &page).await?))
}

/// People whom I blocked, newest first.
#[utoipa::path(get, path = "/v1/blocks", tag = "friends", params(PageQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<BlockBody>)))]
async fn list_blocks(
    State(app): State<App>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<BlockBody>>, Problem> {
    Ok(Reply(blocks::list(&app, &me, &page).await?))
}

/// Blocks somebody: friendship and requests end, and neither exists for the other any more.
#[utoipa::path(put, path = "/v1/blocks/{user_id}", tag = "friends", params(("user_id" = UserId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn block(
    State(app): State<App>,
    me: Me,
    Path(other): Path<UserId>,
) -> Result<StatusCode, Problem> {
    blocks::block(&app, me.user_id, other).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a block back. A friendship that it ended stays ended.
#[utoipa::path(delete, path = "/v1/blocks/{user_id}", tag = "friends", params(("user_id" = UserId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn unblock(
    State(app): State<App>,
    me: Me,
    Path(other): Path<UserId>,
) -> Result<StatusCode, Problem> {
    blocks::unblock(&app, me.user_id, other).await?;
    Ok(StatusCode::NO_CONTENT)
}
