//! What is sent to a number and for whom: the budgets that one person meets.

use std::time::Duration;

use kith::config::{Config, Countries, LimitProfile};
use kith_testkit::{Answer, Options, TestApp, codes::trust_tests};
use kith_types::time::Timestamp;
use serde_json::json;

/// The limits of production, and tests that say where they ask from.
pub(super) async fn limited(configure: fn(&mut Config)) -> TestApp {
    TestApp::with(Options { limits: LimitProfile::Production, configure, ..Options::default() })
        .await
}

fn time(answer: &Answer, pointer: &str) -> Timestamp {
    answer.text(pointer).parse().expect("a time")
}

/// Demands a refusal by this budget, with a wait.
#[track_caller]
pub(super) fn refused_by(answer: Answer, budget: &str) -> u64 {
    let refused = answer.expect_problem(429, "rate-limited");
    let policy = refused.header("ratelimit-policy");
    assert!(policy.starts_with(&format!("\"{budget}\";")), "{policy}");
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert_eq!(refused.at("/retry_after"), json!(wait));
    wait
}

#[tokio::test]
async fn codes_are_sent_at_growing_intervals_and_five_times_a_day() {
    let app = limited(|_| {}).await;
    let start = json!({ "phone_number": app.next_number() });
    let nobody = app.anonymous();
    for wait in [60, 120, 300, 600] {
        let started = nobody.post("/v1/auth/phone/start", start.clone()).await.expect(202);
        let (resend_at, call_at) = (time(&started, "/resend_at"), time(&started, "/call_at"));
        assert_eq!(call_at, resend_at);
        let early = nobody
            .post("/v1/auth/phone/start", start.clone())
            .await
            .expect_problem(429, "rate-limited");
        let retry_after = early.at("/retry_after").as_u64().expect("seconds");
        assert!((wait - 2..=wait).contains(&retry_after), "{retry_after} for {wait}");
        let told = resend_at.since(app.app.now()).as_secs() + 1;
        assert!(told.abs_diff(retry_after) <= 1, "{told} and {retry_after}");
        app.passes(Duration::from_secs(wait));
    }
    let last = nobody.post("/v1/auth/phone/start", start.clone()).await.expect(202);
    app.passes(Duration::from_hours(1));
    let refused = nobody.post("/v1/auth/phone/start", start.clone()).await;
    let wait = refused.expect_problem(429, "rate-limited").at("/retry_after").as_u64().unwrap();
    let told = time(&last, "/resend_at").since(app.app.now()).as_secs() + 1;
    assert!(told.abs_diff(wait) <= 1, "after the fifth the day is told: {told} and {wait}");
    app.passes(Duration::from_secs(wait));
    nobody.post("/v1/auth/phone/start", start).await.expect(202);
}

#[tokio::test]
async fn a_network_gets_ten_codes_an_hour() {
    let app = limited(|_| {}).await;
    let nobody = app.anonymous();
    for _ in 0..10 {
        let start = json!({ "phone_number": app.next_number() });
        nobody.post("/v1/auth/phone/start", start).await.expect(202);
    }
    let start = json!({ "phone_number": app.next_number() });
    nobody.post("/v1/auth/phone/start", start.clone()).await.expect_problem(429, "rate-limited");
    app.passes(Duration::from_secs(3_601));
    nobody.post("/v1/auth/phone/start", start).await.expect(202);
}

#[tokio::test]
async fn a_call_comes_a_minute_after_a_text_and_three_times_a_day() {
    let app = limited(|config| config.limits.sends_per_number_per_day = 10).await;
    let phone = app.next_number();
    let ana = app.asker("127.0.0.1");
    let early = ana.asks_for_call(&phone).await.expect_problem(422, "validation");
    assert_eq!(early.text("/errors/0/pointer"), "/channel");
    ana.asks(&phone).await.expect(202);
    let wait = refused_by(ana.asks_for_call(&phone).await, "first-call");
    assert!((58..=60).contains(&wait), "{wait}");
    app.passes(Duration::from_mins(1));
    let mut started = None;
    for _ in 0..3 {
        started = Some(ana.asks_for_call(&phone).await.expect(202));
        app.passes(Duration::from_mins(10));
    }
    let wait = refused_by(ana.asks_for_call(&phone).await, "calls-per-number");
    let told = time(&started.unwrap(), "/call_at").since(app.app.now()).as_secs() + 1;
    assert!(told.abs_diff(wait) <= 1, "{told} and {wait}");
    ana.asks(&phone).await.expect(202);
    app.passes(Duration::from_secs(wait));
    ana.asks_for_call(&phone).await.expect(202);
}

