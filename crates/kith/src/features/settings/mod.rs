//! Settings: two typed documents with defaults, changed by JSON merge patch. Unknown keys are refused.
//!
//! - `privacy_settings` decide who finds a person and what is recorded.
//! - `notification_preferences` decide what is pushed and shown.
//! - Stored documents have versions (`stored`). SQL reads some of their members: a missing one means its default
//!   there too, and a value that SQL does not know means nobody.

mod actions;
mod documents;
mod http;
mod store;
mod stored;

use serde_json::Value;

use self::documents::{NotificationPreferences, PrivacySettings};
use super::Feature;
use crate::problem::Problem;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "settings", routes: http::routes, tasks: &[] };

/// The two documents of a new person: privacy settings and notification preferences.
pub fn fresh() -> Result<(Value, Value), Problem> {
    Ok((stored::fresh::<PrivacySettings>()?, stored::fresh::<NotificationPreferences>()?))
}
