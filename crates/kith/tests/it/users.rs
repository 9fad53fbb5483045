//! One's own profile and the cards of others.

use kith_testkit::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_newcomer_is_pending_until_the_first_username() {
    let app = TestApp::start().await;
    let ana = app.newcomer("ana").await;
    assert_eq!(ana.get("/v1/me").await.expect(200).text("/status"), "pending");
    ana.get("/v1/users/by-username/ana").await.expect_problem(403, "profile-incomplete");
    ana.finishes_profile("ana").await;
    let me = ana.get("/v1/me").await.expect(200);
    assert_eq!((me.text("/status"), me.text("/username")), ("active".to_owned(), "ana".to_owned()));
    assert_eq!(me.text("/phone_number"), ana.phone);
}

#[tokio::test]
async fn what_is_no_username_is_nobody() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for name in ["%00", "%F0%9F%8C%8A", "a%2Fb", "x", "..%2F..", "%FF"] {
        let answer = ana.get(&format!("/v1/users/by-username/{name}")).await;
        assert!([400, 404].contains(&answer.status.as_u16()), "{name}: {}", answer.status);
    }
    let nul = serde_json::json!({ "username": "\u{0}" });
    ana.post("/v1/friends/requests", nul).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_username_belongs_to_one_person() {
    let app = TestApp::start().await;
    let [_, ben] = app.people(["ana", "ben"]).await;
    ben.patch("/v1/me", "*", json!({ "username": "Ana" }))
        .await
        .expect_problem(409, "username-taken");
}

#[tokio::test]
async fn changes_name_the_version_that_they_change() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let etag = ana.get("/v1/me").await.expect(200).header("etag");
    let request =
        ana.request(reqwest::Method::PATCH, "/v1/me").json(&json!({ "display_name": "Ana" }));
    ana.send(request, reqwest::Method::PATCH, "/v1/me")
        .await
        .expect_problem(428, "version-required");
    ana.patch("/v1/me", &etag, json!({ "display_name": "Ana B" })).await.expect(200);
    ana.patch("/v1/me", &etag, json!({ "display_name": "Ana C" }))
        .await
        .expect_problem(412, "version-stale");
    let me = ana.get("/v1/me").await.expect(200);
    assert_eq!(me.text("/display_name"), "Ana B");
    let body = || json!({ "display_name": "Ana B" });
    let current = me.header("etag");
    for none in [&format!("{etag}, \"x\""), &format!("W/{current}"), "\"\"", "x"] {
        ana.patch("/v1/me", none, body()).await.expect_problem(412, "version-stale");
    }
    ana.patch("/v1/me", &format!("{etag},{current}"), body()).await.expect(200);
    let lines = ana.request(reqwest::Method::PATCH, "/v1/me").json(&body());
    let me = ana.get("/v1/me").await.expect(200);
    let lines = lines.header("if-match", &etag).header("if-match", me.header("etag"));
    ana.send(lines, reqwest::Method::PATCH, "/v1/me").await.expect(200);
    let me = ana.get("/v1/me").await.expect(200);
    ana.get_with("/v1/me", "if-none-match", &me.header("etag")).await.expect(304);
}

#[tokio::test]
async fn unknown_fields_and_broken_bodies_are_told_apart() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let wrong = ana
        .patch("/v1/me", "*", json!({ "status": "active" }))
        .await
        .expect_problem(422, "validation");
    assert_eq!(wrong.at("/errors/0/pointer"), json!("/status"), "{}", wrong.body);
    let request = ana.request(reqwest::Method::PATCH, "/v1/me").header("if-match", "*");
    let request = request.header("content-type", "application/json").body("{");
    ana.send(request, reqwest::Method::PATCH, "/v1/me").await.expect_problem(400, "malformed");
}

#[tokio::test]
async fn an_email_is_kept_unverified_and_never_conflicts() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    for person in [&ana, &ben] {
        let me =
            person.patch("/v1/me", "*", json!({ "email": "same@example.org" })).await.expect(200);
        assert_eq!(
            (me.text("/email"), me.at("/email_verified")),
            ("same@example.org".to_owned(), json!(false))
        );
    }
    let me = ana.patch("/v1/me", "*", json!({ "email": null })).await.expect(200);
    assert_eq!(me.at("/email"), json!(null));
}

#[tokio::test]
async fn a_username_known_exactly_gives_the_card_and_nothing_more() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let card = ben.get("/v1/users/by-username/ana").await.expect(200);
    assert_eq!(card.text("/user_id"), ana.user_id);
    ben.get("/v1/users/by-username/an").await.expect_problem(404, "not-found");
    // By id, a stranger is as unknown as nobody.
    ben.get(&format!("/v1/users/{}", ana.user_id)).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_suspended_person_reads_that_and_since_when() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let me = ana.get("/v1/me").await.expect(200);
    assert!(me.body.get("suspension").is_none());
    app.passes(std::time::Duration::from_mins(3));
    let suspend = "update users set status = 'suspended', updated_at = $1 where username = 'ana'";
    app.sql().await.execute(suspend, &[&app.app.now()]).await.unwrap();
    let me = ana.get("/v1/me").await.expect(200);
    assert_eq!(me.text("/status"), "suspended");
    assert_eq!(me.at("/suspension"), json!({ "reason": null, "at": me.at("/updated_at") }));
    let again = app.signs_in("ana", &ana.phone).await;
    assert_eq!(again.get("/v1/me").await.expect(200).at("/suspension"), me.at("/suspension"));
    ana.patch("/v1/me", "*", json!({})).await.expect_problem(403, "account-suspended");
}
