//! Owns the names of the channels. It must never decide who may follow one.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use kith_types::id::PostId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

const POST: &str = "post:";

/// A stream of events that a client may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// What concerns the account itself: friends, notifications, sessions, failed posts.
    Me,
    /// Posts that appear in the feed, change or go away.
    Feed,
    /// One post and its comments.
    Post(PostId),
}

/// A text that names no channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a channel is me, feed or post: followed by the id of a post")]
pub struct ChannelInvalid;

impl FromStr for Channel {
    type Err = ChannelInvalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "me" => Ok(Self::Me),
            "feed" => Ok(Self::Feed),
            _ => {
                let post = text.strip_prefix(POST).ok_or(ChannelInvalid)?;
                post.parse().map(Self::Post).map_err(|_| ChannelInvalid)
            }
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => out.write_str("me"),
            Self::Feed => out.write_str("feed"),
            Self::Post(post) => write!(out, "{POST}{post}"),
        }
    }
}

impl Serialize for Channel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Channel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for Channel {
    fn schema() -> RefOr<Schema> {
        Object::builder()
            .schema_type(Type::String)
            .pattern(Some("^(me|feed|post:[0-9a-fA-F-]{36})$"))
            .examples(["feed"])
            .into()
    }
}

impl ToSchema for Channel {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    proptest! {
        #[test]
        fn a_channel_is_read_back(bits: u128) {
            let post = Channel::Post(PostId::from(Uuid::from_u128(bits)));
            for channel in [Channel::Me, Channel::Feed, post] {
                prop_assert_eq!(channel.to_string().parse(), Ok(channel));
            }
        }

        #[test]
        fn nothing_else_is_one(text in ".{0,50}", case in "(Me|FEED|post|post:|posts:.{0,9}| me|me )") {
            for text in [text, case] {
                if let Ok(channel) = text.parse::<Channel>() {
                    prop_assert_eq!(channel.to_string(), text.to_lowercase());
                }
            }
        }
    }
}
