//! Text messages after they were handed over: who took them, and what providers report of them.
//!
//! - An attempt notes the provider that took it, the provider's name for it, and the providers that did not.
//! - A report counts only with its provider's signature; anything else is refused, and of whom nothing is
//!   configured there is no address.
//! - A message goes forward only: queued, sent, then delivered or undelivered. Whatever comes late, twice or a
//!   hundred times changes nothing.
//! - What is new in a report teaches the senders which ways work.
//! - A provider that failed for a number within the last hour is asked for that number after all others.

mod actions;
mod http;
mod store;

pub use actions::{providers_to_avoid, settle};

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "sms", routes: http::routes, tasks: &[] };
