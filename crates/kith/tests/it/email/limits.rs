//! How often codes are sent and tried, and what is kept of it.

use std::time::Duration;

use futures_util::future::join_all;
use kith::{
    config::{Environment, LimitProfile},
    features::retention,
};
use kith_testkit::{Options, TestApp};
use serde_json::json;

use super::{START, VERIFY, code_for, sets, wrong};

const ADDRESS: &str = "ana@example.org";

#[tokio::test]
async fn five_codes_are_compared_however_many_come_at_once() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    ana.posts_nothing(START).await.expect(202);
    let code = code_for(&app, ADDRESS);
    let tries = (0..40).map(|_| ana.post(VERIFY, json!({ "code": wrong(&code) })));
    let answers = join_all(tries).await;
    let wrong_ones = answers.iter().filter(|answer| answer.status == 422).count();
    assert_eq!(wrong_ones, 4, "the fifth ends it");
    assert!(answers.iter().all(|answer| [422, 429].contains(&answer.status.as_u16())));
    let question = "select max(tries)::int from email_flows";
    let counted: i32 = app.sql().await.query_one(question, &[]).await.unwrap().get(0);
    assert_eq!(counted, 5);
    ana.post(VERIFY, json!({ "code": code })).await.expect_problem(429, "code-exhausted");
    ana.posts_nothing(START).await.expect(202);
    ana.post(VERIFY, json!({ "code": code_for(&app, ADDRESS) })).await.expect(200);
}

#[tokio::test]
async fn of_many_right_codes_one_wins() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    ana.posts_nothing(START).await.expect(202);
    let code = code_for(&app, ADDRESS);
    let tries = (0..20).map(|_| ana.post(VERIFY, json!({ "code": code })));
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 410).count(), 19);
}

async fn limited() -> TestApp {
    TestApp::with(Options { limits: LimitProfile::Production, ..Options::default() }).await
}

#[tokio::test]
async fn codes_are_sent_after_growing_pauses_and_five_times_a_day() {
    let app = limited().await;
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    for pause in [60, 120, 300, 600] {
        ana.posts_nothing(START).await.expect(202);
        let refused = ana.posts_nothing(START).await.expect_problem(429, "rate-limited");
        let wait = refused.at("/retry_after").as_u64().unwrap();
        assert!((pause - 2..=pause + 1).contains(&wait), "{wait} for {pause}");
        app.passes(Duration::from_secs(pause + 1));
        ana.refreshes().await.expect(200);
    }
    ana.posts_nothing(START).await.expect(202);
    app.passes(Duration::from_hours(2));
    ana.refreshes().await.expect(200);
    ana.posts_nothing(START).await.expect_problem(429, "rate-limited");
    // Another address does not help the account, and another account does not help the address.
    sets(&ana, "other@example.org").await;
    ana.posts_nothing(START).await.expect_problem(429, "rate-limited");
    let ben = app.person("ben").await;
    sets(&ben, "ANA@example.org").await;
    ben.posts_nothing(START).await.expect_problem(429, "rate-limited");
    sets(&ben, "ben@example.org").await;
    ben.posts_nothing(START).await.expect(202);
    app.passes(Duration::from_hours(24));
    ana.refreshes().await.expect(200);
    ana.posts_nothing(START).await.expect(202);
}

#[tokio::test]
async fn parallel_requests_do_not_pass_the_limit_together() {
    let app = limited().await;
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    let answers = join_all((0..10).map(|_| ana.posts_nothing(START))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 202).count(), 1);
    assert_eq!(app.app.mailbox().unwrap().mails().len(), 1);
}

#[tokio::test]
async fn where_no_mail_is_set_up_it_is_not_offered_and_nothing_else_is_missing() {
    let app = TestApp::with(Options {
        configure: |config| config.environment = Some(Environment::Production),
        ..Options::default()
    })
    .await;
    assert!(app.app.mail().is_none());
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    let refused = ana.posts_nothing(START).await.expect_problem(503, "unavailable");
    assert!(refused.text("/detail").contains("sends no e-mail"));
    assert!(refused.at("/retry_after").is_u64());
    ana.post(VERIFY, json!({ "code": "123456" })).await.expect_problem(410, "code-expired");
}

#[tokio::test]
async fn codes_are_forgotten_when_no_limit_counts_them() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    ana.posts_nothing(START).await.expect(202);
    let count = async || {
        let question = "select count(*) from email_flows";
        app.sql().await.query_one(question, &[]).await.unwrap().get::<_, i64>(0)
    };
    for (days, left) in [(0, 1), (1, 1), (1, 0)] {
        app.passes(days * Duration::from_hours(24));
        retention::sweep(&app.app).await.unwrap();
        assert_eq!(count().await, left);
    }
}
