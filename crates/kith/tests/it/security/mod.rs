//! What happened to an account: told to its owner on every device, and kept in the audit log.

mod wrong_tries;

use std::{collections::BTreeSet, time::Duration};

use kith::{
    features::{
        notifications::CONSUMER,
        retention,
        security::{self, Fact},
    },
    realtime::{consumer, sequencer},
};
use kith_testkit::{Options, Person, TestApp};
use kith_types::visibility::AuthMethod;
use serde_json::{Value, json};

/// Security news arrive within this time.
const SOON: Duration = Duration::from_secs(5);

/// The kinds in the audit log about somebody, oldest first.
async fn log_of(app: &TestApp, person: &Person) -> Vec<String> {
    let sql = "select kind from audit_log where user_id = $1 order by created_at, audit_id";
    let rows = app.sql().await.query(sql, &[&person.id()]).await.expect("the log");
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_new_device_is_told_to_the_others_at_once() {
    let app = TestApp::start().await;
    let phone = app.person("ana").await;
    assert!(phone.notifications().await.is_empty(), "nobody is told of the very first sign-in");
    let mut bell = phone.socket().await.subscribes("me").await;
    app.signs_in("desk", &phone.phone).await;
    let told = tokio::time::timeout(SOON, bell.hears("notification.created")).await;
    let told = told.expect("within five seconds");
    let all = phone.has_notifications(1).await;
    assert_eq!(all[0]["notification_id"], told["notification_id"]);
    assert_eq!((&all[0]["type"], &all[0]["reference_type"]), (&json!("system"), &Value::Null));
    assert_eq!(
        all[0]["content"],
        "New sign-in on “desk”, with a code. If this was not you, end that session under Devices and lock your account"
    );
    // The socket got no frame but that of the notification.
    bell.catches_up().await;
    assert_eq!(bell.kinds(), ["notification.created"]);
}

#[tokio::test]
async fn who_is_signed_in_nowhere_else_is_told_nothing() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.posts_nothing("/v1/auth/logout").await.expect(204);
    let again = app.signs_in("ana", &ana.phone).await;
    let desk = app.signs_in("desk", &ana.phone).await;
    let all = desk.has_notifications(1).await;
    assert!(all[0]["content"].as_str().unwrap().contains("desk"), "{all:?}");
    assert_eq!(again.notifications().await.len(), 1);
}

#[tokio::test]
async fn a_copied_token_ends_its_session_and_is_told_to_the_other_devices() {
    let app = TestApp::start().await;
    let phone = app.person("ana").await;
    let desk = app.signs_in("desk", &phone.phone).await;
    phone.has_notifications(1).await;
    let mut bell = phone.socket().await.subscribes("me").await;
    let stolen = desk.refresh_token();
    desk.refreshes().await.expect(200);
    desk.refreshes().await.expect(200);
    desk.tries_refresh_token(&stolen).await.expect_problem(401, "token-reused");
    tokio::time::timeout(SOON, bell.hears("notification.created")).await.expect("soon");
    let said = phone.reads_notifications().await;
    assert!(
        said[0].starts_with("A session on “desk” was ended, because its key was used twice"),
        "{said:?}"
    );
    assert_eq!(log_of(&app, &phone).await.last().unwrap(), "token-reused");
}

#[tokio::test]
async fn every_fact_is_written_once_and_told_once_if_it_is_to_be_told() {
    let app = TestApp::with(Options { background: false, ..Options::default() }).await;
    let ana = app.person("ana").await;
    let (user, before) = (ana.id(), log_of(&app, &ana).await.len());
    for fact in Fact::ALL {
        let inside = app.app.clone();
        let written = app.app.tx("test.record", move |tx| {
            let app = inside.clone();
            async move { security::record(&app, &tx, user, None, fact).await }
        });
        written.await.unwrap();
    }
    sequencer::turn(&app.app).await.unwrap();
    for _ in 0..2 {
        // A consumer that died is run again from where it had been.
        app.sql()
            .await
            .batch_execute("update event_positions set seq = 0 where name = 'notifications'")
            .await
            .unwrap();
        consumer::turn(&app.app, CONSUMER).await.unwrap();
    }
    let kinds: BTreeSet<&str> = Fact::ALL.iter().map(|fact| fact.kind()).collect();
    let log = log_of(&app, &ana).await;
    assert_eq!(log[before..].iter().map(String::as_str).collect::<BTreeSet<_>>(), kinds);
    assert_eq!(log.len(), before + Fact::ALL.len());
    let said = ana.reads_notifications().await;
    assert_eq!(said.len(), Fact::ALL.iter().filter(|fact| fact.is_told()).count());
    assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "each says something else");
    assert!(said.iter().all(|said| !said.contains("not available")), "{said:#?}");
}

