//! The senders of text messages, Twilio against a peer that speaks its documented protocol.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod local;
mod twilio;

use kith_messaging::{Channel, SmsMessage};
use kith_types::phone::PhoneNumber;

const ANA: &str = "+14155550123";
const BEN: &str = "+12025550101";

fn message(to: &str, code: &str) -> SmsMessage {
    SmsMessage {
        to: PhoneNumber::parse(to, None).unwrap(),
        body: format!("Your Kith code is {code}. Ünï & <code>=1+1\n\n@example.org #{code}").into(),
        channel: Channel::Sms,
        code: code.into(),
    }
}
