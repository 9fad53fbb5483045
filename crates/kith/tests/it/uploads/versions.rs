//! Pictures that are looked at are encoded once more, smaller, when there is nothing else to do.

use std::{io::Write as _, path::PathBuf, process::Command, time::Duration};

use kith::{config::Config, features::uploads::views};
use kith_media::Format;
use kith_testkit::{Options, Person, Photo, Post, TestApp, posts::source_url};
use reqwest::Method;
use serde_json::{Value, json};

use super::{due, interrupted::program, key, orphans, runs, state, stored};

const REFINE: &str = "uploads.refine";

/// A post of Ana's, which Ben sees.
async fn circle(app: &TestApp) -> (Person, Person, Post, String) {
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let upload = ana.uploads(&Photo::of(Format::Jpeg, 700, 500, 7)).await;
    let post = ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    app.processes_photos().await;
    (ana, ben, post, upload)
}

async fn image(person: &Person, post: &Post) -> Value {
    person.get(&post.path()).await.expect(200).at("/image")
}

fn url(image: &Value, file: &str) -> String {
    source_url(image, file).expect("a source")
}

fn bare(url: &str) -> &str {
    url.split('?').next().expect("a path")
}

/// Ben looks at the picture, and that is written down.
async fn is_looked_at(app: &TestApp, ben: &Person, post: &Post) {
    ben.loads(&url(&image(ben, post).await, "w320.avif")).await.expect(200);
    views::flush(&app.app).await;
}

/// The version that addresses name.
async fn version(person: &Person, post: &Post) -> String {
    let url = url(&image(person, post).await, "w320.jpg");
    url.split('/').nth(4).expect("a version").to_owned()
}

#[tokio::test]
async fn a_picture_that_is_looked_at_gets_smaller_under_a_new_address() {
    let app = TestApp::start().await;
    let (ana, ben, post, upload) = circle(&app).await;
    let before = image(&ben, &post).await;
    let old = url(&before, "w320.avif");
    let (old_file, old_bytes) = (key(&app, &old).await, ben.loads(&old).await.expect(200).bytes);
    let old_jpeg = ben.loads(&url(&before, "w640.jpg")).await.expect(200);
    is_looked_at(&app, &ben, &post).await;
    runs(&app, REFINE).await;

    let after = image(&ben, &post).await;
    let new = url(&after, "w320.avif");
    assert_ne!(bare(&new), bare(&old));
    let bytes = ben.loads(&new).await.expect(200).bytes;
    assert!(bytes.len() < old_bytes.len(), "{} of {} bytes", bytes.len(), old_bytes.len());
    assert!(&bytes[4..12] == b"ftypavif");
    // What was good stays what it is, file and tag.
    let jpeg = ben.loads(&url(&after, "w640.jpg")).await.expect(200);
    assert_eq!((&jpeg.bytes, jpeg.header("etag")), (&old_jpeg.bytes, old_jpeg.header("etag")));
    assert_eq!(
        url(&state(&ana, &upload).await.at("/image"), "w320.avif").split('/').nth(4),
        Some("2")
    );
    let rows = "select image_url from posts";
    let stored_url: String = app.sql().await.query_one(rows, &[]).await.expect("a post").get(0);
    assert!(bare(&new).starts_with(&stored_url), "{stored_url}");

    // The address before answers for ten minutes more, to those who may see the picture.
    app.passes(Duration::from_secs(9 * 60 + 59));
    // Their access tokens end in this second, too.
    ana.refreshes().await.expect(200);
    ben.refreshes().await.expect(200);
    assert_eq!(ben.loads(bare(&old)).await.expect(200).bytes, old_bytes);
    let webp = format!("{}w320.webp", bare(&old).trim_end_matches("w320.avif"));
    ben.loads(&webp).await.expect(200);
    runs(&app, "uploads.retire").await;
    assert!(stored(&app, &old_file).await.is_some());
    ana.unfriends(&ben).await;
    for address in [bare(&old), bare(&new)] {
        ben.loads(address).await.expect_problem(404, "not-found");
    }
    ana.befriends(&ben).await;
    app.passes(Duration::from_secs(1));
    ben.loads(bare(&old)).await.expect_problem(404, "not-found");
    for _ in 0..2 {
        runs(&app, "uploads.retire").await;
    }
    assert_eq!(stored(&app, &old_file).await, None);
    let now = image(&ben, &post).await;
    for rendition in ["w320", "w640", "square"] {
        for extension in ["avif", "webp", "jpg"] {
            ben.loads(&url(&now, &format!("{rendition}.{extension}"))).await.expect(200);
        }
    }
    // It is done once.
    is_looked_at(&app, &ben, &post).await;
    runs(&app, REFINE).await;
    assert_eq!(version(&ben, &post).await, "2");
}

