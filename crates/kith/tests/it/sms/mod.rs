//! Codes by real senders, and what providers report of them.

mod callbacks;
mod fallback;
mod text;
mod twilio;

use std::time::Duration;

use kith::config::{Config, Sms};
use kith_testkit::{Options, TestApp};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

const ACCOUNT: &str = "AC00000000000000000000000000000000";
const TOKEN: &str = "12345";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// As long as a provider is skipped after its first failure.
const FIRST_SKIP: Duration = Duration::from_secs(15);

/// Settings with Twilio at an address, and no other provider.
fn by_twilio(url: &str) -> Sms {
    Sms {
        providers: vec!["twilio".to_owned()],
        twilio_account_sid: Some(ACCOUNT.to_owned()),
        twilio_auth_token: Some(TOKEN.into()),
        twilio_from: Some("+15005550006".to_owned()),
        twilio_url: Some(url.parse().unwrap()),
        ..Config::defaults().unwrap().sms
    }
}

/// Settings with Twilio, and after it an operator's webhook.
fn by_both(twilio: &str, webhook: &MockServer) -> Sms {
    Sms {
        providers: vec!["twilio".to_owned(), "webhook".to_owned()],
        webhook_url: Some(format!("{}/messages", webhook.uri())),
        webhook_secret: Some(SECRET.into()),
        ..by_twilio(twilio)
    }
}

async fn app(sms: Sms) -> TestApp {
    TestApp::with(Options { sms: Some(sms), ..Options::default() }).await
}

/// An operator's webhook that takes everything under names of its own: `m1`, `m2` …
async fn webhook() -> MockServer {
    let server = MockServer::start().await;
    let count = std::sync::atomic::AtomicU32::new(0);
    let taken = move |_: &Request| {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
        ResponseTemplate::new(202).set_body_json(serde_json::json!({ "id": format!("m{number}") }))
    };
    Mock::given(method("POST")).and(path("/messages")).respond_with(taken).mount(&server).await;
    server
}

/// The newest code that the webhook was given for a number, as phones find it; none if it got none.
async fn passed_on_to(webhook: &MockServer, phone: &str) -> Option<String> {
    let requests = webhook.received_requests().await.unwrap();
    let mut bodies = requests.iter().rev().map(|it| it.body_json::<serde_json::Value>().unwrap());
    let body = bodies.find(|body| body["to"] == phone)?;
    let text = body["text"].as_str().unwrap().to_owned();
    Some(kith_testkit::twilio::origin_bound_code(&text).unwrap().1)
}

/// What is stored of the newest attempt for anybody.
#[derive(Debug, PartialEq)]
struct Attempt {
    id: String,
    outcome: String,
    provider: Option<String>,
    provider_id: Option<String>,
    failed: Vec<String>,
    status: Option<String>,
    is_delivered: bool,
}

async fn newest_attempt(app: &TestApp) -> Attempt {
    let row = app
        .sql()
        .await
        .query_one(
            "select attempt_id::text, outcome, provider, provider_message_id, failed_providers, delivery_status,
             delivered_at is not null from sms_attempts order by created_at desc limit 1",
            &[],
        )
        .await
        .unwrap();
    Attempt {
        id: row.get(0),
        outcome: row.get(1),
        provider: row.get(2),
        provider_id: row.get(3),
        failed: row.get(4),
        status: row.get(5),
        is_delivered: row.get(6),
    }
}
