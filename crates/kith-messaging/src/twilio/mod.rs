//! Twilio: Programmable Messaging for texts, Programmable Voice for calls (API version 2010-04-01).
//!
//! Owns the requests and the reading of Twilio's errors. Never retries by itself: the caller counts
//! what it sends.

mod report;
mod voice;

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::{Url, form_urlencoded};

use crate::client::{client, network_error};
use crate::{
    Callback, CallbackError, Cause, Channel, Receipt, Report, SendError, SmsMessage, SmsSender,
};

pub use voice::{UnknownVoiceLanguage, VoiceLanguage};

/// As operators write it.
pub(crate) const NAME: &str = "twilio";

const API: &str = "https://api.twilio.com";
/// Twilio answers within a second; a person waits for this.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Seconds that a phone rings: before most mailboxes answer, whose owner need not be the one who listens.
const RING_SECONDS: &str = "20";

/// Errors that say something about the recipient's number rather than about the request, the
/// account or the day (Twilio error and warning dictionary). 21408 and 21215 are the operator's own
/// list of countries, 21610 is the recipient's will: another provider must not go round them.
const ABOUT_THE_NUMBER: [u32; 9] = [
    13224, // the number is not valid for a call
    21211, // the number is not valid
    21215, // the account may not call this country
    21216, // the account may not call this number
    21217, // the number does not seem to be valid
    21408, // the account may not text this country
    21610, // the recipient has opted out
    21614, // not a mobile number
    21635, // a landline
];

/// Errors of Twilio's way to a number that exists.
const NOT_FROM_HERE: [u32; 2] = [
    21214, // the number cannot be reached by a call
    21612, // the number is not reachable from this sender
];

/// An account of Twilio.
#[derive(Clone, Debug)]
pub struct TwilioConfig {
    /// `AC…`
    pub account_sid: String,
    /// Its secret.
    pub auth_token: SecretString,
    /// Who sends.
    pub sender: Sender,
    /// How long an undelivered message is worth delivering: the life of its code.
    pub validity: Duration,
    /// The language of calls.
    pub language: VoiceLanguage,
    /// Where deliveries are reported to; nowhere if this server has no public address.
    pub reports: Option<Url>,
    /// Where Twilio is; something else only for a stand-in. See [`TwilioConfig::new`].
    pub base: String,
    /// Longest wait for an answer.
    pub timeout: Duration,
}

/// Who the recipient sees as the sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A number of the account, in E.164. The only one that can call.
    Number(String),
    /// A short code or a name of at most 11 letters and digits, where a country allows it.
    Name(String),
    /// A messaging service (`MG…`), which chooses a number.
    Service(String),
}

/// Why an account cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TwilioConfigError {
    /// The account is not one.
    #[error("the twilio account must be AC followed by 32 hexadecimal digits")]
    Account,
    /// The sender is none of the three kinds.
    #[error(
        "the twilio sender must be a number like +14155550123, a name of at most 11 letters and digits, or MG followed by 32 hexadecimal digits"
    )]
    Sender,
    /// The address of Twilio is not one.
    #[error("the twilio address must be a https address")]
    Base,
}

/// Sends through Twilio.
#[derive(Clone, Debug)]
pub struct Twilio {
    client: Client,
    config: TwilioConfig,
    messages: Url,
    calls: Url,
}

#[derive(Deserialize)]
struct Taken {
    sid: String,
}

#[derive(Deserialize)]
struct Refused {
    #[serde(default)]
    code: u32,
}

