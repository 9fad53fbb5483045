//! Documents as they are stored: each says in which version of its shape it was written (`schema`), and becomes
//! today's when it is read. Reading must never fail and never write; the next change writes it in today's shape.
//!
//! - A document without `schema` is of version 1. Each step makes the next version of one; steps are never changed.
//! - What a newer program wrote, while both run, is read as far as it is understood. A value that is not understood
//!   counts as the most private one there is, and stays as it is until somebody changes it.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use super::documents::{
    Channel, FindByPhone, NotificationPreferences, PrivacySettings, QuietHours, RequestsFrom,
};
use crate::http::{extract::parse_json, problem::Problem};

/// The member that says the version. Clients never see it.
const MARK: &str = "schema";

type Members = Map<String, Value>;
type Step = fn(&mut Members);

/// A document that has versions.
pub trait Versioned: Default + Serialize + DeserializeOwned {
    /// The first makes version 2 out of version 1.
    const STEPS: &'static [Step];

    /// Today's values, as far as they are understood.
    fn understood(members: &Members) -> Self;

    /// A document with every member that there can be, in what is usually null too. Its values say nothing.
    fn whole() -> Self {
        Self::default()
    }
}

impl Versioned for PrivacySettings {
    const STEPS: &'static [Step] = &[complete_privacy];

    fn understood(members: &Members) -> Self {
        let usual = Self::default();
        Self {
            find_by_phone: member(
                members,
                "find_by_phone",
                usual.find_by_phone,
                FindByPhone::Nobody,
            ),
            friend_requests_from: member(
                members,
                "friend_requests_from",
                usual.friend_requests_from,
                RequestsFrom::Nobody,
            ),
            analytics: member(members, "analytics", usual.analytics, false),
            store_location: member(members, "store_location", usual.store_location, false),
        }
    }
}

impl Versioned for NotificationPreferences {
    const STEPS: &'static [Step] = &[complete_preferences];

    fn understood(members: &Members) -> Self {
        let usual = Self::default();
        Self {
            comment: channel(members, "comment", usual.comment),
            friend_request: channel(members, "friend_request", usual.friend_request),
            new_post: channel(members, "new_post", usual.new_post),
            content_free: member(members, "content_free", usual.content_free, true),
            quiet_hours: member(members, "quiet_hours", None, None),
            muted_users: readable(members, "muted_users"),
            muted_posts: readable(members, "muted_posts"),
        }
    }

    fn whole() -> Self {
        Self { quiet_hours: Some(QuietHours::default()), ..Self::default() }
    }
}

/// Version 2: everything is there.
fn complete_privacy(members: &mut Members) {
    let all = json!({ "find_by_phone": "mutual", "friend_requests_from": "anyone", "analytics": true,
        "store_location": false });
    complete(members, all);
}

/// Version 2: everything is there.
fn complete_preferences(members: &mut Members) {
    let all = json!({ "comment": { "push": true }, "friend_request": { "push": true }, "new_post": { "push": false },
        "content_free": false, "quiet_hours": null, "muted_users": [], "muted_posts": [] });
    complete(members, all);
}

/// What stands in a document, whoever wrote it.
pub fn read<T: Versioned>(stored: Value) -> T {
    T::understood(&upgraded::<T>(stored))
}

/// A new person's document.
pub fn fresh<T: Versioned>() -> Result<Value, Problem> {
    patched::<T>(json!({ MARK: current::<T>() }), Value::Null, "").map(|(document, _)| document)
}

