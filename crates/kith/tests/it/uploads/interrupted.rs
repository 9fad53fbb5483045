//! Photos whose process dies through no fault of theirs, and those on which every process dies.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use kith_testkit::{Options, Person, Photo, Post, TestApp};

use super::{due, state};

/// A stand-in for the media process: the script, and then the real one. `$marker` names no file at first.
pub fn program(name: &str, script: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let base = folder.join(format!("{name}-{}", std::process::id()));
    let marker = base.with_extension("marker");
    let _ = fs::remove_file(&marker);
    let real = Options::default().media_program.expect("the program was built");
    let (real, shown) = (real.display(), marker.display());
    let text = format!("#!/bin/sh\nmarker='{shown}'\n{script}\nexec '{real}' \"$@\"\n");
    let path = base.with_extension("sh");
    fs::write(&path, text).expect("the script is written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("it can be run");
    path
}

/// What dies at the first photo, and only then.
fn dies_once(signal: &str) -> String {
    format!("if [ ! -e \"$marker\" ]; then : > \"$marker\"; kill -{signal} $$; fi")
}

async fn post_with(name: &str, script: &str) -> (TestApp, Person, String, Post) {
    let options = Options { media_program: Some(program(name, script)), ..Options::default() };
    let app = TestApp::with(options).await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let body = serde_json::json!({ "upload_id": upload, "visibility": "friends-only" });
    let post = ana.shares(body).await;
    app.processes_photos().await;
    (app, ana, upload, post)
}

#[tokio::test]
async fn a_post_outlives_that_somebody_ends_the_media_process() {
    for signal in ["KILL", "TERM"] {
        let name = format!("ended-{signal}");
        let (app, ana, upload, post) = post_with(&name, &dies_once(signal)).await;
        assert_eq!(state(&ana, &upload).await.text("/state"), "processing", "{signal}");
        assert!(ana.sees(&post).await, "{signal}");
        due(&app).await;
        app.processes_photos().await;
        assert_eq!(state(&ana, &upload).await.text("/state"), "ready", "{signal}");
        assert!(ana.sees(&post).await, "{signal}");
    }
}

#[tokio::test]
async fn a_crash_is_tried_once_more_at_once() {
    let (_app, ana, upload, post) = post_with("crashed-once", &dies_once("SEGV")).await;
    assert_eq!(state(&ana, &upload).await.text("/state"), "ready");
    assert!(ana.sees(&post).await);
}

#[tokio::test]
async fn a_photo_on_which_the_process_crashes_twice_has_failed() {
    let (_app, ana, upload, post) = post_with("crashed", "kill -SEGV $$").await;
    assert_eq!(state(&ana, &upload).await.text("/failure/type"), "crashed");
    assert!(!ana.sees(&post).await);
}
