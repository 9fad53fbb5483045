//! Delivery reports: whose they are, what they say, and in which order they count.

use std::time::Duration;

use kith_messaging::{
    Blame, Callback, CallbackError, Delivery, HeaderMap, Report, Sender, SigningKey, SmsSender,
    Twilio, TwilioConfig,
};
use kith_types::time::Timestamp;

use crate::webhook::{NOW, SECRET, config, webhook};

/// The account's token, the address and the fields of Twilio's documentation ("Validating requests").
const TOKEN: &str = "12345";
const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const FIELDS: &str = "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&\
                      CallSid=CA1234567890ABCDE";
const DOCUMENTED: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

fn twilio() -> Twilio {
    let account = "AC00000000000000000000000000000000".to_owned();
    let sender = Sender::parse("+15005550006").unwrap();
    let config = TwilioConfig::new(account, TOKEN.into(), sender, Duration::from_mins(10));
    Twilio::new(config).unwrap()
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

fn ask(
    sender: &dyn SmsSender,
    url: &str,
    headers: &HeaderMap,
    body: &str,
) -> Result<Option<Report>, CallbackError> {
    let now = Timestamp::from_unix_seconds(NOW);
    let callback = Callback { url, headers, body: body.as_bytes(), now };
    sender.read_report("whoever", &callback)
}

/// A correct signature of Twilio's, from the same rule as documented.
fn signed(url: &str, body: &str) -> HeaderMap {
    use aws_lc_rs::hmac;
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let mut fields: Vec<_> = url::form_urlencoded::parse(body.as_bytes()).collect();
    fields.sort();
    let text: String =
        fields.iter().flat_map(|(name, value)| [name.as_ref(), value.as_ref()]).collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, TOKEN.as_bytes());
    let tag = hmac::sign(&key, format!("{url}{text}").as_bytes());
    headers(&[("x-twilio-signature", &BASE64_STANDARD.encode(tag))])
}

#[test]
fn twilios_documented_example_passes_and_no_change_of_it() {
    let right = headers(&[("x-twilio-signature", DOCUMENTED)]);
    // The example is of a call that asks for instructions: genuine, and no delivery report.
    assert_eq!(ask(&twilio(), URL, &right, FIELDS), Err(CallbackError::NotUnderstood));
    let other_field = FIELDS.replace("1234&To", "1235&To");
    let with_more = format!("{FIELDS}&MessageStatus=delivered");
    for (url, given, body) in [
        ("https://mycompany.com/myapp.php?foo=1&bar=3", &right, FIELDS),
        ("http://mycompany.com/myapp.php?foo=1&bar=2", &right, FIELDS),
        ("https://mycompany.com:444/myapp.php?foo=1&bar=2", &right, &other_field),
        (URL, &right, &other_field),
        (URL, &right, &with_more),
        (URL, &headers(&[("x-twilio-signature", "")]), FIELDS),
        (URL, &headers(&[("x-twilio-signature", "no base64")]), FIELDS),
        (URL, &headers(&[("x-twilio-signature", "RSOYDt4T1cUTdK1PDd93/VVr8B4=")]), FIELDS),
        (URL, &HeaderMap::new(), FIELDS),
    ] {
        assert_eq!(ask(&twilio(), url, given, body), Err(CallbackError::Forged), "{url} {body}");
    }
}

#[test]
fn a_port_may_be_written_or_not() {
    let body = "MessageSid=SM1&MessageStatus=sent";
    for (ours, theirs) in [
        ("https://kith.example/r", "https://kith.example:443/r"),
        ("https://kith.example:8443/r?message=1", "https://kith.example/r?message=1"),
        ("http://kith.example/r", "http://kith.example:80/r"),
    ] {
        assert!(ask(&twilio(), ours, &signed(theirs, body), body).is_ok(), "{theirs}");
    }
}

