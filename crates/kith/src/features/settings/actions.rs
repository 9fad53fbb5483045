//! Reading and changing settings.

use kith_types::id::UserId;
use serde_json::{Map, Value};

use super::{
    documents::{NotificationPreferences, PrivacySettings},
    store::{self, Stored},
};
use crate::{
    app::App,
    http::{
        etag::{self, IfMatch},
        extract::parse_json,
        problem::Problem,
    },
};

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
    typed(store::get(app, user).await?)
}

/// Applies a JSON merge patch (RFC 7396) to the two documents.
pub async fn patch(
    app: &App,
    user: UserId,
    expected: IfMatch,
    patch: Map<String, Value>,
) -> Result<Settings, Problem> {
    app.tx("settings.patch", move |tx| {
        let patch = patch.clone();
        async move {
            let stored = store::lock(&tx, user).await?;
            if expected.version().is_some_and(|version| version != stored.version) {
                return Err(etag::stale());
            }
            let mut settings = merged(stored, patch)?;
            let privacy = serde_json::to_value(&settings.privacy).map_err(Problem::internal)?;
            let preferences =
                serde_json::to_value(&settings.preferences).map_err(Problem::internal)?;
            settings.version = store::put(&tx, user, &privacy, &preferences).await?;
            Ok(settings)
        }
    })
    .await
}

fn typed(stored: Stored) -> Result<Settings, Problem> {
    Ok(Settings {
        version: stored.version,
        privacy: serde_json::from_value(stored.privacy).map_err(Problem::internal)?,
        preferences: serde_json::from_value(stored.preferences).map_err(Problem::internal)?,
    })
}

fn merged(stored: Stored, patch: Map<String, Value>) -> Result<Settings, Problem> {
    let (mut privacy, mut preferences) = (stored.privacy, stored.preferences);
    for (key, value) in patch {
        match key.as_str() {
            "privacy_settings" => merge(&mut privacy, value),
            "notification_preferences" => merge(&mut preferences, value),
            _ => return Err(Problem::invalid(format!("/{key}"), "there is no such setting")),
        }
    }
    let settings = Settings {
        version: stored.version,
        privacy: read(privacy, "/privacy_settings")?,
        preferences: read(preferences, "/notification_preferences")?,
    };
    check(&settings.preferences)?;
    Ok(settings)
}

/// RFC 7396, section 2.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(target) = target {
        for (key, value) in patch {
            // `quiet_hours` is nullable: null stays a value there.
            if value.is_null() && key != "quiet_hours" {
                target.remove(&key);
            } else {
                merge(target.entry(key).or_insert(Value::Null), value);
            }
        }
    }
}

/// Types a document; what is missing was removed by the patch and returns to its default.
fn read<T: serde::de::DeserializeOwned + Default + serde::Serialize>(
    document: Value,
    prefix: &str,
) -> Result<T, Problem> {
    let mut complete = serde_json::to_value(T::default()).map_err(Problem::internal)?;
    merge(&mut complete, document);
    let bytes = serde_json::to_vec(&complete).map_err(Problem::internal)?;
    parse_json(&bytes).map_err(|problem| problem.under(prefix))
}

fn check(preferences: &NotificationPreferences) -> Result<(), Problem> {
    if let Some(hours) = &preferences.quiet_hours {
        let pointer = "/notification_preferences/quiet_hours";
        if !is_time_of_day(&hours.from) || !is_time_of_day(&hours.to) {
            return Err(Problem::invalid(pointer, "write from and to as HH:MM"));
        }
        if hours.time_zone.is_empty() || hours.time_zone.len() > 64 || !hours.time_zone.is_ascii() {
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

fn is_time_of_day(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else {
        return false;
    };
    let number = |text: &str, end: u8| text.len() == 2 && text.parse::<u8>().is_ok_and(|n| n < end);
    number(hour, 24) && number(minute, 60)
}
