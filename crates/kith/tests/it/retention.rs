//! What is forgotten, and what is not yet.

use std::time::Duration;

use kith::{
    features::{notifications::CONSUMER, retention},
    realtime::{consumer, sequencer},
};
use kith_testkit::{Options, TestApp};
use serde_json::json;

const DAY: Duration = Duration::from_hours(24);

async fn count(app: &TestApp, table: &str) -> i64 {
    let question = format!("select count(*) from {table}");
    app.sql().await.query_one(&question, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn events_are_kept_for_the_days_of_a_resume_and_until_everybody_has_seen_them() {
    let app = TestApp::with(Options { background: false, ..Options::default() }).await;
    let ana = app.person("ana").await;
    let post = app.has_post(&ana).await;
    ana.comments(&post, "Hello").await;
    sequencer::turn(&app.app).await.unwrap();
    app.passes(8 * DAY);
    retention::sweep(&app.app).await.unwrap();
    assert_eq!(count(&app, "events").await, 1, "a consumer has not seen it");
    consumer::turn(&app.app, CONSUMER).await.unwrap();
    ana.refreshes().await.expect(200);
    ana.comments(&post, "Hello again").await;
    sequencer::turn(&app.app).await.unwrap();
    consumer::turn(&app.app, CONSUMER).await.unwrap();
    retention::sweep(&app.app).await.unwrap();
    assert_eq!(count(&app, "events").await, 1, "the newer one stays");
    let purged: i64 = app
        .sql()
        .await
        .query_one("select seq from event_positions where name = 'purged'", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(purged, 1);
}

#[tokio::test]
async fn keys_sessions_and_flows_are_forgotten_in_their_time() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let post = app.has_post(&ana).await;
    let path = format!("/v1/posts/{post}/comments");
    ana.post_once(&path, "key", json!({ "content": "Hello" })).await.expect(201);
    ben.posts_nothing("/v1/auth/logout").await.expect(204);
    retention::sweep(&app.app).await.unwrap();
    let tables = ["idempotency_keys", "verification_flows", "refresh_tokens"];
    let mut counts = Vec::new();
    for days in [0_u32, 2, 1, 28] {
        app.passes(days * DAY);
        retention::sweep(&app.app).await.unwrap();
        for table in tables {
            counts.push(count(&app, table).await);
        }
    }
    assert_eq!(counts, [1, 2, 2, 0, 0, 2, 0, 0, 2, 0, 0, 1]);
    ana.refreshes().await.expect(200);
}

#[tokio::test]
async fn challenges_and_wrong_passwords_are_forgotten_soon() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    nobody.posts_nothing("/v1/auth/passkeys/login/start").await.expect(200);
    let wrong = json!({ "phone_number": app.next_number(), "password": "four horses" });
    nobody.post("/v1/auth/password/login", wrong).await.expect(401);
    let mut counts = Vec::new();
    for minutes in [0, 60, 10, 60] {
        app.passes(Duration::from_mins(minutes));
        retention::sweep(&app.app).await.unwrap();
        for table in ["passkey_flows", "password_tries"] {
            counts.push(count(&app, table).await);
        }
    }
    assert_eq!(counts, [1, 1, 1, 1, 0, 1, 0, 0]);
}
