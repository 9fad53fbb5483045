//! How many friends an account has.

use kith_testkit::app::{Options, TestApp};

use super::has_no_drift;

#[tokio::test]
async fn an_account_has_room_for_so_many_friends_and_sent_requests() {
    let app = TestApp::with(Options {
        configure: |config| config.limits.friends = 2,
        ..Options::default()
    })
    .await;
    let [ana, b, c, d, e] = app.people(["ana", "ben", "cem", "dee", "eva"]).await;
    ana.befriends(&b).await;
    ana.asks(&c).await.expect(201);
    ana.asks(&d).await.expect_problem(409, "conflict");
    // Requests that others sent take no room, but becoming friends does.
    let from_d = d.asks(&ana).await.expect(201).text("/friendship_id");
    let from_e = e.asks(&ana).await.expect(201).text("/friendship_id");
    ana.accepts(&from_d).await.expect(200);
    ana.accepts(&from_e).await.expect_problem(409, "conflict");
    ana.asks(&e).await.expect_problem(409, "conflict");
    // Her own request stays open, and cannot be accepted while she has no room.
    assert_eq!(c.incoming().await, ["ana"]);
    c.asks(&ana).await.expect_problem(409, "conflict");
    ana.unfriends(&b).await;
    c.asks(&ana).await.expect(201);
    assert_eq!(ana.friends().await, ["cem", "dee"]);
    has_no_drift(&app).await;
}
