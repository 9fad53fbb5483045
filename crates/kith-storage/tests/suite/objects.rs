//! What the application may rely on when it reads and writes objects.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{TryStreamExt, future};
use kith_storage::{PutMode, Refusal, StorageError};
use kith_types::time::{Clock, SystemClock};

use crate::fixture::{Fixture, JPEG, object_key};

pub async fn what_was_put_can_be_read(store: &Fixture) {
    store.put("images/a1/w320.jpg", b"hello").await;
    let key = object_key("images/a1/w320.jpg");
    assert_eq!(store.storage.get(&key, 5).await.unwrap(), "hello");
    let facts = store.storage.head(&key).await.unwrap();
    assert_eq!(facts.size, 5);
    assert!(SystemClock.now().since(facts.modified) < Duration::from_mins(1));
}

pub async fn replace_replaces_and_if_absent_does_not(store: &Fixture) {
    let key = object_key("one");
    store.put("one", b"first").await;
    store.put("one", b"second").await;
    assert_eq!(store.storage.get(&key, 100).await.unwrap(), "second");
    let again =
        store.storage.put(&key, Bytes::from_static(b"third"), JPEG, PutMode::IfAbsent).await;
    assert!(matches!(again, Err(StorageError::AlreadyExists)));
    assert_eq!(store.storage.get(&key, 100).await.unwrap(), "second");
}

pub async fn of_two_writers_if_absent_one_wins(store: &Fixture) {
    let key = object_key("race/object");
    let writes = (0..8_u8).map(|writer| {
        store.storage.put(&key, Bytes::copy_from_slice(&[writer]), JPEG, PutMode::IfAbsent)
    });
    let outcomes = future::join_all(writes).await;
    let winners: Vec<_> =
        outcomes.iter().enumerate().filter(|(_, outcome)| outcome.is_ok()).collect();
    assert_eq!(winners.len(), 1);
    assert_eq!(usize::from(store.storage.get(&key, 1).await.unwrap()[0]), winners[0].0);
    let losers = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Err(StorageError::AlreadyExists)))
        .count();
    assert_eq!(losers, 7);
}

pub async fn nothing_is_found_under_an_unknown_key(store: &Fixture) {
    store.put("folder/object", b"x").await;
    for key in ["unknown", "folder/object/below", "folder/other", "other/object"] {
        let key = object_key(key);
        assert!(matches!(store.storage.get(&key, 10).await, Err(StorageError::NotFound)), "{key}");
        assert!(matches!(store.storage.head(&key).await, Err(StorageError::NotFound)), "{key}");
        assert!(
            matches!(store.storage.read(&key, None).await, Err(StorageError::NotFound)),
            "{key}"
        );
        assert!(
            matches!(store.storage.read(&key, Some(0..1)).await, Err(StorageError::NotFound)),
            "{key}"
        );
    }
}

pub async fn a_read_beyond_the_limit_is_refused(store: &Fixture) {
    store.put("large", b"0123456789").await;
    let key = object_key("large");
    let refused = store.storage.get(&key, 9).await;
    assert!(matches!(refused, Err(StorageError::Refused(Refusal::TooLarge { limit: 9 }))));
    assert_eq!(store.storage.get(&key, 10).await.unwrap().len(), 10);
}

pub async fn ranges_are_cut_at_the_end(store: &Fixture) {
    store.put("digits", b"0123456789").await;
    let key = object_key("digits");
    for (range, part) in [(0..1, "0"), (3..7, "3456"), (8..100, "89"), (0..10, "0123456789")] {
        let read = store.storage.read(&key, Some(range.clone())).await.unwrap();
        assert_eq!((read.object_size, read.range.clone()), (10, range.start..range.end.min(10)));
        let pieces: Vec<Bytes> = read.into_stream().try_collect().await.unwrap();
        assert_eq!(pieces.concat(), part.as_bytes());
    }
    for range in [10..11, 11..12, 4..4] {
        let refused = store.storage.read(&key, Some(range)).await;
        assert!(
            matches!(refused, Err(StorageError::Refused(Refusal::Range { size: 10 }))),
            "{refused:?}"
        );
    }
}

