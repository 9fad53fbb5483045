//! Announcing and completing.

use std::time::Duration;

use kith_testkit::{Photo, TestApp};
use serde_json::json;

use super::state;

#[tokio::test]
async fn length_type_and_checksum_are_announced_and_bounded() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let good = Photo::small(1).announcement();
    for (field, value) in [
        ("content_type", json!("image/svg+xml")),
        ("content_type", json!("text/html")),
        ("byte_size", json!(0)),
        ("byte_size", json!(-1)),
        ("byte_size", json!(26_214_401)),
        ("sha256", json!("00")),
        ("sha256", json!("zz".repeat(32))),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let refused = ana.post("/v1/uploads", body).await.expect_problem(422, "validation");
        assert_eq!(refused.text("/errors/0/pointer"), format!("/{field}"));
    }
    for content_type in ["jpeg", "png", "webp", "avif", "heic", "heif", "gif"] {
        let mut body = good.clone();
        body["content_type"] = json!(format!("image/{content_type}"));
        body["byte_size"] = json!(26_214_400);
        ana.post("/v1/uploads", body).await.expect(201);
    }
}

#[tokio::test]
async fn a_repeated_announcement_is_the_same_upload_with_a_fresh_address() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let body = Photo::small(1).announcement();
    let first = ana.post_once("/v1/uploads", "key-1", body.clone()).await.expect(201);
    app.passes(Duration::from_mins(20));
    ana.refreshes().await.expect(200);
    ben.refreshes().await.expect(200);
    let again = ana.post_once("/v1/uploads", "key-1", body.clone()).await.expect(201);
    assert_eq!(again.text("/upload_id"), first.text("/upload_id"));
    assert!(again.text("/expires_at") > first.text("/expires_at"));
    assert_eq!(ana.sends(&first, Photo::small(1).bytes).await, 403);
    assert_eq!(ana.sends(&again, Photo::small(1).bytes).await, 200);

    let other = Photo::small(2).announcement();
    ana.post_once("/v1/uploads", "key-1", other).await.expect_problem(422, "idempotency-mismatch");
    let theirs = ben.post_once("/v1/uploads", "key-1", body).await.expect(201);
    assert_ne!(theirs.text("/upload_id"), first.text("/upload_id"));
}

#[tokio::test]
async fn completing_needs_the_bytes_and_twice_is_harmless() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    let upload = target.text("/upload_id");
    let complete = format!("/v1/uploads/{upload}/complete");
    ana.posts_nothing(&complete).await.expect_problem(409, "upload-not-usable");
    assert_eq!(state(&ana, &upload).await.text("/state"), "awaiting");
    assert_eq!(ana.sends(&target, photo.bytes).await, 200);
    let (one, other) = tokio::join!(ana.posts_nothing(&complete), ana.posts_nothing(&complete));
    for answer in [one, other, ana.posts_nothing(&complete).await] {
        assert_eq!(answer.expect(202).text("/state"), "processing");
    }
    let jobs = "select count(*) from graphile_worker._private_jobs";
    let db = app.app.db().pooled().await.expect("a connection");
    let count: i64 = db.query_one(jobs, &[]).await.expect("a count").get(0);
    assert_eq!(count, 1);
    app.processes_photos().await;
    assert_eq!(ana.posts_nothing(&complete).await.expect(202).text("/state"), "ready");
}

#[tokio::test]
async fn an_upload_is_its_owners_alone() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let path = format!("/v1/uploads/{upload}");
    ben.get(&path).await.expect_problem(404, "not-found");
    ben.posts_nothing(&format!("{path}/complete")).await.expect_problem(404, "not-found");
    let body = json!({ "upload_id": upload, "visibility": "friends-only" });
    ben.post("/v1/posts", body).await.expect_problem(404, "not-found");
}
