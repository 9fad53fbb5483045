//! Reading and changing settings.

use kith_types::id::UserId;
use serde_json::{Map, Value};

use super::{
    documents::{NotificationPreferences, PrivacySettings},
    store::{self, Stored},
    stored,
};
use crate::{
    app::App,
    http::{etag::IfMatch, problem::Problem},
};

const PRIVACY: &str = "privacy_settings";
const PREFERENCES: &str = "notification_preferences";

/// Lists of muted people or posts are bounded: they are read with every notification.
const MAX_MUTED: usize = 500;

/// Both documents with their version.
pub struct Settings {
    pub version: i32,
    pub privacy: PrivacySettings,
    pub preferences: NotificationPreferences,
}

/// Reads my settings.
pub async fn get(app: &App, user: UserId) -> Result<Settings, Problem> {
    Ok(typed(store::get(app, user).await?))
}

/// Applies a JSON merge patch (RFC 7396) to the two documents.
pub async fn patch(
    app: &App,
    user: UserId,
    expected: IfMatch,
    patch: Map<String, Value>,
) -> Result<Settings, Problem> {
    app.tx("settings.patch", move |tx| {
        let (expected, patch) = (expected.clone(), patch.clone());
        async move {
            let stored = store::lock(&tx, user).await?;
            expected.require(stored.version)?;
            let changed = changed(stored, patch)?;
            check(&changed.preferences.1)?;
            let version = store::put(&tx, user, &changed.privacy.0, &changed.preferences.0).await?;
            let (privacy, preferences) = (changed.privacy.1, changed.preferences.1);
            Ok(Settings { version, privacy, preferences })
        }
    })
    .await
}

fn typed(stored: Stored) -> Settings {
    Settings {
        version: stored.version,
        privacy: stored::read(stored.privacy),
        preferences: stored::read(stored.preferences),
    }
}

/// Both documents as they are to be stored, with their values.
struct Changed {
    privacy: (Value, PrivacySettings),
    preferences: (Value, NotificationPreferences),
}

fn changed(stored: Stored, mut patch: Map<String, Value>) -> Result<Changed, Problem> {
    let mut patch_of = |name: &str| patch.remove(name).unwrap_or_else(|| Value::Object(Map::new()));
    let (privacy, preferences) = (patch_of(PRIVACY), patch_of(PREFERENCES));
    if let Some(unknown) = patch.keys().next() {
        return Err(Problem::invalid(format!("/{unknown}"), "there is no such setting"));
    }
    Ok(Changed {
        privacy: stored::patched(stored.privacy, privacy, PRIVACY)?,
        preferences: stored::patched(stored.preferences, preferences, PREFERENCES)?,
    })
}

fn check(preferences: &NotificationPreferences) -> Result<(), Problem> {
    if let Some(hours) = &preferences.quiet_hours {
        let pointer = "/notification_preferences/quiet_hours";
        if !is_time_of_day(&hours.from) || !is_time_of_day(&hours.to) {
            return Err(Problem::invalid(pointer, "write from and to as HH:MM"));
        }
        if !is_time_zone(&hours.time_zone) {
            return Err(Problem::invalid(
                format!("{pointer}/time_zone"),
                "name a time zone such as Europe/Berlin",
            ));
        }
    }
    if preferences.muted_users.len() > MAX_MUTED || preferences.muted_posts.len() > MAX_MUTED {
        let detail = format!("at most {MAX_MUTED} people and {MAX_MUTED} posts can be muted");
        return Err(Problem::invalid("/notification_preferences", detail));
    }
    Ok(())
}

/// The form of names in the time zone database; whether there is such a zone is told by whoever uses it.
fn is_time_zone(name: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "/_+-".contains(sign);
    (1..=64).contains(&name.len()) && name.chars().all(is_sign)
}

fn is_time_of_day(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else {
        return false;
    };
    let is_number = |text: &str| text.len() == 2 && text.bytes().all(|sign| sign.is_ascii_digit());
    let number = |text: &str, end: u8| is_number(text) && text.parse::<u8>().is_ok_and(|n| n < end);
    number(hour, 24) && number(minute, 60)
}
