//! What an account may send without using it, and one address many times at once.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, future, stream};
use kith::config::LimitProfile;
use kith_testkit::{Answer, Options, Person, Photo, TestApp};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::oneshot;

const LARGEST: u64 = 26_214_400;

async fn strict() -> TestApp {
    let configure = |config: &mut kith::config::Config| {
        config.limits.requests_per_account_per_minute = 10_000;
        config.limits.requests_per_network_per_minute = 10_000;
    };
    let limits = LimitProfile::Production;
    TestApp::with(Options { limits, configure, ..Options::default() }).await
}

fn announcement(byte_size: u64) -> Value {
    json!({ "content_type": "image/jpeg", "byte_size": byte_size, "sha256": "00".repeat(32) })
}

async fn announces(person: &Person, count: usize, byte_size: u64) -> Vec<u16> {
    let announce = |_| person.post("/v1/uploads", announcement(byte_size));
    let answers = future::join_all((0..count).map(announce)).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    statuses.sort_unstable();
    statuses
}

fn retry_after(answer: &Answer) -> u64 {
    assert_eq!(answer.header("retry-after"), answer.at("/retry_after").to_string());
    answer.at("/retry_after").as_u64().expect("seconds")
}

#[tokio::test]
async fn sixty_uploads_wait_for_a_use_and_no_more() {
    let app = strict().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let first = ana.uploads(&Photo::small(1)).await;
    app.passes(Duration::from_hours(1));
    ana.refreshes().await.expect(200);
    // At the same time: they count each other.
    let statuses = announces(&ana, 62, 1_000).await;
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 59);
    assert_eq!(statuses[59..], [429, 429, 429]);
    ben.refreshes().await.expect(200);
    assert_eq!(announces(&ben, 1, 1_000).await, [201]);
    let refused = ana.post("/v1/uploads", announcement(1_000)).await;
    let wait = retry_after(&refused.expect_problem(429, "rate-limited"));
    assert!((82_000..=82_800).contains(&wait), "until the first one ends: {wait}");
    // What is used does not count.
    app.processes_photos().await;
    let body = json!({ "upload_id": first, "visibility": "friends-only" });
    ana.post("/v1/posts", body).await.expect(201);
    assert_eq!(announces(&ana, 2, 1_000).await, [201, 429]);
}

#[tokio::test]
async fn the_wait_that_is_told_is_enough() {
    let app = strict().await;
    let ana = app.person("ana").await;
    assert_eq!(announces(&ana, 20, LARGEST).await, [201; 20]);
    let once = |key: &'static str| ana.post_once("/v1/uploads", key, announcement(LARGEST));
    let refused = once("key-1").await.expect_problem(429, "rate-limited");
    let wait = retry_after(&refused);
    app.passes(Duration::from_secs(wait - 60));
    ana.refreshes().await.expect(200);
    once("key-2").await.expect_problem(429, "rate-limited");
    app.passes(Duration::from_mins(1));
    // A key whose request was refused is free.
    once("key-1").await.expect(201);
}

#[tokio::test]
async fn an_upload_that_is_started_again_with_its_key_counts_once() {
    let app = strict().await;
    let ana = app.person("ana").await;
    ana.post_once("/v1/uploads", "key-1", announcement(1_000)).await.expect(201);
    assert_eq!(announces(&ana, 59, 1_000).await, [201; 59]);
    ana.post_once("/v1/uploads", "key-1", announcement(1_000)).await.expect(201);
}

#[tokio::test]
async fn an_address_takes_one_body_at_a_time() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    let (go, goes) = oneshot::channel::<()>();
    let (half, rest) = photo.bytes.split_at(photo.bytes.len() / 2);
    let (half, rest) = (Bytes::copy_from_slice(half), Bytes::copy_from_slice(rest));
    let rest = stream::once(async move {
        let _ = goes.await;
        rest
    });
    let parts = stream::iter([half]).chain(rest).map(std::io::Result::Ok);
    let request = ana.request_without_session(Method::PUT, &target.text("/url"));
    let request = request
        .header("content-type", photo.content_type)
        .header("content-length", photo.bytes.len())
        .body(reqwest::Body::wrap_stream(parts));
    let unfinished = app.app.config().data_dir.join("photos/.tmp");
    let second = async {
        // The first one arrives as soon as there is a file for it.
        while std::fs::read_dir(&unfinished).expect("a folder").next().is_none() {
            tokio::task::yield_now().await;
        }
        let statuses = [
            ana.sends(&target, photo.bytes.clone()).await,
            ana.sends(&target, photo.bytes.clone()).await,
        ];
        go.send(()).expect("the first one waits");
        statuses
    };
    let (first, others) = tokio::join!(request.send(), second);
    assert_eq!(others.map(|status| status.as_u16()), [409, 409]);
    assert_eq!(first.expect("an answer").status(), 200);
}
