//! What is done with the outcome of a sending and with reports of deliveries.

use std::time::Duration;

use kith_messaging::{Callback, CallbackError, Cause, Receipt, SendError};
use kith_types::{id::ActivityId, phone::PhoneNumber};

use super::store;
use crate::{
    app::App,
    http::problem::{Kind, Problem},
};

/// How long a provider's failure for a number is held against it.
const AVOIDED: Duration = Duration::from_hours(1);

/// The providers to be asked last for a number. One provider alone has nobody to be asked before it.
pub async fn providers_to_avoid(app: &App, phone: &PhoneNumber) -> Result<Vec<String>, Problem> {
    if app.config().sms.providers.len() < 2 {
        return Ok(Vec::new());
    }
    let index = app.keys().phone_index(phone);
    store::providers_that_failed(app, index.as_bytes(), app.now() - AVOIDED).await
}

/// Notes how a sending ended.
pub async fn settle(
    app: &App,
    attempt: ActivityId,
    outcome: &Result<Receipt, SendError>,
) -> Result<(), Problem> {
    let provider = if let Ok(receipt) = outcome {
        store::settle_sent(app, attempt, receipt).await?;
        receipt.provider
    } else if matches!(outcome, Err(SendError::Temporary(Cause::NoAnswer))) {
        // It may have been sent, so it stays spent.
        "none"
    } else {
        store::settle_failed(app, attempt).await?;
        "none"
    };
    metrics::counter!("kith_sms_sent_total", "provider" => provider).increment(1);
    Ok(())
}

/// Takes a report of a delivery, if it is one.
pub async fn take_report(
    app: &App,
    provider: &str,
    callback: &Callback<'_>,
) -> Result<(), Problem> {
    let report = app.sms().read_report(provider, callback).map_err(|error| match error {
        CallbackError::UnknownProvider => Problem::not_found(),
        CallbackError::Forged => Problem::new(
            Kind::Forbidden,
            "sign the request with the key that is configured here, within five minutes",
        ),
        CallbackError::NotUnderstood => Problem::new(Kind::Malformed, error.to_string()),
    })?;
    let Some(report) = report else { return Ok(()) };
    if store::note_delivery(app, &report).await? {
        app.sms().learn(&report);
        let labels = [("provider", report.provider), ("status", report.delivery.as_str())];
        metrics::counter!("kith_sms_reports_total", &labels).increment(1);
    }
    Ok(())
}
