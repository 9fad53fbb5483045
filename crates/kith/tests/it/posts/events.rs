//! Who is told what of a post, as their sockets hear it.

use kith::realtime::outbox::{EventKind, NewEvent};
use kith_testkit::{Person, Photo, TestApp, realtime::LiveSocket};
use kith_types::id::PostId;
use serde_json::json;

/// Ana with her friends Ben and Cem, and Dee, a stranger; each listens to the feed.
async fn circle() -> (TestApp, [Person; 4], [LiveSocket; 4]) {
    let app = TestApp::start().await;
    let people = app.people(["ana", "ben", "cem", "dee"]).await;
    let [ana, ben, cem, dee] = &people;
    ana.befriends(ben).await;
    ana.befriends(cem).await;
    let follows = async |person: &Person| person.socket().await.subscribes("feed").await;
    let sockets = [follows(ana).await, follows(ben).await, follows(cem).await, follows(dee).await];
    (app, people, sockets)
}

/// What was heard since the last time. An event for this person alone comes last: all before have arrived then.
async fn heard(app: &TestApp, person: &Person, socket: &mut LiveSocket) -> Vec<String> {
    let last = app.has_post(person).await;
    let post: PostId = last.parse().expect("an id");
    let event = NewEvent::post(EventKind::PostUpdated, post, person.id()).to(person.id());
    let written = app.app.tx("test.ends", move |tx| {
        let event = event.clone();
        async move {
            tx.emit(event);
            Ok(())
        }
    });
    written.await.expect("the event is committed");
    while socket.hears("post.updated").await["post_id"] != json!(last) {}
    let mut kinds = socket.kinds();
    kinds.pop();
    socket.heard.clear();
    kinds
}

/// Everybody's news, in the order of the circle.
async fn news(
    app: &TestApp,
    people: &[Person; 4],
    sockets: &mut [LiveSocket; 4],
) -> [Vec<String>; 4] {
    let mut all = [const { Vec::new() }; 4];
    for ((person, socket), news) in people.iter().zip(sockets).zip(&mut all) {
        *news = heard(app, person, socket).await;
    }
    all
}

fn texts<const N: usize>(kinds: [&[&str]; N]) -> [Vec<String>; N] {
    kinds.map(|kinds| kinds.iter().map(|kind| (*kind).to_owned()).collect())
}

const READY: &[&str] = &["post.ready"];
const UPDATED: &[&str] = &["post.updated"];
const REMOVED: &[&str] = &["post.removed"];
const NOTHING: &[&str] = &[];

#[tokio::test]
async fn everybody_who_sees_a_post_is_told_of_its_life() {
    let (app, people, mut sockets) = circle().await;
    let ana = &people[0];
    let post = ana.posts(Photo::small(1)).await;
    assert_eq!(news(&app, &people, &mut sockets).await, texts([NOTHING; 4]));
    app.processes_photos().await;
    assert_eq!(news(&app, &people, &mut sockets).await, texts([READY, READY, READY, NOTHING]));
    ana.patch(&post.path(), "*", json!({ "caption": "Sunday" })).await.expect(200);
    assert_eq!(
        news(&app, &people, &mut sockets).await,
        texts([UPDATED, UPDATED, UPDATED, NOTHING])
    );
    ana.delete(&post.path()).await.expect(204);
    ana.delete(&post.path()).await.expect(204);
    assert_eq!(
        news(&app, &people, &mut sockets).await,
        texts([REMOVED, REMOVED, REMOVED, NOTHING])
    );
    let restore = format!("{}/restore", post.path());
    ana.posts_nothing(&restore).await.expect(200);
    ana.posts_nothing(&restore).await.expect(200);
    assert_eq!(news(&app, &people, &mut sockets).await, texts([READY, READY, READY, NOTHING]));
}

