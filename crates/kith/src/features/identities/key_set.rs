//! The keys that a service signs with (RFC 7517). Only public keys of the allowed algorithms are ever used: a
//! symmetric one would make the client's secret a key to everybody's account.

use jsonwebtoken::{
    Algorithm, DecodingKey, Header,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::Value;

use super::refusal::Fault;

/// The algorithms that an ID token may be signed by.
pub const ALGORITHMS: [Algorithm; 4] =
    [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];

/// The keys of a service.
#[derive(Debug)]
pub struct KeySet(Vec<Jwk>);

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a document; keys that we do not understand are left out (RFC 7517, section 5).
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let document: Document = serde_json::from_slice(bytes)
            .map_err(|_| Fault::Away("its keys are not a set of keys"))?;
        let keys = document.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok());
        Ok(Self(keys.collect()))
    }

    /// The key that a token names, or the only one that fits if it names none.
    pub fn find(&self, header: &Header) -> Option<DecodingKey> {
        let mut fitting = self
            .0
            .iter()
            .filter(|key| fits(key, header.alg))
            .filter(|key| header.kid.is_none() || header.kid == key.common.key_id);
        let (found, another) = (fitting.next()?, fitting.next());
        if another.is_some() {
            return None;
        }
        DecodingKey::from_jwk(found).ok()
    }
}

fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let is_kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), Algorithm::RS256 | Algorithm::PS256) => true,
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => {
            key.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::OctetKeyPair(key), Algorithm::EdDSA) => {
            key.curve == EllipticCurve::Ed25519
        }
        _ => false,
    };
    let is_for_signatures =
        key.common.public_key_use.as_ref().is_none_or(|used| *used == PublicKeyUse::Signature);
    let is_for_this = key
        .common
        .key_algorithm
        .is_none_or(|named| Algorithm::try_from(named).is_ok_and(|named| named == algorithm));
    is_kind && is_for_signatures && is_for_this
}
