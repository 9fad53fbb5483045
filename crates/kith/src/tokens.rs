//! Access tokens: short-lived, signed with EdDSA, verified with a bounded cache of signatures.
//!
//! A valid token says who asks; whether session and account still count is read from the database at every
//! request ([`crate::http::auth`]), so that an ended session stops working at once.
//!
//! Keys change by the calendar (ADR 0014). A key counts for tokens that were issued in its span, and none of them
//! outlives that span by more than an hour: nothing needs to be told when a key's time is over.

mod signing_keys;

use aws_lc_rs::digest;
use jsonwebtoken::{Algorithm, Validation, decode, encode};
use kith_types::{
    id::{SessionId, UserId},
    keys::SecretKey,
    time::Timestamp,
};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};

use self::signing_keys::{SigningKeys, span_of};

pub use self::signing_keys::SPAN_SECONDS;

const AUDIENCE: &str = "kith";
/// Checking a signature costs 39 µs, finding it here 0.1 µs; 16 k tokens are about 3 MB.
const CACHED_TOKENS: u64 = 16_384;
/// No token of ours is longer; what is longer is not looked at.
const MAX_TOKEN_BYTES: usize = 1_024;
/// No token lives longer, whatever is configured: so long is a key published after its last signature.
const LONGEST_SECONDS: i64 = 60 * 60;
/// For clocks that differ.
const CLOCKS_DIFFER_SECONDS: i64 = 60;

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Who.
    pub user_id: UserId,
    /// In which session.
    pub session_id: SessionId,
    /// Which generation of the session's refresh token it was issued with.
    pub generation: i32,
    issued_at: i64,
    expires_at: i64,
}

impl Claims {
    fn is_started(&self, now: i64) -> bool {
        self.issued_at <= now + CLOCKS_DIFFER_SECONDS
    }

    fn is_over(&self, now: i64) -> bool {
        self.expires_at <= now
    }

    /// Whether a key of that span signs such claims.
    fn are_of(&self, span: i64) -> bool {
        let lifetime = self.expires_at.checked_sub(self.issued_at);
        span_of(self.issued_at) == span
            && lifetime.is_some_and(|seconds| (1..=LONGEST_SECONDS).contains(&seconds))
    }
}

/// The second part of a token: exactly this.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    #[serde(rename = "gen")]
    generation: i32,
    iat: i64,
    exp: i64,
}

/// Issues and verifies access tokens.
pub struct AccessTokens {
    keys: SigningKeys,
    validation: Validation,
    issuer: String,
    lifetime_seconds: i64,
    verified: Cache<[u8; 32], Claims>,
}

