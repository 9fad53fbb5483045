//! How often a password may be guessed, and what a flood of guesses costs.

use std::time::Duration;

use futures_util::future::join_all;
use kith::config::LimitProfile;
use kith_testkit::{Options, TestApp};
use serde_json::json;

use super::{PASSWORD, tries, with_password};

#[tokio::test]
async fn a_number_has_ten_wrong_ones_an_hour_and_every_other_way_in() {
    let app = TestApp::start().await;
    let ana = with_password(&app, "ana").await;
    for _ in 0..20 {
        tries(&app, &ana.phone, PASSWORD).await.expect(200);
    }
    for _ in 0..10 {
        tries(&app, &ana.phone, "wrong password").await.expect_problem(401, "credentials-wrong");
    }
    let refused = tries(&app, &ana.phone, PASSWORD).await.expect_problem(429, "rate-limited");
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((3_500..=3_601).contains(&wait), "{wait}");
    app.signs_in("ana", &ana.phone).await;
    app.passes(Duration::from_secs(wait));
    tries(&app, &ana.phone, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn parallel_guesses_do_not_pass_together() {
    let app = TestApp::start().await;
    let ana = with_password(&app, "ana").await;
    let answers = join_all((0..15).map(|_| tries(&app, &ana.phone, "wrong password"))).await;
    let compared = answers.iter().filter(|answer| answer.status == 401).count();
    assert!(compared <= 10, "{compared} were compared");
    assert!(answers.iter().all(|answer| [401, 429, 503].contains(&answer.status.as_u16())));
}

#[tokio::test]
async fn an_unknown_number_is_counted_like_a_known_one() {
    let app = TestApp::start().await;
    let unknown = app.next_number();
    for _ in 0..10 {
        tries(&app, &unknown, PASSWORD).await.expect_problem(401, "credentials-wrong");
    }
    tries(&app, &unknown, PASSWORD).await.expect_problem(429, "rate-limited");
}

#[tokio::test]
async fn pauses_grow_and_a_network_has_its_own_limit() {
    let limits = LimitProfile::Production;
    let app = TestApp::with(Options { limits, ..Options::default() }).await;
    let ana = app.next_number();
    for pause in [0, 0, 2, 5, 15, 30] {
        tries(&app, &ana, "wrong password").await.expect_problem(401, "credentials-wrong");
        if pause > 0 {
            let early = tries(&app, &ana, PASSWORD).await.expect_problem(429, "rate-limited");
            let wait: u64 = early.header("retry-after").parse().expect("seconds");
            assert!((pause - 1..=pause + 1).contains(&wait), "{wait} for {pause}");
        }
        app.passes(Duration::from_secs(pause + 1));
    }
    for _ in 0..44 {
        let number = app.next_number();
        tries(&app, &number, "wrong password").await.expect_problem(401, "credentials-wrong");
    }
    let next = app.next_number();
    tries(&app, &next, "wrong password").await.expect_problem(429, "rate-limited");
    app.passes(Duration::from_hours(1));
    tries(&app, &next, "wrong password").await.expect_problem(401, "credentials-wrong");
}

#[tokio::test]
async fn guesses_at_the_present_password_count_as_well() {
    let app = TestApp::start().await;
    let ana = with_password(&app, "ana").await;
    let body = json!({ "password": "a hill without horses", "current_password": "wrong" });
    for _ in 0..10 {
        ana.put("/v1/me/password", body.clone()).await.expect_problem(422, "validation");
    }
    ana.put("/v1/me/password", body).await.expect_problem(429, "rate-limited");
    tries(&app, &ana.phone, PASSWORD).await.expect_problem(429, "rate-limited");
}

#[tokio::test]
async fn a_flood_is_turned_away_while_others_are_served() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    // As if as many were being worked on as may wait.
    let mut places = Vec::new();
    while let Ok(place) = app.app.passwords().place() {
        places.push(place);
    }
    assert!(places.len() >= 16, "{} places", places.len());
    let refused = tries(&app, &app.next_number(), PASSWORD).await;
    let refused = refused.expect_problem(503, "unavailable");
    assert!(!refused.header("retry-after").is_empty());
    ana.get("/v1/me").await.expect(200);
    places.pop();
    tries(&app, &app.next_number(), PASSWORD).await.expect(401);
}

#[tokio::test]
async fn a_number_without_a_password_costs_as_much_work_as_one_with() {
    let app = TestApp::start().await;
    let [ana, ben] = [with_password(&app, "ana").await, app.person("ben").await];
    for phone in [&ana.phone, &ben.phone, &app.next_number()] {
        let before = app.app.passwords().done();
        tries(&app, phone, "wrong password").await.expect(401);
        assert_eq!(app.app.passwords().done() - before, 1, "{phone}");
    }
}
