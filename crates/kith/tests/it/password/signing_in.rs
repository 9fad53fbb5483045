//! What a password opens.

use kith_testkit::TestApp;
use reqwest::Method;
use serde_json::{Value, json};

use super::{LOGIN, PASSWORD, tries, with_password};

#[tokio::test]
async fn a_password_leads_in_without_a_text_message() {
    let app = TestApp::start().await;
    let ana = with_password(&app, "ana").await;
    let texts = app.inbox.messages().len();
    let answer = tries(&app, &ana.phone, PASSWORD).await.expect(200);
    assert_eq!(answer.text("/user/user_id"), ana.user_id);
    let again = app.anonymous();
    again.takes_tokens(&answer);
    again.get("/v1/me").await.expect(200);
    again.refreshes().await.expect(200);
    assert_eq!(app.inbox.messages().len(), texts);
    let national = json!({ "phone_number": &ana.phone[2..], "region": "US", "password": PASSWORD });
    app.anonymous().post(LOGIN, national).await.expect(200);
}

#[tokio::test]
async fn a_browser_gets_its_session_in_cookies() {
    let app = TestApp::start().await;
    let ana = with_password(&app, "ana").await;
    let nobody = app.anonymous();
    let body = json!({ "phone_number": ana.phone, "password": PASSWORD, "session": "cookie" });
    let request = nobody.request(Method::POST, LOGIN).json(&body);
    nobody.send(request, Method::POST, LOGIN).await.expect_problem(403, "csrf-refused");
    let request = nobody.request(Method::POST, LOGIN).header("x-kith-csrf", "1").json(&body);
    let answer = nobody.send(request, Method::POST, LOGIN).await.expect(200);
    assert_eq!(answer.at("/access_token"), Value::Null);
    assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 2);
}

#[tokio::test]
async fn nobody_learns_who_has_an_account_or_a_password() {
    let app = TestApp::start().await;
    let ana = with_password(&app, "ana").await;
    let ben = app.person("ben").await;
    let mut told = Vec::new();
    for (phone, password) in [
        (ana.phone.clone(), "four horses on a hall"),
        (ana.phone.clone(), ""),
        (ben.phone.clone(), PASSWORD),
        (app.next_number(), PASSWORD),
    ] {
        let refused = tries(&app, &phone, password).await.expect_problem(401, "credentials-wrong");
        let mut said = refused.body;
        said["instance"].take();
        told.push(said);
    }
    assert!(told.iter().all(|said| *said == told[0]), "{told:#?}");
}

#[tokio::test]
async fn letters_are_the_same_however_a_keyboard_writes_them() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.steps_up(&app).await;
    let composed = "caf\u{e9} am gr\u{fc}nen Ufer";
    let decomposed = "cafe\u{301} am gru\u{308}nen Ufer";
    ana.put("/v1/me/password", json!({ "password": decomposed })).await.expect(204);
    tries(&app, &ana.phone, composed).await.expect(200);
    tries(&app, &ana.phone, &composed.to_uppercase()).await.expect(401);
}

#[tokio::test]
async fn a_suspended_person_still_signs_in() {
    let app = TestApp::start().await;
    let ana = with_password(&app, "ana").await;
    let suspend = "update users set status = 'suspended' where username = 'ana'";
    app.sql().await.execute(suspend, &[]).await.unwrap();
    let answer = tries(&app, &ana.phone, PASSWORD).await.expect(200);
    assert_eq!(answer.text("/user/status"), "suspended");
}

#[tokio::test]
async fn where_passwords_are_switched_off_none_is_taken() {
    let configure = |config: &mut kith::config::Config| config.auth.passwords = false;
    let app = TestApp::with(kith_testkit::Options { configure, ..Default::default() }).await;
    let ana = app.person("ana").await;
    let offered = ana.get("/v1/config").await.expect(200).at("/sign_in");
    assert_eq!(offered, json!(["phone", "passkey"]));
    tries(&app, &ana.phone, PASSWORD).await.expect_problem(404, "not-found");
    ana.steps_up(&app).await;
    let body = json!({ "password": PASSWORD });
    ana.put("/v1/me/password", body).await.expect_problem(404, "not-found");
    ana.delete("/v1/me/password").await.expect(204);
}
