//! Twilio's status callbacks for messages and calls, and their signature.
//!
//! Owns the check of `X-Twilio-Signature`: HMAC-SHA1, by the account's token, over the address as it was given to
//! Twilio and all fields in the order of their names. It has no time in it, so that the same report may come again;
//! whoever acts on one must bear that.

use std::borrow::Cow;

use aws_lc_rs::hmac;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use url::{Url, form_urlencoded};

use super::NAME;
use crate::{Blame, Callback, CallbackError, Delivery, Report};

const SIGNATURE: &str = "x-twilio-signature";
/// The parameter of the address that holds our name for the message.
pub(super) const MESSAGE: &str = "message";

/// Errors of a delivery that lie with the phone (Twilio error and warning dictionary).
const ABOUT_THE_PHONE: [u32; 5] = [
    21610, // the recipient has opted out
    30003, // switched off or out of reach
    30004, // the recipient blocks messages
    30005, // no such number
    30006, // a landline, or a carrier that takes no texts
];

/// Whether Twilio signed this request.
pub(super) fn verify(callback: &Callback<'_>, token: &str) -> Result<(), CallbackError> {
    let signature = callback.headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
    let signature = signature.and_then(|text| BASE64_STANDARD.decode(text).ok());
    let signature = signature.ok_or(CallbackError::Forged)?;
    let mut fields: Vec<_> = form_urlencoded::parse(callback.body).collect();
    fields.sort_unstable();
    fields.dedup();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    let is_signed = |url: &str| {
        let mut signed = url.to_owned();
        for (name, value) in &fields {
            signed.push_str(name);
            signed.push_str(value);
        }
        hmac::verify(&key, signed.as_bytes(), &signature).is_ok()
    };
    let other = with_other_port(callback.url);
    if is_signed(callback.url) || other.is_some_and(|url| is_signed(&url)) {
        Ok(())
    } else {
        Err(CallbackError::Forged)
    }
}

/// The same address with the scheme's usual port written out: Twilio signs some requests with it, some without.
fn with_other_port(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let port = parsed.port_or_known_default()?;
    let host = parsed.host_str()?;
    let rest = url.split_once("://")?.1;
    let path = rest.find(['/', '?']).map_or("", |start| &rest[start..]);
    let scheme = parsed.scheme();
    Some(match parsed.port() {
        Some(_) => format!("{scheme}://{host}{path}"),
        None => format!("{scheme}://{host}:{port}{path}"),
    })
}

/// Reads a callback whose signature is right; none if it tells a status that says nothing of the delivery.
pub(super) fn read(callback: &Callback<'_>) -> Result<Option<Report>, CallbackError> {
    let fields: Vec<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(callback.body).collect();
    let field = |names: [&str; 2]| {
        let value = fields.iter().find(|(name, _)| names.contains(&name.as_ref()));
        value.map(|(_, value)| value.as_ref())
    };
    let sid = field(["MessageSid", "CallSid"]);
    let status = field(["MessageStatus", "CallStatus"]);
    let (Some(sid), Some(status)) = (sid, status) else {
        return Err(CallbackError::NotUnderstood);
    };
    let code = field(["ErrorCode", "ErrorCode"]).and_then(|code| code.parse().ok()).unwrap_or(0);
    let is_call = fields.iter().any(|(name, _)| name == "CallStatus");
    Ok(delivery(status, code, is_call).map(|delivery| Report {
        provider: NAME,
        provider_id: sid.to_owned(),
        message_id: message_of(callback.url),
        delivery,
    }))
}

fn message_of(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    url.query_pairs().find(|(name, _)| name == MESSAGE).map(|(_, value)| value.into_owned())
}

/// The statuses of messages and of calls in our words. Twilio takes a call to a number that nobody has and says only
/// later that it failed, without a code: whoever calls such numbers must not make Twilio look broken.
fn delivery(status: &str, code: u32, is_call: bool) -> Option<Delivery> {
    let is_about_the_phone = is_call || ABOUT_THE_PHONE.contains(&code);
    let blame = if is_about_the_phone { Blame::Phone } else { Blame::Way };
    match status {
        "accepted" | "scheduled" | "queued" | "sending" | "initiated" => Some(Delivery::Queued),
        "sent" | "ringing" | "in-progress" => Some(Delivery::Sent),
        "delivered" | "read" | "completed" => Some(Delivery::Delivered),
        "undelivered" | "failed" | "canceled" => Some(Delivery::Undelivered(blame)),
        "busy" | "no-answer" => Some(Delivery::Undelivered(Blame::Phone)),
        _ => None,
    }
}
