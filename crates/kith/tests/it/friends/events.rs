//! What either side is told when a friendship changes.

use kith_testkit::{app::TestApp, person::Person};
use uuid::Uuid;

use super::id;

/// Kinds of the events that a person was sent, oldest first.
pub async fn told(app: &TestApp, person: &Person) -> Vec<String> {
    let rows = events(app, person).await;
    rows.into_iter().map(|(kind, ..)| kind).collect()
}

type Event = (String, Option<Uuid>, Option<Uuid>, Option<Uuid>);

/// Kind, friendship, person and post of the events that a person was sent, oldest first.
async fn events(app: &TestApp, person: &Person) -> Vec<Event> {
    let db = app.app.db().pooled().await.expect("a connection");
    let sql = "select kind, friendship_id, user_id, post_id from events
        where recipient_id = $1 and kind not in ('session.revoked', 'notification.created') order by occurred_at, event_id";
    let rows = db.query(sql, &[&id(person)]).await.expect("the rows");
    rows.iter().map(|r| (r.get(0), r.get(1), r.get(2), r.get(3))).collect()
}

/// Writes a post as the posts feature would leave it.
async fn plant_post(app: &TestApp, author: &Person, visibility: &str, viewers: &[&Person]) -> Uuid {
    let db = app.app.db().pooled().await.expect("a connection");
    let user: kith_types::id::UserId = id(author).into();
    let [upload, image, post] = [0; 3].map(|_| app.app.ids().make::<()>(user.bucket()).uuid());
    let now = app.app.now();
    let sql = "with image as (
            insert into images (image_id, owner_id, content_sha256, width, height, metadata, created_at)
            values ($2, $1, 'x', 1, 1, '{}', $5)),
        upload as (
            insert into uploads (upload_id, user_id, content_type, byte_size, sha256, object_key, state, image_id,
                used_at, expires_at, completed_at, created_at, updated_at)
            values ($3, $1, 'image/jpeg', 1, sha256('x'), $3::uuid::text, 'ready', $2, $5, $5, $5, $5, $5))
        insert into posts (post_id, user_id, upload_id, image_id, image_url, image_metadata, posted_at, visibility,
            created_at, updated_at)
        values ($4, $1, $3, $2, 'x', '{}', $5, $6::text::post_visibility, $5, $5)";
    db.execute(sql, &[&id(author), &image, &upload, &post, &now, &visibility])
        .await
        .expect("a post");
    for viewer in viewers {
        let sql = "insert into post_audience (post_id, viewer_id, author_id, posted_at) values ($1, $2, $3, $4)";
        db.execute(sql, &[&post, &id(viewer), &id(author), &now]).await.expect("an audience");
    }
    post
}

#[tokio::test]
async fn both_sides_are_told_of_every_step() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let friendship = ana.befriends(&ben).await;
    ana.unfriends(&ben).await;
    let friendship = Some(friendship.parse().expect("an id"));
    for (person, other) in [(&ana, &ben), (&ben, &ana)] {
        let other = Some(id(other));
        let expected = ["friend.requested", "friend.accepted", "friend.removed"]
            .map(|kind| (kind.to_owned(), friendship, other, None));
        assert_eq!(events(&app, person).await, expected);
    }
}

#[tokio::test]
async fn nobody_is_told_of_a_decline_but_the_decliner() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
    ben.ends_request(&id).await.expect(204);
    assert_eq!(told(&app, &ana).await, ["friend.requested"]);
    assert_eq!(told(&app, &ben).await, ["friend.requested", "friend.removed"]);
    ana.ends_request(&id).await.expect(204);
    assert_eq!(told(&app, &ana).await, ["friend.requested", "friend.removed"]);
    assert_eq!(told(&app, &ben).await, ["friend.requested", "friend.removed"]);
}

#[tokio::test]
async fn posts_appear_and_go_away_with_the_friendship() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let for_all = plant_post(&app, &ana, "friends-only", &[]).await;
    let for_ben = plant_post(&app, &ana, "specific-friends", &[&ben]).await;
    plant_post(&app, &ana, "specific-friends", &[&cem]).await;
    let bens = plant_post(&app, &ben, "friends-only", &[]).await;
    ana.befriends(&ben).await;
    assert_eq!(posts(&app, &ben, "post.ready").await, [for_ben, for_all]);
    assert_eq!(posts(&app, &ana, "post.ready").await, [bens]);
    ben.unfriends(&ana).await;
    assert_eq!(posts(&app, &ben, "post.removed").await, [for_ben, for_all]);
    assert_eq!(posts(&app, &ana, "post.removed").await, [bens]);
    assert!(told(&app, &cem).await.is_empty());
}

#[tokio::test]
async fn a_block_takes_the_posts_away() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let post = plant_post(&app, &ana, "friends-only", &[]).await;
    ana.befriends(&ben).await;
    ben.blocks(&ana).await;
    assert_eq!(posts(&app, &ben, "post.removed").await, [post]);
    assert_eq!(told(&app, &ana).await.last().map(String::as_str), Some("friend.removed"));
}

#[tokio::test]
async fn more_than_a_hundred_posts_are_one_resync() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let mut planted = Vec::new();
    for _ in 0..101 {
        planted.push(plant_post(&app, &ana, "friends-only", &[]).await);
    }
    ana.befriends(&ben).await;
    planted.reverse();
    assert_eq!(posts(&app, &ben, "post.ready").await, planted[..100]);
    let resyncs = told(&app, &ben).await.into_iter().filter(|kind| kind == "feed.resync").count();
    assert_eq!(resyncs, 1);
    assert!(!told(&app, &ana).await.contains(&"feed.resync".to_owned()));
}

/// Posts of which a person was told, newest post first.
async fn posts(app: &TestApp, person: &Person, kind: &str) -> Vec<Uuid> {
    let db = app.app.db().pooled().await.expect("a connection");
    let sql = "select e.post_id from events e join posts p on p.post_id = e.post_id
        where e.recipient_id = $1 and e.kind = $2 order by p.posted_at desc, p.post_id desc";
    let rows = db.query(sql, &[&id(person), &kind]).await.expect("the rows");
    rows.iter().map(|row| row.get(0)).collect()
}
