//! Signatures of requests in both directions, as Standard Webhooks 1.0 defines them: HMAC-SHA256 over
//! identifier, time and body. Libraries for the other side exist in every language.
//!
//! Owns the key and the time within which a signature counts. Must never show the key.

use std::time::Duration;

use aws_lc_rs::hmac;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use kith_types::time::Timestamp;
use reqwest::header::HeaderMap;

use crate::CallbackError;

pub(super) const ID: &str = "webhook-id";
pub(super) const TIMESTAMP: &str = "webhook-timestamp";
pub(super) const SIGNATURE: &str = "webhook-signature";

const PREFIX: &str = "whsec_";
const VERSION: &str = "v1,";
/// What the standard asks of a key.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// How far the clocks of both sides may be apart, and how long a copy of a request could be used.
const FRESH: Duration = Duration::from_mins(5);

/// The key that both sides know.
#[derive(Clone)]
pub struct SigningKey(hmac::Key);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SigningKey")
    }
}

impl SigningKey {
    /// Reads `whsec_` and 24 to 64 bytes in base64.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
        KEY_BYTES.contains(&bytes.len()).then(|| Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// The value of `webhook-signature`.
    pub fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> String {
        let tag = hmac::sign(&self.0, &signed(id, &seconds.to_string(), body));
        format!("{VERSION}{}", BASE64_STANDARD.encode(tag))
    }

    /// Whether whoever has the key signed this request within these minutes.
    pub(super) fn verify(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), CallbackError> {
        let text = |name| headers.get(name)?.to_str().ok();
        let (Some(id), Some(time), Some(signatures)) = (text(ID), text(TIMESTAMP), text(SIGNATURE))
        else {
            return Err(CallbackError::Forged);
        };
        let sent = time.parse().map(Timestamp::from_unix_seconds);
        let sent = sent.map_err(|_| CallbackError::Forged)?;
        let is_fresh = now.since(sent) <= FRESH && sent.since(now) <= FRESH;
        let signed = signed(id, time, body);
        // While keys are changed, a request carries a signature by each.
        let is_signed =
            signatures.split(' ').filter_map(|one| one.strip_prefix(VERSION)).any(|one| {
                BASE64_STANDARD
                    .decode(one)
                    .is_ok_and(|tag| hmac::verify(&self.0, &signed, &tag).is_ok())
            });
        if is_fresh && is_signed { Ok(()) } else { Err(CallbackError::Forged) }
    }
}

fn signed(id: &str, time: &str, body: &[u8]) -> Vec<u8> {
    let mut signed = format!("{id}.{time}.").into_bytes();
    signed.extend_from_slice(body);
    signed
}
