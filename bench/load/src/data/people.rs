//! Rows of people: accounts, settings, sessions, friendships and blocks.

use anyhow::Result;
use kith_types::id::{AuthenticationId, SessionId, UserId};
use tokio_postgres::Transaction;

use super::{
    circle::{Circle, DAY, Friendship, id},
    copy::{Rows, Value as V},
    pictures, words,
};
use crate::random::Draws;

const PREFERENCES: &str = r#"{"comment":{"push":true},"friend_request":{"push":true},"new_post":{"push":false},"content_free":false,"quiet_hours":null,"muted_users":[],"muted_posts":[]}"#;
const PRIVACY: &str = r#"{"find_by_phone":"mutual","friend_requests_from":"anyone","analytics":true,"store_location":false}"#;

/// When somebody's profile picture was uploaded.
pub fn portrait_time(joined: i64) -> i64 {
    joined + DAY / 24
}

/// Every draw of a profile picture, in the order of the people: each table that shows it draws the same.
pub fn portrait_draws(seed: u64) -> Draws {
    Draws::new(seed, "portraits")
}

/// Accounts. Nobody can sign in to them or read their numbers: the keyed values are only as long as real ones.
pub async fn users(t: &Transaction<'_>, seed: u64, circle: &Circle, now: i64) -> Result<u64> {
    let mut rows = Rows::into(
        t,
        "users",
        "user_id, phone_number, phone_number_envelope, username, display_name, profile_picture_url, \
         profile_picture_metadata, date_joined, status, last_active, data_key, created_at, updated_at",
    )
    .await?;
    let mut draws = Draws::new(seed, "users");
    let mut portraits = portrait_draws(seed);
    for (index, person) in circle.people.iter().enumerate() {
        let phone: Vec<u8> = (0..4).flat_map(|_| draws.bits().to_be_bytes()).collect();
        let (envelope, key) = ([0_u8; 57], [0_u8; 77]);
        let portrait = person
            .has_picture
            .then(|| pictures::portrait(&mut portraits, person.id, portrait_time(person.joined)));
        let (url, metadata) = portrait.as_ref().map_or((V::Null, V::Null), |portrait| {
            (V::Text(&portrait.url), V::Json(&portrait.metadata))
        });
        rows.write(&[
            V::Uuid(person.id.uuid()),
            V::Bytes(&phone),
            V::Bytes(&envelope),
            V::Text(&format!("person.{index}")),
            V::Text(&words::name(&mut draws)),
            url,
            metadata,
            V::Time(person.joined),
            V::Text("active"),
            V::Time(now),
            V::Bytes(&key),
            V::Time(person.joined),
            V::Time(person.joined),
        ])
        .await?;
    }
    rows.finish().await
}

/// Everybody's settings.
pub async fn settings(t: &Transaction<'_>, circle: &Circle) -> Result<u64> {
    let columns = "user_id, notification_preferences, privacy_settings, created_at, updated_at";
    let mut rows = Rows::into(t, "user_settings", columns).await?;
    for person in &circle.people {
        let joined = V::Time(person.joined);
        let id = V::Uuid(person.id.uuid());
        rows.write(&[id, V::Json(PREFERENCES), V::Json(PRIVACY), joined, joined]).await?;
    }
    rows.finish().await
}

/// Everybody's way in.
pub async fn ways_in(t: &Transaction<'_>, seed: u64, circle: &Circle) -> Result<u64> {
    let columns = "auth_id, user_id, phone_verified, auth_method, created_at, updated_at";
    let mut rows = Rows::into(t, "authentication", columns).await?;
    let mut draws = Draws::new(seed, "ways in");
    for person in &circle.people {
        let way: AuthenticationId = id(&mut draws, person.joined, person.id.bucket());
        let joined = V::Time(person.joined);
        let (way, person) = (V::Uuid(way.uuid()), V::Uuid(person.id.uuid()));
        rows.write(&[way, person, V::Flag(true), V::Text("phone"), joined, joined]).await?;
    }
    rows.finish().await
}

