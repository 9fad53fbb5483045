//! Showing again that it is oneself: by a code, in one session, for ten minutes.

use std::time::Duration;

use kith_testkit::{Answer, Person, TestApp, passkeys::Authenticator};
use serde_json::{Value, json};

const START: &str = "/v1/auth/step-up/start";
const VERIFY: &str = "/v1/auth/step-up/verify";

/// Something that demands it.
async fn needs_it(person: &Person) -> Answer {
    person.posts_nothing("/v1/auth/passkeys/register/start").await
}

async fn starts(app: &TestApp, person: &Person) -> (String, String) {
    let started = person.post(START, json!({ "channel": "sms" })).await.expect(202);
    (started.text("/verification_id"), app.code_for(&person.phone))
}

fn proof(flow: &str, code: &str) -> Value {
    json!({ "verification_id": flow, "code": code })
}

fn wrong(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap_or(0) + 1) % 1_000_000)
}

#[tokio::test]
async fn it_holds_ten_minutes() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    needs_it(&ana).await.expect_problem(403, "step-up-required");
    ana.steps_up(&app).await;
    needs_it(&ana).await.expect(200);
    app.passes(Duration::from_secs(590));
    needs_it(&ana).await.expect(200);
    app.passes(Duration::from_secs(11));
    ana.refreshes().await.expect(200);
    needs_it(&ana).await.expect_problem(403, "step-up-required");
}

#[tokio::test]
async fn it_holds_in_one_session_and_ends_with_it() {
    let app = TestApp::start().await;
    let phone = app.person("ana").await;
    let desk = app.signs_in("ana", &phone.phone).await;
    phone.steps_up(&app).await;
    needs_it(&desk).await.expect_problem(403, "step-up-required");
    phone.refreshes().await.expect(200);
    needs_it(&phone).await.expect(200);
    phone.posts_nothing("/v1/auth/logout").await.expect(204);
    needs_it(&phone).await.expect_problem(401, "unauthenticated");
    let again = app.signs_in("ana", &phone.phone).await;
    needs_it(&again).await.expect_problem(403, "step-up-required");
}

#[tokio::test]
async fn a_code_counts_only_for_what_and_where_it_was_asked_for() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let desk = app.signs_in("ana", &ana.phone).await;
    let (flow, code) = starts(&app, &ana).await;
    for other in [&desk, &ben] {
        other.post(VERIFY, proof(&flow, &code)).await.expect_problem(410, "code-expired");
    }
    // It begins no session, and one that would steps nobody up.
    let signing_in = app.anonymous().post("/v1/auth/phone/verify", proof(&flow, &code)).await;
    signing_in.expect_problem(410, "code-expired");
    let sign_in = app.starts_sign_in(&ana.phone).await;
    let given = proof(&sign_in, &app.code_for(&ana.phone));
    ana.post(VERIFY, given).await.expect_problem(410, "code-expired");
    ana.post(VERIFY, proof(&flow, &code)).await.expect(204);
    ana.post(VERIFY, proof(&flow, &code)).await.expect_problem(410, "code-expired");
}

#[tokio::test]
async fn wrong_codes_count_as_always() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let (flow, code) = starts(&app, &ana).await;
    for left in [4, 3, 2, 1] {
        let answer = ana.post(VERIFY, proof(&flow, &wrong(&code))).await;
        assert_eq!(answer.expect_problem(422, "code-wrong").at("/attempts_left"), left);
    }
    for given in [wrong(&code), code] {
        ana.post(VERIFY, proof(&flow, &given)).await.expect_problem(429, "code-exhausted");
    }
    needs_it(&ana).await.expect_problem(403, "step-up-required");
}

#[tokio::test]
async fn a_proof_is_one_of_two_kinds() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let (flow, code) = starts(&app, &ana).await;
    let both = json!({
        "verification_id": flow, "code": code, "login_id": flow, "credential": {},
    });
    for body in [json!({}), json!({ "verification_id": flow }), both] {
        ana.post(VERIFY, body).await.expect_problem(422, "validation");
    }
    ana.post(START, json!({ "channel": "pigeon" })).await.expect_problem(422, "validation");
    ana.post(VERIFY, proof(&flow, &code)).await.expect(204);
}

#[tokio::test]
async fn it_is_recorded() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.steps_up(&app).await;
    let sql = "select count(*) from audit_log a join users u using (user_id)
        where a.kind = 'stepped-up' and u.username = 'ana' and a.session_id is not null";
    let records: i64 = app.sql().await.query_one(sql, &[]).await.unwrap().get(0);
    assert_eq!(records, 1);
}

#[tokio::test]
async fn whoever_took_the_number_cannot_undo_a_passkey_by_it_for_a_week() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let key = Authenticator::new(&app);
    ana.steps_up(&app).await;
    let passkey = ana.adds_passkey(&key).await;
    let thief = app.signs_in("thief", &ana.phone).await;
    let texts = app.inbox.messages().len();
    thief.posts_nothing(START).await.expect_problem(403, "step-up-required");
    assert_eq!(app.inbox.messages().len(), texts);
    let path = format!("/v1/me/passkeys/{passkey}");
    thief.delete(&path).await.expect_problem(403, "step-up-required");
    // Whoever was here before the passkey may go on as before, and whoever has it is the owner.
    ana.steps_up(&app).await;
    thief.steps_up_by_passkey(&key).await.expect(204);
    app.passes(Duration::from_hours(7 * 24));
    for person in [&ana, &thief] {
        person.refreshes().await.expect(200);
        person.steps_up(&app).await;
    }
    ana.delete(&path).await.expect(204);
    let later = app.signs_in("ana", &ana.phone).await;
    later.steps_up(&app).await;
}
