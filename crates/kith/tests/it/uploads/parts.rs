//! Photos that come in parts: after a lost connection only what is missing is sent.

use std::time::Duration;

use kith_storage::UploadWay;
use kith_testkit::{
    Photo, TestApp,
    parts::{PART, missing, parts},
    s3::s3_server,
};
use serde_json::{Value, json};

use super::{state, stored};
use crate::s3::app_with;

/// A small photo with comments of its format, so that it has several parts.
fn photo() -> Photo {
    let mut photo = Photo::small(9);
    let mut comment = vec![0xff, 0xfe, 0xff, 0xff];
    comment.resize(2 + 0xffff, b'x');
    photo.bytes.splice(2..2, comment.repeat(3));
    assert_eq!(photo.bytes.len().div_ceil(PART), 4);
    photo
}

fn places(parts: &[Value]) -> Vec<u64> {
    parts.iter().map(|part| part["number"].as_u64().expect("a number")).collect()
}

/// The story of a phone in a train, wherever the bytes go.
async fn resumes(app: &TestApp) {
    let ana = app.person("ana").await;
    let photo = photo();
    let target = ana.announces_in_parts(&photo).await.expect(201);
    let upload = target.text("/upload_id");
    let complete = format!("/v1/uploads/{upload}/complete");
    let all = parts(&target);
    assert_eq!(missing(&target).len(), photo.bytes.len().div_ceil(PART));
    assert_eq!(ana.sends_part(&all[0], &photo).await, 200);
    assert_eq!(ana.sends_part(&all[2], &photo).await, 200);
    ana.posts_nothing(&complete).await.expect_problem(409, "upload-not-usable");

    // The page was loaded again.
    app.passes(Duration::from_mins(5));
    let known = state(&ana, &upload).await;
    assert_eq!(known.text("/state"), "awaiting");
    assert!(known.text("/expires_at") > target.text("/expires_at"));
    let rest = missing(&known);
    let expected: Vec<u64> = places(&all).into_iter().filter(|n| ![1, 3].contains(n)).collect();
    assert_eq!(places(&rest), expected);
    assert_eq!(parts(&known)[0].get("url"), None, "what is there has no address");
    for part in &rest {
        assert_eq!(ana.sends_part(part, &photo).await, 200);
    }
    assert_eq!(missing(&state(&ana, &upload).await), Vec::<Value>::new());
    let (one, other) = tokio::join!(ana.posts_nothing(&complete), ana.posts_nothing(&complete));
    assert_eq!(one.expect(202).text("/state"), "processing");
    assert_eq!(other.expect(202).text("/state"), "processing");

    let length = Some(photo.bytes.len() as u64);
    assert_eq!(stored(app, &format!("incoming/{upload}")).await, length);
    for part in places(&all) {
        assert_eq!(stored(app, &format!("incoming/{upload}.{part}")).await, None);
    }
    app.processes_photos().await;
    let ready = state(&ana, &upload).await;
    assert_eq!(ready.text("/state"), "ready");
    assert_eq!(ready.at("/image/width"), json!(96));
    assert_eq!(ready.at("/parts"), Value::Null);
}

#[tokio::test]
async fn a_lost_connection_costs_one_part_in_a_directory() {
    resumes(&TestApp::start().await).await;
}

#[tokio::test]
async fn there_are_fresh_addresses_as_long_as_there_is_the_upload() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = photo();
    let target = ana.announces_in_parts(&photo).await.expect(201);
    app.passes(Duration::from_hours(23));
    ana.refreshes().await.expect(200);
    assert_eq!(ana.sends_part(&parts(&target)[0], &photo).await, 403);
    let upload = target.text("/upload_id");
    for part in missing(&state(&ana, &upload).await) {
        assert_eq!(ana.sends_part(&part, &photo).await, 200);
    }
    ana.posts_nothing(&format!("/v1/uploads/{upload}/complete")).await.expect(202);
}

#[tokio::test]
async fn a_lost_connection_costs_one_part_in_a_bucket() {
    let server = s3_server().await;
    resumes(&app_with(&server, UploadWay::Direct).await).await;
}

#[tokio::test]
async fn a_lost_connection_costs_one_part_through_kith() {
    let server = s3_server().await;
    resumes(&app_with(&server, UploadWay::ThroughKith).await).await;
}

#[tokio::test]
async fn the_same_announcement_after_a_reload_finds_what_was_sent() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = photo();
    let body = photo.announcement_in_parts();
    let first = ana.post_once("/v1/uploads", "key-1", body.clone()).await.expect(201);
    assert_eq!(ana.sends_part(&parts(&first)[1], &photo).await, 200);
    let again = ana.post_once("/v1/uploads", "key-1", body).await.expect(201);
    assert_eq!(again.text("/upload_id"), first.text("/upload_id"));
    assert_eq!(parts(&again)[1]["stored"], json!(true));
    assert_eq!(missing(&again).len(), parts(&again).len() - 1);
}

