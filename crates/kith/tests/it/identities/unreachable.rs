//! Providers that are away, slow, endless, or send elsewhere.

use std::time::{Duration, Instant};

use kith_testkit::TestApp;
use serde_json::json;
use wiremock::ResponseTemplate;

use super::{
    app_with,
    browser::Browser,
    issuer::{DISCOVERY, Issuer},
    settings,
};

const START: &str = "/v1/auth/oidc/one/start";
const AWAY: &str = "/sign-in?problem=identity-unavailable";

async fn led_to(app: &TestApp) -> String {
    let answer = Browser::fresh(app).goes(START, "same-origin").await;
    answer.expect(303).header("location")
}

#[tokio::test]
async fn a_provider_that_describes_itself_wrongly_is_away() {
    let issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url())]).await;
    let honest = issuer.discovery();
    let with = |name: &str, value: &str| {
        let mut discovery = honest.clone();
        discovery[name] = json!(value);
        ResponseTemplate::new(200).set_body_json(discovery)
    };
    let url = issuer.url();
    let to = |address: &str| ResponseTemplate::new(302).insert_header("location", address);
    let answers = [
        with("issuer", "https://elsewhere.example"),
        with("issuer", &format!("{url}/")),
        with("token_endpoint", "http://192.0.2.1/token"),
        with("jwks_uri", "file:///etc/passwd"),
        with("authorization_endpoint", "javascript:alert(1)"),
        with("jwks_uri", "not an address"),
        to(&format!("{url}/elsewhere")),
        to("http://192.0.2.1/"),
        ResponseTemplate::new(200).set_body_string("<html>"),
        ResponseTemplate::new(200).set_body_string(" ".repeat(300_000)),
        ResponseTemplate::new(500),
        ResponseTemplate::new(404),
    ];
    for (place, answer) in answers.into_iter().enumerate() {
        issuer.answers_discovery(answer);
        assert_eq!(led_to(&app).await, AWAY, "answer {place}");
        // It is left alone for a moment, so that whoever waits does not wait behind it.
        let asked = issuer.requests(DISCOVERY).await.len();
        assert_eq!(led_to(&app).await, AWAY);
        assert!(issuer.requests(DISCOVERY).await.len() <= asked + 1);
        app.passes(Duration::from_secs(11));
    }
    issuer.describes(&honest);
    assert!(led_to(&app).await.starts_with(&format!("{url}/authorize?tenant=1&")));
}

#[tokio::test]
async fn a_slow_provider_is_given_up_and_others_do_not_wait_for_it() {
    let (slow, quick) = (Issuer::start().await, Issuer::start().await);
    let providers = vec![settings("one", &slow.url()), settings("two", &quick.url())];
    let app = app_with(providers).await;
    let late = ResponseTemplate::new(200).set_body_json(slow.discovery());
    slow.answers_discovery(late.set_delay(Duration::from_mins(5)));
    let begun = Instant::now();
    let patience = async { (led_to(&app).await, begun.elapsed()) };
    let other = async {
        let start = START.replace("one", "two");
        let browser = Browser::fresh(&app);
        (browser.goes(&start, "same-origin").await.expect(303).header("location"), begun.elapsed())
    };
    let ((end, waited), (led, unhindered)) = tokio::join!(patience, other);
    assert_eq!(end, AWAY);
    assert!(waited < Duration::from_secs(20), "{waited:?}");
    assert!(led.starts_with(&quick.url()) && unhindered < waited);
}

#[tokio::test]
async fn a_provider_that_is_gone_is_away() {
    let address = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let app = app_with(vec![settings("one", &format!("http://{address}"))]).await;
    assert_eq!(led_to(&app).await, AWAY);
    // Everything else goes on.
    app.person("ana").await;
}
