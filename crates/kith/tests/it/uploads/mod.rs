//! Uploads, the job that makes images of them, and who gets the bytes.

mod aborted;
mod announcing;
mod answers;
mod bytes;
mod fate;
mod images;
mod interrupted;
mod leaving;
mod metadata;
mod originals;
mod orphans;
mod parts;
mod picture;
mod processing;
mod quota;
mod sweep;
mod versions;
mod webp;

use kith_storage::{ObjectKey, StorageError};
use kith_testkit::{Answer, Person, TestApp};
use serde_json::Value;

/// The upload as its owner sees it.
async fn state(person: &Person, upload: &str) -> Answer {
    person.get(&format!("/v1/uploads/{upload}")).await.expect(200)
}

/// Length of an object in the store; none if it is not there.
async fn stored(app: &TestApp, key: &str) -> Option<u64> {
    match app.app.storage().head(&ObjectKey::parse(key).expect("a key")).await {
        Ok(object) => Some(object.size),
        Err(StorageError::NotFound) => None,
        Err(error) => panic!("the store fails: {error}"),
    }
}

/// The name in the store of the file behind an address of an image.
async fn key(app: &TestApp, url: &str) -> String {
    let path = url.split('?').next().and_then(|path| path.strip_prefix("/v1/images/"));
    let parts: Vec<&str> = path.expect("a path").split(['/', '.']).collect();
    let [image, version, name, extension] = parts[..] else { panic!("{url} is of no image") };
    let metadata = "select case when version = $2::text::integer then metadata else previous end
        from images where image_id = $1::text::uuid";
    let row = app.sql().await.query_one(metadata, &[&image, &version]).await.expect("an image");
    let metadata: Value = row.get(0);
    let sizes = metadata["renditions"].as_array().expect("renditions").iter();
    let mut all = sizes.chain([&metadata["square"]]);
    let rendition = all.find(|rendition| rendition["name"] == name).expect("a rendition");
    let format = if extension == "jpg" { "jpeg" } else { extension };
    let digest = rendition["digests"][format].as_str().expect("a name");
    format!("images/{image}/{digest}.{extension}")
}

/// Lets every job that waits for another attempt have it at the next run.
async fn due(app: &TestApp) {
    let db = app.app.db().pooled().await.expect("a connection");
    let now = "update graphile_worker._private_jobs set run_at = now()";
    db.batch_execute(now).await.expect("the jobs are due");
}

/// Post and recipient of the targeted events of a kind.
async fn events(app: &TestApp, kind: &str) -> Vec<(String, String)> {
    let db = app.app.db().pooled().await.expect("a connection");
    let events = "select post_id::text, recipient_id::text from events where kind = $1 and recipient_id is not null";
    db.query(events, &[&kind])
        .await
        .expect("events")
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect()
}

/// Runs a scheduled task now.
async fn runs(app: &TestApp, task: &str) {
    kith::jobs::run_one(&app.app, task, serde_json::Value::Null).await.expect("the task succeeds");
}
