//! Reports of deliveries: whose they are, in which order they come, and that the hundredth changes nothing.

use aws_lc_rs::hmac;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures_util::future::join_all;
use kith::features::sms;
use kith_messaging::{Receipt, SigningKey};
use kith_testkit::{Answer, TestApp};
use kith_types::id::ActivityId;
use reqwest::Method;
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use super::{Attempt, SECRET, TOKEN, app, by_both, by_twilio, newest_attempt, webhook};

const TWILIO: &str = "/v1/callbacks/sms/twilio";
const WEBHOOK: &str = "/v1/callbacks/sms/webhook";

/// The signature that Twilio's documentation describes.
fn signature(url: &str, body: &str) -> String {
    let mut fields: Vec<_> = url::form_urlencoded::parse(body.as_bytes()).collect();
    fields.sort();
    let text: String =
        fields.iter().flat_map(|(name, value)| [name.as_ref(), value.as_ref()]).collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, TOKEN.as_bytes());
    BASE64_STANDARD.encode(hmac::sign(&key, format!("{url}{text}").as_bytes()))
}

async fn posts(app: &TestApp, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
    let nobody = app.anonymous();
    let mut request = nobody.request(Method::POST, path).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let path = path.split('?').next().unwrap();
    nobody.send(request, Method::POST, path).await
}

/// Twilio reports with these fields to the address with this query.
pub async fn twilio_reports(app: &TestApp, query: &str, fields: &str) -> Answer {
    let path = format!("{TWILIO}{query}");
    let signature = signature(&format!("{}{path}", app.url), fields);
    posts(app, &path, &[("x-twilio-signature", &signature)], fields.to_owned()).await
}

/// The operator's webhook reports, by a clock that is so many seconds off.
async fn webhook_reports(app: &TestApp, seconds_off: i64, report: &Value) -> Answer {
    let body = report.to_string();
    let seconds = app.app.now().unix_seconds() + seconds_off;
    let signature = SigningKey::parse(SECRET).unwrap().sign("r1", seconds, body.as_bytes());
    let time = seconds.to_string();
    let headers =
        [("webhook-id", "r1"), ("webhook-timestamp", &time), ("webhook-signature", &signature)];
    posts(app, WEBHOOK, &headers, body).await
}

fn status(word: &str) -> String {
    format!("MessageSid=SM1&MessageStatus={word}&To=%2B14155550100&AccountSid=AC1")
}

/// A Twilio that takes everything as `SM1`.
async fn twilio() -> MockServer {
    let server = MockServer::start().await;
    let taken = json!({ "sid": "SM1", "status": "queued" });
    let answer = ResponseTemplate::new(201).set_body_json(taken);
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    server
}

/// How far the newest message came, as it is stored.
async fn came(app: &TestApp) -> (Option<String>, bool) {
    let Attempt { status, is_delivered, .. } = newest_attempt(app).await;
    (status, is_delivered)
}

fn at(word: &str) -> (Option<String>, bool) {
    (Some(word.to_owned()), word == "delivered")
}

#[tokio::test]
async fn reports_move_a_message_forward_and_never_back() {
    let twilio = twilio().await;
    let app = app(by_twilio(&twilio.uri())).await;
    for (words, end) in [
        (["queued", "sent", "delivered", "sent", "queued", "undelivered"], "delivered"),
        (["sent", "queued", "accepted", "undelivered", "delivered", "sent"], "undelivered"),
        (["delivered", "failed", "undelivered", "sent", "queued", "receiving"], "delivered"),
    ] {
        app.starts_sign_in(&app.next_number()).await;
        let query = format!("?message={}", newest_attempt(&app).await.id);
        assert_eq!(came(&app).await, (None, false));
        let mut first = true;
        for word in words {
            twilio_reports(&app, &query, &status(word)).await.expect(204);
            if std::mem::take(&mut first) {
                assert_eq!(came(&app).await, at(word));
            }
        }
        assert_eq!(came(&app).await, at(end), "{words:?}");
    }
}

#[tokio::test]
async fn without_the_providers_signature_nothing_is_taken() {
    let twilio = twilio().await;
    let app = app(by_both(&twilio.uri(), &webhook().await)).await;
    app.starts_sign_in(&app.next_number()).await;
    let body = status("delivered");
    let url = format!("{}{TWILIO}", app.url);
    let right = signature(&url, &body);
    let elsewhere = signature("https://elsewhere.example/v1/callbacks/sms/twilio", &body);
    let older = signature(&url, &status("sent"));
    for signature in ["", "x", &elsewhere, &older, &right[1..]] {
        let headers = [("x-twilio-signature", signature)];
        let answer = posts(&app, TWILIO, &headers, body.clone()).await;
        answer.expect_problem(403, "forbidden");
    }
    posts(&app, TWILIO, &[], body.clone()).await.expect_problem(403, "forbidden");
    let other_message = [("x-twilio-signature", right.as_str())];
    let path = format!("{TWILIO}?message={}", newest_attempt(&app).await.id);
    posts(&app, &path, &other_message, body.clone()).await.expect_problem(403, "forbidden");
    // One provider's signature opens no other's address.
    posts(&app, WEBHOOK, &other_message, body.clone()).await.expect_problem(403, "forbidden");
    let report = json!({ "message_id": "SM1", "status": "delivered" });
    for seconds in [-310, 310] {
        webhook_reports(&app, seconds, &report).await.expect_problem(403, "forbidden");
    }
    assert_eq!(came(&app).await, (None, false));
    posts(&app, TWILIO, &other_message, body).await.expect(204);
    assert_eq!(came(&app).await, at("delivered"));
}

