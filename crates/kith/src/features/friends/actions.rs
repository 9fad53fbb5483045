//! Requests through their whole life.

use std::time::Duration;

use http::StatusCode;
use kith_types::{
    id::{ContactId, FriendshipId, UserId},
    text::Username,
};
use uuid::Uuid;

use super::{
    pair::{Change, Pair, Standing},
    responses::{FriendshipBody, Names},
    store,
};
use crate::{
    app::App,
    db::Tx,
    features::{uploads::ImageUrls, users},
    http::{
        auth::Me,
        idempotency::{Claim, Claimed},
        problem::{Kind, Problem},
        rate_limit,
    },
};

/// Whom somebody asks.
#[derive(Clone, Debug)]
pub enum Whom {
    /// By account.
    User(UserId),
    /// By public handle.
    Username(String),
    /// By an entry of one's own address book.
    Contact(ContactId),
}

/// Asks to be friends. 201 for a new request or friendship, 200 for a request that was open already.
pub async fn request(
    app: &App,
    me: &Me,
    whom: Whom,
    claim: Claim,
) -> Result<(StatusCode, FriendshipBody), Problem> {
    if matches!(whom, Whom::Username(_)) {
        // Or asking would tell who has a username, without end.
        users::take_lookup(app, me.user_id).await?;
    }
    if rate_limit::is_relaxed(app) {
        return try_request(app, me, whom, claim, Fee::Paid).await;
    }
    match try_request(app, me, whom.clone(), claim.clone(), Fee::Due).await {
        Err(problem) if problem.kind() == Kind::RateLimited => {}
        outcome => return outcome,
    }
    let per_day = app.config().limits.friend_requests_per_day;
    let limit = rate_limit::shared("friend-requests", per_day, Duration::from_hours(24));
    rate_limit::require(app, &limit, me.user_id).await?;
    try_request(app, me, whom, claim, Fee::Paid).await
}

/// Whether a new request has been taken from the budget of the day. What makes none costs nothing, and only the
/// transaction knows; yet the budget is asked of the network, never while rows are held. So the first try ends
/// where the fee is due, and the second has paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fee {
    Due,
    Paid,
}

impl Fee {
    /// `RateLimited` while it is due.
    fn require(self) -> Result<(), Problem> {
        match self {
            Self::Paid => Ok(()),
            Self::Due => Err(Problem::new(Kind::RateLimited, "the request is not paid for")),
        }
    }
}

async fn try_request(
    app: &App,
    me: &Me,
    whom: Whom,
    claim: Claim,
    fee: Fee,
) -> Result<(StatusCode, FriendshipBody), Problem> {
    let (app_in, me_in) = (app.clone(), me.clone());
    app.tx("friends.request", move |tx| {
        let (app, me, whom, claim) = (app_in.clone(), me_in.clone(), whom.clone(), claim.clone());
        async move {
            let taken = claim.take(&tx, StatusCode::CREATED.as_u16(), Uuid::nil()).await?;
            if let Claimed::Replay { status, resource, .. } = taken {
                let status = StatusCode::from_u16(status).map_err(Problem::internal)?;
                return Ok((status, render(&app, &tx, &me, resource).await?));
            }
            let other = find(&tx, me.user_id, &whom).await?;
            let (status, id) = ask(&app, &tx, me.user_id, other, fee).await?;
            claim.settle(&tx, status.as_u16(), id.uuid()).await?;
            Ok((status, render(&app, &tx, &me, id.uuid()).await?))
        }
    })
    .await
}

async fn find(tx: &Tx, me: UserId, whom: &Whom) -> Result<UserId, Problem> {
    let (other, pointer) = match whom {
        Whom::User(id) => (*id, "/user_id"),
        Whom::Username(name) => {
            let name = Username::parse(name).map_err(|_| Problem::not_found())?;
            let other = store::user_by_username(tx, name.as_str()).await?;
            (other.ok_or_else(Problem::not_found)?, "/username")
        }
        Whom::Contact(id) => {
            let found = store::contact(tx, me, *id).await?.ok_or_else(Problem::not_found)?;
            (found.ok_or_else(not_on_platform)?, "/contact_id")
        }
    };
    if other == me {
        return Err(Problem::invalid(pointer, "ask somebody else than yourself"));
    }
    Ok(other)
}

/// The same whether or not the number has an account.
fn not_on_platform() -> Problem {
    Problem::new(Kind::ContactNotOnPlatform, "ask by username, or invite them")
}

