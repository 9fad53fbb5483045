//! Friends, requests and blocks.

mod blocks;
mod events;
mod limits;
mod lists;
mod races;
mod requests;

use kith_testkit::{app::TestApp, person::Person};
use uuid::Uuid;

/// Proves that the read model says what the friendships say.
async fn has_no_drift(app: &TestApp) {
    let drift = kith::features::friends::edge_drift(&app.app).await.expect("it can be counted");
    assert_eq!(drift, 0, "friend_edges differ from the friendships");
}

/// The id of a person.
fn id(person: &Person) -> Uuid {
    person.user_id.parse().expect("an id")
}

/// What is written between two people: `none`, `active`, `pending`, `declined`.
async fn stored(app: &TestApp, one: &Person, other: &Person) -> String {
    let (first, second) = (id(one).min(id(other)), id(one).max(id(other)));
    let db = app.app.db().pooled().await.expect("a connection");
    let sql = "select status::text, declined_at is not null from friendships
        where user_id_1 = $1 and user_id_2 = $2";
    let rows = db.query(sql, &[&first, &second]).await.expect("the rows");
    match rows.as_slice() {
        [] => "none".to_owned(),
        [row] if row.get::<_, bool>(1) => "declined".to_owned(),
        [row] => row.get(0),
        _ => panic!("one pair has several friendships"),
    }
}

/// Suspends an account as an administrator does, with what the friends of it see.
async fn suspend(app: &TestApp, person: &Person) {
    let db = app.app.db().pooled().await.expect("a connection");
    let sql = "update users set status = 'suspended' where user_id = $1";
    db.execute(sql, &[&id(person)]).await.expect("the update");
    kith::features::friends::rebuild_edges(&app.app).await.expect("the rebuild");
}
