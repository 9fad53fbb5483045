//! The port for text messages to people's phones, and the ways to send them.
//!
//! Owns the words in which a failed sending is judged and a delivery is reported, and the one place that
//! builds HTTP clients for providers. Knows nothing of sign-in, limits or texts, and never shows a number or
//! a code in `Debug`, errors or logs.

mod both;
mod callback;
mod client;
mod console;
mod fallback;
mod inbox;
mod mail;
mod smtp;
mod twilio;
mod webhook;

use std::fmt;

use kith_types::phone::PhoneNumber;
use secrecy::SecretString;

pub use both::Both;
pub use callback::{Blame, Callback, CallbackError, Delivery, Report};
pub use console::Console;
pub use fallback::{Fallback, Way};
pub use inbox::{Inbox, Sent};
pub use mail::{MailError, MailFault, MailMessage, MailSender, Mailbox};
pub use reqwest::header::HeaderMap;
pub use smtp::{Smtp, SmtpConfig, SmtpConfigError};
pub use twilio::{
    Sender, Twilio, TwilioConfig, TwilioConfigError, UnknownVoiceLanguage, VoiceLanguage,
};
pub use webhook::{SigningKey, Webhook, WebhookConfig, WebhookConfigError};

/// The way a message reaches a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A text message with the body.
    Sms,
    /// A call that reads the code out.
    Call,
}

/// A message with a code to one phone.
#[derive(Clone, Debug)]
pub struct SmsMessage {
    /// Our name for the message. A provider that is given it twice sends once, if it can tell, and delivery
    /// reports repeat it. No secret: it travels in addresses.
    pub id: String,
    /// The phone.
    pub to: PhoneNumber,
    /// The text; a call does not read it.
    pub body: SecretString,
    /// The way to the phone.
    pub channel: Channel,
    /// The code that the text contains.
    pub code: SecretString,
    /// Providers that failed for this number lately: they are asked after all others.
    pub avoid: Vec<String>,
}

/// A provider has taken a message; it has not arrived yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which provider.
    pub provider: &'static str,
    /// The provider's name for the message, under which it reports the delivery.
    pub provider_id: String,
    /// Providers that were asked before and did not take it.
    pub failed: Vec<&'static str>,
}

impl Receipt {
    /// The receipt of a provider that was asked first.
    pub fn new(provider: &'static str, provider_id: impl Into<String>) -> Self {
        Self { provider, provider_id: provider_id.into(), failed: Vec::new() }
    }
}

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Later, or through another provider, it may succeed.
    #[error("the message cannot be sent now: {0}")]
    Temporary(Cause),
    /// This provider cannot reach this number on this channel; another one may.
    #[error("this provider cannot reach the number on this channel: {0}")]
    NotHere(Cause),
    /// Nothing can or may reach this number on this channel: it does not exist, takes no such messages,
    /// does not want ours, or lies in a country that the operator does not send to.
    #[error("this number cannot be reached on this channel: {0}")]
    Permanent(Cause),
}

/// What a provider said, without the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// There was no answer in time; the message may have been sent.
    NoAnswer,
    /// The provider could not be reached.
    NotReached,
    /// The answer is not that of the provider.
    NotUnderstood,
    /// The channel is not set up.
    NotConfigured,
    /// The provider refused.
    Refused {
        /// HTTP status of its answer.
        status: u16,
        /// Its own code of the error; 0 without one.
        code: u32,
    },
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswer => formatter.write_str("the provider did not answer in time"),
            Self::NotReached => formatter.write_str("the provider was not reached"),
            Self::NotUnderstood => formatter.write_str("the provider's answer was not understood"),
            Self::NotConfigured => formatter.write_str("this channel is not set up"),
            Self::Refused { status, code } => {
                write!(formatter, "the provider refused with status {status}, code {code}")
            }
        }
    }
}

/// Something that sends messages to phones.
#[async_trait::async_trait]
pub trait SmsSender: Send + Sync {
    /// Hands a message over. Returns within seconds, whatever the provider does.
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError>;

    /// Reads a delivery report that claims to be `provider`'s; none if it says nothing of a delivery.
    fn read_report(
        &self,
        provider: &str,
        callback: &Callback<'_>,
    ) -> Result<Option<Report>, CallbackError> {
        let _ = (provider, callback);
        Err(CallbackError::UnknownProvider)
    }

    /// Learns from a report which ways work. To be called once for everything new that reports say.
    fn learn(&self, report: &Report) {
        let _ = report;
    }
}