pub async fn a_stream_gives_the_whole_object(store: &Fixture) {
    let bytes: Vec<u8> = (0..1_000_003_u32).map(|n| (n % 251) as u8).collect();
    let key = object_key("images/large");
    store.storage.put(&key, bytes.clone().into(), JPEG, PutMode::Replace).await.unwrap();
    let read = store.storage.read(&key, None).await.unwrap();
    assert_eq!((read.object_size, read.range.clone()), (1_000_003, 0..1_000_003));
    let pieces: Vec<Bytes> = read.into_stream().try_collect().await.unwrap();
    assert!(pieces.len() > 1, "streamed in pieces");
    assert_eq!(pieces.concat(), bytes);
    // Around and over the ends of pieces.
    for range in [262_143..262_145, 100..600_000, 524_288..1_000_003, 1_000_002..1_000_003] {
        let asked = range.start as u64..range.end as u64;
        let read = store.storage.read(&key, Some(asked)).await.unwrap();
        let pieces: Vec<Bytes> = read.into_stream().try_collect().await.unwrap();
        assert_eq!(pieces.concat(), bytes[range.clone()], "{range:?}");
    }
}

pub async fn deleting_is_idempotent(store: &Fixture) {
    store.put("folder/a", b"a").await;
    store.put("folder/b", b"b").await;
    let key = object_key("folder/a");
    for _ in 0..2 {
        store.storage.delete(&key).await.unwrap();
        assert!(matches!(store.storage.head(&key).await, Err(StorageError::NotFound)));
    }
    assert_eq!(store.keys_in(None).await, ["folder/b"]);
}

pub async fn many_are_deleted_at_once(store: &Fixture) {
    for key in ["many/a", "many/b", "many/c", "kept"] {
        store.put(key, b"x").await;
    }
    let keys = ["many/a", "many/unknown", "many/b"].map(object_key).to_vec();
    store.storage.delete_many(keys).await.unwrap();
    assert_eq!(store.keys_in(None).await, ["kept", "many/c"]);
    store.storage.delete_many(Vec::new()).await.unwrap();
}

pub async fn a_listing_has_every_object_of_its_folder(store: &Fixture) {
    assert_eq!(store.keys_in(None).await, Vec::<String>::new());
    for key in ["images/a/one", "images/a/two", "images/b", "images-2/c", "incoming/d"] {
        store.put(key, b"x").await;
    }
    assert_eq!(store.keys_in(Some("images")).await, ["images/a/one", "images/a/two", "images/b"]);
    assert_eq!(store.keys_in(Some("images/a")).await, ["images/a/one", "images/a/two"]);
    assert_eq!(store.keys_in(Some("unknown")).await, Vec::<String>::new());
    assert_eq!(store.keys_in(None).await.len(), 5);
}

/// S3 answers 1,000 keys at a time; the directory hands them through a bounded queue.
pub async fn a_listing_longer_than_a_page_is_complete(store: &Fixture) {
    let folder = store.root.as_ref().map(|root| root.path().join("photos/page"));
    if let Some(folder) = folder {
        std::fs::create_dir(&folder).unwrap();
        (0..1_100).for_each(|n| std::fs::write(folder.join(format!("{n}")), b"x").unwrap());
    } else {
        store.server.as_ref().unwrap().plant("page", 1_100);
    }
    assert_eq!(store.keys_in(Some("page")).await.len(), 1_100);
}

pub async fn a_sweep_sees_only_what_is_older(store: &Fixture) {
    store.put("incoming/old", b"x").await;
    let folder = object_key("incoming");
    let now = SystemClock.now();
    let count = async |before| {
        let objects: Vec<_> =
            store.storage.list_older(&folder, before).try_collect().await.unwrap();
        objects.len()
    };
    assert_eq!(count(now - Duration::from_mins(1)).await, 0);
    assert_eq!(count(now + Duration::from_mins(1)).await, 1);
    assert_eq!(store.storage.remove_unfinished(now + Duration::from_mins(1)).await.unwrap(), 0);
    assert_eq!(store.keys_in(None).await, ["incoming/old"]);
}

pub async fn the_probe_passes(store: &Fixture) {
    store.storage.probe().await.unwrap();
    store.put("incoming/a", b"x").await;
    store.storage.probe().await.unwrap();
}
