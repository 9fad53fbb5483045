//! Coming back: no gap, no duplicate, and an honest `resync` where that cannot be had.

use std::time::Duration;

use kith::realtime::outbox::EventKind;
use kith_testkit::{Person, TestApp, realtime::LiveSocket};
use serde_json::json;

use super::{about_post, emits, notifies, story};

const DAY: Duration = Duration::from_hours(24);

fn notifications(socket: &LiveSocket) -> Vec<String> {
    let id = |frame: &serde_json::Value| {
        frame["event"]["notification_id"].as_str().unwrap_or_default().to_owned()
    };
    socket.heard.iter().map(id).collect()
}

#[tokio::test]
async fn a_client_that_comes_and_goes_hears_everything_once_and_in_order() {
    let app = TestApp::start().await;
    let ben = app.person("ben").await;
    let mut cursor = ben.socket().await.subscribes("me").await.disappears();
    let (mut sent, mut heard) = (Vec::new(), Vec::new());
    for _ in 0..6 {
        // Some while away, some while coming back, some after.
        for _ in 0..3 {
            sent.push(notifies(&app, &ben).await);
        }
        let coming = async { ben.socket().await.resumes("me", &cursor).await };
        let meanwhile = async {
            let mut more = Vec::new();
            for _ in 0..5 {
                more.push(notifies(&app, &ben).await);
            }
            more
        };
        let (mut socket, more) = tokio::join!(coming, meanwhile);
        sent.extend(more);
        while notifications(&socket).last() != sent.last() {
            socket.frame().await;
        }
        heard.extend(notifications(&socket));
        cursor = socket.disappears();
    }
    assert_eq!(heard, sent);
}

#[tokio::test]
async fn a_replay_tells_what_may_be_known_now() {
    let (app, [ana, ben, dan], post) = story().await;
    app.has_friends(&dan, &ben).await;
    let channel = format!("post:{post}");
    let cursor = ben.socket().await.subscribes("feed").await.disappears();
    let (dans, secret) = (app.has_post(&dan).await, app.has_post(&dan).await);
    for (post, author) in [(&post, &ana), (&dans, &dan), (&secret, &dan)] {
        emits(&app, about_post(EventKind::PostReady, post, author)).await;
    }
    let gone = ana.comments(&post, "gone").await;
    ana.comments(&post, "stays").await;
    ana.deletes_comment(&gone).await.expect(204);
    app.sql()
        .await
        .execute(
            "update posts set status = 'deleted', deleted_at = now() where post_id = $1::text::uuid",
            &[&secret],
        )
        .await
        .unwrap();
    app.ends_friendship(&dan, &ben).await;
    notifies(&app, &ben).await;

    let mut socket =
        ben.socket().await.resumes("feed", &cursor).await.resumes(&channel, &cursor).await;
    socket.catches_up().await;
    assert_eq!(socket.kinds(), ["post.ready", "comment.created", "comment.removed"]);
    assert_eq!(socket.heard[0]["event"]["post_id"], json!(post));
    // Live events go on behind the replay.
    ana.comments(&post, "again").await;
    socket.hears("comment.created").await;
}

async fn is_told_to_reload(person: &Person, after: &str) -> LiveSocket {
    let mut socket = person.socket().await;
    socket.asks("me", Some(after)).await;
    socket.expects("subscribed", "me").await;
    socket.expects("resync", "me").await;
    socket
}

#[tokio::test]
async fn a_cursor_that_is_foreign_or_too_old_gives_resync_and_then_live_events() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let foreign = ana.socket().await.subscribes("me").await.disappears();
    let cursor = ben.socket().await.subscribes("me").await.disappears();
    for unknown in ["nonsense", foreign.as_str()] {
        let mut socket = is_told_to_reload(&ben, unknown).await;
        let live = notifies(&app, &ben).await;
        assert_eq!(socket.hears("notification.created").await["notification_id"], json!(live));
    }
    app.passes(8 * DAY);
    ben.refreshes().await.expect(200);
    is_told_to_reload(&ben, &cursor).await;
    // Also once the events themselves are gone, so that nothing tells how old they were.
    kith::features::retention::sweep(&app.app).await.expect("it sweeps");
    notifies(&app, &ben).await;
    is_told_to_reload(&ben, &cursor).await;
    // A place that missed nothing is never too old.
    let mut socket = ben.socket().await.subscribes("me").await;
    let newest = notifies(&app, &ben).await;
    while socket.hears("notification.created").await["notification_id"] != json!(newest) {}
    let recent = socket.disappears();
    let mut socket = ben.socket().await.resumes("me", &recent).await;
    let live = notifies(&app, &ben).await;
    assert_eq!(socket.hears("notification.created").await["notification_id"], json!(live));
    assert_eq!(socket.kinds().len(), 1);
}

/// Writes so many notifications for somebody, and waits until the sockets' hub is behind all of them.
async fn floods(app: &TestApp, person: &Person, count: i32) {
    app.sql()
        .await
        .execute(
            "insert into events (event_id, kind, recipient_id, notification_id, occurred_at)
             select gen_random_uuid(), 'notification.created', $1, gen_random_uuid(),
                 now() + n * interval '1 microsecond'
             from generate_series(1, $2) n",
            &[&person.id(), &count],
        )
        .await
        .unwrap();
    app.app.wake_sequencer();
    let sequenced = async {
        let sql = app.sql().await;
        loop {
            let left =
                sql.query_one("select count(*) from events where seq is null", &[]).await.unwrap();
            let head = sql
                .query_one("select seq from event_positions where name = 'head'", &[])
                .await
                .unwrap();
            let (left, head): (i64, i64) = (left.get(0), head.get(0));
            let place = app.app.hub().position().map_or(0, |place| place.0);
            if left == 0 && place >= u64::try_from(head).unwrap() {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), sequenced).await.expect("all are numbered");
}

#[tokio::test]
async fn more_than_fits_a_replay_is_a_resync() {
    let app = TestApp::start().await;
    let ben = app.person("ben").await;
    let cursor = ben.socket().await.subscribes("me").await.disappears();
    floods(&app, &ben, 250).await;
    let mut socket = ben.socket().await.resumes("me", &cursor).await;
    socket.catches_up().await;
    assert_eq!(socket.kinds().len(), 250);
    floods(&app, &ben, 250).await;
    is_told_to_reload(&ben, &cursor).await;
}

#[tokio::test]
async fn a_reader_that_falls_behind_is_told_so_and_costs_no_memory() {
    const FLOOD: i32 = 30_000;
    let app = TestApp::start().await;
    let ben = app.person("ben").await;
    let mut slow = ben.socket().await.subscribes("me").await;
    let mut quick = ben.socket().await.subscribes("feed").await;
    floods(&app, &ben, FLOOD).await;
    // Others are served meanwhile.
    quick.catches_up().await;
    loop {
        let frame = slow.frame().await;
        if frame["type"] == "resync" {
            break;
        }
    }
    let heard = slow.heard.len();
    assert!(
        heard < usize::try_from(FLOOD).unwrap(),
        "the kernel took all {heard}: the test needs more"
    );
    let live = notifies(&app, &ben).await;
    assert_eq!(slow.hears("notification.created").await["notification_id"], json!(live));
    assert_eq!(slow.heard.len(), heard + 1, "nothing of what was left out comes later");
}
