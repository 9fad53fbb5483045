//! What people do with passkeys.

use std::time::Duration;

use kith_testkit::{Options, TestApp, passkeys::Authenticator};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_passkey_leads_in_and_steps_up_without_a_text_message() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    ana.adds_passkey(&phone).await;
    ana.posts_nothing("/v1/auth/logout").await.expect(204);
    let texts = app.inbox.messages().len();

    let again = app.signs_in_by_passkey("ana", &phone).await;
    assert_eq!(again.user_id, ana.user_id);
    let password = json!({ "password": "four horses on a hill" });
    again.put("/v1/me/password", password.clone()).await.expect_problem(403, "step-up-required");
    again.steps_up_by_passkey(&phone).await.expect(204);
    again.put("/v1/me/password", password).await.expect(204);
    assert_eq!(app.inbox.messages().len(), texts, "no text was sent for any of it");
}

#[tokio::test]
async fn options_ask_for_a_key_that_says_whose_it_is_and_checks_its_owner() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.steps_up(&app).await;
    let (_, options) = ana.starts_passkey().await;
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!(options["user"]["name"], "ana");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["requireResidentKey"], true);
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["attestation"], "none");
    let phone = Authenticator::new(&app);
    ana.adds_passkey(&phone).await;
    let (_, options) = ana.starts_passkey().await;
    let excluded = options["excludeCredentials"].as_array().expect("a list");
    assert_eq!(excluded.len(), 1, "the device is told that it has one");

    let (_, options) = app.anonymous().starts_passkey_login().await;
    assert_eq!(options["rpId"], "localhost");
    assert_eq!(options["userVerification"], "required");
    let allowed = options.get("allowCredentials").and_then(Value::as_array);
    assert!(allowed.is_none_or(Vec::is_empty), "nobody is named before they are known");
    let (_, other) = app.anonymous().starts_passkey_login().await;
    assert_ne!(options["challenge"], other["challenge"]);
}

#[tokio::test]
async fn a_browser_gets_its_session_in_cookies() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    ana.adds_passkey(&phone).await;
    let (nobody, path) = (app.anonymous(), "/v1/auth/passkeys/login/finish");
    for (csrf, status) in [("0", 403), ("1", 200)] {
        let (login, options) = nobody.starts_passkey_login().await;
        let credential = phone.answers(&options);
        let body = json!({ "login_id": login, "credential": credential, "session": "cookie" });
        let request = nobody.request(Method::POST, path).header("x-kith-csrf", csrf).json(&body);
        let answer = nobody.send(request, Method::POST, path).await.expect(status);
        assert_eq!(answer.at("/access_token"), Value::Null);
        let cookies = answer.headers.get_all("set-cookie").iter().count();
        assert_eq!(cookies, if status == 200 { 2 } else { 0 });
    }
}

#[tokio::test]
async fn a_suspended_person_still_signs_in() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    ana.adds_passkey(&phone).await;
    let suspend = "update users set status = 'suspended' where username = 'ana'";
    app.sql().await.execute(suspend, &[]).await.unwrap();
    let again = app.signs_in_by_passkey("ana", &phone).await;
    assert_eq!(again.get("/v1/me").await.expect(200).text("/status"), "suspended");
    again.steps_up_by_passkey(&phone).await.expect(204);
}

#[tokio::test]
async fn a_challenge_lives_five_minutes() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    let (registration, options) = ana.starts_passkey().await;
    app.passes(Duration::from_secs(301));
    let late = ana.hands_in_passkey(&registration, phone.makes(&options)).await;
    late.expect_problem(409, "conflict");
    ana.adds_passkey(&phone).await;
    let nobody = app.anonymous();
    let (login, options) = nobody.starts_passkey_login().await;
    app.passes(Duration::from_secs(290));
    nobody.finishes_passkey_login(&login, phone.answers(&options)).await.expect(200);
    let (login, options) = nobody.starts_passkey_login().await;
    app.passes(Duration::from_secs(301));
    let late = nobody.finishes_passkey_login(&login, phone.answers(&options)).await;
    late.expect_problem(401, "credentials-wrong");
}

#[tokio::test]
async fn where_the_public_address_has_no_name_passkeys_are_not_offered() {
    let configure = |config: &mut kith::config::Config| {
        config.public_url = Some("https://203.0.113.7".parse().unwrap());
        config.environment = Some(kith::config::Environment::Production);
    };
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    let nobody = app.anonymous();
    let offered = nobody.get("/v1/config").await.expect(200).at("/sign_in");
    assert_eq!(offered, json!(["phone", "password"]));
    nobody.posts_nothing("/v1/auth/passkeys/login/start").await.expect_problem(404, "not-found");
}
