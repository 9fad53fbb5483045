//! Settings: two typed documents with defaults, changed by JSON merge patch. Unknown keys are refused.
//!
//! - `privacy_settings` decide who finds a person and what is recorded; SQL reads them, so that every
//!   stored document is complete.
//! - `notification_preferences` decide what is pushed and shown.

mod actions;
mod documents;
mod http;
mod store;

pub use documents::{NotificationPreferences, PrivacySettings};

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "settings", routes: http::routes, tasks: &[] };
