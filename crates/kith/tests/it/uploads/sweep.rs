//! What nobody waits for any more goes away.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use kith_storage::{ObjectKey, PutMode};
use kith_testkit::{Photo, TestApp};
use serde_json::json;

use super::{runs, state};

async fn keys(app: &TestApp) -> Vec<String> {
    let objects: Vec<_> = app.app.storage().list(None).try_collect().await.expect("a listing");
    let mut keys: Vec<_> = objects.into_iter().map(|object| object.key.to_string()).collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn a_day_after_an_aborted_upload_nothing_of_it_is_left() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    ana.announces(&photo).await.expect(201);
    let sent = ana.announces(&photo).await.expect(201);
    ana.sends(&sent, photo.bytes).await;
    let finished = ana.uploads(&Photo::small(2)).await;
    let failed = ana.uploads(&Photo::broken()).await;
    app.processes_photos().await;
    let stray = ObjectKey::parse("incoming/stray").expect("a key");
    app.app
        .storage()
        .put(&stray, "x".into(), "image/jpeg", PutMode::Replace)
        .await
        .expect("stored");
    assert!(keys(&app).await.len() > 4);

    app.passes(Duration::from_hours(23));
    ana.refreshes().await.expect(200);
    runs(&app, "uploads.sweep").await;
    assert_eq!(state(&ana, &finished).await.text("/state"), "ready");
    assert_eq!(state(&ana, &failed).await.text("/state"), "failed");

    app.passes(Duration::from_hours(2));
    ana.refreshes().await.expect(200);
    runs(&app, "uploads.sweep").await;
    app.drain_jobs().await;
    assert_eq!(keys(&app).await, Vec::<String>::new());
    for upload in [sent.text("/upload_id"), finished, failed] {
        ana.get(&format!("/v1/uploads/{upload}")).await.expect_problem(404, "not-found");
    }
    let db = app.app.db().pooled().await.expect("a connection");
    let rows = "select (select count(*) from uploads) + (select count(*) from images)";
    let left: i64 = db.query_one(rows, &[]).await.expect("a count").get(0);
    assert_eq!(left, 0);
}

#[tokio::test]
async fn what_is_used_or_in_work_stays() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    let picture = ana.uploads(&Photo::small(2)).await;
    app.processes_photos().await;
    ana.put("/v1/me/profile-picture", json!({ "upload_id": picture })).await.expect(200);
    app.passes(Duration::from_hours(25));
    ana.refreshes().await.expect(200);
    let in_work = ana.uploads(&Photo::small(3)).await;
    let before = keys(&app).await;
    runs(&app, "uploads.sweep").await;
    app.drain_jobs().await;
    let after = keys(&app).await;
    let images = |keys: &[String]| keys.iter().filter(|key| key.starts_with("images/")).count();
    // The photo in work has been made by the jobs; nothing else changed.
    assert_eq!(images(&after), images(&before) + 4, "{after:#?}");
    assert!(ana.sees(&post).await);
    assert_eq!(state(&ana, &in_work).await.text("/state"), "ready");
    assert!(ana.get("/v1/me").await.expect(200).at("/profile_picture").is_object());
}
