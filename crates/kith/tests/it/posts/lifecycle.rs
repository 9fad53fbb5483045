//! Deleting, restoring and purging, and posts whose photo fails.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use kith_testkit::{Person, Photo, Post, TestApp};
use serde_json::json;

use super::runs;

/// Ana, her friend Ben, the stranger Cem, and a post of Ana's.
async fn circle() -> (TestApp, [Person; 3], Post) {
    let app = TestApp::start().await;
    let people = app.people(["ana", "ben", "cem"]).await;
    people[0].befriends(&people[1]).await;
    let post = people[0].posts(Photo::small(1)).await;
    app.processes_photos().await;
    (app, people, post)
}

async fn restores(person: &Person, post: &Post) -> u16 {
    person.posts_nothing(&format!("{}/restore", post.path())).await.status.as_u16()
}

/// How many rows there are of posts, uploads, images, comments and audiences, and how many files.
async fn remains(app: &TestApp) -> (i64, usize) {
    let sql = "select (select count(*) from posts) + (select count(*) from uploads) + (select count(*) from images)
        + (select count(*) from comments) + (select count(*) from post_audience)";
    let rows = app.sql().await.query_one(sql, &[]).await.expect("a count").get(0);
    let files: Vec<_> = app.app.storage().list(None).try_collect().await.expect("a listing");
    (rows, files.len())
}

#[tokio::test]
async fn a_deleted_post_is_gone_for_everybody_at_once() {
    let (_app, [ana, ben, _], post) = circle().await;
    let comment = ben.comments(&post.id, "Hello").await;
    ana.delete(&post.path()).await.expect(204);
    for person in [&ana, &ben] {
        assert!(!person.sees(&post).await && person.feed().await.is_empty());
        assert!(person.grid_of(&ana).await.is_empty());
        person.finds_no_comment(&comment).await;
        for part in ["/comments", "/audience"] {
            let path = format!("{}{part}", post.path());
            person.get(&path).await.expect_problem(404, "not-found");
        }
    }
    ana.delete(&post.path()).await.expect(204);
}

#[tokio::test]
async fn a_restored_post_is_what_it_was_where_it_was() {
    let (app, [ana, ben, _], post) = circle().await;
    let newer = ana.posts_to([&ben], Photo::small(2)).await;
    app.processes_photos().await;
    ben.comments(&post.id, "Hello").await;
    let read = async |person: &Person, post: &Post| {
        let mut body = person.get(&post.path()).await.expect(200).body;
        let fields = body.as_object_mut().expect("an object");
        fields.retain(|name, _| !["version", "updated_at", "image"].contains(&name.as_str()));
        body
    };
    let before = [read(&ben, &post).await, read(&ana, &newer).await];
    for post in [&post, &newer] {
        ana.delete(&post.path()).await.expect(204);
        assert_eq!(restores(&ana, post).await, 200);
        assert_eq!(restores(&ana, post).await, 200);
    }
    assert_eq!([read(&ben, &post).await, read(&ana, &newer).await], before);
    assert_eq!(before[0]["comment_count"], json!(1));
    assert_eq!(ben.reads_comments(&post.id).await, ["Hello"]);
    assert_eq!(ben.feed().await, [newer.id, post.id]);
}

#[tokio::test]
async fn only_its_author_deletes_and_restores() {
    let (_app, [ana, ben, cem], post) = circle().await;
    ben.delete(&post.path()).await.expect_problem(403, "forbidden");
    cem.delete(&post.path()).await.expect_problem(404, "not-found");
    assert_eq!((restores(&ben, &post).await, restores(&cem, &post).await), (403, 404));
    ana.delete(&post.path()).await.expect(204);
    ben.delete(&post.path()).await.expect_problem(404, "not-found");
    assert_eq!((restores(&ben, &post).await, restores(&cem, &post).await), (404, 404));
    assert!(!ben.sees(&post).await);
}