#[tokio::test]
async fn nobody_else_has_an_address() {
    let twilio = twilio().await;
    let app = app(by_twilio(&twilio.uri())).await;
    for provider in ["webhook", "inbox", "pigeon", "Twilio"] {
        let path = format!("/v1/callbacks/sms/{provider}");
        posts(&app, &path, &[], String::new()).await.expect_problem(404, "not-found");
    }
    let development = TestApp::start().await;
    posts(&development, TWILIO, &[], String::new()).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn what_makes_no_sense_or_is_too_long_is_refused() {
    let twilio = twilio().await;
    let app = app(by_both(&twilio.uri(), &webhook().await)).await;
    twilio_reports(&app, "", "MessageStatus=sent").await.expect_problem(400, "malformed");
    webhook_reports(&app, 0, &json!({ "status": "sent" })).await.expect_problem(400, "malformed");
    let long = format!("{}&More={}", status("sent"), "x".repeat(300_000));
    twilio_reports(&app, "", &long).await.expect_problem(413, "payload-too-large");
}

#[tokio::test]
async fn a_report_of_an_unknown_message_changes_nothing() {
    let twilio = twilio().await;
    let app = app(by_both(&twilio.uri(), &webhook().await)).await;
    app.starts_sign_in(&app.next_number()).await;
    twilio_reports(&app, "", "MessageSid=SM2&MessageStatus=delivered").await.expect(204);
    let others = "?message=019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20";
    twilio_reports(&app, others, &status("delivered")).await.expect(204);
    // The name is Twilio's; the webhook knows another message by it, or none.
    let report = json!({ "message_id": "SM1", "status": "delivered" });
    webhook_reports(&app, 0, &report).await.expect(204);
    assert_eq!(came(&app).await, (None, false));
}

#[tokio::test]
async fn a_hundred_copies_have_one_effect() {
    let twilio = twilio().await;
    let app = app(by_both(&twilio.uri(), &webhook().await)).await;
    app.starts_sign_in(&app.next_number()).await;
    let report = status("undelivered&ErrorCode=30007");
    let copies = (0..100).map(|_| twilio_reports(&app, "", &report));
    for answer in join_all(copies).await {
        answer.expect(204);
    }
    assert_eq!(came(&app).await, at("undelivered"));
    // Five such messages in a row would make everybody avoid Twilio. A hundred reports of one do not.
    app.starts_sign_in(&app.next_number()).await;
    assert_eq!(newest_attempt(&app).await.provider.as_deref(), Some("twilio"));
}

#[tokio::test]
async fn a_provider_whose_messages_are_lost_is_left_for_a_while() {
    let twilio = twilio().await;
    let app = app(by_both(&twilio.uri(), &webhook().await)).await;
    for _ in 0..5 {
        app.starts_sign_in(&app.next_number()).await;
        let attempt = newest_attempt(&app).await;
        assert_eq!(attempt.provider.as_deref(), Some("twilio"));
        let query = format!("?message={}", attempt.id);
        twilio_reports(&app, &query, &status("failed")).await.expect(204);
    }
    app.starts_sign_in(&app.next_number()).await;
    assert_eq!(newest_attempt(&app).await.provider.as_deref(), Some("webhook"));
    app.passes(super::FIRST_SKIP);
    app.starts_sign_in(&app.next_number()).await;
    assert_eq!(newest_attempt(&app).await.provider.as_deref(), Some("twilio"));
}

#[tokio::test]
async fn the_webhook_reports_by_either_name() {
    let webhook = webhook().await;
    let mut settings = by_both("http://127.0.0.1:9", &webhook);
    settings.providers.remove(0);
    let app = app(settings).await;
    app.starts_sign_in(&app.next_number()).await;
    let report = json!({ "message_id": "m1", "status": "sent" });
    webhook_reports(&app, -290, &report).await.expect(204);
    assert_eq!(came(&app).await, at("sent"));
    let report =
        json!({ "message_id": "m1", "id": newest_attempt(&app).await.id, "status": "delivered" });
    webhook_reports(&app, 290, &report).await.expect(204);
    assert_eq!(came(&app).await, at("delivered"));
    // Ours alone is enough.
    app.starts_sign_in(&app.next_number()).await;
    let report = json!({ "id": newest_attempt(&app).await.id, "status": "delivered" });
    webhook_reports(&app, 0, &report).await.expect(204);
    assert_eq!(came(&app).await, at("delivered"));
    assert_eq!(newest_attempt(&app).await.provider_id.as_deref(), Some("m2"));
}

/// A report may be faster than the answer to the request that it is about.
#[tokio::test]
async fn a_report_may_come_before_its_message_is_noted() {
    let twilio = twilio().await;
    let app = app(by_twilio(&twilio.uri())).await;
    for (taker, end) in [("twilio", at("delivered")), ("webhook", (None, false))] {
        app.starts_sign_in(&app.next_number()).await;
        let id = newest_attempt(&app).await.id;
        // As if nothing had been answered yet.
        let unsettled = "update sms_attempts set outcome = 'accepted', provider = null, provider_message_id = null
            where attempt_id = $1::text::uuid";
        app.sql().await.execute(unsettled, &[&id]).await.unwrap();
        let query = format!("?message={id}");
        twilio_reports(&app, &query, &status("delivered")).await.expect(204);
        assert_eq!(came(&app).await, at("delivered"));
        // Had Twilio been given up in the meantime, its report says nothing of the other's message.
        let attempt: ActivityId = id.parse().unwrap();
        sms::settle(&app.app, attempt, &Ok(Receipt::new(taker, "SM1"))).await.unwrap();
        let attempt = newest_attempt(&app).await;
        assert_eq!(attempt.provider.as_deref(), Some(taker));
        assert_eq!((attempt.status, attempt.is_delivered), end, "{taker}");
    }
}
