//! Notifications: what happened to a person, kept until read and longer.
//!
//! - They are written from the event log, once for each event and recipient, whatever crashes in between.
//! - A comment is told to the author of the post, a request to the one who was asked, an acceptance to the one
//!   who had asked; never one's own doing, never of somebody or something muted, never what the recipient
//!   cannot see. A photo that could not be processed is told to its owner by the service itself, and so is what
//!   happened to the account.
//! - A row holds a message key and ids. The sentence is made when it is read, from what its reader sees then;
//!   what he does not see any more becomes a neutral sentence that names nobody.
//! - They live in the secondary database: first they are written there, then the event that tells of them is
//!   written in the primary one, each idempotently.

mod account;
mod actions;
mod http;
mod message;
mod notice;
mod render;
mod store;

pub use actions::delivered;

use super::Feature;
use crate::realtime::consumer::Consumer;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "notifications", routes: http::routes, tasks: &[] };

/// Writes notifications from the event log.
pub const CONSUMER: Consumer = Consumer { name: "notifications", step: notice::consume };
