//! What an account, and a network without one, may ask for in a minute.

use std::time::Duration;

use kith::config::LimitProfile;
use kith_testkit::{Answer, Options, TestApp};
use serde_json::json;

async fn strict() -> TestApp {
    TestApp::with(Options {
        limits: LimitProfile::Production,
        configure: |config| {
            config.limits.requests_per_account_per_minute = 6;
            config.limits.requests_per_network_per_minute = 20;
            config.limits.username_lookups_per_hour = 2;
            config.limits.friend_requests_per_day = 2;
        },
        ..Options::default()
    })
    .await
}

#[tokio::test]
async fn an_account_is_told_what_is_left_and_when_to_come_back() {
    let app = strict().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    app.passes(Duration::from_mins(1));
    for left in (0..6).rev() {
        let answer = ana.get("/v1/me").await.expect(200);
        assert_eq!(answer.header("ratelimit-policy"), "\"account\";q=6;w=60");
        assert!(answer.header("ratelimit").starts_with(&format!("\"account\";r={left};t=")));
    }
    let refused = ana.get("/v1/me").await.expect_problem(429, "rate-limited");
    assert_eq!(refused.header("retry-after"), "10");
    assert!(refused.header("ratelimit").starts_with("\"account\";r=0;"));
    ben.get("/v1/me").await.expect(200);
    app.passes(Duration::from_secs(10));
    ana.get("/v1/me").await.expect(200);
    ana.get("/v1/me").await.expect_problem(429, "rate-limited");
}

#[tokio::test]
async fn without_an_account_the_network_counts_and_pictures_never_do() {
    let app = strict().await;
    let ana = app.person("ana").await;
    app.passes(Duration::from_mins(1));
    let nobody = app.anonymous();
    for _ in 0..20 {
        nobody.get("/v1/config").await.expect(200);
    }
    let refused = nobody.get("/v1/config").await.expect_problem(429, "rate-limited");
    assert_eq!(refused.header("retry-after"), "3");
    // A wrong token is no account.
    let forged =
        nobody.request(reqwest::Method::GET, "/v1/me").header("authorization", "Bearer x.y.z");
    assert_eq!(forged.send().await.expect("an answer").status(), 429);
    ana.get("/v1/config").await.expect(200);
    let nothing = "/v1/images/01a2068b-e60a-76d2-b0a7-d724f2ca4f2f/1/w320.jpg";
    for _ in 0..30 {
        nobody.get(nothing).await.expect_problem(404, "not-found");
    }
    assert_eq!(app.http_get("/livez").await.status, 200);
}

#[tokio::test]
async fn searching_for_names_and_asking_strangers_has_a_budget_of_its_own() {
    let app = strict().await;
    let [ana, ben, cem, dee] = app.people(["ana", "ben", "cem", "dee"]).await;
    app.passes(Duration::from_mins(1));
    for name in ["ben", "nobody"] {
        ana.get(&format!("/v1/users/by-username/{name}")).await;
    }
    let refused = ana.get("/v1/users/by-username/cem").await.expect_problem(429, "rate-limited");
    tells_of(&refused, "username-lookups", 2, 3_600);
    // Asking somebody by name is a look, too.
    let by_name = json!({ "username": "nobody" });
    ana.post("/v1/friends/requests", by_name).await.expect_problem(429, "rate-limited");
    ana.asks(&ben).await.expect(201);
    ana.asks(&cem).await.expect(201);
    app.passes(Duration::from_mins(1));
    let refused = ana.asks(&dee).await.expect_problem(429, "rate-limited");
    tells_of(&refused, "friend-requests", 2, 24 * 3_600);
    app.passes(Duration::from_hours(12));
    ana.refreshes().await.expect(200);
    ana.asks(&dee).await.expect(201);
}

/// A refusal names the budget that it comes from, and when that has something again.
#[track_caller]
fn tells_of(refused: &Answer, budget: &str, units: u64, window: u64) {
    let policy = format!("\"{budget}\";q={units};w={window}");
    assert_eq!(refused.header("ratelimit-policy"), policy);
    let left = format!("\"{budget}\";r=0;t=");
    assert!(refused.header("ratelimit").starts_with(&left), "{}", refused.header("ratelimit"));
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert_eq!(refused.at("/retry_after"), json!(wait));
    assert!((1..=window).contains(&wait), "{wait}");
}

#[tokio::test]
async fn only_a_new_request_costs_something_of_the_day() {
    let app = strict().await;
    let [ana, ben, cem, dee, eva] = app.people(["ana", "ben", "cem", "dee", "eva"]).await;
    let requests = "/v1/friends/requests";
    let body = json!({ "user_id": ben.user_id });
    let minute = || app.passes(Duration::from_mins(1));
    minute();
    ana.post_once(requests, "k1", body.clone()).await.expect(201);
    for _ in 0..2 {
        ana.post_once(requests, "k1", body.clone()).await.expect(201);
        ana.asks(&ben).await.expect(200);
    }
    minute();
    // Nobody of that kind, oneself, a friend, somebody who asked before.
    let nobody = json!({ "user_id": "01a2068b-e60a-76d2-b0a7-d724f2ca4f2f" });
    ana.post(requests, nobody).await.expect_problem(404, "not-found");
    ana.asks(&ana).await.expect_problem(422, "validation");
    cem.asks(&ana).await.expect(201);
    ana.asks(&cem).await.expect(201);
    ana.asks(&cem).await.expect_problem(409, "already-friends");
    minute();
    ana.asks(&dee).await.expect(201);
    let refused = ana.post_once(requests, "k2", json!({ "user_id": eva.user_id })).await;
    tells_of(&refused.expect_problem(429, "rate-limited"), "friend-requests", 2, 24 * 3_600);
    ana.asks(&dee).await.expect(200);
    // What was refused is not remembered under its key.
    app.passes(Duration::from_hours(12));
    ana.refreshes().await.expect(200);
    ana.post_once(requests, "k2", json!({ "user_id": eva.user_id })).await.expect(201);
}

#[tokio::test]
async fn limits_of_codes_are_told_by_their_own_names() {
    let app = TestApp::with(Options {
        limits: LimitProfile::Production,
        configure: |config| {
            config.limits.sends_per_number_per_day = 1;
            config.limits.sends_per_network_per_hour = 2;
        },
        ..Options::default()
    })
    .await;
    let nobody = app.anonymous();
    let starts = async |phone: &str| {
        nobody.post("/v1/auth/phone/start", json!({ "phone_number": phone })).await
    };
    let phones = [app.next_number(), app.next_number(), app.next_number()];
    let flow = starts(&phones[0]).await.expect(202).text("/verification_id");
    let refused = starts(&phones[0]).await.expect_problem(429, "rate-limited");
    tells_of(&refused, "codes-per-number", 1, 24 * 3_600);
    starts(&phones[1]).await.expect(202);
    let refused = starts(&phones[2]).await.expect_problem(429, "rate-limited");
    tells_of(&refused, "codes-per-network", 2, 3_600);
    let right: u32 = app.code_for(&phones[0]).parse().expect("digits");
    let wrong =
        json!({ "verification_id": flow, "code": format!("{:06}", (right + 1) % 1_000_000) });
    for _ in 0..4 {
        nobody.post("/v1/auth/phone/verify", wrong.clone()).await.expect(422);
    }
    let refused = nobody.post("/v1/auth/phone/verify", wrong).await;
    tells_of(&refused.expect_problem(429, "code-exhausted"), "tries", 5, 600);
}
