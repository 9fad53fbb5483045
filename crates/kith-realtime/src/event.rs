//! Owns what an event says: its kind, when it happened, and ids. It must never carry anything else:
//! whoever gets one asks for the thing itself, and sees what may be seen then.

use std::sync::Arc;

use kith_types::id::{CommentId, FriendshipId, NotificationId, PostId, SessionId, UserId};
use kith_types::time::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::Channel;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(tag = "kind")]
pub enum Event {
    /// A post became visible to the reader.
    #[serde(rename = "post.ready")]
    PostReady {
        /// The post.
        post_id: PostId,
        /// Who posted it.
        author_id: UserId,
    },
    /// A post changed.
    #[serde(rename = "post.updated")]
    PostUpdated {
        /// The post.
        post_id: PostId,
        /// Who posted it.
        author_id: UserId,
    },
    /// The reader cannot see a post any more.
    #[serde(rename = "post.removed")]
    PostRemoved {
        /// The post.
        post_id: PostId,
        /// Who posted it.
        author_id: UserId,
    },
    /// The photo of the reader's own post could not be processed.
    #[serde(rename = "post.failed")]
    PostFailed {
        /// The post.
        post_id: PostId,
        /// The reader.
        author_id: UserId,
    },
    /// Somebody commented.
    #[serde(rename = "comment.created")]
    CommentCreated {
        /// The comment.
        comment_id: CommentId,
        /// The post that it is on.
        post_id: PostId,
        /// Who wrote it.
        author_id: UserId,
    },
    /// A comment changed.
    #[serde(rename = "comment.updated")]
    CommentUpdated {
        /// The comment.
        comment_id: CommentId,
        /// The post that it is on.
        post_id: PostId,
        /// Who wrote it.
        author_id: UserId,
    },
    /// A comment went away.
    #[serde(rename = "comment.removed")]
    CommentRemoved {
        /// The comment.
        comment_id: CommentId,
        /// The post that it is on.
        post_id: PostId,
        /// Who wrote it.
        author_id: UserId,
    },
    /// Somebody asked to be friends, or the reader did on another device.
    #[serde(rename = "friend.requested")]
    FriendRequested {
        /// The request.
        friendship_id: FriendshipId,
        /// The other one.
        user_id: UserId,
    },
    /// A friendship began.
    #[serde(rename = "friend.accepted")]
    FriendAccepted {
        /// The friendship.
        friendship_id: FriendshipId,
        /// The other one.
        user_id: UserId,
    },
    /// A friendship or a request ended.
    #[serde(rename = "friend.removed")]
    FriendRemoved {
        /// The friendship.
        friendship_id: FriendshipId,
        /// The other one.
        user_id: UserId,
    },
    /// A notification arrived.
    #[serde(rename = "notification.created")]
    NotificationCreated {
        /// The notification.
        notification_id: NotificationId,
    },
    /// Notifications were read, perhaps on another device.
    #[serde(rename = "notification.read")]
    NotificationRead {
        /// The one, or the newest of those; none if it is not one in particular.
        notification_id: Option<NotificationId>,
    },
    /// A session of the reader was ended.
    #[serde(rename = "session.revoked")]
    SessionRevoked {
        /// The session.
        session_id: SessionId,
    },
}

impl Event {
    /// Returns the channels on which the event is delivered to those whom it concerns.
    pub fn channels(&self) -> impl Iterator<Item = Channel> + use<> {
        let (first, second) = match *self {
            Self::PostReady { .. } => (Channel::Feed, None),
            Self::PostUpdated { post_id, .. } | Self::PostRemoved { post_id, .. } => {
                (Channel::Feed, Some(Channel::Post(post_id)))
            }
            Self::CommentCreated { post_id, .. }
            | Self::CommentUpdated { post_id, .. }
            | Self::CommentRemoved { post_id, .. } => (Channel::Post(post_id), None),
            Self::PostFailed { .. }
            | Self::FriendRequested { .. }
            | Self::FriendAccepted { .. }
            | Self::FriendRemoved { .. }
            | Self::NotificationCreated { .. }
            | Self::NotificationRead { .. }
            | Self::SessionRevoked { .. } => (Channel::Me, None),
        };
        std::iter::once(first).chain(second)
    }
}

