//! A request through its whole life.

use std::time::Duration;

use kith_testkit::app::TestApp;
use serde_json::{Value, json};

use super::{has_no_drift, stored, suspend};

const REQUESTS: &str = "/v1/friends/requests";

#[tokio::test]
async fn a_request_is_accepted_and_both_are_friends() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let asked = ana.post(REQUESTS, json!({ "username": "Ben" })).await.expect(201);
    assert_eq!(asked.text("/status"), "pending");
    assert_eq!(asked.text("/direction"), "outgoing");
    assert_eq!(asked.text("/user/username"), "ben");
    assert_eq!(asked.at("/accepted_at"), Value::Null);
    assert_eq!((ana.outgoing().await, ana.incoming().await), (vec!["ben".to_owned()], vec![]));
    assert_eq!((ben.outgoing().await, ben.incoming().await), (vec![], vec!["ana".to_owned()]));
    assert!(ana.friends().await.is_empty() && ben.friends().await.is_empty());

    let accepted = ben.accepts(&asked.text("/friendship_id")).await.expect(200);
    assert_eq!(accepted.text("/friendship_id"), asked.text("/friendship_id"));
    assert_eq!(accepted.text("/status"), "active");
    assert_eq!(accepted.at("/direction"), Value::Null);
    assert_eq!(accepted.text("/user/username"), "ana");
    assert!(accepted.text("/accepted_at") > accepted.text("/requested_at"));
    assert_eq!(
        (ana.friends().await, ben.friends().await),
        (vec!["ben".to_owned()], vec!["ana".to_owned()])
    );
    assert!(ana.outgoing().await.is_empty() && ben.incoming().await.is_empty());
    has_no_drift(&app).await;
}

#[tokio::test]
async fn requests_that_cross_make_friends_at_once() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let asked = ana.asks(&ben).await.expect(201);
    let crossed = ben.asks(&ana).await.expect(201);
    assert_eq!(crossed.text("/status"), "active");
    assert_eq!(crossed.text("/friendship_id"), asked.text("/friendship_id"));
    assert_eq!(ana.friends().await, ["ben"]);
    has_no_drift(&app).await;
}

#[tokio::test]
async fn asking_again_is_the_same_request() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let first = ana.asks(&ben).await.expect(201);
    let second = ana.asks(&ben).await.expect(200);
    assert_eq!(first.body, second.body);
    assert_eq!(ben.incoming().await, ["ana"]);
}

#[tokio::test]
async fn friends_cannot_ask_again_and_nobody_asks_himself() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    ana.asks(&ben).await.expect_problem(409, "already-friends");
    ben.asks(&ana).await.expect_problem(409, "already-friends");
    ana.asks(&ana).await.expect_problem(422, "validation");
    ana.post(REQUESTS, json!({ "username": "ana" })).await.expect_problem(422, "validation");
}

#[tokio::test]
async fn the_body_names_exactly_one_person() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.post(REQUESTS, json!({})).await.expect_problem(422, "validation");
    let both = json!({ "user_id": ben.user_id, "username": "ben" });
    ana.post(REQUESTS, both).await.expect_problem(422, "validation");
    let more = json!({ "username": "ben", "message": "hi" });
    ana.post(REQUESTS, more).await.expect_problem(422, "validation");
    ana.post(REQUESTS, json!({ "user_id": "ben" })).await.expect_problem(422, "validation");
    assert!(ben.incoming().await.is_empty());
}

#[tokio::test]
async fn whoever_cannot_be_found_is_unknown() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let fay = app.newcomer("fay").await;
    ben.blocks(&ana).await;
    suspend(&app, &cem).await;
    let nobody = json!({ "user_id": "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20" });
    let unknown = ana.post(REQUESTS, nobody).await.expect_problem(404, "not-found");
    for other in [&ben, &cem, &fay] {
        let answer = ana.asks(other).await.expect_problem(404, "not-found");
        assert_eq!(answer.text("/detail"), unknown.text("/detail"));
    }
    ana.post(REQUESTS, json!({ "username": "nobody.here" })).await.expect_problem(404, "not-found");
    ana.post(REQUESTS, json!({ "username": "not a name" })).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_pending_account_cannot_ask() {
    let app = TestApp::start().await;
    let [ana] = app.people(["ana"]).await;
    let fay = app.newcomer("fay").await;
    fay.asks(&ana).await.expect_problem(403, "profile-incomplete");
    fay.get("/v1/friends").await.expect_problem(403, "profile-incomplete");
}

