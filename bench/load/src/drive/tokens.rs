//! Access tokens of the people in the benchmark, signed as each server signs its own. Signing in thousands of
//! people through the API would measure that instead.

use anyhow::{Context as _, anyhow};
use aws_lc_rs::{
    digest, hmac,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::ValueEnum;
use kith_types::keys::{KeyRing, Purpose, SecretKey};
use serde_json::json;
use uuid::Uuid;

/// Longer than any run.
const LIFETIME_SECONDS: i64 = 24 * 3600;

/// Whose tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scheme {
    /// EdDSA with the key that Kith derives from its master key.
    Kith,
    /// HS256 with the key itself.
    Hs256,
}

/// Signs tokens.
pub struct Signer {
    key: Key,
    issuer: String,
    now: i64,
}

enum Key {
    Kith { pair: Ed25519KeyPair, id: String },
    Hs256(Box<hmac::Key>),
}

impl Signer {
    /// `secret` is 64 hexadecimal digits, `now` in seconds since 1970.
    pub fn new(scheme: Scheme, secret: &str, issuer: &str, now: i64) -> anyhow::Result<Self> {
        let secret: [u8; 32] = hex::decode(secret.trim())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .context("the key must be 64 hexadecimal digits")?;
        let key = match scheme {
            Scheme::Kith => kith_key(secret)?,
            Scheme::Hs256 => Key::Hs256(Box::new(hmac::Key::new(hmac::HMAC_SHA256, &secret))),
        };
        Ok(Self { key, issuer: issuer.to_owned(), now })
    }

    /// A token of one person's session.
    pub fn token(&self, user: Uuid, session: Uuid) -> String {
        let header = match &self.key {
            Key::Kith { id, .. } => json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": id }),
            Key::Hs256(_) => json!({ "typ": "JWT", "alg": "HS256" }),
        };
        let claims = json!({
            "iss": self.issuer, "aud": "kith", "sub": user, "sid": session, "gen": 1,
            "iat": self.now, "exp": self.now + LIFETIME_SECONDS,
        });
        let [header, claims] =
            [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{header}.{claims}");
        let signature = match &self.key {
            Key::Kith { pair, .. } => URL_SAFE_NO_PAD.encode(pair.sign(signed.as_bytes())),
            Key::Hs256(key) => URL_SAFE_NO_PAD.encode(hmac::sign(key, signed.as_bytes())),
        };
        format!("{signed}.{signature}")
    }
}

fn kith_key(master: [u8; 32]) -> anyhow::Result<Key> {
    let ring = KeyRing::new(vec![SecretKey::new(master)])?;
    let seeds = ring.keys(Purpose::AccessToken);
    let seed = seeds.first().context("a ring has a key")?;
    let pair = Ed25519KeyPair::from_seed_unchecked(seed.expose())
        .map_err(|error| anyhow!("signing key: {error}"))?;
    let digest = digest::digest(&digest::SHA256, pair.public_key().as_ref());
    let id = hex::encode(&digest.as_ref()[..8]);
    Ok(Key::Kith { pair, id })
}
