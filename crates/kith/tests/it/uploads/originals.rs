//! What was sent: gone once there is an image of it, or kept sealed where the settings say so.

use futures_util::TryStreamExt as _;
use kith::config::Config;
use kith_media::Format;
use kith_storage::ObjectKey;
use kith_testkit::{Options, Photo, TestApp, posts::source_url};
use reqwest::Method;
use serde_json::json;

use super::{runs, state};

/// Where a part of the sent file can be read in the store.
async fn readable(app: &TestApp, photo: &Photo) -> Option<ObjectKey> {
    let objects: Vec<_> = app.app.storage().list(None).try_collect().await.expect("a listing");
    let part = &photo.bytes[photo.bytes.len() / 2..][..48];
    for object in objects {
        let bytes = app.app.storage().get(&object.key, 10_000_000).await.expect("an object");
        if bytes.windows(part.len()).any(|window| window == part) {
            return Some(object.key);
        }
    }
    None
}

/// Of a format that no rendition has before somebody asks: one in the same format can have the same bytes.
fn sent() -> Photo {
    Photo::of(Format::Webp, 700, 500, 7)
}

async fn originals(app: &TestApp) -> Vec<ObjectKey> {
    let objects: Vec<_> = app.app.storage().list(None).try_collect().await.expect("a listing");
    let keys = objects.into_iter().map(|object| object.key);
    keys.filter(|key| key.as_str().ends_with("/original")).collect()
}

fn keeping() -> Options {
    let configure = |config: &mut Config| config.media.keep_originals = true;
    Options { configure, ..Options::default() }
}

#[tokio::test]
async fn usually_nothing_of_it_is_left() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = sent();
    ana.uploads(&photo).await;
    assert!(readable(&app, &photo).await.is_some(), "it waits to be processed");
    app.processes_photos().await;
    assert_eq!(readable(&app, &photo).await, None);
    assert_eq!(originals(&app).await.len(), 0);
}

#[tokio::test]
async fn where_it_is_kept_it_is_sealed_and_served_to_nobody() {
    let app = TestApp::with(keeping()).await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let photo = sent();
    let upload = ana.uploads(&photo).await;
    ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    app.processes_photos().await;
    let [original] = originals(&app).await.try_into().expect("one original");
    assert_eq!(readable(&app, &photo).await, None);
    let size = app.app.storage().head(&original).await.expect("it is there").size;
    assert_eq!(size, photo.bytes.len() as u64 + 45, "as long as the file and its seal");

    let image = state(&ana, &upload).await.at("/image");
    let folder = source_url(&image, "w320.jpg").expect("a source");
    let folder = folder.split("w320").next().expect("a folder").to_owned();
    for file in ["original", "original.jpg", "../original", "..%2Foriginal", "original.avif"] {
        for person in [&ana, &ben] {
            let path = format!("{folder}{file}");
            let answer = person.send(person.request(Method::GET, &path), Method::GET, &path).await;
            assert_eq!(answer.status, 404, "{file}");
        }
    }
}

#[tokio::test]
async fn the_second_encoding_starts_from_it() {
    let app = TestApp::with(keeping()).await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&sent()).await;
    app.processes_photos().await;
    let url = source_url(&state(&ana, &upload).await.at("/image"), "w640.avif").expect("a source");
    let before = ana.loads(&url).await.expect(200).bytes;
    kith::features::uploads::views::flush(&app.app).await;
    // Were it made of the JPEGs, it could not be made now.
    let objects: Vec<_> = app.app.storage().list(None).try_collect().await.expect("a listing");
    for object in
        objects.into_iter().filter(|object| object.key.as_str().rsplit('.').next() == Some("jpg"))
    {
        app.app.storage().delete(&object.key).await.expect("deleted");
    }
    runs(&app, "uploads.refine").await;
    let url = source_url(&state(&ana, &upload).await.at("/image"), "w640.avif").expect("a source");
    assert!(ana.loads(&url).await.expect(200).bytes.len() < before.len());
}
