//! The address that takes the bytes, where Kith itself keeps them.

use std::time::Duration;

use kith_testkit::{Photo, TestApp};
use reqwest::Method;

#[tokio::test]
async fn an_address_takes_exactly_the_announced_bytes_once() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    let mut longer = photo.bytes.clone();
    longer.push(0);
    assert_eq!(ana.sends(&target, longer).await, 413);
    assert_eq!(ana.sends(&target, photo.bytes[1..].to_vec()).await, 413);
    let mut other = photo.bytes.clone();
    other[100] ^= 1;
    assert_eq!(ana.sends(&target, other).await, 400);
    assert_eq!(ana.sends(&target, photo.bytes.clone()).await, 200);
    assert_eq!(ana.sends(&target, photo.bytes.clone()).await, 409);
}

#[tokio::test]
async fn an_address_that_was_changed_or_has_expired_takes_nothing() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    let mut target = ana.announces(&photo).await.expect(201);
    let another = ana.announces(&photo).await.expect(201);
    let url = target.text("/url");
    let (path, query) = url.split_once('?').expect("a signature");
    let (other_path, _) =
        another.body["url"].as_str().and_then(|u| u.split_once('?')).expect("one");
    for wrong in [
        path.to_owned(),
        format!("{other_path}?{query}"),
        url.replace("length=", "length=1"),
        url.replace("signature=", "signature=A"),
        format!("/v1/uploads/..%2Fimages/bytes?{query}"),
    ] {
        target.body["url"] = wrong.clone().into();
        let status = ana.sends(&target, photo.bytes.clone()).await;
        assert!(matches!(status.as_u16(), 403 | 404), "{wrong}: {status}");
    }
    target.body["url"] = url.into();
    let mut other_type = target.clone();
    other_type.body["headers"]["content-type"] = "text/html".into();
    assert_eq!(ana.sends(&other_type, photo.bytes.clone()).await, 415);
    app.passes(Duration::from_mins(16));
    assert_eq!(ana.sends(&target, photo.bytes.clone()).await, 403);
}

#[tokio::test]
async fn credentials_are_ignored_there() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    let request = ben.request(Method::PUT, &target.text("/url"));
    let request =
        request.header("content-type", photo.content_type).header("cookie", "kith_access=x");
    let request = request.header("origin", "https://elsewhere.example").body(photo.bytes);
    assert_eq!(request.send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn a_body_that_breaks_off_can_be_sent_again() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = Photo::small(1);
    let target = ana.announces(&photo).await.expect(201);
    let half = photo.bytes[..photo.bytes.len() / 2].to_vec();
    let broken =
        futures_util::stream::iter([Ok(half), Err(std::io::Error::other("the network is gone"))]);
    let request = ana.request_without_session(Method::PUT, &target.text("/url"));
    let request = request
        .header("content-type", photo.content_type)
        .header("content-length", photo.bytes.len())
        .body(reqwest::Body::wrap_stream(broken));
    assert!(request.send().await.is_err());
    // The server may be at the broken one for a moment.
    let mut status = ana.sends(&target, photo.bytes.clone()).await;
    for _ in 0..1_000 {
        if status != 409 {
            break;
        }
        status = ana.sends(&target, photo.bytes.clone()).await;
    }
    assert_eq!(status, 200);
}