#[tokio::test]
async fn a_post_for_some_is_told_to_them_alone() {
    let (app, people, mut sockets) = circle().await;
    let [ana, ben, ..] = &people;
    let post = ana.posts_to([ben], Photo::small(1)).await;
    app.processes_photos().await;
    assert_eq!(news(&app, &people, &mut sockets).await, texts([READY, READY, NOTHING, NOTHING]));
    ana.patch(&post.path(), "*", json!({ "caption": "for you" })).await.expect(200);
    assert_eq!(
        news(&app, &people, &mut sockets).await,
        texts([UPDATED, UPDATED, NOTHING, NOTHING])
    );
    ana.delete(&post.path()).await.expect(204);
    assert_eq!(
        news(&app, &people, &mut sockets).await,
        texts([REMOVED, REMOVED, NOTHING, NOTHING])
    );
}

#[tokio::test]
async fn a_change_of_audience_tells_who_gains_and_who_loses() {
    let (app, people, mut sockets) = circle().await;
    let [ana, ben, cem, _] = &people;
    let post = ana.posts_to([ben], Photo::small(1)).await;
    app.processes_photos().await;
    news(&app, &people, &mut sockets).await;
    let choose = async |body| ana.patch(&post.path(), "*", body).await.expect(200);
    choose(json!({ "audience": [cem.user_id] })).await;
    let [author, lost, gained, stranger] = news(&app, &people, &mut sockets).await;
    assert_eq!(
        (author, lost, stranger),
        (vec!["post.updated".to_owned()], vec!["post.removed".to_owned()], vec![])
    );
    assert!(gained.contains(&"post.ready".to_owned()), "{gained:?}");
    choose(json!({ "visibility": "friends-only" })).await;
    let [_, gained, kept, stranger] = news(&app, &people, &mut sockets).await;
    assert!(gained.contains(&"post.ready".to_owned()), "{gained:?}");
    assert_eq!((kept, stranger), (vec!["post.updated".to_owned()], vec![]));
}

#[tokio::test]
async fn a_failed_photo_is_its_authors_news_alone() {
    let (app, people, mut sockets) = circle().await;
    let ana = &people[0];
    let mut own = ana.socket().await.subscribes("me").await;
    let post = ana.posts(Photo::broken()).await;
    app.processes_photos().await;
    let failed = own.hears("post.failed").await;
    assert_eq!((&failed["post_id"], &failed["author_id"]), (&json!(post.id), &json!(ana.user_id)));
    assert_eq!(news(&app, &people, &mut sockets).await, texts([NOTHING; 4]));
}

#[tokio::test]
async fn a_post_whose_photo_is_in_work_comes_and_goes_unheard() {
    let (app, people, mut sockets) = circle().await;
    let ana = &people[0];
    let post = ana.posts(Photo::small(1)).await;
    ana.delete(&post.path()).await.expect(204);
    app.processes_photos().await;
    let [_, friends @ ..] = news(&app, &people, &mut sockets).await;
    assert_eq!(friends, texts([NOTHING; 3]));
    ana.posts_nothing(&format!("{}/restore", post.path())).await.expect(200);
    let [_, friends @ ..] = news(&app, &people, &mut sockets).await;
    assert_eq!(friends, texts([READY, READY, NOTHING]));
}

#[tokio::test]
async fn whoever_follows_a_post_hears_that_it_changes_and_goes() {
    let (app, people, _) = circle().await;
    let [ana, ben, ..] = &people;
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    let mut socket = ben.socket().await.subscribes(&format!("post:{}", post.id)).await;
    ana.patch(&post.path(), "*", json!({ "alt": "a dog" })).await.expect(200);
    let updated = socket.hears("post.updated").await;
    let mut fields: Vec<&str> = updated.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["author_id", "kind", "occurred_at", "post_id"]);
    ana.patch(
        &post.path(),
        "*",
        json!({ "visibility": "specific-friends", "audience": [people[2].user_id] }),
    )
    .await
    .expect(200);
    assert_eq!(socket.hears("post.removed").await["post_id"], json!(post.id));
}
