//! Sign-in by Twilio, judged by a mock that is generated from Twilio's own published description.

use std::time::Duration;

use kith_testkit::twilio::{Condition, TwilioPeer};
use serde_json::json;

use super::{
    ACCOUNT, FIRST_SKIP, TOKEN, app, by_both, by_twilio, newest_attempt, passed_on_to, webhook,
};

#[tokio::test]
async fn ana_signs_in_with_the_code_of_a_text_that_twilio_accepts() {
    let twilio = TwilioPeer::start().await;
    let app = app(by_twilio(&twilio.url)).await;
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let ana = app.signs_in_with("ana", &phone, &flow, &twilio.code_for(&phone)).await;
    ana.get("/v1/me").await.expect(200);

    let requests = twilio.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].status, Some(201), "{}", requests[0].answer);
    let attempt = newest_attempt(&app).await;
    assert_eq!((attempt.outcome.as_str(), attempt.failed.len()), ("sent", 0));
    assert_eq!(attempt.provider.as_deref(), Some("twilio"));
    assert_eq!(attempt.provider_id.as_deref(), requests[0].answer["sid"].as_str());
    assert_eq!(attempt.status, None, "nothing was reported yet");
}

#[tokio::test]
async fn ana_signs_in_with_the_code_of_a_call_that_twilio_accepts() {
    let twilio = TwilioPeer::start().await;
    let app = app(by_twilio(&twilio.url)).await;
    let phone = app.next_number();
    app.starts_sign_in(&phone).await;
    app.passes(Duration::from_secs(61));
    let body = json!({ "phone_number": phone, "channel": "call" });
    let started = app.anonymous().post("/v1/auth/phone/start", body).await.expect(202);
    let flow = started.text("/verification_id");
    app.signs_in_with("ana", &phone, &flow, &twilio.spoken_code_for(&phone)).await;
    let call = twilio.requests().pop().unwrap();
    assert_eq!(call.status, Some(201), "{}", call.answer);
}

/// What the other tests rest on: the mock refuses what the description does not allow.
#[tokio::test]
async fn the_mock_judges() {
    let twilio = TwilioPeer::start().await;
    let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
    let ask = async |account: &str, token: Option<&str>, body: &'static str| {
        let url = format!("{}/2010-04-01/Accounts/{account}/Messages.json", twilio.url);
        let request = http.post(url).header("content-type", "application/x-www-form-urlencoded");
        let request = match token {
            Some(token) => request.basic_auth(account, Some(token)),
            None => request,
        };
        request.body(body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(ask(ACCOUNT, Some(TOKEN), "To=%2B14155550123&From=Kith&Body=x").await, 201);
    assert_eq!(ask(ACCOUNT, None, "To=%2B14155550123&From=Kith&Body=x").await, 401);
    assert_eq!(ask(ACCOUNT, Some(TOKEN), "From=Kith&Body=x").await, 422);
    assert_eq!(ask("AC1", Some(TOKEN), "To=%2B14155550123&From=Kith&Body=x").await, 422);
    let service = "To=%2B14155550123&MessagingServiceSid=Kith&Body=x";
    assert_eq!(ask(ACCOUNT, Some(TOKEN), service).await, 422);
    let validity = "To=%2B14155550123&From=Kith&Body=x&ValidityPeriod=long";
    assert_eq!(ask(ACCOUNT, Some(TOKEN), validity).await, 422);
}

#[tokio::test]
async fn with_twilio_down_the_code_comes_by_the_second_provider() {
    let (twilio, webhook) = (TwilioPeer::start().await, webhook().await);
    let app = app(by_both(&twilio.url, &webhook)).await;
    twilio.is(Condition::Broken);
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let code = passed_on_to(&webhook, &phone).await.expect("it came");
    app.signs_in_with("ana", &phone, &flow, &code).await;
    let attempt = newest_attempt(&app).await;
    assert_eq!(
        (attempt.provider.as_deref(), attempt.failed),
        (Some("webhook"), vec!["twilio".to_owned()])
    );

    // The next person does not wait for Twilio at all, and when it is well again, it is used again.
    let asked = twilio.requests().len();
    app.starts_sign_in(&app.next_number()).await;
    assert_eq!(twilio.requests().len(), asked);
    twilio.is(Condition::Well);
    app.passes(FIRST_SKIP);
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    app.signs_in_with("cem", &phone, &flow, &twilio.code_for(&phone)).await;
}

#[tokio::test]
async fn with_twilio_silent_the_code_comes_by_the_second_provider() {
    let (twilio, webhook) = (TwilioPeer::start().await, webhook().await);
    let mut sms = by_both(&twilio.url, &webhook);
    assert!(sms.patience_ms < 10_000, "usually a person waits less than ten seconds");
    sms.patience_ms = 2_000;
    let app = app(sms).await;
    twilio.is(Condition::Silent);
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let code = passed_on_to(&webhook, &phone).await.expect("it came");
    app.signs_in_with("ana", &phone, &flow, &code).await;
    assert_eq!(twilio.requests().len(), 1);
}
