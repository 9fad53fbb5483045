//! What was accepted is answered as it was accepted, however fast the work on it ends.

use kith_testkit::{Photo, TestApp};
use serde_json::{Value, json};

/// Has a statement done within every commit that wrote to a table: later than what the request did, and
/// before its answer.
async fn at_commit(app: &TestApp, event: &str, table: &str, statement: &str) {
    let db = app.app.db().pooled().await.expect("a connection");
    let sql = format!(
        "create function at_commit() returns trigger language plpgsql as $$ begin {statement}; return null; end $$;
         create constraint trigger at_commit after {event} on {table} deferrable initially deferred
             for each row execute function at_commit();"
    );
    db.batch_execute(&sql).await.expect("a trigger");
}

fn body(upload: &str) -> Value {
    json!({ "upload_id": upload, "visibility": "friends-only", "caption": "Sunday" })
}

#[tokio::test]
async fn a_completed_upload_is_in_work_even_if_it_is_finished_by_then() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let failed =
        "update uploads set state = 'failed', failure_type = 'damaged', failure_detail = 'x'
        where upload_id = new.upload_id and state = 'processing'";
    at_commit(&app, "update", "uploads", failed).await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    ana.sends(&target, photo.bytes).await;
    let complete = format!("/v1/uploads/{}/complete", target.text("/upload_id"));
    assert_eq!(ana.posts_nothing(&complete).await.expect(202).text("/state"), "processing");
    // Asked again, it is told as it is.
    assert_eq!(ana.posts_nothing(&complete).await.expect(202).text("/state"), "failed");
}

#[tokio::test]
async fn an_accepted_post_is_answered_although_its_photo_fails_at_once() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    at_commit(&app, "insert", "posts", "delete from posts where post_id = new.post_id").await;
    let answer = ana.post_once("/v1/posts", "key-1", body(&upload)).await.expect(202);
    assert_eq!((answer.at("/processing"), answer.at("/image")), (json!(true), json!(null)));
    assert_eq!(answer.text("/caption"), "Sunday");
    // It went away: what is repeated is rendered afresh.
    ana.post_once("/v1/posts", "key-1", body(&upload)).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn an_accepted_post_is_in_work_although_its_photo_is_ready_at_once() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.uploads(&Photo::small(2)).await;
    app.processes_photos().await;
    let ready = "update posts p
        set image_id = i.image_id, image_url = 'x', image_metadata = i.metadata, posted_at = p.created_at
        from images i where p.post_id = new.post_id and p.image_id is null";
    at_commit(&app, "insert", "posts", ready).await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let first = ana.post_once("/v1/posts", "key-1", body(&upload)).await.expect(202);
    assert_eq!(first.at("/processing"), json!(true));
    let again = ana.post_once("/v1/posts", "key-1", body(&upload)).await.expect(202);
    assert_eq!(again.at("/processing"), json!(false));
    assert_eq!(again.text("/post_id"), first.text("/post_id"));
}
