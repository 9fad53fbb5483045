//! The object store on a local disk.
//!
//! Owns the bridge from async callers to the blocking file calls, and the receiving half of a
//! presigned upload. Bytes are only ever accepted against a [`VerifiedPut`].

use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, stream};
use kith_types::time::Timestamp;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;

use crate::error::{Refusal, Result, StorageError};
use crate::files::{Files, TemporaryFile};
use crate::key::ObjectKey;
use crate::part::Part;
use crate::signature::{PutRequest, UploadRoute, VerifiedPut};
use crate::upload::{PresignedPut, UploadTerms};
use crate::{ListedObject, ObjectRead, PutMode};

/// Listed objects that wait for their reader; a walk of any size holds no more in memory.
const LISTED_AHEAD: usize = 256;
/// The slowest sender that is waited for, in bytes per second: an old mobile network on a bad day.
const SLOWEST_BYTES_PER_SECOND: u64 = 8 * 1024;
/// What every sender is given besides, for the pauses of a network.
const SENDING_PAUSES: Duration = Duration::from_mins(1);

/// Objects as files, uploads through Kith's own route.
#[derive(Debug, Clone)]
pub struct DirectoryStorage {
    files: Arc<Files>,
    route: Arc<UploadRoute>,
    arriving: Arrivals,
}

/// The keys of the bodies that arrive in this process at the moment.
#[derive(Debug, Clone, Default)]
struct Arrivals(Arc<Mutex<HashSet<ObjectKey>>>);

/// The right to receive the body of a key; ends when dropped.
#[derive(Debug)]
struct Arrival {
    arrivals: Arrivals,
    key: ObjectKey,
}

impl Arrivals {
    /// None while another body of the key arrives.
    fn begin(&self, key: &ObjectKey) -> Option<Arrival> {
        let is_first = self.keys().insert(key.clone());
        is_first.then(|| Arrival { arrivals: self.clone(), key: key.clone() })
    }

    fn keys(&self) -> MutexGuard<'_, HashSet<ObjectKey>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        self.arrivals.keys().remove(&self.key);
    }
}

impl DirectoryStorage {
    pub(crate) fn open(path: PathBuf, route: UploadRoute) -> Result<Self> {
        let files = Arc::new(Files::open(path)?);
        Ok(Self { files, route: Arc::new(route), arriving: Arrivals::default() })
    }

    /// Checks the request line and headers of an upload before any byte of its body is read.
    ///
    /// Refuses with [`Refusal::Signature`], [`Refusal::Expired`], [`Refusal::Length`] or
    /// [`Refusal::ContentType`].
    pub fn verify_put(&self, request: &PutRequest<'_>, now: Timestamp) -> Result<VerifiedPut> {
        self.route.verify(request, now)
    }

    /// How long a body of so many bytes may take to arrive: see [`DirectoryStorage::store_upload`].
    pub fn longest_arrival(content_length: u64) -> Duration {
        SENDING_PAUSES + Duration::from_secs(content_length / SLOWEST_BYTES_PER_SECOND)
    }

    /// Streams the body of a verified upload into the store, if it arrives within `longest`.
    ///
    /// Length and checksum are counted on the way, and nothing is stored unless both are right:
    /// [`Refusal::Length`], [`Refusal::Checksum`], [`Refusal::BodyCutShort`]. A key that exists is
    /// [`StorageError::AlreadyExists`]. While a body of the same key arrives it is
    /// [`Refusal::BeingSent`], so that one address costs one file however often it is used at once.
    pub async fn store_upload<E>(
        &self,
        upload: VerifiedPut,
        body: impl Stream<Item = std::result::Result<Bytes, E>> + Send,
        longest: Duration,
    ) -> Result<()> {
        let terms = upload.into_terms();
        let _arrival = self.arriving.begin(&terms.key).ok_or(Refusal::BeingSent)?;
        match self.head(&terms.key).await {
            Err(StorageError::NotFound) => {}
            Ok(_) => return Err(StorageError::AlreadyExists),
            Err(error) => return Err(error),
        }
        let temporary = self.blocking(Files::temporary).await?;
        let received = tokio::time::timeout(longest, receive(temporary, &terms, body));
        let temporary = received.await.map_err(|_| Refusal::BodyCutShort)??;
        self.blocking(move |files| files.publish(temporary, &terms.key, PutMode::IfAbsent)).await
    }

