//! The contract of a presigned upload, the same for every back end.
//!
//! The client sends one `PUT` to [`PresignedPut::url`] with [`PresignedPut::headers`] and exactly the
//! announced bytes. Everything else is refused: another length, type, checksum, key or time, and a
//! second upload while the first one is stored.

use std::time::Duration;

use kith_types::time::Timestamp;

use crate::error::{Refusal, Result};
use crate::key::ObjectKey;

/// Longest life of an upload address. S3 would allow seven days; a photo is sent within minutes.
pub(crate) const MAX_EXPIRY: Duration = Duration::from_mins(15);

/// The one body that an upload address accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadTerms {
    /// Where the bytes go; made by [`ObjectKey::incoming`].
    pub key: ObjectKey,
    /// Exact length of the body, in bytes.
    pub content_length: u64,
    /// Exact value of the `Content-Type` header, a media type without parameters.
    pub content_type: String,
    /// SHA-256 of the body.
    pub sha256: [u8; 32],
}

/// An address that accepts one upload.
#[derive(Clone, PartialEq, Eq)]
pub struct PresignedPut {
    /// Where to send the `PUT`. Its signature is a capability: never log it.
    pub url: String,
    /// The headers that must be sent as they are, besides `Content-Length`, which every client sets itself.
    pub headers: Vec<(&'static str, String)>,
    /// When the address stops accepting the upload.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for PresignedPut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PresignedPut")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl UploadTerms {
    /// Refuses terms that no address may be issued for, and returns the name under `incoming/`.
    pub(crate) fn check(&self) -> Result<&str> {
        if !is_media_type(&self.content_type) {
            return Err(Refusal::ContentType.into());
        }
        self.key.incoming_name().ok_or_else(|| Refusal::NotIncoming.into())
    }
}

/// Whole seconds between one and [`MAX_EXPIRY`], since signatures count in seconds.
pub(crate) fn life(expires_in: Duration) -> Duration {
    Duration::from_secs(expires_in.clamp(Duration::from_secs(1), MAX_EXPIRY).as_secs())
}

fn is_media_type(text: &str) -> bool {
    let is_token = |token: &str| {
        !token.is_empty()
            && token.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-'))
    };
    text.len() <= 100
        && text.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}
