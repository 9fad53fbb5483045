//! Adding and removing passkeys, and who must not.

use kith_testkit::{
    TestApp,
    passkeys::{Authenticator, Saying, USER_VERIFIED, spoil},
};
use serde_json::json;

const START: &str = "/v1/auth/passkeys/register/start";

#[tokio::test]
async fn a_session_alone_adds_and_removes_nothing() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.posts_nothing(START).await.expect_problem(403, "step-up-required");
    ana.steps_up(&app).await;
    let phone = Authenticator::new(&app);
    let passkey = ana.adds_passkey(&phone).await;
    let thief = app.signs_in("ana", &ana.phone).await;
    thief.posts_nothing(START).await.expect_problem(403, "step-up-required");
    let path = format!("/v1/me/passkeys/{passkey}");
    thief.delete(&path).await.expect_problem(403, "step-up-required");
    ana.delete(&path).await.expect(204);
}

#[tokio::test]
async fn a_registration_belongs_to_its_session_and_is_finished_once() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let desk = app.signs_in("ana", &ana.phone).await;
    for person in [&ana, &ben, &desk] {
        person.steps_up(&app).await;
    }
    let phone = Authenticator::new(&app);
    let (registration, options) = ana.starts_passkey().await;
    let made = phone.makes(&options);
    for other in [&ben, &desk] {
        let answer = other.hands_in_passkey(&registration, made.clone()).await;
        answer.expect_problem(409, "conflict");
    }
    ana.hands_in_passkey(&registration, made.clone()).await.expect(201);
    ana.hands_in_passkey(&registration, made.clone()).await.expect_problem(409, "conflict");
    // A credential that an account has cannot be handed in for another one.
    let credential_id = made["rawId"].clone();
    let (registration, options) = ben.starts_passkey().await;
    let id = phone_id(&credential_id);
    let copied = phone.makes_as(&options, |saying| saying.credential_id = id);
    ben.hands_in_passkey(&registration, copied).await.expect_problem(409, "conflict");
}

#[tokio::test]
async fn a_registration_whose_answer_was_lost_is_told_again() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.steps_up(&app).await;
    let (registration, options) = ana.starts_passkey().await;
    let credential = Authenticator::new(&app).makes(&options);
    let body = json!({ "registration_id": registration, "credential": credential });
    let (path, key) = ("/v1/auth/passkeys/register/finish", "made-once");
    let first = ana.post_once(path, key, body.clone()).await.expect(201);
    let again = ana.post_once(path, key, body.clone()).await.expect(201);
    assert_eq!(again.body, first.body);
    ana.post_once(path, "another", body.clone()).await.expect_problem(409, "conflict");
    let other = json!({ "registration_id": registration, "credential": {} });
    ana.post_once(path, key, other).await.expect_problem(422, "idempotency-mismatch");
    ana.delete(&format!("/v1/me/passkeys/{}", first.text("/passkey_id"))).await.expect(204);
    ana.post_once(path, key, body).await.expect_problem(404, "not-found");
}

fn phone_id(encoded: &serde_json::Value) -> Vec<u8> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.decode(encoded.as_str().unwrap()).unwrap()
}

type Lie = fn(&mut Saying);

#[tokio::test]
async fn a_new_passkey_that_lies_is_refused() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.steps_up(&app).await;
    let phone = Authenticator::new(&app);
    let lies: [(&str, Lie); 6] = [
        ("another site", |saying| saying.origin = "https://evil.example".into()),
        ("another relying party", |saying| saying.rp_id = "evil.example".into()),
        ("another challenge", |saying| saying.challenge = "AAAA".into()),
        ("an answer instead", |saying| saying.kind = "webauthn.get".into()),
        ("nobody checked", |saying| saying.flags &= !USER_VERIFIED),
        ("inside of another page", |saying| saying.cross_origin = true),
    ];
    for (name, lie) in lies {
        let (registration, options) = ana.starts_passkey().await;
        let answer = ana.hands_in_passkey(&registration, phone.makes_as(&options, lie)).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.body);
        assert_eq!(answer.text("/errors/0/pointer"), "/credential", "{name}");
        // The challenge is spent.
        let honest = ana.hands_in_passkey(&registration, phone.makes(&options)).await;
        honest.expect_problem(409, "conflict");
    }
    let (registration, options) = ana.starts_passkey().await;
    let mut spoilt = phone.makes(&options);
    spoil(&mut spoilt, "attestationObject", |bytes| bytes.truncate(60));
    ana.hands_in_passkey(&registration, spoilt).await.expect_problem(422, "validation");
    assert_eq!(ana.get("/v1/me/ways-in").await.expect(200).at("/passkeys"), json!([]));
}

#[tokio::test]
async fn ten_passkeys_are_enough() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.steps_up(&app).await;
    let phone = Authenticator::new(&app);
    let early = ana.starts_passkey().await;
    for _ in 0..9 {
        ana.adds_passkey(&phone).await;
    }
    let tenth = ana.adds_passkey(&phone).await;
    ana.posts_nothing(START).await.expect_problem(409, "conflict");
    let late = ana.hands_in_passkey(&early.0, phone.makes(&early.1)).await;
    late.expect_problem(409, "conflict");
    ana.delete(&format!("/v1/me/passkeys/{tenth}")).await.expect(204);
    ana.adds_passkey(&phone).await;
}

#[tokio::test]
async fn passkeys_have_names_and_are_their_owners_alone() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    let (registration, options) = ana.starts_passkey().await;
    let mut body = json!({ "registration_id": registration, "credential": phone.makes(&options) });
    let finish = "/v1/auth/passkeys/register/finish";
    body["name"] = json!("");
    let nameless = ana.post(finish, body.clone()).await.expect_problem(422, "validation");
    assert_eq!(nameless.text("/errors/0/pointer"), "/name");
    body["name"] = json!("Ana's phone");
    let added = ana.post(finish, body).await.expect(201);
    assert_eq!(added.text("/name"), "Ana's phone");
    assert!(added.at("/last_used_at").is_null());
    let again = app.signs_in_by_passkey("ana", &phone).await;
    let listed = again.get("/v1/me/ways-in").await.expect(200);
    assert_eq!(listed.text("/passkeys/0/passkey_id"), added.text("/passkey_id"));
    assert!(listed.at("/passkeys/0/last_used_at").is_string());

    ben.steps_up(&app).await;
    let path = format!("/v1/me/passkeys/{}", added.text("/passkey_id"));
    ben.delete(&path).await.expect_problem(404, "not-found");
    ana.delete(&path).await.expect(204);
    ana.delete(&path).await.expect_problem(404, "not-found");
}
