//! Files of images that are gone do not stay in the store.

use std::{io::Write as _, path::PathBuf, process::Command, time::Duration};

use futures_util::TryStreamExt as _;
use kith_storage::{ObjectKey, PutMode};
use kith_testkit::{Options, Photo, TestApp, posts::source_url};
use serde_json::json;

use super::{interrupted::program, runs, state, stored};

pub async fn files(app: &TestApp) -> Vec<String> {
    let folder = ObjectKey::parse("images").expect("a key");
    let files: Vec<_> =
        app.app.storage().list(Some(&folder)).try_collect().await.expect("a listing");
    files.into_iter().map(|file| file.key.to_string()).collect()
}

async fn puts(app: &TestApp, key: &str) {
    let key = ObjectKey::parse(key).expect("a key");
    let put = app.app.storage().put(&key, "x".into(), "image/webp", PutMode::Replace);
    put.await.expect("stored");
}

async fn execute(app: &TestApp, sql: &str) {
    let db = app.app.db().pooled().await.expect("a connection");
    db.batch_execute(sql).await.expect("the database is changed");
}

#[tokio::test]
async fn files_that_no_row_knows_go_after_a_day_and_no_others() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let gone = ana.posts(Photo::small(1)).await;
    let kept = ana.posts(Photo::small(2)).await;
    app.processes_photos().await;
    let kept_files = files(&app).await.len() / 2;
    // As after a death between the two: the row is gone, the files are not.
    execute(&app, &format!("delete from posts where post_id = '{}'", gone.id)).await;
    let unknown =
        "delete from images i where not exists (select from posts p where p.image_id = i.image_id)";
    execute(&app, unknown).await;
    puts(&app, "images/readme").await;
    runs(&app, "uploads.sweep_images").await;
    assert_eq!(files(&app).await.len(), 2 * kept_files + 1, "they are not a day old");

    app.passes(Duration::from_hours(25));
    ana.refreshes().await.expect(200);
    let young = ana.posts(Photo::small(3)).await;
    app.processes_photos().await;
    runs(&app, "uploads.sweep_images").await;
    assert_eq!(files(&app).await.len(), 2 * kept_files + 1);
    for post in [kept, young] {
        let image = ana.get(&post.path()).await.expect(200).at("/image");
        ana.loads(&source_url(&image, "w320.jpg").expect("a source")).await.expect(200);
    }
    assert_eq!(
        stored(&app, "images/readme").await,
        Some(1),
        "a name that is not ours is left alone"
    );
}

#[tokio::test]
async fn files_of_an_upload_in_work_stay() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    let before = files(&app).await.len();
    // As if the job had died before its commit, and waits for its next attempt since.
    execute(&app, "update posts set image_id = null, image_url = null, image_metadata = null, posted_at = null").await;
    execute(&app, "update uploads set state = 'processing', image_id = null; delete from images")
        .await;
    app.passes(Duration::from_hours(25));
    runs(&app, "uploads.sweep_images").await;
    assert_eq!(files(&app).await.len(), before);
    execute(&app, "delete from uploads").await;
    runs(&app, "uploads.sweep_images").await;
    assert_eq!(files(&app).await.len(), 0);
}

/// A media process that waits to be let through, once there is something to wait at.
pub fn gated(name: &str) -> (PathBuf, PathBuf) {
    let name = format!("gate-{name}-{}", std::process::id());
    let gate = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(&name);
    let _ = std::fs::remove_file(&gate);
    let script = format!("if [ -p '{0}' ]; then read go < '{0}'; fi", gate.display());
    let program = program(&name, &script);
    (gate, program)
}

#[tokio::test]
async fn a_webp_of_an_image_that_is_discarded_meanwhile_is_taken_back() {
    let (gate, media_program) = gated("discarding");
    let media_program = Some(media_program);
    let app = TestApp::with(Options { media_program, ..Options::default() }).await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    app.processes_photos().await;
    let image = state(&ana, &upload).await.at("/image");
    ana.put("/v1/me/profile-picture", json!({ "upload_id": upload })).await.expect(200);
    let url = source_url(&image, "w320.webp").expect("a source");
    assert!(Command::new("mkfifo").arg(&gate).status().expect("mkfifo runs").success());

    let asks = ana.loads(&url);
    let discards = async {
        // Opens when the media process is there.
        let (at, app) = (gate.clone(), &app);
        let open = move || std::fs::OpenOptions::new().write(true).open(at);
        let opened = tokio::task::spawn_blocking(open).await.expect("a thread");
        let mut opened = opened.expect("the media process waits");
        ana.delete("/v1/me/profile-picture").await.expect(204);
        app.drain_jobs().await;
        assert_eq!(files(app).await, Vec::<String>::new());
        opened.write_all(b"go\n").expect("it goes on");
    };
    let (answer, ()) = tokio::join!(asks, discards);
    answer.expect_problem(404, "not-found");
    assert_eq!(files(&app).await, Vec::<String>::new());
}
