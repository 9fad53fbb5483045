//! Routes of posts and of the feed.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use kith_types::{
    id::{PostId, UploadId, UserId},
    text::{AltText, Caption},
    visibility::{ActivityType, Visibility},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actions::{self, Draft, Patch, Shared},
    body::{self, PostBody},
    feed,
    store::{self, Shown},
};
use crate::{
    app::App,
    features::{activity, uploads::ImageUrls, users::UserCardBody},
    http::{
        auth::{Caller, Me},
        etag::{self, IfMatch},
        extract::{Json, Path, Query, nullable},
        idempotency::{Claim, IdempotencyKey},
        network::ClientNetwork,
        page::{Page, PageQuery},
        problem::Problem,
        reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_post))
        .routes(routes!(get_post, patch_post, delete_post))
        .routes(routes!(restore_post))
        .routes(routes!(get_post_audience))
        .routes(routes!(get_feed))
        .routes(routes!(get_user_posts))
}

/// A photo to share.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPost {
    /// Mine, completed, and used by nothing else.
    upload_id: UploadId,
    caption: Option<Caption>,
    /// What is to be seen, for people who cannot see it.
    alt: Option<AltText>,
    visibility: Visibility,
    /// 1 to 200 of my friends; for `specific-friends`, and only for them.
    audience: Option<Vec<UserId>>,
}

/// What changes of a post; null removes a text.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "null removes, absent leaves as it is")]
struct PatchPost {
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Caption>)]
    caption: Option<Option<Caption>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<AltText>)]
    alt: Option<Option<AltText>>,
    visibility: Option<Visibility>,
    /// Replaces the list.
    audience: Option<Vec<UserId>>,
}

/// Shares a photo.
#[utoipa::path(post, path = "/v1/posts", tag = "posts", request_body = NewPost,
    params(("Idempotency-Key" = Option<String>, Header)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = PostBody), (status = 202, body = PostBody, description = "The photo is in work")))]
async fn create_post(
    State(app): State<App>,
    me: Me,
    network: ClientNetwork,
    IdempotencyKey(key): IdempotencyKey,
    headers: HeaderMap,
    Json { value, hash }: Json<NewPost>,
) -> Result<Response, Problem> {
    let draft = Draft {
        upload: value.upload_id,
        caption: value.caption.and_then(Caption::or_none),
        alt: value.alt.and_then(AltText::or_none),
        visibility: value.visibility,
        audience: value.audience,
    };
    let route = "posts.create".to_owned();
    let claim = Claim { user: me.user_id, route, key, body_hash: hash };
    match actions::create(&app, me.user_id, claim, draft).await? {
        Shared::Now(shown) => {
            let metadata = json!({ "post_id": shown.post });
            activity::record(&app, me.user_id, ActivityType::Post, Some(network), metadata);
            let status = actions::status(&shown);
            render(&app, &me, &headers, status, *shown)
        }
        Shared::Before(status, post) => respond(&app, &me, &headers, status, post).await,
    }
}

/// A post that I can see.
#[utoipa::path(get, path = "/v1/posts/{post_id}", tag = "posts", params(("post_id" = PostId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = PostBody)))]
async fn get_post(
    State(app): State<App>,
    caller: Caller,
    Path(post): Path<PostId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (me, shown) = caller
        .flight(&app, async |viewer| {
            let db = app.db().shared().await?;
            store::visible(&*db, viewer, post).await
        })
        .await?;
    let body = body::post(&ImageUrls::for_me(&app, &me), shown.ok_or_else(Problem::not_found)?);
    etag::respond(&headers, StatusCode::OK, body.version, &body)
}

/// Changes my post.
#[utoipa::path(patch, path = "/v1/posts/{post_id}", tag = "posts",
    params(("post_id" = PostId, Path), ("If-Match" = String, Header)),
    request_body = PatchPost, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = PostBody)))]
async fn patch_post(
    State(app): State<App>,
    me: Me,
    Path(post): Path<PostId>,
    expected: IfMatch,
    headers: HeaderMap,
    Json { value, .. }: Json<PatchPost>,
) -> Result<Response, Problem> {
    let patch = Patch {
        caption: value.caption.map(|caption| caption.and_then(Caption::or_none)),
        alt: value.alt.map(|alt| alt.and_then(AltText::or_none)),
        visibility: value.visibility,
        audience: value.audience,
    };
    actions::patch(&app, me.user_id, post, expected, patch).await?;
    respond(&app, &me, &headers, StatusCode::OK, post).await
}

/// Deletes my post; it can be restored for some days.
#[utoipa::path(delete, path = "/v1/posts/{post_id}", tag = "posts", params(("post_id" = PostId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn delete_post(
    State(app): State<App>,
    me: Me,
    Path(post): Path<PostId>,
) -> Result<StatusCode, Problem> {
    actions::delete(&app, me.user_id, post).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings my deleted post back.
#[utoipa::path(post, path = "/v1/posts/{post_id}/restore", tag = "posts", params(("post_id" = PostId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = PostBody)))]
async fn restore_post(
    State(app): State<App>,
    me: Me,
    Path(post): Path<PostId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    actions::restore(&app, me.user_id, post).await?;
    respond(&app, &me, &headers, StatusCode::OK, post).await
}

/// Everybody whom my post is for now.
#[utoipa::path(get, path = "/v1/posts/{post_id}/audience", tag = "posts", params(("post_id" = PostId, Path), PageQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<UserCardBody>)))]
async fn get_post_audience(
    State(app): State<App>,
    me: Me,
    Path(post): Path<PostId>,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<UserCardBody>>, Problem> {
    Ok(Reply(feed::audience(&app, &me, post, &page).await?))
}

/// My own posts and those of my friends that I can see, newest first.
#[utoipa::path(get, path = "/v1/feed", tag = "posts", params(PageQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<PostBody>)))]
async fn get_feed(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<PostBody>>, Problem> {
    Ok(Reply(feed::feed(&app, caller, &page).await?))
}

/// The posts of a friend, or mine, newest first.
#[utoipa::path(get, path = "/v1/users/{user_id}/posts", tag = "posts", params(("user_id" = UserId, Path), PageQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<PostBody>)))]
async fn get_user_posts(
    State(app): State<App>,
    caller: Caller,
    Path(author): Path<UserId>,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<PostBody>>, Problem> {
    Ok(Reply(feed::of_author(&app, caller, author, &page).await?))
}

/// The post as it is now for me; 404 if I do not see it any more.
async fn respond(
    app: &App,
    me: &Me,
    headers: &HeaderMap,
    status: StatusCode,
    post: PostId,
) -> Result<Response, Problem> {
    let db = app.db().shared().await?;
    let shown = store::visible(&*db, me.user_id, post).await?.ok_or_else(Problem::not_found)?;
    render(app, me, headers, status, shown)
}

fn render(
    app: &App,
    me: &Me,
    headers: &HeaderMap,
    status: StatusCode,
    shown: Shown,
) -> Result<Response, Problem> {
    let body = body::post(&ImageUrls::for_me(app, me), shown);
    etag::respond(headers, status, body.version, &body)
}