/// The document in today's shape, or in a newer one that it has already.
pub fn upgraded<T: Versioned>(stored: Value) -> Members {
    let mut members = match stored {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let written = members.get(MARK).and_then(Value::as_u64).unwrap_or(1).max(1);
    let done = usize::try_from(written - 1).unwrap_or(usize::MAX);
    for step in T::STEPS.iter().skip(done) {
        step(&mut members);
    }
    members.insert(MARK.to_owned(), json!(written.max(current::<T>())));
    members
}

fn current<T: Versioned>() -> u64 {
    u64::try_from(T::STEPS.len()).unwrap_or(u64::MAX) + 1
}

/// Applies a merge patch (RFC 7396) and tells the values with it. Null for all of it brings back the defaults; null
/// for what no document has is a mistake like any other value there. What the patch does not name stays as it is.
pub fn patched<T: Versioned>(
    stored: Value,
    patch: Value,
    name: &str,
) -> Result<(Value, T), Problem> {
    let mut members = upgraded::<T>(stored);
    let usual = serde_json::to_value(T::default()).map_err(Problem::internal)?;
    if patch.is_null() {
        members.retain(|key, _| key == MARK);
        let document = completed(members, usual);
        return Ok((document, T::default()));
    }
    let whole = serde_json::to_value(T::whole()).map_err(Problem::internal)?;
    require_known(&patch, &whole, &format!("/{name}"))?;
    let mut wanted = serde_json::to_value(T::understood(&members)).map_err(Problem::internal)?;
    merge(&mut wanted, patch.clone());
    let values: T = typed(usual, wanted, name)?;
    if let Value::Object(patch) = patch {
        merge_members(&mut members, patch);
    }
    let all = serde_json::to_value(&values).map_err(Problem::internal)?;
    Ok((completed(members, all), values))
}

/// Refuses members that no document has, however deep: a null there would take away what a newer program wrote.
/// What is no object where one belongs is told by its type.
fn require_known(patch: &Value, whole: &Value, pointer: &str) -> Result<(), Problem> {
    let (Value::Object(patch), Value::Object(whole)) = (patch, whole) else { return Ok(()) };
    for (key, value) in patch {
        let pointer = format!("{pointer}/{key}");
        match whole.get(key) {
            Some(known) => require_known(value, known, &pointer)?,
            None => return Err(Problem::invalid(pointer, "there is no such setting")),
        }
    }
    Ok(())
}

/// Types what is wanted; what was removed by the patch returns to its default.
fn typed<T: DeserializeOwned>(usual: Value, wanted: Value, name: &str) -> Result<T, Problem> {
    let mut all = usual;
    merge(&mut all, wanted);
    let bytes = serde_json::to_vec(&all).map_err(Problem::internal)?;
    parse_json(&bytes).map_err(|problem| problem.under(&format!("/{name}")))
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
        merge_members(target, patch);
    }
}

fn merge_members(target: &mut Members, patch: Members) {
    for (key, value) in patch {
        // `quiet_hours` is nullable: null stays a value there.
        if value.is_null() && key != "quiet_hours" {
            target.remove(&key);
        } else {
            merge(target.entry(key).or_insert(Value::Null), value);
        }
    }
}

fn completed(mut members: Members, all: Value) -> Value {
    complete(&mut members, all);
    Value::Object(members)
}

/// Adds what is missing, in objects within it too.
fn complete(members: &mut Members, all: Value) {
    let Value::Object(all) = all else { return };
    for (key, value) in all {
        match members.get_mut(&key) {
            None => {
                members.insert(key, value);
            }
            Some(Value::Object(inner)) => complete(inner, value),
            Some(_) => {}
        }
    }
}

/// A value, its default where there is none, and the most private one where it is not understood.
fn member<T: DeserializeOwned>(members: &Members, key: &str, usual: T, strictest: T) -> T {
    match members.get(key) {
        None => usual,
        Some(value) => serde_json::from_value(value.clone()).unwrap_or(strictest),
    }
}

fn channel(members: &Members, key: &str, usual: Channel) -> Channel {
    let push = |value: &Value| value.get("push").and_then(Value::as_bool).unwrap_or(false);
    members.get(key).map_or(usual, |value| Channel { push: push(value) })
}

