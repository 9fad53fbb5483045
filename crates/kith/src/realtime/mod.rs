//! Events on their way to people: written with their cause, numbered, then followed by every process for its
//! own sockets and by consumers for their own ends.
//!
//! - An event carries ids; who may know of it is asked when it is delivered, also when it is replayed.
//! - The number of an event is the cursor of every channel, sealed for each account.
//! - Hints of the bus only wake somebody; what counts is in the database.

pub mod catch_up;
pub mod consumer;
pub mod delivery;
mod http;
pub mod hub;
pub mod log;
pub mod outbox;
pub mod sequencer;
mod socket;

pub use hub::Hub;

use crate::features::Feature;

/// Registry entry of the routes.
pub const FEATURE: Feature = Feature { name: "realtime", routes: http::routes, tasks: &[] };

/// Hint that some process committed events.
pub const OUTBOX_TOPIC: &str = "outbox";
/// Hint that newer events have numbers.
pub const SEQUENCED_TOPIC: &str = "sequenced";
