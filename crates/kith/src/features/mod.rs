//! The registry: one line per feature. Nothing else names them all.

pub mod activity;
pub mod auth;
pub mod comments;
pub mod contacts;
pub mod email;
pub mod friends;
pub mod identities;
pub mod notifications;
pub mod number;
pub mod passkeys;
pub mod password;
pub mod posts;
pub mod retention;
pub mod security;
pub mod settings;
pub mod sms;
pub mod uploads;
pub mod users;
pub mod ways_in;

use axum::Router;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    app::App,
    jobs::Task,
    realtime::{self, consumer::Consumer},
};

/// What a feature adds to the program.
pub struct Feature {
    /// Its folder's name.
    pub name: &'static str,
    /// Its documented routes.
    pub routes: fn() -> OpenApiRouter<App>,
    /// Its background work.
    pub tasks: &'static [Task],
}

/// Every feature.
pub const ALL: &[Feature] = &[
    activity::FEATURE,
    auth::FEATURE,
    comments::FEATURE,
    contacts::FEATURE,
    email::FEATURE,
    friends::FEATURE,
    identities::FEATURE,
    notifications::FEATURE,
    number::FEATURE,
    passkeys::FEATURE,
    password::FEATURE,
    posts::FEATURE,
    realtime::FEATURE,
    retention::FEATURE,
    security::FEATURE,
    settings::FEATURE,
    sms::FEATURE,
    uploads::FEATURE,
    users::FEATURE,
    ways_in::FEATURE,
];

/// Every consumer of the event log.
pub const CONSUMERS: &[Consumer] = &[notifications::CONSUMER];

/// Every task of every feature.
pub fn tasks() -> impl Iterator<Item = Task> {
    ALL.iter().flat_map(|feature| feature.tasks).copied()
}

/// All documented routes in one router with their document.
pub fn routes() -> (Router<App>, utoipa::openapi::OpenApi) {
    let empty = OpenApiRouter::with_openapi(crate::openapi::base());
    ALL.iter().fold(empty, |router, feature| router.merge((feature.routes)())).split_for_parts()
}
