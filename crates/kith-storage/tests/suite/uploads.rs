//! Presigned uploads by an honest client, and by one that repeats itself.

use std::time::Duration;

use futures_util::future;
use kith_storage::ObjectKey;
use kith_types::time::Timestamp;

use crate::fixture::{Fixture, terms};

pub async fn an_upload_arrives_whole(store: &Fixture) {
    let photo: Vec<u8> = (0..700_000_u32).map(|n| (n % 253) as u8).collect();
    let terms = terms("0198c0de-0000-7000-8000-000000000001", &photo);
    let target = store.presign(&terms);
    assert_eq!(store.upload(&target, photo.clone()).await, 200);
    assert_eq!(store.storage.get(&terms.key, terms.content_length).await.unwrap(), photo);
    assert_eq!(terms.key.as_str(), "incoming/0198c0de-0000-7000-8000-000000000001");
}

pub async fn an_empty_upload_arrives(store: &Fixture) {
    let target = store.presign(&terms("empty", b""));
    // Without this header the client would send no length at all.
    let status =
        store.upload_with(&target, |request| request.header("content-length", 0).body("")).await;
    assert_eq!(status, 200);
}

pub async fn an_address_is_used_once(store: &Fixture) {
    let target = store.presign(&terms("once", b"photo"));
    assert_eq!(store.upload(&target, "photo").await, 200);
    assert_eq!(store.upload(&target, "photo").await, 412);
    let another = store.presign(&terms("once", b"other"));
    assert_eq!(store.upload(&another, "other").await, 412);
    let key = ObjectKey::incoming("once").unwrap();
    assert_eq!(store.storage.get(&key, 10).await.unwrap(), "photo");
}

pub async fn of_two_uploads_at_once_one_arrives(store: &Fixture) {
    let target = store.presign(&terms("race", b"photo"));
    let mut statuses = future::join_all((0..6).map(|_| store.upload(&target, "photo"))).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412, 412, 412, 412]);
}

pub async fn a_refused_upload_can_be_tried_again(store: &Fixture) {
    let target = store.presign(&terms("again", b"photo"));
    assert_eq!(store.upload(&target, "otoph").await, 400);
    assert_eq!(store.upload(&target, "photo").await, 200);
}

pub async fn an_address_lives_between_a_second_and_a_quarter_of_an_hour(store: &Fixture) {
    let now = Timestamp::from_unix_milliseconds(1_700_000_000_750);
    for (asked, given) in [(0, 1), (1, 1), (300, 300), (900, 900), (1_000_000, 900)] {
        let asked = Duration::from_secs(asked);
        let target = store.storage.presign_put(&terms("life", b"x"), now, asked).unwrap();
        assert_eq!(target.expires_at, Timestamp::from_unix_seconds(1_700_000_000 + given));
        assert!(!format!("{target:?}").contains("http"), "the address must not show in logs");
    }
}
