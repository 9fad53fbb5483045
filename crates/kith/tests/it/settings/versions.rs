//! Documents of every version that was ever stored: read as they were meant, by requests and by SQL, and written in
//! today's shape with the next change.

use kith_testkit::{Person, TestApp};
use serde_json::{Value, json};

const PATH: &str = "/v1/me/settings";

/// Puts documents where another program, older or newer, would have left them.
async fn has_stored(app: &TestApp, person: &Person, privacy: &Value, preferences: &Value) {
    let sql = app.sql().await;
    let changed = sql
        .execute(
            "update user_settings set privacy_settings = $2, notification_preferences = $3 where user_id = $1",
            &[&person.id(), privacy, preferences],
        )
        .await
        .unwrap();
    assert_eq!(changed, 1);
}

async fn stored(app: &TestApp, person: &Person) -> (Value, Value) {
    let row = app
        .sql()
        .await
        .query_one(
            "select privacy_settings, notification_preferences from user_settings where user_id = $1",
            &[&person.id()],
        )
        .await
        .unwrap();
    (row.get(0), row.get(1))
}

fn usual_privacy() -> Value {
    json!({ "find_by_phone": "mutual", "friend_requests_from": "anyone", "analytics": true, "store_location": false })
}

fn usual_preferences() -> Value {
    json!({ "comment": { "push": true }, "friend_request": { "push": true }, "new_post": { "push": false },
        "content_free": false, "quiet_hours": null, "muted_users": [], "muted_posts": [] })
}

fn with(mut document: Value, changes: &Value) -> Value {
    let members = document.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    document
}

#[tokio::test]
async fn documents_of_every_version_are_read_and_written_in_todays() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let night = json!({ "from": "22:00", "to": "07:00", "time_zone": "Europe/Berlin" });
    for (privacy, preferences, says_privacy, says_preferences) in [
        // Version 1, as it was written: whole, without a mark.
        (usual_privacy(), usual_preferences(), usual_privacy(), usual_preferences()),
        (
            with(usual_privacy(), &json!({ "find_by_phone": "anyone", "analytics": false })),
            with(usual_preferences(), &json!({ "quiet_hours": night, "content_free": true })),
            with(usual_privacy(), &json!({ "find_by_phone": "anyone", "analytics": false })),
            with(usual_preferences(), &json!({ "quiet_hours": night, "content_free": true })),
        ),
        // Before some of it was there.
        (
            json!({ "find_by_phone": "nobody" }),
            json!({ "new_post": { "push": true } }),
            with(usual_privacy(), &json!({ "find_by_phone": "nobody" })),
            with(usual_preferences(), &json!({ "new_post": { "push": true } })),
        ),
        (json!({}), json!({}), usual_privacy(), usual_preferences()),
        // Version 2.
        (
            with(usual_privacy(), &json!({ "schema": 2, "store_location": true })),
            with(usual_preferences(), &json!({ "schema": 2, "comment": { "push": false } })),
            with(usual_privacy(), &json!({ "store_location": true })),
            with(usual_preferences(), &json!({ "comment": { "push": false } })),
        ),
    ] {
        has_stored(&app, &ana, &privacy, &preferences).await;
        let read = ana.get(PATH).await.expect(200);
        assert_eq!(read.at("/privacy_settings"), says_privacy);
        assert_eq!(read.at("/notification_preferences"), says_preferences);
        assert_eq!(stored(&app, &ana).await, (privacy, preferences), "reading writes nothing");

        let patch = json!({ "privacy_settings": { "friend_requests_from": "contacts" } });
        let changed = ana.patch(PATH, &read.header("etag"), patch).await.expect(200);
        let expected = with(says_privacy, &json!({ "friend_requests_from": "contacts" }));
        assert_eq!(changed.at("/privacy_settings"), expected);
        assert_eq!(changed.at("/notification_preferences"), says_preferences);
        let today = (
            with(expected, &json!({ "schema": 2 })),
            with(says_preferences, &json!({ "schema": 2 })),
        );
        assert_eq!(stored(&app, &ana).await, today);
    }
}

