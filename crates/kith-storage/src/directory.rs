//! The object store on a local disk.
//!
//! Owns the bridge from async callers to the blocking file calls.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt, stream};
use kith_types::time::Timestamp;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;

use crate::error::{Result, StorageError};
use crate::files::Files;
use crate::key::ObjectKey;
use crate::part::Part;
use crate::reception::Reception;
use crate::signature::UploadRoute;
use crate::{ListedObject, ObjectRead, PutMode};

/// Listed objects that wait for their reader; a walk of any size holds no more in memory.
const LISTED_AHEAD: usize = 256;

/// Objects as files; uploads come through Kith's own route.
#[derive(Debug, Clone)]
pub struct DirectoryStorage {
    files: Arc<Files>,
    reception: Reception,
}

impl DirectoryStorage {
    pub(crate) fn open(path: PathBuf, route: UploadRoute) -> Result<Self> {
        let files = Arc::new(Files::open(path)?);
        Ok(Self { files, reception: Reception::new(route) })
    }

    pub(crate) fn reception(&self) -> &Reception {
        &self.reception
    }

    /// Writes a body as it comes; nothing is stored if it ends with an error, or the key is taken.
    pub(crate) async fn store(
        &self,
        key: &ObjectKey,
        mut body: BoxStream<'static, Result<Bytes>>,
    ) -> Result<()> {
        let temporary = self.blocking(Files::temporary).await?;
        let file = temporary.file.try_clone().map_err(StorageError::unavailable)?;
        let mut file = tokio::fs::File::from_std(file);
        while let Some(chunk) = body.try_next().await? {
            file.write_all(&chunk).await.map_err(StorageError::unavailable)?;
        }
        file.flush().await.map_err(StorageError::unavailable)?;
        let key = key.clone();
        self.blocking(move |files| files.publish(temporary, &key, PutMode::IfAbsent)).await
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
