//! What happened to a person: written once, shown as far as it may be seen now.

use std::sync::Arc;

use kith::{
    features::{CONSUMERS, notifications::CONSUMER},
    realtime::{consumer, log, outbox::EventKind, outbox::NewEvent},
};
use kith_testkit::{Options, Person, Photo, TestApp};
use kith_types::{cursor::EventSequence, id::FriendshipId, visibility::ActivityType};
use serde_json::{Value, json};

async fn story_with(options: Options) -> (TestApp, [Person; 3], String) {
    let app = TestApp::with(options).await;
    let people = app.people(["ana", "ben", "dan"]).await;
    app.has_friends(&people[0], &people[1]).await;
    let post = app.has_post(&people[0]).await;
    (app, people, post)
}

/// Ana, her friend Ben, the stranger Dan, and a post of Ana's.
async fn story() -> (TestApp, [Person; 3], String) {
    story_with(Options::default()).await
}

/// The same, with nothing happening but what the test does.
async fn quiet_story(separate_secondary: bool) -> (TestApp, [Person; 3], String) {
    story_with(Options { background: false, separate_secondary, ..Options::default() }).await
}

/// Numbers and consumes everything that was committed.
async fn everything_is_consumed(app: &TestApp) {
    kith::realtime::sequencer::turn(&app.app).await.expect("events get numbers");
    consumer::turn(&app.app, CONSUMER).await.expect("events are consumed");
    kith::realtime::sequencer::turn(&app.app).await.expect("events get numbers");
}

async fn count(app: &TestApp, question: &str) -> i64 {
    app.sql().await.query_one(question, &[]).await.unwrap().get(0)
}

const TOLD: &str = "select count(*) from events where kind = 'notification.created'";
const WRITTEN: &str = "select count(*) from secondary.notifications";

#[tokio::test]
async fn a_comment_is_told_to_the_author_of_the_post() {
    let (_app, [ana, ben, dan], post) = story().await;
    let mut bell = ana.socket().await.subscribes("me").await;
    let comment = ben.comments(&post, "What a\nlovely picture").await;
    ana.comments(&post, "Thanks").await;
    let told = bell.hears("notification.created").await;
    let all = ana.has_notifications(1).await;
    assert_eq!(all[0]["notification_id"], told["notification_id"]);
    assert_eq!(all[0]["content"], "Ben commented: “What a lovely picture”");
    assert_eq!(
        (&all[0]["type"], &all[0]["reference_type"]),
        (&json!("comment"), &json!("comment"))
    );
    assert_eq!(
        (&all[0]["reference_id"], &all[0]["actor"]["username"]),
        (&json!(comment), &json!("ben"))
    );
    assert_eq!((&all[0]["read_at"], &all[0]["delivered"]), (&json!(null), &json!(false)));
    for other in [&ben, &dan] {
        assert!(other.notifications().await.is_empty());
    }
    // The sentence is made anew each time.
    ben.edits_comment(&comment, &"é".repeat(90)).await.expect(200);
    assert_eq!(ana.reads_notifications().await, [format!("Ben commented: “{}…”", "é".repeat(80))]);
}

