//! What is sent to Twilio, and what its answers mean.

use std::collections::BTreeMap;
use std::time::Duration;

use kith_messaging::{
    Cause, Channel, SendError, Sender, SmsMessage, SmsSender, Twilio, TwilioConfig,
    TwilioConfigError, VoiceLanguage,
};
use serde_json::json;
use wiremock::matchers::{basic_auth, header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::{ANA, MESSAGE, message};

const ACCOUNT: &str = "AC00000000000000000000000000000000";
const SERVICE: &str = "MG0123456789abcdefABCDEF0123456789";
const SECRET: &str = "auth-token";
const MESSAGES: &str = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json";
const CALLS: &str = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Calls.json";

fn config(base: &str, sender: &str) -> TwilioConfig {
    let sender = Sender::parse(sender).unwrap();
    let validity = Duration::from_mins(10);
    TwilioConfig {
        base: base.to_owned(),
        ..TwilioConfig::new(ACCOUNT.into(), SECRET.into(), sender, validity)
    }
}

fn twilio(server: &MockServer, sender: &str) -> Twilio {
    Twilio::new(config(&server.uri(), sender)).unwrap()
}

/// The answer to a message that was taken, with the fields that the documentation shows.
fn taken() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({
        "account_sid": ACCOUNT, "api_version": "2010-04-01", "body": "…", "direction": "outbound-api",
        "error_code": null, "error_message": null, "num_segments": "1", "price": null, "price_unit": null,
        "sid": "SM00000000000000000000000000000001", "status": "queued", "to": ANA,
    }))
}

/// The answer to one that was not.
fn refused(status: u16, code: u32) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({
        "code": code, "message": "The 'To' number +14155550123 …", "status": status,
        "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
    }))
}

/// A server that accepts only what is documented, and answers once.
async fn server(resource: &str, answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(resource))
        .and(basic_auth(ACCOUNT, SECRET))
        .and(header("content-type", "application/x-www-form-urlencoded"))
        .respond_with(answer)
        .expect(1)
        .mount(&server)
        .await;
    server
}

async fn fields(server: &MockServer) -> BTreeMap<String, String> {
    let requests: Vec<Request> = server.received_requests().await.unwrap();
    url::form_urlencoded::parse(&requests[0].body).into_owned().collect()
}

