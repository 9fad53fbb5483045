//! From the bytes that were sent to an image, or to a failure with a name.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use kith_media::Format;
use kith_storage::{ObjectKey, PutMode};
use kith_testkit::{Photo, TestApp, posts::source_url};
use serde_json::json;

use super::{events, key, state, stored};

#[tokio::test]
async fn ready_means_that_every_eager_rendition_is_there() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::of(Format::Jpeg, 1200, 800, 7);
    let upload = ana.uploads(&photo).await;
    assert_eq!(state(&ana, &upload).await.at("/image"), json!(null));
    app.processes_photos().await;
    let image = state(&ana, &upload).await.at("/image");
    assert_eq!((&image["width"], &image["height"]), (&json!(1200), &json!(800)));
    let names: Vec<&str> = image["renditions"]
        .as_array()
        .expect("renditions")
        .iter()
        .filter_map(|r| r["name"].as_str())
        .collect();
    // The last one is the photo at its own size: nothing is made larger.
    assert_eq!(names, ["w320", "w640", "w1080", "w2048"]);
    assert_eq!(image["renditions"][3]["width"], json!(1200));
    for name in ["w320", "w640", "w1080", "w2048", "square"] {
        for (extension, magic) in [("jpg", &b"\xff\xd8\xff"[..]), ("avif", b"\0\0\0")] {
            let url = source_url(&image, &format!("{name}.{extension}")).expect("a source");
            let answer = ana.loads(&url).await.expect(200);
            assert!(answer.bytes.starts_with(magic), "{name}.{extension}");
        }
    }
}

#[tokio::test]
async fn every_format_is_read() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let mut uploads = Vec::new();
    for format in [Format::Jpeg, Format::Avif, Format::Webp] {
        uploads.push(ana.uploads(&Photo::of(format, 80, 60, 9)).await);
    }
    // What the file is counts, not what it was announced as.
    let named_wrongly = Photo { content_type: "image/png", ..Photo::small(3) };
    uploads.push(ana.uploads(&named_wrongly).await);
    app.processes_photos().await;
    for upload in uploads {
        assert_eq!(state(&ana, &upload).await.text("/state"), "ready");
    }
}

#[tokio::test]
async fn nothing_that_the_file_says_of_itself_gets_out() {
    const SECRET: &str = "52.5200N 13.4050E my kitchen";
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::with_secret(SECRET)).await;
    app.processes_photos().await;
    let answer = state(&ana, &upload).await;
    assert!(!answer.body.to_string().contains("kitchen"));
    for file in ["w320.jpg", "w320.avif", "w320.webp", "square.jpg", "square.avif", "square.webp"] {
        let url = source_url(&answer.at("/image"), file).expect("a source");
        let bytes = ana.loads(&url).await.expect(200).bytes;
        assert!(!bytes.windows(7).any(|window| window == b"kitchen"), "{file}");
    }
}

#[tokio::test]
async fn what_was_sent_is_deleted_and_its_address_stays_used_up() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    ana.sends(&target, photo.bytes.clone()).await;
    let upload = target.text("/upload_id");
    ana.posts_nothing(&format!("/v1/uploads/{upload}/complete")).await.expect(202);
    app.processes_photos().await;
    assert_eq!(stored(&app, &format!("incoming/{upload}")).await, Some(0));
    assert_eq!(ana.sends(&target, photo.bytes).await, 409);
}

#[tokio::test]
async fn what_is_no_photo_fails_with_a_name_and_takes_its_post_along() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::broken()).await;
    let post = ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    assert_eq!(post.answer.status, 202);
    assert!(ana.sees(&post).await);
    app.processes_photos().await;
    let failed = state(&ana, &upload).await;
    assert_eq!(
        (failed.text("/state"), failed.text("/failure/type")),
        ("failed".into(), "unsupported-type".into())
    );
    assert!(!ana.sees(&post).await);
    assert_eq!(events(&app, "post.failed").await, [(post.id, ana.user_id.clone())]);
    let body = json!({ "upload_id": upload, "visibility": "friends-only" });
    ana.post("/v1/posts", body).await.expect_problem(409, "upload-not-usable");
}

