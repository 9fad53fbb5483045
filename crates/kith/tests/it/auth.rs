//! Sign-in, sessions and tokens.

mod budget;
mod cookies;
mod cross_site;
mod forged;
mod guessing;
mod mint;
mod oracle;
mod refresh_model;
mod rotation;
mod sources;
mod step_up;
mod theft;

use std::time::Duration;

use futures_util::future::join_all;
use kith_testkit::TestApp;
use serde_json::json;

fn verification(id: &str, code: &str) -> serde_json::Value {
    json!({ "verification_id": id, "code": code })
}

/// A code that is not the right one.
fn wrong(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap_or(0) + 1) % 1_000_000)
}

#[tokio::test]
async fn a_code_signs_in_once() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let code = app.code_for(&phone);
    let nobody = app.anonymous();
    nobody.post("/v1/auth/phone/verify", verification(&flow, &code)).await.expect(200);
    nobody
        .post("/v1/auth/phone/verify", verification(&flow, &code))
        .await
        .expect_problem(410, "code-expired");
}

#[tokio::test]
async fn a_code_dies_when_it_is_replaced_and_when_it_is_old() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    let first = app.starts_sign_in(&phone).await;
    let first_code = app.code_for(&phone);
    let second = app.starts_sign_in(&phone).await;
    let second_code = app.code_for(&phone);
    let nobody = app.anonymous();
    nobody
        .post("/v1/auth/phone/verify", verification(&first, &first_code))
        .await
        .expect_problem(410, "code-expired");
    app.passes(Duration::from_secs(601));
    nobody
        .post("/v1/auth/phone/verify", verification(&second, &second_code))
        .await
        .expect_problem(410, "code-expired");
}

#[tokio::test]
async fn numbers_are_read_as_people_write_them_and_refused_with_a_reason() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    let national = json!({ "phone_number": "(415) 555-0199", "region": "US" });
    nobody.post("/v1/auth/phone/start", national).await.expect(202);
    for bad in [
        json!({ "phone_number": "12" }),
        json!({ "phone_number": "415 555 0199" }),
        json!({ "phone_number": "" }),
    ] {
        let refused =
            nobody.post("/v1/auth/phone/start", bad).await.expect_problem(422, "validation");
        assert_eq!(refused.text("/errors/0/pointer"), "/phone_number");
    }
}

#[tokio::test]
async fn the_second_sign_in_finds_the_same_account() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let again = app.signs_in("ana", &ana.phone).await;
    assert_eq!(again.user_id, ana.user_id);
    assert_eq!(ana.get("/v1/sessions").await.expect(200).items().len(), 2);
}

#[tokio::test]
async fn a_lost_answer_gives_the_same_successor_again() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let parent = ana.refresh_token();
    // A fresh session's access token was used to finish the profile, so only the ten seconds count first.
    let first = ana.tries_refresh_token(&parent).await.expect(200);
    let again = ana.tries_refresh_token(&parent).await.expect(200);
    assert_eq!(first.text("/refresh_token"), again.text("/refresh_token"));
    // Much later still, since nobody used the successor.
    app.passes(Duration::from_hours(1));
    let late = ana.tries_refresh_token(&parent).await.expect(200);
    assert_eq!(first.text("/refresh_token"), late.text("/refresh_token"));
}

#[tokio::test]
async fn an_old_token_ends_the_session_everywhere() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let stolen = ana.refresh_token();
    ana.refreshes().await.expect(200);
    ana.get("/v1/me").await.expect(200);
    app.passes(Duration::from_secs(11));
    ana.tries_refresh_token(&stolen).await.expect_problem(401, "token-reused");
    ana.get("/v1/me").await.expect_problem(401, "unauthenticated");
    ana.tries_refresh_token(&ana.refresh_token()).await.expect_problem(401, "token-reused");
}

