//! The senders of text messages, providers against peers that speak their documented protocols.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fallback;
mod local;
mod reports;
mod twilio;
mod webhook;

use kith_messaging::{Channel, SmsMessage};
use kith_types::phone::PhoneNumber;

const ANA: &str = "+14155550123";
const BEN: &str = "+12025550101";

const MESSAGE: &str = "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20";

fn message(to: &str, code: &str) -> SmsMessage {
    SmsMessage {
        id: MESSAGE.to_owned(),
        to: PhoneNumber::parse(to, None).unwrap(),
        body: format!("Your Kith code is {code}. Ünï & <code>=1+1\n\n@example.org #{code}").into(),
        channel: Channel::Sms,
        code: code.into(),
        avoid: Vec::new(),
    }
}
