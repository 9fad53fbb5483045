//! What an account, and a network without one, may ask for in a minute.

use std::time::Duration;

use kith::config::LimitProfile;
use kith_testkit::{Options, TestApp};

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
    ana.get("/v1/users/by-username/cem").await.expect_problem(429, "rate-limited");
    ana.asks(&ben).await.expect(201);
    ana.asks(&cem).await.expect(201);
    app.passes(Duration::from_mins(1));
    ana.asks(&dee).await.expect_problem(429, "rate-limited");
    app.passes(Duration::from_hours(12));
    ana.refreshes().await.expect(200);
    ana.asks(&dee).await.expect(201);
}
