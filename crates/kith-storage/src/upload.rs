//! The contract of a presigned upload, the same for every back end.
//!
//! The client sends one `PUT` to [`PresignedPut::url`] with [`PresignedPut::headers`] and exactly the
//! announced bytes. Everything else is refused: another length, type, checksum, key or time, and a
//! second upload while the first one is stored.
//!
//! A body may also be sent in parts, each an upload of its own with its own address, key and checksum; what is
//! lost with a connection is then one part. They become the whole by
//! [`ObjectStorage::join`](crate::ObjectStorage::join).

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
    /// The terms of the parts of this body: each of `part_length` bytes, the last one of what is left.
    ///
    /// Refuses with [`Refusal::Length`] unless there is one checksum for each.
    pub fn parts(&self, part_length: u64, sha256: &[[u8; 32]]) -> Result<Vec<Self>> {
        let count = self.content_length.checked_div(part_length).ok_or(Refusal::Length)?
            + u64::from(!self.content_length.is_multiple_of(part_length));
        if usize::try_from(count) != Ok(sha256.len()) {
            return Err(Refusal::Length.into());
        }
        let part = |(number, (start, sha256)): (usize, (u64, &[u8; 32]))| {
            Ok(Self {
                key: self.key.part(number)?,
                content_length: part_length.min(self.content_length - start * part_length),
                content_type: self.content_type.clone(),
                sha256: *sha256,
            })
        };
        (1..).zip((0..).zip(sha256)).map(part).collect()
    }

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
