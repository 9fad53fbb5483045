//! What can go wrong in the object store, in the words of the caller.
//!
//! Owns the error type of this crate. Never carries a signature, a credential or a caption.

/// The result of every operation of the object store.
pub type Result<T> = std::result::Result<T, StorageError>;

/// Why an operation of the object store did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// No object has this key.
    #[error("no object has this key")]
    NotFound,
    /// An object with this key exists, and the operation must not replace it.
    #[error("an object with this key exists already")]
    AlreadyExists,
    /// The request itself is at fault; sending it again cannot succeed.
    #[error("the store refused the request: {0}")]
    Refused(Refusal),
    /// The store cannot be reached or failed; the operation may be tried again later.
    #[error("the object store is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The rule that a refused request broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The key does not follow the grammar of [`ObjectKey`](crate::ObjectKey), or names a folder.
    #[error("the key is not valid")]
    Key,
    /// Only keys under `incoming/` can be written by a presigned URL.
    #[error("uploads are only accepted under incoming/")]
    NotIncoming,
    /// The object is larger than the caller is ready to hold in memory.
    #[error("the object is larger than {limit} bytes")]
    TooLarge {
        /// The caller's limit, in bytes.
        limit: u64,
    },
    /// The range starts behind the end of the object.
    #[error("the range is outside of the object of {size} bytes")]
    Range {
        /// The size of the whole object, in bytes.
        size: u64,
    },
    /// The URL was not signed by this store, or was changed.
    #[error("the signature of the upload address is wrong")]
    Signature,
    /// The URL was valid once.
    #[error("the upload address has expired")]
    Expired,
    /// The body is shorter or longer than what was signed, or its length was not declared.
    #[error("the body does not have the announced length")]
    Length,
    /// The content type is not the signed one, or is not a media type.
    #[error("the content type is not the announced one")]
    ContentType,
    /// The SHA-256 of the body is not the signed one.
    #[error("the body does not have the announced checksum")]
    Checksum,
    /// The body ended with an error of the connection, or came too slowly.
    #[error("the body was cut short")]
    BodyCutShort,
    /// A body for the same key is arriving at the moment.
    #[error("the upload is being sent already")]
    BeingSent,
}

impl StorageError {
    /// Wraps the failure of a lower layer.
    pub(crate) fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }
}

impl From<Refusal> for StorageError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
