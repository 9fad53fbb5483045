//! Mails through a mail server that is not ours, with and without encryption, and when it is away.

use std::{path::Path, time::Duration};

use kith::config::{LimitProfile, Mail};
use kith_testkit::{Options, Person, TestApp, node_peer::SmtpPeer};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{START, VERIFY, sets};
use crate::foundations::database_tls::certificates;

const FROM: &str = "Kith at Ana's <kith@photos.example.org>";
const ADDRESS: &str = "ana@example.org";
/// Its signs must be encoded in an address.
const PASSWORD: &str = "p@ss/w:rd+1%";
const ENCODED: &str = "p%40ss%2Fw%3Ard%2B1%25";

async fn app_with(url: &str, authority: Option<&Path>) -> (TestApp, Person) {
    let mail = Mail {
        url: Some(url.into()),
        from: Some(FROM.to_owned()),
        ca_file: authority.map(Path::to_owned),
    };
    let limits = LimitProfile::Production;
    let app = TestApp::with(Options { mail, limits, ..Options::default() }).await;
    assert!(app.app.mailbox().is_none(), "nobody may read what goes to people");
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    (app, ana)
}

/// Settings of a mail server with a certificate for `localhost`.
fn encrypted(files: &TempDir, secure: bool) -> Value {
    let read = |name: &str| std::fs::read_to_string(files.path().join(name)).unwrap();
    json!({
        "key": read("server.key"), "cert": read("server.pem"), "secure": secure,
        "user": "kith", "password": PASSWORD,
    })
}

/// The six digits of a text.
fn code_of(mail: &Value) -> String {
    let text = mail["text"].as_str().unwrap();
    let words = text.split(|sign: char| !sign.is_ascii_digit());
    words.into_iter().find(|word| word.len() == 6).expect("a code").to_owned()
}

#[tokio::test]
async fn a_mail_says_what_it_is_and_its_code_works() {
    let mut server = SmtpPeer::start(json!({})).await;
    let (app, ana) = app_with(&format!("smtp://127.0.0.1:{}", server.port), None).await;
    ana.posts_nothing(START).await.expect(202);
    let mail = server.next_mail().await;
    assert_eq!(mail["from"], "\"Kith at Ana's\" <kith@photos.example.org>");
    assert_eq!(mail["to"], ADDRESS);
    assert_eq!(mail["subject"], "Confirm your e-mail address");
    assert_eq!(mail["html"], false);
    assert_eq!(mail["attachments"], 0);
    assert_eq!(mail["auto_submitted"], "auto-generated");
    assert!(mail["message_id"].as_str().unwrap().ends_with("@photos.example.org>"), "{mail}");
    let date = mail["date"].as_str().unwrap();
    let now = serde_json::to_value(app.app.now()).unwrap();
    assert_eq!(date[..13], now.as_str().unwrap()[..13], "{date}");
    let code = code_of(&mail);
    assert!(mail["text"].as_str().unwrap().starts_with(&format!("Your Kith code is {code}.")));
    ana.post(VERIFY, json!({ "code": code })).await.expect(200);
}

