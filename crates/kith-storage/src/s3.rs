//! The object store in a bucket of S3 or of a server that speaks its protocol.
//!
//! Owns the mapping of S3's answers to this crate's errors, the time limits of its requests, and which way
//! uploads take to the bucket. The bucket is private: no address for reading is ever signed here.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt, stream};
use kith_types::time::Timestamp;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientOptions, GetOptions, GetRange, ObjectMeta,
    ObjectStore, ObjectStoreExt, PutOptions, RetryConfig,
};
use secrecy::ExposeSecret;

use crate::config::{S3Config, UploadWay, is_loopback};
use crate::error::{Refusal, Result, StorageError};
use crate::key::ObjectKey;
use crate::reception::Reception;
use crate::s3_upload::{Sender, Signer};
use crate::signature::UploadRoute;
use crate::upload::{PresignedPut, UploadTerms};
use crate::{ListedObject, ObjectRead, PutMode};

/// A server that does not take a connection within this time is down.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Longest silence of the server. Counted between reads, so a slow reader of a large photo is not cut off.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// Retries cover a dropped connection or a 503; longer trouble belongs to the caller, who has a queue.
const MAX_RETRIES: usize = 2;

/// Objects in a bucket; uploads go there directly, or through Kith.
#[derive(Debug, Clone)]
pub struct S3Storage {
    client: Arc<AmazonS3>,
    uploads: Arc<Uploads>,
    sender: Arc<Sender>,
}

/// Who takes the bodies of clients.
#[derive(Debug)]
enum Uploads {
    Bucket(Box<Signer>),
    Kith(Reception),
}

impl S3Storage {
    pub(crate) fn open(config: S3Config, route: UploadRoute) -> Result<Self> {
        let uploads = match config.uploads {
            UploadWay::Direct => Uploads::Bucket(Box::new(Signer::for_clients(&config)?)),
            UploadWay::ThroughKith => Uploads::Kith(Reception::new(route)),
        };
        let sender = Arc::new(Sender::new(&config)?);
        let client = Arc::new(client(config)?);
        Ok(Self { client, uploads: Arc::new(uploads), sender })
    }

    pub(crate) fn upload_origin(&self) -> Option<String> {
        match &*self.uploads {
            Uploads::Bucket(signer) => Some(signer.origin()),
            Uploads::Kith(_) => None,
        }
    }

    pub(crate) fn reception(&self) -> Option<&Reception> {
        match &*self.uploads {
            Uploads::Bucket(_) => None,
            Uploads::Kith(reception) => Some(reception),
        }
    }

    pub(crate) fn presign_put(
        &self,
        terms: &UploadTerms,
        now: Timestamp,
        expires_in: Duration,
    ) -> Result<PresignedPut> {
        match &*self.uploads {
            Uploads::Bucket(signer) => signer.presign_put(terms, now, expires_in),
            Uploads::Kith(reception) => reception.route().presign(terms, now, expires_in),
        }
    }

    /// Writes a body of exactly these terms as it comes; nothing is stored if it ends with an error, or the key
    /// is taken.
    pub(crate) async fn store(
        &self,
        terms: &UploadTerms,
        body: BoxStream<'static, Result<Bytes>>,
    ) -> Result<()> {
        self.sender.send(terms, body).await
    }

    pub(crate) async fn put(
        &self,
        key: &ObjectKey,
        bytes: Bytes,
        content_type: &str,
        mode: PutMode,
    ) -> Result<()> {
        let attributes = Attributes::from_iter([(Attribute::ContentType, content_type.to_owned())]);
        let mode = match mode {
            PutMode::Replace => object_store::PutMode::Overwrite,
            PutMode::IfAbsent => object_store::PutMode::Create,
        };
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        self.client.put_opts(&path(key), bytes.into(), options).await.map_err(storage_error)?;
        Ok(())
    }

    pub(crate) async fn get(&self, key: &ObjectKey, limit: u64) -> Result<Bytes> {
        let found = self.client.get(&path(key)).await.map_err(storage_error)?;
        if found.meta.size > limit {
            return Err(Refusal::TooLarge { limit }.into());
        }
        found.bytes().await.map_err(storage_error)
    }

