//! Signed addresses for uploads to Kith itself, where no S3 is.
//!
//! Owns the signing key, the layout of the address and its verification. An address is
//! `<base>/<name>/bytes?expires=…&length=…&sha256=…&type=…&signature=…`, signed by HMAC-SHA-256 over
//! all of its parts; it needs no state, and single use comes from the store refusing to replace.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use kith_types::time::Timestamp;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use url::form_urlencoded;

use crate::error::{Refusal, Result};
use crate::key::ObjectKey;
use crate::upload::{PresignedPut, UploadTerms, life};

/// Separates these signatures from every other use of the key.
const DOMAIN: &str = "kith upload v1";

/// Kith's own upload route, and the key that signs for it.
#[derive(Debug, Clone)]
pub struct UploadRoute {
    base: String,
    /// Keyed and empty; every signature starts from a copy.
    mac: Hmac<Sha256>,
}

/// What the HTTP layer saw of an upload before its body.
#[derive(Debug, Clone, Copy)]
pub struct PutRequest<'a> {
    /// The path segment between the base and `bytes`.
    pub name: &'a str,
    /// The raw query string.
    pub query: &'a str,
    /// The `Content-Length` header; a body of unknown length is refused.
    pub content_length: Option<u64>,
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
}

/// Terms that this store signed and that the request keeps so far.
#[derive(Debug)]
pub struct VerifiedPut(UploadTerms);

impl VerifiedPut {
    /// The terms, so that the caller can name the upload.
    pub fn terms(&self) -> &UploadTerms {
        &self.0
    }

    pub(crate) fn into_terms(self) -> UploadTerms {
        self.0
    }
}

impl UploadRoute {
    /// A route at `base`, a path or absolute URL without a slash at the end such as `/v1/uploads`.
    ///
    /// `key` signs the addresses; it must be the same in every process.
    pub fn new(base: impl Into<String>, key: &SecretBox<[u8; 32]>) -> Self {
        // HMAC pads short keys with zeros to the block of its hash (RFC 2104); done here, it cannot fail.
        let mut block = [0; 64];
        block[..32].copy_from_slice(key.expose_secret());
        Self { base: base.into(), mac: Hmac::new(&block.into()) }
    }

    pub(crate) fn presign(
        &self,
        terms: &UploadTerms,
        now: Timestamp,
        expires_in: Duration,
    ) -> Result<PresignedPut> {
        let name = terms.check()?;
        let expires_at = Timestamp::from_unix_seconds(now.unix_seconds()) + life(expires_in);
        let expires = expires_at.unix_seconds();
        let signature = self.mac(terms, expires).finalize().into_bytes();
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("expires", &expires.to_string())
            .append_pair("length", &terms.content_length.to_string())
            .append_pair("sha256", &hex::encode(terms.sha256))
            .append_pair("type", &terms.content_type)
            .append_pair("signature", &URL_SAFE_NO_PAD.encode(signature))
            .finish();
        Ok(PresignedPut {
            url: format!("{}/{name}/bytes?{query}", self.base),
            headers: vec![("content-type", terms.content_type.clone())],
            expires_at,
        })
    }

    pub(crate) fn verify(&self, request: &PutRequest<'_>, now: Timestamp) -> Result<VerifiedPut> {
        let (terms, expires, signature) = parse(request).ok_or(Refusal::Signature)?;
        // Compares in constant time.
        self.mac(&terms, expires).verify_slice(&signature).map_err(|_| Refusal::Signature)?;
        if now.unix_seconds() >= expires {
            return Err(Refusal::Expired.into());
        }
        if request.content_length != Some(terms.content_length) {
            return Err(Refusal::Length.into());
        }
        if request.content_type != Some(terms.content_type.as_str()) {
            return Err(Refusal::ContentType.into());
        }
        Ok(VerifiedPut(terms))
    }

    fn mac(&self, terms: &UploadTerms, expires: i64) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        // A key and a media type hold no line break, so the fields cannot run into each other.
        let UploadTerms { key, content_length, content_type, sha256 } = terms;
        mac.update(
            format!("{DOMAIN}\n{key}\n{expires}\n{content_length}\n{content_type}\n").as_bytes(),
        );
        mac.update(sha256);
        mac
    }
}

/// Reads the parts of an address; `None` if one is missing or malformed.
fn parse(request: &PutRequest<'_>) -> Option<(UploadTerms, i64, Vec<u8>)> {
    let value = |name: &str| {
        form_urlencoded::parse(request.query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    };
    let terms = UploadTerms {
        key: ObjectKey::incoming(request.name).ok()?,
        content_length: value("length")?.parse().ok()?,
        content_type: value("type")?.into_owned(),
        sha256: hex::decode(value("sha256")?.as_ref()).ok()?.try_into().ok()?,
    };
    terms.check().ok()?;
    Some((
        terms,
        value("expires")?.parse().ok()?,
        URL_SAFE_NO_PAD.decode(value("signature")?.as_ref()).ok()?,
    ))
}