/// One session each, in the middle of its life: its generation was used before.
pub async fn sessions(t: &Transaction<'_>, seed: u64, circle: &Circle, now: i64) -> Result<u64> {
    let mut rows = Rows::into(
        t,
        "refresh_tokens",
        "token_id, user_id, token_hash, rotated_at, generation_used_at, last_used_at, expires_at, \
         absolute_expires_at, device_info, created_at",
    )
    .await?;
    let mut draws = Draws::new(seed, "sessions");
    for person in &circle.people {
        let began = now - 30 * DAY;
        let session: SessionId = id(&mut draws, began, person.id.bucket());
        let hash: Vec<u8> = (0..4).flat_map(|_| draws.bits().to_be_bytes()).collect();
        rows.write(&[
            V::Uuid(session.uuid()),
            V::Uuid(person.id.uuid()),
            V::Bytes(&hash),
            V::Time(now),
            V::Time(now),
            V::Time(now),
            V::Time(now + 60 * DAY),
            V::Time(now + 150 * DAY),
            V::Json(r#"{"name":"Phone","platform":"android","user_agent":"bench"}"#),
            V::Time(began),
        ])
        .await?;
    }
    rows.finish().await
}

/// Friendships and open requests.
pub async fn friendships(t: &Transaction<'_>, circle: &Circle) -> Result<u64> {
    let mut rows = Rows::into(
        t,
        "friendships",
        "friendship_id, user_id_1, user_id_2, status, requested_at, accepted_at, initiated_by, created_at, updated_at",
    )
    .await?;
    for friendship in &circle.friendships {
        let user = |index| V::Uuid(circle.person(index).id.uuid());
        let since = V::Time(friendship.since);
        let (status, accepted_at) =
            if friendship.is_pending { ("pending", V::Null) } else { ("active", since) };
        rows.write(&[
            V::Uuid(friendship.id.uuid()),
            user(friendship.pair.0),
            user(friendship.pair.1),
            V::Text(status),
            since,
            accepted_at,
            user(friendship.asker),
            since,
            since,
        ])
        .await?;
    }
    rows.finish().await
}

/// Their read model: each from both sides.
pub async fn edges(t: &Transaction<'_>, circle: &Circle) -> Result<u64> {
    let columns = "user_id, friend_id, friendship_id, state, since";
    let mut rows = Rows::into(t, "friend_edges", columns).await?;
    for friendship in &circle.friendships {
        let (one, other) = friendship.pair;
        for (me, friend) in [(one, other), (other, one)] {
            let [me_id, friend_id] = [me, friend].map(|index| circle.person(index).id);
            rows.write(&[
                V::Uuid(me_id.uuid()),
                V::Uuid(friend_id.uuid()),
                V::Uuid(friendship.id.uuid()),
                V::Text(state(friendship, me)),
                V::Time(friendship.since),
            ])
            .await?;
        }
    }
    rows.finish().await
}

fn state(friendship: &Friendship, me: u32) -> &'static str {
    match (friendship.is_pending, friendship.asker == me) {
        (false, _) => "active",
        (true, true) => "outgoing",
        (true, false) => "incoming",
    }
}

/// A few strangers are blocked.
pub async fn blocks(t: &Transaction<'_>, circle: &Circle, now: i64) -> Result<u64> {
    let mut rows = Rows::into(t, "blocks", "blocker_id, blocked_id, known, created_at").await?;
    for (blocker, blocked) in &circle.blocks {
        let user = |index: &u32| -> UserId { circle.person(*index).id };
        let (blocker, blocked) = (V::Uuid(user(blocker).uuid()), V::Uuid(user(blocked).uuid()));
        rows.write(&[blocker, blocked, V::Flag(false), V::Time(now)]).await?;
    }
    rows.finish().await
}