#[tokio::test]
async fn the_whole_may_still_come_at_once() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = photo();
    let target = ana.announces_in_parts(&photo).await.expect(201);
    assert_eq!(ana.sends_part(&parts(&target)[0], &photo).await, 200);
    assert_eq!(ana.sends(&target, photo.bytes.clone()).await, 200);
    let upload = target.text("/upload_id");
    // Who lost the answer sees that nothing is missing.
    assert_eq!(missing(&state(&ana, &upload).await), Vec::<Value>::new());
    ana.posts_nothing(&format!("/v1/uploads/{upload}/complete")).await.expect(202);
    // Who did not ask for parts is told of none.
    let plain = ana.announces(&photo).await.expect(201);
    assert_eq!(plain.at("/parts"), Value::Null);
    let known = state(&ana, &plain.text("/upload_id")).await;
    assert_eq!((known.at("/parts"), known.at("/expires_at")), (Value::Null, Value::Null));
}

#[tokio::test]
async fn the_address_of_a_part_takes_that_part() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = photo();
    let target = ana.announces_in_parts(&photo).await.expect(201);
    let all = parts(&target);
    let (first, second) = (&all[0], photo.bytes[PART..2 * PART].to_vec());
    assert_eq!(ana.sends_as_part(first, second).await, 400);
    assert_eq!(ana.sends_as_part(first, photo.bytes.clone()).await, 413);
    let mut moved = first.clone();
    let url = first["url"].as_str().expect("an address");
    moved["url"] = json!(url.replacen(".1/bytes", ".2/bytes", 1));
    assert_eq!(ana.sends_part(&moved, &photo).await, 403);
    assert_eq!(ana.sends_part(first, &photo).await, 200);
    assert_eq!(ana.sends_part(first, &photo).await, 409);
    app.passes(Duration::from_mins(16));
    assert_eq!(ana.sends_part(&all[1], &photo).await, 403);
}

#[tokio::test]
async fn parts_of_another_photo_make_none() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = photo();
    let mut body = photo.announcement_in_parts();
    body["sha256"] = json!("00".repeat(32));
    let target = ana.post("/v1/uploads", body).await.expect(201);
    for part in &parts(&target) {
        assert_eq!(ana.sends_part(part, &photo).await, 200);
    }
    let upload = target.text("/upload_id");
    let complete = format!("/v1/uploads/{upload}/complete");
    let refused = ana.posts_nothing(&complete).await.expect_problem(409, "upload-not-usable");
    assert!(refused.text("/detail").contains("not the announced photo"));
    assert_eq!(stored(&app, &format!("incoming/{upload}")).await, None);
    assert_eq!(stored(&app, &format!("incoming/{upload}.1")).await, None);
    ana.posts_nothing(&complete).await.expect_problem(409, "upload-not-usable");
}

#[tokio::test]
async fn the_cut_is_bounded_and_fits_the_photo() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let good = Photo::opaque(2 * PART + 1).announcement_in_parts();
    ana.post("/v1/uploads", good.clone()).await.expect(201);
    let sum = "00".repeat(32);
    for (pointer, parts) in [
        ("/parts/byte_size", json!({ "byte_size": PART - 1, "sha256": [sum, sum, sum] })),
        ("/parts/byte_size", json!({ "byte_size": 0, "sha256": [] })),
        ("/parts/byte_size", json!({ "byte_size": -1, "sha256": [sum] })),
        ("/parts/byte_size", json!({ "byte_size": 26_214_401, "sha256": [sum] })),
        ("/parts/sha256", json!({ "byte_size": PART, "sha256": [sum, sum] })),
        ("/parts/sha256", json!({ "byte_size": PART, "sha256": [sum, sum, sum, sum] })),
        ("/parts/sha256", json!({ "byte_size": PART, "sha256": [sum, sum, "zz"] })),
    ] {
        let mut body = good.clone();
        body["parts"] = parts;
        let refused = ana.post("/v1/uploads", body).await.expect_problem(422, "validation");
        assert_eq!(refused.text("/errors/0/pointer"), pointer);
    }
    let mut body = good.clone();
    body["byte_size"] = json!(64 * PART + 1);
    let refused = ana.post("/v1/uploads", body).await.expect_problem(422, "validation");
    assert_eq!(refused.text("/errors/0/pointer"), "/parts/byte_size");
}