async fn ask(
    app: &App,
    tx: &Tx,
    me: UserId,
    other: UserId,
    fee: Fee,
) -> Result<(StatusCode, FriendshipId), Problem> {
    let pair = Pair::lock(tx, me, other).await?.ok_or_else(Problem::not_found)?;
    if !pair.other_is_active() || store::is_blocked(tx, me, other).await? {
        return Err(Problem::not_found());
    }
    match (pair.standing(), pair.present()) {
        (Standing::Friend, _) => {
            Err(Problem::new(Kind::AlreadyFriends, "there is nothing to ask any more"))
        }
        (Standing::Asked, Some(present)) => Ok((StatusCode::OK, present.id)),
        (Standing::Asking | Standing::Declined, _) => {
            require_room_for_friend(app, tx, &pair, me).await?;
            Ok((StatusCode::CREATED, pair.change(tx, Change::Accept).await?))
        }
        (Standing::Asked | Standing::Stranger, _) => {
            if !store::takes_requests(tx, other, me).await? {
                return Err(Problem::not_found());
            }
            require_room_for_request(app, tx, me).await?;
            fee.require()?;
            Ok((StatusCode::CREATED, pair.change(tx, Change::Ask).await?))
        }
    }
}

/// Says yes to a request. Saying it twice is saying it once.
pub async fn accept(app: &App, me: &Me, id: FriendshipId) -> Result<FriendshipBody, Problem> {
    let (app_in, me_in) = (app.clone(), me.clone());
    app.tx("friends.accept", move |tx| {
        let (app, me) = (app_in.clone(), me_in.clone());
        async move {
            let pair = find_pair(&tx, me.user_id, id).await?;
            if !pair.other_is_active() {
                return Err(Problem::not_found());
            }
            let is_mine = pair.present().is_some_and(|p| p.initiated_by == me.user_id);
            match pair.standing() {
                Standing::Asking => {
                    require_room_for_friend(&app, &tx, &pair, me.user_id).await?;
                    pair.change(&tx, Change::Accept).await?;
                }
                Standing::Friend if !is_mine => {}
                Standing::Friend | Standing::Asked => {
                    return Err(Problem::new(Kind::Conflict, "the other one has to accept it"));
                }
                Standing::Declined | Standing::Stranger => return Err(Problem::not_found()),
            }
            render(&app, &tx, &me, id.uuid()).await
        }
    })
    .await
}

/// Declines a request or cancels one's own.
pub async fn end_request(app: &App, me: UserId, id: FriendshipId) -> Result<(), Problem> {
    app.tx("friends.end_request", move |tx| async move {
        let pair = find_pair(&tx, me, id).await?;
        let change = match pair.standing() {
            Standing::Asking => Change::Decline,
            Standing::Asked => Change::End,
            Standing::Friend => {
                let detail = "you are friends now; DELETE /v1/friends/{user_id} ends that";
                return Err(Problem::new(Kind::AlreadyFriends, detail));
            }
            Standing::Declined | Standing::Stranger => return Err(Problem::not_found()),
        };
        pair.change(&tx, change).await.map(|_| ())
    })
    .await
}

/// Ends a friendship.
pub async fn unfriend(app: &App, me: UserId, other: UserId) -> Result<(), Problem> {
    app.tx("friends.unfriend", move |tx| async move {
        let pair = Pair::lock(&tx, me, other).await?;
        let pair = pair.filter(|pair| pair.standing() == Standing::Friend);
        pair.ok_or_else(Problem::not_found)?.change(&tx, Change::End).await.map(|_| ())
    })
    .await
}

/// One of my friendships or requests, with its pair held; 404 if it went away before.
async fn find_pair(tx: &Tx, me: UserId, id: FriendshipId) -> Result<Pair, Problem> {
    let other = store::other_side(tx, id, me).await?.ok_or_else(Problem::not_found)?;
    let pair = Pair::lock(tx, me, other).await?;
    let is_same = |pair: &Pair| pair.present().is_some_and(|present| present.id == id);
    pair.filter(is_same).ok_or_else(Problem::not_found)
}

/// Both must have room. Their rows are held, so that the counts stay true.
async fn require_room_for_friend(
    app: &App,
    tx: &Tx,
    pair: &Pair,
    me: UserId,
) -> Result<(), Problem> {
    let most = app.config().limits.friends;
    if store::count_friends(tx, me).await?.friends >= most {
        return Err(full(most));
    }
    if store::count_friends(tx, pair.other()).await?.friends >= most {
        return Err(Problem::new(Kind::Conflict, "the other one has no room for more friends"));
    }
    Ok(())
}

/// Requests that were sent count too; those that came do not, or strangers could fill somebody's list.
async fn require_room_for_request(app: &App, tx: &Tx, me: UserId) -> Result<(), Problem> {
    let (most, count) = (app.config().limits.friends, store::count_friends(tx, me).await?);
    if count.friends + count.requests >= most { Err(full(most)) } else { Ok(()) }
}

fn full(most: i64) -> Problem {
    let detail = format!("an account has at most {most} friends and sent requests; end some first");
    Problem::new(Kind::Conflict, detail)
}

async fn render(app: &App, tx: &Tx, me: &Me, id: Uuid) -> Result<FriendshipBody, Problem> {
    let row = store::get_friendship(tx.db(), me.user_id, id).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    let names = Names::of(app, tx.db(), me.user_id, std::slice::from_ref(&row)).await?;
    FriendshipBody::of(&ImageUrls::for_me(app, me), &names, row)
}