#[tokio::test]
async fn what_nobody_looks_at_stays_as_it_is() {
    let app = TestApp::start().await;
    let (_, ben, post, _) = circle(&app).await;
    let now = image(&ben, &post).await;
    // These would gain nothing, and this looks at nothing.
    ben.loads(&url(&now, "w640.jpg")).await.expect(200);
    ben.loads(&url(&now, "w640.webp")).await.expect(200);
    let avif = url(&now, "w320.avif");
    ben.request(Method::HEAD, &avif).send().await.expect("an answer");
    views::flush(&app.app).await;
    runs(&app, REFINE).await;
    assert_eq!(version(&ben, &post).await, "1");
}

#[tokio::test]
async fn it_can_be_turned_off() {
    let configure = |config: &mut Config| config.media.second_pass = false;
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    let (_, ben, post, _) = circle(&app).await;
    is_looked_at(&app, &ben, &post).await;
    app.sql().await.batch_execute("update images set viewed_at = now()").await.expect("viewed");
    runs(&app, REFINE).await;
    assert_eq!(version(&ben, &post).await, "1");
}

#[tokio::test]
async fn a_view_costs_one_write_for_every_image_and_none_after_that() {
    let app = TestApp::start().await;
    let (_, ben, post, _) = circle(&app).await;
    let viewed = "select viewed_at::text, xmin::text from images";
    let row = async || {
        let row = app.sql().await.query_one(viewed, &[]).await.expect("an image");
        (row.get::<_, Option<String>>(0), row.get::<_, String>(1))
    };
    let untouched = row().await;
    ben.loads(&url(&image(&ben, &post).await, "w320.avif")).await.expect(200);
    assert_eq!(row().await, untouched, "a request does not wait for it");
    views::flush(&app.app).await;
    let noted = row().await;
    assert!(noted.0.is_some());
    let node = app.second_node().await;
    let elsewhere = image(&ben, &post).await;
    let address = format!("{}{}", node.url, url(&elsewhere, "w320.avif"));
    let answer = ben.request_without_session(Method::GET, &address).send().await;
    assert_eq!(answer.expect("the other process answers").status(), 200);
    app.passes(Duration::from_mins(5));
    views::flush(&node.app).await;
    assert_eq!(row().await, noted, "not even by another process");
}

#[tokio::test]
async fn it_waits_while_anything_else_is_to_be_done() {
    let app = TestApp::start().await;
    let (ana, ben, post, _) = circle(&app).await;
    is_looked_at(&app, &ben, &post).await;
    ana.uploads(&Photo::small(2)).await;
    runs(&app, REFINE).await;
    assert_eq!(version(&ben, &post).await, "1");
    app.processes_photos().await;
    runs(&app, REFINE).await;
    assert_eq!(version(&ben, &post).await, "2");
}

#[tokio::test]
async fn it_ends_when_something_else_is_to_be_done() {
    let (gate, media_program) = orphans::gated("refining");
    let media_program = Some(media_program);
    let app = TestApp::with(Options { media_program, ..Options::default() }).await;
    let (ana, ben, post, _) = circle(&app).await;
    is_looked_at(&app, &ben, &post).await;
    assert!(Command::new("mkfifo").arg(&gate).status().expect("mkfifo runs").success());
    let uploads = async {
        let at = gate.clone();
        let open = move || std::fs::OpenOptions::new().write(true).open(at);
        let opened = tokio::task::spawn_blocking(open).await.expect("a thread");
        // The encoder stands at the gate, and is not let through.
        let opened = opened.expect("the media process waits");
        (opened, ana.uploads(&Photo::small(2)).await)
    };
    let ((mut opened, upload), ()) = tokio::join!(uploads, runs(&app, REFINE));
    assert_eq!(version(&ben, &post).await, "1");
    std::fs::remove_file(&gate).expect("the gate is open");
    let _ = opened.write_all(b"go\n");
    app.processes_photos().await;
    assert_eq!(state(&ana, &upload).await.text("/state"), "ready");
    runs(&app, REFINE).await;
    assert_eq!(version(&ben, &post).await, "2");
}