#[tokio::test]
async fn only_the_one_who_was_asked_accepts() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
    ana.accepts(&id).await.expect_problem(409, "conflict");
    cem.accepts(&id).await.expect_problem(404, "not-found");
    cem.ends_request(&id).await.expect_problem(404, "not-found");
    ben.accepts("019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20").await.expect_problem(404, "not-found");
    ben.accepts(&id).await.expect(200);
    ben.accepts(&id).await.expect(200);
    ana.accepts(&id).await.expect_problem(409, "conflict");
    ana.ends_request(&id).await.expect_problem(409, "already-friends");
    ben.ends_request(&id).await.expect_problem(409, "already-friends");
    assert_eq!(ana.friends().await, ["ben"]);
}

#[tokio::test]
async fn a_decline_is_silent() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let asked = ana.asks(&ben).await.expect(201);
    let id = asked.text("/friendship_id");
    ben.ends_request(&id).await.expect(204);
    assert!(ben.incoming().await.is_empty());
    ben.accepts(&id).await.expect_problem(404, "not-found");
    ben.ends_request(&id).await.expect_problem(404, "not-found");
    ben.get(&format!("/v1/users/{}", ana.user_id)).await.expect_problem(404, "not-found");
    // He who asked sees what he saw before, byte for byte.
    let sent = ana.get("/v1/friends/requests?direction=outgoing").await.expect(200);
    assert_eq!(sent.items(), std::slice::from_ref(&asked.body));
    assert_eq!(ana.asks(&ben).await.expect(200).body, asked.body);
    ana.get(&format!("/v1/users/{}", ben.user_id)).await.expect(200);
    assert!(ben.incoming().await.is_empty(), "asking again does not bring it back");
    assert_eq!(stored(&app, &ana, &ben).await, "declined");
    has_no_drift(&app).await;
}

#[tokio::test]
async fn whoever_declined_may_ask_and_is_a_friend_at_once() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
    ben.ends_request(&id).await.expect(204);
    let asked = ben.asks(&ana).await.expect(201);
    assert_eq!(asked.text("/status"), "active");
    assert_eq!(
        (ana.friends().await, ben.friends().await),
        (vec!["ben".to_owned()], vec!["ana".to_owned()])
    );
    has_no_drift(&app).await;
}

#[tokio::test]
async fn a_request_can_be_cancelled_also_after_a_decline() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
    ana.ends_request(&id).await.expect(204);
    ana.ends_request(&id).await.expect_problem(404, "not-found");
    ben.accepts(&id).await.expect_problem(404, "not-found");
    assert!(ana.outgoing().await.is_empty() && ben.incoming().await.is_empty());

    let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
    ben.ends_request(&id).await.expect(204);
    ana.ends_request(&id).await.expect(204);
    assert_eq!(stored(&app, &ana, &ben).await, "none");
    ana.asks(&ben).await.expect(201);
    assert_eq!(ben.incoming().await, ["ana"], "after cancelling it can be asked anew");
    has_no_drift(&app).await;
}

#[tokio::test]
async fn unfriending_ends_it_for_both_and_can_begin_anew() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let first = ana.befriends(&ben).await;
    ben.unfriends(&ana).await;
    assert!(ana.friends().await.is_empty() && ben.friends().await.is_empty());
    let path = format!("/v1/friends/{}", ana.user_id);
    ben.delete(&path).await.expect_problem(404, "not-found");
    ana.delete(&path).await.expect_problem(404, "not-found");
    ana.get(&format!("/v1/users/{}", ben.user_id)).await.expect_problem(404, "not-found");
    let second = ana.befriends(&ben).await;
    assert_ne!(first, second);
    has_no_drift(&app).await;
}

