//! Routes of notifications.

use axum::extract::State;
use http::StatusCode;
use kith_types::id::NotificationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{actions, render::NotificationBody};
use crate::{
    app::App,
    http::{
        auth::{Caller, Me},
        extract::{Json, Query},
        page::{Page, PageQuery},
        problem::Problem,
        reply::Reply,
    },
};

/// Named one by one; `up_to` takes all the rest.
const MAX_IDS: usize = 500;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_notifications))
        .routes(routes!(count_unread_notifications))
        .routes(routes!(mark_notifications_read))
}

/// How many wait.
#[derive(Serialize, ToSchema)]
struct UnreadCount {
    count: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MarkRead {
    /// This one and all older ones.
    up_to: Option<NotificationId>,
    /// These.
    #[serde(default)]
    #[schema(max_items = 500)]
    ids: Vec<NotificationId>,
}

/// What happened to me, newest first.
#[utoipa::path(get, path = "/v1/notifications", tag = "notifications", params(PageQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<NotificationBody>)))]
async fn list_notifications(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Reply<Page<NotificationBody>>, Problem> {
    actions::list(&app, &caller, &page).await.map(Reply)
}

/// How many of them I have not read.
#[utoipa::path(get, path = "/v1/notifications/unread-count", tag = "notifications",
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = UnreadCount)))]
async fn count_unread_notifications(
    State(app): State<App>,
    caller: Caller,
) -> Result<Reply<UnreadCount>, Problem> {
    Ok(Reply(UnreadCount { count: actions::count_unread(&app, &caller).await? }))
}

/// Marks some, or all up to one, as read.
#[utoipa::path(post, path = "/v1/notifications/read", tag = "notifications", request_body = MarkRead,
    security(("bearer" = []), ("cookie" = [])), responses((status = 204)))]
async fn mark_notifications_read(
    State(app): State<App>,
    me: Me,
    Json { value, .. }: Json<MarkRead>,
) -> Result<StatusCode, Problem> {
    if value.ids.len() > MAX_IDS {
        let detail = format!("name at most {MAX_IDS}, or the newest as up_to");
        return Err(Problem::invalid("/ids", detail));
    }
    actions::mark_read(&app, me.user_id, value.up_to, &value.ids).await?;
    Ok(StatusCode::NO_CONTENT)
}
