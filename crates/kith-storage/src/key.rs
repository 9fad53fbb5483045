//! The names of objects.
//!
//! Owns the grammar of keys, which makes path traversal impossible by construction: what does not
//! parse never reaches a back end.

use crate::error::{Refusal, Result};

/// Longest key. S3 allows 1,024 bytes; file systems 4,096 for a path.
const MAX_KEY: usize = 512;
/// Longest segment. File systems allow 255 bytes for a name.
const MAX_SEGMENT: usize = 128;
/// The folder that presigned uploads are confined to.
const INCOMING: &str = "incoming";

/// The key of an object: segments of `a-z 0-9 . _ -` joined by `/`, none starting with a
/// punctuation mark.
///
/// Lower case only, so that two keys never meet in one file of a case-insensitive file system. No
/// object may have a key that is a folder of another key (`a` and `a/b`): a directory cannot hold both.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// Checks a key against the grammar.
    pub fn parse(text: &str) -> Result<Self> {
        let valid = text.len() <= MAX_KEY && text.split('/').all(is_segment);
        if valid { Ok(Self(text.to_owned())) } else { Err(Refusal::Key.into()) }
    }

    /// The key of an upload that nobody has examined yet: `incoming/<name>`.
    pub fn incoming(name: &str) -> Result<Self> {
        if is_segment(name) {
            Ok(Self(format!("{INCOMING}/{name}")))
        } else {
            Err(Refusal::Key.into())
        }
    }

    /// The key of a part of this upload: `incoming/<name>.<number>`. Refuses what is no upload, or is a part.
    pub fn part(&self, number: usize) -> Result<Self> {
        match self.incoming_name() {
            Some(name) if !name.contains('.') => Self::incoming(&format!("{name}.{number}")),
            _ => Err(Refusal::NotIncoming.into()),
        }
    }

    /// The name of the upload that this is, or is a part of; see [`ObjectKey::part`].
    pub fn upload_name(&self) -> Option<&str> {
        self.incoming_name()?.split('.').next()
    }

    /// The name of an upload, if this is a key made by [`ObjectKey::incoming`].
    pub fn incoming_name(&self) -> Option<&str> {
        let name = self.0.strip_prefix(INCOMING)?.strip_prefix('/')?;
        is_segment(name).then_some(name)
    }

    /// The key as it is written in URLs and listings.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ObjectKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_segment(segment: &str) -> bool {
    let starts_well = segment.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    let is_allowed =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
    starts_well && segment.len() <= MAX_SEGMENT && segment.chars().all(is_allowed)
}
