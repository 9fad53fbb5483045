//! Whether an ID token holds (OpenID Connect Core 1.0, section 3.1.3.7). Every check is made here, by the
//! application's clock; the library only compares the signature.

use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use kith_types::time::Timestamp;
use serde::Deserialize;

use super::{key_set::ALGORITHMS, refusal::Fault};

/// Longer ones are not looked at.
const MAX_BYTES: usize = 16 * 1024;
/// For clocks that differ.
const LEEWAY_SECONDS: i64 = 60;
/// OpenID Connect Core 1.0, section 2.
const MAX_SUBJECT: usize = 255;

/// What a token must be.
pub struct Expected<'a> {
    /// Who signed it.
    pub issuer: &'a str,
    /// For whom.
    pub client_id: &'a str,
    /// In answer to what.
    pub nonce: &'a str,
    /// What came with it.
    pub access_token: Option<&'a str>,
    /// The time.
    pub now: Timestamp,
}

/// Only what is needed: who it is, for whom, when, in answer to what.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    at_hash: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    /// Another one beside us is nobody that we trust.
    fn is_only(&self, client: &str) -> bool {
        match self {
            Self::One(one) => one == client,
            Self::Many(many) => many.len() == 1 && many[0] == client,
        }
    }
}

/// The header, if a token like this may be looked at further. It chooses among known keys and nothing else: the
/// keys and addresses that it may carry are not read.
pub fn header(token: &str) -> Result<Header, Fault> {
    if token.len() > MAX_BYTES {
        return Err(Fault::Wrong("the token is too long"));
    }
    let header =
        decode_header(token).map_err(|_| Fault::Wrong("the token or its algorithm is unknown"))?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(Fault::Wrong("the token's algorithm is not allowed"));
    }
    if header.crit.is_some() {
        return Err(Fault::Wrong("the token demands what we do not know"));
    }
    Ok(header)
}

/// Who the token is about, if it holds.
pub fn subject(
    token: &str,
    header: &Header,
    key: &DecodingKey,
    expected: &Expected<'_>,
) -> Result<String, Fault> {
    let mut signature_only = Validation::new(header.alg);
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    signature_only.required_spec_claims.clear();
    let claims = decode::<Claims>(token, key, &signature_only)
        .map_err(|_| Fault::Wrong("the signature does not hold, or a claim is missing"))?
        .claims;
    check(&claims, header.alg, expected)?;
    Ok(claims.sub)
}

fn check(claims: &Claims, algorithm: Algorithm, expected: &Expected<'_>) -> Result<(), Fault> {
    let now = expected.now.unix_seconds();
    let at_hash = expected.access_token.map(|token| half_hash(algorithm, token));
    let faults = [
        (claims.iss != expected.issuer, "the token is of another issuer"),
        (!claims.aud.is_only(expected.client_id), "the token is for somebody else"),
        (
            claims.azp.as_deref().is_some_and(|party| party != expected.client_id),
            "the token was issued to somebody else",
        ),
        (claims.exp <= now.saturating_sub(LEEWAY_SECONDS), "the token has expired"),
        (claims.iat > now.saturating_add(LEEWAY_SECONDS), "the token is of the future"),
        (
            claims.nbf.is_some_and(|from| from > now.saturating_add(LEEWAY_SECONDS)),
            "the token is not valid yet",
        ),
        (claims.nonce.as_deref() != Some(expected.nonce), "the token answers another sign-in"),
        (
            claims.at_hash.is_some() && claims.at_hash != at_hash,
            "the token came with another access token",
        ),
        (
            !(1..=MAX_SUBJECT).contains(&claims.sub.len()) || !claims.sub.is_ascii(),
            "the token names nobody",
        ),
    ];
    match faults.iter().find(|(is_faulty, _)| *is_faulty) {
        Some((_, reason)) => Err(Fault::Wrong(reason)),
        None => Ok(()),
    }
}

/// Left half of the hash that belongs to the algorithm; Ed25519 hashes with SHA-512.
fn half_hash(algorithm: Algorithm, access_token: &str) -> String {
    let hash = match algorithm {
        Algorithm::EdDSA => &digest::SHA512,
        _ => &digest::SHA256,
    };
    let digest = digest::digest(hash, access_token.as_bytes());
    let bytes = digest.as_ref();
    URL_SAFE_NO_PAD.encode(&bytes[..bytes.len() / 2])
}
