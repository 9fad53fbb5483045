//! A deleted post takes its photo along: every size, format and version, and what was sent.

use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use kith::{config::Config, features::uploads::views};
use kith_media::Format;
use kith_testkit::{Options, Photo, TestApp, posts::source_url, s3::s3_server};
use serde_json::json;

use super::runs;
use crate::s3::configured_on;

/// Longest time from the job's start until no store has anything of the photo any more.
const LONGEST: Duration = Duration::from_mins(1);

fn keeps_originals(config: &mut Config) {
    config.media.keep_originals = true;
}

/// What is stored of images.
async fn files(app: &TestApp) -> Vec<String> {
    let objects: Vec<_> = app.app.storage().list(None).try_collect().await.expect("a listing");
    let keys = objects.into_iter().map(|object| object.key.to_string());
    keys.filter(|key| key.starts_with("images/")).collect()
}

async fn a_photo_leaves_no_file_behind(app: &TestApp) {
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let upload = ana.uploads(&Photo::of(Format::Jpeg, 700, 500, 7)).await;
    let post = ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    app.processes_photos().await;
    let image = ben.get(&post.path()).await.expect(200).at("/image");
    for file in ["w640.avif", "w640.webp", "square.webp"] {
        ben.loads(&source_url(&image, file).expect("a source")).await.expect(200);
    }
    views::flush(&app.app).await;
    runs(app, "uploads.refine").await;
    // Three sizes and the square in two formats, some of them in a second version, two WebPs and the original.
    let before = files(app).await;
    assert!(before.len() > 4 * 2 + 2 + 1, "{before:#?}");
    assert!(before.iter().any(|key| key.ends_with("/original")));
    ana.delete(&post.path()).await.expect(204);
    app.passes(Duration::from_hours(7 * 24 - 1));
    runs(app, "posts.purge").await;
    app.drain_jobs().await;
    assert_eq!(files(app).await, before, "until then it can be restored");

    app.passes(Duration::from_hours(1) + Duration::from_secs(1));
    let began = Instant::now();
    runs(app, "posts.purge").await;
    app.drain_jobs().await;
    assert_eq!(files(app).await, Vec::<String>::new());
    assert!(began.elapsed() < LONGEST);
    runs(app, "uploads.sweep").await;
    let rest: Vec<_> = app.app.storage().list(None).try_collect().await.expect("a listing");
    assert_eq!(rest, []);
}

#[tokio::test]
async fn a_deleted_post_leaves_no_file_on_the_disk() {
    let options = Options { configure: keeps_originals, ..Options::default() };
    a_photo_leaves_no_file_behind(&TestApp::with(options).await).await;
}

#[tokio::test]
async fn a_deleted_post_leaves_no_object_in_the_bucket() {
    let server = s3_server().await;
    a_photo_leaves_no_file_behind(&configured_on(&server, keeps_originals).await).await;
}
