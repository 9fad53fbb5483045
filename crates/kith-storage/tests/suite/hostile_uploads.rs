//! Presigned uploads by a client that wants to store something else than it announced.
//!
//! Both back ends must refuse with the same status, and store nothing.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use kith_storage::{PresignedPut, Refusal, StorageError};
use kith_types::time::{Clock, SystemClock};

use crate::fixture::{Fixture, client, object_key, terms};

async fn assert_nothing_is_stored(store: &Fixture) {
    assert_eq!(store.keys_in(None).await, Vec::<String>::new());
    let left = store.storage.remove_unfinished(SystemClock.now() + Duration::from_hours(1)).await;
    assert_eq!(left.unwrap(), 0, "no temporary file stays behind");
}

pub async fn a_longer_body_is_refused(store: &Fixture) {
    let target = store.presign(&terms("longer", b"photo"));
    assert_eq!(store.upload(&target, "photo and more").await, 403);
    assert_nothing_is_stored(store).await;
}

pub async fn a_shorter_body_is_refused(store: &Fixture) {
    let target = store.presign(&terms("shorter", b"photo"));
    assert_eq!(store.upload(&target, "phot").await, 403);
    assert_eq!(store.upload(&target, "").await, 403);
    assert_nothing_is_stored(store).await;
}

pub async fn a_body_of_unknown_length_is_refused(store: &Fixture) {
    let target = store.presign(&terms("chunked", b"photo"));
    let chunks = stream::iter([Ok::<_, std::io::Error>("pho"), Ok("to")]);
    assert_eq!(store.upload(&target, reqwest::Body::wrap_stream(chunks)).await, 403);
    assert_nothing_is_stored(store).await;
}

pub async fn another_type_is_refused(store: &Fixture) {
    let mut target = store.presign(&terms("type", b"photo"));
    for header in &mut target.headers {
        if header.0 == "content-type" {
            header.1 = "text/html".into();
        }
    }
    assert_eq!(store.upload(&target, "photo").await, 403);
    target.headers.retain(|(name, _)| *name != "content-type");
    assert_eq!(store.upload(&target, "photo").await, 403);
    let unsignable =
        ["", "image", "image/", "image/jpeg\r\nx: y", "image/jpeg; charset=x", "a b/c"];
    for content_type in unsignable {
        let mut terms = terms("type", b"photo");
        terms.content_type = content_type.into();
        let refused = store.storage.presign_put(&terms, SystemClock.now(), Duration::from_mins(1));
        assert!(
            matches!(refused, Err(StorageError::Refused(Refusal::ContentType))),
            "{content_type}"
        );
    }
    assert_nothing_is_stored(store).await;
}

pub async fn another_key_is_refused(store: &Fixture) {
    let target = store.presign(&terms("mine", b"photo"));
    for other in ["other", "..", "%2e%2e", "mine%2f..%2fother", "..%2fimages", "MINE"] {
        let changed = changed(
            &target,
            "incoming/mine",
            &format!("incoming/{other}"),
            "uploads/mine",
            &format!("uploads/{other}"),
        );
        let status = store.upload(&changed, "photo").await;
        // Paths that a client or server resolves away end at no route at all.
        assert!([403, 404, 405].contains(&status), "{other}: {status}");
    }
    assert_nothing_is_stored(store).await;
}

pub async fn a_wrong_signature_is_refused(store: &Fixture) {
    let target = store.presign(&terms("signature", b"photo"));
    let (address, signature) = target.url.rsplit_once("ignature=").unwrap();
    let forged: String = signature.chars().map(|c| if c == 'a' { 'b' } else { 'a' }).collect();
    for signature in [forged.as_str(), "", "0", &signature[1..], &"f".repeat(10_000)] {
        let target =
            PresignedPut { url: format!("{address}ignature={signature}"), ..target.clone() };
        let status = store.upload(&target, "photo").await;
        assert!([400, 403, 414].contains(&status), "{signature}: {status}");
    }
    let unsigned = PresignedPut { url: address.split('?').next().unwrap().to_owned(), ..target };
    assert_eq!(store.upload(&unsigned, "photo").await, 403);
    assert_nothing_is_stored(store).await;
}