#[tokio::test]
async fn lines_that_cost_extra_or_reach_nobody_get_no_code_under_any_limits() {
    // One of each kind, from the metadata's own examples.
    let lines = [
        ("premium rate", "+19002345678"),
        ("premium rate", "+449012345678"),
        ("premium rate everywhere", "+979123456789"),
        ("shared cost", "+448431234567"),
        ("shared cost everywhere", "+80812345678"),
        ("toll-free", "+18002345678"),
        ("toll-free everywhere", "+80012345678"),
        ("satellite", "+870773111632"),
        ("satellite", "+8816123456789"),
        ("personal", "+447012345678"),
        ("pager", "+447640123456"),
        ("company", "+445512345678"),
        ("not in use", "+14150000000"),
        ("emergency", "112"),
    ];
    let everywhere: fn(&mut Config) = |config| config.limits.countries = Countries::All;
    for app in [TestApp::start().await, limited(everywhere).await] {
        for (kind, number) in lines {
            let start = json!({ "phone_number": number, "region": "GB" });
            let answer = app.anonymous().post("/v1/auth/phone/start", start).await;
            assert_eq!(answer.status, 422, "{kind} {number}: {}", answer.body);
            assert_eq!(answer.text("/errors/0/pointer"), "/phone_number", "{kind}");
        }
        assert!(app.inbox.messages().is_empty());
    }
}

#[tokio::test]
async fn codes_are_sent_to_the_countries_that_are_served() {
    let (served, not_served) = ("+447400123456", "+5351234567");
    let app = limited(|_| {}).await;
    let ana = app.asker("127.0.0.1");
    ana.asks(served).await.expect(202);
    let refused = ana.asks(not_served).await.expect_problem(422, "validation");
    assert_eq!(refused.text("/errors/0/pointer"), "/phone_number");
    assert_eq!(app.inbox.messages().len(), 1);
    let everywhere = limited(|config| config.limits.countries = Countries::All).await;
    everywhere.asker("127.0.0.1").asks(not_served).await.expect(202);
    let relaxed = TestApp::start().await;
    relaxed.asker("127.0.0.1").asks(not_served).await.expect(202);
}

#[tokio::test]
async fn a_device_has_a_budget_of_its_own_in_any_network() {
    let app = limited(|config| {
        trust_tests(config);
        config.limits.sends_per_device_per_day = 3;
    })
    .await;
    let ana = app.asker("10.0.0.1");
    for network in 0..3 {
        let there = ana.moved_to_network(&format!("10.0.{network}.1"));
        there.asks(&app.next_number()).await.expect(202);
        ana.takes_device(there.device());
    }
    let there = ana.moved_to_network("10.0.9.1");
    let wait = refused_by(there.asks(&app.next_number()).await, "codes-per-device");
    // A cookie that we did not write is none.
    let forged = there.device().map(|cookie| format!("{}AAAA", &cookie[..cookie.len() - 4]));
    there.takes_device(forged.clone());
    there.asks(&app.next_number()).await.expect(202);
    assert_ne!(there.device(), forged, "it gets one of ours instead");
    app.passes(Duration::from_secs(wait));
    ana.asks(&app.next_number()).await.expect(202);
}

#[tokio::test]
async fn a_device_that_answered_a_code_is_not_held_up_by_its_neighbours() {
    let app = limited(|config| {
        trust_tests(config);
        config.limits.sends_per_network_per_hour = 3;
    })
    .await;
    let ana = app.asker("10.0.0.1");
    ana.signs_in(&app, &app.next_number()).await.expect(200);
    let stranger = app.asker("10.0.0.77");
    for _ in 0..2 {
        stranger.asks(&app.next_number()).await.expect(202);
    }
    refused_by(stranger.asks(&app.next_number()).await, "codes-per-network");
    // Asking is not enough, and whoever has no cookie yet is a stranger, too.
    refused_by(app.asker("10.0.0.1").asks(&app.next_number()).await, "codes-per-network");
    ana.asks(&app.next_number()).await.expect(202);
}
