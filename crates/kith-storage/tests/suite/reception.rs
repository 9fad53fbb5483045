//! Bodies that come to Kith itself: one of a key at a time, none forever, and no more of one in memory than is on
//! its way.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, future, stream};
use kith_storage::{
    ObjectStorage, PutRequest, Refusal, S3Settings, StorageConfig, StorageError, UploadWay,
};
use kith_types::time::{Clock, SystemClock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinSet;

use crate::fixture::{Fixture, JPEG, route, terms};

/// Half of a body, and then nothing more; tells when it is asked for the rest.
fn half(
    asked: tokio::sync::oneshot::Sender<()>,
) -> impl Stream<Item = std::io::Result<Bytes>> + Send + 'static {
    let rest = stream::once(async move {
        let _ = asked.send(());
        future::pending().await
    });
    stream::iter([Ok(Bytes::from_static(b"pho"))]).chain(rest)
}

#[tokio::test]
async fn one_body_of_a_key_arrives_at_a_time() {
    const MINUTE: Duration = Duration::from_mins(1);
    let store = Fixture::directory().await;
    let storage = store.storage.clone();
    let verified = |name: &str| {
        let target = store.presign(&terms(name, b"photo"));
        let query = target.url.split_once('?').unwrap().1;
        let request = PutRequest { name, query, content_length: Some(5), content_type: Some(JPEG) };
        storage.verify_put(&request, SystemClock.now()).unwrap()
    };
    let whole = || stream::iter([std::io::Result::Ok(Bytes::from_static(b"photo"))]);
    let (asked, waits) = tokio::sync::oneshot::channel();
    let (first, other) = (verified("one"), storage.clone());
    let mut arriving = tokio::task::JoinSet::new();
    arriving.spawn(async move { other.store_upload(first, half(asked), MINUTE).await });
    waits.await.unwrap();
    for _ in 0..3 {
        let refused = storage.store_upload(verified("one"), whole(), MINUTE).await;
        assert!(matches!(refused, Err(StorageError::Refused(Refusal::BeingSent))), "{refused:?}");
    }
    storage.store_upload(verified("two"), whole(), MINUTE).await.unwrap();
    arriving.shutdown().await;
    storage.store_upload(verified("one"), whole(), MINUTE).await.unwrap();
    let refused = storage.store_upload(verified("one"), whole(), MINUTE).await;
    assert!(matches!(refused, Err(StorageError::AlreadyExists)), "{refused:?}");
}

#[tokio::test]
async fn a_body_that_takes_too_long_is_given_up_and_can_be_sent_again() {
    let store = Fixture::directory().await;
    let storage = &store.storage;
    let target = store.presign(&terms("slow", b"photo"));
    let query = target.url.split_once('?').unwrap().1;
    let request =
        PutRequest { name: "slow", query, content_length: Some(5), content_type: Some(JPEG) };
    let verified = || storage.verify_put(&request, SystemClock.now()).unwrap();
    let (asked, _waits) = tokio::sync::oneshot::channel();
    let refused = storage.store_upload(verified(), half(asked), Duration::from_millis(50)).await;
    assert!(matches!(refused, Err(StorageError::Refused(Refusal::BodyCutShort))), "{refused:?}");
    assert_eq!(store.upload(&target, "photo").await, 200);
    // 25 MB at 8 KiB a second, and a minute.
    let longest = ObjectStorage::longest_arrival(25 * 1024 * 1024);
    assert_eq!(longest, Duration::from_secs(3200 + 60));
}

/// What the network's buffers cannot take is not asked for, so that a slow bucket costs no memory.
#[tokio::test]
async fn a_body_is_not_gathered_in_memory() {
    const CHUNK: usize = 64 * 1024;
    const CHUNKS: usize = 400;
    // It takes connections and reads nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = S3Settings {
        endpoint: Some(format!("http://{}", silent.local_addr().unwrap())),
        uploads: UploadWay::ThroughKith,
        access_key_id: Some("key".to_owned()),
        secret_access_key: Some("secret".to_owned().into()),
        ..S3Settings::default()
    };
    let config = StorageConfig::parse("s3://photos", settings).unwrap();
    let storage = ObjectStorage::open(config, route("/v1/uploads")).unwrap();
    let reads = server_without_objects(silent);
    let mut terms = terms("large", b"");
    terms.content_length = (CHUNK * CHUNKS) as u64;
    let target = storage.presign_put(&terms, SystemClock.now(), Duration::from_mins(1)).unwrap();
    let query = target.url.split_once('?').unwrap().1;
    let length = Some(terms.content_length);
    let request =
        PutRequest { name: "large", query, content_length: length, content_type: Some(JPEG) };
    let upload = storage.verify_put(&request, SystemClock.now()).unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let chunks = (0..CHUNKS).map(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        std::io::Result::Ok(Bytes::from(vec![7_u8; CHUNK]))
    });
    let longest = Duration::from_secs(1);
    let refused = storage.store_upload(upload, stream::iter(chunks), longest).await;
    assert!(matches!(refused, Err(StorageError::Refused(Refusal::BodyCutShort))), "{refused:?}");
    let asked = asked.load(Ordering::Relaxed);
    assert!((1..CHUNKS * 3 / 4).contains(&asked), "{asked} of {CHUNKS} chunks");
    drop(reads);
}

/// Says that no object is there, and then takes a body without reading it.
fn server_without_objects(listener: tokio::net::TcpListener) -> JoinSet<()> {
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        let mut silent = Vec::new();
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut head = [0; 4];
            socket.read_exact(&mut head).await.unwrap();
            if &head == b"HEAD" {
                let answer =
                    b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                socket.write_all(answer).await.unwrap();
                socket.shutdown().await.unwrap();
            }
            silent.push(socket);
        }
    });
    serving
}