/// An event with its time, as it stands in a frame.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct EventBody {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// When it was committed.
    pub occurred_at: Timestamp,
}

/// The JSON of an [`EventBody`]: written once, shared by all connections that it goes to.
#[derive(Clone, Debug)]
pub struct EventText(Arc<RawValue>);

impl Serialize for EventText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::serialize(&self.0, serializer)
    }
}

impl From<EventBody> for EventText {
    fn from(body: EventBody) -> Self {
        // Writing ids, a time and fixed names into memory does not fail.
        Self(serde_json::value::to_raw_value(&body).unwrap_or_default().into())
    }
}

impl EventText {
    /// Returns the JSON.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};
    use uuid::Uuid;

    use super::*;

    const ID: &str = "00000000-0000-0000-0000-000000000007";

    fn id<K>() -> kith_types::id::Id<K> {
        Uuid::from_u128(7).into()
    }

    /// Puts an event in one line: its kind, the ids that it carries, the channels that it goes to.
    fn in_short(event: Event) -> String {
        let body = EventBody { event, occurred_at: Timestamp::from_unix_seconds(1_800_000_000) };
        let mut fields: Map<String, Value> =
            serde_json::from_str(EventText::from(body).as_str()).unwrap();
        let kind = fields.remove("kind").unwrap();
        assert_eq!(fields.remove("occurred_at").unwrap(), "2027-01-15T08:00:00.000000Z");
        assert!(fields.values().all(|value| value == ID), "{fields:?}");
        let mut ids: Vec<_> = fields.keys().cloned().collect();
        ids.sort();
        let channels: Vec<_> =
            event.channels().map(|channel| channel.to_string().replace(ID, "id")).collect();
        format!("{} {} > {}", kind.as_str().unwrap(), ids.join(" "), channels.join(" "))
    }

    #[test]
    fn every_event_has_the_fields_and_channels_of_the_contract() {
        let (post_id, author_id, user_id, comment_id, friendship_id) =
            (id(), id(), id(), id(), id());
        let (notification_id, session_id) = (id(), id());
        for (event, expected) in [
            (Event::PostReady { post_id, author_id }, "post.ready author_id post_id > feed"),
            (
                Event::PostUpdated { post_id, author_id },
                "post.updated author_id post_id > feed post:id",
            ),
            (
                Event::PostRemoved { post_id, author_id },
                "post.removed author_id post_id > feed post:id",
            ),
            (Event::PostFailed { post_id, author_id }, "post.failed author_id post_id > me"),
            (
                Event::CommentCreated { comment_id, post_id, author_id },
                "comment.created author_id comment_id post_id > post:id",
            ),
            (
                Event::CommentUpdated { comment_id, post_id, author_id },
                "comment.updated author_id comment_id post_id > post:id",
            ),
            (
                Event::CommentRemoved { comment_id, post_id, author_id },
                "comment.removed author_id comment_id post_id > post:id",
            ),
            (
                Event::FriendRequested { friendship_id, user_id },
                "friend.requested friendship_id user_id > me",
            ),
            (
                Event::FriendAccepted { friendship_id, user_id },
                "friend.accepted friendship_id user_id > me",
            ),
            (
                Event::FriendRemoved { friendship_id, user_id },
                "friend.removed friendship_id user_id > me",
            ),
            (
                Event::NotificationCreated { notification_id },
                "notification.created notification_id > me",
            ),
            (
                Event::NotificationRead { notification_id: Some(notification_id) },
                "notification.read notification_id > me",
            ),
            (Event::SessionRevoked { session_id }, "session.revoked session_id > me"),
        ] {
            assert_eq!(in_short(event), expected);
        }
    }
}
