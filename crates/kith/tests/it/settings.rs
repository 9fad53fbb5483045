//! Settings documents.

mod versions;

use kith_testkit::TestApp;
use serde_json::json;

#[tokio::test]
async fn settings_have_defaults_and_take_merge_patches() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let settings = ana.get("/v1/me/settings").await.expect(200);
    assert_eq!(settings.text("/privacy_settings/find_by_phone"), "mutual");
    let patch = json!({ "privacy_settings": { "find_by_phone": "nobody" },
        "notification_preferences": { "quiet_hours": { "from": "22:00", "to": "07:00", "time_zone": "Europe/Berlin" } } });
    let changed = ana.patch("/v1/me/settings", &settings.header("etag"), patch).await.expect(200);
    assert_eq!(changed.text("/privacy_settings/find_by_phone"), "nobody");
    assert_eq!(changed.at("/privacy_settings/analytics"), json!(true));
    assert_eq!(changed.text("/notification_preferences/quiet_hours/from"), "22:00");
    let patch = json!({ "notification_preferences": { "quiet_hours": null } });
    let changed = ana.patch("/v1/me/settings", "*", patch).await.expect(200);
    assert_eq!(changed.at("/notification_preferences/quiet_hours"), json!(null));
}

#[tokio::test]
async fn unknown_keys_and_wrong_values_change_nothing() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for patch in [
        json!({ "theme": "dark" }),
        json!({ "privacy_settings": { "find_by_phone": "everyone" } }),
        json!({ "privacy_settings": { "unknown": true } }),
        json!({ "privacy_settings": { "unknown": null } }),
        json!({ "notification_preferences": { "quiet_hours": { "from": "22:00", "to": "+1:+2", "time_zone": "UTC" } } }),
        json!({ "notification_preferences": { "quiet_hours": { "from": "22:00", "to": "07:00", "time_zone": "\u{0}" } } }),
        json!({ "notification_preferences": { "quiet_hours": { "from": "25:00", "to": "07:00", "time_zone": "UTC" } } }),
    ] {
        ana.patch("/v1/me/settings", "*", patch).await.expect_problem(422, "validation");
    }
    assert_eq!(ana.get("/v1/me/settings").await.expect(200).at("/version"), json!(1));
}

#[tokio::test]
async fn null_brings_the_defaults_back() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let before = ana.get("/v1/me/settings").await.expect(200).at("/privacy_settings");
    let patch =
        json!({ "privacy_settings": { "find_by_phone": "nobody", "store_location": true } });
    ana.patch("/v1/me/settings", "*", patch).await.expect(200);
    let patch = json!({ "privacy_settings": { "find_by_phone": null } });
    let one = ana.patch("/v1/me/settings", "*", patch).await.expect(200);
    assert_eq!(one.at("/privacy_settings/find_by_phone"), before["find_by_phone"]);
    assert_eq!(one.at("/privacy_settings/store_location"), json!(true));
    let all =
        ana.patch("/v1/me/settings", "*", json!({ "privacy_settings": null })).await.expect(200);
    assert_eq!(all.at("/privacy_settings"), before);
}

#[tokio::test]
async fn a_merge_patch_may_come_by_its_own_media_type() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let path = "/v1/me/settings";
    let send = async |kind: &str| {
        let request = ana.request(reqwest::Method::PATCH, path).header("if-match", "*");
        let body = json!({ "privacy_settings": { "analytics": false } }).to_string();
        let request = request.header("content-type", kind).body(body);
        ana.send(request, reqwest::Method::PATCH, path).await
    };
    for kind in ["application/merge-patch+json", "Application/Merge-Patch+JSON; charset=utf-8"] {
        let changed = send(kind).await.expect(200);
        assert_eq!(changed.at("/privacy_settings/analytics"), json!(false));
    }
    for kind in ["application/json-patch+json", "text/plain"] {
        send(kind).await.expect_problem(415, "unsupported-media-type");
    }
}
