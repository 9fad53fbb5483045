//! What people do with an address, and what others learn of it.

use std::time::Duration;

use kith_testkit::TestApp;
use serde_json::{Value, json};

use super::{START, VERIFY, code_for, proves, sets, wrong};

const ADDRESS: &str = "ana@example.org";

#[tokio::test]
async fn an_address_is_verified_by_its_code() {
    let app = TestApp::start().await;
    let ana = app.newcomer("ana").await;
    ana.posts_nothing(START).await.expect_problem(409, "conflict");
    sets(&ana, "Ana@Example.org").await;
    let me = ana.get("/v1/me").await.expect(200);
    assert_eq!(me.at("/email_verified"), json!(false));

    let started = ana.post(START, json!({})).await.expect(202);
    assert_eq!(started.at("/attempts_left"), json!(5));
    let code = code_for(&app, "Ana@example.org");
    let told = ana.post(VERIFY, json!({ "code": wrong(&code) })).await;
    assert_eq!(told.expect_problem(422, "code-wrong").at("/attempts_left"), json!(4));
    ana.post(VERIFY, json!({ "code": "12345" })).await.expect_problem(422, "validation");
    let verified = ana.post(VERIFY, json!({ "code": code })).await.expect(200);
    assert_eq!(verified.at("/email_verified"), json!(true));
    assert_ne!(verified.header("etag"), me.header("etag"));
    assert_eq!(verified.at("/version"), json!(me.at("/version").as_i64().unwrap() + 1));

    ana.post(VERIFY, json!({ "code": code })).await.expect_problem(410, "code-expired");
    ana.posts_nothing(START).await.expect_problem(409, "conflict");
    let question = "select count(*) from audit_log where kind = 'email-verified' and user_id = $1";
    let facts: i64 = app.sql().await.query_one(question, &[&ana.id()]).await.unwrap().get(0);
    assert_eq!(facts, 1);
    ana.post(START, json!({ "email": ADDRESS })).await.expect_problem(422, "validation");
}

#[tokio::test]
async fn that_an_address_is_taken_learns_only_who_holds_it() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    proves(&app, &ana, ADDRESS).await;
    // Ben and Cem do the same, for a taken and for a free address: nothing tells them apart.
    sets(&ben, "ANA@example.org").await;
    sets(&cem, "cem@example.org").await;
    let mut told = Vec::new();
    for (person, address) in [(&ben, "ANA@example.org"), (&cem, "cem@example.org")] {
        let started = person.posts_nothing(START).await.expect(202);
        let fields: Vec<String> = started.body.as_object().unwrap().keys().cloned().collect();
        let code = wrong(&code_for(&app, address));
        let mut refused = person.post(VERIFY, json!({ "code": code })).await.expect(422).body;
        refused["instance"] = Value::Null;
        told.push((fields, refused));
    }
    assert_eq!(told[0], told[1]);
    let code = code_for(&app, "ANA@example.org");
    ben.post(VERIFY, json!({ "code": code })).await.expect_problem(409, "email-taken");
    // The code is used, and Ben's address stays what it was: kept and unverified.
    ben.post(VERIFY, json!({ "code": code })).await.expect_problem(410, "code-expired");
    assert_eq!(ben.get("/v1/me").await.expect(200).at("/email_verified"), json!(false));
    assert_eq!(ana.get("/v1/me").await.expect(200).at("/email_verified"), json!(true));
    // Once Ana lets go of it, it is free.
    sets(&ana, "other@example.org").await;
    proves(&app, &ben, ADDRESS).await;
}

#[tokio::test]
async fn a_changed_address_is_unverified_and_its_code_is_dead() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    proves(&app, &ana, ADDRESS).await;
    sets(&ana, "other@example.org").await;
    assert_eq!(ana.get("/v1/me").await.expect(200).at("/email_verified"), json!(false));
    ana.posts_nothing(START).await.expect(202);
    let code = code_for(&app, "other@example.org");
    sets(&ana, "third@example.org").await;
    ana.post(VERIFY, json!({ "code": code })).await.expect_problem(410, "code-expired");
    ana.patch("/v1/me", "*", json!({ "email": null })).await.expect(200);
    ana.post(VERIFY, json!({ "code": code })).await.expect_problem(410, "code-expired");
    ana.posts_nothing(START).await.expect_problem(409, "conflict");
}

#[tokio::test]
async fn a_code_lives_half_an_hour_and_dies_when_another_is_sent() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    ana.posts_nothing(START).await.expect(202);
    let first = code_for(&app, ADDRESS);
    ana.posts_nothing(START).await.expect(202);
    let second = code_for(&app, ADDRESS);
    if first != second {
        ana.post(VERIFY, json!({ "code": first })).await.expect_problem(422, "code-wrong");
    }
    app.passes(Duration::from_mins(31));
    ana.refreshes().await.expect(200);
    ana.post(VERIFY, json!({ "code": second })).await.expect_problem(410, "code-expired");
}

#[tokio::test]
async fn a_code_counts_for_the_account_that_asked() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    sets(&ana, ADDRESS).await;
    sets(&ben, ADDRESS).await;
    ana.posts_nothing(START).await.expect(202);
    let code = code_for(&app, ADDRESS);
    ben.post(VERIFY, json!({ "code": code })).await.expect_problem(410, "code-expired");
    ana.post(VERIFY, json!({ "code": code })).await.expect(200);
}

#[tokio::test]
async fn the_mails_of_development_can_be_read_on_its_page() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    sets(&ana, ADDRESS).await;
    ana.posts_nothing(START).await.expect(202);
    let mails = app.http_get("/dev/mails").await.expect(200);
    let mails: Value = serde_json::from_slice(&mails.bytes).unwrap();
    assert_eq!(mails[0]["to"], ADDRESS);
    assert_eq!(mails[0]["code"], code_for(&app, ADDRESS));
    assert!(mails[0]["body"].as_str().unwrap().contains(&code_for(&app, ADDRESS)));
    assert!(!mails[0]["subject"].as_str().unwrap().contains(&code_for(&app, ADDRESS)));
}