fn dies(name: &str, signal: &str) -> PathBuf {
    // The second run of the program is the first of the second encoding.
    let script = format!(
        "if [ -e \"$marker\" ] && [ ! -e \"$marker.2\" ]; then : > \"$marker.2\"; kill -{signal} $$; fi; : > \"$marker\""
    );
    let program = program(name, &script);
    let _ = std::fs::remove_file(program.with_extension("marker.2"));
    program
}

#[tokio::test]
async fn an_encoder_that_is_killed_is_started_again_by_the_next_run() {
    let media_program = Some(dies("refine-killed", "KILL"));
    let app = TestApp::with(Options { media_program, ..Options::default() }).await;
    let (_, ben, post, _) = circle(&app).await;
    is_looked_at(&app, &ben, &post).await;
    let failed = kith::jobs::run_one(&app.app, REFINE, Value::Null).await;
    assert!(failed.is_err(), "it is told, and tried again");
    assert_eq!(version(&ben, &post).await, "1");
    runs(&app, REFINE).await;
    assert_eq!(version(&ben, &post).await, "2");
}

#[tokio::test]
async fn an_encoder_that_crashes_leaves_the_picture_as_it_is_for_good() {
    let media_program = Some(dies("refine-crashed", "SEGV"));
    let app = TestApp::with(Options { media_program, ..Options::default() }).await;
    let (_, ben, post, _) = circle(&app).await;
    is_looked_at(&app, &ben, &post).await;
    for _ in 0..2 {
        runs(&app, REFINE).await;
    }
    assert_eq!(version(&ben, &post).await, "1");
    ben.loads(&url(&image(&ben, &post).await, "w320.avif")).await.expect(200);
}

#[tokio::test]
async fn a_death_before_the_commit_leaves_nothing_that_the_next_run_does_not_use() {
    let app = TestApp::start().await;
    let (_, ben, post, _) = circle(&app).await;
    is_looked_at(&app, &ben, &post).await;
    runs(&app, REFINE).await;
    let after = image(&ben, &post).await;
    let files = orphans::files(&app).await;
    // As if everything but the commit had happened.
    app.sql()
        .await
        .batch_execute(
            "update images set metadata = previous, version = 1, previous = null, previous_until = null, refined_at = null;
             update posts p set image_metadata = i.metadata, image_url = '/v1/images/' || i.image_id || '/1'
                from images i where i.image_id = p.image_id",
        )
        .await
        .expect("as before");
    assert_eq!(version(&ben, &post).await, "1");
    runs(&app, REFINE).await;
    assert_eq!(image(&ben, &post).await, after);
    assert_eq!(orphans::files(&app).await.len(), files.len());
    // A job of another process that comes late finds nothing left to do.
    due(&app).await;
    runs(&app, REFINE).await;
    assert_eq!(image(&ben, &post).await, after);
}

#[tokio::test]
async fn a_profile_picture_gets_smaller_too() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let upload = ana.uploads(&Photo::of(Format::Jpeg, 700, 500, 7)).await;
    app.processes_photos().await;
    ana.put("/v1/me/profile-picture", json!({ "upload_id": upload })).await.expect(200);
    let card = async || {
        let card = ben.get("/v1/users/by-username/ana").await.expect(200);
        url(&card.at("/profile_picture"), "w320.avif")
    };
    let old = card().await;
    let bytes = ben.loads(&old).await.expect(200).bytes;
    views::flush(&app.app).await;
    runs(&app, REFINE).await;
    let new = card().await;
    assert_ne!(bare(&new), bare(&old));
    assert!(ben.loads(&new).await.expect(200).bytes.len() < bytes.len());
    let stored_url = "select profile_picture_url from users where username = 'ana'";
    let row = app.sql().await.query_one(stored_url, &[]).await.expect("a row");
    assert!(bare(&new).starts_with(row.get::<_, &str>(0)));
}
