//! The messages that a notification can hold, by key. The text belongs to `render`.

use super::account::AccountNote;

/// What a notification says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// Somebody commented on a post of the reader.
    CommentCreated,
    /// Somebody asks the reader to be friends.
    FriendRequested,
    /// Somebody accepted the reader's request.
    FriendAccepted,
    /// A photo of the reader could not be processed, and its post went away.
    PostFailed(Fault),
    /// Something happened to the reader's account.
    Account(AccountNote),
}

/// What was wrong with a photo, as far as its owner can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not a picture of a kind that can be read.
    Unsupported,
    /// Too many bytes or pixels.
    TooLarge,
    /// It could not be opened with the means that a photo may use.
    Unopenable,
    /// It breaks off or contradicts itself.
    Damaged,
    /// Its bytes did not arrive.
    Missing,
    /// Nothing that is known of it.
    Unknown,
}

impl Fault {
    const ALL: [Self; 6] = [
        Self::Unsupported,
        Self::TooLarge,
        Self::Unopenable,
        Self::Damaged,
        Self::Missing,
        Self::Unknown,
    ];

    /// The fault of an upload that failed, by the name that is stored with it.
    pub fn of_failure(name: Option<&str>) -> Self {
        match name {
            Some("unsupported-type") => Self::Unsupported,
            Some("too-large" | "too-many-pixels" | "out-of-memory") => Self::TooLarge,
            Some("too-complex" | "timed-out" | "crashed") => Self::Unopenable,
            Some("damaged") => Self::Damaged,
            Some("missing") => Self::Missing,
            _ => Self::Unknown,
        }
    }
}

impl Message {
    /// The key that is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::CommentCreated => "comment.created",
            Self::FriendRequested => "friend.requested",
            Self::FriendAccepted => "friend.accepted",
            Self::PostFailed(Fault::Unsupported) => "post.failed.unsupported",
            Self::PostFailed(Fault::TooLarge) => "post.failed.too-large",
            Self::PostFailed(Fault::Unopenable) => "post.failed.unopenable",
            Self::PostFailed(Fault::Damaged) => "post.failed.damaged",
            Self::PostFailed(Fault::Missing) => "post.failed.missing",
            Self::PostFailed(Fault::Unknown) => "post.failed",
            Self::Account(note) => note.key(),
        }
    }

    /// The message of a key; none for one that a newer version wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::CommentCreated, Self::FriendRequested, Self::FriendAccepted]
            .into_iter()
            .chain(Fault::ALL.map(Self::PostFailed))
            .chain(AccountNote::ALL.iter().copied().map(Self::Account))
            .find(|message| message.key() == key)
    }
}
