//! Whom a post is for: what may be asked, and who gains or loses sight of it.

use std::collections::BTreeSet;

use kith_types::{
    id::{PostId, UserId},
    visibility::Visibility,
};
use uuid::Uuid;

use super::store;
use crate::{
    db::Tx,
    http::problem::Problem,
    realtime::outbox::{EventKind, NewEvent},
};

/// Most friends that can be named.
const MAX_NAMED: usize = 200;
const NOT_A_FRIEND: &str = "name only people who are your friends now";

/// Checks the number of people named, if any were.
pub fn check_size(named: Option<&[UserId]>) -> Result<(), Problem> {
    match named {
        Some(named) if !(1..=MAX_NAMED).contains(&named.len()) => {
            Err(Problem::invalid("/audience", format!("name 1 to {MAX_NAMED} friends")))
        }
        _ => Ok(()),
    }
}

/// Checks that people are named for a post for some, and only for one. `known` says that a list is kept already.
pub fn check_presence(
    visibility: Visibility,
    named: Option<&[UserId]>,
    known: bool,
) -> Result<(), Problem> {
    match (visibility, named) {
        (Visibility::SpecificFriends, None) if !known => {
            Err(Problem::invalid("/audience", "name the friends it is for"))
        }
        (Visibility::FriendsOnly, Some(_)) => {
            Err(Problem::invalid("/audience", "leave it out: the post is for all your friends"))
        }
        _ => Ok(()),
    }
}

/// The named people, each once, if all of them are friends of the author now.
pub async fn friends(tx: &Tx, author: UserId, named: &[UserId]) -> Result<Vec<Uuid>, Problem> {
    let ids: BTreeSet<Uuid> = named.iter().map(|id| id.uuid()).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let friends: BTreeSet<Uuid> =
        store::friends_among(tx, author, &ids).await?.into_iter().collect();
    let strangers = named.iter().enumerate().filter(|(_, id)| !friends.contains(id.as_uuid()));
    let mut pointers = strangers.map(|(index, _)| format!("/audience/{index}"));
    match pointers.next() {
        None => Ok(ids),
        Some(first) => {
            let problem = Problem::invalid(first, NOT_A_FRIEND);
            Err(pointers.fold(problem, |problem, pointer| problem.field(pointer, NOT_A_FRIEND)))
        }
    }
}

/// Somebody named is no friend.
pub fn no_friends() -> Problem {
    Problem::invalid("/audience", NOT_A_FRIEND)
}

/// Tells those who see a post since this transaction, and those who do not any more.
pub async fn tell_changes(
    tx: &Tx,
    author: UserId,
    post: PostId,
    before: Vec<UserId>,
) -> Result<(), Problem> {
    let before: BTreeSet<UserId> = before.into_iter().collect();
    let after: BTreeSet<UserId> = store::viewers(tx, post).await?.into_iter().collect();
    for gained in after.difference(&before) {
        tx.emit(NewEvent::post(EventKind::PostReady, post, author).to(*gained));
    }
    for lost in before.difference(&after) {
        tx.emit(NewEvent::post(EventKind::PostRemoved, post, author).to(*lost));
    }
    Ok(())
}
