//! Blocks.

use kith_types::{cursor::CursorScope, id::UserId};

use super::{
    pair::{Change, Pair},
    reads::NEWEST,
    responses::BlockBody,
    store,
};
use crate::{
    app::App,
    features::{contacts, uploads::ImageUrls, users},
    http::{
        auth::Me,
        page::{Page, PageQuery},
        problem::Problem,
    },
};

/// Ends whatever there is between the two, and makes each absent for the other. Nothing is said about an id
/// that nobody has, and nothing happens for one's own.
pub async fn block(app: &App, me: UserId, other: UserId) -> Result<(), Problem> {
    app.tx("friends.block", move |tx| async move {
        let Some(pair) = Pair::lock(&tx, me, other).await? else {
            return Ok(());
        };
        // Both before the block: whom one knew, and what was seen and is told to go away.
        let was_known = store::is_known(&tx, me, other).await?;
        if pair.present().is_some() {
            pair.change(&tx, Change::End).await?;
        }
        store::insert_block(&tx, me, other, was_known).await?;
        contacts::refresh_between(&tx, me, other).await
    })
    .await
}

/// Takes a block back; what was ended stays ended.
pub async fn unblock(app: &App, me: UserId, other: UserId) -> Result<(), Problem> {
    app.tx("friends.unblock", move |tx| async move {
        Pair::lock(&tx, me, other).await?;
        store::delete_block(&tx, me, other).await?;
        contacts::refresh_between(&tx, me, other).await
    })
    .await
}

/// People whom I blocked and who existed for me then, newest first.
pub async fn list(app: &App, me: &Me, query: &PageQuery) -> Result<Page<BlockBody>, Problem> {
    let (size, scope) = (query.size()?, CursorScope::new("blocks", me.user_id));
    let before = query.position(app, scope)?.unwrap_or(NEWEST);
    let db = app.db().shared().await?;
    let rows = store::list_blocks(&*db, me.user_id, before, size + 1).await?;
    let urls = ImageUrls::for_me(app, me);
    Page::build(
        app,
        scope,
        rows,
        size,
        |row| (row.created_at, row.user_id),
        |row| {
            let user =
                users::card(&urls, row.user_id.into(), &row.username, &row.display_name, None)?;
            Ok(BlockBody { user, created_at: row.created_at })
        },
    )
}