#[tokio::test]
async fn the_log_tells_the_story_of_an_account_without_anything_personal() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let flow = app.starts_sign_in(&ana.phone).await;
    let code = app.code_for(&ana.phone);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let verify = |code: &str| json!({ "verification_id": flow, "code": code });
    let nobody = app.anonymous();
    nobody.post("/v1/auth/phone/verify", verify(wrong)).await.expect_problem(422, "code-wrong");
    // It is written behind the answer.
    let noted = async {
        while log_of(&app, &ana).await.len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, noted).await.expect("it is noted");
    nobody.post("/v1/auth/phone/verify", verify(&code)).await.expect(200);
    let desk = app.signs_in("desk", &ana.phone).await;
    desk.posts_nothing("/v1/auth/logout").await.expect(204);
    let other = app.signs_in("other", &ana.phone).await;
    ana.delete(&format!("/v1/sessions/{}", other.session_id().await)).await.expect(204);
    ana.delete("/v1/sessions").await.expect(204);
    let new = app.next_number();
    app.changes_number(&ana, &new).await.expect(200);
    assert_eq!(
        log_of(&app, &ana).await,
        [
            "signed-in",
            "sign-in-failed",
            "signed-in",
            "signed-in",
            "signed-out",
            "signed-in",
            "session-ended",
            "session-ended",
            "number-changed",
        ]
    );
    let rows =
        app.sql().await.query("select to_jsonb(l)::text from audit_log l", &[]).await.unwrap();
    for row in rows {
        let text: String = row.get(0);
        for secret in [&ana.phone[2..], &new[2..], "desk", "other", "127.0.0.1"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn a_wrong_code_for_a_number_without_account_is_noted_nowhere() {
    let app = TestApp::start().await;
    let (ana, phone) = (app.person("ana").await, app.next_number());
    for number in [&phone, &ana.phone] {
        let flow = app.starts_sign_in(number).await;
        let code = if app.code_for(number) == "000000" { "000001" } else { "000000" };
        let body = json!({ "verification_id": flow, "code": code });
        app.anonymous().post("/v1/auth/phone/verify", body).await.expect_problem(422, "code-wrong");
    }
    let noted = async {
        while log_of(&app, &ana).await.len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, noted).await.expect("it is noted");
    let count = "select count(*) from audit_log where kind = 'sign-in-failed'";
    let row = app.sql().await.query_one(count, &[]).await.unwrap();
    assert_eq!(row.get::<_, i64>(0), 1);
}

#[tokio::test]
async fn a_device_that_is_forgotten_leaves_the_sentence() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    app.signs_in("desk", &ana.phone).await;
    ana.has_notifications(1).await;
    let sql = app.sql().await;
    sql.batch_execute("delete from refresh_tokens where device_info ->> 'name' = 'desk'")
        .await
        .unwrap();
    assert!(ana.reads_notifications().await[0].starts_with("New sign-in, with a code. "));
    sql.batch_execute("delete from audit_log").await.unwrap();
    assert!(ana.reads_notifications().await[0].starts_with("New sign-in. "));
}

#[tokio::test]
async fn the_log_is_kept_for_a_year() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    app.passes(Duration::from_hours(24 * 364));
    retention::sweep(&app.app).await.unwrap();
    assert_eq!(log_of(&app, &ana).await, ["signed-in"]);
    app.passes(Duration::from_hours(24 * 2));
    app.recovers(&ana).await;
    retention::sweep(&app.app).await.unwrap();
    let way = "select details ->> 'way' from audit_log";
    let row = app.sql().await.query_one(way, &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), AuthMethod::Passkey.as_str());
}