#[tokio::test]
async fn mails_and_the_password_travel_encrypted() {
    let files = certificates();
    let authority = files.path().join("ca.pem");
    for (scheme, secure) in [("smtp", false), ("smtps", true)] {
        let mut server = SmtpPeer::start(encrypted(&files, secure)).await;
        let url = format!("{scheme}://kith:{ENCODED}@localhost:{}", server.port);
        let (_app, ana) = app_with(&url, Some(&authority)).await;
        ana.posts_nothing(START).await.expect(202);
        let mail = server.next_mail().await;
        assert_eq!((&mail["is_encrypted"], &mail["user"]), (&json!(true), &json!("kith")));
        ana.post(VERIFY, json!({ "code": code_of(&mail) })).await.expect(200);
    }
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_that_is_not_trusted_or_not_encrypted() {
    let files = certificates();
    let stranger = files.path().join("stranger.pem");
    let server = SmtpPeer::start(encrypted(&files, false)).await;
    let url = format!("smtp://kith:{ENCODED}@localhost:{}", server.port);
    let (_app, ana) = app_with(&url, Some(&stranger)).await;
    ana.posts_nothing(START).await.expect_problem(503, "unavailable");

    // A server that offers no encryption, or somebody between who takes the offer away.
    let mut plain = SmtpPeer::start(json!({})).await;
    let url = format!("smtp://kith:{ENCODED}@localhost:{}", plain.port);
    let authority = files.path().join("ca.pem");
    let (_app, ben) = app_with(&url, Some(&authority)).await;
    ben.posts_nothing(START).await.expect_problem(503, "unavailable");
    // The next mail is the first one: nothing came before it.
    let (_app, cem) = app_with(&format!("smtp://127.0.0.1:{}", plain.port), None).await;
    cem.posts_nothing(START).await.expect(202);
    let mail = plain.next_mail().await;
    cem.post(VERIFY, json!({ "code": code_of(&mail) })).await.expect(200);
}

#[tokio::test]
async fn a_server_that_is_away_costs_nothing_but_the_moment() {
    let server = SmtpPeer::start(json!({})).await;
    let port = server.port;
    let (_app, ana) = app_with(&format!("smtp://127.0.0.1:{port}"), None).await;
    drop(server);
    for _ in 0..7 {
        // Neither a pause nor the five of a day are used up.
        let away = ana.posts_nothing(START).await.expect_problem(503, "unavailable");
        assert!(away.at("/retry_after").is_u64());
    }
    assert_eq!(ana.get("/v1/me").await.expect(200).at("/email"), json!(ADDRESS));
    let mut server = SmtpPeer::start(json!({ "port": port })).await;
    ana.posts_nothing(START).await.expect(202);
    let mail = server.next_mail().await;
    ana.post(VERIFY, json!({ "code": code_of(&mail) })).await.expect(200);
}

#[tokio::test]
async fn an_address_that_takes_no_mail_is_told_from_a_server_that_is_busy() {
    let server = SmtpPeer::start(json!({})).await;
    let (app, ana) = app_with(&format!("smtp://127.0.0.1:{}", server.port), None).await;
    sets(&ana, "nobody@example.org").await;
    let told = ana.posts_nothing(START).await.expect_problem(422, "validation");
    assert!(told.text("/detail").contains("no mail reaches this address"));
    assert!(!told.body.to_string().contains("nobody@"));
    // It counts, so that the next one has to wait; being put off does not.
    sets(&ana, "later@example.org").await;
    ana.posts_nothing(START).await.expect_problem(429, "rate-limited");
    app.passes(Duration::from_secs(61));
    ana.posts_nothing(START).await.expect_problem(503, "unavailable");
    sets(&ana, ADDRESS).await;
    ana.posts_nothing(START).await.expect(202);
}

#[tokio::test]
async fn which_mailboxes_there_are_can_be_asked_five_times_a_day() {
    let server = SmtpPeer::start(json!({})).await;
    let (app, ana) = app_with(&format!("smtp://127.0.0.1:{}", server.port), None).await;
    for (n, pause) in [60, 120, 300, 600, 600].into_iter().enumerate() {
        sets(&ana, &format!("nobody@{n}.example.org")).await;
        ana.posts_nothing(START).await.expect_problem(422, "validation");
        app.passes(Duration::from_secs(pause + 1));
        ana.refreshes().await.expect(200);
    }
    sets(&ana, "nobody@other.example.org").await;
    ana.posts_nothing(START).await.expect_problem(429, "rate-limited");
    app.passes(Duration::from_hours(24));
    ana.refreshes().await.expect(200);
    ana.posts_nothing(START).await.expect_problem(422, "validation");
}