#[tokio::test]
async fn after_seven_days_a_deleted_post_is_gone_for_good() {
    let (app, [ana, ben, _], post) = circle().await;
    ben.comments(&post.id, "Hello").await;
    ana.patch(
        &post.path(),
        "*",
        json!({ "visibility": "specific-friends", "audience": [ben.user_id] }),
    )
    .await
    .expect(200);
    ana.delete(&post.path()).await.expect(204);
    let before = remains(&app).await;
    assert!(before.0 == 5 && before.1 > 3, "{before:?}");

    app.passes(Duration::from_hours(7 * 24 - 1));
    runs(&app, "posts.purge").await;
    assert_eq!(remains(&app).await, before);
    ana.refreshes().await.expect(200);
    assert_eq!(restores(&ana, &post).await, 200);
    ana.delete(&post.path()).await.expect(204);

    app.passes(Duration::from_hours(7 * 24));
    ana.refreshes().await.expect(200);
    assert_eq!(restores(&ana, &post).await, 404, "even before it is purged");
    for _ in 0..2 {
        runs(&app, "posts.purge").await;
    }
    runs(&app, "uploads.sweep").await;
    assert_eq!(remains(&app).await, (0, 0));
    assert_eq!(restores(&ana, &post).await, 404);
    ana.delete(&post.path()).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_restored_post_is_not_purged() {
    let (app, [ana, ben, _], post) = circle().await;
    ana.delete(&post.path()).await.expect(204);
    assert_eq!(restores(&ana, &post).await, 200);
    app.passes(Duration::from_hours(30 * 24));
    runs(&app, "posts.purge").await;
    runs(&app, "uploads.sweep").await;
    ben.refreshes().await.expect(200);
    let image = ben.get(&post.path()).await.expect(200).at("/image");
    let url = kith_testkit::posts::source_url(&image, "w320.jpg").expect("a source");
    ben.loads(&url).await.expect(200);
}

#[tokio::test]
async fn a_post_that_was_deleted_while_in_work_waits_finished_for_its_author() {
    let (app, [ana, ben, _], _) = circle().await;
    let post = ana.posts(Photo::small(2)).await;
    ana.delete(&post.path()).await.expect(204);
    assert!(!ana.sees(&post).await);
    app.processes_photos().await;
    assert!(!ana.sees(&post).await && !ben.sees(&post).await);
    assert_eq!(restores(&ana, &post).await, 200);
    assert!(ben.sees(&post).await);
    assert_eq!(ben.feed().await[0], post.id);
}

#[tokio::test]
async fn a_post_in_work_can_be_restored_before_its_photo_is_finished() {
    let (app, [ana, ben, _], _) = circle().await;
    let post = ana.posts(Photo::small(2)).await;
    ana.delete(&post.path()).await.expect(204);
    let restored = ana.posts_nothing(&format!("{}/restore", post.path())).await.expect(200);
    assert_eq!(restored.at("/processing"), json!(true));
    assert!(!ben.sees(&post).await);
    app.processes_photos().await;
    assert!(ben.sees(&post).await);
}

#[tokio::test]
async fn a_post_whose_photo_fails_goes_away() {
    let (app, [ana, ben, _], first) = circle().await;
    let [post, deleted] = [ana.posts(Photo::broken()).await, ana.posts(Photo::broken()).await];
    ana.delete(&deleted.path()).await.expect(204);
    app.processes_photos().await;
    for post in [&post, &deleted] {
        assert!(!ana.sees(post).await);
        assert_eq!(restores(&ana, post).await, 404);
    }
    assert_eq!((ana.feed().await, ben.feed().await), (vec![first.id.clone()], vec![first.id]));
    let failed = "select count(*) from events where kind = 'post.failed' and recipient_id = $1";
    let told: i64 = app.sql().await.query_one(failed, &[&ana.id()]).await.expect("a count").get(0);
    assert_eq!(told, 1, "who deleted it has no use for the news");
}

#[tokio::test]
async fn a_photo_that_was_never_finished_leaves_with_its_purged_post() {
    let (app, [ana, ..], first) = circle().await;
    ana.delete(&first.path()).await.expect(204);
    let target = ana.announces(&Photo::small(2)).await.expect(201);
    assert_eq!(ana.sends(&target, Photo::small(2).bytes).await, 200);
    let upload = target.text("/upload_id");
    ana.posts_nothing(&format!("/v1/uploads/{upload}/complete")).await.expect(202);
    let post = ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    ana.delete(&post.path()).await.expect(204);
    app.passes(Duration::from_hours(8 * 24));
    kith::jobs::run_one(&app.app, "posts.purge", serde_json::Value::Null).await.expect("it runs");
    app.drain_jobs().await;
    // Its upload is unused again, and goes with the unused ones.
    app.passes(Duration::from_hours(25));
    runs(&app, "uploads.sweep").await;
    assert_eq!(remains(&app).await, (0, 0));
}
