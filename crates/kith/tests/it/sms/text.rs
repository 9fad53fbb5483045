//! The text as phones read it: they fill a code in only where its last line says that it belongs.

use kith::config::{Config, Environment, LimitProfile};
use kith_testkit::{Options, TestApp, twilio::origin_bound_code};
use secrecy::ExposeSecret as _;

/// The text and the code of a sign-in at a server with these settings.
async fn text(configure: fn(&mut Config)) -> (String, String) {
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    app.starts_sign_in(&app.next_number()).await;
    let sent = app.inbox.messages().remove(0).message;
    (sent.body.expose_secret().to_owned(), sent.code.expose_secret().to_owned())
}

fn public(config: &mut Config) {
    config.public_url = Some("https://photos.example.org:8443".parse().unwrap());
    config.environment = Some(Environment::Production);
    config.limits.profile = Some(LimitProfile::Production);
}

#[tokio::test]
async fn a_phone_finds_the_code_and_the_site_that_it_is_for() {
    let (text, code) = text(public).await;
    let found = origin_bound_code(&text);
    assert_eq!(found, Some(("photos.example.org".to_owned(), code.clone())), "{text}");
    // Phones without that rule look for the first number in the words.
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take(6).collect();
    assert_eq!(digits, code, "{text}");
    // One message, not two: each costs.
    assert!(text.is_ascii() && text.len() <= 160, "{text}");
}

#[tokio::test]
async fn a_phone_finds_the_code_of_a_machine_of_ones_own() {
    let (text, code) = text(|_| {}).await;
    assert_eq!(origin_bound_code(&text), Some(("127.0.0.1".to_owned(), code)), "{text}");
}

#[test]
fn other_last_lines_bind_nothing() {
    let bound = |host: &str| Some((host.to_owned(), "123456".to_owned()));
    assert_eq!(origin_bound_code("Hello.\n\n@kith.example #123456"), bound("kith.example"));
    for text in [
        "",
        "@kith.example",
        "@kith.example 123456",
        "@kith.example #",
        "kith.example #123456",
        "@https://kith.example #123456",
        "@kith.example #123456\nbye",
        "Use @kith.example #123456",
        "@kith.example #123456 now",
    ] {
        assert_eq!(origin_bound_code(text), None, "{text}");
    }
}
