//! The keys that sign access tokens: one for each span of thirty days, computed from the master key, so that all
//! nodes have the same ones without asking each other. A key must never count for a token of another span.

use std::sync::Arc;

use aws_lc_rs::{
    digest,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, encode};
use kith_types::keys::SecretKey;
use moka::sync::Cache;

/// Media type of our tokens, so that no other token of the same key can pass for one.
const TOKEN_TYPE: &str = "at+jwt";
/// How long a key signs.
pub const SPAN_SECONDS: i64 = 30 * 24 * 60 * 60;
/// Three spans of each master key are looked at; making one costs as much as a signature.
const KEPT_KEYS: u64 = 64;
/// Enters the derivation: another one would be another set of keys.
const LABEL: &[u8] = b"signing key";

/// The span in which a second lies. Spans are the same on every node: they are counted from 1970.
pub fn span_of(second: i64) -> i64 {
    second.div_euclid(SPAN_SECONDS)
}

/// The key of one span.
pub struct SigningKey {
    /// Which span.
    pub span: i64,
    /// The first part of every token that it signs, to the byte: no other header is ever read.
    pub header: String,
    /// Signs.
    pub encoding: EncodingKey,
    /// Verifies.
    pub decoding: DecodingKey,
    head: Header,
    public: String,
}

impl SigningKey {
    fn new(seed: &[u8; 32], span: i64) -> anyhow::Result<Self> {
        let refused = |_| anyhow::anyhow!("the signing key was refused");
        let pair = Ed25519KeyPair::from_seed_unchecked(seed)
            .map_err(|e| anyhow::anyhow!("signing key: {e}"))?;
        let encoding = EncodingKey::from_ed_der(pair.to_pkcs8v1().map_err(refused)?.as_ref());
        let public = pair.public_key().as_ref();
        let id = hex::encode(&digest::digest(&digest::SHA256, public).as_ref()[..8]);
        let public = URL_SAFE_NO_PAD.encode(public);
        let mut head = Header::new(Algorithm::EdDSA);
        head.typ = Some(TOKEN_TYPE.to_owned());
        head.kid = Some(id);
        let sample = encode(&head, &serde_json::json!({}), &encoding)?;
        let header = sample.split('.').next().unwrap_or_default().to_owned();
        let decoding = DecodingKey::from_ed_components(&public)?;
        Ok(Self { span, header, encoding, decoding, head, public })
    }

    /// The header of its tokens.
    pub fn head(&self) -> &Header {
        &self.head
    }

    /// The public key (RFC 8037).
    pub fn public(&self) -> serde_json::Value {
        serde_json::json!({
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
            "kid": self.head.kid, "x": self.public,
        })
    }
}

/// All keys, made when they are first needed.
pub struct SigningKeys {
    /// Newest first: the first signs, all verify.
    masters: Vec<SecretKey>,
    made: Cache<(usize, i64), Arc<SigningKey>>,
}

impl SigningKeys {
    /// Takes the master keys of this purpose, newest first.
    pub fn new(masters: Vec<SecretKey>) -> Self {
        Self { masters, made: Cache::new(KEPT_KEYS) }
    }

    /// The key that signs at a second.
    pub fn signing(&self, second: i64) -> anyhow::Result<Arc<SigningKey>> {
        let Some(master) = self.masters.first() else { anyhow::bail!("there is no signing key") };
        self.key(0, master, span_of(second))
    }

    /// The keys of the span before, of this one and of the next, whose tokens may come from a clock that is ahead.
    pub fn near(&self, second: i64) -> impl Iterator<Item = Arc<SigningKey>> {
        let now = span_of(second);
        (now - 1..=now + 1).flat_map(move |span| {
            let masters = self.masters.iter().enumerate();
            masters.filter_map(move |(index, master)| self.key(index, master, span).ok())
        })
    }

    fn key(&self, index: usize, master: &SecretKey, span: i64) -> anyhow::Result<Arc<SigningKey>> {
        if let Some(key) = self.made.get(&(index, span)) {
            return Ok(key);
        }
        let seed = master.mac_of_parts(&[LABEL, &span.to_be_bytes()]);
        let key = Arc::new(SigningKey::new(&seed, span)?);
        self.made.insert((index, span), Arc::clone(&key));
        Ok(key)
    }
}