#[tokio::test]
async fn many_tabs_refresh_at_once_and_nobody_is_signed_out() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for _ in 0..5 {
        let token = ana.refresh_token();
        let answers = join_all((0..8).map(|_| ana.tries_refresh_token(&token))).await;
        let successors: std::collections::BTreeSet<String> =
            answers.into_iter().map(|answer| answer.expect(200).text("/refresh_token")).collect();
        assert_eq!(successors.len(), 1);
        ana.refreshes().await.expect(200);
        ana.get("/v1/me").await.expect(200);
    }
}

#[tokio::test]
async fn tokens_of_others_and_nonsense_are_refused() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for token in ["", "nonsense", &ana.access_token(), &format!("{}x", ana.refresh_token())] {
        ana.tries_refresh_token(token).await.expect_problem(401, "token-reused");
    }
    for token in ["", "nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."] {
        let request =
            ana.request_without_session(reqwest::Method::GET, "/v1/me").bearer_auth(token);
        ana.send(request, reqwest::Method::GET, "/v1/me")
            .await
            .expect_problem(401, "unauthenticated");
    }
    app.passes(Duration::from_secs(601));
    ana.get("/v1/me").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_token_that_gives_nothing_is_answered_alike_whatever_is_wrong_with_it() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    // Made for the session, and not by us.
    let mut forged = ana.refresh_token();
    forged.replace_range(forged.len() - 4.., "AAAA");
    let ended = ben.refresh_token();
    ben.posts_nothing("/v1/auth/logout").await.expect(204);
    let mut told = Vec::new();
    for token in ["nonsense", &forged, &ended] {
        let refused = ana.tries_refresh_token(token).await.expect_problem(401, "token-reused");
        let mut said = refused.body;
        said["instance"].take();
        told.push(said);
    }
    assert!(told.iter().all(|said| *said == told[0]), "{told:#?}");
    ana.get("/v1/me").await.expect(200);
    ana.refreshes().await.expect(200);
    let unused = app.signs_in("ana", &ana.phone).await;
    app.passes(Duration::from_hours(61 * 24));
    unused.refreshes().await.expect_problem(401, "token-reused");
}

#[tokio::test]
async fn a_session_is_ended_from_another_device() {
    let app = TestApp::start().await;
    let phone = app.person("ana").await;
    let desk = app.signs_in("ana", &phone.phone).await;
    let sessions = desk.get("/v1/sessions").await.expect(200).items();
    let other = sessions.iter().find(|session| session["current"] == false).expect("two sessions");
    let path = format!("/v1/sessions/{}", other["session_id"].as_str().expect("an id"));
    desk.delete(&path).await.expect(204);
    desk.delete(&path).await.expect_problem(404, "not-found");
    phone.get("/v1/me").await.expect_problem(401, "unauthenticated");
    phone.tries_refresh_token(&phone.refresh_token()).await.expect_problem(401, "token-reused");
    desk.get("/v1/me").await.expect(200);
    let ben = app.person("ben").await;
    let mine = desk.get("/v1/sessions").await.expect(200).text("/items/0/session_id");
    ben.delete(&format!("/v1/sessions/{mine}")).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn signing_out_ends_this_session_only() {
    let app = TestApp::start().await;
    let phone = app.person("ana").await;
    let desk = app.signs_in("ana", &phone.phone).await;
    let out = phone.posts_nothing("/v1/auth/logout").await.expect(204);
    assert_eq!(out.header("clear-site-data"), "\"cache\"");
    phone.get("/v1/me").await.expect_problem(401, "unauthenticated");
    desk.delete("/v1/sessions").await.expect(204);
    desk.get("/v1/me").await.expect(200);
}

#[tokio::test]
async fn the_public_key_verifies_what_we_sign() {
    let app = TestApp::start().await;
    let keys = app.anonymous().get("/.well-known/jwks.json").await.expect(200);
    assert_eq!(
        (keys.text("/keys/0/kty"), keys.text("/keys/0/alg")),
        ("OKP".to_owned(), "EdDSA".to_owned())
    );
}
