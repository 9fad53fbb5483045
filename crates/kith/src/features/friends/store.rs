//! SQL of friendships and blocks.

use std::collections::HashMap;

use kith_sql_generated::{client::GenericClient, queries::friends as sql, types::FriendEdgeState};
use kith_types::{
    id::{ContactId, FriendshipId, PostId, UserId},
    time::Timestamp,
    visibility::UserStatus,
};
use uuid::Uuid;

use super::pair::Present;
use crate::{app::App, db::Tx, http::problem::Problem};

pub use sql::Friend;

/// The place in a list that is newest first, ties by id.
pub type Before = (Timestamp, Uuid);

/// A row is cheap; a list that asks for more than `i64` rows is not a thing.
fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// The one or two rows that a guarded statement must have changed.
fn changed(rows: u64) -> Result<(), Problem> {
    match rows {
        0 => Err(Problem::internal(anyhow::anyhow!("a locked friendship was not as read"))),
        _ => Ok(()),
    }
}

fn ordered(one: UserId, other: UserId) -> (UserId, UserId) {
    (one.min(other), one.max(other))
}

/// Takes both rows; answers the states of those that exist.
pub async fn lock_people(
    tx: &Tx,
    one: UserId,
    other: UserId,
) -> Result<HashMap<UserId, UserStatus>, Problem> {
    let ids = [one.uuid(), other.uuid()];
    let rows = sql::lock_people().bind(tx.db(), &&ids[..]).all().await?;
    Ok(rows.into_iter().map(|row| (row.user_id.into(), row.status)).collect())
}

/// What is between two people.
pub async fn find_pair(tx: &Tx, one: UserId, other: UserId) -> Result<Option<Present>, Problem> {
    let (first, second) = ordered(one, other);
    let row = sql::find_pair().bind(tx.db(), first.as_uuid(), second.as_uuid()).opt().await?;
    Ok(row.map(|row| Present {
        id: row.friendship_id.into(),
        status: row.status,
        initiated_by: row.initiated_by.into(),
        requested_at: row.requested_at,
        is_declined: row.declined_at.is_some(),
    }))
}

/// The other side of one of my friendships or requests.
pub async fn other_side(tx: &Tx, id: FriendshipId, me: UserId) -> Result<Option<UserId>, Problem> {
    let row = sql::find_friendship().bind(tx.db(), id.as_uuid(), me.as_uuid()).opt().await?;
    Ok(row.map(|row| {
        let (first, second) = (row.user_id_1.into(), row.user_id_2.into());
        if first == me { second } else { first }
    }))
}

/// Writes a request of `me`.
pub async fn insert(tx: &Tx, me: UserId, other: UserId) -> Result<FriendshipId, Problem> {
    let (first, second) = ordered(me, other);
    let id: FriendshipId = tx.ids().make_at(tx.now(), first.bucket());
    sql::insert_friendship()
        .bind(tx.db(), id.as_uuid(), first.as_uuid(), second.as_uuid(), &tx.now(), me.as_uuid())
        .await?;
    write_edges(tx, id).await?;
    Ok(id)
}

/// Makes a request a friendship.
pub async fn accept(tx: &Tx, id: FriendshipId) -> Result<(), Problem> {
    changed(sql::accept_friendship().bind(tx.db(), &tx.now(), id.as_uuid()).await?)
}

/// Notes that a request was declined.
pub async fn decline(tx: &Tx, id: FriendshipId) -> Result<(), Problem> {
    changed(sql::decline_friendship().bind(tx.db(), &tx.now(), id.as_uuid()).await?)
}

/// Removes a friendship or request, and with it its edges.
pub async fn delete(tx: &Tx, id: FriendshipId) -> Result<(), Problem> {
    changed(sql::delete_friendship().bind(tx.db(), id.as_uuid()).await?)
}

/// Copies a friendship into the read model.
pub async fn write_edges(tx: &Tx, id: FriendshipId) -> Result<(), Problem> {
    changed(sql::write_edges().bind(tx.db(), id.as_uuid()).await?)
}

/// Makes the read model what the friendships say; answers how many rows were wrong.
pub async fn rebuild_edges(app: &App) -> Result<i64, Problem> {
    let db = app.db().pooled().await?;
    Ok(sql::rebuild_edges().bind(&db).one().await?)
}

/// How many rows of the read model are not what the friendships say.
pub async fn edge_drift(app: &App) -> Result<i64, Problem> {
    let db = app.db().pooled().await?;
    Ok(sql::count_edge_drift().bind(&db).one().await?)
}

/// How many friends and unanswered requests somebody has.
pub async fn count_friends(tx: &Tx, user: UserId) -> Result<sql::CountFriends, Problem> {
    Ok(sql::count_friends().bind(tx.db(), user.as_uuid()).one().await?)
}

