//! From a photo to a post with all bytes in S3: the same clients, a server that verifies every signature.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use kith::config::Config;
use kith_storage::{S3Settings, StorageConfig, UploadWay};
use kith_testkit::{
    Options, Photo, TestApp,
    posts::source_url,
    s3::{S3Server, s3_server},
};
use serde_json::{Value, json};

/// An application whose photos are in the bucket.
pub async fn app_on(server: &S3Server) -> TestApp {
    app_with(server, UploadWay::Direct).await
}

/// The same with other settings.
pub async fn configured_on(server: &S3Server, configure: fn(&mut Config)) -> TestApp {
    let storage = Some(storage_on(server, UploadWay::Direct));
    TestApp::with(Options { storage, configure, ..Options::default() }).await
}

/// The same with a choice of the way that uploads take.
pub async fn app_with(server: &S3Server, uploads: UploadWay) -> TestApp {
    let storage = Some(storage_on(server, uploads));
    TestApp::with(Options { storage, ..Options::default() }).await
}

fn storage_on(server: &S3Server, uploads: UploadWay) -> StorageConfig {
    let settings = S3Settings {
        endpoint: Some(server.endpoint.clone()),
        uploads,
        access_key_id: Some(server.access_key_id.to_owned()),
        secret_access_key: Some(server.secret_access_key.to_owned().into()),
        ..S3Settings::default()
    };
    let bucket = format!("s3://{}", server.bucket);
    StorageConfig::parse(&bucket, settings).expect("a bucket")
}

/// The folders of what is stored.
async fn folders(app: &TestApp) -> Vec<String> {
    let objects: Vec<_> = app.app.storage().list(None).try_collect().await.expect("a listing");
    let folder = |key: String| key.split('/').next().unwrap_or_default().to_owned();
    objects.into_iter().map(|object| folder(object.key.to_string())).collect()
}

#[tokio::test]
async fn a_photo_goes_to_the_bucket_and_comes_back_to_those_who_may_see_it() {
    let server = s3_server().await;
    let app = app_on(&server).await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.befriends(&ben).await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    let url = target.text("/url");
    assert!(url.starts_with(&server.endpoint), "{url} leads to the bucket itself");

    // The signature is for these bytes and nothing else.
    let mut others = photo.bytes.clone();
    others.swap(100, 101);
    others[100] ^= 1;
    assert!(ana.sends(&target, others).await.is_client_error());
    assert!(ana.sends(&target, photo.bytes[1..].to_vec()).await.is_client_error());
    let mut forged = target.clone();
    let last = if url.ends_with('0') { "1" } else { "0" };
    forged.body["url"] = json!(format!("{}{last}", &url[..url.len() - 1]));
    assert_eq!(ana.sends(&forged, photo.bytes.clone()).await, 403);
    let upload = target.text("/upload_id");
    let complete = format!("/v1/uploads/{upload}/complete");
    ana.posts_nothing(&complete).await.expect_problem(409, "upload-not-usable");
    assert_eq!(ana.sends(&target, photo.bytes.clone()).await, 200);
    ana.posts_nothing(&complete).await.expect(202);

    let post = ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    app.processes_photos().await;
    let image = ben.get(&post.path()).await.expect(200).at("/image");
    for file in ["w320.jpg", "w320.avif", "w320.webp", "square.jpg"] {
        let url = source_url(&image, file).expect("a source");
        assert!(url.starts_with("/v1/images/"), "Kith checks every reader itself");
        let bytes = ben.loads(&url).await.expect(200).bytes;
        assert_eq!(ben.loads_by_address(&url).await.expect(200).bytes, bytes);
        let part = ben.get_with(&url, "range", "bytes=4-11").await.expect(206);
        assert_eq!(part.bytes, bytes[4..12]);
        let bare = url.split('?').next().unwrap_or(&url);
        cem.loads(bare).await.expect_problem(404, "not-found");
    }

    ana.delete(&post.path()).await.expect(204);
    app.passes(Duration::from_hours(8 * 24));
    for task in ["posts.purge", "uploads.sweep"] {
        kith::jobs::run_one(&app.app, task, Value::Null).await.expect("the task succeeds");
        app.drain_jobs().await;
    }
    assert_eq!(folders(&app).await, Vec::<String>::new());
}

#[tokio::test]
async fn with_a_bucket_kith_itself_takes_no_bytes() {
    let server = s3_server().await;
    let app = app_on(&server).await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let path = format!("/v1/uploads/{upload}/bytes");
    let request = ana.request_without_session(reqwest::Method::PUT, &path).body("bytes");
    ana.send(request, reqwest::Method::PUT, &path).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_bucket_out_of_the_reach_of_browsers_gets_its_photos_through_kith() {
    let mut server = s3_server().await;
    let app = app_with(&server, UploadWay::ThroughKith).await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    let upload = target.text("/upload_id");
    assert!(target.text("/url").starts_with(&format!("/v1/uploads/{upload}/bytes?")));
    assert_eq!(ana.sends(&target, photo.bytes[1..].to_vec()).await, 413);
    let mut other = photo.bytes.clone();
    other[100] ^= 1;
    assert_eq!(ana.sends(&target, other).await, 400);
    assert_eq!(folders(&app).await, Vec::<String>::new());
    assert_eq!(ana.sends(&target, photo.bytes.clone()).await, 200);
    assert_eq!(ana.sends(&target, photo.bytes.clone()).await, 409);
    assert_eq!(folders(&app).await, ["incoming"]);
    ana.posts_nothing(&format!("/v1/uploads/{upload}/complete")).await.expect(202);
    let post = ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    app.processes_photos().await;
    assert_eq!(ana.get(&post.path()).await.expect(200).at("/processing"), json!(false));

    let target = ana.announces(&photo).await.expect(201);
    server.stop().await;
    assert_eq!(ana.sends(&target, photo.bytes.clone()).await, 503);
}

#[tokio::test]
async fn a_bucket_that_is_away_delays_a_photo_and_loses_none() {
    let mut server = s3_server().await;
    let app = app_on(&server).await;
    let ana = app.person("ana").await;
    let post = ana.posts(Photo::small(1)).await;
    server.stop().await;
    app.processes_photos().await;
    let waiting = ana.get(&post.path()).await.expect(200);
    assert_eq!(waiting.at("/processing"), json!(true));
    let jobs = "select count(*) from graphile_worker._private_jobs where attempts = 1";
    let waiting: i64 = app.sql().await.query_one(jobs, &[]).await.expect("a count").get(0);
    assert_eq!(waiting, 1, "it is tried again later");
}
