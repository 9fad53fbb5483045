//! Lists of friends and requests.

use kith_testkit::{app::TestApp, friends::usernames};
use uuid::Uuid;

use super::{has_no_drift, id, suspend};

#[tokio::test]
async fn friends_are_listed_newest_first_in_pages_without_gaps() {
    let app = TestApp::start().await;
    let [ana, b, c, d, e] = app.people(["ana", "ben", "cem", "dee", "eva"]).await;
    for friend in [&b, &c, &d] {
        ana.befriends(friend).await;
    }
    let first = ana.get("/v1/friends?limit=2").await.expect(200);
    assert_eq!(usernames(&first), ["dee", "cem"]);
    ana.befriends(&e).await;
    let cursor = first.text("/next_cursor");
    let second = ana.get(&format!("/v1/friends?limit=2&cursor={cursor}")).await.expect(200);
    assert_eq!(usernames(&second), ["ben"]);
    assert!(second.at("/next_cursor").is_null());
    assert_eq!(ana.friends().await, ["eva", "dee", "cem", "ben"]);
    b.get(&format!("/v1/friends?cursor={cursor}")).await.expect_problem(400, "cursor-invalid");
    ana.get(&format!("/v1/friends/requests?cursor={cursor}"))
        .await
        .expect_problem(400, "cursor-invalid");
    ana.get("/v1/friends?limit=0").await.expect_problem(422, "validation");
}

#[tokio::test]
async fn requests_are_listed_by_direction() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.asks(&ben).await.expect(201);
    cem.asks(&ana).await.expect(201);
    assert_eq!(
        (ana.outgoing().await, ana.incoming().await),
        (vec!["ben".to_owned()], vec!["cem".to_owned()])
    );
    let both = ana.get("/v1/friends/requests").await.expect(200);
    assert_eq!(usernames(&both), ["cem", "ben"]);
    let directions: Vec<_> = both.items().iter().map(|item| item["direction"].clone()).collect();
    assert_eq!(directions, ["incoming", "outgoing"]);
    ana.get("/v1/friends/requests?direction=sideways").await.expect_problem(422, "validation");
}

#[tokio::test]
async fn suspended_people_are_hidden_and_come_back() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.befriends(&ben).await;
    cem.asks(&ana).await.expect(201);
    suspend(&app, &ben).await;
    suspend(&app, &cem).await;
    assert!(ana.friends().await.is_empty() && ana.incoming().await.is_empty());
    let db = app.app.db().pooled().await.expect("a connection");
    db.batch_execute("update users set status = 'active'").await.expect("the update");
    kith::features::friends::rebuild_edges(&app.app).await.expect("the rebuild");
    assert_eq!(
        (ana.friends().await, ana.incoming().await),
        (vec!["ben".to_owned()], vec!["cem".to_owned()])
    );
    has_no_drift(&app).await;
}

#[tokio::test]
async fn the_read_model_can_be_rebuilt() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee] = app.people(["ana", "ben", "cem", "dee"]).await;
    ana.befriends(&ben).await;
    let declined = ana.asks(&cem).await.expect(201).text("/friendship_id");
    cem.ends_request(&declined).await.expect(204);
    dee.asks(&ana).await.expect(201);
    has_no_drift(&app).await;

    let db = app.app.db().pooled().await.expect("a connection");
    let edges = "select user_id, friend_id, friendship_id, state::text, since from friend_edges order by 1, 2";
    let right = rows(&db.query(edges, &[]).await.expect("the rows"));
    db.execute("delete from friend_edges where user_id = $1", &[&id(&ben)]).await.expect("done");
    db.execute("update friend_edges set state = 'active' where user_id = $1", &[&id(&cem)])
        .await
        .expect("done");
    db.execute(
        "insert into friend_edges select $1, $2, friendship_id, 'active', requested_at from friendships limit 1",
        &[&id(&ben), &id(&dee)],
    )
    .await
    .expect("done");
    let drift = kith::features::friends::edge_drift(&app.app).await.expect("a count");
    assert_eq!(drift, 3);
    assert_eq!(kith::features::friends::rebuild_edges(&app.app).await.expect("a count"), 3);
    assert_eq!(rows(&db.query(edges, &[]).await.expect("the rows")), right);
    has_no_drift(&app).await;
}

type Edge = (Uuid, Uuid, Uuid, String, kith_types::time::Timestamp);

fn rows(rows: &[tokio_postgres::Row]) -> Vec<Edge> {
    rows.iter().map(|r| (r.get(0), r.get(1), r.get(2), r.get(3), r.get(4))).collect()
}
