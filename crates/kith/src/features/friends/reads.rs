//! Lists: friends, open requests, suggestions.

use kith_sql_generated::types::FriendEdgeState;
use kith_types::{cursor::CursorScope, id::UserId, time::Timestamp};
use uuid::Uuid;

use super::{
    responses::{Direction, FriendshipBody, Names, SuggestionBody},
    store::{self, Before},
};
use crate::{
    app::App,
    features::{contacts::BookKey, uploads::ImageUrls, users},
    http::{
        auth::{Caller, Me},
        page::{Page, PageQuery},
        problem::Problem,
    },
};

/// The start of a list that is newest first.
pub const NEWEST: Before = (Timestamp::MAX, Uuid::max());

/// My friends, newest first.
pub async fn friends(
    app: &App,
    caller: &Caller,
    query: &PageQuery,
) -> Result<Page<FriendshipBody>, Problem> {
    list(app, caller, query, "friends", &[FriendEdgeState::Active]).await
}

/// Open requests, newest first; both directions unless one is named.
pub async fn requests(
    app: &App,
    caller: &Caller,
    query: &PageQuery,
    direction: Option<Direction>,
) -> Result<Page<FriendshipBody>, Problem> {
    use FriendEdgeState::{Incoming, Outgoing};
    match direction {
        Some(Direction::Incoming) => {
            list(app, caller, query, "friends.incoming", &[Incoming]).await
        }
        Some(Direction::Outgoing) => {
            list(app, caller, query, "friends.outgoing", &[Outgoing]).await
        }
        None => list(app, caller, query, "friends.requests", &[Incoming, Outgoing]).await,
    }
}

async fn list(
    app: &App,
    caller: &Caller,
    query: &PageQuery,
    name: &'static str,
    states: &[FriendEdgeState],
) -> Result<Page<FriendshipBody>, Problem> {
    let size = query.size()?;
    let read = |viewer: UserId| async move {
        let before = query.position(app, CursorScope::new(name, viewer))?;
        let db = app.db().shared().await?;
        let before = before.unwrap_or(NEWEST);
        let rows = store::list_friends(&*db, viewer, states, before, size + 1).await?;
        let names = Names::of(app, &*db, viewer, &rows).await?;
        Ok((rows, names))
    };
    let (me, (rows, names)) = caller.flight(app, read).await?;
    let (urls, scope) = (ImageUrls::for_me(app, &me), CursorScope::new(name, me.user_id));
    Page::build(
        app,
        scope,
        rows,
        size,
        |row| (row.since, row.user_id),
        |row| FriendshipBody::of(&urls, &names, row),
    )
}

/// People who hold each other's number, newest first.
pub async fn suggestions(
    app: &App,
    me: &Me,
    query: &PageQuery,
) -> Result<Page<SuggestionBody>, Problem> {
    let (size, scope) = (query.size()?, CursorScope::new("friends.suggestions", me.user_id));
    let before = query.position(app, scope)?.unwrap_or(NEWEST);
    let db = app.db().pooled().await?;
    let rows = store::list_suggestions(&db, me.user_id, before, size + 1).await?;
    let names = BookKey::of(app, &db, me.user_id).await?;
    let urls = ImageUrls::for_me(app, me);
    Page::build(
        app,
        scope,
        rows,
        size,
        |row| (row.date_added, row.contact_id),
        |row| {
            let (id, picture) = (row.user_id.into(), row.profile_picture_metadata);
            Ok(SuggestionBody {
                user: users::card(&urls, id, &row.username, &row.display_name, picture)?,
                contact_name: names.name(row.contact_id, &row.contact_name)?,
            })
        },
    )
}
