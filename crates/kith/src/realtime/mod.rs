//! Events on their way to people: the outbox, its numbering, and (later modules) sockets.

pub mod outbox;
pub mod sequencer;

/// Hint that some process committed events.
pub const OUTBOX_TOPIC: &str = "outbox";
/// Hint that newer events have numbers.
pub const SEQUENCED_TOPIC: &str = "sequenced";
