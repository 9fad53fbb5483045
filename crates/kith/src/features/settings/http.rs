//! Routes of the settings.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actions::{self, Settings},
    documents::{NotificationPreferences, PrivacySettings},
};
use crate::{
    app::App,
    http::{
        auth::Newcomer,
        etag::{self, IfMatch},
        extract::MergePatch,
        problem::Problem,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_settings, patch_settings))
}

/// My settings.
#[derive(Serialize, ToSchema)]
#[schema(as = Settings)]
struct SettingsBody {
    version: i32,
    privacy_settings: PrivacySettings,
    notification_preferences: NotificationPreferences,
}

/// A JSON merge patch of the two documents.
#[derive(Deserialize, ToSchema)]
#[serde(transparent)]
struct SettingsPatch(Map<String, Value>);

impl From<Settings> for SettingsBody {
    fn from(settings: Settings) -> Self {
        Self {
            version: settings.version,
            privacy_settings: settings.privacy,
            notification_preferences: settings.preferences,
        }
    }
}

/// My settings.
#[utoipa::path(get, path = "/v1/me/settings", tag = "settings", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = SettingsBody)))]
async fn get_settings(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let settings = actions::get(&app, me.user_id).await?;
    etag::respond(&headers, StatusCode::OK, settings.version, &SettingsBody::from(settings))
}

/// Changes settings by JSON merge patch.
#[utoipa::path(patch, path = "/v1/me/settings", tag = "settings", security(("bearer" = []), ("cookie" = [])),
    params(("If-Match" = String, Header)), request_body(content(
        (SettingsPatch = "application/json"), (SettingsPatch = "application/merge-patch+json"))),
    responses((status = 200, body = SettingsBody)))]
async fn patch_settings(
    State(app): State<App>,
    Newcomer(me): Newcomer,
    expected: IfMatch,
    headers: HeaderMap,
    MergePatch(SettingsPatch(patch)): MergePatch<SettingsPatch>,
) -> Result<Response, Problem> {
    let settings = actions::patch(&app, me.user_id, expected, patch).await?;
    etag::respond(&headers, StatusCode::OK, settings.version, &SettingsBody::from(settings))
}
