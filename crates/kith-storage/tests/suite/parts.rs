//! Uploads in parts: each with an address of its own, and the whole that is made of them.

use futures_util::future;
use kith_storage::{ObjectKey, PresignedPut, Refusal, StorageError, UploadTerms};
use sha2::{Digest, Sha256};

use crate::fixture::{Fixture, terms};
use crate::s3::S3Server;

const PART: usize = 256 * 1024;

fn photo() -> Vec<u8> {
    (0..700_000_u32).map(|n| (n % 253) as u8).collect()
}

fn cut(whole: &UploadTerms, bytes: &[u8]) -> Vec<UploadTerms> {
    let sums: Vec<[u8; 32]> = bytes.chunks(PART).map(|part| Sha256::digest(part).into()).collect();
    whole.parts(PART as u64, &sums).unwrap()
}

/// Announces the bytes in parts; the terms of the whole and of the parts, and the addresses.
fn announce(
    store: &Fixture,
    name: &str,
    bytes: &[u8],
) -> (UploadTerms, Vec<UploadTerms>, Vec<PresignedPut>) {
    let whole = terms(name, bytes);
    let parts = cut(&whole, bytes);
    let targets = parts.iter().map(|part| store.presign(part)).collect();
    (whole, parts, targets)
}

async fn send(store: &Fixture, target: &PresignedPut, bytes: &[u8], number: usize) -> u16 {
    store.upload(target, bytes.chunks(PART).nth(number).unwrap().to_vec()).await
}

pub async fn parts_become_the_whole(store: &Fixture) {
    let photo = photo();
    let (whole, parts, targets) = announce(store, "whole", &photo);
    let lengths: Vec<u64> = parts.iter().map(|part| part.content_length).collect();
    assert_eq!(lengths, [262_144, 262_144, 175_712]);
    for (number, target) in targets.iter().enumerate() {
        assert_eq!(send(store, target, &photo, number).await, 200);
    }
    let keys = ["incoming/whole.1", "incoming/whole.2", "incoming/whole.3"];
    assert_eq!(store.keys_in(None).await, keys);
    for key in keys {
        assert_eq!(ObjectKey::parse(key).unwrap().upload_name(), Some("whole"));
    }
    store.storage.join(parts.clone(), &whole).await.unwrap();
    assert_eq!(store.storage.get(&whole.key, whole.content_length).await.unwrap(), photo);
    let again = store.storage.join(parts, &whole).await;
    assert!(matches!(again, Err(StorageError::AlreadyExists)), "{again:?}");
    // Nothing that no listing shows, such as a multipart upload.
    assert_eq!(store.server.as_ref().map_or(0, S3Server::unfinished), 0);
    // The single address still takes nothing beside it.
    assert_eq!(store.upload(&store.presign(&whole), photo).await, 412);
}

pub async fn what_is_lost_is_one_part(store: &Fixture) {
    let photo = photo();
    let (whole, parts, targets) = announce(store, "resumed", &photo);
    assert_eq!(store.storage.stored(&parts).await.unwrap(), [false, false, false]);
    assert_eq!(send(store, &targets[0], &photo, 0).await, 200);
    assert_eq!(send(store, &targets[2], &photo, 2).await, 200);
    assert_eq!(store.storage.stored(&parts).await.unwrap(), [true, false, true]);
    let early = store.storage.join(parts.clone(), &whole).await;
    assert!(matches!(early, Err(StorageError::NotFound)), "{early:?}");
    assert_eq!(store.storage.stored(std::slice::from_ref(&whole)).await.unwrap(), [false]);
    // Another address for the same part, as after a quarter of an hour.
    assert_eq!(send(store, &store.presign(&parts[1]), &photo, 1).await, 200);
    assert_eq!(store.storage.stored(&parts).await.unwrap(), [true, true, true]);
    store.storage.join(parts, &whole).await.unwrap();
    assert_eq!(store.storage.stored(&[whole]).await.unwrap(), [true]);
}

