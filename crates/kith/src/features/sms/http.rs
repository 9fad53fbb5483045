//! The address that providers report to.

use axum::extract::{Request, State as Shared};
use http::StatusCode;
use kith_messaging::Callback;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::actions;
use crate::{
    app::App,
    http::{
        extract::{Path, read_body},
        problem::Problem,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(report_delivery))
}

/// A report of the webhook's, signed as Standard Webhooks says.
#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "the document shows it; the sender's own adapter reads it")]
struct WebhookReport {
    /// The name that the webhook's answer gave the message.
    message_id: Option<String>,
    /// The name that Kith gave it; one of the two is needed.
    id: Option<String>,
    /// `queued`, `sent`, `delivered` or `undelivered`.
    status: String,
    /// What kept it from arriving: `phone` or `way`.
    blame: Option<String>,
}

/// Takes a provider's signed report of a delivery. Reports may come in any order and more than once.
#[utoipa::path(post, path = "/v1/callbacks/sms/{provider}", tag = "callbacks",
    params(("provider" = String, Path, description = "`twilio` or `webhook`")),
    request_body(description = "Twilio's status callback, or the webhook's report",
        content((String = "application/x-www-form-urlencoded"), (WebhookReport = "application/json"))),
    responses((status = 204)))]
async fn report_delivery(
    Shared(app): Shared<App>,
    Path(provider): Path<String>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let target = request.uri().path_and_query().map_or("", |target| target.as_str());
    // What providers sign is the address as they know it, whatever a proxy made of it.
    let url = format!("{}{target}", app.public_origin());
    let headers = request.headers().clone();
    let body = read_body(request, &app).await?;
    let callback = Callback { url: &url, headers: &headers, body: &body, now: app.now() };
    actions::take_report(&app, &provider, &callback).await?;
    Ok(StatusCode::NO_CONTENT)
}