#[tokio::test]
async fn a_job_that_was_cut_off_ends_the_same_when_it_runs_again() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let payload = json!({ "upload_id": upload });
    let run = || kith::jobs::run_one(&app.app, "uploads.process", payload.clone());
    run().await.expect("the photo is made");
    let image = state(&ana, &upload).await.at("/image");
    let url = source_url(&image, "w320.jpg").expect("a source");
    let bytes = ana.loads(&url).await.expect(200).bytes;

    // As if it had died after storing something and before the commit.
    let db = app.app.db().pooled().await.expect("a connection");
    db.batch_execute(
        "update uploads set state = 'processing', image_id = null; delete from images",
    )
    .await
    .expect("the commit is undone");
    let path = url.split('?').next().expect("a path").strip_prefix("/v1/").expect("a path");
    let half = Bytes::from_static(b"half a file");
    let put = |key: &str, bytes| {
        let key = ObjectKey::parse(key).expect("a key");
        let storage = app.app.storage();
        async move { storage.put(&key, bytes, "image/jpeg", PutMode::Replace).await }
    };
    put(path, half).await.expect("stored");
    put(&format!("incoming/{upload}"), Photo::small(1).bytes.into()).await.expect("stored");
    let (one, other) = tokio::join!(run(), run());
    one.and(other).expect("both end well");
    let again = state(&ana, &upload).await;
    assert_eq!(again.text("/state"), "ready");
    assert_eq!(ana.loads(&url).await.expect(200).bytes, bytes);
    let images: i64 =
        db.query_one("select count(*) from images", &[]).await.expect("a count").get(0);
    assert_eq!(images, 1);
}

#[tokio::test]
async fn bytes_that_were_lost_are_named() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let key = ObjectKey::parse(&format!("incoming/{upload}")).expect("a key");
    app.app.storage().delete(&key).await.expect("deleted");
    app.processes_photos().await;
    assert_eq!(state(&ana, &upload).await.text("/failure/type"), "missing");
}

#[tokio::test]
async fn bytes_that_changed_in_the_store_are_refused() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    let upload = ana.uploads(&photo).await;
    // Still a picture, but not the one that was announced.
    let mut other = photo.bytes;
    let last = other.len() - 3;
    other[last] ^= 1;
    let key = ObjectKey::parse(&format!("incoming/{upload}")).expect("a key");
    app.app
        .storage()
        .put(&key, other.into(), "image/jpeg", PutMode::Replace)
        .await
        .expect("stored");
    app.processes_photos().await;
    assert_eq!(state(&ana, &upload).await.text("/failure/type"), "damaged");
    app.processes_photos().await;
    let folder = ObjectKey::parse("images").expect("a key");
    let left =
        futures_util::TryStreamExt::try_collect::<Vec<_>>(app.app.storage().list(Some(&folder)));
    assert_eq!(left.await.expect("a listing"), []);
}

#[tokio::test]
async fn what_can_be_shown_first_is_stored_first() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::of(Format::Jpeg, 1200, 800, 7)).await;
    app.processes_photos().await;
    let image = state(&ana, &upload).await.at("/image");
    let folder = ObjectKey::parse("images").expect("a key");
    let files: Vec<_> =
        app.app.storage().list(Some(&folder)).try_collect().await.expect("a listing");
    let first = files.iter().min_by_key(|file| file.modified).expect("files");
    let url = source_url(&image, "w640.jpg").expect("a source");
    assert_eq!(first.key.as_str(), key(&app, &url).await);
    let last = files.iter().max_by_key(|file| file.modified).expect("files");
    let url = source_url(&image, "w2048.avif").expect("a source");
    assert_eq!(last.key.as_str(), key(&app, &url).await, "the dearest one comes last");
}
