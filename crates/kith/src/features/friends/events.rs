//! What people are told when a friendship changes: the friendship itself, and the posts that one sees or no
//! longer sees by it.

use kith_types::id::{FriendshipId, UserId};

use super::store;
use crate::{
    db::Tx,
    http::problem::Problem,
    realtime::outbox::{EventKind, NewEvent},
};

/// When more posts than this change for one person at once, the rest is said by one `feed.resync`.
const MAX_POSTS: usize = 100;

/// What happens to posts for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posts {
    /// They appear.
    Shown,
    /// They are about to go away.
    Hidden,
}

/// Tells one person about the friendship with another.
pub fn friend(tx: &Tx, kind: EventKind, id: FriendshipId, person: UserId, other: UserId) {
    tx.emit(NewEvent::friend(kind, id, person, other));
}

/// Tells `viewer` about the posts of `author` that he can see now.
pub async fn posts(tx: &Tx, posts: Posts, viewer: UserId, author: UserId) -> Result<(), Problem> {
    let kind = match posts {
        Posts::Shown => EventKind::PostReady,
        Posts::Hidden => EventKind::PostRemoved,
    };
    let ids = store::visible_posts_of(tx, viewer, author, MAX_POSTS + 1).await?;
    for post in ids.iter().take(MAX_POSTS) {
        tx.emit(NewEvent::post(kind, *post, author).to(viewer));
    }
    if ids.len() > MAX_POSTS {
        tx.emit(NewEvent::feed_resync(viewer));
    }
    Ok(())
}
