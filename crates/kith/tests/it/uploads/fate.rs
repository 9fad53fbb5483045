//! How long an accepted photo is waited for, and what becomes of one on which nothing succeeds.

use std::{path::PathBuf, time::Duration};

use kith_testkit::{Options, Person, Photo, Post, TestApp};
use serde_json::json;

use super::{due, events, runs, state};

/// Ana has posted a photo that cannot be made as long as `media_program` is what it is.
struct Waiting {
    app: TestApp,
    ana: Person,
    upload: String,
    post: Post,
}

async fn waiting(media_program: Option<PathBuf>) -> Waiting {
    let app = TestApp::with(Options { media_program, ..Options::default() }).await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let post = ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    Waiting { app, ana, upload, post }
}

fn missing() -> PathBuf {
    PathBuf::from("/nowhere/kith")
}

impl Waiting {
    async fn is_kept(&self) {
        assert_eq!(state(&self.ana, &self.upload).await.text("/state"), "processing");
        assert!(self.ana.sees(&self.post).await);
    }

    async fn execute(&self, sql: &str) {
        let db = self.app.app.db().pooled().await.expect("a connection");
        db.batch_execute(sql).await.expect("the queue is changed");
    }

    async fn sweeps_days_later(&self) {
        self.app.passes(Duration::from_hours(60));
        self.ana.refreshes().await.expect(200);
        runs(&self.app, "uploads.sweep").await;
    }
}

#[tokio::test]
async fn a_photo_that_only_waits_its_turn_is_kept_however_long() {
    let waiting = waiting(Options::default().media_program).await;
    waiting.sweeps_days_later().await;
    waiting.is_kept().await;
    waiting.app.processes_photos().await;
    assert_eq!(state(&waiting.ana, &waiting.upload).await.text("/state"), "ready");
    assert!(waiting.ana.sees(&waiting.post).await);
}

#[tokio::test]
async fn a_photo_fails_when_every_attempt_has_failed_and_not_before() {
    let waiting = waiting(Some(missing())).await;
    let attempts = 18;
    for attempt in 1..=attempts {
        waiting.app.processes_photos().await;
        if attempt == 1 || attempt == attempts - 1 {
            waiting.sweeps_days_later().await;
            waiting.is_kept().await;
        }
        due(&waiting.app).await;
    }
    waiting.is_kept().await;
    runs(&waiting.app, "uploads.sweep").await;
    assert_eq!(state(&waiting.ana, &waiting.upload).await.text("/failure/type"), "unavailable");
    assert!(!waiting.ana.sees(&waiting.post).await);
    assert_eq!(events(&waiting.app, "post.failed").await.len(), 1);
}

/// What the attempts are worth, by the waits of the queue.
#[test]
fn the_attempts_outlast_two_days() {
    let waits = (1..18_u8).map(|failures| f64::from(failures.min(10)).exp());
    let hours = waits.sum::<f64>() / 3600.0;
    assert!((48.0..72.0).contains(&hours), "{hours}");
}

#[tokio::test]
async fn a_job_in_its_last_attempt_has_not_failed_yet() {
    let waiting = waiting(Some(missing())).await;
    let last = "update graphile_worker._private_jobs set attempts = max_attempts, locked_at = now(), locked_by = 'w'";
    waiting.execute(last).await;
    waiting.sweeps_days_later().await;
    waiting.is_kept().await;
}

#[tokio::test]
async fn a_job_that_was_lost_is_asked_for_again() {
    let waiting = waiting(Options::default().media_program).await;
    waiting.execute("delete from graphile_worker._private_jobs").await;
    runs(&waiting.app, "uploads.sweep").await;
    runs(&waiting.app, "uploads.sweep").await;
    waiting.app.processes_photos().await;
    assert_eq!(state(&waiting.ana, &waiting.upload).await.text("/state"), "ready");
    runs(&waiting.app, "uploads.sweep").await;
    let db = waiting.app.app.db().pooled().await.expect("a connection");
    let jobs =
        "select count(*) from graphile_worker._private_jobs where key like 'uploads.process:%'";
    let left: i64 = db.query_one(jobs, &[]).await.expect("a count").get(0);
    assert_eq!(left, 0);
}
