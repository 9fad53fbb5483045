//! The messages that a notification can hold, by key. The text belongs to `render`.

use super::system::SystemNotice;

/// What a notification says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// Somebody commented on a post of the reader.
    CommentCreated,
    /// Somebody asks the reader to be friends.
    FriendRequested,
    /// Somebody accepted the reader's request.
    FriendAccepted,
    /// The service itself has something to say.
    System(SystemNotice),
}

impl Message {
    /// The key that is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::CommentCreated => "comment.created",
            Self::FriendRequested => "friend.requested",
            Self::FriendAccepted => "friend.accepted",
            Self::System(notice) => notice.key(),
        }
    }

    /// The message of a key; none for one that a newer version wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        let system = SystemNotice::ALL.into_iter().map(Self::System);
        [Self::CommentCreated, Self::FriendRequested, Self::FriendAccepted]
            .into_iter()
            .chain(system)
            .find(|message| message.key() == key)
    }
}
