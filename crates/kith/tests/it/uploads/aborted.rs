//! A thousand uploads that nobody finished, in every way that there is, and nothing of them a day later.

use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _, future, stream};
use kith_storage::UploadWay;
use kith_testkit::{
    Person, Photo, TestApp,
    parts::{PART, parts},
    s3::s3_server,
};

use super::runs;
use crate::s3::app_with;

const ABORTED: usize = 1_000;
/// How many clients are at it at once.
const AT_ONCE: usize = 8;

async fn objects(app: &TestApp) -> usize {
    let count = app.app.storage().list(None).try_fold(0, |count, _| future::ready(Ok(count + 1)));
    count.await.expect("a listing")
}

/// Gives up at one of five places.
async fn aborts(ana: &Person, place: usize) {
    let photo = if place < 3 { Photo::opaque(100) } else { Photo::opaque(2 * PART + 100) };
    let is_in_parts = place >= 3;
    let target = if is_in_parts {
        ana.announces_in_parts(&photo).await.expect(201)
    } else {
        ana.announces(&photo).await.expect(201)
    };
    match place {
        // Sent nothing.
        0 => {}
        // Sent something else.
        1 => assert!(ana.sends(&target, vec![1; 100]).await.is_client_error()),
        // Sent it and did not say so.
        2 => assert_eq!(ana.sends(&target, photo.bytes).await, 200),
        // Sent half of the parts.
        3 => assert_eq!(ana.sends_part(&parts(&target)[1], &photo).await, 200),
        // Sent all of them and did not say so.
        _ => {
            for part in &parts(&target) {
                assert_eq!(ana.sends_part(part, &photo).await, 200);
            }
        }
    }
}

async fn leaves_nothing(app: &TestApp) {
    let ana = app.person("ana").await;
    let places = stream::iter((0..ABORTED).map(|number| aborts(&ana, number % 5)));
    places.buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    // One object, one part and three parts of every five.
    assert_eq!(objects(app).await, ABORTED);
    app.passes(Duration::from_hours(23));
    runs(app, "uploads.sweep").await;
    assert_eq!(objects(app).await, ABORTED, "an upload has a day");
    app.passes(Duration::from_hours(1) + Duration::from_secs(1));
    runs(app, "uploads.sweep").await;
    app.drain_jobs().await;
    assert_eq!(objects(app).await, 0);
    let db = app.app.db().pooled().await.expect("a connection");
    let left = db.query_one("select count(*) from uploads", &[]).await.expect("a count");
    assert_eq!(left.get::<_, i64>(0), 0);
}

#[tokio::test]
async fn a_thousand_aborted_uploads_leave_nothing_in_a_directory() {
    let app = TestApp::start().await;
    leaves_nothing(&app).await;
    let unfinished = app.app.config().data_dir.join("photos/.tmp");
    assert_eq!(std::fs::read_dir(unfinished).expect("a folder").count(), 0);
}

/// The server knows no multipart uploads at all, so that none can be left: any call of theirs would have failed.
#[tokio::test]
async fn a_thousand_aborted_uploads_leave_nothing_in_a_bucket() {
    let server = s3_server().await;
    leaves_nothing(&app_with(&server, UploadWay::Direct).await).await;
    assert_eq!(server.unfinished(), 0);
}

#[tokio::test]
async fn a_thousand_aborted_uploads_leave_nothing_behind_kith() {
    let server = s3_server().await;
    leaves_nothing(&app_with(&server, UploadWay::ThroughKith).await).await;
    assert_eq!(server.unfinished(), 0);
}
