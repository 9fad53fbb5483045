//! Reading and changing settings.

use kith_types::id::UserId;
use serde_json::{Map, Value};

use super::{
    documents::{NotificationPreferences, PrivacySettings},
    store::{self, Stored},
};
use crate::{
    app::App,
    http::{etag::IfMatch, extract::parse_json, problem::Problem},
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
        let (expected, patch) = (expected.clone(), patch.clone());
        async move {
            let stored = store::lock(&tx, user).await?;
            expected.require(stored.version)?;
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
            "privacy_settings" => patch_document::<PrivacySettings>(&mut privacy, value, &key)?,
            "notification_preferences" => {
                patch_document::<NotificationPreferences>(&mut preferences, value, &key)?;
            }
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

/// Merges a patch into a document. Null for all of it brings back the defaults; null for what no document has
/// is a mistake like any other value there.
fn patch_document<T: Default + serde::Serialize>(
    document: &mut Value,
    patch: Value,
    name: &str,
) -> Result<(), Problem> {
    if patch.is_null() {
        *document = Value::Object(Map::new());
        return Ok(());
    }
    let known = serde_json::to_value(T::default()).map_err(Problem::internal)?;
    let keys = patch.as_object().into_iter().flat_map(Map::keys);
    if let Some(unknown) = keys.into_iter().find(|key| known.get(key.as_str()).is_none()) {
        return Err(Problem::invalid(format!("/{name}/{unknown}"), "there is no such setting"));
    }
    merge(document, patch);
    Ok(())
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