    pub(crate) fn presign_put(
        &self,
        terms: &UploadTerms,
        now: Timestamp,
        expires_in: Duration,
    ) -> Result<PresignedPut> {
        self.route.presign(terms, now, expires_in)
    }

    pub(crate) async fn put(&self, key: &ObjectKey, bytes: Bytes, mode: PutMode) -> Result<()> {
        let key = key.clone();
        self.blocking(move |files| files.put(&key, &bytes, mode)).await
    }

    pub(crate) async fn get(&self, key: &ObjectKey, limit: u64) -> Result<Bytes> {
        let key = key.clone();
        self.blocking(move |files| files.read(&key, limit)).await.map(Bytes::from)
    }

    pub(crate) async fn read(
        &self,
        key: &ObjectKey,
        range: Option<Range<u64>>,
    ) -> Result<ObjectRead> {
        let key = key.clone();
        let part = self.blocking(move |files| Part::open(files, &key, range)).await?;
        Ok(ObjectRead {
            object_size: part.object_size,
            range: part.range.clone(),
            body: part.into_stream(),
        })
    }

    pub(crate) async fn head(&self, key: &ObjectKey) -> Result<ListedObject> {
        let key = key.clone();
        self.blocking(move |files| files.facts(&key)).await
    }

    pub(crate) async fn delete_many(&self, keys: Vec<ObjectKey>) -> Result<()> {
        self.blocking(move |files| keys.iter().try_for_each(|key| files.delete(key))).await
    }

    pub(crate) fn list(
        &self,
        folder: Option<&ObjectKey>,
    ) -> BoxStream<'static, Result<ListedObject>> {
        let (sender, receiver) = mpsc::channel(LISTED_AHEAD);
        let (files, folder) = (Arc::clone(&self.files), folder.cloned());
        // Ends by itself when the reader goes away: the next send fails.
        tokio::task::spawn_blocking(move || {
            files.walk(folder.as_ref(), &mut |object| sender.blocking_send(object).is_ok());
        });
        stream::unfold(receiver, |mut receiver| async { Some((receiver.recv().await?, receiver)) })
            .boxed()
    }

    pub(crate) async fn remove_unfinished(&self, before: Timestamp) -> Result<u64> {
        self.blocking(move |files| files.remove_unfinished(before)).await
    }

    /// Proves that the disk takes a file.
    pub(crate) async fn probe(&self) -> Result<()> {
        self.blocking(|files| files.temporary().map(drop)).await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Files) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let files = Arc::clone(&self.files);
        tokio::task::spawn_blocking(move || work(&files))
            .await
            .map_err(StorageError::unavailable)?
    }
}

/// Writes a body that must be exactly what the terms announce.
async fn receive<E>(
    temporary: TemporaryFile,
    terms: &UploadTerms,
    body: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> Result<TemporaryFile> {
    let file = temporary.file.try_clone().map_err(StorageError::unavailable)?;
    let mut file = tokio::fs::File::from_std(file);
    let mut hash = Sha256::new();
    let mut left = terms.content_length;
    let mut body = pin!(body);
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| Refusal::BodyCutShort)?;
        left = left.checked_sub(chunk.len() as u64).ok_or(Refusal::Length)?;
        hash.update(&chunk);
        file.write_all(&chunk).await.map_err(StorageError::unavailable)?;
    }
    file.flush().await.map_err(StorageError::unavailable)?;
    if left > 0 {
        return Err(Refusal::Length.into());
    }
    if hash.finalize().as_slice() != terms.sha256 {
        return Err(Refusal::Checksum.into());
    }
    Ok(temporary)
}
