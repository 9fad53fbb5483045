//! Answers that prove nothing: each is refused, and none is told why.

use kith_testkit::{
    Answer, TestApp,
    passkeys::{Authenticator, Saying, USER_PRESENT, USER_VERIFIED, spoil},
};
use serde_json::{Value, json};

type Lie = fn(&mut Saying);
type Spoiling = fn(&mut Value);

/// What an authenticator signs although it is not so.
const LIES: &[(&str, Lie)] = &[
    ("another site", |saying| saying.origin = "https://evil.example".into()),
    ("the same machine, another port", |saying| saying.origin = "http://localhost:1".into()),
    ("a longer name", |saying| saying.origin = saying.origin.replace("localhost", "a.localhost")),
    ("another relying party", |saying| saying.rp_id = "evil.example".into()),
    ("another challenge", |saying| {
        saying.challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into();
    }),
    ("no challenge", |saying| saying.challenge = String::new()),
    ("a registration instead", |saying| saying.kind = "webauthn.create".into()),
    ("nobody checked", |saying| saying.flags &= !USER_VERIFIED),
    ("nobody there", |saying| saying.flags &= !USER_PRESENT),
    ("inside of another page", |saying| saying.cross_origin = true),
    ("a counter that stands", |saying| saying.counter = 1),
    ("a counter that is gone", |saying| saying.counter = 0),
    ("an unknown credential", |saying| saying.credential_id = vec![7; 32]),
    ("an unknown owner", |saying| saying.user_handle = vec![7; 16]),
    ("no owner", |saying| saying.user_handle = Vec::new()),
];

/// What happens to an honest answer on its way.
const SPOILINGS: &[(&str, Spoiling)] = &[
    ("other authenticator data", |answer| {
        spoil(answer, "authenticatorData", |bytes| *bytes.last_mut().unwrap() ^= 1);
    }),
    ("more authenticator data", |answer| {
        spoil(answer, "authenticatorData", |bytes| bytes.push(0));
    }),
    ("other client data", |answer| {
        spoil(answer, "clientDataJSON", |bytes| bytes.insert(1, b' '));
    }),
    ("another signature", |answer| {
        spoil(answer, "signature", |bytes| *bytes.last_mut().unwrap() ^= 1);
    }),
    ("no signature", |answer| spoil(answer, "signature", Vec::clear)),
    ("nothing", |answer| *answer = json!({})),
    ("no object", |answer| *answer = json!("passkey")),
];

/// What an answer says, but for the request.
fn said(answer: Answer) -> Value {
    let mut body = answer.expect_problem(401, "credentials-wrong").body;
    body["instance"].take();
    body
}

#[tokio::test]
async fn whatever_is_wrong_with_an_answer_it_gets_the_same_words() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    ana.adds_passkey(&phone).await;
    let nobody = app.anonymous();
    let unknown = "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20";
    let (login, options) = nobody.starts_passkey_login().await;
    let expected = said(nobody.finishes_passkey_login(unknown, phone.answers(&options)).await);
    nobody.finishes_passkey_login(&login, phone.answers(&options)).await.expect(200);
    for (name, lie) in LIES {
        let (login, options) = nobody.starts_passkey_login().await;
        let told = nobody.finishes_passkey_login(&login, phone.answers_as(&options, lie)).await;
        assert_eq!(told.status, 401, "{name}: {}", told.body);
        assert_eq!(said(told), expected, "{name}");
        let honest = nobody.finishes_passkey_login(&login, phone.answers(&options)).await;
        assert_eq!(said(honest), expected, "{name}: the challenge is spent");
    }
    for (name, spoiling) in SPOILINGS {
        let (login, options) = nobody.starts_passkey_login().await;
        let mut credential = phone.answers(&options);
        spoiling(&mut credential);
        let told = nobody.finishes_passkey_login(&login, credential).await;
        assert_eq!(told.status, 401, "{name}: {}", told.body);
        assert_eq!(said(told), expected, "{name}");
    }
    // The honest device still works: nothing above changed anything.
    app.signs_in_by_passkey("ana", &phone).await;
}

#[tokio::test]
async fn an_answer_counts_once_and_for_its_challenge_only() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    ana.adds_passkey(&phone).await;
    let nobody = app.anonymous();
    let (login, options) = nobody.starts_passkey_login().await;
    let (other, _) = nobody.starts_passkey_login().await;
    let credential = phone.answers(&options);
    said(nobody.finishes_passkey_login(&other, credential.clone()).await);
    let both = tokio::join!(
        nobody.finishes_passkey_login(&login, credential.clone()),
        nobody.finishes_passkey_login(&login, credential.clone()),
    );
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
    said(nobody.finishes_passkey_login(&login, credential).await);
}

#[tokio::test]
async fn a_counter_that_runs_backwards_is_refused_and_recorded() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    ana.adds_passkey(&phone).await;
    let nobody = app.anonymous();
    let copied = "select count(*) from audit_log where kind = 'passkey-copied'";
    // Who has no key can make no such record.
    let (login, options) = nobody.starts_passkey_login().await;
    let mut forged = phone.answers_as(&options, |saying| saying.counter = 0);
    spoil(&mut forged, "signature", |bytes| *bytes.last_mut().unwrap() ^= 1);
    said(nobody.finishes_passkey_login(&login, forged).await);
    let records: i64 = app.sql().await.query_one(copied, &[]).await.unwrap().get(0);
    assert_eq!(records, 0);
    let (login, options) = nobody.starts_passkey_login().await;
    let behind = phone.answers_as(&options, |saying| saying.counter = 1);
    said(nobody.finishes_passkey_login(&login, behind).await);
    let records: i64 = app.sql().await.query_one(copied, &[]).await.unwrap().get(0);
    assert_eq!(records, 1);
    app.signs_in_by_passkey("ana", &phone).await;
}

#[tokio::test]
async fn a_removed_passkey_leads_nowhere() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let phone = Authenticator::new(&app);
    ana.steps_up(&app).await;
    let passkey = ana.adds_passkey(&phone).await;
    let nobody = app.anonymous();
    let (login, options) = nobody.starts_passkey_login().await;
    ana.delete(&format!("/v1/me/passkeys/{passkey}")).await.expect(204);
    said(nobody.finishes_passkey_login(&login, phone.answers(&options)).await);
    said(ana.steps_up_by_passkey(&phone).await);
}

#[tokio::test]
async fn somebody_elses_passkey_shows_nothing_about_me() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let (of_ana, of_ben) = (Authenticator::new(&app), Authenticator::new(&app));
    for (person, device) in [(&ana, &of_ana), (&ben, &of_ben)] {
        person.steps_up(&app).await;
        person.adds_passkey(device).await;
    }
    let thief = app.signs_in("ana", &ana.phone).await;
    said(thief.steps_up_by_passkey(&of_ben).await);
    // Ben's device claims to be Ana's.
    let nobody = app.anonymous();
    let (login, options) = nobody.starts_passkey_login().await;
    let handle = ana.id().uuid().as_bytes().to_vec();
    let lie = of_ben.answers_as(&options, |saying| saying.user_handle = handle);
    said(nobody.finishes_passkey_login(&login, lie).await);
    thief.posts_nothing("/v1/auth/passkeys/register/start").await.expect(403);
    // A challenge for a new passkey is none for a sign-in.
    let (registration, options) = ana.starts_passkey().await;
    let mut asked = options;
    asked["rpId"] = asked["rp"]["id"].clone();
    said(nobody.finishes_passkey_login(&registration, of_ana.answers(&asked)).await);
}