fn readable<T: DeserializeOwned>(members: &Members, key: &str) -> Vec<T> {
    let items = members.get(key).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| serde_json::from_value(item.clone()).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every version that was ever written, and what it says today.
    #[test]
    fn every_version_that_was_ever_written_is_read() {
        let privacy =
            |stored: Value| serde_json::to_value(read::<PrivacySettings>(stored)).unwrap();
        let says = |who: &str, from: &str, analytics: bool, place: bool| {
            json!({ "find_by_phone": who, "friend_requests_from": from, "analytics": analytics,
                "store_location": place })
        };
        for (stored, expected) in [
            // 1: without a mark.
            (json!({}), says("mutual", "anyone", true, false)),
            (json!({ "find_by_phone": "nobody" }), says("nobody", "anyone", true, false)),
            (says("anyone", "contacts", false, true), says("anyone", "contacts", false, true)),
            // 2: today's.
            (json!({ "schema": 2, "analytics": false }), says("mutual", "anyone", false, false)),
            // Newer than this program: what is not understood is as private as can be.
            (
                json!({ "schema": 3, "find_by_phone": "friends-of-friends", "friend_requests_from": { "age": 1 },
                    "analytics": "some", "store_location": "city", "hide_from": [] }),
                says("nobody", "nobody", false, false),
            ),
            // Nobody wrote these.
            (json!([]), says("mutual", "anyone", true, false)),
            (json!({ "schema": "x" }), says("mutual", "anyone", true, false)),
            (json!({ "schema": 0 }), says("mutual", "anyone", true, false)),
            (json!({ "schema": u64::MAX }), says("mutual", "anyone", true, false)),
        ] {
            assert_eq!(privacy(stored.clone()), expected, "{stored}");
        }
    }

    #[test]
    fn preferences_of_every_version_are_read() {
        let user = "0190a5b4-0000-7000-8000-000000000001";
        let read = |stored: Value| read::<NotificationPreferences>(stored);
        assert_eq!(read(json!({})), NotificationPreferences::default());
        let today = json!({ "schema": 2, "new_post": { "push": true }, "muted_users": [user] });
        let today = read(today);
        assert!(today.new_post.push && today.comment.push && !today.content_free);
        assert_eq!(today.muted_users.len(), 1);
        let newer = read(
            json!({ "schema": 9, "comment": { "push": true, "email": true }, "friend_request": "loud",
            "content_free": "names", "quiet_hours": [1], "muted_users": [user, { "id": user, "until": 5 }] }),
        );
        assert!(newer.comment.push && !newer.friend_request.push && newer.content_free);
        assert_eq!((newer.quiet_hours, newer.muted_users.len()), (None, 1));
    }

    #[test]
    fn a_change_writes_todays_version_and_keeps_what_a_newer_program_wrote() {
        let change = json!({ "analytics": false });
        let patch =
            |stored: Value| patched::<PrivacySettings>(stored, change.clone(), "p").unwrap().0;
        let complete = json!({ "schema": 2, "find_by_phone": "mutual", "friend_requests_from": "anyone",
            "analytics": false, "store_location": false });
        assert_eq!(patch(json!({})), complete);
        assert_eq!(patch(json!({ "schema": 2, "analytics": true })), complete);
        let newer = json!({ "schema": 3, "find_by_phone": "friends-of-friends", "hide_from": [1] });
        let kept = patch(newer);
        assert_eq!(
            (&kept["schema"], &kept["find_by_phone"], &kept["hide_from"], &kept["analytics"]),
            (&json!(3), &json!("friends-of-friends"), &json!([1]), &json!(false))
        );
    }

    #[test]
    fn what_no_document_has_is_refused_at_any_depth_and_takes_nothing_away() {
        let night = json!({ "from": "22:00", "to": "07:00", "time_zone": "UTC", "days": [1] });
        let newer = json!({ "schema": 3, "comment": { "push": true, "email": true }, "quiet_hours": night });
        let patch = |patch: Value| patched::<NotificationPreferences>(newer.clone(), patch, "n");
        for unknown in [
            json!({ "comment": { "email": null } }),
            json!({ "comment": { "email": false } }),
            json!({ "comment": { "quiet_hours": null } }),
            json!({ "quiet_hours": { "days": null } }),
            json!({ "quiet_hours": { "from": "23:00", "days": [2] } }),
            json!({ "digest": null }),
            json!({ "schema": null }),
        ] {
            assert!(patch(unknown.clone()).is_err(), "{unknown}");
        }
        let shorter = json!({ "from": "22:00", "to": "06:00", "time_zone": "UTC" });
        let change = json!({ "comment": { "push": null }, "quiet_hours": shorter });
        let (kept, _) = patch(change).unwrap();
        let night = json!({ "from": "22:00", "to": "06:00", "time_zone": "UTC", "days": [1] });
        assert_eq!(kept["comment"], json!({ "push": true, "email": true }));
        assert_eq!(kept["quiet_hours"], night);
        let (without, values) = patch(json!({ "quiet_hours": null })).unwrap();
        assert_eq!((&without["quiet_hours"], values.quiet_hours), (&Value::Null, None));
        assert!(patch(json!({ "quiet_hours": { "from": null } })).is_err(), "a span has both ends");
    }

    #[test]
    fn steps_change_nothing_that_is_there() {
        let written = json!({ "schema": 1, "find_by_phone": "anyone", "analytics": false });
        let once = Value::Object(upgraded::<PrivacySettings>(written));
        assert_eq!((&once["find_by_phone"], &once["schema"]), (&json!("anyone"), &json!(2)));
        assert_eq!(Value::Object(upgraded::<PrivacySettings>(once.clone())), once);
        assert_eq!(fresh::<PrivacySettings>().unwrap()["schema"], json!(2));
    }
}