pub async fn a_part_takes_exactly_its_own_bytes(store: &Fixture) {
    let photo = photo();
    let (whole, parts, targets) = announce(store, "part", &photo);
    assert_eq!(send(store, &targets[0], &photo, 1).await, 400, "the bytes of another part");
    assert_eq!(send(store, &targets[0], &photo, 2).await, 403, "another length");
    assert_eq!(store.upload(&targets[0], photo.clone()).await, 403, "the whole");
    let (from, to) = ("part.1", "part.2");
    let other = PresignedPut { url: targets[0].url.replacen(from, to, 1), ..targets[0].clone() };
    assert_ne!(other, targets[0]);
    assert_eq!(send(store, &other, &photo, 0).await, 403, "the place of another part");
    let place =
        PresignedPut { url: targets[0].url.replacen(from, "part", 1), ..targets[0].clone() };
    assert_eq!(send(store, &place, &photo, 0).await, 403, "the place of the whole");
    assert_eq!(store.keys_in(None).await, Vec::<String>::new());
    assert_eq!(send(store, &targets[0], &photo, 0).await, 200);
    assert_eq!(send(store, &targets[0], &photo, 0).await, 412, "once");
    // Where the cut does not fit there is nothing to sign.
    let sum = parts[0].sha256;
    for (length, sums) in [(0, 1), (PART, 0), (PART, 2), (PART, 4), (usize::MAX, 2)] {
        let refused = whole.parts(length as u64, &vec![sum; sums]);
        assert!(matches!(refused, Err(StorageError::Refused(Refusal::Length))), "{length} {sums}");
    }
    let refused = parts[0].parts(PART as u64, &[sum]);
    assert!(matches!(refused, Err(StorageError::Refused(Refusal::NotIncoming))), "{refused:?}");
}

pub async fn parts_that_are_not_the_announced_whole_make_none(store: &Fixture) {
    let photo = photo();
    let (whole, parts, targets) = announce(store, "lie", &photo);
    for (number, target) in targets.iter().enumerate() {
        assert_eq!(send(store, target, &photo, number).await, 200);
    }
    let other_bytes = UploadTerms { sha256: [7; 32], ..whole.clone() };
    let shorter = UploadTerms { content_length: whole.content_length - 1, ..whole.clone() };
    let longer = UploadTerms { content_length: whole.content_length + 1, ..whole.clone() };
    for (terms, rule) in
        [(other_bytes, Refusal::Checksum), (shorter, Refusal::Length), (longer, Refusal::Length)]
    {
        let refused = store.storage.join(parts.clone(), &terms).await;
        let Err(StorageError::Refused(refusal)) = refused else { panic!("{rule}: {refused:?}") };
        assert_eq!(refusal, rule);
        assert_eq!(store.storage.stored(std::slice::from_ref(&whole)).await.unwrap(), [false]);
    }
    let swapped = parts.iter().rev().cloned().collect();
    let refused = store.storage.join(swapped, &whole).await;
    assert!(matches!(refused, Err(StorageError::Refused(Refusal::Checksum))), "{refused:?}");
    store.storage.join(parts, &whole).await.unwrap();
}

pub async fn of_two_joins_at_once_one_makes_the_whole(store: &Fixture) {
    let photo = photo();
    let (whole, parts, targets) = announce(store, "race", &photo);
    for (number, target) in targets.iter().enumerate() {
        assert_eq!(send(store, target, &photo, number).await, 200);
    }
    let joins = (0..4).map(|_| store.storage.join(parts.clone(), &whole));
    let joined = future::join_all(joins).await;
    assert_eq!(joined.iter().filter(|joined| joined.is_ok()).count(), 1, "{joined:?}");
    let is_late = |joined: &&Result<(), _>| matches!(joined, Err(StorageError::AlreadyExists));
    assert_eq!(joined.iter().filter(is_late).count(), 3, "{joined:?}");
    assert_eq!(store.storage.get(&whole.key, whole.content_length).await.unwrap(), photo);
}
