//! Uploads at the store: what clients send to Kith itself, and the parts that become a whole.
//!
//! Owns the order of checks, the same for both back ends. Bytes of a client are only ever accepted against a
//! [`VerifiedPut`].

use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use kith_types::time::Timestamp;

use crate::error::{Refusal, Result, StorageError};
use crate::reception::{self, Reception};
use crate::signature::{PutRequest, VerifiedPut};
use crate::upload::UploadTerms;
use crate::{ObjectRead, ObjectStorage};

/// How many objects are asked about at a time.
const ASKED_AT_ONCE: usize = 8;
/// How long a store may take to put 25 MB together from its own parts.
const JOINING: Duration = Duration::from_mins(1);

impl ObjectStorage {
    /// Checks the request line and headers of an upload to Kith before any byte of its body is read.
    ///
    /// Refuses with [`Refusal::Signature`], [`Refusal::Expired`], [`Refusal::Length`] or
    /// [`Refusal::ContentType`]; where uploads go to S3 itself there is nothing here, [`StorageError::NotFound`].
    pub fn verify_put(&self, request: &PutRequest<'_>, now: Timestamp) -> Result<VerifiedPut> {
        self.reception()?.route().verify(request, now)
    }

    /// How long a body of so many bytes may take to arrive: see [`ObjectStorage::store_upload`].
    pub fn longest_arrival(content_length: u64) -> Duration {
        reception::longest_arrival(content_length)
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
        body: impl Stream<Item = std::result::Result<Bytes, E>> + Send + 'static,
        longest: Duration,
    ) -> Result<()> {
        let terms = upload.into_terms();
        let _arrival = self.reception()?.begin(&terms.key)?;
        match self.head(&terms.key).await {
            Err(StorageError::NotFound) => {}
            Ok(_) => return Err(StorageError::AlreadyExists),
            Err(error) => return Err(error),
        }
        let body = body.map(|chunk| chunk.map_err(|_| Refusal::BodyCutShort.into())).boxed();
        let stored = tokio::time::timeout(longest, self.store(&terms, body));
        stored.await.map_err(|_| Refusal::BodyCutShort)?
    }

    /// Which of these bodies have been stored, in their order.
    pub async fn stored(&self, bodies: &[UploadTerms]) -> Result<Vec<bool>> {
        let asked = bodies.iter().cloned().map(|terms| {
            let store = self.clone();
            async move {
                match store.head(&terms.key).await {
                    Ok(object) => Ok(object.size == terms.content_length),
                    Err(StorageError::NotFound) => Ok(false),
                    Err(error) => Err(error),
                }
            }
        });
        stream::iter(asked.collect::<Vec<_>>()).buffered(ASKED_AT_ONCE).try_collect().await
    }

    /// Makes the whole of its parts, in their order, unless it is there: [`StorageError::AlreadyExists`].
    ///
    /// A part that is not there is [`StorageError::NotFound`]. Parts that do not make up exactly what the terms
    /// of the whole say are [`Refusal::Length`] or [`Refusal::Checksum`], and no whole is stored. The parts stay.
    pub async fn join(&self, parts: Vec<UploadTerms>, whole: &UploadTerms) -> Result<()> {
        let store = self.clone();
        let bodies = stream::iter(parts).then(move |part| {
            let store = store.clone();
            async move { store.read(&part.key, None).await.map(ObjectRead::into_stream) }
        });
        let joined = tokio::time::timeout(JOINING, self.store(whole, bodies.try_flatten().boxed()));
        joined.await.map_err(StorageError::unavailable)?
    }

    /// Writes a body that must be exactly what the terms say, with no more of it in memory than is on its way.
    async fn store(
        &self,
        terms: &UploadTerms,
        body: BoxStream<'static, Result<Bytes>>,
    ) -> Result<()> {
        let body = reception::exactly(terms, body);
        match self {
            Self::Directory(directory) => directory.store(&terms.key, body).await,
            Self::S3(s3) => s3.store(terms, body).await,
        }
    }

    fn reception(&self) -> Result<&Reception> {
        match self {
            Self::Directory(directory) => Ok(directory.reception()),
            Self::S3(s3) => s3.reception().ok_or(StorageError::NotFound),
        }
    }
}