    pub(crate) async fn read(
        &self,
        key: &ObjectKey,
        range: Option<Range<u64>>,
    ) -> Result<ObjectRead> {
        let options = GetOptions::new().with_range(range.clone().map(GetRange::Bounded));
        let found = match self.client.get_opts(&path(key), options).await {
            Ok(found) => found,
            // Servers answer an impossible range in many ways; the size tells it for certain.
            Err(error)
                if range.is_some() && !matches!(error, object_store::Error::NotFound { .. }) =>
            {
                crate::clamp_range(range, self.head(key).await?.size)?;
                return Err(storage_error(error));
            }
            Err(error) => return Err(storage_error(error)),
        };
        Ok(ObjectRead {
            object_size: found.meta.size,
            range: found.range.clone(),
            body: found.into_stream().map_err(storage_error).boxed(),
        })
    }

    pub(crate) async fn head(&self, key: &ObjectKey) -> Result<ListedObject> {
        let meta = self.client.head(&path(key)).await.map_err(storage_error)?;
        listed(&meta).ok_or(StorageError::NotFound)
    }

    pub(crate) async fn delete_many(&self, keys: Vec<ObjectKey>) -> Result<()> {
        let paths = stream::iter(keys.into_iter().map(|key| Ok(path(&key)))).boxed();
        let deleted = self.client.delete_stream(paths);
        deleted
            .map(|outcome| match outcome {
                Err(object_store::Error::NotFound { .. }) | Ok(_) => Ok(()),
                Err(error) => Err(storage_error(error)),
            })
            .try_collect()
            .await
    }

    pub(crate) fn list(
        &self,
        folder: Option<&ObjectKey>,
    ) -> BoxStream<'static, Result<ListedObject>> {
        self.client
            .list(folder.map(path).as_ref())
            .map_err(storage_error)
            // Keys that Kith never writes are not Kith's to sweep.
            .try_filter_map(|meta| async move { Ok(listed(&meta)) })
            .boxed()
    }

    /// Proves that the bucket exists and answers these credentials.
    pub(crate) async fn probe(&self) -> Result<()> {
        match self.client.list_with_delimiter(Some(&Path::from("incoming"))).await {
            Ok(_) => Ok(()),
            // Here an unknown bucket, not an unknown object.
            Err(error) => Err(StorageError::unavailable(error)),
        }
    }
}

fn client(config: S3Config) -> Result<AmazonS3> {
    let is_local = config.endpoint.as_ref().is_some_and(is_loopback);
    let options = ClientOptions::new()
        .with_allow_http(is_local)
        .with_timeout_disabled()
        .with_connect_timeout(CONNECT_TIMEOUT)
        .with_read_timeout(READ_TIMEOUT);
    let backoff = BackoffConfig {
        init_backoff: Duration::from_millis(100),
        max_backoff: Duration::from_secs(1),
        base: 2.0,
    };
    let retry = RetryConfig { backoff, max_retries: MAX_RETRIES, retry_timeout: READ_TIMEOUT };
    let mut builder = AmazonS3Builder::new()
        .with_client_options(options)
        .with_retry(retry)
        .with_bucket_name(config.bucket.clone())
        .with_access_key_id(config.credentials.access_key_id.clone())
        .with_secret_access_key(config.credentials.secret_access_key.expose_secret())
        .with_virtual_hosted_style_request(
            config.endpoint.is_none() && !config.bucket.contains('.'),
        )
        .with_region(config.region);
    if let Some(token) = &config.credentials.session_token {
        builder = builder.with_token(token.expose_secret());
    }
    if let Some(endpoint) = &config.endpoint {
        builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/'));
    }
    builder.build().map_err(StorageError::unavailable)
}

fn path(key: &ObjectKey) -> Path {
    Path::from(key.as_str())
}

fn listed(meta: &ObjectMeta) -> Option<ListedObject> {
    let key = ObjectKey::parse(meta.location.as_ref()).ok()?;
    let modified = Timestamp::from_unix_milliseconds(meta.last_modified.timestamp_millis());
    Some(ListedObject { key, size: meta.size, modified })
}

fn storage_error(error: object_store::Error) -> StorageError {
    match error {
        object_store::Error::NotFound { .. } => StorageError::NotFound,
        object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. } => {
            StorageError::AlreadyExists
        }
        other => StorageError::unavailable(other),
    }
}
