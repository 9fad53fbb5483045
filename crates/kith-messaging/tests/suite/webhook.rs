//! What is sent to an operator's own webhook, and what its answers mean.

use std::sync::Arc;
use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use kith_messaging::{
    Cause, Channel, SendError, SigningKey, SmsMessage, SmsSender, VoiceLanguage, Webhook,
    WebhookConfig, WebhookConfigError,
};
use kith_types::time::{ManualClock, Timestamp};
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{ANA, MESSAGE, message};

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub const NOW: i64 = 1_800_000_000;

pub fn config(base: &str) -> WebhookConfig {
    WebhookConfig::new(format!("{base}/messages"), SECRET.into(), Duration::from_mins(10))
}

pub fn webhook(config: WebhookConfig) -> Result<Webhook, WebhookConfigError> {
    Webhook::new(config, Arc::new(ManualClock::new(Timestamp::from_unix_seconds(NOW))))
}

async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/messages"))
        .and(header("content-type", "application/json"))
        .and(header("webhook-id", MESSAGE))
        .and(header("webhook-timestamp", "1800000000"))
        .respond_with(answer)
        .expect(1)
        .mount(&server)
        .await;
    server
}

/// The test vector of the standard's own libraries.
#[test]
fn signatures_are_those_of_standard_webhooks() {
    let key = SigningKey::parse(SECRET).unwrap();
    let body = br#"{"test": 2432232314}"#;
    assert_eq!(
        key.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body),
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    );
    assert!(!format!("{key:?}").contains("MfKQ"));
}

#[tokio::test]
async fn a_message_is_passed_on_signed_and_named() {
    let taken = ResponseTemplate::new(202).set_body_json(json!({ "id": "their-7" }));
    for (channel, word) in [(Channel::Sms, "sms"), (Channel::Call, "call")] {
        let server = server(taken.clone()).await;
        let config = WebhookConfig {
            language: VoiceLanguage::parse("de-DE").unwrap(),
            reports: Some("https://photos.example.org/v1/callbacks/sms/webhook".parse().unwrap()),
            ..config(&server.uri())
        };
        let message = SmsMessage { channel, ..message(ANA, "123456") };
        let receipt = webhook(config).unwrap().send(message).await.unwrap();
        assert_eq!((receipt.provider, receipt.provider_id.as_str()), ("webhook", "their-7"));
        let request = &server.received_requests().await.unwrap()[0];
        let signature = SigningKey::parse(SECRET).unwrap().sign(MESSAGE, NOW, &request.body);
        assert_eq!(request.headers["webhook-signature"], signature.as_str());
        assert_eq!(
            serde_json::from_slice::<Value>(&request.body).unwrap(),
            json!({
                "id": MESSAGE, "channel": word, "to": ANA, "code": "123456", "language": "de-DE",
                "text": "Your Kith code is 123456. Ünï & <code>=1+1\n\n@example.org #123456",
                "valid_seconds": 600, "reports": "https://photos.example.org/v1/callbacks/sms/webhook",
            })
        );
    }
}

#[tokio::test]
async fn an_answer_without_a_name_keeps_ours() {
    for body in ["", "ok", "{}", "[]"] {
        let server = server(ResponseTemplate::new(200).set_body_string(body)).await;
        let sender = webhook(config(&server.uri())).unwrap();
        let receipt = sender.send(message(ANA, "123456")).await.unwrap();
        assert_eq!(receipt.provider_id, MESSAGE, "{body}");
    }
}

#[tokio::test]
async fn the_status_says_what_a_refusal_is_about() {
    for (status, expected) in [
        (410, SendError::Permanent as fn(Cause) -> SendError),
        (422, SendError::NotHere),
        (307, SendError::Temporary),
        (400, SendError::Temporary),
        (401, SendError::Temporary),
        (404, SendError::Temporary),
        (429, SendError::Temporary),
        (500, SendError::Temporary),
        (503, SendError::Temporary),
    ] {
        let server = server(ResponseTemplate::new(status)).await;
        let sender = webhook(config(&server.uri())).unwrap();
        let outcome = sender.send(message(ANA, "123456")).await;
        assert_eq!(outcome, Err(expected(Cause::Refused { status, code: 0 })));
    }
}

#[tokio::test]
async fn a_silent_webhook_is_noticed() {
    let server = server(ResponseTemplate::new(200).set_delay(Duration::from_mins(10))).await;
    let quick = WebhookConfig { timeout: Duration::from_millis(100), ..config(&server.uri()) };
    let outcome = webhook(quick).unwrap().send(message(ANA, "123456")).await;
    assert_eq!(outcome, Err(SendError::Temporary(Cause::NoAnswer)));
}

#[tokio::test]
async fn codes_never_travel_in_the_clear() {
    let open = webhook(config("http://sms.example.org")).unwrap();
    let outcome = open.send(message(ANA, "123456")).await;
    assert_eq!(outcome, Err(SendError::Temporary(Cause::NotReached)));
}

#[test]
fn a_wrong_address_or_secret_is_named() {
    for url in ["", "sms.example.org", "mailto:x", "ftp://sms.example.org"] {
        let config = WebhookConfig { url: url.into(), ..config("https://sms.example.org") };
        assert_eq!(webhook(config).err(), Some(WebhookConfigError::Url), "{url}");
    }
    let short = format!("whsec_{}", BASE64_STANDARD.encode([7; 23]));
    let long = format!("whsec_{}", BASE64_STANDARD.encode([7; 65]));
    for secret in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!", &short, &long] {
        let config = WebhookConfig { secret: secret.into(), ..config("https://sms.example.org") };
        assert_eq!(webhook(config).err(), Some(WebhookConfigError::Secret), "{secret}");
    }
}
