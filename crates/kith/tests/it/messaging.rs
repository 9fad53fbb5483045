//! Which sender of text messages the settings choose, through the whole start of the program.

use kith::{config::Config, start};
use kith_messaging::{Channel, SmsMessage};
use kith_testkit::postgres::TestDatabase;
use kith_types::phone::PhoneNumber;
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{basic_auth, body_string_contains, method, path},
};

const ACCOUNT: &str = "AC00000000000000000000000000000000";

fn settings(database: &TestDatabase, directory: &tempfile::TempDir) -> Config {
    let mut config = Config::defaults().unwrap();
    directory.path().clone_into(&mut config.data_dir);
    config.database.url = Some(database.connection().to_string().into());
    config
}

#[tokio::test]
async fn codes_go_out_by_the_configured_twilio_account() {
    let twilio = MockServer::start().await;
    let taken = json!({ "sid": "SM00000000000000000000000000000001", "status": "queued" });
    Mock::given(method("POST"))
        .and(path(format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json")))
        .and(basic_auth(ACCOUNT, "the-secret"))
        .and(body_string_contains("To=%2B14155550123"))
        .respond_with(ResponseTemplate::new(201).set_body_json(taken))
        .expect(1)
        .mount(&twilio)
        .await;
    let (database, directory) =
        (TestDatabase::create().await.unwrap(), tempfile::tempdir().unwrap());
    let mut config = settings(&database, &directory);
    config.sms.providers = vec!["twilio".to_owned()];
    config.sms.twilio_account_sid = Some(ACCOUNT.to_owned());
    config.sms.twilio_auth_token = Some("the-secret".into());
    config.sms.twilio_from = Some("+15005550006".to_owned());
    config.sms.twilio_url = Some(twilio.uri().parse().unwrap());

    let started = start::start(config).await.unwrap();
    assert!(started.app.inbox().is_none(), "nobody may read what goes to phones");
    let message = SmsMessage {
        id: "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20".to_owned(),
        to: PhoneNumber::parse("+14155550123", None).unwrap(),
        body: "Your Kith code is 123456.".into(),
        channel: Channel::Sms,
        code: "123456".into(),
        avoid: Vec::new(),
    };
    let receipt = started.app.sms().send(message).await.unwrap();
    assert_eq!(receipt.provider_id, "SM00000000000000000000000000000001");
    started.stop().await.unwrap();
}

#[tokio::test]
async fn a_provider_without_credentials_is_refused_at_the_start() {
    let (database, directory) =
        (TestDatabase::create().await.unwrap(), tempfile::tempdir().unwrap());
    for (provider, advice) in [("twilio", "twilio_auth_token"), ("pigeon", "use twilio")] {
        let mut config = settings(&database, &directory);
        config.sms.providers = vec![provider.to_owned()];
        let refused = start::start(config).await.err().unwrap().to_string();
        assert!(refused.contains(advice), "{refused}");
    }
}
