//! Why a picture was refused: a closed list with stable names and messages for the person who sent it.
//!
//! Owns the names that clients match on. Never carries bytes, file names or decoder internals.

use serde::{Deserialize, Serialize};

/// A refusal or failure. [`MediaFailure::name`] is stable; the message says what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum MediaFailure {
    /// The bytes are not one of the six accepted picture formats, whatever the file name said.
    #[error(
        "this is not a photo that can be read here; send a JPEG, PNG, WebP, AVIF, HEIC or GIF file"
    )]
    UnsupportedType,
    /// The file is larger than the limit.
    #[error("the file is larger than {} MB; export the photo at a smaller size and send it again", limit_bytes / 1_048_576)]
    TooLarge {
        /// The limit in bytes.
        limit_bytes: u64,
    },
    /// The picture has more pixels, or a longer edge, than the limit.
    #[error(
        "the photo is {width} by {height} pixels, more than can be handled; scale it down and send it again"
    )]
    TooManyPixels {
        /// Width that the file states.
        width: u32,
        /// Height that the file states.
        height: u32,
    },
    /// The file is built to cost far more work than a photo does.
    #[error(
        "the file is built in a way that takes too much work to open; export the photo anew and send it again"
    )]
    TooComplex,
    /// The file breaks off or contradicts itself before a picture can be made of it.
    #[error("the photo is damaged and cannot be opened; choose another copy of it")]
    Damaged,
    /// Decoding needed more memory than a photo may use.
    #[error("opening the photo takes too much memory; scale it down and send it again")]
    OutOfMemory,
    /// Decoding used more processor time than a photo may use.
    #[error("opening the photo took too long; export it anew and send it again")]
    TimedOut,
    /// Decoding did not end in time, within the processor limit: a decoder hangs, or the machine is busy.
    #[error("opening the photo took too long; export it anew and send it again")]
    Stalled,
    /// The decoding process ended without an answer. The file may be hostile or a decoder has a defect.
    #[error("the photo could not be opened; export it anew and send it again")]
    Crashed,
    /// Kith could not run the decoding process. Not the picture's fault: worth another try.
    #[error("photos cannot be processed at the moment; nothing is lost, it is tried again")]
    Unavailable,
}

impl MediaFailure {
    /// The stable name, as used in problem documents and stored with a failed upload.
    pub fn name(&self) -> &'static str {
        match self {
            Self::UnsupportedType => "unsupported-type",
            Self::TooLarge { .. } => "too-large",
            Self::TooManyPixels { .. } => "too-many-pixels",
            Self::TooComplex => "too-complex",
            Self::Damaged => "damaged",
            Self::OutOfMemory => "out-of-memory",
            Self::TimedOut | Self::Stalled => "timed-out",
            Self::Crashed => "crashed",
            Self::Unavailable => "unavailable",
        }
    }

    /// Whether the same bytes may succeed later, so that a job should try again.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable)
    }

    /// Whether the machine may be to blame as well as the picture, so that one more try decides.
    pub fn is_doubtful(&self) -> bool {
        matches!(self, Self::Crashed | Self::Stalled)
    }
}
