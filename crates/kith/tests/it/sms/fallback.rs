//! Which provider a code goes by: not the one that lately failed for this number.

use kith_testkit::TestApp;
use serde_json::json;
use std::time::Duration;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_string_contains, method},
};

use super::{app, by_both, by_twilio, newest_attempt, passed_on_to, webhook};

const HOUR: Duration = Duration::from_hours(1);

fn taken() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({ "sid": "SM1", "status": "queued" }))
}

fn refused(code: u32) -> ResponseTemplate {
    ResponseTemplate::new(400).set_body_json(json!({ "code": code, "status": 400 }))
}

/// A Twilio that answers for one number in its own way.
async fn twilio_that_answers(number: &str, answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let to = format!("To=%2B{}", number.trim_start_matches('+'));
    let special = Mock::given(method("POST")).and(body_string_contains(to));
    special.respond_with(answer).with_priority(1).mount(&server).await;
    Mock::given(method("POST")).respond_with(taken()).mount(&server).await;
    server
}

async fn provider_of(app: &TestApp, phone: &str) -> Option<String> {
    app.starts_sign_in(phone).await;
    newest_attempt(app).await.provider
}

#[tokio::test]
async fn a_provider_that_cannot_reach_a_number_is_not_asked_first_for_it_again() {
    let ana = "+14155550100";
    let (twilio, webhook) = (twilio_that_answers(ana, refused(21612)).await, webhook().await);
    let app = app(by_both(&twilio.uri(), &webhook)).await;
    for asked in [1, 1] {
        assert_eq!(provider_of(&app, ana).await.as_deref(), Some("webhook"));
        assert_eq!(twilio.received_requests().await.unwrap().len(), asked);
    }
    // For others it is as good as ever, and after an hour it gets another chance.
    assert_eq!(provider_of(&app, "+14155550101").await.as_deref(), Some("twilio"));
    app.passes(HOUR);
    assert_eq!(provider_of(&app, ana).await.as_deref(), Some("webhook"));
    assert_eq!(twilio.received_requests().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_message_that_did_not_arrive_is_followed_by_one_of_another_provider() {
    let (twilio, webhook) = (twilio_that_answers("", taken()).await, webhook().await);
    let app = app(by_both(&twilio.uri(), &webhook)).await;
    let ana = app.next_number();
    assert_eq!(provider_of(&app, &ana).await.as_deref(), Some("twilio"));
    assert_eq!(provider_of(&app, &ana).await.as_deref(), Some("twilio"), "it may just be slow");
    let id = newest_attempt(&app).await.id;
    let fields = "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003";
    super::callbacks::twilio_reports(&app, &format!("?message={id}"), fields).await.expect(204);
    assert_eq!(provider_of(&app, &ana).await.as_deref(), Some("webhook"));
    assert!(passed_on_to(&webhook, &ana).await.is_some());
    assert_eq!(provider_of(&app, &app.next_number()).await.as_deref(), Some("twilio"));
}

#[tokio::test]
async fn nobody_goes_round_a_number_that_wants_no_messages() {
    let ana = "+14155550100";
    let (twilio, webhook) = (twilio_that_answers(ana, refused(21610)).await, webhook().await);
    let app = app(by_both(&twilio.uri(), &webhook)).await;
    let asked = json!({ "phone_number": ana });
    let refused = app.anonymous().post("/v1/auth/phone/start", asked).await;
    refused.expect_problem(422, "validation");
    assert_eq!(passed_on_to(&webhook, ana).await, None);
    let attempt = newest_attempt(&app).await;
    assert_eq!((attempt.outcome.as_str(), attempt.provider), ("failed", None));
    // What was not sent is not spent.
    let counted = "select coalesce(sum(sends), 0)::bigint from sending_counts";
    let sends: i64 = app.sql().await.query_one(counted, &[]).await.unwrap().get(0);
    assert_eq!(sends, 0);
}

#[tokio::test]
async fn a_single_provider_is_asked_whatever_was() {
    let ana = "+14155550100";
    let twilio = twilio_that_answers(ana, refused(21612)).await;
    let app = app(by_twilio(&twilio.uri())).await;
    for asked in [1, 2] {
        let body = json!({ "phone_number": ana });
        app.anonymous().post("/v1/auth/phone/start", body).await;
        assert_eq!(newest_attempt(&app).await.outcome, "failed");
        assert_eq!(twilio.received_requests().await.unwrap().len(), asked);
    }
}
