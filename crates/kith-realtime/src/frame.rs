//! Owns the frames of both directions, as JSON text. It must never guess: a frame with a type or a
//! field that the contract does not have is refused.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use crate::{Channel, EventBody, EventText, Problem};

/// How much of the parser's words an answer repeats.
const MAX_DETAIL: usize = 200;

/// A place in the stream of events, opaque here as it is to clients.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize, ToSchema)]
#[serde(from = "String")]
#[schema(value_type = String)]
pub struct Cursor(Arc<str>);

impl Cursor {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// An access token that a client presented.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Token(String);

impl Token {
    /// Returns the text, to be checked and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(redacted)")
    }
}

/// What a client may say.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// Proves who it is, as the first frame.
    Auth {
        /// The access token.
        token: Token,
    },
    /// Follows a channel, from a place on if it names one.
    Subscribe {
        /// What to follow.
        channel: Channel,
        /// The last cursor that the client has of this channel.
        after: Option<Cursor>,
    },
    /// Stops following a channel.
    Unsubscribe {
        /// What not to follow any more.
        channel: Channel,
    },
    /// Has received everything up to a place.
    Ack {
        /// The place.
        cursor: Cursor,
    },
    /// Asks whether the server is there.
    Ping {},
}

impl ClientFrame {
    /// Reads a frame.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text).map_err(|error| {
            let mut detail = format!("correct this frame: {error}");
            detail.truncate(detail.floor_char_boundary(MAX_DETAIL));
            Problem::malformed(detail)
        })
    }
}

/// What the server says; the streams of HTTP carry the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// The token of the first frame counts.
    Authenticated {},
    /// A channel is followed from here on.
    Subscribed {
        /// Which channel.
        channel: Channel,
        /// Where it starts: the place that the client named, or the newest.
        cursor: Cursor,
    },
    /// Something happened.
    Event {
        /// On which channel.
        channel: Channel,
        /// The place behind it: keep the last one of each channel.
        cursor: Cursor,
        /// What.
        #[schema(value_type = EventBody)]
        event: EventText,
    },
    /// A frame was refused, or a channel cannot be followed.
    Error {
        /// Which channel, if it is about one.
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
        /// Why.
        problem: Problem,
    },
    /// Events of a channel were left out: fetch what it is about anew. Newer events follow.
    Resync {
        /// Which channel.
        channel: Channel,
    },
    /// The server is there.
    Pong {},
}

impl ServerFrame {
    /// Writes the frame as text.
    pub fn to_text(&self) -> String {
        // Everything in a frame is text, a number or an id: writing it into memory does not fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use kith_types::time::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::Event;

    const POST: &str = "post:00000000-0000-0000-0000-000000000007";

    #[test]
    fn frames_of_the_contract_are_read() {
        let post = Channel::Post(Uuid::from_u128(7).into());
        let cursor = || Cursor::from("abc".to_owned());
        for (text, expected) in [
            (r#"{"type":"ping"}"#.to_owned(), ClientFrame::Ping {}),
            (r#"{"type":"ack","cursor":"abc"}"#.to_owned(), ClientFrame::Ack { cursor: cursor() }),
            (
                r#"{"channel":"me","type":"subscribe"}"#.to_owned(),
                ClientFrame::Subscribe { channel: Channel::Me, after: None },
            ),
            (
                r#"{"type":"subscribe","channel":"feed","after":null}"#.to_owned(),
                ClientFrame::Subscribe { channel: Channel::Feed, after: None },
            ),
            (
                format!(r#" {{"type":"subscribe","channel":"{POST}","after":"abc"}} "#),
                ClientFrame::Subscribe { channel: post, after: Some(cursor()) },
            ),
            (
                format!(r#"{{"type":"unsubscribe","channel":"{POST}"}}"#),
                ClientFrame::Unsubscribe { channel: post },
            ),
            (
                r#"{"type":"auth","token":"t"}"#.to_owned(),
                ClientFrame::Auth { token: Token("t".to_owned()) },
            ),
        ] {
            assert_eq!(ClientFrame::parse(&text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_advice() {
        for text in [
            "",
            "ping",
            "null",
            "[]",
            "{}",
            r#"{"type":"shout"}"#,
            r#"{"type":"Ping"}"#,
            r#"{"type":"ping","now":true}"#,
            r#"{"type":"ping"} {"type":"ping"}"#,
            r#"{"type":"ping","type":"ping"}"#,
            r#"{"type":"ack"}"#,
            r#"{"type":"ack","cursor":7}"#,
            r#"{"type":"subscribe","channel":"friends"}"#,
            r#"{"type":"subscribe","channel":"post:7"}"#,
            r#"{"type":"subscribe","channel":"me","channel":"feed"}"#,
            r#"{"type":"subscribe","channel":"me","since":"abc"}"#,
            r#"{"type":"auth"}"#,
        ] {
            let problem = ClientFrame::parse(text).unwrap_err();
            assert_eq!(
                (problem.kind.as_ref(), problem.status),
                ("/problems/malformed", 400),
                "{text}"
            );
            assert!(
                problem.detail.starts_with("correct this frame: "),
                "{text}: {}",
                problem.detail
            );
        }
        let long = format!(r#"{{"type":"{}"}}"#, "é".repeat(1_000));
        assert!(ClientFrame::parse(&long).unwrap_err().detail.len() <= 200);
    }

    #[test]
    fn frames_are_written_as_in_the_contract() {
        let channel = Channel::Feed;
        let cursor = Cursor::from("abc".to_owned());
        let body = EventBody {
            event: Event::PostReady {
                post_id: Uuid::from_u128(7).into(),
                author_id: Uuid::from_u128(8).into(),
            },
            occurred_at: Timestamp::UNIX_EPOCH,
        };
        let problem = Problem::not_found();
        for (frame, expected) in [
            (ServerFrame::Authenticated {}, r#"{"type":"authenticated"}"#),
            (ServerFrame::Pong {}, r#"{"type":"pong"}"#),
            (ServerFrame::Resync { channel }, r#"{"type":"resync","channel":"feed"}"#),
            (
                ServerFrame::Subscribed { channel, cursor: cursor.clone() },
                r#"{"type":"subscribed","channel":"feed","cursor":"abc"}"#,
            ),
            (
                ServerFrame::Event { channel, cursor, event: body.into() },
                r#"{"type":"event","channel":"feed","cursor":"abc","event":{"kind":"post.ready","post_id":"00000000-0000-0000-0000-000000000007","author_id":"00000000-0000-0000-0000-000000000008","occurred_at":"1970-01-01T00:00:00.000000Z"}}"#,
            ),
            (
                ServerFrame::Error { channel: None, problem: problem.clone() },
                r#"{"type":"error","problem":{"type":"/problems/not-found","title":"Not found","status":404,"detail":"there is nothing here that you can see"}}"#,
            ),
            (
                ServerFrame::Error { channel: Some(channel), problem },
                r#"{"type":"error","channel":"feed","problem":{"type":"/problems/not-found","title":"Not found","status":404,"detail":"there is nothing here that you can see"}}"#,
            ),
        ] {
            assert_eq!(frame.to_text(), expected);
        }
    }

    #[test]
    fn debug_never_shows_a_token() {
        let frame = ClientFrame::parse(r#"{"type":"auth","token":"secret"}"#).unwrap();
        assert!(!format!("{frame:?}").contains("secret"));
    }
}