#[test]
fn every_status_of_twilio_has_its_meaning() {
    let (phone, way) = (Delivery::Undelivered(Blame::Phone), Delivery::Undelivered(Blame::Way));
    for (fields, expected) in [
        ("MessageSid=SM1&MessageStatus=accepted", Some(Delivery::Queued)),
        ("MessageSid=SM1&MessageStatus=queued", Some(Delivery::Queued)),
        ("MessageSid=SM1&MessageStatus=sending", Some(Delivery::Queued)),
        ("MessageSid=SM1&MessageStatus=sent", Some(Delivery::Sent)),
        ("MessageSid=SM1&MessageStatus=delivered", Some(Delivery::Delivered)),
        ("MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003", Some(phone)),
        ("MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005", Some(phone)),
        ("MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30007", Some(way)),
        ("MessageSid=SM1&MessageStatus=failed&ErrorCode=30002", Some(way)),
        ("MessageSid=SM1&MessageStatus=failed", Some(way)),
        ("MessageSid=SM1&MessageStatus=receiving", None),
        ("CallSid=SM1&CallStatus=initiated", Some(Delivery::Queued)),
        ("CallSid=SM1&CallStatus=ringing", Some(Delivery::Sent)),
        ("CallSid=SM1&CallStatus=in-progress", Some(Delivery::Sent)),
        ("CallSid=SM1&CallStatus=completed", Some(Delivery::Delivered)),
        ("CallSid=SM1&CallStatus=no-answer", Some(phone)),
        ("CallSid=SM1&CallStatus=busy", Some(phone)),
    ] {
        let url = "https://kith.example/v1/callbacks/sms/twilio?message=ours";
        let report = ask(&twilio(), url, &signed(url, fields), fields).unwrap();
        let expected = expected.map(|delivery| Report {
            provider: "twilio",
            provider_id: "SM1".to_owned(),
            message_id: Some("ours".to_owned()),
            delivery,
        });
        assert_eq!(report, expected, "{fields}");
    }
}

fn signed_webhook(seconds: i64, body: &str) -> HeaderMap {
    let signature = SigningKey::parse(SECRET).unwrap().sign("r1", seconds, body.as_bytes());
    let time = seconds.to_string();
    headers(&[
        ("webhook-id", "r1"),
        ("webhook-timestamp", &time),
        ("webhook-signature", &format!("v1,AAAA v2,x {signature}")),
    ])
}

#[test]
fn a_webhooks_report_counts_for_five_minutes_and_only_with_its_signature() {
    let sender = webhook(config("https://sms.example.org")).unwrap();
    let body = r#"{"message_id":"m1","status":"delivered"}"#;
    for seconds in [NOW - 300, NOW, NOW + 300] {
        assert!(ask(&sender, "", &signed_webhook(seconds, body), body).is_ok(), "{seconds}");
    }
    for seconds in [NOW - 301, NOW + 301, 0] {
        let late = ask(&sender, "", &signed_webhook(seconds, body), body);
        assert_eq!(late, Err(CallbackError::Forged), "{seconds}");
    }
    let right = signed_webhook(NOW, body);
    let other_body = r#"{"message_id":"m2","status":"delivered"}"#;
    assert_eq!(ask(&sender, "", &right, other_body), Err(CallbackError::Forged));
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        for value in [None, Some("1"), Some("")] {
            let mut changed = right.clone();
            changed.remove(name);
            if let Some(value) = value {
                changed.insert(name, value.parse().unwrap());
            }
            assert_eq!(ask(&sender, "", &changed, body), Err(CallbackError::Forged), "{name}");
        }
    }
}

#[test]
fn a_webhooks_report_names_the_message_and_says_how_far_it_came() {
    let sender = webhook(config("https://sms.example.org")).unwrap();
    let ask = |body: &str| ask(&sender, "", &signed_webhook(NOW, body), body);
    let report = |id: &str, ours: Option<&str>, delivery| {
        let (provider_id, message_id) = (id.to_owned(), ours.map(ToOwned::to_owned));
        Ok(Some(Report { provider: "webhook", provider_id, message_id, delivery }))
    };
    assert_eq!(
        ask(r#"{"message_id":"m1","id":"ours","status":"sent","more":1}"#),
        report("m1", Some("ours"), Delivery::Sent)
    );
    assert_eq!(
        ask(r#"{"id":"ours","status":"queued"}"#),
        report("ours", Some("ours"), Delivery::Queued)
    );
    assert_eq!(
        ask(r#"{"message_id":"m1","status":"undelivered"}"#),
        report("m1", None, Delivery::Undelivered(Blame::Way))
    );
    assert_eq!(
        ask(r#"{"message_id":"m1","status":"undelivered","blame":"phone"}"#),
        report("m1", None, Delivery::Undelivered(Blame::Phone))
    );
    for body in ["", "[]", "{}", r#"{"status":"sent"}"#, r#"{"id":"x","status":"lost"}"#] {
        assert_eq!(ask(body), Err(CallbackError::NotUnderstood), "{body}");
    }
}

#[test]
fn a_message_goes_only_forward() {
    let all = [
        Delivery::Queued,
        Delivery::Sent,
        Delivery::Delivered,
        Delivery::Undelivered(Blame::Phone),
    ];
    for later in all {
        for earlier in all {
            let is_forward = later.may_follow().contains(&earlier.as_str());
            let steps = |delivery| match delivery {
                Delivery::Queued => 0,
                Delivery::Sent => 1,
                Delivery::Delivered | Delivery::Undelivered(_) => 2,
            };
            assert_eq!(is_forward, steps(earlier) < steps(later), "{earlier:?} {later:?}");
        }
    }
}
