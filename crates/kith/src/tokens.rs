//! Access tokens: short-lived, signed with EdDSA, verified with a bounded cache of signatures.
//!
//! A valid token says who asks; whether session and account still count is read from the database at every
//! request ([`crate::http::auth`]), so that an ended session stops working at once.

use aws_lc_rs::{
    digest,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use kith_types::{
    id::{SessionId, UserId},
    time::Timestamp,
};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};

/// Media type of our tokens, so that no other token of the same key can pass for one.
const TOKEN_TYPE: &str = "at+jwt";
const AUDIENCE: &str = "kith";
/// Checking a signature costs 39 µs, finding it here 0.1 µs; 16 k tokens are about 3 MB.
const CACHED_TOKENS: u64 = 16_384;
/// No token of ours is longer; what is longer is not looked at.
const MAX_TOKEN_BYTES: usize = 1_024;

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who.
    #[serde(rename = "sub")]
    pub user_id: UserId,
    /// In which session.
    #[serde(rename = "sid")]
    pub session_id: SessionId,
    /// Which generation of the session's refresh token it was issued with.
    #[serde(rename = "gen")]
    pub generation: i32,
    #[serde(rename = "iat")]
    issued_at: i64,
    #[serde(rename = "exp")]
    expires_at: i64,
}

impl Claims {
    /// With a minute for clocks that differ.
    fn is_started(&self, now: Timestamp) -> bool {
        self.issued_at <= now.unix_milliseconds().div_euclid(1000) + 60
    }

    fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at <= now.unix_milliseconds().div_euclid(1000)
    }
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    iss: String,
    aud: String,
    #[serde(flatten)]
    claims: Claims,
}

/// Issues and verifies access tokens.
pub struct AccessTokens {
    key_id: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
    public_key: Vec<u8>,
    issuer: String,
    lifetime_seconds: i64,
    verified: Cache<[u8; 32], Claims>,
}

impl AccessTokens {
    /// `seed` is the private key; `issuer` the public address.
    pub fn new(seed: &[u8; 32], issuer: String, lifetime_seconds: u64) -> anyhow::Result<Self> {
        let refused = |_| anyhow::anyhow!("the signing key was refused");
        let pair = Ed25519KeyPair::from_seed_unchecked(seed)
            .map_err(|e| anyhow::anyhow!("signing key: {e}"))?;
        let private = pair.to_pkcs8v1().map_err(refused)?;
        let public_key = pair.public_key().as_ref().to_vec();
        let key_id = hex::encode(&digest::digest(&digest::SHA256, &public_key).as_ref()[..8]);
        Ok(Self {
            key_id,
            encoding: EncodingKey::from_ed_der(private.as_ref()),
            decoding: DecodingKey::from_ed_components(&URL_SAFE_NO_PAD.encode(&public_key))?,
            public_key,
            issuer,
            lifetime_seconds: i64::try_from(lifetime_seconds)?,
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
        let issued_at = now.unix_milliseconds().div_euclid(1000);
        let expires_at = issued_at + self.lifetime_seconds;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TOKEN_TYPE.to_owned());
        header.kid = Some(self.key_id.clone());
        let claims = Claims { user_id, session_id, generation, issued_at, expires_at };
        let envelope = Envelope { iss: self.issuer.clone(), aud: AUDIENCE.to_owned(), claims };
        Ok(encode(&header, &envelope, &self.encoding)?)
    }

    /// The claims of a token of ours that has not expired.
    pub fn verify(&self, token: &str, now: Timestamp) -> Option<Claims> {
        self.genuine(token).filter(|claims| claims.is_started(now) && !claims.is_over(now))
    }

    /// The claims of a token of ours that has expired: it proves nothing any more, but was not forged.
    pub fn expired(&self, token: &str, now: Timestamp) -> Option<Claims> {
        self.genuine(token).filter(|claims| claims.is_over(now))
    }

    fn genuine(&self, token: &str) -> Option<Claims> {
        if token.len() > MAX_TOKEN_BYTES {
            return None;
        }
        let mut key = [0; 32];
        key.copy_from_slice(digest::digest(&digest::SHA256, token.as_bytes()).as_ref());
        if let Some(claims) = self.verified.get(&key) {
            return Some(claims);
        }
        let claims = self.check_signature(token)?;
        self.verified.insert(key, claims);
        Some(claims)
    }

    fn check_signature(&self, token: &str) -> Option<Claims> {
        let header = decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TOKEN_TYPE) || header.kid.as_deref() != Some(&self.key_id)
        {
            return None;
        }
        let mut validation = Validation::new(Algorithm::EdDSA);
        // Times are compared with the application's own clock, on every use.
        validation.validate_exp = false;
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        decode::<Envelope>(token, &self.decoding, &validation).ok().map(|data| data.claims.claims)
    }

    /// The public keys (RFC 7517).
    pub fn key_set(&self) -> serde_json::Value {
        serde_json::json!({ "keys": [{
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
            "kid": self.key_id, "x": URL_SAFE_NO_PAD.encode(&self.public_key),
        }] })
    }
}