impl AccessTokens {
    /// `masters` are what the signing keys are computed from, newest first; `issuer` is the public address.
    pub fn new(
        masters: Vec<SecretKey>,
        issuer: String,
        lifetime_seconds: u64,
    ) -> anyhow::Result<Self> {
        let lifetime_seconds = i64::try_from(lifetime_seconds)?;
        anyhow::ensure!(
            (1..=LONGEST_SECONDS).contains(&lifetime_seconds),
            "set auth.access_seconds to at most {LONGEST_SECONDS}"
        );
        let mut validation = Validation::new(Algorithm::EdDSA);
        // Times are compared with the application's own clock, on every use.
        validation.validate_exp = false;
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&issuer]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        Ok(Self {
            keys: SigningKeys::new(masters),
            validation,
            issuer,
            lifetime_seconds,
            verified: Cache::new(CACHED_TOKENS),
        })
    }

    /// How long a token lives, in seconds.
    pub fn lifetime_seconds(&self) -> i64 {
        self.lifetime_seconds
    }

    /// Signs a token.
    pub fn issue(
        &self,
        user_id: UserId,
        session_id: SessionId,
        generation: i32,
        now: Timestamp,
    ) -> anyhow::Result<String> {
        let now = seconds(now);
        let key = self.keys.signing(now)?;
        let payload = Payload {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: user_id,
            sid: session_id,
            generation,
            iat: now,
            exp: now + self.lifetime_seconds,
        };
        Ok(encode(key.head(), &payload, &key.encoding)?)
    }

    /// The claims of a token of ours that has not expired.
    pub fn verify(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let now = seconds(now);
        self.genuine(token, now).filter(|claims| claims.is_started(now) && !claims.is_over(now))
    }

    /// The claims of a token of ours that has expired: it proves nothing any more, but was not forged.
    pub fn expired(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let now = seconds(now);
        self.genuine(token, now).filter(|claims| claims.is_over(now))
    }

    fn genuine(&self, token: &str, now: i64) -> Option<Claims> {
        if token.len() > MAX_TOKEN_BYTES {
            return None;
        }
        let mut key = [0; 32];
        key.copy_from_slice(digest::digest(&digest::SHA256, token.as_bytes()).as_ref());
        if let Some(claims) = self.verified.get(&key) {
            return Some(claims);
        }
        let claims = self.check_signature(token, now)?;
        self.verified.insert(key, claims);
        Some(claims)
    }

    /// A token begins with the header of one of our keys, to the byte. Whatever else a header may say, of
    /// algorithms, keys or places to fetch them from, is never parsed.
    fn check_signature(&self, token: &str, now: i64) -> Option<Claims> {
        let (header, _) = token.split_once('.')?;
        let key = self.keys.near(now).find(|key| key.header == header)?;
        let said = decode::<Payload>(token, &key.decoding, &self.validation).ok()?.claims;
        let claims = Claims {
            user_id: said.sub,
            session_id: said.sid,
            generation: said.generation,
            issued_at: said.iat,
            expires_at: said.exp,
        };
        claims.are_of(key.span).then_some(claims)
    }

    /// The public keys (RFC 7517): of every token that is good now, and of the span to come, so that whoever keeps
    /// a copy has each key long before its first token.
    pub fn key_set(&self, now: Timestamp) -> serde_json::Value {
        let now = seconds(now);
        let oldest = span_of(now - LONGEST_SECONDS);
        let keys = self.keys.near(now).filter(|key| key.span >= oldest);
        serde_json::json!({ "keys": keys.map(|key| key.public()).collect::<Vec<_>>() })
    }
}

fn seconds(time: Timestamp) -> i64 {
    time.unix_milliseconds().div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use kith_types::id::{IdSource, SessionId};
    use kith_types::{random::SeededRandom, time::SystemClock};
    use std::sync::Arc;

    use super::*;

    fn tokens(masters: &[u8]) -> AccessTokens {
        let masters = masters.iter().map(|byte| SecretKey::new([*byte; 32])).collect();
        AccessTokens::new(masters, "https://kith.example".to_owned(), 600).unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix_milliseconds(second * 1000)
    }

    fn issued(by: &AccessTokens, now: Timestamp) -> String {
        let ids = IdSource::new(Arc::new(SystemClock), Arc::new(SeededRandom::new(1)));
        let user = ids.user();
        let session: SessionId = ids.make_at(now, user.bucket());
        by.issue(user, session, 1, now).unwrap()
    }

    #[test]
    fn a_new_master_key_verifies_what_the_old_one_signed_and_publishes_both() {
        let now = at(700 * SPAN_SECONDS + 5);
        let token = issued(&tokens(&[1]), now);
        let rotated = tokens(&[2, 1]);
        assert!(rotated.verify(&token, now).is_some());
        assert!(tokens(&[2]).verify(&token, now).is_none());
        assert_ne!(issued(&rotated, now), token);
        assert!(tokens(&[1, 2]).verify(&issued(&rotated, now), now).is_some());
        // The last hour's, this span's and the next one's of both.
        assert_eq!(rotated.key_set(now)["keys"].as_array().unwrap().len(), 6);
    }

    #[test]
    fn the_last_token_of_a_span_is_good_for_all_of_its_life() {
        let tokens = tokens(&[1]);
        let last = 700 * SPAN_SECONDS - 1;
        let token = issued(&tokens, at(last));
        for (second, is_good) in [(last, true), (last + 599, true), (last + 600, false)] {
            let fresh = AccessTokens::new(vec![SecretKey::new([1; 32])], tokens.issuer.clone(), 60);
            for verifier in [&tokens, &fresh.unwrap()] {
                assert_eq!(verifier.verify(&token, at(second)).is_some(), is_good, "{second}");
            }
        }
        assert!(tokens.expired(&token, at(last + SPAN_SECONDS)).is_some());
    }

    #[test]
    fn a_lifetime_that_a_key_does_not_cover_is_refused() {
        for seconds in [0, 3_601] {
            let keys = vec![SecretKey::new([1; 32])];
            assert!(AccessTokens::new(keys, String::new(), seconds).is_err());
        }
    }
}
