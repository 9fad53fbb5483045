//! The profile picture.

use kith_testkit::{Person, Photo, TestApp, posts::source_url};
use reqwest::Method;
use serde_json::json;

use super::{key, state, stored};

const PICTURE: &str = "/v1/me/profile-picture";

async fn ready(app: &TestApp, person: &Person, hue: u8) -> String {
    let upload = person.uploads(&Photo::small(hue)).await;
    app.processes_photos().await;
    upload
}

async fn picture_url(viewer: &Person, username: &str) -> String {
    let card = viewer.get(&format!("/v1/users/by-username/{username}")).await.expect(200);
    source_url(&card.at("/profile_picture"), "square.jpg").expect("a source")
}

#[tokio::test]
async fn whoever_may_have_the_card_may_load_the_picture() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let upload = ready(&app, &ana, 1).await;
    let me = ana.put(PICTURE, json!({ "upload_id": upload })).await.expect(200);
    assert_eq!(me.at("/profile_picture/alt"), json!(null));
    assert!(!me.header("etag").is_empty());
    let url = picture_url(&ben, "ana").await;
    ben.loads(&url).await.expect(200);
    ben.loads_by_address(&url).await.expect(200);
    let cems = picture_url(&cem, "ana").await;
    ana.blocks(&cem).await;
    cem.loads(&cems).await.expect_problem(404, "not-found");
    app.anonymous()
        .loads(cems.split('?').next().expect("a path"))
        .await
        .expect_problem(404, "not-found");
}

#[tokio::test]
async fn it_takes_an_upload_of_ones_own_that_is_ready_and_unused() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let put = |upload: &str| ana.put(PICTURE, json!({ "upload_id": upload }));
    let theirs = ready(&app, &ben, 1).await;
    put(&theirs).await.expect_problem(404, "not-found");
    let awaiting = ana.announces(&Photo::small(2)).await.expect(201).text("/upload_id");
    put(&awaiting).await.expect_problem(409, "upload-not-usable");
    let processing = ana.uploads(&Photo::small(3)).await;
    put(&processing).await.expect_problem(409, "upload-not-usable");
    app.processes_photos().await;
    ana.shares(json!({ "upload_id": processing, "visibility": "friends-only" })).await;
    put(&processing).await.expect_problem(409, "upload-not-usable");

    let good = ready(&app, &ana, 4).await;
    let version = put(&good).await.expect(200).at("/version");
    // The same again changes nothing; nothing else can have it.
    assert_eq!(put(&good).await.expect(200).at("/version"), version);
    let body = json!({ "upload_id": good, "visibility": "friends-only" });
    ana.post("/v1/posts", body).await.expect_problem(409, "upload-not-usable");
    ana.put(PICTURE, json!({})).await.expect_problem(422, "validation");
}

#[tokio::test]
async fn the_one_before_goes_away_with_its_files() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let (mut files, mut urls) = (Vec::new(), Vec::new());
    for hue in [1, 2] {
        let upload = ready(&app, &ana, hue).await;
        let me = ana.put(PICTURE, json!({ "upload_id": upload })).await.expect(200);
        let url = source_url(&me.at("/profile_picture"), "square.jpg").expect("a source");
        files.push(key(&app, &url).await);
        urls.push(url);
    }
    app.drain_jobs().await;
    assert_eq!(stored(&app, &files[0]).await, None);
    assert!(stored(&app, &files[1]).await.is_some());
    ana.loads(&urls[0]).await.expect_problem(404, "not-found");

    ana.delete(PICTURE).await.expect(204);
    ana.delete(PICTURE).await.expect(204);
    assert_eq!(ana.get("/v1/me").await.expect(200).at("/profile_picture"), json!(null));
    app.drain_jobs().await;
    assert_eq!(stored(&app, &files[1]).await, None);
}

#[tokio::test]
async fn it_needs_no_if_match_and_counts_as_a_version() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let before = ana.get("/v1/me").await.expect(200);
    let upload = ready(&app, &ana, 1).await;
    let request = ana.request(Method::PUT, PICTURE).json(&json!({ "upload_id": upload }));
    let after = ana.send(request, Method::PUT, PICTURE).await.expect(200);
    assert_eq!(
        after.at("/version").as_i64(),
        before.at("/version").as_i64().map(|version| version + 1)
    );
    assert_eq!(state(&ana, &upload).await.text("/state"), "ready");
}
