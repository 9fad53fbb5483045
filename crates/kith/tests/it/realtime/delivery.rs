//! Which events go to whom. Whether somebody may know is asked when an event is delivered.

use std::collections::BTreeSet;

use kith::realtime::outbox::{EventKind, NewEvent};
use kith_types::id::FriendshipId;
use serde_json::{Value, json};

use super::{about_post, emits, notifies, story};

fn keys(event: &Value) -> BTreeSet<&str> {
    event.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[tokio::test]
async fn who_follows_a_post_hears_of_its_comments_by_ids_alone() {
    let (_app, [ana, ben, _], post) = story().await;
    let mut socket = ana.socket().await.subscribes(&format!("post:{post}")).await;
    let comment = ben.comments(&post, "Hello").await;
    let created = socket.hears("comment.created").await;
    assert_eq!(
        keys(&created),
        BTreeSet::from(["author_id", "comment_id", "kind", "occurred_at", "post_id"])
    );
    assert_eq!(created["comment_id"], json!(comment));
    assert_eq!((&created["post_id"], &created["author_id"]), (&json!(post), &json!(ben.user_id)));
    ben.edits_comment(&comment, "Hello!").await.expect(200);
    socket.hears("comment.updated").await;
    ben.deletes_comment(&comment).await.expect(204);
    assert_eq!(socket.hears("comment.removed").await["comment_id"], json!(comment));
}

#[tokio::test]
async fn a_hidden_channel_is_an_error_and_the_socket_stays() {
    let (_app, [_, _, dan], post) = story().await;
    let mut socket = dan.socket().await;
    let channel = format!("post:{post}");
    for hidden in [channel.as_str(), "post:019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20"] {
        socket.asks(hidden, None).await;
        let error = socket.expects("error", hidden).await;
        assert_eq!(error["problem"]["status"], json!(404));
    }
    socket.catches_up().await;
}

#[tokio::test]
async fn each_channel_carries_its_kinds() {
    let (app, [ana, ben, dan], post) = story().await;
    let channel = format!("post:{post}");
    let mut socket = ben
        .socket()
        .await
        .subscribes("me")
        .await
        .subscribes("feed")
        .await
        .subscribes(&channel)
        .await;
    for kind in [EventKind::PostReady, EventKind::PostUpdated] {
        emits(&app, about_post(kind, &post, &ana)).await;
    }
    ana.comments(&post, "Hello").await;
    emits(&app, about_post(EventKind::PostFailed, &post, &ben).to(ben.id())).await;
    let friendship: FriendshipId = app.app.ids().make(ben.id().bucket());
    emits(&app, NewEvent::friend(EventKind::FriendRemoved, friendship, ben.id(), dan.id())).await;
    emits(&app, about_post(EventKind::PostRemoved, &post, &ana).to(ben.id())).await;
    notifies(&app, &ben).await;
    let mut heard = Vec::new();
    while heard.last().is_none_or(|last: &String| !last.ends_with("notification.created")) {
        let frame = socket.frame().await;
        let kind = frame["event"]["kind"].as_str().unwrap_or_default();
        heard.push(format!(
            "{} {kind}",
            frame["channel"].as_str().unwrap_or_default().split(':').next().unwrap()
        ));
    }
    assert_eq!(
        heard,
        [
            "feed post.ready",
            "feed post.updated",
            "post post.updated",
            "post comment.created",
            "me post.failed",
            "me friend.removed",
            "feed post.removed",
            "post post.removed",
            "me notification.created",
        ]
    );
    emits(&app, NewEvent::feed_resync(ben.id())).await;
    socket.expects("resync", "feed").await;
}

#[tokio::test]
async fn a_former_friend_hears_nothing_of_what_comes_after() {
    let (app, [ana, ben, dan], post) = story().await;
    let mut feed =
        ben.socket().await.subscribes("feed").await.subscribes(&format!("post:{post}")).await;
    let mut strangers = dan.socket().await.subscribes("feed").await;
    emits(&app, about_post(EventKind::PostReady, &post, &ana)).await;
    feed.hears("post.ready").await;

    app.ends_friendship(&ana, &ben).await;
    let later = app.has_post(&ana).await;
    emits(&app, about_post(EventKind::PostReady, &later, &ana)).await;
    emits(&app, about_post(EventKind::PostUpdated, &post, &ana)).await;
    ana.comments(&post, "nobody hears").await;
    emits(&app, about_post(EventKind::PostRemoved, &post, &ana).to(ben.id())).await;
    emits(&app, about_post(EventKind::PostRemoved, &post, &ana).to(dan.id())).await;
    feed.hears("post.removed").await;
    feed.catches_up().await;
    assert_eq!(
        feed.kinds(),
        ["post.ready", "post.removed", "post.removed"],
        "on feed and post, nothing else"
    );
    strangers.hears("post.removed").await;
    assert_eq!(strangers.kinds(), ["post.removed"]);
}

#[tokio::test]
async fn an_event_that_lost_its_audience_before_delivery_is_not_told() {
    let (app, [ana, ben, _], post) = story().await;
    let mut socket = ben.socket().await.subscribes("feed").await;
    // The event commits together with the end of the friendship, as if delivery had been slow.
    let (anas, bens) = (ana.id(), ben.id());
    let ready = about_post(EventKind::PostReady, &post, &ana).to(ben.id());
    let done = app.app.tx("test.both", move |tx| {
        let ready = ready.clone();
        async move {
            tx.db()
                .execute(
                    "delete from friendships where $1 in (user_id_1, user_id_2) and $2 in (user_id_1, user_id_2)",
                    &[&anas, &bens],
                )
                .await?;
            tx.emit(ready);
            Ok(())
        }
    });
    done.await.expect("it commits");
    emits(&app, about_post(EventKind::PostRemoved, &post, &ana).to(ben.id())).await;
    socket.hears("post.removed").await;
    assert_eq!(socket.kinds(), ["post.removed"]);
}

#[tokio::test]
async fn a_post_that_went_away_is_told_to_those_who_saw_it() {
    let (app, [ana, ben, dan], post) = story().await;
    let mut author = ana.socket().await.subscribes("feed").await;
    let mut friend = ben.socket().await.subscribes("feed").await;
    let mut stranger = dan.socket().await.subscribes("feed").await;
    app.sql()
        .await
        .execute(
            "update posts set status = 'deleted', deleted_at = now() where post_id = $1::text::uuid",
            &[&post],
        )
        .await
        .unwrap();
    emits(&app, about_post(EventKind::PostRemoved, &post, &ana)).await;
    author.hears("post.removed").await;
    friend.hears("post.removed").await;
    // A flagged post stays with its author, who is not told that it went away.
    let flagged = app.has_post(&ana).await;
    app.sql()
        .await
        .execute("update posts set status = 'flagged' where post_id = $1::text::uuid", &[&flagged])
        .await
        .unwrap();
    emits(&app, about_post(EventKind::PostRemoved, &flagged, &ana)).await;
    assert_eq!(friend.hears("post.removed").await["post_id"], json!(flagged));
    for socket in [&mut author, &mut stranger] {
        socket.catches_up().await;
    }
    assert_eq!((author.kinds().len(), stranger.kinds().len()), (1, 0));
}

#[tokio::test]
async fn a_block_silences_comments_between_two_friends_of_the_author() {
    let (app, [ana, ben, dan], post) = story().await;
    app.has_friends(&ana, &dan).await;
    let channel = format!("post:{post}");
    let mut blocker = dan.socket().await.subscribes(&channel).await;
    let mut author = ana.socket().await.subscribes(&channel).await;
    app.sql()
        .await
        .execute(
            "insert into blocks (blocker_id, blocked_id, known, created_at) values ($1, $2, true, now())",
            &[&dan.id(), &ben.id()],
        )
        .await
        .unwrap();
    let comment = ben.comments(&post, "Hello").await;
    ben.deletes_comment(&comment).await.expect(204);
    ana.comments(&post, "Hi").await;
    author.hears("comment.removed").await;
    assert_eq!(blocker.hears("comment.created").await["author_id"], json!(ana.user_id));
    assert_eq!(blocker.kinds(), ["comment.created"]);
}

#[tokio::test]
async fn an_open_transaction_of_somebody_else_holds_nobody_up() {
    let (app, [ana, ben, _], post) = story().await;
    let mut socket =
        ana.socket().await.subscribes(&format!("post:{post}")).await.subscribes("me").await;
    // It has written an event, older than all that follow, and stays open until the test has heard them.
    let mut foreign = app.sql().await;
    let open = foreign.transaction().await.unwrap();
    let held: kith_types::id::NotificationId = app.app.ids().make(ana.id().bucket());
    open.execute(
        "insert into events (event_id, kind, recipient_id, notification_id, occurred_at)
         values ($1, 'notification.created', $2, $3, now() - interval '1 minute')",
        &[&held, &ana.id(), &held],
    )
    .await
    .unwrap();
    for _ in 0..3 {
        ben.comments(&post, "Hello").await;
        socket.hears("comment.created").await;
    }
    open.commit().await.unwrap();
    while socket.hears("notification.created").await["notification_id"] != json!(held) {}
}

/// Friends are found from a post by an index: reading every edge for every event would not do.
#[tokio::test]
async fn readers_of_an_event_are_found_by_index() {
    let (app, [ana, ..], post) = story().await;
    let sql = app.sql().await;
    sql.batch_execute("set enable_seqscan = off").await.unwrap();
    for kind in ["post.ready", "post.removed", "comment.created", "comment.removed"] {
        let question = format!(
            "explain select * from event_readers('{kind}', '{post}', '{post}', '{}', null)",
            ana.user_id
        );
        let plan = sql.query(&question, &[]).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
        assert!(!plan.iter().any(|line| line.contains("Seq Scan")), "{kind}\n{}", plan.join("\n"));
    }
}
