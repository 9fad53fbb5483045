//! An account that lets no new device in by a code alone.

use std::time::Duration;

use kith::features::number;
use kith_testkit::{Person, TestApp};
use serde_json::json;

use super::{DAY, account, is_told};

const LOCK: &str = "/v1/me/registration-lock";

/// Ana, who locked her account.
async fn locked(app: &TestApp) -> Person {
    let ana = app.person("ana").await;
    app.has_stepped_up(&ana).await;
    ana.put(LOCK, json!(null)).await.expect(204);
    ana
}

#[tokio::test]
async fn a_right_code_is_held_and_the_owner_is_told_at_once() {
    let app = TestApp::start().await;
    let ana = locked(&app).await;
    assert!(number::is_locked(&app.app, ana.id()).await.unwrap());
    ana.has_notifications(1).await;
    let mut bell = ana.socket().await.subscribes("me").await;
    let flow = app.starts_sign_in(&ana.phone).await;
    let body = json!({ "verification_id": flow, "code": app.code_for(&ana.phone) });
    let thief = app.anonymous();
    let held = thief.post("/v1/auth/phone/verify", body.clone()).await;
    let held = held.expect_problem(423, "registration-locked");
    let wait = Duration::from_secs(held.at("/retry_after").as_u64().expect("seconds"));
    let week = 7 * DAY;
    assert!(wait + Duration::from_mins(10) > week && wait <= week, "{wait:?}");
    let told = tokio::time::timeout(Duration::from_secs(5), bell.hears("notification.created"));
    told.await.expect("within five seconds");
    assert!(is_told(&ana, "the lock held them up").await);
    // The code is used up; the owner notices nothing else.
    thief.post("/v1/auth/phone/verify", body).await.expect_problem(410, "code-expired");
    ana.refreshes().await.expect(200);
    assert_eq!(ana.get("/v1/sessions").await.expect(200).items().len(), 1);
}

#[tokio::test]
async fn it_gives_way_seven_days_after_the_account_was_last_seen() {
    let app = TestApp::start().await;
    let ana = locked(&app).await;
    app.passes(5 * DAY);
    // She was there: the seven days begin anew.
    ana.refreshes().await.expect(200);
    app.passes(5 * DAY);
    let held = app.tries_to_sign_in(&ana.phone, json!({})).await;
    let wait = held.expect_problem(423, "registration-locked").at("/retry_after");
    let wait = Duration::from_secs(wait.as_u64().expect("seconds"));
    assert!(wait + Duration::from_mins(1) > 2 * DAY && wait <= 2 * DAY, "{wait:?}");
    app.passes(wait.saturating_sub(Duration::from_mins(1)));
    app.tries_to_sign_in(&ana.phone, json!({})).await.expect_problem(423, "registration-locked");
    app.passes(Duration::from_mins(1));
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
    // It is locked again for the next one.
    app.tries_to_sign_in(&ana.phone, json!({})).await.expect_problem(423, "registration-locked");
}

#[tokio::test]
async fn a_passkey_and_an_old_device_vouch() {
    let app = TestApp::start().await;
    let ana = locked(&app).await;
    app.recovers(&ana).await.get("/v1/me").await.expect(200);
    let vouching = json!({ "refresh_token": ana.refresh_token() });
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, vouching).await), ana.user_id);
    // What the device was left with has served, and the list of devices has it once.
    ana.get("/v1/me").await.expect_problem(401, "unauthenticated");
    let ben = app.person("ben").await;
    let foreign = json!({ "refresh_token": ben.refresh_token() });
    app.tries_to_sign_in(&ana.phone, foreign).await.expect_problem(423, "registration-locked");
}

#[tokio::test]
async fn it_needs_a_step_up_and_can_be_set_and_removed_twice() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.put(LOCK, json!(null)).await.expect_problem(403, "step-up-required");
    ana.delete(LOCK).await.expect_problem(403, "step-up-required");
    app.has_stepped_up(&ana).await;
    for _ in 0..2 {
        ana.put(LOCK, json!(null)).await.expect(204);
    }
    for _ in 0..2 {
        ana.delete(LOCK).await.expect(204);
    }
    assert!(!number::is_locked(&app.app, ana.id()).await.unwrap());
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
    // Set, removed, and the sign-in: each was told once.
    ana.has_notifications(3).await;
    app.anonymous().put(LOCK, json!(null)).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_number_that_went_to_somebody_else_is_not_locked_for_them() {
    let app = TestApp::start().await;
    let ana = locked(&app).await;
    app.passes(181 * DAY);
    assert_ne!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
}
