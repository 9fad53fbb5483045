//! What providers report about messages that they took, and the request that a report comes in.
//!
//! Owns the words and their order. A report counts only once its signature was verified by the provider's own
//! adapter, and nothing in it names a phone.

use kith_types::time::Timestamp;
use reqwest::header::HeaderMap;

/// A request that claims to come from a provider.
#[derive(Clone, Copy, Debug)]
pub struct Callback<'a> {
    /// The whole address as the provider was told it, with the query of this request.
    pub url: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body, byte by byte.
    pub body: &'a [u8],
    /// When it came.
    pub now: Timestamp,
}

/// A delivery report whose signature is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Who reports.
    pub provider: &'static str,
    /// The provider's name for the message.
    pub provider_id: String,
    /// Our name for it ([`crate::SmsMessage::id`]), where the provider repeats it.
    pub message_id: Option<String>,
    /// How far the message has come.
    pub delivery: Delivery,
}

/// How far a message has come. What has arrived, or will not, changes no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It waits at the provider.
    Queued,
    /// It left the provider; or the phone rings.
    Sent,
    /// It arrived; or the call was answered.
    Delivered,
    /// It will not arrive.
    Undelivered(Blame),
}

/// What kept a message from arriving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The phone: off, out of reach, not existing, not answered.
    Phone,
    /// The way there: the provider, its account or a carrier that filters.
    Way,
}

/// Why a callback is not a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// Nobody of this name is configured, or it sends no reports.
    #[error("no such provider reports here")]
    UnknownProvider,
    /// The signature is missing, wrong or too old.
    #[error("the signature is not the provider's, or not of these minutes")]
    Forged,
    /// The signature is right, and the body makes no sense.
    #[error("the report names no message or no status")]
    NotUnderstood,
}

impl Delivery {
    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered(_) => "undelivered",
        }
    }

    /// The words that this one may follow; reports arrive in any order, and a message goes only forward.
    pub fn may_follow(self) -> &'static [&'static str] {
        match self {
            Self::Queued => &[],
            Self::Sent => &["queued"],
            Self::Delivered | Self::Undelivered(_) => &["queued", "sent"],
        }
    }
}
