//! Any other provider: a signed request to an address of the operator's, who passes the message on.
//!
//! Owns the form of the request and of the reports that come back. `docs/operators` describes both for whoever
//! writes the other side. Never retries by itself: the caller counts what it sends.

mod signature;

use std::sync::Arc;
use std::time::Duration;

use kith_types::time::Clock;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::client::{client, network_error};
use crate::{
    Blame, Callback, CallbackError, Cause, Channel, Delivery, Receipt, Report, SendError,
    SmsMessage, SmsSender, VoiceLanguage,
};

pub use signature::SigningKey;

/// As operators write it.
const NAME: &str = "webhook";
/// A person waits for this.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Where messages are passed on.
#[derive(Clone, Debug)]
pub struct WebhookConfig {
    /// The address that takes them.
    pub url: String,
    /// `whsec_…`, the key that both sides sign with.
    pub secret: SecretString,
    /// How long an undelivered message is worth delivering: the life of its code.
    pub validity: Duration,
    /// The language of calls.
    pub language: VoiceLanguage,
    /// Where deliveries are reported to; nowhere if this server has no public address.
    pub reports: Option<Url>,
    /// Longest wait for an answer.
    pub timeout: Duration,
}

/// Why the settings cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookConfigError {
    /// The address is not one.
    #[error("the webhook's address must be a https address")]
    Url,
    /// The key is not one.
    #[error("the webhook's secret must be whsec_ followed by 24 to 64 random bytes in base64")]
    Secret,
}

/// Sends by request to one address.
#[derive(Clone)]
pub struct Webhook {
    client: Client,
    config: WebhookConfig,
    key: SigningKey,
    clock: Arc<dyn Clock>,
}

/// A message as the other side gets it.
#[derive(Serialize)]
struct Outgoing<'a> {
    id: &'a str,
    channel: &'static str,
    to: &'a str,
    text: &'a str,
    code: &'a str,
    /// What a call should speak.
    language: &'static str,
    /// Not worth sending after so many seconds.
    valid_seconds: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<&'a Url>,
}

/// The answer, of which nothing is needed.
#[derive(Default, Deserialize)]
struct Taken {
    id: Option<String>,
}

/// A report as the other side sends it.
#[derive(Deserialize)]
struct Incoming {
    /// The name that its answer gave.
    message_id: Option<String>,
    /// The name that we gave.
    id: Option<String>,
    status: String,
    /// `phone`, or by default the way there.
    blame: Option<String>,
}

impl WebhookConfig {
    /// The usual time limit; no reports.
    pub fn new(url: String, secret: SecretString, validity: Duration) -> Self {
        let language = VoiceLanguage::default();
        Self { url, secret, validity, language, reports: None, timeout: TIMEOUT }
    }
}

impl Webhook {
    /// Checks the settings; sends nothing yet.
    pub fn new(config: WebhookConfig, clock: Arc<dyn Clock>) -> Result<Self, WebhookConfigError> {
        let url = Url::parse(&config.url).map_err(|_| WebhookConfigError::Url)?;
        if !url.has_host() || !matches!(url.scheme(), "http" | "https") {
            return Err(WebhookConfigError::Url);
        }
        let key = SigningKey::parse(config.secret.expose_secret());
        let key = key.ok_or(WebhookConfigError::Secret)?;
        let client = client(&url, config.timeout).map_err(|_| WebhookConfigError::Url)?;
        Ok(Self { client, config, key, clock })
    }

    fn body(&self, message: &SmsMessage) -> Result<Vec<u8>, SendError> {
        let outgoing = Outgoing {
            id: &message.id,
            channel: match message.channel {
                Channel::Sms => "sms",
                Channel::Call => "call",
            },
            to: message.to.as_e164(),
            text: message.body.expose_secret(),
            code: message.code.expose_secret(),
            language: self.config.language.tag(),
            valid_seconds: self.config.validity.as_secs(),
            reports: self.config.reports.as_ref(),
        };
        serde_json::to_vec(&outgoing).map_err(|_| SendError::Temporary(Cause::NotConfigured))
    }
}

#[async_trait::async_trait]
impl SmsSender for Webhook {
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError> {
        let body = self.body(&message)?;
        let seconds = self.clock.now().unix_seconds();
        let request = self
            .client
            .post(&self.config.url)
            .header(CONTENT_TYPE, "application/json")
            .header(signature::ID, &message.id)
            .header(signature::TIMESTAMP, seconds)
            .header(signature::SIGNATURE, self.key.sign(&message.id, seconds, &body))
            .body(body);
        let response = request.send().await.map_err(|error| network_error(&error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(refusal(status));
        }
        // Whoever names messages as we do need not say so.
        let taken = response.json::<Taken>().await.unwrap_or_default();
        Ok(Receipt::new(NAME, taken.id.unwrap_or(message.id)))
    }

    fn read_report(
        &self,
        _provider: &str,
        callback: &Callback<'_>,
    ) -> Result<Option<Report>, CallbackError> {
        self.key.verify(callback.headers, callback.body, callback.now)?;
        let incoming: Incoming =
            serde_json::from_slice(callback.body).map_err(|_| CallbackError::NotUnderstood)?;
        let Incoming { message_id, id, status, blame } = incoming;
        let provider_id = message_id.or_else(|| id.clone()).ok_or(CallbackError::NotUnderstood)?;
        let delivery = match status.as_str() {
            "queued" => Delivery::Queued,
            "sent" => Delivery::Sent,
            "delivered" => Delivery::Delivered,
            "undelivered" if blame.as_deref() == Some("phone") => {
                Delivery::Undelivered(Blame::Phone)
            }
            "undelivered" => Delivery::Undelivered(Blame::Way),
            _ => return Err(CallbackError::NotUnderstood),
        };
        Ok(Some(Report { provider: NAME, provider_id, message_id: id, delivery }))
    }
}

/// What a status means; the words of the answer are not read.
fn refusal(status: StatusCode) -> SendError {
    let cause = Cause::Refused { status: status.as_u16(), code: 0 };
    match status {
        StatusCode::GONE => SendError::Permanent(cause),
        StatusCode::UNPROCESSABLE_ENTITY => SendError::NotHere(cause),
        _ => SendError::Temporary(cause),
    }
}