#[tokio::test]
async fn a_request_is_no_friendship_to_end() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.asks(&ben).await.expect(201);
    ana.delete(&format!("/v1/friends/{}", ben.user_id)).await.expect_problem(404, "not-found");
    ben.delete(&format!("/v1/friends/{}", ana.user_id)).await.expect_problem(404, "not-found");
    assert_eq!(ben.incoming().await, ["ana"]);
}

#[tokio::test]
async fn an_open_request_shows_the_card_to_either_side_only() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let card = |of: &str| format!("/v1/users/{of}");
    ana.get(&card(&ben.user_id)).await.expect_problem(404, "not-found");
    ana.asks(&ben).await.expect(201);
    ana.get(&card(&ben.user_id)).await.expect(200);
    ben.get(&card(&ana.user_id)).await.expect(200);
    cem.get(&card(&ana.user_id)).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_request_expires_after_sixty_days() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let declined = ana.asks(&ben).await.expect(201).text("/friendship_id");
    ben.ends_request(&declined).await.expect(204);
    ana.befriends(&cem).await;
    let day = Duration::from_hours(24);
    app.passes(59 * day);
    ben.asks(&cem).await.expect_problem(401, "unauthenticated");
    let [ana, ben, cem] = [
        app.signs_in("ana", &ana.phone).await,
        app.signs_in("ben", &ben.phone).await,
        app.signs_in("cem", &cem.phone).await,
    ];
    ben.asks(&cem).await.expect(201);
    kith::jobs::run_one(&app.app, "friends.expire_requests", Value::Null).await.expect("it runs");
    assert_eq!(ana.outgoing().await, ["ben"], "one day is left");
    app.passes(day + day);
    let ana = app.signs_in("ana", &ana.phone).await;
    let cem = app.signs_in("cem", &cem.phone).await;
    kith::jobs::run_one(&app.app, "friends.expire_requests", Value::Null).await.expect("it runs");
    assert!(ana.outgoing().await.is_empty());
    assert_eq!(cem.incoming().await, ["ben"], "a younger one stays");
    assert_eq!(ana.friends().await, ["cem"], "friendships do not expire");
    assert_eq!(stored(&app, &ana, &ben).await, "none");
    has_no_drift(&app).await;
}

#[tokio::test]
async fn people_choose_who_may_ask() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    for who in ["nobody", "contacts"] {
        let patch = json!({ "privacy_settings": { "friend_requests_from": who } });
        ben.patch("/v1/me/settings", "*", patch).await.expect(200);
        ana.asks(&ben).await.expect_problem(404, "not-found");
    }
    // Who asks himself has agreed to the answer.
    ben.asks(&ana).await.expect(201);
    assert_eq!(ana.asks(&ben).await.expect(201).text("/status"), "active");
}

#[tokio::test]
async fn a_repeated_key_is_one_request() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let body = json!({ "user_id": ben.user_id });
    let first = ana.post_once(REQUESTS, "k1", body.clone()).await.expect(201);
    let again = ana.post_once(REQUESTS, "k1", body.clone()).await.expect(201);
    assert_eq!(first.body, again.body);
    let other = json!({ "user_id": cem.user_id });
    ana.post_once(REQUESTS, "k1", other).await.expect_problem(422, "idempotency-mismatch");
    ben.accepts(&first.text("/friendship_id")).await.expect(200);
    let now = ana.post_once(REQUESTS, "k1", body.clone()).await.expect(201);
    assert_eq!(now.text("/status"), "active", "rendered afresh");
    ben.unfriends(&ana).await;
    ana.post_once(REQUESTS, "k1", body).await.expect_problem(404, "not-found");
    assert!(ben.incoming().await.is_empty(), "no second request was made");
}