#[tokio::test]
async fn what_a_newer_program_wrote_is_read_as_privately_as_can_be_and_kept() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let muted = "0190a5b4-0000-7000-8000-000000000001";
    let privacy = json!({ "schema": 3, "find_by_phone": "friends-of-friends", "friend_requests_from": "anyone",
        "analytics": { "until": "2027" }, "store_location": true, "hide_from": ["x"] });
    let preferences = json!({ "schema": 4, "comment": { "push": true, "email": true }, "friend_request": "loud",
        "new_post": { "push": true }, "content_free": false, "quiet_hours": { "days": [1] },
        "muted_users": [muted, { "id": muted }], "muted_posts": [], "digest": "weekly" });
    has_stored(&app, &ana, &privacy, &preferences).await;

    let read = ana.get(PATH).await.expect(200);
    assert_eq!(
        read.at("/privacy_settings"),
        json!({ "find_by_phone": "nobody", "friend_requests_from": "anyone", "analytics": false, "store_location": true })
    );
    assert_eq!(
        read.at("/notification_preferences"),
        json!({ "comment": { "push": true }, "friend_request": { "push": false }, "new_post": { "push": true },
            "content_free": false, "quiet_hours": null, "muted_users": [muted], "muted_posts": [] })
    );
    // Signing in and being somebody need no settings.
    let again = app.signs_in("ana", &ana.phone).await;
    again.get("/v1/me").await.expect(200);

    let patch = json!({ "privacy_settings": { "store_location": false },
        "notification_preferences": { "comment": { "push": false } } });
    let changed = ana.patch(PATH, "*", patch).await.expect(200);
    assert_eq!(changed.at("/privacy_settings/store_location"), json!(false));
    let kept = (
        with(privacy, &json!({ "store_location": false })),
        with(preferences, &json!({ "comment": { "push": false, "email": true } })),
    );
    assert_eq!(stored(&app, &ana).await, kept);
    // Who asks for the defaults gets them; the rest of the document goes with them.
    ana.patch(PATH, "*", json!({ "privacy_settings": null })).await.expect(200);
    assert_eq!(stored(&app, &ana).await.0, with(usual_privacy(), &json!({ "schema": 3 })));
}

#[tokio::test]
async fn a_new_account_has_todays_documents_and_nobody_sees_their_version() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let today = (
        with(usual_privacy(), &json!({ "schema": 2 })),
        with(usual_preferences(), &json!({ "schema": 2 })),
    );
    assert_eq!(stored(&app, &ana).await, today);
    let read = ana.get(PATH).await.expect(200);
    assert_eq!(read.at("/privacy_settings"), usual_privacy());
    assert_eq!(read.at("/notification_preferences"), usual_preferences());
}

#[tokio::test]
async fn unknown_members_are_refused_by_their_place() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for (patch, pointer) in [
        (json!({ "theme": "dark" }), "/theme"),
        (json!({ "schema": 2 }), "/schema"),
        (json!({ "privacy_settings": { "schema": 2 } }), "/privacy_settings/schema"),
        (json!({ "privacy_settings": { "schema": null } }), "/privacy_settings/schema"),
        (json!({ "privacy_settings": { "hide_from": [] } }), "/privacy_settings/hide_from"),
        (json!({ "privacy_settings": [] }), "/privacy_settings"),
        (json!({ "privacy_settings": { "analytics": "yes" } }), "/privacy_settings/analytics"),
        (
            json!({ "notification_preferences": { "comment": { "email": true } } }),
            "/notification_preferences/comment/email",
        ),
        (
            json!({ "notification_preferences": { "comment": { "email": null } } }),
            "/notification_preferences/comment/email",
        ),
        (
            json!({ "notification_preferences": { "quiet_hours": { "days": null } } }),
            "/notification_preferences/quiet_hours/days",
        ),
        (
            json!({ "notification_preferences": { "muted_users": ["ana"] } }),
            "/notification_preferences/muted_users/0",
        ),
    ] {
        let refused = ana.patch(PATH, "*", patch.clone()).await.expect_problem(422, "validation");
        assert_eq!(refused.text("/errors/0/pointer"), pointer, "{patch}");
    }
    assert_eq!(ana.get(PATH).await.expect(200).at("/version"), json!(1));
}

#[tokio::test]
async fn sql_takes_a_missing_member_for_its_default_and_an_unknown_value_for_nobody() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.notes("Ben", &ben).await;
    ben.notes("Ana", &ana).await;
    let someday = json!({ "find_by_phone": "someday", "friend_requests_from": "someday" });
    for (privacy, is_found) in [(someday, false), (json!({}), true)] {
        has_stored(&app, &ben, &privacy, &json!({})).await;
        // What is found is asked at the time of reading.
        let sql = app.sql().await;
        let found: bool = sql
            .query_one(
                "select exists (select from matched_contacts where user_id = $1 and other_id = $2)",
                &[&ana.id(), &ben.id()],
            )
            .await
            .unwrap()
            .get(0);
        assert_eq!(found, is_found, "{privacy}");
        let asked = ana.asks(&ben).await;
        assert_eq!(asked.status.is_success(), is_found, "{privacy}: {}", asked.body);
    }
    // The request is told to ben, whose preferences are of a time before people could be muted.
    assert_eq!(ben.has_notifications(1).await.len(), 1);
}