impl Sender {
    /// Reads a sender as operators write it.
    pub fn parse(text: &str) -> Result<Self, TwilioConfigError> {
        let is_number = |text: &str| {
            (5..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_name = |text: &str| {
            (1..=11).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
        };
        let is_short_code =
            |text: &str| text.len() <= 8 && text.bytes().all(|b| b.is_ascii_digit());
        match text.strip_prefix('+') {
            Some(digits) if is_number(digits) => Ok(Self::Number(text.to_owned())),
            None if is_sid("MG", text) => Ok(Self::Service(text.to_owned())),
            // No name has digits only: it is a number that lost its plus sign, as in an environment
            // variable that was read as an integer.
            None if is_number(text) && !is_short_code(text) => Ok(Self::Number(format!("+{text}"))),
            None if is_name(text) => Ok(Self::Name(text.to_owned())),
            _ => Err(TwilioConfigError::Sender),
        }
    }
}

impl TwilioConfig {
    /// The account with the usual address and time limit.
    pub fn new(
        account_sid: String,
        auth_token: SecretString,
        sender: Sender,
        validity: Duration,
    ) -> Self {
        Self {
            account_sid,
            auth_token,
            sender,
            validity,
            language: VoiceLanguage::default(),
            reports: None,
            base: API.to_owned(),
            timeout: TIMEOUT,
        }
    }
}

impl Twilio {
    /// Checks the account; sends nothing yet.
    pub fn new(config: TwilioConfig) -> Result<Self, TwilioConfigError> {
        if !is_sid("AC", &config.account_sid) {
            return Err(TwilioConfigError::Account);
        }
        let base = Url::parse(&config.base).map_err(|_| TwilioConfigError::Base)?;
        let resource = |name: &str| {
            base.join(&format!("/2010-04-01/Accounts/{}/{name}.json", config.account_sid))
        };
        let (Ok(messages), Ok(calls)) = (resource("Messages"), resource("Calls")) else {
            return Err(TwilioConfigError::Base);
        };
        let client = client(&base, config.timeout).map_err(|_| TwilioConfigError::Base)?;
        Ok(Self { client, config, messages, calls })
    }

    /// The fields of a text (Messages resource, "create a Message").
    fn text<'a>(&'a self, message: &'a SmsMessage) -> Vec<(&'static str, String)> {
        let from = match &self.config.sender {
            Sender::Number(from) | Sender::Name(from) => ("From", from.clone()),
            Sender::Service(service) => ("MessagingServiceSid", service.clone()),
        };
        // Twilio takes 1 second to 10 hours.
        let validity = self.config.validity.as_secs().clamp(1, 36_000);
        let mut fields = vec![
            ("To", message.to.as_e164().to_owned()),
            from,
            ("Body", message.body.expose_secret().to_owned()),
            ("ValidityPeriod", validity.to_string()),
        ];
        fields.extend(self.reports_of(message));
        fields
    }

    /// The fields of a call (Calls resource, "create a Call"), or none if the sender has no number.
    fn call(&self, message: &SmsMessage) -> Option<Vec<(&'static str, String)>> {
        let Sender::Number(from) = &self.config.sender else { return None };
        let mut fields = vec![
            ("To", message.to.as_e164().to_owned()),
            ("From", from.clone()),
            ("Twiml", self.config.language.twiml(message.code.expose_secret())),
            ("Timeout", RING_SECONDS.to_owned()),
        ];
        fields.extend(self.reports_of(message));
        Some(fields)
    }

    /// Where Twilio reports this message: our name for it stands in the address, since a report may be faster than
    /// the answer that tells Twilio's own.
    fn reports_of(&self, message: &SmsMessage) -> Option<(&'static str, String)> {
        let mut url = self.config.reports.clone()?;
        url.query_pairs_mut().append_pair(report::MESSAGE, &message.id);
        Some(("StatusCallback", url.into()))
    }

    async fn post(
        &self,
        resource: &Url,
        fields: Vec<(&'static str, String)>,
    ) -> Result<Receipt, SendError> {
        let account = &self.config.account_sid;
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .client
            .post(resource.clone())
            .basic_auth(account, Some(self.config.auth_token.expose_secret()))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        let response = request.send().await.map_err(|error| network_error(&error))?;
        if response.status() != StatusCode::CREATED {
            return Err(refusal(response).await);
        }
        match response.json::<Taken>().await {
            Ok(taken) => Ok(Receipt::new(NAME, taken.sid)),
            Err(error) if error.is_decode() => Err(SendError::Temporary(Cause::NotUnderstood)),
            Err(error) => Err(network_error(&error)),
        }
    }
}

#[async_trait::async_trait]
impl SmsSender for Twilio {
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError> {
        match message.channel {
            Channel::Sms => self.post(&self.messages, self.text(&message)).await,
            Channel::Call => {
                let fields = self.call(&message).ok_or(SendError::NotHere(Cause::NotConfigured))?;
                self.post(&self.calls, fields).await
            }
        }
    }

    fn read_report(
        &self,
        _provider: &str,
        callback: &Callback<'_>,
    ) -> Result<Option<Report>, CallbackError> {
        report::verify(callback, self.config.auth_token.expose_secret())?;
        report::read(callback)
    }
}

/// Tells what an error is about: the number, or the moment, the account and the sender.
async fn refusal(response: Response) -> SendError {
    let status = response.status();
    let code = response.json::<Refused>().await.map_or(0, |refused| refused.code);
    let cause = Cause::Refused { status: status.as_u16(), code };
    match code {
        _ if !status.is_client_error() => SendError::Temporary(cause),
        code if ABOUT_THE_NUMBER.contains(&code) => SendError::Permanent(cause),
        code if NOT_FROM_HERE.contains(&code) => SendError::NotHere(cause),
        _ => SendError::Temporary(cause),
    }
}

fn is_sid(prefix: &str, text: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