/// Whether `asked` lets `asker` ask.
pub async fn takes_requests(tx: &Tx, asked: UserId, asker: UserId) -> Result<bool, Problem> {
    let takes =
        sql::takes_requests_from().bind(tx.db(), asker.as_uuid(), asked.as_uuid()).opt().await?;
    Ok(takes.unwrap_or(false))
}

/// Whether either has blocked the other.
pub async fn is_blocked(tx: &Tx, one: UserId, other: UserId) -> Result<bool, Problem> {
    Ok(sql::is_blocked_either_way().bind(tx.db(), one.as_uuid(), other.as_uuid()).one().await?)
}

/// The account of an exact username, whatever its state.
pub async fn user_by_username(tx: &Tx, username: &str) -> Result<Option<UserId>, Problem> {
    let id = sql::find_user_by_username().bind(tx.db(), &username).opt().await?;
    Ok(id.map(UserId::from))
}

/// One of my contacts, with its account if I may know of it.
pub async fn contact(
    tx: &Tx,
    me: UserId,
    contact: ContactId,
) -> Result<Option<Option<UserId>>, Problem> {
    let row = sql::find_contact().bind(tx.db(), me.as_uuid(), contact.as_uuid()).opt().await?;
    Ok(row.map(|row| row.other_id.map(UserId::from)))
}

/// The newest posts of `author` that `viewer` sees now.
pub async fn visible_posts_of(
    tx: &Tx,
    viewer: UserId,
    author: UserId,
    most: usize,
) -> Result<Vec<PostId>, Problem> {
    let ids = sql::visible_posts_of()
        .bind(tx.db(), viewer.as_uuid(), author.as_uuid(), &limit(most))
        .all()
        .await?;
    Ok(ids.into_iter().map(PostId::from).collect())
}

/// Friends or requests as one of the two sees them, newest first.
pub async fn list_friends<C: GenericClient>(
    db: &C,
    viewer: UserId,
    states: &[FriendEdgeState],
    (at, id): Before,
    most: usize,
) -> Result<Vec<Friend>, Problem> {
    let (viewer, most) = (viewer.as_uuid(), limit(most));
    Ok(sql::list_friends().bind(db, viewer, &states, &at, &id, &most).all().await?)
}

/// A friendship as one of the two sees it.
pub async fn get_friendship<C: GenericClient>(
    db: &C,
    viewer: UserId,
    id: Uuid,
) -> Result<Option<Friend>, Problem> {
    Ok(sql::get_friendship().bind(db, viewer.as_uuid(), &id).opt().await?)
}

/// People who hold each other's number, newest first.
pub async fn list_suggestions<C: GenericClient>(
    db: &C,
    viewer: UserId,
    (at, id): Before,
    most: usize,
) -> Result<Vec<sql::ListSuggestions>, Problem> {
    let (viewer, most) = (viewer.as_uuid(), limit(most));
    Ok(sql::list_suggestions().bind(db, viewer, &at, &id, &most).all().await?)
}

/// Whether a person can have another's card.
pub async fn is_known(tx: &Tx, viewer: UserId, other: UserId) -> Result<bool, Problem> {
    Ok(sql::is_known().bind(tx.db(), viewer.as_uuid(), other.as_uuid()).one().await?)
}

/// Writes a block of somebody whom the blocker could see until now, or could not.
pub async fn insert_block(
    tx: &Tx,
    blocker: UserId,
    blocked: UserId,
    was_known: bool,
) -> Result<(), Problem> {
    let (blocker, blocked) = (blocker.as_uuid(), blocked.as_uuid());
    sql::insert_block().bind(tx.db(), blocker, blocked, &was_known, &tx.now()).await?;
    Ok(())
}

/// Removes a block.
pub async fn delete_block(tx: &Tx, blocker: UserId, blocked: UserId) -> Result<(), Problem> {
    sql::delete_block().bind(tx.db(), blocker.as_uuid(), blocked.as_uuid()).await?;
    Ok(())
}

/// Blocked people that existed for the blocker, newest first.
pub async fn list_blocks<C: GenericClient>(
    db: &C,
    blocker: UserId,
    (at, id): Before,
    most: usize,
) -> Result<Vec<sql::ListBlocks>, Problem> {
    let (blocker, most) = (blocker.as_uuid(), limit(most));
    Ok(sql::list_blocks().bind(db, blocker, &at, &id, &most).all().await?)
}

/// Requests older than `before`: who asked, and the other one.
pub async fn expired_requests(
    app: &App,
    before: Timestamp,
    most: usize,
) -> Result<Vec<(UserId, UserId)>, Problem> {
    let db = app.db().pooled().await?;
    let rows = sql::find_expired_requests().bind(&db, &before, &limit(most)).all().await?;
    let pairs = rows.into_iter().map(|row| {
        let other = if row.user_id_1 == row.initiated_by { row.user_id_2 } else { row.user_id_1 };
        (UserId::from(row.initiated_by), UserId::from(other))
    });
    Ok(pairs.collect())
}
