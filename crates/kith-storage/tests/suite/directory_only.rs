//! What only the directory has to keep: file modes, empty folders, leftovers, its own signatures.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future;
use kith_storage::{
    ObjectStorage, PutMode, PutRequest, Refusal, StorageConfig, StorageError, UploadRoute,
};
use kith_types::time::{Clock, SystemClock};
use secrecy::SecretBox;

use crate::fixture::{Fixture, JPEG, object_key, terms};

#[tokio::test]
async fn a_directory_is_for_its_owner_alone_and_keeps_no_empty_folders() {
    let store = Fixture::directory().await;
    let root = store.root.as_ref().unwrap().path().join("photos");
    let mode =
        |path: &str| std::fs::metadata(root.join(path)).unwrap().permissions().mode() & 0o777;
    store.put("images/a/one", b"x").await;
    assert_eq!((mode(""), mode("images/a"), mode("images/a/one")), (0o700, 0o700, 0o600));
    store.storage.delete(&object_key("images/a/one")).await.unwrap();
    assert!(!root.join("images").exists());
    store.storage.probe().await.unwrap();
}

#[tokio::test]
async fn what_a_killed_writer_left_is_removed() {
    let store = Fixture::directory().await;
    let unfinished = store.root.as_ref().unwrap().path().join("photos/.tmp/4711-0");
    std::fs::write(&unfinished, b"half a photo").unwrap();
    assert_eq!(store.keys_in(None).await, Vec::<String>::new());
    let now = SystemClock.now();
    assert_eq!(store.storage.remove_unfinished(now - Duration::from_hours(1)).await.unwrap(), 0);
    assert_eq!(store.storage.remove_unfinished(now + Duration::from_hours(1)).await.unwrap(), 1);
    assert!(!unfinished.exists());
}

#[tokio::test]
async fn writers_and_deleters_of_one_folder_do_not_disturb_each_other() {
    let store = Fixture::directory().await;
    let work = async |key: &str| {
        for _ in 0..100 {
            let (key, bytes) = (object_key(key), Bytes::from_static(b"x"));
            store.storage.put(&key, bytes, JPEG, PutMode::IfAbsent).await.unwrap();
            store.storage.delete(&key).await.unwrap();
        }
    };
    future::join(work("shared/folder/a"), work("shared/folder/b")).await;
}

#[tokio::test]
async fn a_key_cannot_be_a_folder_of_another() {
    let store = Fixture::directory().await;
    store.put("a/b", b"x").await;
    assert!(matches!(store.storage.get(&object_key("a"), 1).await, Err(StorageError::NotFound)));
    assert!(matches!(store.storage.head(&object_key("a")).await, Err(StorageError::NotFound)));
    store.storage.delete(&object_key("a")).await.unwrap();
    assert_eq!(store.keys_in(None).await, ["a/b"]);
    for key in ["a", "a/b/c"] {
        let refused =
            store.storage.put(&object_key(key), Bytes::new(), JPEG, PutMode::Replace).await;
        assert!(matches!(refused, Err(StorageError::Refused(Refusal::Key))), "{key}: {refused:?}");
    }
}

/// The upload route of a directory, without the network: each broken rule is named.
#[tokio::test]
async fn a_refusal_names_the_broken_rule() {
    let store = Fixture::directory().await;
    let now = SystemClock.now();
    let target = store.presign(&terms("rules", b"photo"));
    let query = target.url.split_once('?').unwrap().1;
    let good =
        PutRequest { name: "rules", query, content_length: Some(5), content_type: Some(JPEG) };
    let directory = &store.storage;
    let refusal = |request: PutRequest<'_>, now| match directory.verify_put(&request, now) {
        Err(StorageError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(directory.verify_put(&good, now).unwrap().terms(), &terms("rules", b"photo"));
    assert_eq!(refusal(PutRequest { name: "other", ..good }, now), Refusal::Signature);
    assert_eq!(refusal(PutRequest { query: "", ..good }, now), Refusal::Signature);
    assert_eq!(refusal(good, target.expires_at), Refusal::Expired);
    assert_eq!(refusal(PutRequest { content_length: None, ..good }, now), Refusal::Length);
    assert_eq!(refusal(PutRequest { content_type: None, ..good }, now), Refusal::ContentType);
    let another_key = UploadRoute::new("/v1/uploads", &SecretBox::new(Box::new([8; 32])));
    let path = store.root.as_ref().unwrap().path().join("photos");
    let other = ObjectStorage::open(StorageConfig::Directory { path }, another_key).unwrap();
    let refused = other.verify_put(&good, now);
    assert!(matches!(refused, Err(StorageError::Refused(Refusal::Signature))));
}
