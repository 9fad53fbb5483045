//! Numbers with a code known beforehand, for those who review the apps.

use kith::{
    cli::{config::as_toml, doctor},
    config::{Config, LimitProfile, Reviewer},
};
use kith_testkit::{Options, TestApp};
use kith_types::time::{Clock as _, SystemClock};
use serde_json::json;

use super::{DAY, account};

const NUMBER: &str = "+12025550123";
const CODE: &str = "314159";

fn reviewer(number: &str, code: &str) -> Reviewer {
    let ends = SystemClock.now() + 10 * DAY;
    let value = json!({ "phone_number": number, "code": code, "ends": ends });
    serde_json::from_value(value).expect("a reviewer")
}

async fn start() -> TestApp {
    let configure = |config: &mut Config| config.auth.reviewers.push(reviewer(NUMBER, CODE));
    let limits = LimitProfile::Production;
    TestApp::with(Options { limits, configure, ..Options::default() }).await
}

#[tokio::test]
async fn the_code_is_always_the_same_and_nothing_is_sent() {
    let app = start().await;
    let nobody = app.anonymous();
    let mut accounts = Vec::new();
    // More often, and faster, than anybody else.
    for _ in 0..12 {
        let flow = app.starts_sign_in(NUMBER).await;
        let body = json!({ "verification_id": flow, "code": CODE });
        accounts.push(account(nobody.post("/v1/auth/phone/verify", body).await));
    }
    accounts.dedup();
    assert_eq!(accounts.len(), 1);
    assert_eq!(app.inbox.messages().len(), 0);
    let sent = app.sql().await.query_one("select count(*) from sms_attempts", &[]).await.unwrap();
    assert_eq!(sent.get::<_, i64>(0), 0);
    // It is the code of this number only.
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let body = json!({ "verification_id": flow, "code": CODE });
    nobody.post("/v1/auth/phone/verify", body).await.expect_problem(422, "code-wrong");
}

#[tokio::test]
async fn wrong_codes_count_as_for_anybody() {
    let app = start().await;
    let nobody = app.anonymous();
    let flow = app.starts_sign_in(NUMBER).await;
    let verify = |code: &str| json!({ "verification_id": flow, "code": code });
    for _ in 0..4 {
        nobody
            .post("/v1/auth/phone/verify", verify("000000"))
            .await
            .expect_problem(422, "code-wrong");
    }
    for code in ["000000", CODE] {
        nobody
            .post("/v1/auth/phone/verify", verify(code))
            .await
            .expect_problem(429, "code-exhausted");
    }
}

#[tokio::test]
async fn it_ends_on_its_day() {
    let app = start().await;
    app.passes(10 * DAY);
    let flow = app.starts_sign_in(NUMBER).await;
    let sent = app.code_for(NUMBER);
    assert_ne!(sent, CODE);
    let nobody = app.anonymous();
    let body = json!({ "verification_id": flow, "code": CODE });
    nobody.post("/v1/auth/phone/verify", body).await.expect_problem(422, "code-wrong");
    let body = json!({ "verification_id": flow, "code": sent });
    nobody.post("/v1/auth/phone/verify", body).await.expect(200);
}

#[tokio::test]
async fn a_number_that_somebody_may_have_is_refused_at_start_and_never_works() {
    let mut config = Config::defaults().unwrap();
    config.auth.reviewers = vec![reviewer(NUMBER, CODE)];
    config.check().unwrap();
    for (number, code) in [("+12125551234", CODE), ("+33612345678", CODE), (NUMBER, "31415")] {
        config.auth.reviewers = vec![reviewer(number, code)];
        let refused = config.check().unwrap_err().to_string();
        assert!(refused.contains("auth.reviewers") && !refused.contains(number), "{refused}");
    }
    // Also where nobody checked.
    let configure =
        |config: &mut Config| config.auth.reviewers.push(reviewer("+12125551234", CODE));
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    app.starts_sign_in("+12125551234").await;
    assert_ne!(app.code_for("+12125551234"), CODE);
}

#[tokio::test]
async fn operators_see_them_without_their_codes() {
    let mut config = Config::defaults().unwrap();
    config.auth.reviewers = vec![reviewer(NUMBER, CODE), reviewer("+33199000000", CODE)];
    let text = as_toml(config.clone()).unwrap();
    assert!(text.contains("[[auth.reviewers]]") && text.contains(NUMBER), "{text}");
    assert!(!text.contains(CODE), "{text}");
    let findings = doctor::examine(&config).await;
    let found = findings.iter().find(|finding| finding.subject == "reviewers").unwrap();
    assert!(found.verdict == doctor::Verdict::Ok && found.text.contains('2'), "{found}");
}
