//! Routes of comments.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use kith_types::{
    id::{CommentId, PostId},
    text::CommentText,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{actions, comment::CommentBody, store};
use crate::{
    app::App,
    features::uploads::ImageUrls,
    http::{
        auth::{Caller, Me},
        etag::{self, IfMatch},
        extract::{Json, Path, Query},
        idempotency::{Claim, IdempotencyKey},
        page::{Page, PageQuery},
        problem::Problem,
        reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_comments, create_comment)).routes(routes!(
        get_comment,
        edit_comment,
        delete_comment
    ))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CommentInput {
    /// What to say.
    content: CommentText,
}

/// The comments of a post, oldest first.
#[utoipa::path(get, path = "/v1/posts/{post_id}/comments", tag = "comments", params(("post_id" = PostId, Path), PageQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<CommentBody>)))]
async fn list_comments(
    State(app): State<App>,
    caller: Caller,
    Path(post): Path<PostId>,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<CommentBody>>, Problem> {
    actions::list(&app, &caller, post, &page).await.map(Reply)
}

/// Comments on a post.
#[utoipa::path(post, path = "/v1/posts/{post_id}/comments", tag = "comments",
    params(("post_id" = PostId, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = CommentInput, security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = CommentBody)))]
async fn create_comment(
    State(app): State<App>,
    caller: Caller,
    Path(post): Path<PostId>,
    IdempotencyKey(key): IdempotencyKey,
    headers: HeaderMap,
    input: Result<Json<CommentInput>, Problem>,
) -> Result<Response, Problem> {
    let Json { value, hash } = match input {
        Ok(input) => input,
        // The session is otherwise checked by the statement that writes.
        Err(problem) => {
            caller.check(&app).await?.require_active()?;
            return Err(problem);
        }
    };
    let route = format!("comments.create {post}");
    let claim = Claim { user: caller.user_id(), route, key, body_hash: hash };
    let (me, comment) = actions::create(&app, &caller, post, value.content, claim).await?;
    let body = CommentBody::render(&ImageUrls::for_me(&app, &me), comment)?;
    etag::respond(&headers, StatusCode::CREATED, body.version, &body)
}

/// One comment.
#[utoipa::path(get, path = "/v1/comments/{comment_id}", tag = "comments", params(("comment_id" = CommentId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = CommentBody)))]
async fn get_comment(
    State(app): State<App>,
    caller: Caller,
    Path(comment): Path<CommentId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (me, row) = caller.flight(&app, |viewer| store::get(&app, viewer, comment)).await?;
    let body = CommentBody::render(&ImageUrls::for_me(&app, &me), row)?;
    etag::respond(&headers, StatusCode::OK, body.version, &body)
}

/// Edits my comment.
#[utoipa::path(patch, path = "/v1/comments/{comment_id}", tag = "comments",
    params(("comment_id" = CommentId, Path), ("If-Match" = String, Header)),
    request_body = CommentInput, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = CommentBody)))]
async fn edit_comment(
    State(app): State<App>,
    me: Me,
    Path(comment): Path<CommentId>,
    expected: IfMatch,
    headers: HeaderMap,
    Json { value, .. }: Json<CommentInput>,
) -> Result<Response, Problem> {
    actions::edit(&app, me.user_id, comment, expected, value.content).await?;
    let row = store::get(&app, me.user_id, comment).await?;
    let body = CommentBody::render(&ImageUrls::for_me(&app, &me), row)?;
    etag::respond(&headers, StatusCode::OK, body.version, &body)
}

/// Deletes my comment, or one under my post.
#[utoipa::path(delete, path = "/v1/comments/{comment_id}", tag = "comments", params(("comment_id" = CommentId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn delete_comment(
    State(app): State<App>,
    me: Me,
    Path(comment): Path<CommentId>,
) -> Result<StatusCode, Problem> {
    actions::delete(&app, me.user_id, comment).await?;
    Ok(StatusCode::NO_CONTENT)
}