#[tokio::test]
async fn what_is_not_seen_any_more_names_nobody() {
    let (app, [ana, ben, _], post) = quiet_story(false).await;
    let comment = ben.comments(&post, "secret").await;
    ben.comments(&post, "also secret").await;
    everything_is_consumed(&app).await;
    assert_eq!(ana.notifications().await.len(), 2);
    ben.deletes_comment(&comment).await.expect(204);
    app.ends_friendship(&ana, &ben).await;
    app.sql()
        .await
        .execute(
            "insert into blocks (blocker_id, blocked_id, known, created_at) values ($1, $2, true, now())",
            &[&ana.id(), &ben.id()],
        )
        .await
        .unwrap();
    for gone in ana.notifications().await {
        assert_eq!(gone["content"], "This is not available any more");
        assert_eq!(
            (&gone["actor"], &gone["reference_id"], &gone["reference_type"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
    }
}

#[tokio::test]
async fn nothing_is_told_of_what_is_muted_or_hidden_before_it_is_told() {
    let (app, [ana, ben, dan], post) = quiet_story(false).await;
    app.has_friends(&ana, &dan).await;
    let muted_post = app.has_post(&ana).await;
    let mutes = json!({ "notification_preferences": { "muted_users": [dan.user_id], "muted_posts": [muted_post] } });
    ana.patch("/v1/me/settings", "*", mutes).await.expect(200);
    dan.comments(&post, "muted person").await;
    ben.comments(&muted_post, "muted post").await;
    let gone = ben.comments(&post, "gone").await;
    ben.deletes_comment(&gone).await.expect(204);
    ben.comments(&post, "told").await;
    everything_is_consumed(&app).await;
    assert_eq!(ana.reads_notifications().await, ["Ben commented: “told”"]);
}

/// Asks and perhaps accepts, as far as rows and events go.
async fn asks(app: &TestApp, from: &Person, to: &Person, accepted: bool) -> FriendshipId {
    let mut pair = [from.id(), to.id()];
    pair.sort();
    let friendship: FriendshipId = app.app.ids().make(pair[0].bucket());
    let (status, states) = if accepted {
        ("active", ["active", "active"])
    } else {
        ("pending", ["outgoing", "incoming"])
    };
    let sql = app.sql().await;
    sql.execute(
        "insert into friendships (friendship_id, user_id_1, user_id_2, status, requested_at, accepted_at,
            initiated_by, created_at, updated_at)
         values ($1, $2, $3, $4::text::friendship_status, now(), case when $4 = 'active' then now() end, $5,
            now(), now())",
        &[&friendship, &pair[0], &pair[1], &status, &from.id()],
    )
    .await
    .unwrap();
    for ((user, friend), state) in
        [(from.id(), to.id()), (to.id(), from.id())].into_iter().zip(states)
    {
        sql.execute(
            "insert into friend_edges (user_id, friend_id, friendship_id, state, since)
             values ($1, $2, $3, $4::text::friend_edge_state, now())",
            &[&user, &friend, &friendship, &state],
        )
        .await
        .unwrap();
    }
    let kind = if accepted { EventKind::FriendAccepted } else { EventKind::FriendRequested };
    let (one, other) = (from.id(), to.id());
    let told = app.app.tx("test.asks", move |tx| async move {
        tx.emit(NewEvent::friend(kind, friendship, one, other));
        tx.emit(NewEvent::friend(kind, friendship, other, one));
        Ok(())
    });
    told.await.expect("it commits");
    friendship
}

#[tokio::test]
async fn a_request_is_told_to_the_one_asked_and_its_acceptance_to_the_one_who_asked() {
    let (app, [ana, ben, dan], _) = quiet_story(false).await;
    asks(&app, &dan, &ana, false).await;
    let withdrawn = asks(&app, &ben, &dan, false).await;
    app.sql()
        .await
        .execute("delete from friendships where friendship_id = $1", &[&withdrawn])
        .await
        .unwrap();
    everything_is_consumed(&app).await;
    assert_eq!(ana.reads_notifications().await, ["Dan wants to be your friend"]);
    assert!(ben.notifications().await.is_empty() && dan.notifications().await.is_empty());

    app.ends_friendship(&dan, &ana).await;
    let all = ana.notifications().await;
    assert_eq!(
        (&all[0]["content"], &all[0]["actor"]),
        (&json!("This is not available any more"), &json!(null))
    );
    asks(&app, &dan, &ana, true).await;
    everything_is_consumed(&app).await;
    assert_eq!(dan.reads_notifications().await, ["Ana accepted your friend request"]);
    assert_eq!(ana.reads_notifications().await, ["You and Dan are friends"]);
    let told = &dan.notifications().await[0];
    assert_eq!(
        (&told["reference_type"], &told["reference_id"]),
        (&json!("user"), &json!(ana.user_id))
    );
    assert_eq!(told["type"], json!("friend_request"));
}

#[tokio::test]
async fn a_step_that_runs_again_writes_and_tells_nothing_twice() {
    for separate_secondary in [false, true] {
        let (app, [ana, ben, _], post) = quiet_story(separate_secondary).await;
        ben.comments(&post, "one").await;
        ben.comments(&post, "two").await;
        kith::realtime::sequencer::turn(&app.app).await.unwrap();
        // Killed after the rows were written and before the place was: the step is not remembered.
        let events =
            log::after(&app.app, EventSequence(0), 100).await.unwrap().expect("two events").events;
        let effects = (CONSUMER.step)(app.app.clone(), Arc::from(events)).await.unwrap();
        assert_eq!(effects.events.len(), 2);
        assert_eq!(count(&app, TOLD).await, 0);
        everything_is_consumed(&app).await;
        assert_eq!((count(&app, TOLD).await, ana.notifications().await.len()), (2, 2));
        // And everything from the start.
        app.sql()
            .await
            .execute("update event_positions set seq = 0 where name = 'notifications'", &[])
            .await
            .unwrap();
        everything_is_consumed(&app).await;
        assert_eq!((count(&app, TOLD).await, ana.notifications().await.len()), (2, 2));
    }
}

#[tokio::test]
async fn two_processes_that_consume_together_move_the_place_once() {
    let (app, [ana, ben, _], post) = quiet_story(false).await;
    for number in 0..5 {
        ben.comments(&post, &number.to_string()).await;
    }
    kith::realtime::sequencer::turn(&app.app).await.unwrap();
    let turns =
        futures_util::future::join_all((0..4).map(|_| consumer::turn(&app.app, CONSUMER))).await;
    assert!(turns.into_iter().all(|turn| turn.is_ok()));
    assert_eq!((count(&app, TOLD).await, ana.notifications().await.len()), (5, 5));
    assert!(CONSUMERS.iter().any(|known| known.name == CONSUMER.name));
}

#[tokio::test]
async fn with_two_databases_the_primary_holds_none_and_works_without_the_other() {
    let (app, [ana, ben, _], post) =
        story_with(Options { separate_secondary: true, ..Options::default() }).await;
    let comment = ben.comments(&post, "Hello").await;
    let all = ana.has_notifications(1).await;
    assert_eq!((&all[0]["reference_id"], ana.unread().await), (&json!(comment), 1));
    ana.reads_up_to(&all[0]).await.expect(204);
    assert_eq!(ana.unread().await, 0);
    assert_eq!(count(&app, WRITTEN).await, 0, "its rows are in the other database");
    kith::features::activity::record(&app.app, ana.id(), ActivityType::Browse, None, json!({}));
    kith::features::activity::flush(&app.app).await;
    let secondary = app.secondary.as_ref().expect("another database").client().await.unwrap();
    let rows = secondary
        .query("select from secondary.user_activities where event_type = 'browse'", &[])
        .await
        .unwrap();
    assert!(!rows.is_empty());
    // Away: what needs it says so, and the rest goes on.
    secondary.batch_execute("drop schema secondary cascade").await.unwrap();
    ben.comments(&post, "still").await;
    assert_eq!(ana.reads_comments(&post).await, ["Hello", "still"]);
    assert!(ana.get("/v1/notifications").await.status.is_server_error());
}

#[tokio::test]
async fn reading_marks_mine_up_to_one_or_by_id_and_tells_my_other_devices() {
    let (app, [ana, ben, _], post) = quiet_story(false).await;
    for number in 0..4 {
        ben.comments(&post, &number.to_string()).await;
    }
    everything_is_consumed(&app).await;
    let all = ana.notifications().await;
    assert_eq!((all.len(), ana.unread().await), (4, 4));
    // Nobody else's.
    ben.reads_up_to(&all[0]).await.expect(204);
    ben.post("/v1/notifications/read", json!({ "ids": [all[0]["notification_id"]] }))
        .await
        .expect(204);
    assert_eq!(ana.unread().await, 4);
    ana.reads_up_to(&all[2]).await.expect(204);
    let read: Vec<bool> =
        ana.notifications().await.iter().map(|item| !item["read_at"].is_null()).collect();
    assert_eq!(read, [false, false, true, true]);
    ana.post("/v1/notifications/read", json!({ "ids": [all[0]["notification_id"]] }))
        .await
        .expect(204);
    assert_eq!(ana.unread().await, 1);
    ana.post("/v1/notifications/read", json!({ "ids": [all[0]["notification_id"]] }))
        .await
        .expect(204);
    let told = "select count(*) from events where kind = 'notification.read'";
    assert_eq!(count(&app, told).await, 2, "what was read already is not told again");
    ana.post("/v1/notifications/read", json!({ "id": "x" }))
        .await
        .expect_problem(422, "validation");
}

#[tokio::test]
async fn pages_are_newest_first_and_do_not_repeat() {
    let (app, [ana, ben, _], post) = quiet_story(false).await;
    for number in 0..5 {
        ben.comments(&post, &number.to_string()).await;
    }
    everything_is_consumed(&app).await;
    let first = ana.get("/v1/notifications?limit=3").await.expect(200);
    ben.comments(&post, "newer").await;
    everything_is_consumed(&app).await;
    let cursor = first.text("/next_cursor");
    let second = ana.get(&format!("/v1/notifications?limit=3&cursor={cursor}")).await.expect(200);
    let says: Vec<String> = [first.items(), second.items()]
        .concat()
        .iter()
        .map(|item| item["content"].as_str().unwrap().replace("Ben commented: ", ""))
        .collect();
    assert_eq!(says, ["“4”", "“3”", "“2”", "“1”", "“0”"]);
    assert_eq!(second.at("/next_cursor"), json!(null));
}

#[tokio::test]
async fn what_a_device_acknowledged_is_delivered() {
    let (_app, [ana, ben, _], post) = story().await;
    let mut bell = ana.socket().await.subscribes("me").await;
    ben.comments(&post, "one").await;
    bell.hears("notification.created").await;
    let cursor = bell.cursor.clone();
    ben.comments(&post, "two").await;
    bell.hears("notification.created").await;
    bell.sends(json!({ "type": "ack", "cursor": cursor })).await;
    bell.sends(json!({ "type": "ack", "cursor": "nonsense" })).await;
    bell.catches_up().await;
    let delivered: Vec<Value> =
        ana.has_notifications(2).await.iter().map(|item| item["delivered"].clone()).collect();
    assert_eq!(delivered, [json!(false), json!(true)]);
}

#[tokio::test]
async fn a_photo_that_could_not_be_processed_is_told_to_its_author_once() {
    for separate_secondary in [false, true] {
        let (app, [ana, ben, _], _) = quiet_story(separate_secondary).await;
        ana.posts(Photo::broken()).await;
        // Who deleted it, or shared nothing, has no use for the news.
        let deleted = ana.posts(Photo::broken()).await;
        ana.delete(&deleted.path()).await.expect(204);
        ana.uploads(&Photo::broken()).await;
        app.processes_photos().await;
        for _ in 0..2 {
            everything_is_consumed(&app).await;
            let again = "update event_positions set seq = 0 where name = 'notifications'";
            app.sql().await.execute(again, &[]).await.unwrap();
        }
        let all = ana.notifications().await;
        assert_eq!((all.len(), count(&app, TOLD).await, ana.unread().await), (1, 1, 1));
        let said = "A photo of yours could not be processed: \
             it is not a JPEG, PNG, WebP, AVIF, HEIC or GIF file";
        assert_eq!((&all[0]["type"], &all[0]["content"]), (&json!("system"), &json!(said)));
        for absent in ["actor", "reference_type", "reference_id"] {
            assert_eq!(all[0][absent], Value::Null);
        }
        assert!(ben.notifications().await.is_empty());
    }
}

#[tokio::test]
async fn why_a_photo_failed_may_be_forgotten_before_it_is_told() {
    let (app, [ana, ..], _) = quiet_story(false).await;
    ana.posts(Photo::broken()).await;
    app.processes_photos().await;
    app.sql().await.execute("delete from uploads where state = 'failed'", &[]).await.unwrap();
    everything_is_consumed(&app).await;
    let said = "A photo of yours could not be processed: share it again";
    assert_eq!(ana.reads_notifications().await, [said]);
}
