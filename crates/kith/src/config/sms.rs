//! Who sends codes, and how it is reached.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::sections::redacted;

/// Text messages.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// `twilio`, `webhook`, in the order of preference, or `inbox` (development only); empty: by environment.
    #[serde(default)]
    pub providers: Vec<String>,
    /// Milliseconds in which a code must have gone out, by whichever provider.
    pub patience_ms: u64,
    /// The language of calls.
    pub voice_language: String,
    /// Twilio's account.
    #[serde(default)]
    pub twilio_account_sid: Option<String>,
    /// Twilio's secret.
    #[serde(default, serialize_with = "redacted")]
    pub twilio_auth_token: Option<SecretString>,
    /// A number, a name of at most 11 letters or a messaging service (`MG…`). Only a number can call.
    #[serde(default)]
    pub twilio_from: Option<String>,
    /// Where Twilio is; empty: its public address.
    #[serde(default)]
    pub twilio_url: Option<url::Url>,
    /// Where messages are passed on to.
    #[serde(default)]
    pub webhook_url: Option<String>,
    /// What both sides sign with, `whsec_…`.
    #[serde(default, serialize_with = "redacted")]
    pub webhook_secret: Option<SecretString>,
}
