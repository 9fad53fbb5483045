//! The object store port: photos as objects under keys, in a bucket of S3 or in a directory.
//!
//! Owns keys, durable writes, streaming reads, listings for sweeps and presigned uploads, alike for
//! both back ends. Knows nothing of users, posts or who may see what, and hands out no address for
//! reading: every byte goes through Kith, which asks first whether the viewer may see it.

mod arriving;
mod config;
mod directory;
mod error;
mod files;
mod key;
mod part;
mod reception;
mod s3;
mod s3_upload;
mod signature;
mod upload;

use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::ready;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use kith_types::time::Timestamp;

pub use config::{ConfigError, S3Config, S3Credentials, S3Settings, StorageConfig, UploadWay};
pub use directory::DirectoryStorage;
pub use error::{Refusal, Result, StorageError};
pub use key::ObjectKey;
pub use s3::S3Storage;
pub use signature::{PutRequest, UploadRoute, VerifiedPut};
pub use upload::{PresignedPut, UploadTerms};

/// The object store; a cheap handle to clone.
#[derive(Debug, Clone)]
pub enum ObjectStorage {
    /// Files below one directory.
    Directory(DirectoryStorage),
    /// A bucket.
    S3(S3Storage),
}

/// What a write does when the key is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutMode {
    /// Replaces the object; readers see the old one or the new one, never a mixture.
    Replace,
    /// Fails with [`StorageError::AlreadyExists`].
    IfAbsent,
}

/// An object in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedObject {
    /// Its key.
    pub key: ObjectKey,
    /// Its size, in bytes.
    pub size: u64,
    /// When it was written, by the clock of the store.
    pub modified: Timestamp,
}

/// An object that is being read.
pub struct ObjectRead {
    /// The size of the whole object, in bytes.
    pub object_size: u64,
    /// The bytes that are read: the whole object, or the range that was asked for, cut at the end.
    pub range: Range<u64>,
    body: BoxStream<'static, Result<Bytes>>,
}

impl std::fmt::Debug for ObjectRead {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut debug = formatter.debug_struct("ObjectRead");
        debug.field("object_size", &self.object_size).field("range", &self.range);
        debug.finish_non_exhaustive()
    }
}

impl ObjectRead {
    /// The bytes of the range as they come, never the whole object in memory.
    pub fn into_stream(self) -> BoxStream<'static, Result<Bytes>> {
        self.body
    }
}

impl ObjectStorage {
    /// Opens the store. A directory is created if missing; of a bucket nothing is asked yet, see
    /// [`ObjectStorage::probe`]. `route` is where Kith takes uploads, if they do not go to S3 itself.
    pub fn open(config: StorageConfig, route: UploadRoute) -> Result<Self> {
        match config {
            StorageConfig::Directory { path } => {
                DirectoryStorage::open(path, route).map(Self::Directory)
            }
            StorageConfig::S3(config) => S3Storage::open(*config, route).map(Self::S3),
        }
    }

    /// The origin of presigned addresses (`https://host:port`), if that is not Kith itself: browsers must be
    /// allowed to send there.
    pub fn upload_origin(&self) -> Option<String> {
        match self {
            Self::Directory(_) => None,
            Self::S3(s3) => s3.upload_origin(),
        }
    }

    /// Signs an address that accepts one upload until `now + expires_in` (1 second to 15 minutes).
    ///
    /// It stays single use as long as the uploaded object exists: delete incoming objects only after
    /// the address has expired. Refuses keys outside `incoming/`.
    pub fn presign_put(
        &self,
        terms: &UploadTerms,
        now: Timestamp,
        expires_in: Duration,
    ) -> Result<PresignedPut> {
        match self {
            Self::Directory(directory) => {
                directory.reception().route().presign(terms, now, expires_in)
            }
            Self::S3(s3) => s3.presign_put(terms, now, expires_in),
        }
    }

    /// Writes a whole object, durably when it returns. S3 keeps the content type for a CDN, a
    /// directory keeps none.
    pub async fn put(
        &self,
        key: &ObjectKey,
        bytes: Bytes,
        content_type: &str,
        mode: PutMode,
    ) -> Result<()> {
        match self {
            Self::Directory(directory) => directory.put(key, bytes, mode).await,
            Self::S3(s3) => s3.put(key, bytes, content_type, mode).await,
        }
    }

    /// Reads a whole object of at most `limit` bytes, else [`Refusal::TooLarge`].
    pub async fn get(&self, key: &ObjectKey, limit: u64) -> Result<Bytes> {
        match self {
            Self::Directory(directory) => directory.get(key, limit).await,
            Self::S3(s3) => s3.get(key, limit).await,
        }
    }

    /// Opens an object for streaming, all of it or a range of bytes.
    ///
    /// A range is cut at the end of the object; one that starts behind it, or is empty, is
    /// [`Refusal::Range`].
    pub async fn read(&self, key: &ObjectKey, range: Option<Range<u64>>) -> Result<ObjectRead> {
        if range.as_ref().is_some_and(Range::is_empty) {
            return Err(Refusal::Range { size: self.head(key).await?.size }.into());
        }
        match self {
            Self::Directory(directory) => directory.read(key, range).await,
            Self::S3(s3) => s3.read(key, range).await,
        }
    }

    /// Size and age of an object.
    pub async fn head(&self, key: &ObjectKey) -> Result<ListedObject> {
        match self {
            Self::Directory(directory) => directory.head(key).await,
            Self::S3(s3) => s3.head(key).await,
        }
    }

    /// Deletes an object; one that does not exist is deleted already.
    pub async fn delete(&self, key: &ObjectKey) -> Result<()> {
        self.delete_many(vec![key.clone()]).await
    }

    /// Deletes objects, up to 1,000 with one request to S3. After an error some may be left.
    pub async fn delete_many(&self, keys: Vec<ObjectKey>) -> Result<()> {
        match self {
            Self::Directory(directory) => directory.delete_many(keys).await,
            Self::S3(s3) => s3.delete_many(keys).await,
        }
    }

    /// Lists the objects in a folder (the whole store without one), in no special order.
    pub fn list(&self, folder: Option<&ObjectKey>) -> BoxStream<'static, Result<ListedObject>> {
        match self {
            Self::Directory(directory) => directory.list(folder),
            Self::S3(s3) => s3.list(folder),
        }
    }

    /// Lists the objects in a folder that were written before an instant: what a sweep looks for.
    pub fn list_older(
        &self,
        folder: &ObjectKey,
        before: Timestamp,
    ) -> BoxStream<'static, Result<ListedObject>> {
        self.list(Some(folder)).try_filter(move |object| ready(object.modified < before)).boxed()
    }

    /// Removes what writers that died before an instant left behind, and returns how many there were.
    /// S3 leaves nothing behind.
    pub async fn remove_unfinished(&self, before: Timestamp) -> Result<u64> {
        match self {
            Self::Directory(directory) => directory.remove_unfinished(before).await,
            Self::S3(_) => Ok(0),
        }
    }

    /// Proves that the store can be used: for readiness and the doctor.
    pub async fn probe(&self) -> Result<()> {
        match self {
            Self::Directory(directory) => directory.probe().await,
            Self::S3(s3) => s3.probe().await,
        }
    }
}

/// The part of an object of `size` bytes that a range means.
fn clamp_range(range: Option<Range<u64>>, size: u64) -> Result<Range<u64>> {
    match range {
        None => Ok(0..size),
        Some(range) if range.start < size => Ok(range.start..range.end.min(size)),
        Some(_) => Err(Refusal::Range { size }.into()),
    }
}
