//! Posts and the feed.

mod creating;
mod editing;
mod events;
mod feed;
mod lifecycle;
mod plan;
mod reading;

use kith_testkit::{Person, TestApp};

/// Suspends an account as the database sees it: its friends' edges say so.
async fn suspends(app: &TestApp, person: &Person) {
    let db = app.app.db().pooled().await.expect("a connection");
    let id: uuid::Uuid = person.user_id.parse().expect("an id");
    for statement in [
        "update users set status = 'suspended' where user_id = $1",
        "update friend_edges set state = 'suspended' where friend_id = $1 and state = 'active'",
    ] {
        db.execute(statement, &[&id]).await.expect("the update");
    }
}

/// Runs a scheduled task now, and the jobs that it asked for.
async fn runs(app: &TestApp, task: &str) {
    kith::jobs::run_one(&app.app, task, serde_json::Value::Null).await.expect("the task succeeds");
    app.drain_jobs().await;
}
