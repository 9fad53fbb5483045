//! A refresh token that is stolen: whoever uses it first, the session ends as soon as both have, with its sockets, and
//! the person's other devices hear of it.

use std::time::Duration;

use kith_testkit::{Person, TestApp, effort};
use serde_json::json;

use super::refresh_model::family_of;

/// Exchanges a token, looks at something with what it brought, and lets the seconds pass in which a lost answer is
/// forgiven. False if the token was refused.
async fn lives_on(app: &TestApp, device: &Person, token: &mut String) -> bool {
    let answer = device.tries_refresh_token(token).await;
    if answer.status != 200 {
        answer.expect_problem(401, "token-reused");
        return false;
    }
    *token = answer.text("/refresh_token");
    let access = answer.text("/access_token");
    let request =
        device.request_without_session(reqwest::Method::GET, "/v1/me").bearer_auth(access);
    device.send(request, reqwest::Method::GET, "/v1/me").await.expect(200);
    app.passes(Duration::from_secs(11));
    true
}

#[tokio::test]
async fn every_theft_ends_the_session_whoever_comes_first() {
    let trials = if effort::is_long() { 1_000 } else { 24 };
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for trial in 0..trials {
        let device = app.signs_in("ana", &ana.phone).await;
        let mut tokens = [device.refresh_token(), device.refresh_token()];
        // Up to two refreshes of the owner pass between the theft and its use, or of the thief before the owner's.
        let [first, second] = [trial % 2, 1 - trial % 2];
        for _ in 0..=(trial / 2) % 3 {
            assert!(lives_on(&app, &device, &mut tokens[first]).await, "trial {trial}");
        }
        assert!(!lives_on(&app, &device, &mut tokens[second]).await, "trial {trial}");
        assert!(!lives_on(&app, &device, &mut tokens[first]).await, "trial {trial}");
        device.get("/v1/me").await.expect_problem(401, "unauthenticated");
    }
    ana.refreshes().await.expect(200);
    assert_eq!(ana.get("/v1/sessions").await.expect(200).items().len(), 1, "hers lives on");
}

#[tokio::test]
async fn a_replay_closes_the_sockets_of_its_session_and_the_other_devices_hear_of_it() {
    let app = TestApp::start().await;
    let desk = app.person("ana").await;
    let phone = app.signs_in("ana", &desk.phone).await;
    let ben = app.person("ben").await;
    let stolen = phone.refresh_token();
    phone.refreshes().await.expect(200);
    phone.get("/v1/me").await.expect(200);
    let mut on_phone = phone.socket().await.subscribes("me").await;
    let mut at_desk = desk.socket().await.subscribes("me").await;
    let mut of_ben = ben.socket().await.subscribes("me").await;
    app.passes(Duration::from_secs(11));

    phone.tries_refresh_token(&stolen).await.expect_problem(401, "token-reused");
    assert_eq!(on_phone.ends().await, 4403);
    let session = family_of(&stolen).to_string();
    assert_eq!(at_desk.hears("session.revoked").await["session_id"], json!(session));
    at_desk.catches_up().await;
    of_ben.catches_up().await;
    assert!(of_ben.kinds().is_empty(), "{:?}", of_ben.kinds());
    phone.get("/v1/me").await.expect_problem(401, "unauthenticated");
    phone.refreshes().await.expect_problem(401, "token-reused");

    let facts = app.sql().await;
    let facts = facts
        .query("select kind from audit_log where session_id = $1", &[&family_of(&stolen)])
        .await
        .unwrap();
    let facts: Vec<String> = facts.iter().map(|row| row.get(0)).collect();
    assert_eq!(facts.iter().filter(|kind| *kind == "token-reused").count(), 1, "{facts:?}");
    desk.get("/v1/me").await.expect(200);
}