fn map<const N: usize>(fields: [(&str, &str); N]) -> BTreeMap<String, String> {
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

#[tokio::test]
async fn a_text_is_sent_from_a_number_a_name_or_a_service() {
    let body = "Your Kith code is 123456. Ünï & <code>=1+1\n\n@example.org #123456";
    for (sender, field) in [
        ("+15005550006", "From"),
        ("Kith", "From"),
        ("12345", "From"),
        (SERVICE, "MessagingServiceSid"),
    ] {
        let server = server(MESSAGES, taken()).await;
        let receipt = twilio(&server, sender).send(message(ANA, "123456")).await.unwrap();
        assert_eq!(receipt.provider_id, "SM00000000000000000000000000000001");
        let expected =
            map([("To", ANA), (field, sender), ("Body", body), ("ValidityPeriod", "600")]);
        assert_eq!(fields(&server).await, expected);
    }
}

#[tokio::test]
async fn a_call_reads_the_digits_slowly_and_twice_and_nothing_else() {
    let server = server(CALLS, taken()).await;
    let call = SmsMessage { channel: Channel::Call, ..message(ANA, "12</Say>3") };
    twilio(&server, "+15005550006").send(call).await.unwrap();
    let pause = "<Pause length=\"1\"/>";
    let say = |text: &str| format!("<Say language=\"en-US\">{text}</Say>{pause}");
    let round = ["Your Kith code is:", "1", "2", "3"].map(say).concat();
    let twiml = format!("<Response>{pause}{round}{round}</Response>");
    assert_eq!(
        fields(&server).await,
        map([("To", ANA), ("From", "+15005550006"), ("Twiml", &twiml), ("Timeout", "20")])
    );
}

#[tokio::test]
async fn a_call_speaks_every_language_that_may_be_configured() {
    for tag in VoiceLanguage::tags() {
        let server = server(CALLS, taken()).await;
        let account = TwilioConfig {
            language: VoiceLanguage::parse(&tag.to_lowercase()).unwrap(),
            ..config(&server.uri(), "+15005550006")
        };
        let call = SmsMessage { channel: Channel::Call, ..message(ANA, "042731") };
        Twilio::new(account).unwrap().send(call).await.unwrap();
        let twiml = fields(&server).await["Twiml"].clone();
        // Twilio takes no more.
        assert!(twiml.chars().count() <= 4000, "{tag}");
        let spoken: Vec<&str> = twiml
            .split(&format!("<Say language=\"{tag}\">"))
            .skip(1)
            .map(|rest| rest.split_once("</Say><Pause length=\"1\"/>").unwrap().0)
            .collect();
        let (first, second) = spoken.split_at(7);
        assert_eq!(first, second, "{tag}");
        assert_eq!(first[1..], ["0", "4", "2", "7", "3", "1"], "{tag}");
        assert!(first[0].contains("Kith") && !first[0].contains(['<', '&', '>']), "{tag}");
    }
    let unknown = VoiceLanguage::parse("tlh").unwrap_err().to_string();
    assert!(unknown.contains("de-DE") && unknown.contains("tlh"), "{unknown}");
}

#[tokio::test]
async fn deliveries_are_reported_to_an_address_that_names_the_message() {
    for (resource, channel) in [(MESSAGES, Channel::Sms), (CALLS, Channel::Call)] {
        let server = server(resource, taken()).await;
        let reports = "https://photos.example.org/v1/callbacks/sms/twilio".parse().unwrap();
        let account =
            TwilioConfig { reports: Some(reports), ..config(&server.uri(), "+15005550006") };
        let message = SmsMessage { channel, ..message(ANA, "123456") };
        Twilio::new(account).unwrap().send(message).await.unwrap();
        assert_eq!(
            fields(&server).await["StatusCallback"],
            format!("https://photos.example.org/v1/callbacks/sms/twilio?message={MESSAGE}")
        );
    }
}

#[tokio::test]
async fn only_a_number_can_call() {
    let server = MockServer::start().await;
    for sender in ["Kith", SERVICE] {
        let call = SmsMessage { channel: Channel::Call, ..message(ANA, "123456") };
        let outcome = twilio(&server, sender).send(call).await;
        assert_eq!(outcome, Err(SendError::NotHere(Cause::NotConfigured)));
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn refusals_are_about_the_number_the_way_to_it_or_the_moment() {
    let permanent =
        [(400, 21211), (400, 21408), (400, 21610), (400, 21614), (400, 21635), (400, 13224)];
    let not_here = [(400, 21612), (400, 21214)];
    let temporary = [
        (401, 20003), // wrong credentials
        (403, 20003),
        (404, 20404), // no such account
        (429, 20429), // too many requests
        (400, 21606), // the sender is not ours
        (400, 14107), // the sender is over its rate
        (400, 21609),
        (500, 20500),
        (503, 20503),
        (500, 21211),
    ];
    let cause = |status, code| Cause::Refused { status, code };
    for (status, code) in permanent {
        assert_eq!(outcome(refused(status, code)).await, SendError::Permanent(cause(status, code)));
    }
    for (status, code) in not_here {
        assert_eq!(outcome(refused(status, code)).await, SendError::NotHere(cause(status, code)));
    }
    for (status, code) in temporary {
        assert_eq!(outcome(refused(status, code)).await, SendError::Temporary(cause(status, code)));
    }
}

#[tokio::test]
async fn answers_that_are_not_twilios_are_temporary_errors() {
    let html = |status| ResponseTemplate::new(status).set_body_string("<html>");
    let elsewhere = ResponseTemplate::new(307).insert_header("location", "http://127.0.0.1:9/");
    for (answer, cause) in [
        (html(201), Cause::NotUnderstood),
        (html(200), Cause::Refused { status: 200, code: 0 }),
        (html(502), Cause::Refused { status: 502, code: 0 }),
        (elsewhere, Cause::Refused { status: 307, code: 0 }),
    ] {
        assert_eq!(outcome(answer).await, SendError::Temporary(cause));
    }
}

#[tokio::test]
async fn a_silent_or_lost_provider_is_noticed() {
    let server = server(MESSAGES, taken().set_delay(Duration::from_mins(10))).await;
    let quick =
        TwilioConfig { timeout: Duration::from_millis(100), ..config(&server.uri(), "Kith") };
    let outcome = Twilio::new(quick).unwrap().send(message(ANA, "123456")).await;
    assert_eq!(outcome, Err(SendError::Temporary(Cause::NoAnswer)));

    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = Twilio::new(config(&format!("http://{address}"), "Kith")).unwrap();
    let outcome = nobody.send(message(ANA, "123456")).await;
    assert_eq!(outcome, Err(SendError::Temporary(Cause::NotReached)));
}

/// Anything but this machine must be addressed by TLS: the request is not even tried.
#[tokio::test]
async fn credentials_never_travel_in_the_clear() {
    let open = Twilio::new(config("http://twilio.example.org", "Kith")).unwrap();
    let outcome = open.send(message(ANA, "123456")).await;
    assert_eq!(outcome, Err(SendError::Temporary(Cause::NotReached)));
}

#[test]
fn a_wrong_account_or_sender_is_named() {
    for account in [
        "",
        "AC",
        "AC0000000000000000000000000000000g",
        "../x",
        "SK00000000000000000000000000000000",
    ] {
        let config = TwilioConfig {
            account_sid: account.into(),
            ..config("https://api.twilio.com", "Kith")
        };
        assert_eq!(Twilio::new(config).unwrap_err(), TwilioConfigError::Account, "{account}");
    }
    for base in ["", "api.twilio.com", "mailto:x"] {
        assert_eq!(
            Twilio::new(config(base, "Kith")).unwrap_err(),
            TwilioConfigError::Base,
            "{base}"
        );
    }
    for sender in ["", "+", "+1", "+1415555012a", "twelve chars", "näme", "+1234567890123456"] {
        assert_eq!(Sender::parse(sender).unwrap_err(), TwilioConfigError::Sender, "{sender}");
    }
    assert_eq!(Sender::parse("12345").unwrap(), Sender::Name("12345".into()));
    let number = Sender::Number("+15005550006".into());
    assert_eq!(Sender::parse("15005550006").unwrap(), number);
}

#[tokio::test]
async fn neither_secrets_nor_numbers_show_in_errors() {
    let error = outcome(refused(400, 21211)).await;
    let account = config("https://api.twilio.com", "+15005550006");
    let shown = format!("{error} {error:?} {:?}", Twilio::new(account).unwrap());
    assert!(!shown.contains("4155550123") && !shown.contains(SECRET), "{shown}");
}

async fn outcome(answer: ResponseTemplate) -> SendError {
    let server = server(MESSAGES, answer).await;
    twilio(&server, "+15005550006").send(message(ANA, "123456")).await.unwrap_err()
}
