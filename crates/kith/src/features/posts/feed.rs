//! Lists of posts, newest first: the feed, the grid of one person, and whom a post is for.

use kith_types::{
    cursor::CursorScope,
    id::{PostId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use super::{
    actions, body,
    body::PostBody,
    store::{self, Person, Place, Shown},
};
use crate::{
    app::App,
    features::{uploads::ImageUrls, users::UserCardBody},
    http::{
        auth::{Caller, Me},
        page::{Page, PageQuery},
        problem::Problem,
    },
};

/// Before everything: the first page is asked for like any other, so that one plan serves all.
const START: fn() -> Place = || (Timestamp::MAX, PostId::from(Uuid::max()));

/// One page of the caller's feed. It may take long, so it never runs on a shared connection.
pub async fn feed(app: &App, caller: Caller, page: &PageQuery) -> Result<Page<PostBody>, Problem> {
    let size = page.size()?;
    let (me, rows) = caller
        .flight(app, async |viewer| {
            let place = page.position(app, feed_scope(viewer))?.unwrap_or_else(START);
            let db = app.db().pooled().await?;
            store::feed(&db, viewer, place, one_more(size)).await
        })
        .await?;
    built(app, &me, feed_scope(me.user_id), rows, size)
}

/// One page of the posts of a friend, or of one's own. Of anybody else there is nothing to list.
pub async fn of_author(
    app: &App,
    caller: Caller,
    author: UserId,
    page: &PageQuery,
) -> Result<Page<PostBody>, Problem> {
    let size = page.size()?;
    let (me, rows) = caller
        .flight(app, async |viewer| {
            let place = page.position(app, grid_scope(viewer, author))?.unwrap_or_else(START);
            let db = app.db().pooled().await?;
            let rows = store::of_author(&db, viewer, author, place, one_more(size)).await?;
            if rows.is_empty() && viewer != author && !store::is_friend(&db, viewer, author).await?
            {
                return Err(Problem::not_found());
            }
            Ok(rows)
        })
        .await?;
    built(app, &me, grid_scope(me.user_id, author), rows, size)
}

/// One page of the people whom one's own post is for now, by name.
pub async fn audience(
    app: &App,
    me: &Me,
    post: PostId,
    page: &PageQuery,
) -> Result<Page<UserCardBody>, Problem> {
    let size = page.size()?;
    let scope = CursorScope::new("audience", me.user_id).within(post);
    let after = page.position(app, scope)?;
    let after = after.unwrap_or_else(|| (String::new(), UserId::from(Uuid::nil())));
    let db = app.db().shared().await?;
    if store::author_of_visible(&*db, me.user_id, post).await? != Some(me.user_id) {
        return Err(actions::refuse(app, me.user_id, post).await?);
    }
    let rows = store::readers(&*db, me.user_id, post, &after, one_more(size)).await?;
    let urls = ImageUrls::for_me(app, me);
    let place = |(person, name): &(Person, String)| (name.clone(), person.user_id);
    Page::build(app, scope, rows, size, place, |(person, _)| Ok(body::card(&urls, person)))
}

fn feed_scope(viewer: UserId) -> CursorScope<'static> {
    CursorScope::new("feed", viewer)
}

fn grid_scope(viewer: UserId, author: UserId) -> CursorScope<'static> {
    CursorScope::new("posts of a person", viewer).within(author)
}

fn built(
    app: &App,
    me: &Me,
    scope: CursorScope<'_>,
    rows: Vec<Shown>,
    size: usize,
) -> Result<Page<PostBody>, Problem> {
    let urls = ImageUrls::for_me(app, me);
    let place = |shown: &Shown| (shown.posted_at.unwrap_or(Timestamp::MIN), shown.post);
    Page::build(app, scope, rows, size, place, |shown| Ok(body::post(&urls, shown)))
}

/// A surplus row proves that there is another page.
fn one_more(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX - 1) + 1
}
