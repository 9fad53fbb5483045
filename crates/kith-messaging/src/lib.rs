//! Text messages as a port: what is to be sent, and who can send it.
//!
//! It must never decide whether a message may be sent, and never show a number or a code in `Debug` or a log.

mod inbox;

use async_trait::async_trait;
use kith_types::phone::PhoneNumber;
use secrecy::SecretString;

pub use inbox::{Inbox, Sent};

/// How a code travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A text message.
    Sms,
    /// A call that reads it out.
    Call,
}

/// A message with a code.
#[derive(Clone, Debug)]
pub struct SmsMessage {
    /// The number; redacted in `Debug`.
    pub to: PhoneNumber,
    /// The whole text.
    pub body: SecretString,
    /// How it travels.
    pub channel: Channel,
    /// The code inside of the text, for senders that read it out.
    pub code: SecretString,
}

/// The provider took the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The provider's name for it, for delivery reports.
    pub provider_id: String,
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Trying again later can help.
    #[error("the message provider is not available for the moment")]
    Temporary,
    /// The provider will not send this.
    #[error("the message provider refused the message")]
    Permanent,
}

/// Somebody who sends messages.
#[async_trait]
pub trait SmsSender: Send + Sync {
    /// Hands the message over; returns when the provider has taken it.
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError>;
}