/// Every signed part of the address is changed once, to the client's advantage.
pub async fn a_changed_address_is_refused(store: &Fixture) {
    let target = store.presign(&terms("changed", b"photo"));
    let (address, query) = target.url.split_once('?').unwrap();
    let parts: Vec<&str> = query.split('&').collect();
    for (index, part) in parts.iter().enumerate() {
        let (name, value) = part.split_once('=').unwrap();
        let more = format!("{name}={value}0");
        let mut changed = parts.clone();
        changed[index] = &more;
        let url = format!("{address}?{}", changed.join("&"));
        let status = store.upload(&PresignedPut { url, ..target.clone() }, "photo").await;
        assert!(status >= 400, "{name}: {status}");
        changed.remove(index);
        let url = format!("{address}?{}", changed.join("&"));
        let status = store.upload(&PresignedPut { url, ..target.clone() }, "photo").await;
        assert!(status >= 400, "without {name}: {status}");
    }
    assert_nothing_is_stored(store).await;
}

pub async fn an_expired_address_is_refused(store: &Fixture) {
    let past = SystemClock.now() - Duration::from_secs(62);
    let target =
        store.storage.presign_put(&terms("late", b"photo"), past, Duration::from_mins(1)).unwrap();
    assert_eq!(store.upload(&target, "photo").await, 403);
    assert_nothing_is_stored(store).await;
}

pub async fn other_bytes_of_the_same_length_are_refused(store: &Fixture) {
    let target = store.presign(&terms("bytes", b"photo"));
    assert_eq!(store.upload(&target, "virus").await, 400);
    assert_nothing_is_stored(store).await;
}

pub async fn a_body_that_breaks_off_is_not_stored(store: &Fixture) {
    let target = store.presign(&terms("cut", b"photo"));
    let pieces =
        [Ok(Bytes::from_static(b"pho")), Err(std::io::Error::other("the network went away"))];
    let body = reqwest::Body::wrap_stream(stream::iter(pieces).boxed());
    let mut request = client().put(&target.url).header("content-length", 5).body(body);
    for (name, value) in &target.headers {
        request = request.header(*name, value);
    }
    request.send().await.unwrap_err();
    // The same address works only if nothing was stored. The server may still be at it for a moment.
    let mut status = 412;
    for _ in 0..1_000 {
        status = store.upload(&target, "photo").await;
        if status != 412 {
            break;
        }
    }
    assert_eq!(status, 200);
}

pub async fn an_upload_is_not_readable_by_its_address(store: &Fixture) {
    let target = store.presign(&terms("secret", b"photo"));
    assert_eq!(store.upload(&target, "photo").await, 200);
    let answer = store.client.get(&target.url).send().await.unwrap();
    assert!([403, 405].contains(&answer.status().as_u16()));
    assert!(!answer.text().await.unwrap().contains("photo"));
}

pub async fn no_address_is_signed_outside_of_incoming(store: &Fixture) {
    for key in ["images/a", "incoming", "incoming/a/b", "incoming-2/a"] {
        let mut terms = terms("x", b"photo");
        terms.key = object_key(key);
        let refused = store.storage.presign_put(&terms, SystemClock.now(), Duration::from_mins(1));
        assert!(matches!(refused, Err(StorageError::Refused(Refusal::NotIncoming))), "{key}");
    }
}

fn changed(
    target: &PresignedPut,
    from: &str,
    to: &str,
    or_from: &str,
    or_to: &str,
) -> PresignedPut {
    let url = target.url.replacen(from, to, 1).replacen(or_from, or_to, 1);
    assert_ne!(url, target.url);
    PresignedPut { url, ..target.clone() }
}
