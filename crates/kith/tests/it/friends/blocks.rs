//! Blocks: friendship and requests end, and neither exists for the other.

use kith_testkit::app::TestApp;
use serde_json::{Value, json};

use super::{has_no_drift, stored};

#[tokio::test]
async fn a_block_ends_the_friendship_and_hides_both_from_each_other() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    ana.blocks(&ben).await;
    assert!(ana.friends().await.is_empty() && ben.friends().await.is_empty());
    for (one, other) in [(&ana, &ben), (&ben, &ana)] {
        one.get(&format!("/v1/users/{}", other.user_id)).await.expect_problem(404, "not-found");
        one.get(&format!("/v1/users/by-username/{}", other.name))
            .await
            .expect_problem(404, "not-found");
        one.asks(other).await.expect_problem(404, "not-found");
        one.post("/v1/friends/requests", json!({ "username": other.name }))
            .await
            .expect_problem(404, "not-found");
    }
    has_no_drift(&app).await;
}

#[tokio::test]
async fn a_block_ends_requests_in_both_directions() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let sent = ana.asks(&ben).await.expect(201).text("/friendship_id");
    let received = cem.asks(&ana).await.expect(201).text("/friendship_id");
    ana.blocks(&ben).await;
    ana.blocks(&cem).await;
    ben.accepts(&sent).await.expect_problem(404, "not-found");
    ana.accepts(&received).await.expect_problem(404, "not-found");
    assert!(ana.outgoing().await.is_empty() && ana.incoming().await.is_empty());
    assert!(ben.incoming().await.is_empty() && cem.outgoing().await.is_empty());
}

#[tokio::test]
async fn a_block_also_ends_a_request_that_was_declined() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
    ben.ends_request(&id).await.expect(204);
    ben.blocks(&ana).await;
    assert!(ana.outgoing().await.is_empty());
    assert_eq!(stored(&app, &ana, &ben).await, "none");
}

#[tokio::test]
async fn taking_a_block_back_restores_nothing_but_the_chance_to_ask() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    ana.blocks(&ben).await;
    ana.unblocks(&ben).await;
    ana.unblocks(&ben).await;
    assert!(ana.friends().await.is_empty());
    assert!(ana.blocked().await.is_empty());
    ben.get("/v1/users/by-username/ana").await.expect(200);
    ben.befriends(&ana).await;
    has_no_drift(&app).await;
}

#[tokio::test]
async fn a_block_of_one_side_is_not_lifted_by_the_other() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    ana.blocks(&ben).await;
    ben.blocks(&ana).await;
    assert_eq!(ana.blocked().await, ["ben"]);
    ana.unblocks(&ben).await;
    ana.asks(&ben).await.expect_problem(404, "not-found");
    ben.unblocks(&ana).await;
    ana.asks(&ben).await.expect(201);
}

#[tokio::test]
async fn every_id_gets_the_same_answer() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let nobody = "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20";
    for id in [nobody, &ben.user_id, &ana.user_id] {
        for _ in 0..2 {
            let blocked = ana.put(&format!("/v1/blocks/{id}"), Value::Null).await.expect(204);
            assert!(blocked.bytes.is_empty());
        }
        ana.delete(&format!("/v1/blocks/{id}")).await.expect(204);
    }
    ana.put("/v1/blocks/ben", Value::Null).await.expect_problem(404, "not-found");
    ana.get("/v1/users/by-username/ana").await.expect(200);
}

#[tokio::test]
async fn the_list_shows_only_people_that_existed_for_me() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee, eva] = app.people(["ana", "ben", "cem", "dee", "eva"]).await;
    ana.befriends(&ben).await;
    cem.asks(&ana).await.expect(201);
    dee.befriends(&ana).await;
    dee.blocks(&ana).await;
    for person in [&ben, &cem, &dee, &eva] {
        ana.blocks(person).await;
    }
    assert_eq!(ana.blocked().await, ["cem", "ben"], "dee is gone for ana, eva she never met");
    let list = ana.get("/v1/blocks").await.expect(200);
    assert_eq!(list.at("/items/0/user/profile_picture"), Value::Null);
    // Blocked twice is blocked once, at the first time.
    ana.blocks(&ben).await;
    assert_eq!(ana.get("/v1/blocks").await.expect(200).body, list.body);
    // The one who is blocked cannot see it, and the stranger is blocked none the less.
    assert!(ben.blocked().await.is_empty());
    eva.asks(&ana).await.expect_problem(404, "not-found");
    let first = ana.get("/v1/blocks?limit=1").await.expect(200).text("/next_cursor");
    let second = ana.get(&format!("/v1/blocks?limit=1&cursor={first}")).await.expect(200);
    assert_eq!(kith_testkit::friends::usernames(&second), ["ben"]);
}
